//! Which inputs are read, by their names.

use std::path::Path;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::STDIN;

/// Patterns of names. A pattern stands for what it matches and for everything in it: `site1` for the folder, `*.zip` for the
/// members of every such archive. It may begin at any folder or archive of a path: `*.log` finds `case.zip!sw1/a.log`, as
/// does `sw1/*.log`. `*` stays within a name, `**` does not; `!` before a member counts as `/`.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Where there are some, an input must match one.
    include: Option<GlobSet>,
    /// An input that matches one is not read.
    exclude: Option<GlobSet>,
}

impl Filter {
    /// Of patterns as typed. The error is the first that is none, with the reason.
    pub fn new(include: &[String], exclude: &[String]) -> Result<Self, String> {
        Ok(Self { include: set(include)?, exclude: set(exclude)? })
    }

    /// Whether the input of this name is read. Standard input has no name to go by and always is.
    pub fn takes(&self, name: &str) -> bool {
        if name == STDIN || (self.include.is_none() && self.exclude.is_none()) {
            return true;
        }
        let path = as_path(name);
        self.include.as_ref().is_none_or(|it| it.is_match(&*path)) && !self.is_match(&path)
    }

    /// Whether a file need not be opened, whatever is in it.
    pub fn leaves_out(&self, path: &Path) -> bool {
        self.exclude.is_some() && self.is_match(&as_path(&path.to_string_lossy()))
    }

    fn is_match(&self, path: &str) -> bool {
        self.exclude.as_ref().is_some_and(|it| it.is_match(path))
    }
}

/// `case.zip!sw1.log` as `case.zip/sw1.log`.
fn as_path(name: &str) -> String {
    name.replace('!', "/")
}

fn set(patterns: &[String]) -> Result<Option<GlobSet>, String> {
    if patterns.is_empty() {
        return Ok(None);
    }
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let bad = |error: &globset::Error| format!("`{pattern}` is no pattern: {}", error.kind());
        let path = member_marks(pattern);
        let path = path.trim_end_matches('/').trim_start_matches("./");
        let start = if path.starts_with('/') { "" } else { "**/" };
        for end in ["", "/**"] {
            let glob = GlobBuilder::new(&format!("{start}{path}{end}")).literal_separator(true).build();
            set.add(glob.map_err(|error| bad(&error))?);
        }
    }
    set.build().map(Some).map_err(|error| error.to_string())
}

/// `!` as `/`, but not in `[!a]`.
fn member_marks(pattern: &str) -> String {
    let mut before = ' ';
    let mut path = String::with_capacity(pattern.len());
    for c in pattern.chars() {
        path.push(if c == '!' && before != '[' { '/' } else { c });
        before = c;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 5] =
        ["-", "./site1/a.log", "site1/b.txt", "case.zip!site2/c.log", "in.zip!d.tar!e.log"];

    fn taken(include: &[&str], exclude: &[&str]) -> Vec<&'static str> {
        let names = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        let filter = Filter::new(&names(include), &names(exclude)).unwrap();
        NAMES.into_iter().filter(|it| filter.takes(it)).collect()
    }

    #[test]
    fn patterns_find_names_folders_and_members() {
        let all = NAMES;
        assert_eq!(taken(&[], &[]), all);
        assert_eq!(taken(&["*.log"], &[]), [all[0], all[1], all[3], all[4]]);
        assert_eq!(taken(&["site2/*.log", "[!a].txt"], &[]), [all[0], all[2], all[3]]);
        assert_eq!(taken(&["site1"], &[]), [all[0], all[1], all[2]]);
        assert_eq!(taken(&["./site1/"], &["*.txt"]), [all[0], all[1]]);
        assert_eq!(taken(&["*.zip"], &["d.tar"]), [all[0], all[3]]);
        assert_eq!(taken(&["in.zip!**"], &[]), [all[0], all[4]]);
        assert_eq!(taken(&["s*.log"], &[]), [all[0]], "a star stays within a name");
        assert_eq!(taken(&["case.zip!*.log"], &[]), [all[0]]);
    }

    #[test]
    fn what_is_no_pattern_is_told() {
        let error = Filter::new(&["[a".to_owned()], &[]).unwrap_err();
        assert_eq!(error, "`[a` is no pattern: unclosed character class; missing ']'");
    }
}

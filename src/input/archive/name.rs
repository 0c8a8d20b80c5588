//! The names of members, which whoever packed the archive chose freely.
//!
//! They are shown and compared, never used as paths: no file is opened or written under one, so a `..` is only two dots.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Longest name in characters; the rest of a longer one is left out.
const LONGEST: usize = 1024;

/// The name as it is shown: `/` between folders, without control and direction characters, without `./` in front.
pub(super) fn shown(name: &str) -> String {
    let kept = name.chars().map(|c| if c == '\\' { '/' } else { c }).filter(|c| !is_unseen(*c));
    let kept: String = kept.take(LONGEST).collect();
    let kept = kept.trim_start_matches("./");
    if kept.is_empty() { "(no name)".to_owned() } else { kept.to_owned() }
}

/// Characters that would change how the text around them looks.
fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether it is one of the files that a folder is read without, too: `.DS_Store`, `.git/config`, `__MACOSX/...`.
pub(super) fn is_hidden(shown: &str) -> bool {
    let is_hidden = |part: &str| part.starts_with('.') && part != "." && part != "..";
    shown.split('/').any(is_hidden) || shown.starts_with("__MACOSX/")
}

/// Gives members names that differ: the second `log` of an archive is `log (2)`.
///
/// It keeps a hash for each name, as a tar may have a million.
#[derive(Default)]
pub(super) struct Names(HashMap<u64, u32>);

impl Names {
    /// `ARCHIVE!MEMBER`, for evidence.
    pub(super) fn of(&mut self, archive: &str, member: &str) -> String {
        let mut hasher = DefaultHasher::new();
        member.hash(&mut hasher);
        let seen = self.0.entry(hasher.finish()).or_default();
        *seen += 1;
        match *seen {
            1 => format!("{archive}!{member}"),
            times => format!("{archive}!{member} ({times})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_harmless() {
        for (name, expected) in [
            ("dir/log.1", "dir/log.1"),
            ("./log.1", "log.1"),
            ("dir\\sw1.log", "dir/sw1.log"),
            ("../../etc/passwd", "../../etc/passwd"),
            ("a\u{1b}[31m\nb\0", "a[31mb"),
            ("gpj.\u{202e}txt", "gpj.txt"),
            ("", "(no name)"),
        ] {
            assert_eq!(shown(name), expected);
        }
        assert_eq!(shown(&"x".repeat(5000)).len(), LONGEST);
    }

    #[test]
    fn hidden_as_in_a_folder() {
        for (name, expected) in [
            ("a/.git/config", true),
            (".DS_Store", true),
            ("__MACOSX/._a", true),
            ("../a", false),
            ("a/b.txt", false),
        ] {
            assert_eq!(is_hidden(name), expected, "{name}");
        }
    }

    #[test]
    fn equal_names_are_told_apart() {
        let mut names = Names::default();
        assert_eq!(names.of("a.tar", "log"), "a.tar!log");
        assert_eq!(names.of("a.tar", "log.1"), "a.tar!log.1");
        assert_eq!(names.of("a.tar", "log"), "a.tar!log (2)");
    }
}

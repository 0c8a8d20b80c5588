//! From the names on the command line to the files they mean.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::{Access, STDIN, problem_of};
use crate::base::Problem;

/// Files by name, each with whether that is a link. Names are compared byte by byte: `Path` would take each apart every time.
type Found = BTreeMap<OsString, bool>;

/// The files that `paths` name, sorted, each once however often and in whatever order it is named.
///
/// A file is taken as named. A folder is read with all folders below it; names that start with a dot are left out there
/// (`.git`, `.DS_Store`). A pipe or device there is not read, which might never end, but told. A link counts as what it points at; a file that is
/// reached twice, through a link or through two of the names, is given once, under the name that sorts first.
pub fn walk(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Problem>) {
    walk_for(paths, &Access::default())
}

/// The same without the files and folders that are excluded. What is included is only known once a file is opened, which may
/// be an archive. Ends early where the run shall.
pub fn walk_for(paths: &[PathBuf], access: &Access) -> (Vec<PathBuf>, Vec<Problem>) {
    let mut found = Found::new();
    let mut problems = BTreeSet::new();
    for path in paths {
        if path.as_os_str() == STDIN {
            found.insert(path.clone().into_os_string(), false);
        } else {
            walk_one(path, access, &mut found, &mut problems);
        }
    }
    (once_each(found), problems.into_iter().collect())
}

fn walk_one(path: &Path, access: &Access, found: &mut Found, problems: &mut BTreeSet<Problem>) {
    let passed_over = &access.progress.passed_over;
    let before = (found.len(), problems.len(), passed_over.get());
    let is_taken = |entry: &DirEntry| {
        let is_out = access.filter.leaves_out(entry.path());
        passed_over.add(u64::from(is_out));
        !is_out
    };
    let is_wanted = |entry: &DirEntry| is_wanted(entry) && is_taken(entry);
    for entry in WalkDir::new(path).follow_links(true).into_iter().filter_entry(is_wanted) {
        if access.progress.is_stopped() {
            return;
        }
        match entry {
            // A name on the command line may be a pipe (`<(ssh sw1 show license all)`), an entry of a folder may not.
            Ok(it) if it.file_type().is_file() || (it.depth() == 0 && !it.file_type().is_dir()) => {
                let is_link = it.path_is_symlink();
                found.insert(it.into_path().into_os_string(), is_link);
            }
            Ok(it) if !it.file_type().is_dir() => {
                let name = it.path().to_string_lossy();
                let text = format!(
                    "`{name}` is a pipe, a socket or a device and was not read: name it to have it read"
                );
                problems.insert(Problem::of_input("input::unreadable", &name, text));
            }
            Ok(_) => {}
            Err(error) => {
                problems.insert(problem(path, &error));
            }
        }
    }
    if before == (found.len(), problems.len(), passed_over.get())
        && path.is_dir()
        && !holds_known_file(path, found)
    {
        let name = path.to_string_lossy();
        let text = format!("the folder `{name}` holds no files: name the folder that the captures are in");
        problems.insert(Problem::of_input("input::empty", &name, text));
    }
}

/// A folder that is named twice adds nothing the second time, and is not empty for that.
fn holds_known_file(folder: &Path, found: &Found) -> bool {
    found.keys().any(|file| Path::new(file).starts_with(folder))
}

fn is_wanted(entry: &DirEntry) -> bool {
    entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
}

fn problem(named: &Path, error: &walkdir::Error) -> Problem {
    let path = error.path().unwrap_or(named).to_string_lossy().into_owned();
    if let Some(ancestor) = error.loop_ancestor() {
        let text = format!("`{path}` is a link back to `{}` and is not followed", ancestor.display());
        return Problem::of_input("input::unreadable", &path, text);
    }
    match error.io_error() {
        Some(io) => problem_of(&path, io),
        None => Problem::of_input("input::unreadable", &path, format!("`{path}` could not be read: {error}")),
    }
}

/// Leaves out what is another name of a file that is already there.
fn once_each(found: Found) -> Vec<PathBuf> {
    let mut folders: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    let mut known = HashSet::new();
    let files = found.into_iter().map(|(name, is_link)| (PathBuf::from(name), is_link));
    let once =
        files.filter(|(path, is_link)| known.insert(real(path, *is_link, &mut folders).into_os_string()));
    once.map(|(path, _)| path).collect()
}

/// Where a file really is. Files by the thousand lie in the same few folders, whose real names are kept in `folders`.
fn real(path: &Path, is_link: bool, folders: &mut BTreeMap<PathBuf, PathBuf>) -> PathBuf {
    let whole = || fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) if !is_link && !folder.as_os_str().is_empty() => {
            if let Some(known) = folders.get(folder) {
                return known.join(name);
            }
            let Ok(real) = fs::canonicalize(folder) else { return whole() };
            let file = real.join(name);
            folders.insert(folder.to_owned(), real);
            file
        }
        _ => whole(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(root: &Path, files: &[PathBuf]) -> Vec<String> {
        files.iter().map(|it| it.strip_prefix(root).unwrap_or(it).to_string_lossy().into_owned()).collect()
    }

    fn tree() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("b/deep")).unwrap();
        fs::create_dir_all(folder.path().join(".git")).unwrap();
        fs::create_dir_all(folder.path().join("empty")).unwrap();
        for name in ["a.txt", "b/z.txt", "b/deep/y.txt", ".git/config"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        folder
    }

    #[test]
    fn order_and_repetition_do_not_matter() {
        let tree = tree();
        let at = |name: &str| tree.path().join(name);
        let expected = ["a.txt", "b/deep/y.txt", "b/z.txt"];
        for paths in [
            vec![tree.path().to_owned()],
            vec![at("b"), at("a.txt")],
            vec![at("a.txt"), at("b/z.txt"), at("b"), at("b"), at("a.txt")],
        ] {
            let (files, problems) = walk(&paths);
            assert_eq!(names(tree.path(), &files), expected, "{paths:?}");
            assert_eq!(problems, []);
        }
    }

    #[test]
    fn standard_input_is_kept_as_it_is() {
        assert_eq!(walk(&[PathBuf::from("-")]), (vec![PathBuf::from("-")], vec![]));
    }

    #[test]
    fn missing_and_empty_are_told() {
        let tree = tree();
        for (name, code) in [("none", "input::not_found"), ("empty", "input::empty")] {
            let (files, problems) = walk(&[tree.path().join(name)]);
            assert!(files.is_empty());
            assert_eq!(problems.iter().map(|it| it.code.as_str()).collect::<Vec<_>>(), [code]);
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_once_and_loops_are_told() {
        let tree = tree();
        std::os::unix::fs::symlink(tree.path().join("a.txt"), tree.path().join("link.txt")).unwrap();
        std::os::unix::fs::symlink(tree.path(), tree.path().join("b/loop")).unwrap();
        let (files, problems) = walk(&[tree.path().to_owned()]);
        assert_eq!(names(tree.path(), &files), ["a.txt", "b/deep/y.txt", "b/z.txt"]);
        assert_eq!(problems.len(), 1);
        assert!(problems[0].text.contains("is a link back to"), "{}", problems[0].text);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_in_a_folder_is_told_and_one_by_name_is_given() {
        let tree = tree();
        let pipe = tree.path().join("b/pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.is_ok_and(|it| it.success()), "mkfifo is needed");
        let (files, problems) = walk(&[tree.path().to_owned()]);
        assert_eq!(names(tree.path(), &files), ["a.txt", "b/deep/y.txt", "b/z.txt"]);
        let told: Vec<_> = problems.iter().map(|it| (it.code.as_str(), it.path.as_str())).collect();
        assert_eq!(told, [("input::unreadable", pipe.to_str().unwrap())]);
        assert_eq!(walk(std::slice::from_ref(&pipe)), (vec![pipe], vec![]));
    }
}

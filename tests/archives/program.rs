//! What the commands make of archives.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use super::build::*;

fn sldiag(args: &[&str], stdin: Option<&[u8]>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sldiag"));
    command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.stdin(if stdin.is_some() { Stdio::piped() } else { Stdio::null() });
    let mut child = command.spawn().unwrap();
    if let (Some(bytes), Some(mut pipe)) = (stdin, child.stdin.take()) {
        pipe.write_all(bytes).unwrap();
    }
    child.wait_with_output().unwrap()
}

fn document(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn samples() -> BTreeMap<String, Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .filter(|it| it.path().extension().is_some_and(|it| it == "txt"))
        .map(|it| (it.file_name().into_string().unwrap(), std::fs::read(it.path()).unwrap()))
        .collect()
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Every way to pack files, all under the name `case`.
fn ways(files: &[(&str, &[u8])]) -> Vec<Vec<u8>> {
    let parts = tar(files);
    let packed: Vec<_> = files.iter().map(|(name, bytes)| (*name, gz(bytes))).collect();
    let packed: Vec<_> = packed.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    vec![zip(files), gz(&parts), bz2(&parts), xz(&parts), zst(&parts), tar(&packed), zip(&packed), parts]
}

#[test]
fn an_archive_gives_the_findings_of_the_folder() {
    let samples = samples();
    let files: Vec<_> = samples.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in &files {
        write(folder.path(), &format!("case/{name}"), bytes);
    }
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (plain, packed) = (at("case"), at("packed"));
    for command in ["analyze", "scan", "parse"] {
        let of = |path: &str| sldiag(&[command, "-f", "json", path], None);
        let expected = of(&plain);
        let ways = ways(&files);
        for bytes in if command == "analyze" { &ways[..] } else { &ways[..2] } {
            write(folder.path(), "packed", bytes);
            let output = of(&packed);
            let as_folder = String::from_utf8(output.stdout.clone())
                .unwrap()
                .replace(&format!("{packed}!"), &format!("{plain}/"));
            assert_eq!(output.status.code(), expected.status.code());
            assert!(as_folder == String::from_utf8(expected.stdout.clone()).unwrap(), "{command}");
        }
    }
}

#[test]
fn threads_and_pipes_change_nothing() {
    let samples = samples();
    let files: Vec<_> = samples.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let folder = tempfile::tempdir().unwrap();
    let zipped = zip(&files);
    let paths = [write(folder.path(), "a.zip", &zipped), write(folder.path(), "b.tar.gz", &gz(&tar(&files)))];
    let of = |jobs: &str| sldiag(&["analyze", "-f", "json", "-j", jobs, &paths[0], &paths[1]], None).stdout;
    assert!(of("1") == of("4"));
    let piped = sldiag(&["analyze", "-f", "json", "-"], Some(&zipped)).stdout;
    let named = sldiag(&["analyze", "-f", "json", &paths[0]], None).stdout;
    let piped = String::from_utf8(piped).unwrap().replace("\"-!", &format!("\"{}!", paths[0]));
    assert!(piped == String::from_utf8(named).unwrap());
}

const FAILED: &str = "Aug  2 2018 14:26:23.101 UTC: %SMART_LIC-3-AUTH_RENEW_FAILED: Authorization renewal with the Cisco Smart Software Manager or satellite: Fail to send out Call Home HTTP message.\n";

#[test]
fn what_stands_before_a_cut_is_judged_and_the_cut_is_told() {
    let whole = gz(&[FAILED.as_bytes(), &lines(3000)].concat());
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "sw1.log.gz", &whole[..whole.len() / 2]);
    let output = sldiag(&["scan", "-f", "json", &path], None);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let found = document(&output);
    assert_eq!(found["devices"][0]["findings"][0]["evidence"][0]["path"], path.as_str());
    assert_eq!(found["problems"][0]["code"], "input::truncated");
    let told = stderr(&output);
    assert!(
        told.contains("sw1.log.gz: the gzip data are cut off") && told.contains("copy the file again"),
        "{told}"
    );
    let strict = sldiag(&["scan", "--strict", &path], None);
    assert_eq!(strict.status.code(), Some(2));
}

#[test]
fn a_hostile_tree_is_finished_with_every_refusal_named() {
    let folder = tempfile::tempdir().unwrap();
    let deep = (0..29).fold(zip(&[("a.txt", FAILED.as_bytes())]), |inner, _| zip(&[("in.zip", &inner)]));
    let good = gz(FAILED.as_bytes());
    write(folder.path(), "bomb.gz", &gz(&vec![0; 16 << 20]));
    write(folder.path(), "case.zip", &zip(&[("deep.zip", &deep), ("good.log.gz", &good)]));
    write(folder.path(), "cut.gz", &gz(FAILED.repeat(50).as_bytes())[..150]);
    write(folder.path(), "x.7z", b"7z\xbc\xaf\x27\x1c\0\x04");
    let mut expected = vec!["bomb.gz", "case.zip!deep.zip", "cut.gz", "x.7z"];
    #[cfg(unix)]
    {
        let made =
            Command::new("mkfifo").arg(folder.path().join("fifo")).status().is_ok_and(|it| it.success());
        expected.extend(made.then_some("fifo"));
        std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();
        expected.push("loop");
    }
    let output = sldiag(&["scan", "-f", "json", folder.path().to_str().unwrap()], None);
    let found = document(&output);
    let told = stderr(&output);
    for name in expected {
        assert!(told.contains(&format!("/{name}")), "{name}: {told}");
        assert!(found["problems"].to_string().contains(&format!("/{name}")), "{name}");
    }
    let paths = found["devices"].to_string();
    assert!(paths.contains("case.zip!good.log.gz"), "{paths}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn the_limits_can_be_set() {
    let folder = tempfile::tempdir().unwrap();
    let path =
        write(folder.path(), "x.zip", &zip(&[("a.tar", &tar(&[("a", FAILED.as_bytes()), ("b", b"x")]))]));
    for (option, value) in [("--max-nesting", "1"), ("--max-unpacked", "1K"), ("--max-members", "1")] {
        for command in ["analyze", "scan", "parse"] {
            let output = sldiag(&[command, option, value, &path], None);
            assert!(stderr(&output).contains(option), "{option}: {}", stderr(&output));
        }
    }
    let bomb = write(folder.path(), "bomb.gz", &gz(&[vec![b'\n'; 4 << 20], FAILED.into()].concat()));
    assert!(stderr(&sldiag(&["analyze", &bomb], None)).contains("--max-ratio"));
    let output = sldiag(&["analyze", "--max-ratio", "2000", &bomb], None);
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(1), ""));
}

#[test]
fn nothing_to_read_is_code_2_and_an_empty_archive_is_code_3() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes, code) in [
        ("empty.zip", zip(&[]), 3),
        ("locked.zip", encrypted_zip(&[("a", FAILED.as_bytes())]), 2),
        ("x.rar", b"Rar!\x1a\x07\x01\0".to_vec(), 2),
        ("cut.zip", zip(&[("a", FAILED.as_bytes())])[..20].to_vec(), 2),
    ] {
        let path = write(folder.path(), name, &bytes);
        let output = sldiag(&["analyze", "-f", "json", &path], None);
        assert_eq!(
            (output.status.code(), document(&output)["problems"].as_array().map(Vec::len)),
            (Some(code), Some(1)),
            "{name}"
        );
    }
}

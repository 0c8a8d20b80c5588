use sldiag::input::Limits;

use super::build::*;

#[test]
fn a_cut_stream_is_read_up_to_the_cut() {
    let text = lines(20_000);
    for (name, whole) in
        [("a.gz", gz(&text)), ("a.bz2", bz2(&text.repeat(4))), ("a.xz", xz(&text)), ("a.zst", zst(&text))]
    {
        let (found, problems) = read(name, &whole[..whole.len() - 300], &Limits::default());
        assert_eq!(codes(&problems), [format!("input::truncated {name}")]);
        let [(found_name, bytes, is_cut)] = found.as_slice() else { panic!("{name}: {}", found.len()) };
        assert_eq!((found_name.as_str(), *is_cut), (name, true));
        assert!(bytes.len() > text.len() / 2, "{name}: {} of {}", bytes.len(), text.len());
        assert!(text.repeat(4).starts_with(bytes), "{name}");
    }
}

#[test]
fn a_fault_is_told_once_and_ends_only_what_it_is_in() {
    let text = lines(2000);
    let cut = &gz(&text)[..3000];
    let inner = tar(&[("bad.gz", cut), ("good.txt", b"good\n")]);
    let (found, problems) = shown("x.tar.bz2", &bz2(&inner));
    assert_eq!(problems, ["input::truncated x.tar.bz2!bad.gz"]);
    assert_eq!(found.len(), 2);
    assert_eq!(found[1], "x.tar.bz2!good.txt: good\n");
    // The other way round, the outer one ends the inner ones with it.
    let outer = gz(&tar(&[("one.gz", &gz(b"one\n")), ("two.gz", &gz(&text)), ("three.txt", b"three\n")]));
    let (found, problems) = read("x.tar.gz", &outer[..outer.len() / 2], &Limits::default());
    assert_eq!(codes(&problems), ["input::truncated x.tar.gz"]);
    let names: Vec<_> = found.iter().map(|(name, _, is_cut)| (name.as_str(), *is_cut)).collect();
    assert_eq!(names, [("x.tar.gz!one.gz", false), ("x.tar.gz!two.gz", true)]);
}

#[test]
fn a_wrong_checksum_is_told_and_the_content_is_read() {
    let mut bad = gz(b"text\n");
    let at = bad.len() - 6;
    bad[at] ^= 1;
    assert_eq!(shown("a.gz", &bad), (vec!["a.gz: text\n".into()], vec!["input::corrupt a.gz".into()]));
    let wrong = RawMember { crc: 1, ..RawMember::stored(b"bad", b"text\n") };
    let zip = raw_zip(&[wrong, RawMember::stored(b"good", b"good\n")]);
    let (found, problems) = shown("a.zip", &zip);
    assert_eq!(found, ["a.zip!bad: text\n", "a.zip!good: good\n"]);
    assert_eq!(problems, ["input::corrupt a.zip!bad"]);
}

#[test]
fn a_list_of_members_that_lies_is_told() {
    for (member, code, text) in [
        (RawMember { size: 3, ..RawMember::stored(b"a", b"text\n") }, "input::corrupt", "tex"),
        (RawMember { size: 9, ..RawMember::stored(b"a", b"text\n") }, "input::truncated", "text\n"),
    ] {
        let (found, problems) = shown("a.zip", &raw_zip(&[member]));
        assert_eq!((found, problems), (vec![format!("a.zip!a: {text}")], vec![format!("{code} a.zip!a")]));
    }
}

#[test]
fn a_cut_tar_gives_what_is_there() {
    let whole = tar(&[("a", b"one\n"), ("b", &lines(500))]);
    let (found, problems) = read("x.tar", &whole[..whole.len() / 2], &Limits::default());
    assert_eq!(codes(&problems), ["input::truncated x.tar"]);
    let names: Vec<_> = found.iter().map(|(name, _, is_cut)| (name.as_str(), *is_cut)).collect();
    assert_eq!(names, [("x.tar!a", false), ("x.tar!b", true)]);
    let mut bad = whole.clone();
    bad[1024 + 20] ^= 1;
    let (found, problems) = shown("x.tar", &bad);
    assert_eq!((found, problems), (vec!["x.tar!a: one\n".into()], vec!["input::corrupt x.tar".into()]));
}

#[test]
fn a_cut_zip_gives_what_is_there() {
    let text = lines(500);
    let whole = zip(&[("b", b"one\n"), ("a/", b""), ("a/c", &text), ("d", b"end\n")]);
    let (found, problems) = shown("x.zip", &whole[..whole.len() - 30]);
    assert_eq!(found.len(), 3);
    assert_eq!((found[1].as_str(), found[2].as_str()), ("x.zip!b: one\n", "x.zip!d: end\n"));
    assert_eq!(problems, ["input::corrupt x.zip"]);
    let (found, problems) = read("x.zip", &whole[..whole.len() / 3], &Limits::default());
    let names: Vec<_> = found.iter().map(|(name, _, is_cut)| (name.as_str(), *is_cut)).collect();
    assert_eq!(names, [("x.zip!a/c", true), ("x.zip!b", false)]);
    assert!(text.starts_with(&found[0].1));
    assert_eq!(codes(&problems), ["input::corrupt x.zip", "input::truncated x.zip!a/c"]);
}

#[test]
fn a_cut_zip_that_was_written_to_a_pipe_gives_what_is_there() {
    let text = lines(500);
    for stores in [false, true] {
        let whole = streamed_zip(&[("a", &text), ("b", b"end\n")], stores);
        assert_eq!(read("x.zip", &whole, &Limits::default()).1, []);
        let list = whole.windows(4).position(|it| it == b"PK\x01\x02").unwrap();
        let (found, problems) = read("x.zip", &whole[..list], &Limits::default());
        let expected =
            [("x.zip!a".to_owned(), text.clone(), false), ("x.zip!b".into(), b"end\n".into(), false)];
        assert_eq!((found, codes(&problems)), (expected.into(), vec!["input::corrupt x.zip".to_owned()]));
        let (found, problems) = read("x.zip", &whole[..list / 2], &Limits::default());
        assert!(matches!(&found[..], [(_, bytes, true)] if text.starts_with(bytes) && !bytes.is_empty()));
        assert_eq!(codes(&problems), ["input::corrupt x.zip", "input::truncated x.zip!a"]);
    }
}

#[test]
fn what_cannot_be_opened_is_told() {
    let (found, problems) = shown("x.zip", &encrypted_zip(&[("a", b"one\n")]));
    assert_eq!((found, problems), (vec![], vec!["input::encrypted x.zip!a".into()]));
    let strange = RawMember { method: 98, ..RawMember::stored(b"a", b"one\n") };
    let (found, problems) = shown("x.zip", &raw_zip(&[strange, RawMember::stored(b"b", b"two\n")]));
    assert_eq!((found, problems), (vec!["x.zip!b: two\n".into()], vec!["input::unsupported x.zip!a".into()]));
    for (name, start) in [("x.7z", &b"7z\xbc\xaf\x27\x1c\0\x04"[..]), ("x.rar", b"Rar!\x1a\x07\x01\0")] {
        let (_, problems) = shown("all.tar", &tar(&[(name, start)]));
        assert_eq!(problems, [format!("input::unsupported all.tar!{name}")]);
    }
    let (_, problems) =
        shown("a.docx", &zip(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")]));
    assert_eq!(problems, ["input::binary a.docx"]);
}

#[test]
fn an_empty_archive_is_told() {
    let mut folders = tar::Builder::new(Vec::new());
    add(&mut folders, "dir/", b"", tar::EntryType::Directory);
    for bytes in [zip(&[]), folders.into_inner().unwrap(), gz(&zip(&[]))] {
        assert_eq!(shown("x", &bytes), (vec![], vec!["input::empty x".into()]));
    }
}

#[test]
fn a_tar_behind_a_tar_is_read() {
    let tars = [tar(&[("a", b"one\n")]), tar(&[("a", b"two\n")])].concat();
    for bytes in [tars.clone(), [tars, b"what a tape had before".repeat(50)].concat()] {
        assert_eq!(shown("x", &bytes), (vec!["x!a: one\n".into(), "x!a (2): two\n".into()], vec![]));
    }
}

#[test]
fn attributes_tell_of_holes() {
    let mut to = tar::Builder::new(Vec::new());
    to.append_pax_extensions([("GNU.sparse.major", &b"1"[..]), ("GNU.sparse.name", b"holes")]).unwrap();
    add(&mut to, "GNUSparseFile.7/holes", b"1\n0\n512\n", tar::EntryType::Regular);
    add(&mut to, "log", b"text\n", tar::EntryType::Regular);
    let (found, problems) = shown("x", &to.into_inner().unwrap());
    assert_eq!((found, problems), (vec!["x!log: text\n".into()], vec!["input::unsupported x!holes".into()]));
}

#[test]
fn a_file_with_holes_is_told() {
    let mut header = tar::Header::new_gnu();
    header.set_path("holes").unwrap();
    header.set_size(0);
    header.set_entry_type(tar::EntryType::GNUSparse);
    let gnu = header.as_gnu_mut().unwrap();
    gnu.set_is_extended(true);
    header.set_cksum();
    let mut to = tar::Builder::new(Vec::new());
    let more = [0; 512];
    to.append(&header, &b""[..]).unwrap();
    let mut bytes = to.into_inner().unwrap();
    bytes.truncate(512);
    bytes.extend(more);
    bytes.extend(tar(&[("log", b"text\n")]));
    let (found, problems) = shown("x", &bytes);
    assert_eq!((found, problems), (vec!["x!log: text\n".into()], vec!["input::unsupported x!holes".into()]));
}

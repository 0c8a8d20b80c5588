use std::io::{Cursor, Read};
use std::ops::ControlFlow;

use sldiag::input::archive::{Limits, ZipListing};

use super::build::*;

const NONE: [String; 0] = [];

#[test]
fn every_kind_by_content_and_not_by_name() {
    for (name, bytes) in [
        ("sw1.log.gz", gz(b"text\n")),
        ("sw1.log", gz(b"text\n")),
        ("sw1.zip", bz2(b"text\n")),
        ("sw1.txt", xz(b"text\n")),
        ("sw1", zst(b"text\n")),
        ("sw1.gz", b"text\n".to_vec()),
        ("sw1.gz.xz", xz(&gz(b"text\n"))),
    ] {
        assert_eq!(shown(name, &bytes), (vec![format!("{name}: text\n")], NONE.to_vec()));
    }
    for bytes in [tar(&[("a.log", b"text\n")]), zip(&[("a.log", b"text\n")])] {
        for packed in [bytes.clone(), gz(&bytes), bz2(&bytes), xz(&bytes), zst(&bytes)] {
            assert_eq!(shown("sw1.log", &packed), (vec!["sw1.log!a.log: text\n".to_owned()], NONE.to_vec()));
        }
    }
}

#[test]
fn archives_inside_each_other_name_the_whole_way() {
    let inner = gz(&tar(&[("log.1", b"one\n"), ("old/log.2.gz", &gz(b"two\n"))]));
    let middle = zip(&[("dir/sw1.tar.gz", &inner), ("a.txt", b"plain\n")]);
    let expected = |outer: &str| {
        [("a.txt", "plain"), ("dir/sw1.tar.gz!log.1", "one"), ("dir/sw1.tar.gz!old/log.2.gz", "two")]
            .map(|(name, text)| format!("{outer}!{name}: {text}\n"))
            .to_vec()
    };
    assert_eq!(shown("case.zip", &middle), (expected("case.zip"), NONE.to_vec()));
    let outer = tar(&[("x/case.zip", &middle), ("end.txt", b"end\n")]);
    let (found, problems) = shown("all.tar", &outer);
    assert_eq!(found[..3], expected("all.tar!x/case.zip"));
    assert_eq!((found[3].as_str(), problems), ("all.tar!end.txt: end\n", NONE.to_vec()));
}

#[test]
fn members_of_a_zip_come_by_name_and_those_of_a_tar_as_they_are() {
    let files: &[(&str, &[u8])] = &[("b", b"1"), ("c", b"2"), ("a", b"3")];
    assert_eq!(shown("x", &zip(files)).0, ["x!a: 3", "x!b: 1", "x!c: 2"]);
    assert_eq!(shown("x", &tar(files)).0, ["x!b: 1", "x!c: 2", "x!a: 3"]);
    let twice: &[(&str, &[u8])] = &[("log", b"1"), ("log", b"2")];
    assert_eq!(shown("x", &tar(twice)).0, ["x!log: 1", "x!log (2): 2"]);
    let twice = [RawMember::stored(b"log", b"1"), RawMember::stored(b"log", b"2")];
    assert_eq!(shown("x", &raw_zip(&twice)).0, ["x!log: 1", "x!log (2): 2"]);
}

#[test]
fn what_is_no_file_is_passed_over() {
    let mut to = tar::Builder::new(Vec::new());
    for (name, sort) in [
        ("dir/", tar::EntryType::Directory),
        ("link", tar::EntryType::Symlink),
        ("hard", tar::EntryType::Link),
        ("tty", tar::EntryType::Char),
        ("sda", tar::EntryType::Block),
        ("pipe", tar::EntryType::Fifo),
    ] {
        add(&mut to, name, b"", sort);
    }
    add(&mut to, "log", b"text", tar::EntryType::Regular);
    for hidden in [".DS_Store", "a/.git/config", "__MACOSX/x"] {
        add(&mut to, hidden, b"x", tar::EntryType::Regular);
    }
    assert_eq!(
        shown("x.tar", &to.into_inner().unwrap()),
        (vec!["x.tar!log: text".to_owned()], NONE.to_vec())
    );
}

#[test]
fn long_names_of_a_tar() {
    let long = format!("{}/log", "folder".repeat(40));
    let mut gnu = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(4);
    gnu.append_data(&mut header, &long, &b"text"[..]).unwrap();
    let mut pax = tar::Builder::new(Vec::new());
    pax.append_pax_extensions([("path", long.as_bytes()), ("mtime", b"1.5")]).unwrap();
    add(&mut pax, "short", b"text", tar::EntryType::Regular);
    for bytes in [gnu.into_inner().unwrap(), pax.into_inner().unwrap()] {
        assert_eq!(shown("x", &bytes), (vec![format!("x!{long}: text")], NONE.to_vec()));
    }
}

#[test]
fn a_zip_is_read_member_by_member_on_several_handles() {
    let bytes = zip(&[("b.gz", &gz(b"two\n")), ("a.txt", b"one\n"), ("c.tar", &tar(&[("x", b"three\n")]))]);
    let limits = Limits::default();
    let (listing, problems) = ZipListing::read("case.zip", &mut Cursor::new(&bytes), &limits);
    assert_eq!(problems, []);
    let members: Vec<_> = listing.members().map(|(name, _)| name.to_owned()).collect();
    assert_eq!(members, ["case.zip!a.txt", "case.zip!b.gz", "case.zip!c.tar"]);
    let one = |index: usize| {
        let mut found = Vec::new();
        let problems = listing.leaves(index, &mut Cursor::new(&bytes), &limits, &mut |mut leaf| {
            let mut text = String::new();
            leaf.read_to_string(&mut text).unwrap();
            found.push((leaf.name.clone(), text.into_bytes(), leaf.is_cut()));
            ControlFlow::Continue(())
        });
        assert_eq!(problems, []);
        found
    };
    let apart: Vec<_> = std::thread::scope(|scope| {
        let readers: Vec<_> = (0..3).map(|index| scope.spawn(move || one(index))).collect();
        readers.into_iter().flat_map(|it| it.join().unwrap()).collect()
    });
    assert_eq!(apart, read("case.zip", &bytes, &limits).0);
}

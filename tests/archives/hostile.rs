use std::io::{Cursor, Read};
use std::ops::ControlFlow;

use proptest::prelude::*;
use sldiag::input::archive::{Limits, Origin, ZipListing, leaves};

use super::build::*;

#[test]
fn a_bomb_is_refused_by_its_ratio_and_the_rest_is_read() {
    let bomb = vec![b' '; 20 << 20];
    for packed in [gz(&bomb), bz2(&bomb), xz(&bomb), zst(&bomb)] {
        let parts = tar(&[("bomb", &packed), ("log", b"text\n")]);
        for bytes in [gz(&parts), parts] {
            let (found, problems) = read("x.tar", &bytes, &Limits::default());
            assert_eq!(codes(&problems), ["input::limit x.tar!bomb"]);
            assert!(problems[0].text.contains("--max-ratio"), "{}", problems[0].text);
            let end = |(name, bytes, is_cut): &Read1| (name.clone(), bytes.len() < 6 << 20, *is_cut);
            let ends: Vec<_> = found.iter().map(end).collect();
            assert_eq!(ends, [("x.tar!bomb".into(), true, true), ("x.tar!log".into(), true, false)]);
        }
    }
    let (found, problems) = read("x.zip", &zip(&[("bomb", &bomb), ("log", b"text\n")]), &Limits::default());
    assert_eq!((found.len(), codes(&problems)), (2, vec!["input::limit x.zip!bomb".to_owned()]));
    // A bomb of bombs is one, though no level of it is: 150 times 150.
    let text: Vec<u8> = (0..20_u32).flat_map(|at| at.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    let inner = gz(&text.repeat(6000));
    let files: Vec<_> = (0..600).map(|_| ("part", inner.as_slice())).collect();
    let outer = gz(&tar(&files));
    let (_, problems) = read("x.tar.gz", &outer, &Limits::default());
    assert_eq!(codes(&problems), ["input::limit x.tar.gz"]);
}

#[test]
fn members_that_share_their_data_are_read_once() {
    let text = b"text\n".repeat(500);
    let names: Vec<String> = (0..9).map(|at| format!("{at}.log")).collect();
    let members: Vec<_> = names.iter().map(|name| RawMember::stored(name.as_bytes(), &text)).collect();
    let mut bytes = raw_zip(&members);
    let heads: Vec<usize> =
        (0..bytes.len() - 4).filter(|at| bytes[*at..].starts_with(b"PK\x01\x02")).collect();
    for head in heads {
        bytes[head + 42..head + 46].fill(0);
    }
    let (found, problems) = read("x.zip", &bytes, &Limits::default());
    assert_eq!(found, [("x.zip!0.log".to_owned(), text, false)]);
    assert_eq!(codes(&problems), ["input::corrupt x.zip"]);
    assert!(problems[0].text.contains("lie over each other"), "{}", problems[0].text);
}

#[test]
fn what_may_come_out_is_limited() {
    let limits = Limits { unpacked: 1000, ..Limits::default() };
    let (found, problems) = read("a.gz", &gz(&[b'x'; 5000]), &limits);
    assert_eq!((found[0].1.len(), codes(&problems)), (1000, vec!["input::limit a.gz".to_owned()]));
    assert!(problems[0].text.contains("more than 1000 bytes"), "{}", problems[0].text);
    // A tar gives its own bytes; a gzip around it gives heads and filling as well.
    let files: &[(&str, &[u8])] = &[("a", &[b'a'; 600]), ("b", &[b'b'; 600]), ("c", b"c")];
    let (found, problems) = read("x.tar", &tar(files), &limits);
    assert_eq!(found.iter().map(|it| it.1.len()).collect::<Vec<_>>(), [600, 400]);
    assert_eq!(codes(&problems), ["input::limit x.tar"]);
    // A zip says in advance what it holds: what does not fit is left out.
    let (found, problems) = read("x.zip", &zip(files), &limits);
    assert_eq!(found.iter().map(|it| it.1.len()).collect::<Vec<_>>(), [600]);
    assert_eq!(codes(&problems), ["input::limit x.zip"]);
    let enough = Limits { unpacked: 1201, ..limits };
    assert_eq!(read("x.zip", &zip(files), &enough).1, []);
    assert_eq!(read("x.tar", &tar(files), &enough).1, []);
}

#[test]
fn thirty_zips_inside_each_other_are_refused_and_the_rest_is_read() {
    let deep = (0..29).fold(zip(&[("a.txt", b"deep\n")]), |inner, _| zip(&[("in.zip", &inner)]));
    let (found, problems) = shown("x.zip", &zip(&[("deep.zip", &deep), ("log", b"text\n")]));
    assert_eq!(found, ["x.zip!log: text\n"]);
    assert_eq!(problems, [format!("input::limit x.zip!deep.zip{}", "!in.zip".repeat(15))]);
    let limits = Limits { nesting: 31, ..Limits::default() };
    let (found, problems) = shown_with("x.zip", &zip(&[("deep.zip", &deep)]), &limits);
    assert_eq!((found.len(), problems.len()), (1, 0));
    let layers = (0..30).fold(b"text\n".to_vec(), |inner, _| gz(&inner));
    assert_eq!(shown("x.gz", &layers), (vec![], vec!["input::limit x.gz".into()]));
    let none = Limits { nesting: 0, ..Limits::default() };
    assert_eq!(shown_with("x.zip", &zip(&[("a", b"b")]), &none), (vec![], vec!["input::limit x.zip".into()]));
}

#[test]
fn a_hundred_thousand_members_are_cut_short() {
    let names: Vec<_> = (0..100_000).map(|at| format!("{at:06}")).collect();
    // A list of more than 65,535 needs the zip64 end; the crate writes it.
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for name in &names {
        to.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
    }
    let bytes = to.finish().unwrap().into_inner();
    let limits = Limits { members: 50, ..Limits::default() };
    let (found, problems) = read("x.zip", &bytes, &limits);
    assert_eq!((found.len(), codes(&problems)), (50, vec!["input::limit x.zip".to_owned()]));
    let (listing, problems) = ZipListing::read("x.zip", &mut Cursor::new(&bytes), &Limits::default());
    assert_eq!((listing.members().len(), problems.len()), (100_000, 0));
    let files: Vec<_> = names.iter().take(60).map(|name| (name.as_str(), &b"x"[..])).collect();
    let (found, problems) = read("x.tar", &tar(&files), &limits);
    assert_eq!((found.len(), codes(&problems)), (50, vec!["input::limit x.tar".to_owned()]));
    // Members count for every archive around them.
    let half = tar(&files[..30]);
    let (found, problems) = read("x.tar.gz", &gz(&tar(&[("a.tar", &half), ("b.tar", &half)])), &limits);
    assert_eq!((found.len(), codes(&problems)), (48, vec!["input::limit x.tar.gz".to_owned()]));
}

#[test]
fn evil_names_are_only_names() {
    let names = ["../../../etc/passwd", "/etc/shadow", "C:\\windows\\x", "a\u{1b}[2Jb\r\n", ".."];
    let files: Vec<_> = names.iter().map(|name| (*name, &b"x"[..])).collect();
    let expected =
        ["x!../../../etc/passwd: x", "x!/etc/shadow: x", "x!C:/windows/x: x", "x!a[2Jb: x", "x!..: x"];
    assert_eq!(shown("x", &tar(&files)).0, expected);
    let members: Vec<_> = names.iter().map(|name| RawMember::stored(name.as_bytes(), b"x")).collect();
    let mut found = shown("x", &raw_zip(&members)).0;
    found.sort_by_key(|it| expected.iter().position(|name| name == it));
    assert_eq!(found, expected);
    // Neither UTF-8 nor anything else: the code page of old PCs.
    assert_eq!(shown("x", &raw_zip(&[RawMember::stored(b"K\x94ln.log", b"x")])).0, ["x!Köln.log: x"]);
}

#[test]
fn a_name_of_gigabytes_takes_no_memory() {
    let mut to = tar::Builder::new(Vec::new());
    add(&mut to, "././@LongLink", &vec![b'n'; 3 << 20], tar::EntryType::GNULongName);
    add(&mut to, "short", b"x", tar::EntryType::Regular);
    let (found, problems) = read("x", &to.into_inner().unwrap(), &Limits::default());
    assert_eq!((found.len(), problems.len()), (1, 0));
    assert_eq!(found[0].0.len(), "x!".len() + 1024);
}

#[test]
fn the_visitor_may_stop_and_may_leave_things_unread() {
    let bytes = gz(&tar(&[("a", &[b'a'; 5000]), ("b", b"b"), ("c", b"c")]));
    let mut seen = Vec::new();
    let problems =
        leaves("x", Origin::Seekable(&mut Cursor::new(&bytes)), &Limits::default(), &mut |mut leaf| {
            let mut first = [0];
            leaf.read_exact(&mut first).unwrap();
            seen.push(first[0]);
            if seen.len() == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
    assert_eq!((seen, problems), (b"ab".to_vec(), vec![]));
}

fn nested() -> Vec<u8> {
    let text = b"sw1#show license all\nSmart Licensing is ENABLED\n".repeat(20);
    let parts = tar(&[
        ("a.gz", &gz(&text)),
        ("b.bz2", &bz2(&text)),
        ("c.xz", &xz(&text)),
        ("d.zst", &zst(&text)),
        ("e", &text),
    ]);
    zip(&[("one.tar.gz", &gz(&parts)), ("two.tar", &parts), ("three.zip", &zip(&[("x", &text)]))])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Damage anywhere, in any number of bytes, neither panics nor lets anything grow.
    #[test]
    fn any_damage_is_survived(damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12), end in any::<prop::sample::Index>(), cut in any::<bool>()) {
        let whole = nested();
        let parts = tar(&[("in.zip", &whole), ("log", b"text\n")]);
        for mut bytes in [whole, parts] {
            for (at, byte) in &damage {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            if cut {
                bytes.truncate(end.index(bytes.len()));
            }
            let (found, _) = read("x", &bytes, &Limits::default());
            prop_assert!(found.iter().map(|(_, bytes, _)| bytes.len()).sum::<usize>() < 4 << 20);
        }
    }
}

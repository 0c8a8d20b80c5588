//! From bytes to text: UTF-8, UTF-16 as Windows terminals write it, and Latin-1 where a line is nothing else.
//!
//! Control bytes, NULs and the literal `^@` stay: they belong to the original, and cleaning is the text layer's work. LF
//! ends a line; a lone CR only in a text without LF (`Source`).

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::blocks::LONGEST_LINE;
use crate::base::Problem;

/// What Windows programs put before a text in UTF-8.
pub const MARK: &[u8] = b"\xef\xbb\xbf";

/// Bytes looked at to tell what an input is.
const SAMPLE: usize = 64 << 10;

/// Text made of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text; empty where the input is no text.
    pub text: String,
    /// `utf-8`, `utf-16le`, `utf-16be`, `latin-1` or `binary`.
    pub encoding: &'static str,
    /// What the reader should know. The path is left empty, as bytes have none.
    pub problems: Vec<Problem>,
}

/// Decodes an input. Never fails: what is no text becomes an empty text with a problem.
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some((kind, advice)) = binary_kind(bytes) {
        return no_text("input::binary", format!("this is {kind}, not text: {advice}"));
    }
    if is_report(bytes) {
        let text = "this is a report of sldiag, not a capture: name the captures that it was made of";
        return no_text("input::unsupported", text.to_owned());
    }
    let (text, encoding, mut problems) = as_text(bytes);
    if text.trim_start_matches('\0').trim().is_empty() {
        problems.push(problem("input::empty", "there is nothing in it: capture the output again".into()));
    }
    let is_whole = text.len() as u64 <= LONGEST_DOCUMENT && is_document(text.as_bytes());
    let text = if is_whole { text } else { without_long_lines(text, &mut problems) };
    Decoded { text, encoding, problems }
}

fn problem(code: &str, text: String) -> Problem {
    Problem::of_input(code, "", text)
}

fn no_text(code: &str, text: String) -> Decoded {
    Decoded { text: String::new(), encoding: "binary", problems: vec![problem(code, text)] }
}

fn as_text(bytes: &[u8]) -> (String, &'static str, Vec<Problem>) {
    if let Some(rest) = bytes.strip_prefix(MARK) {
        let (text, encoding) = utf8_or_latin(rest);
        return (text, encoding, Vec::new());
    }
    let wide = match bytes {
        [0xff, 0xfe, rest @ ..] => Some((rest, UTF_16LE)),
        [0xfe, 0xff, rest @ ..] => Some((rest, UTF_16BE)),
        _ => wide_by_nuls(bytes).map(|encoding| (bytes, encoding)),
    };
    if let Some((rest, encoding)) = wide {
        return utf16(rest, encoding);
    }
    let (text, encoding) = utf8_or_latin(bytes);
    (text, encoding, Vec::new())
}

fn utf16(bytes: &[u8], encoding: &'static Encoding) -> (String, &'static str, Vec<Problem>) {
    let name = if encoding == UTF_16LE { "utf-16le" } else { "utf-16be" };
    let (whole, rest) = bytes.split_at(bytes.len() & !1);
    let (text, _) = encoding.decode_without_bom_handling(whole);
    let cut = "the last character is only half there: the file was cut off, so the end may be missing";
    let problems =
        if rest.is_empty() { Vec::new() } else { vec![problem("input::truncated", cut.to_owned())] };
    (text.into_owned(), name, problems)
}

/// UTF-16 without a mark: nearly every character of a capture is ASCII, so every second byte is NUL. NULs that a terminal
/// strewed in stand nowhere so regularly.
fn wide_by_nuls(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    memchr::memchr(0, sample)?;
    let pairs = sample.len() / 2;
    let share = |test: fn(&[u8]) -> bool| sample.chunks_exact(2).filter(|pair| test(pair)).count() * 10;
    if pairs < 4 {
        None
    } else if share(|pair| matches!(pair, [low, 0] if *low != 0)) >= pairs * 8 {
        Some(UTF_16LE)
    } else if share(|pair| matches!(pair, [0, low] if *low != 0)) >= pairs * 8 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// UTF-8 as a whole, else line by line, so that one broken line does not spoil the umlauts of the others. Says which it was.
pub fn utf8_or_latin(bytes: &[u8]) -> (String, &'static str) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), "utf-8");
    }
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            Err(_) => text.push_str(&WINDOWS_1252.decode_without_bom_handling(line).0),
        }
    }
    (text, "latin-1")
}

/// What a file without text is, and what to do with it.
/// Whether this is a document that sldiag wrote, by its first bytes: the lines it quotes would make devices of their own. A report in
/// text has no mark.
pub fn is_report(bytes: &[u8]) -> bool {
    const STARTS: [&[u8]; 4] = [
        b"{\n  \"schema_version\": 1,\n  \"tool\": {\n    \"name\": \"sldiag\",",
        b"{\n  \"schema_version\": 1,\n  \"devices\": [",
        b"{\"type\":\"tool\",\"schema_version\":1,\"name\":\"sldiag\",",
        b"hostname,serial,pid,os,version,era,rule,scenario,severity,",
    ];
    STARTS.iter().any(|start| bytes.starts_with(start))
}

fn binary_kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const TEXT: &str = "copy the text out of it into a text file";
    const OTHER: &str = "name the capture itself, as text";
    const STARTS: &[(&[u8], &str, &str)] = &[
        (&[0xff, 0xd8, 0xff], "a JPEG picture", "capture the terminal as text instead"),
        (b"\x89PNG", "a PNG picture", "capture the terminal as text instead"),
        (b"GIF8", "a GIF picture", "capture the terminal as text instead"),
        (b"%PDF-", "a PDF document", TEXT),
        (b"{\\rtf", "a rich text document", "save it as plain text"),
        (&[0xd0, 0xcf, 0x11, 0xe0], "an Office document", TEXT),
        (b"\x7fELF", "a program", OTHER),
        (&[0xd4, 0xc3, 0xb2, 0xa1], "a packet capture", OTHER),
        (&[0x0a, 0x0d, 0x0d, 0x0a], "a packet capture", OTHER),
        (b"SQLite format 3\0", "a database", OTHER),
    ];
    let by_start = STARTS.iter().find(|(start, ..)| bytes.starts_with(start));
    by_start
        .map(|(_, kind, advice)| (*kind, *advice))
        .or_else(|| is_mostly_control(bytes).then_some(("binary data", OTHER)))
}

/// Whether more than one byte in twenty is a control byte that no terminal log holds. In random bytes it is one in ten. NULs
/// do not count: a terminal server strews them in, and a crash leaves long runs of them in a log.
fn is_mostly_control(bytes: &[u8]) -> bool {
    let is_wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    if is_wide || wide_by_nuls(bytes).is_some() {
        return false;
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    if low_bytes(sample) * 20 <= sample.len() / 2 {
        return false;
    }
    let strange = sample.iter().filter(|byte| matches!(byte, 1..=6 | 0x0e..=0x1a | 0x1c..=0x1f)).count();
    strange * 20 > sample.iter().filter(|byte| **byte != 0).count()
}

/// Bytes below the blank that end no line. Nearly every capture has next to none, so they are counted many at a time: the counts
/// of a chunk fit in bytes, sixteen of which are added by one instruction.
fn low_bytes(sample: &[u8]) -> usize {
    let is_low = |byte: &u8| u8::from(*byte < b' ' && *byte != b'\n' && *byte != b'\r');
    let in_chunk = |chunk: &[u8]| usize::from(chunk.iter().map(is_low).sum::<u8>());
    sample.chunks(usize::from(u8::MAX)).map(in_chunk).sum()
}

/// A line of which the rest was left out.
pub fn long_line(number: u32) -> Problem {
    let text = "this line is longer than 1 MiB: only its first mebibyte was read".to_owned();
    Problem { line: Some(number), ..problem("input::truncated", text) }
}

/// Whether a long input that starts so can be read line by line: it is text in UTF-8, ASCII or Latin-1. UTF-16 is decoded
/// as a whole, and so is a text whose lines end in CR alone.
pub fn is_in_lines(head: &[u8]) -> bool {
    let is_wide =
        head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") || wide_by_nuls(head).is_some();
    let ends_in_cr = !head.contains(&b'\n') && head.contains(&b'\r');
    !is_wide && !ends_in_cr && binary_kind(head).is_none() && !is_report(head)
}

/// Bytes of the longest document that is read as a whole: 16 MiB, the outputs of some hundred devices.
pub const LONGEST_DOCUMENT: u64 = 16 << 20;

/// Whether a text that starts so may be a document in which a script collected outputs of commands: JSON, or what Python prints of
/// a dictionary, that names one; or lines with the names of devices before them. Only as a whole it tells which device was asked what.
pub fn is_document(head: &[u8]) -> bool {
    const COMMANDS: [&[u8]; 4] = [b"\"show ", b"\"show_", b"'show ", b"'show_"];
    let head = head.strip_prefix(MARK).unwrap_or(head).trim_ascii_start();
    let names_command = || COMMANDS.iter().any(|it| memchr::memmem::find(head, it).is_some());
    match head.first() {
        Some(b'{' | b'[') => names_command(),
        _ => is_printed(head) || is_prefixed(head),
    }
}

/// So much of a text is looked at for what stands before a document or a line.
const START: usize = 4 << 10;

/// Whether a document that begins with a command stands behind other words (`INFO sw1: {'show clock': …}`), and no log does.
fn is_printed(head: &[u8]) -> bool {
    const BEGINNINGS: [&[u8]; 4] = [b"{\"show ", b"{\"show_", b"{'show ", b"{'show_"];
    let start = head.get(..START).unwrap_or(head);
    let holds = |it: &[u8]| memchr::memmem::find(start, it).is_some();
    BEGINNINGS.iter().any(|it| holds(it)) && !start.contains(&b'%')
}

/// Whether all lines begin with a name and a colon (`sw1: Utility:`), and it is that of an output of licensing, no log.
fn is_prefixed(head: &[u8]) -> bool {
    const HEADINGS: [&[u8]; 2] = [b": Utility:", b": Smart Licensing "];
    let start = head.get(..START).unwrap_or(head);
    let has_name = |line: &[u8]| {
        let stop = memchr::memchr2(b':', b' ', line);
        line.is_empty() || stop.is_some_and(|at| at > 0 && line.get(at) == Some(&b':'))
    };
    HEADINGS.iter().any(|it| memchr::memmem::find(start, it).is_some())
        && !start.contains(&b'%')
        // The last line may be cut.
        && start.split(|it| *it == b'\n').rev().skip(1).all(has_name)
}

/// Cuts lines over a mebibyte, so that one endless line cannot make every later step slow. Line numbers stay.
fn without_long_lines(text: String, problems: &mut Vec<Problem>) -> String {
    let end = if text.as_bytes().contains(&b'\n') { '\n' } else { '\r' };
    if text.len() <= LONGEST_LINE || text.split(end).all(|line| line.len() <= LONGEST_LINE) {
        return text;
    }
    let mut kept = String::with_capacity(text.len());
    for (line, number) in text.split_inclusive(end).zip(1..) {
        if line.len() <= LONGEST_LINE {
            kept.push_str(line);
            continue;
        }
        let at = (0..=LONGEST_LINE).rev().find(|at| line.is_char_boundary(*at)).unwrap_or(0);
        kept.push_str(line.get(..at).unwrap_or_default());
        kept.extend(line.ends_with(end).then_some(end));
        problems.push(long_line(number));
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(text: &str, big: bool) -> Vec<u8> {
        let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn texts() {
        let plain = "sw1#show license all\r\nStatus: ok\r\n";
        for (bytes, text, encoding) in [
            (plain.as_bytes().to_vec(), plain, "utf-8"),
            ([b"\xef\xbb\xbf", plain.as_bytes()].concat(), plain, "utf-8"),
            ([b"\xff\xfe".to_vec(), wide(plain, false)].concat(), plain, "utf-16le"),
            ([b"\xfe\xff".to_vec(), wide(plain, true)].concat(), plain, "utf-16be"),
            (wide(plain, false), plain, "utf-16le"),
            (wide(plain, true), plain, "utf-16be"),
            (b"caf\xe9\nna\xc3\xafve\n".to_vec(), "café\nnaïve\n", "latin-1"),
            (b"a\0\0b^@c\x08\x1b[K\n".to_vec(), "a\0\0b^@c\x08\x1b[K\n", "utf-8"),
            (b"one\rtwo".to_vec(), "one\rtwo", "utf-8"),
        ] {
            let expected = Decoded { text: text.into(), encoding, problems: vec![] };
            assert_eq!(decode(&bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn what_is_no_text() {
        let random: Vec<u8> =
            (0..4000_u32).map(|it| it.wrapping_mul(2_654_435_761).to_be_bytes()[1]).collect();
        for (bytes, code, words) in [
            (&b"\xff\xd8\xff\xe0JFIF"[..], "input::binary", "capture the terminal as text"),
            (b"\x7fELF\x02\x01", "input::binary", "a program"),
            (b"%PDF-1.7", "input::binary", "copy the text out of it"),
            (&random, "input::binary", "binary data"),
        ] {
            let decoded = decode(bytes);
            assert_eq!((decoded.text.as_str(), decoded.encoding), ("", "binary"));
            assert_eq!(decoded.problems[0].code, code);
            assert!(decoded.problems[0].text.contains(words), "{}", decoded.problems[0].text);
        }
    }

    #[test]
    fn a_run_of_nuls_in_a_log_is_still_text() {
        let log = [b"Nov 17 18:05:09: %SYS-5-RESTART: up\n".to_vec(), vec![0; 9000], b"\nend\n".to_vec()];
        assert_eq!(decode(&log.concat()).encoding, "utf-8");
    }

    #[test]
    fn cut_and_empty_are_told() {
        let half = [b"\xff\xfe".to_vec(), wide("text", false), vec![b'x']].concat();
        let long = [vec![b'a'; LONGEST_LINE + 5], b"\nend\n".to_vec()].concat();
        for (bytes, code, line) in [
            (half, "input::truncated", None),
            (long, "input::truncated", Some(1)),
            (b" \r\n\n".to_vec(), "input::empty", None),
            (Vec::new(), "input::empty", None),
        ] {
            let problems = decode(&bytes).problems;
            assert_eq!(
                problems.iter().map(|it| (it.code.as_str(), it.line)).collect::<Vec<_>>(),
                [(code, line)]
            );
        }
        let cut = decode(&[vec![b'a'; LONGEST_LINE + 5], b"\nend\n".to_vec()].concat());
        assert_eq!((cut.text.len(), cut.text.lines().nth(1)), (LONGEST_LINE + 5, Some("end")));
    }
}

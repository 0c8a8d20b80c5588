//! The lines of a configuration that say something: without comments, certificates and banners.

use crate::text::{Line, notice};

/// A line worth keeping.
pub(super) struct Kept<'l> {
    /// 1-based line of the input.
    pub(super) number: u32,
    /// Number of leading blanks.
    pub(super) indent: usize,
    /// The line without outer blanks.
    pub(super) text: &'l str,
}

/// Drops what is no configuration line.
pub(super) fn significant<'l>(lines: &'l [Line<'_>]) -> Vec<Kept<'l>> {
    let mut kept = Vec::with_capacity(lines.len());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let text = line.trimmed();
        at += 1 + skip_after(text, lines.get(at + 1..).unwrap_or_default());
        if !is_noise(text) {
            kept.push(Kept { number: line.number, indent: line.indent(), text });
        }
    }
    restore_indentation(&mut kept);
    kept
}

fn is_noise(text: &str) -> bool {
    text.is_empty()
        || text.starts_with('!')
        || text == "end"
        || text == "quit"
        || text == ":"
        || text.starts_with(": ")
        || text.starts_with("Building configuration")
        || text.starts_with("Current configuration :")
        || is_hex(text)
}

/// How many of the lines that follow are the text of a banner that `text` opens: up to the second delimiter. A banner whose
/// end is missing is not skipped, for it would swallow the rest of the configuration.
fn skip_after(text: &str, following: &[Line<'_>]) -> usize {
    let Some(delimiter) = notice::delimiter(text) else { return 0 };
    following.iter().position(|line| line.text.contains(delimiter)).map_or(0, |end| end + 1)
}

/// `30820321 30820209 A0030201 02020101`, a line of a certificate.
fn is_hex(text: &str) -> bool {
    text.len() >= 8
        && text.starts_with(|c: char| c.is_ascii_hexdigit())
        && text.split(' ').all(|group| {
            group.len() <= 8 && group.len() % 2 == 0 && group.bytes().all(|b| b.is_ascii_hexdigit())
        })
        && text.bytes().any(|b| b.is_ascii_digit())
}

/// Lines of a section and the beginnings of what stands under it, for copies that lost their indentation (web pages do that).
const MODES: &[(&str, usize, &[&str])] = &[
    (
        "call-home",
        0,
        &[
            "contact",
            "profile ",
            "vrf ",
            "http-proxy",
            "http ",
            "no http ",
            "service active",
            "source-i",
            "mail-server",
            "data-privacy",
            "site-id",
            "sender",
        ],
    ),
    (
        "profile ",
        1,
        &[
            "active",
            "no active",
            "reporting ",
            "no reporting ",
            "destination ",
            "no destination ",
            "anonymous",
        ],
    ),
    (
        "crypto pki trustpoint ",
        0,
        &[
            "enrollment ",
            "revocation-check ",
            "subject-name",
            "rsakeypair",
            "usage ",
            "serial-number",
            "fingerprint",
            "hash ",
            "source interface",
            "vrf ",
        ],
    ),
];

/// Gives flat lines the indentation that their words ask for. A configuration with any indentation is left as it is.
fn restore_indentation(kept: &mut [Kept<'_>]) {
    let base = kept.iter().map(|line| line.indent).min().unwrap_or_default();
    if kept.iter().any(|line| line.indent != base) {
        return;
    }
    let mut open: Vec<&(&str, usize, &[&str])> = Vec::new();
    for line in kept {
        let text = line.text;
        while open.last().is_some_and(|(_, _, under)| !under.iter().any(|start| text.starts_with(start))) {
            open.pop();
        }
        line.indent = base + open.len();
        let depth = open.len();
        let opens = |(head, at, _): &&(&str, usize, &[&str])| *at == depth && text.starts_with(head);
        open.extend(MODES.iter().find(opens));
    }
}

//! What a header says: when the device spoke, and which device it was.
//!
//! A header is read from the name of the message towards the left. The time nearest to the name is the device's own; one
//! further left is a relay's. Whatever stands left of all that can be explained was on the line before the message came:
//! a prompt, a question, half an output line.

use super::piece::{Piece, pieces};
use super::{repetition, structured};
use crate::base::Stamp;

/// Longer than any header: what stands further left was there before.
const LONGEST: usize = 512;
/// `2024-01-02 03:04:05,192.168.1.1,local7,error,`
const KIWI_COLUMNS: usize = 4;
/// Words of questions, which look like the name of a device: `Password: %SMART_LIC-…`.
const QUESTIONS: [&str; 9] =
    ["password", "username", "login", "passcode", "user", "secret", "error", "warning", "note"];

/// What a header says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// Bytes before the header: what stood on the line before.
    pub(super) start: usize,
    /// The device's own time, else the relay's.
    pub(super) stamp: Option<Stamp>,
    /// The device: its origin-id, else its host name or address.
    pub(super) origin: Option<String>,
    /// Whether there is anything that only log messages have.
    pub(super) is_log: bool,
    /// How often the message came, where a relay says so.
    pub(super) times: Option<u32>,
}

/// Reads what stands before the name of a message. What stands before the last quote is not of the header, unless the quotes are
/// those of structured data. Kiwi puts commas between its own columns.
pub(super) fn header(text: &str) -> Header {
    match repetition::of_this(near(text).1) {
        Some((times, text)) => Header { start: 0, times: Some(times), ..of_columns(&text) },
        None => of_columns(text),
    }
}

fn of_columns(text: &str) -> Header {
    if text.ends_with(',') && text.bytes().filter(|byte| *byte == b',').count() >= KIWI_COLUMNS {
        return plain_header(&text.replace(',', " "));
    }
    let bare = structured::without(text).or_else(|| structured::of_labels(text));
    match (bare, text.rsplit_once('"')) {
        (Some(text), _) => Header { start: 0, ..plain_header(&text) },
        (None, Some((_, behind))) => Header { start: 0, ..plain_header(behind) },
        (None, None) => plain_header(text),
    }
}

/// The end of a text, which may be a header, and how many bytes stand before it.
fn near(text: &str) -> (usize, &str) {
    let skipped = text.len().saturating_sub(LONGEST);
    let skipped = (skipped..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    (skipped, text.get(skipped..).unwrap_or_default())
}

fn plain_header(text: &str) -> Header {
    let (skipped, near) = near(text);
    let (offsets, pieces): (Vec<usize>, Vec<Piece<'_>>) = pieces(near).into_iter().unzip();
    let view = View::new(&pieces);
    let origin =
        view.origin().filter(|(_, name)| !name.contains(['{', '}', '"', '=', '<', ',', ';', '[', ']']));
    let first = view.first(origin);
    Header {
        start: skipped + offsets.get(first).copied().unwrap_or(near.len()),
        stamp: view.stamp(),
        origin: origin.map(|(_, name)| name.to_owned()),
        is_log: pieces.iter().skip(first).any(is_of_log),
        times: None,
    }
}

/// Whether a line that names no message is a log line all the same: `Jun  5 05:11:04.626 EST: Rollback:Acquired …`.
pub(super) fn is_untagged_log_line(line: &str) -> bool {
    let starts_like_one =
        line.trim_start().starts_with(|c: char| c.is_ascii_alphanumeric() || "*.<".contains(c));
    if !starts_like_one {
        return false;
    }
    let end = line.char_indices().nth(80).map_or(line.len(), |(at, _)| at);
    let pieces = pieces(line.get(..end).unwrap_or(line));
    let mut header = pieces.iter().map(|(_, piece)| piece).skip_while(|it| is_lead(it));
    matches!(header.next(), Some(Piece::Time { closed: true, .. }))
}

/// Pieces that only headers of log messages have.
fn is_of_log(piece: &Piece<'_>) -> bool {
    !matches!(piece, Piece::Word(_) | Piece::Named { .. } | Piece::Number)
}

/// Pieces that may stand before the time, or before the name of the device.
fn is_lead(piece: &Piece<'_>) -> bool {
    matches!(
        piece,
        Piece::Priority
            | Piece::Original(_)
            | Piece::Number
            | Piece::Node
            | Piece::Task
            | Piece::Uptime
            | Piece::Context
            | Piece::Process
    )
}

/// The pieces with the places of the two times among them.
struct View<'v, 'a> {
    pieces: &'v [Piece<'a>],
    /// The device's time, or the only one.
    device: Option<usize>,
    /// The relay's time, where there are two.
    relay: Option<usize>,
}

impl<'v, 'a> View<'v, 'a> {
    fn new(pieces: &'v [Piece<'a>]) -> Self {
        let is_time = |piece: &Piece<'_>| matches!(piece, Piece::Time { .. });
        let device = pieces.iter().rposition(is_time);
        let relay = pieces.iter().position(is_time).filter(|at| Some(*at) != device);
        Self { pieces, device, relay }
    }

    fn time(&self, at: Option<usize>) -> Option<&Stamp> {
        match self.pieces.get(at?)? {
            Piece::Time { stamp, .. } => Some(stamp),
            _ => None,
        }
    }

    /// The device's time, with the relay's year where it prints none.
    fn stamp(&self) -> Option<Stamp> {
        let device = self.time(self.device)?;
        Some(self.time(self.relay).map_or_else(|| device.clone(), |relay| device.with_year_before(relay)))
    }

    /// The device and the piece that names it; an origin-id beats every address that a relay put in.
    fn origin(&self) -> Option<(usize, &'a str)> {
        self.origin_id()
            .or_else(|| self.behind_time())
            .or_else(|| self.before_node())
            .or_else(|| self.original())
            .or_else(|| self.relayed())
    }

    /// `sw01:` or `MDF-ASA5515X :` before the device's time, or behind a time that no colon ends.
    fn origin_id(&self) -> Option<(usize, &'a str)> {
        let end = match self.device {
            Some(at) if self.is_open(at) => self.pieces.len(),
            Some(at) => at,
            None => self.pieces.len(),
        };
        let mut named = self.pieces.iter().take(end).enumerate().filter_map(|(at, piece)| match piece {
            Piece::Named { name, spaced } if self.may_name_origin(at, *spaced) && !is_question(name) => {
                Some((at, *name))
            }
            _ => None,
        });
        named.next_back()
    }

    /// A name with nothing before it but numbers, or behind a time. Without a time it takes the blank of ASA before the
    /// colon, or a sequence number, to tell `HQ-ASA5585 :` from prose that ends in a colon.
    fn may_name_origin(&self, at: usize, spaced: bool) -> bool {
        let before = self.pieces.get(..at).unwrap_or_default();
        let behind_time = before.iter().any(|it| matches!(it, Piece::Time { .. }));
        let leads = before.iter().all(is_lead);
        let in_log = spaced || self.device.is_some() || self.pieces.iter().any(is_lead);
        behind_time || (leads && in_log)
    }

    fn is_open(&self, at: usize) -> bool {
        matches!(self.pieces.get(at), Some(Piece::Time { closed: false, .. }))
    }

    /// `2019 May 22 16:20:45 ha01-n7010-01 %ACLLOG-…`
    fn behind_time(&self) -> Option<(usize, &'a str)> {
        let at = self.device.filter(|at| self.is_open(*at))?;
        self.word_from(at + 1)
    }

    /// `<149>2647599: vmx01 RP/0/RSP1/CPU0:Mar 28 …`, `… rtr-mgmt RP/0/RP0/CPU0:Oct 7 …`
    fn before_node(&self) -> Option<(usize, &'a str)> {
        let node = self.pieces.iter().position(|it| matches!(it, Piece::Node))?;
        let at = node.checked_sub(1)?;
        let before = self.pieces.get(..at)?;
        let known = before.iter().all(|it| is_lead(it) || matches!(it, Piece::Time { .. }));
        match self.pieces.get(at)? {
            Piece::Word(name) if known => Some((at, name)),
            _ => None,
        }
    }

    fn original(&self) -> Option<(usize, &'a str)> {
        self.pieces.iter().enumerate().find_map(|(at, piece)| match piece {
            Piece::Original(address) => Some((at, *address)),
            _ => None,
        })
    }

    /// The host that the relay heard it from.
    fn relayed(&self) -> Option<(usize, &'a str)> {
        self.word_from(self.relay? + 1)
    }

    /// The first word at or after `from`, before the next time, that is no `local7.error` and no `-` of RFC 5424.
    fn word_from(&self, from: usize) -> Option<(usize, &'a str)> {
        let pieces = self.pieces.iter().enumerate().skip(from);
        let words =
            pieces.take_while(|(_, it)| !matches!(it, Piece::Time { .. })).filter_map(|(at, it)| match it {
                Piece::Word(word) => Some((at, *word)),
                _ => None,
            });
        words.into_iter().find(|(_, word)| *word != "-" && !is_priority_word(word))
    }

    /// The leftmost piece that belongs to the header.
    fn first(&self, origin: Option<(usize, &str)>) -> usize {
        let anchor = self.relay.or(self.device).unwrap_or(self.pieces.len());
        let mut first = anchor;
        while let Some(at) = first.checked_sub(1) {
            let explained =
                self.pieces.get(at).is_some_and(is_lead) || origin.is_some_and(|(it, _)| it == at);
            if !explained {
                break;
            }
            first = at;
        }
        first
    }
}

fn is_question(name: &str) -> bool {
    QUESTIONS.iter().any(|word| name.eq_ignore_ascii_case(word))
}

/// `local7.error`, which Kiwi and rsyslog put behind the time.
pub(super) fn is_priority_word(word: &str) -> bool {
    word.split_once('.').is_some_and(|(facility, level)| {
        let facility = facility.to_ascii_lowercase();
        let known = facility.starts_with("local")
            || ["user", "daemon", "kern", "syslog"].contains(&facility.as_str());
        known && level.bytes().all(|b| b.is_ascii_alphabetic())
    })
}

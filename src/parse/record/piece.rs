//! The pieces that stand before the name of a message: priority, sequence numbers, times, hosts, nodes, processes (DOMAIN 7.3).

use nom::branch::alt;
use nom::bytes::complete::{tag, take_till1, take_until, take_while1};
use nom::character::complete::{anychar, char, digit1, multispace0, multispace1, one_of};
use nom::combinator::{eof, map, map_opt, opt, peek, recognize, value, verify};
use nom::multi::{many_m_n, many1};
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

use crate::base::{Stamp, Zone, time};
use crate::text::stamp;

type Read<'a, T> = IResult<&'a str, T>;

/// No header has more pieces; more is prose.
const MOST_PIECES: usize = 40;

/// One piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// `<190>`.
    Priority,
    /// `Original Address=192.168.0.1`, as Kiwi relays write it.
    Original(&'a str),
    /// A sequence number, a protocol version, or the lone colon of an empty sequence number.
    Number,
    /// A date and time; `closed` where a colon follows, as it does behind a device's own time.
    Time { stamp: Box<Stamp>, closed: bool },
    /// `2y10w:` or `00:01:01:`, the time since start.
    Uptime,
    /// `RP/0/RP0/CPU0:` of IOS XR.
    Node,
    /// `*spamApTask1:` of AireOS.
    Task,
    /// `smartlicserver[266]:`, `R0/0:`.
    Process,
    /// `%$ VDC-1 %$` of NX-OS.
    Context,
    /// `sw01:` or `MDF-ASA5515X :`; `spaced` for the latter.
    Named { name: &'a str, spaced: bool },
    /// Anything else up to a blank.
    Word(&'a str),
}

/// The pieces of a header in order, each with its byte offset.
pub(super) fn pieces(header: &str) -> Vec<(usize, Piece<'_>)> {
    let mut found = Vec::new();
    let mut rest = header.trim_start();
    while !rest.is_empty() && found.len() < MOST_PIECES {
        let at = header.len() - rest.len();
        let first = found.is_empty().then(|| since_1970(rest)).flatten();
        let Some((behind, piece)) = first.or_else(|| piece(rest).ok()) else { break };
        found.push((at, piece));
        rest = behind.trim_start();
    }
    found
}

/// Seconds since 1970, with a fraction or without, as relays put them before the host: `1795510800 sw1 …`. A sequence number as high
/// has a colon behind it.
fn since_1970(input: &str) -> Option<(&str, Piece<'_>)> {
    const DIGITS: usize = 10;
    let (number, rest) = input.split_at_checked(DIGITS)?;
    let rest = rest.strip_prefix('.').map_or(rest, |it| it.trim_start_matches(|c: char| c.is_ascii_digit()));
    let seconds = number.parse::<i64>().ok().filter(|_| number.starts_with('1') && rest.starts_with(' '))?;
    let stamp = time::from_epoch_ms(seconds.checked_mul(1000)?)?;
    Some((rest, Piece::Time { stamp: Box::new(stamp), closed: false }))
}

/// The first byte tells which kinds it may be; what is none of them is a name or a word.
fn piece(input: &str) -> Read<'_, Piece<'_>> {
    match input.as_bytes().first() {
        Some(b'<') => alt((priority, name_or_word)).parse(input),
        Some(b'0'..=b'9') => alt((time, uptime, node, number, name_or_word)).parse(input),
        Some(b'A'..=b'Z') => alt((original, time, node, name_or_word)).parse(input),
        Some(b'a'..=b'z' | b'.') => alt((time, name_or_word)).parse(input),
        Some(b'*') => alt((time, task, name_or_word)).parse(input),
        Some(b'%') => alt((context, name_or_word)).parse(input),
        Some(b':') => alt((number, name_or_word)).parse(input),
        _ => name_or_word(input),
    }
}

fn priority(input: &str) -> Read<'_, Piece<'_>> {
    value(Piece::Priority, (char('<'), digit1, char('>'))).parse(input)
}

fn original(input: &str) -> Read<'_, Piece<'_>> {
    let address = take_till1(char::is_whitespace);
    map(preceded(tag("Original Address="), address), Piece::Original).parse(input)
}

/// A time. A label that no colon follows is no zone but the host behind it: `2019 May 22 16:20:45 core %ACLLOG-5-…`.
fn time(input: &str) -> Read<'_, Piece<'_>> {
    let (mut stamp, length) = stamp::stamp(input).ok_or_else(|| no(input))?;
    let mut rest = input.get(length..).ok_or_else(|| no(input))?;
    if matches!(stamp.zone, Zone::Label(_))
        && !rest.starts_with(':')
        && let Some((civil, label)) = stamp.text.rsplit_once(' ')
    {
        rest = input.get(length - label.len()..).ok_or_else(|| no(input))?;
        stamp = Stamp { text: civil.to_owned(), zone: Zone::None, ..stamp };
    }
    let (rest, colon) = opt((multispace0, char(':'), peek(blank_or_end))).parse(rest)?;
    Ok((rest, Piece::Time { stamp: Box::new(stamp), closed: colon.is_some() }))
}

/// `2y10w:`, `1w2d:`, `00:01:01:`, and `7:04:`, which is what is left of a time where the buffer was cut.
fn uptime(input: &str) -> Read<'_, Piece<'_>> {
    let units = recognize(many1((digit1, one_of("ywdhm"))));
    let clock = recognize((digit1, many_m_n(1, 2, (char(':'), digit1)), opt((char('.'), digit1))));
    value(Piece::Uptime, (alt((units, clock)), char(':'), blank_or_end)).parse(input)
}

/// At least two slashes; the time follows without a blank.
fn node(input: &str) -> Read<'_, Piece<'_>> {
    let part = || take_while1(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit());
    value(Piece::Node, (part(), many_m_n(2, 4, (char('/'), part())), char(':'))).parse(input)
}

fn context(input: &str) -> Read<'_, Piece<'_>> {
    value(Piece::Context, delimited(tag("%$"), take_until("%$"), tag("%$"))).parse(input)
}

fn task(input: &str) -> Read<'_, Piece<'_>> {
    let name = take_while1(|c: char| c.is_ascii_alphanumeric() || "_- ".contains(c));
    value(Piece::Task, (char('*'), name, char(':'), blank_or_end)).parse(input)
}

fn number(input: &str) -> Read<'_, Piece<'_>> {
    let lone_colon = recognize((char(':'), blank_or_end));
    let number = recognize((digit1, alt((recognize((char(':'), blank_or_end)), recognize(blank_or_end)))));
    value(Piece::Number, alt((lone_colon, number))).parse(input)
}

fn name_or_word(input: &str) -> Read<'_, Piece<'_>> {
    let word = map(take_till1(char::is_whitespace), Piece::Word);
    alt((map(seam, Piece::Word), named, word)).parse(input)
}

/// `sw01:`, `2a02:cf40:::`, `ifmgr[214]:`, `HQ-ASA5585 :`.
fn named(input: &str) -> Read<'_, Piece<'_>> {
    let (rest, run) = take_till1(char::is_whitespace).parse(input)?;
    let spaced = delimited(multispace1::<&str, nom::error::Error<&str>>, char(':'), blank_or_end);
    let (name, rest, spaced) = match run.strip_suffix(':') {
        Some(name) => (name, rest, false),
        None => (run, map(spaced, |_| ()).parse(rest)?.0, true),
    };
    let is_process = name.ends_with(']') && name.contains('[') && !name.starts_with('[');
    Ok((rest, if is_process || is_slot(name) { Piece::Process } else { Piece::Named { name, spaced } }))
}

/// `R0/0`, `SIP0/1`: the processor of a router that speaks (DOMAIN 7.3), which is no name of a device.
fn is_slot(name: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    name.split_once('/').is_some_and(|(slot, bay)| {
        let number = slot.trim_start_matches(|c: char| c.is_ascii_uppercase());
        number.len() < slot.len() && is_number(number) && is_number(bay)
    })
}

/// What stood before a message without a blank between: `Switch#*Mar  1 …`, `[confirm]*Mar  1 …`, `REGISTERED*Mar  1 …`.
fn seam(input: &str) -> Read<'_, &str> {
    let run = peek(take_till1(char::is_whitespace));
    let starts_time = |at: &usize| input.get(*at..).is_some_and(|it| stamp::stamp(it).is_some());
    let mut end = map_opt(run, |run: &str| {
        let ends = run.match_indices(['#', '>', ']', ':', '?', '*']);
        ends.map(|(at, mark)| if mark == "*" { at } else { at + 1 })
            .filter(|at| (1..run.len()).contains(at))
            .find(starts_time)
    });
    let (_, end) = end.parse(input)?;
    let (left, right) = input.split_at_checked(end).ok_or_else(|| no(input))?;
    Ok((right, left))
}

fn blank_or_end(input: &str) -> Read<'_, ()> {
    value((), alt((recognize(peek(verify(anychar, |c| c.is_whitespace()))), eof))).parse(input)
}

fn no(input: &str) -> nom::Err<nom::error::Error<&str>> {
    nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces by their first letters, names in full.
    fn spell(header: &str) -> String {
        let spelled = pieces(header).into_iter().map(|(_, piece)| match piece {
            Piece::Time { stamp, closed } => format!("time({}){}", stamp.text, if closed { ":" } else { "" }),
            Piece::Named { name, .. } => format!("named({name})"),
            Piece::Word(word) => format!("word({word})"),
            Piece::Original(word) => format!("original({word})"),
            other => format!("{other:?}").to_lowercase(),
        });
        spelled.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn pieces_of_every_header() {
        for (header, expected) in [
            ("*Mar  1 00:00:00.000: ", "time(Mar  1 00:00:00.000):"),
            ("000051: Dec  2 12:09:25.719: ", "number time(Dec  2 12:09:25.719):"),
            ("<190>: Jul 14 2023 08:23:43.398 UTC: ", "priority number time(Jul 14 2023 08:23:43.398 UTC):"),
            (
                "24.11.2026 10:00:00 sw01 45: Nov 24 09:59:58.123: ",
                "time(24.11.2026 10:00:00) word(sw01) number time(Nov 24 09:59:58.123):",
            ),
            ("<190>3132783: 2a02:cf40::: 3132779: ", "priority number named(2a02:cf40::) number"),
            ("1641891600.250 sw01 ", "time(2022-01-11 09:00:00 UTC) word(sw01)"),
            ("1641891600: sw01 ", "number word(sw01)"),
            ("2y10w: ", "uptime"),
            ("7:04: ", "uptime"),
            (
                "RP/0/RP0/CPU0:Aug 20 18:41:28.381 UTC: ifmgr[214]: ",
                "node time(Aug 20 18:41:28.381 UTC): process",
            ),
            ("0/RP0/ADMIN0:Jan  9 13:53:51.000 UTC: ", "node time(Jan  9 13:53:51.000 UTC):"),
            ("LC/0/2/CPU0:Jul  7 20:16:14.834 : x[1]: ", "node time(Jul  7 20:16:14.834): process"),
            ("2021 Mar 26 21:59:21 switch %$ VDC-1 %$ ", "time(2021 Mar 26 21:59:21) word(switch) context"),
            ("2019 May 22 16:20:45 core ", "time(2019 May 22 16:20:45) word(core)"),
            ("HQ-ASA5585 : ", "named(HQ-ASA5585)"),
            (
                "<132>wlc1: *spamApTask1: May 26 18:52:01.958: ",
                "priority named(wlc1) task time(May 26 18:52:01.958):",
            ),
            ("Original Address=192.0.2.1 1 ", "original(192.0.2.1) number"),
            ("Switch#*Mar  1 00:00:01: ", "word(Switch#) time(Mar  1 00:00:01):"),
            ("[confirm]*Mar  1 00:00:01: ", "word([confirm]) time(Mar  1 00:00:01):"),
            ("Password:*Mar  1 00:00:01: ", "word(Password:) time(Mar  1 00:00:01):"),
        ] {
            assert_eq!(spell(header), expected, "{header}");
        }
    }
}

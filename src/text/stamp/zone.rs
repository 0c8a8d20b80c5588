//! The zone behind a time: UTC, GMT, `Z` or a numeric offset, or a label that means different offsets in different places.

use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case};
use nom::character::complete::{alpha1, anychar, char, one_of};
use nom::combinator::{map, not, opt, recognize, value, verify};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};

use super::digits;
use crate::base::Zone;

type Read<'a, T> = IResult<&'a str, T>;

/// Words that follow a date in prose and would else be taken for a zone.
const PROSE: [&str; 12] = ["and", "at", "but", "by", "for", "from", "in", "on", "the", "to", "via", "with"];

pub(super) fn zone_or_none(input: &str) -> Read<'_, Zone> {
    map(opt(zone_after), or_no_zone).parse(input)
}

pub(super) fn or_no_zone(zone: Option<Zone>) -> Zone {
    zone.unwrap_or(Zone::None)
}

/// A zone after one blank: after more, as in `2025    Valid on`, another field begins.
pub(super) fn zone_after(input: &str) -> Read<'_, Zone> {
    preceded(char(' '), zone).parse(input)
}

pub(super) fn zone(input: &str) -> Read<'_, Zone> {
    alt((utc, |input| numeric_zone(4, input), summer, label)).parse(input)
}

/// `UTC`, `gmt`, `Z`, `UTC+07:30`, `GMT-5`.
pub(super) fn utc(input: &str) -> Read<'_, Zone> {
    let (rest, _) = alt((tag_no_case("utc"), tag_no_case("gmt"), tag_no_case("z"))).parse(input)?;
    let (rest, east) = opt(|input| numeric_zone(1, input)).parse(rest)?;
    let (rest, ()) = boundary(rest)?;
    Ok((rest, east.unwrap_or(Zone::Offset(0))))
}

/// `-05:00`, `+0530`; with fewer than four digits only where it cannot be a plain number.
pub(super) fn numeric_zone(least: usize, input: &str) -> Read<'_, Zone> {
    let (rest, sign) = one_of("+-").parse(input)?;
    let with_colon = map((digits(1, 2), preceded(char(':'), digits(2, 2))), |(hour, minute)| (hour, minute));
    let together = map(digits(4, 4), |number| (number / 100, number % 100));
    let hours = map(verify(digits(1, 2), move |_| least < 4), |hour| (hour, 0));
    let in_range = |&(hour, minute): &(u32, u32)| hour <= 14 && minute < 60;
    let (rest, (hour, minute)) = verify(alt((with_colon, together, hours)), in_range).parse(rest)?;
    let (rest, ()) = boundary(rest)?;
    let east = i32::try_from(hour * 3600 + minute * 60).unwrap_or_default();
    Ok((rest, Zone::Offset(if sign == '-' { -east } else { east })))
}

/// `MET-DST`, `CET_DST`: how some name their summer time, also where it ends the words.
fn summer(input: &str) -> Read<'_, Zone> {
    let name = recognize((verify(alpha1, |it: &str| (2..=5).contains(&it.len())), one_of("-_"), tag("DST")));
    map(terminated(name, boundary), label_of).parse(input)
}

/// `EST`, `est`, `MEST`: two to five letters in one case. Longer names only where the device's colon follows.
fn label(input: &str) -> Read<'_, Zone> {
    let (rest, word) = terminated(alpha1, boundary).parse(input)?;
    let one_case =
        word.bytes().all(|b| b.is_ascii_uppercase()) || word.bytes().all(|b| b.is_ascii_lowercase());
    let lower = word.to_ascii_lowercase();
    let fits = one_case && (2..=5).contains(&word.len()) && !PROSE.contains(&lower.as_str());
    if fits || (rest.starts_with(':') && word.len() <= 12) {
        return Ok((rest, Zone::Label(lower)));
    }
    Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Alpha)))
}

pub(super) fn label_of(word: &str) -> Zone {
    Zone::Label(word.to_ascii_lowercase())
}

pub(super) fn is_zone_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '_')
}

/// The word ends here: a host name such as `est-sw1` or `core.example.com` is no zone.
pub(super) fn boundary(input: &str) -> Read<'_, ()> {
    let goes_on = alt((
        value((), verify(anychar, |c| c.is_alphanumeric() || "_-+/".contains(*c))),
        value((), (char('.'), verify(anychar, |c| c.is_alphanumeric()))),
    ));
    not(goes_on).parse(input)
}

//! The ways devices and relays write a date and time (DOMAIN 7.2, 7.3).
//!
//! A time is read with its mark, year and zone where they are printed, and nothing is added that is not. Uptime stamps
//! (`2y10w`, `00:01:01`) date nothing and give no stamp.

mod span;
mod zone;

use jiff::civil::{DateTime, Time};
use nom::branch::alt;
use nom::bytes::complete::{tag_no_case, take_while_m_n};
use nom::character::complete::{alpha1, char, digit1, one_of, space0, space1};
use nom::combinator::{map, map_opt, not, opt, peek, recognize, value, verify};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use self::zone::{
    boundary, is_zone_char, label_of, numeric_zone, or_no_zone, utc, zone, zone_after, zone_or_none,
};
use crate::base::{Clock, Stamp, Zone};

pub use self::span::seconds_in;

type Read<'a, T> = IResult<&'a str, T>;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// A year that has a February 29, put where none is printed.
const SOME_LEAP_YEAR: i16 = 2000;

/// What a text said, before it is checked against the calendar.
struct Printed {
    year: Option<i16>,
    month: i8,
    day: i8,
    time: Time,
    zone: Zone,
}

/// Reads a date and time at the start of `input`. Returns it and the number of bytes read.
pub fn stamp(input: &str) -> Option<(Stamp, usize)> {
    let (unmarked, clock) = mark(input).ok()?;
    let (rest, printed) = match unmarked.as_bytes() {
        [first, ..] if first.is_ascii_alphabetic() => in_words(unmarked).ok()?,
        digits if may_be_time(digits) => in_digits(unmarked).ok()?,
        _ => return None,
    };
    let civil = DateTime::new(
        printed.year.unwrap_or(SOME_LEAP_YEAR),
        printed.month,
        printed.day,
        printed.time.hour(),
        printed.time.minute(),
        printed.time.second(),
        printed.time.subsec_nanosecond(),
    )
    .ok()?;
    let text = unmarked.get(..unmarked.len() - rest.len())?.to_owned();
    let stamp = Stamp {
        civil,
        year_known: printed.year.is_some(),
        is_counted: false,
        zone: printed.zone,
        clock,
        text,
    };
    Some((stamp, input.len() - rest.len()))
}

/// The mark before the time: `*` for a clock nobody set, `.` for one that lost its server.
fn mark(input: &str) -> Read<'_, Clock> {
    let marked = alt((value(Clock::NotSet, char('*')), value(Clock::NotSynchronised, char('.'))));
    map(opt(marked), |clock| clock.unwrap_or(Clock::Trusted)).parse(input)
}

/// Those that begin with a weekday or a month.
fn in_words(input: &str) -> Read<'_, Printed> {
    alt((month_first, day_first)).parse(input)
}

/// Those that begin with a number.
fn in_digits(input: &str) -> Read<'_, Printed> {
    alt((iso, american, european, year_first, time_first, day_first)).parse(input)
}

/// Whether a number begins as that of a time does. Sequence numbers and addresses, which are asked about as often, do not.
fn may_be_time(text: &[u8]) -> bool {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (1..=4).contains(&digits)
        && match text.get(digits..) {
            Some([b':', next, ..]) => next.is_ascii_digit(),
            Some([next, ..]) => matches!(next, b'-' | b'/' | b'.') || next.is_ascii_whitespace(),
            _ => false,
        }
}

/// `2024-10-11T10:15:31.208321-05:00`, `2021-09-10 14:04:21.233 UTC`, `2022/01/06 22:11:43`.
fn iso(input: &str) -> Read<'_, Printed> {
    let (rest, (year, dash, month)) = (year, one_of("-/"), digits(2, 2)).parse(input)?;
    let between = alt((value((), one_of("Tt")), value((), space1)));
    let (rest, (_, day, (), time)) = (char(dash), digits(2, 2), between, time_of_day).parse(rest)?;
    let attached = alt((utc, |input| numeric_zone(1, input)));
    let (rest, zone) = map(opt(alt((attached, zone_after))), or_no_zone).parse(rest)?;
    Ok((rest, Printed { year: Some(year), month: small(month), day: small(day), time, zone }))
}

/// `05/24/2023 19:02:45`, month first, as on-board logs print it.
fn american(input: &str) -> Read<'_, Printed> {
    let (rest, (month, _, day, _, year)) =
        (digits(1, 2), char('/'), digits(1, 2), char('/'), year).parse(input)?;
    let (rest, time) = preceded(space1, time_of_day).parse(rest)?;
    let (rest, zone) = zone_or_none(rest)?;
    Ok((rest, Printed { year: Some(year), month: small(month), day: small(day), time, zone }))
}

/// `24.11.2026 10:00:00`, day first, as relays in Europe write it.
fn european(input: &str) -> Read<'_, Printed> {
    let (rest, (day, _, month, _, year)) =
        (digits(1, 2), char('.'), digits(1, 2), char('.'), year).parse(input)?;
    let (rest, (time, zone)) = (preceded(space1, time_of_day), zone_or_none).parse(rest)?;
    Ok((rest, Printed { year: Some(year), month: small(month), day: small(day), time, zone }))
}

/// `2024 Aug 27 21:40:50 PDT`, as NX-OS prints it.
fn year_first(input: &str) -> Read<'_, Printed> {
    let (rest, (year, _, month, _, day, _)) =
        (year, space1, month, space1, digits(1, 2), space1).parse(input)?;
    let (rest, (time, zone)) = (time_of_day, zone_or_none).parse(rest)?;
    Ok((rest, Printed { year: Some(year), month, day: small(day), time, zone }))
}

/// `18:57:38.347 UTC Mon Oct 19 2015`, as `show clock` prints it; certificates leave the weekday out.
fn time_first(input: &str) -> Read<'_, Printed> {
    let (rest, time) = time_of_day(input)?;
    let any_label = map(recognize(take_while_m_n(1, 12, is_zone_char)), label_of);
    let any_zone = terminated(any_label, peek((space1, opt(weekday), month)));
    let (rest, zone) = map(opt(preceded(space1, alt((zone, any_zone)))), or_no_zone).parse(rest)?;
    let (rest, (_, _, month, _, day, _, year)) =
        (space1, opt(weekday), month, space1, digits(1, 2), space1, year).parse(rest)?;
    Ok((rest, Printed { year: Some(year), month, day: small(day), time, zone }))
}

/// `Mar 13 08:09:24 2024 UTC`, `Jan 05 2023 12:19:01 UTC`, `Mar  1 00:00:00.000`, `Fri Nov  1 17:47:25 UTC 2019`.
fn month_first(input: &str) -> Read<'_, Printed> {
    let (rest, (_, month, _, day, _)) = (opt(weekday), month, space1, digits(1, 2), space1).parse(input)?;
    let with_year = map((terminated(year, space1), time_of_day, zone_or_none), |(year, time, zone)| {
        (Some(year), time, zone)
    });
    let (rest, (year, time, zone)) = alt((with_year, time_then_year)).parse(rest)?;
    Ok((rest, Printed { year, month, day: small(day), time, zone }))
}

fn time_then_year(input: &str) -> Read<'_, (Option<i16>, Time, Zone)> {
    let (rest, time) = time_of_day(input)?;
    let zone_then_year = map((zone_after, preceded(space1, year)), |(zone, year)| (Some(year), zone));
    let year_then_zone = map((preceded(space1, year), zone_or_none), |(year, zone)| (Some(year), zone));
    let only_zone = map(zone_or_none, |zone| (None, zone));
    let (rest, (year, zone)) = alt((zone_then_year, year_then_zone, only_zone)).parse(rest)?;
    Ok((rest, (year, time, zone)))
}

/// `Fri 13-Mar-20 18:12`, as `Compiled` lines print it, and `13 Mar 2024 08:09:24 GMT` of HTTP headers.
fn day_first(input: &str) -> Read<'_, Printed> {
    let blank_or_dash = || alt((value((), char('-')), value((), space1)));
    let short = map(digits(2, 2), |year| small_year(year) + 2000);
    let (rest, (_, day, (), month, (), year, _)) =
        (opt(weekday), digits(1, 2), blank_or_dash(), month, blank_or_dash(), alt((year, short)), space1)
            .parse(input)?;
    let (rest, time) = alt((time_of_day, hour_and_minute)).parse(rest)?;
    let (rest, zone) = zone_or_none(rest)?;
    Ok((rest, Printed { year: Some(year), month, day: small(day), time, zone }))
}

/// `min` to `max` digits, and no further one.
fn digits<'a>(
    min: usize,
    max: usize,
) -> impl Parser<&'a str, Output = u32, Error = nom::error::Error<&'a str>> {
    let run = take_while_m_n(min, max, |c: char| c.is_ascii_digit());
    map_opt(terminated(run, not(one_of("0123456789"))), |run: &str| run.parse().ok())
}

/// A year of four digits; `2001:db8::1` after a relay's time is an address.
fn year(input: &str) -> Read<'_, i16> {
    let number = verify(digits(4, 4), |year| (1970..=2199).contains(year));
    let address = (char(':'), alt((value((), char(':')), value((), one_of("0123456789abcdefABCDEF")))));
    map(terminated(number, not(address)), small_year).parse(input)
}

fn month(input: &str) -> Read<'_, i8> {
    let number = |word: &str| {
        let at = MONTHS.iter().position(|name| word.eq_ignore_ascii_case(name))?;
        i8::try_from(at + 1).ok()
    };
    map_opt(alpha1, number).parse(input)
}

fn weekday(input: &str) -> Read<'_, ()> {
    let is_day = |word: &&str| DAYS.iter().any(|name| word.eq_ignore_ascii_case(name));
    value((), (verify(alpha1, is_day), opt(char(',')), space1)).parse(input)
}

/// `8:09:24`, `08:09:24.123456`, `14:04:21,233`, `01:58:46 PM`.
fn time_of_day(input: &str) -> Read<'_, Time> {
    let colon = || char(':');
    let parts = (digits(1, 2), colon(), digits(2, 2), colon(), digits(2, 2), opt(fraction), opt(half_of_day));
    map_opt(parts, |(hour, _, minute, _, second, nanosecond, half)| {
        let hour = on_24_hours(hour, half)?;
        Time::new(hour, small(minute), small(second), nanosecond.unwrap_or_default()).ok()
    })
    .parse(input)
}

fn hour_and_minute(input: &str) -> Read<'_, Time> {
    let both = (digits(1, 2), preceded(char(':'), digits(2, 2)));
    map_opt(terminated(both, not(char(':'))), |(hour, minute)| {
        Time::new(small(hour), small(minute), 0, 0).ok()
    })
    .parse(input)
}

/// Digits behind the seconds, as nanoseconds.
fn fraction(input: &str) -> Read<'_, i32> {
    let after_comma = verify(digit1, |digits: &str| digits.len() == 3);
    let digits = alt((preceded(char('.'), digit1), preceded(char(','), after_comma)));
    let nanoseconds = |digits: &str| {
        let digits = digits.bytes().chain(std::iter::repeat(b'0')).take(9);
        digits.fold(0, |number, digit| number * 10 + i32::from(digit - b'0'))
    };
    map(digits, nanoseconds).parse(input)
}

/// Whether `PM` stands behind a time of a 12-hour clock.
fn half_of_day(input: &str) -> Read<'_, bool> {
    let half = alt((value(false, tag_no_case("am")), value(true, tag_no_case("pm"))));
    delimited(space0, half, boundary).parse(input)
}

fn on_24_hours(hour: u32, afternoon: Option<bool>) -> Option<i8> {
    let hour = match (hour, afternoon) {
        (_, None) => hour,
        (12, Some(false)) => 0,
        (12, Some(true)) => 12,
        (1..=11, Some(false)) => hour,
        (1..=11, Some(true)) => hour + 12,
        _ => return None,
    };
    i8::try_from(hour).ok()
}

fn small(number: u32) -> i8 {
    i8::try_from(number).unwrap_or(i8::MAX)
}

fn small_year(number: u32) -> i16 {
    i16::try_from(number).unwrap_or(i16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Civil time (`?` for no year), zone, and what was left behind.
    fn read(input: &str) -> String {
        let Some((stamp, length)) = stamp(input) else { return "none".to_owned() };
        let civil = stamp.civil.to_string();
        let civil = if stamp.year_known { civil } else { civil.replacen("2000", "?", 1) };
        let mark = match stamp.clock {
            Clock::Trusted => "",
            Clock::NotSet => "*",
            Clock::NotSynchronised => ".",
        };
        let zone = match stamp.zone {
            Zone::None => "-".to_owned(),
            Zone::Offset(east) => east.to_string(),
            Zone::Label(label) => label,
        };
        assert!(input.starts_with(&format!("{mark}{}", stamp.text)), "{input}");
        format!("{mark}{civil} {zone} |{}", input.get(length..).unwrap())
    }

    #[test]
    fn every_form_of_the_field() {
        for (input, expected) in [
            ("Mar 13 08:09:24 2024 UTC", "2024-03-13T08:09:24 0 |"),
            ("Jan 05 2023 12:19:01 UTC", "2023-01-05T12:19:01 0 |"),
            ("Nov 9 23:46:35 2017 IST", "2017-11-09T23:46:35 ist |"),
            ("Aug 03 09:02:50 2024 est", "2024-08-03T09:02:50 est |"),
            ("Apr 22 05:01:33 2025 UTC    Valid on Apr", "2025-04-22T05:01:33 0 |    Valid on Apr"),
            ("Apr 22 05:01:33 2025    Valid on Apr", "2025-04-22T05:01:33 - |    Valid on Apr"),
            ("*Mar  1 00:00:00.000: %SYS", "*?-03-01T00:00:00 - |: %SYS"),
            (".Mar 24 20:17:03.508: %", ".?-03-24T20:17:03.508 - |: %"),
            ("Nov 19 14:55:34.069: %", "?-11-19T14:55:34.069 - |: %"),
            ("Dec  4 11:01:38.694 EST: %", "?-12-04T11:01:38.694 est |: %"),
            ("Feb 29 11:01:38: %", "?-02-29T11:01:38 - |: %"),
            ("Jan  6 2022 22:11:43.398 UTC: %", "2022-01-06T22:11:43.398 0 |: %"),
            ("2024 Aug 27 21:40:50 PDT: %", "2024-08-27T21:40:50 pdt |: %"),
            ("2019 May 22 16:20:45 ha01-n7010-01 %", "2019-05-22T16:20:45 - | ha01-n7010-01 %"),
            ("18:57:38.347 UTC Mon Oct 19 2015", "2015-10-19T18:57:38.347 0 |"),
            ("*17:05:54.449 UTC Mon Jul 29 2024", "*2024-07-29T17:05:54.449 0 |"),
            (".13:28:08.565 UTC Tue Jan 11 2022", ".2022-01-11T13:28:08.565 0 |"),
            ("15:08:49.347 Berlin Wed Mar 19 2025", "2025-03-19T15:08:49.347 berlin |"),
            ("00:00:00 UTC Jan 1 2038", "2038-01-01T00:00:00 0 |"),
            ("2024-10-11T10:15:31.208321-05:00 Dev", "2024-10-11T10:15:31.208321 -18000 | Dev"),
            ("2025-06-23T16:13:32.168Z host", "2025-06-23T16:13:32.168 0 | host"),
            ("2021-09-10 14:04:21.233 UTC SAEVT_X", "2021-09-10T14:04:21.233 0 | SAEVT_X"),
            ("2021-09-10 14:04:21.233 SAEVT_X", "2021-09-10T14:04:21.233 - | SAEVT_X"),
            ("2021-09-10T14:04:21+0530", "2021-09-10T14:04:21 19800 |"),
            ("2021-09-10 14:04:21,233 - text", "2021-09-10T14:04:21.233 - | - text"),
            ("May 6 16:13:09.123 UTC+07:30: %", "?-05-06T16:13:09.123 27000 |: %"),
            ("May 6 16:13:09 2020 GMT-5", "2020-05-06T16:13:09 -18000 |"),
            ("24.11.2026 10:00:00 10.1.1.1 45: ", "2026-11-24T10:00:00 - | 10.1.1.1 45: "),
            ("10.1.1.1 45: ", "none"),
            ("05/24/2023 19:02:45 %IOSXE", "2023-05-24T19:02:45 - | %IOSXE"),
            ("Apr 29 01:58:46.411 PM EST: %", "?-04-29T13:58:46.411 est |: %"),
            ("Apr 29 12:00:01 AM: %", "?-04-29T00:00:01 - |: %"),
            ("Fri Nov  1 17:47:25 UTC 2019", "2019-11-01T17:47:25 0 |"),
            ("Tue Oct 19 18:57:38 2015", "2015-10-19T18:57:38 - |"),
            ("Tue 30-Oct-18 00:32 by mcpre", "2018-10-30T00:32:00 - | by mcpre"),
            ("Fri, 13 Mar 2024 08:09:24 GMT", "2024-03-13T08:09:24 0 |"),
            ("Feb  8 04:00:48 192.168.100.2 585917:", "?-02-08T04:00:48 - | 192.168.100.2 585917:"),
            ("Feb  8 04:00:48 2001:db8::1 585917:", "?-02-08T04:00:48 - | 2001:db8::1 585917:"),
            ("Feb  8 04:00:48 est-sw1 x", "?-02-08T04:00:48 - | est-sw1 x"),
            ("Mar 13 08:09:24 2024 and so on", "2024-03-13T08:09:24 - | and so on"),
            ("Jan 01 00:00:00 1970 UTC", "1970-01-01T00:00:00 0 |"),
        ] {
            assert_eq!(read(input), expected, "{input}");
        }
    }

    #[test]
    fn no_stamp_is_made_up() {
        for input in [
            "",
            "*",
            ".",
            "Mar",
            "Mar ",
            "May be seen",
            "March 13 08:09:24",
            "Mar 13",
            "Mar 13 2024",
            "<none>",
            "None",
            "2y10w",
            "1w2d",
            "00:01:01",
            "3d04h",
            "never",
            "Feb 30 08:09:24 2024 UTC",
            "Feb 29 08:09:24 2023",
            "Mar 13 25:09:24",
            "Mar 13 08:60:24",
            "Mar 13 08:09:60",
            "Mar 0 08:09:24",
            "13/40/2024 08:09:24",
            "Apr 29 13:58:46 PM: %",
            "9 hours, 57 minutes",
            "2024-10-11",
            "99999999999999",
            "Mar 13 08:09:2４",
        ] {
            assert_eq!(read(input), "none", "{input}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(text in "\\PC{0,60}") {
            let _ = stamp(&text);
        }

        #[test]
        fn nothing_panics_near_a_date(text in "[*.]?(Mar|2024|Feb|Mon|13) ?[ 0-9:./+TZ-]{0,30}( UTC| est)?") {
            if let Some((_, length)) = stamp(&text) {
                assert!(text.get(..length).is_some());
            }
        }
    }
}

//! Spans of time: what is left of an evaluation, how long a device is up.

use nom::character::complete::{alpha1, digit1, space0};
use nom::combinator::map_opt;
use nom::sequence::terminated;
use nom::{IResult, Parser};

/// Reads a span such as `89 days, 1 hours, 33 minutes, 51 seconds`, `87 days 1 hr 41 min 0 sec` or `2y10w`, up to the first
/// word that belongs to none. Returns seconds; a year counts 365 days.
pub fn seconds_in(text: &str) -> Option<i64> {
    let mut rest = text.trim_start();
    let mut total: Option<i64> = None;
    while let Ok((behind, seconds)) = amount(rest) {
        total = Some(total.unwrap_or_default().checked_add(seconds)?);
        rest = between_amounts(behind);
    }
    total
}

fn between_amounts(text: &str) -> &str {
    let text = text.trim_start_matches([' ', ',']);
    text.strip_prefix("and ").unwrap_or(text)
}

/// `33 minutes` in seconds.
fn amount(input: &str) -> IResult<&str, i64> {
    let number = map_opt(digit1, |digits: &str| digits.parse::<i64>().ok());
    map_opt((terminated(number, space0), map_opt(alpha1, unit_seconds)), |(number, unit)| {
        number.checked_mul(unit)
    })
    .parse(input)
}

fn unit_seconds(word: &str) -> Option<i64> {
    let word = word.to_ascii_lowercase();
    Some(match word.strip_suffix('s').filter(|stem| !stem.is_empty()).unwrap_or(&word) {
        "year" | "yr" | "y" => 365 * 86_400,
        "week" | "wk" | "w" => 7 * 86_400,
        "day" | "d" => 86_400,
        "hour" | "hr" | "h" => 3600,
        "minute" | "min" | "m" => 60,
        "second" | "sec" | "s" => 1,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::seconds_in;

    #[test]
    fn spans() {
        for (text, expected) in [
            ("89 days, 1 hours, 33 minutes, 51 seconds", Some(89 * 86_400 + 3600 + 33 * 60 + 51)),
            ("87 days 1 hr 41 min 0 sec", Some(87 * 86_400 + 3600 + 41 * 60)),
            ("9 hours, 57 minutes, 47 seconds remaining", Some(9 * 3600 + 57 * 60 + 47)),
            ("2 years, 10 weeks, 1 day and 1 minute", Some(801 * 86_400 + 60)),
            ("2y10w", Some(800 * 86_400)),
            ("0 sec", Some(0)),
            ("Expired Not Rescheduled", None),
            ("89", None),
            ("3 licenses", None),
            ("99999999999999999999 days", None),
            ("9223372036854775807 days", None),
        ] {
            assert_eq!(seconds_in(text), expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(text in "([0-9]{1,20} ?(days?|hr|y|w|\\PC{0,3})(, | and )?){0,4}") {
            let _ = seconds_in(&text);
        }
    }
}

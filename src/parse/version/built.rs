//! The date an image was compiled, in the spellings of each system.

use jiff::civil::DateTime;
use jiff::fmt::strtime;

use crate::base::{Clock, Stamp, Zone};
use crate::facts::Value;
use crate::parse::Sink;
use crate::text::stamp;

/// IOS and IOS XE, ASA; NX-OS in brackets behind a time of the build host in another spelling.
const SPELLINGS: [&str; 2] = ["%a %d-%b-%y %H:%M", "%m/%d/%Y %H:%M:%S"];

/// Writes `device.image_built`; a date in an unknown spelling is no fact.
pub(super) fn built(text: &str, number: u32, sink: &mut Sink<'_>) {
    if let Some(stamp) = read(text.trim()) {
        sink.add("device.image_built", number, Value::Time(stamp));
    }
}

/// `Tue 28-Apr-20 09:37 by mcpre`, `Wed 26-May-21 03:47 GMT by builders`, `3/16/2022 11:00:00 [03/16/2022 20:45:28]`,
/// `Thu Sep 10 10:11:12 UTC 2020`. Where no zone is printed it is that of the build host.
fn read(text: &str) -> Option<Stamp> {
    let printed = SPELLINGS.iter().find_map(|spelling| prefix(spelling, text));
    let Some((civil, rest)) = printed else { return stamp::stamp(text).map(|(stamp, _)| stamp) };
    let words = text.get(..text.len() - rest.len())?;
    let zone = rest.split_whitespace().next().filter(|word| matches!(*word, "GMT" | "UTC"));
    Some(Stamp {
        civil,
        year_known: true,
        is_counted: false,
        zone: zone.map_or(Zone::None, |_| Zone::Offset(0)),
        clock: Clock::Trusted,
        text: zone.map_or_else(|| words.to_owned(), |zone| format!("{words} {zone}")),
    })
}

fn prefix<'t>(spelling: &str, text: &'t str) -> Option<(DateTime, &'t str)> {
    let (parsed, read) = strtime::BrokenDownTime::parse_prefix(spelling, text).ok()?;
    Some((parsed.to_datetime().ok()?, text.get(read..)?))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn every_spelling() {
        for (text, date, words) in [
            ("Tue 28-Apr-20 09:37 by mcpre", "2020-04-28T09:37:00", "Tue 28-Apr-20 09:37"),
            ("Wed 26-May-21 03:47 GMT by builders", "2021-05-26T03:47:00", "Wed 26-May-21 03:47 GMT"),
            ("3/16/2022 11:00:00 [03/16/2022 20:45:28]", "2022-03-16T11:00:00", "3/16/2022 11:00:00"),
            ("Thu Sep 10 10:11:12 UTC 2020", "2020-09-10T10:11:12", "Thu Sep 10 10:11:12 UTC 2020"),
        ] {
            let found = read(text).unwrap();
            assert_eq!((found.civil.to_string().as_str(), found.text.as_str()), (date, words), "{text}");
            assert!(found.year_known);
        }
        for text in ["", "yesterday", "by mcpre", "Tue 31-Feb-20 09:37 by mcpre"] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}

//! Rows of the exports of log collectors: JSON, CSV, columns parted by tabs or semicolons, and keys with their values. One field
//! holds the line of the device; others name the device and tell when the collector heard it.

mod columns;
mod json;
mod names;
mod pairs;

use std::borrow::Cow;

use super::tag::message;
use crate::base::{Stamp, glance, time};
use crate::text::stamp;
pub(super) use names::Names;

/// A row whose field holds a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row<'l> {
    /// The line of the device.
    pub(super) text: Cow<'l, str>,
    /// The device, where another field names it.
    pub(super) host: Option<String>,
    /// When the collector heard it, where another field tells.
    pub(super) stamp: Option<Stamp>,
}

/// The rows of a line of an export: several where a whole answer of a collector is one line of JSON. None for every other line.
/// `names` are those of the columns, where the first line of the table tells.
pub(super) fn rows<'l>(line: &'l str, names: Option<&Names>) -> Vec<Row<'l>> {
    if let Some(json) = json(line) {
        return json::rows(json);
    }
    let line = between_bars(line);
    let named = names.and_then(|names| names.row(line));
    // The commas between keys with values, as in the labels of Loki, part no columns.
    let has_keys = || line.split_once('%').is_some_and(|(before, _)| before.contains("=\""));
    let plain = || {
        if has_keys() {
            None
        } else {
            columns::SEPARATORS.iter().find_map(|separator| columns::plain(line, *separator))
        }
    };
    let row = named.or_else(|| pairs::row(line)).or_else(|| columns::quoted(line)).or_else(plain);
    row.map(named_by_itself).into_iter().collect()
}

/// `sw1: %SMART_LIC-3-…` in a field: nothing else stands before the message there, so it is the origin-id, which beats what a relay
/// put into a field of its own.
fn named_by_itself(row: Row<'_>) -> Row<'_> {
    let own = row.text.split_once(": %").map(|(name, _)| name.trim());
    let is_name = |name: &&str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    match own.filter(is_name).map(str::to_owned) {
        Some(own) => Row { host: Some(own), ..row },
        None => row,
    }
}

/// The row of a message that stands in a line as the value of a key: other lines of its object may name the device.
pub(super) fn row_in_lines<'s>(row: Row<'_>, line: impl Fn(u32) -> &'s str, number: u32) -> Row<'static> {
    let found = if line(number).trim_start().starts_with('"') {
        json::row_in_lines(&row.text, line, number)
    } else {
        None
    };
    found.unwrap_or_else(|| Row { text: Cow::Owned(row.text.into_owned()), ..row })
}

/// What of a line is JSON: an object or array, a key with its value as it stands alone in a line, or an object behind the header of a
/// relay. A message may hold braces, too: `failed: {"sudi":["…"]}`.
fn json(line: &str) -> Option<&str> {
    let start = line.trim_start();
    let is_key = || {
        let (_, behind) = start.strip_prefix('"')?.split_once('"')?;
        behind.trim_start().starts_with(':').then_some(line)
    };
    if start.starts_with(['{', '[']) {
        return Some(line);
    }
    is_key().or_else(|| {
        let at = glance::find(line, "{\"")?;
        line.split_at_checked(at).filter(|(before, _)| !before.contains(['%', '"'])).map(|(_, json)| json)
    })
}

/// A row of a table as wikis and tickets print it: `| 2022-01-11 09:00:00 | sw1 | … |`.
fn between_bars(line: &str) -> &str {
    let row = line.trim().strip_prefix('|').and_then(|row| row.strip_suffix('|'));
    row.map_or(line, str::trim)
}

fn whole_stamp(text: &str) -> Option<Stamp> {
    let (stamp, length) = stamp::stamp(text)?;
    (length == text.len()).then_some(stamp)
}

/// The time that a field tells: also as Kibana prints it (`Jan 11, 2022 @ 09:00:00.000`), and since 1970 in seconds or parts of them.
fn stamp_of(text: &str) -> Option<Stamp> {
    let spelled = || whole_stamp(&text.replace(" @ ", " ").replacen(", ", " ", 1));
    whole_stamp(text).or_else(|| since_1970(text)).or_else(spelled)
}

fn since_1970(text: &str) -> Option<Stamp> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let number = || whole.parse::<i64>().ok();
    let thousandths = || format!("{fraction:0<3}").get(..3).and_then(|digits| digits.parse::<i64>().ok());
    match whole.len() {
        10 => time::from_epoch_ms(number()?.checked_mul(1000)?.checked_add(thousandths()?)?),
        13 => time::from_epoch_ms(number()?),
        16 => time::from_epoch_ms(number()? / 1000),
        19 => time::from_epoch_ms(number()? / 1_000_000),
        _ => None,
    }
}

/// The device that a field names; the port behind an address is none of its name.
fn of_host(name: &str) -> Option<String> {
    let without_port = name.rsplit_once(':').filter(|(host, _)| !host.contains(':')).map(|(host, _)| host);
    (!name.is_empty() && !name.contains([' ', '/'])).then(|| without_port.unwrap_or(name).to_owned())
}

/// A field that holds a message.
fn text_of(field: Cow<'_, str>) -> Option<Cow<'_, str>> {
    (may_hold(&field) && message(&field).is_some()).then_some(field)
}

/// Most fields hold no message; a look at the bytes tells.
fn may_hold(text: &str) -> bool {
    memchr::memchr(b'%', text.as_bytes()).is_some() || glance::find(text, "SMART_LIC-").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(Row { text, host, stamp }: Row<'_>) -> String {
        let stamp = stamp.map_or("-".to_owned(), |it| it.text);
        format!("{text} | {} | {stamp}", host.as_deref().unwrap_or("-"))
    }

    fn spell(line: &str) -> String {
        rows(line, None).into_iter().map(spelled).collect::<Vec<_>>().join(" + ")
    }

    #[test]
    fn fields_that_name_the_device() {
        for (line, expected) in [
            (r#"{"_HOSTNAME":"sw1","MESSAGE":"%SMART_LIC-3-X: a"}"#, "%SMART_LIC-3-X: a | sw1 | -"),
            (
                "CEF:0|Cisco|IOS|16|%SMART_LIC-3-X|syslog|3|dvc=192.0.2.1 dvchost=sw1 msg=%SMART_LIC-3-X: a",
                "%SMART_LIC-3-X: a | sw1 | -",
            ),
            (
                r#"Error,2022-01-11 09:00:00,Syslog,1,None,"sw1: %SMART_LIC-3-X: a""#,
                "sw1: %SMART_LIC-3-X: a | sw1 | 2022-01-11 09:00:00",
            ),
        ] {
            assert_eq!(spell(line), expected, "{line}");
        }
    }

    #[test]
    fn rows_of_every_collector() {
        for (line, expected) in [
            (r#"{"host":"sw1","message":"%SMART_LIC-3-X: a \"b\""}"#, r#"%SMART_LIC-3-X: a "b" | sw1 | -"#),
            (
                r#"{"@timestamp":"2021-03-02T08:00:01Z","host":{"name":"sw1"},"message":"7: %SMART_LIC-3-X: a"}"#,
                "7: %SMART_LIC-3-X: a | sw1 | 2021-03-02T08:00:01Z",
            ),
            (
                r#"{"event": {"original": "%SMART_LIC-3-X: a"}, "host": {"hostname": "sw1"}, "message": "%SMART_LIC-3-X: a"}"#,
                "%SMART_LIC-3-X: a | sw1 | -",
            ),
            (r#"{"host":"sw1","message":"%SMART_LIC-3-X: a"#, "%SMART_LIC-3-X: a | sw1 | -"),
            (
                r#"{"host":{"ip":"192.0.2.1"},"agent":{"name":"beat"},"message":"%SMART_LIC-3-X: a"}"#,
                "%SMART_LIC-3-X: a | - | -",
            ),
            (r#"    "message": "%SMART_LIC-3-X: a","#, "%SMART_LIC-3-X: a | - | -"),
            (
                r#""2023-09-12T09:20:01.000Z","sw1","udp:514","%SMART_LIC-3-X: a, ""b""""#,
                r#"%SMART_LIC-3-X: a, "b" | sw1 | 2023-09-12T09:20:01.000Z"#,
            ),
            (
                r#""6f1c2a7e-1bfe-11ee-9c1a-0242ac110002","3-Error","pri-187","C9300-48P","idx_net","sw1","%SMART_LIC-3-X: a""#,
                "%SMART_LIC-3-X: a | sw1 | -",
            ),
            (r#""one","two","%SMART_LIC-3-X: a""#, "%SMART_LIC-3-X: a | - | -"),
            (
                r#""2021-02-01T00:01:40Z","sw1","46: %SMART_LIC-3-X: failed: {""sudi"":[""The product""]}""#,
                r#"46: %SMART_LIC-3-X: failed: {"sudi":["The product"]} | sw1 | 2021-02-01T00:01:40Z"#,
            ),
            (
                r#"2021-02-01T00:01:40Z;sw1-a;local7;err;%SMART_LIC-3-X: failed: {"timestamp":["The device date"]}"#,
                r#"%SMART_LIC-3-X: failed: {"timestamp":["The device date"]} | sw1-a | 2021-02-01T00:01:40Z"#,
            ),
            (
                r#""primary-sw1","Local7","SMART_LIC","X","%SMART_LIC-3-X: a""#,
                "%SMART_LIC-3-X: a | primary-sw1 | -",
            ),
            (
                r#""C9300-lab","C9300-48P","cisco_ios","%SMART_LIC-3-X: a""#,
                "%SMART_LIC-3-X: a | C9300-lab | -",
            ),
            ("{\"host\":\"sw1\",\"message\":\"\t%SMART_LIC-3-X: a\"}", " %SMART_LIC-3-X: a | sw1 | -"),
            (
                r#"Sep 12 09:20:01 log1 app: {"host":"sw1","message":"%SMART_LIC-3-X: a"}"#,
                "%SMART_LIC-3-X: a | sw1 | -",
            ),
            (
                r#"{"host":{"os":{"name":"linux"},"name":"sw1"},"agent":{"hostname":"beat"},"message":"%SMART_LIC-3-X: a"}"#,
                "%SMART_LIC-3-X: a | sw1 | -",
            ),
            (
                r#"{"hits":[{"host":"sw1","message":"%SMART_LIC-3-X: a"},{"host":"sw2","message":"%SMART_LIC-3-X: a"}]}"#,
                "%SMART_LIC-3-X: a | sw1 | - + %SMART_LIC-3-X: a | sw2 | -",
            ),
            (
                r#"{"observer":{"hostname":"sw1"},"host":{"name":"beat"},"message":"%SMART_LIC-3-X: a"}"#,
                "%SMART_LIC-3-X: a | sw1 | -",
            ),
            (r#"[{"Computer":"sw1:514","Message":"%SMART_LIC-3-X: a"},"#, "%SMART_LIC-3-X: a | sw1 | -"),
            (r#""local7","err","sw1","%SMART_LIC-3-X: a""#, "%SMART_LIC-3-X: a | sw1 | -"),
            (
                r#"2022-01-11T09:00:00Z,sw1,cisco,"%SMART_LIC-3-X: a""#,
                "%SMART_LIC-3-X: a | sw1 | 2022-01-11T09:00:00Z",
            ),
            (
                r#"sw1,2022-01-11 09:00:00,Error,"%SMART_LIC-3-X: a",err"#,
                "%SMART_LIC-3-X: a | sw1 | 2022-01-11 09:00:00",
            ),
            ("2022-01-11 09:00:00,sw1,%SMART_LIC-3-X: a", "%SMART_LIC-3-X: a | sw1 | 2022-01-11 09:00:00"),
            (
                r#"{"log":{"syslog":{"hostname":"sw1"}},"timestamp":1641891600000,"message":"%SMART_LIC-3-X: a"}"#,
                "%SMART_LIC-3-X: a | sw1 | 2022-01-11 09:00:00 UTC",
            ),
            (
                "2022-01-11 09:00:00 | sw1 | %SMART_LIC-3-X: a",
                "%SMART_LIC-3-X: a | sw1 | 2022-01-11 09:00:00",
            ),
            (r#"main,"sw1",syslog,"%SMART_LIC-3-X: a""#, "%SMART_LIC-3-X: a | sw1 | -"),
            (
                r#"{"version":"1.1","host":"sw1","timestamp":1641891600.5,"short_message":"%SMART_LIC-3-X: a"}"#,
                "%SMART_LIC-3-X: a | sw1 | 2022-01-11 09:00:00 UTC",
            ),
            (
                r#"{"streams":[{"stream":{"host":"sw1"},"values":[["1641891600000000000","%SMART_LIC-3-X: a"]]}]}"#,
                "%SMART_LIC-3-X: a | sw1 | 2022-01-11 09:00:00 UTC",
            ),
            ("2023-09-12 09:20:01\tsw1\t%SMART_LIC-3-X: a", "%SMART_LIC-3-X: a | sw1 | 2023-09-12 09:20:01"),
            (
                "12.09.2023 09:20:01;192.0.2.1;local7.err;%SMART_LIC-3-X: a; b",
                "%SMART_LIC-3-X: a; b | 192.0.2.1 | 12.09.2023 09:20:01",
            ),
        ] {
            assert_eq!(spell(line), expected, "{line}");
        }
    }

    #[test]
    fn keys_with_values() {
        for (line, expected) in [
            (
                r#"level=error ts=2024-02-08T04:00:48Z host=sw1 msg="%SMART_LIC-3-X: say \"a\"" job=x"#,
                r#"%SMART_LIC-3-X: say "a" | sw1 | 2024-02-08T04:00:48Z"#,
            ),
            (
                "date=2024-02-08 time=04:00:48 devname=sw1 msg=\"%SMART_LIC-3-X: a\"",
                "%SMART_LIC-3-X: a | sw1 | 2024-02-08 04:00:48",
            ),
            (
                "CEF:0|Cisco|IOS|1|3|x|5|dvchost=sw1 msg=Feb  8 04:00:48: %SMART_LIC-3-X: a b cs1=c",
                "Feb  8 04:00:48: %SMART_LIC-3-X: a b | sw1 | -",
            ),
            (
                "Feb  8 04:00:48 sw1 CEF:0|Cisco|IOS|1|3|x|5|msg=%SMART_LIC-3-X: a",
                "%SMART_LIC-3-X: a | sw1 | Feb  8 04:00:48",
            ),
        ] {
            assert_eq!(spell(line), expected, "{line}");
        }
    }

    #[test]
    fn the_first_line_names_the_columns() {
        for (first, line, expected) in [
            (
                "TimeGenerated [UTC],Computer,HostName,Facility,SyslogMessage",
                r#""1/11/2022, 9:00:00.000 AM",relay1,sw1,local7,"%SMART_LIC-3-X: a, b""#,
                "%SMART_LIC-3-X: a, b | sw1 | 1/11/2022 9:00:00.000 AM",
            ),
            (
                r#""Date Time","IP Address","Hostname","Message Type","Message""#,
                r#""2022-01-11 09:00:00","10.0.0.1","core","SMART_LIC-3-X","7: %SMART_LIC-3-X: say ""a""""#,
                r#"7: %SMART_LIC-3-X: say "a" | core | 2022-01-11 09:00:00"#,
            ),
            (
                r#""@timestamp","host.name",message"#,
                r#""Jan 11, 2022 @ 09:00:00.000",10.0.0.1:514,"%SMART_LIC-3-X: a""#,
                "%SMART_LIC-3-X: a | 10.0.0.1 | Jan 11 2022 09:00:00.000",
            ),
            (
                "| Time | Device | Message |",
                "| 2022-01-11 09:00:00 | sw1 | %SMART_LIC-3-X: a |",
                "%SMART_LIC-3-X: a | sw1 | 2022-01-11 09:00:00",
            ),
            (
                "time;host;msg",
                "1641891600;sw1;%SMART_LIC-3-X: a",
                "%SMART_LIC-3-X: a | sw1 | 2022-01-11 09:00:00 UTC",
            ),
            ("sw1,message", "main,%SMART_LIC-3-X: a", "-"),
        ] {
            let names = Names::of(first);
            let row = rows(line, names.as_ref()).pop().map_or("-".to_owned(), spelled);
            assert_eq!(row, expected, "{first}");
        }
        for line in ["", "Jan 11 09:00:00 sw1: say time, host", "a,b,c", "time,what", "sw1#show clock"] {
            assert_eq!(Names::of(line), None, "{line}");
        }
    }

    #[test]
    fn all_else_is_no_row() {
        for line in [
            "",
            "Sep 12 09:20:01: say \"a\" and \"b\"",
            "Sep 12 09:20:01: %SMART_LIC-3-X: a; b; c",
            "Sep 12 09:20:01: %SMART_LIC-3-X: {\"sudi\":[\"The product is registered\"]}",
            "event syslog pattern \"%SMART_LIC-3-X: a\"",
            "\"%SMART_LIC-3-X: a\"",
            "Sep 12 09:20:01: said, \"%SMART_LIC-3-X: a\" again",
            "say \"a\" or \"%SMART_LIC-3-X: a\"",
            "{\"host\":\"sw1\",\"message\":\"nothing\"}",
            "2024-02-08T04:00:48,123Z sw1 %SMART_LIC-3-X: a",
            "Original Address=192.0.2.1 1 2021-03-02T08:00:01Z sw1 %SMART_LIC-3-X: a",
            "Feb  8 04:00:48: %SMART_LIC-3-X: a msg=%SMART_LIC-3-X: b",
            "a\tb\tc",
            "\"\"\"",
        ] {
            assert_eq!(spell(line), "", "{line}");
        }
    }
}

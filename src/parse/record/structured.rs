//! The structured data of RFC 5424, which stands between the host and the message: `[meta sequenceId="29"][origin ip="10.0.0.1"]`,
//! and the labels of Loki.

use nom::branch::alt;
use nom::bytes::complete::{take_while, take_while1};
use nom::character::complete::{anychar, char, none_of, space0, space1};
use nom::combinator::recognize;
use nom::multi::{many0_count, many1_count, separated_list1};
use nom::sequence::{delimited, preceded, separated_pair};
use nom::{IResult, Parser};

/// A header with `-` in place of its structured data, as the standard writes that there is none; `None` where it has none.
pub(super) fn without(header: &str) -> Option<String> {
    header.match_indices('[').find_map(|(at, _)| {
        let (before, data) = header.split_at_checked(at)?;
        let (behind, _) = many1_count(element).parse(data).ok()?;
        (before.is_empty() || before.ends_with(' ')).then(|| format!("{before}-{behind}"))
    })
}

/// A header with the device in place of the labels that Grafana Loki puts behind its time: `{host="sw1", job="syslog"}`; `None`
/// where it has none.
pub(super) fn of_labels(header: &str) -> Option<String> {
    const HOSTS: [&str; 6] = ["hostname", "host", "device", "instance", "node", "source"];
    let at = header.find('{')?;
    let (before, labels) = header.split_at_checked(at)?;
    let (behind, found) = loki(labels).ok()?;
    let host =
        HOSTS.iter().find_map(|name| found.iter().find(|(label, _)| label == name)).map_or("-", |it| it.1);
    Some(format!("{before}{host}{behind}"))
}

fn loki(input: &str) -> IResult<&str, Vec<(&str, &str)>> {
    let name = take_while1(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let value = delimited(char('"'), take_while(|c: char| c != '"'), char('"'));
    let label = separated_pair(name, char('='), value);
    delimited(char('{'), separated_list1((char(','), space0), label), char('}')).parse(input)
}

/// `[meta sequenceId="29"]`; one without parameters could be the number of a process.
fn element(input: &str) -> IResult<&str, &str> {
    let name = || take_while1(|c: char| c.is_ascii_graphic() && !"=]\"[".contains(c));
    let letter = alt((recognize(none_of("\"\\")), recognize((char('\\'), anychar))));
    let value = delimited(char('"'), many0_count(letter), char('"'));
    let parameter = preceded(space1, (name(), char('='), value));
    let inside = (name(), many1_count(parameter), space0);
    recognize(delimited(char('['), inside, char(']'))).parse(input)
}

#[cfg(test)]
mod tests {
    use super::{of_labels, without};

    #[test]
    fn labels_name_the_device() {
        for (header, expected) in [
            (
                r#"2024-02-08T04:00:48Z {host="sw1", job="syslog"} *Nov 24: "#,
                Some("2024-02-08T04:00:48Z sw1 *Nov 24: "),
            ),
            (r#"2024-02-08T04:00:48Z {job="syslog"} "#, Some("2024-02-08T04:00:48Z - ")),
            (r#"failed: {"sudi":["x"]} "#, None),
            ("sw1 {} ", None),
        ] {
            assert_eq!(of_labels(header).as_deref(), expected, "{header}");
        }
    }

    #[test]
    fn what_is_structured_data() {
        for (header, expected) in [
            (r#"1 2024-02-08T04:00:48Z sw1 - - - [m x="1"] "#, Some("1 2024-02-08T04:00:48Z sw1 - - - - ")),
            (r#"sw1 app 12 ID [a@9 b="1" c="] \" x"][d e=""] 7: "#, Some("sw1 app 12 ID - 7: ")),
            ("sw1 ifmgr[214]: ", None),
            ("sw1 [confirm] ", None),
            (r#"sw1 [a b="1" "#, None),
            (r#"sw1 x[a b="1"] "#, None),
        ] {
            assert_eq!(without(header).as_deref(), expected, "{header}");
        }
    }
}

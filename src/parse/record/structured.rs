//! The structured data of RFC 5424, which stands between the host and the message: `[meta sequenceId="29"][origin ip="10.0.0.1"]`.

use nom::branch::alt;
use nom::bytes::complete::take_while1;
use nom::character::complete::{anychar, char, none_of, space0, space1};
use nom::combinator::recognize;
use nom::multi::{many0_count, many1_count};
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

/// A header with `-` in place of its structured data, as the standard writes that there is none; `None` where it has none.
pub(super) fn without(header: &str) -> Option<String> {
    header.match_indices('[').find_map(|(at, _)| {
        let (before, data) = header.split_at_checked(at)?;
        let (behind, _) = many1_count(element).parse(data).ok()?;
        (before.is_empty() || before.ends_with(' ')).then(|| format!("{before}-{behind}"))
    })
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
    use super::without;

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

//! `show call-home statistics`: how many messages of each kind call-home sent, queued and failed to send.

use super::{Fields, Sink};
use crate::facts::{Element, Value};
use crate::text::Section;

/// Reads the table: `Total Failed    3   0   3` heads the kinds below it, `Inventory   1   0   1` is one of them.
///
/// `Total Ratelimit` stands alone on its line, and its numbers on the next, behind `-dropped`.
pub fn parse(section: &Section<'_>, sink: &mut Sink<'_>) {
    let mut rows: Vec<Element> = Vec::new();
    let mut result = String::new();
    let mut first = 0;
    for line in &section.lines {
        let words: Vec<&str> = line.trimmed().split_whitespace().collect();
        if let ["Total", name, ..] = words.as_slice() {
            (*name).clone_into(&mut result);
        }
        let Some((kind, numbers)) = row(&words) else { continue };
        if first == 0 {
            first = line.number;
        }
        let mut fields = Fields::default();
        fields.text(sink, "result", line.number, &result);
        fields.text(sink, "type", line.number, kind);
        for (name, number) in ["total", "email", "http"].into_iter().zip(numbers) {
            fields.add(sink, name, line.number, Value::Number(number));
        }
        rows.push(fields.element());
    }
    if first > 0 {
        sink.list("call_home.statistics", first, rows);
    }
}

/// Kind and numbers of a row.
fn row<'l>(words: &[&'l str]) -> Option<(&'l str, [i64; 3])> {
    let (kind, numbers) = match words {
        ["Total", _, numbers @ ..] => ("Total", numbers),
        ["-dropped", numbers @ ..] => ("Total", numbers),
        [kind, numbers @ ..] => (*kind, numbers),
        [] => return None,
    };
    let [total, email, http] = numbers else { return None };
    Some((kind, [total.parse().ok()?, email.parse().ok()?, http.parse().ok()?]))
}

#[cfg(test)]
mod tests {
    use super::super::test_support::{facts, read};

    #[test]
    fn every_result_has_its_kinds() {
        let text = "\
Message Types    Total                Email                HTTP
-------------   -------------------- -------------------- ------------------
Total Success   4                    1                    3
    Config      4                    1                    3

Total Failed    2                    0                    2
    SCH         2                    0                    2

Total Ratelimit
      -dropped  1                    1                    0
    Config      1                    1                    0

Last call-home message sent time: n/a
";
        let wanted = "call_home.statistics = \
[email=1 http=3 result=Success total=4 type=Total] [email=1 http=3 result=Success total=4 type=Config] \
[email=0 http=2 result=Failed total=2 type=Total] [email=0 http=2 result=Failed total=2 type=SCH] \
[email=1 http=0 result=Ratelimit total=1 type=Total] [email=1 http=0 result=Ratelimit total=1 type=Config]\n";
        assert_eq!(facts(&read("show call-home statistics", text, super::parse)), wanted);
        assert_eq!(facts(&read("show call-home statistics", "% Invalid input", super::parse)), "");
    }
}

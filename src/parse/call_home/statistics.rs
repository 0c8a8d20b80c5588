//! `show call-home statistics` and `show call-home smart-licensing statistics`: how many messages got out.

use super::super::{Fields, Sink};
use crate::facts::{Element, Value};
use crate::text::Section;

/// Reads either table.
pub fn statistics(section: &Section<'_>, sink: &mut Sink<'_>) {
    let mut walk = Walk::default();
    for line in &section.lines {
        walk.line(line.trimmed(), line.number, sink);
    }
    let (groups, subtypes) = (walk.groups, walk.subtypes);
    if let Some((line, _)) = groups.first() {
        sink.list("call_home.statistics", *line, groups.into_iter().map(|(_, it)| it).collect());
    }
    if let Some(line) = walk.head {
        sink.list("call_home.licensing_statistics", line, subtypes);
    }
}

#[derive(Default)]
struct Walk {
    /// `Success` of `Total Success`, which the rows below it are part of.
    result: String,
    groups: Vec<(u32, Element)>,
    /// Line of the head of the table of licensing messages.
    head: Option<u32>,
    subtypes: Vec<Element>,
}

impl Walk {
    fn line(&mut self, text: &str, number: u32, sink: &mut Sink<'_>) {
        if let Some(time) = text.strip_prefix("Last call-home message sent time:") {
            if !time.trim().eq_ignore_ascii_case("n/a") {
                sink.text("call_home.last_message", number, time);
            }
        } else if text.starts_with("Msg Subtype") || text.starts_with("Message Subtype") {
            self.head = Some(number);
        } else if self.head.is_some() {
            self.subtypes.extend(subtype(text, number, sink));
        } else {
            self.group(text, number, sink);
        }
    }

    /// `Total Success   3   0   3` and below it `Config   1   0   1`. `Total Ratelimit` stands a line above its `-dropped`.
    fn group(&mut self, text: &str, number: u32, sink: &Sink<'_>) {
        let Some((name, counts)) = counted::<3>(text) else { return };
        let is_total = name.starts_with("Total ") || name.starts_with('-');
        if is_total {
            let result = if name.starts_with('-') { "Ratelimit" } else { &name };
            result.trim_start_matches("Total ").clone_into(&mut self.result);
        }
        let mut fields = Fields::default();
        fields.text(sink, "result", number, &self.result);
        fields.text(sink, "type", number, if is_total { "Total" } else { &name });
        for (key, count) in ["total", "email", "http"].into_iter().zip(counts) {
            fields.add(sink, key, number, Value::Number(count));
        }
        self.groups.push((number, fields.element()));
    }
}

/// A name and the numbers that end the line.
fn counted<const N: usize>(text: &str) -> Option<(String, [i64; N])> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (name, numbers) = words.split_at_checked(words.len().checked_sub(N)?)?;
    let numbers: Vec<i64> = numbers.iter().map(|word| word.parse()).collect::<Result<_, _>>().ok()?;
    (!name.is_empty()).then_some((name.join(" "), numbers.try_into().ok()?))
}

/// `ENTITLEMENT   2   0   0   0   2013-06-10 19:52:16`.
fn subtype(text: &str, number: u32, sink: &Sink<'_>) -> Option<Element> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (counts, sent) = words.split_at_checked(words.len().min(5))?;
    let (name, counts) = counted::<4>(&counts.join(" "))?;
    let mut fields = Fields::default();
    fields.text(sink, "message", number, &name);
    for (key, count) in ["success", "failed", "in_queue", "dropped"].into_iter().zip(counts) {
        fields.add(sink, key, number, Value::Number(count));
    }
    let sent = sent.join(" ");
    fields.text(sink, "last_sent", number, if sent.eq_ignore_ascii_case("n/a") { "" } else { &sent });
    Some(fields.element())
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::{facts, read};

    fn of(command: &str, text: &str) -> String {
        facts(&read(command, text, super::statistics))
    }

    #[test]
    fn messages_by_result_and_group() {
        let text = "\
Message Types   Total                Email                HTTP
-------------   -------------------- -------------------- ------------------
Total Success   3                    1                    2
    Config      3                    1                    2
Total Failed    7                    0                    7
    Inventory   7                    0                    7
Total Ratelimit
      -dropped  0                    0                    0
Last call-home message sent time: 2016-04-13 12:37:36 GMT+00:00
";
        let wanted = "\
call_home.last_message = 2016-04-13 12:37:36 GMT+00:00
call_home.statistics = [email=1 http=2 result=Success total=3 type=Total] [email=1 http=2 result=Success total=3 type=Config] [email=0 http=7 result=Failed total=7 type=Total] [email=0 http=7 result=Failed total=7 type=Inventory] [email=0 http=0 result=Ratelimit total=0 type=Total]
";
        assert_eq!(of("show call-home statistics", text), wanted);
        assert_eq!(of("show call-home statistics", "Last call-home message sent time: n/a\n"), "");
    }

    #[test]
    fn messages_of_licensing() {
        let text = "\
Success: Successfully sent and response received.
Failed : Failed to send or response indicated error occurred.
Msg Subtype      Success  Failed  Inqueue  Dropped  Last-sent (GMT+00:00)
--------------------------------------------------------------------------
REGISTRATION     1        4       0        0        2013-06-10 19:52:16
ENTITLEMENT      0        0       2        0        n/a
";
        let wanted = "call_home.licensing_statistics = [dropped=0 failed=4 in_queue=0 last_sent=2013-06-10 19:52:16 message=REGISTRATION success=1] [dropped=0 failed=0 in_queue=2 message=ENTITLEMENT success=0]\n";
        assert_eq!(of("show call-home smart-licensing statistics", text), wanted);
    }
}

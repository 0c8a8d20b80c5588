//! Outputs that a program wrote as one JSON string: line ends read `\n` there, quotes `\"` (an Ansible result).

/// The lines inside the strings of a line, with what stands before the first of them. `None` where the line holds no string
/// with at least two escaped line ends. The same text is often there twice (`stdout`, `stdout_lines`): what stands between
/// and after such strings is left out, and a list of lines is read only where no string with line ends is there.
pub(super) fn lines(text: &str) -> Option<Vec<String>> {
    if text.contains("\\n")
        && let Some(found) = strings_with_line_ends(text)
    {
        return Some(found);
    }
    if text.contains("_lines\": [") { list_of_lines(text) } else { None }
}

fn strings_with_line_ends(text: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    for (head, inner) in Strings::of(text).filter(|(_, inner)| inner.matches("\\n").count() >= 2) {
        if !inner.contains(' ') {
            continue;
        }
        if found.is_empty() {
            found.push(head.trim_end().to_owned());
        }
        found.extend(unescaped(inner).split('\n').map(|line| line.trim_end().to_owned()));
    }
    (!found.is_empty()).then_some(found)
}

fn list_of_lines(text: &str) -> Option<Vec<String>> {
    let (head, list) = text.split_once("_lines\": [")?;
    let list = list.split_once(']').map_or(list, |(list, _)| list);
    let mut found = vec![head.trim_end().to_owned()];
    found.extend(Strings::of(list).map(|(_, inner)| unescaped(inner).trim_end().to_owned()));
    (found.len() > 3).then_some(found)
}

/// Whether a line is nothing but one quoted string, as an element of a list printed line by line.
pub(super) fn is_element(text: &str) -> bool {
    inner_of_element(text).is_some()
}

/// The text of such an element.
pub(super) fn element(text: &str) -> Option<String> {
    inner_of_element(text).map(|inner| unescaped(inner).trim_end().to_owned())
}

fn inner_of_element(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let quote = if text.starts_with('"') { '"' } else { '\'' };
    let text = text.strip_prefix(quote)?;
    let text = text.strip_suffix(',').unwrap_or(text);
    let inner = text.strip_suffix(quote)?;
    // A row of CSV begins and ends with a quote, too, and has more of them.
    let is_one =
        inner.match_indices(quote).all(|(at, _)| inner.get(..at).is_some_and(|it| it.ends_with('\\')));
    is_one.then_some(inner)
}

/// The quoted strings of a text, each with what stands before its opening quote.
struct Strings<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Strings<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, at: 0 }
    }
}

impl<'a> Iterator for Strings<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..)?;
        let open = rest.find(['"', '\''])?;
        let quote = rest.as_bytes().get(open).copied()?;
        let inner = rest.get(open + 1..)?;
        let mut escaped = false;
        let close = inner.bytes().position(|byte| {
            let ends = byte == quote && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        });
        // A string that was cut off still holds lines.
        let close = close.unwrap_or(inner.len());
        let head = self.text.get(..self.at + open)?;
        self.at += open + 1 + close + 1;
        Some((head, inner.get(..close)?))
    }
}

fn unescaped(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            result.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => result.push('\n'),
            Some('t') => result.push('\t'),
            Some('r') => {}
            Some('u') => result.push(unicode(&mut chars)),
            Some(c @ ('"' | '\'' | '\\' | '/')) => result.push(c),
            Some(c) => result.extend(['\\', c]),
            None => result.push('\\'),
        }
    }
    result
}

/// The character of the four digits after `\u`. A control character would be residue: it becomes a blank.
fn unicode(chars: &mut std::str::Chars<'_>) -> char {
    let digits: String = chars.by_ref().take(4).collect();
    let c = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32).unwrap_or(' ');
    if c.is_control() { ' ' } else { c }
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn each_piece_is_a_line() {
        for (text, expected) in [
            (
                r#"ok: [sw1] => {"stdout": ["Registration:\n  Status: \"NEW\"\n\tSmart Account: x"], "stdout_lines": [["Registration:"]]}"#,
                Some(vec![
                    r#"ok: [sw1] => {"stdout": ["#,
                    "Registration:",
                    "  Status: \"NEW\"",
                    "\tSmart Account: x",
                ]),
            ),
            (r"['Utility:\n  Status: DISABLED\n']", Some(vec!["[", "Utility:", "  Status: DISABLED", ""])),
            (
                r#"{"out_lines": [["Utility:", "  Status: DISABLED", "", "Transport:"]]}"#,
                Some(vec![r#"{"out"#, "Utility:", "  Status: DISABLED", "", "Transport:"]),
            ),
            (r#"{"text": "cut off\n after\n the"#, Some(vec![r#"{"text":"#, "cut off", " after", " the"])),
            (r#"copy "C:\new\names.txt" flash:"#, None),
            (r#"{"message": "%SYS-5-X: one\n"}"#, None),
        ] {
            let expected = expected.map(|it| it.into_iter().map(str::to_owned).collect::<Vec<_>>());
            assert_eq!(lines(text), expected, "{text}");
        }
    }
}

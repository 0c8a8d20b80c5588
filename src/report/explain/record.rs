//! The form of everything in `knowledge/`: records of `key: value` lines, parted by empty lines.
//!
//! A line that starts with a blank goes on with the value above it. A key may stand several times; the order is kept. Lines
//! that start with `# ` are comments. It is no YAML on purpose: texts full of colons, quotes and brackets are pasted as they are.

/// One record: its keys and values, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    lines: Vec<(String, String)>,
}

impl Record {
    /// The records of a text, without empty ones.
    pub(super) fn all(text: &str) -> Vec<Self> {
        let mut records = Vec::new();
        let mut lines = Vec::new();
        for line in text.lines().chain([""]) {
            if line.trim().is_empty() {
                if !lines.is_empty() {
                    records.push(Self { lines: std::mem::take(&mut lines) });
                }
            } else if !line.starts_with("# ") {
                take(line, &mut lines);
            }
        }
        records
    }

    /// The first value of a key.
    pub(super) fn first(&self, key: &str) -> Option<&str> {
        self.every(key).next()
    }

    /// All values of a key, in order.
    pub(super) fn every<'r>(&'r self, key: &str) -> impl Iterator<Item = &'r str> {
        self.lines.iter().filter(move |(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// Keys and values as they stand.
    pub(super) fn lines(&self) -> impl Iterator<Item = (&str, &str)> {
        self.lines.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// Scenario numbers of the key `scenario`.
    pub(super) fn scenarios(&self) -> Vec<u8> {
        let words = self.every("scenario").flat_map(str::split_whitespace);
        words.filter_map(|word| word.parse().ok()).collect()
    }
}

fn take(line: &str, lines: &mut Vec<(String, String)>) {
    if line.starts_with(' ') {
        if let Some((_, value)) = lines.last_mut() {
            value.push(' ');
            value.push_str(line.trim());
        }
    } else if let Some((key, value)) = line.split_once(':') {
        lines.push((key.to_owned(), value.trim().to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::Record;

    #[test]
    fn records_of_a_text() {
        let records =
            Record::all("# a comment\nid: C1\ntext: a: b\n  and more\ntext: c\n\n\nid: C2\nscenario: 7 8\n");
        assert_eq!(records.len(), 2);
        assert_eq!(records[0].first("id"), Some("C1"));
        assert_eq!(records[0].every("text").collect::<Vec<_>>(), ["a: b and more", "c"]);
        assert_eq!(records[1].scenarios(), [7, 8]);
        assert_eq!(records[1].first("text"), None);
    }
}

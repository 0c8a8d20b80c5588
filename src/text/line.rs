//! A clean line: what the device printed, without what terminals, pagers, mail programs and JSON put around it.

use std::borrow::Cow;

use crate::base::glance;

/// A line after cleaning, with the number of the original line it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// 1-based line of the original input. Several clean lines may share one (text with escaped `\n`).
    pub number: u32,
    /// The text without line end, trailing blanks, control bytes and quoting; leading blanks are kept.
    pub text: Cow<'a, str>,
}

impl<'a> Line<'a> {
    /// A line.
    pub fn new(number: u32, text: impl Into<Cow<'a, str>>) -> Self {
        Self { number, text: text.into() }
    }

    /// Takes the first bytes off; all of the text where it is shorter, or where a character would be cut in two.
    pub fn cut(&mut self, bytes: usize) {
        self.text = match &self.text {
            Cow::Borrowed(text) => Cow::Borrowed(text.get(bytes..).unwrap_or_default()),
            Cow::Owned(text) => Cow::Owned(text.get(bytes..).unwrap_or_default().to_owned()),
        };
    }

    /// Without outer blanks.
    pub fn trimmed(&self) -> &str {
        glance::trim(&self.text)
    }

    /// Number of leading blanks; a tab counts as one.
    pub fn indent(&self) -> usize {
        self.text.len() - glance::trim_start(&self.text).len()
    }
}

/// What `strip` leaves of a text, for the tests of all that takes something off the lines.
#[cfg(test)]
pub(super) fn after(strip: fn(&mut [Line<'_>]), text: &str) -> String {
    let mut lines: Vec<_> =
        text.lines().zip(1..).map(|(text, number)| Line::new(number, text.trim_end())).collect();
    strip(&mut lines);
    lines.iter().map(|line| line.text.to_string()).collect::<Vec<_>>().join("\n")
}

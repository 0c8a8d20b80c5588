//! The lines of a configuration as one text: of the hundreds of lines a pattern is searched in the few that hold one of its
//! literals, found in one pass over all.

use crate::facts::{Config, ConfigLine};
use crate::rules::Pattern;

/// The lines of a configuration, depth first. They are kept beside it.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// All lines in lower case (ASCII), each with a line end.
    lower: String,
    spots: Vec<Spot>,
}

/// Where a line stands.
#[derive(Clone, Copy, Debug)]
struct Spot {
    /// Offset of its first byte in the text.
    start: usize,
    /// The number of the line it stands under.
    parent: Option<usize>,
    /// Which of the lines there it is.
    at: usize,
}

impl Lines {
    /// The lines of a configuration.
    pub(super) fn of(config: &Config) -> Self {
        let mut lines = Self::default();
        lines.add(&config.lines, None);
        lines.lower.make_ascii_lowercase();
        lines
    }

    fn add(&mut self, all: &[ConfigLine], parent: Option<usize>) {
        for (at, line) in all.iter().enumerate() {
            let number = self.spots.len();
            self.spots.push(Spot { start: self.lower.len(), parent, at });
            self.lower.push_str(&line.text);
            self.lower.push('\n');
            self.add(&line.children, Some(number));
        }
    }

    /// The lines of `config` that a pattern may be found in, in order, each with its parents (outermost first). Every other one
    /// `Pattern::is_possible` turns down.
    pub(super) fn candidates<'c>(
        &self,
        config: &'c Config,
        pattern: &Pattern,
    ) -> impl Iterator<Item = (&'c ConfigLine, Vec<&'c str>)> {
        self.numbers(pattern).into_iter().filter_map(|number| self.line(config, number))
    }

    fn numbers(&self, pattern: &Pattern) -> Vec<usize> {
        if pattern.literals().is_empty() {
            return (0..self.spots.len()).collect();
        }
        let mut numbers = Vec::new();
        for literal in pattern.finders() {
            let hits = literal.find_iter(self.lower.as_bytes());
            numbers.extend(hits.map(|hit| self.number(hit)));
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// All lines in lower case (ASCII), each with a line end.
    pub(super) fn lower(&self) -> &str {
        &self.lower
    }

    /// How many lines there are.
    pub(super) fn count(&self) -> usize {
        self.spots.len()
    }

    /// The number of the line that holds the byte at an offset.
    pub(super) fn number(&self, offset: usize) -> usize {
        self.spots.partition_point(|spot| spot.start <= offset).saturating_sub(1)
    }

    /// The line with a number, with its parents (outermost first).
    pub(super) fn line<'c>(
        &self,
        config: &'c Config,
        number: usize,
    ) -> Option<(&'c ConfigLine, Vec<&'c str>)> {
        let spot = self.spots.get(number)?;
        let Some(parent) = spot.parent else { return Some((config.lines.get(spot.at)?, Vec::new())) };
        let (above, mut parents) = self.line(config, parent)?;
        parents.push(&above.text);
        Some((above.children.get(spot.at)?, parents))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Source;

    fn line(text: &str, children: Vec<ConfigLine>) -> ConfigLine {
        ConfigLine { text: text.into(), place: Source::new("a", text.to_owned()).place(1), children }
    }

    #[test]
    fn candidates_are_the_lines_that_a_walk_does_not_turn_down() {
        let address =
            || line("Address ipv4", vec![line("ip address 10.0.0.1", vec![]), line("shut", vec![])]);
        let lines = vec![line("interface Gi1", vec![address()]), line("ip host a", vec![]), address()];
        let place = Source::new("a", String::new()).place(1);
        let config = Config { place, section: 0, whole: true, with_defaults: false, lines };
        let flat = Lines::of(&config);
        for written in
            ["(?i)ADDRESS", "^ip (host|address) ", "shut|host", "x*", "banner", "^interface {name}"]
        {
            let pattern = Pattern::new(written);
            let mut walked = Vec::new();
            config.walk(&mut |line, parents| {
                if pattern.is_possible(&line.text) {
                    walked.push((line, parents.to_vec()));
                }
            });
            assert_eq!(flat.candidates(&config, &pattern).collect::<Vec<_>>(), walked, "{written}");
        }
    }
}

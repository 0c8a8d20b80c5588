//! IOS XE releases in their own order: `16.12.3 < 16.12.3a < 16.12.4 < 17.3.1`, and sets of trains such as
//! `17.3.2a - 17.3.6, 17.6.1 - 17.6.4` (field notices name affected releases so).

use std::cmp::Ordering;
use std::str::FromStr;

/// A release number. Leading zeros do not count (`17.09.08` is `17.9.8`), and an engineering mark (`prd1`) is not compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    numbers: Vec<u32>,
    letters: String,
}

impl FromStr for Release {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut numbers = Vec::new();
        let mut letters = String::new();
        for part in text.trim().split('.') {
            let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
            let rest = part.get(digits.len()..).unwrap_or_default();
            numbers.push(digits.parse().map_err(|_| ())?);
            if !rest.is_empty() {
                letters = rest.chars().take_while(char::is_ascii_alphabetic).collect();
                letters.make_ascii_lowercase();
                break;
            }
        }
        if numbers.len() < 2 {
            return Err(());
        }
        if letters.len() > 1 {
            letters.clear();
        }
        Ok(Self { numbers, letters })
    }
}

impl Ord for Release {
    fn cmp(&self, other: &Self) -> Ordering {
        let length = self.numbers.len().max(other.numbers.len());
        let padded = |numbers: &[u32]| {
            let mut all = numbers.to_vec();
            all.resize(length, 0);
            all
        };
        padded(&self.numbers).cmp(&padded(&other.numbers)).then_with(|| self.letters.cmp(&other.letters))
    }
}

impl PartialOrd for Release {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A set of releases, written as ranges: `17.3.2a - 17.3.6, 17.6.1, 17.9.1 -`, both ends included, an open end allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Releases(Vec<(Option<Release>, Option<Release>)>);

impl FromStr for Releases {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let end = |text: &str| match text.trim() {
            "" => Ok(None),
            text => text.parse().map(Some),
        };
        let mut ranges = Vec::new();
        for range in text.split(',') {
            let (from, to) = range.split_once('-').unwrap_or((range, range));
            let (from, to): (Option<Release>, Option<Release>) = (end(from)?, end(to)?);
            if from.is_none() && to.is_none() {
                return Err(());
            }
            ranges.push((from, to));
        }
        Ok(Self(ranges))
    }
}

impl Releases {
    /// Whether a range ends before it begins: no release lies in it.
    pub fn has_reversed_range(&self) -> bool {
        self.0.iter().any(|(from, to)| from.as_ref().zip(to.as_ref()).is_some_and(|(from, to)| from > to))
    }

    /// Whether a release is in one of the ranges.
    pub fn contains(&self, release: &Release) -> bool {
        self.0.iter().any(|(from, to)| {
            from.as_ref().is_none_or(|from| from <= release) && to.as_ref().is_none_or(|to| release <= to)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Release, Releases};

    fn release(text: &str) -> Release {
        text.parse().unwrap()
    }

    #[test]
    fn releases_have_their_own_order() {
        let ordered = [
            "16.9.1", "16.12.3", "16.12.3a", "16.12.4", "17.03.01", "17.3.1a", "17.3.2", "17.3.2a", "17.12.1",
        ];
        for pair in ordered.windows(2) {
            assert!(release(pair[0]) < release(pair[1]), "{pair:?}");
        }
        assert_eq!(release("17.09.08prd1").cmp(&release("17.9.8")), std::cmp::Ordering::Equal);
        assert!("Amsterdam".parse::<Release>().is_err());
    }

    #[test]
    fn sets_of_trains() {
        let affected: Releases = "17.3.2a - 17.3.6, 17.4.1, 17.6.1 - 17.6.4".parse().unwrap();
        for (text, within) in [
            ("17.3.2", false),
            ("17.3.2a", true),
            ("17.3.6", true),
            ("17.4.1", true),
            ("17.5.1", false),
            ("17.6.5", false),
        ] {
            assert_eq!(affected.contains(&release(text)), within, "{text}");
        }
        assert!("17.3.2 -".parse::<Releases>().unwrap().contains(&release("17.12.1")));
        assert!("-".parse::<Releases>().is_err());
    }
}

//! What the named groups of a rule's patterns captured.

use std::sync::Arc;

/// Values by name, in order of name. Mostly there is none and seldom more than three, and they are handed from condition to condition:
/// a copy shares its texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bindings(Vec<(Arc<str>, Arc<str>)>);

impl Bindings {
    /// No values.
    pub fn new() -> Self {
        Self::default()
    }

    fn find(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| (**known).cmp(name))
    }

    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(self.find(name).ok()?).map(|(_, value)| &**value)
    }

    /// Whether a name has a value.
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_ok()
    }

    /// Adds values of names that have none yet.
    pub fn add(&mut self, others: &Self) {
        for (name, value) in &others.0 {
            if let Err(at) = self.find(name) {
                self.0.insert(at, (name.clone(), value.clone()));
            }
        }
    }

    /// Adds values, also in the place of those that names have.
    pub fn replace(&mut self, others: Self) {
        let before = std::mem::replace(self, others);
        self.add(&before);
    }

    /// The same without the names that `others` have.
    #[must_use]
    pub fn without(&self, others: &Self) -> Self {
        Self(self.0.iter().filter(|(name, _)| !others.has(name)).cloned().collect())
    }

    /// Names and values, in order of name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (&**name, &**value))
    }
}

impl<N: Into<Arc<str>>, V: Into<Arc<str>>> FromIterator<(N, V)> for Bindings {
    /// Of values of the same name the last one counts.
    fn from_iter<I: IntoIterator<Item = (N, V)>>(values: I) -> Self {
        let mut all = Self::default();
        for (name, value) in values {
            all.replace(Self(vec![(name.into(), value.into())]));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::Bindings;

    fn of(pairs: &[(&str, &str)]) -> Bindings {
        pairs.iter().copied().collect()
    }

    #[test]
    fn values_are_added_replaced_and_left_out() {
        let known = of(&[("port", "443"), ("host", "sw1"), ("host", "sw2")]);
        assert_eq!(known.iter().collect::<Vec<_>>(), [("host", "sw2"), ("port", "443")]);
        assert_eq!((known.get("host"), known.get("vrf"), known.has("port")), (Some("sw2"), None, true));
        let more = of(&[("host", "sw3"), ("vrf", "Mgmt-vrf")]);
        let mut added = known.clone();
        added.add(&more);
        assert_eq!(added, of(&[("host", "sw2"), ("port", "443"), ("vrf", "Mgmt-vrf")]));
        let mut replaced = known.clone();
        replaced.replace(more.clone());
        assert_eq!(replaced, of(&[("host", "sw3"), ("port", "443"), ("vrf", "Mgmt-vrf")]));
        assert_eq!(replaced.without(&more), of(&[("port", "443")]));
    }
}

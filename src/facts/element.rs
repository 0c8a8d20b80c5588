//! An element of a list: a licence, a profile, a peer, a member of a stack.

use serde::{Deserialize, Serialize};

use super::{Reading, Value};

/// One element of a list: its fields by name, each with its own place. A handful of fields, in order of name: a fleet has so many
/// elements that a tree for each would take most of its memory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Element(Vec<(Box<str>, Reading)>);

impl Element {
    fn find(&self, field: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(name, _)| (**name).cmp(field))
    }

    /// What a field says, such as `name`, `count`, `status`.
    pub fn get(&self, field: &str) -> Option<&Reading> {
        self.0.get(self.find(field).ok()?).map(|(_, reading)| reading)
    }

    /// The text of a field.
    pub fn text(&self, field: &str) -> Option<&str> {
        match &self.get(field)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Writes a field, in the place of what it said before.
    pub fn insert(&mut self, field: &str, reading: Reading) {
        match self.find(field) {
            Err(at) => self.0.insert(at, (field.into(), reading)),
            Ok(at) => self.0.get_mut(at).into_iter().for_each(|(_, old)| *old = reading.clone()),
        }
    }

    /// Its fields by name.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Reading)> {
        self.0.iter().map(|(name, reading)| (&**name, reading))
    }

    /// What its fields say.
    pub fn readings_mut(&mut self) -> impl Iterator<Item = &mut Reading> {
        self.0.iter_mut().map(|(_, reading)| reading)
    }
}

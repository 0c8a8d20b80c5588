//! The running configuration as a tree: a line is the parent of the deeper indented lines after it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::Place;

/// A running configuration, whole or in part.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Config {
    /// First line of the output, cited when something is absent.
    pub place: Place,
    /// Index into `Capture::seen`.
    pub section: usize,
    /// Whether the whole configuration was seen. A part proves presence, never absence.
    pub whole: bool,
    /// Whether defaults are printed too: `show running-config all`.
    pub with_defaults: bool,
    /// Top-level lines.
    pub lines: Vec<ConfigLine>,
}

/// A line with what is indented under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfigLine {
    /// The line without indentation and trailing blanks; mostly it is the text of its place, and shared with it.
    pub text: Arc<str>,
    /// Where it stands.
    pub place: Place,
    /// Lines under it.
    pub children: Vec<ConfigLine>,
}

impl ConfigLine {
    /// Visits this line and all under it, depth first, with the parents of each (outermost first).
    pub fn walk<'a>(&'a self, parents: &mut Vec<&'a str>, visit: &mut dyn FnMut(&'a Self, &[&'a str])) {
        visit(self, parents);
        parents.push(&self.text);
        for child in &self.children {
            child.walk(parents, visit);
        }
        parents.pop();
    }
}

impl ConfigLine {
    /// Visits the places of this line and of all under it. What is said twice is kept once again.
    pub(super) fn places_mut(&mut self, visit: &mut dyn FnMut(&mut Place)) {
        visit(&mut self.place);
        if self.text == self.place.text {
            self.text = self.place.text.clone();
        }
        self.children.iter_mut().for_each(|child| child.places_mut(visit));
    }
}

impl Config {
    /// Visits every line, depth first, with its parents (outermost first).
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a ConfigLine, &[&'a str])) {
        for line in &self.lines {
            line.walk(&mut Vec::new(), visit);
        }
    }
}

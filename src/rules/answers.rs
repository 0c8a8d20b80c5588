//! What a pattern found in texts: devices of a fleet say the same, and to look it up costs a hundredth of a search.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use super::bindings::Bindings;

/// Bytes of the texts that are remembered. Where every device says something else there is nothing to gain by keeping them all.
const ROOM: usize = 8 << 10;

/// Texts that were searched, with what was captured in them; `None` where there was no match.
pub(super) struct Answers(RwLock<Known>);

struct Known {
    by_text: HashMap<Box<str>, Option<Bindings>>,
    /// Bytes that are left for more.
    room: usize,
}

impl Answers {
    /// What is remembered of a text, else what `search` says.
    pub(super) fn of(&self, text: &str, search: impl FnOnce() -> Option<Bindings>) -> Option<Bindings> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let (answer, room) = (known.by_text.get(text).cloned(), known.room);
        drop(known);
        answer.unwrap_or_else(|| {
            let found = search();
            if text.len() <= room {
                self.0.write().unwrap_or_else(PoisonError::into_inner).add(text, found.as_ref());
            }
            found
        })
    }
}

impl Default for Answers {
    fn default() -> Self {
        Self(RwLock::new(Known { by_text: HashMap::new(), room: ROOM }))
    }
}

impl Known {
    fn add(&mut self, text: &str, found: Option<&Bindings>) {
        // Another thread may have taken the room in the meantime, or met the same text.
        if let Some(room) = self.room.checked_sub(text.len())
            && self.by_text.insert(text.into(), found.cloned()).is_none()
        {
            self.room = room;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_searched_once_as_long_as_there_is_room() {
        let answers = Answers::default();
        let searches = std::cell::Cell::new(0);
        let ask = |text: &str| {
            answers.of(text, || {
                searches.set(searches.get() + 1);
                text.starts_with('a').then(|| [("all", text)].into_iter().collect())
            })
        };
        let long = "a".repeat(ROOM);
        for (text, expected) in [("b", 1), ("abc", 2), ("abc", 2), ("b", 2), (long.as_str(), 3), (&long, 4)] {
            let found = ask(text);
            assert_eq!(found.as_ref().and_then(|it| it.get("all")), text.starts_with('a').then_some(text));
            assert_eq!(searches.get(), expected, "{} bytes", text.len());
        }
    }
}

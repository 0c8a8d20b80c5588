//! Text with values filled in: `{captured}`, `{fact.key}`, `{name|filter}`, and `[[parts that are left out]]` unless every
//! value in them is known. `{{`, `}}` are braces.
//!
//! Outside such parts a value that is not in evidence stays a visible `<placeholder>`: a wrong command is worse than none.

use std::fmt;
use std::sync::OnceLock;

/// A filter behind a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Milliseconds since 1970 to a UTC date and time.
    EpochMs,
    /// Days from now to a time.
    DaysUntil,
    /// How long ago a time was, in words.
    Age,
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// As it stands.
    Text(String),
    /// A value by the name of a captured group or a fact key.
    Value(String, Option<Filter>),
    /// Left out unless every value in it is known.
    Optional(Vec<Piece>),
}

/// A template. Its pieces are read when it is first filled: of all the texts of all rules a run needs a few.
#[derive(Clone, Default)]
pub struct Template {
    written: String,
    pieces: OnceLock<Vec<Piece>>,
}

/// Gives the words for a name and filter, or `None` where they are not in evidence.
pub type Lookup<'l> = dyn Fn(&str, Option<Filter>) -> Option<String> + 'l;

impl Template {
    /// Takes a template as written; `check` says what is wrong with it.
    pub fn new(written: impl Into<String>) -> Self {
        Self { written: written.into(), pieces: OnceLock::new() }
    }

    /// `Err` is a sentence about what is wrong with it. Such a template is filled in as it stands.
    pub fn check(&self) -> Result<(), String> {
        pieces(&self.written).map(|_| ())
    }

    /// Names and filters of the values, in order.
    pub fn values(&self) -> Vec<(String, Option<Filter>)> {
        let mut found = Vec::new();
        values_in(self.pieces(), &mut found);
        found
    }

    /// Names of the values, in order.
    pub fn names(&self) -> Vec<String> {
        self.values().into_iter().map(|(name, _)| name).collect()
    }

    /// Fills it in.
    pub fn fill(&self, lookup: &Lookup<'_>) -> String {
        let mut out = String::new();
        for piece in self.pieces() {
            fill(piece, lookup, &mut out);
        }
        out
    }

    fn pieces(&self) -> &[Piece] {
        let read = || pieces(&self.written).unwrap_or_else(|_| vec![Piece::Text(self.written.clone())]);
        self.pieces.get_or_init(read)
    }
}

/// Whether it was read yet is nobody's business.
impl fmt::Debug for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Template").field(&self.written).finish()
    }
}

fn pieces(written: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = written;
    while let Some((before, from)) = rest.split_once("[[") {
        let (inner, behind) = from.split_once("]]").ok_or("a `[[` is not closed by `]]`")?;
        split(before, &mut pieces)?;
        let mut optional = Vec::new();
        split(inner, &mut optional)?;
        pieces.push(Piece::Optional(optional));
        rest = behind;
    }
    split(rest, &mut pieces)?;
    Ok(pieces)
}

fn values_in(pieces: &[Piece], found: &mut Vec<(String, Option<Filter>)>) {
    for piece in pieces {
        match piece {
            Piece::Text(_) => {}
            Piece::Value(name, filter) => found.push((name.clone(), *filter)),
            Piece::Optional(inner) => values_in(inner, found),
        }
    }
}

fn fill(piece: &Piece, lookup: &Lookup<'_>, out: &mut String) {
    match piece {
        Piece::Text(text) => out.push_str(text),
        Piece::Value(name, filter) => match lookup(name, *filter) {
            Some(value) => out.push_str(&value),
            None => out.push_str(&placeholder(name)),
        },
        Piece::Optional(inner) => {
            let known = |piece: &Piece| match piece {
                Piece::Value(name, filter) => lookup(name, *filter).is_some(),
                Piece::Text(_) | Piece::Optional(_) => true,
            };
            if inner.iter().all(known) {
                for piece in inner {
                    fill(piece, lookup, out);
                }
            }
        }
    }
}

/// `<host>` for `{license.destination.host}`: the last segment, as people write placeholders.
fn placeholder(name: &str) -> String {
    format!("<{}>", name.rsplit('.').next().unwrap_or(name).replace('_', "-"))
}

/// Splits at `{name}` and adds the pieces.
fn split(written: &str, pieces: &mut Vec<Piece>) -> Result<(), String> {
    let mut text = String::new();
    let mut rest = written;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        if let Some(behind) = from.strip_prefix("{{") {
            text.push('{');
            rest = behind;
        } else if let Some(behind) = from.strip_prefix("}}") {
            text.push('}');
            rest = behind;
        } else if let Some((name, behind)) = from.strip_prefix('{').and_then(|it| it.split_once('}')) {
            add_text(&mut text, pieces);
            pieces.push(value(name)?);
            rest = behind;
        } else {
            return Err("a brace is not closed; write `{{` or `}}` for a brace of the text".to_owned());
        }
    }
    text.push_str(rest);
    add_text(&mut text, pieces);
    Ok(())
}

fn add_text(text: &mut String, pieces: &mut Vec<Piece>) {
    if !text.is_empty() {
        pieces.push(Piece::Text(std::mem::take(text)));
    }
}

fn value(inner: &str) -> Result<Piece, String> {
    let (name, filter) = match inner.split_once('|') {
        Some((name, filter)) => (name.trim(), Some(filter.trim())),
        None => (inner.trim(), None),
    };
    let filter = match filter {
        None => None,
        Some("epoch_ms") => Some(Filter::EpochMs),
        Some("days_until") => Some(Filter::DaysUntil),
        Some("age") => Some(Filter::Age),
        Some(other) => {
            return Err(format!("there is no filter `{other}`; there are epoch_ms, days_until and age"));
        }
    };
    if name.is_empty() {
        return Err("a name is missing between the braces".to_owned());
    }
    Ok(Piece::Value(name.to_owned(), filter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_braces_and_placeholders() {
        let template = Template::new("{{x}} ping {license.destination.host} by {date|epoch_ms}");
        assert_eq!(template.names(), ["license.destination.host", "date"]);
        let may = |name: &str, filter| {
            (name == "date" && filter == Some(Filter::EpochMs)).then(|| "May".to_owned())
        };
        assert_eq!(template.fill(&may), "{x} ping <host> by May");
    }

    #[test]
    fn optional_parts_need_all_their_values() {
        let template = Template::new("Refused.[[ Tried {a}, next {b}.]][[ Then {a}.]]");
        assert_eq!(template.names(), ["a", "b", "a"]);
        assert_eq!(template.fill(&|name, _| (name == "a").then(|| "now".to_owned())), "Refused. Then now.");
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (written, text) in [
            ("a {b", "a brace is not closed; write `{{` or `}}` for a brace of the text"),
            ("{a|upper}", "there is no filter `upper`; there are epoch_ms, days_until and age"),
            ("{}", "a name is missing between the braces"),
            ("a [[b", "a `[[` is not closed by `]]`"),
        ] {
            assert_eq!(Template::new(written).check().unwrap_err(), text);
        }
    }
}

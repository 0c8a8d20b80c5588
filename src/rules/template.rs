//! Text with values filled in: `{captured}`, `{fact.key}`, `{name|filter}`. `{{` and `}}` are braces.
//!
//! A value that is not in evidence stays a visible `<placeholder>`: a wrong command is worse than none.

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
}

/// A template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template(pub Vec<Piece>);

impl Template {
    /// Reads a template. `Err` is a sentence about what is wrong with it.
    pub fn parse(written: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
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
                if !text.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut text)));
                }
                pieces.push(value(name)?);
                rest = behind;
            } else {
                return Err("a brace is not closed; write `{{` or `}}` for a brace of the text".to_owned());
            }
        }
        text.push_str(rest);
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
        Ok(Self(pieces))
    }

    /// Names of the values, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Value(name, _) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// Fills it in. `value` gives the words for a name and filter, or `None` where they are not in evidence.
    pub fn fill(&self, value: &dyn Fn(&str, Option<Filter>) -> Option<String>) -> String {
        let fill = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Value(name, filter) => value(name, *filter).unwrap_or_else(|| placeholder(name)),
        };
        self.0.iter().map(fill).collect()
    }
}

/// `<host>` for `{license.destination.host}`: the last segment, as people write placeholders.
fn placeholder(name: &str) -> String {
    format!("<{}>", name.rsplit('.').next().unwrap_or(name).replace('_', "-"))
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
        let template = Template::parse("{{x}} ping {license.destination.host} by {date|epoch_ms}").unwrap();
        assert_eq!(template.names().collect::<Vec<_>>(), ["license.destination.host", "date"]);
        let text = template.fill(&|name, filter| {
            (name == "date" && filter == Some(Filter::EpochMs)).then(|| "May".to_owned())
        });
        assert_eq!(text, "{x} ping <host> by May");
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert_eq!(
            Template::parse("a {b").unwrap_err(),
            "a brace is not closed; write `{{` or `}}` for a brace of the text"
        );
        assert_eq!(
            Template::parse("{a|upper}").unwrap_err(),
            "there is no filter `upper`; there are epoch_ms, days_until and age"
        );
    }
}

//! The table of facts: what a rule can ask for, and the command that shows it.

use super::cell;
use crate::facts::key::{KEYS, Kind};

/// The page.
pub(super) fn table() -> String {
    let rows = KEYS
        .iter()
        .map(|key| {
            let kind = match key.kind {
                Kind::Text => "text".to_owned(),
                Kind::Number => "number".to_owned(),
                Kind::Bool => "true or false".to_owned(),
                Kind::Time => "time".to_owned(),
                Kind::List(fields) => format!("list of {}", fields.join(", ")),
            };
            let shown_by = key.shown_by.join(", ");
            format!("| `{}` | {} | {} | {} |\n", key.name, kind, cell(key.doc), shown_by)
        })
        .collect::<Vec<String>>()
        .concat();
    format!(
        "# Facts\n\nKeys for `fact` conditions, and with `{{key}}` for texts. `*` stands for one word. A fact is taken to be \
         absent only where a whole output of one of the commands was seen without it.\n\n\
         | Key | Kind | Meaning | Shown by |\n|---|---|---|---|\n{rows}"
    )
}

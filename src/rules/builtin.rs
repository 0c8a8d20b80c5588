//! The built-in rules: a table made by the build script, so that no YAML is parsed at start, and the texts it was made of.
//!
//! A hundred rules through the YAML parser cost 15 ms, several times a whole short run; decoding the table costs a
//! fraction of one.

use super::schema;

include!(concat!(env!("OUT_DIR"), "/builtin_rules.rs"));

/// A rule as written with the SHA-256 of its text.
pub type Entry = (schema::Rule, [u8; 32]);

/// The rules by path. They carry no places: those are in the texts.
pub fn entries() -> Vec<Entry> {
    // The table was written by the same types in the same build; a test decodes it.
    postcard::from_bytes(TABLE).unwrap_or_default()
}

/// Path and text of every built-in rule and examples file, by path. Read only by `rules check`, `rules test` and `rules docs`.
pub fn texts() -> &'static [(&'static str, &'static str)] {
    TEXTS
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_table_holds_every_rule_file() {
        let entries = postcard::from_bytes::<Vec<Entry>>(TABLE).unwrap();
        let ids: Vec<&str> = entries.iter().map(|(rule, _)| rule.id.as_str()).collect();
        let files = texts().iter().filter(|(path, _)| !path.contains(".test."));
        let names: Vec<&str> =
            files.map(|(path, _)| Path::new(path).file_stem().unwrap().to_str().unwrap()).collect();
        assert_eq!(ids, names, "a built-in rule is named as its file");
    }
}

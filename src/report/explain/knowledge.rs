//! What `sldiag explain` knows beside the rules: pages (one file each), a table of log messages, a table of failure reasons.
//!
//! The texts are embedded by the build script and read only here, so that no other command pays for them. Their form is
//! checked by tests; a line that says nothing is skipped.

use super::record::Record;

include!(concat!(env!("OUT_DIR"), "/knowledge.rs"));

/// All of `knowledge/`.
#[derive(Debug)]
pub struct Knowledge {
    /// Pages by path: the background first, then the scenarios.
    pub pages: Vec<Article>,
    /// Log messages.
    pub messages: Vec<Entry>,
    /// Failure reasons, and the values of `Last Response` and of states.
    pub reasons: Vec<Entry>,
}

/// A page: of a scenario, or of background.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// The name of its file.
    pub id: String,
    /// Scenario that it is the page of.
    pub scenario: Option<u8>,
    /// `classic`, `policy`, or `both`.
    pub era: String,
    /// One line.
    pub title: String,
    /// What is said of the certainty of its facts, where they could not be verified.
    pub unverified: Option<String>,
    /// Other pages, by id or scenario number.
    pub see: Vec<String>,
    /// Titles of sources, each with an address where it has one.
    pub references: Vec<(String, Option<String>)>,
    /// Heading and text of each section.
    pub sections: Vec<(String, String)>,
}

/// A log message or a failure reason: what it means and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Names: `FACILITY-MNEMONIC` of a message (`*` at the end stands for more), the row of a failure reason (`C13`).
    pub names: Vec<String>,
    /// What devices print; `<...>` stands for what changes.
    pub texts: Vec<String>,
    /// The text must be the whole of what was printed: it occurs in others.
    pub whole: bool,
    /// A word that stands in the log line where the same text has another meaning with another server.
    pub peer: Option<String>,
    /// `classic`, `policy`, or `both`.
    pub era: String,
    /// Scenarios that it may belong to, the likeliest first.
    pub scenarios: Vec<u8>,
    /// What it means.
    pub means: String,
    /// What to do, each with commands.
    pub steps: Vec<(String, Vec<String>)>,
    /// What is said of its certainty, where the wording could not be verified.
    pub unverified: Option<String>,
}

impl Knowledge {
    /// Reads all of it.
    pub fn read() -> Self {
        let table = |name: &str| {
            let text = TEXTS.iter().find(|(path, _)| *path == name).map_or("", |(_, text)| text);
            Record::all(text).iter().map(Entry::of).collect()
        };
        Self {
            pages: TEXTS.iter().filter_map(|(path, text)| Article::of(path, text)).collect(),
            messages: table("knowledge/messages.txt"),
            reasons: table("knowledge/reasons.txt"),
        }
    }

    /// The page of a scenario.
    pub fn scenario(&self, number: u8) -> Option<&Article> {
        self.pages.iter().find(|page| page.scenario == Some(number))
    }

    /// The page with this id.
    pub fn page(&self, id: &str) -> Option<&Article> {
        self.pages.iter().find(|page| page.id.eq_ignore_ascii_case(id))
    }
}

impl Article {
    fn of(path: &str, text: &str) -> Option<Self> {
        let id = path.rsplit('/').next()?.strip_suffix(".md")?;
        let (head, body) = text.strip_prefix("---\n")?.split_once("\n---\n")?;
        let records = Record::all(head);
        let head = records.first()?;
        Some(Self {
            id: id.to_owned(),
            scenario: head.scenarios().first().copied(),
            era: head.first("era").unwrap_or("both").to_owned(),
            title: head.first("title")?.to_owned(),
            unverified: head.first("unverified").map(str::to_owned),
            see: head.every("see").map(str::to_owned).collect(),
            references: head.every("reference").map(reference).collect(),
            sections: sections(body),
        })
    }
}

impl Article {
    /// Whether its text or references hold the words, in any case.
    pub fn mentions(&self, words: &str) -> bool {
        let words = words.to_lowercase();
        let references = self.references.iter().map(|(title, _)| title);
        let texts = self.sections.iter().flat_map(|(heading, text)| [heading, text]).chain(references);
        texts.chain([&self.title]).any(|text| text.to_lowercase().contains(&words))
    }
}

/// `title | address`, the address optional.
fn reference(written: &str) -> (String, Option<String>) {
    match written.split_once(" | ") {
        Some((title, url)) => (title.to_owned(), Some(url.to_owned())),
        None => (written.to_owned(), None),
    }
}

fn sections(body: &str) -> Vec<(String, String)> {
    let parts = body.split("\n## ").skip(usize::from(!body.starts_with("## ")));
    parts.filter_map(|part| part.trim_start_matches("## ").split_once('\n')).map(section).collect()
}

fn section((heading, text): (&str, &str)) -> (String, String) {
    (heading.trim().to_owned(), text.trim_matches('\n').to_owned())
}

impl Entry {
    /// A log message, not a failure reason.
    pub fn is_message(&self) -> bool {
        self.names.iter().any(|name| name.contains('-'))
    }

    fn of(record: &Record) -> Self {
        let every = |key: &str| record.every(key).map(str::to_owned).collect::<Vec<_>>();
        Self {
            names: record.every("name").flat_map(str::split_whitespace).map(str::to_owned).collect(),
            texts: every("text"),
            whole: record.first("whole").is_some(),
            peer: record.first("peer").map(str::to_owned),
            era: record.first("era").unwrap_or("both").to_owned(),
            scenarios: record.scenarios(),
            means: record.first("means").unwrap_or_default().to_owned(),
            steps: steps(record),
            unverified: record.first("unverified").map(str::to_owned),
        }
    }
}

/// `do:` lines, each with the `run:` lines behind it.
fn steps(record: &Record) -> Vec<(String, Vec<String>)> {
    let mut steps: Vec<(String, Vec<String>)> = Vec::new();
    for (key, value) in record.lines() {
        match (key, steps.last_mut()) {
            ("do", _) => steps.push((value.to_owned(), Vec::new())),
            ("run", Some((_, commands))) => commands.push(value.to_owned()),
            _ => {}
        }
    }
    steps
}

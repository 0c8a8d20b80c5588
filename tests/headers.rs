//! Every message of a collection of real logs, where it is at hand: each line with the name of a message gives a record, and
//! nearly all of those that print a time give it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use regex::Regex;
use sldiag::base::Source;
use sldiag::parse::{Setting, Wanted, records};
use sldiag::text::Line;

/// The collection, beside the checkout or beside its parent; tests that need it have nothing to say without it.
fn noise() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    ["../shared/corpus/noise", "../../shared/corpus/noise"]
        .iter()
        .map(|it| root.join(it))
        .find(|it| it.is_dir())
}

/// File name and text of each log, by name.
fn logs() -> Vec<(String, String)> {
    let Some(folder) = noise() else { return Vec::new() };
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == "txt"));
    paths.sort();
    let text = |path: &PathBuf| String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
    paths.iter().map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), text(path))).collect()
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    /// Lines with the name of a message.
    tagged: usize,
    /// Of those, lines that gave a record.
    records: usize,
    /// Of those that print a time of day before the name, and those of them whose record has it.
    with_time: usize,
    stamps: usize,
    /// Records with a year.
    years: usize,
}

#[test]
fn every_tagged_line_gives_a_record() {
    let tag = Regex::new(r"(?:^|[^\w.])%([A-Z]\w*(?:-\w+)*?)-[0-7]-(\w+)").unwrap();
    let clock = Regex::new(r"(?:[A-Z][a-z]{2} +\d+|\d{4}|T)[ T]*\d+:\d\d:\d\d").unwrap();
    let mut total = Count::default();
    let mut without = Vec::new();
    for (name, text) in logs() {
        let names: Vec<String> =
            tag.captures_iter(&text).map(|it| format!("{}-{}", &it[1], &it[2])).collect();
        let wanted = Wanted::new(names);
        let source = Source::new(name.as_str(), text.clone());
        for (number, text) in source.lines() {
            let Some(found) = tag.find(text) else { continue };
            let line = Line::new(number, text.trim_end());
            let records = records(&[line], Setting::Log, 0, &source, &wanted).records;
            let has_time = clock.is_match(text.get(..found.start() + 1).unwrap_or_default());
            total.tagged += 1;
            total.records += records.len();
            total.with_time += usize::from(has_time);
            let stamp = records.first().and_then(|it| it.stamp.as_ref());
            total.stamps += usize::from(has_time && stamp.is_some());
            total.years += usize::from(stamp.is_some_and(|it| it.year_known));
            if records.is_empty() {
                without.push(format!("{name}:{number}: {text}"));
            }
        }
    }
    if total.tagged == 0 {
        return;
    }
    println!("{total:?}, without a record: {without:#?}");
    assert!(total.tagged > 1000, "the collection is there, but not in it: {total:?}");
    assert_eq!(total.stamps, total.with_time, "a printed time is read");
    // A name that neither a colon nor a header marks as a message is prose: one line in this collection.
    assert!(total.records + 1 >= total.tagged, "{without:#?}");
}

#[test]
fn the_hosts_of_the_server_files_are_named() {
    let wanted =
        Wanted::new(["LINK-CHANGED", "ROUTING-BGP-MAXPFX", "STP-BLOCK_BPDUGUARD", "CAPWAP-DISC_INTF_ERR2"]);
    let mut origins = BTreeSet::new();
    for (name, text) in logs() {
        let source = Source::new(name.as_str(), text);
        let lines: Vec<Line<'_>> = source.lines().map(|(number, text)| Line::new(number, text)).collect();
        let found = records(&lines, Setting::Log, 0, &source, &wanted);
        if name.starts_with("syslog-server-lines") {
            origins.extend(found.records.into_iter().filter_map(|it| it.origin));
        }
    }
    if noise().is_some() {
        assert_eq!(
            origins.iter().map(|it| &**it).collect::<Vec<_>>(),
            ["NetAuto_CSRv-03", "router1", "switch01", "vmx01", "xxxxx"]
        );
    }
}

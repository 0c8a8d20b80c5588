//! What to do about a fault, in a sentence or two: the hint below the message.

use super::fault::{BRACES, BRACKETS, FaultKind, Unbound};

/// Up to this many words are listed in full.
const FEW: usize = 20;

/// A word that is longer, in bytes, was meant for no key: nothing is near to it, and to look would take long.
const LONGEST_WORD: usize = 100;

/// The hint for a fault.
pub(super) fn of(kind: &FaultKind) -> String {
    match kind {
        FaultKind::BadYaml { why } => yaml(why),
        FaultKind::UnknownKey { key, known } => one_of(key, known, "keys"),
        FaultKind::UnknownWord { word, known } => one_of(word, known, "words"),
        FaultKind::MissingKey { key } => missing(key),
        FaultKind::DuplicateKey { .. } => "keep one of the two; to test a thing twice, list both tests under `all`".to_owned(),
        FaultKind::WrongType { found, expected } => wrong_type(found, expected),
        FaultKind::Budget { .. } => "a rule file holds one rule; cut it, or split it into several files".to_owned(),
        FaultKind::Empty { advice, .. } => (*advice).to_owned(),
        FaultKind::Unreadable { .. } => {
            "check that the path exists, that you may read it and that it is UTF-8 text; `--rules` takes files and directories".to_owned()
        }
        FaultKind::BadId { id } => format!("write small letters, digits and single hyphens, such as `{}`", kebab(id)),
        FaultKind::BadScenario { .. } => {
            "scenarios are numbered 1 to 45; leave the key out for a problem outside every scenario".to_owned()
        }
        FaultKind::UnknownFact { near, .. } => {
            did_you_mean(near.as_deref(), "`sldiag rules docs` lists every fact with the command that shows it")
        }
        FaultKind::UnknownField { field, known, .. } => {
            format!("{}; inside `where` a key is a field of the element", one_of(field, known, "fields"))
        }
        FaultKind::WrongKind { fitting, .. } => format!("what fits: {fitting}"),
        FaultKind::BadRegex { why } => regex(why),
        FaultKind::BadMnemonic { .. } => {
            "write FACILITY-MNEMONIC in capitals as in the log, with or without severity digit: `SMART_LIC-COMM_FAILED`, `%SMART_LIC-3-COMM_FAILED`".to_owned()
        }
        FaultKind::NoLiteral { condition: "event" } => {
            "add `name: SAEVT_...`, a `text` that is found in the event, or both".to_owned()
        }
        FaultKind::NoLiteral { .. } => {
            "add `mnemonic: FACILITY-MNEMONIC`: only lines with a known name are looked at, `text` then narrows them".to_owned()
        }
        FaultKind::BadDuration { .. } => "write a number and s, m, h or d: `90s`, `20m`, `12h`, `30d`".to_owned(),
        FaultKind::BadRelease { .. } => {
            "write releases and ranges with commas between: `16.9.1 - 17.3.1, 17.6.1, 17.9.1 -`".to_owned()
        }
        FaultKind::BadRange { advice, .. } => (*advice).to_owned(),
        FaultKind::BadTemplate { .. } => {
            "`{name}` or `{name|filter}` is filled in; write `{{` and `}}` for braces of the text".to_owned()
        }
        FaultKind::UnboundName { name, why, near } => unbound(name, *why, near.as_deref()),
        FaultKind::DuplicateId { .. } => "rename one of the two; only a built-in rule is replaced by its id".to_owned(),
        FaultKind::UnknownRule { near, .. } => {
            did_you_mean(near.as_deref(), "`sldiag rules list` shows all ids; load the other rule with `--rules` too")
        }
        FaultKind::CauseCircle { .. } => {
            "a cause comes first: remove the weakest of these `causes`, or use `alternatives` for rules that explain the same symptom".to_owned()
        }
        FaultKind::NoExamples { file, .. } => no_examples(file),
        FaultKind::MoreFaults { .. } => "mend those below, then check again".to_owned(),
        FaultKind::Unfinished { .. } => {
            "`rules new` wrote it: write what it asks for, or remove the key where it may be left out".to_owned()
        }
        FaultKind::NeverFires { .. } => {
            "put alternatives under `any` in place of `all`, or drop one of the two".to_owned()
        }
        FaultKind::Slow { .. } => {
            "a pattern is found anywhere in its text: leave out what may stand before, and bound repetitions".to_owned()
        }
        FaultKind::BadExample { .. } => "give each example a `name` and either `input` (one text) or `files` (several)".to_owned(),
    }
}

/// The word nearest to `word`, where one is near enough to be meant.
pub(super) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    if word.len() > LONGEST_WORD {
        return None;
    }
    let distances = known.into_iter().map(|it| (strsim::damerau_levenshtein(it, word), it));
    distances.min().filter(|(distance, _)| *distance <= 1 + word.len() / 3).map(|(_, it)| it)
}

fn did_you_mean(near: Option<&str>, otherwise: &str) -> String {
    match near {
        Some(near) => format!("did you mean `{near}`? {otherwise}"),
        None => otherwise.to_owned(),
    }
}

fn one_of(word: &str, known: &[String], what: &str) -> String {
    let near = nearest(word, known.iter().map(String::as_str));
    let list = match known.len() {
        0 => format!("no {what} are allowed here"),
        1..=FEW => format!("the {what} here are {}", known.join(", ")),
        _ => format!("`sldiag rules docs` lists the {what}"),
    };
    did_you_mean(near, &list)
}

/// A name without a value: where to capture it.
fn unbound(name: &str, why: Unbound, near: Option<&str>) -> String {
    match why {
        Unbound::Nowhere => did_you_mean(
            near,
            "capture it in a condition with `(?<name>...)`, or use a fact key, `device`, `log.count`, `log.first` or `log.last`",
        ),
        Unbound::Later => format!(
            "put the condition with `(?<{name}>...)` first: `applies` is judged before `when`, then come `unless`, `recovered_by`, `severity` and the steps, and a list goes from top to bottom"
        ),
        Unbound::Inside("`not`") => format!(
            "what stands under `not` must not be found, so it captures nothing: write `(?<{name}>...)` in a condition that must hold"
        ),
        Unbound::Inside(_) => format!("write `(?<{name}>...)` in a condition of `when`"),
        Unbound::NotCaptured => {
            let short = name.rsplit('.').next().unwrap_or(name);
            format!(
                "capture the value first: `fact: {{key: {name}, matches: '(?<{short}>.+)'}}`, then write `{{{short}}}`"
            )
        }
    }
}

fn missing(key: &str) -> String {
    let form = match key {
        "id" => "id: name-of-the-problem",
        "title" => "title: The problem in one line",
        "severity" => "severity: error",
        "when" => "when: {log: {mnemonic: SMART_LIC-COMM_FAILED}}",
        "message" => "message: What is wrong on this device",
        "explain" => "explain: Why this happens",
        "next_steps" => "next_steps: [{do: What to do, effect: read-only}]",
        "effect" => "effect: read-only",
        "key" => "key: license.registration.status",
        "where" => "where: {fact: {key: name, equals: CiscoTAC-1}}",
        "in" => "in: call_home.profiles",
        "name" => "name: What the capture is",
        _ => return format!("add `{key}:`; `sldiag rules schema` describes every key"),
    };
    format!("add it, such as `{form}`")
}

fn wrong_type(found: &str, expected: &str) -> String {
    let hint = match expected {
        "a list" => "write it as a list: `[one, two]`, or one line each that begins with a hyphen",
        "a condition" | "a single condition" => {
            "a condition is one key such as `log:` or `fact:`; put several under `all:` or `any:`"
        }
        "a whole number" => "write digits without quotes, such as 3",
        "`true` or `false`" => "write `true` or `false`; `yes`, `no`, `on` and `off` are texts in YAML 1.2",
        "a map of keys and values" => {
            "write `key: value` below it; `sldiag rules schema` describes every key"
        }
        _ if found == BRACES => {
            "quote the text, as in '{device} does not answer': without quotes a `{` begins a map"
        }
        _ if found == BRACKETS => "quote the text, as in '[a-z]+': without quotes a `[` begins a list",
        _ if found.starts_with("floating point") => {
            "put it in quotes: \"16.12\" is a text, 16.12 without quotes is a decimal number"
        }
        _ => {
            "check the indentation and whether a hyphen, a value or quotes are missing; `sldiag rules schema` describes every key"
        }
    };
    hint.to_owned()
}

fn yaml(why: &str) -> String {
    if why.contains("document") {
        return "one rule a file: cut at the `---` and put each rule in a file of its own".to_owned();
    }
    if why.contains("flow sequence") || why.contains("flow mapping") {
        return "quote the text: inside `[...]` and `{...}` a text that holds a brace, a bracket or a comma needs quotes, as in `['ping {host}']`; or a closing bracket is missing".to_owned();
    }
    "look at the line and the one above: a missing quote, a tab, a wrong indentation or a `: ` inside a text; put texts with `: `, `#`, `{` or `%` in quotes".to_owned()
}

fn regex(why: &str) -> String {
    let hint = if why.contains("capture group") {
        "a named group is written `(?<name>...)`: letters, digits and `_`, a `>`, what is captured, and a `)`; each name once in a pattern"
    } else if why.contains("unclosed group") {
        "a `(` has no `)`: close the group, or write `\\(` for a bracket of the text"
    } else if why.contains("unopened group") {
        "a `)` has no `(`: open the group, or write `\\)` for a bracket of the text"
    } else if why.contains("character class") {
        "a `[` has no `]`: close the class, or write `\\[` for a bracket of the text"
    } else if why.contains("repetition") {
        "`*`, `+`, `?` and `{2,5}` repeat what stands before them; write `\\*` for a star of the text"
    } else if why.contains("look-around") {
        "there is no look-around; write a second condition under `not`, or capture what may stand there"
    } else if why.contains("backreference") {
        "there are no backreferences; capture the value with `(?<name>...)` and use `{name}` in a later condition"
    } else if why.contains("size limit") {
        "lower the repetitions (`{1,500}`), or leave them open (`+`): each is built out in full"
    } else {
        "escape what is meant literally: `\\(`, `\\[`, `\\.`; in YAML a pattern is safest in single quotes"
    };
    hint.to_owned()
}

fn no_examples(file: &str) -> String {
    format!(
        "write them in {file}: at least one under `fires`, two under `silent` (one with `near_miss: true`), and one under `unknown` where the rule uses `not` or `unless`; `sldiag rules docs DIR` describes them in DIR/examples.md"
    )
}

/// The id as it would be written right.
fn kebab(id: &str) -> String {
    let mut out = String::new();
    for c in id.chars() {
        match c {
            'A'..='Z' if out.ends_with(|it: char| it.is_ascii_lowercase()) => {
                out.push('-');
                out.push(c.to_ascii_lowercase());
            }
            _ if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            _ if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    let out = out.trim_end_matches('-').trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    if out.is_empty() { "name-of-the-problem".to_owned() } else { out.to_owned() }
}

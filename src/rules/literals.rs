//! Literals of which every match of a pattern holds one: where none is in a text, the pattern need not be compiled to know
//! that it is not found. Compiling the patterns of all rules costs several times as much as all else in a short run.
//!
//! The build script reads this file too, so the literals of built-in rules are worked out when the crate is built.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind};

/// More alternatives than these cost more time to look for than a compiled pattern takes.
const MOST: usize = 48;
/// Texts that a run of exact parts may stand for.
const MOST_EXACT: usize = 12;
/// Bytes of a literal that is worth looking for.
const SHORTEST: usize = 2;

/// The literals of a pattern in lower case, looked for without regard to case. Empty where nothing is known: a pattern
/// that does not parse, or one whose matches have no text in common.
///
/// The pattern is read as `Pattern` compiles it: classes and case of ASCII.
pub(crate) fn literals(pattern: &str) -> Vec<String> {
    if pattern.len() > LONGEST {
        return Vec::new();
    }
    let parsed = ParserBuilder::new().unicode(false).utf8(false).build().parse(pattern);
    let found = parsed.ok().and_then(|hir| required(&hir));
    found.and_then(|all| all.into_iter().map(|it| String::from_utf8(it).ok()).collect()).unwrap_or_default()
}

/// Bytes of a pattern that are read for it; a longer one is refused by `rules check` in any case.
const LONGEST: usize = 16 << 10;

type Literals = Vec<Vec<u8>>;

/// Literals of which every match holds one, the longest there are.
fn required(hir: &Hir) -> Option<Literals> {
    match hir.kind() {
        HirKind::Concat(parts) => of_concat(parts),
        HirKind::Alternation(parts) => {
            let all: Option<Vec<Literals>> = parts.iter().map(required).collect();
            all.map(|it| it.concat()).filter(|it| it.len() <= MOST)
        }
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub),
        HirKind::Capture(capture) => required(&capture.sub),
        _ => exact(hir).filter(|it| worth(it) >= SHORTEST),
    }
}

/// The best of the runs of exact parts and of what the parts between them require.
fn of_concat(parts: &[Hir]) -> Option<Literals> {
    let mut best: Option<Literals> = None;
    let mut run: Literals = vec![Vec::new()];
    let mut keep = |found: Literals| {
        if worth(&found) >= SHORTEST.max(best.as_ref().map_or(0, |it| worth(it) + 1)) {
            best = Some(found);
        }
    };
    for part in parts {
        let longer = exact(part).and_then(|it| cross(&run, &it));
        if let Some(longer) = longer {
            run = longer;
            continue;
        }
        keep(std::mem::replace(&mut run, vec![Vec::new()]));
        if let Some(found) = required(part) {
            keep(found);
        }
    }
    keep(run);
    best
}

/// Length of the shortest.
fn worth(literals: &Literals) -> usize {
    literals.iter().map(Vec::len).min().unwrap_or_default()
}

/// All texts that match, in lower case, where they are few.
fn exact(hir: &Hir) -> Option<Literals> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(vec![Vec::new()]),
        HirKind::Literal(literal) => Some(vec![literal.0.to_ascii_lowercase()]),
        HirKind::Class(Class::Bytes(class)) => {
            let mut bytes: Vec<u8> = class.iter().flat_map(|it| it.start()..=it.end()).collect();
            bytes.make_ascii_lowercase();
            bytes.sort_unstable();
            bytes.dedup();
            (bytes.len() <= MOST_EXACT / 2).then(|| bytes.into_iter().map(|it| vec![it]).collect())
        }
        HirKind::Capture(capture) => exact(&capture.sub),
        HirKind::Concat(parts) => {
            parts.iter().try_fold(vec![Vec::new()], |all, part| cross(&all, &exact(part)?))
        }
        HirKind::Alternation(parts) => {
            let all: Option<Vec<Literals>> = parts.iter().map(exact).collect();
            all.map(|it| it.concat()).filter(|it| it.len() <= MOST_EXACT)
        }
        HirKind::Repetition(it) if it.max == Some(1) => {
            let mut all = exact(&it.sub)?;
            if it.min == 0 {
                all.push(Vec::new());
            }
            Some(all)
        }
        HirKind::Class(Class::Unicode(_)) | HirKind::Repetition(_) => None,
    }
}

/// Each of the first followed by each of the second.
fn cross(first: &Literals, second: &Literals) -> Option<Literals> {
    if first.len() * second.len() > MOST_EXACT {
        return None;
    }
    let pairs = first.iter().flat_map(|head| second.iter().map(move |tail| [head.as_slice(), tail].concat()));
    Some(pairs.collect())
}

#[cfg(test)]
mod tests {
    use super::literals;

    #[test]
    fn of_patterns_as_rules_write_them() {
        for (pattern, expected) in [
            ("(?i)Communication transport not available", "communication transport not available"),
            (
                "^Fail to send out (Call ?Home|HTTP)",
                "fail to send out call home|fail to send out callhome|fail to send out http",
            ),
            (r"(?i)certificate.*(has )?expired", "certificate"),
            (r"^ip host (vrf \S+ )?.*", "ip host "),
            (r"^(?<name>\S+)\s+is (?:up|down)", "is up|is down"),
            (r"^\d+$", ""),
            ("a|b", ""),
            ("(abc)?", ""),
            ("(abc)+x?", "abc"),
            (r"not\.valid|(unclosed", ""),
            (r"^no (ip|ipv6) http", "no ip http|no ipv6 http"),
            ("[Cc]isco[-_ ]TAC", "cisco tac|cisco-tac|cisco_tac"),
        ] {
            assert_eq!(literals(pattern).join("|"), expected, "{pattern}");
        }
    }

    proptest::proptest! {
        /// Where a pattern is found, one of its literals is, too.
        #[test]
        fn no_match_without_a_literal(pattern in "(\\(\\?i\\))?[abAB.?*+|()\\[\\]x ^$]{1,12}", text in "[abABx ]{0,12}") {
            if let Ok(regex) = regex::bytes::RegexBuilder::new(&pattern).unicode(false).build() {
                let literals = literals(&pattern);
                let lower = text.to_ascii_lowercase();
                let holds = literals.is_empty() || literals.iter().any(|it| lower.contains(it.as_str()));
                proptest::prop_assert!(holds || !regex.is_match(text.as_bytes()), "{pattern} {text} {literals:?}");
            }
        }
    }
}

//! Command lines: abbreviations resolved to full names (`sh lic all` is `show license all`), and banners.

use crate::base::glance;

/// Commands whose output is read, or whose presence matters. More words first where one is the beginning of another.
const KNOWN: &[&str] = &[
    "show license all",
    "show license status",
    "show license summary",
    "show license usage",
    "show license udi",
    "show license eventlog",
    "show license tech support",
    "show license authorization",
    "show license reservation",
    "show license history message",
    "show license rum id",
    "show license right-to-use",
    "show license platform summary",
    "show license platform detail",
    "show license data conversion",
    "show license",
    "show tech-support license",
    "show tech-support",
    "show version",
    "show clock detail",
    "show clock",
    "show ntp status",
    "show ntp associations",
    "show call-home profile all",
    "show call-home profile",
    "show call-home detail",
    "show call-home smart-licensing",
    "show call-home smart-licensing statistics",
    "show call-home statistics",
    "show call-home",
    "show running-config all",
    "show running-config",
    "show startup-config",
    "show logging",
    "show hosts",
    "show crypto pki trustpoints",
    "show crypto pki trustpool",
    "show crypto pki certificates",
    "show ip http client",
    "show ip interface brief",
    "show ip route",
    "show status",
    "show switch",
    "show redundancy",
    "show processes cpu",
    "show inventory",
    "show module",
    "show platform",
];

/// Commands other than `show` whose output is read: the connectivity checks of the guide.
const CHECKS: &[&str] = &["ping", "telnet"];

/// Commands that say the same as another one.
const SAME_AS: &[(&str, &str)] = &[
    ("show clock detail", "show clock"),
    ("show call-home profile", "show call-home profile all"),
    ("show call-home detail", "show call-home"),
    ("show running-config all", "show running-config"),
];

/// Commands that mean another one once more words follow: `show license feature` is not `show license`.
const ALONE: &[&str] = &["show license", "show platform", "show tech-support"];

/// Pipes that let everything through.
const NO_FILTER: &[&str] = &["no-more", "nomore", "tee"];

/// A command as resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// Full name, as in the fact table; a `show` that is not known keeps the words as typed, in lower case.
    pub name: String,
    /// Words after the name, such as `5` in `show license eventlog 5`; of a check in the case in which they were typed.
    pub rest: String,
    /// What follows the first `|` or `>`.
    pub pipe: Option<String>,
    /// Whether it is in the table.
    pub known: bool,
}

/// Resolves a `show` command or a check; `None` for any other command, and for a question (`show license ?`), which prints
/// help.
pub fn resolve(line: &str) -> Option<Command> {
    let line = line.trim();
    let line = line.strip_prefix("do ").unwrap_or(line);
    let (line, pipe) = match line.split_once(['|', '>']) {
        Some((command, pipe)) => (command, Some(pipe.trim()).filter(|it| !is_no_filter(it))),
        None => (line, None),
    };
    if let Some((name, rest)) = check(line) {
        let (name, rest, pipe) = (name.to_owned(), rest.to_owned(), pipe.map(str::to_owned));
        return Some(Command { name, rest, pipe, known: true });
    }
    let words: Vec<String> = line.split_whitespace().map(str::to_ascii_lowercase).collect();
    if !words.first().is_some_and(|first| first.len() >= 2 && "show".starts_with(first.as_str()))
        || words.len() < 2
        || line.trim_end().ends_with('?')
    {
        return None;
    }
    let pipe = pipe.map(str::to_owned);
    let Some(name) = known(&words) else {
        let name = format!("show {}", words.get(1..).unwrap_or_default().join(" "));
        return Some(Command { name, rest: String::new(), pipe, known: false });
    };
    let rest = words.get(name.split(' ').count()..).unwrap_or_default().join(" ");
    let name = SAME_AS.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, full)| *full);
    Some(Command { name: name.to_owned(), rest, pipe, known: true })
}

/// `ping vrf Mgmt-vrf tools.cisco.com` in the name of the check and what it was called with.
fn check(line: &str) -> Option<(&'static str, &str)> {
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let name = CHECKS.iter().find(|name| word.eq_ignore_ascii_case(name))?;
    (!rest.trim_end().ends_with('?')).then_some((*name, rest.trim()))
}

/// The longest known command that the words abbreviate.
fn known(words: &[String]) -> Option<&'static str> {
    let length = |name: &&&'static str| name.split(' ').count();
    // All begin with `show `; the first letter of the next word tells most of them apart.
    let second = words.get(1)?.bytes().next();
    let may_be = |name: &&&'static str| name.as_bytes().get("show ".len()).copied() == second;
    let name = *KNOWN.iter().filter(may_be).filter(|name| is_abbreviation(words, name)).max_by_key(length)?;
    let has_more = words.len() > name.split(' ').count();
    let is_other = has_more && (ALONE.contains(&name) || words.iter().any(|word| word == "onboard"));
    (!is_other).then_some(name)
}

fn is_no_filter(pipe: &str) -> bool {
    pipe.split_whitespace().next().is_some_and(|word| NO_FILTER.contains(&word))
}

fn is_abbreviation(words: &[String], name: &str) -> bool {
    let mut words = words.iter();
    name.as_bytes().split(|byte| *byte == b' ').enumerate().all(|(index, full)| {
        words
            .next()
            .is_some_and(|word| word.len() > usize::from(index == 1) && full.starts_with(word.as_bytes()))
    })
}

/// What a banner of `show tech-support` announces: `------------------ show version ------------------`. The number of
/// dashes varies. Scripts write `=== show version ===` or `### show version`, NX-OS writes `` `show version` ``; those count
/// only with a known command.
pub fn banner(line: &str) -> Option<&str> {
    if !matches!(glance::first_byte(line)?, b'-' | b'=' | b'#' | b'*' | b'`' | b'!' | b'~') {
        return None;
    }
    let line = line.trim();
    let (before, rest) = cut_marks(line)?;
    let inner = rest.trim_end_matches(|c| MARKS.contains(c));
    let after = rest.len() - inner.len();
    let (command, spaced) = (inner.trim(), inner.starts_with(' ') && inner.ends_with(' '));
    let is_show = command.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("show "));
    let is_tech = line.starts_with("---") && line.ends_with("---") && spaced;
    let is_known = || resolve(command).is_some_and(|it| it.known && it.rest.is_empty());
    let is_banner = (is_tech && (is_show || (before >= MANY_DASHES && after >= MANY_DASHES)))
        || (is_show && (before >= 3 || line.starts_with('`')) && is_known());
    (is_banner && !command.is_empty() && !command.starts_with('-')).then_some(command)
}

const MARKS: &str = "-=#*`!~";

/// So many dashes announce a command that is no `show`, such as `dir flash:`.
const MANY_DASHES: usize = 10;

/// The number of marks at the start and what follows them.
fn cut_marks(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches(|c| MARKS.contains(c));
    (!rest.is_empty()).then_some((line.len() - rest.len(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations() {
        for (typed, name) in [
            ("sh lic all", "show license all"),
            ("show license", "show license"),
            ("sh lic sum", "show license summary"),
            ("sh lic us", "show license usage"),
            ("do sh run", "show running-config"),
            ("sh call-home prof all", "show call-home profile all"),
            ("sh call-home profile CiscoTAC-1", "show call-home profile all"),
            ("sh clo det", "show clock"),
            ("show ntp ass", "show ntp associations"),
            ("show tech-support license", "show tech-support license"),
            ("show tech lic", "show tech-support license"),
            ("sh lic tech support", "show license tech support"),
            ("sh ver", "show version"),
            ("sh log", "show logging"),
        ] {
            assert_eq!(resolve(typed).map(|it| it.name).as_deref(), Some(name), "{typed}");
        }
        let piped = resolve("show run | i call-home").unwrap();
        assert_eq!(
            (piped.name.as_str(), piped.pipe.as_deref()),
            ("show running-config", Some("i call-home"))
        );
        for (typed, name, known) in [
            ("show license feature", "show license feature", false),
            ("show platform software", "show platform software", false),
            ("show logging onboard switch 1", "show logging onboard switch 1", false),
            ("show ip bgp", "show ip bgp", false),
            ("show license all | no-more", "show license all", true),
        ] {
            let found = resolve(typed).unwrap();
            assert_eq!((found.name.as_str(), found.known, found.pipe), (name, known, None), "{typed}");
        }
        for (typed, name, rest) in [
            ("ping vrf Mgmt-vrf tools.cisco.com", "ping", "vrf Mgmt-vrf tools.cisco.com"),
            ("do Telnet 192.0.2.9 443 /vrf Mgmt-vrf", "telnet", "192.0.2.9 443 /vrf Mgmt-vrf"),
            ("ping", "ping", ""),
            ("show hosts vrf Mgmt-vrf", "show hosts", "vrf mgmt-vrf"),
        ] {
            let found = resolve(typed).unwrap();
            assert_eq!(
                (found.name.as_str(), found.rest.as_str(), found.known),
                (name, rest, true),
                "{typed}"
            );
        }
        assert_eq!(resolve("ping ?"), None);
        assert_eq!(resolve("pings 192.0.2.9"), None);
        assert_eq!(resolve("license smart renew auth"), None);
        assert_eq!(resolve("show license ?"), None);
    }

    #[test]
    fn banners() {
        for (line, command) in [
            ("------------------ show clock ------------------", Some("show clock")),
            (
                "------------------ show redundancy switchover history ---------------",
                Some("show redundancy switchover history"),
            ),
            ("--- show version ---", Some("show version")),
            ("------------------ dir flash: ------------------", Some("dir flash:")),
            ("`show license all`", Some("show license all")),
            ("===== show license summary =====", Some("show license summary")),
            ("### show version", Some("show version")),
            ("--------------------------------------------", None),
            ("--- Administrative User Dialog ---", None),
            ("-----BEGIN CERTIFICATE-----", None),
            ("=== show me ===", None),
            ("------------ -------------------- ------------", None),
        ] {
            assert_eq!(banner(line), command, "{line}");
        }
    }
}

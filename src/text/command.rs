//! Command lines: prompts, and abbreviations resolved to full names (`sh lic all` is `show license all`).

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
    "show switch",
    "show redundancy",
    "show processes cpu",
    "show inventory",
    "show platform",
];

/// Commands that say the same as another one.
const SAME_AS: &[(&str, &str)] = &[
    ("show clock detail", "show clock"),
    ("show call-home profile", "show call-home profile all"),
    ("show call-home detail", "show call-home"),
    ("show running-config all", "show running-config"),
];

/// First words of what people type at a prompt; a line `name#word` with another word is no prompt.
const FIRST_WORDS: &[&str] = &[
    "show",
    "sh",
    "sho",
    "do",
    "conf",
    "config",
    "configure",
    "term",
    "terminal",
    "ter",
    "enable",
    "en",
    "exit",
    "end",
    "quit",
    "license",
    "lic",
    "copy",
    "wr",
    "write",
    "ping",
    "telnet",
    "ssh",
    "debug",
    "undebug",
    "un",
    "u",
    "no",
    "dir",
    "more",
    "clear",
    "reload",
    "clock",
    "ntp",
    "ip",
    "interface",
    "int",
    "crypto",
    "call-home",
    "profile",
    "service",
    "test",
    "traceroute",
    "trace",
    "verify",
    "set",
    "hostname",
    "logout",
    "request",
    "admin",
    "run",
    "archive",
    "active",
    "monitor",
    "destination",
    "reporting",
    "revocation-check",
    "attach",
    "connect",
    "session",
    "sl",
    "system",
    "disable",
];

/// A command as resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// Full name, as in the fact table; a `show` that is not known keeps the words as typed, in lower case.
    pub name: String,
    /// Words after the name, such as `5` in `show license eventlog 5`.
    pub rest: String,
    /// What follows the first `|` or `>`.
    pub pipe: Option<String>,
    /// Whether it is in the table.
    pub known: bool,
}

/// Resolves a `show` command; `None` for any other command.
pub fn resolve(line: &str) -> Option<Command> {
    let line = line.trim();
    let line = line.strip_prefix("do ").unwrap_or(line);
    let (line, pipe) = match line.split_once('|') {
        Some((command, pipe)) => (command, Some(pipe.trim().to_owned())),
        None => (line, None),
    };
    let words: Vec<String> = line.split_whitespace().map(str::to_ascii_lowercase).collect();
    if !words.first().is_some_and(|first| first.len() >= 2 && "show".starts_with(first.as_str()))
        || words.len() < 2
    {
        return None;
    }
    let best =
        KNOWN.iter().filter(|name| is_abbreviation(&words, name)).max_by_key(|name| name.split(' ').count());
    let Some(name) = best else {
        let name = format!("show {}", words.get(1..).unwrap_or_default().join(" "));
        return Some(Command { name, rest: String::new(), pipe, known: false });
    };
    let rest = words.get(name.split(' ').count()..).unwrap_or_default().join(" ");
    let name = SAME_AS.iter().find(|(alias, _)| alias == name).map_or(*name, |(_, full)| *full);
    Some(Command { name: name.to_owned(), rest, pipe, known: true })
}

fn is_abbreviation(words: &[String], name: &str) -> bool {
    let mut words = words.iter();
    name.split(' ').enumerate().all(|(index, full)| {
        words
            .next()
            .is_some_and(|word| word.len() >= usize::from(index == 1) + 1 && full.starts_with(word.as_str()))
    })
}

/// A prompt with what was typed behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt<'l> {
    /// Name of the device.
    pub host: &'l str,
    /// Whether the prompt is one of configuration mode.
    pub in_config: bool,
    /// What was typed, trimmed; empty for a bare prompt.
    pub typed: &'l str,
}

/// Reads a prompt at the start of a line: `sw1#`, `sw1(config)#do sh run`, `switch# show version`, `RP/0/RP0/CPU0:r1#sh ver`.
/// A bare prompt, or one with a word that nobody types, is given only where `known_host` says that the name is a device.
pub fn prompt<'l>(line: &'l str, known_host: impl Fn(&str) -> bool) -> Option<Prompt<'l>> {
    let line = line.trim();
    let end = line.find(['#', '>'])?;
    let (name, typed) = (line.get(..end)?, line.get(end + 1..)?.trim());
    let (name, mode) = match name.split_once('(') {
        Some((name, mode)) => (name, Some(mode.strip_suffix(')')?)),
        None => (name, None),
    };
    let host = host_of(name)?;
    let first = typed.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
    let plausible = FIRST_WORDS.contains(&first.as_str()) || resolve(typed).is_some_and(|it| it.known);
    if !(plausible || known_host(host)) {
        return None;
    }
    let in_config = mode.is_some_and(|mode| mode.starts_with("c"));
    Some(Prompt { host, in_config, typed: typed.strip_prefix("do ").unwrap_or(typed).trim() })
}

/// The device's name in what stands before `#`: the part after the node of IOS XR, and without a context such as `asa1/pri/act`.
fn host_of(name: &str) -> Option<&str> {
    let name = name.rsplit_once(':').map_or(name, |(_, host)| host);
    let name = name.split('/').next()?;
    let good = name.len() <= 64
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    good.then_some(name)
}

/// The command in a banner of `show tech-support`: `------------------ show version ------------------`.
pub fn banner(line: &str) -> Option<&str> {
    let line = line.trim();
    if !line.starts_with("---") || !line.ends_with("---") {
        return None;
    }
    let inner = line.trim_matches('-');
    let command = inner.trim();
    let spaced = inner.starts_with(' ') && inner.ends_with(' ');
    (spaced && command.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("show "))).then_some(command)
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
        assert_eq!(resolve("license smart renew auth"), None);
        assert!(!resolve("show ip bgp").unwrap().known);
    }

    #[test]
    fn prompts() {
        let none = |_: &str| false;
        for (line, host, typed, in_config) in [
            ("sw1#sh lic all", "sw1", "sh lic all", false),
            ("sw1(config)#do sh license all", "sw1", "sh license all", true),
            ("RP/0/RP0/CPU0:r1#show license status", "r1", "show license status", false),
            ("switch# show version", "switch", "show version", false),
            ("asa1/pri/act# show license all", "asa1", "show license all", false),
            ("c1000v-5>en", "c1000v-5", "en", false),
        ] {
            assert_eq!(prompt(line, none), Some(Prompt { host, in_config, typed }), "{line}");
        }
        for line in [
            "<190>2361044: sw01: Jan  6",
            "sw1#",
            "C-Name > field",
            "% Invalid input",
            "#show run",
            "a b#show run",
        ] {
            assert_eq!(prompt(line, none), None, "{line}");
        }
        assert!(prompt("sw1#", |host| host == "sw1").is_some());
    }

    #[test]
    fn banners() {
        assert_eq!(banner("------------------ show clock ------------------"), Some("show clock"));
        assert_eq!(banner("--------------------------------------------"), None);
        assert_eq!(banner("------------------ dir flash: ------------------"), None);
    }
}

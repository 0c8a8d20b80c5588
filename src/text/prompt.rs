//! Prompts, with what was typed behind them.

use super::{columns, command, logline};
use crate::base::glance;

/// First words of what people type at a prompt; a line `name#word` with another word is no prompt.
const FIRST_WORDS: &str = "show sh sho do conf config configure term terminal ter enable en exit end quit license lic \
    copy wr write ping telnet ssh debug undebug un u no dir more clear reload clock ntp ip ipv6 interface int crypto \
    call-home profile service test traceroute trace verify set hostname logout request admin run archive active monitor \
    destination reporting revocation-check attach connect session sl system disable scope top commit call-home enrollment \
    vrf switch redundancy install platform event guestshell delete http contact-email-addr";

/// Names longer than this are no names of devices.
const LONGEST_NAME: usize = 64;

/// Modes in parentheses in which nothing is configured.
const NOT_CONFIG: &[&str] = &["boot", "recovery-mode", "standby", "diag"];

/// A prompt with what was typed behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt<'l> {
    /// Name of the device; empty where the prompt shows none (`> show version` of FTD, `admin:` of UCM, a name taken out).
    pub host: &'l str,
    /// Whether the prompt is one of configuration mode.
    pub in_config: bool,
    /// What was typed, trimmed, without `do`; empty for a bare prompt. A log message where one was printed right behind it.
    pub typed: &'l str,
}

/// Reads a prompt at the start of a line: `sw1#`, `sw1(config)#do sh run`, `switch# show version`, `RP/0/RP0/CPU0:r1#sh ver`,
/// `asa1/pri/act# show license all`, `fpr /license # show license all`, `admin:show license summary`.
/// A bare prompt, or one with a word that nobody types, is given only where `known_host` says that the name is a device. The
/// heading of a table (`Switch#   Role    Mac Address`) is none, whatever the name.
pub fn prompt(line: &str, known_host: impl Fn(&str) -> bool) -> Option<Prompt<'_>> {
    if !may_be_one(line) {
        return None;
    }
    let line = glance::trim(line);
    if let Some((host, typed)) = controller(line).filter(|(host, typed)| is_typed(typed) || known_host(host))
    {
        return Some(Prompt { host, in_config: false, typed });
    }
    if let Some(typed) = nameless(line) {
        return Some(Prompt { host: "", in_config: false, typed });
    }
    let (name, typed) = split(line)?;
    let (name, mode) = match name.split_once('(') {
        Some((name, mode)) => (name, Some(mode.strip_suffix(')')?)),
        None => (name, None),
    };
    let host = host_of(name)?;
    let (rest, typed) = (typed, typed.trim());
    if !(is_typed(typed) || known_host(host)) || (mode.is_none() && columns::is_heading(rest)) {
        return None;
    }
    let in_config = mode.is_some_and(|mode| !NOT_CONFIG.contains(&mode));
    Some(Prompt { host, in_config, typed: typed.strip_prefix("do ").unwrap_or(typed).trim() })
}

/// Whether a line is worth a closer look: this runs on every line, and looks at the first word of one and no further. `false` is
/// certain.
fn may_be_one(line: &str) -> bool {
    let line = glance::trim_start(line);
    let Some(first) = line.bytes().next() else { return false };
    if !first.is_ascii_alphanumeric() {
        return matches!(first, b'(' | b'#' | b'>');
    }
    match line.bytes().position(|byte| matches!(byte, b'#' | b'>' | b' ')) {
        Some(stop) => match line.as_bytes().get(stop..) {
            Some([b' ', next, ..]) => *next == b'/' || line.starts_with("admin:"),
            _ => true,
        },
        None => line.starts_with("admin:"),
    }
}

/// What stands before and after the `#` or `>` that ends a prompt. Only a scope of FXOS may put a blank before it.
fn split(line: &str) -> Option<(&str, &str)> {
    if !line.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let stop = line.bytes().take(LONGEST_NAME * 2).position(|byte| matches!(byte, b'#' | b'>' | b' '))?;
    let (name, rest) = (line.get(..stop)?, line.get(stop + 1..)?);
    if line.as_bytes().get(stop) != Some(&b' ') {
        return Some((name, rest));
    }
    let (scope, typed) = rest.split_once(" # ").or_else(|| rest.strip_suffix(" #").map(|it| (it, "")))?;
    (scope.starts_with('/') && !scope.contains(' ')).then_some((name, typed))
}

/// `(Cisco Controller) >show sysinfo` of AireOS; the name in parentheses may hold blanks. A controller that nobody named shows the
/// name of every controller, which is none.
fn controller(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.strip_prefix('(')?.split_once(')')?;
    let typed = rest.trim_start().strip_prefix('>')?.trim();
    let good = !name.is_empty() && name.len() <= LONGEST_NAME && !name.contains(['(', ':', ',']);
    good.then_some((if name == "Cisco Controller" { "" } else { name }, typed))
}

/// A prompt without a name is believed only with a command whose output is read.
fn nameless(line: &str) -> Option<&str> {
    let typed = line.strip_prefix(['#', '>']).or_else(|| line.strip_prefix("admin:"))?.trim();
    command::resolve(typed).filter(|it| it.known && it.name.starts_with("show ")).map(|_| typed)
}

fn is_typed(typed: &str) -> bool {
    let first = typed.split_whitespace().next().unwrap_or_default();
    !first.is_empty()
        && (FIRST_WORDS.split(' ').any(|word| word.eq_ignore_ascii_case(first))
            || (logline::starts_as_log(typed) && logline::is_log(typed)))
}

/// The device's name in what stands before `#`: the part after the node of IOS XR, and without a context such as
/// `asa1/pri/act`.
fn host_of(name: &str) -> Option<&str> {
    let name = match name.rsplit_once(':') {
        Some((node, host)) if node.contains('/') => host,
        Some(_) => return None,
        None => name,
    };
    let name = name.split('/').next()?;
    let good = name.len() <= LONGEST_NAME
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    good.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts() {
        let log = "*Mar  1 00:00:09.000: %SYS-5-CONFIG_I: x";
        for (line, host, typed, in_config) in [
            ("sw1#sh lic all", "sw1", "sh lic all", false),
            ("sw1(config)#do sh license all", "sw1", "sh license all", true),
            ("sw1(cfg-call-home-profile)#active", "sw1", "active", true),
            ("sw1(boot)#dir flash:", "sw1", "dir flash:", false),
            ("RP/0/RP0/CPU0:r1#show license status", "r1", "show license status", false),
            ("RP/0/RSP0/CPU0:r29.lab.bb#show ver", "r29.lab.bb", "show ver", false),
            ("switch# show version", "switch", "show version", false),
            ("asa1/pri/act# show license all", "asa1", "show license all", false),
            ("asa1/pri/act(config)# show run", "asa1", "show run", true),
            ("fpr-4110 /license # show license all", "fpr-4110", "show license all", false),
            ("c1000v-5>en", "c1000v-5", "en", false),
            ("> show version", "", "show version", false),
            ("(Cisco Controller) >show license status", "", "show license status", false),
            ("(WLC-5520) >show license all", "WLC-5520", "show license all", false),
            ("#show call-home profile CiscoTAC-1", "", "show call-home profile CiscoTAC-1", false),
            ("admin:show license summary", "", "show license summary", false),
            ("Switch#show license all", "Switch", "show license all", false),
            ("Switch# show ver", "Switch", "show ver", false),
            ("Switch#   show ver", "Switch", "show ver", false),
            ("Router#sh lic", "Router", "sh lic", false),
            ("Slot#  license smart sync all", "Slot", "license smart sync all", false),
            ("sw1(config)#  license  smart  enable", "sw1", "license  smart  enable", true),
            ("sw1#*Mar  1 00:00:09.000: %SYS-5-CONFIG_I: x", "sw1", log, false),
        ] {
            assert_eq!(prompt(line, |_| false), Some(Prompt { host, in_config, typed }), "{line}");
        }
    }

    #[test]
    fn no_prompts() {
        for line in [
            "<190>2361044: sw01: Jan  6",
            "(see above) > quoted",
            "(Cisco Controller) >",
            "sw1#",
            "C-Name > field",
            "% Invalid input",
            "# show me",
            "# ping tools.cisco.com",
            "> quoted text",
            "a b#show run",
            "root@host:~# show",
            "Nov 17 18:05:09.580: %SYS-5-X: sw1#show",
            "3082024B 308201B4#A0030201",
            "<none>",
            "",
        ] {
            assert_eq!(prompt(line, |_| false), None, "{line}");
        }
        for line in [
            "Slot#  License name   Type     Count   Period left ",
            "Switch#   Role    Mac Address     Priority Version  State",
            "Port#  Interface   Status",
            "Mod# Ports  Card Type",
        ] {
            assert_eq!(prompt(line, |_| true), None, "{line}");
        }
        assert!(prompt("Switch#", |host| host == "Switch").is_some());
        assert!(prompt("sw1#", |host| host == "sw1").is_some());
        assert!(prompt("sw1#shwo lic", |host| host == "sw1").is_some());
    }
}

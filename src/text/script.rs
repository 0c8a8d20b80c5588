//! What scripts print above the outputs of a device: results of Ansible, Nornir and pssh, log lines of Unicon, and the headings of
//! people's own scripts.

mod heading;

pub(super) use heading::{Heading, headings, is_name, is_word};

/// What a line of a tool says of the lines below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said<'l> {
    /// They are of this device.
    Host(&'l str),
    /// The output above is over.
    End,
}

/// What a line of Ansible (`ok: [sw1] => {…`, `sw1 | SUCCESS => {…`), Nornir (`* sw1 ** changed : False ***`), pssh (`[1] 10:00:00
/// [SUCCESS] sw1`) or Unicon (`… %UNICON-INFO: +++ sw1 with via 'cli': executing command 'show version' +++`) says.
pub(super) fn said(text: &str) -> Option<Said<'_>> {
    let host = match text.as_bytes().first()? {
        b'o' | b'c' => of_ansible(text),
        b'*' => text.strip_prefix("* ").and_then(|it| it.split_once(" ** changed : ")).map(|(host, _)| host),
        b'v' if text.starts_with("vvvv ") => return text.contains(" ** changed : ").then_some(Said::End),
        b'^' => return text.starts_with("^^^^ END ").then_some(Said::End),
        b'[' => of_pssh(text),
        _ if text.ends_with("+++") => of_unicon(text),
        _ => None,
    };
    let host = host.or_else(|| of_ad_hoc(text));
    host.filter(|it| !it.is_empty() && !it.contains(' ')).map(Said::Host)
}

fn of_ansible(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("ok: [").or_else(|| text.strip_prefix("changed: ["))?;
    let (host, rest) = rest.split_once(']')?;
    rest.starts_with(" =>").then_some(host)
}

/// A result of one module: `sw1 | SUCCESS => {`, `sw1 | CHANGED | rc=0 >>`.
fn of_ad_hoc(text: &str) -> Option<&str> {
    const STATES: &[&str] = &["SUCCESS", "CHANGED", "FAILED!", "FAILED", "UNREACHABLE!"];
    // The end of every line is looked at, and of few lines more.
    if !matches!(text.as_bytes().last(), Some(b'{' | b'}' | b'>')) {
        return None;
    }
    let (host, rest) = text.split_once(" | ")?;
    let rest = STATES.iter().find_map(|it| rest.strip_prefix(it))?;
    (rest.starts_with(" => {") || (rest.starts_with(" | rc=") && rest.ends_with(">>"))).then_some(host)
}

fn of_pssh(text: &str) -> Option<&str> {
    let (number, rest) = text.strip_prefix('[')?.split_once("] ")?;
    let (_, rest) = rest.split_once(" [SUCCESS] ").or_else(|| rest.split_once(" [FAILURE] "))?;
    let host = rest.split(' ').next()?;
    number.bytes().all(|it| it.is_ascii_digit()).then(|| host.rsplit_once('@').map_or(host, |(_, host)| host))
}

fn of_unicon(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("%UNICON-INFO: +++ ")?;
    let (device, _) = rest.split_once(": executing command ")?;
    device.split(' ').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tools_print() {
        for (text, expected) in [
            ("ok: [sw1] => {\"stdout\": [", Some(Said::Host("sw1"))),
            ("changed: [192.0.2.1] => changed=true", Some(Said::Host("192.0.2.1"))),
            ("ok: [sw1] =>", Some(Said::Host("sw1"))),
            ("ok: [sw1]", None),
            ("* sw1 ** changed : False *************", Some(Said::Host("sw1"))),
            ("vvvv show_license ** changed : False vvvvvvvv INFO", Some(Said::End)),
            ("^^^^ END show_license ^^^^^^^^", Some(Said::End)),
            (
                "2024-01-09 21:50:00,123: %UNICON-INFO: +++ sw1 with via 'cli': executing command 'show clock' +++",
                Some(Said::Host("sw1")),
            ),
            ("%UNICON-INFO: +++ sw1: executing command 'show clock' +++", Some(Said::Host("sw1"))),
            ("2024-01-09 21:50:00,123: %UNICON-INFO: +++ connection to sw1 +++", None),
            ("* 1 C9300-48P  sw1 ** x", None),
            ("sw1 | SUCCESS => {", Some(Said::Host("sw1"))),
            ("core | CHANGED | rc=0 >>", Some(Said::Host("core"))),
            ("sw1 | UNREACHABLE! => {\"msg\": \"x\"}", Some(Said::Host("sw1"))),
            ("sw1 | SUCCESS", None),
            ("[1] 10:00:00 [SUCCESS] admin@sw1", Some(Said::Host("sw1"))),
            ("[2] 10:00:05 [FAILURE] 192.0.2.1 Exited with error code 255", Some(Said::Host("192.0.2.1"))),
            ("[OK] 10:00:00 [SUCCESS] sw1", None),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }
}

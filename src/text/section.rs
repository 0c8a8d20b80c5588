//! A capture cut into the outputs of commands.

use super::Line;
use super::cutter::Cutter;
use crate::base::Wholeness;

/// Name of the section that holds log lines and all else outside every output.
pub const LOOSE: &str = "syslog";

/// The output of one command.
#[derive(Clone, Debug)]
pub struct Section<'a> {
    /// Full name of the command, such as `show license all`; `syslog` for lines outside every command.
    pub command: String,
    /// Words behind the command, such as `vrf Mgmt-vrf tools.cisco.com` of a ping; empty where there are none.
    pub arguments: String,
    /// What follows the first `|`.
    pub pipe: Option<String>,
    /// Name at the prompt in force.
    pub host: Option<String>,
    /// 1-based line with the command or banner; the heading of an output that has neither.
    pub heading: u32,
    /// The output, wraps joined, without pager prompts and without log lines that were printed into it.
    pub lines: Vec<Line<'a>>,
    /// How much of it is there.
    pub wholeness: Wholeness,
}

/// A command typed at a prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// 1-based line of the prompt.
    pub line: u32,
    /// Name at the prompt; empty where no prompt so far showed one.
    pub host: String,
    /// As typed, without `do`.
    pub command: String,
    /// Whether in configuration mode.
    pub in_config: bool,
}

/// A capture cut up.
#[derive(Debug, Default)]
pub struct Session<'a> {
    /// Outputs in order. Log lines that were printed into an output follow it as a `syslog` section.
    pub sections: Vec<Section<'a>>,
    /// Typed commands in order.
    pub entries: Vec<Entry>,
}

/// Cuts clean lines into sections: at prompts with a command, at the banners of `show tech-support`, at a command line
/// alone, and at the headings of outputs that stand without any command.
pub fn cut(lines: Vec<Line<'_>>) -> Session<'_> {
    let mut cutter = Cutter::new(&lines);
    for line in lines {
        cutter.line(line);
    }
    cutter.finish()
}

/// Which licensing command prints these blocks (DOMAIN 1.3, 1.4).
pub(super) fn which_license_output(lines: &[Line<'_>]) -> &'static str {
    let has = |start: &str| lines.iter().any(|line| line.trimmed().starts_with(start));
    let is_table = lines.iter().any(|line| {
        let text = line.trimmed();
        text.starts_with("License ") && text.contains("Entitlement")
    });
    if has("Communication Statistics") || has("Upcoming Scheduled Jobs") {
        "show license tech support"
    } else if has("Agent Version") || has("Product Information") {
        "show license all"
    } else if is_table {
        "show license summary"
    } else if [
        "Registration",
        "Utility",
        "Transport",
        "License Authorization",
        "Failure reason",
        "Account Information",
        "Smart Account",
        "Virtual Account",
        "Usage Reporting",
        "Trust Code Installed",
        "Communication Deadline",
        "Initial Registration",
        "Last Communication Attempt",
        "Smart Licensing",
    ]
    .iter()
    .any(|start| has(start))
    {
        "show license status"
    } else {
        "show license usage"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Source;
    use crate::text::clean::clean;

    /// Each section as `host|command|wholeness|first line-last line`, entries as `host(config)>command`.
    fn sections(text: &str) -> Vec<String> {
        let source = Source::new("a", text.to_owned());
        let show = |it: &Section<'_>| {
            let ends =
                (it.lines.first().map_or(0, |it| it.number), it.lines.last().map_or(0, |it| it.number));
            let host = it.host.as_deref().unwrap_or("-");
            format!("{host}|{}|{:?}|{}-{}", it.command, it.wholeness, ends.0, ends.1)
        };
        cut(clean(&source)).sections.iter().map(show).collect()
    }

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(sections(text), expected, "{text}");
    }

    #[test]
    fn by_prompts() {
        check(
            "sw1#sh lic sum\nLicense Usage:\n  a\nsw1#sh ver | i uptime\nsw1 uptime is 1 day\nsw2>show clock\n10:00\nsw2>",
            &["sw1|show license summary|Whole|2-3", "sw1|show version|Piped|5-5", "sw2|show clock|Whole|7-7"],
        );
        check(
            "sw1(config)#do sh run\nhostname sw1\nend\nsw1(config)#license smart transport smart\nsw1(config)#",
            &["sw1|show running-config|Whole|2-3"],
        );
        let source = Source::new("a", "sw1(config)#do sh clock\nsw1(config)#no shut\nsw1#\n".to_owned());
        let entries: Vec<_> =
            cut(clean(&source)).entries.into_iter().map(|it| (it.line, it.command, it.in_config)).collect();
        assert_eq!(entries, [(1, "sh clock".to_owned(), true), (2, "no shut".to_owned(), true)]);
    }

    #[test]
    fn by_banners_all_of_one_host() {
        check(
            "sw1#show tech-support license\n\n------------------ show clock ------------------\n\n10:00\n\
             ------------------ show hosts -----------------\n\n----------------- show license usage ------------------\n\
             a (B):\n\n------------------ dir flash: ------------------\nx\nsw1#",
            &[
                "sw1|show tech-support license|Cut|0-0",
                "sw1|show clock|Whole|4-5",
                "sw1|show hosts|Cut|0-0",
                "sw1|show license usage|Whole|9-9",
                "sw1|dir flash:|Whole|12-12",
            ],
        );
    }

    #[test]
    fn by_headings_without_a_command() {
        check(
            "Load for five secs: 1%/0%\nTime source is NTP, 10:00:00.000 UTC Tue Jan 11 2022\n\nSmart Licensing Status\n====\n\
             Product Information\n===\nUDI: PID:A,SN:B\n\nSmart Licensing Status: UNREGISTERED/EVAL EXPIRED\n",
            &["-|show license all|Whole|1-8", "-|show version|Cut|10-10"],
        );
        check("show license all\nTransport:\n  x", &["-|show license all|Whole|2-3"]);
        // What somebody asked for is no command that was typed: the outputs below are told by their headings.
        check(
            "show clock\nshow license status\nshow logging\n\nHere it is:\nUtility:\n  Status: x\nSyslog logging: enabled",
            &[
                "-|show clock|Cut|0-0",
                "-|show license status|Cut|0-0",
                "-|show logging|Cut|4-5",
                "-|show license status|Whole|6-7",
                "-|show logging|Whole|8-8",
            ],
        );
        check(
            "show logging\n\nUtility:\n  Status: x\nSyslog logging: enabled",
            &["-|show logging|Cut|0-0", "-|show license status|Whole|3-4", "-|show logging|Whole|5-5"],
        );
        check(
            "Message History (oldest to newest):\nTrust Establishment:\n  No past history\nUsage Reporting:\n  No past history",
            &["-|show license history message|Whole|1-5"],
        );
        check(
            "```\nUtility:\n  Status: x\n```\nprose",
            &["-|show license status|Whole|2-3", "-|syslog|Cut|5-5"],
        );
    }

    #[test]
    fn cut_and_refused() {
        check(
            "sw1#sh lic all\nTransport:\n --More-- \u{8}\u{8}\u{8}   \u{8}\u{8}sw1#",
            &["sw1|show license all|Cut|2-2"],
        );
        check("sw1#sh lic all\nTransport:\n --More-- \n  Type: x\nsw1#", &["sw1|show license all|Whole|2-4"]);
        check("sw1#sh lic foo\n            ^\n% Invalid input detected at '^' marker.\n\nsw1#", &[]);
        check(
            "sw1#ping ssm.lab\n% Unrecognized host or address, or protocol not running.\nsw1#ping vrf x ssm.lab\n% Invalid input detected\n\
             sw1#telnet ssm.lab 443\n% Unknown command or computer name, or unable to find computer address\nsw1#",
            &["sw1|ping|Whole|2-2", "sw1|telnet|Whole|6-6"],
        );
        check("sw1#show hosts vrf Mgmt-vrf\nDefault domain is not set\nsw1#", &["sw1|show hosts|Piped|2-2"]);
        check("sw1#show running-config\nhostname sw1\ncall-home", &["sw1|show running-config|Cut|2-3"]);
        check(
            "sw1#show license ?\n  all  Show all\nsw1#show license\n",
            &["sw1|syslog|Cut|2-2", "sw1|show license|Cut|0-0"],
        );
        check(
            "sw1#show call-home profile CiscoTAC-1\nProfile Name: CiscoTAC-1\nsw1#",
            &["sw1|show call-home profile all|Piped|2-2"],
        );
    }

    #[test]
    fn log_lines_stand_apart() {
        check(
            "sw1#sh lic all\nTransport:\nMar 31 17:29:43.447 CST: %SMART_LIC-6-REPORTING_REQUIRED: x\n  Type: y\n\
             sw1#*Mar  1 00:00:09.000: %SYS-5-CONFIG_I: z\nsw1#show logging\n*Mar  1 00:00:09.000: %SYS-5-CONFIG_I: z\n",
            &[
                "sw1|show license all|Whole|2-4",
                "sw1|syslog|Cut|3-3",
                "sw1|syslog|Cut|5-5",
                "sw1|show logging|Whole|7-7",
            ],
        );
        check(
            "sw1#sh ver\nsw1 uptime is 1 day\n*Mar  1 00:00:09.000: %PKI-3-CRL_FETCH_FAIL: CRL fetch failed\n     Reason : x\nsw1#",
            &["sw1|show version|Whole|2-2", "sw1|syslog|Cut|3-4"],
        );
        check(
            "Cisco IOS Software [Dublin]\n*Mar  1 00:00:09.000: %SYS-5-A: x\n*Mar  1 00:00:10.000: %CRYPTO-5-B: y\n  begin\n",
            &["-|show version|Whole|1-1", "-|syslog|Cut|2-4"],
        );
        check(
            "*Mar  1 00:00:09.000: %SYS-5-RESTART: System restarted --\nCisco IOS Software, C3900 Software\n*Mar  1 00:00:10.000: %CRYPTO-5-B: y",
            &["-|syslog|Cut|1-3"],
        );
        check(
            "Syslog logging: enabled\n    TLS Profiles:\n        Profile Name: A\nLog Buffer:",
            &["-|show logging|Whole|1-4"],
        );
        check("% Invalid input\n*Mar  1 00:00:09.000: %SYS-5-CONFIG_I: z", &["-|syslog|Cut|1-2"]);
        let status = "sw1#sh lic stat\nUtility:\n  Status: x\nSmart Licensing Using Policy:\n  Status: ENABLED\nTransport:\n  Type: Smart\n";
        check(status, &["sw1|show license status|Cut|2-7"]);
        check(&format!("{status}sw1#"), &["sw1|show license status|Whole|2-7"]);
        check(&format!("{status}Trust Code Installed: <none>\n"), &["sw1|show license status|Whole|2-8"]);
        check(
            "sw1#sh run\nbanner login ^C\n%SMART_LIC-3-OUT_OF_COMPLIANCE: x\n^C\n%SYS-5-CONFIG_I: z\nend\nsw1#",
            &["sw1|show running-config|Whole|2-6", "sw1|syslog|Cut|5-5"],
        );
        check(
            "Building configuration...\nbanner login ^C\nRegistration:\n  Status: UNREGISTERED\n^C\nend",
            &["-|show running-config|Whole|1-6"],
        );
    }

    #[test]
    fn results_of_a_script_belong_to_their_host() {
        check(
            "ok: [sw1] => {\"stdout\": [\"Utility:\\n  Status: x\\n\"]}\nok: [sw2] => {\"stdout\": [\"Utility:\\n  Status: y\\n\"]}",
            &[
                "sw1|syslog|Cut|1-1",
                "sw1|show license status|Whole|1-1",
                "sw2|syslog|Cut|2-2",
                "sw2|show license status|Whole|2-2",
            ],
        );
        check(
            "* sw1 ** changed : False ***\nvvvv t ** changed : False vvvv INFO\nUtility:\n  Status: x\n^^^^ END t ^^^^\n* sw2 ** changed : False ***\nUtility:\n  Status: y",
            &[
                "sw1|syslog|Cut|1-1",
                "sw1|syslog|Cut|2-2",
                "sw1|show license status|Whole|3-4",
                "sw1|syslog|Cut|5-5",
                "sw2|syslog|Cut|6-6",
                "sw2|show license status|Whole|7-8",
            ],
        );
    }

    #[test]
    fn headings_of_a_script_name_its_host_where_no_prompt_does() {
        check(
            "=== sw1 ===\nUtility:\n  Status: x\n--- sw2: show license status ---\nUtility:\n  Status: y",
            &["sw1|show license status|Whole|2-3", "sw2|show license status|Whole|5-6"],
        );
        check(
            "sw9#show license status\nUtility:\n  Status: x\n=== sw1 ===\n=== sw2 ===\nUtility:\n",
            &["sw9|show license status|Whole|2-6"],
        );
    }
}

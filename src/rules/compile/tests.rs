use super::{Check, compile};
use crate::rules::schema;
use crate::rules::yaml;

/// Every key of the language once.
const WHOLE: &str = r#"
id: whole-language
scenario: 12
title: Everything that can be written
severity: { default: info, when: [{ if: { fact: { key: license.rum.waiting, min: 100 } }, then: warning }] }
applies: { era: [classic, policy] }
when:
  all:
    - any:
        - log:
            mnemonic: [ "%LICENSE-SMART_LIC-3-COMM_FAILED", LICMGR-3-LOG_SMART_LIC_COMM_FAILED ]
            text: 'host (?<host>\S+)'
            count: 3
            within: 1h
            after: { log: { mnemonic: SYS-5-RESTART }, within: 10m }
            before: { log: { mnemonic: SMART_LIC-5-COMM_RESTORED } }
            near: { log: { mnemonic: PKI-3-CRL_FETCH_FAIL, text: '{host}' }, within: 30s }
            collect: show logging history
            shown: true
        - event: { name: SAEVT_COMM_FAIL, text: 'error="(?<error>[^"]*)"' }
    - not: { config: { under: '^call-home', line: 'profile "(?<profile>\S+)"', hidden_default: true } }
    - at_least:
        count: 2
        of:
          - typed: { command: '^license smart register' }
          - seen: { command: show  license   status }
          - era: rtu
    - fact: { key: device.version, release: "16.9.1 - 17.3.1, 17.6.1" }
    - fact: { key: license.registration.status, in: [FAILED, "17", true_ish], matches: '(?i)fail', exists: true, shown: true }
    - fact: { key: license.enabled, equals: true }
    - fact: { key: license.usage, length: { min: 1, max: 9 } }
    - fact: { key: license.rum.total, min: 1, max: 10, differs_from: license.rum.acknowledged }
    - fact: { key: device.hostname, same_as: device.serial }
    - fact:
        key: license.registration.expires
        before: now
        after: license.registration.last_attempt
        within: 30d
        gap: { from: license.registration.next_renewal, less: 2d, more: 1m }
        collect: show license status
    - some: { in: call_home.profiles, where: { fact: { key: status, equals: ACTIVE } } }
    - every: { in: call_home.profiles, where: { fact: { key: transport, equals: email } } }
    - count: { in: hosts, where: { fact: { key: name, matches: '{host}' } }, min: 1, max: 2 }
unless: { config: { line: '^ip host {host}' } }
recovered_by: { log: { mnemonic: SMART_LIC-5-COMM_RESTORED } }
causes: [another]
alternatives: [a-third]
message: "{host} of {device}: {error}, ends in {license.registration.expires|days_until} days, {{so}}"
explain: Because.
next_steps:
  - do: Ping {host}
    commands: [ "ping {host}", " exit" ]
    effect: config
    applies: { seen: { command: show version } }
    verify: { config: { line: '^ip host {host} (?<address>\S+)' } }
    collect: [show hosts]
collect: [show logging]
references: [{ title: Guide, url: "https://example.org" }, { title: Book }]
"#;

fn written() -> schema::Rule {
    yaml::read(WHOLE.as_bytes()).unwrap()
}

#[test]
fn a_rule_survives_the_table_unchanged() {
    let bytes = postcard::to_stdvec(&written()).unwrap();
    let decoded: schema::Rule = postcard::from_bytes(&bytes).unwrap();
    let before = format!("{:#?}", compile(&written(), Check::Everything).unwrap());
    let after = format!("{:#?}", compile(&decoded, Check::Nothing).unwrap());
    assert_eq!(before, after);
    for kind in
        ["Any(", "Not(", "AtLeast(", "Era(", "Fact(", "List(", "Log(", "Event(", "Typed(", "Config(", "Seen("]
    {
        assert!(before.contains(kind), "{kind} is not in the rule above");
    }
    for test in [
        "OneOf", "Matches", "Exists", "Length", "Number", "Same", "Before", "After", "Within", "Gap",
        "Release",
    ] {
        assert!(before.contains(&format!("{test}(")) || before.contains(&format!("{test} {{")), "{test}");
    }
}

#[test]
fn names_and_spans_of_time_are_worked_out() {
    let rule = compile(&written(), Check::Everything).unwrap();
    let names: Vec<&str> = rule.log_names().into_iter().collect();
    assert_eq!(
        names,
        ["PKI-CRL_FETCH_FAIL", "SMART_LIC-COMM_FAILED", "SMART_LIC-COMM_RESTORED", "SYS-RESTART"]
    );
    let text = format!("{:?}", rule.when);
    for part in [
        "within: Some(3600)",
        "order: After",
        "within: Some(600)",
        "less: Some(172800)",
        "Seen(\"show license status\")",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

/// A name may be used where a condition before has captured it, and in texts wherever it was captured.
#[test]
fn names_are_known_in_order() {
    const INSIDE: &str = "has no value here: it is captured only inside";
    const RECOVERY: &str = "SMART_LIC-5-COMM_RESTORED } }\ncauses";
    for (from, to, fault) in [
        (
            "line: '^ip host {host}'",
            "line: '^ip host {address}'",
            format!("`{{address}}` {INSIDE} the `verify` of a step"),
        ),
        ("line: '^ip host {host}'", "line: '^ip host {adress}'", "`{adress}` is never given a value".into()),
        ("do: Ping {host}", "do: Ping {address}", String::new()),
        ("{error}, ends", "{address}, ends", format!("`{{address}}` {INSIDE} the `verify` of a step")),
        ("do: Ping {host}", "do: Ping {license.destination.host}", String::new()),
        ("do: Ping {host}", "do: Ping {license.usage}", "`{license.usage}` is never given a value".into()),
        ("do: Ping {host}", "do: Ping {log.last}", String::new()),
        ("do: Ping {host}", "do: Ping {profile}", format!("`{{profile}}` {INSIDE} `not`")),
        (RECOVERY, "SMART_LIC-5-COMM_RESTORED, text: '(?<late>x) {host}' } }\ncauses", String::new()),
        // Order inside `when`, and of its parts.
        ("'^license smart register'", "'(?<host>{host})'", String::new()),
        ("'host (?<host>\\S+)'", "'(?<host>x) {error}'", "`{error}` is used before it is captured".into()),
        (
            "'host (?<host>\\S+)'",
            "'(?<host>x) {itself} (?<itself>y)'",
            "`{itself}` is used before it is captured".into(),
        ),
        (
            "era: [classic, policy] }",
            "config: { line: '{host}' } }",
            "`{host}` is used before it is captured".into(),
        ),
        ("era: [classic, policy] }", "config: { line: '(?<zone>x)' } }", String::new()),
        ("'profile \"(?<profile>\\S+)\"'", "'profile \"(?<profile>{host})\"'", String::new()),
        ("'^call-home'", "'{profile}'", "`{profile}` is used before it is captured".into()),
        // A neighbour knows what the record captures, and keeps what it captures itself.
        ("SYS-5-RESTART }", "SYS-5-RESTART, text: '{host} (?<by>x)' }", String::new()),
        (
            "text: '{host}' }, within",
            "text: '{by} (?<by>x)' }, within",
            "`{by}` is used before it is captured".into(),
        ),
        // A text knows facts, a pattern does not.
        (
            "line: '^ip host {host}' } }\nrec",
            "line: '{license.destination.host}' } }\nrec",
            "`{license.destination.host}` cannot stand in a pattern: no condition captures it".into(),
        ),
        (
            "min: 100 }",
            "min: 100, matches: '(?<much>x)' }",
            "`license.rum.waiting` is a number; `matches` can never hold for it".into(),
        ),
    ] {
        assert!(WHOLE.contains(from), "{from}");
        let written: schema::Rule = yaml::read(WHOLE.replace(from, to).as_bytes()).unwrap();
        let faults = compile(&written, Check::Everything).err().unwrap_or_default();
        let texts: Vec<String> = faults.iter().map(|it| it.kind.to_string()).collect();
        let expected: Vec<String> = Some(fault).filter(|it| !it.is_empty()).into_iter().collect();
        assert_eq!(texts, expected, "{to}");
    }
}

/// What a case of the severity captures is known to the texts, not to another case.
#[test]
fn a_case_of_the_severity_keeps_its_names() {
    let case = |text: &str, use_: &str| {
        let cases = "[{ if: { config: { line: '(?<rate>x)' } }, then: warning }, { if: { config: { line: 'USE' } }, then: error }]";
        let rule = format!(
            "id: a\ntitle: t\nseverity: {{ default: info, when: {} }}\nwhen: {{ log: {{ mnemonic: A-B }} }}\nmessage: '{text}'\nexplain: e\nnext_steps: []\n",
            cases.replace("USE", use_)
        );
        let written: schema::Rule = yaml::read(rule.as_bytes()).unwrap();
        compile(&written, Check::Everything).err().unwrap_or_default().len()
    };
    assert_eq!(case("{rate}", "x"), 0);
    assert_eq!(case("m", "{rate}"), 1);
}

/// Nobody mends 300,000 names at once, and to draw so many takes minutes.
#[test]
fn many_faults_are_cut() {
    let names = (0..60).map(|number| format!("{{a{number}}}")).collect::<Vec<_>>().concat();
    let written: schema::Rule = yaml::read(WHOLE.replace("{{so}}", &names).as_bytes()).unwrap();
    let faults = compile(&written, Check::Everything).unwrap_err();
    assert_eq!(faults.len(), 51);
    assert_eq!(faults[0].kind.to_string(), "this file has more faults; only 50 of them are shown");
}

/// Each pattern is compiled when a rule is checked: thousands would take minutes.
#[test]
fn many_patterns_are_refused() {
    let logs = (0..300)
        .map(|at| format!(", {{ log: {{ mnemonic: A-B, text: 'x{at}' }} }}"))
        .collect::<Vec<_>>()
        .concat();
    let rule = format!(
        "id: a\ntitle: t\nseverity: info\nwhen: {{ any: [{{ seen: {{ command: show clock }} }}{logs}] }}\nmessage: m\nexplain: e\nnext_steps: []\n"
    );
    let written: schema::Rule = yaml::read(rule.as_bytes()).unwrap();
    let texts: Vec<String> =
        compile(&written, Check::Everything).unwrap_err().iter().map(|it| it.kind.to_string()).collect();
    assert_eq!(texts, ["this rule has too many different patterns; at most 200 are read"]);
}

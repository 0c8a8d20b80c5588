use std::sync::Arc;

use super::outputs;
use crate::base::Source;

/// The lines of a document as `number:text`.
fn told(text: &str) -> Option<Vec<String>> {
    let source = outputs(&Arc::new(Source::new("a", text.to_owned())))?;
    let lines = source.text().lines().zip(1..);
    Some(lines.map(|(text, number)| format!("{}:{text}", source.place(number).original)).collect())
}

fn check(text: &str, expected: &[&str]) {
    let expected: Vec<_> = expected.iter().map(|it| (*it).to_owned()).collect();
    assert_eq!(told(text), Some(expected), "{text}");
}

const STATUS: &str = "------------------ show license status ------------------";
const CLOCK: &str = "------------------ show clock ------------------";

#[test]
fn keys_name_devices_and_commands() {
    check(
        "{\"sw1\": {\"show license status\": \"Utility:\\n  Status: x\"},\n \"sw2\": {\"show_license_status\": \"Utility:\\n  Status: y\"}}",
        &[
            "1:ok: [sw1] => {",
            &format!("1:{STATUS}"),
            "1:Utility:",
            "1:  Status: x",
            "2:ok: [sw2] => {",
            &format!("2:{STATUS}"),
            "2:Utility:",
            "2:  Status: y",
        ],
    );
    check(
        "[{\"output\": \"10:00:00.000 UTC Tue Jan 11 2022\\n\", \"command\": \"show clock\",\n \"host\": \"192.0.2.1\"}]",
        &["1:ok: [192.0.2.1] => {", &format!("1:{CLOCK}"), "1:10:00:00.000 UTC Tue Jan 11 2022"],
    );
    // The name is the document's own, and a log beside the outputs is of the same device.
    check(
        "[{\"host\": \"sw 1 (lab)\", \"show clock\": \"10:00\", \"log\": \"Nov 24 10:00:00: %SYS-5-X: a\\nNov 24 10:00:01: %SYS-5-X: b\\nNov 24 10:00:02: %SYS-5-X: c\"}]",
        &[
            "1:ok: [sw 1 (lab)] => {",
            &format!("1:{CLOCK}"),
            "1:10:00",
            "1:Nov 24 10:00:00: %SYS-5-X: a",
            "1:Nov 24 10:00:01: %SYS-5-X: b",
            "1:Nov 24 10:00:02: %SYS-5-X: c",
        ],
    );
    // What is asked twice of every device is no device.
    check(
        r#"{"sw1": {"before": {"show clock": "a\n"}, "after": {"show clock": "b\n"}}, "sw2": {"before": {"show clock": "c\n"}}}"#,
        &[
            "1:ok: [sw1] => {",
            &format!("1:{CLOCK}"),
            "1:a",
            &format!("1:{CLOCK}"),
            "1:b",
            "1:ok: [sw2] => {",
            &format!("1:{CLOCK}"),
            "1:c",
        ],
    );
}

#[test]
fn commands_of_a_module_are_those_of_its_outputs() {
    check(
        r#"{"plays": [{"tasks": [{"hosts": {"sw1": {"invocation": {"module_args": {"commands": ["show clock", "show license status"]}},
"stdout": ["10:00", "Utility:\n  Status: x"],
"stdout_lines": [["10:00"], ["Utility:", "  Status: x"]]}}}]}]}"#,
        &[
            "2:ok: [sw1] => {",
            &format!("2:{CLOCK}"),
            "2:10:00",
            &format!("2:{STATUS}"),
            "2:Utility:",
            "2:  Status: x",
        ],
    );
    check(
        "{\"sw1\": {\"show license status\": [\n\"Utility:\",\n\"  Status: x\",\n\"  a\\nb\"]}}\n",
        &[
            "2:ok: [sw1] => {",
            &format!("2:{STATUS}"),
            "2:Utility:",
            &format!("3:{STATUS}"),
            "3:  Status: x",
            &format!("4:{STATUS}"),
            "4:  a",
            "4:b",
        ],
    );
}

#[test]
fn results_of_a_playbook_are_of_their_device() {
    check(
        "TASK [run] *****\nok: [sw1] => {\"changed\": false, \"stdout\": [\"Utility:\\n  Status: x\\n  a\"]}\n\nok: [sw2] => {\n  \"stdout_lines\": [[\n    \"Utility:\",\n    \"  Status: y\",\n    \"\"\n  ]]\n}\n\nPLAY RECAP ****\nsw1 : ok=1 changed=0\n",
        &[
            "2:ok: [sw1] => {",
            "2:Utility:",
            "2:  Status: x",
            "2:  a",
            "6:ok: [sw2] => {",
            "6:Utility:",
            "7:  Status: y",
            "8:",
        ],
    );
    assert_eq!(
        told("sw1#show clock\n10:00\nok: [sw1] => {\"stdout\": [\"Utility:\\n  Status: x\"]}\n"),
        None
    );
}

#[test]
fn blocks_of_yaml_have_lines_of_their_own() {
    check(
        "# asked this morning\nsw1:\n  show clock: |-\n    10:00\n  show license status: |\n    Utility:\n\n      Status: x\nsw2:\n  show clock: 11:00\n",
        &[
            "4:ok: [sw1] => {",
            &format!("4:{CLOCK}"),
            "4:10:00",
            &format!("6:{STATUS}"),
            "6:Utility:",
            "7:",
            "8:  Status: x",
            "10:ok: [sw2] => {",
            &format!("10:{CLOCK}"),
            "10:11:00",
        ],
    );
}

#[test]
fn documents_of_yaml_are_each_of_their_device() {
    check(
        "---\nhost: sw1\noutput: |\n  Utility:\n    Status: x\n    a\n---\nhost: sw2\nshow clock: 10:00\n",
        &[
            "4:ok: [sw1] => {",
            "4:Utility:",
            "5:  Status: x",
            "6:  a",
            "9:ok: [sw2] => {",
            &format!("9:{CLOCK}"),
            "9:10:00",
        ],
    );
}

#[test]
fn what_python_prints_is_a_document() {
    let both = [
        "ok: [sw1] => {",
        &format!("#:{STATUS}"),
        "Utility:",
        "  Status: 'x'",
        "ok: [sw2] => {",
        &format!("#:{CLOCK}"),
        "10:00",
    ];
    let numbered = |numbers: [u32; 7]| {
        let lines = both.iter().zip(numbers);
        lines.map(|(text, number)| format!("{number}:{}", text.trim_start_matches("#:"))).collect::<Vec<_>>()
    };
    for (text, numbers) in [
        (
            r#"{'sw1': {'show license status': "Utility:\n  Status: 'x'\n"}, 'sw2': {'show clock': b'10:00\r\n', 'ok': True}}"#,
            [1; 7],
        ),
        // By pprint, which breaks long texts anywhere.
        (
            "{'sw1': {'show license status': 'Utility:\\n'\n  '  Status: '\n  \"'x'\\n\"},\n 'sw2': {'show clock': '10:00'}}\n",
            [1, 1, 1, 2, 4, 4, 4],
        ),
        (
            r"[{'host': 'sw1', 'command': 'show license status', 'output': 'Utility:\n  Status: \'x\''},
OrderedDict([('host', 'sw2'), ('show clock', '10\x3a00'), ('failed', None), ('took', -0.25), ('tags', {'a', 'b'})])]",
            [1, 1, 1, 1, 2, 2, 2],
        ),
        (
            "{'sw1': {'show_license_status': 'Utility:\\n  Status: \\'x\\''}}\n{'sw2': ('show clock', '10:00')}",
            [1, 1, 1, 1, 2, 2, 2],
        ),
        (r"defaultdict(<class 'dict'>, {})", [0; 7]),
    ] {
        let expected = (numbers != [0; 7]).then(|| numbered(numbers));
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn documents_between_lines_of_a_script_are_read() {
    check(
        "Connecting to sw1 ...\n{'sw1': {'show clock': '10:00\\n'}}\nConnecting to sw2 ...\n{\n  \"sw2\": {\"show clock\": \"11:00\\n\"}\n}\nDone.\n\n",
        &[
            "2:ok: [sw1] => {",
            &format!("2:{CLOCK}"),
            "2:10:00",
            "5:ok: [sw2] => {",
            &format!("5:{CLOCK}"),
            "5:11:00",
        ],
    );
    // The name stands before the document; where several are asked at once, nothing tells whose it is.
    let of_two = &[
        "2:ok: [sw1] => {",
        &format!("2:{CLOCK}"),
        "2:10:00",
        "4:ok: [sw2] => {",
        &format!("4:{CLOCK}"),
        "4:11:00",
    ];
    check(
        "Connecting to sw1 ...\n{'show clock': '10:00\\n'}\nConnecting to sw2 ...\n{'show clock': '11:00\\n'}\n",
        of_two,
    );
    check(
        "[INFO] asking\n10:00:01,123 - INFO - sw1 says: {'show clock': '10:00\\n'}\n\n10:00:02,123 - INFO - sw2 says: {'show clock': '11:00\\n'}\n",
        of_two,
    );
    check(
        "Connecting to sw1 ...\nConnecting to sw2 ...\n{'show clock': '10:00\\n'}\n{'show clock': '11:00\\n'}\n",
        &[&format!("3:{CLOCK}"), "3:10:00", &format!("4:{CLOCK}"), "4:11:00"],
    );
    for beside in ["sw1#show clock", "Utility:", "Nov 24 10:00:00: %SYS-5-X: a"] {
        assert_eq!(told(&format!("{beside}\n{{'sw1': {{'show clock': '10:00\\n'}}}}\n")), None, "{beside}");
    }
}

#[test]
fn cells_of_a_table_have_lines_of_their_own() {
    check(
        "host,command,output\nsw1,show license status,\"Utility:\n  Status: \"\"x\"\"\n\"\nsw2,show clock,10:00\n",
        &[
            "2:ok: [sw1] => {",
            &format!("2:{STATUS}"),
            "2:Utility:",
            "3:  Status: \"x\"",
            "5:ok: [sw2] => {",
            &format!("5:{CLOCK}"),
            "5:10:00",
        ],
    );
    assert_eq!(told("host,severity,message\nsw1,3,%SMART_LIC-3-X: a\n"), None);
}

#[test]
fn columns_may_be_commands() {
    check(
        "Device,show clock\nsw1,10:00\nsw2,11:00\n",
        &[
            "2:ok: [sw1] => {",
            &format!("2:{CLOCK}"),
            "2:10:00",
            "3:ok: [sw2] => {",
            &format!("3:{CLOCK}"),
            "3:11:00",
        ],
    );
}

#[test]
fn addresses_name_devices_where_nothing_else_does() {
    for (beside, host) in [
        (r#""ip": "192.0.2.1""#, "192.0.2.1"),
        (r#""ip": "192.0.2.1", "hostname": "sw1""#, "sw1"),
        (r#""ip": "192.0.2.1", "name": "sw1""#, "sw1"),
        (r#""name": "core", "ip": "192.0.2.1""#, "192.0.2.1"),
        (r#""device": {"device_type": "cisco_ios", "host": "192.0.2.1"}, "hostname": "sw1""#, "sw1"),
        (r#""device": {"device_type": "cisco_ios", "ip": "192.0.2.1"}"#, "192.0.2.1"),
    ] {
        check(
            &format!(r#"[{{{beside}, "show clock": "10:00\n"}}]"#),
            &[&format!("1:ok: [{host}] => {{"), &format!("1:{CLOCK}"), "1:10:00"],
        );
    }
    // A task has a name, too.
    check(
        r#"{"sw1": [{"name": "licences2", "show clock": "10:00\n"}, {"name": "before1", "show clock": "10:01\n"}]}"#,
        &["1:ok: [sw1] => {", &format!("1:{CLOCK}"), "1:10:00", &format!("1:{CLOCK}"), "1:10:01"],
    );
    check(r#"{"name": "before1", "show clock": "10:00\n"}"#, &[&format!("1:{CLOCK}"), "1:10:00"]);
}

#[test]
fn yaml_of_a_playbook_is_of_its_device() {
    check(
        "TASK [run] ****\nok: [sw1]\nok: [sw1] => changed=false\n  stdout:\n  - |-\n    10:05:01.123 UTC Tue Jan 11 2022\n\n  - |-\n    Utility:\n\n      Status: x\n  stdout_lines: <omitted>\nok: [sw2] => (item=0) =>\n  msg: |-\n    Utility:\n      Status: y\n      a\n\nPLAY RECAP ***\nsw1 : ok=1\n",
        &[
            "6:ok: [sw1] => {",
            "6:10:05:01.123 UTC Tue Jan 11 2022",
            "9:Utility:",
            "10:",
            "11:  Status: x",
            "15:ok: [sw2] => {",
            "15:Utility:",
            "16:  Status: y",
            "17:  a",
        ],
    );
}

#[test]
fn results_of_one_module_are_of_their_device() {
    check(
        "sw1 | SUCCESS => {\n  \"stdout\": [\n    \"Utility:\\n  Status: x\\n  a\"\n  ]\n}\nsw2 | CHANGED => {\"stdout\": [\"Utility:\\n  Status: y\\n  a\"]}\n",
        &[
            "3:ok: [sw1] => {",
            "3:Utility:",
            "3:  Status: x",
            "3:  a",
            "6:ok: [sw2] => {",
            "6:Utility:",
            "6:  Status: y",
            "6:  a",
        ],
    );
}

#[test]
fn lines_with_a_name_are_of_that_device() {
    check(
        "sw1: Utility:\ncore: Utility:\nsw1:   Status: x\nsw1:\nsw3: ssh: connect to host sw3 port 22\ncore:   Status: y\n",
        &[
            "1:ok: [sw1] => {",
            "1:Utility:",
            "3:  Status: x",
            "4:",
            "2:ok: [core] => {",
            "2:Utility:",
            "6:  Status: y",
        ],
    );
    for text in [
        "sw1: Utility:\nsw1:   Status: x\nsw1: a\n",
        "sw1: Utility:\nsw2: Utility:\nStatus: x\nsw2 a\n",
        "sw1: Nov 24 10:00:00: %SYS-5-X: a\nsw2: Nov 24 10:00:00: %SYS-5-X: a\n",
        "Utility: a\nStatus: b\nType: Callhome\n",
    ] {
        assert_eq!(told(text), None, "{text}");
    }
}

#[test]
fn other_texts_stay_as_they_are() {
    for text in [
        "",
        "sw1#show clock\n10:00",
        "{\"message\": \"%SYS-5-RESTART: System restarted --\\nCisco IOS Software\\nCopyright\\n\", \"host\": \"sw1\"}",
        "{\"sw1\": \"prose\\nof three\\nlines\\n\"}",
        "{\"sw1\": {\"show clock\": \"10:00\\n\"}",
        r"{'sw1': {'show clock': '10:00\n'}",
        r"{'sw1': {'show clock': '10:00\n}}",
        r"{'sw1': {'show clock': '10:00\n', }} and more",
        "[a] => {\"stdout\": \"Utility:\\n  Status: x\\n\"",
        "    \"Utility:\",\n    \"  Status: x\"\n  ]\n}\nok: [sw2] => {\"stdout\": [\"Utility:\\n  Status: x\\n\"]}\n",
        "interface: |\n  prose\n",
    ] {
        assert_eq!(told(text), None, "{text}");
    }
}

#[test]
fn evidence_is_the_line_that_the_device_printed() {
    let json = r#"{"sw1": {"show license status": "Utility:\n  Status: x"}}"#;
    let yaml = "show clock: |\n  10:00\n  UTC\n";
    for (text, line, expected) in
        [(json, 2, json), (json, 4, "Status: x"), (yaml, 2, "10:00"), (yaml, 3, "UTC")]
    {
        let source = outputs(&Arc::new(Source::new("a", text.to_owned()))).unwrap();
        assert_eq!(&*source.place(line).text, expected, "{text}");
    }
}

#[test]
fn lines_of_an_excerpt_keep_their_numbers() {
    let text = "sw1:\n  show clock: |\n    10:00\n    UTC\n".to_owned();
    let source = outputs(&Arc::new(Source::of_lines("a", text, vec![1, 5, 6, 9]))).unwrap();
    let places: Vec<_> = [3, 4].map(|line| source.place(line)).into_iter().collect();
    assert_eq!(
        places.iter().map(|it| (it.original, &*it.text)).collect::<Vec<_>>(),
        [(6, "10:00"), (9, "UTC")]
    );
    let prefixed = "sw1: Utility:\nsw2: Utility:\n".to_owned();
    assert!(outputs(&Arc::new(Source::of_lines("a", prefixed, vec![1, 7]))).is_none());
}

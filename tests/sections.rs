//! Every real capture is cut into sections of the kind that it was labelled with. The captures are no part of the project:
//! the test passes where they are absent.

use std::borrow::Cow;
use std::fs;
use std::path::PathBuf;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use sldiag::input::Input;
use sldiag::text::clean::clean;
use sldiag::text::section::cut;

/// The folder of captures beside the project, or one level further up for a work tree.
fn corpus() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    ["../shared/corpus", "../../shared/corpus"].iter().map(|it| root.join(it)).find(|it| it.is_dir())
}

/// Commands whose output a kind of capture holds.
fn commands(kind: &str) -> &'static [&'static str] {
    match kind {
        "show-license-all" => &["show license all"],
        "show-license-status" => &["show license status"],
        "show-license-summary" => &["show license summary", "show license platform summary"],
        "show-license-usage" => &["show license usage"],
        "show-license-udi" => &["show license udi"],
        "show-license" => &["show license"],
        "show-license-tech-support" => &["show license tech support"],
        "show-license-eventlog" => &["show license eventlog", "show license history message"],
        "show-version" | "mixed-session" => &["show version"],
        "call-home" => &["show call-home", "show call-home profile all", "show call-home smart-licensing"],
        "running-config" => &["show running-config"],
        "syslog" => &["syslog", "show logging"],
        _ => &[],
    }
}

#[test]
fn every_capture_holds_a_section_of_its_kind() {
    let Some(corpus) = corpus() else { return };
    let mut wrong = Vec::new();
    for entry in fs::read_dir(corpus).unwrap() {
        let folder = entry.unwrap().path();
        let Ok(label) = fs::read_to_string(folder.join("case.json")) else { continue };
        let label: serde_json::Value = serde_json::from_str(&label).unwrap();
        let path = folder.join("input.txt");
        let (input, _) = Input::from_bytes(&path.to_string_lossy(), &fs::read(&path).unwrap());
        let found: Vec<_> = cut(clean(&input.source)).sections.into_iter().map(|it| it.command).collect();
        let wanted = commands(label["kind"].as_str().unwrap_or_default());
        if !found.iter().any(|it| wanted.contains(&it.as_str())) {
            wrong.push(format!("{}: {found:?}, not {wanted:?}", folder.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Pieces that mean something to one of the steps, so that chance puts them together.
fn fragments() -> impl Strategy<Value = Vec<u8>> {
    const PIECES: &[&str] = &[
        "sw1#show license all",
        "sw1(config)#",
        "------------------ show version ------------------",
        "Smart Licensing Status",
        "License Usage:",
        "  Status: x",
        "          ",
        " --More-- ",
        "--More--\r        \r",
        "\u{8}\u{8}\u{8}",
        "\u{1b}[7m",
        "\u{1b}]0;t\u{7}",
        "\u{1b}[99C",
        "\u{1b}[K",
        "*Mar  1 00:00:09.000: %SYS-5-A: x",
        "2021-09-10 14:03:56.089 UTC SAEVT_READY a=\"b",
        "[10:22:33.123] ",
        "10:22:33.123 ",
        "> ",
        "# ",
        "- ",
        "+ !",
        "\"Utility:\\n  a b\\n\\\"c\\\"\"",
        "\"x\",",
        "<#root>",
        "\\_",
        "&lt;",
        " <<<",
        "ü“",
        "^@",
        "\0",
        "```",
        "ok: [h] => {",
        "\n",
        "\n",
        "\r\n",
        "\r",
        "\t",
    ];
    vec(select(PIECES), 0..40).prop_map(|pieces| pieces.concat().into_bytes())
}

proptest! {
    /// Nothing that a file may hold makes a step panic, and every line knows its original.
    #[test]
    fn any_bytes_are_cut(bytes in prop_oneof![vec(any::<u8>(), 0..400), fragments()]) {
        let (input, _) = Input::from_bytes("a", &bytes);
        let last = u32::try_from(input.source.lines().count()).unwrap();
        let lines = clean(&input.source);
        prop_assert!(lines.iter().all(|line| (1..=last).contains(&line.number)));
        prop_assert!(lines.is_sorted_by_key(|line| line.number));
        for section in cut(lines).sections {
            prop_assert!((1..=last).contains(&section.heading));
            prop_assert!(section.lines.is_sorted_by_key(|line| line.number));
            prop_assert!(section.lines.iter().all(|line| (1..=last).contains(&line.number)));
        }
    }

    /// What a device printed is neither changed nor copied.
    #[test]
    fn text_without_residue_is_borrowed(lines in vec("[A-Za-z][A-Za-z0-9 ,:./()-]{0,60}", 1..20)) {
        let text = lines.join("\n");
        let (input, _) = Input::from_bytes("a", text.as_bytes());
        for (line, original) in clean(&input.source).iter().zip(&lines) {
            prop_assert!(matches!(line.text, Cow::Borrowed(it) if it == original.trim_end()));
        }
    }
}

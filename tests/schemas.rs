//! Every shipped rule and examples file is accepted by the JSON Schema that editors check it with.
//!
//! The crates that validate bring some forty others with them; the schemas use a dozen keywords, so they are read here. A keyword
//! that is not known here fails the test.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::Path;

use serde_json::Value;
use sldiag::rules::{EXAMPLES_SCHEMA, RULE_SCHEMA};

/// What is wrong with a value, each with its place; nothing where the schema accepts it.
fn faults(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (keyword, rule) in schema.as_object().unwrap() {
        let of = |schema: &Value| faults(root, schema, value, at);
        let accepting = || rule.as_array().unwrap().iter().filter(|schema| of(schema).is_empty()).count();
        let holds = match keyword.as_str() {
            "$schema" | "title" | "description" | "default" | "definitions" | "format" => true,
            "type" => is_of_type(rule, value),
            "const" => rule == value,
            "minimum" => value.as_i64().is_none_or(|number| number >= rule.as_i64().unwrap()),
            "anyOf" => accepting() > 0,
            "oneOf" => accepting() == 1,
            "allOf" => accepting() == rule.as_array().unwrap().len(),
            "required" => value.as_object().is_none_or(|map| {
                rule.as_array().unwrap().iter().all(|key| map.contains_key(key.as_str().unwrap()))
            }),
            "$ref" => {
                let path = rule.as_str().unwrap().strip_prefix('#').unwrap();
                found.extend(of(root.pointer(path).unwrap()));
                true
            }
            "items" => {
                for (number, element) in value.as_array().into_iter().flatten().enumerate() {
                    found.extend(faults(root, rule, element, &format!("{at}/{number}")));
                }
                true
            }
            "properties" => {
                for (key, inner) in value.as_object().into_iter().flatten() {
                    if let Some(schema) = rule.get(key) {
                        found.extend(faults(root, schema, inner, &format!("{at}/{key}")));
                    }
                }
                true
            }
            "additionalProperties" => {
                assert_eq!(rule, false, "only `false` is read here");
                let known = schema.get("properties").and_then(Value::as_object).unwrap();
                value.as_object().is_none_or(|map| map.keys().all(|key| known.contains_key(key)))
            }
            other => panic!("this test does not know the keyword `{other}`"),
        };
        if !holds {
            found.push(format!("{at}: {keyword}"));
        }
    }
    found
}

fn is_of_type(wanted: &Value, value: &Value) -> bool {
    if let Some(several) = wanted.as_array() {
        return several.iter().any(|one| is_of_type(one, value));
    }
    match wanted.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "null" => value.is_null(),
        other => panic!("this test does not know the type `{other}`"),
    }
}

/// As an editor reads it: YAML 1.2, where `no` and `on` are texts.
fn read(text: &str) -> Value {
    let mut options = serde_yaml::Options::default();
    options.strict_booleans = true;
    serde_yaml::from_str_with_options(text, options).unwrap()
}

fn schema(path: &Path) -> Value {
    let is_examples = path.to_string_lossy().ends_with(".test.yaml");
    serde_json::from_str(if is_examples { EXAMPLES_SCHEMA } else { RULE_SCHEMA }).unwrap()
}

#[test]
fn every_shipped_rule_is_accepted() {
    let (mut files, mut bad) = (0, Vec::new());
    for entry in
        ["rules", "docs/language"].iter().flat_map(|it| walkdir::WalkDir::new(it).sort_by_file_name())
    {
        let path = entry.unwrap().into_path();
        if path.extension().is_none_or(|it| it != "yaml") {
            continue;
        }
        let (schema, value) = (schema(&path), read(&std::fs::read_to_string(&path).unwrap()));
        files += 1;
        bad.extend(faults(&schema, &schema, &value, "").iter().map(|it| format!("{}: {it}", path.display())));
    }
    assert!(files > 150, "only {files} files were looked at");
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

/// That the test above can fail: what the program refuses for its shape, the schema refuses too.
#[test]
fn wrong_shapes_are_refused() {
    let schema = schema(Path::new("a.yaml"));
    let rule = "id: a\ntitle: t\nseverity: info\nwhen: { seen: { command: show clock } }\nmessage: m\nexplain: e\nnext_steps: []\n";
    let refused = |from: &str, to: &str| {
        assert!(rule.contains(from));
        faults(&schema, &schema, &read(&rule.replace(from, to)), "")
    };
    assert_eq!(refused("id: a", "id: a"), Vec::<String>::new());
    for (from, to, place) in [
        ("id: a", "idd: a", "required"),
        ("title: t", "title: [t]", "/title: "),
        ("title: t", "title: t\nmore: 1", "additionalProperties"),
        ("severity: info", "severity: fatal", "/severity: "),
        ("seen:", "sen:", "/when: "),
        ("command: show clock", "command: 1", "/when: "),
        ("next_steps: []", "next_steps: [{ do: x, effect: magic }]", "/next_steps/0/effect: "),
        ("message: m", "message: m\nscenario: one", "/scenario: "),
    ] {
        let found = refused(from, to);
        assert!(found.iter().any(|it| it.contains(place)), "{to}: {found:?}");
    }
}

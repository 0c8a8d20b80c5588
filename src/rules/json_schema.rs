//! The JSON Schema of rules and examples, made from the types as written and their doc comments. Only the tests make it: the
//! program ships the files under `schema/`, and the test below says when they are not current.
//!
//! `SNAPSHOTS=overwrite cargo test --lib json_schema` rewrites them.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::examples::Examples;
use super::schema::{At, Expression, OneOrMore, Rule, Scalar, SeverityCase, SeverityChoice};
use crate::base::Severity;

/// A place is not written: the value is.
impl<T: JsonSchema> JsonSchema for At<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }
}

impl<T: JsonSchema> JsonSchema for OneOrMore<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("OneOrMore{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
    }
}

impl JsonSchema for Expression {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<String>()
    }
}

impl JsonSchema for Scalar {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Scalar".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "integer", "boolean"] })
    }
}

impl JsonSchema for SeverityChoice {
    fn schema_name() -> Cow<'static, str> {
        "SeverityChoice".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (word, case) = (generator.subschema_for::<Severity>(), generator.subschema_for::<SeverityCase>());
        json_schema!({
            "description": "Severity, possibly depending on the case.",
            "anyOf": [word, {
                "type": "object",
                "additionalProperties": false,
                "required": ["default"],
                "properties": {
                    "default": { "description": "What holds when no case does.", "allOf": [word] },
                    "when": {
                        "description": "The first case whose condition is true decides.",
                        "type": "array",
                        "items": case,
                    },
                },
            }],
        })
    }
}

fn of<T: JsonSchema>(title: &str) -> String {
    let generator = SchemaSettings::draft07().for_deserialize().into_generator();
    let mut schema = generator.into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    serde_json::to_string_pretty(&schema).unwrap() + "\n"
}

#[test]
fn the_shipped_schemas_are_current() {
    for (path, now) in [
        ("schema/rule.schema.json", of::<Rule>("sldiag rule")),
        ("schema/rule-examples.schema.json", of::<Examples>("sldiag examples of a rule")),
    ] {
        if std::env::var("SNAPSHOTS").is_ok_and(|it| it == "overwrite") {
            std::fs::write(path, &now).unwrap();
        }
        let shipped = std::fs::read_to_string(path).unwrap();
        assert!(shipped == now, "{path} is not current; SNAPSHOTS=overwrite cargo test --lib json_schema");
    }
}

//! The severity of a rule as its author writes it: a word, or a map where it depends on the case. Part of `schema`.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::schema::Condition;
use crate::base::Severity;

/// Severity, possibly depending on the case.
#[derive(Clone, Debug)]
pub struct SeverityChoice {
    /// What holds when no case does.
    pub default: Severity,
    /// The first case whose condition is true decides.
    pub when: Vec<SeverityCase>,
}

/// One case of a severity.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SeverityCase {
    /// The condition.
    #[serde(rename = "if")]
    pub condition: Condition,
    /// The severity when it is true.
    pub then: Severity,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSeverity {
    default: Severity,
    #[serde(default)]
    when: Vec<SeverityCase>,
}

impl Serialize for SeverityChoice {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        WrittenSeverity { default: self.default, when: self.when.clone() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for SeverityChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = WrittenSeverity;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`error`, `warning`, `info`, or a map with `default` and `when`")
            }
            fn visit_str<E: de::Error>(self, word: &str) -> Result<WrittenSeverity, E> {
                let default = Severity::deserialize(de::value::StrDeserializer::new(word))?;
                Ok(WrittenSeverity { default, when: Vec::new() })
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<WrittenSeverity, A::Error> {
                WrittenSeverity::deserialize(MapAccessDeserializer::new(map))
            }
        }
        let written = if deserializer.is_human_readable() {
            deserializer.deserialize_any(Either)?
        } else {
            WrittenSeverity::deserialize(deserializer)?
        };
        Ok(Self { default: written.default, when: written.when })
    }
}

//! Values as they stand in YAML: with their place, of several types, one or a list.
//!
//! The build script reads this file too. In its table, which describes nothing of itself, each has a plain form: places are
//! left out and variants are numbered.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

/// A value with its place in the YAML text: byte offset and byte length. Equal values are equal wherever they stand.
#[derive(Clone, Debug, Default)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Byte offset in the file.
    pub offset: usize,
    /// Length in bytes.
    pub length: usize,
}

impl<T> std::ops::Deref for At<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for At<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return T::deserialize(deserializer).map(|value| Self { value, offset: 0, length: 0 });
        }
        let spanned = serde_yaml::Spanned::<T>::deserialize(deserializer)?;
        let span = spanned.referenced.span();
        let offset = span.byte_offset().unwrap_or_default();
        let length = span.byte_len().unwrap_or_default();
        Ok(Self {
            value: spanned.value,
            offset: usize::try_from(offset).unwrap_or_default(),
            length: usize::try_from(length).unwrap_or_default(),
        })
    }
}

impl<T: Serialize> Serialize for At<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

/// A number, a truth value or a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Scalar {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// Anything else.
    Text(String),
}

impl Default for Scalar {
    fn default() -> Self {
        Self::Bool(false)
    }
}

#[derive(Deserialize)]
enum PackedScalar {
    Bool(bool),
    Number(i64),
    Text(String),
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl Visitor<'_> for Any {
            type Value = Scalar;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a number, true or false")
            }
            fn visit_bool<E>(self, value: bool) -> Result<Scalar, E> {
                Ok(Scalar::Bool(value))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Scalar, E> {
                Ok(Scalar::Number(value))
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Scalar, E> {
                i64::try_from(value).map(Scalar::Number).map_err(E::custom)
            }
            fn visit_str<E>(self, value: &str) -> Result<Scalar, E> {
                Ok(Scalar::Text(value.to_owned()))
            }
        }
        if deserializer.is_human_readable() {
            return deserializer.deserialize_any(Any);
        }
        Ok(match PackedScalar::deserialize(deserializer)? {
            PackedScalar::Bool(value) => Self::Bool(value),
            PackedScalar::Number(value) => Self::Number(value),
            PackedScalar::Text(value) => Self::Text(value),
        })
    }
}

/// One value or a list of them.
#[derive(Clone, Debug, Serialize)]
pub struct OneOrMore<T>(pub Vec<T>);

impl<T> Default for OneOrMore<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMore<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// No untagged enum: that would lose the places of the elements and say only that nothing matched.
        struct Either<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Either<T> {
            type Value = Vec<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("one word or a list of words")
            }
            fn visit_str<E: de::Error>(self, word: &str) -> Result<Vec<T>, E> {
                T::deserialize(Word(word, PhantomData)).map(|it| vec![it])
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Vec<T>, A::Error> {
                let mut all = Vec::new();
                while let Some(element) = elements.next_element()? {
                    all.push(element);
                }
                Ok(all)
            }
        }
        if deserializer.is_human_readable() {
            return deserializer.deserialize_any(Either(PhantomData)).map(Self);
        }
        Vec::deserialize(deserializer).map(Self)
    }
}

/// One word as a value of any type: a text, the name of a variant, or one of these in `At` (which asks for a newtype).
struct Word<'w, E>(&'w str, PhantomData<E>);

impl<'de, E: de::Error> Deserializer<'de> for Word<'_, E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_str(self.0)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, E> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        visitor.visit_enum(de::value::StrDeserializer::new(self.0))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}

//! The values of a mapping that may be written in more than one way, each with its own words for what it expects.

use super::mapping::{Condition, Operator, ScopeRef};
use crate::{Dn, Identity};
use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Both {
    identity: Identity,
    dn: Dn,
}

impl<'de> Deserialize<'de> for ScopeRef {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Scope;
        impl<'de> Visitor<'de> for Scope {
            type Value = ScopeRef;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a DN or an identity in quotes")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<ScopeRef, E> {
                Ok(ScopeRef::from_text(text))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ScopeRef, A::Error> {
                let Both { identity, dn } = Both::deserialize(MapAccessDeserializer::new(map))?;
                Ok(ScopeRef { identity: Some(identity), dn: Some(dn) })
            }
        }
        from.deserialize_any(Scope)
    }
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum Key {
    All,
    Any,
    Not,
    Attribute,
    Op,
    Value,
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Conditions;
        impl<'de> Visitor<'de> for Conditions {
            type Value = Condition;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of conditions in [ ], or one condition in { }")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Condition, A::Error> {
                Deserialize::deserialize(SeqAccessDeserializer::new(list)).map(Condition::List)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Condition, A::Error> {
                let (mut whole, mut attribute) = (None, None);
                let (mut op, mut value): (Option<Operator>, Option<String>) = (None, None);
                while let Some(key) = map.next_key()? {
                    if whole.is_some() {
                        return Err(A::Error::custom(ALONE));
                    }
                    match key {
                        Key::All => whole = Some(Condition::All { all: map.next_value()? }),
                        Key::Any => whole = Some(Condition::Any { any: map.next_value()? }),
                        Key::Not => whole = Some(Condition::Not { not: map.next_value()? }),
                        Key::Attribute => attribute = Some(map.next_value()?),
                        Key::Op => op = Some(map.next_value()?),
                        Key::Value => value = Some(map.next_value()?),
                    }
                }
                match (whole, attribute) {
                    (Some(whole), None) if op.is_none() && value.is_none() => Ok(whole),
                    (Some(_), _) => Err(A::Error::custom(ALONE)),
                    (None, None) => Err(A::Error::missing_field("attribute")),
                    (None, Some(attribute)) => Ok(Condition::Test {
                        attribute,
                        op: op.unwrap_or_default(),
                        value: value.unwrap_or_default(),
                    }),
                }
            }
        }
        from.deserialize_any(Conditions)
    }
}

const ALONE: &str = "all, any and not each stand alone in their { }";

//! Reads a tree of values into a type; a mistake knows its path, and what kind of value was asked for.

use super::mistake::{Expected, Mistake, What};
use serde::de::value::StringDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};

pub(super) struct Reader(pub Value);

type Result<T> = std::result::Result<T, Mistake>;

fn wrong<T>(expected: Expected) -> Result<T> {
    Err(Mistake::new(What::Wrong(expected)))
}

impl Reader {
    fn list<'de, V: Visitor<'de>>(list: Vec<Value>, visitor: V) -> Result<V::Value> {
        visitor.visit_seq(List { items: list.into_iter(), place: 0 })
    }

    fn table<'de, V: Visitor<'de>>(table: Map<String, Value>, visitor: V) -> Result<V::Value> {
        visitor.visit_map(Table { items: table.into_iter(), open: None })
    }

    fn number<'de, V: Visitor<'de>>(self, expected: Expected, visitor: V) -> Result<V::Value> {
        match self.0 {
            Value::Number(_) => self.deserialize_any(visitor),
            _ => wrong(expected),
        }
    }
}

macro_rules! numbers {
    ($expected:expr; $($name:ident)+) => {
        $(fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            self.number($expected, visitor)
        })+
    };
}

impl<'de> Deserializer<'de> for Reader {
    type Error = Mistake;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(truth) => visitor.visit_bool(truth),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(whole), _, _) => visitor.visit_u64(whole),
                (_, Some(whole), _) => visitor.visit_i64(whole),
                (_, _, Some(number)) => visitor.visit_f64(number),
                _ => wrong(Expected::Number),
            },
            Value::String(text) => visitor.visit_string(text),
            Value::Array(list) => Self::list(list, visitor),
            Value::Object(table) => Self::table(table, visitor),
        }
    }

    numbers! { Expected::WholeNumber; deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128 }
    numbers! { Expected::Number; deserialize_f32 deserialize_f64 }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.0 {
            Value::Bool(truth) => visitor.visit_bool(truth),
            _ => wrong(Expected::Truth),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.0 {
            Value::String(text) => visitor.visit_string(text),
            _ => wrong(Expected::Text),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_string(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.0 {
            Value::Array(list) => Self::list(list, visitor),
            _ => wrong(Expected::List),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.0 {
            Value::Object(table) => Self::table(table, visitor),
            _ => wrong(Expected::Table),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        match self.0 {
            Value::String(name) => visitor.visit_enum(name.into_deserializer()),
            Value::Object(table) if table.len() == 1 => {
                let (name, value) = table.into_iter().next().unwrap_or_default();
                visitor.visit_enum(Variant { name, value })
            }
            _ => Err(Mistake::new(What::NoneOf(variants.to_vec()))),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { char bytes byte_buf unit unit_struct tuple tuple_struct identifier }
}

struct List {
    items: std::vec::IntoIter<Value>,
    place: usize,
}

impl<'de> SeqAccess<'de> for List {
    type Error = Mistake;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        let Some(value) = self.items.next() else { return Ok(None) };
        let place = self.place;
        self.place += 1;
        seed.deserialize(Reader(value)).map(Some).map_err(|e| e.within(&place.to_string()))
    }
}

struct Table {
    items: serde_json::map::IntoIter,
    /// The key that was read last, and its value.
    open: Option<(String, Value)>,
}

impl<'de> MapAccess<'de> for Table {
    type Error = Mistake;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        let Some((key, value)) = self.items.next() else { return Ok(None) };
        self.open = Some((key.clone(), value));
        let key: StringDeserializer<Mistake> = key.into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value> {
        let (key, value) = self.open.take().unwrap_or_default();
        seed.deserialize(Reader(value)).map_err(|e| e.within(&key))
    }
}

struct Variant {
    name: String,
    value: Value,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Mistake;
    type Variant = Content;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Content)> {
        let content = Content(self.name.clone(), self.value);
        let name: StringDeserializer<Mistake> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, content))
    }
}

/// What stands beside the name of a variant.
struct Content(String, Value);

impl<'de> VariantAccess<'de> for Content {
    type Error = Mistake;

    fn unit_variant(self) -> Result<()> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value> {
        seed.deserialize(Reader(self.1)).map_err(|e| e.within(&self.0))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        Reader(self.1).deserialize_seq(visitor).map_err(|e| e.within(&self.0))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        Reader(self.1).deserialize_map(visitor).map_err(|e| e.within(&self.0))
    }
}

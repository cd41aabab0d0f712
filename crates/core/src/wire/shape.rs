//! One of two shapes: an object, or something else in its place.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// What came where a venue documents an object and sends something else, or the other way round: a list without
/// its page, one row without its list, an id alone.
///
/// What came decides; it must then read whole, and an audit of unmapped keys sees inside. A number by itself must be
/// whole and fit into 64 bits, as an id does: any other would have been a float on the way, and is refused.
///
/// ```
/// use venue_core::Rows;
/// use venue_core::wire::ObjectOr;
///
/// venue_core::model! {
///     /// A page.
///     struct Page {
///         /// Rows.
///         items: Rows<u32>,
///     }
/// }
/// for text in [r#"{"items":[1,2]}"#, "[1,2]"] {
///     let rows = match serde_json::from_str(text).unwrap() {
///         ObjectOr::Object(Page { items }) => items,
///         ObjectOr::Other(rows) => rows,
///     };
///     assert_eq!(*rows, [1, 2]);
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ObjectOr<T, U> {
    /// The object.
    Object(T),
    /// What is none.
    Other(U),
}

impl<'de, T: Deserialize<'de>, U: Deserialize<'de>> Deserialize<'de> for ObjectOr<T, U> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Either(PhantomData))
    }
}

struct Either<T, U>(PhantomData<(T, U)>);

impl<'de, T: Deserialize<'de>, U: Deserialize<'de>> Visitor<'de> for Either<T, U> {
    type Value = ObjectOr<T, U>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object, a list, or one value that is no float")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(ObjectOr::Object)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        U::deserialize(SeqAccessDeserializer::new(seq)).map(ObjectOr::Other)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
        U::deserialize(text.into_deserializer()).map(ObjectOr::Other)
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Self::Value, E> {
        U::deserialize(number.into_deserializer()).map(ObjectOr::Other)
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Self::Value, E> {
        U::deserialize(number.into_deserializer()).map(ObjectOr::Other)
    }

    fn visit_bool<E: serde::de::Error>(self, flag: bool) -> Result<Self::Value, E> {
        U::deserialize(flag.into_deserializer()).map(ObjectOr::Other)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
        U::deserialize(().into_deserializer()).map(ObjectOr::Other)
    }
}

/// `deserialize_with` for what must be an object: of itself a struct also reads an array, by the order of its
/// fields.
///
/// # Errors
/// When it is something else, or doesn't read.
pub fn object<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Members<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for Members<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            T::deserialize(MapAccessDeserializer::new(map))
        }
    }

    deserializer.deserialize_map(Members(PhantomData))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{audited, reparse};

    crate::model! {
        /// A row.
        struct Row {
            /// Number.
            id: u32,
        }
    }

    type OneOrMany = ObjectOr<Row, Vec<Row>>;

    #[test]
    fn the_shape_that_came_decides() {
        let row = |id| Row { id };
        let read = |text: &str| serde_json::from_str::<OneOrMany>(text).ok();
        assert_eq!(read(r#" {"id":1}"#), Some(ObjectOr::Object(row(1))));
        assert_eq!(read(r#"[{"id":1},{"id":2}]"#), Some(ObjectOr::Other(vec![row(1), row(2)])));
        // An object that does not read is not tried as something else.
        assert_eq!(read(r#"{"no":1}"#), None);
        let id = |text: &str| serde_json::from_str::<ObjectOr<Row, crate::OrderId>>(text).ok();
        for text in ["203530723141917063", r#""203530723141917063""#] {
            assert_eq!(id(text), Some(ObjectOr::Other("203530723141917063".into())), "{text}");
        }
        for wrong in ["1.5", "true", "null", "[1]"] {
            assert_eq!(id(wrong), None, "{wrong}");
        }
        let value = serde_json::json!([{"id": 3}]);
        assert_eq!(serde_json::from_value::<OneOrMany>(value).ok(), Some(ObjectOr::Other(vec![row(3)])));
    }

    #[test]
    fn an_unmapped_key_is_seen_inside_either() {
        for (text, path) in [(r#"{"id":1,"new":2}"#, "new"), (r#"[{"id":1,"new":2}]"#, "[0].new")] {
            let (read, audit) = audited(|| reparse::<OneOrMany>(text, ""));
            assert!(read.is_ok());
            assert_eq!(audit.unmapped, [path]);
        }
    }

    #[test]
    fn an_array_is_no_object_though_it_has_as_many_elements() {
        #[derive(Debug, Deserialize, PartialEq)]
        struct Holder {
            #[serde(deserialize_with = "object")]
            row: Row,
        }
        let read = |text: &str| audited(|| reparse::<Holder>(text, ""));
        let (row, audit) = read(r#"{"row":{"id":18446744073,"new":1}}"#);
        assert!(row.is_err() && audit.unmapped.is_empty());
        let (row, audit) = read(r#"{"row":{"id":7,"new":1}}"#);
        assert_eq!((row.unwrap().row, audit.unmapped), (Row { id: 7 }, vec!["row.new".to_owned()]));
        assert_eq!(serde_json::from_str::<Row>("[7]").unwrap(), Row { id: 7 });
        for wrong in ["[7]", "[]", "7", "null", "\"x\""] {
            assert!(read(&format!(r#"{{"row":{wrong}}}"#)).0.is_err(), "{wrong}");
        }
    }
}

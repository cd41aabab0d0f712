//! One of two shapes: an object, or something else in its place.

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::reparse;

/// What came where a venue documents an object and sends something else, or the other way round: a list without
/// its page, one row without its list, an id alone.
///
/// The first character decides; what it is must then read whole, and an audit of unmapped keys sees inside.
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

impl<'de, T: DeserializeOwned, U: DeserializeOwned> Deserialize<'de> for ObjectOr<T, U> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let raw = raw.get();
        if raw.starts_with('{') {
            return reparse(raw, "").map(Self::Object).map_err(D::Error::custom);
        }
        reparse(raw, "").map(Self::Other).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::audited;

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
        assert_eq!(serde_json::from_str::<ObjectOr<Row, crate::RawJson>>(r#"{"no":1}"#).ok(), None);
        let value = serde_json::json!([{"id": 3}]);
        assert_eq!(serde_json::from_value::<OneOrMany>(value).ok(), Some(ObjectOr::Other(vec![row(3)])));
    }

    #[test]
    fn an_unmapped_key_is_seen_inside_either() {
        for (text, path) in [(r#"{"id":1,"new":2}"#, "new"), (r#"[{"id":1,"new":2}]"#, "[0].new")] {
            let (read, audit) = audited(|| serde_json::from_str::<OneOrMany>(text));
            assert!(read.is_ok());
            assert_eq!(audit.unmapped, [path]);
        }
    }
}

//! Rows laid end to end in one array: `[price, size, price, size]`.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use venue_core::serde::de::{Error as _, SeqAccess, Visitor};
use venue_core::serde::ser::SerializeSeq;
use venue_core::serde::{Deserialize, Deserializer, Serialize, Serializer};
use venue_core::wire::expected;

/// A row whose fields are elements of a [`Flat`] array.
pub trait FlatRow: Sized {
    /// How many elements a row has.
    const LENGTH: usize;

    /// Reads the next row; `None` at the end of the array.
    ///
    /// # Errors
    /// When an element doesn't read, or the array ends within the row.
    fn take<'de, A: SeqAccess<'de>>(seq: &mut A) -> Result<Option<Self>, A::Error>;

    /// Writes the row's elements.
    ///
    /// # Errors
    /// As the serializer.
    fn put<S: SerializeSeq>(&self, seq: &mut S) -> Result<(), S::Error>;
}

/// Rows that come as one array without marks between them. Reads as a slice of the rows; `null` has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flat<T>(Vec<T>);

impl<T> Flat<T> {
    /// The rows.
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        self.0
    }
}

impl<T> From<Vec<T>> for Flat<T> {
    fn from(rows: Vec<T>) -> Self {
        Self(rows)
    }
}

impl<T> Deref for Flat<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<'a, T> IntoIterator for &'a Flat<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T> IntoIterator for Flat<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<T: FlatRow> Serialize for Flat<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(None)?;
        for row in &self.0 {
            row.put(&mut seq)?;
        }
        seq.end()
    }
}

impl<'de, T: FlatRow> Deserialize<'de> for Flat<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Elements<T>(PhantomData<T>);

        impl<'de, T: FlatRow> Visitor<'de> for Elements<T> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array of elements")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
                let room = expected(&seq).checked_div(T::LENGTH).unwrap_or_default();
                let mut rows = Vec::with_capacity(room);
                while let Some(row) = T::take(&mut seq)? {
                    rows.push(row);
                }
                Ok(rows)
            }

            fn visit_unit<E>(self) -> Result<Vec<T>, E> {
                Ok(Vec::new())
            }
        }

        deserializer.deserialize_any(Elements(PhantomData)).map(Self)
    }
}

/// The next element of a row that has begun.
pub(super) fn rest<'de, T: Deserialize<'de>, A: SeqAccess<'de>>(seq: &mut A) -> Result<T, A::Error> {
    seq.next_element()?.ok_or_else(|| A::Error::custom("the array ends in the middle of a row"))
}

/// Says that a struct's fields, in this order, are elements of a flat array.
macro_rules! flat_row {
    ($row:ident { $first:ident, $($field:ident),+ }) => {
        impl $crate::feed::FlatRow for $row {
            const LENGTH: usize = [stringify!($first), $(stringify!($field)),+].len();

            fn take<'de, A: venue_core::serde::de::SeqAccess<'de>>(
                seq: &mut A,
            ) -> Result<Option<Self>, A::Error> {
                let Some($first) = seq.next_element()? else { return Ok(None) };
                $( let $field = $crate::feed::flat::rest(seq)?; )+
                Ok(Some(Self { $first, $($field),+ }))
            }

            fn put<S: venue_core::serde::ser::SerializeSeq>(&self, seq: &mut S) -> Result<(), S::Error> {
                seq.serialize_element(&self.$first)?;
                $( seq.serialize_element(&self.$field)?; )+
                Ok(())
            }
        }
    };
}

pub(super) use flat_row;

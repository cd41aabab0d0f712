//! Lists of independent rows, of which a bad one must not take the good ones with it.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::de::{DeserializeOwned, SeqAccess, Visitor};
use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::audit;
use super::json::expected;

/// A row that did not read as its type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BadRow {
    /// Its place in the list as the venue sent it, from 0.
    pub index: usize,
    /// The row's JSON text.
    pub raw: String,
    /// Why it did not read.
    pub error: String,
}

/// Rows of a list: the good ones in order, and the bad ones aside.
///
/// Reads as a slice of the good rows. A caller that must not miss one looks at [`bad`](Self::bad) as well.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows<T> {
    good: Vec<T>,
    bad: Vec<BadRow>,
}

impl<T> Rows<T> {
    /// The rows that did not read.
    #[must_use]
    pub fn bad(&self) -> &[BadRow] {
        &self.bad
    }

    /// How many rows came, readable or not: what a page is full or short by.
    #[must_use]
    pub fn received(&self) -> usize {
        self.good.len() + self.bad.len()
    }

    /// Where a list goes on that is walked from row to row: the id of the last row, or of the first when it is
    /// walked `back`. `None` when there is no row that reads, and when the list would go on where this page was
    /// asked `from`: then it does not move.
    pub fn edge<'r, I: PartialEq + 'r>(
        &'r self,
        back: bool,
        from: Option<&I>,
        id: impl FnOnce(&'r T) -> &'r I,
    ) -> Option<&'r I> {
        let row = if back { self.good.first() } else { self.good.last() };
        row.map(id).filter(|id| Some(*id) != from)
    }

    /// The good rows, when there is no bad one.
    ///
    /// # Errors
    /// The first bad row.
    pub fn all(self) -> Result<Vec<T>, BadRow> {
        match self.bad.into_iter().next() {
            None => Ok(self.good),
            Some(bad) => Err(bad),
        }
    }

    /// The good rows, whatever was bad.
    #[must_use]
    pub fn into_good(self) -> Vec<T> {
        self.good
    }
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { good: Vec::new(), bad: Vec::new() }
    }
}

impl<T> Deref for Rows<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.good
    }
}

impl<T> From<Vec<T>> for Rows<T> {
    fn from(good: Vec<T>) -> Self {
        Self { good, bad: Vec::new() }
    }
}

impl<'a, T> IntoIterator for &'a Rows<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.good.iter()
    }
}

impl<T> IntoIterator for Rows<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    /// Iterates over the good rows; look at [`Rows::bad`] first.
    fn into_iter(self) -> Self::IntoIter {
        self.good.into_iter()
    }
}

impl<T: Serialize> Serialize for Rows<T> {
    /// Writes the rows in their original order, the bad ones as the text that came.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let total = self.received();
        let mut seq = serializer.serialize_seq(Some(total))?;
        let mut good = self.good.iter();
        let mut bad = self.bad.iter().peekable();
        for index in 0..total {
            if let Some(row) = bad.next_if(|row| row.index == index) {
                let raw: &RawValue = serde_json::from_str(&row.raw).map_err(serde::ser::Error::custom)?;
                seq.serialize_element(raw)?;
            } else if let Some(row) = good.next() {
                seq.serialize_element(row)?;
            }
        }
        seq.end()
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Rows<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Not by way of an `Option`, for which serde lets a missing field pass: no list is not an empty list.
        deserializer.deserialize_any(RowsVisitor(PhantomData))
    }
}

struct RowsVisitor<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for RowsVisitor<T> {
    type Value = Rows<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of rows")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Rows<T>, E> {
        Ok(Rows::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Rows<T>, A::Error> {
        let mut rows = Rows::default();
        if !audit::is_lenient() {
            // One pass straight into the rows; only a failure pays for the second, row by row.
            let expected = expected(&seq).max(1);
            while let Some(row) = seq.next_element()? {
                if rows.good.is_empty() {
                    // Most pushes have one row, and who keeps them keeps no room for more.
                    rows.good.reserve_exact(expected);
                }
                rows.good.push(row);
            }
            return Ok(rows);
        }
        let mut index = 0;
        while let Some(text) = seq.next_element::<Box<RawValue>>()? {
            match audit::reparse(text.get(), &format!("[{index}]")) {
                Ok(row) => rows.good.push(row),
                Err(error) => {
                    let row = BadRow { index, raw: text.get().to_owned(), error: error.to_string() };
                    audit::note_bad_row(&row);
                    rows.bad.push(row);
                }
            }
            index += 1;
        }
        Ok(rows)
    }
}

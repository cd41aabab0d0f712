//! Answers that tell orders apart by your own ids of them.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use venue_core::ClientOrderId;
use venue_core::serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use venue_core::serde::{Serialize, Serializer};

/// What became of each order, by your own id of it, in the venue's order.
///
/// Reads as a slice of pairs. Orders that were given no id of yours stand under an empty one.
#[derive(Debug, Clone, PartialEq)]
pub struct ByClientId<T>(Vec<(ClientOrderId, T)>);

impl<T> ByClientId<T> {
    /// What became of the order with this id of yours.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&T> {
        self.0.iter().find(|(known, _)| known.as_str() == id).map(|(_, value)| value)
    }
}

impl<T> Default for ByClientId<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Deref for ByClientId<T> {
    type Target = [(ClientOrderId, T)];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<'a, T> IntoIterator for &'a ByClientId<T> {
    type Item = &'a (ClientOrderId, T);
    type IntoIter = std::slice::Iter<'a, (ClientOrderId, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T: Serialize> Serialize for ByClientId<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(id, value)| (id, value)))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for ByClientId<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Pairs<T> {
            type Value = ByClientId<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object by client order id")
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(ByClientId::default())
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::with_capacity(map.size_hint().unwrap_or_default());
                while let Some(id) = map.next_key::<String>()? {
                    pairs.push((ClientOrderId::new(id), map.next_value()?));
                }
                Ok(ByClientId(pairs))
            }
        }
        deserializer.deserialize_any(Pairs(PhantomData))
    }
}

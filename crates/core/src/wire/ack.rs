//! Successes that carry nothing of use.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::endpoint::RawJson;

/// What a write is told when there is nothing to tell: `true`, `null`, an empty object.
///
/// What came is kept, should the venue say more one day. A success that carries `false` contradicts itself: it
/// doesn't read, and so is an error of unknown outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Ack(RawJson);

impl Ack {
    /// The JSON text that came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl<'de> Deserialize<'de> for Ack {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = RawJson::deserialize(deserializer)?;
        affirmed(raw.as_str() != "false").map_err(D::Error::custom)?;
        Ok(Self(raw))
    }
}

/// Refuses the `false` of a success, for types that have more to read than an [`Ack`].
///
/// # Errors
/// Words for the contradiction, where it is one.
pub fn affirmed(said: bool) -> Result<bool, &'static str> {
    if said { Ok(said) } else { Err("a success that says false") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_success_that_says_false_does_not_read() {
        for text in ["true", "null", "{}", r#""""#, r#""false""#, r#"{"ok":false}"#] {
            let ack: Ack = serde_json::from_str(text).unwrap();
            assert_eq!((ack.as_str(), serde_json::to_string(&ack).unwrap().as_str()), (text, text));
        }
        let error = serde_json::from_str::<Ack>(" false ").unwrap_err().to_string();
        assert!(error.starts_with("a success that says false"), "{error}");
    }
}

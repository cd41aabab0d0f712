//! Frames in the venue's words.

use crate::dialect::Json;
use crate::json::{object, quote, write};
use crate::manner::Manner;

/// What a client asks for.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) is_subscribe: bool,
    pub(super) params: Vec<String>,
    id: String,
}

impl Request {
    /// Reads a frame; `Err` with the id, as far as there is one, when it isn't a request.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let Some(members) = object(text) else { return Err(String::new()) };
        let member = |name: &str| members.iter().find(|(key, _)| key == name).map(|(_, value)| value.get());
        // Documented as any text.
        let id = member("id").and_then(|raw| serde_json::from_str::<String>(raw).ok()).unwrap_or_default();
        let method = member("method").and_then(|raw| serde_json::from_str::<String>(raw).ok());
        let params = member("params").and_then(|raw| serde_json::from_str::<Vec<String>>(raw).ok());
        let is_subscribe = match method.as_deref().map(str::to_ascii_uppercase).as_deref() {
            Some("SUBSCRIBE") => true,
            Some("UNSUBSCRIBE") => false,
            _ => return Err(id),
        };
        match params.filter(|params| !params.is_empty()) {
            Some(params) => Ok(Self { is_subscribe, params, id }),
            None => Err(id),
        }
    }

    /// A confirmation, in the words of this line.
    pub(super) fn granted(&self, words: &str, manner: Manner) -> Json {
        answer(&self.id, 0, words, manner)
    }

    pub(super) fn refused(&self, code: u32, words: &str, manner: Manner) -> Json {
        answer(&self.id, code, words, manner)
    }
}

/// An answer; live ones name the session too.
pub(super) fn answer(id: &str, code: u32, words: &str, manner: Manner) -> Json {
    let mut members = vec![("id", quote(id)), ("code", code.to_string()), ("msg", quote(words))];
    if manner == Manner::Observed {
        // What isn't known isn't repeated.
        members.retain(|(name, value)| *name != "id" || value != "\"\"");
        members.push(("sessionId", quote("0242acfffe110004-00000001")));
    }
    write(&members)
}

pub(super) fn push(topic: &str, event: &str, data: &str) -> Json {
    write(&[("topic", quote(topic)), ("event", quote(event)), ("data", data.to_owned())])
}

//! Requests, and what is said to them.

use crate::dialect::Json;
use crate::json::{Members, object, quote, write};
use crate::manner::Manner;

use super::Version;

/// A request as it arrived: values are raw JSON.
#[derive(Debug)]
pub(super) struct Request {
    members: Members,
    params: Members,
}

/// What a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    Sub,
    Cancel,
    CancelAll,
}

/// What is wrong with a request: code and words, as this family of venues has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wrong(&'static str, &'static str);

impl Wrong {
    pub(super) const JSON: Self = Self("-10001", "Invalid JSON!");
    pub(super) const EVENT: Self = Self("-10002", "Invalid event");
    pub(super) const NO_EVENT: Self = Self("-10003", "Event required!");
    pub(super) const TOPIC: Self = Self("-10004", "Invalid topic!");
    pub(super) const NO_TOPIC: Self = Self("-10005", "Topic required!");
    pub(super) const PERIOD: Self = Self("-10009", "Invalid period!");
    pub(super) const SYMBOL: Self = Self("-100010", "Invalid Symbols!");
    /// What the second version says instead of the two above.
    const PARAMETER: Self = Self("-100011", "Parameter error!");
}

fn find<'a>(members: &'a Members, name: &str) -> Option<&'a str> {
    members.iter().find(|(key, _)| key == name).map(|(_, value)| value.get())
}

/// The text of a string, the digits of a number, the word of a boolean.
fn plain(raw: &str) -> Option<String> {
    match raw.as_bytes().first()? {
        b'"' => serde_json::from_str(raw).ok(),
        b'{' | b'[' | b'n' => None,
        _ => Some(raw.to_owned()),
    }
}

impl Request {
    pub(super) fn read(text: &str) -> Option<Self> {
        let members = object(text)?;
        let params = find(&members, "params").and_then(object).unwrap_or_default();
        Some(Self { members, params })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        find(&self.members, name).is_some()
    }

    /// A member at the top.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        find(&self.members, name).and_then(plain)
    }

    pub(super) fn param(&self, name: &str) -> Option<String> {
        find(&self.params, name).and_then(plain)
    }

    /// The id of the request, raw.
    pub(super) fn id(&self) -> Option<&str> {
        find(&self.members, "id")
    }

    pub(super) fn event(&self) -> Result<Event, Wrong> {
        match self.text("event").as_deref() {
            None => Err(Wrong::NO_EVENT),
            Some("sub") => Ok(Event::Sub),
            Some("cancel") => Ok(Event::Cancel),
            Some("cancel_all") => Ok(Event::CancelAll),
            Some(_) => Err(Wrong::EVENT),
        }
    }

    /// The second version's acknowledgement.
    pub(super) fn ack(&self, manner: Manner) -> Json {
        let mut members = self.echo();
        members.extend([("code", quote("0")), ("msg", quote("Success"))]);
        if manner != Manner::Documented {
            let site = self.text("site").unwrap_or_else(|| "hk".to_owned());
            members.push(("site", quote(&site.to_lowercase())));
        }
        write(&members)
    }

    fn echo(&self) -> Vec<(&'static str, Json)> {
        let raw = |name: &'static str| find(&self.members, name).map(|raw| (name, crate::json::compact(raw)));
        ["topic", "event", "params"].into_iter().filter_map(raw).collect()
    }

    pub(super) fn refused(&self, version: Version, wrong: Wrong) -> Json {
        match version {
            Version::V1 => {
                let mut members = vec![("code", quote(wrong.0)), ("desc", quote(wrong.1))];
                members.extend(self.text("topic").map(|topic| ("topic", quote(&topic))));
                write(&members)
            }
            Version::V2 => {
                let is_parameter = [Wrong::SYMBOL, Wrong::PERIOD].contains(&wrong);
                let wrong = if is_parameter { Wrong::PARAMETER } else { wrong };
                let mut members = self.echo();
                members.extend([("code", quote(wrong.0)), ("msg", quote(wrong.1))]);
                write(&members)
            }
        }
    }
}

/// What isn't JSON can't be echoed.
pub(super) fn not_json(version: Version) -> Json {
    let Wrong(code, words) = Wrong::JSON;
    let name = if version == Version::V1 { "desc" } else { "msg" };
    write(&[("code", quote(code)), (name, quote(words))])
}

/// The answer to a ping: the venue's own time.
pub(super) fn pong(now_ms: i64) -> Json {
    format!(r#"{{"pong":{now_ms}}}"#)
}

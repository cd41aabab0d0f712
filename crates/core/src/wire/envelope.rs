//! The wrapper around an answer, described as data and read in one pass.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::Token;
use super::token::TOKEN;

/// Which top-level keys of a venue's answers mean what.
///
/// A venue with two envelopes lists the keys of both; an answer carries those of one.
#[derive(Debug, Clone, Copy)]
pub struct Keys {
    /// Keys that say whether it went well: compared with `success`.
    status: &'static [&'static str],
    /// Values of a status key that mean success; anything else is a refusal.
    success: &'static [&'static str],
    /// Keys of the error's code where that is not the status itself.
    code: &'static [&'static str],
    /// Keys of a text for people.
    message: &'static [&'static str],
    /// Keys of an object that holds code and message of an error.
    error: &'static [&'static str],
    /// Keys of the payload.
    data: &'static [&'static str],
    /// Keys of the venue's id of the request.
    trace: &'static [&'static str],
    /// Keys that are `false` when the venue says no, besides or instead of a code.
    flag: &'static [&'static str],
    /// Keys that are known to mean nothing here.
    ignored: &'static [&'static str],
    /// How long the keys are that say how it went, a bit for each length: most others are told by that alone.
    telling: u64,
}

const fn with_lengths(mut lengths: u64, mut keys: &[&str]) -> u64 {
    while let [key, rest @ ..] = keys {
        lengths |= 1 << (key.len() % 64);
        keys = rest;
    }
    lengths
}

impl Keys {
    /// Keys by role: status with its values of success, and the payload; nothing else yet.
    #[must_use]
    pub const fn new(
        status: &'static [&'static str],
        success: &'static [&'static str],
        data: &'static [&'static str],
    ) -> Self {
        Self {
            status,
            success,
            code: &[],
            message: &[],
            error: &[],
            data,
            trace: &[],
            flag: &[],
            ignored: &[],
            telling: with_lengths(0, status),
        }
    }

    /// Sets the keys of an error's code where that is not the status.
    #[must_use]
    pub const fn code(mut self, keys: &'static [&'static str]) -> Self {
        self.code = keys;
        self
    }

    /// Sets the keys of a text for people.
    #[must_use]
    pub const fn message(mut self, keys: &'static [&'static str]) -> Self {
        self.message = keys;
        self
    }

    /// Sets the keys of an object with code and message of an error.
    #[must_use]
    pub const fn error(mut self, keys: &'static [&'static str]) -> Self {
        self.telling = with_lengths(self.telling, keys);
        self.error = keys;
        self
    }

    /// Sets the keys of the venue's id of the request.
    #[must_use]
    pub const fn trace(mut self, keys: &'static [&'static str]) -> Self {
        self.trace = keys;
        self
    }

    /// Sets the keys that are `false` when the venue says no.
    #[must_use]
    pub const fn flag(mut self, keys: &'static [&'static str]) -> Self {
        self.telling = with_lengths(self.telling, keys);
        self.flag = keys;
        self
    }

    /// Sets the keys that are known to mean nothing here.
    #[must_use]
    pub const fn ignored(mut self, keys: &'static [&'static str]) -> Self {
        self.ignored = keys;
        self
    }

    /// Whether a status of this text means success.
    #[must_use]
    pub fn is_success(&self, status: &str) -> bool {
        self.success.contains(&status)
    }

    fn role(&self, key: &str) -> Role {
        let is = |keys: &[&str]| keys.contains(&key);
        if is(self.data) {
            Role::Data
        } else if is(self.status) {
            Role::Status
        } else if is(self.message) {
            Role::Message
        } else if is(self.code) {
            Role::Code
        } else if is(self.error) {
            Role::Error
        } else if is(self.trace) {
            Role::Trace
        } else if is(self.flag) {
            Role::Flag
        } else if is(self.ignored) {
            Role::Ignored
        } else {
            Role::Other
        }
    }

    /// Whether this is a key by which an answer says how it went.
    #[inline]
    pub(crate) fn tells(&self, key: &str) -> bool {
        self.telling >> (key.len() % 64) & 1 == 1 && self.telling_keys().any(|known| *known == key)
    }

    fn telling_keys(&self) -> impl Iterator<Item = &'static &'static str> {
        self.status.iter().chain(self.error).chain(self.flag)
    }

    /// Whether the text of a body may hold one of the status keys; cheap, and wrong only to the safe side.
    #[must_use]
    pub(crate) fn may_have_status(&self, text: &str) -> bool {
        let text = text.as_bytes();
        self.telling_keys().any(|key| {
            // Vectorised: a usual answer holds none of them, and is searched to its end for each.
            memchr::memmem::find_iter(text, key.as_bytes()).any(|at| {
                at > 0 && text.get(at - 1) == Some(&b'"') && text.get(at + key.len()) == Some(&b'"')
            })
        })
    }
}

enum Role {
    Status,
    Code,
    Message,
    Error,
    Data,
    Trace,
    Flag,
    Ignored,
    Other,
}

/// What an envelope says besides its payload.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Head<'a> {
    /// The status, as text: zero-padded codes keep their zeros.
    pub status: Option<Cow<'a, str>>,
    /// The code of an error, where that is not the status itself.
    pub code: Option<Cow<'a, str>>,
    /// The venue's words.
    pub message: Option<Cow<'a, str>>,
    /// The venue's id of the request.
    pub trace: Option<Cow<'a, str>>,
    /// A flag that says whether it went well.
    pub flag: Option<bool>,
}

impl Head<'_> {
    /// Whether the envelope says that it went well; `None` when it says nothing.
    #[must_use]
    pub fn success(&self, keys: &Keys) -> Option<bool> {
        let by_status = self.status.as_deref().map(|status| keys.is_success(status));
        match (by_status, self.flag) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), _) | (None, Some(true)) => Some(true),
            (None, None) => None,
        }
    }

    /// The code that names the error: its own, else the status.
    #[must_use]
    pub fn error_code(&self) -> Option<&str> {
        self.code.as_deref().filter(|code| !code.is_empty()).or(self.status.as_deref())
    }
}

/// An answer read in one pass: its head, and its payload where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Envelope<'a, T> {
    /// What the envelope says.
    pub head: Head<'a>,
    /// The payload; `None` when no payload key was there.
    pub data: Option<T>,
}

impl<'de, T: Deserialize<'de>> Envelope<'de, T> {
    /// Reads an envelope by its keys.
    ///
    /// # Errors
    /// When the text is not an object, or the payload is not a `T`.
    pub fn read<D: Deserializer<'de>>(keys: &Keys, deserializer: D) -> Result<Self, D::Error> {
        let mut data = None;
        let head = Head::read_around(&mut data, keys, deserializer)?;
        Ok(Self { head, data })
    }
}

impl<'de> Head<'de> {
    /// Reads an envelope by its keys. The payload goes where it stays: it may be large, and each move costs.
    pub(crate) fn read_around<T: Deserialize<'de>, D: Deserializer<'de>>(
        data: &mut Option<T>,
        keys: &Keys,
        deserializer: D,
    ) -> Result<Self, D::Error> {
        // What an attempt that failed has left is not this one's.
        *data = None;
        deserializer.deserialize_map(EnvelopeVisitor { keys, data })
    }
}

struct EnvelopeVisitor<'k, T> {
    keys: &'k Keys,
    data: &'k mut Option<T>,
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for EnvelopeVisitor<'_, T> {
    type Value = Head<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an answer's envelope")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut head = Head::default();
        // What the error object says is nearer to the point than what stands around it, in whatever order.
        let mut inner = (None, None);
        while let Some(role) = map.next_key_seed(RoleSeed(self.keys))? {
            match role {
                Role::Status => head.status = map.next_value::<Loose<'de>>()?.0,
                Role::Code => head.code = map.next_value::<Loose<'de>>()?.0,
                Role::Message => {
                    // Two message keys may stand side by side, one of them empty.
                    let text = map.next_value::<Loose<'de>>()?.0;
                    head.message = text.filter(|text| !text.is_empty()).or(head.message);
                }
                Role::Flag => {
                    let flag = map.next_value::<Loose<'de>>()?.0;
                    head.flag = flag.map(|flag| flag != "false").or(head.flag);
                }
                Role::Trace => head.trace = map.next_value::<Loose<'de>>()?.0,
                Role::Data => *self.data = Some(map.next_value()?),
                Role::Error => {
                    if let Some(fault) = map.next_value::<Option<Fault<'de>>>()? {
                        inner = (fault.code.0, fault.msg.0);
                    }
                }
                Role::Ignored => {
                    map.next_value::<super::Empty>()?;
                }
                Role::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        let said = |text: Option<Cow<'de, str>>| text.filter(|text| !text.is_empty());
        head.code = said(inner.0).or(head.code);
        head.message = said(inner.1).or(head.message);
        Ok(head)
    }
}

struct RoleSeed<'k>(&'k Keys);

impl<'de> DeserializeSeed<'de> for RoleSeed<'_> {
    type Value = Role;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Role, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for RoleSeed<'_> {
    type Value = Role;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: serde::de::Error>(self, key: &str) -> Result<Role, E> {
        Ok(self.0.role(key))
    }
}

/// The error object inside an envelope.
#[derive(Deserialize)]
struct Fault<'a> {
    #[serde(default, borrow)]
    code: Loose<'a>,
    #[serde(default, alias = "message", borrow)]
    msg: Loose<'a>,
    // Read, so that it does not count as unmapped.
    #[serde(default, rename = "args")]
    _args: super::Empty,
}

/// A text or a number; anything else where a text belongs is nothing.
#[derive(Default)]
struct Loose<'a>(Option<Cow<'a, str>>);

impl<'a> Loose<'a> {
    fn of(raw: &'a str) -> Self {
        Self(match Token::from_json(raw) {
            Ok(Token::Text(text) | Token::Number(text)) => Some(text),
            Ok(Token::Bool(true)) => Some(Cow::Borrowed("true")),
            Ok(Token::Bool(false)) => Some(Cow::Borrowed("false")),
            Ok(Token::Null) | Err(_) => None,
        })
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Loose<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(TOKEN, LooseVisitor)
    }
}

/// Takes strings and nothing as such where they are handed over so, and else the value's text.
struct LooseVisitor;

impl<'de> Visitor<'de> for LooseVisitor {
    type Value = Loose<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E: serde::de::Error>(self, text: &'de str) -> Result<Loose<'de>, E> {
        Ok(Loose(Some(Cow::Borrowed(text))))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Loose<'de>, E> {
        Ok(Loose(Some(Cow::Owned(text.to_owned()))))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Loose<'de>, E> {
        Ok(Loose(None))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Loose<'de>, D::Error> {
        <&RawValue>::deserialize(deserializer).map(|raw| Loose::of(raw.get()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: Keys = Keys::new(&["code", "rc"], &["1000", "0"], &["data", "result"])
        .code(&["mc"])
        .message(&["message", "msg"])
        .error(&["error"])
        .trace(&["trace"]);

    fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Result<Envelope<'a, T>, serde_json::Error> {
        Envelope::read(&KEYS, &mut serde_json::Deserializer::from_str(text))
    }

    #[test]
    fn either_envelope_is_read_in_one_pass() {
        let one: Envelope<'_, Vec<u32>> =
            read(r#"{"code":"1000","trace":"t","data":[1],"message":"Ok"}"#).unwrap();
        assert_eq!(one.head.success(&KEYS), Some(true));
        assert_eq!(one.head.trace.as_deref(), Some("t"));
        assert_eq!(one.data, Some(vec![1]));
        let two: Envelope<'_, Option<u32>> =
            read(r#"{"rc":1,"mc":"AUTH_103","ma":[],"result":null}"#).unwrap();
        assert_eq!(two.head.success(&KEYS), Some(false));
        assert_eq!(two.head.error_code(), Some("AUTH_103"));
    }

    #[test]
    fn an_error_object_gives_code_and_message() {
        let text =
            r#"{"rc":1,"error":{"code":"insufficient_balance","msg":"no","args":[]},"message":"failure"}"#;
        let head = read::<IgnoredAny>(text).unwrap().head;
        assert_eq!(head.error_code(), Some("insufficient_balance"));
        assert_eq!(head.message.as_deref(), Some("no"));
        let empty = read::<IgnoredAny>(r#"{"error":{"code":"","msg":""},"rc":0}"#).unwrap().head;
        assert_eq!((empty.success(&KEYS), empty.code), (Some(true), None));
    }

    #[test]
    fn padded_codes_keep_their_zeros() {
        let head = read::<IgnoredAny>(r#"{"code":"0211","msg":["odd"]}"#).unwrap().head;
        assert_eq!(head.error_code(), Some("0211"));
        assert_eq!(head.message, None);
    }

    #[test]
    fn a_flag_refuses_without_claiming_a_code() {
        const FLAGGED: Keys = KEYS.flag(&["success"]);
        let head = |text| {
            let mut deserializer = serde_json::Deserializer::from_str(text);
            Envelope::<IgnoredAny>::read(&FLAGGED, &mut deserializer).unwrap().head
        };
        let refused = head(r#"{"success":false,"id":"0"}"#);
        assert_eq!((refused.success(&FLAGGED), refused.error_code()), (Some(false), None));
        assert_eq!(head(r#"{"success":true,"code":"5"}"#).success(&FLAGGED), Some(false));
        assert_eq!(head(r#"{"success":true}"#).success(&FLAGGED), Some(true));
    }

    #[test]
    fn a_status_key_is_noticed_without_parsing() {
        assert!(KEYS.may_have_status(r#"{"a":1,"code":3}"#));
        assert!(!KEYS.may_have_status(r#"{"a":"the code","arc":1,"rcx":2}"#));
    }
}

//! What would go out, to be looked at or sent by somebody else.

use std::fmt;

use crate::http::Outgoing;

/// A request exactly as it would go over the wire. It holds the key and a signature.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Prepared {
    /// The verb.
    pub method: String,
    /// The whole URL.
    pub url: String,
    /// Headers in the order in which they are sent, without those that HTTP itself adds.
    pub headers: Vec<(String, String)>,
    /// The body; `None` when there is none.
    pub body: Option<String>,
    /// What was signed; `None` when nothing was.
    pub string_to_sign: Option<String>,
}

impl Prepared {
    pub(crate) fn new(outgoing: &Outgoing, string_to_sign: Option<String>, names: &[&str]) -> Self {
        let spelling = |name: &str| {
            let known = names.iter().chain(&["Content-Type"]).find(|known| known.eq_ignore_ascii_case(name));
            known.map_or_else(|| name.to_owned(), |known| (*known).to_owned())
        };
        let headers = outgoing
            .headers
            .iter()
            .map(|(name, value)| {
                (spelling(name.as_str()), String::from_utf8_lossy(value.as_bytes()).into_owned())
            })
            .collect();
        let body = (!outgoing.body.is_empty()).then(|| String::from_utf8_lossy(&outgoing.body).into_owned());
        Self {
            method: outgoing.method.to_string(),
            url: outgoing.uri.to_string(),
            headers,
            body,
            string_to_sign,
        }
    }
}

impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = self.url.split('?').next().unwrap_or_default();
        f.debug_struct("Prepared").field("method", &self.method).field("url", &url).finish_non_exhaustive()
    }
}

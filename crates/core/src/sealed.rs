//! A request as it goes over the wire.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, Method};
use smallvec::SmallVec;

use crate::error::Error;
use crate::sign::Credentials;

/// A request as it goes over the wire, but for the host.
#[derive(Clone)]
#[non_exhaustive]
pub struct Sealed {
    /// The verb.
    pub method: Method,
    /// Path and query string, exactly as sent.
    pub target: Cow<'static, str>,
    /// Headers, without those that HTTP itself adds.
    pub headers: HeaderMap,
    /// The body, exactly as sent.
    pub body: Bytes,
    /// What was signed, where it was asked for.
    pub string_to_sign: Option<String>,
}

impl Sealed {
    /// A request without headers and body.
    #[must_use]
    pub fn new(method: Method, target: impl Into<Cow<'static, str>>) -> Self {
        Self {
            method,
            target: target.into(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            string_to_sign: None,
        }
    }

    /// Begins a request with a body, to which headers are added.
    #[must_use]
    pub fn build(method: Method, target: impl Into<Cow<'static, str>>, body: String) -> Sealing {
        let body_ends = body.len();
        Sealing {
            sealed: Self::new(method, target),
            text: body,
            body_ends,
            headers: SmallVec::new(),
            failed: false,
        }
    }
}

/// A target with this query string behind it, if there is one.
#[must_use]
pub fn with_query(target: Cow<'static, str>, query: &str) -> Cow<'static, str> {
    if query.is_empty() {
        return target;
    }
    Cow::Owned([&*target, query].join("?"))
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The query string may hold a signature.
        let path = self.target.split('?').next().unwrap_or_default();
        f.debug_struct("Sealed").field("method", &self.method).field("path", &path).finish_non_exhaustive()
    }
}

/// A request that is being given its headers. What they say is written behind the body, so that both take one
/// piece of memory.
pub struct Sealing {
    sealed: Sealed,
    text: String,
    body_ends: usize,
    headers: SmallVec<[(HeaderName, Said); 6]>,
    failed: bool,
}

/// What a header says.
enum Said {
    /// The text at this place.
    Written { at: Range<usize>, secret: bool },
    /// A value that was made before.
    Ready(HeaderValue),
}

impl Sealing {
    /// The content type of a JSON body.
    pub const JSON: HeaderValue = HeaderValue::from_static("application/json");
    /// The content type of a form.
    pub const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

    /// Adds a header.
    pub fn header(&mut self, name: HeaderName, value: &str) {
        self.write(name, value, false);
    }

    /// Adds a header that holds a key or signature, which is kept out of debug output and compression.
    pub fn secret_header(&mut self, name: HeaderName, value: &str) {
        self.write(name, value, true);
    }

    fn write(&mut self, name: HeaderName, value: &str, secret: bool) {
        let begin = self.text.len();
        self.text.push_str(value);
        self.headers.push((name, Said::Written { at: begin..self.text.len(), secret }));
    }

    /// Adds the key as a header.
    pub fn key_header(&mut self, name: HeaderName, credentials: &Credentials) {
        match credentials.key_header() {
            Some(value) => self.headers.push((name, Said::Ready(value))),
            None => self.failed = true,
        }
    }

    /// Sets the content type.
    pub fn content_type(&mut self, value: HeaderValue) {
        self.headers.push((CONTENT_TYPE, Said::Ready(value)));
    }

    /// Keeps what was signed.
    pub fn signed(&mut self, text: Option<String>) {
        self.sealed.string_to_sign = text;
    }

    /// The request.
    ///
    /// # Errors
    /// When a value can't be in a header: a line break in a key, say.
    pub fn finish(mut self) -> Result<Sealed, Error> {
        let wrong = || Error::config("a credential holds characters that a header can't");
        if self.failed {
            return Err(wrong());
        }
        // Two more are added on the way: the host and who asks.
        self.sealed.headers.reserve(self.headers.len() + 2);
        let text = Bytes::from(self.text);
        for (name, said) in self.headers.drain(..) {
            let value = match said {
                Said::Ready(value) => value,
                Said::Written { at, secret } => {
                    let mut value = HeaderValue::from_maybe_shared(text.slice(at)).map_err(|_| wrong())?;
                    value.set_sensitive(secret);
                    value
                }
            };
            self.sealed.headers.insert(name, value);
        }
        self.sealed.body = text.slice(..self.body_ends);
        Ok(self.sealed)
    }
}

impl fmt::Debug for Sealing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealing(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: HeaderName = HeaderName::from_static("x-name");
    const SIGN: HeaderName = HeaderName::from_static("x-sign");

    #[test]
    fn headers_stand_behind_the_body_and_are_no_part_of_it() {
        for body in ["", "{}"] {
            let mut sealing = Sealed::build(Method::POST, "/path?signature=s3cret", body.to_owned());
            sealing.header(NAME, "1700000000000");
            sealing.secret_header(SIGN, "abcdef");
            sealing.content_type(Sealing::JSON);
            sealing.signed(Some("text".to_owned()));
            assert_eq!(format!("{sealing:?}"), "Sealing(***)");
            let sealed = sealing.finish().unwrap();
            assert_eq!(sealed.body, body);
            assert_eq!(sealed.headers.len(), 3);
            assert_eq!(sealed.headers[NAME], "1700000000000");
            assert_eq!(sealed.headers[CONTENT_TYPE], "application/json");
            assert!(sealed.headers[SIGN].is_sensitive() && !sealed.headers[NAME].is_sensitive());
            assert_eq!(sealed.headers[SIGN], "abcdef");
            assert_eq!(sealed.string_to_sign.as_deref(), Some("text"));
            assert!(!format!("{sealed:?}").contains("s3cret"));
        }
    }

    #[test]
    fn what_no_header_can_hold_is_refused() {
        let mut sealing = Sealed::build(Method::GET, "/", String::new());
        sealing.header(NAME, "a\nb");
        assert!(sealing.finish().is_err());
        let mut sealing = Sealed::build(Method::GET, "/", String::new());
        sealing.key_header(NAME, &Credentials::new("k\ney", "secret"));
        assert!(sealing.finish().is_err());
    }
}

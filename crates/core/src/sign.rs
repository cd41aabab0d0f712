//! Signing: credentials that don't leak, HMAC with a key prepared once, and the writers whose bytes are both
//! signed and sent.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use http::HeaderValue;
use ring::hmac;
use smallvec::SmallVec;
use zeroize::Zeroizing;

use crate::endpoint::{Param, Value};
use crate::error::Invalid;
use crate::venue::ROOM;

/// A text that must not be seen: wiped when dropped, printed as `***`.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a text into custody.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text, for signing and for striking it out of messages.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// A hash function for HMAC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Algorithm {
    /// The name of the HMAC as Java has it (`HmacSHA256`), which is how venues write it that want to be told.
    #[must_use]
    pub const fn hmac_name(self) -> &'static str {
        match self {
            Self::Sha256 => "HmacSHA256",
            Self::Sha384 => "HmacSHA384",
            Self::Sha512 => "HmacSHA512",
        }
    }
}

/// An API key with its secret, and a memo (passphrase) where the venue has one.
///
/// Cheap to clone. The HMAC keys are prepared once, when the credentials are made.
#[derive(Clone)]
pub struct Credentials(Arc<Inner>);

struct Inner {
    key: Arc<str>,
    /// The key as a header, made once; `None` when it holds what a header can't.
    header: Option<HeaderValue>,
    secret: Secret,
    memo: Option<Secret>,
    sha256: hmac::Key,
    sha384: hmac::Key,
    sha512: hmac::Key,
}

impl Credentials {
    /// Key and secret, both as the text that the venue shows.
    pub fn new(key: impl Into<String>, secret: impl Into<String>) -> Self {
        let secret = Secret::new(secret);
        let prepare = |algorithm| hmac::Key::new(algorithm, secret.expose().as_bytes());
        let (sha256, sha384, sha512) =
            (prepare(hmac::HMAC_SHA256), prepare(hmac::HMAC_SHA384), prepare(hmac::HMAC_SHA512));
        let key: Arc<str> = key.into().into();
        let mut header = HeaderValue::from_str(&key).ok();
        if let Some(header) = &mut header {
            header.set_sensitive(true);
        }
        Self(Arc::new(Inner { key, header, secret, memo: None, sha256, sha384, sha512 }))
    }

    /// Adds the memo, for venues that sign one.
    #[must_use]
    pub fn memo(self, memo: impl Into<String>) -> Self {
        let inner = &self.0;
        Self(Arc::new(Inner {
            key: Arc::clone(&inner.key),
            header: inner.header.clone(),
            secret: inner.secret.clone(),
            memo: Some(Secret::new(memo)),
            sha256: inner.sha256.clone(),
            sha384: inner.sha384.clone(),
            sha512: inner.sha512.clone(),
        }))
    }

    /// The key, which is sent with each keyed request.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.0.key
    }

    /// The key, shared.
    pub(crate) fn shared_key(&self) -> Arc<str> {
        Arc::clone(&self.0.key)
    }

    /// The key as a header, kept out of debug output and compression.
    pub(crate) fn key_header(&self) -> Option<HeaderValue> {
        self.0.header.clone()
    }

    /// The memo, where one was given.
    #[must_use]
    pub fn memo_text(&self) -> Option<&str> {
        self.0.memo.as_ref().map(Secret::expose)
    }

    /// Begins an HMAC with the secret. With `explain`, the signed text is kept.
    #[must_use]
    #[inline]
    pub fn mac(&self, algorithm: Algorithm, explain: bool) -> Mac {
        let key = match algorithm {
            Algorithm::Sha256 => &self.0.sha256,
            Algorithm::Sha384 => &self.0.sha384,
            Algorithm::Sha512 => &self.0.sha512,
        };
        Mac { context: hmac::Context::with_key(key), text: explain.then(String::new) }
    }

    /// Strikes key, secret and memo out of a text.
    pub(crate) fn redact(&self, text: &mut String) {
        let memo = self.memo_text().unwrap_or_default();
        for secret in [self.0.secret.expose(), self.key(), memo] {
            // A very short one would strike out half of any text, and is no secret.
            if secret.len() >= 6 && text.contains(secret) {
                *text = text.replace(secret, "***");
            }
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(***)")
    }
}

/// An HMAC under way over a text that may come in pieces.
pub struct Mac {
    context: hmac::Context,
    text: Option<String>,
}

impl Mac {
    /// Adds to the signed text.
    #[inline]
    pub fn update(&mut self, piece: &str) {
        self.context.update(piece.as_bytes());
        if let Some(text) = &mut self.text {
            text.push_str(piece);
        }
    }

    /// The signature, and the signed text where it was kept.
    #[must_use]
    #[inline]
    pub fn finish(self) -> (HexTag, Option<String>) {
        (HexTag::new(self.context.sign().as_ref()), self.text)
    }

    /// The signature of what is written behind a text, in its memory and for as long as that takes: a dozen pieces
    /// are put together sooner than they are hashed one by one.
    pub fn behind(mut self, text: &mut String, write: impl FnOnce(&mut String)) -> (HexTag, Option<String>) {
        let ends = text.len();
        text.reserve(ROOM / 2);
        write(text);
        self.update(text.get(ends..).unwrap_or_default());
        text.truncate(ends);
        self.finish()
    }

    /// The signature of these pieces, each with what stands before it, and then of the body behind `mark`. An empty one
    /// is left out together with what stands before it.
    pub fn pieces(self, pieces: &[(&str, &str)], mark: char, body: &mut String) -> (HexTag, Option<String>) {
        let body_ends = body.len();
        self.behind(body, |text| {
            for (before, piece) in pieces {
                if !piece.is_empty() {
                    text.push_str(before);
                    text.push_str(piece);
                }
            }
            if body_ends > 0 {
                text.push(mark);
                text.extend_from_within(..body_ends);
            }
        })
    }
}

impl fmt::Debug for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mac(***)")
    }
}

/// A signature in lower-case hexadecimal, without an allocation.
pub struct HexTag {
    digits: [u8; 128],
    len: usize,
}

impl HexTag {
    #[inline]
    fn new(bytes: &[u8]) -> Self {
        let mut digits = [b'0'; 128];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(bytes) {
            if let [high, low] = pair {
                *high = hex_digit(byte >> 4);
                *low = hex_digit(byte & 0xf);
            }
        }
        Self { digits, len: (bytes.len() * 2).min(128) }
    }

    /// The digits.
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &str {
        // Hexadecimal digits are ASCII, and `len` is at most 128.
        self.digits.get(..self.len).and_then(|digits| std::str::from_utf8(digits).ok()).unwrap_or_default()
    }
}

impl fmt::Debug for HexTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HexTag(***)")
    }
}

/// Branch-free, so that the loop above is vectorised.
const fn hex_digit(nibble: u8) -> u8 {
    b'0' + nibble + (((nibble + 6) >> 4) * (b'a' - b'0' - 10))
}

/// Which bytes of a value go into a URL or form as they are.
#[derive(Debug, Clone, Copy)]
pub struct Encoding {
    plain: [bool; 256],
    plus: bool,
    /// Nothing is encoded, so nothing needs to be looked at.
    raw: bool,
}

impl Encoding {
    /// RFC 3986: letters, digits and `-._~` stay, everything else is `%XX`.
    pub const PERCENT: Self = Self::new(b"-._~", false);
    /// `application/x-www-form-urlencoded`: letters, digits and `*-._` stay, a space is `+`.
    pub const FORM: Self = Self::new(b"*-._", true);
    /// Everything stays as it is, for signed texts that are not encoded.
    pub const RAW: Self = Self { plain: [true; 256], plus: false, raw: true };

    #[expect(clippy::indexing_slicing, reason = "a byte always indexes 256 entries; evaluated in consts")]
    const fn new(others: &[u8], plus: bool) -> Self {
        let mut plain = [false; 256];
        let mut byte = 0;
        while byte < 256 {
            plain[byte] = (byte as u8).is_ascii_alphanumeric();
            byte += 1;
        }
        let mut index = 0;
        while index < others.len() {
            plain[others[index] as usize] = true;
            index += 1;
        }
        Self { plain, plus, raw: false }
    }

    /// Lets these bytes stay too.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "a byte always indexes 256 entries; evaluated in consts")]
    pub const fn allowing(mut self, others: &[u8]) -> Self {
        let mut index = 0;
        while index < others.len() {
            self.plain[others[index] as usize] = true;
            index += 1;
        }
        self
    }

    /// Writes a text encoded.
    pub fn write(&self, text: &str, out: &mut String) {
        if self.is_plain(text) {
            out.push_str(text);
            return;
        }
        for character in text.chars() {
            let mut buffer = [0; 4];
            let bytes = character.encode_utf8(&mut buffer);
            if self.is_plain(bytes) {
                out.push_str(bytes);
            } else if self.plus && character == ' ' {
                out.push('+');
            } else {
                for byte in bytes.bytes() {
                    out.push('%');
                    out.push(char::from(hex_digit(byte >> 4).to_ascii_uppercase()));
                    out.push(char::from(hex_digit(byte & 0xf).to_ascii_uppercase()));
                }
            }
        }
    }

    /// Whether a text needs no encoding.
    #[must_use]
    pub fn is_plain(&self, text: &str) -> bool {
        // Nearly every text is: to look at all of it is cheaper than to stop at the first byte that isn't.
        let is_plain = |byte| self.plain.get(usize::from(byte)).copied().unwrap_or(false);
        self.raw || text.bytes().fold(true, |all, byte| all & is_plain(byte))
    }
}

/// Writes `name=value` pairs joined by `&`, in the order given.
pub fn write_pairs<'p, 'a: 'p>(
    params: impl IntoIterator<Item = &'p Param<'a>>,
    encoding: &Encoding,
    out: &mut String,
) {
    let mut scratch = String::new();
    for (index, param) in params.into_iter().enumerate() {
        if index > 0 {
            out.push('&');
        }
        encoding.write(&param.name, out);
        out.push('=');
        match &param.value {
            Value::Text(text) => encoding.write(text, out),
            // Digits, signs and points stay as they are in every encoding.
            Value::Decimal(_) | Value::Int(_) | Value::Bool(_) => param.value.write_plain(param.style, out),
            value => {
                scratch.clear();
                value.write_plain(param.style, &mut scratch);
                encoding.write(&scratch, out);
            }
        }
    }
}

/// Writes `name=value` pairs as they are, for venues that don't document how they would be encoded.
///
/// # Errors
/// When a value holds what the encoding would have to change; the parameter is named.
pub fn write_plain_pairs<'p, 'a: 'p>(
    params: impl IntoIterator<Item = &'p Param<'a>>,
    encoding: &Encoding,
    out: &mut String,
) -> Result<(), Invalid> {
    for (index, param) in params.into_iter().enumerate() {
        if index > 0 {
            out.push('&');
        }
        out.push_str(&param.name);
        out.push('=');
        let start = out.len();
        param.value.write_plain(param.style, out);
        if !encoding.is_plain(&param.name) || !out.get(start..).is_some_and(|value| encoding.is_plain(value))
        {
            return Err(Invalid::new(format!(
                "{} holds characters that would have to be encoded, and the venue doesn't say how",
                param.name
            )));
        }
    }
    Ok(())
}

/// The parameters sorted by name, byte by byte; equal names keep their order.
pub fn sorted<'p, 'a: 'p>(params: impl IntoIterator<Item = &'p Param<'a>>) -> Sorted<'p, 'a> {
    let mut params: SmallVec<_> = params.into_iter().collect();
    params.sort_by(|a: &&Param<'_>, b: &&Param<'_>| a.name.as_bytes().cmp(b.name.as_bytes()));
    Sorted(params)
}

/// Parameters in the order of their names; no allocation for as many as requests usually have.
#[derive(Debug)]
pub struct Sorted<'p, 'a>(SmallVec<[&'p Param<'a>; 16]>);

impl<'p, 'a> Deref for Sorted<'p, 'a> {
    type Target = [&'p Param<'a>];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<'p, 'a> IntoIterator for Sorted<'p, 'a> {
    type Item = &'p Param<'a>;
    type IntoIter = smallvec::IntoIter<[&'p Param<'a>; 16]>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hmac_hex(algorithm: Algorithm, secret: &str, text: &str) -> String {
        let credentials = Credentials::new("key", secret);
        let mut mac = credentials.mac(algorithm, false);
        mac.update(text);
        mac.finish().0.as_str().to_owned()
    }

    #[test]
    fn known_answers() {
        // RFC 4231, test case 2.
        let (key, data) = ("Jefe", "what do ya want for nothing?");
        assert_eq!(
            hmac_hex(Algorithm::Sha256, key, data),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            hmac_hex(Algorithm::Sha384, key, data),
            "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649"
        );
        assert_eq!(
            hmac_hex(Algorithm::Sha512, key, data),
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
        );
    }

    #[test]
    fn secrets_are_not_printed() {
        let credentials = Credentials::new("key-1234567", "secret-1234567").memo("memo-1234567");
        let printed = format!("{credentials:?} {:?}", Secret::new("secret-1234567"));
        assert!(!printed.contains("1234567"), "{printed}");
        let mut text = "a key-1234567 b secret-1234567 c memo-1234567".to_owned();
        credentials.redact(&mut text);
        assert_eq!(text, "a *** b *** c ***");
    }

    #[test]
    fn what_is_explained_is_what_was_signed() {
        let credentials = Credentials::new("key", "secret");
        let mut pieces = credentials.mac(Algorithm::Sha256, true);
        pieces.update("a=1");
        pieces.update("&b=2");
        let (tag, text) = pieces.finish();
        assert_eq!(text.as_deref(), Some("a=1&b=2"));
        assert_eq!(tag.as_str(), hmac_hex(Algorithm::Sha256, "secret", "a=1&b=2"));
        let mut body = "{}".to_owned();
        let (behind, text) =
            credentials.mac(Algorithm::Sha256, true).behind(&mut body, |text| text.push_str("a=1&b=2"));
        assert_eq!((behind.as_str(), text.as_deref(), body.as_str()), (tag.as_str(), Some("a=1&b=2"), "{}"));
    }

    #[test]
    fn encodings_differ_where_they_should() {
        let write = |encoding: &Encoding, text: &str| {
            let mut out = String::new();
            encoding.write(text, &mut out);
            out
        };
        let text = "a b,c*~\"é";
        assert_eq!(write(&Encoding::PERCENT, text), "a%20b%2Cc%2A~%22%C3%A9");
        assert_eq!(write(&Encoding::FORM, text), "a+b%2Cc*%7E%22%C3%A9");
        assert_eq!(write(&Encoding::PERCENT.allowing(b","), "1,2"), "1,2");
        assert_eq!(write(&Encoding::RAW, text), text);
    }

    proptest! {
        #[test]
        fn an_encoded_text_decodes_to_itself(text in "\\PC{0,30}") {
            let mut out = String::new();
            Encoding::PERCENT.write(&text, &mut out);
            prop_assert!(out.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)));
            let mut bytes = Vec::new();
            let mut rest = out.bytes();
            while let Some(byte) = rest.next() {
                if byte == b'%' {
                    let pair = [rest.next().unwrap(), rest.next().unwrap()];
                    bytes.push(u8::from_str_radix(std::str::from_utf8(&pair).unwrap(), 16).unwrap());
                } else {
                    bytes.push(byte);
                }
            }
            prop_assert_eq!(String::from_utf8(bytes).unwrap(), text);
        }
    }
}

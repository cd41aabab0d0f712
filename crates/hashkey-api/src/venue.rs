//! How HashKey is spoken to: hosts, signature, envelope, clock.

use venue_core::http_types::HeaderName;
use venue_core::{
    Algorithm, Auth, ClockCall, Codes, Credentials, Draft, Encoding, Endpoint, Error, Hosts, Keys, Millis,
    Placement, Sealed, Venue, serde_json, write_pairs,
};

use crate::codes::CODES;
use crate::rest::{GetServerTime, ServerTime};

/// HashKey.
///
/// Two levels of access: public and signed. The signature is HMAC-SHA256 over the parameters as they are
/// sent, and is itself the last of them: in the query string of `GET` and `DELETE`, in the form of `POST`
/// and `PUT`. A request carries a timestamp that may lie 1 s ahead of the venue's clock and as far behind as
/// the receive window says. Symbols have no separator (`BTCUSDT`); quantities are base units.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HashKey {
    platform: Platform,
    key_header: KeyHeader,
    recv_window_ms: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Platform {
    Pro,
    Global,
}

/// Which header the API key travels in. The documentation names one in its text and the other in its
/// samples; the venue takes both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum KeyHeader {
    /// `X-HK-APIKEY`, as in nearly every sample.
    #[default]
    HkApiKey,
    /// `X-APIKEY`, as in the text.
    ApiKey,
}

impl KeyHeader {
    const fn name(self) -> HeaderName {
        match self {
            Self::HkApiKey => HeaderName::from_static("x-hk-apikey"),
            Self::ApiKey => HeaderName::from_static("x-apikey"),
        }
    }
}

impl HashKey {
    /// The platform that MENA and Hong Kong share; the one that is documented.
    #[must_use]
    pub const fn new() -> Self {
        Self { platform: Platform::Pro, key_header: KeyHeader::HkApiKey, recv_window_ms: 5_000 }
    }

    /// HashKey Global, by the same rules on its own hosts. Those hosts are not documented, but known; it
    /// has no known sandbox.
    #[must_use]
    pub const fn global() -> Self {
        Self { platform: Platform::Global, ..Self::new() }
    }

    /// Sends the key in this header.
    #[must_use]
    pub const fn key_header(mut self, header: KeyHeader) -> Self {
        self.key_header = header;
        self
    }

    /// How old a request may be when it arrives, in ms; 5000 unless said here, or by the request itself.
    #[must_use]
    pub const fn recv_window(mut self, millis: u32) -> Self {
        self.recv_window_ms = millis;
        self
    }

    /// Adds what every signed request carries besides its own parameters.
    fn stamp(&self, draft: &Draft<'_>, now: Millis, out: &mut String) {
        if !draft.params().contains("recvWindow") {
            push_pair("recvWindow", &self.recv_window_ms.to_string(), out);
        }
        if !draft.params().contains("timestamp") {
            push_pair("timestamp", &now.to_string(), out);
        }
    }
}

impl Default for HashKey {
    fn default() -> Self {
        Self::new()
    }
}

// A code is text under `/api`, a number under `/quote`, and either of the two in a batch.
pub(crate) static KEYS: Keys =
    Keys::new(&["code"], &["0", "0000", "200"], &["data"]).message(&["msg", "message"]);

/// Lists of ids and symbols keep their commas.
const ENCODING: Encoding = Encoding::PERCENT.allowing(b",");

/// Adds a pair that needs no encoding.
fn push_pair(name: &str, value: &str, out: &mut String) {
    if !out.is_empty() {
        out.push('&');
    }
    out.push_str(name);
    out.push('=');
    out.push_str(value);
}

impl Venue for HashKey {
    fn id(&self) -> &'static str {
        "hashkey"
    }

    fn hosts(&self) -> Hosts {
        match self.platform {
            Platform::Pro => {
                Hosts::new("https://api-pro.hashkey.com").sandbox("https://api-pro.sim.hashkeydev.com").ws(
                    "wss://stream-pro.hashkey.com/quote/ws/v1",
                    "wss://stream-pro.hashkey.com/api/v1/ws/{listenKey}",
                )
            }
            Platform::Global => Hosts::new("https://api-glb.hashkey.com").ws(
                "wss://stream-glb.hashkey.com/quote/ws/v1",
                "wss://stream-glb.hashkey.com/api/v1/ws/{listenKey}",
            ),
        }
    }

    fn keys(&self) -> &'static Keys {
        &KEYS
    }

    fn codes(&self) -> &'static Codes {
        &CODES
    }

    fn header_names(&self) -> &'static [&'static str] {
        &["X-HK-APIKEY", "X-APIKEY"]
    }

    fn posts_forms(&self) -> bool {
        true
    }

    fn seal(
        &self,
        draft: &Draft<'_>,
        credentials: Option<&Credentials>,
        now: Millis,
    ) -> Result<Sealed, Error> {
        let credentials = draft.credentials(credentials)?;
        let spec = draft.spec();
        let has_form = spec.placement == Placement::Form;
        let mut query = String::with_capacity(256);
        write_pairs(draft.query(), &ENCODING, &mut query);
        let mut body = String::new();
        draft.write_body(&mut body, &ENCODING);
        let mut sealed = Sealed::new(spec.method(), String::with_capacity(320));
        if let Some(credentials) = credentials {
            sealed.secret_header(self.key_header.name(), credentials.key())?;
            if spec.auth == Auth::Signed {
                self.stamp(draft, now, if has_form { &mut body } else { &mut query });
                // Query and form are run together with nothing between them. JSON is not signed.
                let mut mac = credentials.mac(Algorithm::Sha256, draft.explain());
                mac.update(&query);
                if has_form {
                    mac.update(&body);
                }
                let (tag, text) = mac.finish();
                sealed.string_to_sign = text;
                push_pair("signature", tag.as_str(), if has_form { &mut body } else { &mut query });
            }
        }
        draft.write_path(&mut sealed.target)?;
        if !query.is_empty() {
            sealed.target.push('?');
            sealed.target.push_str(&query);
        }
        if !body.is_empty() {
            sealed.content_type(if has_form {
                "application/x-www-form-urlencoded;charset=UTF-8"
            } else {
                "application/json"
            });
        }
        Ok(sealed.with_body(body))
    }

    fn clock(&self) -> Option<ClockCall> {
        Some(ClockCall::body(GetServerTime::SPEC, |body| {
            serde_json::from_str::<ServerTime>(body).ok().map(|answer| answer.server_time)
        }))
    }
}

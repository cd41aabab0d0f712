//! How Pumpkin is spoken to: host, signature, envelopes, clock.

use std::time::Duration;

use venue_core::http_types::{HeaderMap, HeaderName, StatusCode};
use venue_core::serde_json::{Deserializer, from_str};
use venue_core::wire::Envelope;
use venue_core::ws::Streams;
use venue_core::{
    Algorithm, Auth, ClockCall, Codes, Credentials, Draft, Encoding, Endpoint as _, Error, Hosts, Invalid,
    Keys, Millis, RawJson, Sealed, Sealing, Venue, model, sorted, write_pairs,
};

use crate::codes::CODES;
use crate::rest::GetServerTime;

/// Pumpkin perpetual futures.
///
/// Every documented request is signed, market data too: HMAC-SHA256 over the parameters, sorted by name and
/// encoded as a form, exactly as they stand in the query string or in the body; over nothing at all where
/// there are none. No timestamp is signed or sent, so a request that was seen once can be sent again by
/// whoever saw it. Symbols are lower case with an underscore (`btc_usdt`); sizes are contracts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pumpkin {
    sign_plain: bool,
}

impl Pumpkin {
    /// The one site that is documented.
    #[must_use]
    pub const fn new() -> Self {
        Self { sign_plain: false }
    }

    /// Signs `name=value` pairs before they are encoded, instead of the text that is sent.
    ///
    /// Off unless asked for. The documented samples sign the encoded text, among them those of cancelling a
    /// batch, of orders by their ids and of open orders of several symbols, whose values hold commas and
    /// quotes. The samples of two lists sign the pairs as they are, in Python though not in JavaScript, and
    /// that of placing a batch hashes them so. Both ways agree on every value made of letters, digits and
    /// `_.-`, which leaves the lists to tell them apart: try this if single orders are taken and a batch is
    /// refused with `sign-error`.
    #[must_use]
    pub const fn sign_plain(mut self, plain: bool) -> Self {
        self.sign_plain = plain;
        self
    }
}

// With underscores, unlike other venues' headers of these names.
const KEY: HeaderName = HeaderName::from_static("x_access_key");
const SIGNATURE: HeaderName = HeaderName::from_static("x_signature");

// Newer answers say `msg` and have a `bizCode`, older ones say `message` and have none.
static KEYS: Keys = Keys::new(&["code"], &["0"], &["data"]).code(&["bizCode"]).message(&["msg", "message"]);

impl Venue for Pumpkin {
    fn id(&self) -> &'static str {
        "pumpkin"
    }

    /// No WebSocket host is documented.
    fn hosts(&self) -> Hosts {
        Hosts::new("https://openapi.pumpkin.xyz/futures")
    }

    fn keys(&self) -> &'static Keys {
        &KEYS
    }

    fn codes(&self) -> &'static Codes {
        &CODES
    }

    fn streams(&self) -> Option<&dyn Streams> {
        Some(self)
    }

    fn header_names(&self) -> &'static [&'static str] {
        &["X_ACCESS_KEY", "X_SIGNATURE"]
    }

    /// A body is a form always: no other kind is documented to be signed.
    fn posts_forms(&self) -> bool {
        true
    }

    fn seal(&self, draft: &Draft<'_>, credentials: Option<&Credentials>, _: Millis) -> Result<Sealed, Error> {
        let credentials = draft.credentials(credentials)?;
        let (query, form) = (sorted(draft.query()), sorted(draft.body()));
        if !query.is_empty() && !form.is_empty() {
            return Err(
                Invalid::new("parameters go into the query or into the form: both can't be signed").into()
            );
        }
        let mut target = draft.target()?;
        let mut body = String::with_capacity(512);
        let sent = if query.is_empty() {
            write_pairs(form.iter().copied(), &Encoding::FORM, &mut body);
            body.as_str()
        } else {
            let target = target.to_mut();
            target.reserve(320);
            target.push('?');
            let start = target.len();
            write_pairs(query.iter().copied(), &Encoding::FORM, target);
            target.get(start..).unwrap_or_default()
        };
        let mut signature = None;
        if let Some(credentials) = credentials.filter(|_| draft.spec().auth == Auth::Signed) {
            let mut mac = credentials.mac(Algorithm::Sha256, draft.explain());
            if self.sign_plain {
                let mut plain = String::with_capacity(320);
                write_pairs(query.iter().chain(&*form).copied(), &Encoding::RAW, &mut plain);
                mac.update(&plain);
            } else {
                mac.update(sent);
            }
            signature = Some(mac.finish());
        }
        let mut sealed = Sealed::build(draft.spec().method(), target, body);
        if let Some(credentials) = credentials {
            sealed.key_header(KEY, credentials);
        }
        if let Some((tag, text)) = signature {
            sealed.secret_header(SIGNATURE, tag.as_str());
            sealed.signed(text);
        }
        // Documented for every request, those without a body too.
        sealed.content_type(Sealing::FORM);
        sealed.finish()
    }

    /// A signed call like any other, so it needs credentials. Nothing that is sent depends on the time.
    fn clock(&self) -> Option<ClockCall> {
        Some(ClockCall::body(GetServerTime::SPEC, read_time))
    }

    /// How long a limit or a ban lasts: what `data.reset` says, taken for seconds; else what the table says of
    /// the code, which may come as the envelope's or as the status.
    fn retry_after(&self, status: StatusCode, _: &HeaderMap, body: &str) -> Option<Duration> {
        let envelope = Envelope::<RawJson>::read(&KEYS, &mut Deserializer::from_str(body)).ok();
        let code = envelope.as_ref().and_then(|envelope| envelope.head.status.as_deref()?.parse().ok());
        let row = CODES.status(code.filter(|code| *code != 0).unwrap_or(status.as_u16()));
        let data = envelope.as_ref().and_then(|envelope| envelope.data.as_ref());
        let limit = data.and_then(|data| from_str::<IpLimit>(data.as_str()).ok());
        let lasts = row.map(|row| row.lasts_s).filter(|seconds| *seconds > 0);
        limit.and_then(|limit| limit.reset).or(lasts).map(Duration::from_secs)
    }
}

model! {
    /// What comes with a ban of an address.
    struct IpLimit {
        /// When it ends. The unit is not documented; the one example, 3600, is the firewall's hour in seconds.
        reset?: u64,
    }
}

fn read_time(body: &str) -> Option<Millis> {
    Envelope::<Millis>::read(&KEYS, &mut Deserializer::from_str(body)).ok()?.data
}

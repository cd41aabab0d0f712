//! How BitMart futures is spoken to: hosts, signature, envelope, clock.

use std::time::Duration;

use venue_core::http_types::{HeaderMap, HeaderName};
use venue_core::ws::Streams;
use venue_core::{
    Algorithm, Auth, ClockCall, Codes, Credentials, Draft, Encoding, Error, Hosts, Keys, Kind, Login, Millis,
    Outcome, Sealed, Sealing, Spec, Usage, Venue,
};

use crate::codes::CODES;
use crate::limits;

/// BitMart futures, V2.
///
/// Three levels of access: public, keyed (`X-BM-KEY` alone) and signed. The signature is HMAC-SHA256 over
/// `timestamp#memo#body`, so the memo is a third credential. Symbols have no separator (`BTCUSDT`); sizes are
/// contracts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BitMart {}

impl BitMart {
    /// The one site that is documented.
    #[must_use]
    pub const fn new() -> Self {
        Self {}
    }
}

const KEY: HeaderName = HeaderName::from_static("x-bm-key");
const TIMESTAMP: HeaderName = HeaderName::from_static("x-bm-timestamp");
const SIGN: HeaderName = HeaderName::from_static("x-bm-sign");

// A code is a number in most answers and a string in some; some errors say `msg` for `message`.
static KEYS: Keys = Keys::new(&["code"], &["1000"], &["data"]).message(&["message", "msg"]).trace(&["trace"]);

/// What a WebSocket login signs in place of a body.
const LOGIN_BODY: &str = "bitmart.WebSocket";

fn sign(credentials: &Credentials, timestamp: &str, body: &str, explain: bool) -> Result<Signature, Error> {
    let Some(memo) = credentials.memo_text() else {
        return Err(Error::new(
            Kind::Auth,
            Outcome::NotSent,
            "BitMart signs the key's memo, and there is none",
        ));
    };
    let mut mac = credentials.mac(Algorithm::Sha256, explain);
    for piece in [timestamp, "#", memo, "#", body] {
        mac.update(piece);
    }
    let (tag, text) = mac.finish();
    Ok(Signature { tag, text })
}

struct Signature {
    tag: venue_core::HexTag,
    text: Option<String>,
}

impl Venue for BitMart {
    fn id(&self) -> &'static str {
        "bitmart"
    }

    fn hosts(&self) -> Hosts {
        Hosts::new("https://api-cloud-v2.bitmart.com").ws(
            "wss://openapi-ws-v2.bitmart.com/api?protocol=1.1",
            "wss://openapi-ws-v2.bitmart.com/user?protocol=1.1",
        )
    }

    fn keys(&self) -> &'static Keys {
        &KEYS
    }

    fn codes(&self) -> &'static Codes {
        &CODES
    }

    fn header_names(&self) -> &'static [&'static str] {
        &["X-BM-KEY", "X-BM-TIMESTAMP", "X-BM-SIGN"]
    }

    fn seal(
        &self,
        draft: &Draft<'_>,
        credentials: Option<&Credentials>,
        now: Millis,
    ) -> Result<Sealed, Error> {
        let credentials = draft.credentials(credentials)?;
        let target = draft.target_and_query(&Encoding::PERCENT)?;
        let body = draft.body_text(&Encoding::PERCENT);
        let timestamp = now.digits();
        let signature = match credentials {
            Some(credentials) if draft.spec().auth == Auth::Signed => {
                Some(sign(credentials, &timestamp, &body, draft.explain())?)
            }
            _ => None,
        };
        let mut sealed = Sealed::build(draft.spec().method(), target, body);
        if let Some(credentials) = credentials {
            sealed.key_header(KEY, credentials);
        }
        if let Some(Signature { tag, text }) = signature {
            sealed.header(TIMESTAMP, &timestamp);
            sealed.secret_header(SIGN, tag.as_str());
            sealed.signed(text);
        }
        // Documented for every POST, with or without a body.
        if draft.spec().verb() != "GET" {
            sealed.content_type(Sealing::JSON);
        }
        sealed.finish()
    }

    /// "Within a minute".
    fn timestamp_window(&self, _: &Draft<'_>) -> Option<Duration> {
        Some(Duration::from_secs(60))
    }

    /// `X-BM-RateLimit-Remaining` is documented as the number of requests already *used*, against its name,
    /// and nobody confirms either reading. After a request, 0 can only mean that none remain, and the whole
    /// limit only that all are used; in between, the smaller of the two readings is certain.
    fn usage(&self, spec: &Spec, headers: &HeaderMap) -> Option<Usage> {
        let limit = spec.costs().next()?.limit;
        let count = headers.get("x-bm-ratelimit-remaining")?.to_str().ok()?.trim().parse::<u32>().ok()?;
        let used =
            if count == 0 || count >= limit.count { limit.count } else { count.min(limit.count - count) };
        Some(Usage::new(limit, used))
    }

    /// No server time is documented; any public answer carries a `Date`.
    fn clock(&self) -> Option<ClockCall> {
        const SPEC: Spec = Spec::get("/contract/public/funding-rate").cost(&limits::FUNDING_RATE, 1);
        Some(ClockCall::date(SPEC, &[("symbol", "BTCUSDT")]))
    }

    fn streams(&self) -> Option<&dyn Streams> {
        Some(self)
    }

    fn login(&self, credentials: &Credentials, now: Millis) -> Option<Result<Login, Error>> {
        let timestamp = now.to_string();
        Some(sign(credentials, &timestamp, LOGIN_BODY, true).map(|signature| {
            let frame = venue_core::serde_json::json!({
                "action": "access",
                "args": [credentials.key(), timestamp, signature.tag.as_str(), "web"],
            });
            Login::new(frame.to_string(), signature.text.unwrap_or_default())
        }))
    }
}

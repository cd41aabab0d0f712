//! How HashKey is spoken to: hosts, signature, envelope, clock.

use std::time::Duration;

use venue_core::http_types::{HeaderName, HeaderValue};
use venue_core::ws::Streams;
use venue_core::{
    Algorithm, Auth, ClockCall, Codes, Credentials, Digits, Draft, Encoding, Endpoint, Error, Hosts, Keys,
    Kind, Millis, Outcome, Placement, Refusal, Sealed, Sealing, Venue, serde_json, with_query,
};

use crate::codes::CODES;
use crate::model::Site;
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
    site: Option<Site>,
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
        Self::on(Platform::Pro)
    }

    /// HashKey Global, by the same rules on its own hosts. Those hosts are not documented, but known; it
    /// has no known sandbox.
    #[must_use]
    pub const fn global() -> Self {
        Self::on(Platform::Global)
    }

    const fn on(platform: Platform) -> Self {
        Self { platform, key_header: KeyHeader::HkApiKey, recv_window_ms: 5_000, site: None }
    }

    /// Sends the key in this header.
    #[must_use]
    pub const fn key_header(mut self, header: KeyHeader) -> Self {
        self.key_header = header;
        self
    }

    /// Asks for this site's market data, wherever a request doesn't name one itself, and on the public streams.
    ///
    /// This edition documents a site for `GetExchangeInfo` alone, where leaving it out gives Bermuda's pairs; a
    /// later one takes it in every request and subscription for market data. Nothing is added unless it is set here.
    #[must_use]
    pub fn site(mut self, site: Site) -> Self {
        self.site = Some(site);
        self
    }

    /// How old a request may be when it arrives, in ms; 5000 unless said here, or by the request itself. A
    /// later edition refuses more than 8000.
    #[must_use]
    pub const fn recv_window(mut self, millis: u32) -> Self {
        self.recv_window_ms = millis;
        self
    }

    /// Adds what every signed request carries besides its own parameters.
    fn stamp(&self, draft: &Draft<'_>, now: Millis, out: &mut String) {
        if !draft.has("recvWindow") {
            push_pair("recvWindow", &Digits::of(self.recv_window_ms), out);
        }
        if !draft.has("timestamp") {
            push_pair("timestamp", &now.digits(), out);
        }
    }

    /// Whether this is the platform that is documented.
    pub(crate) const fn is_pro(&self) -> bool {
        matches!(self.platform, Platform::Pro)
    }

    /// The site that market data is asked of, if one is set.
    pub(crate) const fn its_site(&self) -> Option<&Site> {
        self.site.as_ref()
    }

    /// The site that a request for market data is still without.
    fn missing_site(&self, draft: &Draft<'_>) -> Option<&Site> {
        let is_market_data = draft.spec().section == MARKET_DATA;
        self.site.as_ref().filter(|_| is_market_data && !draft.has("site"))
    }
}

impl Default for HashKey {
    fn default() -> Self {
        Self::new()
    }
}

// A code is text under `/api`, a number under `/quote`, and either of the two in a batch. Some answers have a
// flag instead.
pub(crate) static KEYS: Keys =
    Keys::new(&["code"], &["0", "0000", "200"], &["data"]).message(&["msg", "message"]).flag(&["success"]);

/// The chapter whose requests a later edition gives a site.
pub(crate) const MARKET_DATA: &str = "Public Market Data";

/// Sent with every signed request, be it without a body, but for the one list of orders.
const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded;charset=UTF-8");

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
        let mut query = draft.query_text(&ENCODING);
        if let Some(site) = self.missing_site(draft) {
            push_pair("site", "", &mut query);
            ENCODING.write(site.as_str(), &mut query);
        }
        let mut body = draft.body_text(&ENCODING);
        let mut signed = None;
        if let Some(credentials) = credentials.filter(|_| spec.auth == Auth::Signed) {
            self.stamp(draft, now, if has_form { &mut body } else { &mut query });
            // Query and form are run together with nothing between them. JSON is not signed.
            let mut mac = credentials.mac(Algorithm::Sha256, draft.explain());
            mac.update(&query);
            if has_form {
                mac.update(&body);
            }
            let (tag, text) = mac.finish();
            signed = text;
            push_pair("signature", tag.as_str(), if has_form { &mut body } else { &mut query });
        }
        let target = with_query(draft.target()?, &query);
        let has_body = !body.is_empty();
        let mut sealed = Sealed::build(spec.method(), target, body);
        sealed.signed(signed);
        if let Some(credentials) = credentials {
            sealed.key_header(self.key_header.name(), credentials);
        }
        if !has_form && has_body {
            sealed.content_type(Sealing::JSON);
        } else if credentials.is_some() || has_body {
            sealed.content_type(FORM);
        }
        sealed.finish()
    }

    /// `"success": false` without a code: the venue says that it did not go well, and neither why nor how far
    /// it got.
    fn judge(&self, refusal: &Refusal<'_>) -> Option<(Kind, Outcome)> {
        let is_bare = refusal.status.is_success() && refusal.code.is_none();
        is_bare.then_some((Kind::Rejected, Outcome::Unknown))
    }

    /// The window that is sent: the request's own, else the client's.
    fn timestamp_window(&self, draft: &Draft<'_>) -> Option<Duration> {
        let own = draft.params().find(|param| param.name == "recvWindow").and_then(|param| {
            let mut text = String::new();
            param.value.write_plain(param.style, &mut text);
            text.parse::<u32>().ok()
        });
        Some(Duration::from_millis(u64::from(own.unwrap_or(self.recv_window_ms))))
    }

    fn streams(&self) -> Option<&dyn Streams> {
        Some(self)
    }

    fn clock(&self) -> Option<ClockCall> {
        Some(ClockCall::body(GetServerTime::SPEC, |body| {
            serde_json::from_str::<ServerTime>(body).ok().map(|answer| answer.server_time)
        }))
    }
}

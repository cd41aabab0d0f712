//! How WEX futures is spoken to: hosts and products, signature, envelopes, clock.

use std::time::Duration;

use venue_core::http_types::HeaderName;
use venue_core::ws::Streams;
use venue_core::{
    Algorithm, ClockCall, Codes, Credentials, Digits, Draft, Encoding, Endpoint, Error, Hosts, Invalid, Keys,
    Kind, Millis, Outcome, Param, Placement, Refusal, Sealed, Sealing, Venue, sorted, with_query,
    write_plain_pairs,
};

use crate::codes::CODES;
use crate::rest::{CancelOrder, GetClientIp};

/// WEX futures, USDT- or Coin-margined: the same requests on two hosts.
///
/// Public or signed; the signature covers key, time, path, and the query or the body. Symbols are lower case
/// with an underscore (`btc_usdt`, `btc_usd`); sizes are contracts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WexFutures {
    product: Product,
    algorithm: Algorithm,
    recv_window: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Product {
    UsdtM,
    CoinM,
}

impl WexFutures {
    /// Futures margined in USDT.
    #[must_use]
    pub const fn usdt_m() -> Self {
        Self::of(Product::UsdtM)
    }

    /// Futures margined in the coin itself.
    #[must_use]
    pub const fn coin_m() -> Self {
        Self::of(Product::CoinM)
    }

    const fn of(product: Product) -> Self {
        Self { product, algorithm: Algorithm::Sha256, recv_window: None }
    }

    /// Signs with another of the documented algorithms; SHA-256 is the default.
    #[must_use]
    pub const fn algorithm(mut self, algorithm: Algorithm) -> Self {
        self.algorithm = algorithm;
        self
    }

    /// How old a request may be when it arrives, in ms: up to 60 000; the venue takes 5000 unless told
    /// otherwise, and recommends no more. A clock that runs ahead by more than a second is refused whatever
    /// the window.
    #[must_use]
    pub const fn recv_window(mut self, millis: u32) -> Self {
        self.recv_window = Some(millis);
        self
    }
}

const APPKEY: HeaderName = HeaderName::from_static("validate-appkey");
const TIMESTAMP: HeaderName = HeaderName::from_static("validate-timestamp");
const SIGNATURE: HeaderName = HeaderName::from_static("validate-signature");
const RECVWINDOW: HeaderName = HeaderName::from_static("validate-recvwindow");
const ALGORITHMS: HeaderName = HeaderName::from_static("validate-algorithms");

// WEX has two envelopes, and either may arrive. `ma` holds arguments of the message, or `""`.
static KEYS: Keys = Keys::new(&["rc", "returnCode"], &["0"], &["result"])
    .code(&["mc"])
    .error(&["error"])
    .message(&["msgInfo", "ma"]);

/// How old a request may be unless it says otherwise.
const RECV_WINDOW_MS: u32 = 5_000;

/// What stays as it is in a query. Whether anything else is signed before or after it is encoded is not
/// documented, so that it is refused here.
const PLAIN: Encoding = Encoding::PERCENT.allowing(b",");

/// Writes parameters sorted by name: the text that is signed is the text that is sent.
fn write_sorted<'p, 'a: 'p>(params: impl Iterator<Item = &'p Param<'a>>) -> Result<String, Invalid> {
    let mut out = String::new();
    write_plain_pairs(sorted(params), &PLAIN, &mut out)?;
    Ok(out)
}

/// Whether a path is signed before or after its values are encoded is not documented either.
fn check_path(draft: &Draft<'_>) -> Result<(), Invalid> {
    let mut text = String::new();
    for param in draft.path_params() {
        text.clear();
        param.value.write_plain(param.style, &mut text);
        if !Encoding::PERCENT.is_plain(&text) {
            return Err(Invalid::new(format!(
                "{} {text:?}: WEX documents no encoding of such characters in a path",
                param.name
            )));
        }
    }
    Ok(())
}

impl Venue for WexFutures {
    fn id(&self) -> &'static str {
        "wex-futures"
    }

    fn hosts(&self) -> Hosts {
        let rest = match self.product {
            Product::UsdtM => "https://fapi.wexex.io",
            Product::CoinM => "https://dapi.wexex.io",
        };
        // One socket for both products; the symbol tells them apart.
        Hosts::new(rest).ws("wss://fstream.wexex.io/ws/market", "wss://fstream.wexex.io/ws/user")
    }

    fn keys(&self) -> &'static Keys {
        &KEYS
    }

    fn codes(&self) -> &'static Codes {
        &CODES
    }

    fn seal(
        &self,
        draft: &Draft<'_>,
        credentials: Option<&Credentials>,
        now: Millis,
    ) -> Result<Sealed, Error> {
        let credentials = draft.credentials(credentials)?;
        check_path(draft)?;
        let target = draft.target()?;
        let (query, mut body) = if draft.spec().placement == Placement::Form {
            // What the venue calls a form is in the query.
            (write_sorted(draft.query().chain(draft.body()))?, String::new())
        } else {
            (write_sorted(draft.query())?, draft.body_text(&Encoding::RAW))
        };
        if !query.is_empty() && !body.is_empty() {
            return Err(Invalid::new("WEX documents no signature over a query and a body together").into());
        }
        let mut signed = None;
        if let Some(credentials) = credentials {
            let timestamp = now.digits();
            let mac = credentials.mac(self.algorithm, draft.explain());
            // Without parameters, nothing follows the path.
            let pieces = [
                ("validate-appkey=", credentials.key()),
                ("&validate-timestamp=", &timestamp),
                ("#", &target),
                ("#", &query),
            ];
            let signature = mac.pieces(&pieces, '#', &mut body);
            signed = Some((credentials, timestamp, signature));
        }
        let is_form = body.is_empty();
        let target = with_query(target, &query);
        let mut sealed = Sealed::build(draft.spec().method(), target, body);
        if let Some((credentials, timestamp, (tag, text))) = signed {
            sealed.key_header(APPKEY, credentials);
            sealed.header(TIMESTAMP, &timestamp);
            sealed.secret_header(SIGNATURE, tag.as_str());
            sealed.signed(text);
            // Neither window nor algorithm is signed; both go only where they differ from the default.
            match self.recv_window {
                Some(window @ 0..=60_000) => sealed.header(RECVWINDOW, &Digits::of(window)),
                Some(window) => return Err(Error::config(format!("recv window {window}: up to 60000 ms"))),
                None => {}
            }
            if self.algorithm != Algorithm::Sha256 {
                sealed.header(ALGORITHMS, self.algorithm.hmac_name());
            }
            // Required of every signed request, a `GET` too.
            sealed.content_type(if is_form { Sealing::FORM } else { Sealing::JSON });
        }
        sealed.finish()
    }

    /// The window that is sent, or the venue's own where none is.
    fn timestamp_window(&self, _: &Draft<'_>) -> Option<Duration> {
        Some(Duration::from_millis(u64::from(self.recv_window.unwrap_or(RECV_WINDOW_MS))))
    }

    /// No server time is documented; any public answer carries a `Date`.
    fn clock(&self) -> Option<ClockCall> {
        Some(ClockCall::date(GetClientIp::SPEC, &[]))
    }

    fn streams(&self) -> Option<&dyn Streams> {
        Some(self)
    }

    /// One code has a value behind it, and one means more than it says where an order is cancelled.
    fn judge(&self, refusal: &Refusal<'_>) -> Option<(Kind, Outcome)> {
        match refusal.code? {
            // An id that passed the check and is refused is one that names no order.
            "invalid_params" if refusal.spec.path == CancelOrder::SPEC.path => {
                Some((Kind::UnknownOrder, Outcome::Rejected))
            }
            code if code.starts_with("quantity_can_not_less_than") => {
                Some((Kind::InvalidRequest, Outcome::Rejected))
            }
            _ => None,
        }
    }
}

//! How WEX spot is spoken to: hosts, signature, envelope, clock.

use std::time::Duration;

use venue_core::http_types::HeaderName;
use venue_core::ws::Streams;
use venue_core::{
    Algorithm, Auth, ClockCall, Codes, Credentials, Digits, Draft, Encoding, Endpoint, Error, Hosts, Invalid,
    Keys, Millis, Param, Params, Place, Placement, Sealed, Sealing, Venue, model, serde_json, sorted,
    with_query, write_plain_pairs,
};

use crate::codes::CODES;
use crate::rest::{GetServerTime, ServerTime};

/// WEX spot, V4.
///
/// Public (`/v4/public`) or signed; the signature covers four headers, verb, path, query and body. Symbols
/// are lower case with an underscore (`btc_usdt`); answers about orders may spell them in upper case.
/// Quantities are in base currency.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WexSpot {
    algorithm: Algorithm,
    recv_window: u32,
}

impl WexSpot {
    /// The one site that is documented, signing with HMAC-SHA256.
    #[must_use]
    pub const fn new() -> Self {
        Self { algorithm: Algorithm::Sha256, recv_window: 5000 }
    }

    /// Signs with another of the documented algorithms; SHA-256 is the recommended one.
    #[must_use]
    pub const fn algorithm(mut self, algorithm: Algorithm) -> Self {
        self.algorithm = algorithm;
        self
    }

    /// How old a request may be when it arrives, in ms; 5000 by default, and more is not recommended. A
    /// clock that runs ahead by more than a second is refused whatever the window. For one call only:
    /// `.extra("recvWindow", "3000")`.
    #[must_use]
    pub const fn recv_window(mut self, millis: u32) -> Self {
        self.recv_window = millis;
        self
    }
}

impl Default for WexSpot {
    fn default() -> Self {
        Self::new()
    }
}

const ALGORITHMS: HeaderName = HeaderName::from_static("validate-algorithms");
const APPKEY: HeaderName = HeaderName::from_static("validate-appkey");
const RECVWINDOW: HeaderName = HeaderName::from_static("validate-recvwindow");
const TIMESTAMP: HeaderName = HeaderName::from_static("validate-timestamp");
const SIGNATURE: HeaderName = HeaderName::from_static("validate-signature");

// WEX has two envelopes, and either may arrive. `ma` holds the arguments of the message's template.
static KEYS: Keys = Keys::new(&["rc", "returnCode"], &["0"], &["result"])
    .code(&["mc"])
    .error(&["error"])
    .message(&["msgInfo"])
    .ignored(&["ma"]);

/// The name under which the window may be given with a call: no endpoint has such a parameter.
const WINDOW: &str = "recvWindow";

/// What stays as it is in a query. Whether anything else is signed before or after it is encoded is not
/// documented, so that it is refused here.
const PLAIN: Encoding = Encoding::PERCENT.allowing(b",");

/// Takes the window out of the parameters: how old the request may be, and the draft without it. `None` when
/// there is none.
fn take_window<'a>(draft: &Draft<'a>) -> Result<Option<(u32, Draft<'a>)>, Invalid> {
    let is_window = |param: &Param<'_>| param.name == WINDOW && param.place != Place::Path;
    let mut windows = draft.params().filter(|param| is_window(param));
    let Some(window) = windows.next() else { return Ok(None) };
    if windows.next().is_some() {
        return Err(Invalid::new(format!("{WINDOW} is given twice")));
    }
    if draft.spec().auth == Auth::None {
        return Err(Invalid::new(format!("{WINDOW} belongs to signed requests, and this one is public")));
    }
    let mut text = String::new();
    window.value.write_plain(window.style, &mut text);
    let Ok(millis) = text.parse() else {
        return Err(Invalid::new(format!("{WINDOW} {text:?}: a whole number of milliseconds")));
    };
    let mut params = Params::new();
    for param in draft.params().filter(|param| !is_window(param)) {
        params.push_param(param.clone());
    }
    let rest = Draft::new(*draft.spec(), draft.target()?, params);
    Ok(Some((millis, if draft.explain() { rest.explained() } else { rest })))
}

impl Venue for WexSpot {
    fn id(&self) -> &'static str {
        "wex-spot"
    }

    fn hosts(&self) -> Hosts {
        Hosts::new("https://sapi.wexex.io")
            .ws("wss://stream.wexex.io/public", "wss://stream.wexex.io/private")
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
        let taken = take_window(draft)?;
        let (window, draft) =
            taken.as_ref().map_or((self.recv_window, draft), |(millis, rest)| (*millis, rest));
        let credentials = draft.credentials(credentials)?;
        // Only to refuse what would have to be encoded; the path is written by itself.
        write_plain_pairs(draft.path_params(), &Encoding::PERCENT, &mut String::new())?;
        let target = draft.target()?;
        let mut query = String::new();
        write_plain_pairs(sorted(draft.query()), &PLAIN, &mut query)?;
        let is_form = draft.spec().placement == Placement::Form;
        let mut body = String::new();
        if is_form {
            write_plain_pairs(sorted(draft.body()), &PLAIN, &mut body)?;
        } else {
            body = draft.body_text(&PLAIN);
        }
        let mut signed = None;
        if let Some(credentials) = credentials {
            let (algorithm, window) = (self.algorithm.hmac_name(), Digits::of(window));
            let timestamp = now.digits();
            let mac = credentials.mac(self.algorithm, draft.explain());
            // An empty query or body is left out together with its `#`.
            let pieces = [
                ("validate-algorithms=", algorithm),
                ("&validate-appkey=", credentials.key()),
                ("&validate-recvwindow=", &window),
                ("&validate-timestamp=", &timestamp),
                ("#", draft.spec().verb()),
                ("#", &target),
                ("#", &query),
            ];
            let signature = mac.pieces(&pieces, '#', &mut body);
            signed = Some((credentials, algorithm, window, timestamp, signature));
        }
        let target = with_query(target, &query);
        let mut sealed = Sealed::build(draft.spec().method(), target, body);
        if let Some((credentials, algorithm, window, timestamp, (tag, text))) = signed {
            sealed.header(ALGORITHMS, algorithm);
            sealed.key_header(APPKEY, credentials);
            sealed.header(RECVWINDOW, &window);
            sealed.header(TIMESTAMP, &timestamp);
            sealed.secret_header(SIGNATURE, tag.as_str());
            sealed.signed(text);
        }
        // Documented for every request, whether it has a body or not.
        sealed.content_type(if is_form { Sealing::FORM } else { Sealing::JSON });
        sealed.finish()
    }

    /// The window that is sent: the request's own, else the client's.
    fn timestamp_window(&self, draft: &Draft<'_>) -> Option<Duration> {
        let own = take_window(draft).ok().flatten().map(|(millis, _)| millis);
        Some(Duration::from_millis(u64::from(own.unwrap_or(self.recv_window))))
    }

    fn secret_fields(&self) -> &'static [&'static str] {
        &["accessToken", "refreshToken", "token", "listenKey"]
    }

    fn clock(&self) -> Option<ClockCall> {
        Some(ClockCall::body(GetServerTime::SPEC, read_time))
    }

    fn streams(&self) -> Option<&dyn Streams> {
        Some(self)
    }
}

model! {
    /// The answer that tells the time, without what is around it.
    struct TimeAnswer {
        /// The payload.
        result: ServerTime,
    }
}

fn read_time(text: &str) -> Option<Millis> {
    serde_json::from_str::<TimeAnswer>(text).ok().map(|answer| answer.result.server_time)
}

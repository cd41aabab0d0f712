//! How Hibt is spoken to: hosts, signature, envelopes, clock.

use std::time::Duration;

use venue_core::http_types::HeaderName;
use venue_core::ws::Streams;
use venue_core::{
    Algorithm, Auth, ClockCall, Codes, Credentials, Draft, Encoding, Endpoint, Error, Hosts, Invalid, Keys,
    Kind, Login, Millis, Outcome, Param, Params, Place, Placement, Refusal, Sealed, Sealing, Style, Value,
    Venue, model, serde_json, sorted, write_pairs,
};

use crate::codes::{self, CODES};
use crate::rest::{GetServerTime, ServerTime};

/// Hibt perpetual futures, V2.
///
/// Public or signed. The signature is HMAC-SHA256 over all parameters as sorted text, the timestamp among
/// them; it is good for 5 minutes. Symbols are in lower case with an underscore (`btc_usdt`; some commodities
/// have none); sizes are units of the base currency.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hibt {}

impl Hibt {
    /// The one site that is documented.
    #[must_use]
    pub const fn new() -> Self {
        Self {}
    }
}

const KEY: HeaderName = HeaderName::from_static("x-access-key");
const SIGNATURE: HeaderName = HeaderName::from_static("x-signature");
const TIMESTAMP: HeaderName = HeaderName::from_static("x-timestamp");

/// The parameter that signing adds.
const STAMP: &str = "timestamp";

// A path that doesn't exist is answered with `ErrCode`, and `Args` that hold nothing.
static KEYS: Keys =
    Keys::new(&["code", "ErrCode"], &["0"], &["data"]).message(&["msg", "message"]).ignored(&["Args"]);

/// The same request with what signing adds and fixes: the timestamp, and the one text of each list.
fn stamped<'d>(draft: &'d Draft<'_>, now: Millis) -> Result<Draft<'d>, Invalid> {
    if draft.has(STAMP) {
        return Err(Invalid::new("timestamp is added when the request is signed"));
    }
    let value = Value::Int(now.get());
    let stamp = Param { name: STAMP.into(), value, style: Style::Number, place: Place::Default };
    if !draft.params().any(|param| is_list(&param.value)) {
        draft.params().try_for_each(|param| check(&param.name, &param.value))?;
        return Ok(draft.stamped(stamp));
    }
    let mut params = Params::new();
    for param in draft.params() {
        let mut value = settled(&param.name, &param.value)?;
        // Written once, so that what is signed is what the body holds.
        if is_list(&value) && !matches!(param.style, Style::Comma | Style::Json) {
            let mut text = String::new();
            value.write_json(param.style, &mut text);
            value = Value::Json(text.into());
        }
        params.push_param(Param { name: param.name.clone(), value, ..*param });
    }
    params.push_param(stamp);
    Ok(Draft::new(*draft.spec(), draft.target()?, params))
}

const fn is_list(value: &Value<'_>) -> bool {
    matches!(value, Value::List(_) | Value::Object(_))
}

/// An empty text is refused: it is signed as if it weren't there, and where it names what to cancel it would name
/// everything.
fn check(name: &str, value: &Value<'_>) -> Result<(), Invalid> {
    if value.is_empty_text() { Err(Invalid::new(format!("{name} is empty"))) } else { Ok(()) }
}

/// A value with the members of its objects sorted, as in the venue's own way of signing a list.
fn settled<'a>(name: &str, value: &Value<'a>) -> Result<Value<'a>, Invalid> {
    check(name, value)?;
    Ok(match value {
        Value::List(values) => {
            Value::List(values.iter().map(|value| settled(name, value)).collect::<Result<_, _>>()?)
        }
        Value::Object(members) => {
            let mut object = Params::new();
            for member in sorted(members.iter()) {
                let value = settled(&member.name, &member.value)?;
                object.push_param(Param { name: member.name.clone(), value, ..*member });
            }
            Value::Object(object)
        }
        value => value.clone(),
    })
}

impl Venue for Hibt {
    fn id(&self) -> &'static str {
        "hibt"
    }

    /// Both WebSockets are one: it is private after a login.
    fn hosts(&self) -> Hosts {
        Hosts::new("https://fapi.hibt0.com/open-api")
            .ws("wss://fapi.hibt0.com/v2/ws", "wss://fapi.hibt0.com/v2/ws")
    }

    fn keys(&self) -> &'static Keys {
        &KEYS
    }

    fn codes(&self) -> &'static Codes {
        &CODES
    }

    fn header_names(&self) -> &'static [&'static str] {
        &["X-ACCESS-KEY", "X-SIGNATURE", "X-TIMESTAMP"]
    }

    fn seal(
        &self,
        draft: &Draft<'_>,
        credentials: Option<&Credentials>,
        now: Millis,
    ) -> Result<Sealed, Error> {
        let credentials = draft.credentials(credentials)?;
        let explain = draft.explain();
        if draft.spec().placement == Placement::Form {
            return Err(Invalid::new("this venue takes no forms, only JSON").into());
        }
        let is_signed = draft.spec().auth == Auth::Signed;
        let stamped = if is_signed { Some(stamped(draft, now)?) } else { None };
        let draft = stamped.as_ref().unwrap_or(draft);
        let target = draft.target_and_query(&Encoding::PERCENT)?;
        let mut body = draft.body_text(&Encoding::RAW);
        let signed = credentials.filter(|_| is_signed).map(|credentials| {
            credentials.mac(Algorithm::Sha256, explain).behind(&mut body, |text| {
                write_pairs(sorted(draft.query().chain(draft.body())), &Encoding::RAW, text);
            })
        });
        let has_body = !body.is_empty();
        let mut sealed = Sealed::build(draft.spec().method(), target, body);
        if let Some(credentials) = credentials {
            sealed.key_header(KEY, credentials);
        }
        if let Some((tag, text)) = signed {
            sealed.secret_header(SIGNATURE, tag.as_str());
            sealed.header(TIMESTAMP, &now.digits());
            sealed.signed(text);
        }
        if has_body {
            sealed.content_type(Sealing::JSON);
        }
        sealed.finish()
    }

    fn clock(&self) -> Option<ClockCall> {
        Some(ClockCall::body(GetServerTime::SPEC, read_time))
    }

    fn timestamp_window(&self, _: &Draft<'_>) -> Option<Duration> {
        Some(Duration::from_secs(300))
    }

    fn judge(&self, refusal: &Refusal<'_>) -> Option<(Kind, Outcome)> {
        codes::judge(refusal)
    }

    fn streams(&self) -> Option<&dyn Streams> {
        Some(self)
    }

    fn login(&self, credentials: &Credentials, now: Millis) -> Option<Result<Login, Error>> {
        let timestamp = now.to_string();
        let mut mac = credentials.mac(Algorithm::Sha256, true);
        mac.update(&timestamp);
        let (tag, text) = mac.finish();
        let mut frame = Params::new();
        for (name, value) in [
            ("event", "auth"),
            ("accessKey", credentials.key()),
            (STAMP, &timestamp),
            ("signature", tag.as_str()),
        ] {
            frame.push(name, Value::Text(value.into()), Style::Text);
        }
        let mut json = String::new();
        frame.write_json(&mut json);
        Some(Ok(Login::new(json, text.unwrap_or_default())))
    }
}

model! {
    /// The answer that tells the time, envelope and all.
    struct TimeAnswer {
        data: ServerTime,
    }
}

fn read_time(body: &str) -> Option<Millis> {
    serde_json::from_str::<TimeAnswer>(body).ok().map(|answer| answer.data.server_time)
}

//! What makes a venue: a value that seals requests and knows what its answers mean. No I/O, no `async`.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};

use crate::budget::Limit;
use crate::endpoint::{Auth, Param, Params, Place, Placement, Spec, Style};
use crate::error::{Codes, Error, Invalid, Kind, Outcome};
use crate::sealed::{Sealed, with_query};
use crate::sign::{Credentials, Encoding, write_pairs};
use crate::wire::{Head, Keys, Millis};
use crate::ws::Streams;

/// Where a venue listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Hosts {
    /// Base of the REST paths, prefix included.
    pub rest: &'static str,
    /// Base of the REST paths of the sandbox, where there is one.
    pub sandbox: Option<&'static str>,
    /// The public WebSocket.
    pub ws_public: Option<&'static str>,
    /// The private WebSocket.
    pub ws_private: Option<&'static str>,
}

impl Hosts {
    /// The production base of the REST paths; nothing else yet.
    #[must_use]
    pub const fn new(rest: &'static str) -> Self {
        Self { rest, sandbox: None, ws_public: None, ws_private: None }
    }

    /// Adds the sandbox.
    #[must_use]
    pub const fn sandbox(mut self, rest: &'static str) -> Self {
        self.sandbox = Some(rest);
        self
    }

    /// Adds the WebSockets.
    #[must_use]
    pub const fn ws(mut self, public: &'static str, private: &'static str) -> Self {
        self.ws_public = Some(public);
        self.ws_private = Some(private);
        self
    }
}

/// A trading venue.
///
/// A venue is a value: which product, which site, which of the documented alternatives are its fields. It
/// turns a [`Draft`] into a [`Sealed`] request, and says by tables what its answers mean.
pub trait Venue: fmt::Debug + Send + Sync + 'static {
    /// Its short name: in errors, and on the command line.
    fn id(&self) -> &'static str;

    /// Where it listens.
    fn hosts(&self) -> Hosts;

    /// Which keys of its envelopes mean what.
    fn keys(&self) -> &'static Keys;

    /// Its error table.
    fn codes(&self) -> &'static Codes;

    /// Turns a request into what goes over the wire, signed where the endpoint asks for it.
    ///
    /// What is signed and what is sent are written from the draft's one list of parameters.
    ///
    /// # Errors
    /// When the draft can't be written: missing credentials, a value that the venue's encoding doesn't allow.
    fn seal(
        &self,
        draft: &Draft<'_>,
        credentials: Option<&Credentials>,
        now: Millis,
    ) -> Result<Sealed, Error>;

    /// How the venue's time is read; `None` where nothing tells it.
    fn clock(&self) -> Option<ClockCall> {
        None
    }

    /// Refines what a refusal means where the tables can't say it.
    fn judge(&self, refusal: &Refusal<'_>) -> Option<(Kind, Outcome)> {
        let _ = refusal;
        None
    }

    /// What an answer's headers and body say about waiting, besides `Retry-After`.
    fn retry_after(&self, status: StatusCode, headers: &HeaderMap, body: &str) -> Option<Duration> {
        let _ = (status, headers, body);
        None
    }

    /// How old a signed request may be when it arrives; afterwards it can't be executed any more. `None`
    /// where a request never expires.
    fn timestamp_window(&self, draft: &Draft<'_>) -> Option<Duration> {
        let _ = draft;
        None
    }

    /// What an answer's headers say of a budget, where they do.
    fn usage(&self, spec: &Spec, headers: &HeaderMap) -> Option<Usage> {
        let _ = (spec, headers);
        None
    }

    /// Names of JSON keys whose values are secrets and are struck out of kept bodies.
    fn secret_fields(&self) -> &'static [&'static str] {
        &["listenKey", "accessToken", "token"]
    }

    /// Its headers' names in the documented spelling, for showing them; on the wire case doesn't matter.
    fn header_names(&self) -> &'static [&'static str] {
        &[]
    }

    /// The frame that logs a WebSocket in; `None` where the venue has no such frame.
    fn login(&self, credentials: &Credentials, now: Millis) -> Option<Result<Login, Error>> {
        let _ = (credentials, now);
        None
    }

    /// Its WebSockets; `None` where it has none.
    fn streams(&self) -> Option<&dyn Streams> {
        None
    }

    /// Whether a raw `POST` takes a form rather than JSON.
    fn posts_forms(&self) -> bool {
        false
    }

    /// Reads the verdict out of an answer that is no plain success.
    fn open(
        &self,
        spec: &Spec,
        status: StatusCode,
        headers: &HeaderMap,
        body: &str,
        head: &Head<'_>,
    ) -> Verdict {
        let code = head.error_code();
        let message = head.message.as_deref().unwrap_or_default();
        let refusal = Refusal { spec, status, code, envelope_status: head.status.as_deref(), message };
        let row = code.and_then(|code| self.codes().find(code, message)).or_else(|| {
            // An inner code that no row knows leaves the outer one to say what it can.
            head.status.as_deref().and_then(|status| self.codes().find(status, message))
        });
        let by_status = self.codes().status(status.as_u16());
        let (kind, outcome) = self
            .judge(&refusal)
            .or(row.map(|row| (row.kind, row.outcome)))
            .or(by_status.map(|row| (row.kind, row.outcome)))
            .unwrap_or_else(|| (kind_of(status, code.is_some()), Outcome::Unknown));
        let retry_after =
            retry_after(headers).or_else(|| self.retry_after(status, headers, body)).or_else(|| {
                by_status
                    .filter(|row| row.lasts_s > 0 && row.kind == kind)
                    .map(|row| Duration::from_secs(row.lasts_s))
            });
        let words = [message, row.map_or("", |row| row.text), by_status.map_or("", |row| row.text)];
        let message = words.iter().find(|words| !words.is_empty());
        Verdict {
            kind,
            outcome,
            code: code.map(str::to_owned),
            message: message.map_or_else(|| default_words(status), |words| (*words).to_owned()),
            trace: head.trace.as_deref().map(str::to_owned),
            retry_after,
        }
    }
}

/// What a venue says to have counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Usage {
    /// The limit; one that the endpoint draws on.
    pub limit: &'static Limit,
    /// How much of it is used, at least.
    pub used: u32,
}

impl Usage {
    /// At least so much of a limit is used.
    #[must_use]
    pub const fn new(limit: &'static Limit, used: u32) -> Self {
        Self { limit, used }
    }
}

/// A refusal, before it is judged.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Refusal<'a> {
    /// The endpoint that was asked.
    pub spec: &'a Spec,
    /// The HTTP status.
    pub status: StatusCode,
    /// The venue's code, if it gave one.
    pub code: Option<&'a str>,
    /// The status of its envelope, where that is not the code itself.
    pub envelope_status: Option<&'a str>,
    /// The venue's words.
    pub message: &'a str,
}

/// What an answer that is no success means.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verdict {
    /// What kind of thing went wrong.
    pub kind: Kind,
    /// What became of the request.
    pub outcome: Outcome,
    /// The venue's code.
    pub code: Option<String>,
    /// Words for people.
    pub message: String,
    /// The venue's id of the request.
    pub trace: Option<String>,
    /// How long to wait.
    pub retry_after: Option<Duration>,
}

fn kind_of(status: StatusCode, has_code: bool) -> Kind {
    match status.as_u16() {
        429 => Kind::RateLimited,
        500..=599 => Kind::Unavailable,
        _ if has_code => Kind::Unrecognized,
        401 => Kind::Auth,
        403 => Kind::Permission,
        418 => Kind::Banned,
        200..=299 => Kind::Rejected,
        300..=399 => Kind::Transport,
        400..=499 => Kind::InvalidRequest,
        _ => Kind::Decode,
    }
}

fn default_words(status: StatusCode) -> String {
    if status.is_success() { "the venue refused without a word".to_owned() } else { format!("HTTP {status}") }
}

/// `Retry-After`, in seconds or as a date.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    Some(until.duration_since(std::time::SystemTime::now()).unwrap_or_default())
}

/// How a venue's time is read.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct ClockCall {
    /// The request that is sent; a light public one.
    pub spec: Spec,
    /// Its parameters.
    pub params: &'static [(&'static str, &'static str)],
    /// Reads the time from the body; `None` here means that the `Date` header is read instead.
    pub read: Option<fn(&str) -> Option<Millis>>,
}

impl ClockCall {
    /// Reads the time from the answer's body.
    #[must_use]
    pub const fn body(spec: Spec, read: fn(&str) -> Option<Millis>) -> Self {
        Self { spec, params: &[], read: Some(read) }
    }

    /// Reads the time from the `Date` header of any answer, exact to a second.
    #[must_use]
    pub const fn date(spec: Spec, params: &'static [(&'static str, &'static str)]) -> Self {
        Self { spec, params, read: None }
    }
}

/// A WebSocket login.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Login {
    /// The frame that is sent.
    pub frame: String,
    /// What was signed.
    pub string_to_sign: String,
}

impl Login {
    /// A frame and what was signed for it.
    #[must_use]
    pub fn new(frame: String, string_to_sign: String) -> Self {
        Self { frame, string_to_sign }
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Login(***)")
    }
}

/// Room for a usual target, and for a usual body with the headers behind it.
pub(crate) const ROOM: usize = 512;

/// A request on its way to being sealed: its specification and its one list of parameters, each with its
/// place.
#[derive(Debug)]
pub struct Draft<'a> {
    spec: Spec,
    path: Cow<'a, str>,
    params: Listed<'a>,
    stamp: Option<Param<'a>>,
    explain: bool,
}

/// Parameters that have their places.
#[derive(Debug)]
enum Listed<'a> {
    Own(Params<'a>),
    Of(&'a Params<'a>),
}

impl<'a> Listed<'a> {
    fn get(&self) -> &Params<'a> {
        match self {
            Self::Own(params) => params,
            Self::Of(params) => params,
        }
    }
}

impl<'a> Draft<'a> {
    /// Gives every parameter its place.
    #[must_use]
    pub fn new(spec: Spec, path: impl Into<Cow<'a, str>>, mut params: Params<'a>) -> Self {
        let path = path.into();
        let has_fields = path.contains('{');
        for param in params.iter_mut() {
            param.place = place_of(param, &spec, has_fields.then_some(&*path));
        }
        Self { spec, path, params: Listed::Own(params), stamp: None, explain: false }
    }

    /// The same request with one more parameter behind the others, which signing adds: its time, say.
    #[must_use]
    pub fn stamped<'d>(&'d self, mut stamp: Param<'d>) -> Draft<'d> {
        stamp.place = place_of(&stamp, &self.spec, None);
        let mut params = Listed::Of(self.params.get());
        if let Some(first) = &self.stamp {
            let mut both = self.params.get().clone();
            both.push_param(first.clone());
            params = Listed::Own(both);
        }
        Draft {
            spec: self.spec,
            path: Cow::Borrowed(&self.path),
            params,
            stamp: Some(stamp),
            explain: self.explain,
        }
    }

    /// Asks for the signed text to be kept.
    #[must_use]
    pub fn explained(mut self) -> Self {
        self.explain = true;
        self
    }

    /// The endpoint's specification.
    #[must_use]
    pub fn spec(&self) -> &Spec {
        &self.spec
    }

    /// Whether the signed text is to be kept.
    #[must_use]
    pub fn explain(&self) -> bool {
        self.explain
    }

    /// All parameters.
    pub fn params(&self) -> impl Iterator<Item = &Param<'a>> {
        self.params.get().iter().chain(&self.stamp)
    }

    /// Whether there is a parameter of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.params().any(|param| param.name == name)
    }

    /// The parameters of the query string.
    pub fn query(&self) -> impl Iterator<Item = &Param<'a>> {
        self.params().filter(|param| param.place == Place::Query)
    }

    /// The parameters of the path.
    pub fn path_params(&self) -> impl Iterator<Item = &Param<'a>> {
        self.params().filter(|param| param.place == Place::Path)
    }

    /// The parameters of the body.
    pub fn body(&self) -> impl Iterator<Item = &Param<'a>> {
        self.params().filter(|param| param.place == Place::Body)
    }

    /// The path, without a copy where it is as the endpoint has it.
    ///
    /// # Errors
    /// As [`write_path`](Self::write_path).
    pub fn target(&self) -> Result<Cow<'static, str>, Invalid> {
        if self.path == self.spec.path && !self.path.contains('{') {
            return Ok(Cow::Borrowed(self.spec.path));
        }
        let mut out = String::with_capacity(ROOM);
        self.write_path(&mut out)?;
        Ok(Cow::Owned(out))
    }

    /// The path, and the query string behind it where there is one.
    ///
    /// # Errors
    /// As [`write_path`](Self::write_path).
    pub fn target_and_query(&self, encoding: &Encoding) -> Result<Cow<'static, str>, Invalid> {
        Ok(with_query(self.target()?, &self.query_text(encoding)))
    }

    /// The query string. Empty when there is nothing to say.
    #[must_use]
    pub fn query_text(&self, encoding: &Encoding) -> String {
        if self.query().next().is_none() {
            return String::new();
        }
        let mut out = String::with_capacity(ROOM);
        write_pairs(self.query(), encoding, &mut out);
        out
    }

    /// The body: a form, a JSON object, or the bare array. Empty when there is nothing to say.
    #[must_use]
    pub fn body_text(&self, encoding: &Encoding) -> String {
        if self.body().next().is_none() {
            return String::new();
        }
        let mut out = String::with_capacity(ROOM);
        self.write_body(&mut out, encoding);
        out
    }

    /// Writes the path, its fields filled in and percent-encoded.
    ///
    /// # Errors
    /// When a field is missing or empty.
    pub fn write_path(&self, out: &mut String) -> Result<(), Invalid> {
        let mut rest = self.path.as_ref();
        while let Some((before, tail)) = rest.split_once('{') {
            out.push_str(before);
            let Some((name, after)) = tail.split_once('}') else {
                return Err(Invalid::new(format!("path {} has an open brace", self.path)));
            };
            let field = self.params().find(|param| param.place == Place::Path && param.name == name);
            let mut text = String::new();
            if let Some(param) = field {
                param.value.write_plain(param.style, &mut text);
            }
            if text.is_empty() {
                return Err(Invalid::new(format!("{name} is required in the path")));
            }
            // A step up or nowhere would be another path than the one that was meant.
            if text == "." || text == ".." {
                return Err(Invalid::new(format!("{name} {text:?} can't stand in a path")));
            }
            Encoding::PERCENT.write(&text, out);
            rest = after;
        }
        out.push_str(rest);
        Ok(())
    }

    /// Writes the body: a form, a JSON object, or the bare array. Nothing when there is nothing to say.
    pub fn write_body(&self, out: &mut String, encoding: &Encoding) {
        match self.spec.placement {
            Placement::Form => write_pairs(self.body(), encoding, out),
            _ => self.write_json_body(out),
        }
    }

    /// Writes the body as JSON: an object, or the bare array of a parameter in the style `body`. Nothing
    /// when no parameter goes there.
    pub fn write_json_body(&self, out: &mut String) {
        if let Some(list) = self.body().find(|param| param.style == Style::Body) {
            list.value.write_json(Style::Body, out);
        } else if self.body().next().is_some() {
            crate::endpoint::write_object(self.body(), out);
        }
    }

    /// The credentials, where the endpoint needs them.
    ///
    /// # Errors
    /// When it does and there are none.
    pub fn credentials<'c>(
        &self,
        credentials: Option<&'c Credentials>,
    ) -> Result<Option<&'c Credentials>, Error> {
        match (self.spec.auth, credentials) {
            (Auth::None, _) => Ok(None),
            (_, Some(credentials)) => Ok(Some(credentials)),
            (auth, None) => Err(Error::new(
                Kind::Auth,
                Outcome::NotSent,
                match auth {
                    Auth::Key => "this request needs an API key, and the client has no credentials",
                    _ => "this request must be signed, and the client has no credentials",
                },
            )),
        }
    }
}

/// Where a parameter goes; a field of the path where that has any.
fn place_of(param: &Param<'_>, spec: &Spec, fields: Option<&str>) -> Place {
    match param.place {
        Place::Default if fields.is_some_and(|path| names_field(path, &param.name)) => Place::Path,
        Place::Default if param.style == Style::Body => Place::Body,
        Place::Default => match spec.placement {
            Placement::Query | Placement::JsonArray => Place::Query,
            Placement::Form | Placement::Json => Place::Body,
        },
        place => place,
    }
}

fn names_field(path: &str, name: &str) -> bool {
    path.split('{').skip(1).any(|tail| tail.split_once('}').is_some_and(|(field, _)| field == name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::Value;

    #[test]
    fn stamps_stand_behind_what_was_asked_and_go_where_it_goes() {
        let param = |name: &'static str, value| Param {
            name: name.into(),
            value: Value::Int(value),
            style: Style::Number,
            place: Place::Default,
        };
        let mut params = Params::new();
        params.push_param(param("id", 7));
        params.push_param(param("size", 1));
        let draft = Draft::new(Spec::post("/orders/{id}").json(), "/orders/{id}", params);
        let once = draft.stamped(param("time", 5));
        let twice = once.stamped(param("window", 9));
        assert_eq!(twice.body_text(&Encoding::RAW), r#"{"size":1,"time":5,"window":9}"#);
        assert_eq!(twice.target().unwrap(), "/orders/7");
        assert!(twice.has("time") && !draft.has("time"));
        let query = Draft::new(Spec::get("/orders"), "/orders", Params::new());
        let stamped = query.stamped(param("time", 5));
        assert_eq!(stamped.target_and_query(&Encoding::PERCENT).unwrap(), "/orders?time=5");
    }
}

//! `venue sign`: exactly what would be sent, and what is signed of it. Sends and adds nothing.

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use venue_core::{AnyClient, Auth, Clock, Credentials, Millis};

use crate::args::Sign;
use crate::choose::{self, Chosen};
use crate::given::Given;
use crate::secrets;
use crate::show::{self, BOLD, DIM, styled};
use crate::stop::{Done, Stop};
use crate::venues::{self, Row};

#[derive(Serialize)]
struct Signed<'p> {
    method: Option<&'p str>,
    url: &'p str,
    headers: Headers<'p>,
    body: Option<&'p str>,
    string_to_sign: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    frame: Option<&'p str>,
}

/// Headers in the order in which they are sent.
struct Headers<'p>(&'p [(String, String)]);

impl Serialize for Headers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

pub(crate) fn run(args: &Sign, is_json: bool) -> Result<Done, Stop> {
    let row = venues::row(args.venue);
    let now = args.timestamp.map_or_else(Millis::now, Millis::new);
    let found = secrets::find(args.venue, &args.flags, &args.file)?;
    if args.request == "login" {
        return login(&row, &found, now, args.base.as_deref(), is_json);
    }
    let raw = if found.can_sign() && !args.public { Auth::Signed } else { Auth::None };
    let given = Given::parse(&args.params)?;
    let Chosen { venue, request, .. } = choose::request(&row, &args.request, &given, raw)?;
    let mut builder = AnyClient::builder(venue).clock(Clock::fixed(now));
    if let Some(base) = &args.base {
        builder = builder.base(base);
    }
    if let Some(credentials) = found.credentials(venue_core::AnyRequest::spec(&request).auth)? {
        builder = builder.credentials(credentials);
    }
    let client = builder.build_any().map_err(Stop::Usage)?;
    let prepared = client.prepare(&request, &[], &[]).map_err(Stop::Usage)?;
    let signed = Signed {
        method: Some(&prepared.method),
        url: &prepared.url,
        headers: Headers(&prepared.headers),
        body: prepared.body.as_deref(),
        string_to_sign: prepared.string_to_sign.as_deref(),
        frame: None,
    };
    print(&signed, is_json)
}

/// The frame that logs a WebSocket in.
fn login(
    row: &Row,
    found: &secrets::Found,
    now: Millis,
    base: Option<&str>,
    is_json: bool,
) -> Result<Done, Stop> {
    let none = || Stop::usage(format_args!("{}: its WebSocket has no login frame", row.which));
    // Known without a key, which then needn't be asked for.
    row.venue.login(&Credentials::new("", ""), now).ok_or_else(none)?.ok();
    let Some(credentials) = found.credentials(Auth::Signed)? else { return Ok(Done::Bad) };
    let login = row.venue.login(&credentials, now).ok_or_else(none)?;
    let login = login.map_err(Stop::Usage)?;
    let signed = Signed {
        method: None,
        url: base.or(row.venue.hosts().ws_private).unwrap_or_default(),
        headers: Headers(&[]),
        body: None,
        string_to_sign: Some(&login.string_to_sign),
        frame: Some(&login.frame),
    };
    print(&signed, is_json)
}

fn print(signed: &Signed<'_>, is_json: bool) -> Result<Done, Stop> {
    if is_json {
        show::json(signed)?;
        return Ok(Done::Good);
    }
    show::line(format_args!("{} {}", styled(BOLD, signed.method.unwrap_or("WebSocket")), signed.url))?;
    for (name, value) in signed.headers.0 {
        show::line(format_args!("{} {value}", styled(DIM, format_args!("{name}:"))))?;
    }
    if let Some(body) = signed.body.or(signed.frame) {
        show::line(format_args!("\n{body}"))?;
    }
    match signed.string_to_sign {
        Some(text) => show::line(format_args!("\n{}\n{text}", styled(BOLD, "signed text")))?,
        None => show::line(format_args!("\n{}", styled(DIM, "nothing is signed")))?,
    }
    Ok(Done::Good)
}

//! An independent signer for each venue, written from the documentation.

use ring::hmac;
use venue_sim::data::{Auth, Endpoint, Placement};
use venue_sim::{Running, Which};

use crate::client::Wire;
use crate::draft::{Draft, Value};

/// What a request is signed with.
#[derive(Debug, Clone)]
pub(crate) struct Pen {
    pub(crate) key: String,
    pub(crate) secret: String,
    pub(crate) memo: String,
    pub(crate) now_ms: i64,
    /// Sends the secret in place of the signature.
    pub(crate) leaks: bool,
}

impl Pen {
    pub(crate) fn of(venue: &Running) -> Self {
        Self {
            key: venue.key().to_owned(),
            secret: venue.secret().to_owned(),
            memo: venue.memo().unwrap_or_default().to_owned(),
            now_ms: venue.clock().now_ms(),
            leaks: false,
        }
    }

    pub(crate) fn sign(&self, text: &str) -> String {
        if self.leaks {
            return self.secret.clone();
        }
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.secret.as_bytes());
        hmac::sign(&key, text.as_bytes()).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Signs and encodes a draft as the venue documents it.
pub(crate) fn seal(which: Which, endpoint: &Endpoint, draft: &Draft, pen: &Pen) -> Wire {
    if endpoint.auth == Auth::None {
        return wire(draft, &query(&draft.query), Vec::new(), String::new());
    }
    match which {
        Which::HashKey => hashkey(draft, pen),
        Which::BitMart => bitmart(endpoint, draft, pen),
        Which::WexSpot => wex_spot(draft, pen),
        Which::WexFutures => wex_futures(draft, pen),
        Which::Hibt => hibt(draft, pen),
        Which::Pumpkin => pumpkin(draft, pen),
    }
}

fn hashkey(draft: &Draft, pen: &Pen) -> Wire {
    let stamp = format!("timestamp={}", pen.now_ms);
    let key = ("X-HK-APIKEY", pen.key.clone());
    let json = ("content-type", "application/json".to_owned());
    let form = ("content-type", "application/x-www-form-urlencoded".to_owned());
    match draft.placement {
        Placement::Form => {
            let signed = join(&[query(&draft.body), stamp]);
            let body = format!("{signed}&signature={}", pen.sign(&signed));
            wire(draft, &query(&draft.query), vec![key, form], body)
        }
        _ => {
            let signed = join(&[stamp, query(&draft.query)]);
            let target = format!("signature={}&{signed}", pen.sign(&signed));
            wire(draft, &target, vec![key, json], draft.array.clone().unwrap_or_default())
        }
    }
}

fn bitmart(endpoint: &Endpoint, draft: &Draft, pen: &Pen) -> Wire {
    let mut headers = vec![("X-BM-KEY", pen.key.clone())];
    let body = if draft.placement == Placement::Json { object(&draft.body) } else { String::new() };
    if endpoint.auth == Auth::Signed {
        let text = format!("{}#{}#{body}", pen.now_ms, pen.memo);
        headers.push(("X-BM-TIMESTAMP", pen.now_ms.to_string()));
        headers.push(("X-BM-SIGN", pen.sign(&text)));
        headers.push(("Content-Type", "application/json".to_owned()));
    }
    wire(draft, &query(&draft.query), headers, body)
}

fn wex_spot(draft: &Draft, pen: &Pen) -> Wire {
    let (query, body) = (sorted(&draft.query), json_body(draft));
    let mut text = format!(
        "validate-algorithms=HmacSHA256&validate-appkey={}&validate-recvwindow=5000&validate-timestamp={}#{}#{}",
        pen.key, pen.now_ms, draft.method, draft.path
    );
    for part in [&query, &body] {
        if !part.is_empty() {
            text = format!("{text}#{part}");
        }
    }
    let headers = vec![
        ("validate-algorithms", "HmacSHA256".to_owned()),
        ("validate-appkey", pen.key.clone()),
        ("validate-recvwindow", "5000".to_owned()),
        ("validate-timestamp", pen.now_ms.to_string()),
        ("validate-signature", pen.sign(&text)),
        ("Content-Type", "application/json".to_owned()),
    ];
    wire(draft, &query, headers, body)
}

fn wex_futures(draft: &Draft, pen: &Pen) -> Wire {
    let (query, body) = (sorted(&draft.query), json_body(draft));
    let mut text = format!("validate-appkey={}&validate-timestamp={}#{}", pen.key, pen.now_ms, draft.path);
    for part in [&query, &body] {
        if !part.is_empty() {
            text = format!("{text}#{part}");
        }
    }
    let kind = if body.is_empty() { "application/x-www-form-urlencoded" } else { "application/json" };
    let headers = vec![
        ("validate-appkey", pen.key.clone()),
        ("validate-timestamp", pen.now_ms.to_string()),
        ("validate-signature", pen.sign(&text)),
        ("Content-Type", kind.to_owned()),
    ];
    wire(draft, &query, headers, body)
}

fn hibt(draft: &Draft, pen: &Pen) -> Wire {
    let stamp =
        ("timestamp".to_owned(), Value { text: pen.now_ms.to_string(), json: pen.now_ms.to_string() });
    let headers = |signature| {
        vec![
            ("X-ACCESS-KEY", pen.key.clone()),
            ("X-SIGNATURE", signature),
            ("X-TIMESTAMP", pen.now_ms.to_string()),
            ("Content-Type", "application/json".to_owned()),
        ]
    };
    let mut pairs = draft.query.clone();
    if draft.method == "GET" {
        pairs.push(stamp);
        return wire(draft, &query(&pairs), headers(pen.sign(&sorted(&pairs))), String::new());
    }
    let mut members = draft.body.clone();
    members.insert(0, stamp);
    wire(draft, "", headers(pen.sign(&sorted(&members))), object(&members))
}

fn pumpkin(draft: &Draft, pen: &Pen) -> Wire {
    let (mut pairs, get) = (draft.query.clone(), draft.method == "GET");
    pairs.extend(draft.body.clone());
    pairs.sort_by(|a, b| a.0.cmp(&b.0));
    let text = query(&pairs);
    let headers = vec![
        ("X_ACCESS_KEY", pen.key.clone()),
        ("X_SIGNATURE", pen.sign(&text)),
        ("Content-Type", "application/x-www-form-urlencoded".to_owned()),
    ];
    if get { wire(draft, &text, headers, String::new()) } else { wire(draft, "", headers, text) }
}

fn wire(draft: &Draft, query: &str, headers: Vec<(&str, String)>, body: String) -> Wire {
    let target = if query.is_empty() { draft.path.clone() } else { format!("{}?{query}", draft.path) };
    let headers = headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Wire { method: draft.method.clone(), target, headers, body: body.into_bytes() }
}

fn join(parts: &[String; 2]) -> String {
    parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("&")
}

/// Encoded pairs in the given order.
fn query(pairs: &[(String, Value)]) -> String {
    pairs.iter().map(|(name, value)| format!("{name}={}", encode(&value.text))).collect::<Vec<_>>().join("&")
}

/// Pairs as plain text, sorted by key.
fn sorted(pairs: &[(String, Value)]) -> String {
    let mut pairs = pairs.to_vec();
    pairs.sort_by(|a, b| a.0.cmp(&b.0));
    pairs.iter().map(|(name, value)| format!("{name}={}", value.text)).collect::<Vec<_>>().join("&")
}

fn object(members: &[(String, Value)]) -> String {
    let members: Vec<String> =
        members.iter().map(|(name, value)| format!("\"{name}\":{}", value.json)).collect();
    format!("{{{}}}", members.join(","))
}

/// The bare array, an object with the members, or nothing.
fn json_body(draft: &Draft) -> String {
    match &draft.array {
        Some(array) => array.clone(),
        None if draft.body.is_empty() => String::new(),
        None => object(&draft.body),
    }
}

fn encode(text: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if keep(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

//! Building and signing an order of each venue, beside the HMAC that it needs.

use ring::hmac;
use venue_benches::{Bench, Goal, Pair};
use venue_core::{Credentials, Draft, Endpoint, Millis, Params, Sealed, Venue};
use venue_sim::Which;

use crate::orders::{EachVenue, SECRET, credentials, each, name};
use crate::sign::hex;

const NOW: Millis = Millis::new(1_700_000_000_000);

pub(crate) fn run(bench: &Bench) {
    each(&mut Build(bench));
}

/// As a call does it, from the typed request to what goes over the wire.
fn seal<E: Endpoint>(venue: &E::Venue, request: &E, credentials: &Credentials, explain: bool) -> Sealed {
    request.check().unwrap();
    let mut params = Params::new();
    request.params(&mut params);
    let draft = Draft::new(E::SPEC, E::SPEC.path, params);
    let draft = if explain { draft.explained() } else { draft };
    venue.seal(&draft, Some(credentials), NOW).unwrap()
}

/// Whether it carries this signature, and what the order says.
fn carries(sealed: &Sealed, signature: &str) -> bool {
    let body = std::str::from_utf8(&sealed.body).unwrap();
    let headers = sealed.headers.values().any(|value| value.as_bytes() == signature.as_bytes());
    sealed.target.contains(signature) || body.contains(signature) || headers
}

struct Build<'b>(&'b Bench);

impl EachVenue for Build<'_> {
    fn venue<E: Endpoint + Clone>(&mut self, which: Which, venue: E::Venue, orders: Vec<E>) {
        let credentials = credentials();
        let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
        let texts: Vec<String> = orders
            .iter()
            .map(|order| {
                let explained = seal(&venue, order, &credentials, true);
                let text = explained.string_to_sign.unwrap();
                let signature = hex(hmac::sign(&key, text.as_bytes()).as_ref());
                assert!(carries(&seal(&venue, order, &credentials, false), &signature), "{text}");
                text
            })
            .collect();
        // HashKey signs what it sends; others sort, or sign another text.
        let (ratio, allocations) = if which == Which::HashKey { (2500, 4) } else { (3000, 6) };
        let (mut ours, mut bare) = (orders.iter().cycle(), texts.iter().cycle());
        self.0.pair(
            &Pair {
                name: &format!("build: sign an order, {}", name(which)),
                against: "its HMAC alone",
                goal: Some(Goal::AtMost { ratio, stretch: None }),
                allocations: Some(allocations),
            },
            || seal(&venue, ours.next().expect("it goes round"), &credentials, false),
            || hmac::sign(&key, bare.next().expect("it goes round").as_bytes()),
        );
    }
}

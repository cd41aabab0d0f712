//! One venue: from a received request to its answer.

use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http::request::Parts;

use crate::account::{Account, uuid};
use crate::answer::Answer;
use crate::check;
use crate::clock::Clock;
use crate::counts::Counts;
use crate::data::{Catalog, Endpoint};
use crate::error::SimError;
use crate::fault::Faults;
use crate::given::Given;
use crate::json;
use crate::refusal::{Refusal, Why, look_up};
use crate::request::Received;
use crate::route::{self, Miss, Route};
use crate::rules::{Case, Rules, Scene};
use crate::which::Which;

/// A venue and all that it remembers.
#[derive(Debug)]
pub(crate) struct Venue {
    pub(crate) catalog: Catalog,
    pub(crate) account: Account,
    pub(crate) clock: Clock,
    pub(crate) counts: Counts,
    pub(crate) faults: Faults,
    rules: &'static Rules,
    rng: Mutex<fastrand::Rng>,
}

impl Venue {
    /// A venue whose credentials and ids follow from `seed`.
    pub(crate) fn new(which: Which, seed: u64, clock: Clock) -> Result<Self, SimError> {
        // Venues of one simulation must not share credentials.
        let salt =
            which.id().bytes().fold(0, |salt: u64, byte| salt.wrapping_mul(31).wrapping_add(byte.into()));
        let mut rng = fastrand::Rng::with_seed(seed ^ salt.rotate_left(32));
        let account = Account::new(which, &mut rng);
        let catalog = Catalog::load(which)?;
        Ok(Self { catalog, account, clock, rng: Mutex::new(rng), ..Self::idle(which) })
    }

    /// A venue that knows nothing and that nobody can reach.
    pub(crate) fn idle(which: Which) -> Self {
        Self {
            catalog: Catalog::default(),
            account: Account::default(),
            clock: Clock::default(),
            counts: Counts::default(),
            faults: Faults::default(),
            rules: Rules::of(which),
            rng: Mutex::new(fastrand::Rng::with_seed(0)),
        }
    }

    /// The path before every REST path: empty, or with a leading slash.
    pub(crate) fn prefix(&self) -> &str {
        self.catalog.hosts.rest.first().map(crate::data::Host::path).unwrap_or_default()
    }

    /// The path as documented; `None` when the venue's prefix is missing.
    pub(crate) fn documented<'a>(&self, full_path: &'a str) -> Option<&'a str> {
        full_path.strip_prefix(self.prefix()).filter(|path| path.starts_with('/'))
    }

    pub(crate) fn receive(&self, parts: Parts, body: Bytes) -> Received {
        let full_path = parts.uri.path().to_owned();
        let path = self.documented(&full_path).unwrap_or(&full_path).to_owned();
        let query = parts.uri.query().unwrap_or_default().to_owned();
        Received { method: parts.method, full_path, path, query, headers: parts.headers, body }
    }

    pub(crate) fn route(&self, request: &Received) -> Result<Route<'_>, Miss> {
        let path = self.documented(&request.full_path).ok_or(Miss::Path)?;
        route::find(&self.catalog, request.method.as_str(), path)
    }

    /// Verifies and answers, in the order a venue does it.
    pub(crate) fn answer(&self, request: &Received) -> Answer {
        let now_ms = self.clock.now_ms();
        let route = match self.route(request) {
            Ok(route) => route,
            Err(Miss::Path) => return self.refuse(&Why::UnknownPath.into(), request, now_ms),
            Err(Miss::Method) => return self.refuse(&Why::WrongMethod.into(), request, now_ms),
        };
        let endpoint = route.endpoint;
        let mut answer = match self.admit(route, request, now_ms) {
            Ok(given) => {
                self.counts.execute(endpoint);
                self.execute(endpoint, &given, now_ms)
            }
            Err(refusal) => self.refuse(&refusal, request, now_ms),
        };
        if self.rules.usage {
            self.tell_usage(endpoint, now_ms, &mut answer);
        }
        answer
    }

    fn admit(&self, route: Route<'_>, request: &Received, now_ms: i64) -> Result<Given, Refusal> {
        let Route { endpoint, values } = route;
        (self.rules.verify)(&Case { request, endpoint, account: &self.account, now_ms })?;
        let given = Given::read(self.rules, endpoint, request, values)?;
        check::parameters(endpoint, &given)?;
        Ok(given)
    }

    /// The documented answer; endpoints with state will branch off here, from what was given.
    fn execute(&self, endpoint: &Endpoint, _: &Given, now_ms: i64) -> Answer {
        let body = match self.rules.time {
            Some((path, field)) if path == endpoint.path => {
                json::with_number(&endpoint.example, field, now_ms)
            }
            _ => endpoint.example.clone(),
        };
        Answer::json(200, body)
    }

    fn refuse(&self, refusal: &Refusal, request: &Received, now_ms: i64) -> Answer {
        self.counts.refuse();
        let said = look_up((self.rules.table)(&request.path), refusal);
        let trace = uuid(&mut self.rng.lock().unwrap_or_else(PoisonError::into_inner));
        let scene = Scene { path: &request.full_path, now_ms, trace: &trace };
        Answer::json(said.http, (self.rules.envelope)(&said, &scene))
    }

    /// `BitMart` documents that `Remaining` is what has been used, not what is left.
    fn tell_usage(&self, endpoint: &Endpoint, now_ms: i64, answer: &mut Answer) {
        let Some(limit) = endpoint.limits.first() else { return };
        let used = self.counts.used(endpoint, limit, now_ms);
        answer.header("x-bm-ratelimit-remaining", &used.to_string());
        answer.header("x-bm-ratelimit-limit", &limit.count.to_string());
        answer.header("x-bm-ratelimit-reset", &(limit.window_ms / 1000).to_string());
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;

    const BODIES: [&str; 14] = [
        "",
        "{",
        "{}",
        "[]",
        "[{}]",
        "[null]",
        "null",
        "0",
        "\"text\"",
        "a=1&b",
        "{\"list\":\"[\"}",
        "{\"items\":[1]}",
        "{\"items\":{}}",
        "{\"symbol\":[],\"side\":{},\"price\":1e999,\"size\":-}",
    ];

    /// Behind the gate, where a signature no longer keeps nonsense out.
    #[test]
    fn parameters_of_any_shape_are_judged() {
        let mut rng = fastrand::Rng::with_seed(1);
        for which in Which::ALL {
            let venue = Venue::new(which, 1, Clock::default()).unwrap();
            for endpoint in venue.catalog.served() {
                let noise: Vec<u8> = (0..200).map(|_| rng.u8(..)).collect();
                let cut = endpoint
                    .example
                    .get(..rng.usize(..endpoint.example.len()))
                    .unwrap_or_default()
                    .as_bytes();
                for body in BODIES.map(str::as_bytes).into_iter().chain([
                    &noise[..],
                    cut,
                    endpoint.example.as_bytes(),
                ]) {
                    let request = Received {
                        method: endpoint.method.parse().unwrap(),
                        full_path: endpoint.path.clone(),
                        path: endpoint.path.clone(),
                        query: String::from_utf8_lossy(body).into_owned(),
                        headers: HeaderMap::new(),
                        body: Bytes::copy_from_slice(body),
                    };
                    let given = Given::read(venue.rules, endpoint, &request, Vec::new());
                    let _ = given.and_then(|given| check::parameters(endpoint, &given));
                    let _ = (venue.rules.verify)(&Case {
                        request: &request,
                        endpoint,
                        account: &venue.account,
                        now_ms: 0,
                    });
                }
            }
        }
    }
}

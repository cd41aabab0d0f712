//! One venue: from a received request to its answer.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::request::Parts;

use crate::account::{Account, uuid};
use crate::answer::Answer;
use crate::check;
use crate::clock::Clock;
use crate::counts::Counts;
use crate::data::{Catalog, Endpoint};
use crate::dialect::{Ask, World};
use crate::error::SimError;
use crate::fault::Pending;
use crate::given::Given;
use crate::json;
use crate::limits::{Arrival, Gate, Limits};
use crate::manner::Manner;
use crate::refusal::{Refusal, Why};
use crate::request::Received;
use crate::route::{self, Miss, Route};
use crate::rules::{Case, Rules, Scene};
use crate::which::Which;
use crate::ws::Tally;

/// A venue and all that it remembers.
#[derive(Debug)]
pub(crate) struct Venue {
    pub(crate) catalog: Catalog,
    pub(crate) account: Account,
    pub(crate) clock: Clock,
    pub(crate) counts: Counts,
    pub(crate) faults: Arc<Pending>,
    pub(crate) limits: Limits,
    /// Books and balances, where the venue has them here.
    pub(crate) world: Option<World>,
    /// What streams have seen.
    pub(crate) streams: Arc<Tally>,
    pub(crate) manner: Manner,
    rules: &'static Rules,
    rng: Mutex<fastrand::Rng>,
}

/// What a venue is started with.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) seed: u64,
    pub(crate) clock: Clock,
    /// Limits are enforced, not only counted.
    pub(crate) limits: bool,
    /// Answers follow from what happened before, where the venue has state here.
    pub(crate) state: bool,
    /// Whose word counts where streams differ from their documentation.
    pub(crate) manner: Manner,
}

impl Venue {
    /// A venue whose credentials, ids and market follow from the seed.
    pub(crate) fn new(which: Which, settings: Settings) -> Result<Self, SimError> {
        let Settings { seed, clock, limits, state, manner } = settings;
        // Venues of one simulation must not share credentials.
        let salt =
            which.id().bytes().fold(0, |salt: u64, byte| salt.wrapping_mul(31).wrapping_add(byte.into()));
        let seed = seed ^ salt.rotate_left(32);
        let mut rng = fastrand::Rng::with_seed(seed);
        let account = Account::new(which, &mut rng);
        let catalog = Catalog::load(which)?;
        let rules = Rules::of(which);
        Ok(Self {
            limits: Limits::new(&catalog, limits, rules.ban),
            world: state.then(|| World::of(which, seed, clock.now_ms())),
            faults: Arc::new(Pending::seeded(seed)),
            manner,
            catalog,
            account,
            clock,
            rng: Mutex::new(rng),
            ..Self::idle(which)
        })
    }

    /// A venue that knows nothing and that nobody can reach.
    pub(crate) fn idle(which: Which) -> Self {
        Self {
            catalog: Catalog::default(),
            account: Account::default(),
            clock: Clock::default(),
            counts: Counts::default(),
            faults: Arc::new(Pending::seeded(0)),
            limits: Limits::default(),
            world: None,
            streams: Arc::default(),
            manner: Manner::default(),
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

    pub(crate) fn receive(&self, parts: Parts, body: Bytes, product: usize) -> Received {
        let full_path = parts.uri.path().to_owned();
        let path = self.documented(&full_path).unwrap_or(&full_path).to_owned();
        let query = parts.uri.query().unwrap_or_default().to_owned();
        Received { method: parts.method, product, full_path, path, query, headers: parts.headers, body }
    }

    pub(crate) fn route(&self, request: &Received) -> Result<Route<'_>, Miss> {
        let path = self.documented(&request.full_path).ok_or(Miss::Path)?;
        route::find(&self.catalog, request.method.as_str(), path)
    }

    /// Counts a request that has arrived against the limits, whatever becomes of it.
    pub(crate) fn arrive(&self, request: &Received) -> Arrival {
        let endpoint = self.route(request).ok().map(|route| route.endpoint);
        self.limits.arrive(endpoint, self.clock.elapsed())
    }

    /// Verifies and answers, in the order a venue does it.
    pub(crate) fn answer(&self, request: &Received, arrival: Arrival) -> Answer {
        let now_ms = self.clock.now_ms();
        let (route, gate) = (self.route(request), arrival.gate);
        let endpoint = route.as_ref().ok().map(|route| route.endpoint);
        let done = match (gate, route) {
            (Gate::Banned, _) => Err(Why::Banned.into()),
            (_, Err(Miss::Path)) => Err(Why::UnknownPath.into()),
            (_, Err(Miss::Method)) => Err(Why::WrongMethod.into()),
            (Gate::Limited, Ok(_)) => Err(Why::RateLimited.into()),
            (Gate::Open, Ok(route)) => self.handle(route, request, now_ms),
        };
        let mut answer = match done {
            Ok(body) => Answer::json(200, body),
            Err(refusal) => {
                self.counts.refuse();
                self.say(&refusal, request, now_ms)
            }
        };
        if let Some(endpoint) = endpoint.filter(|_| self.rules.usage) {
            tell_usage(endpoint, arrival.used, &mut answer);
        }
        answer
    }

    fn handle(&self, route: Route<'_>, request: &Received, now_ms: i64) -> Result<String, Refusal> {
        let Route { endpoint, values } = route;
        (self.rules.verify)(&Case { request, endpoint, account: &self.account, now_ms })?;
        let given = Given::read(self.rules, endpoint, request, values)?;
        check::parameters(endpoint, &given)?;
        let ask = Ask::new(endpoint, &given, request, now_ms);
        let body = self.execute(&ask)?;
        self.counts.execute(endpoint, &given, &ask.refused_ids());
        Ok(body)
    }

    /// The answer from state, or the documented one.
    fn execute(&self, ask: &Ask<'_>) -> Result<String, Refusal> {
        if let Some(world) = &self.world {
            let trace = self.trace();
            if let Some(result) = world.execute(ask, &trace) {
                return result;
            }
        }
        let example = &ask.endpoint.example;
        Ok(match self.rules.time {
            Some((path, field)) if path == ask.endpoint.path => json::with_number(example, field, ask.now_ms),
            _ => example.clone(),
        })
    }

    /// A refusal in the venue's words.
    pub(crate) fn say(&self, refusal: &Refusal, request: &Received, now_ms: i64) -> Answer {
        let said = self.rules.said(&request.path, refusal);
        let scene = Scene { path: &request.full_path, now_ms, trace: &self.trace() };
        Answer::json(said.http, (self.rules.envelope)(&said, &scene))
    }

    /// Something random, by the seed.
    pub(crate) fn draw(&self) -> u64 {
        self.rng.lock().unwrap_or_else(PoisonError::into_inner).u64(..)
    }

    fn trace(&self) -> String {
        uuid(&mut self.rng.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// `BitMart` documents that `Remaining` is what has been used, not what is left.
fn tell_usage(endpoint: &Endpoint, used: u64, answer: &mut Answer) {
    let Some(limit) = endpoint.limits.first() else { return };
    answer.header("x-bm-ratelimit-remaining", &used.to_string());
    answer.header("x-bm-ratelimit-limit", &limit.count.to_string());
    answer.header("x-bm-ratelimit-reset", &(limit.window_ms / 1000).to_string());
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
            let settings = Settings {
                seed: 1,
                clock: Clock::default(),
                limits: true,
                state: true,
                manner: Manner::default(),
            };
            let venue = Venue::new(which, settings).unwrap();
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
                        product: 0,
                        full_path: endpoint.path.clone(),
                        path: endpoint.path.clone(),
                        query: String::from_utf8_lossy(body).into_owned(),
                        headers: HeaderMap::new(),
                        body: Bytes::copy_from_slice(body),
                    };
                    let given = Given::read(venue.rules, endpoint, &request, Vec::new());
                    if let Ok(given) = given {
                        let _ = check::parameters(endpoint, &given);
                        // Behind that gate too.
                        let _ = venue.execute(&Ask::new(endpoint, &given, &request, 0));
                    }
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

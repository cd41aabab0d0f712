//! Every write request of every venue, against everything that can go wrong: the outcome that is claimed is
//! true, as the simulator knows, and nothing is executed twice.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails loudly")]

use std::sync::Arc;
use std::time::Duration;

use venue_core::http::Roots;
use venue_core::{AnyClient, Clock, Decoded, Kind, Millis, Operation, Outcome, Replay, Retry, Source};
use venue_sim::{Fault, Sim, Which};
use venue_tests::{Known, all, credentials};

/// What is done to a request, and what its error may say.
struct Case {
    name: &'static str,
    fault: fn(Which) -> Option<Fault>,
    kinds: &'static [Kind],
    outcomes: &'static [Outcome],
}

const UNKNOWN: &[Outcome] = &[Outcome::Unknown];

/// The faults of an answer, over the in-memory dialer and under virtual time.
const CASES: &[Case] = &[
    Case {
        name: "reset before the first byte",
        fault: |_| Some(Fault::ResetOnAccept),
        kinds: &[Kind::Transport],
        // During the TLS handshake nothing of the request has left; after it, who knows.
        outcomes: &[Outcome::NotSent, Outcome::Unknown],
    },
    Case {
        name: "reset before the request was read",
        fault: |_| Some(Fault::CloseBeforeAnswer),
        kinds: &[Kind::Transport],
        outcomes: UNKNOWN,
    },
    Case {
        name: "dropped after execution",
        fault: |_| Some(Fault::ExecuteThenDrop),
        kinds: &[Kind::Transport],
        outcomes: UNKNOWN,
    },
    Case {
        name: "timeout",
        fault: |_| Some(Fault::Delay(Duration::from_secs(3_600))),
        kinds: &[Kind::Timeout],
        outcomes: UNKNOWN,
    },
    Case {
        name: "server error",
        fault: |_| Some(Fault::status(500, "")),
        kinds: &[Kind::Unavailable],
        outcomes: UNKNOWN,
    },
    Case {
        name: "bad gateway",
        fault: |_| Some(Fault::status(502, "<html>bad gateway</html>")),
        kinds: &[Kind::Unavailable],
        outcomes: UNKNOWN,
    },
    Case {
        name: "truncated answer",
        fault: |_| Some(Fault::TruncateAnswer),
        kinds: &[Kind::Transport],
        outcomes: UNKNOWN,
    },
    Case {
        name: "garbage answer",
        fault: |_| Some(Fault::body("}{ not json")),
        kinds: &[Kind::Decode],
        outcomes: UNKNOWN,
    },
    Case {
        name: "HTML answer",
        fault: |_| Some(Fault::body("<!DOCTYPE html><html>wait</html>")),
        kinds: &[Kind::Decode],
        outcomes: UNKNOWN,
    },
    Case {
        name: "empty answer",
        fault: |_| Some(Fault::body("")),
        kinds: &[Kind::Decode],
        outcomes: UNKNOWN,
    },
    Case {
        name: "out of service",
        fault: |_| Some(Fault::status(503, "")),
        kinds: &[Kind::Unavailable],
        outcomes: UNKNOWN,
    },
    Case {
        name: "rate limit in the venue's own words",
        fault: |_| Some(Fault::RateLimited),
        kinds: &[Kind::RateLimited, Kind::Banned],
        outcomes: &[Outcome::Rejected, Outcome::Unknown],
    },
    Case {
        name: "rate limit",
        fault: |_| Some(Fault::status(429, "")),
        kinds: &[Kind::RateLimited, Kind::Banned],
        outcomes: &[Outcome::Rejected, Outcome::Unknown],
    },
];

struct Stage {
    known: Known,
    sim: Sim,
}

impl Stage {
    async fn set(known: Known) -> Self {
        // From documentation alone, so that any correct request is executed, and as often as it comes.
        let sim =
            Sim::builder().venue(known.which).seed(1).limits(false).stateful(false).start().await.unwrap();
        Self { known, sim }
    }

    /// The venue's own time, so far ahead; virtual time passes on it too.
    fn clock(&self, ahead_ms: i64) -> Clock {
        let venue = self.sim.venue(self.known.which).clock().clone();
        Clock::custom(move || Millis::new(venue.now_ms()).plus(ahead_ms))
    }

    fn builder(&self) -> venue_core::Builder<dyn venue_core::Venue> {
        let running = self.sim.venue(self.known.which);
        AnyClient::builder(Arc::clone(&self.known.venue))
            .base(running.rest())
            .roots(Roots::only_pem(self.sim.ca_pem()).unwrap())
            .credentials(credentials(running))
            .clock(self.clock(0))
            .dialer(self.sim.dialer())
            .timeout(Duration::from_secs(100))
            // More than one attempt, so that a wrong repetition would show.
            .retry(Retry::default().attempts(3))
    }

    fn writes(&self) -> impl Iterator<Item = &Operation> {
        self.known
            .operations
            .iter()
            .filter(|operation| operation.spec.verb() != "GET" || operation.spec.replay != Replay::Safe)
    }

    /// Sends a request, and says how often it was executed.
    async fn send(&self, client: &AnyClient, operation: &Operation) -> Result<(Decoded, u64), String> {
        let parameters = self.known.parameters(operation);
        let mut source = Source::parse(&parameters).unwrap();
        let name = format!("{} {}", self.known.which, operation.name);
        let mut request =
            operation.build(&mut source).map_err(|error| format!("{name}: {error} in {parameters}"))?;
        request.check().map_err(|error| format!("{name}: {error} in {parameters}"))?;
        let running = self.sim.venue(self.known.which);
        let (verb, path) = (operation.spec.verb(), operation.spec.path);
        let before = running.executed(verb, path);
        let decoded = client.perform(operation, &mut *request, &[]).await;
        Ok((decoded, running.executed(verb, path) - before))
    }

    /// Sends a request that must succeed, executed once.
    async fn succeed(&self, client: &AnyClient, operation: &Operation) -> Result<(), String> {
        let (decoded, executed) = self.send(client, operation).await?;
        match decoded.error {
            None if executed == 1 => Ok(()),
            None => Err(format!("{} {}: executed {executed} times", self.known.which, operation.name)),
            Some(error) => Err(format!("{error} in {}", self.known.parameters(operation))),
        }
    }

    /// Sends a request that must fail, and holds what its error says against what the simulator knows.
    async fn fail(&self, client: &AnyClient, operation: &Operation, case: &Case) -> Result<(), String> {
        let name = format!("{} {}, {}", self.known.which, operation.name, case.name);
        let (decoded, executed) = self.send(client, operation).await?;
        let Some(error) = decoded.error else { return Err(format!("{name}: it can't succeed")) };
        if !case.kinds.contains(&error.kind()) || !case.outcomes.contains(&error.outcome()) {
            return Err(format!("{name}: {error}"));
        }
        let at_most = match (error.outcome(), operation.spec.replay) {
            (Outcome::NotSent | Outcome::Rejected, _) => 0,
            (Outcome::Unknown, Replay::Never) => 1,
            // What may be repeated may be executed again: that is what it means.
            (Outcome::Unknown, _) => 3,
        };
        if executed > at_most {
            return Err(format!("{name}: executed {executed} times, and says {error}"));
        }
        Ok(())
    }
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{} untrue:\n{}", faults.len(), faults.join("\n"));
}

#[tokio::test(start_paused = true)]
async fn every_claimed_outcome_is_true_and_nothing_is_executed_twice() {
    let mut faults = Vec::new();
    for known in all() {
        let mut rows = 0;
        let stage = Stage::set(known).await;
        let which = stage.known.which;
        for operation in stage.writes() {
            let client = stage.builder().build_any().unwrap();
            if let Err(fault) = stage.succeed(&client, operation).await {
                faults.push(fault);
                continue;
            }
            for case in CASES {
                let Some(fault) = (case.fault)(which) else { continue };
                let running = stage.sim.venue(which);
                running.fault(fault.always());
                let client = stage.builder().build_any().unwrap();
                faults.extend(stage.fail(&client, operation, case).await.err());
                running.clear_faults();
                rows += 1;
            }
        }
        assert!(rows >= 10 * CASES.len(), "{which}: {rows} rows");
    }
    none(&faults);
}

#[tokio::test]
async fn what_never_left_is_said_not_to_have() {
    let mut faults = Vec::new();
    for known in all() {
        let stage = Stage::set(known).await;
        let which = stage.known.which;
        let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let real =
            || stage.builder().dialer(Arc::new(venue_core::http::TcpDial::direct())).retry(Retry::never());
        let nobody = real().base(format!("http://{closed}")).build_any().unwrap();
        let distrustful = real().roots(Roots::web()).build_any().unwrap();
        for operation in stage.writes() {
            for (name, client) in [("refused connection", &nobody), ("TLS failure", &distrustful)] {
                let case =
                    Case { name, fault: |_| None, kinds: &[Kind::Transport], outcomes: &[Outcome::NotSent] };
                faults.extend(stage.fail(client, operation, &case).await.err());
            }
        }
        assert_eq!(stage.sim.venue(which).requests(), 0);
    }
    none(&faults);
}

#[tokio::test(start_paused = true)]
async fn a_stale_timestamp_is_refused_and_after_the_clock_is_set_executed_once() {
    let mut faults = Vec::new();
    // Pumpkin signs no time.
    for known in all().into_iter().filter(|known| known.which != Which::Pumpkin) {
        let stage = Stage::set(known).await;
        let stale = || stage.clock(-3_600_000);
        let case = Case {
            name: "stale timestamp",
            fault: |_| None,
            kinds: &[Kind::Timestamp],
            outcomes: &[Outcome::Rejected],
        };
        for operation in stage.writes() {
            let client = stage.builder().clock(stale()).retry(Retry::never()).build_any().unwrap();
            faults.extend(stage.fail(&client, operation, &case).await.err());
            let client = stage.builder().clock(stale()).build_any().unwrap();
            faults.extend(stage.succeed(&client, operation).await.err());
        }
    }
    none(&faults);
}

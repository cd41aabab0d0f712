//! The part about a burst of orders and the limit that it must not break.

use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use venue_core::budget::Patience;
use venue_core::{Endpoint as _, Outcome};

use super::desk::Desk;
use super::orders::Market;
use super::{Part, RESERVE, Scene, seconds};
use crate::stop::Stop;

/// A window that is longer isn't waited for in a demonstration: what is over is then held back.
const WORTH_WAITING_MS: u64 = 2_000;
/// For how long each order may wait.
const LONG: Duration = Duration::from_secs(30);
/// After so long without an answer, a wave of them is over.
const LULL: Duration = Duration::from_millis(150);

/// What became of a burst.
#[derive(Default)]
struct Told {
    taken: u64,
    held_back: u64,
    took: Duration,
}

impl<D: Desk> Scene<D> {
    pub(super) async fn burst(&mut self, market: &Market<D::Size>) -> Result<(), Stop> {
        self.teller.begin(Part::Burst)?;
        // The limit that binds first.
        let costs = D::buy(market.size, market.far).costs();
        let Some(cost) = costs.iter().min_by_key(|cost| cost.limit.count / cost.weight.max(1)) else {
            return self.teller.claim(false, "the request costs nothing");
        };
        let (limit, weight) = (cost.limit, u64::from(cost.weight.max(1)));
        let fits = u64::from(limit.count) / weight;
        let waits = limit.window_ms <= WORTH_WAITING_MS;
        let burst = if waits { fits * 5 / 2 } else { fits + 5 };
        let per = format!("{} per {} s", limit.count, limit.window_ms / 1000);
        self.teller.say(format_args!(
            "{burst} orders at once; the limit is {per}{}{}, {RESERVE} % of it kept for cancels",
            if weight > 1 { format!(", of which an order takes {weight}") } else { String::new() },
            if limit.assumed { " (assumed: the venue documents none)" } else { "" },
        ))?;
        let refused = self.venue().refused();
        let patience = if waits { Patience::Wait } else { Patience::FailFast };
        let told = self.send_all(burst, market, patience).await?;
        let (refused, worst) = (self.venue().refused() - refused, self.worst(limit.window_ms) * weight);
        for (name, number) in [
            ("orders", told.taken),
            ("held_back", told.held_back),
            ("refused", refused),
            ("worst_window", worst),
            ("limit", limit.count.into()),
            ("window_ms", limit.window_ms),
        ] {
            self.teller.fact(name, number);
        }
        self.teller.fact("assumed", limit.assumed);
        let assumed = if limit.assumed { "*" } else { "" };
        self.teller.sum_up(format_args!("{worst} of {}{assumed}", limit.count));
        let all = told.taken + told.held_back == burst && refused == 0 && told.taken > 0;
        self.teller.claim(
            if waits { all && told.held_back == 0 } else { all && told.held_back > 0 },
            format_args!(
                "{} of {burst} taken in {}, {} held back by the ledger and not sent, {refused} refused",
                told.taken,
                seconds(told.took),
                told.held_back
            ),
        )?;
        self.teller.claim(
            worst <= u64::from(limit.count),
            format_args!("the most in any window, by what the simulator received: {worst} of {per}"),
        )
    }

    async fn send_all(
        &mut self,
        burst: u64,
        market: &Market<D::Size>,
        patience: Patience,
    ) -> Result<Told, Stop> {
        let (began, mut calls) = (Instant::now(), JoinSet::new());
        for _ in 0..burst {
            let call = self.client.send(D::buy(market.size, market.far)).within(LONG).patience(patience);
            calls.spawn(call.into_future());
        }
        let (mut told, mut waves) = (Told::default(), 0);
        loop {
            match tokio::time::timeout(LULL, calls.join_next()).await {
                Ok(Some(Ok(Ok(_)))) => {
                    told.taken += 1;
                    told.took = began.elapsed();
                }
                Ok(Some(Ok(Err(error))))
                    if error.outcome() == Outcome::NotSent && patience == Patience::FailFast =>
                {
                    told.held_back += 1;
                }
                Ok(Some(Ok(Err(error)))) => self.teller.error(false, "one of them", error)?,
                Ok(Some(Err(error))) => return Err(Stop::failed(error)),
                Ok(None) => return Ok(told),
                Err(_) if waves == told.taken => {}
                Err(_) => {
                    let wave = told.taken - waves;
                    waves = told.taken;
                    self.teller.say(format_args!(
                        "after {}: {wave} answered, {} wait at the ledger",
                        seconds(told.took),
                        burst - told.taken
                    ))?;
                }
            }
        }
    }

    /// The most orders that the simulator received in any window of this length, of those that it remembers.
    fn worst(&self, window_ms: u64) -> u64 {
        let spec = D::Order::SPEC;
        let window_ms = i64::try_from(window_ms).unwrap_or(i64::MAX);
        let mut times: Vec<i64> = self
            .venue()
            .hits()
            .iter()
            .filter(|hit| hit.method == spec.verb() && hit.path.ends_with(spec.path))
            .map(|hit| hit.at_ms)
            .collect();
        times.sort_unstable();
        let within = |from: &i64| times.iter().filter(|at| (0..window_ms).contains(&(**at - from))).count();
        times.iter().map(within).max().and_then(|most| u64::try_from(most).ok()).unwrap_or(0)
    }
}

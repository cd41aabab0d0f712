//! What a trader's client goes through at a venue, good and bad: one story, told at each venue by its own client.

mod desk;
mod limits;
mod orders;
mod part;
mod refusals;
mod streams;
mod tally;
mod teller;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use serde::Serialize;
use venue_core::budget::Ledger;
use venue_core::http::Roots;
use venue_core::{Client, Clock, Error, Millis, Retry};
use venue_sim::{Running, Sim, Which};

use crate::call;
use crate::show::{BOLD, DIM, styled};
use crate::stop::Stop;
use desk::Desk;
pub(crate) use part::Part;
use tally::Tally;
use teller::Teller;
pub(crate) use teller::{Step, Verdict};

/// Percent of every limit that is kept for cancels.
const RESERVE: u32 = 10;

/// A story that was told.
#[derive(Debug, Serialize)]
pub(crate) struct Story {
    pub(crate) venue: &'static str,
    rest: String,
    pub(crate) steps: Vec<Step>,
    pub(crate) simulator: Tally,
    took_us: u128,
}

impl Story {
    pub(crate) fn is_good(&self) -> bool {
        self.count(Verdict::Failed) == 0 && self.simulator.is_good()
    }

    /// How many parts ended like this.
    pub(crate) fn count(&self, verdict: Verdict) -> usize {
        self.steps.iter().filter(|step| step.verdict == verdict).count()
    }

    /// A part of it.
    pub(crate) fn step(&self, part: Part) -> Option<&Step> {
        self.steps.iter().find(|step| step.part == part)
    }
}

/// Tells the story at a simulated venue; aloud, each line is printed as it happens.
pub(crate) async fn tell(sim: Arc<Sim>, which: Which, aloud: bool) -> Result<Story, Stop> {
    match which {
        Which::HashKey => tell_at::<desk::HashKey>(sim, aloud).await,
        Which::BitMart => tell_at::<desk::BitMart>(sim, aloud).await,
        Which::WexSpot => tell_at::<desk::WexSpot>(sim, aloud).await,
        Which::WexFutures => tell_at::<desk::WexFutures>(sim, aloud).await,
        Which::Hibt => tell_at::<desk::Hibt>(sim, aloud).await,
        Which::Pumpkin => tell_at::<desk::Pumpkin>(sim, aloud).await,
    }
}

async fn tell_at<D: Desk>(sim: Arc<Sim>, aloud: bool) -> Result<Story, Stop> {
    let (began, skipped) = (Instant::now(), Arc::new(AtomicI64::new(0)));
    let venue = sim.venue(D::WHICH);
    let ahead = Arc::clone(&skipped);
    let client = Client::builder(D::venue())
        .base(venue.rest())
        .credentials(call::credentials(venue))
        .roots(Roots::only_pem(sim.ca_pem()).map_err(Stop::Failed)?)
        .ledger(Ledger::with_reserve(RESERVE))
        // Each answer is told as it came.
        .retry(Retry::never())
        .clock(Clock::custom(move || Millis::from(SystemTime::now()).plus(ahead.load(Ordering::Relaxed))))
        .build()
        .map_err(Stop::Failed)?;
    let rest = venue.rest().to_owned();
    let teller = Teller::new(aloud);
    teller.print(format_args!("{} {}", styled(BOLD, D::WHICH), styled(DIM, &rest)))?;
    let mut scene = Scene::<D> { client, sim: Arc::clone(&sim), skipped, teller };
    match scene.play().await {
        Ok(()) => {}
        // Part of the story, though not of the one that was meant to be told.
        Err(Stop::Failed(error) | Stop::Usage(error)) => scene.teller.broke(error)?,
        Err(stop) => return Err(stop),
    }
    let simulator = Tally::of(sim.venue(D::WHICH));
    if aloud {
        simulator.print()?;
    }
    let steps = scene.teller.finish();
    Ok(Story { venue: D::WHICH.id(), rest, steps, simulator, took_us: began.elapsed().as_micros() })
}

/// A venue, a client of it, and who tells what happens.
struct Scene<D: Desk> {
    client: Client<D::Venue>,
    sim: Arc<Sim>,
    /// By how much the client's clock and the venue's are ahead of the system's, in ms.
    skipped: Arc<AtomicI64>,
    teller: Teller,
}

impl<D: Desk> Scene<D> {
    async fn play(&mut self) -> Result<(), Stop> {
        self.clock().await?;
        let rules = self.rules().await?;
        let market = self.market(&rules).await?;
        let resting = self.place(&market).await?;
        let seen = self.own_id(&resting).await?;
        self.fill(&market).await?;
        self.cancel(&resting, &seen).await?;
        self.keep_book().await?;
        self.refused(&market).await?;
        self.lost_answer(&market).await?;
        self.lost_request(&market).await?;
        self.burst(&market).await?;
        self.tidy_up(&market).await?;
        self.too_many().await?;
        self.once()
    }

    fn venue(&self) -> &Running {
        self.sim.venue(D::WHICH)
    }

    /// Puts the client's clock and the venue's ahead, where otherwise one would have to wait.
    fn skip(&self, time: Duration) {
        let by = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
        let ahead = self.skipped.fetch_add(by, Ordering::Relaxed).saturating_add(by);
        self.venue().clock().set_offset_ms(ahead);
    }
}

/// An answer that the story can't go on without.
fn needed<T>(answer: Result<T, Error>) -> Result<T, Stop> {
    answer.map_err(Stop::Failed)
}

/// A span of time, to a tenth of a second.
fn seconds(time: Duration) -> String {
    let tenths = time.as_millis().saturating_add(50) / 100;
    format!("{}.{} s", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests;

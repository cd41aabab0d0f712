//! The parts about what is refused, and about what is lost on the way.

use std::time::Duration;

use venue_core::budget::Patience;
use venue_core::{Credentials, Endpoint as _, Error, Kind, Outcome, Resolution};
use venue_sim::Fault;

use super::desk::Desk;
use super::orders::Market;
use super::{Part, Scene, needed, seconds};
use crate::call;
use crate::stop::Stop;

/// A gate that is shut for longer isn't waited for in a demonstration.
const WORTH_WAITING: Duration = Duration::from_secs(3);

/// Timers may go off so much early.
const EARLY: Duration = Duration::from_millis(5);

impl<D: Desk> Scene<D> {
    /// Orders with a wrong secret and with a wrong key.
    pub(super) async fn refused(&mut self, market: &Market<D::Size>) -> Result<(), Stop> {
        let (key, secret) = (self.venue().key().to_owned(), self.venue().secret().to_owned());
        for (part, key, secret) in [
            (Part::Signature, key.as_str(), "not-the-secret-of-this-account"),
            (Part::Key, "not-a-key-of-this-venue", secret.as_str()),
        ] {
            self.teller.begin(part)?;
            let wrong = call::with_memo(Credentials::new(key, secret), self.venue());
            let (orders, client) = (self.orders(), self.client.with_credentials(wrong));
            match client.send(D::buy(market.size, market.far)).await {
                Ok(_) => self.teller.claim(false, "it was taken")?,
                Err(error) => {
                    let is_meant = error.outcome() == Outcome::Rejected && error.kind() == Kind::Auth;
                    self.teller.sum_up(error.code().unwrap_or("rejected"));
                    self.teller.error(is_meant, "an order", error)?;
                }
            }
            let more = self.orders() - orders;
            self.teller.claim(more == 0, format_args!("{more} orders executed by the simulator's count"))?;
        }
        Ok(())
    }

    pub(super) async fn lost_answer(&mut self, market: &Market<D::Size>) -> Result<(), Stop> {
        self.teller.begin(Part::LostAnswer)?;
        self.teller.say("the venue will execute the next order and drop the connection")?;
        let Some(error) = self.lose(Fault::ExecuteThenDrop, market).await? else { return Ok(()) };
        let resolution = needed(self.client.resolve(&error).await)?;
        let id = error.client_order_id().cloned();
        self.teller.error(error.outcome() == Outcome::Unknown, "sent once", error)?;
        let found = match &resolution {
            Resolution::Executed(executed) => executed.decode::<D::Row>().ok().map(|row| D::seen(&row)),
            _ => None,
        };
        let is_it = found.as_ref().is_some_and(|order| id.is_some() && order.client_id == id);
        let what = found
            .map_or_else(|| format!("{resolution:?}"), |order| format!("Executed, it is order {}", order.id));
        self.teller.sum_up("Executed");
        self.teller.claim(is_it, format_args!("client.resolve looks it up by its id: {what}"))?;
        let executions = id.map_or(0, |id| self.venue().executions(id.as_str()));
        self.teller.fact("executions", executions);
        self.teller.claim(
            executions == 1,
            format_args!("executions of that id by the simulator's count: {executions}"),
        )
    }

    pub(super) async fn lost_request(&mut self, market: &Market<D::Size>) -> Result<(), Stop> {
        self.teller.begin(Part::LostRequest)?;
        self.teller.say("the venue will drop the connection instead of executing the next order")?;
        let Some(error) = self.lose(Fault::CloseBeforeAnswer, market).await? else { return Ok(()) };
        let early = needed(self.client.resolve(&error).await)?;
        let unknown = error.outcome() == Outcome::Unknown;
        let executions = error.client_order_id().map_or(0, |id| self.venue().executions(id.as_str()));
        self.teller.error(unknown, "sent once", error.clone())?;
        self.teller.fact("executions", executions);
        self.teller.claim(
            executions == 0,
            format_args!("executions of that id by the simulator's count: {executions}"),
        )?;
        match early {
            Resolution::StillUnknown { conclusive_in: Some(wait) } => {
                self.teller.say(format_args!(
                    "not found, which proves nothing while its timestamp holds; both clocks are put ahead by {}",
                    seconds(wait)
                ))?;
                self.skip(wait + Duration::from_millis(1));
                let late = needed(self.client.resolve(&error).await)?;
                self.teller.sum_up(format_args!("{late:?}"));
                self.teller.fact("conclusive_in_ms", u64::try_from(wait.as_millis()).unwrap_or(u64::MAX));
                self.teller.claim(
                    late == Resolution::NotFound,
                    format_args!("client.resolve looks again: {late:?}, it can no longer be executed"),
                )
            }
            Resolution::StillUnknown { conclusive_in: None } => {
                self.teller.fact("conclusive_in_ms", serde_json::Value::Null);
                self.teller.cannot(
                    "no time signed",
                    "not found, and the venue signs no time: a request never expires, so that nobody can know",
                )
            }
            other => self.teller.claim(false, format_args!("{other:?}")),
        }
    }

    /// Sends an order into a fault; an answer that comes all the same fails the part.
    async fn lose(&mut self, fault: Fault, market: &Market<D::Size>) -> Result<Option<Error>, Stop> {
        let spec = D::Order::SPEC;
        self.venue().fault(fault.on(spec.verb(), spec.path));
        match self.client.send(D::buy(market.size, market.far)).await {
            Err(error) => Ok(Some(error)),
            Ok(_) => {
                self.teller.claim(false, "an answer came all the same")?;
                Ok(None)
            }
        }
    }

    /// The venue's own refusal for too many requests, and what the ledger makes of it.
    pub(super) async fn too_many(&mut self) -> Result<(), Stop> {
        self.teller.begin(Part::Refusal)?;
        self.venue().fault(Fault::RateLimited);
        match D::sweep(&self.client, Patience::Wait).await {
            Ok(()) => return self.teller.claim(false, "the refusal didn't come"),
            Err(error) => {
                let is_meant = matches!(error.kind(), Kind::RateLimited | Kind::Banned)
                    && error.outcome() == Outcome::Rejected;
                self.teller.error(is_meant, "the venue's words for it", error)?;
            }
        }
        let before = self.venue().requests();
        let began = std::time::Instant::now();
        let wait = match D::sweep(&self.client, Patience::FailFast).await {
            Ok(()) => return self.teller.claim(false, "the ledger let a call through"),
            Err(error) => {
                let wait = error.retry_after();
                let is_meant = error.outcome() == Outcome::NotSent && wait.is_some();
                self.teller.error(is_meant, "who can't wait hears at once", error)?;
                wait.unwrap_or_default()
            }
        };
        self.teller.sum_up(format_args!("shut {}", seconds(wait)));
        self.teller.fact("shut_ms", u64::try_from(wait.as_millis()).unwrap_or(u64::MAX));
        let sent = self.venue().requests() - before;
        self.teller.claim(sent == 0, format_args!("requests that reached the venue since: {sent}"))?;
        if wait > WORTH_WAITING {
            return self
                .teller
                .say(format_args!("the ledger's gate is shut for {}, and stays so", seconds(wait)));
        }
        let answer = D::sweep(&self.client, Patience::Wait).await;
        let (took, sent) = (began.elapsed(), self.venue().requests() - before);
        let is_good = answer.is_ok() && sent == 1 && took + EARLY >= wait;
        self.teller.claim(
            is_good,
            format_args!("who can, waits at its gate: answered after {}, {sent} sent", seconds(took)),
        )?;
        needed(answer)
    }

    /// The simulator's count of orders.
    pub(super) fn orders(&self) -> u64 {
        let spec = D::Order::SPEC;
        self.venue().executed(spec.verb(), spec.path)
    }
}

//! The ledger: what clients on one address, key or account spend together.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock};

use tokio::time::Instant;

use super::limit::{Limit, Scope};
use super::memory::{BucketState, Memory};
use super::permit::{Mark, Permit};
use super::store::{Ask, Denied, Draw, Draws, Grant, Store};
use crate::endpoint::Cost;
use crate::http::Sent;

/// How long a request waits for its budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Patience {
    /// As long as the call may take.
    #[default]
    Wait,
    /// Not at all.
    FailFast,
    /// Until this moment.
    Until(Instant),
}

/// Spends documented budgets so that a correct server has no reason to refuse.
///
/// Clones share one ledger. Give the same one to all clients behind one address: two clients with ledgers of
/// their own spend the same limit twice.
#[derive(Debug, Clone)]
pub struct Ledger {
    store: Arc<dyn Store>,
}

/// The owner of what an address spends.
static NOBODY: LazyLock<Arc<str>> = LazyLock::new(|| Arc::from(""));

/// Who spends: which key, and which account it belongs to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Spender {
    pub(crate) key: Option<Arc<str>>,
    pub(crate) account: Option<Arc<str>>,
}

impl Spender {
    /// What a request of these costs asks for.
    pub(crate) fn ask(&self, venue: &'static str, costs: &[Cost]) -> Ask {
        let draw = |cost: &Cost| Draw::new(cost.limit, self.owner(cost.limit), cost.weight);
        Ask::new(venue, costs.iter().map(draw).collect::<Draws>())
    }

    fn owner(&self, limit: &Limit) -> Arc<str> {
        let named = match limit.scope {
            Scope::Ip => None,
            Scope::Key => self.key.as_ref(),
            // Keys whose account nobody named count as one account each.
            Scope::Account => self.account.as_ref().or(self.key.as_ref()),
        };
        named.cloned().unwrap_or_else(|| Arc::clone(&NOBODY))
    }
}

impl Patience {
    /// The latest moment to be granted, for a call that ends at `deadline`.
    pub(crate) fn until(self, deadline: Instant) -> Instant {
        match self {
            Self::Wait => deadline,
            Self::FailFast => Instant::now(),
            Self::Until(until) => until.min(deadline),
        }
    }
}

impl Ledger {
    /// A ledger in memory.
    #[must_use]
    pub fn new() -> Self {
        Self::over(Arc::new(Memory::new()))
    }

    /// A ledger in memory that keeps so many per cent of each bucket for cancels.
    #[must_use]
    pub fn with_reserve(percent: u32) -> Self {
        Self::over(Arc::new(Memory::with_reserve(percent)))
    }

    /// A ledger over a store of your own, shared between processes for example.
    #[must_use]
    pub fn over(store: Arc<dyn Store>) -> Self {
        Self { store }
    }

    /// Sets how much a limit holds in its window, for all keys and accounts: where the venue has granted more
    /// than it documents, or where the documented number is only assumed.
    ///
    /// It takes effect at once, also for those that wait. With more than the venue really grants, requests will
    /// be refused, and the promise that no limit is exceeded is yours to keep. [`snapshot`](Self::snapshot)
    /// shows what was set.
    ///
    /// ```
    /// use venue_core::budget::{Ledger, Limit, Scope};
    ///
    /// static ORDERS: Limit = Limit::new("orders", 24, 2_000, Scope::Key);
    /// let ledger = Ledger::new();
    /// ledger.set_limit(&ORDERS, 100);
    /// ```
    pub fn set_limit(&self, limit: &'static Limit, count: u32) {
        self.store.set_count(limit, None, count);
    }

    /// As [`set_limit`](Self::set_limit), for one key or account, by the key's text or the account's name; it
    /// goes before what is set for all.
    pub fn set_limit_of(&self, owner: &str, limit: &'static Limit, count: u32) {
        self.store.set_count(limit, Some(owner), count);
    }

    /// The buckets as they are now.
    #[must_use]
    pub fn snapshot(&self) -> Vec<BucketState> {
        self.store.snapshot()
    }

    /// Waits for all buckets that a request draws on.
    ///
    /// Requests that share a bucket are granted in order, urgent ones first; others never wait for each
    /// other. Dropping the future gives up the place.
    ///
    /// # Errors
    /// When it can't be granted in time, or ever.
    pub async fn acquire(&self, ask: Ask) -> Result<Permit, Denied> {
        let grant = self.grant(&ask).await?;
        Ok(self.permit(ask, grant, Mark::Own(AtomicBool::new(false))))
    }

    /// Takes so much out of the buckets after the fact: what an answer turned out to cost.
    pub fn charge(&self, ask: &Ask) {
        self.store.charge(&ask.draws);
    }

    /// As [`acquire`](Self::acquire), for a request whose sending is noted by this mark.
    pub(crate) async fn acquire_marked(&self, ask: Ask, sent: Sent) -> Result<Permit, Denied> {
        let grant = self.grant(&ask).await?;
        Ok(self.permit(ask, grant, Mark::Transport(sent)))
    }

    async fn grant(&self, ask: &Ask) -> Result<Grant, Denied> {
        match self.store.try_acquire(ask) {
            Some(Ok(grant)) => Ok(grant),
            Some(Err(denied @ Denied::TooLarge { .. })) => Err(denied),
            Some(Err(_)) | None => self.store.acquire(ask.clone()).await,
        }
    }

    fn permit(&self, ask: Ask, grant: Grant, sent: Mark) -> Permit {
        Permit::new(Arc::clone(&self.store), ask.venue, ask.draws, grant, sent)
    }
}

impl Default for Ledger {
    fn default() -> Self {
        Self::new()
    }
}

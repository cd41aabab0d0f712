//! What stands behind a ledger: where buckets are kept, and how they are asked.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use smallvec::SmallVec;
use tokio::time::Instant;

use super::limit::Limit;
use super::memory::BucketState;

/// How a request stands to others that wait for the same bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
#[non_exhaustive]
pub enum Priority {
    /// In turn.
    #[default]
    Normal,
    /// Before those that are normal, and from the reserve where there is one: cancels.
    Urgent,
}

/// So much of one bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Draw {
    /// The limit.
    pub limit: &'static Limit,
    /// Whose bucket of it: empty for an address, else the key's or account's name.
    pub owner: Arc<str>,
    /// How much.
    pub weight: u32,
}

impl Draw {
    /// So much of a limit, out of this owner's bucket.
    #[must_use]
    pub fn new(limit: &'static Limit, owner: Arc<str>, weight: u32) -> Self {
        Self { limit, owner, weight }
    }
}

/// What one request draws; no allocation for as many buckets as requests usually have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draws(SmallVec<[Draw; 3]>);

impl Deref for Draws {
    type Target = [Draw];

    fn deref(&self) -> &[Draw] {
        &self.0
    }
}

impl FromIterator<Draw> for Draws {
    fn from_iter<I: IntoIterator<Item = Draw>>(draws: I) -> Self {
        Self(draws.into_iter().collect())
    }
}

impl From<Vec<Draw>> for Draws {
    fn from(draws: Vec<Draw>) -> Self {
        Self(draws.into())
    }
}

/// What a request asks of a store.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Ask {
    /// The venue, whose bans count.
    pub venue: &'static str,
    /// All of these, or nothing.
    pub draws: Draws,
    /// How it stands to others.
    pub priority: Priority,
    /// The latest moment to be granted; `None` waits for as long as it takes.
    pub until: Option<Instant>,
}

impl Ask {
    /// Asks for all of these draws, waiting for as long as it takes.
    #[must_use]
    pub fn new(venue: &'static str, draws: impl Into<Draws>) -> Self {
        Self { venue, draws: draws.into(), priority: Priority::Normal, until: None }
    }

    /// With this priority.
    #[must_use]
    pub fn priority(mut self, priority: Priority) -> Self {
        self.priority = priority;
        self
    }

    /// Not later than this.
    #[must_use]
    pub fn until(mut self, until: Instant) -> Self {
        self.until = Some(until);
        self
    }
}

/// A store's word that a request may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Grant(
    /// The store's own number for it.
    pub u64,
);

/// Why a request may not go.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Denied {
    /// The buckets don't give it in time.
    #[error("the budget of {bucket} gives nothing for another {:.1?}", wait)]
    Exhausted {
        /// The bucket that is short.
        bucket: &'static str,
        /// How long until it could give; longer if others wait as well.
        wait: Duration,
    },
    /// The venue has shut the door.
    #[error("the venue has shut the door for another {:.1?}", wait)]
    Gated {
        /// How long.
        wait: Duration,
    },
    /// It asks for more than a bucket ever holds.
    #[error("{weight} is more than {bucket} ever holds")]
    TooLarge {
        /// The bucket.
        bucket: &'static str,
        /// What was asked.
        weight: u32,
    },
    /// A shared store could not be reached.
    #[error("the ledger's store failed: {0}")]
    Store(String),
}

/// What became of a granted request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Settlement {
    /// It never left: everything goes back at once.
    NotSent,
    /// It was answered now.
    Answered,
    /// It may still arrive: the venue may count it so much later than now.
    Unanswered {
        /// How much later.
        slack: Duration,
    },
}

/// Keeps the buckets. The one in memory serves one process; another may serve several.
#[async_trait]
pub trait Store: Send + Sync + std::fmt::Debug + 'static {
    /// Grants at once, or not at all; `None` where the store can't know without waiting.
    fn try_acquire(&self, ask: &Ask) -> Option<Result<Grant, Denied>>;

    /// Waits for its turn and for all buckets.
    ///
    /// # Errors
    /// When it can't be granted in time, or ever.
    async fn acquire(&self, ask: Ask) -> Result<Grant, Denied>;

    /// Says what became of a granted request. Each grant is settled once.
    fn settle(&self, grant: Grant, settlement: Settlement);

    /// Takes more out of the buckets than was asked for: what an answer turned out to cost.
    fn charge(&self, draws: &[Draw]);

    /// Occupies the buckets so far at least: the venue has counted others' requests too.
    fn raise(&self, draws: &[Draw]);

    /// Shuts buckets for so long, or everything of a venue where no draws are named.
    fn gate(&self, venue: &'static str, draws: &[Draw], wait: Duration);

    /// Gives the buckets of a limit another size than its documented one: that of one owner, or of all that have
    /// none of their own. Also those that are in use, at once.
    fn set_count(&self, limit: &'static Limit, owner: Option<&str>, count: u32);

    /// How much the bucket holds in a window.
    fn count(&self, draw: &Draw) -> u32;

    /// The buckets as they are now.
    fn snapshot(&self) -> Vec<BucketState>;
}

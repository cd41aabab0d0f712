//! Finding out what became of a request whose outcome is unknown.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::call::Call;
use super::{AnyClient, Client};
use crate::endpoint::Endpoint;
use crate::error::{Error, Kind, Outcome};
use crate::venue::Venue;
use crate::wire::{ClientOrderId, Millis};

/// How long after a request can no longer be accepted its effects may take to show in a look-up.
const SETTLING_MS: i64 = 2_000;

/// What a look-up found out.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Resolution {
    /// It was executed; this is what the venue has of it.
    Executed(Executed),
    /// It was not executed, and no longer can be: its timestamp has expired.
    NotFound,
    /// Nothing was found, and that proves nothing yet.
    StillUnknown {
        /// After so long a look-up will be conclusive; `None` where that can't be said: the venue has none for
        /// this request, accepts a request of any age, or cut its list short.
        conclusive_in: Option<Duration>,
    },
}

/// What the venue has of a request that was executed.
#[derive(Clone, PartialEq)]
pub struct Executed {
    json: String,
}

impl Executed {
    /// Takes over a row of a look-up's answer.
    #[must_use]
    pub fn of(row: &impl Serialize) -> Self {
        // Our own models always serialize; an empty text would only fail in `decode`.
        Self { json: serde_json::to_string(row).unwrap_or_default() }
    }

    /// The row, as JSON.
    #[must_use]
    pub fn as_json(&self) -> &str {
        &self.json
    }

    /// The row as its type: what the look-up that the endpoint names gives.
    ///
    /// # Errors
    /// When it is another type.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(&self.json)
    }
}

impl fmt::Debug for Executed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::text::clip(&self.json, 200))
    }
}

/// What one look gave.
enum Look {
    Found(Executed),
    Nothing,
    /// Nothing, in a list that ended before everything was said.
    Partial,
}

type Looking = Pin<Box<dyn Future<Output = Result<Look, Error>> + Send>>;
type Step = Arc<dyn Fn(AnyClient) -> Looking + Send + Sync>;

/// How to look for what became of a request: reads, one after the other, until one finds it.
#[derive(Clone)]
pub struct Lookup {
    steps: Vec<Step>,
}

impl Lookup {
    /// Asks with this request, and finds the row in its answer.
    pub fn by<E: Endpoint>(
        request: E,
        find: impl Fn(&E::Response) -> Option<Executed> + Send + Sync + 'static,
    ) -> Self {
        Self { steps: Vec::new() }.or(request, find)
    }

    /// As [`by`](Self::by), for a list that the venue cuts short; see [`or_in_part`](Self::or_in_part).
    pub fn by_in_part<E: Endpoint>(
        request: E,
        find: impl Fn(&E::Response) -> Option<Executed> + Send + Sync + 'static,
        whole: impl Fn(&E::Response) -> bool + Send + Sync + 'static,
    ) -> Self {
        Self { steps: Vec::new() }.or_in_part(request, find, whole)
    }

    /// Asks with this request as well, when those before found nothing.
    #[must_use]
    pub fn or<E: Endpoint>(
        self,
        request: E,
        find: impl Fn(&E::Response) -> Option<Executed> + Send + Sync + 'static,
    ) -> Self {
        self.or_in_part(request, find, |_| true)
    }

    /// As [`or`](Self::or), for a list that the venue cuts short: where it is not `whole`, not to be in it
    /// proves nothing, and the outcome stays unknown.
    #[must_use]
    pub fn or_in_part<E: Endpoint>(
        mut self,
        request: E,
        find: impl Fn(&E::Response) -> Option<Executed> + Send + Sync + 'static,
        whole: impl Fn(&E::Response) -> bool + Send + Sync + 'static,
    ) -> Self {
        let look = Arc::new(move |answer: &E::Response| match find(answer) {
            Some(found) => Look::Found(found),
            None if whole(answer) => Look::Nothing,
            None => Look::Partial,
        });
        self.steps.push(Arc::new(move |client| {
            let (request, look) = (request.clone(), Arc::clone(&look));
            Box::pin(async move {
                match Call::new(client, request).await {
                    Ok(answer) => Ok(look(&answer)),
                    // So do some venues say that they have found nothing.
                    Err(error) if error.kind() == Kind::UnknownOrder => Ok(Look::Nothing),
                    Err(error) => Err(error),
                }
            })
        }));
        self
    }
}

impl fmt::Debug for Lookup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lookup").field("steps", &self.steps.len()).finish()
    }
}

/// What an error of unknown outcome carries, so that it can be resolved.
#[derive(Debug, Clone)]
pub(crate) struct Trail {
    pub(crate) lookup: Option<Lookup>,
    /// Those of a batch, by order.
    pub(crate) rows: Vec<(ClientOrderId, Lookup)>,
    /// The client's clock when the last attempt was given up.
    pub(crate) given_up: Millis,
    /// How long the venue accepts it after that.
    pub(crate) window: Option<Duration>,
}

impl Trail {
    /// The look-up of the order with this id; that of a request for one order is its own.
    fn of(&self, id: &ClientOrderId, error: &Error) -> Option<&Lookup> {
        let row = self.rows.iter().find(|(known, _)| known == id).map(|(_, lookup)| lookup);
        row.or_else(|| self.lookup.as_ref().filter(|_| error.client_order_ids().len() == 1))
    }

    /// Looks, and says what that proves.
    async fn follow(&self, lookup: &Lookup, client: &AnyClient) -> Result<Resolution, Error> {
        // Taken before looking: what expires in between could still have been accepted unseen.
        let asked = client.shared.clock.now();
        let mut whole = true;
        for step in &lookup.steps {
            match step(client.clone()).await? {
                Look::Found(found) => return Ok(Resolution::Executed(found)),
                Look::Nothing => {}
                Look::Partial => whole = false,
            }
        }
        let Some(window) = self.window.filter(|_| whole) else { return Ok(NEVER) };
        let window_ms = i64::try_from(window.as_millis()).unwrap_or(i64::MAX);
        let expires = self.given_up.plus(window_ms).plus(SETTLING_MS);
        let left = expires.get().saturating_sub(asked.get());
        Ok(match u64::try_from(left) {
            Ok(left) if left > 0 => {
                Resolution::StillUnknown { conclusive_in: Some(Duration::from_millis(left)) }
            }
            _ => Resolution::NotFound,
        })
    }
}

/// No look-up will ever tell.
const NEVER: Resolution = Resolution::StillUnknown { conclusive_in: None };

/// What became of one order of a batch.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RowResolution {
    /// Your own id of it, or the one that was made for you.
    pub client_order_id: ClientOrderId,
    /// What was found out, or why this look-up failed: the others stand for themselves.
    pub resolution: Result<Resolution, Error>,
}

impl<V: Venue> Client<V> {
    /// Finds out what became of the request behind an error of unknown outcome, by the look-up that its
    /// endpoint names.
    ///
    /// Only reads are sent; sending the request again stays your act. An order that is not found may still
    /// be on its way until its timestamp expires: until then, that is said and not [`Resolution::NotFound`].
    /// A batch has no one answer: see [`resolve_rows`](Self::resolve_rows).
    ///
    /// # Errors
    /// When a look-up fails.
    pub async fn resolve(&self, error: &Error) -> Result<Resolution, Error> {
        if error.outcome() != Outcome::Unknown {
            // Rejected or not sent: there is nothing to be found.
            return Ok(Resolution::NotFound);
        }
        match error.trail() {
            Some(trail @ Trail { lookup: Some(lookup), .. }) => trail.follow(lookup, self.erased()).await,
            _ => Ok(NEVER),
        }
    }

    /// Finds out what became of each order of the batch behind an error of unknown outcome, by the client order
    /// ids under which they were sent: one answer an order, in the order of the request.
    ///
    /// Only reads are sent, one order after the other. As with [`resolve`](Self::resolve), an order that is not
    /// found may still be on its way, and an order that the venue has no look-up for stays unknown.
    pub async fn resolve_rows(&self, error: &Error) -> Vec<RowResolution> {
        let mut rows = Vec::with_capacity(error.client_order_ids().len());
        for id in error.client_order_ids() {
            let lookup = error.trail().and_then(|trail| Some((trail, trail.of(id, error)?)));
            let resolution = match lookup {
                // Rejected or not sent: there is nothing to be found.
                _ if error.outcome() != Outcome::Unknown => Ok(Resolution::NotFound),
                Some((trail, lookup)) => trail.follow(lookup, self.erased()).await,
                None => Ok(NEVER),
            };
            rows.push(RowResolution { client_order_id: id.clone(), resolution });
        }
        rows
    }
}

//! A request is a plain value: what it is called, where it goes, what it carries and what comes back.

mod build;
mod field;
mod operation;
mod paged;
mod params;
mod raw;
mod request;
mod spec;

pub use build::Source;
pub use field::{Accept, AsIs, Converted, Field, IntoParam, Part, read_object};
pub use operation::{AnyRequest, Decoded, Operation};
pub use paged::Paged;
pub(crate) use params::write_json_object as write_object;
pub use params::{Param, Params, Place, Style, Value};
pub use raw::{Raw, RawJson};
pub use request::{Camel, FieldInfo, Request};
pub use spec::{Auth, Cost, Costs, Permission, Placement, Replay, Shape, Spec};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::client::Lookup;
use crate::error::{Error, Invalid};
use crate::venue::Venue;
use crate::wire::ClientOrderId;

/// A request of one venue, with the type of its answer and everything the library must know to send it.
///
/// The fields come from [`request!`](crate::request!); this trait adds the facts.
pub trait Endpoint: Request {
    /// The venue it belongs to; a client of another venue does not take it.
    type Venue: Venue;
    /// What a success carries.
    type Response: DeserializeOwned + Serialize + std::fmt::Debug + Send + 'static;
    /// Verb, path, placement, auth, cost, replay and shape, in one place.
    const SPEC: Spec;

    /// Checks the documented rules that can be checked before the wire: lengths, alphabets, ranges, batch
    /// sizes, what belongs together.
    ///
    /// # Errors
    /// The first rule that is broken, in words.
    fn check(&self) -> Result<(), Invalid> {
        Ok(())
    }

    /// Looks for a refusal inside of a success: an answer that says "accepted" on top and "failed" below.
    ///
    /// # Errors
    /// What the answer really says; [`Codes::error`](crate::Codes::error) makes it from the venue's table.
    fn verify(response: &Self::Response) -> Result<(), Error> {
        let _ = response;
        Ok(())
    }

    /// What the request costs, where that depends on its parameters; else the costs of the [`Spec`].
    fn costs(&self) -> Costs {
        Self::SPEC.costs().collect()
    }

    /// What an answer turned out to cost besides, where that depends on what it holds.
    fn late_costs(response: &Self::Response) -> Costs {
        let _ = response;
        Costs::default()
    }

    /// How to find out what became of this request when its outcome is unknown; called with client order ids
    /// filled in. `None` where the venue has no way to tell.
    fn lookup(&self) -> Option<Lookup> {
        None
    }

    /// How to find out what became of each order of a batch, by its client order id; called with the ids filled
    /// in. Empty where the request is no batch, or the venue has no way to tell.
    fn row_lookups(&self) -> Vec<(ClientOrderId, Lookup)> {
        Vec::new()
    }

    /// Shows every slot for a client order id, so that `send` can fill the empty ones.
    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        let _ = slot;
    }

    /// The specification in force; differs from [`SPEC`](Self::SPEC) only for [`Raw`].
    fn spec(&self) -> Spec {
        Self::SPEC
    }

    /// The path template in force; differs from the [`SPEC`](Self::SPEC)'s only for [`Raw`].
    fn path(&self) -> &str {
        Self::SPEC.path
    }
}

//! From a request to a draft: the one way, whether its type is known or it was chosen by name.

use super::AnyClient;
use crate::endpoint::{AnyRequest, Param};
use crate::error::Error;
use crate::venue::Draft;
use crate::wire::ClientOrderId;

/// Fills the empty slots for client order ids.
pub(super) fn fill_ids(request: &mut dyn AnyRequest) {
    request.client_order_ids(&mut |slot| {
        slot.get_or_insert_with(ClientOrderId::fresh);
    });
}

/// The client order ids that a request goes under: one a row of a batch.
pub(super) fn ids_of(request: &mut dyn AnyRequest) -> Vec<ClientOrderId> {
    let mut ids = Vec::new();
    request.client_order_ids(&mut |slot| ids.extend(slot.clone()));
    ids
}

impl AnyClient {
    /// Checks a request's rules, and gives each of its parameters and of the `extras` its place; those named in
    /// `order` go first.
    pub(super) fn draft<'a>(
        &self,
        request: &'a dyn AnyRequest,
        order: &[&str],
        extras: &[Param<'static>],
    ) -> Result<Draft<'a>, Error> {
        request.check().map_err(|invalid| Error::from(invalid).at(self.venue().id(), request.name()))?;
        let mut params = request.params();
        for extra in extras {
            params.push_param(extra.clone());
        }
        if !order.is_empty() {
            params.reorder(order);
        }
        Ok(Draft::new(request.spec(), request.path(), params))
    }
}

//! All venues, with their requests and what the documentation says.

use venue_core::{Operation, Venue};
use venue_sim::Which;

/// A venue as the code has it.
pub(crate) struct Known {
    /// The simulator's name for it, under which the documentation is transcribed.
    pub(crate) which: Which,
    /// The crate.
    pub(crate) package: &'static str,
    /// Its requests.
    pub(crate) operations: &'static [Operation],
    /// The venue.
    pub(crate) venue: Box<dyn Venue>,
}

/// The six venues.
pub(crate) fn all() -> Vec<Known> {
    let known = |which, package, operations, venue| Known { which, package, operations, venue };
    vec![
        known(Which::HashKey, "hashkey-api", hashkey_api::ENDPOINTS, Box::new(hashkey_api::HashKey::new())),
        known(
            Which::BitMart,
            "bitmart-futures",
            bitmart_futures::ENDPOINTS,
            Box::new(bitmart_futures::BitMart::new()),
        ),
        known(Which::WexSpot, "wex-spot", wex_spot::ENDPOINTS, Box::new(wex_spot::WexSpot::new())),
        known(
            Which::WexFutures,
            "wex-futures",
            wex_futures::ENDPOINTS,
            Box::new(wex_futures::WexFutures::usdt_m()),
        ),
        known(Which::Hibt, "hibt-api", hibt_api::ENDPOINTS, Box::new(hibt_api::Hibt::new())),
        known(
            Which::Pumpkin,
            "pumpkin-futures",
            pumpkin_futures::ENDPOINTS,
            Box::new(pumpkin_futures::Pumpkin::new()),
        ),
    ]
}

//! Trigger orders, and what the documentation keeps beside them.

use venue_core::{Endpoint, RawJson, Spec, Symbol};

use crate::limits;
use crate::venue::WexFutures;

request! {
    /// Gives the maintenance margin of a symbol's cross-margin position.
    ///
    /// `GET /future/trade/v1/position/cross-margin/{symbol}` · signed · 10 per s per key, with all other
    /// signed requests. The shape of the answer is not documented: it is given as it came.
    pub struct GetCrossMargin { symbol: Symbol }
}

impl Endpoint for GetCrossMargin {
    type Venue = WexFutures;
    type Response = RawJson;
    const SPEC: Spec = Spec::get("/future/trade/v1/position/cross-margin/{symbol}")
        .section("Entrust")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

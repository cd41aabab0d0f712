//! Futures account data.

use venue_core::{Amount, Asset, Endpoint, Permission, Rows, Spec, model, request};

use crate::limits;
use crate::venue::BitMart;

request! {
    /// Lists the futures account's assets.
    ///
    /// `GET /contract/private/assets-detail` · keyed · 12 per 2 s per key.
    pub struct GetAssets {}
}

impl Endpoint for GetAssets {
    type Venue = BitMart;
    type Response = Rows<AssetBalance>;
    const SPEC: Spec = Spec::get("/contract/private/assets-detail")
        .section("Futures Account Data")
        .keyed()
        .permission(Permission::Read)
        .cost(&limits::ASSETS, 1);
}

model! {
    /// A currency of the futures account.
    pub struct AssetBalance {
        /// Currency.
        pub currency: Asset,
        /// Margin of positions.
        pub position_deposit?: Amount,
        /// Frozen by orders.
        pub frozen_balance?: Amount,
        /// Free.
        pub available_balance?: Amount,
        /// Everything together.
        pub equity?: Amount,
        /// Unrealised profit and loss.
        pub unrealized?: Amount,
    }
}

//! Take-profits and stop-losses, as the venue has them.

use venue_core::{Amount, Contracts, Endpoint, Invalid, Millis, Price, Spec, Symbol, model};

use super::{check, spec};
use crate::model::{EntrustState, Page, PageDirection, PositionSide, ProfitId, TriggerPriceType};
use crate::venue::Pumpkin;

request! {
    /// Lists take-profits and stop-losses, row after row.
    ///
    /// `GET /v2/entrust/profit-list` · signed · weight 2 · a read, may be repeated.
    pub struct ListProfitEntrusts {}
    optional {
        /// One contract only.
        symbol: Symbol,
        /// Those in this state only.
        state: EntrustState,
        /// Goes on from this one.
        id: ProfitId,
        /// How many; 10 by default.
        limit: u32,
        /// Which way.
        direction: PageDirection,
    }
}

impl Endpoint for ListProfitEntrusts {
    type Venue = Pumpkin;
    type Response = Page<ProfitEntrust>;
    const SPEC: Spec = spec::account(2, "/v2/entrust/profit-list");
}

paged!(ListProfitEntrusts by row: ProfitEntrust, profit_id);

request! {
    /// Gives one take-profit and stop-loss.
    ///
    /// `GET /v2/entrust/profit-detail` · signed · weight 1 · a read, may be repeated.
    pub struct GetProfitEntrust { profit_id: ProfitId }
}

impl Endpoint for GetProfitEntrust {
    type Venue = Pumpkin;
    type Response = ProfitEntrust;
    const SPEC: Spec = spec::account(1, "/v2/entrust/profit-detail");

    fn check(&self) -> Result<(), Invalid> {
        check::named("profitId", self.profit_id.as_str())
    }
}

model! {
    /// A take-profit and stop-loss.
    #[serde(rename_all = "camelCase")]
    pub struct ProfitEntrust {
        /// Its id.
        pub profit_id: ProfitId,
        /// Contract.
        pub symbol: Symbol,
        /// Position that it acts on.
        pub position_side?: PositionSide,
        /// Size, in contracts.
        pub orig_qty?: Contracts,
        /// Which price the triggers look at.
        pub trigger_price_type?: TriggerPriceType,
        /// Price that triggers the take-profit.
        pub trigger_profit_price?: Price,
        /// Price that triggers the stop-loss.
        pub trigger_stop_price?: Price,
        /// Average price at which the position was opened.
        pub entry_price?: Price,
        /// The position's size, in contracts.
        pub position_size?: Contracts,
        /// The position's own margin.
        pub isolated_margin?: Amount,
        /// How much has traded, in contracts.
        pub executed_qty?: Contracts,
        /// State.
        pub state?: EntrustState,
        /// When it was made.
        pub created_time?: Millis,
    }
}

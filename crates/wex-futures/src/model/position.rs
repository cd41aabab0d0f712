//! Positions, as all lists of open ones have them.

use venue_core::{Amount, Contracts, Millis, Price, Rate, Symbol, model};

use super::{ContractType, PositionSide, PositionType, ProfitId, TriggerPriceType};

model! {
    /// An open position. No list has all of it; sizes are contracts, prices are in quote currency.
    #[serde(rename_all = "camelCase")]
    pub struct Position {
        /// Contract.
        pub symbol: Symbol,
        /// Long or short.
        pub position_side?: PositionSide,
        /// Margin mode.
        pub position_type?: PositionType,
        /// Kind of contract.
        pub contract_type?: ContractType,
        /// Size.
        pub position_size?: Contracts,
        /// How much of it orders are about to close.
        pub close_order_size?: Contracts,
        /// How much of it can still be closed.
        pub available_close_size?: Contracts,
        /// How much orders are about to add.
        pub open_order_size?: Contracts,
        /// Average price of opening.
        pub entry_price?: Price,
        /// Margin, of an isolated position.
        pub isolated_margin?: Amount,
        /// Margin that orders to open keep frozen.
        pub open_order_margin_frozen?: Amount,
        /// Profit or loss that was realised.
        pub realized_profit?: Amount,
        /// Profit or loss that was not.
        #[serde(rename = "floatingPL")]
        pub floating_pl?: Amount,
        /// Whether margin is added by itself.
        pub auto_margin?: bool,
        /// Leverage.
        pub leverage?: Rate,
        /// Price at which it is liquidated; 0 when it isn't at any.
        pub break_price?: Price,
        /// Mark price that this was computed with.
        pub cal_mark_price?: Price,
        /// Mark price.
        pub mark_price?: Price,
        /// What one contract is worth.
        pub contract_size?: Amount,
        /// Its take-profit and stop-loss.
        pub profit_id?: ProfitId,
        /// Which price those look at.
        pub trigger_price_type?: TriggerPriceType,
        /// Take-profit.
        pub trigger_profit_price?: Price,
        /// Stop-loss.
        pub trigger_stop_price?: Price,
        /// Whether it is held with bonus funds.
        pub welfare_account?: bool,
        /// When those funds end.
        pub welfare_expiration_time?: Millis,
        /// Its stop by maintenance margin rate.
        pub mmr_profit_id?: ProfitId,
        /// The rate at which that stops.
        pub mmr_threshold?: Rate,
        /// When it last changed.
        pub updated_time?: Millis,
    }
}

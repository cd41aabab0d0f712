//! Stop-profits: take-profit and stop-loss of a position, in one.

use venue_core::{Amount, Contracts, Endpoint, Invalid, Millis, Price, Rate, Spec, Symbol, model};

use crate::limits;
use crate::model::{
    CloseType, CursorPage, EntrustState, EntrustStateFilter, HistoryDirection, NumberedPage, OrderType,
    PositionSide, PositionType, ProfitId, Receipt, RecordId, SourceType, TimeInForce, TriggerPriceSide,
    TriggerPriceType,
};
use crate::rest::rules::{check_given, check_size};
use crate::venue::WexFutures;

request! {
    /// Sets take-profit and stop-loss of a position; at least one of the two.
    ///
    /// `POST /future/trade/v1/entrust/create-profit` · signed · 10 per s per key, with all other signed
    /// requests · never repeated by itself. Sizes are contracts. There is no own id to look it up by:
    /// after `Unknown`, see [`ListProfitStops`].
    pub struct CreateProfitStop {
        symbol: Symbol,
        orig_qty: Contracts,
        position_side: PositionSide,
        profit_delegate_order_type: OrderType,
        profit_delegate_time_in_force: TimeInForce,
        stop_delegate_order_type: OrderType,
        stop_delegate_time_in_force: TimeInForce,
    }
    optional {
        /// Take-profit, in quote currency.
        trigger_profit_price: Price as number,
        /// Stop-loss, in quote currency.
        trigger_stop_price: Price as number,
        /// When it ends; marked as required, and whether it can be left out is not documented.
        expire_time: Millis,
        /// Limit price of the order that the take-profit places; required where that is a limit order.
        profit_delegate_price: Price as number,
        /// Limit price of the order that the stop-loss places; required where that is a limit order.
        stop_delegate_price: Price as number,
    }
}

impl CreateProfitStop {
    /// Both place market orders over so many contracts; what does not trade at once is cancelled.
    pub fn market(
        symbol: impl Into<Symbol>,
        position_side: PositionSide,
        orig_qty: impl Into<Contracts>,
    ) -> Self {
        let (market, ioc) = (OrderType::Market, TimeInForce::Ioc);
        Self::new(symbol, orig_qty, position_side, market.clone(), ioc.clone(), market, ioc)
    }
}

impl Endpoint for CreateProfitStop {
    type Venue = WexFutures;
    type Response = Receipt<ProfitId>;
    const SPEC: Spec = Spec::post("/future/trade/v1/entrust/create-profit")
        .section("Entrust")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_size(self.orig_qty)?;
        if self.trigger_profit_price.is_none() && self.trigger_stop_price.is_none() {
            return Err(Invalid::new("one of triggerProfitPrice, triggerStopPrice is required"));
        }
        if self.profit_delegate_order_type == OrderType::Limit && self.profit_delegate_price.is_none() {
            return Err(Invalid::new("profitDelegatePrice is required for a limit order"));
        }
        if self.stop_delegate_order_type == OrderType::Limit && self.stop_delegate_price.is_none() {
            return Err(Invalid::new("stopDelegatePrice is required for a limit order"));
        }
        Ok(())
    }
}

request! {
    /// Cancels one stop-profit.
    ///
    /// `POST /future/trade/v1/entrust/cancel-profit-stop` · signed · 10 per s per key, with all other
    /// signed requests · may be repeated.
    pub struct CancelProfitStop { profit_id: ProfitId as number }
}

impl Endpoint for CancelProfitStop {
    type Venue = WexFutures;
    type Response = Receipt<ProfitId>;
    const SPEC: Spec = Spec::post("/future/trade/v1/entrust/cancel-profit-stop")
        .section("Entrust")
        .signed()
        .safe()
        .urgent()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_given("profitId", self.profit_id.as_str())
    }
}

request! {
    /// Cancels **all** stop-profits of a symbol: its positions are left without a stop.
    ///
    /// `POST /future/trade/v1/entrust/cancel-all-profit-stop` · signed · 10 per s per key, with all other
    /// signed requests · never repeated by itself.
    pub struct CancelAllProfitStopsOfSymbol { symbol: Symbol }
}

impl Endpoint for CancelAllProfitStopsOfSymbol {
    type Venue = WexFutures;
    type Response = Receipt<RecordId>;
    const SPEC: Spec = Spec::post("/future/trade/v1/entrust/cancel-all-profit-stop")
        .section("Entrust")
        .signed()
        .sweeping()
        .urgent()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_given("symbol", self.symbol.as_str())
    }
}

request! {
    /// Changes the triggers of a stop-profit.
    ///
    /// `POST /future/trade/v1/entrust/update-profit-stop` · signed · 10 per s per key, with all other
    /// signed requests · never repeated by itself. What becomes of a trigger that is left out is not
    /// documented: give both.
    pub struct UpdateProfitStop { profit_id: ProfitId as number }
    optional {
        /// Take-profit, in quote currency.
        trigger_profit_price: Price as number,
        /// Stop-loss, in quote currency.
        trigger_stop_price: Price as number,
    }
}

impl Endpoint for UpdateProfitStop {
    type Venue = WexFutures;
    type Response = Receipt<ProfitId>;
    const SPEC: Spec = Spec::post("/future/trade/v1/entrust/update-profit-stop")
        .section("Entrust")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_given("profitId", self.profit_id.as_str())
    }
}

request! {
    /// Lists stop-profits in a state.
    ///
    /// `GET /future/trade/v1/entrust/profit-list` · signed · 10 per s per key, with all other signed
    /// requests.
    pub struct ListProfitStops { state: EntrustStateFilter }
    optional {
        /// One contract only.
        symbol: Symbol,
        /// Page, from 1, which is the default.
        page: u32,
        /// Rows a page; 10 by default.
        size: u32,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
    }
}

impl Endpoint for ListProfitStops {
    type Venue = WexFutures;
    type Response = NumberedPage<ProfitStop>;
    const SPEC: Spec = Spec::get("/future/trade/v1/entrust/profit-list")
        .section("Entrust")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

paged!(ListProfitStops by number: ProfitStop, profit_id);

request! {
    /// Gives one stop-profit; `None` when there is none.
    ///
    /// `GET /future/trade/v1/entrust/profit-detail` · signed · 10 per s per key, with all other signed
    /// requests.
    pub struct GetProfitStopDetail { profit_id: ProfitId }
}

impl Endpoint for GetProfitStopDetail {
    type Venue = WexFutures;
    type Response = Option<ProfitStop>;
    const SPEC: Spec = Spec::get("/future/trade/v1/entrust/profit-detail")
        .section("Entrust")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

request! {
    /// Lists stop-profits of the past.
    ///
    /// `GET /future/trade/v1/entrust/profit-list-history` · signed · 10 per s per key, with all other
    /// signed requests. The documentation calls `id` a page number; it is a record's.
    pub struct ListProfitStopHistory {}
    optional {
        /// Which way to go on from `id`; to the page after by default.
        direction: HistoryDirection,
        /// Go on from this stop-profit; left out for the first page.
        id: RecordId,
        /// How many; 10 by default.
        limit: u32,
        /// Not before; 90 days ago by default.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// One contract only.
        symbol: Symbol,
    }
}

impl Endpoint for ListProfitStopHistory {
    type Venue = WexFutures;
    type Response = CursorPage<ProfitStop>;
    const SPEC: Spec = Spec::get("/future/trade/v1/entrust/profit-list-history")
        .section("Entrust")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

paged!(ListProfitStopHistory by id: ProfitStop, profit_id);

model! {
    /// Take-profit and stop-loss of a position; sizes are contracts, prices are in quote currency. The
    /// history has all of it.
    #[serde(rename_all = "camelCase")]
    pub struct ProfitStop {
        /// The venue's id.
        pub profit_id: ProfitId,
        /// Contract.
        pub symbol: Symbol,
        /// Long or short.
        pub position_side?: PositionSide,
        /// State.
        pub state?: EntrustState,
        /// Size to close.
        pub orig_qty?: Contracts,
        /// How much has traded.
        pub executed_qty?: Contracts,
        /// Average price of that.
        pub avg_price?: Price,
        /// Take-profit.
        pub trigger_profit_price?: Price,
        /// Stop-loss.
        pub trigger_stop_price?: Price,
        /// Which price those look at.
        pub trigger_price_type?: TriggerPriceType,
        /// Which of the two it was.
        pub trigger_price_side?: TriggerPriceSide,
        /// Type of the order that the take-profit places; a number in the history, undocumented.
        pub profit_delegate_order_type?: OrderType,
        /// How long that order lives; a number in the history, undocumented.
        pub profit_delegate_time_in_force?: TimeInForce,
        /// Limit price of that order.
        pub profit_delegate_price?: Price,
        /// Type of the order that the stop-loss places; a number in the history, undocumented.
        pub stop_delegate_order_type?: OrderType,
        /// How long that order lives; a number in the history, undocumented.
        pub stop_delegate_time_in_force?: TimeInForce,
        /// Limit price of that order.
        pub stop_delegate_price?: Price,
        /// Size of the order that was placed.
        pub delegate_qty?: Contracts,
        /// Limit price of the order that was placed.
        pub delegate_price?: Price,
        /// Average price of opening of the position.
        pub entry_price?: Price,
        /// Size of the position.
        pub position_size?: Contracts,
        /// Margin mode of the position.
        pub position_type?: PositionType,
        /// Margin of the position, where it is isolated.
        pub isolated_margin?: Amount,
        /// Leverage of the position.
        pub leverage?: Rate,
        /// How much of the position it closes.
        pub close_type?: CloseType,
        /// Kind of stop-profit; what the numbers mean is not documented.
        pub profit_type?: i64,
        /// Maintenance margin rate at which it stops.
        pub mmr_threshold?: Rate,
        /// Where it came from.
        pub source_type?: SourceType,
        /// A description.
        pub desc?: String,
        /// When it was made.
        pub created_time?: Millis,
        /// When it last changed.
        pub updated_time?: Millis,
    }
}

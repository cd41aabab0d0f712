//! Futures trading.

use venue_core::{
    Amount, Asset, ClientOrderId, Contracts, Empty, Endpoint, Invalid, Millis, OrderId, Paged, Permission,
    Price, Rate, Rows, Spec, Symbol, id, model, one_of, open_enum, request,
};

use crate::limits;
use crate::model::{
    OpenType, OrderMode, OrderPrice, OrderState, OrderType, PositionMode, PriceType, Side, StpMode,
    TransferState, TransferType,
};
use crate::venue::BitMart;

/// The documented rule: letters and digits, up to 32.
fn check_client_order_id(id: Option<&ClientOrderId>) -> Result<(), Invalid> {
    let Some(id) = id else { return Ok(()) };
    let text = id.as_str();
    if text.is_empty() || text.len() > 32 || !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(Invalid::new(format!("client_order_id {text:?}: up to 32 letters and digits")));
    }
    Ok(())
}

request! {
    /// Places an order.
    ///
    /// `POST /contract/private/submit-order` · signed · 24 per 2 s per key · never repeated by itself:
    /// after `Unknown`, look it up by its client order id. Sizes are contracts.
    pub struct SubmitOrder closed { symbol: Symbol, side: Side, size: Contracts }
    optional {
        /// Limit (the venue's default) or market.
        order_type = "type": OrderType,
        /// Limit price, in quote currency; required for a limit order.
        price: Price,
        /// Your own id, up to 32 letters and digits; made for you when absent.
        client_order_id: ClientOrderId,
        /// Leverage.
        leverage: Rate,
        /// Margin mode.
        open_type: OpenType,
        /// How the order may execute; until cancelled by default.
        mode: OrderMode,
        /// What triggers the take-profit; the last price by default.
        preset_take_profit_price_type: PriceType,
        /// What triggers the stop-loss; the last price by default.
        preset_stop_loss_price_type: PriceType,
        /// Take-profit to set with the position.
        preset_take_profit_price: Price,
        /// Stop-loss to set with the position.
        preset_stop_loss_price: Price,
        /// What happens when it would trade with an own order.
        stp_mode: StpMode,
    }
}

impl SubmitOrder {
    /// A limit order over so many contracts.
    pub fn limit(
        symbol: impl Into<Symbol>,
        side: Side,
        size: impl Into<Contracts>,
        price: impl Into<Price>,
    ) -> Self {
        Self::new(symbol, side, size).order_type(OrderType::Limit).price(price)
    }

    /// A market order over so many contracts.
    pub fn market(symbol: impl Into<Symbol>, side: Side, size: impl Into<Contracts>) -> Self {
        Self::new(symbol, side, size).order_type(OrderType::Market)
    }
}

impl Endpoint for SubmitOrder {
    type Venue = BitMart;
    type Response = OrderAck;
    const SPEC: Spec = Spec::post("/contract/private/submit-order")
        .section("Futures Trading")
        .signed()
        .permission(Permission::Trade)
        .cost(&limits::SUBMIT_ORDER, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_client_order_id(self.client_order_id.as_ref())?;
        let size = self.size.decimal();
        if size.is_sign_negative() || size.is_zero() || !size.fract().is_zero() {
            return Err(Invalid::new(format!("size {size}: a whole number of contracts, at least 1")));
        }
        let is_limit = !matches!(&self.order_type, Some(kind) if *kind != OrderType::Limit);
        if is_limit && self.price.is_none() {
            return Err(Invalid::new("price is required for a limit order"));
        }
        Ok(())
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        slot(&mut self.client_order_id);
    }
}

model! {
    /// The venue took an order.
    pub struct OrderAck {
        /// Its id.
        pub order_id: OrderId,
        /// Its price; words for a market order.
        pub price?: OrderPrice,
    }
}

one_of! {
    /// Which order.
    pub enum OrderRef {
        /// By the venue's id.
        Id(OrderId) = "order_id",
        /// By your own id.
        ClientId(ClientOrderId) = "client_order_id",
    }
}

request! {
    /// Cancels one order.
    ///
    /// `POST /contract/private/cancel-order` · signed · 40 per 2 s per key · may be repeated. A success says
    /// that the cancel was taken, not that the order is gone.
    pub struct CancelOrder { symbol: Symbol, order: OrderRef }
}

impl Endpoint for CancelOrder {
    type Venue = BitMart;
    type Response = Empty;
    const SPEC: Spec = Spec::post("/contract/private/cancel-order")
        .section("Futures Trading")
        .signed()
        .safe()
        .permission(Permission::Trade)
        .cost(&limits::CANCEL_ORDER, 1);

    fn check(&self) -> Result<(), Invalid> {
        match &self.order {
            // With an empty id the venue would cancel every order of the symbol.
            OrderRef::Id(id) if id.as_str().is_empty() => Err(Invalid::new("order_id is empty")),
            OrderRef::Id(_) => Ok(()),
            OrderRef::ClientId(id) => check_client_order_id(Some(id)),
        }
    }
}

request! {
    /// Cancels **all** orders of a symbol, through the path that cancels one.
    ///
    /// `POST /contract/private/cancel-order` without an id · signed · 40 per 2 s per key, which is twenty
    /// times what [`CancelOrders`] may do · never repeated by itself.
    pub struct CancelAllOrders { symbol: Symbol }
}

impl Endpoint for CancelAllOrders {
    type Venue = BitMart;
    type Response = Empty;
    const SPEC: Spec = Spec::post("/contract/private/cancel-order")
        .section("Futures Trading")
        .signed()
        .sweeping()
        .permission(Permission::Trade)
        .cost(&limits::CANCEL_ORDER, 1);
}

request! {
    /// Cancels **all** orders of a symbol.
    ///
    /// `POST /contract/private/cancel-orders` · signed · 2 per 2 s per key · never repeated by itself.
    pub struct CancelOrders { symbol: Symbol }
}

impl Endpoint for CancelOrders {
    type Venue = BitMart;
    type Response = Empty;
    const SPEC: Spec = Spec::post("/contract/private/cancel-orders")
        .section("Futures Trading")
        .signed()
        .sweeping()
        .permission(Permission::Trade)
        .cost(&limits::CANCEL_ORDERS, 1);
}

open_enum! {
    /// Which open orders are listed.
    pub enum OpenOrderFilter {
        /// All of them.
        All = "all",
        /// Those that have traded in part.
        PartiallyFilled = "partially_filled",
    }
}

request! {
    /// Lists open orders.
    ///
    /// `GET /contract/private/get-open-orders` · keyed · 50 per 2 s per key.
    pub struct GetOpenOrders {}
    optional {
        /// One contract only.
        symbol: Symbol,
        /// Limit, market or trailing orders only.
        order_type = "type": OrderType,
        /// All by default.
        order_state: OpenOrderFilter,
        /// How many; 100 by default and at most.
        limit: u32,
    }
}

impl Endpoint for GetOpenOrders {
    type Venue = BitMart;
    type Response = Rows<OpenOrder>;
    const SPEC: Spec = Spec::get("/contract/private/get-open-orders")
        .section("Futures Trading")
        .keyed()
        .permission(Permission::Read)
        .cost(&limits::OPEN_ORDERS, 1);

    fn check(&self) -> Result<(), Invalid> {
        match self.limit {
            Some(limit) if !(1..=100).contains(&limit) => {
                Err(Invalid::new(format!("limit {limit}: 1 to 100")))
            }
            _ => Ok(()),
        }
    }
}

model! {
    /// An open order.
    pub struct OpenOrder {
        /// The venue's id.
        pub order_id: OrderId,
        /// Your own id, where one was given.
        pub client_order_id?: ClientOrderId,
        /// Limit price.
        pub price?: OrderPrice,
        /// Size, in contracts.
        pub size?: Contracts,
        /// Contract.
        pub symbol: Symbol,
        /// State.
        pub state?: OrderState,
        /// What it does.
        pub side?: Side,
        /// Type.
        #[serde(rename = "type")]
        pub order_type?: OrderType,
        /// Position mode of the account.
        pub position_mode?: PositionMode,
        /// Leverage.
        pub leverage?: Rate,
        /// Margin mode.
        pub open_type?: OpenType,
        /// Average price of what has traded.
        pub deal_avg_price?: Price,
        /// How much has traded, in contracts.
        pub deal_size?: Contracts,
        /// What triggers the take-profit.
        pub preset_take_profit_price_type?: PriceType,
        /// What triggers the stop-loss.
        pub preset_stop_loss_price_type?: PriceType,
        /// Take-profit.
        pub preset_take_profit_price?: Price,
        /// Stop-loss.
        pub preset_stop_loss_price?: Price,
        /// Price that activates a trailing order.
        pub activation_price?: Price,
        /// How far a trailing order follows, in per cent.
        pub callback_rate?: Rate,
        /// Which price activates a trailing order.
        pub activation_price_type?: PriceType,
        /// When it was made.
        pub create_time?: Millis,
        /// When it last changed.
        pub update_time?: Millis,
    }
}

request! {
    /// Lists transfers between spot and futures, newest first.
    ///
    /// `POST /account/v1/transfer-contract-list` · signed · 1 per 2 s per key · a read, may be repeated.
    /// Documented under the trading permission.
    pub struct ListTransfers {
        /// Page, 1 to 1000.
        page: u32,
        /// Rows a page, 10 to 100.
        limit: u32,
    }
    optional {
        /// One currency only.
        currency: Asset,
        /// Not before.
        time_start: Millis,
        /// Not after.
        time_end: Millis,
        /// How old the timestamp may be when it arrives, in ms; up to 60 000, 5000 by default.
        recv_window = "recvWindow": u32,
    }
}

impl Endpoint for ListTransfers {
    type Venue = BitMart;
    type Response = Transfers;
    const SPEC: Spec = Spec::post("/account/v1/transfer-contract-list")
        .section("Futures Trading")
        .signed()
        .safe()
        .permission(Permission::Trade)
        .cost(&limits::TRANSFER_LIST, 1);

    fn check(&self) -> Result<(), Invalid> {
        if !(1..=1000).contains(&self.page) {
            return Err(Invalid::new(format!("page {}: 1 to 1000", self.page)));
        }
        if !(10..=100).contains(&self.limit) {
            return Err(Invalid::new(format!("limit {}: 10 to 100", self.limit)));
        }
        match self.recv_window {
            Some(window) if !(1..=60_000).contains(&window) => {
                Err(Invalid::new(format!("recvWindow {window}: 1 to 60000 ms")))
            }
            _ => Ok(()),
        }
    }
}

impl Paged for ListTransfers {
    type Item = Transfer;

    /// A page that is not full is the last; page 1000 is the last in any case.
    fn next(&self, page: &Transfers) -> Option<Self> {
        let rows = page.records.len() + page.records.bad().len();
        let full = u32::try_from(rows).is_ok_and(|rows| rows >= self.limit);
        (full && self.page < 1000).then(|| Self { page: self.page + 1, ..self.clone() })
    }

    fn items(page: Transfers) -> Vec<Transfer> {
        page.records.into_good()
    }

    /// A transfer made in between moves the rows on by one.
    fn key(item: &Transfer) -> Option<String> {
        Some(item.transfer_id.to_string())
    }
}

id! {
    /// Id of a transfer.
    pub struct TransferId
}

model! {
    /// A page of transfers.
    pub struct Transfers {
        /// One row a transfer.
        pub records: Rows<Transfer>,
    }
}

model! {
    /// A transfer between spot and futures.
    pub struct Transfer {
        /// Id.
        pub transfer_id: TransferId,
        /// Currency.
        pub currency?: Asset,
        /// Amount.
        pub amount?: Amount,
        /// Direction.
        #[serde(rename = "type")]
        pub transfer_type?: TransferType,
        /// How far it is.
        pub state?: TransferState,
        /// When it was made.
        pub timestamp?: Millis,
    }
}

//! Account: trades, movements of money, changes of balances.

use venue_core::{
    Amount, Asset, ClientOrderId, Endpoint, Invalid, Millis, OrderId, Price, Qty, Rows, Spec, Symbol,
    TradeId, model, paged,
};

use crate::limits;
use crate::model::{
    AccountId, AccountType, FiatChannel, FiatOrderId, FiatOrderType, FiatStatus, FlowId, FlowName, FlowType,
    TicketId,
};
use crate::rest::check_limit;
use crate::rest::cursor::back;
use crate::venue::HashKey;

request! {
    /// Lists own trades of the last 30 days.
    ///
    /// `GET /api/v1/account/trades` · signed · weight 5 of 5 per 1 s per key (assumed). As a stream it goes back
    /// from the newest, or from `fromId`, until a page brings nothing new; give no `toId` alone, whose direction
    /// isn't documented.
    pub struct GetAccountTrades {}
    optional {
        /// One pair only.
        symbol: Symbol,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// Trades of this order of yours only.
        client_order_id: ClientOrderId,
        /// From this trade on, back.
        from_id: TradeId,
        /// Up to this trade.
        to_id: TradeId,
        /// How many; 500 by default, 1000 at most.
        limit: u32,
        /// A sub-account; for a key of the main account only.
        account_id: AccountId,
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for GetAccountTrades {
    type Venue = HashKey;
    type Response = Rows<AccountTrade>;
    const SPEC: Spec =
        Spec::get("/api/v1/account/trades").section("Account").signed().bare().cost(&limits::QUERIES, 5);

    fn check(&self) -> Result<(), Invalid> {
        check_limit(self.limit, 1000)
    }
}

paged! {
    GetAccountTrades: AccountTrade by id, |request, page|
        next_trades(page, request.from_id.as_ref()).map(|from| request.clone().from_id(from))
}

/// Where a list of trades goes on: back from its smallest id.
pub(in crate::rest) fn next_trades(page: &Rows<AccountTrade>, from: Option<&TradeId>) -> Option<TradeId> {
    back(page.iter().map(|trade| trade.id.as_str()), from.map(TradeId::as_str)).map(TradeId::from)
}

model! {
    /// An own trade.
    #[serde(rename_all = "camelCase")]
    pub struct AccountTrade {
        /// Id of this side of it.
        pub id: TradeId,
        /// Your own id of the order.
        pub client_order_id?: ClientOrderId,
        /// Id of the match.
        pub ticket_id?: TicketId,
        /// Pair.
        pub symbol?: Symbol,
        /// Pair for people.
        pub symbol_name?: String,
        /// The venue's id of the order.
        pub order_id?: OrderId,
        /// Not in use.
        pub match_order_id?: OrderId,
        /// Price.
        pub price?: Price,
        /// Quantity, in base units.
        pub qty?: Qty,
        /// Fee.
        pub commission?: Amount,
        /// Currency of the fee.
        pub commission_asset?: Asset,
        /// When it traded, though it may not yet be settled.
        pub time?: Millis,
        /// Whether this side bought.
        pub is_buyer?: bool,
        /// Whether this side was the maker.
        pub is_maker?: bool,
        /// The fee in detail.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub fee: Option<TradeFee>,
        /// Currency of the fee, once more.
        pub fee_coin_id?: Asset,
        /// Fee, once more.
        pub fee_amount?: Amount,
        /// What the maker got back.
        pub maker_rebate?: Amount,
        /// Whether the fee was paid in the venue's own coin, HSK.
        pub hsk_deduct?: bool,
        /// What the fee's coin cost in HSK; `None` where the fee wasn't paid in it.
        pub hsk_deduct_price?: Price,
    }
}

model! {
    /// Fee of a trade, after and before what was paid in the venue's own coin.
    #[serde(rename_all = "camelCase")]
    pub struct TradeFee {
        /// Currency of the fee.
        pub fee_coin_id?: Asset,
        /// Currency of the fee for people.
        pub fee_coin_name?: String,
        /// Fee.
        pub fee?: Amount,
        /// Currency of the fee before.
        pub origin_coin_id?: Asset,
        /// Currency of the fee before, for people.
        pub origin_coin_name?: String,
        /// Fee before.
        pub origin_fee?: Amount,
    }
}

request! {
    /// Lists movements of money in or out.
    ///
    /// `GET /api/v1/account/fiat/history` · signed · weight 5 of 5 per 1 s per key (assumed). There is no cursor:
    /// narrow the time for more.
    pub struct GetFiatHistory {
        /// In or out.
        order_type = "type": FiatOrderType,
        start_time: Millis,
        end_time: Millis,
    }
    optional {
        /// How far they are: under review, under way, done or failed.
        status: FiatStatus,
        /// How they were handled; by the system unless said here.
        channel: FiatChannel,
        /// With this remark only.
        remark: String,
        /// How many; neither default nor most is documented.
        limit: u32,
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for GetFiatHistory {
    type Venue = HashKey;
    type Response = Rows<FiatOrder>;
    const SPEC: Spec = Spec::get("/api/v1/account/fiat/history")
        .section("Account")
        .signed()
        .bare()
        .cost(&limits::QUERIES, 5);

    fn check(&self) -> Result<(), Invalid> {
        match &self.status {
            Some(status @ (FiatStatus::WithdrawReturn | FiatStatus::Return)) => {
                Err(Invalid::new(format!("status {status} is in answers only")))
            }
            _ => Ok(()),
        }
    }
}

model! {
    /// A movement of money.
    #[serde(rename_all = "camelCase")]
    pub struct FiatOrder {
        /// Id.
        pub order_id: FiatOrderId,
        /// In or out.
        #[serde(rename = "type")]
        pub order_type?: FiatOrderType,
        /// The remark that came with it.
        pub remark?: String,
        /// Currency, also of the fee.
        pub asset?: Asset,
        /// What was asked for.
        pub gross_amount?: Amount,
        /// What the account gained or lost: the gross amount less the fee on the way in, and more on the way
        /// out.
        pub net_amount?: Amount,
        /// Fee.
        pub fee?: Amount,
        /// How far it is.
        pub status?: FiatStatus,
        /// When it was made.
        pub created_time?: Millis,
        /// When it last changed.
        pub updated_time?: Millis,
        /// How it was handled; sent, not documented.
        pub channel?: FiatChannel,
        /// Your own id; sent, not documented.
        pub client_order_id?: ClientOrderId,
    }
}

request! {
    /// Lists changes of balances: trades and fees of the last 7 days, everything else of the last 30.
    ///
    /// `GET /api/v1/account/balanceFlow` · signed · weight 5 of 5 per 1 s per key (assumed). A key of a
    /// sub-account sees that account alone. There is no cursor: narrow the time for more.
    pub struct GetBalanceFlow { start_time: Millis, end_time: Millis }
    optional {
        /// How many; 500 at most.
        limit: u32,
        /// Why they changed.
        flow_type: FlowType,
        /// One kind of account only.
        account_type: AccountType,
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for GetBalanceFlow {
    type Venue = HashKey;
    type Response = Rows<BalanceFlow>;
    const SPEC: Spec =
        Spec::get("/api/v1/account/balanceFlow").section("Account").signed().bare().cost(&limits::QUERIES, 5);

    fn check(&self) -> Result<(), Invalid> {
        if self.flow_type == Some(FlowType::OperationAccountTransfer) {
            return Err(Invalid::new("flowType 79 is in answers only"));
        }
        check_limit(self.limit, 500)
    }
}

model! {
    /// A change of a balance.
    #[serde(rename_all = "camelCase")]
    pub struct BalanceFlow {
        /// Id.
        pub id: FlowId,
        /// Account.
        pub account_id?: AccountId,
        /// Coin.
        pub coin?: Asset,
        /// Coin, once more.
        pub coin_id?: Asset,
        /// Coin for people.
        pub coin_name?: String,
        /// Why it changed, by number.
        pub flow_type_value?: FlowType,
        /// Why it changed, by name.
        pub flow_type?: FlowName,
        /// Empty wherever it is shown; sent, not documented.
        pub flow_name?: String,
        /// By how much; negative where it shrank.
        pub change?: Amount,
        /// The balance afterwards.
        pub total?: Amount,
        /// When.
        pub created?: Millis,
        /// Contract, where its funding is the reason.
        pub symbol?: Symbol,
    }
}

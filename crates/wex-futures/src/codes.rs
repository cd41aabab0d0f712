//! WEX futures' error codes, and what becomes of a request that gets one.
//!
//! Business errors come with HTTP 200, `returnCode` 1 and a text as code; they are documented endpoint by
//! endpoint, in differing words. The gateway refuses by HTTP status. A code outside of this table leaves the
//! outcome unknown.

use venue_core::{Code, Codes, Kind, Outcome, Status};

pub(crate) static CODES: Codes = Codes::new(TABLE, STATUSES);

/// The codes of the WebSocket's answers, which have nothing to do with REST's.
pub(crate) static FEED_CODES: Codes = Codes::new(FEED_TABLE, &[]);

#[rustfmt::skip]
static FEED_TABLE: &[Code] = &[
    // Sent, not documented: a failure, of which only the words say more.
    Code::new("1", Kind::UnknownSymbol, "failure").when("symbol"),
    Code::new("1", Kind::InvalidRequest, "failure").when("invalid"),
    Code::new("1", Kind::Unavailable, "failure").when("busy"),
    Code::new("1", Kind::Rejected, "failure"),
    // Sent, not documented.
    Code::new("2", Kind::Auth, "listenKey invalid"),
    Code::new("400", Kind::InvalidRequest, "Bad request payload. Please check it."),
    // Sent, not documented.
    Code::new("401", Kind::Auth, "token expire"),
    Code::new("Invalid Parameter", Kind::InvalidRequest, "Invalid parameters. Please check the JSON string."),
];

#[rustfmt::skip]
static TABLE: &[Code] = &[
    // Sent, not documented: the gateway's HTTP 403 as a code; its words tell which of its reasons it was.
    Code::new("403", Kind::Auth, "Host invalid, tenant disabled, time window expired, IP not in whitelist, signature verification failed, or AppKey unauthorized").when("signature"),
    Code::new("403", Kind::Auth, "Host invalid, tenant disabled, time window expired, IP not in whitelist, signature verification failed, or AppKey unauthorized").when("appkey"),
    Code::new("403", Kind::Timestamp, "Host invalid, tenant disabled, time window expired, IP not in whitelist, signature verification failed, or AppKey unauthorized").when("time window"),
    Code::new("403", Kind::Permission, "Host invalid, tenant disabled, time window expired, IP not in whitelist, signature verification failed, or AppKey unauthorized"),
    Code::new("GATEWAY_0003", Kind::Banned, "The user has triggered risk control; operation temporarily prohibited"),
    Code::new("GATEWAY_0006", Kind::Banned, "Account locked due to triggering risk control rules"),
    Code::new("GATEWAY_0007", Kind::Banned, "Account locked due to triggering risk control rules"),
    Code::new("account_error", Kind::Permission, "Account has no trial fund permission"),
    Code::new("contract_not_open", Kind::Permission, "Contract not opened"),
    Code::new("coupon_exceed_max_leverage", Kind::InvalidRequest, "Coupon exceeds maximum leverage"),
    Code::new("coupon_unavailable", Kind::Rejected, "Coupon unavailable"),
    Code::new("deposit_coupon_exists", Kind::Rejected, "Margin coupon already exists"),
    Code::new("exceed_max_leverage", Kind::InvalidRequest, "Exceeds maximum leverage"),
    Code::new("exist_bonus_positon_not_create_reverse_position", Kind::Rejected, "Unable to create reverse position"),
    // An internal error, so that nothing is said of the request.
    Code::new("fail", Kind::Unavailable, "Internal error").unknown(),
    Code::new("gateway_decommission_ip_country", Kind::Permission, "Services not available to users from restricted countries/regions"),
    Code::new("gateway_decommission_kyc_country", Kind::Permission, "Services not available to users from restricted countries/regions"),
    // Sent, not documented.
    Code::new("insufficient_balance", Kind::InsufficientFunds, "the balance does not suffice"),
    Code::new("invalid state", Kind::InvalidRequest, "Invalid state parameter"),
    Code::new("invalid_activation_price", Kind::InvalidRequest, "Invalid activation price"),
    Code::new("invalid_below_min_rate_limit", Kind::InvalidRequest, "Callback ratio below minimum limit"),
    Code::new("invalid_direction", Kind::InvalidRequest, "Direction incorrect"),
    Code::new("invalid_entrust", Kind::UnknownOrder, "Invalid order ID"),
    Code::new("invalid_entrust_Id", Kind::UnknownOrder, "Invalid order ID"),
    Code::new("invalid_exceed_max_price_limit", Kind::InvalidRequest, "Callback ratio exceeds latest transaction price limit"),
    Code::new("invalid_exceed_max_rate_limit", Kind::InvalidRequest, "Callback ratio exceeds maximum limit"),
    Code::new("invalid_exceed_min_price_limit", Kind::InvalidRequest, "Callback ratio below latest transaction price limit"),
    Code::new("invalid_limit", Kind::InvalidRequest, "Invalid limit parameter"),
    Code::new("invalid_order", Kind::UnknownOrder, "Order ID does not exist"),
    Code::new("invalid_order_type", Kind::InvalidRequest, "Invalid order type"),
    Code::new("invalid_origQty", Kind::InvalidRequest, "Invalid order quantity"),
    Code::new("invalid_page", Kind::InvalidRequest, "Page number must be a positive integer"),
    // Of a cancel, it may also mean that there is no such order: see `judge`.
    Code::new("invalid_params", Kind::InvalidRequest, "Invalid parameters"),
    Code::new("invalid_position_side", Kind::InvalidRequest, "Invalid position side"),
    Code::new("invalid_position_type", Kind::InvalidRequest, "Invalid position type"),
    Code::new("invalid_price", Kind::InvalidRequest, "Invalid price setting"),
    Code::new("invalid_profit_close_type", Kind::InvalidRequest, "Position close type incorrect"),
    Code::new("invalid_profit_id", Kind::UnknownOrder, "Profit ID does not exist"),
    Code::new("invalid_quantity", Kind::InvalidRequest, "origQty must be an integer"),
    Code::new("invalid_quantity_scale", Kind::InvalidRequest, "origQty must be an integer"),
    Code::new("invalid_size", Kind::InvalidRequest, "The maximum value of size is 100"),
    Code::new("invalid_state", Kind::InvalidRequest, "Invalid state parameter"),
    Code::new("invalid_stop_price", Kind::InvalidRequest, "Invalid stop price"),
    Code::new("invalid_symbol", Kind::UnknownSymbol, "The trading pair does not exist"),
    Code::new("invalid_time_in_force", Kind::InvalidRequest, "Invalid order time-in-force"),
    Code::new("invalid_track_Id", Kind::UnknownOrder, "Tracking order does not exist"),
    Code::new("invalid_track_entrust", Kind::UnknownOrder, "Tracking order does not exist"),
    Code::new("invalid_trigger_profit_price", Kind::InvalidRequest, "Invalid take-profit price setting"),
    Code::new("invalid_trigger_stop_price", Kind::InvalidRequest, "Invalid stop-loss price setting"),
    Code::new("market_plan_entrust_must_be_ioc_or_fok", Kind::InvalidRequest, "Market TP/SL order must use IOC or FOK"),
    Code::new("more_than_available", Kind::InsufficientFunds, "Exceeds available quantity"),
    Code::new("not_quantification_account", Kind::Permission, "Not a quant account, no permission to access this interface"),
    Code::new("null", Kind::UnknownOrder, "Order not found"),
    Code::new("on_board_30_minutes_limit_order_price_limit", Kind::InvalidRequest, "Limit order price restriction within 30 minutes after listing"),
    // Sent, not documented.
    Code::new("open_order_min_nominal_value_limit", Kind::InvalidRequest, "Exceeds the minimum notional value of a single order"),
    Code::new("openapi_not_supported", Kind::Permission, "The trading pair does not support API operations"),
    Code::new("order_create_size_exceed", Kind::InvalidRequest, "The number of orders in a single batch exceeds the maximum limit (20 orders)"),
    // Both may carry the smallest quantity behind them.
    Code::new("quantity_can_not_less_than", Kind::InvalidRequest, "Order quantity is below the minimum limit"),
    Code::new("quantity_can_not_less_than *", Kind::InvalidRequest, "origQty must be greater than *"),
    Code::new("sub_account_not_trade", Kind::Permission, "Sub-account is not allowed to trade"),
    Code::new("symbol_is_not_open_position", Kind::UnknownSymbol, "Trading pair is not open"),
    Code::new("symbol_is_not_trading", Kind::UnknownSymbol, "The trading pair is not currently tradable"),
    Code::new("symbol_not_support_openapi", Kind::Permission, "The trading pair does not support placing orders through OpenAPI"),
    // Sent, not documented.
    Code::new("symbol_not_support_trading_via_api", Kind::Permission, "the symbol can not be traded through the API"),
    Code::new("the_number_of_orders_has_reached_the_maximum", Kind::InvalidRequest, "Too much data in the interval, limit exceeded"),
    Code::new("trigger_profit_price_less_than_buy_one_price", Kind::InvalidRequest, "Take-profit trigger price must be lower than the best bid (short)"),
    Code::new("trigger_profit_price_less_than_entry_price", Kind::InvalidRequest, "Take-profit price must be higher than entry price (LONG)"),
    Code::new("trigger_profit_price_less_than_index_price", Kind::InvalidRequest, "Take-profit price must be higher than index price (LONG)"),
    Code::new("trigger_profit_price_less_than_mark_price", Kind::InvalidRequest, "Take-profit price must be higher than mark price (LONG)"),
    Code::new("trigger_profit_price_less_than_order_delegate_price", Kind::InvalidRequest, "Take-profit trigger price cannot be lower than the order price (Long)"),
    Code::new("trigger_profit_price_more_than_entry_price", Kind::InvalidRequest, "Take-profit price must be lower than entry price (SHORT)"),
    Code::new("trigger_profit_price_more_than_index_price", Kind::InvalidRequest, "Take-profit price must be lower than index price (SHORT)"),
    Code::new("trigger_profit_price_more_than_mark_price", Kind::InvalidRequest, "Take-profit price must be lower than mark price (SHORT)"),
    Code::new("trigger_profit_price_more_than_order_delegate_price", Kind::InvalidRequest, "Take-profit trigger price cannot be higher than the order price (Short)"),
    Code::new("trigger_profit_price_more_than_sell_one_price", Kind::InvalidRequest, "Take-profit trigger price must be higher than the best ask (long)"),
    Code::new("trigger_stop_price_less_than_buy_one_price", Kind::InvalidRequest, "Stop-loss trigger price must be higher than the best bid (short)"),
    Code::new("trigger_stop_price_less_than_entry_price", Kind::InvalidRequest, "Stop-loss price must be higher than entry price (SHORT)"),
    Code::new("trigger_stop_price_less_than_index_price", Kind::InvalidRequest, "Stop-loss price must be higher than index price (SHORT)"),
    Code::new("trigger_stop_price_less_than_mark_price", Kind::InvalidRequest, "Stop-loss price must be higher than mark price (SHORT)"),
    Code::new("trigger_stop_price_less_than_order_delegate_price", Kind::InvalidRequest, "Stop-loss trigger price cannot be lower than the order price (Short)"),
    Code::new("trigger_stop_price_more_than_entry_price", Kind::InvalidRequest, "Stop-loss price must be lower than entry price (LONG)"),
    Code::new("trigger_stop_price_more_than_index_price", Kind::InvalidRequest, "Stop-loss price must be lower than index price (LONG)"),
    Code::new("trigger_stop_price_more_than_mark_price", Kind::InvalidRequest, "Stop-loss price must be lower than mark price (LONG)"),
    Code::new("trigger_stop_price_more_than_order_delegate_price", Kind::InvalidRequest, "Stop-loss trigger price cannot be higher than the order price (Long)"),
    Code::new("trigger_stop_price_more_than_sell_one_price", Kind::InvalidRequest, "Stop-loss trigger price must be lower than the best ask (long)"),
    Code::new("user_can_not_open_position", Kind::Permission, "The account cannot open positions"),
    Code::new("user_can_not_trade", Kind::Permission, "The account is currently prohibited from trading"),
    Code::new("welfare_coupon_not_exist", Kind::Rejected, "Coupon does not exist"),
];

#[rustfmt::skip]
static STATUSES: &[Status] = &[
    Status::new(400, Kind::InvalidRequest, Outcome::Rejected, "The request URL contains blacklisted keywords, or missing validate-appkey / validate-timestamp headers"),
    Status::new(403, Kind::Permission, Outcome::Rejected, "Host invalid, tenant disabled, time window expired, IP not in whitelist, signature verification failed, or AppKey unauthorized"),
    // Sent, not documented.
    Status::new(404, Kind::InvalidRequest, Outcome::Rejected, "there is no such path"),
    Status::new(405, Kind::InvalidRequest, Outcome::Rejected, "Host header is null, or the verb is not the path's"),
    // Who exceeds a limit is locked out for ten minutes: nothing more is sent for so long.
    Status::new(429, Kind::Banned, Outcome::Rejected, "Rate limit exceeded").lasts(600),
    Status::new(500, Kind::Unavailable, Outcome::Unknown, "Client IP missing, domain not found, or tenant domain info unavailable"),
    Status::new(502, Kind::Unavailable, Outcome::Unknown, "Unknown error occurred"),
    Status::new(503, Kind::Unavailable, Outcome::Unknown, "Downstream service not found or temporarily unavailable"),
];

//! Documented request limits ("Rate Limit"): each endpoint has its own window of two seconds.
//!
//! The affiliate endpoints are in no table; theirs are assumed.

use venue_core::budget::{Limit, Scope};

/// Contract details.
pub static CONTRACT_DETAILS: Limit = Limit::new("contract-details", 12, 2_000, Scope::Ip);
/// Order book.
pub static DEPTH: Limit = Limit::new("depth", 12, 2_000, Scope::Ip);
/// Trades in the market.
pub static MARKET_TRADE: Limit = Limit::new("market-trade", 12, 2_000, Scope::Ip);
/// Open interest.
pub static OPEN_INTEREST: Limit = Limit::new("open-interest", 2, 2_000, Scope::Ip);
/// Current funding rate.
pub static FUNDING_RATE: Limit = Limit::new("funding-rate", 12, 2_000, Scope::Ip);
/// Past funding rates.
pub static FUNDING_RATE_HISTORY: Limit = Limit::new("funding-rate-history", 12, 2_000, Scope::Ip);
/// Candles of the last price.
pub static KLINE: Limit = Limit::new("kline", 12, 2_000, Scope::Ip);
/// Candles of the mark price.
pub static MARK_PRICE_KLINE: Limit = Limit::new("markprice-kline", 12, 2_000, Scope::Ip);
/// Risk limits.
pub static LEVERAGE_BRACKET: Limit = Limit::new("leverage-bracket", 12, 2_000, Scope::Ip);
/// Contract assets.
pub static ASSETS: Limit = Limit::new("assets", 12, 2_000, Scope::Key);
/// Fee rates.
pub static TRADE_FEE_RATE: Limit = Limit::new("trade-fee-rate", 2, 2_000, Scope::Key);
/// One order.
pub static ORDER: Limit = Limit::new("order", 50, 2_000, Scope::Key);
/// Past orders.
pub static ORDER_HISTORY: Limit = Limit::new("order-history", 6, 2_000, Scope::Key);
/// Open orders.
pub static OPEN_ORDERS: Limit = Limit::new("open-orders", 50, 2_000, Scope::Key);
/// Plan orders that wait.
pub static CURRENT_PLAN_ORDER: Limit = Limit::new("current-plan-order", 50, 2_000, Scope::Key);
/// Own trades.
pub static TRADES: Limit = Limit::new("trades", 6, 2_000, Scope::Key);
/// Changes of the balance.
pub static TRANSACTION_HISTORY: Limit = Limit::new("transaction-history", 6, 2_000, Scope::Key);
/// Positions.
pub static POSITION: Limit = Limit::new("position", 6, 2_000, Scope::Key);
/// Positions, second version.
pub static POSITION_V2: Limit = Limit::new("position-v2", 6, 2_000, Scope::Key);
/// Risk of positions.
pub static POSITION_RISK: Limit = Limit::new("position-risk", 24, 2_000, Scope::Key);
/// Submitting an order.
pub static SUBMIT_ORDER: Limit = Limit::new("submit-order", 24, 2_000, Scope::Key);
/// Changing a limit order.
pub static MODIFY_LIMIT_ORDER: Limit = Limit::new("modify-limit-order", 24, 2_000, Scope::Account);
/// Cancelling an order, or all of a symbol by leaving out the id.
pub static CANCEL_ORDER: Limit = Limit::new("cancel-order", 40, 2_000, Scope::Key);
/// Cancelling all orders of a symbol.
pub static CANCEL_ORDERS: Limit = Limit::new("cancel-orders", 2, 2_000, Scope::Key);
/// Setting the timer that cancels all orders of a symbol.
pub static CANCEL_ALL_AFTER: Limit = Limit::new("cancel-all-after", 4, 2_000, Scope::Account);
/// Submitting a plan order.
pub static SUBMIT_PLAN_ORDER: Limit = Limit::new("submit-plan-order", 24, 2_000, Scope::Account);
/// Changing a plan order.
pub static MODIFY_PLAN_ORDER: Limit = Limit::new("modify-plan-order", 24, 2_000, Scope::Account);
/// Changing the take-profit and stop-loss of an order.
pub static MODIFY_PRESET_PLAN_ORDER: Limit =
    Limit::new("modify-preset-plan-order", 24, 2_000, Scope::Account);
/// Cancelling a plan order, or all of a symbol by leaving out the id.
pub static CANCEL_PLAN_ORDER: Limit = Limit::new("cancel-plan-order", 40, 2_000, Scope::Account);
/// Submitting a take-profit or stop-loss.
pub static SUBMIT_TP_SL_ORDER: Limit = Limit::new("submit-tp-sl-order", 24, 2_000, Scope::Account);
/// Changing a take-profit or stop-loss.
pub static MODIFY_TP_SL_ORDER: Limit = Limit::new("modify-tp-sl-order", 24, 2_000, Scope::Account);
/// Submitting a trailing order.
pub static SUBMIT_TRAIL_ORDER: Limit = Limit::new("submit-trail-order", 24, 2_000, Scope::Account);
/// Cancelling a trailing order.
pub static CANCEL_TRAIL_ORDER: Limit = Limit::new("cancel-trail-order", 24, 2_000, Scope::Account);
/// Setting the leverage.
pub static SUBMIT_LEVERAGE: Limit = Limit::new("submit-leverage", 24, 2_000, Scope::Key);
/// Setting the position mode.
pub static SET_POSITION_MODE: Limit = Limit::new("set-position-mode", 2, 2_000, Scope::Key);
/// Reading the position mode.
pub static GET_POSITION_MODE: Limit = Limit::new("get-position-mode", 2, 2_000, Scope::Key);
/// Moving funds between spot and futures.
pub static TRANSFER: Limit = Limit::new("transfer", 1, 2_000, Scope::Key);
/// Listing transfers.
pub static TRANSFER_LIST: Limit = Limit::new("transfer-list", 1, 2_000, Scope::Key);
/// Moving funds from a sub-account, by the main account.
pub static SUB_TO_MAIN: Limit = Limit::new("main-sub-to-main", 8, 2_000, Scope::Key);
/// Moving funds to a sub-account.
pub static MAIN_TO_SUB: Limit = Limit::new("main-main-to-sub", 8, 2_000, Scope::Key);
/// Moving funds to the main account, by a sub-account.
pub static SUB_SUB_TO_MAIN: Limit = Limit::new("sub-sub-to-main", 8, 2_000, Scope::Key);
/// Wallet of a sub-account.
pub static SUB_WALLET: Limit = Limit::new("sub-account-wallet", 12, 2_000, Scope::Key);
/// Transfers of a sub-account.
pub static SUB_TRANSFER_LIST: Limit = Limit::new("sub-account-transfer-list", 8, 2_000, Scope::Key);
/// Transfers between accounts.
pub static SUB_TRANSFER_HISTORY: Limit = Limit::new("transfer-history", 8, 2_000, Scope::Key);
/// Rebates of an affiliate.
pub static REBATE_LIST: Limit = Limit::new("rebate-list", 24, 2_000, Scope::Key).assumed();
/// Trades of an affiliate's user.
pub static AFFILIATE_TRADE_LIST: Limit = Limit::new("affiliate-trade-list", 24, 2_000, Scope::Key).assumed();

//! Documented request limits ("Limit Flow Rules"): each endpoint counts by itself.
//!
//! An endpoint that is not here documents none; a gateway and a firewall in front of it have limits that
//! nobody publishes. Whoever goes over one is shut out, for how long nobody says.

use venue_core::budget::{Limit, Scope};

/// Symbol information; one symbol and several count alike.
pub static SYMBOLS: Limit = Limit::new("symbols", 10, 1_000, Scope::Ip);
/// Order books.
pub static DEPTH: Limit = Limit::new("depth", 10, 1_000, Scope::Ip);
/// Candles.
pub static KLINES: Limit = Limit::new("klines", 10, 1_000, Scope::Ip);
/// Latest trades.
pub static RECENT_TRADES: Limit = Limit::new("recent-trades", 10, 1_000, Scope::Ip);
/// Earlier trades.
pub static HISTORICAL_TRADES: Limit = Limit::new("historical-trades", 10, 1_000, Scope::Ip);
/// Full tickers; one symbol and several count alike.
pub static TICKERS: Limit = Limit::new("tickers", 10, 1_000, Scope::Ip);
/// Latest prices; one symbol and several count alike.
pub static TICKER_PRICES: Limit = Limit::new("ticker-prices", 10, 1_000, Scope::Ip);
/// Best bids and asks; one symbol and several count alike.
pub static TICKER_BOOKS: Limit = Limit::new("ticker-books", 10, 1_000, Scope::Ip);
/// Statistics of a day; one symbol and several count alike.
pub static TICKERS_24H: Limit = Limit::new("tickers-24h", 10, 1_000, Scope::Ip);

/// An order by its id in the path.
pub static GET_ORDER: Limit = Limit::new("get-order", 10, 1_000, Scope::Key);
/// An order by either id in the query: the same answer, five times as often.
pub static QUERY_ORDER: Limit = Limit::new("query-order", 50, 1_000, Scope::Key);
/// Submitting an order.
pub static SUBMIT_ORDER: Limit = Limit::new("submit-order", 20, 1_000, Scope::Key);
/// Submitting a batch, whatever its size.
pub static SUBMIT_BATCH_ORDERS: Limit = Limit::new("submit-batch-orders", 30, 1_000, Scope::Key);
/// Changing an order.
pub static UPDATE_ORDER: Limit = Limit::new("update-order", 50, 1_000, Scope::Key);
/// Open orders.
pub static OPEN_ORDERS: Limit = Limit::new("open-orders", 10, 1_000, Scope::Key);
/// Cancelling open orders, of one symbol or of all.
pub static CANCEL_OPEN_ORDERS: Limit = Limit::new("cancel-open-orders", 10, 1_000, Scope::Key);
/// Orders that are done.
pub static HISTORY_ORDERS: Limit = Limit::new("history-orders", 10, 1_000, Scope::Key);
/// Own trades. None is documented; that of the orders beside it is taken.
pub static TRADES: Limit = Limit::new("trades", 10, 1_000, Scope::Key).assumed();

/// The balance of one currency. None is documented; that of the list is taken.
pub static BALANCE: Limit = Limit::new("balance", 10, 1_000, Scope::Key).assumed();
/// Balances.
pub static BALANCES: Limit = Limit::new("balances", 10, 1_000, Scope::Key);

/// The key of the private WebSocket.
pub static WS_TOKEN: Limit = Limit::new("ws-token", 1, 10_000, Scope::Key);

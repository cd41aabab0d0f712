//! REST requests, by the chapters of the documentation; the larger ones are split by subject.

/// Lets a list by cursor be walked page by page, and says what identifies a row: `… rows` is how many come
/// unless asked otherwise. It expands to core's `paged!`, and so to an `impl Paged`.
macro_rules! paged {
    ($request:ident: $item:ident by $key:ident, $limit:literal rows) => {
        venue_core::paged! { $request: $item by $key in items, |request, page| {
            let direction = request.direction.clone().unwrap_or(crate::model::Direction::Next);
            let limit = request.limit.unwrap_or($limit);
            let from_id = page.cursor(&direction, request.from_id.as_ref(), limit, |row| &row.$key)?;
            Some(request.clone().from_id(from_id).direction(direction))
        } }
    };
}

mod balance;
mod batch_order;
mod check;
mod market;
mod open_order;
mod order;
mod ticker;
mod trade;
mod transfer;
mod wallet;
mod websocket;

pub use balance::*;
pub use batch_order::*;
pub use market::*;
pub use open_order::*;
pub use order::*;
pub use ticker::*;
pub use trade::*;
pub use transfer::*;
use venue_core::Operation;
pub use wallet::*;
pub use websocket::*;

/// Every request, by name.
// No static: who doesn't use it shouldn't build it.
pub const ENDPOINTS: &[Operation] = &[
    Operation::of::<GetServerTime>(),
    Operation::of::<GetClientIp>(),
    Operation::of::<GetSymbols>(),
    Operation::of::<GetDepth>(),
    Operation::of::<GetKlines>(),
    Operation::of::<GetRecentTrades>(),
    Operation::of::<GetHistoricalTrades>(),
    Operation::of::<GetTickers>(),
    Operation::of::<GetTickerPrices>(),
    Operation::of::<GetTickerBooks>(),
    Operation::of::<GetTickers24h>(),
    Operation::of::<GetOrder>(),
    Operation::of::<QueryOrder>(),
    Operation::of::<SubmitOrder>(),
    Operation::of::<CancelOrder>(),
    Operation::of::<GetBatchOrders>(),
    Operation::of::<SubmitBatchOrders>(),
    Operation::of::<CancelBatchOrders>(),
    Operation::of::<GetOpenOrders>(),
    Operation::of::<CancelAllOpenOrders>(),
    Operation::of::<CancelAllOpenOrdersOfSymbol>(),
    Operation::of::<GetHistoryOrders>(),
    Operation::of::<UpdateOrder>(),
    Operation::of::<GetTrades>(),
    Operation::of::<GetCurrencies>(),
    Operation::of::<GetBalance>(),
    Operation::of::<GetBalances>(),
    Operation::of::<GetSupportedCurrencies>(),
    Operation::of::<GetDepositAddress>(),
    Operation::of::<GetDepositHistory>(),
    Operation::of::<Withdraw>(),
    Operation::of::<GetWithdrawHistory>(),
    Operation::of::<Transfer>(),
    Operation::of::<SubAccountTransfer>(),
    Operation::of::<GetWsToken>(),
];

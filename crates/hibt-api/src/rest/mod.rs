//! REST requests, by the chapters of the documentation: basic information, trading, account.

mod account;
mod check;
mod contracts;
mod market;
mod trading;

pub use account::*;
pub use contracts::*;
pub use market::*;
pub use trading::*;
use venue_core::Operation;

/// Every request, by name.
// No static: who doesn't use it shouldn't build it.
pub const ENDPOINTS: &[Operation] = &[
    // Basic information.
    Operation::of::<GetServerTime>(),
    Operation::of::<GetSymbols>(),
    Operation::of::<GetTickers>(),
    Operation::of::<GetCandles>(),
    Operation::of::<GetTickerPrices>(),
    Operation::of::<GetDepth>(),
    Operation::of::<GetDeals>(),
    Operation::of::<GetMarkPrices>(),
    Operation::of::<GetFundingRates>(),
    Operation::of::<GetRiskLimits>(),
    Operation::of::<GetContracts>(),
    Operation::of::<GetContractSpecifications>(),
    Operation::of::<GetOrderBook>(),
    // Trading.
    Operation::of::<OpenOrder>(),
    Operation::of::<BatchOpenOrders>(),
    Operation::of::<CancelOrder>(),
    Operation::of::<CancelPositionOrders>(),
    Operation::of::<BatchCancelOrders>(),
    Operation::of::<BatchCancelPositionOrders>(),
    Operation::of::<CancelAllOrders>(),
    Operation::of::<ClosePosition>(),
    Operation::of::<CloseAllPositions>(),
    Operation::of::<GetUnfinishedOrders>(),
    Operation::of::<GetFinishedOrder>(),
    Operation::of::<GetFinishedOrders>(),
    Operation::of::<AddConditionalOrder>(),
    Operation::of::<CancelConditionalOrder>(),
    Operation::of::<GetUnfinishedConditionalOrders>(),
    Operation::of::<GetFinishedConditionalOrders>(),
    // Account.
    Operation::of::<GetBalance>(),
    Operation::of::<SetLeverage>(),
    Operation::of::<GetPositions>(),
    Operation::of::<GetAccountOrders>(),
    Operation::of::<GetBalanceRecords>(),
    Operation::of::<GetForcedOrders>(),
];

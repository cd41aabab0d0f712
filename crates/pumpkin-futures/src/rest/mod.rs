//! REST requests. The documentation has two long chapters; a file here is one subject of them.

/// Lets a list be walked page by page, and says what identifies a row.
///
/// `by number` is for pages that are numbered, `by row` for pages that go on from a row. It expands to core's
/// `paged!`, and so to an `impl Paged`.
macro_rules! paged {
    ($request:ident by number: $item:ident, $key:ident) => {
        venue_core::paged! { $request: $item by $key in items, |request, page|
            page.next_number(request.page, request.size).map(|number| request.clone().page(number))
        }
    };
    ($request:ident by row: $item:ident, $key:ident) => {
        venue_core::paged! { $request: $item by $key in items, |request, page| {
            let from = request.id.as_ref();
            let id = page.next_row(request.direction.as_ref(), request.limit, from, |row| &row.$key)?;
            Some(request.clone().id(id))
        } }
    };
}

mod account;
mod aggregators;
mod check;
mod market;
mod order_entrusts;
mod order_lists;
mod orders;
mod plans;
mod positions;
mod profit_lists;
mod profits;
mod spec;

pub use account::*;
pub use aggregators::*;
pub use market::*;
pub use order_entrusts::*;
pub use order_lists::*;
pub use orders::*;
pub use plans::*;
pub use positions::*;
pub use profit_lists::*;
pub use profits::*;
use venue_core::Operation;

/// Every request, by name.
// No static: who doesn't use it shouldn't build it.
pub const ENDPOINTS: &[Operation] = &[
    Operation::of::<GetServerTime>(),
    Operation::of::<GetSymbols>(),
    Operation::of::<GetSymbol>(),
    Operation::of::<GetSymbolNames>(),
    Operation::of::<GetTicker>(),
    Operation::of::<GetTickers>(),
    Operation::of::<GetAggTicker>(),
    Operation::of::<GetAggTickers>(),
    Operation::of::<GetDepth>(),
    Operation::of::<GetDeals>(),
    Operation::of::<GetKlines>(),
    Operation::of::<GetMarkPrices>(),
    Operation::of::<GetMarkPrice>(),
    Operation::of::<GetIndexPrices>(),
    Operation::of::<GetIndexPrice>(),
    Operation::of::<GetFundingRate>(),
    Operation::of::<GetFundingRateRecords>(),
    Operation::of::<GetLeverageBrackets>(),
    Operation::of::<GetSymbolLeverageBrackets>(),
    Operation::of::<GetRiskBalance>(),
    Operation::of::<GetOpenInterest>(),
    Operation::of::<GetDefiContracts>(),
    Operation::of::<GetDefiFees>(),
    Operation::of::<GetCmcContracts>(),
    Operation::of::<GetCmcContractSpecs>(),
    Operation::of::<GetCmcDepth>(),
    Operation::of::<GetCgContracts>(),
    Operation::of::<GetCgContractSpecs>(),
    Operation::of::<GetCgDepth>(),
    Operation::of::<CreateOrder>(),
    Operation::of::<CreateOrderBatch>(),
    Operation::of::<CancelOrder>(),
    Operation::of::<CancelOrderBatch>(),
    Operation::of::<CancelAllOrders>(),
    Operation::of::<CancelSymbolOrders>(),
    Operation::of::<ListOrders>(),
    Operation::of::<ListOrderHistory>(),
    Operation::of::<GetOrder>(),
    Operation::of::<ListTrades>(),
    Operation::of::<ListUnfinishedOrders>(),
    Operation::of::<ListAllUnfinishedOrders>(),
    Operation::of::<ListOrdersByIds>(),
    Operation::of::<ListPositions>(),
    Operation::of::<AdjustLeverage>(),
    Operation::of::<AdjustMargin>(),
    Operation::of::<CloseAllPositions>(),
    Operation::of::<CloseSymbolPositions>(),
    Operation::of::<ChangePositionType>(),
    Operation::of::<CreatePlanEntrust>(),
    Operation::of::<CancelPlanEntrust>(),
    Operation::of::<CancelAllPlanEntrusts>(),
    Operation::of::<CancelSymbolPlanEntrusts>(),
    Operation::of::<ListPlanEntrusts>(),
    Operation::of::<ListPlanEntrustHistory>(),
    Operation::of::<GetPlanEntrust>(),
    Operation::of::<CreateProfitEntrust>(),
    Operation::of::<CreatePositionProfitEntrust>(),
    Operation::of::<CancelProfitEntrust>(),
    Operation::of::<UpdateProfitEntrust>(),
    Operation::of::<UpdatePositionProfitEntrust>(),
    Operation::of::<CancelAllProfitEntrusts>(),
    Operation::of::<CancelSymbolProfitEntrusts>(),
    Operation::of::<ListProfitEntrusts>(),
    Operation::of::<GetProfitEntrust>(),
    Operation::of::<ListOrderEntrusts>(),
    Operation::of::<CancelOrderEntrust>(),
    Operation::of::<CancelAllOrderEntrusts>(),
    Operation::of::<CancelSymbolOrderEntrusts>(),
    Operation::of::<ListBalances>(),
    Operation::of::<GetBalance>(),
    Operation::of::<ListBills>(),
    Operation::of::<GetListenKey>(),
    Operation::of::<GetRebateDetails>(),
];

//! REST requests, a module a chapter of the documentation.

/// Lets a list be walked page by page, and says what identifies a row.
///
/// `by number` is for pages that are numbered and know their total, `by step` for numbered ones that only
/// know whether there is one behind, `by id` for pages that go on from a record. It expands to core's `paged!`,
/// and so to an `impl Paged`.
macro_rules! paged {
    ($request:ident by number: $item:ident, $key:ident) => {
        venue_core::paged! { $request: $item by $key in items, |request, page| {
            page.next(request.page, request.size).map(|number| request.clone().page(number))
        } }
    };
    ($request:ident by step: $item:ident, $key:ident) => {
        venue_core::paged! { $request: $item by $key in items, |request, page| {
            page.next_number(request.page, request.size).map(|number| request.clone().page(number))
        } }
    };
    ($request:ident by id: $item:ident, $key:ident) => {
        venue_core::paged! { $request: $item by $key in items, |request, page| {
            let id = |row: &$item| $crate::model::RecordId::new(row.$key.as_str());
            page.next(request.direction.as_ref(), request.id.as_ref(), request.limit, id)
                .map(|id| request.clone().id(id))
        } }
    };
}

mod account;
mod entrust;
mod market;
mod order;
mod rules;

pub use account::*;
pub use entrust::*;
pub use market::*;
pub use order::*;
use venue_core::Operation;

/// Every request, by name.
// No static: who doesn't use it shouldn't build it.
pub const ENDPOINTS: &[Operation] = &[
    Operation::of::<GetClientIp>(),
    Operation::of::<GetSymbolCoins>(),
    Operation::of::<GetSymbolDetail>(),
    Operation::of::<GetSymbolList>(),
    Operation::of::<GetLeverageBracketDetail>(),
    Operation::of::<GetTicker>(),
    Operation::of::<GetTickers>(),
    Operation::of::<GetDeals>(),
    Operation::of::<GetDepth>(),
    Operation::of::<GetSymbolIndexPrice>(),
    Operation::of::<GetIndexPrices>(),
    Operation::of::<GetSymbolMarkPrice>(),
    Operation::of::<GetMarkPrices>(),
    Operation::of::<GetKlines>(),
    Operation::of::<GetAggTicker>(),
    Operation::of::<GetAggTickers>(),
    Operation::of::<GetFundingRate>(),
    Operation::of::<GetFundingRateRecords>(),
    Operation::of::<GetBookTicker>(),
    Operation::of::<GetBookTickers>(),
    Operation::of::<GetRiskBalance>(),
    Operation::of::<GetOpenInterest>(),
    Operation::of::<CreateOrder>(),
    Operation::of::<UpdateOrder>(),
    Operation::of::<CreateOrdersBatch>(),
    Operation::of::<CreateOrdersAtomicBatch>(),
    Operation::of::<GetOrderDetail>(),
    Operation::of::<ListOrders>(),
    Operation::of::<CancelOrder>(),
    Operation::of::<CancelOrdersBatch>(),
    Operation::of::<CancelAllOrders>(),
    Operation::of::<CancelAllOrdersOfSymbol>(),
    Operation::of::<ListOpenOrders>(),
    Operation::of::<ListOrderHistory>(),
    Operation::of::<ListTrades>(),
    Operation::of::<ListPartialCanceledOrders>(),
    Operation::of::<GetOrderList>(),
    Operation::of::<ListQuantOrderHistory>(),
    Operation::of::<ListQuantTrades>(),
    Operation::of::<CreatePlan>(),
    Operation::of::<CancelPlan>(),
    Operation::of::<CancelAllPlansOfSymbol>(),
    Operation::of::<ListPlans>(),
    Operation::of::<GetPlanDetail>(),
    Operation::of::<ListPlanHistory>(),
    Operation::of::<CreateProfitStop>(),
    Operation::of::<CancelProfitStop>(),
    Operation::of::<CancelAllProfitStopsOfSymbol>(),
    Operation::of::<ListProfitStops>(),
    Operation::of::<GetProfitStopDetail>(),
    Operation::of::<UpdateProfitStop>(),
    Operation::of::<CreateTrack>(),
    Operation::of::<CancelTrack>(),
    Operation::of::<GetTrackDetail>(),
    Operation::of::<ListTracks>(),
    Operation::of::<CancelAllTracks>(),
    Operation::of::<CancelAllTracksOfSymbol>(),
    Operation::of::<ListTrackHistory>(),
    Operation::of::<ListProfitStopHistory>(),
    Operation::of::<ListReversePlans>(),
    Operation::of::<ListReversePlanHistory>(),
    Operation::of::<ListFilledOrderHistory>(),
    Operation::of::<ListAllTrades>(),
    Operation::of::<ListOrderEntrusts>(),
    Operation::of::<ListActivePositions>(),
    Operation::of::<ListLeverages>(),
    Operation::of::<ListPositionHistory>(),
    Operation::of::<GetCrossMargin>(),
    Operation::of::<GetAccountInfo>(),
    Operation::of::<ListCompatBalances>(),
    Operation::of::<GetListenKey>(),
    Operation::of::<OpenAccount>(),
    Operation::of::<GetBalanceDetail>(),
    Operation::of::<ListBalances>(),
    Operation::of::<ListBalanceBills>(),
    Operation::of::<ListFundingFees>(),
    Operation::of::<ListUserActivePositions>(),
    Operation::of::<ListPositions>(),
    Operation::of::<GetStepRate>(),
    Operation::of::<AdjustLeverage>(),
    Operation::of::<AdjustMargin>(),
    Operation::of::<SetAutoMargin>(),
    Operation::of::<CloseAllPositions>(),
    Operation::of::<ListAdl>(),
    Operation::of::<AddCollection>(),
    Operation::of::<CancelCollection>(),
    Operation::of::<ListCollections>(),
    Operation::of::<ChangePositionType>(),
    Operation::of::<ListBreakPositions>(),
    Operation::of::<ListAutoDeleverageHistory>(),
    Operation::of::<GetCompatBalance>(),
    Operation::of::<ListTakerOver>(),
];

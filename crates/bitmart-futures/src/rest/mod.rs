//! REST requests, a chapter of the documentation each; the long ones have one file a subject.

mod account;
mod affiliate;
mod check;
mod market;
mod sub_account;
mod trading;

pub use account::*;
pub use affiliate::*;
pub use market::*;
pub use sub_account::*;
pub use trading::*;
use venue_core::Operation;

/// Every request, by name.
// No static: who doesn't use it shouldn't build it.
pub const ENDPOINTS: &[Operation] = &[
    Operation::of::<GetContractDetails>(),
    Operation::of::<GetDepth>(),
    Operation::of::<GetMarketTrades>(),
    Operation::of::<GetOpenInterest>(),
    Operation::of::<GetFundingRate>(),
    Operation::of::<GetFundingRateHistory>(),
    Operation::of::<GetKlines>(),
    Operation::of::<GetMarkPriceKlines>(),
    Operation::of::<GetLeverageBrackets>(),
    Operation::of::<GetAssets>(),
    Operation::of::<GetTradeFeeRate>(),
    Operation::of::<GetOrder>(),
    Operation::of::<GetOrderHistory>(),
    Operation::of::<GetOpenOrders>(),
    Operation::of::<GetPlanOrders>(),
    Operation::of::<GetPositions>(),
    Operation::of::<GetPositionsV2>(),
    Operation::of::<GetPositionRisk>(),
    Operation::of::<GetTrades>(),
    Operation::of::<GetTransactionHistory>(),
    Operation::of::<ListTransfers>(),
    Operation::of::<TransferFunds>(),
    Operation::of::<SubmitOrder>(),
    Operation::of::<ModifyLimitOrder>(),
    Operation::of::<CancelOrder>(),
    Operation::of::<CancelAllOrders>(),
    Operation::of::<CancelOrders>(),
    Operation::of::<CancelAllAfter>(),
    Operation::of::<SubmitPlanOrder>(),
    Operation::of::<ModifyPlanOrder>(),
    Operation::of::<ModifyPresetPlanOrder>(),
    Operation::of::<CancelPlanOrder>(),
    Operation::of::<CancelAllPlanOrders>(),
    Operation::of::<SubmitTpSlOrder>(),
    Operation::of::<SubmitPositionTpSl>(),
    Operation::of::<ModifyTpSlOrder>(),
    Operation::of::<SubmitTrailOrder>(),
    Operation::of::<CancelTrailOrder>(),
    Operation::of::<CancelAllTrailOrders>(),
    Operation::of::<SubmitLeverage>(),
    Operation::of::<SetPositionMode>(),
    Operation::of::<GetPositionMode>(),
    Operation::of::<SubToMain>(),
    Operation::of::<MainToSub>(),
    Operation::of::<SubToMainBySub>(),
    Operation::of::<GetSubAccountWallet>(),
    Operation::of::<GetSubAccountTransfers>(),
    Operation::of::<GetTransferHistory>(),
    Operation::of::<GetRebateList>(),
    Operation::of::<GetAffiliateTrades>(),
];

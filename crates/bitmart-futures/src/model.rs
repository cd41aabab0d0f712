//! Enums and types that several requests and answers share.

mod affiliate;
mod feed;
mod plan;

pub use affiliate::*;
pub use feed::*;
pub use plan::*;
use venue_core::wire::{Scalar, Token, TokenError, token};
use venue_core::{Price, open_enum, serde};

open_enum! {
    /// What an order does. In hedge mode a side names the position it acts on; in one-way mode 1 and 4 are
    /// plain buy and sell, and 2 and 3 may only reduce.
    pub enum Side: number {
        /// Hedge mode: buys to open a long. One-way mode: buys.
        BuyOpenLong = "1",
        /// Hedge mode: buys to close a short. One-way mode: buys, reduce only.
        BuyCloseShort = "2",
        /// Hedge mode: sells to close a long. One-way mode: sells, reduce only.
        SellCloseLong = "3",
        /// Hedge mode: sells to open a short. One-way mode: sells.
        SellOpenShort = "4",
    }
}

impl Side {
    /// One-way mode: a buy.
    pub const BUY: Self = Self::BuyOpenLong;
    /// One-way mode: a buy that may only reduce.
    pub const BUY_REDUCE_ONLY: Self = Self::BuyCloseShort;
    /// One-way mode: a sell that may only reduce.
    pub const SELL_REDUCE_ONLY: Self = Self::SellCloseLong;
    /// One-way mode: a sell.
    pub const SELL: Self = Self::SellOpenShort;
}

open_enum! {
    /// Order type.
    pub enum OrderType {
        /// Limit order.
        Limit = "limit",
        /// Market order.
        Market = "market",
        /// Liquidation.
        Liquidate = "liquidate",
        /// Bankruptcy.
        Bankruptcy = "bankruptcy",
        /// Auto-deleveraging.
        Adl = "adl",
        /// Trailing order.
        Trailing = "trailing",
        /// Made by a plan order.
        PlanOrder = "planorder",
    }
}

open_enum! {
    /// How an order may execute.
    pub enum OrderMode: number {
        /// Rests until cancelled.
        Gtc = "1",
        /// All at once or not at all.
        Fok = "2",
        /// What trades at once, the rest is cancelled.
        Ioc = "3",
        /// Rests or is refused.
        MakerOnly = "4",
    }
}

open_enum! {
    /// Margin mode. Positions spell it with a capital; see also [`OpenTypeCode`].
    pub enum OpenType {
        /// The whole balance backs the position.
        Cross = "cross" | "Cross",
        /// The position has its own margin.
        Isolated = "isolated" | "Isolated",
    }
}

open_enum! {
    /// Margin mode as a number: in the affiliate's lists and in pushed positions.
    pub enum OpenTypeCode: number {
        /// The position has its own margin.
        Isolated = "1",
        /// The whole balance backs the position.
        Cross = "2",
    }
}

open_enum! {
    /// Which price a trigger looks at.
    pub enum PriceType: number {
        /// Last traded price.
        Last = "1",
        /// Fair (mark) price.
        Fair = "2",
        /// Unset; in answers only.
        Unset = "0",
    }
}

open_enum! {
    /// What happens when an order would trade with one's own.
    pub enum StpMode: number {
        /// The resting order is cancelled.
        CancelMaker = "1",
        /// The incoming order is cancelled.
        CancelTaker = "2",
        /// Both are cancelled.
        CancelBoth = "3",
    }
}

open_enum! {
    /// State of an order.
    pub enum OrderState: number {
        /// Being approved.
        Approval = "1",
        /// Live.
        Check = "2",
        /// Done.
        Finish = "4",
    }
}

open_enum! {
    /// Position mode of an account. It decides what a [`Side`] means.
    pub enum PositionMode {
        /// Long and short side by side.
        Hedge = "hedge_mode",
        /// One net position.
        OneWay = "one_way_mode",
    }
}

open_enum! {
    /// Which way a position goes.
    pub enum PositionType: number {
        /// Long.
        Long = "1",
        /// Short.
        Short = "2",
    }
}

open_enum! {
    /// Which of a contract's positions it is. The risk list spells it with a capital.
    pub enum PositionSide {
        /// The one position of one-way mode; its amount's sign says which way it goes.
        Both = "both" | "Both",
        /// The long one of hedge mode.
        Long = "long" | "Long",
        /// The short one of hedge mode.
        Short = "short" | "Short",
    }
}

open_enum! {
    /// Which of a user's accounts an order or position belongs to.
    pub enum TradingAccount {
        /// The futures account; the venue's default.
        Futures = "futures",
        /// The copy-trading account.
        CopyTrading = "copy_trading",
    }
}

open_enum! {
    /// Whether a trade took or made.
    pub enum ExecType {
        /// It took what was in the book.
        Taker = "Taker",
        /// It was in the book.
        Maker = "Maker",
    }
}

open_enum! {
    /// Which changes of the balance are listed, as a number.
    pub enum FlowType: number {
        /// All; the venue's default.
        All = "0",
        /// Transfers.
        Transfer = "1",
        /// Profit and loss of closed positions.
        RealizedPnl = "2",
        /// Funding.
        FundingFee = "3",
        /// Trading fees.
        CommissionFee = "4",
        /// Liquidations.
        LiquidationClearance = "5",
    }
}

open_enum! {
    /// Why a balance changed, in words.
    pub enum FlowName {
        /// A transfer.
        Transfer = "Transfer",
        /// Profit and loss of a closed position.
        RealizedPnl = "Realized PNL",
        /// Funding.
        FundingFee = "Funding Fee",
        /// A trading fee.
        CommissionFee = "Commission Fee",
        /// A liquidation.
        LiquidationClearance = "Liquidation Clearance",
    }
}

open_enum! {
    /// Length of a candle, in minutes.
    pub enum KlineStep: number {
        /// A minute; the venue's default.
        Min1 = "1",
        /// Three minutes.
        Min3 = "3",
        /// Five minutes.
        Min5 = "5",
        /// A quarter of an hour.
        Min15 = "15",
        /// Half an hour.
        Min30 = "30",
        /// An hour.
        Hour1 = "60",
        /// Two hours.
        Hour2 = "120",
        /// Four hours.
        Hour4 = "240",
        /// Six hours.
        Hour6 = "360",
        /// Twelve hours.
        Hour12 = "720",
        /// A day.
        Day1 = "1440",
        /// Three days.
        Day3 = "4320",
        /// A week.
        Week1 = "10080",
    }
}

impl KlineStep {
    /// How many minutes it lasts; `None` for a step that isn't a number.
    #[must_use]
    pub fn minutes(&self) -> Option<u32> {
        self.as_str().parse().ok().filter(|minutes| *minutes > 0)
    }
}

open_enum! {
    /// Kind of contract.
    pub enum ProductType: number {
        /// Perpetual.
        Perpetual = "1",
        /// Dated futures.
        Futures = "2",
    }
}

open_enum! {
    /// Whether a contract trades. A contract that trades may have a delisting time in the past.
    pub enum ContractStatus {
        /// Trades.
        Trading = "Trading",
        /// No longer trades.
        Delisted = "Delisted",
    }
}

open_enum! {
    /// Direction of a transfer.
    pub enum TransferType {
        /// From the spot account to futures.
        SpotToContract = "spot_to_contract",
        /// From futures to the spot account.
        ContractToSpot = "contract_to_spot",
    }
}

open_enum! {
    /// Kind of wallet in a transfer between accounts.
    pub enum WalletType {
        /// The futures wallet.
        Future = "future",
    }
}

open_enum! {
    /// State of a transfer.
    pub enum TransferState {
        /// Waits to be executed.
        Processing = "PROCESSING",
        /// Done.
        Finished = "FINISHED",
        /// Failed.
        Failed = "FAILED",
    }
}

/// A price, or the words that the venue puts there for a market order ("market price", "Market").
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum OrderPrice {
    /// A limit price.
    Limit(Price),
    /// A market order, in the venue's words.
    Market(Box<str>),
}

impl OrderPrice {
    /// The limit price, where there is one.
    #[must_use]
    pub const fn limit(&self) -> Option<Price> {
        match self {
            Self::Limit(price) => Some(*price),
            Self::Market(_) => None,
        }
    }
}

impl Scalar for OrderPrice {
    const EXACT: bool = true;

    fn from_token(token: Token<'_>) -> Result<Self, TokenError> {
        let is_market = |text: &str| text.get(..6).is_some_and(|begin| begin.eq_ignore_ascii_case("market"));
        match &token {
            Token::Text(text) if is_market(text) => Ok(Self::Market(text.as_ref().into())),
            _ => Price::from_token(token).map(Self::Limit),
        }
    }
}

impl serde::Serialize for OrderPrice {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Limit(price) => price.serialize(serializer),
            Self::Market(words) => serializer.serialize_str(words),
        }
    }
}

impl<'de> serde::Deserialize<'de> for OrderPrice {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        token(deserializer)
    }
}

/// `deserialize_with` for a price of which zero means that there is none.
pub(crate) fn priced<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<OrderPrice>, D::Error> {
    let price: Option<OrderPrice> = token(deserializer)?;
    Ok(price.filter(|price| price.limit().is_none_or(|price| !price.is_zero())))
}

//! Enums and types that several requests and answers share.

use venue_core::serde::de::DeserializeOwned;
use venue_core::serde::{Deserialize, Deserializer, Serialize};
use venue_core::wire::{ObjectOr, absent};
use venue_core::{Rows, id, open_enum, secret_id};

open_enum! {
    /// Which way an order goes.
    pub enum Side {
        /// Buys the base currency.
        Buy = "BUY",
        /// Sells the base currency.
        Sell = "SELL",
    }
}

open_enum! {
    /// Order type.
    pub enum OrderType {
        /// Limit order.
        Limit = "LIMIT",
        /// Market order.
        Market = "MARKET",
    }
}

open_enum! {
    /// How far an order is. There is no state for a cancel or a change that is under way.
    pub enum OrderState {
        /// The engine has it.
        New = "NEW",
        /// A part has traded.
        PartiallyFilled = "PARTIALLY_FILLED",
        /// All of it has traded.
        Filled = "FILLED",
        /// Cancelled by its owner.
        Canceled = "CANCELED",
        /// The engine did not take it.
        Rejected = "REJECTED",
        /// Its time ran out, or it was cancelled for its price.
        Expired = "EXPIRED",
    }
}

open_enum! {
    /// How long an order lives.
    pub enum TimeInForce {
        /// Rests until it is filled or cancelled.
        Gtc = "GTC",
        /// What trades at once, the rest is cancelled.
        Ioc = "IOC",
        /// All at once or not at all.
        Fok = "FOK",
        /// Post only: cancelled where it would trade at once.
        Gtx = "GTX",
    }
}

open_enum! {
    /// The account that an order trades on.
    pub enum OrderBizType {
        /// Spot.
        Spot = "SPOT",
        /// Leverage.
        Lever = "LEVER",
    }
}

open_enum! {
    /// An account between which funds move.
    pub enum BizType {
        /// Spot.
        Spot = "SPOT",
        /// Leverage; one for each symbol.
        Lever = "LEVER",
        /// Financial products.
        Finance = "FINANCE",
        /// USDT-margined futures.
        FuturesU = "FUTURES_U",
        /// Coin-margined futures.
        FuturesC = "FUTURES_C",
    }
}

open_enum! {
    /// Which page of a list, seen from the row that is named.
    pub enum Direction {
        /// The page before.
        Prev = "PREV",
        /// The page after.
        Next = "NEXT",
    }
}

open_enum! {
    /// Length of a candle; case matters.
    pub enum KlineInterval {
        /// A minute.
        Min1 = "1m",
        /// Three minutes.
        Min3 = "3m",
        /// Five minutes.
        Min5 = "5m",
        /// A quarter of an hour.
        Min15 = "15m",
        /// Half an hour.
        Min30 = "30m",
        /// An hour.
        Hour1 = "1h",
        /// Two hours.
        Hour2 = "2h",
        /// Four hours.
        Hour4 = "4h",
        /// Six hours.
        Hour6 = "6h",
        /// Eight hours.
        Hour8 = "8h",
        /// Half a day.
        Hour12 = "12h",
        /// A day.
        Day1 = "1d",
        /// Three days.
        Day3 = "3d",
        /// A week.
        Week1 = "1w",
        /// A month.
        Month1 = "1M",
    }
}

open_enum! {
    /// How many levels a side a pushed book has.
    pub enum DepthLevels {
        /// Five.
        Five = "5",
        /// Ten.
        Ten = "10",
        /// Twenty.
        Twenty = "20",
        /// Fifty.
        Fifty = "50",
    }
}

open_enum! {
    /// Which markets a ticker is asked of.
    pub enum TickerTag {
        /// Spot; the only one so far.
        Spot = "spot",
    }
}

open_enum! {
    /// Which side of a trade an order was; a word in REST, a number in pushes.
    pub enum TakerMaker {
        /// It came and traded at once.
        Taker = "taker" | "TAKER" | "1",
        /// It rested in the book.
        Maker = "maker" | "MAKER" | "2",
    }
}

open_enum! {
    /// What a fee was paid with in place of the currency that was due.
    pub enum DeductType {
        /// A coupon.
        Coupon = "COUPON",
        /// The platform's own currency.
        PlatformCurrency = "PLATFORM_CURRENCY",
    }
}

open_enum! {
    /// How far a deposit or a withdrawal is.
    pub enum WalletStatus {
        /// Asked for; the amount is not frozen yet.
        Submit = "SUBMIT",
        /// The amount is frozen, and somebody looks at it.
        Review = "REVIEW",
        /// It was looked at and is ready for the chain.
        Audited = "AUDITED",
        /// It is looked at once more; withdrawals only.
        AuditedAgain = "AUDITED_AGAIN",
        /// It is on the chain.
        Pending = "PENDING",
        /// Done.
        Success = "SUCCESS",
        /// Failed.
        Fail = "FAIL",
        /// Cancelled by its owner.
        Cancel = "CANCEL",
    }
}

open_enum! {
    /// Whether something can be done with a currency.
    pub enum Switch: number {
        /// It can't.
        Closed = "0" | "false",
        /// It can.
        Open = "1" | "true",
    }
}

open_enum! {
    /// Whether a symbol trades.
    pub enum SymbolState {
        /// It trades.
        Online = "ONLINE",
        /// It does not trade.
        Offline = "OFFLINE",
        /// It was taken off.
        Delisted = "DELISTED",
    }
}

open_enum! {
    /// Where the venue's own pages show a symbol.
    pub enum DisplayLevel {
        /// Everywhere.
        Full = "FULL",
        /// In searches.
        Search = "SEARCH",
        /// By its address only.
        Direct = "DIRECT",
        /// Nowhere.
        None = "NONE",
    }
}

open_enum! {
    /// A rule that orders of a symbol must meet.
    pub enum FilterKind {
        /// Range and step of a price.
        Price = "PRICE",
        /// Range and step of a quantity.
        Quantity = "QUANTITY",
        /// Smallest amount of an order, in quote currency.
        QuoteQty = "QUOTE_QTY",
        /// How far a limit price may lie from the last price.
        ProtectionLimit = "PROTECTION_LIMIT",
        /// How far the best price may lie from the last price for a market order.
        ProtectionMarket = "PROTECTION_MARKET",
        /// How far a price may rise above the opening price after a listing.
        ProtectionOnline = "PROTECTION_ONLINE",
    }
}

id! {
    /// Your own id of a batch, 4 to 32 letters, digits and underscores.
    pub struct ClientBatchId
}
id! {
    /// The venue's id of a batch.
    pub struct BatchId
}
id! {
    /// The venue's id of a change to an order.
    pub struct ModifyId
}
id! {
    /// Your own id of a transfer, up to 128 characters: it counts once, for good.
    pub struct BizId
}
id! {
    /// The venue's id of a transfer.
    pub struct TransferId
}
id! {
    /// The venue's id of a cancel.
    pub struct CancelId
}
id! {
    /// The venue's id of a currency.
    pub struct CurrencyId
}
id! {
    /// A network on which a currency moves, exactly as
    /// [`GetSupportedCurrencies`](crate::rest::GetSupportedCurrencies) spells it.
    pub struct Chain
}
id! {
    /// The venue's id of a deposit.
    pub struct DepositId
}
id! {
    /// The venue's id of a withdrawal.
    pub struct WithdrawalId
}
id! {
    /// The venue's id of an account.
    pub struct AccountId
}

secret_id! {
    /// The key of the private WebSocket, for its requests; valid for two days. Whoever has it reads the account,
    /// so that it is printed as `***`.
    pub struct AccessToken
}

/// A page of a list by cursor.
///
/// A list that comes without the page around it is read as well, and so is `null` in place of the rows. Whether a
/// page begins with the row that it is seen from is not documented: a stream of rows gives each once.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(crate = "venue_core::serde", rename_all = "camelCase")]
#[non_exhaustive]
pub struct Page<T> {
    /// Whether there is a page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_prev: Option<bool>,
    /// Whether there is a page after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_next: Option<bool>,
    /// The rows.
    pub items: Rows<T>,
}

impl<T> Page<T> {
    /// The cursor of the page that follows in this direction; `None` after the last.
    ///
    /// The documented cursor is the id of the row at the page's edge, and `hasNext` says whether to go on. A
    /// page that doesn't say goes on when it is full. A cursor that stays where it was ends the list.
    pub(crate) fn cursor<I: PartialEq + Clone>(
        &self,
        direction: &Direction,
        from: Option<&I>,
        limit: u32,
        id: impl FnOnce(&T) -> &I,
    ) -> Option<I> {
        let is_back = *direction == Direction::Prev;
        let said = if is_back { self.has_prev } else { self.has_next };
        let is_full = || u32::try_from(self.items.received()).is_ok_and(|rows| rows >= limit);
        if said.unwrap_or_else(is_full) { self.items.edge(is_back, from, id).cloned() } else { None }
    }
}

/// A page as it is documented.
#[derive(Deserialize)]
#[serde(crate = "venue_core::serde", rename_all = "camelCase", bound(deserialize = "T: DeserializeOwned"))]
struct WholePage<T> {
    #[serde(default, deserialize_with = "absent")]
    has_prev: Option<bool>,
    #[serde(default, deserialize_with = "absent")]
    has_next: Option<bool>,
    #[serde(default)]
    items: Rows<T>,
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match ObjectOr::deserialize(deserializer)? {
            ObjectOr::Object(WholePage { has_prev, has_next, items }) => Self { has_prev, has_next, items },
            ObjectOr::Other(items) => Self { has_prev: None, has_next: None, items },
        })
    }
}

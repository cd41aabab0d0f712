//! Transfers between the spot and the futures account, and what changed the balance.

use venue_core::{
    Amount, Asset, Decimal, Endpoint, Invalid, Millis, Permission, Rows, Spec, Symbol, id, model, paged,
    request,
};

use crate::limits;
use crate::model::{FlowName, FlowType, TradingAccount, TransferState, TransferType};
use crate::rest::check;
use crate::venue::BitMart;

request! {
    /// Lists transfers between spot and futures, newest first.
    ///
    /// `POST /account/v1/transfer-contract-list` · signed · 1 per 2 s per key · a read, may be repeated.
    /// Documented under the trading permission.
    pub struct ListTransfers {
        /// Page, 1 to 1000.
        page: u32,
        /// Rows a page, 10 to 100.
        limit: u32,
    }
    optional {
        /// One currency only.
        currency: Asset,
        /// Not before.
        time_start: Millis,
        /// Not after.
        time_end: Millis,
        /// How old the timestamp may be when it arrives, in ms; up to 60 000, 5000 by default.
        recv_window = "recvWindow": u32,
    }
}

impl Endpoint for ListTransfers {
    type Venue = BitMart;
    type Response = Transfers;
    const SPEC: Spec = Spec::post("/account/v1/transfer-contract-list")
        .section("Futures Trading")
        .signed()
        .safe()
        .permission(Permission::Trade)
        .cost(&limits::TRANSFER_LIST, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::within("page", Some(self.page), 1..=1000)?;
        check::within("limit", Some(self.limit), 10..=100)?;
        check::recv_window(self.recv_window)?;
        match (self.time_start, self.time_end) {
            (Some(start), Some(end)) if end <= start => {
                Err(Invalid::new(format!("time_end {end} must be after time_start {start}")))
            }
            _ => Ok(()),
        }
    }
}

// A page that is not full is the last; page 1000 is the last in any case.
// A transfer made in between moves the rows on by one.
paged! {
    ListTransfers: Transfer by transfer_id in records, |request, page| {
        let rows = page.records.received();
        let full = u32::try_from(rows).is_ok_and(|rows| rows >= request.limit);
        (full && request.page < 1000).then(|| Self { page: request.page + 1, ..request.clone() })
    }
}

id! {
    /// Id of a transfer.
    pub struct TransferId
}

model! {
    /// A page of transfers.
    pub struct Transfers {
        /// One row a transfer.
        pub records: Rows<Transfer>,
    }
}

model! {
    /// A transfer between spot and futures.
    pub struct Transfer {
        /// Id.
        pub transfer_id: TransferId,
        /// Currency.
        pub currency?: Asset,
        /// Amount.
        pub amount?: Amount,
        /// Direction.
        #[serde(rename = "type")]
        pub transfer_type?: TransferType,
        /// How far it is.
        pub state?: TransferState,
        /// When it was made.
        pub timestamp?: Millis,
    }
}

request! {
    /// Moves funds between the spot and the futures account.
    ///
    /// `POST /account/v1/transfer-contract` · signed · 1 per 2 s per key · never repeated by itself: nothing in
    /// it makes it count once, so after `Unknown` look at [`ListTransfers`].
    pub struct TransferFunds {
        /// Only USDT is supported.
        currency: Asset,
        /// From 0.01 to 10 000 000 000.
        amount: Amount,
        /// Direction.
        transfer_type = "type": TransferType,
    }
    optional {
        /// How old the timestamp may be when it arrives, in ms; up to 60 000, 5000 by default.
        recv_window = "recvWindow": u32,
    }
}

impl Endpoint for TransferFunds {
    type Venue = BitMart;
    type Response = TransferAck;
    const SPEC: Spec = Spec::post("/account/v1/transfer-contract")
        .section("Futures Trading")
        .signed()
        .permission(Permission::Trade)
        .cost(&limits::TRANSFER, 1);

    fn check(&self) -> Result<(), Invalid> {
        let range = Decimal::new(1, 2)..=Decimal::from(10_000_000_000_u64);
        check::amount("amount", &self.amount, &range)?;
        check::recv_window(self.recv_window)
    }
}

model! {
    /// Funds were moved.
    pub struct TransferAck {
        /// Currency.
        pub currency?: Asset,
        /// How much was moved.
        pub amount?: Amount,
    }
}

request! {
    /// Lists what changed the futures balance: transfers, profits, fees, funding.
    ///
    /// `GET /contract/private/transaction-history` · keyed · 6 per 2 s per key. The last seven days when no time
    /// is given. There are no further pages: what does not fit needs a shorter span. Times are in milliseconds,
    /// unlike those of the other histories.
    pub struct GetTransactionHistory {}
    optional {
        /// One contract only.
        symbol: Symbol,
        /// One kind only; all by default.
        flow_type: FlowType,
        /// Which account.
        account: TradingAccount,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// How many; 100 by default, 1000 at most.
        page_size: u32,
    }
}

impl Endpoint for GetTransactionHistory {
    type Venue = BitMart;
    type Response = Rows<Transaction>;
    const SPEC: Spec = Spec::get("/contract/private/transaction-history")
        .section("Futures Trading")
        .keyed()
        .permission(Permission::Read)
        .cost(&limits::TRANSACTION_HISTORY, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::within("page_size", self.page_size, 1..=1000)
    }
}

id! {
    /// Id of what changed a balance. Several changes may share one.
    pub struct TransactionId
}

model! {
    /// A change of the futures balance.
    pub struct Transaction {
        /// Contract; `None` for a transfer.
        pub symbol?: Symbol,
        /// Why, in words.
        #[serde(rename = "type")]
        pub flow_name?: FlowName,
        /// Why, as a number.
        pub flow_type?: FlowType,
        /// How much; negative when it went away.
        pub amount: Amount,
        /// Currency.
        pub asset?: Asset,
        /// Which account.
        pub account?: TradingAccount,
        /// When; milliseconds, which the venue writes as text.
        pub time?: Millis,
        /// Id; not unique.
        pub tran_id?: TransactionId,
    }
}

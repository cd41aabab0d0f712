//! Transfers between accounts.

use venue_core::{Amount, Asset, Endpoint, Invalid, Spec, Symbol};

use super::check;
use crate::model::{AccountId, BizId, BizType, TransferId};
use crate::venue::WexSpot;

/// What the documentation says of both transfers.
fn check_transfer(
    biz_id: &BizId,
    sides: [&BizType; 2],
    currency: &Asset,
    symbol: Option<&Symbol>,
) -> Result<(), Invalid> {
    let length = biz_id.as_str().chars().count();
    if !(1..=128).contains(&length) {
        return Err(Invalid::new(format!("bizId: 1 to 128 characters, not {length}")));
    }
    if symbol.is_none() && sides.contains(&&BizType::Lever) {
        return Err(Invalid::new("symbol is required when one side is LEVER"));
    }
    check_lower_case("currency", currency.as_str())?;
    symbol.map_or(Ok(()), |symbol| check_lower_case("symbol", symbol.as_str()))
}

/// The documented rule: all lower case.
fn check_lower_case(name: &str, text: &str) -> Result<(), Invalid> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Err(Invalid::new(format!("{name} {text:?}: all lower case")));
    }
    Ok(())
}

request! {
    /// Moves funds between your own accounts: spot, leverage, finance, futures.
    ///
    /// `POST /v4/balance/transfer` · signed · no limit documented · idempotent by `bizId`: it may be
    /// repeated with the same id, which is executed once. A repetition is refused as
    /// [`DuplicateClientId`](crate::Kind::DuplicateClientId) when the first one counted. Answers with the
    /// venue's id of the transfer.
    pub struct Transfer {
        /// Your own id of the transfer, up to 128 characters. Keep it to send the same transfer again.
        biz_id: BizId,
        /// The account that pays.
        from: BizType,
        /// The account that receives.
        to: BizType,
        /// Currency, in lower case.
        currency: Asset,
        /// Amount, in that currency.
        amount: Amount as number,
    }
    optional {
        /// Symbol of the leverage account, in lower case; required when it pays or receives.
        symbol: Symbol,
    }
}

impl Endpoint for Transfer {
    type Venue = WexSpot;
    type Response = TransferId;
    const SPEC: Spec = Spec::post("/v4/balance/transfer").section("Transfer").signed().idempotent();

    fn check(&self) -> Result<(), Invalid> {
        if self.from == self.to {
            return Err(Invalid::new(format!("from and to are both {}", self.from)));
        }
        check_transfer(&self.biz_id, [&self.from, &self.to], &self.currency, self.symbol.as_ref())
    }
}

request! {
    /// Moves funds to another account of the same user: to or from a sub-account.
    ///
    /// `POST /v4/balance/account/transfer` · signed · no limit documented · idempotent by `bizId`, as
    /// [`Transfer`] is. Answers with the venue's id of the transfer.
    pub struct SubAccountTransfer {
        /// Your own id of the transfer, up to 128 characters. Keep it to send the same transfer again.
        biz_id: BizId,
        /// The kind of account that pays.
        from: BizType,
        /// The kind of account that receives.
        to: BizType,
        /// Currency, in lower case.
        currency: Asset,
        /// Amount, in that currency.
        amount: Amount as number,
        /// The account that receives.
        to_account_id: AccountId as number,
    }
    optional {
        /// Symbol of the leverage account, in lower case; required when it pays or receives.
        symbol: Symbol,
        /// The account that pays; the key's own when absent.
        from_account_id: AccountId as number,
    }
}

impl Endpoint for SubAccountTransfer {
    type Venue = WexSpot;
    type Response = TransferId;
    const SPEC: Spec = Spec::post("/v4/balance/account/transfer").section("Transfer").signed().idempotent();

    fn check(&self) -> Result<(), Invalid> {
        check::number("toAccountId", self.to_account_id.as_str())?;
        if let Some(from) = &self.from_account_id {
            check::number("fromAccountId", from.as_str())?;
            if *from == self.to_account_id {
                return Err(Invalid::new(format!("fromAccountId and toAccountId are both {from}")));
            }
        }
        check_transfer(&self.biz_id, [&self.from, &self.to], &self.currency, self.symbol.as_ref())
    }
}

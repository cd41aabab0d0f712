//! Transfers between accounts.

use venue_core::{Amount, Asset, Endpoint, Invalid, Spec, Symbol};

use crate::model::{BizId, BizType, TransferId};
use crate::venue::WexSpot;

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
        let length = self.biz_id.as_str().chars().count();
        if !(1..=128).contains(&length) {
            return Err(Invalid::new(format!("bizId: 1 to 128 characters, not {length}")));
        }
        if self.from == self.to {
            return Err(Invalid::new(format!("from and to are both {}", self.from)));
        }
        if self.symbol.is_none() && [&self.from, &self.to].contains(&&BizType::Lever) {
            return Err(Invalid::new("symbol is required when one side is LEVER"));
        }
        check_lower_case("currency", self.currency.as_str())?;
        self.symbol.as_ref().map_or(Ok(()), |symbol| check_lower_case("symbol", symbol.as_str()))
    }
}

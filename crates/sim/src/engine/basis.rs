//! The price by which money is set aside for a market order.

use rust_decimal::Decimal;

use super::order::Size;
use super::types::{AccountId, Side};
use super::{Engine, Listed};

impl Engine {
    /// The worst price that a market order can meet in the book as it is; the last one when the book is empty.
    ///
    /// Orders of the account itself don't count: they may be cancelled on the way.
    pub(super) fn worst_price(&self, account: AccountId, listed: &Listed, side: Side, size: Size) -> Decimal {
        let (mut left, by_value) = match size {
            Size::Base(qty) => (qty, false),
            Size::Quote(amount) => (amount, true),
        };
        let mut worst = None;
        for (id, price, there) in listed.book.line(side.opposite()) {
            if left <= Decimal::ZERO {
                break;
            }
            if self.order(id).is_some_and(|order| order.account == account) {
                continue;
            }
            left -= if by_value { listed.instrument.value(price, there) } else { there };
            worst = Some(price);
        }
        worst.unwrap_or_else(|| listed.tape.last_price())
    }
}

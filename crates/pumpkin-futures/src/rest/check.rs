//! Documented rules that several requests share.

use std::ops::RangeInclusive;

use venue_core::{ClientOrderId, Contracts, Invalid, OrderId, Price, Symbol};

use crate::model::OrderType;

/// The documented rule is 1 to 32 letters and digits, and the documentation's own batch breaks it with a `_`:
/// the marks that ids are commonly made with are let through, for the venue to judge.
pub(super) fn client_order_id(id: Option<&ClientOrderId>) -> Result<(), Invalid> {
    let Some(id) = id else { return Ok(()) };
    let text = id.as_str();
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
    if text.is_empty() || text.len() > 32 || !text.bytes().all(is_allowed) {
        return Err(Invalid::new(format!(
            "clientOrderId {text:?}: 1 to 32 letters, digits, '_', '.' or '-'"
        )));
    }
    Ok(())
}

/// Zero has a meaning of its own in places (all of a position), so that it is never sent for a size.
pub(super) fn qty(qty: Contracts) -> Result<(), Invalid> {
    if qty.is_zero() || qty.decimal().is_sign_negative() {
        return Err(Invalid::new(format!("origQty {qty}: more than no contracts")));
    }
    Ok(())
}

/// An id that names one thing. Where an id may be left out, an empty one might name everything.
pub(super) fn named(name: &str, id: &str) -> Result<(), Invalid> {
    if id.is_empty() { Err(Invalid::new(format!("{name} is empty"))) } else { Ok(()) }
}

/// An empty symbol might be taken for none, which means all.
pub(super) fn symbol(symbol: &Symbol) -> Result<(), Invalid> {
    named("symbol", symbol.as_str())
}

/// An order's id.
pub(super) fn order_id(id: &OrderId) -> Result<(), Invalid> {
    named("orderId", id.as_str())
}

/// A list of names that goes as one text: there is one at least, and none that would read as two or none.
pub(super) fn listed<T: AsRef<str>>(name: &str, list: &[T]) -> Result<(), Invalid> {
    if list.is_empty() {
        return Err(Invalid::new(format!("{name} is empty")));
    }
    match list.iter().map(AsRef::as_ref).find(|text| text.is_empty() || text.contains(',')) {
        Some(text) => Err(Invalid::new(format!("{name}: {text:?} is no name of one thing"))),
        None => Ok(()),
    }
}

/// A whole number inside of a range, where it is given.
pub(super) fn within(name: &str, value: Option<u32>, range: RangeInclusive<u32>) -> Result<(), Invalid> {
    match value {
        Some(value) if !range.contains(&value) => Err(Invalid::new(if *range.end() == u32::MAX {
            format!("{name} {value}: {} or more", range.start())
        } else {
            format!("{name} {value}: {} to {}", range.start(), range.end())
        })),
        _ => Ok(()),
    }
}

/// What becomes of a position at a price: a take-profit or a stop-loss, as far as it is given.
pub(super) struct Exit<'a> {
    name: &'static str,
    trigger: Option<Price>,
    order_type: Option<&'a OrderType>,
    price: Option<Price>,
}

impl<'a> Exit<'a> {
    /// A take-profit: its trigger, and type and price of its order.
    pub(super) fn profit(
        trigger: Option<Price>,
        order_type: Option<&'a OrderType>,
        price: Option<Price>,
    ) -> Self {
        Self { name: "take-profit", trigger, order_type, price }
    }

    /// A stop-loss: its trigger, and type and price of its order.
    pub(super) fn stop(
        trigger: Option<Price>,
        order_type: Option<&'a OrderType>,
        price: Option<Price>,
    ) -> Self {
        Self { name: "stop-loss", trigger, order_type, price }
    }

    /// With an order: the trigger and the type go together.
    pub(super) fn whole(&self) -> Result<(), Invalid> {
        if self.trigger.is_some() != self.order_type.is_some() {
            return Err(Invalid::new(format!(
                "the {}'s trigger price and order type go together",
                self.name
            )));
        }
        self.limit()
    }

    /// A limit order has its price, and is triggered by one.
    pub(super) fn limit(&self) -> Result<(), Invalid> {
        if self.order_type != Some(&OrderType::Limit) {
            return Ok(());
        }
        if self.price.is_none() {
            return Err(Invalid::new(format!(
                "the {}'s order price is required for a limit order",
                self.name
            )));
        }
        if self.trigger.is_none() {
            return Err(Invalid::new(format!("the {}'s trigger price is required for its order", self.name)));
        }
        Ok(())
    }
}

/// The documentation's own code asks for one trigger price of a change, and for a limit order's price together
/// with its trigger, or for neither.
pub(super) fn exits_of_update(profit: &Exit<'_>, stop: &Exit<'_>) -> Result<(), Invalid> {
    if profit.trigger.is_none() && stop.trigger.is_none() {
        return Err(Invalid::new("one of triggerProfitPrice and triggerStopPrice is required"));
    }
    for exit in [profit, stop] {
        let is_limit = exit.order_type == Some(&OrderType::Limit);
        if is_limit && exit.trigger.is_some() != exit.price.is_some() {
            return Err(Invalid::new(format!(
                "the {}'s trigger price and order price go together",
                exit.name
            )));
        }
    }
    Ok(())
}

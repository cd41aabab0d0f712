//! The documented filters that an order has to pass.

use super::pairs::{self, Pair};
use crate::dialect::number;
use crate::engine::{Decimal, Engine, InstrumentId, Side, is_multiple};
use crate::refusal::{Refusal, Why};

/// What an order asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish {
    pub(super) instrument: InstrumentId,
    pub(super) side: Side,
    /// The limit; a market order without one.
    pub(super) price: Option<Decimal>,
    /// In base currency.
    pub(super) qty: Option<Decimal>,
    /// In quote currency, of a market order.
    pub(super) amount: Option<Decimal>,
}

/// Refuses what a filter doesn't let pass, by the name of that filter.
pub(super) fn check(engine: &Engine, wish: &Wish) -> Result<(), Refusal> {
    let pair = Pair::of(engine, wish.instrument).ok_or(Why::UnknownSymbol)?;
    for (number, decimals) in [
        (wish.price, pair.price_decimals),
        (wish.qty, pair.qty_decimals),
        (wish.amount, pairs::QUOTE_DECIMALS),
    ] {
        if number.is_some_and(|number| number.normalize().scale() > decimals) {
            return Err(Why::Precision.into());
        }
    }
    if let Some(price) = wish.price {
        range("price", price, pair.tick, pair.max_price)?;
    }
    if let Some(qty) = wish.qty {
        range("quantity", qty, pair.lot, pair.max_qty)?;
    }
    let amount = match (wish.price, wish.qty) {
        // Both are within their ranges, so that the product is one.
        (Some(price), Some(qty)) => price.checked_mul(qty),
        _ => wish.amount,
    };
    if amount.is_some_and(|amount| amount < number(pairs::LEAST_AMOUNT)) {
        return Err(Refusal::about(Why::TooSmall, "quoteQty"));
    }
    let last = engine.last_price(wish.instrument);
    match wish.price {
        Some(price) => limit(wish.side, price, last),
        None => market(engine, wish, last),
    }
}

/// From one step to the most, in whole steps.
fn range(name: &str, value: Decimal, step: &str, most: &str) -> Result<(), Refusal> {
    let step = number(step);
    if value < step {
        Err(Refusal::about(Why::TooSmall, name))
    } else if value > number(most) {
        Err(Refusal::about(Why::TooLarge, name))
    } else if !is_multiple(value, step) {
        Err(Refusal::about(Why::OffStep, name))
    } else {
        Ok(())
    }
}

fn limit(side: Side, price: Decimal, last: Decimal) -> Result<(), Refusal> {
    let away = last * number(pairs::LIMIT_DEVIATION);
    let (is_far, name) = match side {
        Side::Buy => (price < last - away, "buy"),
        Side::Sell => (price > last + away, "sell"),
    };
    if is_far { Err(Refusal::about(Why::TooFarFromMarket, name)) } else { Ok(()) }
}

/// A book without another side stops nobody: the order finds nothing and ends.
fn market(engine: &Engine, wish: &Wish, last: Decimal) -> Result<(), Refusal> {
    let away = last * number(pairs::MARKET_DEVIATION);
    let best = engine.levels(wish.instrument, wish.side.opposite(), 1).first().map(|(price, _)| *price);
    let is_far = best.is_some_and(|best| match wish.side {
        Side::Buy => best > last + away,
        Side::Sell => best < last - away,
    });
    if is_far { Err(Refusal::about(Why::TooFarFromMarket, "market")) } else { Ok(()) }
}

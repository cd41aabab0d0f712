//! The documented filters that an order has to pass.

use super::pairs::{self, Pair};
use crate::dialect::number;
use crate::engine::{Decimal, Engine, InstrumentId, Side, is_multiple};
use crate::refusal::{Refusal, Why};
use crate::rules::wex_spot;

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
        range(PRICE, price, pair.tick, pair.max_price)?;
    }
    if let Some(qty) = wish.qty {
        range(QTY, qty, pair.lot, pair.max_qty)?;
    }
    let amount = match (wish.price, wish.qty) {
        // Both are within their ranges, so that the product is one.
        (Some(price), Some(qty)) => price.checked_mul(qty),
        _ => wish.amount,
    };
    if amount.is_some_and(|amount| amount < number(pairs::LEAST_AMOUNT)) {
        return Err(wex_spot::AMOUNT_LOW.into());
    }
    let last = engine.last_price(wish.instrument);
    match wish.price {
        Some(price) => limit(wish.side, price, last),
        None => market(engine, wish, last),
    }
}

/// What is said of a price, and of a quantity, that is below its range, above it, or between its steps.
const PRICE: [Why; 3] = [wex_spot::PRICE_LOW, wex_spot::PRICE_HIGH, wex_spot::PRICE_OFF_STEP];
const QTY: [Why; 3] = [wex_spot::QTY_LOW, wex_spot::QTY_HIGH, wex_spot::QTY_OFF_STEP];

/// From one step to the most, in whole steps.
fn range([low, high, off_step]: [Why; 3], value: Decimal, step: &str, most: &str) -> Result<(), Refusal> {
    let step = number(step);
    if value < step {
        Err(low.into())
    } else if value > number(most) {
        Err(high.into())
    } else if !is_multiple(value, step) {
        Err(off_step.into())
    } else {
        Ok(())
    }
}

fn limit(side: Side, price: Decimal, last: Decimal) -> Result<(), Refusal> {
    let away = last * number(pairs::LIMIT_DEVIATION);
    let (is_far, why) = match side {
        Side::Buy => (price < last - away, wex_spot::BUY_FAR),
        Side::Sell => (price > last + away, wex_spot::SELL_FAR),
    };
    if is_far { Err(why.into()) } else { Ok(()) }
}

/// A book without another side stops nobody: the order finds nothing and ends.
fn market(engine: &Engine, wish: &Wish, last: Decimal) -> Result<(), Refusal> {
    let away = last * number(pairs::MARKET_DEVIATION);
    let best = engine.levels(wish.instrument, wish.side.opposite(), 1).first().map(|(price, _)| *price);
    let is_far = best.is_some_and(|best| match wish.side {
        Side::Buy => best > last + away,
        Side::Sell => best < last - away,
    });
    if is_far { Err(wex_spot::MARKET_FAR.into()) } else { Ok(()) }
}

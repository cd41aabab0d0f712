//! Orders: tested, placed alone and in batches.

use super::pairs::{MOST_OPEN, Pair};
use super::rows;
use crate::dialect::{Ask, Json, State};
use crate::engine::{Decimal, InstrumentId, NewOrder, OrderId, Refused, Side, Size, Slot, Stp, Tif};
use crate::json::{list, quote, write};
use crate::refusal::{Refusal, Said, Why};
use crate::rules::Rules;
use crate::rules::hashkey;
use crate::which::Which;

/// Orders in a batch.
const MOST_ROWS: usize = 20;

pub(super) fn side(ask: &Ask<'_>) -> Option<Side> {
    match ask.text("side").as_deref() {
        Some("BUY") => Some(Side::Buy),
        Some(_) => Some(Side::Sell),
        None => None,
    }
}

/// How long an order of this type stands; not all combinations are taken.
fn tif(ask: &Ask<'_>, kind: &str) -> Result<Tif, Refusal> {
    match (kind, ask.text("timeInForce").as_deref()) {
        ("MARKET", None | Some("IOC")) | ("LIMIT", Some("IOC")) => Ok(Tif::Ioc),
        ("LIMIT", None | Some("GTC")) => Ok(Tif::Gtc),
        ("LIMIT", Some("FOK")) => Ok(Tif::Fok),
        ("LIMIT_MAKER", None | Some("GTC")) => Ok(Tif::PostOnly),
        _ => Err(hashkey::COMBINATION.into()),
    }
}

/// Only market orders may name an amount, and only instead of a quantity.
fn size(ask: &Ask<'_>, is_market: bool) -> Result<Size, Refusal> {
    match (ask.decimal("quantity")?, ask.decimal("amount")?) {
        (Some(_), Some(_)) => Err(hashkey::QTY_AND_AMOUNT.into()),
        (None, Some(_)) if !is_market => Err(Refusal::missing("quantity")),
        (Some(qty), None) => Ok(Size::Base(qty)),
        (None, Some(amount)) => Ok(Size::Quote(amount)),
        (None, None) => Err(Refusal::missing("quantity")),
    }
}

/// An order as it is asked for, held against the rules of its pair.
fn read(state: &State, ask: &Ask<'_>) -> Result<NewOrder, Refusal> {
    let (instrument, pair) = Pair::of(state, ask)?;
    let kind = ask.demand("type")?;
    let is_market = kind == "MARKET";
    let side = side(ask).ok_or_else(|| Refusal::missing("side"))?;
    let tif = tif(ask, &kind)?;
    let size = size(ask, is_market)?;
    let price = if is_market { None } else { Some(ask.demand_decimal("price")?) };
    let mark = state.engine.mark_price(instrument);
    if let Some(price) = price {
        pair.check_price(side, price, mark)?;
    }
    pair.check_size(side, size, price, mark)?;
    let stp = if ask.is("stpMode", "EXPIRE_MAKER") { Stp::CancelMaker } else { Stp::CancelTaker };
    let client_id = ask.text("newClientOrderId");
    let order = NewOrder::market(instrument, side, Slot::Net, Decimal::ONE);
    Ok(NewOrder { size, price, tif, stp, client_id, ..order })
}

pub(super) fn test(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    read(state, ask).map(|_| "{}".to_owned())
}

/// Whether a limit would meet what is in the book.
fn would_take(state: &State, order: &NewOrder) -> bool {
    let best = state.engine.levels(order.instrument, order.side.opposite(), 1);
    best.first().zip(order.price).is_some_and(|((best, _), price)| match order.side {
        Side::Buy => price >= *best,
        Side::Sell => price <= *best,
    })
}

fn open_on(state: &State, instrument: InstrumentId) -> usize {
    state.engine.open_orders(state.account).filter(|order| order.instrument == instrument).count()
}

/// An id for an order that came without one: the time in microseconds or a little more, never used before.
fn made_id(state: &State) -> String {
    let mut number = state.engine.now_ms().saturating_mul(1000);
    while state.engine.order_by_client_id(state.account, &number.to_string()).is_some() {
        number += 1;
    }
    number.to_string()
}

fn place(state: &mut State, ask: &Ask<'_>) -> Result<OrderId, Refusal> {
    let mut order = read(state, ask)?;
    let own = order.client_id.take();
    // Documented: an id that was "sent before", be its order open or not.
    if own.as_ref().is_some_and(|id| state.engine.order_by_client_id(state.account, id).is_some()) {
        return Err(Why::OwnIdTaken.into());
    }
    if order.tif == Tif::PostOnly && would_take(state, &order) {
        return Err(hashkey::WOULD_TAKE.into());
    }
    if open_on(state, order.instrument) >= MOST_OPEN {
        return Err(Why::TooManyOrders.into());
    }
    order.client_id = own.or_else(|| Some(made_id(state)));
    state.engine.place(state.account, order).map_err(|refused| match refused {
        Refused::Funds => Why::BalanceShort.into(),
        other => other.into(),
    })
}

pub(super) fn create(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = place(state, ask)?;
    let mut members = rows::ack(state, id);
    members.push(("concentration", quote("")));
    Ok(write(&members))
}

/// What a row of a batch says that was refused.
fn refused_row(ask: &Ask<'_>, refusal: &Refusal) -> Json {
    let Said { code, message, .. } = Rules::of(Which::HashKey).said(&ask.endpoint.path, refusal);
    write(&[("code", quote(code)), ("msg", quote(&message))])
}

pub(super) fn create_several(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let orders = ask.rows("body")?;
    if orders.len() > MOST_ROWS {
        return Err(Why::BatchTooLong.into());
    }
    let symbol = |at: usize| orders.get(at).and_then(|order| ask.row(order).text("symbol"));
    if (1..orders.len()).any(|at| symbol(at) != symbol(0)) {
        return Err(hashkey::COMBINATION.into());
    }
    let results = orders.iter().map(|order| {
        let row = ask.row(order);
        match place(state, &row) {
            Ok(id) => write(&[("code", quote("0000")), ("order", write(&rows::ack(state, id)))]),
            Err(refusal) => {
                ask.refuse_row(&row);
                refused_row(ask, &refusal)
            }
        }
    });
    let results = list(results.collect::<Vec<_>>());
    Ok(write(&[("code", "0".to_owned()), ("result", results), ("concentration", quote(""))]))
}

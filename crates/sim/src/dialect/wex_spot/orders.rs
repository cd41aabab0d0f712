//! Single orders: placed, changed, cancelled, looked at.

use super::filters::{self, Wish};
use super::{WexSpot, pairs, rows};
use crate::dialect::words::read_tif;
use crate::dialect::{Ask, Json, State};
use crate::engine::{AccountId, Engine, NewOrder, Order, OrderId, Refused, Side, Size, Slot};
use crate::json::{quote, write};
use crate::refusal::{Refusal, Why};
use crate::rules::wex_spot;

/// How many orders may be open.
const MOST_OPEN: usize = 500;
/// The documentation's own number of a change.
const FIRST_CHANGE: u64 = 407_329_711_723_834_560;
/// How long an id of the caller's own is at least.
const SHORTEST: usize = 4;

/// Leverage accounts hold no orders here.
pub(super) fn is_spot(ask: &Ask<'_>) -> bool {
    !ask.is("bizType", "LEVER")
}

/// The side that is asked for, if one is.
pub(super) fn any_side(ask: &Ask<'_>, name: &str) -> Option<Side> {
    ask.text(name).map(|side| if side == "SELL" { Side::Sell } else { Side::Buy })
}

/// An id of the caller's own: letters, digits and underscores.
pub(super) fn own_id(ask: &Ask<'_>, name: &str) -> Result<Option<String>, Refusal> {
    let id = ask.text(name);
    let is_word = |id: &String| {
        id.len() >= SHORTEST && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    if id.as_ref().is_none_or(is_word) { Ok(id) } else { Err(Refusal::invalid(name)) }
}

/// What the engine objects to once the filters have let an order pass.
fn refuse(refused: Refused) -> Refusal {
    match refused {
        // An order that becomes smaller than what has traded.
        Refused::QtyRange => wex_spot::QTY_LOW.into(),
        Refused::WrongKind => Refusal::invalid("quoteQty"),
        other => other.into(),
    }
}

/// Places what a request or a row of a batch asks for.
pub(super) fn place(state: &mut State, ask: &Ask<'_>, in_batch: bool) -> Result<OrderId, Refusal> {
    let instrument = pairs::one(state, ask)?;
    if !is_spot(ask) {
        return Err(wex_spot::PRODUCT_CLOSED.into());
    }
    let client_id = own_id(ask, "clientOrderId")?;
    let side = any_side(ask, "side").unwrap_or(Side::Buy);
    let (price, qty, amount) = (ask.decimal("price")?, ask.decimal("quantity")?, ask.decimal("quoteQty")?);
    let size = if ask.is("type", "LIMIT") {
        price.ok_or_else(|| Refusal::missing("price"))?;
        Size::Base(qty.ok_or_else(|| Refusal::missing("quantity"))?)
    } else {
        let by_qty = side == Side::Sell || (in_batch && qty.is_some());
        match (price, qty, amount) {
            (Some(_), ..) => return Err(Refusal::invalid("price")),
            (None, Some(qty), None) if by_qty => Size::Base(qty),
            (None, None, Some(amount)) if !by_qty => Size::Quote(amount),
            _ => return Err(Refusal::invalid(if by_qty { "quantity" } else { "quoteQty" })),
        }
    };
    let (qty, amount) = match size {
        Size::Base(qty) => (Some(qty), None),
        Size::Quote(amount) => (None, Some(amount)),
    };
    filters::check(&state.engine, &Wish { instrument, side, price, qty, amount })?;
    if state.engine.open_orders(state.account).count() >= MOST_OPEN {
        return Err(Why::TooManyOrders.into());
    }
    let tif = read_tif(ask, "timeInForce");
    let new = NewOrder {
        size,
        price,
        tif,
        client_id,
        ..NewOrder::market(instrument, side, Slot::Net, qty.unwrap_or_default())
    };
    state.engine.place(state.account, new).map_err(refuse)
}

pub(super) fn submit(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = place(state, ask, false)?;
    Ok(write(&[("orderId", quote(&id.to_string())), ("ip", quote(rows::ADDRESS))]))
}

/// An order of the account's, by the venue's id.
pub(super) fn own<'a>(engine: &'a Engine, account: AccountId, id: &str) -> Result<&'a Order, Refusal> {
    let id: OrderId = id.parse().map_err(|_| Refusal::invalid("orderId"))?;
    let order = engine.order(id).filter(|order| order.account == account);
    order.ok_or_else(|| Why::UnknownOrderId.into())
}

pub(super) fn get(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let order = own(&state.engine, state.account, &ask.demand("orderId")?)?;
    Ok(rows::order(&state.engine, order))
}

pub(super) fn query(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let engine = &state.engine;
    let order = match (ask.text("orderId"), ask.text("clientOrderId")) {
        (Some(id), _) => own(engine, state.account, &id)?,
        (None, Some(own_id)) => engine.order_by_client_id(state.account, &own_id).ok_or(Why::UnknownOrder)?,
        (None, None) => return Err(Refusal::missing("orderId")),
    };
    Ok(rows::order_without_ip(engine, order))
}

pub(super) fn cancel(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = own(&state.engine, state.account, &ask.demand("orderId")?)?.id;
    state.engine.cancel(state.account, id)?;
    Ok(write(&[("cancelId", quote(&id.to_string()))]))
}

pub(super) fn update(venue: &mut WexSpot, state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let order = own(&state.engine, state.account, &ask.demand("orderId")?)?;
    if !order.is_open() {
        return Err(Why::OrderFinished.into());
    }
    let (price, qty) = (ask.demand_decimal("price")?, ask.demand_decimal("quantity")?);
    let (id, instrument, side) = (order.id, order.instrument, order.side);
    let wish = Wish { instrument, side, price: Some(price), qty: Some(qty), amount: None };
    filters::check(&state.engine, &wish)?;
    state.engine.amend(state.account, id, Some(price), Some(qty)).map_err(refuse)?;
    let change = FIRST_CHANGE + venue.next_serial();
    Ok(write(&[("orderId", quote(&id.to_string())), ("modifyId", quote(&change.to_string()))]))
}

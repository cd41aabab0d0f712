//! What private pushes say.

use crate::dialect::wex_spot::{balances, rows, transfers};
use crate::dialect::{Json, State, plain, quoted, symbol};
use crate::engine::{AccountId, AssetId, Decimal, Engine, Event, Fill, Order, Pocket, Side};
use crate::json::{quote, write};

/// Whether an event is told to the owner of an account.
pub(super) fn concerns(event: &Event, account: AccountId) -> bool {
    match event {
        Event::Order(order) => order.account == account,
        Event::Fill { account: of, .. } => *of == account,
        Event::Balance { account: of, pocket, .. } => *of == account && *pocket == Pocket::Spot,
        _ => false,
    }
}

/// A balance of spot, to which no symbol belongs.
pub(super) fn balance(state: &State, asset: AssetId, now_ms: i64) -> Option<Json> {
    let currency = balances::known(state.engine.asset_name(asset)).ok()?;
    let (frozen, free) = balances::held(state, currency);
    Some(write(&[
        ("a", quote(transfers::OWN)),
        ("t", now_ms.to_string()),
        ("c", quote(currency.name)),
        ("b", quoted(frozen + free)),
        ("f", quoted(frozen)),
        ("z", quote("SPOT")),
        ("s", quote("")),
    ]))
}

/// An order after a change. What it doesn't have is blank, but for its amount, which is a number.
pub(super) fn order(engine: &Engine, order: &Order) -> Json {
    let instrument = engine.instrument(order.instrument);
    let name = |name: Option<&String>| quote(name.map(String::as_str).unwrap_or_default());
    let blank = |number: Option<Decimal>| quote(&number.map(plain).unwrap_or_default());
    let qty = order.amount.is_none().then_some(order.qty);
    let amount = order.amount.or_else(|| order.price?.checked_mul(order.qty)).unwrap_or_default();
    let left = if order.is_open() { order.remaining() } else { Decimal::ZERO };
    let average = Some(order.average_price()).filter(|_| !order.filled.is_zero());
    write(&[
        ("s", symbol(engine, order.instrument)),
        ("bc", name(instrument.map(|instrument| &instrument.base))),
        ("qc", name(instrument.map(|instrument| &instrument.quote))),
        ("t", order.updated_ms.to_string()),
        ("ct", order.created_ms.to_string()),
        ("i", quote(&order.id.to_string())),
        ("ci", quote(&order.client_id)),
        ("st", quote(rows::status(order))),
        ("sd", quote(rows::side(order.side))),
        ("tp", quote(rows::kind(order))),
        ("oq", blank(qty)),
        ("oqq", plain(amount)),
        ("eq", quoted(order.filled)),
        ("lq", quoted(left)),
        ("p", blank(order.price)),
        ("ap", blank(average)),
        ("f", quoted(order.fees)),
    ])
}

/// An own trade: 1 is the taker's, 2 the maker's.
pub(super) fn fill(engine: &Engine, fill: &Fill) -> Json {
    let buyer_is_maker = fill.is_maker == (fill.side == Side::Buy);
    write(&[
        ("s", symbol(engine, fill.instrument)),
        ("i", fill.trade.to_string()),
        ("t", fill.at_ms.to_string()),
        ("oi", fill.order.to_string()),
        ("p", quoted(fill.price)),
        ("q", quoted(fill.qty)),
        ("v", quoted(fill.price * fill.qty)),
        ("b", buyer_is_maker.to_string()),
        ("tm", if fill.is_maker { "2" } else { "1" }.to_owned()),
    ])
}

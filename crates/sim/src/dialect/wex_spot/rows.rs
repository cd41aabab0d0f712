//! How orders and trades are written.

pub(super) use crate::dialect::words::{kind, side};
use crate::dialect::{Json, plain, quoted, words};
use crate::engine::{Decimal, Ended, Engine, Fill, InstrumentId, Order, Side, Status};
use crate::json::{quote, write};

/// Where every request comes from here.
pub(super) const ADDRESS: &str = "127.0.0.1";

/// Names around orders are in upper case, as documented.
fn upper(name: &str) -> Json {
    quote(&name.to_ascii_uppercase())
}

/// Symbol, base and quote currency.
fn names(engine: &Engine, id: InstrumentId) -> [Json; 3] {
    let instrument = engine.instrument(id);
    let name = |name: Option<&String>| upper(name.map(String::as_str).unwrap_or_default());
    [
        name(instrument.map(|instrument| &instrument.symbol)),
        name(instrument.map(|instrument| &instrument.base)),
        name(instrument.map(|instrument| &instrument.quote)),
    ]
}

/// A number that an order may be without: blank then.
fn blank(number: Option<Decimal>) -> Json {
    quote(&number.map(plain).unwrap_or_default())
}

/// Cancelled is what its owner cancelled; what ended by its own terms is expired.
pub(super) fn status(order: &Order) -> &'static str {
    match order.status {
        Status::New => "NEW",
        Status::PartiallyFilled => "PARTIALLY_FILLED",
        Status::Filled => "FILLED",
        Status::Cancelled if order.ended == Some(Ended::ByOwner) => "CANCELED",
        Status::Cancelled => "EXPIRED",
    }
}

/// An order with the address that placed it.
pub(super) fn order(engine: &Engine, order: &Order) -> Json {
    write(&members(engine, order, true))
}

/// The same without the address, which one answer lacks.
pub(super) fn order_without_ip(engine: &Engine, order: &Order) -> Json {
    write(&members(engine, order, false))
}

fn members(engine: &Engine, order: &Order, with_ip: bool) -> Vec<(&'static str, Json)> {
    let [symbol, base, quoted_in] = names(engine, order.instrument);
    let charged_in = if order.side == Side::Buy { base.clone() } else { quoted_in.clone() };
    // A market order by amount has a quantity only by what it bought.
    let (qty, amount) = match (order.amount, order.price) {
        (Some(budget), _) => (None, Some(budget)),
        (None, Some(price)) => (Some(order.qty), price.checked_mul(order.qty)),
        (None, None) => (Some(order.qty), None),
    };
    let left = if order.is_open() { order.remaining() } else { Decimal::ZERO };
    let average = Some(order.average_price()).filter(|_| !order.filled.is_zero());
    let mut members = vec![
        ("symbol", symbol),
        ("orderId", quote(&order.id.to_string())),
        ("clientOrderId", quote(&order.client_id)),
        ("baseCurrency", base),
        ("quoteCurrency", quoted_in),
        ("side", quote(side(order.side))),
        ("type", quote(kind(order))),
        ("timeInForce", quote(words::tif(order.tif))),
        ("price", blank(order.price)),
        ("origQty", blank(qty)),
        ("origQuoteQty", blank(amount)),
        ("executedQty", quoted(order.filled)),
        ("leavingQty", quoted(left)),
        ("tradeBase", quoted(order.filled)),
        ("tradeQuote", quoted(order.filled_value)),
        ("avgPrice", blank(average)),
        ("fee", quoted(order.fees)),
        ("feeCurrency", charged_in),
        ("state", quote(status(order))),
        ("time", order.created_ms.to_string()),
    ];
    if with_ip {
        members.push(("ip", quote(ADDRESS)));
    }
    members.push(("updatedTime", order.updated_ms.to_string()));
    members
}

/// An own trade; nothing is ever paid with coupons here.
pub(super) fn trade(engine: &Engine, fill: &Fill, of: &Order) -> Json {
    let [symbol, base, quoted_in] = names(engine, fill.instrument);
    let charged_in = if fill.side == Side::Buy { base.clone() } else { quoted_in.clone() };
    let none = || "null".to_owned();
    write(&[
        ("symbol", symbol),
        ("tradeId", quote(&fill.trade.to_string())),
        ("orderId", quote(&fill.order.to_string())),
        ("orderSide", quote(side(fill.side))),
        ("orderType", quote(kind(of))),
        ("bizType", quote("SPOT")),
        ("time", fill.at_ms.to_string()),
        ("price", quoted(fill.price)),
        ("quantity", quoted(fill.qty)),
        ("quoteQty", quoted(fill.price * fill.qty)),
        ("baseCurrency", base),
        ("quoteCurrency", quoted_in),
        ("takerMaker", quote(if fill.is_maker { "maker" } else { "taker" })),
        ("deductType", none()),
        ("deductFee", none()),
        ("fee", quoted(fill.fee)),
        ("feeCurrency", charged_in),
        ("couponAmount", none()),
        ("couponCurrency", none()),
    ])
}

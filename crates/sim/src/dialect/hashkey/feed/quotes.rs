//! What public pushes carry.

use crate::dialect::book::{Shown, levels};
use crate::dialect::hashkey::{quotes, rows};
use crate::dialect::market::{change, day};
use crate::dialect::{Json, plain, quoted, symbol};
use crate::engine::{Candle, Decimal, Engine, InstrumentId, PublicTrade, Side};
use crate::json::{quote, write};

use super::Version;

type Members = Vec<(&'static str, Json)>;

const EXCHANGE: &str = "301";
/// Versions of books start here: they look like the venue's.
const FIRST_VERSION: u64 = 538_222_447;

pub(super) fn kline(
    engine: &Engine,
    id: InstrumentId,
    interval: &str,
    now_ms: i64,
    version: Version,
) -> Json {
    let found = engine.tape(id).and_then(|tape| quotes::current(tape, interval));
    let candle = found.unwrap_or_else(|| Candle::still(engine.last_price(id), now_ms));
    let mut members: Members = vec![
        ("t", candle.start_ms.to_string()),
        ("s", symbol(engine, id)),
        ("sn", symbol(engine, id)),
        ("c", quoted(candle.close)),
        ("h", quoted(candle.high)),
        ("l", quoted(candle.low)),
        ("o", quoted(candle.open)),
        ("v", quoted(candle.volume)),
    ];
    if version == Version::V1 {
        members.extend([
            ("et", "0".to_owned()),
            ("qv", quoted(candle.turnover)),
            ("td", candle.trades.to_string()),
            ("tb", quoted(candle.bought)),
            ("tq", quoted(candle.bought_value)),
        ]);
    }
    write(&members)
}

/// Without its time: what has to change for a push.
pub(super) fn realtimes(engine: &Engine, id: InstrumentId, now_ms: i64, version: Version) -> Members {
    let last = engine.last_price(id);
    let day = day(engine, id, now_ms);
    let change = change(&day, last, 4);
    let (s, sn) = (("s", symbol(engine, id)), ("sn", symbol(engine, id)));
    let (c, h, l) = (("c", quoted(last)), ("h", quoted(day.high)), ("l", quoted(day.low)));
    let o = ("o", quoted(day.open));
    let rest = [("v", quoted(day.volume)), ("qv", quoted(day.turnover)), ("m", quoted(change))];
    let mut members: Members = match version {
        Version::V1 => vec![s, sn, c, h, l, o],
        Version::V2 => vec![s, o, h, l, c],
    };
    members.extend(rest);
    if version == Version::V1 {
        members.push(("e", EXCHANGE.to_owned()));
    }
    members
}

pub(super) fn trade(trade: &PublicTrade) -> Json {
    write(&[
        ("v", quote(&(rows::FIRST_TICKET + trade.id).to_string())),
        ("t", trade.at_ms.to_string()),
        ("p", quoted(trade.price)),
        ("q", quoted(trade.qty)),
        ("m", (trade.taker == Side::Sell).to_string()),
    ])
}

/// `order` counts deltas: none for a whole book, and a delta doesn't say of which pair it is.
pub(super) fn book(
    shown: &Shown,
    engine: &Engine,
    id: InstrumentId,
    now_ms: i64,
    version: Version,
    order: u64,
) -> Json {
    let scale = if version == Version::V1 { 18 } else { 2 };
    let name = ("s", symbol(engine, id));
    let number = quote(&format!("{}_{scale}", FIRST_VERSION + engine.revision(id)));
    let mut members: Members = match version {
        Version::V1 => vec![("e", EXCHANGE.to_owned())],
        Version::V2 => Vec::new(),
    };
    members.extend((order == 0).then_some(name));
    members.extend([
        ("t", now_ms.to_string()),
        ("v", number),
        ("b", levels(&shown.bids)),
        ("a", levels(&shown.asks)),
    ]);
    if version == Version::V1 {
        members.push(("o", order.to_string()));
    }
    write(&members)
}

/// Without its time, too.
pub(super) fn bbo(engine: &Engine, id: InstrumentId) -> Members {
    let best = |side| engine.levels(id, side, 1).first().copied();
    let text = |value: Option<Decimal>| quote(&value.map(plain).unwrap_or_default());
    let (bid, offer) = (best(Side::Buy), best(Side::Sell));
    vec![
        ("s", symbol(engine, id)),
        ("b", text(bid.map(|(price, _)| price))),
        ("bz", text(bid.map(|(_, qty)| qty))),
        ("a", text(offer.map(|(price, _)| price))),
        ("az", text(offer.map(|(_, qty)| qty))),
    ]
}

/// The number of a book, for what is undocumented about the best prices.
pub(super) fn number(engine: &Engine, id: InstrumentId) -> Json {
    quote(&format!("{}_2", FIRST_VERSION + engine.revision(id)))
}

/// Undocumented: the mark price.
pub(super) fn mark(engine: &Engine, id: InstrumentId) -> Members {
    vec![("symbol", symbol(engine, id)), ("markPrice", quoted(engine.mark_price(id)))]
}

/// Undocumented: the index, its estimated delivery price, and where it comes from.
pub(super) fn index(engine: &Engine, id: InstrumentId) -> Json {
    let price = engine.mark_price(id);
    write(&[
        ("symbol", symbol(engine, id)),
        ("index", quoted(price)),
        ("edp", quoted(price)),
        ("formula", quote(&format!("({}[SIM])/1", plain(price)))),
    ])
}

//! What public pushes say.

use crate::clock::Clock;
use crate::dialect::bitmart::rows;
use crate::dialect::book::Shown;
use crate::dialect::market::{FUNDING, best, change, current, day, next_funding_ms};
use crate::dialect::{Interval, Json, quoted};
use crate::engine::{Decimal, Engine, InstrumentId, PublicTrade, Side};
use crate::json::{list, quote, write};
use crate::manner::Manner;

pub(super) fn ticker(engine: &Engine, id: InstrumentId, now_ms: i64) -> Json {
    let last = engine.last_price(id);
    let day = day(engine, id, now_ms);
    let range = change(&day, last, 16);
    let ((ask, ask_vol), (bid, bid_vol)) = (best(engine, id, Side::Sell), best(engine, id, Side::Buy));
    write(&[
        ("symbol", rows::symbol(engine, id)),
        ("last_price", quoted(last)),
        ("volume_24", quoted(day.volume)),
        ("range", quoted(range)),
        ("mark_price", quoted(engine.mark_price(id))),
        ("index_price", quoted(engine.mark_price(id))),
        ("ask_price", quoted(ask)),
        ("ask_vol", quoted(ask_vol)),
        ("bid_price", quoted(bid)),
        ("bid_vol", quoted(bid_vol)),
    ])
}

pub(super) fn funding(engine: &Engine, id: InstrumentId, now_ms: i64) -> Json {
    let next_ms = next_funding_ms(now_ms);
    write(&[
        ("symbol", rows::symbol(engine, id)),
        ("fundingRate", quote(FUNDING)),
        // Of the push and not of the settlement, as in the documented example and live.
        ("fundingTime", (now_ms - now_ms.rem_euclid(1000)).to_string()),
        ("nextFundingRate", quote(FUNDING)),
        ("nextFundingTime", next_ms.to_string()),
        ("funding_upper_limit", quote("0.0375")),
        ("funding_lower_limit", quote("-0.0375")),
        ("ts", now_ms.to_string()),
    ])
}

fn levels(levels: &[(Decimal, Decimal)]) -> Json {
    list(levels.iter().map(|(price, qty)| write(&[("price", quoted(*price)), ("vol", quoted(*qty))])))
}

/// One side of a book.
pub(super) fn side(
    engine: &Engine,
    id: InstrumentId,
    side: Side,
    depths: &[(Decimal, Decimal)],
    now_ms: i64,
) -> Json {
    write(&[
        ("symbol", rows::symbol(engine, id)),
        ("way", if side == Side::Buy { "1" } else { "2" }.to_owned()),
        ("depths", levels(depths)),
        ("ms_t", now_ms.to_string()),
    ])
}

/// Both sides; `version` and kind only where the channel has them.
pub(super) fn book(
    shown: &Shown,
    engine: &Engine,
    id: InstrumentId,
    now_ms: i64,
    version: Option<(u64, &str)>,
) -> Json {
    let mut members = vec![
        ("symbol", rows::symbol(engine, id)),
        ("asks", levels(&shown.asks)),
        ("bids", levels(&shown.bids)),
        ("ms_t", now_ms.to_string()),
    ];
    if let Some((version, kind)) = version {
        members.push(("version", version.to_string()));
        members.push(("type", quote(kind)));
    }
    write(&members)
}

/// Without its time: what has to change for a push.
pub(super) fn book_ticker(engine: &Engine, id: InstrumentId) -> Vec<(&'static str, Json)> {
    let ((ask, ask_vol), (bid, bid_vol)) = (best(engine, id, Side::Sell), best(engine, id, Side::Buy));
    vec![
        ("symbol", rows::symbol(engine, id)),
        ("best_bid_price", quoted(bid)),
        ("best_bid_vol", quoted(bid_vol)),
        ("best_ask_price", quoted(ask)),
        ("best_ask_vol", quoted(ask_vol)),
    ]
}

pub(super) fn trades(engine: &Engine, id: InstrumentId, trades: &[PublicTrade]) -> Json {
    list(trades.iter().map(|trade| {
        write(&[
            ("trade_id", trade.id.to_string()),
            ("symbol", rows::symbol(engine, id)),
            ("deal_price", quoted(trade.price)),
            ("deal_vol", quoted(trade.qty)),
            ("m", (trade.taker == Side::Sell).to_string()),
            ("created_at", quote(&Clock::rfc3339(trade.at_ms))),
        ])
    }))
}

/// The current candle; those of the mark price are the same here, as in REST.
pub(super) fn candle(engine: &Engine, id: InstrumentId, minutes: i64, now_ms: i64, manner: Manner) -> Json {
    let candle = current(engine, id, Interval::minutes(minutes), now_ms);
    let values = vec![
        ("o", quoted(candle.open)),
        ("h", quoted(candle.high)),
        ("l", quoted(candle.low)),
        ("c", quoted(candle.close)),
        ("v", quoted(candle.volume)),
        ("ts", (candle.start_ms / 1000).to_string()),
    ];
    let symbol = ("symbol", rows::symbol(engine, id));
    match manner {
        Manner::Observed => write(&[symbol, ("items", list([write(&values)]))]),
        Manner::Usual | Manner::Documented => write(&[vec![symbol], values].concat()),
    }
}

//! Lists of own trades.

use super::words::{self, cursor_page, page, span, wanted};
use crate::dialect::{Ask, Json, State, plain, quoted};
use crate::engine::{Engine, Fill, OrderId};
use crate::json::{list, quote, write};
use crate::refusal::Refusal;

/// The account's fills that a list is about, the latest first.
fn fills<'a>(state: &'a State, ask: &Ask<'_>) -> Result<Vec<&'a Fill>, Refusal> {
    let (engine, wanted, span) = (&state.engine, wanted(state, ask)?, span(ask)?);
    // What is no number names no order.
    let of: Option<Option<OrderId>> = ask.text("orderId").map(|id| id.parse().ok());
    let fills = engine.account(state.account).fills().rev();
    Ok(fills
        .filter(|fill| wanted.has(engine, fill.instrument) && span.contains(&fill.at_ms))
        .filter(|fill| of.is_none_or(|of| of == Some(fill.order)))
        .collect())
}

fn taker_maker(fill: &Fill) -> Json {
    quote(if fill.is_maker { "MAKER" } else { "TAKER" })
}

fn row(engine: &Engine, fill: &Fill) -> Json {
    write(&[
        ("fee", plain(fill.fee)),
        ("feeCoin", quote(words::coin(engine, fill.instrument))),
        ("orderId", fill.order.to_string()),
        ("execId", fill.trade.to_string()),
        ("price", plain(fill.price)),
        ("quantity", plain(fill.qty)),
        ("symbol", words::symbol(engine, fill.instrument)),
        ("timestamp", fill.at_ms.to_string()),
        ("takerMaker", taker_maker(fill)),
    ])
}

/// `order/trade-list`.
pub(super) fn numbered(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let rows: Vec<Json> = fills(state, ask)?.into_iter().map(|fill| row(&state.engine, fill)).collect();
    Ok(page(ask)?.write(&rows))
}

/// `order/quant/trade-list`.
pub(super) fn quant(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let engine = &state.engine;
    let rows = fills(state, ask)?.into_iter().map(|fill| {
        let value = engine.instrument(fill.instrument).map(|on| on.value(fill.price, fill.qty));
        let coin = words::coin(engine, fill.instrument).to_ascii_uppercase();
        let row = write(&[
            ("execId", fill.trade.to_string()),
            ("orderId", fill.order.to_string()),
            ("symbol", words::symbol(engine, fill.instrument)),
            ("price", quoted(fill.price)),
            ("quantity", quoted(fill.qty)),
            ("quoteQty", quoted(value.unwrap_or_default())),
            ("fee", quoted(fill.fee)),
            ("feeCoin", quote(&coin)),
            ("takerMaker", taker_maker(fill)),
            ("timestamp", fill.at_ms.to_string()),
        ]);
        (fill.trade, row)
    });
    cursor_page(ask, rows.collect(), "hasPrev", 2000)
}

/// `order/trade-list-all`, without pages.
pub(super) fn all(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let engine = &state.engine;
    Ok(list(fills(state, ask)?.into_iter().map(|fill| {
        let contract_size = engine.instrument(fill.instrument).map(|on| on.multiplier);
        let coin = words::coin(engine, fill.instrument).to_ascii_uppercase();
        write(&[
            ("orderId", quote(&fill.order.to_string())),
            ("execId", quote(&fill.trade.to_string())),
            ("symbol", words::joined_symbol(engine, fill.instrument)),
            ("contractSize", plain(contract_size.unwrap_or_default())),
            ("quantity", quoted(fill.qty)),
            ("price", quoted(fill.price)),
            ("fee", quoted(fill.fee)),
            ("couponDeductFee", quote("0")),
            ("bonusDeductFee", quote("0")),
            ("feeCoin", quote(&coin)),
            ("timestamp", fill.at_ms.to_string()),
            ("takerMaker", taker_maker(fill)),
            ("orderSide", quote(words::side(fill.side))),
            ("positionSide", quote(words::position_side(fill.slot))),
        ])
    })))
}

//! Changes of the balance: one row a transfer, one row a fill with its profit and its fee.

use super::account::COIN;
use super::asked::{limit, short_span};
use super::long_id;
use crate::dialect::interval::DAY_MS;
use crate::dialect::{Ask, Json, State, quoted, symbol};
use crate::engine::{Decimal, Fill, Flow, FlowKind, InstrumentId, Side, Slot};
use crate::json::{list, quote, write};
use crate::refusal::Refusal;

/// A change of the balance.
struct Record {
    id: u64,
    event: i64,
    amount: Decimal,
    fee: Decimal,
    instrument: Option<InstrumentId>,
    at_ms: i64,
}

impl Record {
    fn of_fill(fill: &Fill) -> Self {
        let event = match (fill.slot, fill.side) {
            (Slot::Short, Side::Sell) => 202,
            (Slot::Short, Side::Buy) => 205,
            (_, Side::Buy) => 201,
            (_, Side::Sell) => 204,
        };
        Self {
            // Trades and transfers are counted apart: even and odd.
            id: fill.trade.saturating_mul(2),
            event,
            amount: fill.realised,
            fee: fill.fee,
            instrument: Some(fill.instrument),
            at_ms: fill.at_ms,
        }
    }

    fn of_transfer(flow: &Flow) -> Self {
        Self {
            id: flow.id.saturating_mul(2).saturating_add(1),
            event: if flow.amount.is_sign_negative() { 4 } else { 3 },
            amount: flow.amount,
            fee: Decimal::ZERO,
            instrument: None,
            at_ms: flow.at_ms,
        }
    }
}

/// The latest first.
pub(super) fn all(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (engine, instrument) = (&state.engine, ask.any_instrument(&state.engine)?);
    // A span that is too long has no code of its own.
    let span = short_span(ask, 30 * DAY_MS, Refusal::invalid("startTime"))?;
    let (event, most) = (ask.integer("event")?, limit(ask, 500)?);
    let account = engine.account(state.account);
    let transfers = account.flows().filter(|flow| flow.kind == FlowKind::Transfer).map(Record::of_transfer);
    let mut records: Vec<Record> = transfers
        .chain(account.fills().map(Record::of_fill))
        .filter(|record| instrument.is_none() || record.instrument == instrument)
        .filter(|record| event.is_none_or(|event| record.event == event))
        .filter(|record| span.contains(&record.at_ms))
        .collect();
    records.sort_by_key(|record| record.at_ms);
    Ok(list(records.into_iter().rev().take(most).map(|record| {
        write(&[
            ("id", quote(&long_id(record.id))),
            ("event", record.event.to_string()),
            ("amount", quoted(record.amount)),
            ("coin", quote(COIN)),
            ("fee", quoted(record.fee)),
            ("symbol", record.instrument.map_or_else(|| quote(""), |id| symbol(engine, id))),
            ("note", quote("")),
            ("createdAt", record.at_ms.to_string()),
        ])
    })))
}

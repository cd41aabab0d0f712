//! What has changed the balances.

use std::collections::BTreeMap;

use super::account::coin_names;
use super::words::{any_contract, cursor_page, span};
use crate::dialect::{Ask, Json, State, plain};
use crate::engine::{AssetId, Decimal, FlowKind, Pocket};
use crate::json::{quote, write};
use crate::refusal::Refusal;

/// Adds the documented example's first digits to a number, so that ids look like the venue's.
const FIRST: u64 = 203_530_723_141_000_000;

pub(super) fn list(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (engine, wanted, span) = (&state.engine, any_contract(state, ask)?, span(ask)?);
    let account = engine.account(state.account);
    let is_here = |asset: AssetId| coin_names(ask).contains(&engine.asset_name(asset));
    let mut after: BTreeMap<AssetId, Decimal> = BTreeMap::new();
    let mut rows = Vec::new();
    // From the latest back: what was there after one is what was there before the next.
    for flow in account.flows().rev().filter(|flow| is_here(flow.asset)) {
        let now = account.wallet(Pocket::Futures, flow.asset).total;
        let balance = after.entry(flow.asset).or_insert(now);
        let after_it = *balance;
        *balance -= flow.amount;
        let about = wanted.is_none_or(|wanted| flow.instrument == Some(wanted));
        if !about || !span.contains(&flow.at_ms) {
            continue;
        }
        let kind = match flow.kind {
            FlowKind::Transfer => "EXCHANGE",
            FlowKind::RealisedPnl => "CLOSE_POSITION",
            FlowKind::Fee => "FEE",
        };
        let symbol = flow.instrument.and_then(|id| engine.instrument(id)).map(|on| on.symbol.as_str());
        let row = write(&[
            ("afterAmount", plain(after_it)),
            ("amount", plain(flow.amount.abs())),
            ("coin", quote(engine.asset_name(flow.asset))),
            ("createdTime", flow.at_ms.to_string()),
            ("id", (FIRST + flow.id).to_string()),
            ("side", quote(if flow.amount.is_sign_negative() { "SUB" } else { "ADD" })),
            ("symbol", quote(symbol.unwrap_or_default())),
            ("type", quote(kind)),
        ]);
        rows.push((FIRST + flow.id, row));
    }
    cursor_page(ask, rows, "hasPrev", 1000)
}

/// A list of what doesn't happen here.
pub(super) fn none(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    any_contract(state, ask)?;
    cursor_page(ask, Vec::new(), "hasPrev", 1000)
}

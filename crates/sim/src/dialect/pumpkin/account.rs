//! Balances and what changed them.

use super::order_lists::Narrow;
use super::pages::Walk;
use super::words::or_null;
use crate::dialect::{Ask, Json, State, quoted, symbol};
use crate::engine::{AssetId, Decimal, FlowKind, Margin, Pocket};
use crate::json::{list, quote, write};
use crate::refusal::Refusal;

fn row(state: &State, asset: AssetId) -> Json {
    let (engine, account) = (&state.engine, state.account);
    let wallet = engine.account(account).wallet(Pocket::Futures, asset);
    let is_settled_in = |id| engine.instrument(id).is_some_and(|of| of.quote == engine.asset_name(asset));
    let tied_up = |margin: Margin| -> Decimal {
        let positions = engine.account(account).positions();
        positions
            .filter(|(id, _, held)| !held.qty.is_zero() && held.margin == margin && is_settled_in(*id))
            .map(|(.., held)| held.tied_up())
            .sum()
    };
    write(&[
        ("coin", quote(engine.asset_name(asset))),
        ("walletBalance", quoted(wallet.total)),
        ("openOrderMarginFrozen", quoted(wallet.reserved)),
        ("isolatedMargin", quoted(tied_up(Margin::Isolated))),
        ("crossedMargin", quoted(tied_up(Margin::Cross))),
        ("availableBalance", quoted(engine.available(account, Pocket::Futures, asset))),
        ("bonus", quote("0")),
    ])
}

/// What contracts are settled in.
pub(super) fn balances(state: &State) -> Result<Json, Refusal> {
    Ok(list(state.engine.find_asset("usdt").map(|asset| row(state, asset))))
}

fn asset(state: &State, ask: &Ask<'_>) -> Result<Option<AssetId>, Refusal> {
    // The documentation writes it either way.
    let find = |coin: String| state.engine.find_asset(&coin.to_lowercase());
    ask.text("coin").map(|coin| find(coin).ok_or_else(|| Refusal::invalid("coin"))).transpose()
}

pub(super) fn balance(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    asset(state, ask)?.map(|asset| row(state, asset)).ok_or_else(|| Refusal::missing("coin"))
}

pub(super) fn bills(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (narrow, asset, wanted) = (Narrow::of(state, ask)?, asset(state, ask)?, ask.text("type"));
    let kind = |kind: FlowKind| match kind {
        FlowKind::Transfer => "EXCHANGE",
        FlowKind::RealisedPnl => "CLOSE_POSITION",
        FlowKind::Fee => "FEE",
    };
    let flows = state.engine.account(state.account).flows().rev();
    let flows = flows
        .filter(|flow| narrow.has(flow.instrument, flow.at_ms))
        .filter(|flow| asset.is_none_or(|asset| flow.asset == asset))
        .filter(|flow| wanted.as_ref().is_none_or(|wanted| kind(flow.kind) == wanted))
        .collect();
    Ok(Walk::of(ask, flows, |flow| flow.id)?.edges(|flow| {
        write(&[
            ("id", quote(&flow.id.to_string())),
            ("coin", quote(state.engine.asset_name(flow.asset))),
            ("symbol", or_null(flow.instrument.map(|id| symbol(&state.engine, id)))),
            ("type", quote(kind(flow.kind))),
            ("amount", quote(&format!("{:.8}", flow.amount))),
            ("side", quote(if flow.amount.is_sign_negative() { "SUB" } else { "ADD" })),
            // As in all examples.
            ("afterAmount", "null".to_owned()),
            ("createdTime", flow.at_ms.to_string()),
        ])
    }))
}

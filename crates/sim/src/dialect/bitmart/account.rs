//! The account: money, fees, settings, movements.

use super::orders::{margin, span};
use super::rows;
use crate::dialect::{Ask, Json, State, quoted};
use crate::engine::{FlowKind, Pocket, PositionMode};
use crate::json::{list, quote, write};
use crate::refusal::Refusal;

/// What the documented answer lists.
const CURRENCIES: [&str; 3] = ["USDT", "BTC", "ETH"];

pub(super) fn assets(state: &State) -> Result<Json, Refusal> {
    let (engine, account) = (&state.engine, state.account);
    Ok(list(CURRENCIES.into_iter().filter_map(|currency| {
        let asset = engine.find_asset(currency)?;
        let wallet = engine.account(account).wallet(Pocket::Futures, asset);
        let unrealised = engine.unrealised(account, asset);
        Some(write(&[
            ("currency", quote(currency)),
            ("position_deposit", quoted(engine.tied_up(account, asset))),
            ("frozen_balance", quoted(wallet.reserved)),
            ("available_balance", quoted(engine.available(account, Pocket::Futures, asset))),
            ("equity", quoted(wallet.total + unrealised)),
            ("unrealized", quoted(unrealised)),
        ]))
    })))
}

pub(super) fn fee_rate(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    let instrument = state.engine.instrument(id);
    let rate = |rate: Option<_>| quoted(rate.unwrap_or_default());
    Ok(write(&[
        ("symbol", rows::symbol(&state.engine, id)),
        ("taker_fee_rate", rate(instrument.map(|instrument| instrument.taker_fee))),
        ("maker_fee_rate", rate(instrument.map(|instrument| instrument.maker_fee))),
    ]))
}

pub(super) fn leverage(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    let wish = ask.decimal("leverage")?;
    let setting = state.engine.choose(state.account, id, wish, margin(ask))?;
    let highest = state.engine.instrument(id).map(|instrument| instrument.max_leverage);
    Ok(write(&[
        ("symbol", rows::symbol(&state.engine, id)),
        ("leverage", quoted(setting.leverage)),
        ("open_type", rows::open_type(setting.margin)),
        ("max_value", quoted(highest.unwrap_or_default())),
    ]))
}

pub(super) fn set_mode(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let one_way = ask.is("position_mode", "one_way_mode");
    let wish = if one_way { PositionMode::OneWay } else { PositionMode::Hedge };
    state.engine.choose_mode(state.account, wish)?;
    mode(state)
}

pub(super) fn mode(state: &State) -> Result<Json, Refusal> {
    let mode = match state.engine.account(state.account).mode() {
        PositionMode::Hedge => "hedge_mode",
        PositionMode::OneWay => "one_way_mode",
    };
    Ok(write(&[("position_mode", quote(mode))]))
}

pub(super) fn flows(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (engine, instrument) = (&state.engine, ask.any_instrument(&state.engine)?);
    let (from_ms, to_ms) = span(ask, 1)?;
    let wanted = match ask.text("flow_type").as_deref() {
        None | Some("0") => None,
        Some("1") => Some(Some(FlowKind::Transfer)),
        Some("2") => Some(Some(FlowKind::RealisedPnl)),
        Some("4") => Some(Some(FlowKind::Fee)),
        // Funding and liquidation don't happen here.
        Some(_) => Some(None),
    };
    let flows = engine
        .account(state.account)
        .flows()
        .rev()
        .filter(|flow| instrument.is_none_or(|wanted| flow.instrument == Some(wanted)))
        .filter(|flow| wanted.is_none_or(|wanted| wanted == Some(flow.kind)))
        .filter(|flow| (from_ms..=to_ms).contains(&flow.at_ms));
    let most = ask.count("page_size", 100, 1000)?;
    Ok(list(flows.take(most).map(|flow| {
        let kind = match flow.kind {
            FlowKind::Transfer => "Transfer",
            FlowKind::RealisedPnl => "Realized PNL",
            FlowKind::Fee => "Commission Fee",
        };
        write(&[
            ("symbol", flow.instrument.map_or_else(|| quote(""), |id| rows::symbol(engine, id))),
            ("type", quote(kind)),
            ("amount", quoted(flow.amount)),
            ("asset", quote(engine.asset_name(flow.asset))),
            ("account", quote("futures")),
            ("time", quote(&flow.at_ms.to_string())),
            ("tran_id", quote(&flow.id.to_string())),
        ])
    })))
}

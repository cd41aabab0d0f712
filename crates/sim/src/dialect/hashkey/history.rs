//! Orders and trades, looked at: newest first, and back from there.

use super::accounts;
use super::lists::{bound, recent};
use super::orders::side;
use super::rows;
use crate::dialect::{Ask, Json, State};
use crate::engine::{AccountId, Fill, Order};
use crate::json::{list, quote, write};
use crate::refusal::{Refusal, Why};
use crate::rules::hashkey;

/// What a list of own orders leaves out, and one of a sub-account's orders doesn't.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Own,
    Sub,
}

pub(super) fn order(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let account = accounts::trading(state, ask)?;
    let order = match (ask.text("orderId"), ask.text("origClientOrderId")) {
        (Some(id), _) => id.parse().ok().and_then(|id| state.engine.order(id)),
        (None, Some(id)) => state.engine.order_by_client_id(account, &id),
        (None, None) => return Err(Refusal::missing("orderId")),
    };
    let order = order.filter(|order| order.account == account).ok_or(Why::UnknownOrderId)?;
    let fees = vec![("feeCoin", quote("")), ("feeAmount", quote("0")), ("sumFeeAmount", quote("0"))];
    Ok(write(&[rows::order(state, order), fees, rows::ending(order)].concat()))
}

/// Orders of a list, by what all lists can be narrowed to.
fn orders<'a>(
    state: &State,
    ask: &Ask<'_>,
    all: impl Iterator<Item = &'a Order>,
    form: Form,
) -> Result<Json, Refusal> {
    let (instrument, side) = (ask.any_instrument(&state.engine)?, side(ask));
    let before = bound(ask, "fromOrderId")?;
    let most = ask.count("limit", 500, if form == Form::Own { 1000 } else { 500 })?;
    let mut found: Vec<&Order> = all
        .filter(|order| instrument.is_none_or(|wanted| order.instrument == wanted))
        .filter(|order| side.is_none_or(|wanted| order.side == wanted))
        .filter(|order| before.is_none_or(|before| order.id < before))
        .collect();
    found.sort_by_key(|order| std::cmp::Reverse(order.id));
    Ok(list(found.into_iter().take(most).map(|order| {
        let more = if form == Form::Sub { rows::ending(order) } else { Vec::new() };
        write(&[rows::order(state, order), more].concat())
    })))
}

fn open_of(state: &State, ask: &Ask<'_>, account: AccountId, form: Form) -> Result<Json, Refusal> {
    orders(state, ask, state.engine.open_orders(account), form)
}

fn closed_of(state: &State, ask: &Ask<'_>, account: AccountId, form: Form) -> Result<Json, Refusal> {
    let (from_ms, to_ms) = recent(ask, 90, hashkey::TOO_OLD_QUARTER)?;
    let in_time = |order: &&Order| (from_ms..=to_ms).contains(&order.created_ms);
    orders(state, ask, state.engine.finished_orders(account).filter(in_time), form)
}

fn trades_of(state: &State, ask: &Ask<'_>, account: AccountId) -> Result<Json, Refusal> {
    let instrument = ask.any_instrument(&state.engine)?;
    let (from_ms, to_ms) = recent(ask, 30, hashkey::TOO_OLD_MONTH)?;
    let (before, after) = (bound(ask, "fromId")?, bound(ask, "toId")?);
    let client_id = ask.text("clientOrderId");
    let most = ask.count("limit", 500, 1000)?;
    let mut found: Vec<&Fill> = state
        .engine
        .account(account)
        .fills()
        .filter(|fill| instrument.is_none_or(|wanted| fill.instrument == wanted))
        .filter(|fill| (from_ms..=to_ms).contains(&fill.at_ms))
        .filter(|fill| client_id.as_ref().is_none_or(|wanted| fill.client_id == *wanted))
        .filter(|fill| before.is_none_or(|before| rows::trade_id(fill) < before))
        .filter(|fill| after.is_none_or(|after| rows::trade_id(fill) > after))
        .collect();
    found.sort_by_key(|fill| std::cmp::Reverse(rows::trade_id(fill)));
    Ok(list(found.into_iter().take(most).map(|fill| rows::trade(state, fill))))
}

pub(super) fn open(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    open_of(state, ask, state.account, Form::Own)
}

pub(super) fn closed(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    closed_of(state, ask, state.account, Form::Own)
}

pub(super) fn trades(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    trades_of(state, ask, accounts::trading(state, ask)?)
}

/// The sub-account that `subAccountId` names; the only one when it isn't given, where it needn't be.
fn sub(state: &State, ask: &Ask<'_>) -> Result<AccountId, Refusal> {
    let id = ask.text("subAccountId").unwrap_or_else(|| accounts::SUB.to_owned());
    accounts::sub_account(state, &id)
}

pub(super) fn sub_open(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    open_of(state, ask, sub(state, ask)?, Form::Sub)
}

pub(super) fn sub_closed(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    closed_of(state, ask, sub(state, ask)?, Form::Sub)
}

pub(super) fn sub_trades(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    trades_of(state, ask, sub(state, ask)?)
}

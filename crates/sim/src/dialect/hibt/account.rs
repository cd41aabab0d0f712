//! The account's money, and the leverage of what it opens.

use super::close;
use crate::dialect::{Ask, Json, State, plain, quoted, symbol};
use crate::engine::{Decimal, Pocket};
use crate::json::{quote, write};
use crate::refusal::Refusal;

/// The one currency.
pub(super) const COIN: &str = "usdt";

pub(super) fn balance(state: &State) -> Result<Json, Refusal> {
    let (engine, account) = (&state.engine, state.account);
    let asset = engine.find_asset(COIN).ok_or_else(|| Refusal::invalid("coin"))?;
    let wallet = engine.account(account).wallet(Pocket::Futures, asset);
    let (mut profit, mut loss) = (Decimal::ZERO, Decimal::ZERO);
    for (id, _, position) in close::held(state) {
        let multiplier = engine.instrument(id).map(|listed| listed.multiplier).unwrap_or_default();
        let on_paper = position.unrealised(engine.mark_price(id), multiplier);
        *(if on_paper.is_sign_negative() { &mut loss } else { &mut profit }) += on_paper;
    }
    Ok(write(&[
        ("balance", quoted(wallet.total)),
        ("frozen", quoted(wallet.reserved)),
        ("margin", quoted(engine.tied_up(account, asset))),
        ("point", quote("0")),
        ("loans", quote("0")),
        ("profit", quoted(profit + loss)),
        ("unProfit", quoted(profit)),
        ("unLosses", quoted(loss)),
        ("coin", quote(COIN)),
    ]))
}

pub(super) fn set_leverage(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let id = ask.instrument(&state.engine)?;
    let wish = ask.demand_decimal("leverage")?;
    let setting = state.engine.choose(state.account, id, Some(wish), None)?;
    Ok(write(&[("symbol", symbol(&state.engine, id)), ("leverage", plain(setting.leverage))]))
}

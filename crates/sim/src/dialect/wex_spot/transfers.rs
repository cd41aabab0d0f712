//! Money between the pockets of an account, and between accounts of one owner.

use super::balances;
use super::pairs;
use crate::dialect::{Ask, Json, State};
use crate::engine::{AccountId, AssetId, Decimal, Pocket, Refused};
use crate::refusal::{Refusal, Why};
use crate::rules::wex_spot;

/// The number of the key's own account; any other number opens a sub-account.
pub(super) const OWN: &str = "100001";
/// The documented bound of an amount's text.
const LONGEST: usize = 113;

/// Where money lies: an account, or a pocket of one that the engine has no word for.
fn place(
    state: &mut State,
    ask: &Ask<'_>,
    owner: Option<&str>,
    name: &str,
) -> Result<(AccountId, Pocket), Refusal> {
    let kind = ask.demand(name)?;
    let drawer = match kind.as_str() {
        "SPOT" | "FUTURES_U" => String::new(),
        // There is a leverage account for each pair.
        "LEVER" => {
            let symbol = ask.text("symbol").ok_or(wex_spot::PAIR_MISSING)?;
            pairs::find(&state.engine, &symbol)?;
            format!("/{kind}/{}", symbol.to_ascii_lowercase())
        }
        _ => format!("/{kind}"),
    };
    let pocket = if kind == "FUTURES_U" { Pocket::Futures } else { Pocket::Spot };
    let account = match (owner, drawer.as_str()) {
        (None, "") => state.account,
        (owner, drawer) => {
            let name = format!("{}{drawer}", owner.unwrap_or_default());
            state.open_other(&name).ok_or(Why::AccountUnknown)?
        }
    };
    Ok((account, pocket))
}

/// What is moved: names are in lower case, as documented.
fn money(state: &State, ask: &Ask<'_>) -> Result<(AssetId, Decimal), Refusal> {
    let name = ask.demand("currency")?;
    let currency = balances::known(&name)?;
    let asset = state.engine.find_asset(currency.name).filter(|_| currency.name == name);
    let asset = asset.ok_or(wex_spot::CURRENCY_UNKNOWN)?;
    if ask.demand("amount")?.len() > LONGEST {
        return Err(wex_spot::AMOUNT_LONG.into());
    }
    let amount = ask.demand_decimal("amount")?;
    if amount <= Decimal::ZERO || amount.normalize().scale() > currency.decimals {
        return Err(Refusal::invalid("amount"));
    }
    Ok((asset, amount))
}

/// Moves it, unless that was done already.
fn execute(
    state: &mut State,
    ask: &Ask<'_>,
    owners: [Option<&str>; 2],
    about: &str,
) -> Result<Json, Refusal> {
    let id = ask.demand("bizId")?;
    if state.moved.contains(&id) {
        return Err(Refusal::about(Why::TransferTaken, about));
    }
    let (asset, amount) = money(state, ask)?;
    let [payer, receiver] = owners;
    let from = place(state, ask, payer, "from")?;
    let to = place(state, ask, receiver, "to")?;
    let number = state.engine.transfer(from, to, asset, amount).map_err(|refused| match refused {
        Refused::Funds => Refusal::about(Why::BalanceShort, about),
        other => other.into(),
    })?;
    state.moved.remember(id);
    Ok(number.to_string())
}

pub(super) fn between_pockets(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    if ask.text("from") == ask.text("to") {
        return Err(wex_spot::SAME_POCKET.into());
    }
    execute(state, ask, [None, None], "")
}

pub(super) fn between_accounts(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let number = |name: &str| match ask.integer(name)? {
        Some(number) if number > 0 => Ok(Some(number.to_string()).filter(|number| number != OWN)),
        Some(_) => Err(Refusal::invalid(name)),
        None => Ok(None),
    };
    let (payer, receiver) = (number("fromAccountId")?, number("toAccountId")?);
    if payer == receiver {
        return Err(Why::SameAccount.into());
    }
    execute(state, ask, [payer.as_deref(), receiver.as_deref()], "toAccountId")
}

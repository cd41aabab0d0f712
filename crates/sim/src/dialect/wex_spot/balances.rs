//! Currencies and balances on spot.

use super::chains::{CURRENCIES, Currency};
use crate::dialect::{Ask, Json, State, plain};
use crate::engine::{Decimal, Pocket};
use crate::json::{list, quote, write};
use crate::refusal::Refusal;
use crate::rules::wex_spot;

pub(super) fn currencies() -> Result<Json, Refusal> {
    let on = || "1".to_owned();
    Ok(list(CURRENCIES.iter().map(|currency| {
        write(&[
            ("id", currency.id.to_string()),
            ("currency", quote(currency.name)),
            ("fullName", quote(currency.full_name)),
            ("logo", "null".to_owned()),
            ("cmcLink", "null".to_owned()),
            ("weight", "100".to_owned()),
            ("maxPrecision", currency.decimals.to_string()),
            ("depositStatus", on()),
            ("withdrawStatus", on()),
            ("convertEnabled", on()),
            ("transferEnabled", on()),
        ])
    })))
}

/// The currency of a name that is in no list.
pub(super) fn known(name: &str) -> Result<&'static Currency, Refusal> {
    Currency::find(name).ok_or_else(|| wex_spot::CURRENCY_UNKNOWN.into())
}

/// How much of a currency there is: what is held by orders and withdrawals, and what is free.
pub(super) fn held(state: &State, currency: &Currency) -> (Decimal, Decimal) {
    let Some(asset) = state.engine.find_asset(currency.name) else { return Default::default() };
    let wallet = state.engine.account(state.account).wallet(Pocket::Spot, asset);
    (wallet.reserved, state.engine.available(state.account, Pocket::Spot, asset))
}

/// What an amount is worth in BTC, by the last prices.
fn in_btc(state: &State, currency: &Currency, amount: Decimal) -> Decimal {
    let price = |base: &str| {
        let id = state.engine.find(&format!("{base}_{}", super::pairs::QUOTE));
        id.map_or(Decimal::ONE, |id| state.engine.last_price(id))
    };
    let worth = amount.checked_mul(price(currency.name));
    worth.and_then(|worth| worth.checked_div(price("btc"))).unwrap_or_default().round_dp(8)
}

fn balance(state: &State, currency: &Currency) -> (Json, Decimal) {
    let (frozen, free) = held(state, currency);
    let worth = in_btc(state, currency, frozen + free);
    let row = write(&[
        ("currency", quote(currency.name)),
        ("currencyId", currency.id.to_string()),
        ("frozenAmount", plain(frozen)),
        ("availableAmount", plain(free)),
        ("totalAmount", plain(frozen + free)),
        ("convertBtcAmount", plain(worth)),
    ]);
    (row, worth)
}

pub(super) fn one(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    Ok(balance(state, known(&ask.demand("currency")?)?).0)
}

pub(super) fn several(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let names = ask.texts("currencies")?;
    let wanted: Vec<&Currency> = if names.is_empty() {
        CURRENCIES.iter().collect()
    } else {
        names.iter().map(|name| known(name)).collect::<Result<_, _>>()?
    };
    let (rows, worths): (Vec<Json>, Vec<Decimal>) =
        wanted.into_iter().map(|currency| balance(state, currency)).unzip();
    let total: Decimal = worths.into_iter().sum();
    Ok(write(&[("totalBtcAmount", plain(total)), ("assets", list(rows))]))
}

//! Accounts of one owner: which there are, what each has.

use crate::dialect::{Ask, Json, State, number, quoted};
use crate::engine::{AccountId, NewOrder, Pocket, Side, Slot, Tif};
use crate::json::{list, quote, write};
use crate::refusal::{Refusal, Why};
use crate::rules::hashkey;

pub(super) const MAIN: &str = "1649292498437183232";
pub(super) const CUSTODY: &str = "1649292498437183235";
pub(super) const FIAT: &str = "1649292498437183236";
pub(super) const SUB: &str = "1695624199270418688";
const USER: &str = "1649292498445571840";
const SUB_USER: &str = "1695624199278807296";

/// What a fresh account has.
const FUNDS: [(&str, &[(&str, &str)]); 4] = [
    (MAIN, &[("USDT", "1000000"), ("BTC", "10"), ("ETH", "500"), ("USDC", "1000")]),
    (CUSTODY, &[("USDT", "10000"), ("BTC", "1"), ("ETH", "10.05")]),
    (FIAT, &[("USD", "100000")]),
    (SUB, &[("USDT", "100000"), ("BTC", "1")]),
];

/// The sub-account has a past: an order that rests, and one that is filled.
const SUB_SELLS: [(&str, Option<&str>); 2] = [("0.1", None), ("0.1", Some("112930"))];
const FIRST_SUB_ORDER: u64 = 1_563_277_000_000_000_000;

pub(super) fn open(state: &mut State) {
    for (name, funds) in FUNDS {
        let account = if name == MAIN { state.account } else { state.engine.open_account() };
        if name != MAIN {
            state.others.push((name.to_owned(), account));
        }
        for (coin, amount) in funds {
            let asset = state.engine.asset(coin);
            state.engine.deposit(account, Pocket::Spot, asset, number(amount));
        }
    }
    let sub = state.other(SUB).zip(state.engine.find("BTCUSDT"));
    let Some((account, instrument)) = sub else { return };
    state.engine.number_orders_from(FIRST_SUB_ORDER);
    for (at, (qty, price)) in SUB_SELLS.into_iter().enumerate() {
        let tif = if price.is_some() { Tif::Gtc } else { Tif::Ioc };
        let order = NewOrder::market(instrument, Side::Sell, Slot::Net, number(qty));
        let client_id = Some(format!("1766585741726331{at}"));
        let order = NewOrder { price: price.map(number), tif, client_id, ..order };
        // There is money for both, and nothing else to object to.
        let _ = state.engine.place(account, order);
    }
}

/// The account with this id.
pub(super) fn find(state: &State, id: &str) -> Option<AccountId> {
    if id == MAIN { Some(state.account) } else { state.other(id) }
}

/// An account's id.
pub(super) fn id(state: &State, account: AccountId) -> &str {
    let other = state.others.iter().find(|(_, known)| *known == account);
    other.map_or(MAIN, |(id, _)| id.as_str())
}

/// The trading account that `accountId` names; the main one when it isn't given.
pub(super) fn trading(state: &State, ask: &Ask<'_>) -> Result<AccountId, Refusal> {
    match ask.text("accountId") {
        None => Ok(state.account),
        Some(id) if id == MAIN => Ok(state.account),
        Some(id) => sub_account(state, &id),
    }
}

/// The sub-account with this id.
pub(super) fn sub_account(state: &State, id: &str) -> Result<AccountId, Refusal> {
    let account = find(state, id).ok_or(Why::AccountUnknown)?;
    if id == SUB { Ok(account) } else { Err(hashkey::ACCOUNT_FOREIGN.into()) }
}

pub(super) fn balances(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let account = trading(state, ask)?;
    let engine = &state.engine;
    let wallets = engine.account(account).wallets().filter(|(pocket, ..)| *pocket == Pocket::Spot);
    let balances = wallets.map(|(pocket, asset, wallet)| {
        let name = quote(engine.asset_name(asset));
        write(&[
            ("asset", name.clone()),
            ("assetId", name.clone()),
            ("assetName", name),
            ("total", quoted(wallet.total)),
            ("free", quoted(engine.available(account, pocket, asset))),
            ("locked", quoted(wallet.reserved)),
        ])
    });
    let user = if account == state.account { USER } else { SUB_USER };
    Ok(write(&[("balances", list(balances)), ("userId", quote(user))]))
}

pub(super) fn kinds() -> Result<Json, Refusal> {
    let rows = [
        (MAIN, "Main Trading Account", "1", USER),
        (CUSTODY, "Custody Account", "5", USER),
        (FIAT, "Fiat Account", "6", USER),
        (SUB, "Sub Main Trading Account", "1", SUB_USER),
    ];
    Ok(list(rows.into_iter().map(|(id, label, kind, user)| {
        write(&[
            ("accountId", quote(id)),
            ("accountLabel", quote(label)),
            ("accountType", kind.to_owned()),
            ("accountIndex", "0".to_owned()),
            ("userId", quote(user)),
        ])
    })))
}

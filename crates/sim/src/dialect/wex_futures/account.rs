//! Balances and the key of the private stream.

use super::settings::ACCOUNT;
use super::words::product;
use crate::account::{HEX, draw};
use crate::dialect::{Ask, Json, State, plain, quoted};
use crate::engine::{AssetId, Decimal, FlowKind, Margin, Pocket, Product, Wallet};
use crate::json::{list, quote, write};
use crate::refusal::{Refusal, Why};

/// How long a key is valid, as documented.
const KEY_MS: i64 = 8 * 60 * 60 * 1000;
/// Its digits, as in the example.
const KEY_DIGITS: usize = 32;

/// A coin that contracts are settled in, with what the account has of it.
pub(super) struct Coin {
    pub(super) name: &'static str,
    asset: AssetId,
    pub(super) wallet: Wallet,
    available: Decimal,
    unrealised: Decimal,
    /// Margin of positions: isolated, and crossed.
    pub(super) margins: (Decimal, Decimal),
}

/// The coins of both products.
pub(super) const COINS: [&str; 3] = ["usdt", "btc", "eth"];

/// The coins that the asked host's contracts are settled in.
pub(super) fn coin_names(ask: &Ask<'_>) -> &'static [&'static str] {
    if product(ask) == Product::Inverse { &["btc", "eth"] } else { &["usdt"] }
}

fn coins(state: &State, ask: &Ask<'_>) -> Vec<Coin> {
    coins_of(state, coin_names(ask))
}

pub(super) fn coins_of(state: &State, names: &[&'static str]) -> Vec<Coin> {
    let (engine, account) = (&state.engine, state.account);
    let coin = |name: &'static str| {
        let asset = engine.find_asset(name)?;
        let positions = engine.account(account).positions();
        let held = positions.filter(|(id, _, position)| {
            !position.qty.is_zero() && engine.settlement_asset(*id) == Some(asset)
        });
        let margins =
            held.fold(
                <(Decimal, Decimal)>::default(),
                |(isolated, crossed), (_, _, position)| match position.margin {
                    Margin::Isolated => (isolated + position.tied_up(), crossed),
                    Margin::Cross => (isolated, crossed + position.tied_up()),
                },
            );
        Some(Coin {
            name,
            asset,
            wallet: engine.account(account).wallet(Pocket::Futures, asset),
            available: engine.available(account, Pocket::Futures, asset),
            unrealised: engine.unrealised(account, asset),
            margins,
        })
    };
    names.iter().filter_map(|name| coin(name)).collect()
}

/// The coin that is named, in either case.
fn named(state: &State, ask: &Ask<'_>) -> Result<Coin, Refusal> {
    let name = ask.demand("coin")?;
    let mut coins = coins(state, ask).into_iter();
    coins.find(|coin| coin.name.eq_ignore_ascii_case(&name)).ok_or_else(|| Refusal::invalid("coin"))
}

fn row(coin: &Coin) -> Json {
    let (isolated, crossed) = coin.margins;
    write(&[
        ("availableBalance", plain(coin.available)),
        ("coin", quote(coin.name)),
        ("isolatedMargin", plain(isolated)),
        ("openOrderMarginFrozen", plain(coin.wallet.reserved)),
        ("crossedMargin", plain(crossed)),
        ("bonus", "0".to_owned()),
        ("coupon", "0".to_owned()),
        ("walletBalance", plain(coin.wallet.total)),
    ])
}

pub(super) fn balance(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    named(state, ask).map(|coin| row(&coin))
}

pub(super) fn balances(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    Ok(list(coins(state, ask).iter().map(row)))
}

type Members = Vec<(&'static str, Json)>;

fn compat(state: &State, ask: &Ask<'_>, coin: &Coin) -> Members {
    let engine = &state.engine;
    let price = |name: &str| match name {
        "usdt" => Decimal::ONE,
        _ => engine.find(&format!("{name}_usdt")).map(|id| engine.last_price(id)).unwrap_or_default(),
    };
    let in_usdt = coin.wallet.total * price(coin.name);
    let in_btc = in_usdt.checked_div(price("btc")).unwrap_or_default();
    let flows = engine.account(state.account).flows();
    let realised = flows.filter(|flow| flow.asset == coin.asset && flow.kind == FlowKind::RealisedPnl);
    let realised: Decimal = realised.map(|flow| flow.amount).sum();
    let equity = coin.wallet.total + coin.unrealised;
    let (isolated, crossed) = coin.margins;
    let underlying = if product(ask) == Product::Inverse { "1" } else { "2" };
    vec![
        ("accountId", ACCOUNT.to_owned()),
        ("userId", ACCOUNT.to_owned()),
        ("coin", quote(coin.name)),
        ("underlyingType", underlying.to_owned()),
        ("walletBalance", quoted(coin.wallet.total)),
        ("openOrderMarginFrozen", quoted(coin.wallet.reserved)),
        ("isolatedMargin", quoted(isolated)),
        ("crossedMargin", quoted(crossed)),
        ("amount", quoted(equity)),
        ("totalAmount", quoted(equity)),
        ("convertBtcAmount", quoted(in_btc.round_dp(8))),
        ("convertUsdtAmount", quoted(in_usdt.round_dp(4))),
        ("profit", quoted(realised)),
        ("notProfit", quoted(coin.unrealised)),
        ("bonus", quote("0")),
        ("coupon", quote("0")),
    ]
}

pub(super) fn compat_balances(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    if ask.text("queryAccountId").is_some_and(|id| id != ACCOUNT) {
        return Err(Why::NotAllowed.into());
    }
    Ok(list(coins(state, ask).iter().map(|coin| write(&compat(state, ask, coin)))))
}

pub(super) fn compat_balance(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let coin = named(state, ask)?;
    let mut members = compat(state, ask, &coin);
    // Documented in upper case here alone.
    for (_, value) in members.iter_mut().filter(|(name, _)| *name == "coin") {
        *value = quote(&coin.name.to_ascii_uppercase());
    }
    members.extend([
        ("depositCoupon", quote("0")),
        ("marginBalance", quoted(coin.wallet.total + coin.unrealised)),
        // Fees are frozen together with the margin.
        ("openOrderFeeFrozen", quote("0")),
    ]);
    Ok(write(&members))
}

/// A new key; those before stay valid until their own ends.
pub(super) fn listen_key(state: &mut State, ask: &Ask<'_>) -> Json {
    let key = draw(&mut state.rng, HEX, KEY_DIGITS).to_ascii_uppercase();
    let answer = quote(&key);
    state.keys.add(key, ask.now_ms, ask.now_ms.saturating_add(KEY_MS));
    answer
}

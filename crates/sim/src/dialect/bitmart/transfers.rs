//! Money between pockets, and between the account and its sub-accounts.

use crate::dialect::{Ask, Json, State, quoted};
use crate::engine::{AccountId, AssetId, Decimal, Pocket, Refused, Transfer};
use crate::json::{quote, write};
use crate::refusal::{Refusal, Why};
use crate::rules::bitmart;

/// What our own account is called in lists.
const MAIN: &str = "masterAccount@sim.example";

/// Only USDT can be moved.
fn usdt(state: &State, ask: &Ask<'_>) -> Result<AssetId, Refusal> {
    let currency = ask.demand("currency")?;
    let asset = state.engine.find_asset(&currency).filter(|_| currency == "USDT");
    asset.ok_or_else(|| Refusal::invalid("currency"))
}

fn amount(ask: &Ask<'_>) -> Result<Decimal, Refusal> {
    let amount = ask.demand_decimal("amount")?;
    if amount.normalize().scale() > 8 {
        return Err(bitmart::TRANSFER_PRECISION.into());
    }
    let most = Decimal::from(10_000_000_000_u64);
    if amount < Decimal::new(1, 2) || amount > most { Err(Refusal::invalid("amount")) } else { Ok(amount) }
}

/// The window that the body may narrow or widen: the header's timestamp must not be older.
fn fresh(ask: &Ask<'_>) -> Result<(), Refusal> {
    let window = ask.integer("recvWindow")?.unwrap_or(5000);
    if !(1..=60_000).contains(&window) {
        return Err(Refusal::invalid("recvWindow"));
    }
    let stamp = ask.request.header("x-bm-timestamp").and_then(|stamp| stamp.parse::<i64>().ok());
    let age = stamp.map_or(0, |stamp| ask.now_ms.saturating_sub(stamp));
    if age > window { Err(Why::TimestampOutside.into()) } else { Ok(()) }
}

fn refuse(refused: Refused) -> Refusal {
    match refused {
        Refused::Funds => Why::BalanceShort.into(),
        other => other.into(),
    }
}

pub(super) fn between_pockets(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    fresh(ask)?;
    let (asset, amount) = (usdt(state, ask)?, amount(ask)?);
    let (spot, futures) = ((state.account, Pocket::Spot), (state.account, Pocket::Futures));
    let (from, to) = if ask.is("type", "spot_to_contract") { (spot, futures) } else { (futures, spot) };
    state.engine.transfer(from, to, asset, amount).map_err(refuse)?;
    Ok(write(&[("currency", quote("USDT")), ("amount", quoted(amount))]))
}

fn list_members(state: &State, transfer: &Transfer) -> Json {
    let kind = match transfer.to.1 {
        Pocket::Futures => "spot_to_contract",
        Pocket::Spot => "contract_to_spot",
    };
    write(&[
        ("transfer_id", quote(&transfer.id.to_string())),
        ("currency", quote(state.engine.asset_name(transfer.asset))),
        ("amount", quoted(transfer.amount)),
        ("type", quote(kind)),
        ("state", quote("FINISHED")),
        ("timestamp", transfer.at_ms.to_string()),
    ])
}

pub(super) fn list(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    fresh(ask)?;
    let currency = ask.text("currency");
    let (from_ms, to_ms) = (ask.integer("time_start")?, ask.integer("time_end")?);
    let page = ask.integer("page")?.filter(|page| (1..=1000).contains(page));
    let page = page.ok_or_else(|| Refusal::invalid("page"))?;
    let limit = ask.integer("limit")?.filter(|limit| (10..=100).contains(limit));
    let limit = limit.ok_or_else(|| Refusal::invalid("limit"))?;
    let skipped = usize::try_from((page - 1) * limit).unwrap_or(usize::MAX);
    let transfers = state
        .engine
        .account(state.account)
        .transfers()
        .rev()
        .filter(|transfer| transfer.from.0 == transfer.to.0)
        .filter(|transfer| {
            currency.as_ref().is_none_or(|wanted| state.engine.asset_name(transfer.asset) == wanted)
        })
        .filter(|transfer| from_ms.is_none_or(|from| transfer.at_ms >= from))
        .filter(|transfer| to_ms.is_none_or(|to| transfer.at_ms <= to));
    let rows = transfers.skip(skipped).take(usize::try_from(limit).unwrap_or_default());
    let records = crate::json::list(rows.map(|transfer| list_members(state, transfer)));
    Ok(write(&[("records", records)]))
}

pub(super) fn between_accounts(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let number = ask.demand("requestNo")?;
    if state.moved.contains(&number) {
        return Err(Why::TransferTaken.into());
    }
    let (asset, amount) = (usdt(state, ask)?, amount(ask)?);
    // A sub-account's own call names nobody: our account is the sub-account then.
    let name = ask.text("subAccount").unwrap_or_else(|| "mainAccount@sim.example".to_owned());
    let other = state.open_other(&name).ok_or_else(|| Refusal::invalid("subAccount"))?;
    let (own, other) = ((state.account, Pocket::Futures), (other, Pocket::Futures));
    let arrives = ask.endpoint.id == "sub_account_main_sub_to_main";
    let (from, to) = if arrives { (other, own) } else { (own, other) };
    state.engine.transfer(from, to, asset, amount).map_err(refuse)?;
    state.moved.remember(number);
    Ok("{}".to_owned())
}

pub(super) fn sub_wallet(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let name = ask.demand("subAccount")?;
    let account = state.other(&name);
    let asset = state.engine.find_asset("USDT").filter(|_| ask.text("currency").is_none_or(|c| c == "USDT"));
    let rows = asset.map(|asset| {
        let available = account.map(|account| state.engine.available(account, Pocket::Futures, asset));
        write(&[
            ("currency", quote("USDT")),
            ("name", quote("USDT")),
            ("available", quote(&format!("{:.8}", available.unwrap_or_default()))),
            ("frozen", quote("0.00000000")),
        ])
    });
    Ok(write(&[("wallet", crate::json::list(rows))]))
}

pub(super) fn sub_list(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let name = ask.demand("subAccount")?;
    let account = state.other(&name);
    accounts_list(state, ask, |transfer| {
        account.is_some_and(|account| [transfer.from.0, transfer.to.0].contains(&account))
    })
}

pub(super) fn history(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    accounts_list(state, ask, |_| true)
}

fn accounts_list(state: &State, ask: &Ask<'_>, wanted: impl Fn(&Transfer) -> bool) -> Result<Json, Refusal> {
    let limit = ask.integer("limit")?.filter(|limit| (1..=100).contains(limit));
    let limit = limit.ok_or_else(|| Refusal::invalid("limit"))?;
    let name = |account: AccountId| {
        let other = state.others.iter().find(|(_, known)| *known == account);
        quote(other.map_or(MAIN, |(name, _)| name.as_str()))
    };
    let transfers = state.engine.account(state.account).transfers().rev();
    let between = transfers.filter(|transfer| transfer.from.0 != transfer.to.0 && wanted(transfer));
    let rows = between.take(usize::try_from(limit).unwrap_or_default()).map(|transfer| {
        write(&[
            ("fromAccount", name(transfer.from.0)),
            ("toAccount", name(transfer.to.0)),
            ("toWalletType", quote("future")),
            ("fromWalletType", quote("future")),
            ("currency", quote("USDT")),
            ("amount", quoted(transfer.amount)),
            ("submissionTime", (transfer.at_ms / 1000).to_string()),
        ])
    });
    Ok(crate::json::list(rows))
}

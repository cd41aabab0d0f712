//! Money between accounts, and the statement of all that changed them.

use super::accounts::{self, CUSTODY, FIAT, MAIN, SUB};
use super::lists::{recent, span};
use crate::dialect::interval::DAY_MS;
use crate::dialect::{Ask, Json, State, quoted};
use crate::engine::{AccountId, Decimal, Entry, EntryKind, Pocket, Refused};
use crate::json::{list, quote, write};
use crate::refusal::{Refusal, Why};
use crate::rules::hashkey;

/// Numbers of transfers and of changes start here: they look like the venue's.
const FIRST_TRANSFER: u64 = 2_112_647_482_861_233_664;
const FIRST_FLOW: u64 = 1_676_228_025_233_055_232;
/// Trades and fees are listed for a week, all else for a month.
const TRADES_DAYS: i64 = 7;
const FLOW_DAYS: i64 = 30;

pub(super) fn transfer(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (from_id, to_id) = (ask.demand("fromAccountId")?, ask.demand("toAccountId")?);
    let from = accounts::find(state, &from_id).ok_or(hashkey::FROM_ACCOUNT_UNKNOWN)?;
    let to = accounts::find(state, &to_id).ok_or(hashkey::TO_ACCOUNT_UNKNOWN)?;
    if from == to {
        return Err(Why::SameAccount.into());
    }
    if from_id == SUB {
        return Err(hashkey::FROM_SUB_ACCOUNT.into());
    }
    let asset = state.engine.find_asset(&ask.demand("coin")?).ok_or(hashkey::UNKNOWN_ASSET)?;
    let amount = ask.demand_decimal("quantity")?;
    let own_id = ask.text("clientOrderId");
    if own_id.as_ref().is_some_and(|id| state.moved.contains(id)) {
        return Err(Why::TransferTaken.into());
    }
    let (from, to) = ((from, Pocket::Spot), (to, Pocket::Spot));
    let id = state.engine.transfer(from, to, asset, amount).map_err(|refused| match refused {
        Refused::QtyRange => Refusal::invalid("quantity"),
        Refused::Funds => hashkey::TRANSFER_FAILED.into(),
        other => other.into(),
    })?;
    let own = own_id.clone().unwrap_or_default();
    if let Some(id) = own_id {
        state.moved.remember(id);
    }
    Ok(write(&[
        ("success", "true".to_owned()),
        ("timestamp", ask.now_ms.to_string()),
        ("clientOrderId", quote(&own)),
        ("orderId", quote(&(FIRST_TRANSFER + id).to_string())),
    ]))
}

/// The number and the name of a reason, by the account that changed.
fn reason(account: &str, kind: EntryKind) -> (i64, &'static str) {
    match (kind, account) {
        (EntryKind::Trade, _) => (1, "TRADE"),
        (EntryKind::Fee, _) => (2, "FEE"),
        (EntryKind::Transfer, _) => (51, "USER_ACCOUNT_TRANSFER"),
        (EntryKind::Deposit, CUSTODY) => (900, "CUSTODY_DEPOSIT"),
        (EntryKind::Withdrawal, CUSTODY) => (904, "CUSTODY_WITHDRAW"),
        (EntryKind::Deposit, FIAT) => (906, "FIAT_DEPOSIT"),
        // First funds of a trading account.
        _ => (79, "OPERATION_ACCOUNT_TRANSFER"),
    }
}

fn flow_row(state: &State, account: &str, entry: &Entry) -> Json {
    let coin = quote(state.engine.asset_name(entry.asset));
    let (value, name) = reason(account, entry.kind);
    write(&[
        ("id", quote(&(FIRST_FLOW + entry.id).to_string())),
        ("accountId", quote(account)),
        ("coin", coin.clone()),
        ("coinId", coin.clone()),
        ("coinName", coin),
        ("flowTypeValue", value.to_string()),
        ("flowType", quote(name)),
        ("flowName", quote("")),
        ("change", quoted(entry.change)),
        ("total", quoted(entry.total)),
        ("created", quote(&entry.at_ms.to_string())),
    ])
}

/// Changes of the main account, of custody and of the fiat account, the latest first.
pub(super) fn flow(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (from_ms, to_ms) = span(ask)?;
    if to_ms.saturating_sub(from_ms) > FLOW_DAYS * DAY_MS {
        return Err(hashkey::RANGE_TOO_WIDE.into());
    }
    let (from_ms, to_ms) = recent(ask, FLOW_DAYS, hashkey::TOO_OLD_MONTH).map(|(from, _)| (from, to_ms))?;
    let wanted = ask.integer("flowType")?;
    let most = ask.count("limit", 500, 500)?;
    let named: &[&str] = match ask.text("accountType").as_deref() {
        Some("1") => &[MAIN],
        Some("5") => &[CUSTODY],
        Some("6") => &[FIAT],
        // There are no contracts here.
        Some(_) => &[],
        None => &[MAIN, CUSTODY, FIAT],
    };
    let trades_from_ms = ask.now_ms - TRADES_DAYS * DAY_MS;
    let accounts = named.iter().filter_map(|name| Some((*name, accounts::find(state, name)?)));
    let entries = |account: AccountId| state.engine.account(account).entries();
    let mut found: Vec<(&str, &Entry)> = accounts
        .flat_map(|(name, account)| entries(account).map(move |entry| (name, entry)))
        .filter(|(_, entry)| (from_ms..=to_ms).contains(&entry.at_ms))
        .filter(|(name, entry)| {
            let (value, _) = reason(name, entry.kind);
            wanted.is_none_or(|wanted| value == wanted) && (value > 2 || entry.at_ms >= trades_from_ms)
        })
        .collect();
    found.sort_by_key(|(_, entry)| std::cmp::Reverse(entry.id));
    Ok(list(found.into_iter().take(most).map(|(name, entry)| flow_row(state, name, entry))))
}

/// What the fiat account was funded with is all that ever comes; nothing is paid out here.
pub(super) fn fiat(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (from_ms, to_ms) = span(ask)?;
    let most = ask.count("limit", 500, 500)?;
    let is_wanted = ask.is("type", "deposit")
        && ask.text("status").is_none_or(|status| status == "successful")
        && !ask.is("channel", "manual")
        && ask.text("remark").is_none();
    let account = accounts::find(state, FIAT).filter(|_| is_wanted);
    let entries = account.into_iter().flat_map(|account| state.engine.account(account).entries().rev());
    let deposits = entries
        .filter(|entry| entry.kind == EntryKind::Deposit && (from_ms..=to_ms).contains(&entry.at_ms))
        .take(most);
    Ok(list(deposits.map(|entry| {
        let time = quote(&entry.at_ms.to_string());
        write(&[
            ("orderId", quote(&format!("NFD{}", 773_922_940_306_722_816 + entry.id))),
            ("type", quote("deposit")),
            ("remark", quote("")),
            ("asset", quote(state.engine.asset_name(entry.asset))),
            ("grossAmount", quoted(entry.change)),
            ("netAmount", quoted(entry.change)),
            ("fee", quoted(Decimal::ZERO)),
            ("status", quote("successful")),
            ("createdTime", time.clone()),
            ("updatedTime", time),
            ("channel", quote("auto")),
            ("clientOrderId", quote("")),
        ])
    })))
}

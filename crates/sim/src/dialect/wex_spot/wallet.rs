//! Deposits and withdrawals.

use super::balances;
use super::chains::{CURRENCIES, Chain, Currency};
use super::{page, span};
use crate::dialect::page::Cursor;
use crate::dialect::vault::{Payment, Stage, Terms};
use crate::dialect::{Ask, Json, State, number, quoted};
use crate::engine::Refused;
use crate::json::{list, quote, write};
use crate::refusal::{Refusal, Why};

/// The documentation's own numbers of a deposit and of a withdrawal.
const FIRST_DEPOSIT: u64 = 169_669_597;
const FIRST_WITHDRAWAL: u64 = 100;
/// What is on its way to a fresh account: currency, network, amount.
const ON_ITS_WAY: (&str, &str, &str) = ("xlm", "XLM", "1000");

/// Somebody pays to a fresh account.
pub(super) fn announce(state: &mut State, now_ms: i64) {
    let (currency, chain, amount) = ON_ITS_WAY;
    let Some(known) = Currency::find(currency) else { return };
    let Some(on) = known.chain(chain) else { return };
    let (address, memo) = own_address(state, known, on);
    let terms = Terms {
        id: FIRST_DEPOSIT,
        asset: state.engine.asset(currency),
        chain: chain.to_owned(),
        amount: number(amount),
        fee: number("0"),
        address,
        memo,
    };
    state.vault.announce(terms, now_ms);
}

pub(super) fn supported() -> Result<Json, Refusal> {
    let chain = |chain: &Chain| {
        write(&[
            ("chain", quote(chain.name)),
            ("depositEnabled", chain.is_open.to_string()),
            ("withdrawEnabled", chain.is_open.to_string()),
            ("withdrawFeeAmount", chain.fee.to_owned()),
            ("withdrawMinAmount", chain.least.to_owned()),
            ("depositFeeRate", "0".to_owned()),
        ])
    };
    Ok(list(CURRENCIES.iter().map(|currency| {
        write(&[
            ("currency", quote(&currency.name.to_ascii_uppercase())),
            ("supportChains", list(currency.chains.iter().map(chain))),
        ])
    })))
}

/// Where the account is paid to, and with what memo: always the same.
fn own_address(state: &State, currency: &Currency, chain: &Chain) -> (String, String) {
    let mut rng = state.vault.place(currency.name, chain.name);
    let address = chain.form.make(&mut rng);
    let memo = if chain.form.has_memo() { rng.u32(100_000_000..).to_string() } else { String::new() };
    (address, memo)
}

pub(super) fn address(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let currency = balances::known(&ask.demand("currency")?)?;
    let chain = currency.chain(&ask.demand("chain")?).ok_or(Why::ChainUnknown)?;
    if !chain.is_open {
        return Err(Why::DepositClosed.into());
    }
    let (address, memo) = own_address(state, currency, chain);
    Ok(write(&[("address", quote(&address)), ("memo", quote(&memo))]))
}

pub(super) fn withdraw(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let currency = balances::known(&ask.demand("currency")?)?;
    let chain = currency.chain(&ask.demand("chain")?).ok_or(Why::WithdrawalChainUnknown)?;
    if !chain.is_open {
        return Err(Why::WithdrawalClosed.into());
    }
    let (address, memo) = (ask.demand("address")?, ask.text("memo"));
    if !chain.form.fits(&address) {
        return Err(Why::AddressWrong.into());
    }
    if own_address(state, currency, chain).0 == address {
        return Err(Why::AddressOwn.into());
    }
    match &memo {
        None if chain.form.has_memo() => return Err(Why::MemoMissing.into()),
        Some(memo) if chain.form.has_memo() && memo.parse::<u64>().is_err() => {
            return Err(Why::MemoWrong.into());
        }
        _ => {}
    }
    let (amount, fee) = (ask.demand_decimal("amount")?, number(chain.fee));
    if amount.normalize().scale() > currency.decimals {
        return Err(Why::WithdrawalPrecision.into());
    }
    if amount <= fee {
        return Err(Why::WithdrawalBelowFee.into());
    }
    if amount < number(chain.least) {
        return Err(Refusal::about(Why::WithdrawalBelowLeast, chain.least));
    }
    let terms = Terms {
        id: FIRST_WITHDRAWAL + state.next_serial(),
        asset: state.engine.asset(currency.name),
        chain: chain.name.to_owned(),
        amount,
        fee,
        address,
        memo: memo.unwrap_or_default(),
    };
    let id = terms.id;
    state.vault.send(&mut state.engine, state.account, terms, ask.now_ms).map_err(
        |refused| match refused {
            Refused::Funds => Why::WithdrawalShort.into(),
            other => Refusal::from(other),
        },
    )?;
    Ok(write(&[("id", id.to_string())]))
}

fn status(stage: Stage) -> &'static str {
    match stage {
        Stage::Review => "REVIEW",
        Stage::Audited => "AUDITED",
        Stage::Pending(_) => "PENDING",
        Stage::Done => "SUCCESS",
    }
}

/// A page of the wanted ones, the latest first.
fn history<'a>(
    state: &State,
    ask: &Ask<'_>,
    all: impl DoubleEndedIterator<Item = &'a Payment>,
    row: fn(&State, &Payment, Stage) -> Json,
) -> Result<Json, Refusal> {
    let (cursor, within) = (Cursor::of(ask, "fromId", ask.count("limit", 10, 200)?)?, span(ask)?);
    let currency = ask.text("currency").map(|name| balances::known(&name)).transpose()?;
    let asset = currency.map(|currency| state.engine.find_asset(currency.name));
    let (chain, wanted) = (ask.text("chain"), ask.text("status"));
    let payments = all
        .rev()
        .filter(|payment| asset.is_none_or(|asset| asset == Some(payment.terms.asset)))
        .filter(|payment| chain.as_ref().is_none_or(|chain| *chain == payment.terms.chain))
        .filter(|payment| wanted.as_ref().is_none_or(|wanted| status(payment.stage(ask.now_ms)) == wanted))
        .filter(|payment| within(payment.at_ms));
    let now_ms = ask.now_ms;
    Ok(page(
        cursor,
        payments.collect(),
        |payment| payment.terms.id,
        |payment| row(state, payment, payment.stage(now_ms)),
    ))
}

pub(super) fn deposits(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    history(state, ask, state.vault.deposits(), |state, payment, stage| {
        write(&[
            ("id", payment.terms.id.to_string()),
            ("currency", quote(state.engine.asset_name(payment.terms.asset))),
            ("chain", quote(&payment.terms.chain)),
            ("memo", quote(&payment.terms.memo)),
            ("status", quote(status(stage))),
            ("amount", quoted(payment.terms.amount)),
            ("confirmations", stage.confirmations().to_string()),
            ("transactionId", quote(&payment.transaction)),
            ("address", quote(&payment.terms.address)),
            ("fromAddr", quote(&payment.sender)),
            ("createdTime", payment.at_ms.to_string()),
        ])
    })
}

pub(super) fn withdrawals(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    history(state, ask, state.vault.withdrawals(), |state, payment, stage| {
        let on_chain = matches!(stage, Stage::Pending(_) | Stage::Done);
        write(&[
            ("id", payment.terms.id.to_string()),
            ("currency", quote(state.engine.asset_name(payment.terms.asset))),
            ("chain", quote(&payment.terms.chain)),
            ("address", quote(&payment.terms.address)),
            ("memo", quote(&payment.terms.memo)),
            ("status", quote(status(stage))),
            ("amount", quoted(payment.terms.amount)),
            ("fee", quoted(payment.terms.fee)),
            ("confirmations", stage.confirmations().to_string()),
            ("transactionId", quote(if on_chain { &payment.transaction } else { "" })),
            ("createdTime", payment.at_ms.to_string()),
        ])
    })
}

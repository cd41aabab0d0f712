//! Deposits and withdrawals.

use super::balances;
use super::chains::{CURRENCIES, Chain, Currency};
use super::{page, span};
use crate::account::{ALNUM, HEX, draw};
use crate::dialect::chain::{self, Deposit, Payment, Stage, Withdrawal};
use crate::dialect::page::Cursor;
use crate::dialect::{Ask, Json, State, number, quoted};
use crate::engine::{Decimal, Pocket, Refused};
use crate::json::{list, quote, write};
use crate::refusal::{Refusal, Why};
use crate::rules::wex_spot;

/// The documentation's own numbers of a deposit and of a withdrawal.
const FIRST_DEPOSIT: u64 = 169_669_597;
const FIRST_WITHDRAWAL: u64 = 100;
/// What is on its way to a fresh account: currency, network, amount.
const ON_ITS_WAY: (&str, &str, &str) = ("xlm", "XLM", "1000");

/// Money on its way, and where ours comes from.
#[derive(Debug)]
pub(super) struct Wallet {
    chain: chain::Chain,
    /// Addresses follow from it.
    seed: u64,
}

impl Wallet {
    /// A fresh account's, which somebody pays to.
    pub(super) fn open(state: &mut State, now_ms: i64) -> Self {
        let mut wallet = Self { chain: chain::Chain::default(), seed: state.rng.u64(..) };
        let (currency, network, amount) = ON_ITS_WAY;
        let known = Currency::find(currency).and_then(|known| Some((known, known.chain(network)?)));
        if let Some((known, on)) = known {
            let (address, memo) = wallet.own_address(known, on);
            let payment = Payment {
                id: FIRST_DEPOSIT,
                asset: state.engine.asset(currency),
                network,
                amount: number(amount),
                fee: Decimal::ZERO,
                address,
                memo,
                sender: draw(&mut state.rng, ALNUM, 34),
                tx_id: draw(&mut state.rng, HEX, 64),
                created_ms: now_ms,
            };
            wallet.chain.receive(Deposit::new(payment, Some(now_ms)));
        }
        wallet
    }

    /// Puts deposits that have arrived into the account, and takes out what has left.
    pub(super) fn pass(&mut self, state: &mut State) {
        let now_ms = state.engine.now_ms();
        for (asset, amount) in self.chain.due(now_ms) {
            state.engine.deposit(state.account, Pocket::Spot, asset, amount);
        }
        for Payment { asset, amount, .. } in self.chain.left(now_ms) {
            state.engine.pay_held(state.account, Pocket::Spot, asset, amount);
        }
    }

    pub(super) fn due_ms(&self) -> Option<i64> {
        self.chain.due_ms()
    }

    /// Where the account is paid to, and with what memo: always the same for a currency on a network.
    fn own_address(&self, currency: &Currency, chain: &Chain) -> (String, String) {
        let mix = |sum: u64, byte: u8| sum.wrapping_mul(31).wrapping_add(byte.into());
        let bytes = currency.name.bytes().chain([b'/']).chain(chain.name.bytes());
        let mut rng = fastrand::Rng::with_seed(bytes.fold(self.seed, mix));
        let address = chain.form.make(&mut rng);
        let memo = if chain.form.has_memo() { rng.u32(100_000_000..).to_string() } else { String::new() };
        (address, memo)
    }
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

pub(super) fn address(wallet: &Wallet, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let currency = balances::known(&ask.demand("currency")?)?;
    let chain = currency.chain(&ask.demand("chain")?).ok_or(wex_spot::CHAIN_UNKNOWN)?;
    if !chain.is_open {
        return Err(wex_spot::DEPOSIT_CLOSED.into());
    }
    let (address, memo) = wallet.own_address(currency, chain);
    Ok(write(&[("address", quote(&address)), ("memo", quote(&memo))]))
}

pub(super) fn withdraw(wallet: &mut Wallet, state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let currency = balances::known(&ask.demand("currency")?)?;
    let chain = currency.chain(&ask.demand("chain")?).ok_or(wex_spot::WITHDRAWAL_CHAIN_UNKNOWN)?;
    if !chain.is_open {
        return Err(wex_spot::WITHDRAWAL_CLOSED.into());
    }
    let (address, memo) = (ask.demand("address")?, ask.text("memo"));
    if !chain.form.fits(&address) {
        return Err(wex_spot::ADDRESS_WRONG.into());
    }
    if wallet.own_address(currency, chain).0 == address {
        return Err(wex_spot::ADDRESS_OWN.into());
    }
    match &memo {
        None if chain.form.has_memo() => return Err(wex_spot::MEMO_MISSING.into()),
        Some(memo) if chain.form.has_memo() && memo.parse::<u64>().is_err() => {
            return Err(wex_spot::MEMO_WRONG.into());
        }
        _ => {}
    }
    let (amount, fee) = (ask.demand_decimal("amount")?, number(chain.fee));
    if amount.normalize().scale() > currency.decimals {
        return Err(wex_spot::WITHDRAWAL_PRECISION.into());
    }
    if amount <= fee {
        return Err(wex_spot::WITHDRAWAL_BELOW_FEE.into());
    }
    if amount < number(chain.least) {
        return Err(Refusal::about(wex_spot::WITHDRAWAL_BELOW_LEAST, chain.least));
    }
    let asset = state.engine.asset(currency.name);
    state.engine.hold(state.account, Pocket::Spot, asset, amount).map_err(|refused| match refused {
        Refused::Funds => Why::WithdrawalShort.into(),
        other => Refusal::from(other),
    })?;
    let id = FIRST_WITHDRAWAL + wallet.chain.sent();
    wallet.chain.send(Withdrawal::new(Payment {
        id,
        asset,
        network: chain.name,
        amount,
        fee,
        address,
        memo: memo.unwrap_or_default(),
        sender: String::new(),
        tx_id: draw(&mut state.rng, HEX, 64),
        created_ms: ask.now_ms,
    }));
    Ok(write(&[("id", id.to_string())]))
}

fn status(stage: Stage) -> &'static str {
    match stage {
        Stage::Review => "REVIEW",
        Stage::Queued => "AUDITED",
        Stage::Pending(_) => "PENDING",
        Stage::Done => "SUCCESS",
    }
}

/// A page of the wanted ones, the latest first; each with how far it is, and what its row says besides.
fn history<'a>(
    state: &State,
    ask: &Ask<'_>,
    all: impl Iterator<Item = (&'a Payment, Stage)>,
    row: impl Fn(&Payment, Stage) -> Json,
) -> Result<Json, Refusal> {
    let (cursor, within) = (Cursor::of(ask, "fromId", ask.count("limit", 10, 200)?)?, span(ask)?);
    let currency = ask.text("currency").map(|name| balances::known(&name)).transpose()?;
    let asset = currency.map(|currency| state.engine.find_asset(currency.name));
    let (chain, wanted) = (ask.text("chain"), ask.text("status"));
    let payments = all
        .filter(|(payment, _)| asset.is_none_or(|asset| asset == Some(payment.asset)))
        .filter(|(payment, _)| chain.as_ref().is_none_or(|chain| *chain == payment.network))
        .filter(|(_, stage)| wanted.as_ref().is_none_or(|wanted| status(*stage) == wanted))
        .filter(|(payment, _)| within(payment.created_ms));
    Ok(page(cursor, payments.collect(), |(payment, _)| payment.id, |(payment, stage)| row(payment, *stage)))
}

pub(super) fn deposits(wallet: &Wallet, state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    // Nobody asks where money came from here: none of it waits for a word.
    let all =
        wallet.chain.deposits().filter_map(|deposit| Some((&deposit.payment, deposit.stage(ask.now_ms)?)));
    history(state, ask, all, |payment, stage| {
        write(&[
            ("id", payment.id.to_string()),
            ("currency", quote(state.engine.asset_name(payment.asset))),
            ("chain", quote(payment.network)),
            ("memo", quote(&payment.memo)),
            ("status", quote(status(stage))),
            ("amount", quoted(payment.amount)),
            ("confirmations", stage.confirmations().to_string()),
            ("transactionId", quote(&payment.tx_id)),
            ("address", quote(&payment.address)),
            ("fromAddr", quote(&payment.sender)),
            ("createdTime", payment.created_ms.to_string()),
        ])
    })
}

pub(super) fn withdrawals(wallet: &Wallet, state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let all = wallet.chain.withdrawals().map(|sent| (&sent.payment, sent.stage(ask.now_ms)));
    history(state, ask, all, |payment, stage| {
        let on_chain = matches!(stage, Stage::Pending(_) | Stage::Done);
        write(&[
            ("id", payment.id.to_string()),
            ("currency", quote(state.engine.asset_name(payment.asset))),
            ("chain", quote(payment.network)),
            ("address", quote(&payment.address)),
            ("memo", quote(&payment.memo)),
            ("status", quote(status(stage))),
            ("amount", quoted(payment.amount)),
            ("fee", quoted(payment.fee)),
            ("confirmations", stage.confirmations().to_string()),
            ("transactionId", quote(if on_chain { &payment.tx_id } else { "" })),
            ("createdTime", payment.created_ms.to_string()),
        ])
    })
}

//! Deposits and withdrawals, which reach and leave the custody account.

use super::accounts::{self, CUSTODY};
use super::coins::{Coin, NETWORKS, Network, is_address};
use super::lists::span;
use crate::account::{ALNUM, HEX, draw};
use crate::dialect::chain::{Chain, Deposit, Payment, Stage, Withdrawal};
use crate::dialect::{Ask, Json, State, number, quoted};
use crate::engine::{Decimal, Pocket, Refused};
use crate::json::{list, quote, write};
use crate::refusal::{Refusal, Why};
use crate::rules::hashkey;

/// A new address is not sent to before this.
const SETTLES_MS: i64 = 30 * 60 * 1000;
/// Documented: exchanges that an address may belong to, in letters of either case.
const PLATFORMS: [&str; 4] = ["BINANCE", "OKX", "BITGET", "BYBIT"];
const MEMO: usize = 20;
/// Confirmations until which a deposit is under review.
const SEEN: i64 = 2;
const FIRST_WITHDRAWAL: u64 = 792_076_358_865_207_296;

/// Addresses that may be sent to from the start, and one that was allowed only now.
const ALLOWED: [(&str, &str); 3] = [
    ("ETH", "0x05aad35f83e62b6323f55ea41efcfdd2f97bd505"),
    ("Tron", "TSimSimSimSimSimSimSimSimSimSimSim"),
    ("BTC", "bc1qsim0000000000000000000000000000000000"),
];
const NEW: (&str, &str) = ("ETH", "0x132346ef629483974879a2e68A3557cA1c494D2E");
/// Deposits at the start: coin, amount, transaction, and whether it is in the account already.
const DEPOSITS: [(&str, &str, &str, bool); 2] = [
    ("ETH", "0.05", "0xbd40b38543767a7d441c87c676ddfaf6cf750e4c7d8d66abd0f1665eb031932a", true),
    ("USDT", "22", "0x28dc84ebadb2c0f77677ab266fa6f6ac0e96ba1fbaadc2cb0dfad8202b191b56", false),
];

/// An address that money may be sent to, and since when it is known.
#[derive(Debug)]
struct Allowed {
    network: &'static str,
    address: String,
    since_ms: i64,
}

/// Money on its way, and the addresses that it comes to and may go to.
#[derive(Debug)]
pub(super) struct Wallet {
    chain: Chain,
    /// Where money of each network arrives.
    own: Vec<(&'static str, String)>,
    allowed: Vec<Allowed>,
}

impl Wallet {
    pub(super) fn open(state: &mut State) -> Self {
        let now_ms = state.engine.now_ms();
        let rng = &mut state.rng;
        let own = NETWORKS.into_iter().map(|network| {
            let address = match network {
                "ETH" => format!("0x{}", draw(rng, HEX, 40)),
                "Tron" => format!("T{}", draw(rng, ALNUM, 33)),
                _ => format!("bc1q{}", draw(rng, HEX, 38)),
            };
            (network, address)
        });
        let own: Vec<_> = own.collect();
        let allow = |(network, address): (&'static str, &str), since_ms| Allowed {
            network,
            address: address.to_owned(),
            since_ms,
        };
        let long_ago = now_ms - SETTLES_MS;
        let mut allowed: Vec<_> = ALLOWED.into_iter().map(|known| allow(known, long_ago)).collect();
        allowed.push(allow(NEW, now_ms));
        let mut wallet = Self { chain: Chain::default(), own, allowed };
        for (coin, amount, tx_id, is_credited) in DEPOSITS {
            let payment = Payment {
                id: 0,
                asset: state.engine.asset(coin),
                network: "ETH",
                amount: number(amount),
                fee: Decimal::ZERO,
                address: wallet.own_address("ETH").to_owned(),
                memo: String::new(),
                sender: String::new(),
                tx_id: tx_id.to_owned(),
                created_ms: now_ms,
            };
            let deposit = Deposit::new(payment, is_credited.then_some(now_ms - 60_000));
            wallet.chain.receive(if is_credited { deposit.credited() } else { deposit });
        }
        wallet
    }

    /// Lets arrive and credits what is due.
    pub(super) fn pass(&mut self, state: &mut State) {
        let (own, now_ms) = (&self.own, state.engine.now_ms());
        self.chain.arrive(now_ms, |payment| {
            own.iter().any(|(network, address)| *network == payment.network && *address == payment.address)
        });
        let Some(custody) = accounts::find(state, CUSTODY) else { return };
        for (asset, amount) in self.chain.due(now_ms) {
            state.engine.deposit(custody, Pocket::Spot, asset, amount);
        }
    }

    pub(super) fn due_ms(&self) -> Option<i64> {
        self.chain.due_ms()
    }

    fn own_address(&self, network: &str) -> &str {
        let own = self.own.iter().find(|(name, _)| *name == network);
        own.map(|(_, address)| address.as_str()).unwrap_or_default()
    }

    /// Whether money may go to this address now.
    fn check_address(&self, network: &Network, address: &str, now_ms: i64) -> Result<(), Refusal> {
        if !is_address(network.name, address) {
            return Err(hashkey::ADDRESS_MALFORMED.into());
        }
        if self.own_address(network.name) == address {
            return Ok(());
        }
        let is_it = |known: &&Allowed| known.network == network.name && known.address == address;
        let known = self.allowed.iter().find(is_it).ok_or(hashkey::ADDRESS_UNLISTED)?;
        let is_new = now_ms - known.since_ms < SETTLES_MS;
        if is_new { Err(hashkey::ADDRESS_NEW.into()) } else { Ok(()) }
    }
}

/// The coin and the network that are asked for.
fn on_network(ask: &Ask<'_>, no_network: Why) -> Result<(&'static Coin, &'static Network), Refusal> {
    let coin = Coin::find(&ask.demand("coin")?).ok_or(hashkey::UNKNOWN_ASSET)?;
    if coin.networks.is_empty() {
        return Err(no_network.into());
    }
    let network = coin.network(&ask.demand("chainType")?);
    network.map(|network| (coin, network)).ok_or_else(|| Refusal::invalid("chainType"))
}

pub(super) fn address(wallet: &Wallet, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (coin, network) = on_network(ask, hashkey::DEPOSIT_OFF)?;
    let address = wallet.own_address(network.name);
    Ok(write(&[
        ("canDeposit", "true".to_owned()),
        ("address", quote(address)),
        ("addressExt", quote("")),
        ("minQuantity", quoted(number(network.least_deposit))),
        ("needAddressTag", "false".to_owned()),
        ("requiredConfirmTimes", "10".to_owned()),
        ("canWithdrawConfirmTimes", "10".to_owned()),
        ("coinType", quote(coin.token_type)),
    ]))
}

pub(super) fn deposits(wallet: &Wallet, state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (from_ms, to_ms) = span(ask)?;
    let most = ask.count("limit", 500, 1000)?;
    // The documentation names a coin with its network in front; answers have the coin alone.
    let coin = ask.text("coin").map(|text| text.rsplit('_').next().unwrap_or_default().to_owned());
    let (engine, now_ms) = (&state.engine, state.engine.now_ms());
    let wanted = wallet
        .chain
        .deposits()
        .rev()
        .filter(|deposit| coin.as_ref().is_none_or(|coin| engine.asset_name(deposit.payment.asset) == coin))
        .filter(|deposit| (from_ms..=to_ms).contains(&deposit.payment.created_ms));
    Ok(list(wanted.take(most).map(|deposit| {
        let payment = &deposit.payment;
        let coin = quote(engine.asset_name(payment.asset));
        let status = match deposit.stage(now_ms) {
            None => "1",
            Some(Stage::Review | Stage::Queued | Stage::Pending(..SEEN)) => "2",
            Some(Stage::Pending(_)) => "8",
            Some(Stage::Done) => "4",
        };
        write(&[
            ("time", quote(&payment.created_ms.to_string())),
            ("coin", coin.clone()),
            ("coinName", coin),
            ("address", quote(&payment.address)),
            ("quantity", quote(&format!("{:.20}", payment.amount))),
            ("status", status.to_owned()),
            ("statusCode", quote(status)),
            ("txId", quote(&payment.tx_id)),
        ])
    })))
}

/// Says where a deposit came from, which it waits for.
pub(super) fn declare(wallet: &mut Wallet, state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let tx_id = ask.demand("txid")?;
    if ask.text("institutionalName").is_none() {
        ask.demand("senderFirstName")?;
        ask.demand("senderLastName")?;
    }
    if !ask.is("isAddressOwner", "true") {
        return Err(Refusal::invalid("isAddressOwner"));
    }
    let now_ms = state.engine.now_ms();
    let found = wallet.chain.deposits_mut().find(|deposit| deposit.payment.tx_id == tx_id);
    let deposit = found.ok_or(hashkey::DEPOSIT_UNKNOWN)?;
    if deposit.since_ms.is_some() {
        return Err(hashkey::DEPOSIT_DONE.into());
    }
    deposit.since_ms = Some(now_ms);
    Ok(write(&[
        ("success", "true".to_owned()),
        ("msg", quote("")),
        ("timestamp", quote(&ask.now_ms.to_string())),
    ]))
}

fn check_amount(network: &Network, amount: Decimal) -> Result<(), Refusal> {
    if amount.is_zero() {
        return Err(hashkey::WITHDRAWAL_ZERO.into());
    }
    if amount.is_sign_negative() || amount.normalize().scale() > 8 {
        return Err(hashkey::WITHDRAWAL_MALFORMED.into());
    }
    if amount < number(network.least) {
        return Err(hashkey::WITHDRAWAL_LOW.into());
    }
    let most = number(network.most);
    if !most.is_zero() && amount > most { Err(hashkey::WITHDRAWAL_HIGH.into()) } else { Ok(()) }
}

pub(super) fn withdraw(wallet: &mut Wallet, state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (coin, network) = on_network(ask, hashkey::WITHDRAWAL_OFF)?;
    let platform = ask.text("platform").unwrap_or_default();
    if !platform.is_empty() && !PLATFORMS.iter().any(|known| known.eq_ignore_ascii_case(&platform)) {
        return Err(Refusal::invalid("platform"));
    }
    let memo = ask.text("memo").unwrap_or_default();
    if memo.len() > MEMO || !memo.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(Refusal::invalid("memo"));
    }
    let amount = ask.demand_decimal("quantity")?;
    check_amount(network, amount)?;
    let address = ask.demand("address")?;
    wallet.check_address(network, &address, state.engine.now_ms())?;
    let own_id = ask.demand("clientOrderId")?;
    if wallet.chain.withdrawals().any(|sent| sent.own_id == own_id) {
        return Err(hashkey::WITHDRAWAL_TAKEN.into());
    }
    let custody = accounts::find(state, CUSTODY).ok_or(Why::AccountUnknown)?;
    let asset = state.engine.asset(coin.name);
    state.engine.pay_out(custody, Pocket::Spot, asset, amount).map_err(|refused| match refused {
        Refused::Funds => Why::WithdrawalShort.into(),
        other => Refusal::from(other),
    })?;
    let id = FIRST_WITHDRAWAL + wallet.chain.sent();
    let tx_id = draw(&mut state.rng, HEX, 64);
    let payment = Payment {
        id,
        asset,
        network: network.name,
        amount,
        fee: number(network.fee),
        address,
        memo,
        sender: String::new(),
        tx_id: if network.name == "ETH" { format!("0x{tx_id}") } else { tx_id },
        created_ms: state.engine.now_ms(),
    };
    wallet.chain.send(Withdrawal { own_id, platform, ..Withdrawal::new(payment) });
    Ok(write(&[
        ("success", "true".to_owned()),
        ("id", quote("0")),
        ("orderId", quote(&format!("W{id}"))),
        ("accountId", quote(CUSTODY)),
    ]))
}

pub(super) fn withdrawals(wallet: &Wallet, state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (from_ms, to_ms) = span(ask)?;
    let most = ask.count("limit", 500, 1000)?;
    let (coin, memo) = (ask.text("coin"), ask.text("memo"));
    // Nothing that is sent carries a remark.
    let none = ask.text("remark").is_some();
    let (engine, now_ms) = (&state.engine, state.engine.now_ms());
    let wanted = wallet
        .chain
        .withdrawals()
        .rev()
        .filter(|sent| coin.as_ref().is_none_or(|coin| engine.asset_name(sent.payment.asset) == coin))
        .filter(|sent| memo.as_ref().is_none_or(|memo| sent.payment.memo == *memo))
        .filter(|sent| !none && (from_ms..=to_ms).contains(&sent.payment.created_ms));
    Ok(list(wanted.take(most).map(|sent| withdrawal(state, sent, sent.stage(now_ms)))))
}

fn withdrawal(state: &State, sent: &Withdrawal, stage: Stage) -> Json {
    let payment = &sent.payment;
    let coin = quote(state.engine.asset_name(payment.asset));
    let (status, arrived, tx_id) = match stage {
        Stage::Review => ("under_review", String::new(), ""),
        Stage::Queued | Stage::Pending(_) => ("withdrawing", String::new(), ""),
        Stage::Done => ("successful", format!("{:.8}", payment.amount - payment.fee), payment.tx_id.as_str()),
    };
    write(&[
        ("time", quote(&payment.created_ms.to_string())),
        ("id", quote(&format!("W{}", payment.id))),
        ("coin", coin.clone()),
        ("coinId", coin.clone()),
        ("coinName", coin.clone()),
        ("address", quote(&payment.address)),
        ("quantity", quote(&format!("{:.8}", payment.amount))),
        ("arriveQuantity", quote(&arrived)),
        ("status", quote(status)),
        ("txId", quote(tx_id)),
        ("addressUrl", quote(&payment.address)),
        ("feeCoinId", coin.clone()),
        ("feeCoinName", coin),
        ("fee", quote(&format!("{:.8}", payment.fee))),
        ("remark", quote("")),
        ("platform", quote(&sent.platform)),
        ("memo", quote(&payment.memo)),
    ])
}

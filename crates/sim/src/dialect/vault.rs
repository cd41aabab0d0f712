//! Money that comes from outside of the venue, and goes there: it takes its time, by the venue's clock.

use std::collections::VecDeque;

use crate::account::{ALNUM, HEX, draw};
use crate::engine::{AccountId, AssetId, Decimal, Engine, Pocket, Refused};

/// How many of each are kept; the oldest go first.
const KEPT: usize = 1000;
/// How long somebody looks at a withdrawal.
const REVIEW_MS: i64 = 10_000;
/// How long it then waits for the chain.
const QUEUE_MS: i64 = 10_000;
/// How long a block takes.
const BLOCK_MS: i64 = 5_000;
/// Blocks that must confirm a payment.
const CONFIRMATIONS: i64 = 12;
/// Addresses must not be what credentials are, which come from the same seed.
const SALT: u64 = 0x7661_756c_7473;

/// What is paid, and where it goes.
#[derive(Debug, Clone)]
pub(crate) struct Terms {
    pub(crate) id: u64,
    pub(crate) asset: AssetId,
    pub(crate) chain: String,
    /// What leaves the account or comes to it; of a withdrawal, with the fee.
    pub(crate) amount: Decimal,
    pub(crate) fee: Decimal,
    pub(crate) address: String,
    pub(crate) memo: String,
}

/// A deposit or a withdrawal.
#[derive(Debug, Clone)]
pub(crate) struct Payment {
    pub(crate) terms: Terms,
    /// Who sent it; empty for a withdrawal.
    pub(crate) sender: String,
    /// Its id on the chain.
    pub(crate) transaction: String,
    pub(crate) at_ms: i64,
    is_settled: bool,
}

/// How far a payment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Frozen, and looked at.
    Review,
    /// Looked at, and not on the chain yet.
    Audited,
    /// On the chain, with so many confirmations.
    Pending(i64),
    Done,
}

impl Stage {
    fn on_chain(age_ms: i64) -> Self {
        match age_ms.div_euclid(BLOCK_MS) {
            blocks if blocks >= CONFIRMATIONS => Self::Done,
            blocks => Self::Pending(blocks.max(0)),
        }
    }

    /// Of a withdrawal of this age.
    fn leaving(age_ms: i64) -> Self {
        if age_ms < REVIEW_MS {
            Self::Review
        } else if age_ms < REVIEW_MS + QUEUE_MS {
            Self::Audited
        } else {
            Self::on_chain(age_ms - REVIEW_MS - QUEUE_MS)
        }
    }

    /// How many blocks have confirmed it.
    pub(crate) fn confirmations(self) -> i64 {
        match self {
            Self::Review | Self::Audited => 0,
            Self::Pending(blocks) => blocks,
            Self::Done => CONFIRMATIONS,
        }
    }
}

impl Payment {
    /// How far it is, as a deposit or as a withdrawal.
    pub(crate) fn stage(&self, now_ms: i64) -> Stage {
        let age_ms = now_ms.saturating_sub(self.at_ms);
        if self.sender.is_empty() { Stage::leaving(age_ms) } else { Stage::on_chain(age_ms) }
    }
}

/// The account's deposits and withdrawals, oldest first.
#[derive(Debug)]
pub(crate) struct Vault {
    /// Where what was withdrawn lies, as far as the engine goes.
    outside: AccountId,
    seed: u64,
    rng: fastrand::Rng,
    deposits: VecDeque<Payment>,
    withdrawals: VecDeque<Payment>,
}

impl Vault {
    pub(crate) fn new(engine: &mut Engine, seed: u64) -> Self {
        Self {
            outside: engine.open_account(),
            seed: seed ^ SALT,
            rng: fastrand::Rng::with_seed(seed ^ SALT),
            deposits: VecDeque::new(),
            withdrawals: VecDeque::new(),
        }
    }

    /// Where chance for an address comes from: always the same for the same currency and network.
    pub(crate) fn place(&self, currency: &str, chain: &str) -> fastrand::Rng {
        let mix = |sum: u64, byte: u8| sum.wrapping_mul(31).wrapping_add(byte.into());
        let bytes = currency.bytes().chain([b'/']).chain(chain.bytes());
        fastrand::Rng::with_seed(bytes.fold(self.seed, mix))
    }

    pub(crate) fn deposits(&self) -> impl DoubleEndedIterator<Item = &Payment> {
        self.deposits.iter()
    }

    pub(crate) fn withdrawals(&self) -> impl DoubleEndedIterator<Item = &Payment> {
        self.withdrawals.iter()
    }

    /// Somebody has paid to an address of the account's: it arrives once it is confirmed.
    pub(crate) fn announce(&mut self, terms: Terms, at_ms: i64) {
        let sender = draw(&mut self.rng, ALNUM, 34);
        let transaction = draw(&mut self.rng, HEX, 64);
        keep(&mut self.deposits, Payment { terms, sender, transaction, at_ms, is_settled: false });
    }

    /// Takes the money of a withdrawal, which is on its way from then on.
    pub(crate) fn send(
        &mut self,
        engine: &mut Engine,
        account: AccountId,
        terms: Terms,
        now_ms: i64,
    ) -> Result<(), Refused> {
        let (from, to) = ((account, Pocket::Spot), (self.outside, Pocket::Spot));
        engine.transfer(from, to, terms.asset, terms.amount)?;
        let transaction = draw(&mut self.rng, HEX, 64);
        let sender = String::new();
        keep(&mut self.withdrawals, Payment { terms, sender, transaction, at_ms: now_ms, is_settled: true });
        Ok(())
    }

    /// Puts deposits that have arrived into the account.
    pub(crate) fn settle(&mut self, engine: &mut Engine, account: AccountId, now_ms: i64) {
        for deposit in &mut self.deposits {
            if !deposit.is_settled && deposit.stage(now_ms) == Stage::Done {
                deposit.is_settled = true;
                engine.deposit(account, Pocket::Spot, deposit.terms.asset, deposit.terms.amount);
            }
        }
    }

    /// What withdrawals that aren't done hold of an asset.
    pub(crate) fn frozen(&self, asset: AssetId, now_ms: i64) -> Decimal {
        let held = |payment: &&Payment| payment.terms.asset == asset && payment.stage(now_ms) != Stage::Done;
        self.withdrawals.iter().filter(held).map(|payment| payment.terms.amount).sum()
    }
}

fn keep(list: &mut VecDeque<Payment>, payment: Payment) {
    list.push_back(payment);
    if list.len() > KEPT {
        list.pop_front();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_withdrawal_goes_through_every_stage_and_never_back() {
        let stages = [0, 9_999, 10_000, 19_999, 20_000, 25_000, 79_999, 80_000, i64::MAX].map(Stage::leaving);
        let expected = [
            Stage::Review,
            Stage::Review,
            Stage::Audited,
            Stage::Audited,
            Stage::Pending(0),
            Stage::Pending(1),
            Stage::Pending(11),
            Stage::Done,
            Stage::Done,
        ];
        assert_eq!(stages, expected);
        let confirmations = stages.map(Stage::confirmations);
        assert!(confirmations.is_sorted());
        assert_eq!(confirmations.last(), Some(&12));
        // A clock that was set back.
        assert_eq!(Stage::on_chain(-1), Stage::Pending(0));
    }

    #[test]
    fn a_deposit_arrives_once() {
        let mut engine = Engine::quiet(Vec::new(), 0);
        let (account, asset) = (engine.open_account(), engine.asset("x"));
        let mut vault = Vault::new(&mut engine, 1);
        let terms = || Terms {
            id: 1,
            asset,
            chain: String::new(),
            amount: Decimal::TEN,
            fee: Decimal::ZERO,
            address: String::new(),
            memo: String::new(),
        };
        vault.announce(terms(), 0);
        for (now_ms, arrived) in [(59_999, 0), (60_000, 10), (120_000, 10)] {
            vault.settle(&mut engine, account, now_ms);
            assert_eq!(engine.available(account, Pocket::Spot, asset), Decimal::from(arrived), "{now_ms}");
        }
        vault.send(&mut engine, account, terms(), 120_000).unwrap();
        assert_eq!(vault.frozen(asset, 199_999), Decimal::TEN);
        assert_eq!(vault.frozen(asset, 200_000), Decimal::ZERO);
        assert_eq!(vault.send(&mut engine, account, terms(), 120_000), Err(Refused::Funds));
        assert_eq!(vault.withdrawals().count(), 1);
    }
}

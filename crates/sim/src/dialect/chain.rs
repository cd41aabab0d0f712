//! Deposits and withdrawals: what comes from a chain and what goes there takes its time, by the venue's clock.

use std::collections::VecDeque;

use crate::engine::{AssetId, Decimal};

/// How many deposits and withdrawals are remembered, each; the oldest go first.
const MOST: usize = 1000;
/// How long somebody looks at a withdrawal.
const REVIEW_MS: i64 = 10_000;
/// How long it then waits for the chain.
const QUEUE_MS: i64 = 10_000;
/// How long a block takes.
const BLOCK_MS: i64 = 5_000;
/// Blocks that must confirm a payment.
const CONFIRMATIONS: i64 = 12;
/// How long a payment takes on the chain.
const ON_CHAIN_MS: i64 = CONFIRMATIONS * BLOCK_MS;
/// How long a withdrawal takes.
const LEAVING_MS: i64 = REVIEW_MS + QUEUE_MS + ON_CHAIN_MS;

/// How far a payment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Looked at by people.
    Review,
    /// Looked at, and not on the chain yet.
    Queued,
    /// On the chain, with so many confirmations.
    Pending(i64),
    Done,
}

impl Stage {
    /// Of a payment that has been on the chain for so long.
    fn on_chain(age_ms: i64) -> Self {
        match age_ms.div_euclid(BLOCK_MS) {
            CONFIRMATIONS.. => Self::Done,
            blocks => Self::Pending(blocks.max(0)),
        }
    }

    /// Of a withdrawal of this age.
    fn leaving(age_ms: i64) -> Self {
        match age_ms {
            ..REVIEW_MS => Self::Review,
            _ if age_ms < REVIEW_MS + QUEUE_MS => Self::Queued,
            _ => Self::on_chain(age_ms - REVIEW_MS - QUEUE_MS),
        }
    }

    /// How many blocks have confirmed it.
    pub(crate) fn confirmations(self) -> i64 {
        match self {
            Self::Review | Self::Queued => 0,
            Self::Pending(blocks) => blocks,
            Self::Done => CONFIRMATIONS,
        }
    }
}

/// What is paid, and where it goes.
#[derive(Debug, Clone)]
pub(crate) struct Payment {
    pub(crate) id: u64,
    pub(crate) asset: AssetId,
    pub(crate) network: &'static str,
    /// What leaves the account or comes to it; of a withdrawal, with the fee.
    pub(crate) amount: Decimal,
    pub(crate) fee: Decimal,
    pub(crate) address: String,
    pub(crate) memo: String,
    /// Who sends a deposit; empty where that isn't known.
    pub(crate) sender: String,
    /// Its id on the chain.
    pub(crate) tx_id: String,
    pub(crate) created_ms: i64,
}

/// Money that leaves: from the start its account can't spend it any more.
#[derive(Debug, Clone)]
pub(crate) struct Withdrawal {
    pub(crate) payment: Payment,
    /// The caller's id; empty without one.
    pub(crate) own_id: String,
    /// Who keeps the address, where that was said.
    pub(crate) platform: String,
    /// It is at the other end.
    pub(crate) has_left: bool,
}

impl Withdrawal {
    pub(crate) fn new(payment: Payment) -> Self {
        Self { payment, own_id: String::new(), platform: String::new(), has_left: false }
    }

    pub(crate) fn stage(&self, now_ms: i64) -> Stage {
        Stage::leaving(now_ms.saturating_sub(self.payment.created_ms))
    }
}

/// Money that was sent here.
#[derive(Debug, Clone)]
pub(crate) struct Deposit {
    pub(crate) payment: Payment,
    /// When the chain began to count for it; `None` while it waits for a word on its origin.
    pub(crate) since_ms: Option<i64>,
    is_credited: bool,
}

impl Deposit {
    pub(crate) fn new(payment: Payment, since_ms: Option<i64>) -> Self {
        Self { payment, since_ms, is_credited: false }
    }

    /// One that is in its account already.
    pub(crate) fn credited(self) -> Self {
        Self { is_credited: true, ..self }
    }

    /// How far it is; `None` while it waits for a word on its origin.
    pub(crate) fn stage(&self, now_ms: i64) -> Option<Stage> {
        self.since_ms.map(|since_ms| Stage::on_chain(now_ms.saturating_sub(since_ms)))
    }
}

/// An account's deposits and withdrawals, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    withdrawals: VecDeque<Withdrawal>,
    deposits: VecDeque<Deposit>,
    sent: u64,
}

impl Chain {
    pub(crate) fn withdrawals(&self) -> impl DoubleEndedIterator<Item = &Withdrawal> {
        self.withdrawals.iter()
    }

    pub(crate) fn deposits(&self) -> impl DoubleEndedIterator<Item = &Deposit> {
        self.deposits.iter()
    }

    pub(crate) fn deposits_mut(&mut self) -> impl Iterator<Item = &mut Deposit> {
        self.deposits.iter_mut()
    }

    /// How many withdrawals there were.
    pub(crate) fn sent(&self) -> u64 {
        self.sent
    }

    pub(crate) fn send(&mut self, withdrawal: Withdrawal) {
        self.sent += 1;
        push(&mut self.withdrawals, withdrawal, |sent| sent.has_left);
    }

    pub(crate) fn receive(&mut self, deposit: Deposit) {
        push(&mut self.deposits, deposit, |deposit| deposit.is_credited);
    }

    /// Withdrawals that are done, each once: nothing is set aside for them any more.
    pub(crate) fn left(&mut self, now_ms: i64) -> Vec<Payment> {
        let leave = |sent: &mut Withdrawal| {
            let leaves = !sent.has_left && sent.stage(now_ms) == Stage::Done;
            sent.has_left |= leaves;
            leaves.then(|| sent.payment.clone())
        };
        self.withdrawals.iter_mut().filter_map(leave).collect()
    }

    /// Withdrawals to addresses of our own arrive there, and wait for a word on their origin.
    pub(crate) fn arrive(&mut self, now_ms: i64, is_own: impl Fn(&Payment) -> bool) {
        for payment in self.left(now_ms).into_iter().filter(is_own) {
            let amount = payment.amount - payment.fee;
            let created_ms = payment.created_ms + LEAVING_MS;
            self.receive(Deposit::new(Payment { amount, created_ms, ..payment }, None));
        }
    }

    /// When the next payment is done, of those that nobody has been told of.
    pub(crate) fn due_ms(&self) -> Option<i64> {
        let sent = self.withdrawals.iter().filter(|sent| !sent.has_left);
        let left = sent.map(|sent| sent.payment.created_ms.saturating_add(LEAVING_MS));
        let coming = self.deposits.iter().filter(|deposit| !deposit.is_credited);
        left.chain(coming.filter_map(|deposit| Some(deposit.since_ms?.saturating_add(ON_CHAIN_MS)))).min()
    }

    /// Deposits that are done, each once: they are to be credited now.
    pub(crate) fn due(&mut self, now_ms: i64) -> Vec<(AssetId, Decimal)> {
        let is_due =
            |deposit: &&mut Deposit| !deposit.is_credited && deposit.stage(now_ms) == Some(Stage::Done);
        let due = self.deposits.iter_mut().filter(is_due);
        due.map(|deposit| {
            deposit.is_credited = true;
            (deposit.payment.asset, deposit.payment.amount)
        })
        .collect()
    }
}

/// What is over may be forgotten, and nothing else: somebody's money would go with it.
fn push<T>(list: &mut VecDeque<T>, entry: T, is_over: impl Fn(&T) -> bool) {
    list.push_back(entry);
    if list.len() > MOST && list.front().is_some_and(is_over) {
        list.pop_front();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;

    fn payment(created_ms: i64) -> Payment {
        Payment {
            id: 1,
            asset: Engine::quiet(Vec::new(), 0).asset("x"),
            network: "n",
            amount: Decimal::TEN,
            fee: Decimal::ONE,
            address: "a".to_owned(),
            memo: String::new(),
            sender: String::new(),
            tx_id: String::new(),
            created_ms,
        }
    }

    #[test]
    fn a_withdrawal_goes_through_every_stage_and_never_back() {
        let stages = [0, 9_999, 10_000, 19_999, 20_000, 25_000, 79_999, 80_000, i64::MAX].map(Stage::leaving);
        let expected = [
            Stage::Review,
            Stage::Review,
            Stage::Queued,
            Stage::Queued,
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
    fn a_deposit_is_due_once_and_not_before_its_origin_is_known() {
        let mut chain = Chain::default();
        chain.receive(Deposit::new(payment(0), Some(0)));
        chain.receive(Deposit::new(payment(0), None));
        chain.receive(Deposit::new(payment(0), Some(0)).credited());
        assert!(chain.due(59_999).is_empty());
        assert_eq!(chain.due_ms(), Some(60_000));
        assert_eq!(chain.due(60_000).len(), 1);
        assert!(chain.due(i64::MAX).is_empty() && chain.due_ms().is_none());
        chain.deposits_mut().for_each(|deposit| deposit.since_ms = deposit.since_ms.or(Some(100_000)));
        assert_eq!(chain.due(160_000).len(), 1);
    }

    #[test]
    fn what_is_withdrawn_leaves_once_and_arrives_once_at_our_own_address() {
        let mut chain = Chain::default();
        chain.send(Withdrawal::new(payment(0)));
        assert_eq!((chain.left(79_999).len(), chain.sent(), chain.due_ms()), (0, 1, Some(80_000)));
        assert_eq!([80_000, i64::MAX].map(|now_ms| chain.left(now_ms).len()), [1, 0]);
        chain.send(Withdrawal::new(payment(0)));
        chain.arrive(79_999, |_| true);
        assert_eq!(chain.deposits().count(), 0);
        for _ in 0..2 {
            chain.arrive(80_000, |payment| payment.address == "a");
        }
        let arrived: Vec<_> = chain.deposits().map(|deposit| deposit.payment.amount).collect();
        assert_eq!(arrived, [Decimal::from(9)]);
        chain.send(Withdrawal::new(payment(0)));
        chain.arrive(i64::MAX, |_| false);
        assert_eq!(chain.deposits().count(), 1);
    }
}

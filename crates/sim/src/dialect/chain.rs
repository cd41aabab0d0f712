//! What comes from a chain and what goes there: allowed addresses, deposits, withdrawals, and how far they are.

use std::collections::VecDeque;

use crate::engine::{AssetId, Decimal};

/// How long something is looked at by people.
const REVIEW_MS: i64 = 10_000;
/// When a chain is done with it, the review included.
const DONE_MS: i64 = 60_000;
/// How many deposits and withdrawals are remembered, each.
const MOST: usize = 1000;

/// How far money on its way is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Review,
    UnderWay,
    Done,
}

impl Stage {
    fn at(since_ms: i64, now_ms: i64) -> Self {
        match now_ms.saturating_sub(since_ms) {
            DONE_MS.. => Self::Done,
            REVIEW_MS.. => Self::UnderWay,
            _ => Self::Review,
        }
    }
}

/// An address that money may be sent to, and since when it is known.
#[derive(Debug)]
pub(crate) struct Allowed {
    pub(crate) network: &'static str,
    pub(crate) address: String,
    pub(crate) since_ms: i64,
}

/// Money that leaves; it is gone from its account from the start.
#[derive(Debug, Clone)]
pub(crate) struct Withdrawal {
    pub(crate) id: u64,
    pub(crate) own_id: String,
    pub(crate) asset: AssetId,
    pub(crate) network: &'static str,
    pub(crate) address: String,
    pub(crate) amount: Decimal,
    pub(crate) fee: Decimal,
    pub(crate) memo: String,
    pub(crate) platform: String,
    pub(crate) tx_id: String,
    pub(crate) created_ms: i64,
    /// It reached the other end, if that is one of ours.
    pub(crate) has_arrived: bool,
}

impl Withdrawal {
    pub(crate) fn stage(&self, now_ms: i64) -> Stage {
        Stage::at(self.created_ms, now_ms)
    }
}

/// Money that was sent here.
#[derive(Debug, Clone)]
pub(crate) struct Deposit {
    pub(crate) asset: AssetId,
    pub(crate) address: String,
    pub(crate) amount: Decimal,
    pub(crate) tx_id: String,
    pub(crate) created_ms: i64,
    /// When it was said where it came from, which it waits for.
    pub(crate) declared_ms: Option<i64>,
    pub(crate) is_credited: bool,
}

impl Deposit {
    /// How far it is; `None` while it waits for a word on its origin.
    pub(crate) fn stage(&self, now_ms: i64) -> Option<Stage> {
        self.declared_ms.map(|since_ms| Stage::at(since_ms, now_ms))
    }
}

/// All of it, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    pub(crate) allowed: Vec<Allowed>,
    /// Where money of each network arrives.
    pub(crate) own: Vec<(&'static str, String)>,
    pub(crate) withdrawals: VecDeque<Withdrawal>,
    pub(crate) deposits: VecDeque<Deposit>,
    /// How many withdrawals there were.
    pub(crate) sent: u64,
}

impl Chain {
    pub(crate) fn own_address(&self, network: &str) -> Option<&str> {
        self.own.iter().find(|(name, _)| *name == network).map(|(_, address)| address.as_str())
    }

    pub(crate) fn send(&mut self, withdrawal: Withdrawal) {
        self.sent += 1;
        push(&mut self.withdrawals, withdrawal);
    }

    pub(crate) fn receive(&mut self, deposit: Deposit) {
        push(&mut self.deposits, deposit);
    }

    /// Withdrawals to one of our own addresses arrive there; answers the deposits that are to be credited now.
    pub(crate) fn pass(&mut self, now_ms: i64) -> Vec<(AssetId, Decimal)> {
        let (own, mut arrived) = (&self.own, Vec::new());
        for sent in &mut self.withdrawals {
            if sent.has_arrived || sent.stage(now_ms) != Stage::Done {
                continue;
            }
            sent.has_arrived = true;
            if own.iter().any(|(network, address)| *network == sent.network && *address == sent.address) {
                arrived.push(Deposit {
                    asset: sent.asset,
                    address: sent.address.clone(),
                    amount: sent.amount - sent.fee,
                    tx_id: sent.tx_id.clone(),
                    created_ms: sent.created_ms + DONE_MS,
                    declared_ms: None,
                    is_credited: false,
                });
            }
        }
        for deposit in arrived {
            self.receive(deposit);
        }
        let due = |deposit: &&mut Deposit| !deposit.is_credited && deposit.stage(now_ms) == Some(Stage::Done);
        let due = self.deposits.iter_mut().filter(due);
        due.map(|deposit| {
            deposit.is_credited = true;
            (deposit.asset, deposit.amount)
        })
        .collect()
    }
}

fn push<T>(list: &mut VecDeque<T>, entry: T) {
    list.push_back(entry);
    if list.len() > MOST {
        list.pop_front();
    }
}

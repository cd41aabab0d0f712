//! Books as they are shown, and what changes from one showing to the next.

use std::collections::BTreeMap;

use super::{Json, quoted};
use crate::engine::{Decimal, Engine, InstrumentId, Side};
use crate::json::list;

/// Prices with what rests there, best first.
pub(crate) type Levels = Vec<(Decimal, Decimal)>;

/// The top of a book, or what changed of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Shown {
    /// How often the whole book had changed by then.
    pub(crate) revision: u64,
    pub(crate) bids: Levels,
    pub(crate) asks: Levels,
}

impl Shown {
    pub(crate) fn of(engine: &Engine, id: InstrumentId, depth: usize) -> Self {
        Self {
            revision: engine.revision(id),
            bids: engine.levels(id, Side::Buy, depth),
            asks: engine.levels(id, Side::Sell, depth),
        }
    }

    /// Whether who sees only its levels sees no difference.
    pub(crate) fn looks_like(&self, other: &Self) -> bool {
        (&self.bids, &self.asks) == (&other.bids, &other.asks)
    }

    /// What turns this into `now`, for someone who replaces what a price has and drops what is zero: levels that
    /// were pushed out of sight are zero too.
    pub(crate) fn changes_to(&self, now: &Self) -> Self {
        Self {
            revision: now.revision,
            bids: changes(&self.bids, &now.bids, Side::Buy),
            asks: changes(&self.asks, &now.asks, Side::Sell),
        }
    }
}

fn changes(before: &[(Decimal, Decimal)], now: &[(Decimal, Decimal)], side: Side) -> Levels {
    let mut gone: BTreeMap<Decimal, Decimal> = before.iter().copied().collect();
    let changed = |(price, qty): &&(Decimal, Decimal)| gone.remove(price) != Some(*qty);
    let mut changes: Levels = now.iter().filter(changed).copied().collect();
    changes.extend(gone.into_keys().map(|price| (price, Decimal::ZERO)));
    // The best first here as well.
    changes.sort_by_key(|(price, _)| side.opposite().signed(*price));
    changes
}

/// Levels as pairs of price and size, as texts.
pub(crate) fn levels(levels: &[(Decimal, Decimal)]) -> Json {
    list(levels.iter().map(|(price, qty)| list([quoted(*price), quoted(*qty)])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_turn_one_showing_into_the_next() {
        let book = |bids: &[(i64, i64)], asks: &[(i64, i64)]| {
            let levels = |side: &[(i64, i64)]| side.iter().map(|(p, q)| ((*p).into(), (*q).into())).collect();
            Shown { revision: 7, bids: levels(bids), asks: levels(asks) }
        };
        let before = book(&[(9, 1), (8, 2), (7, 3)], &[(10, 1), (11, 2)]);
        let now = book(&[(9, 1), (8, 5), (6, 4)], &[(11, 2), (12, 1)]);
        let changes = before.changes_to(&now);
        assert_eq!(changes, book(&[(8, 5), (7, 0), (6, 4)], &[(10, 0), (12, 1)]));
        assert!(now.changes_to(&now).looks_like(&Shown::default()));
        assert_eq!(levels(&changes.asks), r#"[["10","0"],["12","1"]]"#);
    }
}

//! What a venue remembers besides its engine: other accounts of the owner, ids that were used up.

use std::collections::VecDeque;

use super::State;
use crate::engine::AccountId;

/// Ids of transfers that are remembered, so that none is executed twice.
const REMEMBERED: usize = 10_000;
/// How many other accounts there may be: any name opens one.
const MOST_OTHERS: usize = 100;

/// Ids under which something was moved, which count once; the latest are kept.
#[derive(Debug, Default)]
pub(crate) struct Moved(VecDeque<String>);

impl Moved {
    pub(crate) fn contains(&self, id: &str) -> bool {
        self.0.iter().any(|known| known == id)
    }

    pub(crate) fn remember(&mut self, id: String) {
        self.0.push_back(id);
        if self.0.len() > REMEMBERED {
            self.0.pop_front();
        }
    }
}

impl State {
    /// Another account of the same owner.
    pub(crate) fn other(&self, name: &str) -> Option<AccountId> {
        self.others.iter().find(|(known, _)| known == name).map(|(_, account)| *account)
    }

    /// The same, opened if there was none; `None` when there are too many.
    pub(crate) fn open_other(&mut self, name: &str) -> Option<AccountId> {
        if let Some(account) = self.other(name) {
            return Some(account);
        }
        if self.others.len() >= MOST_OTHERS {
            return None;
        }
        let account = self.engine.open_account();
        self.others.push((name.to_owned(), account));
        Some(account)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_remembered_until_ten_thousand_others_came() {
        let mut moved = Moved::default();
        (0..REMEMBERED).for_each(|id| moved.remember(id.to_string()));
        assert!(moved.contains("0") && !moved.contains("x"));
        moved.remember("x".to_owned());
        assert!(!moved.contains("0") && moved.contains("1") && moved.contains("x"));
    }
}

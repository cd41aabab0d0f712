//! Triggers that wait for so long and no longer.

use super::Engine;
use super::trigger::TriggerStatus;
use super::types::{AccountId, OrderId, Refused};

impl Engine {
    /// Gives a waiting trigger up at `at_ms`, unless it has fired by then.
    ///
    /// # Errors
    /// When it isn't there, isn't the account's, or isn't waiting.
    pub fn expire_trigger_at(&mut self, account: AccountId, id: OrderId, at_ms: i64) -> Result<(), Refused> {
        let before = self.own_trigger(account, id)?.expires_ms;
        if let Some(before) = before {
            self.expiring.remove(&(before, id));
        }
        self.expiring.insert((at_ms, id));
        if let Some(trigger) = self.triggers.get_mut(&id) {
            trigger.expires_ms = Some(at_ms);
        }
        self.expire();
        Ok(())
    }

    /// Ends all whose time has come.
    pub(crate) fn expire(&mut self) {
        while let Some(&(at_ms, id)) = self.expiring.first() {
            if at_ms > self.now_ms {
                return;
            }
            self.expiring.remove(&(at_ms, id));
            self.end_trigger(id, TriggerStatus::Expired);
        }
    }
}

//! What was granted and isn't settled yet, and where each bucket is.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use smallvec::SmallVec;

use super::limit::Limit;

/// What a grant holds: places of buckets, and weights.
pub(super) type Held = SmallVec<[(usize, u64); 3]>;

/// Grants by their numbers: a slot, and how often it was used before, so that an old number finds nothing.
#[derive(Default)]
pub(super) struct Grants {
    slots: Vec<(u32, Option<Held>)>,
    free: Vec<u32>,
}

impl Grants {
    pub(super) fn insert(&mut self, held: Held) -> u64 {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.slots.push((0, None));
            // So many requests are never under way at once.
            u32::try_from(self.slots.len() - 1).unwrap_or(u32::MAX)
        });
        let Some((uses, place)) = self.slots.get_mut(slot as usize) else { return u64::MAX };
        *uses = uses.wrapping_add(1);
        *place = Some(held);
        u64::from(*uses) << 32 | u64::from(slot)
    }

    /// What it held; nothing when it was taken before.
    pub(super) fn take(&mut self, grant: u64) -> Option<Held> {
        let slot = u32::try_from(grant & u64::from(u32::MAX)).ok()?;
        let (uses, place) = self.slots.get_mut(slot as usize)?;
        if u64::from(*uses) != grant >> 32 {
            return None;
        }
        let held = place.take()?;
        self.free.push(slot);
        Some(held)
    }
}

/// Where the buckets of each limit are, by their owners. A limit has few: most often one, or one a key.
#[derive(Default)]
pub(super) struct Places(HashMap<usize, Owners, BuildHasherDefault<Spread>>);

type Owners = SmallVec<[(Arc<str>, usize); 1]>;

impl Places {
    pub(super) fn find(&self, limit: &'static Limit, owner: &Arc<str>) -> Option<usize> {
        let owners = self.0.get(&identity(limit))?;
        let is_it = |known: &Arc<str>| Arc::ptr_eq(known, owner) || known == owner;
        owners.iter().find(|(known, _)| is_it(known)).map(|(_, place)| *place)
    }

    pub(super) fn insert(&mut self, limit: &'static Limit, owner: Arc<str>, place: usize) {
        self.0.entry(identity(limit)).or_default().push((owner, place));
    }

    /// The buckets of a limit.
    pub(super) fn of(&self, limit: &'static Limit) -> &[(Arc<str>, usize)] {
        self.0.get(&identity(limit)).map_or(&[], |owners| owners)
    }
}

/// Limits are statics: their address is their identity, and two venues may use the same name.
pub(super) fn identity(limit: &'static Limit) -> usize {
    std::ptr::from_ref(limit) as usize
}

/// Spreads addresses. Nobody outside chooses them, so nothing stronger is needed.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_usize(usize::from(*byte));
        }
    }

    fn write_usize(&mut self, number: usize) {
        self.0 = (self.0 ^ number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(32);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::super::Scope;
    use super::*;

    #[test]
    fn a_grant_is_taken_once_though_its_slot_is_used_again() {
        let mut grants = Grants::default();
        let held = |weight| Held::from_slice(&[(0, weight)]);
        let (one, two) = (grants.insert(held(1)), grants.insert(held(2)));
        assert_eq!(grants.take(one), Some(held(1)));
        let three = grants.insert(held(3));
        assert_eq!(grants.slots.len(), 2);
        assert_eq!(grants.take(one), None);
        assert_eq!((grants.take(three), grants.take(two)), (Some(held(3)), Some(held(2))));
        assert_eq!(grants.take(three), None);
        assert_eq!(grants.take(u64::MAX), None);
    }

    #[test]
    fn a_bucket_is_found_by_its_limit_and_its_owners_name() {
        static ONE: Limit = Limit::new("one", 1, 1, Scope::Key);
        static TWO: Limit = Limit::new("one", 1, 1, Scope::Key);
        let mut places = Places::default();
        places.insert(&ONE, Arc::from("a"), 0);
        places.insert(&ONE, Arc::from("b"), 1);
        places.insert(&TWO, Arc::from("a"), 2);
        assert_eq!(places.find(&ONE, &Arc::from("b")), Some(1));
        assert_eq!(places.find(&TWO, &Arc::from("a")), Some(2));
        assert_eq!(places.find(&TWO, &Arc::from("b")), None);
        assert_eq!(places.of(&ONE).len(), 2);
    }
}

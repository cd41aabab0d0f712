//! What a simulated venue saw.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::hash::{Hash as _, Hasher as _};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::data::{Endpoint, Place};
use crate::given::{Given, Value, member};
use crate::json;

/// A request that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hit {
    /// The verb.
    pub method: String,
    /// The received path.
    pub path: String,
    /// The received query, without the question mark.
    pub query: String,
    /// The answered status; `None` when the connection was closed without an answer.
    pub status: Option<u16>,
    /// When it was answered, by the venue's clock.
    pub at_ms: i64,
}

/// How many requests are remembered.
const REMEMBERED: usize = 4096;

/// Parameters that carry an id of the caller's own for what is to be executed.
pub(crate) const OWN_IDS: [&str; 6] =
    ["client_order_id", "newClientOrderId", "clientOrderId", "customID", "bizId", "requestNo"];

/// Counters of one venue.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    requests: u64,
    refused: u64,
    executed: BTreeMap<(String, String), u64>,
    /// Executions by the hash of their caller's id: a million ids must fit.
    by_own_id: HashMap<u64, u32>,
    repeated: Vec<String>,
    hits: VecDeque<Hit>,
}

impl Counts {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn request(&self) {
        self.lock().requests += 1;
    }

    pub(crate) fn refuse(&self) {
        self.lock().refused += 1;
    }

    /// Counts an execution, but for the rows of a list that were refused.
    pub(crate) fn execute(&self, endpoint: &Endpoint, given: &Given, refused: &[String]) {
        let mut ids = own_ids(endpoint, given);
        for refused in refused {
            if let Some(at) = ids.iter().rposition(|id| id == refused) {
                ids.remove(at);
            }
        }
        let mut inner = self.lock();
        *inner.executed.entry((endpoint.method.clone(), endpoint.path.clone())).or_default() += 1;
        for id in ids {
            let times = inner.by_own_id.entry(hash(&id)).or_default();
            *times += 1;
            if *times == 2 {
                inner.repeated.push(id);
            }
        }
    }

    pub(crate) fn hit(&self, hit: Hit) {
        let mut inner = self.lock();
        if inner.hits.len() == REMEMBERED {
            inner.hits.pop_front();
        }
        inner.hits.push_back(hit);
    }

    pub(crate) fn requests(&self) -> u64 {
        self.lock().requests
    }

    pub(crate) fn refused(&self) -> u64 {
        self.lock().refused
    }

    pub(crate) fn executed(&self, method: &str, path: &str) -> u64 {
        let key = (method.to_owned(), path.to_owned());
        self.lock().executed.get(&key).copied().unwrap_or_default()
    }

    pub(crate) fn executions(&self, own_id: &str) -> u32 {
        self.lock().by_own_id.get(&hash(own_id)).copied().unwrap_or_default()
    }

    pub(crate) fn own_ids(&self) -> usize {
        self.lock().by_own_id.len()
    }

    pub(crate) fn repeated(&self) -> Vec<String> {
        self.lock().repeated.clone()
    }

    pub(crate) fn hits(&self) -> Vec<Hit> {
        self.lock().hits.iter().cloned().collect()
    }
}

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

/// The caller's ids of what a request places or moves, alone or in a list.
fn own_ids(endpoint: &Endpoint, given: &Given) -> Vec<String> {
    let refers = ["cancel", "modify", "test"].iter().any(|word| endpoint.id.contains(word));
    if endpoint.method != "POST" || refers {
        return Vec::new();
    }
    let mut ids = Vec::new();
    for param in endpoint.params.iter().filter(|param| OWN_IDS.contains(&param.name.as_str())) {
        if param.place != Place::Item {
            ids.extend(given.plain(param.place, &param.name));
            continue;
        }
        let arrays = endpoint.params.iter().filter(|other| other.place == Place::Body);
        let lists = arrays.filter_map(|list| json::array(&given.plain(Place::Body, &list.name)?));
        let bare = given.bare_array().unwrap_or_default().iter().cloned();
        for item in bare.chain(lists.flatten()) {
            let Some(members) = json::object(item.get()) else { continue };
            ids.extend(member(&members, &param.name).and_then(Value::plain));
        }
    }
    ids
}

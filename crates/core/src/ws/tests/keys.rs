//! Listen keys that are fetched, renewed and given back, as well or as badly as a test says.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use super::toy::{Toy, listen_key};
use super::{Line, SECOND, secs};
use crate::error::{Error, Kind, Outcome};
use crate::ws::KeyCalls;

/// A key that isn't renewed is good for so long.
pub(super) const VALID: Duration = secs(3600);
/// So often it is to be renewed.
pub(super) const RENEWED: Duration = secs(1800);

/// How renewals go.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Renewal {
    pub(super) takes: Duration,
    pub(super) fails: Option<Kind>,
}

thread_local! {
    /// What was asked for keys, and with which.
    static CALLS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    static NUMBER: Cell<u32> = const { Cell::new(0) };
    static RENEWAL: Cell<Renewal> = const { Cell::new(Renewal { takes: Duration::ZERO, fails: None }) };
    /// When keys end at the venue.
    static ENDS: RefCell<HashMap<String, Instant>> = RefCell::default();
}

/// What was asked for keys since the last call.
pub(super) fn calls() -> Vec<String> {
    CALLS.with_borrow_mut(std::mem::take)
}

/// Renewals go like this from here on.
pub(super) fn renewals(go: Renewal) {
    RENEWAL.set(go);
}

/// Whether the venue still takes a key.
pub(super) fn is_good(key: &str) -> bool {
    ENDS.with_borrow(|ends| ends.get(key).is_some_and(|at| Instant::now() < *at))
}

/// The venue counts from when it was asked.
fn is_good_from(key: &str, asked: Instant) {
    ENDS.with_borrow_mut(|ends| ends.insert(key.to_owned(), asked + VALID));
}

/// Keys are numbered; who fetches one waits for a second.
fn key_calls() -> KeyCalls {
    KeyCalls::new(|_| {
        Box::pin(async {
            let asked = Instant::now();
            tokio::time::sleep(SECOND).await;
            NUMBER.set(NUMBER.get() + 1);
            let key = listen_key(NUMBER.get());
            CALLS.with_borrow_mut(|calls| calls.push(format!("fetch {}", key.expose())));
            is_good_from(key.expose(), asked);
            Ok(key)
        })
    })
    .renew(|_, key| {
        CALLS.with_borrow_mut(|calls| calls.push(format!("renew {}", key.expose())));
        let Renewal { takes, fails } = RENEWAL.get();
        let asked = Instant::now();
        Box::pin(async move {
            tokio::time::sleep(takes).await;
            match fails {
                Some(kind) => Err(Error::new(kind, Outcome::Rejected, "no such key")),
                None => {
                    is_good_from(key.expose(), asked);
                    Ok(())
                }
            }
        })
    })
    .release(|_, key| {
        CALLS.with_borrow_mut(|calls| calls.push(format!("release {}", key.expose())));
        Box::pin(async { Ok(()) })
    })
}

pub(super) fn with_keys(lines: Vec<Line>) -> Toy {
    Toy { keys: Some(key_calls()), ..Toy::new(lines) }
}

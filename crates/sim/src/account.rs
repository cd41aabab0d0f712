//! The credentials of a simulated account, made from the seed.

use std::fmt;

use crate::which::Which;

pub(crate) const HEX: &[u8] = b"0123456789abcdef";
pub(crate) const ALNUM: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// Key, secret and, where a venue has one, memo.
#[derive(Clone, Default)]
pub(crate) struct Account {
    pub(crate) key: String,
    pub(crate) secret: String,
    pub(crate) memo: Option<String>,
}

impl Account {
    /// Credentials in the venue's own format; the same for the same seed.
    pub(crate) fn new(which: Which, rng: &mut fastrand::Rng) -> Self {
        match which {
            Which::HashKey | Which::Pumpkin => {
                Self { key: draw(rng, ALNUM, 64), secret: draw(rng, ALNUM, 64), memo: None }
            }
            Which::BitMart => Self {
                key: draw(rng, HEX, 40),
                secret: draw(rng, HEX, 64),
                memo: Some(format!("sim{:03}", rng.u32(0..1000))),
            },
            Which::WexSpot | Which::WexFutures => {
                Self { key: uuid(rng), secret: draw(rng, HEX, 40), memo: None }
            }
            Which::Hibt => Self { key: draw(rng, HEX, 32), secret: draw(rng, HEX, 64), memo: None },
        }
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").finish_non_exhaustive()
    }
}

/// Letters of an alphabet, by chance.
pub(crate) fn draw(rng: &mut fastrand::Rng, alphabet: &[u8], length: usize) -> String {
    (0..length).filter_map(|_| rng.choice(alphabet).copied()).map(char::from).collect()
}

/// A random id in the form of a UUID.
pub(crate) fn uuid(rng: &mut fastrand::Rng) -> String {
    [8, 4, 4, 4, 12].map(|length| draw(rng, HEX, length)).join("-")
}

//! The six venues, by name.

use std::fmt;
use std::str::FromStr;

/// A venue that can be simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Which {
    /// `HashKey` (spot).
    HashKey,
    /// `BitMart` Futures.
    BitMart,
    /// WEX spot.
    WexSpot,
    /// WEX futures, USDT-M and Coin-M on the same paths.
    WexFutures,
    /// Hibt futures.
    Hibt,
    /// Pumpkin futures.
    Pumpkin,
}

impl Which {
    /// Every venue.
    pub const ALL: [Self; 6] =
        [Self::HashKey, Self::BitMart, Self::WexSpot, Self::WexFutures, Self::Hibt, Self::Pumpkin];

    /// The id used on the command line and in file names.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::HashKey => "hashkey",
            Self::BitMart => "bitmart",
            Self::WexSpot => "wex-spot",
            Self::WexFutures => "wex-futures",
            Self::Hibt => "hibt",
            Self::Pumpkin => "pumpkin",
        }
    }
}

impl fmt::Display for Which {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl FromStr for Which {
    type Err = UnknownVenue;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|which| which.id() == text).ok_or_else(|| UnknownVenue(text.to_owned()))
    }
}

/// A name that is none of the six ids.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no venue is called {0:?}: one of hashkey, bitmart, wex-spot, wex-futures, hibt, pumpkin")]
pub struct UnknownVenue(String);

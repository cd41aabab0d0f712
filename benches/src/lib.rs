//! Measuring one path of ours beside the bare library doing the same work, in one run.
//!
//! Absolute times drift with the machine; a ratio taken from interleaved rounds doesn't. Only ratios are
//! meant to be quoted.

#[cfg(feature = "measure")]
mod clock;
mod line;
#[cfg(feature = "measure")]
mod measure;
mod plain;
mod random;
mod shape;

#[cfg(feature = "measure")]
pub use clock::{CpuTime, pin};
pub use line::{Goal, Line, Unit};
#[cfg(feature = "measure")]
pub use measure::{Bench, MIN_MESSAGES, Pair, median};
pub use plain::{decimal, decimal_or_none};
pub use random::Random;
pub use shape::{joined, vary};

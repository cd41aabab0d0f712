//! Building blocks of what goes over the wire: lenient scalars, rows, envelopes, open enums, times and ids.

mod ack;
pub(crate) mod audit;
mod enums;
mod envelope;
mod id;
pub(crate) mod json;
mod model;
mod rows;
mod shape;
mod time;
mod token;

pub use ack::{Ack, affirmed};
pub use audit::{Audit, audited, lenient, note_unmapped, reparse};
pub use enums::EnumValue;
pub use envelope::{Envelope, Head, Keys};
pub use id::{Asset, ClientOrderId, OrderId, Symbol, TradeId};
pub use json::expected;
pub use model::{Empty, Skipped};
pub use rows::{BadRow, Rows};
pub use shape::{ObjectOr, object};
pub use time::{Digits, Millis, Secs};
pub use token::{Scalar, Token, TokenError, Unset, absent, nullable, scalar, scalars, token, unset};

/// What an id is held in: up to 23 bytes in place.
#[doc(hidden)]
pub type ShortText = smol_str::SmolStr;

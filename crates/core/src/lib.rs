//! Shared core of the venue clients: what two venues need, once.
//!
//! Most users never name this crate; the venue crates re-export what they need of it. It has
//!
//! * exact numbers, one type per meaning: [`Price`], [`Qty`], [`Contracts`], [`Amount`], [`Rate`];
//! * errors that say what became of the request: [`Error`], [`Kind`], [`Outcome`];
//! * an instrument's rules, to check and round an order by before it is sent: [`Instrument`], [`Grid`];
//! * requests as plain values: [`Endpoint`], [`Spec`], [`request!`];
//! * the seam to a venue: [`Venue`];
//! * the [`Client`], which seals, sends, opens and repeats by one rule for all.

// `model!` names this crate in attributes, where `$crate` can't stand.
#[allow(unused_extern_crates, reason = "only macros inside attributes use the name")]
extern crate self as venue_core;

pub mod book;
pub mod budget;
mod client;
mod clock;
mod decimal;
mod endpoint;
mod error;
mod grid;
pub mod http;
mod instrument;
mod sealed;
mod sign;
mod text;
mod venue;
pub mod wire;
pub mod ws;

pub use client::{
    Answer, AnyClient, Builder, Call, Client, Executed, Lookup, Pages, Prepared, RawCall, Resolution, Retry,
    RowResolution, decode,
};
pub use clock::{Clock, ClockReport};
pub use decimal::{Amount, Contracts, Decimal, DecimalError, Price, Qty, Rate, parse_decimal};
pub use endpoint::{
    Accept, AnyRequest, AsIs, Auth, Converted, Cost, Costs, Decoded, Endpoint, Field, FieldInfo, IntoParam,
    Operation, Paged, Param, Params, Part, Permission, Place, Placement, Raw, RawJson, Replay, Request,
    Shape, Source, Spec, Style, Value, read_object,
};
pub use error::{Code, Codes, Error, Invalid, Kind, Outcome, Status};
pub use grid::{Grid, Rounding};
pub use instrument::{Instrument, Size};
pub use sealed::{Sealed, Sealing, with_query};
pub use sign::{
    Algorithm, Credentials, Encoding, HexTag, Mac, Secret, Sorted, sorted, write_pairs, write_plain_pairs,
};
pub use venue::{ClockCall, Draft, Hosts, Login, Refusal, Usage, Venue, Verdict};
pub use wire::{
    Ack, Asset, BadRow, ClientOrderId, Digits, Empty, Head, Keys, Millis, OrderId, Rows, Secs, Symbol,
    TradeId,
};

/// Re-exports for the macros and for venue crates, so that they need no dependency of their own.
pub use ::http as http_types;
pub use serde;
pub use serde_json;

#[doc(hidden)]
pub use endpoint::Camel;

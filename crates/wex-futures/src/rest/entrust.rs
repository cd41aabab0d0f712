//! Trigger (plan) orders, stop-profits, trailing (track) orders and reverse plans, and what the documentation
//! keeps beside them: mixed lists, positions and their leverage.

mod plan;
mod position;
mod profit_stop;
mod records;
mod reverse;
mod track;

pub use plan::*;
pub use position::*;
pub use profit_stop::*;
pub use records::*;
pub use reverse::*;
pub use track::*;

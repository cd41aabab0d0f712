//! Futures trading: orders, plan orders, what became of them, positions, transfers.

mod history;
mod orders;
mod plan;
mod position;
mod settings;
mod tp_sl;
mod trail;
mod transfer;

pub use history::*;
pub use orders::*;
pub use plan::*;
pub use position::*;
pub use settings::*;
pub use tp_sl::*;
pub use trail::*;
pub use transfer::*;

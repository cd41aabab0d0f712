//! Positions.

use venue_core::{Endpoint, Invalid, Permission, Spec, Symbol};

use super::orders::check_symbol;
use super::section;
use crate::limits;
use crate::model::Ack;
use crate::venue::Pumpkin;

request! {
    /// Closes **all** positions of the account, of every symbol.
    ///
    /// `POST /v2/position/close-all` without a symbol · signed · weight 10 · never repeated by itself. See
    /// [`CloseSymbolPositions`] for those of one symbol.
    pub struct CloseAllPositions {}
}

impl Endpoint for CloseAllPositions {
    type Venue = Pumpkin;
    type Response = Ack;
    const SPEC: Spec = Spec::post("/v2/position/close-all")
        .section(section::TRADING)
        .form()
        .signed()
        .sweeping()
        .permission(Permission::Trade)
        .cost(&limits::MINUTE, 10)
        .cost(&limits::DAY, 10);
}

request! {
    /// Closes **all** positions of one symbol.
    ///
    /// `POST /v2/position/close-all` · signed · weight 10 · never repeated by itself.
    pub struct CloseSymbolPositions { symbol: Symbol }
}

impl Endpoint for CloseSymbolPositions {
    type Venue = Pumpkin;
    type Response = Ack;
    const SPEC: Spec = Spec::post("/v2/position/close-all")
        .section(section::TRADING)
        .form()
        .signed()
        .sweeping()
        .permission(Permission::Trade)
        .cost(&limits::MINUTE, 10)
        .cost(&limits::DAY, 10);

    fn check(&self) -> Result<(), Invalid> {
        check_symbol(&self.symbol)
    }
}

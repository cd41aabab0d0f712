//! Positions: what they are, their leverage, margin and mode, closing them.

use venue_core::{Amount, Contracts, Endpoint, Invalid, Price, Rate, Rows, Spec, Symbol, model};

use super::{check, spec};
use crate::model::{Ack, MarginAdjustType, PositionId, PositionModel, PositionSide, PositionType};
use crate::venue::Pumpkin;

request! {
    /// Lists your positions.
    ///
    /// `GET /v2/position/list` · signed · weight 2 · a read, may be repeated.
    pub struct ListPositions {}
    optional {
        /// One contract only.
        symbol: Symbol,
    }
}

impl Endpoint for ListPositions {
    type Venue = Pumpkin;
    type Response = Rows<Position>;
    const SPEC: Spec = spec::account(2, "/v2/position/list");
}

model! {
    /// A position.
    #[serde(rename_all = "camelCase")]
    pub struct Position {
        /// Contract.
        pub symbol: Symbol,
        /// Its id, which a closing order names.
        pub position_id: PositionId,
        /// Margin mode.
        pub position_type?: PositionType,
        /// Which one it is.
        pub position_side?: PositionSide,
        /// Size, in contracts.
        pub position_size?: Contracts,
        /// What live closing orders hold of it, in contracts.
        pub close_order_size?: Contracts,
        /// What is left to close, in contracts.
        pub available_close_size?: Contracts,
        /// Average price at which it was opened.
        pub entry_price?: Price,
        /// Its own margin. Said to be of isolated positions only; the example is a crossed one, and has it.
        pub isolated_margin?: Amount,
        /// Margin that live opening orders hold.
        pub open_order_margin_frozen?: Amount,
        /// Realised profit or loss.
        pub realized_profit?: Amount,
        /// Whether margin is added by itself.
        pub auto_margin?: bool,
        /// Leverage.
        pub leverage?: Rate,
        /// What one contract is worth, in base currency.
        pub contract_size?: Amount,
    }
}

request! {
    /// Sets the leverage of a contract, which is possible without a position only.
    ///
    /// `POST /v2/position/adjust-leverage` · signed · weight 8 · never repeated by itself.
    pub struct AdjustLeverage { symbol: Symbol, leverage: u32 }
}

impl Endpoint for AdjustLeverage {
    type Venue = Pumpkin;
    type Response = Ack;
    const SPEC: Spec = spec::trade(8, "/v2/position/adjust-leverage");

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)?;
        check::within("leverage", Some(self.leverage), 1..=u32::MAX)
    }
}

request! {
    /// Moves margin into an isolated position, or out of it.
    ///
    /// `POST /v2/position/margin` · signed · weight 5 · never repeated by itself. `margin` is how much, always
    /// positive, in the currency of the margin.
    pub struct AdjustMargin {
        symbol: Symbol,
        position_side: PositionSide,
        position_id: PositionId,
        margin: Amount,
        adjust_type = "type": MarginAdjustType,
    }
}

impl Endpoint for AdjustMargin {
    type Venue = Pumpkin;
    type Response = Ack;
    const SPEC: Spec = spec::trade(5, "/v2/position/margin");

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)?;
        check::named("positionId", self.position_id.as_str())?;
        if self.margin.decimal().is_some_and(|margin| margin.is_sign_negative() || margin.is_zero()) {
            return Err(Invalid::new(format!("margin {}: more than nothing", self.margin)));
        }
        Ok(())
    }
}

request! {
    /// Sets margin mode and position mode of a contract.
    ///
    /// `POST /v2/position/change-type` · signed · weight 3 · never repeated by itself.
    pub struct ChangePositionType {
        symbol: Symbol,
        position_type: PositionType,
        position_model: PositionModel,
    }
}

impl Endpoint for ChangePositionType {
    type Venue = Pumpkin;
    type Response = Ack;
    const SPEC: Spec = spec::trade(3, "/v2/position/change-type");

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)
    }
}

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
    const SPEC: Spec = spec::trade(10, "/v2/position/close-all").sweeping().urgent();
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
    const SPEC: Spec = spec::trade(10, "/v2/position/close-all").sweeping().urgent();

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)
    }
}

//! Take-profits and stop-losses, which the documentation calls profit entrusts: creating, changing, cancelling.

use venue_core::wire::ObjectOr;
use venue_core::wire::{Scalar as _, Token};
use venue_core::{
    Contracts, Endpoint, FieldInfo, Invalid, Millis, Params, Part, Price, Source, Spec, Style, Symbol, Value,
    model,
};

use super::check::{self, Exit};
use super::spec;
use crate::model::{
    Ack, AdjustId, EntrustState, OrderSide, OrderType, PositionId, PositionSide, ProfitFlag, ProfitId,
    ProfitUpdateStatus, TriggerPriceType,
};
use crate::venue::Pumpkin;

request! {
    /// Creates a take-profit, a stop-loss or both, for so many contracts.
    ///
    /// `POST /v2/entrust/create-profit` · signed · weight 8 · never repeated by itself, and it takes no id of
    /// yours: after `Unknown`, look through [`ListProfitEntrusts`](super::ListProfitEntrusts). See [`CreatePositionProfitEntrust`] for
    /// what acts on a whole position.
    pub struct CreateProfitEntrust closed { symbol: Symbol, orig_qty: Contracts }
    optional {
        /// Which price the triggers look at; the last traded one by default.
        trigger_price_type: TriggerPriceType,
        /// Price that triggers the take-profit.
        trigger_profit_price: Price,
        /// Price that triggers the stop-loss.
        trigger_stop_price: Price,
        /// Type of the take-profit's order; a market order by default.
        profit_order_type: OrderType,
        /// Type of the stop-loss's order; a market order by default.
        stop_order_type: OrderType,
        /// Limit price of the take-profit's order; required where that is a limit order.
        profit_order_price: Price,
        /// Limit price of the stop-loss's order; required where that is a limit order.
        stop_order_price: Price,
        /// Which way the order goes: see [`opening`](Self::opening). Found by the venue where a position is
        /// closed.
        order_side: OrderSide,
        /// Position that it acts on: see [`opening`](Self::opening).
        position_side: PositionSide,
        /// The position that is closed: see [`closing`](Self::closing).
        position_id: PositionId,
        /// Whether it may only reduce a position; yes by default.
        reduce_only: bool,
        /// Whether it is for all of the position or a part of it; for all of it by default.
        profit_flag: ProfitFlag,
        /// When it is given up.
        expire_time: Millis,
    }
}

impl CreateProfitEntrust {
    /// For a position that is being opened.
    pub fn opening(
        symbol: impl Into<Symbol>,
        orig_qty: impl Into<Contracts>,
        order_side: OrderSide,
        position_side: PositionSide,
    ) -> Self {
        Self::new(symbol, orig_qty).order_side(order_side).position_side(position_side)
    }

    /// For so many contracts of a position that there is.
    pub fn closing(
        symbol: impl Into<Symbol>,
        orig_qty: impl Into<Contracts>,
        position_id: impl Into<PositionId>,
    ) -> Self {
        Self::new(symbol, orig_qty).position_id(position_id)
    }
}

impl Endpoint for CreateProfitEntrust {
    type Venue = Pumpkin;
    type Response = CreatedProfitEntrust;
    const SPEC: Spec = spec::trade(8, "/v2/entrust/create-profit");

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)?;
        check::qty(self.orig_qty)?;
        match &self.position_id {
            Some(id) => check::named("positionId", id.as_str())?,
            None if self.order_side.is_none() || self.position_side.is_none() => {
                return Err(Invalid::new("without positionId, orderSide and positionSide are required"));
            }
            None => {}
        }
        let (profit_type, stop_type) = (self.profit_order_type.as_ref(), self.stop_order_type.as_ref());
        let profit = Exit::profit(self.trigger_profit_price, profit_type, self.profit_order_price);
        let stop = Exit::stop(self.trigger_stop_price, stop_type, self.stop_order_price);
        profit.limit().and(stop.limit())
    }
}

/// The `origQty` that means all of a position: 0.
#[derive(Debug, Clone, Copy, PartialEq)]
struct WholePosition;

impl venue_core::Accept for WholePosition {
    type Kind = venue_core::Converted;
}

impl Part for WholePosition {
    fn write<'a>(&'a self, name: &'static str, style: Option<Style>, out: &mut Params<'a>) {
        out.push(name, Value::Int(0), style.unwrap_or(Style::Text));
    }

    fn take(name: &'static str, source: &mut Source<'_>) -> Result<Option<Self>, Invalid> {
        let given = source.take(name).map(|raw| Token::from_json(raw).and_then(Contracts::from_token));
        match given {
            None => Ok(Some(Self)),
            Some(Ok(qty)) if qty.is_zero() => Ok(Some(Self)),
            Some(_) => Err(Invalid::new(format!("{name}: 0, for the whole position"))),
        }
    }

    /// Not something to be given.
    fn describe(_: &'static str, _: bool, _: &mut Vec<FieldInfo>) {}
}

request! {
    /// Creates a take-profit, a stop-loss or both that close **all** of a position.
    ///
    /// `POST /v2/entrust/create-profit` with an `origQty` of 0 · signed · weight 8 · never repeated by itself:
    /// after `Unknown`, look through [`ListProfitEntrusts`](super::ListProfitEntrusts).
    pub struct CreatePositionProfitEntrust closed {
        symbol: Symbol,
        orig_qty: WholePosition,
        position_id: PositionId,
    }
    optional {
        /// Which price the triggers look at; the last traded one by default.
        trigger_price_type: TriggerPriceType,
        /// Price that triggers the take-profit.
        trigger_profit_price: Price,
        /// Price that triggers the stop-loss.
        trigger_stop_price: Price,
        /// Type of the take-profit's order; a market order by default.
        profit_order_type: OrderType,
        /// Type of the stop-loss's order; a market order by default.
        stop_order_type: OrderType,
        /// Limit price of the take-profit's order; required where that is a limit order.
        profit_order_price: Price,
        /// Limit price of the stop-loss's order; required where that is a limit order.
        stop_order_price: Price,
        /// Which way the order goes; found by the venue when absent.
        order_side: OrderSide,
        /// Which position it is; its id says so too.
        position_side: PositionSide,
        /// Whether it may only reduce the position; yes by default.
        reduce_only: bool,
        /// Whether it is for all of the position, which is the default.
        profit_flag: ProfitFlag,
        /// When it is given up.
        expire_time: Millis,
    }
}

impl CreatePositionProfitEntrust {
    /// For the whole of this position.
    pub fn closing(symbol: impl Into<Symbol>, position_id: impl Into<PositionId>) -> Self {
        Self::new(symbol, WholePosition, position_id)
    }
}

impl Endpoint for CreatePositionProfitEntrust {
    type Venue = Pumpkin;
    type Response = CreatedProfitEntrust;
    const SPEC: Spec = spec::trade(8, "/v2/entrust/create-profit").sweeping();

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)?;
        check::named("positionId", self.position_id.as_str())?;
        let (profit_type, stop_type) = (self.profit_order_type.as_ref(), self.stop_order_type.as_ref());
        let profit = Exit::profit(self.trigger_profit_price, profit_type, self.profit_order_price);
        let stop = Exit::stop(self.trigger_stop_price, stop_type, self.stop_order_price);
        profit.limit().and(stop.limit())
    }
}

model! {
    /// A take-profit and stop-loss that was created.
    #[serde(rename_all = "camelCase", from = "ObjectOr<ProfitEntrustMade, ProfitId>")]
    pub struct CreatedProfitEntrust {
        /// Its id.
        pub profit_id: ProfitId,
        /// Contract.
        pub symbol?: Symbol,
        /// Position that it acts on.
        pub position_side?: PositionSide,
        /// State.
        pub state?: EntrustState,
    }
}

model! {
    /// The documented form of the answer; the bare id is accepted too.
    #[serde(rename_all = "camelCase")]
    struct ProfitEntrustMade {
        profit_id: ProfitId,
        symbol?: Symbol,
        position_side?: PositionSide,
        state?: EntrustState,
    }
}

impl From<ObjectOr<ProfitEntrustMade, ProfitId>> for CreatedProfitEntrust {
    fn from(made: ObjectOr<ProfitEntrustMade, ProfitId>) -> Self {
        match made {
            ObjectOr::Other(profit_id) => Self { profit_id, symbol: None, position_side: None, state: None },
            ObjectOr::Object(ProfitEntrustMade { profit_id, symbol, position_side, state }) => {
                Self { profit_id, symbol, position_side, state }
            }
        }
    }
}

request! {
    /// Cancels one take-profit and stop-loss.
    ///
    /// `POST /v2/entrust/cancel-profit-stop` · signed · weight 5 · may be repeated.
    pub struct CancelProfitEntrust { profit_id: ProfitId }
}

impl Endpoint for CancelProfitEntrust {
    type Venue = Pumpkin;
    type Response = Ack;
    const SPEC: Spec = spec::trade(5, "/v2/entrust/cancel-profit-stop").safe().urgent();

    fn check(&self) -> Result<(), Invalid> {
        check::named("profitId", self.profit_id.as_str())
    }
}

request! {
    /// Changes a take-profit and stop-loss. One of the two trigger prices is required.
    ///
    /// `POST /v2/entrust/update-profit-stop` · signed · weight 3 · never repeated by itself. The answer says
    /// that the change is on its way, and nothing says when it is there: see [`GetProfitEntrust`](super::GetProfitEntrust).
    pub struct UpdateProfitEntrust { profit_id: ProfitId }
    optional {
        /// Price that triggers the take-profit.
        trigger_profit_price: Price,
        /// Price that triggers the stop-loss.
        trigger_stop_price: Price,
        /// Which price the triggers look at.
        trigger_price_type: TriggerPriceType,
        /// Type of the take-profit's order; a market order by default.
        profit_order_type: OrderType,
        /// Type of the stop-loss's order; a market order by default.
        stop_order_type: OrderType,
        /// Size, in contracts. See [`UpdatePositionProfitEntrust`] for all of a position.
        orig_qty: Contracts,
        /// Limit price of the take-profit's order; goes with its trigger where that is a limit order.
        profit_order_price: Price,
        /// Limit price of the stop-loss's order; goes with its trigger where that is a limit order.
        stop_order_price: Price,
        /// Whether it is for all of the position or a part of it.
        profit_flag: ProfitFlag,
    }
}

impl Endpoint for UpdateProfitEntrust {
    type Venue = Pumpkin;
    type Response = ProfitUpdate;
    const SPEC: Spec = spec::trade(3, "/v2/entrust/update-profit-stop");

    fn check(&self) -> Result<(), Invalid> {
        check::named("profitId", self.profit_id.as_str())?;
        self.orig_qty.map_or(Ok(()), check::qty)?;
        let (profit_type, stop_type) = (self.profit_order_type.as_ref(), self.stop_order_type.as_ref());
        let profit = Exit::profit(self.trigger_profit_price, profit_type, self.profit_order_price);
        let stop = Exit::stop(self.trigger_stop_price, stop_type, self.stop_order_price);
        check::exits_of_update(&profit, &stop)
    }
}

request! {
    /// Changes a take-profit and stop-loss to be for **all** of its position. One of the two trigger prices is
    /// required.
    ///
    /// `POST /v2/entrust/update-profit-stop` with an `origQty` of 0 · signed · weight 3 · never repeated by
    /// itself. That 0 means here what it means where one is created, is not said.
    pub struct UpdatePositionProfitEntrust closed { profit_id: ProfitId, orig_qty: WholePosition }
    optional {
        /// Price that triggers the take-profit.
        trigger_profit_price: Price,
        /// Price that triggers the stop-loss.
        trigger_stop_price: Price,
        /// Which price the triggers look at.
        trigger_price_type: TriggerPriceType,
        /// Type of the take-profit's order; a market order by default.
        profit_order_type: OrderType,
        /// Type of the stop-loss's order; a market order by default.
        stop_order_type: OrderType,
        /// Limit price of the take-profit's order; goes with its trigger where that is a limit order.
        profit_order_price: Price,
        /// Limit price of the stop-loss's order; goes with its trigger where that is a limit order.
        stop_order_price: Price,
        /// Whether it is for all of the position.
        profit_flag: ProfitFlag,
    }
}

impl UpdatePositionProfitEntrust {
    /// Of this take-profit and stop-loss.
    pub fn of(profit_id: impl Into<ProfitId>) -> Self {
        Self::new(profit_id, WholePosition)
    }
}

impl Endpoint for UpdatePositionProfitEntrust {
    type Venue = Pumpkin;
    type Response = ProfitUpdate;
    const SPEC: Spec = spec::trade(3, "/v2/entrust/update-profit-stop").sweeping();

    fn check(&self) -> Result<(), Invalid> {
        check::named("profitId", self.profit_id.as_str())?;
        let (profit_type, stop_type) = (self.profit_order_type.as_ref(), self.stop_order_type.as_ref());
        let profit = Exit::profit(self.trigger_profit_price, profit_type, self.profit_order_price);
        let stop = Exit::stop(self.trigger_stop_price, stop_type, self.stop_order_price);
        check::exits_of_update(&profit, &stop)
    }
}

model! {
    /// A change that was taken.
    #[serde(rename_all = "camelCase")]
    pub struct ProfitUpdate {
        /// Its id; nothing takes it.
        pub adjust_id?: AdjustId,
        /// How far it has come.
        pub status?: ProfitUpdateStatus,
    }
}

request! {
    /// Cancels **all** take-profits and stop-losses of the account, of every symbol.
    ///
    /// `POST /v2/entrust/cancel-all-profit-stop` without a symbol · signed · weight 8 · never repeated by
    /// itself. See [`CancelSymbolProfitEntrusts`] for those of one symbol.
    pub struct CancelAllProfitEntrusts {}
}

impl Endpoint for CancelAllProfitEntrusts {
    type Venue = Pumpkin;
    type Response = Ack;
    const SPEC: Spec = spec::trade(8, "/v2/entrust/cancel-all-profit-stop").sweeping().urgent();
}

request! {
    /// Cancels **all** take-profits and stop-losses of one symbol.
    ///
    /// `POST /v2/entrust/cancel-all-profit-stop` · signed · weight 8 · never repeated by itself.
    pub struct CancelSymbolProfitEntrusts { symbol: Symbol }
}

impl Endpoint for CancelSymbolProfitEntrusts {
    type Venue = Pumpkin;
    type Response = Ack;
    const SPEC: Spec = spec::trade(8, "/v2/entrust/cancel-all-profit-stop").sweeping().urgent();

    fn check(&self) -> Result<(), Invalid> {
        check::symbol(&self.symbol)
    }
}

//! Positions, in the lists that are documented.

use super::WexFutures;
use super::contracts::MAINTENANCE;
use super::stops;
use super::triggers::price_type;
use super::words::{self, contract, wanted};
use crate::dialect::{Ask, Json, State, plain, quoted};
use crate::engine::{Decimal, Instrument, InstrumentId, Margin, Pocket, Position, Product, Setting, Slot};
use crate::json::{list, quote, write};
use crate::refusal::Refusal;

/// One side of a contract with what is needed to write it.
pub(super) struct Held<'a> {
    pub(super) id: InstrumentId,
    pub(super) slot: Slot,
    on: &'a Instrument,
    position: Position,
    /// What it would be opened with, where it isn't held.
    setting: Setting,
    mark: Decimal,
}

impl Held<'_> {
    fn entry(&self) -> Decimal {
        self.position.entry_price(self.on.multiplier)
    }

    fn value(&self) -> Decimal {
        self.on.value(self.mark, self.position.qty.abs())
    }

    pub(super) fn is_open(&self) -> bool {
        !self.position.qty.is_zero()
    }

    pub(super) fn leverage(&self) -> Decimal {
        if self.is_open() { self.position.leverage } else { self.setting.leverage }
    }

    pub(super) fn margin(&self) -> Margin {
        if self.is_open() { self.position.margin } else { self.setting.margin }
    }

    fn isolated(&self) -> Decimal {
        if self.is_open() && self.margin() == Margin::Isolated {
            self.position.tied_up()
        } else {
            Decimal::ZERO
        }
    }

    /// Realised so far, less what it has cost in fees.
    fn realised(&self) -> Decimal {
        if self.is_open() { self.position.realised - self.position.fees } else { Decimal::ZERO }
    }

    fn maintenance(&self) -> Decimal {
        self.value() * MAINTENANCE
    }

    fn available(&self) -> Decimal {
        self.position.qty.abs() - self.position.closing
    }

    /// Where what stands behind it would no longer do; zero when that is nowhere. Nobody is liquidated there.
    fn breaks_at(&self, state: &State) -> Decimal {
        let (cost, amount) = (self.position.cost.abs(), self.position.qty.abs() * self.on.multiplier);
        let backing = match self.margin() {
            Margin::Isolated => self.position.tied_up(),
            Margin::Cross => {
                let asset = state.engine.settlement_asset(self.id);
                let wallet =
                    asset.map(|asset| state.engine.account(state.account).wallet(Pocket::Futures, asset));
                wallet.map(|wallet| wallet.total).unwrap_or_default()
            }
        };
        let is_long = self.slot == Slot::Long;
        let less = Decimal::ONE - MAINTENANCE;
        let more = Decimal::ONE + MAINTENANCE;
        let price = match (self.on.product, is_long) {
            (Product::Inverse, true) => (amount * more).checked_div(cost + backing),
            (Product::Inverse, false) => (amount * less).checked_div(cost - backing),
            (_, true) => (cost - backing).checked_div(amount * less),
            (_, false) => (cost + backing).checked_div(amount * more),
        };
        price.unwrap_or_default().max(Decimal::ZERO).round_dp(self.on.tick.scale())
    }
}

/// Both sides of the contracts that a list is about, held or not.
pub(super) fn sides<'a>(state: &'a State, ask: &Ask<'_>) -> Result<Vec<Held<'a>>, Refusal> {
    let (engine, wanted) = (&state.engine, wanted(state, ask)?);
    let account = engine.account(state.account);
    let contracts = engine.instruments().filter(|(id, _)| wanted.has(engine, *id));
    let both = contracts.flat_map(|(id, on)| [(id, Slot::Long, on), (id, Slot::Short, on)]);
    Ok(both
        .map(|(id, slot, on)| Held {
            id,
            slot,
            on,
            position: account.position(id, slot).cloned().unwrap_or_default(),
            setting: account.side_setting(id, slot, on),
            mark: engine.mark_price(id),
        })
        .collect())
}

/// Those that are held.
fn open<'a>(state: &'a State, ask: &Ask<'_>) -> Result<impl Iterator<Item = Held<'a>>, Refusal> {
    Ok(sides(state, ask)?.into_iter().filter(Held::is_open))
}

/// Units and margin of what waits to enlarge a position.
fn opening(state: &State, held: &Held<'_>) -> (Decimal, Decimal) {
    let orders = state.engine.open_orders(state.account);
    let opening =
        orders.filter(|order| !order.reduce_only && (order.instrument, order.slot) == (held.id, held.slot));
    opening.fold(Default::default(), |(qty, frozen): (Decimal, Decimal), order| {
        (qty + order.remaining(), frozen + order.reserved)
    })
}

fn is_auto(own: &WexFutures, held: &Held<'_>) -> Json {
    own.auto_margin.contains(&(held.id, held.slot)).to_string()
}

/// `position/list/active`.
pub(super) fn active(own: &WexFutures, state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    // There are no contracts with a date.
    let dated = ask.is("isDelivery", "true");
    Ok(list(open(state, ask)?.filter(|_| !dated).map(|held| {
        let (qty, frozen) = opening(state, &held);
        write(&[
            ("symbol", words::joined_symbol(&state.engine, held.id)),
            ("positionType", quote(words::margin(held.margin()))),
            ("positionSide", quote(words::position_side(held.slot))),
            ("contractType", quote("PERPETUAL")),
            ("positionSize", quoted(held.position.qty.abs())),
            ("closeOrderSize", quoted(held.position.closing)),
            ("availableCloseSize", quoted(held.available())),
            ("entryPrice", quoted(held.entry())),
            ("openOrderSize", quoted(qty)),
            ("isolatedMargin", quoted(held.isolated())),
            ("openOrderMarginFrozen", quoted(frozen)),
            ("realizedProfit", quoted(held.realised())),
            ("autoMargin", is_auto(own, &held)),
            ("leverage", plain(held.leverage())),
            ("contractSize", quoted(held.on.multiplier)),
            ("markPrice", quoted(held.mark)),
            ("updatedTime", quote(&held.position.updated_ms.to_string())),
            ("welfareExpirationTime", "0".to_owned()),
            ("mmrProfitId", "null".to_owned()),
            ("mmrThreshold", "null".to_owned()),
        ])
    })))
}

/// `position`.
pub(super) fn user_active(own: &WexFutures, state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    Ok(list(open(state, ask)?.map(|held| {
        let (qty, frozen) = opening(state, &held);
        let stop = stops::waiting(state, held.id, held.slot);
        let end = |end: Option<&crate::engine::Trigger>| {
            plain(end.filter(|end| end.is_waiting()).map(|end| end.terms.trigger_price).unwrap_or_default())
        };
        let (profit, loss) = stop.as_ref().map(|stop| (stop.profit, stop.stop)).unwrap_or_default();
        let looks_at = profit.or(loss).map_or("LATEST_PRICE", price_type);
        write(&[
            ("autoMargin", is_auto(own, &held)),
            ("availableCloseSize", plain(held.available())),
            ("breakPrice", plain(held.breaks_at(state))),
            ("calMarkPrice", plain(held.mark)),
            ("closeOrderSize", plain(held.position.closing)),
            ("contractType", quote("PERPETUAL")),
            ("entryPrice", plain(held.entry())),
            ("floatingPL", plain(held.position.unrealised(held.mark, held.on.multiplier))),
            ("isolatedMargin", plain(held.isolated())),
            ("leverage", plain(held.leverage())),
            ("openOrderMarginFrozen", plain(frozen)),
            ("openOrderSize", plain(qty)),
            ("positionSide", quote(words::position_side(held.slot))),
            ("positionSize", plain(held.position.qty.abs())),
            ("positionType", quote(words::margin(held.margin()))),
            ("profitId", stop.map(|stop| stop.id).unwrap_or_default().to_string()),
            ("realizedProfit", plain(held.realised())),
            ("symbol", words::symbol(&state.engine, held.id)),
            ("triggerPriceType", quote(looks_at)),
            ("triggerProfitPrice", end(profit)),
            ("triggerStopPrice", end(loss)),
            ("welfareAccount", "false".to_owned()),
        ])
    })))
}

/// `position/list`: both sides of every contract, held or not.
pub(super) fn both_sides(own: &WexFutures, state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    Ok(list(sides(state, ask)?.into_iter().map(|held| {
        let (_, frozen) = opening(state, &held);
        write(&[
            ("autoMargin", is_auto(own, &held)),
            ("availableCloseSize", plain(held.available())),
            ("closeOrderSize", plain(held.position.closing)),
            ("entryPrice", plain(held.entry())),
            ("isolatedMargin", plain(held.isolated())),
            ("leverage", plain(held.leverage())),
            ("openOrderMarginFrozen", plain(frozen)),
            ("positionSide", quote(words::position_side(held.slot))),
            ("positionSize", plain(held.position.qty.abs())),
            ("positionType", quote(words::margin(held.margin()))),
            ("realizedProfit", plain(held.realised())),
            ("symbol", words::symbol(&state.engine, held.id)),
        ])
    })))
}

/// `position/break-list`.
pub(super) fn breaks(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    Ok(list(open(state, ask)?.map(|held| {
        write(&[
            ("breakPrice", plain(held.breaks_at(state))),
            ("calMarkPrice", plain(held.mark)),
            ("contractType", quote("PERPETUAL")),
            ("entryPrice", plain(held.entry())),
            ("isolatedMargin", plain(held.isolated())),
            ("leverage", plain(held.leverage())),
            ("positionSide", quote(words::position_side(held.slot))),
            ("positionSize", plain(held.position.qty.abs())),
            ("positionType", quote(words::margin(held.margin()))),
            ("symbol", words::symbol(&state.engine, held.id)),
        ])
    })))
}

/// `position/cross-margin/{symbol}`: what the contract's cross positions must be backed by.
pub(super) fn cross_margin(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    contract(state, ask)?;
    let cross = open(state, ask)?.filter(|held| held.margin() == Margin::Cross);
    let needed: Decimal = cross.map(|held| held.maintenance()).sum();
    Ok(quote(&format!("{needed:.8}")))
}

/// `position/adl`: nobody is deleveraged here, so that whoever holds something stands in the first place.
pub(super) fn adl(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let sides = sides(state, ask)?;
    let place = |id, slot| {
        let open = sides.iter().any(|held| (held.id, held.slot) == (id, slot) && held.is_open());
        if open { "1" } else { "0" }.to_owned()
    };
    Ok(list(sides.iter().filter(|held| held.slot == Slot::Long).map(|held| {
        write(&[
            ("longQuantile", place(held.id, Slot::Long)),
            ("shortQuantile", place(held.id, Slot::Short)),
            ("symbol", words::symbol(&state.engine, held.id)),
        ])
    })))
}

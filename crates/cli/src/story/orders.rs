//! The parts about the market and about orders, when all goes well.

use venue_core::budget::Patience;
use venue_core::{ClientOrderId, Decimal, Instrument, Price, Rounding, Size, Venue as _};
use venue_sim::engine::{Fill, Side};

use super::desk::{Desk, Seen};
use super::{Part, Scene, needed};
use crate::stop::Stop;

/// What orders are made from.
pub(super) struct Market<S> {
    /// Where an order rests.
    pub(super) far: Price,
    /// Where one trades at once.
    pub(super) through: Price,
    pub(super) size: S,
}

impl<D: Desk> Scene<D> {
    pub(super) async fn clock(&mut self) -> Result<(), Stop> {
        self.teller.begin(Part::Clock)?;
        if D::venue().clock().is_none() {
            let why = "the venue tells no time, and signs none: there is no clock to set";
            return self.teller.cannot("tells no time", why);
        }
        let report = needed(self.client.sync_clock().await)?;
        self.teller.fact("offset_ms", report.offset_ms);
        self.teller.fact("bound_ms", report.bound_ms);
        self.teller.sum_up(format_args!("±{} ms", report.bound_ms));
        self.teller.claim(
            report.bound_ms < 5_000,
            format_args!(
                "moved by {} ms: stamps are never early, and late by {} ms at most",
                report.offset_ms, report.bound_ms
            ),
        )
    }

    pub(super) async fn rules(&mut self) -> Result<Instrument<D::Size>, Stop> {
        self.teller.begin(Part::Rules)?;
        let rules = needed(D::instrument(&self.client).await)?
            .ok_or_else(|| Stop::failed(format_args!("{} is not in the list", D::SYMBOL)))?;
        let (tick, lot) = (or_dash(rules.price.step), or_dash(rules.size.step));
        self.teller.say(format_args!(
            "{}: prices in steps of {tick}, sizes in steps of {lot} from {}{}",
            D::SYMBOL,
            or_dash(rules.size.min),
            rules.contract_size.map(|worth| format!("; {worth} BTC a contract")).unwrap_or_default(),
        ))?;
        self.teller.fact("tick", tick.as_str());
        self.teller.fact("lot", lot.as_str());
        self.teller.sum_up(format_args!("tick {tick}"));
        let off = rules.price.step.map(|step| Price::from_decimal(step * Decimal::new(100_005, 1)));
        let refused = off.and_then(|off| rules.check(off, size::<D>().ok()?).err());
        let words = refused.as_ref().map_or_else(|| "nothing".to_owned(), ToString::to_string);
        self.teller
            .claim(refused.is_some(), format_args!("a price between two steps isn't even sent: {words}"))?;
        Ok(rules)
    }

    /// The market; answers what orders are made from.
    pub(super) async fn market(&mut self, rules: &Instrument<D::Size>) -> Result<Market<D::Size>, Stop> {
        self.teller.begin(Part::Market)?;
        let best = needed(D::best(&self.client).await)?;
        let [bid, ask] = best.ok_or_else(|| Stop::failed("the book is empty"))?;
        self.teller.fact("best_bid", bid.to_string());
        self.teller.fact("best_ask", ask.to_string());
        self.teller.sum_up(format_args!("bid {bid}"));
        self.teller.claim(bid < ask, format_args!("best bid {bid}, best ask {ask}"))?;
        let size = size::<D>()?;
        let scaled = |price: Price, percent: i64, direction| {
            let price = Price::from_decimal(price.decimal() * Decimal::new(percent, 2));
            rules.round(price, size, direction).map_err(Stop::from)
        };
        let (far, size) = scaled(bid, 92, Rounding::Down)?;
        let (through, _) = scaled(ask, 101, Rounding::Up)?;
        self.teller.say(format_args!(
            "by the rules: {} {} at {far} rests, at {through} trades at once",
            size.exact(),
            D::UNIT
        ))?;
        Ok(Market { far, through, size })
    }

    pub(super) async fn place(&mut self, market: &Market<D::Size>) -> Result<ClientOrderId, Stop> {
        self.teller.begin(Part::Place)?;
        let before = self.open();
        let id = self.send(market.size, market.far).await?;
        let open = self.open() - before;
        self.teller.sum_up("rests");
        self.teller.fact("client_order_id", id.to_string());
        self.teller.claim(
            open == 1,
            format_args!(
                "buy {} at {}, under the id made for it, {id}; by the simulator's count, {open} more rests",
                market.size.exact(),
                market.far
            ),
        )?;
        Ok(id)
    }

    pub(super) async fn own_id(&mut self, id: &ClientOrderId) -> Result<Seen, Stop> {
        self.teller.begin(Part::OwnId)?;
        let row = needed(D::find(&self.client, id).await)?;
        let seen = row.as_ref().map(D::seen).ok_or_else(|| Stop::failed("it is not there"))?;
        self.teller.sum_up(&seen.state);
        self.teller.fact("state", seen.state.as_str());
        self.teller.fact("order_id", seen.id.to_string());
        let is_it = seen.client_id.as_ref() == Some(id) && seen.filled.is_zero();
        self.teller.claim(
            is_it,
            format_args!("order {} is {}, {} of it traded", seen.id, seen.state, seen.filled),
        )?;
        Ok(seen)
    }

    pub(super) async fn cancel(&mut self, id: &ClientOrderId, seen: &Seen) -> Result<(), Stop> {
        self.teller.begin(Part::Cancel)?;
        needed(D::cancel(&self.client, &seen.id).await)?;
        let row = needed(D::find(&self.client, id).await)?;
        let state = row.as_ref().map_or_else(|| "no longer there".to_owned(), |row| D::seen(row).state);
        let open = self.open();
        self.teller.sum_up(&state);
        self.teller.claim(
            open == 0 && state != seen.state,
            format_args!("it is {state}; {open} rest by the simulator's count"),
        )
    }

    pub(super) async fn tidy_up(&mut self, market: &Market<D::Size>) -> Result<(), Stop> {
        self.teller.begin(Part::Tidy)?;
        let open = self.open();
        needed(D::sweep(&self.client, Patience::Wait).await)?;
        needed(D::sell(&self.client, market.size).await)?;
        let (left, held) = (self.open(), self.held());
        let nothing = left == 0 && held.is_zero();
        self.teller.sum_up(if nothing { "nothing".to_owned() } else { format!("{left}, {held}") });
        self.teller.fact("orders", left);
        self.teller.fact("held", held.to_string());
        self.teller.claim(
            nothing,
            format_args!(
                "{open} orders cancelled, what was bought sold: {left} orders and {} {} are left",
                held.normalize(),
                D::UNIT
            ),
        )
    }

    pub(super) fn once(&mut self) -> Result<(), Stop> {
        self.teller.begin(Part::Once)?;
        let (ids, twice) = (self.venue().orders_with_client_id(), self.venue().repeated_client_ids().len());
        self.teller.sum_up(format_args!("{twice} of {ids}"));
        self.teller.fact("client_order_ids", ids);
        self.teller.fact("executed_twice", twice);
        self.teller.claim(
            twice == 0 && ids > 0,
            format_args!("by the simulator's count, {ids} orders were executed under ids of our own, {twice} of them twice"),
        )
    }

    /// Sends an order, and says under which id.
    pub(super) async fn send(&self, size: D::Size, price: Price) -> Result<ClientOrderId, Stop> {
        let answer = needed(self.client.send(D::buy(size, price)).raw().await)?;
        answer.client_order_ids.first().cloned().ok_or_else(|| Stop::failed("no id was made"))
    }

    /// How many orders rest, by the simulator's count.
    pub(super) fn open(&self) -> usize {
        self.venue().orders().iter().filter(|order| order.is_open()).count()
    }

    /// How much was bought and not sold, by the simulator's count.
    fn held(&self) -> Decimal {
        let signed = |fill: &Fill| match fill.side {
            Side::Buy => fill.qty,
            Side::Sell => -fill.qty,
        };
        self.venue().fills().iter().map(signed).sum()
    }
}

/// The size of an order.
fn size<D: Desk>() -> Result<D::Size, Stop> {
    let size = venue_core::parse_decimal(D::SIZE).map_err(Stop::failed)?;
    Ok(D::Size::of(size))
}

fn or_dash(value: Option<Decimal>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}

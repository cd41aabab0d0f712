//! The background market: makers that quote around a price that wanders, and takers that trade.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::order::NewOrder;
use super::tape::{Candle, MINUTE_MS};
use super::types::{AccountId, Instrument, InstrumentId, OrderId, Side, Slot, Tif};
use super::{Account, Engine};

/// How often the market moves.
const TICK_MS: i64 = 500;
/// How many moves are played at most at a time: two minutes, so that a long rest isn't paid for at once.
const MOST_TICKS: i64 = 240;
/// How many makers quote.
const MAKERS: usize = 3;
/// How many prices each of them quotes on a side.
const PRICES: i64 = 10;
/// Of quotes that may stay, one in so many is changed with a move.
const CHANGE_ONE_IN: u8 = 4;
/// The past that is there from the start.
const PAST_MINUTES: i64 = 500;
/// How far the price wanders before it is pulled back, in steps: about five percent.
const LEASH: i64 = 500;

/// Who makes the market, and when it moves next.
#[derive(Debug, Default)]
pub(crate) struct Market {
    rng: Option<fastrand::Rng>,
    makers: Vec<AccountId>,
    taker: Option<AccountId>,
    next_ms: i64,
}

/// The price that makers quote around, in steps of a grid.
#[derive(Debug)]
pub(crate) struct Reference {
    steps: i64,
    start: i64,
    grid: Decimal,
    /// Quotes by their place on the grid; some of them may have been traded away.
    quotes: BTreeMap<i64, (Side, OrderId)>,
}

impl Reference {
    /// A grid of about a ten-thousandth of the price, in whole ticks.
    pub(crate) fn new(instrument: &Instrument) -> Self {
        let fine = instrument.start_price * Decimal::new(1, 4);
        let ticks = fine.checked_div(instrument.tick).unwrap_or_default().floor().max(Decimal::ONE);
        let grid = ticks * instrument.tick;
        let steps = instrument.start_price.checked_div(grid).unwrap_or_default().round();
        let start = i64::try_from(steps).unwrap_or(1).max(1);
        Self { steps: start, start, grid, quotes: BTreeMap::new() }
    }

    pub(crate) fn price(&self) -> Decimal {
        self.at(self.steps)
    }

    fn at(&self, place: i64) -> Decimal {
        Decimal::from(place) * self.grid
    }

    /// Where a side's quote of this level belongs.
    fn place(&self, side: Side, level: i64) -> i64 {
        if side == Side::Buy { self.steps - level } else { self.steps + level }
    }

    fn wander(&mut self, rng: &mut fastrand::Rng) {
        let leash = LEASH.min(self.start / 4).max(1);
        let away = self.steps - self.start;
        let pull = if away > leash { -1 } else { i64::from(away < -leash) };
        self.steps += rng.i64(-2..=2) + pull;
        // Quotes must stay above zero.
        self.steps = self.steps.max(PRICES * 3 + 2);
    }
}

impl Market {
    pub(crate) fn is_open(&self) -> bool {
        self.rng.is_some()
    }

    /// When it moves next; never while it is closed.
    pub(crate) fn next_due_ms(&self) -> Option<i64> {
        self.is_open().then_some(self.next_ms)
    }

    /// The next move up to `now_ms`, if there is one.
    pub(crate) fn next_tick(&mut self, now_ms: i64) -> Option<i64> {
        self.rng.as_ref()?;
        let missed = now_ms.saturating_sub(self.next_ms).div_euclid(TICK_MS);
        if missed < 0 {
            return None;
        }
        self.next_ms += TICK_MS * (missed - MOST_TICKS + 1).max(0);
        let tick_ms = self.next_ms;
        self.next_ms += TICK_MS;
        Some(tick_ms)
    }
}

impl Engine {
    pub(crate) fn open_market(&mut self, seed: u64) {
        let mut rng = fastrand::Rng::with_seed(seed);
        for listed in &mut self.listed {
            let mut minute_ms = self.now_ms - self.now_ms.rem_euclid(MINUTE_MS) - PAST_MINUTES * MINUTE_MS;
            for _ in 0..PAST_MINUTES {
                let open = listed.reference.price();
                listed.reference.wander(&mut rng);
                let close = listed.reference.price();
                let volume =
                    listed.instrument.lot * Decimal::from(rng.u32(1..=100 * listed.instrument.usual_lots));
                // The past is one trade a minute, at the last price.
                let turnover = listed.instrument.value(close, volume);
                let rose = close >= open;
                listed.tape.minute(Candle {
                    start_ms: minute_ms,
                    open,
                    high: open.max(close),
                    low: open.min(close),
                    close,
                    volume,
                    turnover,
                    trades: 1,
                    bought: if rose { volume } else { Decimal::ZERO },
                    bought_value: if rose { turnover } else { Decimal::ZERO },
                });
                minute_ms += MINUTE_MS;
            }
            // The present starts where the instrument says, whatever the seed.
            listed.reference.steps = listed.reference.start;
        }
        let mut house = || {
            self.accounts.push(Account { is_house: true, ..Account::default() });
            AccountId(self.accounts.len() - 1)
        };
        let makers = (0..MAKERS).map(|_| house()).collect();
        let taker = Some(house());
        self.market = Market { rng: Some(rng), makers, taker, next_ms: self.now_ms + TICK_MS };
        for at in 0..self.listed.len() {
            self.quote(InstrumentId(at));
        }
        self.moved.clear();
    }

    /// One move of every instrument.
    pub(crate) fn tick(&mut self) {
        for at in 0..self.listed.len() {
            let id = InstrumentId(at);
            let Some(rng) = &mut self.market.rng else { return };
            let (takes, buys, part) = (rng.u8(..100) < 60, rng.bool(), rng.u32(1..=100));
            let Some(listed) = self.listed.get_mut(at) else { return };
            listed.reference.wander(rng);
            self.quote(id);
            if takes {
                self.take(id, if buys { Side::Buy } else { Side::Sell }, part);
            }
        }
    }

    /// Brings the quotes to where the price is. Those that are out of place go first, so that makers don't trade
    /// with each other; of the others most stay, which is what makes a move cheap.
    fn quote(&mut self, id: InstrumentId) {
        let Some(listed) = self.listed_mut(id) else { return };
        let mut quotes = std::mem::take(&mut listed.reference.quotes);
        let (steps, far) = (listed.reference.steps, PRICES * 3);
        let stays = |place: i64, side: Side| match side {
            Side::Buy => (steps - far..steps).contains(&place),
            Side::Sell => (steps + 1..=steps + far).contains(&place),
        };
        quotes.retain(|place, (side, order)| {
            let stays = stays(*place, *side);
            if !stays {
                self.withdraw(*order);
            }
            stays
        });
        let makers = self.market.makers.clone();
        for level in 1..=far {
            for side in [Side::Buy, Side::Sell] {
                let Some(rng) = &mut self.market.rng else { return };
                let Some(listed) = self.listed.get(id.0) else { return };
                let place = listed.reference.place(side, level);
                if let Some((_, order)) = quotes.get(&place).copied()
                    && self.orders.contains_key(&order)
                {
                    if rng.u8(..CHANGE_ONE_IN) > 0 {
                        continue;
                    }
                    self.withdraw(order);
                }
                let (Some(rng), Some(listed)) = (&mut self.market.rng, self.listed.get(id.0)) else { return };
                let lots = Decimal::from(rng.u32(1..=2 * listed.instrument.usual_lots));
                let qty = (listed.instrument.lot * lots).max(listed.instrument.min_qty);
                let price = listed.reference.at(place);
                let maker = usize::try_from(level).ok().and_then(|level| makers.get(level % MAKERS));
                let Some(maker) = maker else { return };
                if let Ok(order) =
                    self.place_one(*maker, NewOrder::limit(id, side, Slot::Net, qty, price), None)
                {
                    quotes.insert(place, (side, order));
                }
            }
        }
        if let Some(listed) = self.listed_mut(id) {
            listed.reference.quotes = quotes;
        }
    }

    fn take(&mut self, id: InstrumentId, side: Side, part: u32) {
        let (Some(taker), Some(listed)) = (self.market.taker, self.listed.get(id.0)) else { return };
        let lots = (Decimal::from(part * listed.instrument.usual_lots) / Decimal::ONE_HUNDRED).ceil();
        let qty = (listed.instrument.lot * lots).max(listed.instrument.min_qty);
        let order = NewOrder { tif: Tif::Ioc, ..NewOrder::market(id, side, Slot::Net, qty) };
        // A taker that finds nothing comes again.
        let _ = self.place_one(taker, order, None);
    }
}

//! An arriving order meets the book.

use rust_decimal::Decimal;

use super::ending::Ended;
use super::order::{Order, Status};
use super::tape::PublicTrade;
use super::types::{OrderId, Product, Slot, Stp, Tif};
use super::{Engine, Event};

/// Why an arriving order stops trading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// Nothing more to trade against, or nothing more to trade.
    Done,
    /// The rest must not live on.
    CancelRest,
}

impl Engine {
    /// Matches an accepted order that is in no book, and then rests or ends it.
    pub(crate) fn work_off(&mut self, id: OrderId) {
        let Some(mut order) = self.orders.remove(&id) else { return };
        let stop = match order.tif {
            Tif::PostOnly if self.would_take(&order) => Stop::CancelRest,
            Tif::Fok if !self.fills_whole(&order) => Stop::CancelRest,
            _ => self.sweep(&mut order),
        };
        let done = match order.budget {
            Some(_) => false,
            None => order.remaining().is_zero(),
        };
        let lives =
            stop == Stop::Done && order.price.is_some() && matches!(order.tif, Tif::Gtc | Tif::PostOnly);
        if done {
            self.end(order, Status::Filled);
        } else if !lives {
            // A market order by amount has traded what it could: the small change isn't a missing part.
            let bought = order.budget.is_some() && !order.filled.is_zero();
            order.ended = order.ended.or(Some(Ended::ByTerms));
            self.end(order, if bought { Status::Filled } else { Status::Cancelled });
        } else {
            order.turn = self.next_turn;
            self.next_turn += 1;
            if let Some(listed) = self.listed_mut(order.instrument) {
                listed.book.put(&order);
            }
            self.touch(&order);
            self.orders.insert(id, order);
        }
    }

    fn would_take(&self, order: &Order) -> bool {
        let best =
            self.listed.get(order.instrument.0).and_then(|listed| listed.book.best(order.side.opposite()));
        best.is_some_and(|price| order.crosses(price))
    }

    /// Whether all of it can be filled now. Orders that only reduce a net position are left out of the count:
    /// how much of them can trade may change on the way.
    fn fills_whole(&self, order: &Order) -> bool {
        let Some(listed) = self.listed.get(order.instrument.0) else { return false };
        let mut left = order.remaining();
        for (id, price, there) in listed.book.line(order.side.opposite()) {
            if left <= Decimal::ZERO || !order.crosses(price) {
                break;
            }
            let Some(maker) = self.orders.get(&id) else { continue };
            if maker.account == order.account {
                if order.stp == Stp::CancelMaker {
                    continue;
                }
                break;
            }
            if !(maker.reduce_only && maker.slot == Slot::Net) {
                left -= there;
            }
        }
        left <= Decimal::ZERO
    }

    fn sweep(&mut self, taker: &mut Order) -> Stop {
        loop {
            let Some(listed) = self.listed.get(taker.instrument.0) else { return Stop::CancelRest };
            let product = listed.instrument.product;
            let Some((maker_id, price)) = listed.book.first(taker.side.opposite()) else { return Stop::Done };
            if !taker.crosses(price) {
                return Stop::Done;
            }
            let wanted = match taker.budget {
                Some(budget) => listed.instrument.lots_for(budget, price),
                None => taker.remaining(),
            };
            if wanted.is_zero() {
                return Stop::Done;
            }
            let Some(mut maker) = self.orders.remove(&maker_id) else { return Stop::CancelRest };
            if maker.account == taker.account {
                let stp = taker.stp;
                self.orders.insert(maker_id, maker);
                if stp != Stp::CancelTaker {
                    self.withdraw_because(maker_id, Ended::BySelfTrade);
                }
                if stp != Stp::CancelMaker {
                    taker.ended = Some(Ended::BySelfTrade);
                    return Stop::CancelRest;
                }
                continue;
            }
            let may = |engine: &Self, order: &Order| match product {
                Product::Linear | Product::Inverse if order.reduce_only => engine.closable_by(order),
                Product::Linear | Product::Inverse | Product::Spot => order.remaining(),
            };
            let (maker_may, taker_may) =
                (may(self, &maker), if taker.budget.is_some() { wanted } else { may(self, taker) });
            let qty = wanted.min(maker.remaining()).min(maker_may).min(taker_may);
            if taker_may.is_zero() || maker_may.is_zero() || qty <= Decimal::ZERO {
                self.orders.insert(maker_id, maker);
                if taker_may.is_zero() {
                    return Stop::CancelRest;
                }
                self.withdraw(maker_id);
                continue;
            }
            self.trade(&mut maker, taker, price, qty);
            self.touch(&maker);
            if let Some(listed) = self.listed_mut(taker.instrument) {
                if maker.remaining().is_zero() { listed.book.remove(&maker) } else { listed.book.put(&maker) }
            }
            if maker.remaining().is_zero() {
                self.end(maker, Status::Filled);
            } else {
                self.tell(|| Event::Order(Box::new(maker.clone())));
                self.orders.insert(maker_id, maker);
            }
            // The last fill is told with the end of the order.
            if taker.budget.is_some() || !taker.remaining().is_zero() {
                self.tell(|| Event::Order(Box::new(taker.clone())));
            }
        }
    }

    fn trade(&mut self, maker: &mut Order, taker: &mut Order, price: Decimal, qty: Decimal) {
        let id = self.next_trade;
        self.next_trade += 1;
        self.fill(maker, price, qty, id, true);
        self.fill(taker, price, qty, id, false);
        let trade = PublicTrade { id, price, qty, taker: taker.side, at_ms: self.now_ms };
        if let Some(listed) = self.listed_mut(taker.instrument) {
            let value = listed.instrument.value(price, qty);
            listed.tape.trade(trade, value);
        }
        self.moved.insert(taker.instrument);
        let instrument = taker.instrument;
        self.tell(|| Event::Trade { instrument, trade });
    }

    pub(crate) fn touch(&mut self, order: &Order) {
        if let Some(price) = order.price {
            self.touched.insert((order.instrument, order.side, price));
        }
    }
}

//! What can be subscribed to at the toy venue.

#![allow(unreachable_pub, reason = "`channel!` makes what users name")]

use std::cell::RefCell;
use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::toy::Toy;
use crate::book::{BookSide, Continuity, Delta, Ids, Level, Link, SideUpdate, Snapshot, Source};
use crate::client::AnyClient;
use crate::error::Error;
use crate::wire::{Millis, Rows};
use crate::ws::{BookChannel, BookFetch, BookMessage, Channel, ChannelSpec, Payload, Topic, Unreadable};
use crate::{Decimal, Price, Qty, Symbol, channel};

/// A push's envelope.
#[derive(Deserialize)]
struct Push<T> {
    t: Option<Millis>,
    /// Where there is none, there is nothing in it.
    d: T,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Trade {
    pub(super) p: Price,
}

impl fmt::Debug for Trade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.p)
    }
}

#[derive(Clone, Serialize)]
pub(super) struct Trades {
    pub(super) time: Option<Millis>,
    pub(super) rows: Rows<Trade>,
}

impl fmt::Debug for Trades {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.rows)?;
        if self.rows.bad().is_empty() { Ok(()) } else { write!(f, " and {} bad", self.rows.bad().len()) }
    }
}

/// A push of one trade.
pub(super) fn trade(route: &str, price: &str) -> String {
    format!(r#"{{"r":"{route}","t":1700000000000,"d":[{{"p":"{price}"}}]}}"#)
}

/// Like `channel!`'s channels, all of which read trades.
macro_rules! trades {
    ($name:ident, $spec:expr, $topic:expr) => {
        channel! {
            /// Trades.
            pub(super) struct $name { symbol: Symbol }
        }

        impl Channel for $name {
            type Venue = Toy;
            type Item = Trades;
            const SPEC: ChannelSpec = $spec;

            fn topic(&self) -> Topic {
                let topic: fn(&str) -> Topic = $topic;
                topic(self.symbol.as_str())
            }

            fn read(payload: Payload<'_>) -> Result<Option<Trades>, Unreadable> {
                let push: Push<Option<Rows<Trade>>> = payload.json()?;
                Ok(push.d.map(|rows| Trades { time: push.t, rows }))
            }

            fn time(item: &Trades) -> Option<Millis> {
                item.time
            }
        }
    };
}

trades!(Public, ChannelSpec::new("trades", "public"), |symbol| Topic::new(format!("trades@{symbol}")));
trades!(Rated, ChannelSpec::new("rated", "public").every(Duration::from_secs(1)), |symbol| Topic::new(
    format!("rated@{symbol}")
));
trades!(Private, ChannelSpec::new("fills", "private").refill(&["GetFills", "GetOrders"]), |symbol| {
    Topic::new(format!("fills@{symbol}"))
});
trades!(Keyed, ChannelSpec::new("orders", "keyed").refill(&["GetOrders"]), |symbol| Topic::new(format!(
    "orders@{symbol}"
)));
// Both are known by the same route.
trades!(Fine, ChannelSpec::new("fine", "public"), |symbol| {
    Topic::new(format!("fine:{symbol}")).routed(format!("depth@{symbol}"))
});
trades!(Coarse, ChannelSpec::new("coarse", "public"), |symbol| {
    Topic::new(format!("coarse:{symbol}")).routed(format!("depth@{symbol}"))
});

/// A push of a book: a change, `{"from":3,"to":3,"b":[["1","2"]],"a":[]}`, or a whole book with `"all":true`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct BookPush {
    from: u64,
    to: u64,
    #[serde(default)]
    all: bool,
    #[serde(default)]
    side: Option<String>,
    #[serde(default)]
    b: Vec<(Price, Qty)>,
    #[serde(default)]
    a: Vec<(Price, Qty)>,
}

/// A push of a change of the best bid's size.
pub(super) fn change(route: &str, number: u64, size: u64) -> String {
    format!(r#"{{"r":"{route}","d":{{"from":{number},"to":{number},"b":[["10","{size}"]]}}}}"#)
}

/// A push of a whole book.
pub(super) fn whole(route: &str, number: u64, size: u64) -> String {
    format!(
        r#"{{"r":"{route}","d":{{"from":{number},"to":{number},"all":true,"b":[["10","{size}"]],"a":[["11","1"]]}}}}"#
    )
}

/// A whole book as an answer.
pub(super) fn snapshot(number: u64, size: u64) -> Snapshot<Qty> {
    let level = |price: u64, size: u64| {
        Level::new(Price::from_decimal(Decimal::from(price)), Qty::from_decimal(Decimal::from(size)))
    };
    Snapshot::new().sequence(number).bids([level(10, size)]).asks([level(11, 1)])
}

/// What a request for a whole book is answered with.
type Desk = Box<dyn FnMut() -> BookFetch<Qty>>;

thread_local! {
    /// Tests run on a thread of their own, and so do their runtimes.
    static DESK: RefCell<Option<Desk>> = const { RefCell::new(None) };
}

/// Answers requests for whole books like this.
pub(super) fn answer_fetches(desk: impl FnMut() -> BookFetch<Qty> + 'static) {
    DESK.set(Some(Box::new(desk)));
}

macro_rules! books {
    ($name:ident, $route:literal, $rule:expr, $requestable:literal) => {
        channel! {
            /// A book.
            pub(super) struct $name { symbol: Symbol }
        }

        impl Channel for $name {
            type Venue = Toy;
            type Item = BookPush;
            const SPEC: ChannelSpec = ChannelSpec::new($route, "public");

            fn topic(&self) -> Topic {
                Topic::new(format!("{}@{}", $route, self.symbol))
            }

            fn read(payload: Payload<'_>) -> Result<Option<BookPush>, Unreadable> {
                Ok(Some(payload.json::<Push<BookPush>>()?.d))
            }
        }

        impl BookChannel for $name {
            type Size = Qty;
            const RULE: Continuity = $rule;
            const REQUESTABLE: bool = $requestable;

            fn message(&self, push: BookPush) -> Result<Option<BookMessage<Qty>>, String> {
                let BookPush { from, to, all, side, b, a } = push;
                if let Some(side) = side {
                    let (side, levels) = if side == "b" { (BookSide::Bid, b) } else { (BookSide::Ask, a) };
                    let levels = levels.into_iter().map(Level::from).collect();
                    return Ok(Some(BookMessage::Side(SideUpdate { side, levels, time: None, limit: None })));
                }
                if all {
                    return Ok(Some(BookMessage::Snapshot(Snapshot::new().sequence(to).bids(b).asks(a))));
                }
                if from > to {
                    return Err("it ends before it begins".to_owned());
                }
                Ok(Some(BookMessage::Delta(Delta::new(Ids::range(from, to)).bids(b).asks(a))))
            }

            fn fetch(&self, _: &AnyClient) -> Option<BookFetch<Qty>> {
                DESK.with_borrow_mut(|desk| desk.as_mut().map(|desk| desk()))
            }
        }
    };
}

books!(FetchedBook, "fetched", Continuity::RANGE_FROM_REQUEST, false);
books!(PushedBook, "pushed", Continuity::VERSION, false);
books!(AskedBook, "asked", Continuity::VERSION, true);
books!(FirstBook, "first", Continuity { link: Link::Version, source: Source::FirstMessage }, false);
books!(SidesBook, "sides", Continuity::SIDES, false);

/// A fetch that fails.
pub(super) fn failing(error: Error) -> BookFetch<Qty> {
    Box::pin(std::future::ready(Err(error)))
}

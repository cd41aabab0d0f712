//! What tests of streams share: a feed over memory, waiting for something on a stream, books to compare.

use std::time::Duration;

use venue_core::book::{BookSide, OrderBook, Size};
use venue_core::ws::{Event, Feed, Subscription, Update};
use venue_core::{Client, Decimal, Venue};
use venue_sim::Running;

/// Longer than anything takes that comes at all, by a clock that waits for nobody.
const PATIENCE: Duration = Duration::from_secs(30 * 60);

/// A feed of the simulated venue that a client is of.
pub fn connect<V: Venue>(client: &Client<V>, venue: &Running) -> Feed<V> {
    client.feed().base(venue.ws()).connect().expect("the settings hold")
}

/// The next item that this is true of; the ones before it are passed over.
///
/// # Panics
/// When the stream ends, or nothing like it comes.
pub async fn until<T>(stream: &mut Subscription<T>, is_it: impl Fn(&Update<T>) -> bool) -> Update<T> {
    let search = async {
        loop {
            let update = stream.next().await.expect("the stream goes on");
            if is_it(&update) {
                return update;
            }
        }
    };
    tokio::time::timeout(PATIENCE, search).await.expect("it comes")
}

/// The next event of this name.
pub async fn event<T>(stream: &mut Subscription<T>, name: &str) -> Update<T> {
    until(stream, |update| update.event.name() == name).await
}

/// The next push.
pub async fn data<T>(stream: &mut Subscription<T>) -> T {
    event(stream, "data").await.into_data().expect("it is data")
}

/// Why the stream ended: the refusal before its end.
pub async fn refusal<T>(stream: &mut Subscription<T>) -> venue_core::Error {
    match event(stream, "rejected").await.event {
        Event::Rejected(error) => error,
        _ => unreachable!("its name says so"),
    }
}

/// Levels of a side, best first: price and size.
pub type Levels = Vec<(Decimal, Decimal)>;

/// Bids and asks of a local book, best first.
pub fn levels<S: Size>(book: &OrderBook<S>) -> (Levels, Levels) {
    let side = |side| {
        book.levels(side).map(|level| (level.price.decimal(), level.size.decimal())).collect::<Levels>()
    };
    (side(BookSide::Bid), side(BookSide::Ask))
}

/// Bids and asks of the venue's book as it is now: so many at most.
pub fn venue_levels(venue: &Running, symbol: &str, most: usize) -> (Levels, Levels) {
    let mut book = venue.book(symbol).expect("the venue has such a book");
    book.bids.truncate(most);
    book.asks.truncate(most);
    (book.bids, book.asks)
}

//! Local books: every push is one whole book, and its version says which of two is newer.

use venue_core::book::{Level, Snapshot};
use venue_core::ws::{BookFetch, BookMessage};
use venue_core::{AnyClient, Millis, Qty, Symbol};

use super::push::PushedBook;
use crate::rest::{self, GetDepth};

/// Levels a side, as the venue sends them when no number is asked for, and live also when more are.
const LEVELS: u32 = 100;

/// A whole book. Behind a side that has as many levels as were asked for, or as ever come, there may be more.
fn snapshot(
    bids: Vec<rest::Level>,
    asks: Vec<rest::Level>,
    time: Option<Millis>,
    limit: Option<u32>,
) -> Snapshot<Qty> {
    let levels = |levels: Vec<rest::Level>| {
        levels.into_iter().map(|level| Level::new(level.price, level.qty)).collect::<Vec<_>>()
    };
    let mut snapshot = Snapshot::new().bids(levels(bids)).asks(levels(asks));
    snapshot.time = time;
    snapshot.limit = usize::try_from(limit.map_or(LEVELS, |limit| limit.min(LEVELS))).ok();
    snapshot
}

/// What a push says.
pub(super) fn whole(book: PushedBook, limit: Option<u32>) -> BookMessage<Qty> {
    let mut whole = snapshot(book.bids, book.asks, book.time, limit);
    whole.sequence = book.version.and_then(|version| version.number());
    BookMessage::Snapshot(whole)
}

/// What a request answers: without a version, so that its time places it.
pub(super) fn fetch(client: &AnyClient, symbol: &Symbol, limit: Option<u32>) -> BookFetch<Qty> {
    let call = client.send(GetDepth::new(symbol).limit(limit.unwrap_or(LEVELS)));
    Box::pin(async move {
        let book = call.await?;
        Ok(snapshot(book.bids, book.asks, book.time, limit))
    })
}

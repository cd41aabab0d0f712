//! The steps about streams: an account's own events, and a book that survives a hole.

use std::time::Duration;

use bitmart_futures::feed::{DepthIncrease, OrderPush, Orders};
use bitmart_futures::{BitMart, Contracts, OrderId, Rows};
use tokio::time::timeout;
use venue_core::Decimal;
use venue_core::book::{BookSide, OrderBook};
use venue_core::ws::{BookEvent, BookUpdate, Event, Feed, LiveBook, Subscription};
use venue_sim::Fault;

use super::steps::{SYMBOL, Scene};
use crate::stop::Stop;

/// The longest that a push is waited for.
const PUSHED_WITHIN: Duration = Duration::from_secs(15);

impl Scene<'_> {
    /// Listens to the account's own orders.
    pub(super) async fn listen(&mut self) -> Result<(Feed<BitMart>, Subscription<Rows<OrderPush>>), Stop> {
        self.teller.begin("Listen to the account's own orders")?;
        let feed = self.client.feed().base(self.venue.ws()).connect().map_err(Stop::Failed)?;
        let mut orders = feed.subscribe(Orders::new());
        let first = timeout(PUSHED_WITHIN, orders.next()).await.ok().flatten();
        let live = matches!(first.map(|update| update.event), Some(Event::Live));
        self.teller.claim(live, "logged in by a signed frame, and the venue confirmed the channel")?;
        Ok((feed, orders))
    }

    /// The private stream has seen the order's fill.
    pub(super) async fn heard_fill(
        &mut self,
        orders: &mut Subscription<Rows<OrderPush>>,
        order: &OrderId,
        size: Decimal,
    ) -> Result<(), Stop> {
        let (mut filled, mut pushes) = (Decimal::ZERO, 0);
        while filled < size
            && let Ok(Some(update)) = timeout(PUSHED_WITHIN, orders.next()).await
        {
            for push in update.into_data().iter().flatten().filter(|push| push.order.order_id == *order) {
                pushes += 1;
                filled = push.order.deal_size.map_or(filled, Contracts::decimal);
            }
        }
        self.teller.fact("pushes", pushes);
        self.teller.claim(
            filled == size,
            format_args!("the stream told the same: {filled} filled, in {pushes} pushes"),
        )
    }

    /// A local book loses an update, says so, and is whole again.
    pub(super) async fn keep_book(&mut self, feed: Feed<BitMart>) -> Result<(), Stop> {
        self.teller.begin("Keep a book while an update goes missing")?;
        let mut book = feed.book(DepthIncrease::of(SYMBOL));
        let synced = wait(&mut book, |event| matches!(event, BookEvent::Synced)).await;
        self.teller.claim(synced.is_some(), format_args!("a snapshot, then changes: {}", best(&book)))?;
        self.venue.fault(Fault::Gap.topic("depthIncrease"));
        let lost = wait(&mut book, |event| matches!(event, BookEvent::Lost(_))).await;
        let said = match lost.map(|update| update.event) {
            Some(BookEvent::Lost(cause)) => format!("{cause:?}"),
            _ => "nothing".to_owned(),
        };
        let is_honest = book.book().is_err();
        self.teller.claim(is_honest, format_args!("one is dropped, and the book says so: {said}"))?;
        let mut again = wait(&mut book, |event| matches!(event, BookEvent::Synced)).await;
        // The venue's may have moved on, and the news of it be on its way.
        for _ in 0..10 {
            if again.is_none() || self.is_equal(&book) {
                break;
            }
            again = wait(&mut book, |event| matches!(event, BookEvent::Changed | BookEvent::Synced)).await;
        }
        let equal = again.is_some() && self.is_equal(&book);
        self.teller
            .claim(equal, format_args!("a new snapshot, and it equals the venue's: {}", best(&book)))?;
        drop(book);
        feed.close().await;
        Ok(())
    }

    /// Whether the book is the venue's, level by level.
    fn is_equal(&self, book: &LiveBook<DepthIncrease>) -> bool {
        let (Ok(mine), Some(theirs)) = (book.book(), self.venue.book(SYMBOL)) else { return false };
        let same = |side, levels: &[(Decimal, Decimal)]| {
            let mine = mine.levels(side).map(|level| (level.price.decimal(), level.size.decimal()));
            // The channel shows the best so many.
            let shown = mine.len();
            shown > 0 && mine.eq(levels.iter().copied().take(shown))
        };
        same(BookSide::Bid, &theirs.bids) && same(BookSide::Ask, &theirs.asks)
    }
}

async fn wait(book: &mut LiveBook<DepthIncrease>, is_it: impl Fn(&BookEvent) -> bool) -> Option<BookUpdate> {
    let next = async {
        while let Some(update) = book.next().await {
            if is_it(&update.event) {
                return Some(update);
            }
        }
        None
    };
    timeout(PUSHED_WITHIN, next).await.ok().flatten()
}

fn best(book: &LiveBook<DepthIncrease>) -> String {
    let best = |book: &OrderBook<Contracts>| {
        Some(format!("{} / {}", book.best_bid()?.price, book.best_ask()?.price))
    };
    book.book().ok().and_then(best).unwrap_or_else(|| "not there".to_owned())
}

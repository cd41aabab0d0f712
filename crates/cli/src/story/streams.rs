//! The parts about streams: the account's own events, and a book that survives a lost push.

use std::time::{Duration, Instant};

use tokio::time::timeout;
use venue_core::ws::{AnyBook as _, BookChannel, BookEvent, BookUpdate, Event, Feed, LiveBook};
use venue_core::{Decimal, Size as _, Venue as _};
use venue_sim::Fault;

use super::desk::Desk;
use super::orders::Market;
use super::{Part, Scene, needed, seconds};
use crate::stop::Stop;

/// The longest that a push is waited for.
const PUSHED_WITHIN: Duration = Duration::from_secs(10);
/// Levels of a side that are compared with the venue's.
const COMPARED: usize = 20;
/// So many changes may pass until the venue's book stands still for long enough to be compared.
const CHANGES: u32 = 60;

impl<D: Desk> Scene<D> {
    /// Buys at once, and hears the same from the account's stream and from a look-up.
    pub(super) async fn fill(&mut self, market: &Market<D::Size>) -> Result<(), Stop> {
        self.teller.begin(Part::Fill)?;
        let feed = self.feed()?;
        let mut orders = D::own_orders(&feed).filter(|_| has_private_stream::<D>());
        if let Some(orders) = &mut orders {
            let first = timeout(PUSHED_WITHIN, orders.next()).await.ok().flatten();
            let live = matches!(first.map(|update| update.event), Some(Event::Live));
            self.teller.claim(live, "the venue lets us listen to the account's own orders")?;
        }
        let id = self.send(market.size, market.through).await?;
        let row = needed(D::find(&self.client, &id).await)?;
        let order = row.as_ref().map(D::seen).ok_or_else(|| Stop::failed("it is not there"))?;
        let wanted = market.size.exact();
        self.teller.fact("filled", order.filled.to_string());
        self.teller.claim(
            order.filled == wanted,
            format_args!(
                "order {} is {}: {} of {wanted} {} traded",
                order.id,
                order.state,
                order.filled,
                D::UNIT
            ),
        )?;
        let Some(mut orders) = orders else {
            feed.close().await;
            let why = "the venue documents no private stream: only the look-up tells";
            return self.teller.cannot("no stream", why);
        };
        let (mut told, mut pushes) = (Decimal::ZERO, 0);
        while told < wanted
            && let Ok(Some(update)) = timeout(PUSHED_WITHIN, orders.next()).await
        {
            for (_, filled) in update.into_data().iter().flat_map(D::told).filter(|(id, _)| *id == order.id) {
                pushes += 1;
                told = filled;
            }
        }
        self.teller.fact("pushes", pushes);
        self.teller.sum_up(format_args!("filled {told}"));
        self.teller.claim(
            told == wanted,
            format_args!("the stream told the same: {told} traded, in {pushes} pushes"),
        )?;
        drop(orders);
        feed.close().await;
        Ok(())
    }

    /// A local book loses a push, and equals the venue's again.
    pub(super) async fn keep_book(&mut self) -> Result<(), Stop> {
        self.teller.begin(Part::Book)?;
        let feed = self.feed()?;
        let mut book = feed.book(D::book());
        let synced = wait(&mut book, |event| matches!(event, BookEvent::Synced)).await;
        self.teller.claim(synced.is_some(), format_args!("a whole book: {}", best(&book)))?;
        // What is lost from here on is not already in the snapshot.
        let _ = wait(&mut book, |event| matches!(event, BookEvent::Changed)).await;
        let before = self.lost();
        self.venue().fault(Fault::Gap.topic(D::BOOK_TOPIC));
        let began = Instant::now();
        if <D::Book as BookChannel>::RULE.link.has_changes() {
            let lost = wait(&mut book, |event| matches!(event, BookEvent::Lost(_))).await;
            let cause = match lost.map(|update| update.event) {
                Some(BookEvent::Lost(cause)) => format!("{cause:?}"),
                _ => "nothing".to_owned(),
            };
            let is_honest = book.book().is_err() && self.lost() > before;
            self.teller.claim(is_honest, format_args!("a change is lost, and the book says so: {cause}"))?;
            let again = wait(&mut book, |event| matches!(event, BookEvent::Synced)).await;
            self.teller.claim(again.is_some(), format_args!("a new snapshot: {}", best(&book)))?;
        } else {
            // The next one makes up for it: no gap can be seen, and none lasts.
            while self.lost() == before
                && wait(&mut book, |event| matches!(event, BookEvent::Changed)).await.is_some()
            {}
            let lost = self.lost() - before;
            self.teller.claim(lost == 1, "a push is lost; the next one holds the whole book again")?;
            let _ = wait(&mut book, |event| matches!(event, BookEvent::Changed)).await;
        }
        let took = began.elapsed();
        let levels = self.settled(&mut book).await;
        self.teller.fact("whole_again_ms", u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
        self.teller.fact("levels_compared", levels);
        self.teller.sum_up(format_args!("equal, {}", seconds(took)));
        self.teller.claim(
            levels > 0,
            format_args!("it equals the venue's, {levels} levels of each side: {}", best(&book)),
        )?;
        drop(book);
        feed.close().await;
        Ok(())
    }

    fn feed(&self) -> Result<Feed<D::Venue>, Stop> {
        needed(self.client.feed().base(self.venue().ws()).connect())
    }

    /// Pushes that the script has left out.
    fn lost(&self) -> u64 {
        self.venue().streams().faults.get("gap").copied().unwrap_or(0)
    }

    /// Follows the book until it equals the venue's, whose latest changes may be on their way. Says in how many
    /// levels of each side: none if it never does.
    async fn settled(&self, book: &mut LiveBook<D::Book>) -> usize {
        for _ in 0..CHANGES {
            let levels = self.equal(book);
            if levels > 0 {
                return levels;
            }
            let news = |event: &BookEvent| matches!(event, BookEvent::Changed | BookEvent::Synced);
            if wait(book, news).await.is_none() {
                break;
            }
        }
        0
    }

    /// In how many levels of each side it equals the venue's.
    fn equal(&self, book: &LiveBook<D::Book>) -> usize {
        let (Ok((bids, asks)), Some(theirs)) = (book.levels(COMPARED), self.venue().book(D::SYMBOL)) else {
            return 0;
        };
        let same = bids.iter().eq(theirs.bids.iter().take(bids.len()))
            && asks.iter().eq(theirs.asks.iter().take(asks.len()));
        if same { bids.len().min(asks.len()) } else { 0 }
    }
}

/// Whether the venue documents a stream of the account's own.
fn has_private_stream<D: Desk>() -> bool {
    D::venue().streams().is_some_and(|streams| streams.lines().iter().any(venue_core::ws::Line::is_private))
}

async fn wait<B: BookChannel>(
    book: &mut LiveBook<B>,
    is_it: impl Fn(&BookEvent) -> bool,
) -> Option<BookUpdate> {
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

fn best<B: BookChannel>(book: &LiveBook<B>) -> String {
    let best = book.levels(1).ok().and_then(|(bids, asks)| Some((bids.first()?.0, asks.first()?.0)));
    best.map_or_else(|| "not there".to_owned(), |(bid, ask)| format!("{bid} / {ask}"))
}

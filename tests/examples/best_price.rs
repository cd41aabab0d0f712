//! The best price of bitcoin over six venues' books, from those that equal their venue's at the moment and no
//! other: one loses a change on the way, one's connection dies without a word.
//!
//! `cargo run -p venue-tests --example best_price` follows them for a minute of the simulated venues' time, in a
//! few seconds. Each simulated venue has a market of its own, so that prices lie further apart than real ones.
#![allow(clippy::print_stdout, reason = "it shows what it does")]

use std::error::Error;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bitmart_futures::BitMart;
use bitmart_futures::feed::DepthIncrease;
use hashkey_api::HashKey;
use hashkey_api::feed::DepthV2;
use hibt_api::Hibt;
use pumpkin_futures::Pumpkin;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until, timeout_at};
use venue_core::book::{Cause, OrderBook, Size, State};
use venue_core::ws::{BookChannel, BookEvent, BookUpdate, Event};
use venue_core::{Client, Contracts, Instrument, Price, Qty};
use venue_sim::{Fault, Line, Sim, Which};
use venue_tests::{builder_in_memory, feed::connect};
use wex_futures::WexFutures;
use wex_spot::WexSpot;

type Failed = Box<dyn Error + Send + Sync>;

/// What the venues' clocks run on while the books are followed.
const FOLLOWED: Duration = Duration::from_secs(60);
/// The table is printed so often, and whenever a book's state changes.
const PRINTED: Duration = Duration::from_secs(10);
/// What wasn't heard of for longer isn't counted, even where the connection still stands: all six push more often.
const TOO_OLD: Duration = Duration::from_secs(3);
/// When a change is lost, and when a connection dies.
const LOST: Duration = Duration::from_secs(12);
const DEAD: Duration = Duration::from_secs(18);

#[tokio::main(flavor = "current_thread", start_paused = true)]
#[allow(dead_code, reason = "the test calls `run` instead")]
async fn main() -> Result<(), Failed> {
    run().await.map(drop)
}

/// A price and how much there is at it, in base currency, with the words of the venue.
#[derive(Debug, Clone)]
pub(crate) struct Level {
    pub(crate) price: Price,
    pub(crate) worth: Qty,
    said: String,
}

/// Where a venue's book stands.
#[derive(Debug, Clone)]
pub(crate) struct Quote {
    pub(crate) venue: Which,
    /// Best bid and ask; `None` while the book doesn't equal the venue's.
    pub(crate) best: Option<[Level; 2]>,
    /// `synced`, or why not.
    pub(crate) state: String,
    pub(crate) heard: Option<Instant>,
}

impl Quote {
    /// Since something of the book was received.
    pub(crate) fn age(&self, now: Instant) -> Option<Duration> {
        self.heard.map(|heard| now.saturating_duration_since(heard))
    }

    /// What may be traded on: both sides of a book that equals the venue's and isn't old.
    pub(crate) fn fresh(&self, now: Instant) -> Option<&[Level; 2]> {
        self.best.as_ref().filter(|_| self.age(now).is_some_and(|age| age <= TOO_OLD))
    }
}

/// What was printed.
#[allow(dead_code, reason = "the test reads it")]
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) at: Instant,
    pub(crate) quotes: Vec<Quote>,
    /// The venues with the best bid and with the best ask.
    pub(crate) best: Option<[Which; 2]>,
}

/// All books' quotes, and news of them.
#[derive(Default)]
struct Board {
    quotes: Mutex<Vec<Quote>>,
    changed: Notify,
}

/// Follows the books, and prints where the best prices are.
///
/// # Errors
/// When a venue can't be simulated or asked.
pub(crate) async fn run() -> Result<Vec<Shown>, Failed> {
    let mut builder = Sim::builder().seed(3);
    for which in Which::ALL {
        builder = builder.venue(which);
    }
    let sim = builder.start().await?;
    let board = Arc::new(Board::default());

    let base = |qty: Qty| Some((qty, format!("{} BTC", qty.decimal().normalize())));
    let hashkey = builder_in_memory(&sim, Which::HashKey, HashKey::new()).build()?;
    follow(&sim, &hashkey, Which::HashKey, DepthV2::of("BTCUSDT"), base, &board)?;

    let bitmart = builder_in_memory(&sim, Which::BitMart, BitMart::new()).build()?;
    let details = bitmart_futures::rest::GetContractDetails::new().symbol("BTCUSDT");
    let details = bitmart.send(details).await?;
    let rules = details.symbols.first().ok_or("BitMart doesn't list it")?.instrument();
    follow(&sim, &bitmart, Which::BitMart, DepthIncrease::of("BTCUSDT"), contracts(rules), &board)?;

    let wex = builder_in_memory(&sim, Which::WexSpot, WexSpot::new()).build()?;
    follow(&sim, &wex, Which::WexSpot, wex_spot::feed::DepthUpdate::of("btc_usdt"), base, &board)?;

    let wex = builder_in_memory(&sim, Which::WexFutures, WexFutures::usdt_m()).build()?;
    let rules = wex.send(wex_futures::rest::GetSymbolDetail::new("btc_usdt")).await?.instrument();
    let depth = wex_futures::feed::DepthUpdate::of("btc_usdt");
    follow(&sim, &wex, Which::WexFutures, depth, contracts(rules), &board)?;

    // Its contracts are sized in base currency.
    let hibt = builder_in_memory(&sim, Which::Hibt, Hibt::new()).build()?;
    let depth = hibt_api::feed::Depth::of("btc_usdt", hibt_api::DepthLevels::Twenty);
    follow(&sim, &hibt, Which::Hibt, depth, base, &board)?;

    let pumpkin = builder_in_memory(&sim, Which::Pumpkin, Pumpkin::new()).build()?;
    let rules = pumpkin.send(pumpkin_futures::rest::GetSymbol::new("btc_usdt")).await?.instrument();
    let depth = pumpkin_futures::feed::Depth::of("btc_usdt", 20_u32);
    follow(&sim, &pumpkin, Which::Pumpkin, depth, contracts(rules), &board)?;

    let began = Instant::now();
    let scripts = async {
        sleep_until(began + LOST).await;
        println!("\n  (the script: BitMart loses a change)");
        sim.venue(Which::BitMart).fault(Fault::Gap.topic("depthIncrease"));
        sleep_until(began + DEAD).await;
        println!("\n  (the script: WEX spot's connection dies, and nobody says so)");
        sim.venue(Which::WexSpot).fault(Fault::HalfOpen.line(Line::Public));
    };
    let ((), shown) = tokio::join!(scripts, watch(&board, began));
    Ok(shown)
}

/// What so many contracts are worth, by the instrument's documented size; `None` where it has none.
fn contracts(rules: Instrument<Contracts>) -> impl Fn(Contracts) -> Option<(Qty, String)> + Send + 'static {
    move |size| {
        let worth = rules.qty_of(size)?;
        Some((worth, format!("{} cont. = {} BTC", size.decimal().normalize(), worth.decimal().normalize())))
    }
}

/// Keeps a book in a task of its own, and its quote on the board.
fn follow<C, W>(
    sim: &Sim,
    client: &Client<C::Venue>,
    venue: Which,
    channel: C,
    worth: W,
    board: &Arc<Board>,
) -> Result<(), Failed>
where
    C: BookChannel,
    W: Fn(C::Size) -> Option<(Qty, String)> + Send + 'static,
{
    let feed = connect(client, sim.venue(venue));
    let mut book = feed.book(channel);
    let place = {
        let mut quotes = board.quotes.lock().map_err(|_| "a follower panicked")?;
        quotes.push(Quote { venue, best: None, state: "waiting for a whole book".to_owned(), heard: None });
        quotes.len() - 1
    };
    let board = Arc::clone(board);
    tokio::spawn(async move {
        // The feed ends with its last handle.
        let _feed = feed;
        while let Some(update) = book.next().await {
            let (best, state) = match book.book() {
                Ok(book) => (best(book, &worth), "synced".to_owned()),
                Err(state) => (None, why(&update, state)),
            };
            let Ok(mut quotes) = board.quotes.lock() else { return };
            let Some(quote) = quotes.get_mut(place) else { return };
            // What only says that the line is dead was not heard from the venue.
            if matches!(update.event, BookEvent::Synced | BookEvent::Changed) {
                quote.heard = Some(Instant::from_std(update.received.at));
            }
            quote.best = best;
            // The first reason says most.
            let is_news = (state == "synced") != (quote.state == "synced");
            if is_news {
                quote.state = state;
                board.changed.notify_one();
            }
        }
    });
    Ok(())
}

fn best<S: Size>(book: &OrderBook<S>, worth: impl Fn(S) -> Option<(Qty, String)>) -> Option<[Level; 2]> {
    let level = |price: Price, size: S| {
        let (worth, said) = worth(size)?;
        Some(Level { price, worth, said })
    };
    let (bid, ask) = (book.best_bid()?, book.best_ask()?);
    Some([level(bid.price, bid.size)?, level(ask.price, ask.size)?])
}

/// Why a book doesn't equal the venue's.
fn why(update: &BookUpdate, state: State) -> String {
    match (&update.event, state) {
        (BookEvent::Lost(Cause::Gap { expected, got }), _) => format!("gap: {got} came, not {expected}"),
        (BookEvent::Stream(Event::Gap(gap)), _) => format!("gap: {}", gap.reason),
        (BookEvent::Stream(event), _) => format!("stream: {}", event.name()),
        (BookEvent::NoSnapshot(error), _) => format!("no snapshot: {error}"),
        (_, State::Stale(cause)) => format!("stale: {cause:?}"),
        (_, state) => format!("{state:?}").to_lowercase(),
    }
}

/// Prints the board now and then, and whenever a state changes.
async fn watch(board: &Board, began: Instant) -> Vec<Shown> {
    let (mut shown, mut due) = (Vec::new(), began + PRINTED);
    while due <= began + FOLLOWED {
        if timeout_at(due, board.changed.notified()).await.is_err() {
            due += PRINTED;
        }
        let now = Instant::now();
        let quotes = board.quotes.lock().map(|quotes| quotes.clone()).unwrap_or_default();
        let best = best_of(&quotes, now);
        print(&quotes, best, now, now - began);
        shown.push(Shown { at: now, quotes, best });
    }
    shown
}

/// Where the best bid and the best ask are, of all that may be traded on.
pub(crate) fn best_of(quotes: &[Quote], now: Instant) -> Option<[Which; 2]> {
    let fresh = || quotes.iter().filter_map(|quote| Some((quote.venue, quote.fresh(now)?)));
    let (bid, _) = fresh().max_by_key(|(_, [bid, _])| bid.price)?;
    let (ask, _) = fresh().min_by_key(|(_, [_, ask])| ask.price)?;
    Some([bid, ask])
}

fn print(quotes: &[Quote], best: Option<[Which; 2]>, now: Instant, since: Duration) {
    println!("\n{:>5}.{} s", since.as_secs(), since.subsec_millis() / 100);
    println!("  {:<12} {:>9} {:<24} {:>9} {:<24} {:>8}  state", "venue", "bid", "size", "ask", "size", "age");
    for quote in quotes {
        let side = |side: usize| {
            let level = quote.best.as_ref().and_then(|levels| levels.get(side));
            level.map_or_else(Default::default, |level| (level.price.to_string(), level.said.clone()))
        };
        let ((bid, bid_size), (ask, ask_size)) = (side(0), side(1));
        let age = quote.age(now).map_or_else(|| "-".to_owned(), |age| format!("{} ms", age.as_millis()));
        let old = if quote.best.is_some() && quote.fresh(now).is_none() { ", but too old" } else { "" };
        println!(
            "  {:<12} {bid:>9} {bid_size:<24} {ask:>9} {ask_size:<24} {age:>8}  {}{old}",
            quote.venue, quote.state
        );
    }
    let counted = quotes.iter().filter(|quote| quote.fresh(now).is_some()).count();
    match best {
        Some([bid, ask]) => {
            let said = |venue, side: usize| {
                let quote = quotes.iter().find(|quote| quote.venue == venue)?;
                let level = quote.best.as_ref()?.get(side)?;
                Some(format!("{} BTC at {} at {venue}", level.worth.decimal().normalize(), level.price))
            };
            let [bid, ask] = [said(bid, 0), said(ask, 1)].map(Option::unwrap_or_default);
            println!("  best of {counted}: bid {bid}, ask {ask}");
        }
        None => println!("  no book can be counted"),
    }
}

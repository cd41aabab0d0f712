//! Local books: from each source of whole books, and through everything that breaks them.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use futures::FutureExt as _;

use super::channels::{
    AskedBook, FetchedBook, FirstBook, Public, PushedBook, SidesBook, answer_fetches, change, failing,
    snapshot, whole,
};
use super::rig::{Listener, Peer, feed, next, settle};
use super::toy::Toy;
use super::*;
use crate::book::{Cause, Reset, State};
use crate::error::{Error, Kind, Outcome};
use crate::ws::{BookChannel, BookEvent, Feed, LiveBook, Overflow};

/// What happens next, in short; with the best bid's size where the book equals the venue's.
async fn news<C: BookChannel>(book: &mut LiveBook<C>) -> String {
    let update = tokio::time::timeout(secs(3600), book.next()).await.expect("news");
    let Some(update) = update else { return "end".to_owned() };
    let event = match update.event {
        BookEvent::Synced => "synced".to_owned(),
        BookEvent::Changed => "changed".to_owned(),
        BookEvent::Lost(Cause::Gap { expected, got }) => format!("lost: {got} for {expected}"),
        BookEvent::Lost(cause) => format!("lost: {cause:?}"),
        BookEvent::NoSnapshot(error) => format!("no snapshot: {}", error.message()),
        BookEvent::Stream(event) => event.name().to_owned(),
    };
    match book.book() {
        Ok(levels) => {
            format!("{event} {}", levels.best_bid().map_or_else(String::new, |bid| bid.size.to_string()))
        }
        Err(_) => event,
    }
}

/// Nothing happens for a while.
async fn is_quiet<C: BookChannel>(book: &mut LiveBook<C>, time: Duration) -> bool {
    tokio::time::timeout(time, book.next()).await.is_err()
}

/// A feed, its venue, and a book whose subscription was confirmed.
async fn open<C: BookChannel<Venue = Toy>>(channel: C) -> (Feed<Toy>, Listener, Peer, LiveBook<C>) {
    open_on(public(), channel).await
}

async fn open_on<C: BookChannel<Venue = Toy>>(
    line: Line,
    channel: C,
) -> (Feed<Toy>, Listener, Peer, LiveBook<C>) {
    let (feed, mut venue) = feed(Toy::new(vec![line]));
    let mut book = feed.book(channel);
    let mut peer = venue.accept().await;
    peer.subscribed().await;
    assert_eq!(news(&mut book).await, "live");
    (feed, venue, peer, book)
}

/// The venue's book for requests: its number and its best bid's size; how often it was asked for.
#[derive(Default)]
struct Desk {
    now: (u64, u64),
    asked: u32,
    takes: Duration,
    fails: Option<Error>,
}

fn desk(number: u64, size: u64) -> Rc<RefCell<Desk>> {
    let desk = Rc::new(RefCell::new(Desk { now: (number, size), ..Desk::default() }));
    let shared = Rc::clone(&desk);
    answer_fetches(move || {
        let mut desk = shared.borrow_mut();
        desk.asked += 1;
        if let Some(error) = desk.fails.clone() {
            return failing(error);
        }
        let ((number, size), takes) = (desk.now, desk.takes);
        Box::pin(async move {
            tokio::time::sleep(takes).await;
            Ok(snapshot(number, size))
        })
    });
    desk
}

#[tokio::test(start_paused = true)]
async fn a_book_from_a_request_takes_the_changes_that_waited_for_it() {
    let venues = desk(5, 50);
    venues.borrow_mut().takes = secs(1);
    let (_feed, _venue, mut peer, mut book) = open(FetchedBook::of("A")).await;
    for number in 4..=7 {
        peer.say(change("fetched@A", number, number * 10)).await;
    }
    assert_eq!(news(&mut book).await, "synced 70");
    assert_eq!(venues.borrow().asked, 1);
    peer.say(change("fetched@A", 8, 80)).await;
    assert_eq!(news(&mut book).await, "changed 80");
    // What it has already changes nothing.
    peer.say(change("fetched@A", 8, 80)).await;
    assert!(is_quiet(&mut book, secs(60)).await);
}

#[tokio::test(start_paused = true)]
async fn a_gap_loses_the_book_until_a_new_whole_one() {
    let venues = desk(5, 50);
    let (_feed, _venue, mut peer, mut book) = open(FetchedBook::of("A")).await;
    let reader = book.reader();
    assert_eq!(news(&mut book).await, "synced 50");
    assert!(reader.top().is_ok());
    venues.borrow_mut().now = (8, 80);
    peer.say(change("fetched@A", 8, 80)).await;
    assert_eq!(news(&mut book).await, "lost: 8 for 6");
    assert!(reader.top().is_err() && book.book().is_err());
    assert_eq!(news(&mut book).await, "synced 80");
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_too_old_is_asked_for_again() {
    let venues = desk(5, 50);
    venues.borrow_mut().takes = secs(1);
    let (_feed, _venue, mut peer, mut book) = open(FetchedBook::of("A")).await;
    peer.say(change("fetched@A", 9, 90)).await;
    let waited = tokio::time::timeout(secs(2), book.next()).await;
    assert!(waited.is_err(), "5 doesn't reach to 9");
    venues.borrow_mut().now = (9, 90);
    assert_eq!(news(&mut book).await, "synced 90");
    assert!(venues.borrow().asked >= 2);
}

#[tokio::test(start_paused = true)]
async fn a_fetch_that_fails_is_news_and_made_again_ever_later() {
    let venues = desk(5, 50);
    let error = Error::new(Kind::Unavailable, Outcome::Rejected, "closed for lunch");
    venues.borrow_mut().fails = Some(error.clone());
    let (_feed, _venue, _peer, mut book) = open(FetchedBook::of("A")).await;
    let began = tokio::time::Instant::now();
    for _ in 0..12 {
        assert_eq!(news(&mut book).await, "no snapshot: closed for lunch");
    }
    assert!(began.elapsed() > secs(10), "{:?} for 12 attempts", began.elapsed());
    // A pause that the venue asks for is kept.
    venues.borrow_mut().fails = Some(error.with_retry_after(Some(secs(100))));
    assert!(news(&mut book).await.starts_with("no snapshot"));
    venues.borrow_mut().fails = None;
    let began = tokio::time::Instant::now();
    assert_eq!(news(&mut book).await, "synced 50");
    assert!(began.elapsed() >= secs(100));
}

#[tokio::test(start_paused = true)]
async fn a_slow_answer_fits_to_what_came_meanwhile() {
    let venues = desk(50, 500);
    venues.borrow_mut().takes = secs(30);
    let (_feed, _venue, mut peer, mut book) = open(FetchedBook::of("A")).await;
    let pushes = async {
        for number in 6.. {
            peer.say(change("fetched@A", number, number)).await;
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::select! {
        heard = news(&mut book) => assert!(heard.starts_with("synced 30"), "{heard}"),
        () = pushes => {}
    }
    assert_eq!(venues.borrow().asked, 1);
}

#[tokio::test(start_paused = true)]
async fn an_answer_from_before_a_reconnect_is_of_no_use() {
    let venues = desk(5, 50);
    venues.borrow_mut().takes = secs(3);
    let (_feed, mut venue, peer, mut book) = open(FetchedBook::of("A")).await;
    assert!(is_quiet(&mut book, secs(1)).await);
    drop(peer);
    assert_eq!(news(&mut book).await, "gap");
    // Not before the subscription is confirmed: it could lack what the stream never sends.
    let mut peer = venue.accept().await;
    assert!(is_quiet(&mut book, secs(5)).await);
    assert_eq!(venues.borrow().asked, 1);
    venues.borrow_mut().now = (40, 400);
    peer.subscribed().await;
    assert_eq!(news(&mut book).await, "live");
    assert_eq!(news(&mut book).await, "synced 400");
    assert_eq!(venues.borrow().asked, 2);
}

#[tokio::test(start_paused = true)]
async fn a_book_that_the_stream_pushes() {
    let (_feed, mut venue, mut peer, mut book) = open(PushedBook::of("A")).await;
    peer.say(whole("pushed@A", 5, 50)).await;
    peer.say(change("pushed@A", 6, 60)).await;
    assert_eq!([news(&mut book).await, news(&mut book).await], ["synced 50", "changed 60"]);
    // A gap: only a new subscription brings a whole book.
    peer.say(change("pushed@A", 8, 80)).await;
    assert_eq!(news(&mut book).await, "lost: 8 for 7");
    let venues_side = async {
        peer.hears("unsub 2 pushed@A").await;
        // Still of the old subscription.
        peer.say(change("pushed@A", 9, 90)).await;
        peer.ack(2).await;
        peer.subscribed().await;
        peer.say(whole("pushed@A", 10, 100)).await;
    };
    let ours = async { [news(&mut book).await, news(&mut book).await, news(&mut book).await] };
    let (heard, ()) = tokio::join!(ours, venues_side);
    assert_eq!(heard, ["gap", "live", "synced 100"]);
    drop(peer);
    assert_eq!(news(&mut book).await, "gap");
    let mut peer = venue.accept().await;
    peer.subscribed().await;
    peer.say(whole("pushed@A", 3, 30)).await;
    assert_eq!([news(&mut book).await, news(&mut book).await], ["live", "synced 30"]);
}

#[tokio::test(start_paused = true)]
async fn a_book_that_is_asked_for_on_the_connection() {
    let (_feed, _venue, mut peer, mut book) = open(AskedBook::of("A")).await;
    let asks = async {
        peer.hears("req 2 asked@A").await;
        // A refusal is news, and it is asked again.
        peer.say(r#"{"no":"req","id":2,"msg":"later"}"#).await;
        peer.hears("req 3 asked@A").await;
        peer.say(whole("asked@A", 5, 50)).await;
    };
    let ours = async { [news(&mut book).await, news(&mut book).await] };
    let (heard, ()) = tokio::join!(ours, asks);
    assert_eq!(heard, ["unreadable", "synced 50"]);
    peer.say(change("asked@A", 9, 90)).await;
    assert_eq!(news(&mut book).await, "lost: 9 for 6");
    let asks = async {
        peer.hears("req 4 asked@A").await;
        peer.say(whole("asked@A", 9, 90)).await;
    };
    let (heard, ()) = tokio::join!(news(&mut book), asks);
    assert_eq!(heard, "synced 90");
}

#[tokio::test(start_paused = true)]
async fn a_book_whose_first_message_is_whole() {
    let (_feed, mut venue, mut peer, mut book) = open(FirstBook::of("A")).await;
    peer.say(change("first@A", 5, 50)).await;
    peer.say(change("first@A", 6, 60)).await;
    assert_eq!([news(&mut book).await, news(&mut book).await], ["synced 50", "changed 60"]);
    peer.say(change("first@A", 8, 80)).await;
    assert_eq!(news(&mut book).await, "lost: 8 for 7");
    let venues_side = async {
        peer.hears("unsub 2 first@A").await;
        // Taken for the new subscription's first message, this would be a wrong book.
        peer.say(change("first@A", 9, 90)).await;
        peer.ack(2).await;
        peer.subscribed().await;
        peer.say(change("first@A", 10, 100)).await;
    };
    let ours = async { [news(&mut book).await, news(&mut book).await, news(&mut book).await] };
    let (heard, ()) = tokio::join!(ours, venues_side);
    assert_eq!(heard, ["gap", "live", "synced 100"]);
    drop(peer);
    assert_eq!(news(&mut book).await, "gap");
    let mut peer = venue.accept().await;
    peer.subscribed().await;
    peer.say(change("first@A", 1, 10)).await;
    assert_eq!([news(&mut book).await, news(&mut book).await], ["live", "synced 10"]);
}

#[tokio::test(start_paused = true)]
async fn who_joins_late_gets_a_whole_book_and_no_change_for_one() {
    let (feed, _venue, mut peer, mut book) = open(FirstBook::of("A")).await;
    peer.say(change("first@A", 5, 50)).await;
    assert_eq!(news(&mut book).await, "synced 50");
    let mut late = feed.book(FirstBook::of("A"));
    // Its subscription is new for both.
    peer.hears("unsub 2 first@A").await;
    peer.say(change("first@A", 6, 60)).await;
    peer.ack(2).await;
    peer.subscribed().await;
    peer.say(change("first@A", 7, 70)).await;
    assert_eq!(
        [news(&mut book).await, news(&mut book).await, news(&mut book).await],
        ["gap", "live", "synced 70"]
    );
    assert_eq!(news(&mut late).await, "live", "as it was");
    assert_eq!(
        [news(&mut late).await, news(&mut late).await, news(&mut late).await],
        ["gap", "live", "synced 70"]
    );
}

#[tokio::test(start_paused = true)]
async fn two_books_of_one_topic_both_get_there() {
    let (feed, _venue, mut peer, mut book) = open(PushedBook::of("A")).await;
    peer.say(whole("pushed@A", 5, 50)).await;
    assert_eq!(news(&mut book).await, "synced 50");
    let mut late = feed.book(PushedBook::of("A"));
    assert_eq!(news(&mut late).await, "live");
    let venues_side = async {
        peer.hears("unsub 2 pushed@A").await;
        peer.ack(2).await;
        peer.subscribed().await;
        peer.say(whole("pushed@A", 9, 90)).await;
    };
    let ours = async { [news(&mut late).await, news(&mut late).await, news(&mut late).await] };
    let (heard, ()) = tokio::join!(ours, venues_side);
    assert_eq!(heard, ["gap", "live", "synced 90"]);
    assert_eq!(
        [news(&mut book).await, news(&mut book).await, news(&mut book).await],
        ["gap", "live", "synced 90"]
    );
}

#[tokio::test(start_paused = true)]
async fn a_replaced_connections_first_message_is_swapped_in_whole() {
    let line = public().lifetime(secs(100));
    let (_feed, mut venue, mut old, mut book) = open_on(line, FirstBook::of("A")).await;
    old.say(change("first@A", 5, 50)).await;
    assert_eq!(news(&mut book).await, "synced 50");
    let mut new = venue.accept().await;
    new.subscribed().await;
    // One more than where the book stands: as a change it would fit.
    new.say(whole("first@A", 6, 66).replace(r#""all":true,"#, "")).await;
    assert_eq!(news(&mut book).await, "live 50");
    assert_eq!(news(&mut book).await, "synced 66");
    assert_eq!(book.book().unwrap().best_ask().map(|ask| ask.size.to_string()).as_deref(), Some("1"));
    // The old one still delivers for a while.
    old.say(change("first@A", 7, 77)).await;
    settle().await;
    new.say(change("first@A", 7, 70)).await;
    assert_eq!(news(&mut book).await, "changed 70");
}

#[tokio::test(start_paused = true)]
async fn a_pushed_book_survives_a_replacement_that_dies() {
    let line = public().lifetime(secs(100));
    let (_feed, mut venue, mut old, mut book) = open_on(line, PushedBook::of("A")).await;
    old.say(whole("pushed@A", 5, 50)).await;
    assert_eq!(news(&mut book).await, "synced 50");
    let mut new = venue.accept().await;
    new.subscribed().await;
    new.say(whole("pushed@A", 6, 60)).await;
    assert_eq!([news(&mut book).await, news(&mut book).await], ["live 50", "synced 60"]);
    drop(new);
    // The old one goes on, and the book doesn't know how far it is.
    assert_eq!(news(&mut book).await, "live");
    old.say(whole("pushed@A", 7, 70)).await;
    assert_eq!(news(&mut book).await, "synced 70");
}

#[tokio::test(start_paused = true)]
async fn a_consumer_that_lags_loses_the_book_and_gets_a_new_one() {
    let venues = desk(5, 50);
    let (feed, mut venue) = feed(Toy::new(vec![public()]));
    let mut book = feed.subscription(FetchedBook::of("A")).overflow(Overflow::DropOldest(4)).book();
    let mut peer = venue.accept().await;
    peer.subscribed().await;
    assert_eq!([news(&mut book).await, news(&mut book).await], ["live", "synced 50"]);
    for number in 6..20 {
        peer.say(change("fetched@A", number, number)).await;
    }
    settle().await;
    venues.borrow_mut().now = (19, 190);
    assert_eq!(news(&mut book).await, "lagged");
    assert_eq!(news(&mut book).await, "synced 190");
}

#[tokio::test(start_paused = true)]
async fn a_consumer_that_lags_over_a_reconnect_doesnt_take_a_change_for_a_book() {
    let (feed, mut venue) = feed(Toy::new(vec![public()]));
    let mut book = feed.subscription(FirstBook::of("A")).overflow(Overflow::DropOldest(2)).book();
    let mut peer = venue.accept().await;
    peer.subscribed().await;
    peer.say(change("first@A", 5, 50)).await;
    assert_eq!([news(&mut book).await, news(&mut book).await], ["live", "synced 50"]);
    drop(peer);
    let mut peer = venue.accept().await;
    peer.subscribed().await;
    // Gap, live and the first message are thrown away.
    for number in 10..=13 {
        peer.say(change("first@A", number, number * 10)).await;
    }
    settle().await;
    assert_eq!(news(&mut book).await, "lagged");
    let venues_side = async {
        peer.hears("unsub 2 first@A").await;
        peer.ack(2).await;
        peer.subscribed().await;
        peer.say(change("first@A", 20, 200)).await;
    };
    let ours = async {
        let mut heard = Vec::new();
        while heard.last().is_none_or(|last: &String| !last.starts_with("synced")) {
            heard.push(news(&mut book).await);
        }
        heard
    };
    let (heard, ()) = tokio::join!(ours, venues_side);
    assert_eq!(heard.last().unwrap(), "synced 200", "{heard:?}");
    assert!(heard[..heard.len() - 1].iter().all(|heard| !heard.contains(' ') || heard.starts_with("lost")));
}

#[tokio::test(start_paused = true)]
async fn a_stale_book_is_lost_and_subscribed_anew() {
    let (feed, mut venue) = feed(Toy::new(vec![public()]));
    let mut book = feed.subscription(FirstBook::of("A")).stale_after(secs(5)).book();
    let mut peer = venue.accept().await;
    peer.subscribed().await;
    peer.say(change("first@A", 5, 50)).await;
    assert_eq!([news(&mut book).await, news(&mut book).await], ["live", "synced 50"]);
    assert_eq!(news(&mut book).await, "stale");
    assert!(matches!(book.book(), Err(State::Stale(Cause::Reset(Reset::Resubscribed)))));
    peer.hears("unsub 2 first@A").await;
    peer.say(change("first@A", 6, 60)).await;
    peer.ack(2).await;
    peer.subscribed().await;
    peer.say(change("first@A", 7, 70)).await;
    assert_eq!([news(&mut book).await, news(&mut book).await], ["live", "synced 70"]);
}

#[tokio::test(start_paused = true)]
async fn a_push_that_cant_be_understood_loses_the_book() {
    let venues = desk(5, 50);
    for bad in [r#"{"r":"fetched@A","d":{"from":7,"to":6}}"#, r#"{"r":"fetched@A","d":"what"}"#] {
        let (_feed, _venue, mut peer, mut book) = open(FetchedBook::of("A")).await;
        assert_eq!(news(&mut book).await, "synced 50");
        peer.say(bad).await;
        let heard = news(&mut book).await;
        assert!(heard.starts_with("lost") || heard == "unreadable", "{heard}");
        assert_eq!(news(&mut book).await, "synced 50");
    }
    assert_eq!(venues.borrow().asked, 4);
}

/// A push of one side.
fn side(side: &str, size: u64) -> String {
    let price = if side == "b" { 10 } else { 11 };
    format!(r#"{{"r":"sides@A","d":{{"from":0,"to":0,"side":"{side}","{side}":[["{price}","{size}"]]}}}}"#)
}

#[tokio::test(start_paused = true)]
async fn a_book_of_sides_is_there_once_both_are() {
    let (_feed, mut venue, mut peer, mut book) = open(SidesBook::of("A")).await;
    peer.say(side("b", 1)).await;
    settle().await;
    assert!(book.next().now_or_never().is_none(), "one side is no book");
    peer.say(side("a", 2)).await;
    assert_eq!(news(&mut book).await, "synced 1");
    peer.say(side("b", 3)).await;
    assert_eq!(news(&mut book).await, "changed 3");
    drop(peer);
    assert_eq!(news(&mut book).await, "gap");
    let mut peer = venue.accept().await;
    peer.subscribed().await;
    peer.say(side("b", 4)).await;
    assert_eq!(news(&mut book).await, "live");
    settle().await;
    assert!(book.next().now_or_never().is_none(), "one side of the new connection");
    peer.say(side("a", 5)).await;
    assert_eq!(news(&mut book).await, "synced 4");
}

#[tokio::test(start_paused = true)]
async fn a_side_that_does_not_come_is_asked_for_by_subscribing_anew() {
    let (_feed, _venue, mut peer, mut book) = open(SidesBook::of("A")).await;
    let mut sides = vec![side("b", 1)];
    // The other one stays away for good; each time both are asked for again, and one side of before is no book.
    for request in [2, 4, 6] {
        for side in sides.drain(..) {
            peer.say(side).await;
        }
        let venues_side = async {
            peer.hears(&format!("unsub {request} sides@A")).await;
            peer.ack(request).await;
            peer.subscribed().await;
        };
        let ours = async { [news(&mut book).await, news(&mut book).await] };
        let (heard, ()) = tokio::join!(ours, venues_side);
        assert_eq!(heard, ["gap", "live"]);
        sides.push(side("b", request));
    }
    peer.say(side("a", 7)).await;
    settle().await;
    assert!(book.next().now_or_never().is_none(), "the bids that came before belong to another subscription");
    peer.say(side("b", 8)).await;
    assert_eq!(news(&mut book).await, "synced 8");
}

#[tokio::test(start_paused = true)]
async fn a_refused_topic_ends_the_book() {
    let (feed, mut venue) = feed(Toy::new(vec![public()]));
    let mut book = feed.book(PushedBook::of("A"));
    let mut peer = venue.accept().await;
    peer.hears("sub 1 pushed@A").await;
    peer.say(r#"{"no":"sub","id":1,"kind":"symbol","msg":"no such contract"}"#).await;
    assert_eq!([news(&mut book).await, news(&mut book).await], ["rejected", "closed"]);
    assert_eq!(news(&mut book).await, "end");
}

#[tokio::test(start_paused = true)]
async fn a_book_whose_feed_or_keeper_is_gone_equals_nothing() {
    let (feed, _venue, mut peer, mut book) = open(PushedBook::of("A")).await;
    peer.say(whole("pushed@A", 5, 50)).await;
    assert_eq!(news(&mut book).await, "synced 50");
    let reader = book.reader();
    assert!(reader.top().is_ok());
    let mut other = feed.book(PushedBook::of("A"));
    let others = other.reader();
    drop(feed);
    assert_eq!([news(&mut book).await, news(&mut book).await], ["closed", "end"]);
    assert!(book.book().is_err() && reader.top().is_err());
    while news(&mut other).await != "end" {}
    assert!(others.top().is_err());

    let (_feed, _venue, mut peer, mut book) = open(PushedBook::of("A")).await;
    peer.say(whole("pushed@A", 5, 50)).await;
    assert_eq!(news(&mut book).await, "synced 50");
    let reader = book.reader();
    drop(book);
    assert!(reader.top().is_err());
}

#[tokio::test(start_paused = true)]
async fn a_book_shares_its_topic_with_other_streams() {
    let (feed, _venue, mut peer, mut book) = open(PushedBook::of("A")).await;
    let mut pushes = feed.subscribe(PushedBook::of("A"));
    let mut trades = feed.subscribe(Public::of("A"));
    peer.subscribed().await;
    peer.say(whole("pushed@A", 5, 50)).await;
    assert_eq!(news(&mut book).await, "synced 50");
    assert_eq!(next(&mut pushes).await, "live");
    assert!(next(&mut pushes).await.starts_with("BookPush"));
    assert_eq!(next(&mut trades).await, "live");
    drop(book);
    settle().await;
    peer.say(change("pushed@A", 6, 60)).await;
    assert!(next(&mut pushes).await.starts_with("BookPush"));
}

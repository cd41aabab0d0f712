//! What one asks of a book.

use super::{level, price, qty, text};
use crate::book::{
    BookSide, BookSync, Continuity, Delta, Ids, NegativeSize, OrderBook, SideUpdate, Snapshot, Step,
};
use crate::{Amount, Contracts, Millis, Price, Qty};

fn book() -> OrderBook<Qty> {
    let mut book = OrderBook::new();
    let snapshot = Snapshot::new()
        .sequence(7)
        .time(Millis::new(1000))
        .bids([level("99.5", "1"), level("99.0", "2.50"), level("98", "10")])
        .asks([level("100.25", "0.3"), level("101", "4"), level("103.5", "1")]);
    book.snapshot(&snapshot).unwrap();
    book
}

#[test]
fn levels_come_best_first_from_either_end_with_the_digits_that_were_sent() {
    let book = book();
    assert_eq!(book.best_bid(), Some(level("99.5", "1")));
    assert_eq!(book.best(BookSide::Ask), Some(level("100.25", "0.3")));
    assert_eq!(book.bids().len(), 3);
    let pairs = |levels: &[(&str, &str)]| {
        levels.iter().map(|(price, size)| ((*price).to_owned(), (*size).to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(text(book.bids()), pairs(&[("99.5", "1"), ("99.0", "2.50"), ("98", "10")]));
    assert_eq!(text(book.asks().rev()), pairs(&[("103.5", "1"), ("101", "4"), ("100.25", "0.3")]));
    let depth = book.depth(2);
    assert_eq!((depth.bids.len(), depth.asks.len()), (2, 2));
    assert_eq!(book.depth(9).asks.len(), 3);
    assert_eq!((book.sequence(), book.time()), (Some(7), Some(Millis::new(1000))));
}

#[test]
fn mid_and_spread_are_exact() {
    let mut book = book();
    assert_eq!(book.mid(), Some(price("99.875")));
    assert_eq!(book.spread(), Some(price("0.75")));
    assert!(!book.is_crossed());
    let apply = |book: &mut OrderBook<Qty>, delta: Delta<Qty>| book.apply(&delta).unwrap();
    apply(&mut book, Delta::new(Ids::version(8)).bids([level("100.250", "1")]));
    assert!(book.is_crossed(), "locked is crossed");
    assert_eq!(book.spread(), Some(price("0")));
    apply(&mut book, Delta::new(Ids::version(9)).bids([level("102", "1")]));
    assert_eq!(book.spread(), Some(price("-1.75")));
    assert_eq!(book.sequence(), Some(9));
    assert_eq!(book.time(), Some(Millis::new(1000)), "a change without a time leaves the last one");
    // 29 digits would be needed.
    apply(&mut book, Delta::new(Ids::version(10)).bids([level("79228162514264337593543950335", "1")]));
    assert_eq!((book.mid(), book.spread()), (None, None));
    assert_eq!(OrderBook::<Qty>::new().mid(), None);
}

#[test]
fn volume_sums_up_to_and_including_a_price() {
    let book = book();
    for (side, to, sum) in [
        (BookSide::Bid, "100", "0"),
        (BookSide::Bid, "99.5", "1"),
        (BookSide::Bid, "99.000", "3.50"),
        (BookSide::Bid, "98.5", "3.50"),
        (BookSide::Bid, "1", "13.50"),
        (BookSide::Ask, "100", "0"),
        (BookSide::Ask, "100.25", "0.3"),
        (BookSide::Ask, "1000", "5.3"),
    ] {
        assert_eq!(book.volume_to(side, price(to)).unwrap().to_string(), sum, "{side:?} to {to}");
    }
}

#[test]
fn a_sum_of_more_digits_than_fit_is_absent_not_rounded() {
    let mut book = OrderBook::<Qty>::new();
    let asks = [level("1", "79228162514264337593543950335"), level("2", "0.1")];
    book.snapshot(&Snapshot::new().asks(asks)).unwrap();
    assert_eq!(book.volume_to(BookSide::Ask, price("1")), Some(asks[0].size));
    assert_eq!(book.volume_to(BookSide::Ask, price("2")), None);
    assert_eq!(
        book.fill(BookSide::Ask, qty("79228162514264337593543950334")).unwrap().value.to_text(),
        "79228162514264337593543950334"
    );
}

#[test]
fn a_fill_walks_the_levels_and_says_when_they_run_out() {
    let book = book();
    let fill = book.fill(BookSide::Ask, qty("1.3")).unwrap();
    // 0.3 × 100.25 + 1 × 101
    assert_eq!(fill.value, "131.075".parse::<Amount>().unwrap());
    assert_eq!((fill.size, fill.worst), (qty("1.3"), Some(price("101"))));
    assert!(fill.complete && fill.certain);
    assert_eq!(fill.average(2), Some(price("100.83")));
    assert_eq!(fill.average(8), Some(price("100.82692308")));

    let fill = book.fill(BookSide::Bid, qty("20")).unwrap();
    assert_eq!(fill.size, qty("13.5"));
    assert_eq!(fill.value, "1327".parse::<Amount>().unwrap());
    assert!(!fill.complete && fill.certain, "the whole book is known, and that is all there is");

    let nothing = book.fill(BookSide::Bid, qty("0")).unwrap();
    assert!(nothing.complete && nothing.worst.is_none() && nothing.average(2).is_none());
    assert_eq!(book.fill(BookSide::Bid, qty("-1")), None);
}

#[test]
fn behind_the_last_level_of_a_cut_snapshot_nothing_is_certain() {
    let mut book = OrderBook::<Qty>::new();
    let snapshot =
        Snapshot::new().limit(2).bids([level("98", "1"), level("99", "1")]).asks([level("100", "1")]);
    book.snapshot(&snapshot).unwrap();
    assert_eq!(book.horizon(BookSide::Bid), Some(price("98")));
    assert_eq!(book.horizon(BookSide::Ask), None, "fewer than the limit are all there are");
    let certain = |book: &OrderBook<Qty>, size| book.fill(BookSide::Bid, qty(size)).unwrap().certain;
    assert!(certain(&book, "2"));
    assert!(!certain(&book, "3"));
    // A level behind it has shown, but others may lie between.
    book.apply(&Delta::new(Ids::version(1)).bids([level("90", "5")])).unwrap();
    assert_eq!(book.horizon(BookSide::Bid), Some(price("98")));
    assert!(certain(&book, "2") && !certain(&book, "2.1"));
}

#[test]
fn rows_in_any_order_the_last_of_a_price_counts_and_zero_is_no_level() {
    let mut book = OrderBook::<Qty>::new();
    let rows = [("2", "1"), ("1.0", "5"), ("3", "0"), ("2.00", "7"), ("1", "0"), ("4", "0"), ("4.0", "2")];
    book.snapshot(&Snapshot::new().bids(rows.map(|(price, size)| level(price, size)))).unwrap();
    assert_eq!(text(book.bids()), [("4.0".to_owned(), "2".to_owned()), ("2.00".to_owned(), "7".to_owned())]);
    let delta = Delta::new(Ids::version(1)).bids([
        level("2", "1"),
        level("2", "0"),
        level("9", "1"),
        level("9", "3"),
    ]);
    book.apply(&delta).unwrap();
    assert_eq!(text(book.bids()), [("9".to_owned(), "3".to_owned()), ("4.0".to_owned(), "2".to_owned())]);
}

#[test]
fn a_size_below_zero_changes_nothing() {
    let mut book = book();
    let before = format!("{book:?}");
    let negative = Err(NegativeSize { price: price("97") });
    let bad = [level("99.5", "9"), level("97", "-1")];
    assert_eq!(book.apply(&Delta::new(Ids::version(8)).bids(bad)), negative);
    assert_eq!(book.apply(&Delta::new(Ids::version(8)).bids([bad[0]]).asks([bad[1]])), negative);
    assert_eq!(book.snapshot(&Snapshot::new().asks(bad)), negative);
    assert_eq!(book.replace_side(BookSide::Ask, &bad, None, None), negative);
    assert_eq!(format!("{book:?}"), before);
    // Zero with a sign is zero.
    let zero = Qty::from_decimal(-crate::Decimal::ZERO);
    book.apply(&Delta::new(Ids::version(8)).bids([(price("99.5"), zero)])).unwrap();
    assert_eq!(book.best_bid(), Some(level("99.0", "2.50")));
}

#[test]
fn a_book_of_contracts_gives_contracts() {
    let mut sync = BookSync::<Contracts>::new(Continuity::SIDES);
    let now = std::time::Instant::now();
    for side in [BookSide::Bid, BookSide::Ask] {
        let at = if side == BookSide::Bid { "9" } else { "10" };
        let levels = vec![(price(at), Contracts::new(3)).into()];
        let step = sync.on_side(SideUpdate { side, levels, time: None, limit: Some(20) }, now);
        assert_eq!(matches!(step, Step::Synced { .. }), side == BookSide::Ask);
    }
    let total: Contracts = sync.book().unwrap().volume_to(BookSide::Bid, Price::ZERO).unwrap();
    assert_eq!(total, Contracts::new(3));
}

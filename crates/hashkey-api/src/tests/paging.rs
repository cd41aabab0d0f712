//! Streams go back by the smallest id, and end.

use venue_core::Paged;

use super::*;

fn orders(ids: &[&str]) -> Rows<Order> {
    let rows: Vec<String> = ids.iter().map(|id| format!(r#"{{"orderId":{id}}}"#)).collect();
    typed("GetTradeOrders", &format!("[{}]", rows.join(",")))
}

fn trades(ids: &[&str]) -> Rows<AccountTrade> {
    let rows: Vec<String> = ids.iter().map(|id| format!(r#"{{"id":"{id}"}}"#)).collect();
    typed("GetAccountTrades", &format!("[{}]", rows.join(",")))
}

#[test]
fn the_next_page_begins_before_the_smallest_id() {
    let first = GetTradeOrders::new().symbol("A").limit(2u32);
    // As numbers, whatever their order and length; digits past 2^63 stay.
    let second = first.next(&orders(&["18446744073709551617", "9999999999999999999"])).unwrap();
    assert_eq!(second, first.clone().from_order_id("9999999999999999999"));
    let third = second.next(&orders(&["800", "1000", "90"])).unwrap();
    assert_eq!(third, first.from_order_id("90"));
    assert_eq!(third.next(&orders(&[])), None);
    let trades = GetSubAccountTrades::new().next(&trades(&["12", "7"])).unwrap();
    assert_eq!(trades, GetSubAccountTrades::new().from_id("7"));
}

#[test]
fn a_page_that_is_not_full_is_not_the_last() {
    // The venue may give less than was asked for; only an empty page says that there is no more.
    assert!(GetOpenOrders::new().limit(1000u32).next(&orders(&["5"])).is_some());
    assert!(GetSubAccountOpenOrders::new("7").next(&orders(&["5"])).is_some());
    assert!(GetSubAccountTradeOrders::new("7").next(&orders(&["5"])).is_some());
    assert!(GetAccountTrades::new().next(&trades(&["5"])).is_some());
}

#[test]
fn a_page_with_nothing_new_ends_the_stream() {
    // As it would come if the venue went on in the other direction, or gave the edge once more.
    assert_eq!(GetOpenOrders::new().from_order_id("5").next(&orders(&["5", "6"])), None);
    assert_eq!(GetAccountTrades::new().from_id("5").next(&trades(&["0005"])), None);
    assert_eq!(GetOpenOrders::key(&orders(&["5"])[0]).as_deref(), Some("5"));
    assert_eq!(GetAccountTrades::items(trades(&["5", "6"])).len(), 2);
}

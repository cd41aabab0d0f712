//! What must not go wrong: refusals and pages.

use venue_core::{Kind, Outcome, Paged};

use super::decode;
use crate::rest::*;
use crate::*;

#[test]
fn errors_say_what_happened() {
    let failure = |code: &str, words: &str| {
        format!(
            r#"{{"returnCode":1,"msgInfo":"failure","error":{{"code":"{code}","msg":"{words}","args":[]}},"result":null}}"#
        )
    };
    let refusals = [
        (200, failure("insufficient_balance", "x"), Kind::InsufficientFunds, Outcome::Rejected),
        (200, failure("quantity_can_not_less_than", ""), Kind::InvalidRequest, Outcome::Rejected),
        (200, failure("quantity_can_not_less_than 10", ""), Kind::InvalidRequest, Outcome::Rejected),
        (200, failure("quantity_can_not_less_than *", ""), Kind::InvalidRequest, Outcome::Rejected),
        (200, failure("GATEWAY_0006", ""), Kind::Banned, Outcome::Rejected),
        (200, failure("fail", ""), Kind::Unavailable, Outcome::Unknown),
        (200, failure("brand_new", ""), Kind::Unrecognized, Outcome::Unknown),
        (200, failure("403", "invalid signature"), Kind::Auth, Outcome::Rejected),
        (403, failure("403", "invalid signature"), Kind::Auth, Outcome::Rejected),
        (403, failure("403", "time window expired"), Kind::Timestamp, Outcome::Rejected),
        (403, failure("403", "appkey unauthorized"), Kind::Auth, Outcome::Rejected),
        (403, failure("403", "IP not in whitelist"), Kind::Permission, Outcome::Rejected),
        (403, "<html></html>".to_owned(), Kind::Permission, Outcome::Rejected),
        (400, failure("400", "missing validate-appkey"), Kind::InvalidRequest, Outcome::Rejected),
        (404, r#"{"timestamp":1,"status":404,"error":"Not Found","path":"/x"}"#.to_owned(), Kind::InvalidRequest, Outcome::Rejected),
        (502, String::new(), Kind::Unavailable, Outcome::Unknown),
        // The documented order of the members, by which the error comes before the words around it.
        (200, r#"{"error":{"code":"invalid_symbol","msg":"no"},"msgInfo":"failure","result":null,"returnCode":1}"#.to_owned(), Kind::UnknownSymbol, Outcome::Rejected),
        (200, r#"{"error":null,"msgInfo":"failure","result":null,"returnCode":1}"#.to_owned(), Kind::Unrecognized, Outcome::Unknown),
    ];
    for (status, body, kind, outcome) in refusals {
        let error = decode("CreateOrder", status, body.as_str()).error.unwrap();
        assert_eq!((error.kind(), error.outcome()), (kind, outcome), "{body}");
    }
    let words = decode("CreateOrder", 200, failure("insufficient_balance", "not enough")).error.unwrap();
    assert_eq!((words.message(), words.code()), ("not enough", Some("insufficient_balance")));
    let foreign = decode("CreateOrder", 200, r#"{"orderId":"1"}"#).error.unwrap();
    assert_eq!((foreign.kind(), foreign.outcome()), (Kind::Decode, Outcome::Unknown));
}

#[test]
fn a_broken_limit_is_a_ban_of_ten_minutes() {
    for body in
        ["", "<html></html>", r#"{"returnCode":1,"error":{"code":"429","msg":"too many"},"result":null}"#]
    {
        let error = decode("CreateOrder", 429, body).error.unwrap();
        assert_eq!((error.kind(), error.outcome()), (Kind::Banned, Outcome::Rejected));
        assert_eq!(error.retry_after().map(|wait| wait.as_secs()), Some(600));
    }
}

#[test]
fn a_cancel_of_what_is_gone_says_so() {
    let body = r#"{"returnCode":1,"msgInfo":"failure","error":{"code":"invalid_params","msg":"x","args":[]},"result":null}"#;
    let kind = |name| decode(name, 200, body).error.unwrap().kind();
    assert_eq!(kind("CancelOrder"), Kind::UnknownOrder);
    assert_eq!(kind("CreateOrder"), Kind::InvalidRequest);
    assert_eq!(kind("CancelPlan"), Kind::InvalidRequest);
}

fn numbered(count: usize, page: u32, ps: Option<u32>, total: Option<u64>) -> NumberedPage<Order> {
    let rows: Vec<String> =
        (0..count).map(|row| format!(r#"{{"orderId":"{page}-{row}","symbol":"a"}}"#)).collect();
    let number = |value: Option<u64>| value.map_or_else(|| "null".to_owned(), |value| value.to_string());
    serde_json::from_str(&format!(
        r#"{{"items":[{}],"page":{page},"ps":{},"total":{}}}"#,
        rows.join(","),
        number(ps.map(u64::from)),
        number(total)
    ))
    .unwrap()
}

#[test]
fn numbered_pages_end_where_the_total_does() {
    let next = |request: &ListOrders, page| request.next(&page);
    let first = ListOrders::new().state(OrderStateFilter::History).symbol("a");
    let second = first.clone().page(2u32);
    assert_eq!(next(&first, numbered(10, 1, Some(10), Some(11))), Some(second.clone()));
    assert_eq!(next(&second, numbered(1, 2, Some(10), Some(11))), None);
    assert_eq!(next(&first, numbered(10, 1, Some(10), Some(10))), None);
    assert_eq!(next(&first, numbered(0, 1, Some(10), Some(0))), None);
    // What the page doesn't say is told by whether it is full.
    assert_eq!(next(&first, numbered(10, 1, None, None)), Some(second.clone()));
    assert_eq!(next(&first, numbered(9, 1, None, None)), None);
    // Fewer rows a page than were asked for are a full page all the same.
    let large = first.clone().size(500u32);
    assert_eq!(next(&large, numbered(100, 1, Some(100), Some(101))), Some(large.clone().page(2u32)));
    // A total that is wrong does not lead in circles.
    assert_eq!(next(&second, numbered(0, 2, Some(10), Some(99))), None);
    assert_eq!(ListOrders::items(numbered(2, 1, None, None)).len(), 2);
    assert_eq!(ListOrders::key(&numbered(1, 3, None, None).items[0]).as_deref(), Some("3-0"));
}

fn page_of(ids: &[&str], more: &str) -> CursorPage<Order> {
    let rows: Vec<String> = ids.iter().map(|id| format!(r#"{{"orderId":"{id}","symbol":"a"}}"#)).collect();
    serde_json::from_str(&format!(r#"{{"items":[{}]{more}}}"#, rows.join(","))).unwrap()
}

#[test]
fn pages_by_place_go_on_from_their_edge() {
    let first = ListOrderHistory::new().limit(2u32);
    let both = r#","hasNext":true,"hasPrev":true"#;
    assert_eq!(first.next(&page_of(&["9", "8"], both)), Some(first.clone().id("8")));
    assert_eq!(first.next(&page_of(&["9", "8"], r#","hasNext":false,"hasPrev":true"#)), None);
    let back = first.clone().direction(Direction::Prev).id("5");
    assert_eq!(back.next(&page_of(&["7", "6"], both)), Some(back.clone().id("7")));
    assert_eq!(back.next(&page_of(&["7", "6"], r#","hasNext":true,"hasPrev":false"#)), None);
    assert_eq!(back.next(&page_of(&["7", "6"], r#","hasNext":true,"hasPre":false"#)), None);
    // What the page doesn't say is told by whether it is full.
    assert_eq!(first.next(&page_of(&["9", "8"], "")), Some(first.clone().id("8")));
    assert_eq!(first.next(&page_of(&["9"], r#","hasNext":null"#)), None);
    // A list that stands still is at its end.
    assert_eq!(first.clone().id("8").next(&page_of(&["8"], both)), None);
    assert_eq!(first.next(&page_of(&[], both)), None);
    // The newer lists spell the way back in full.
    let deals = ListAutoDeleverageHistory::new().direction(HistoryDirection::Previous).id("1");
    let page =
        r#"{"hasNext":false,"hasPrev":true,"items":[{"id":"3","symbol":"a"},{"id":"2","symbol":"a"}]}"#;
    assert_eq!(deals.next(&serde_json::from_str(page).unwrap()), Some(deals.clone().id("3")));
}

#[test]
fn numbered_requests_with_pages_by_place_step_on() {
    let ms = Millis::new(1_758_093_080_000);
    let partly = ListPartialCanceledOrders::new(1u32, 2u32, ms, ms, "a");
    let next = ListPartialCanceledOrders::new(2u32, 2u32, ms, ms, "a");
    assert_eq!(partly.next(&page_of(&["9", "8"], r#","hasNext":true"#)), Some(next));
    assert_eq!(partly.next(&page_of(&["9", "8"], r#","hasNext":false"#)), None);
    let plans = ListReversePlans::new();
    let page = r#"{"hasNext":true,"hasPrev":false,"items":[{"entrustId":"1","symbol":"a"}]}"#;
    assert_eq!(plans.next(&serde_json::from_str(page).unwrap()), Some(plans.clone().page(2u32)));
    let empty = r#"{"hasNext":true,"hasPrev":false,"items":[]}"#;
    assert_eq!(plans.next(&serde_json::from_str(empty).unwrap()), None);
}

//! Errors, the clock, pages and limits.

use super::*;

#[test]
fn errors_say_what_became_of_the_request() {
    use Kind::{
        Auth, Banned, InvalidRequest, Permission, RateLimited, SymbolNotAllowed, Unavailable, Unrecognized,
    };
    use Outcome::{Rejected, Unknown};
    let (hour, minute) = (Some(Duration::from_secs(3600)), Some(Duration::from_secs(60)));
    let leverage =
        r#"{"code":-1,"msg":"order_leverage_not_match_position_leverage","data":null,"bizCode":"1000"}"#;
    let frequency = r#"{"code":429,"msg":"ip_high_frequency","data":{"type":"ip","current":120,"limit":100,"reset":3600}}"#;
    for (status, body, kind, outcome, code, wait) in [
        (200, r#"{"code":1,"msg":"sign-error"}"#, Auth, Rejected, Some("1"), None),
        (200, r#"{"code":1,"message":"sign-error"}"#, Auth, Rejected, Some("1"), None),
        (
            200,
            r#"{"code":-1,"msg":"Invalid API key, account info, or identity details"}"#,
            Auth,
            Rejected,
            Some("-1"),
            None,
        ),
        (200, leverage, InvalidRequest, Rejected, Some("1000"), None),
        (
            200,
            r#"{"code":-1,"msg":"order_leverage_not_match_position_leverage"}"#,
            InvalidRequest,
            Rejected,
            Some("-1"),
            None,
        ),
        // The code says nothing by itself.
        (
            200,
            r#"{"code":-1,"msg":"something new","data":null,"bizCode":null}"#,
            Unrecognized,
            Unknown,
            Some("-1"),
            None,
        ),
        (
            200,
            r#"{"code":-1,"msg":"something new","bizCode":"1001"}"#,
            Unrecognized,
            Unknown,
            Some("1001"),
            None,
        ),
        (418, r#"{"code":-1,"msg":"no"}"#, Permission, Rejected, Some("-1"), None),
        (200, frequency, Banned, Rejected, Some("429"), hour),
        (429, frequency, Banned, Rejected, Some("429"), hour),
        (429, "", Banned, Rejected, None, None),
        (403, "<html>blocked</html>", Banned, Rejected, None, hour),
        (200, r#"{"code":403,"msg":"waf"}"#, Banned, Rejected, Some("403"), hour),
        (418, "", Permission, Rejected, None, None),
        (200, r#"{"code":418,"msg":"ip"}"#, Permission, Rejected, Some("418"), None),
        (439, "", RateLimited, Rejected, None, minute),
        (200, r#"{"code":439,"msg":"weight"}"#, RateLimited, Rejected, Some("439"), minute),
        (439, r#"{"code":-1,"msg":"weight","data":5}"#, RateLimited, Rejected, Some("-1"), minute),
        (467, "", SymbolNotAllowed, Rejected, None, None),
        (200, r#"{"code":467,"msg":"symbol-not-in-allowed"}"#, SymbolNotAllowed, Rejected, Some("467"), None),
        (503, "", Unavailable, Unknown, None, None),
        (200, r#"{"code":503,"msg":"unknown"}"#, Unavailable, Unknown, Some("503"), None),
        (500, "", Unavailable, Unknown, None, None),
        (502, "<html>bad gateway</html>", Unavailable, Unknown, None, None),
    ] {
        for name in ["CreateOrder", "GetCgContracts"] {
            let error = error(name, status, body);
            let said = (error.kind(), error.outcome(), error.code(), error.retry_after());
            assert_eq!(said, (kind, outcome, code, wait), "{name} {status} {body}");
        }
    }
    assert_eq!(error("CreateOrder", 200, r#"{"code":1,"message":"sign-error"}"#).message(), "sign-error");
}

#[test]
fn the_clock_reads_the_documented_answer() {
    let read = Pumpkin::new().clock().unwrap().read.unwrap();
    let body = r#"{"code":0,"msg":"success","data":1769582710262,"bizCode":null}"#;
    assert_eq!(read(body), Some(Millis::new(1_769_582_710_262)));
    assert_eq!(read(r#"{"code":1,"msg":"sign-error"}"#), None);
}

fn page<T: DeserializeOwned>(head: &str, rows: &[&str]) -> Page<T> {
    serde_json::from_str(&format!(r#"{{{head}"items":[{}]}}"#, rows.join(","))).unwrap()
}

#[test]
fn pages_by_number_go_on_while_there_are_rows() {
    let row = r#"{"orderId":"1","symbol":"btc_usdt"}"#;
    let first = ListOrders::new().symbol("btc_usdt");
    for (head, count, next) in [
        (r#""page":1,"ps":10,"total":11,"#, 10, Some(2)),
        (r#""page":1,"ps":10,"total":1,"#, 1, None),
        // The venue gives fewer rows a page than it says.
        (r#""page":1,"size":10,"total":30,"#, 5, Some(2)),
        (r#""page":1,"ps":10,"total":30,"#, 0, None),
        (r#""page":1,"ps":10,"total":10,"#, 10, Some(2)),
        ("", 10, Some(2)),
        ("", 9, None),
    ] {
        let expected = next.map(|number: u32| first.clone().page(number));
        assert_eq!(first.next(&page(head, &vec![row; count])), expected, "{head} {count}");
    }
    assert_eq!(first.clone().page(u32::MAX).next(&page("", &[row; 10])), None);
    let trade = r#"{"execId":"1","orderId":"1","symbol":"btc_usdt"}"#;
    assert_eq!(
        ListTrades::new().size(2u32).next(&page("", &[trade; 2])),
        Some(ListTrades::new().size(2u32).page(2u32))
    );
    let entrust = r#"{"id":"1","symbol":"btc_usdt"}"#;
    let more = page(r#""page":3,"ps":1,"total":9,"#, &[entrust]);
    assert_eq!(ListOrderEntrusts::new().page(3u32).next(&more), Some(ListOrderEntrusts::new().page(4u32)));
}

#[test]
fn pages_by_row_go_on_behind_the_last_or_before_the_first() {
    let rows = [r#"{"id":"9"}"#, r#"{"id":"8"}"#, r#"{"id":"7"}"#];
    let bills = ListBills::new().limit(3u32).coin("usdt");
    for (head, count, next) in [
        (r#""hasPrev":false,"hasNext":true,"#, 2, Some("8")),
        (r#""hasPrev":true,"hasNext":false,"#, 3, None),
        (r#""hasNext":true,"#, 0, None),
        // Shown with a page by number, though walked by rows.
        ("", 3, Some("7")),
        ("", 2, None),
        (r#""page":1,"size":10,"total":150,"#, 2, Some("8")),
        (r#""page":1,"size":10,"total":2,"#, 2, None),
    ] {
        let expected = next.map(|id: &str| bills.clone().id(id));
        assert_eq!(bills.next(&page(head, &rows[..count])), expected, "{head} {count}");
    }
    let back = bills.clone().direction(PageDirection::Prev);
    let both = r#""hasPrev":true,"hasNext":true,"#;
    assert_eq!(back.next(&page(both, &rows)), Some(back.clone().id("9")));
    assert_eq!(back.next(&page(r#""hasPrev":false,"hasNext":true,"#, &rows)), None);
    // A list that does not move on has ended.
    assert_eq!(bills.clone().id("7").next(&page(both, &rows)), None);
}

#[test]
fn every_list_that_is_walked_by_rows_takes_its_own_id() {
    let more = r#""hasNext":true,"#;
    let order = r#"{"orderId":"5","symbol":"b"}"#;
    let plan = r#"{"entrustId":"5","symbol":"b"}"#;
    let profit = r#"{"profitId":"5","symbol":"b"}"#;
    let record = r#"{"id":"5"}"#;
    let history = ListOrderHistory::new();
    assert_eq!(history.next(&page(more, &[order])), Some(history.clone().id("5")));
    let plans = ListPlanEntrusts::new();
    assert_eq!(plans.next(&page(more, &[plan])), Some(plans.clone().id("5")));
    let past = ListPlanEntrustHistory::new();
    assert_eq!(past.next(&page(more, &[plan])), Some(past.clone().id("5")));
    let profits = ListProfitEntrusts::new();
    assert_eq!(profits.next(&page(more, &[profit])), Some(profits.clone().id("5")));
    let rates = GetFundingRateRecords::new("b");
    assert_eq!(rates.next(&page(more, &[record])), Some(rates.clone().id("5")));
    let fund = GetRiskBalance::new("b");
    assert_eq!(fund.next(&page(more, &[record])), Some(fund.clone().id("5")));
}

#[test]
fn minute_and_day_are_drawn_on_alike() {
    for operation in ENDPOINTS {
        let costs: Vec<_> = operation.spec.costs().map(|cost| (cost.limit.name, cost.weight)).collect();
        let weight = costs[0].1;
        assert_eq!(costs, [("minute-weight", weight), ("day-weight", weight)], "{}", operation.name);
    }
    assert_eq!(limits::MINUTE.to_string(), "1200 per 60 s per account (assumed)");
    assert!(limits::DAY.assumed);
}

#[test]
fn the_error_table_is_sorted() {
    let codes = Pumpkin::new().codes().codes;
    assert!(codes.windows(2).all(|pair| pair[0].code <= pair[1].code));
    let covered = |pair: &[venue_core::Code]| pair[0].code == pair[1].code && pair[0].when.is_empty();
    assert!(!codes.windows(2).any(covered));
}

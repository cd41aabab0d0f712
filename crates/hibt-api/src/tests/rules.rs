//! Documented rules, before the wire; replay; ids.

use venue_core::{Paged, Replay, Request, Source, serde_json};

use super::*;

#[test]
fn documented_rules_are_checked_before_the_wire() {
    let market = || OpenOrder::market("btc_usdt", Side::Sell, qty("0.01"), 10u32);
    for (request, words) in [
        (market().is_set_sp(true), "spPrice is required when isSetSp is true"),
        (market().is_set_sl(true), "slPrice is required when isSetSl is true"),
        (market().sl_price(price("1")), "slPrice counts only when isSetSl is true"),
        (market().is_set_sp(false).sp_price(price("1")), "spPrice counts only when isSetSp is true"),
        (
            market().is_set_sp(true).sp_price(price("1")),
            "triggerType is required with a take-profit or stop-loss",
        ),
        (market().custom_id(""), "customID is empty"),
    ] {
        assert_eq!(refusal(request), words);
    }
    let mut source =
        Source::parse(r#"{"symbol":"btc_usdt","type":1,"side":1,"amount":"1","leverage":1}"#).unwrap();
    assert_eq!(refusal(OpenOrder::take_from(&mut source).unwrap()), "price is required for a limit order");

    assert_eq!(refusal(BatchOpenOrders::new(vec![])), "items is empty");
    assert_eq!(
        refusal(BatchOpenOrders::new(vec![market().custom_id("a"), market().custom_id("a")])),
        "items[1]: customID a is used twice"
    );
    assert_eq!(
        refusal(BatchOpenOrders::new(vec![market().is_set_sp(true)])),
        "items[0]: spPrice is required when isSetSp is true"
    );
    assert_eq!(refusal(GetDepth::new("btc_usdt").limit(6u32)), "limit 6: one of 5, 10, 20, 50, 100, 200");
    let entrust =
        || AddConditionalOrder::new("btc_usdt", Side::Buy, TriggerType::Last, price("2"), qty("1"), 10u32);
    for (request, words) in [
        (entrust().is_set_sp(true), "spPrice is required when IsSetSp is true"),
        (entrust().sl_price(price("1")), "slPrice counts only when IsSetSl is true"),
        (
            entrust().is_set_sl(true).sl_price(price("1")),
            "spSlTriggerType is required with a take-profit or stop-loss",
        ),
    ] {
        assert_eq!(refusal(request), words);
    }
    let mut source = Source::parse(r#"{"positionID":"7","type":1,"amount":"1"}"#).unwrap();
    assert_eq!(
        refusal(ClosePosition::take_from(&mut source).unwrap()),
        "price is required for a limit order"
    );
}

#[test]
fn documented_ranges_are_checked_before_the_wire() {
    const DAY: i64 = 86_400_000;
    let time = Millis::new;
    let candles = |count: u32| GetCandles::new("btc_usdt", CandlePeriod::M1).count(count);
    let funding = || GetFundingRates::new("btc_usdt").start_time(time(0));
    let records = || GetBalanceRecords::new().start_time(time(0));
    let forced = || GetForcedOrders::new().start_time(time(0));
    assert_eq!(refusal(candles(0)), "count 0: 1 to 500");
    assert_eq!(refusal(candles(501)), "count 501: 1 to 500");
    assert_eq!(refusal(GetOrderBook::new().depth(101u32)), "depth 101: 1 to 100");
    assert_eq!(refusal(GetFinishedOrders::new().page_size(51u32)), "pageSize 51: 1 to 50");
    assert_eq!(refusal(GetFinishedConditionalOrders::new().page_size(0u32)), "pageSize 0: 1 to 50");
    assert_eq!(refusal(GetAccountOrders::new("btc_usdt").limit(1001u32)), "limit 1001: 1 to 1000");
    assert_eq!(refusal(funding().limit(1001u32)), "limit 1001: 1 to 1000");
    assert_eq!(refusal(records().limit(1001u32)), "limit 1001: 1 to 1000");
    assert_eq!(refusal(forced().limit(1001u32)), "limit 1001: 1 to 1000");
    prepare(funding().end_time(time(92 * DAY)));
    assert!(refusal(funding().end_time(time(92 * DAY + 1))).ends_with("at most 92 days"));
    prepare(records().end_time(time(30 * DAY)));
    assert!(refusal(records().end_time(time(30 * DAY + 1))).ends_with("at most 30 days"));
    prepare(forced().end_time(time(7 * DAY)));
    assert!(refusal(forced().end_time(time(7 * DAY + 1))).ends_with("at most 7 days"));
}

#[test]
fn the_timestamp_is_not_yours_to_give() {
    let stamped = client().send(CloseAllPositions::new("btc_usdt")).extra_number("timestamp", "1").prepare();
    assert_eq!(stamped.unwrap_err().message(), "timestamp is added when the request is signed");
}

#[test]
fn cancelling_everything_is_never_the_absence_of_an_id() {
    assert_eq!(refusal(CancelOrder::new("btc_usdt", OrderId::from(""))), "orderID is empty");
    assert_eq!(refusal(CancelOrder::new("btc_usdt", ClientOrderId::from(""))), "customID is empty");
    assert_eq!(refusal(CancelPositionOrders::new("btc_usdt", "")), "positionID is empty");
    for ids in [vec![], vec![OrderId::from("1"), OrderId::from("")]] {
        assert!(refusal(BatchCancelOrders::new("btc_usdt", ids)).starts_with("listOrderID is empty"));
    }
    assert!(
        refusal(BatchCancelOrders::new("btc_usdt", Vec::<ClientOrderId>::new())).starts_with("listCustomID")
    );
    assert!(
        refusal(BatchCancelPositionOrders::new("btc_usdt", vec![])).starts_with("listPositionID is empty")
    );
    let conditional = |order: ConditionalRef| refusal(CancelConditionalOrder::new("btc_usdt", order));
    assert_eq!(conditional(EntrustId::from("").into()), "entrustID is empty");
    assert_eq!(conditional(ClientOrderId::from("").into()), "customID is empty");
    assert_eq!(refusal(ClosePosition::market("", qty("1"))), "positionID is empty");
    assert_eq!(refusal(CancelAllOrders::new("")), "symbol is empty");
    assert_eq!(refusal(CloseAllPositions::new("")), "symbol is empty");

    let mut source = Source::parse(r#"{"symbol":"btc_usdt"}"#).unwrap();
    let error = CancelOrder::take_from(&mut source).unwrap_err();
    assert_eq!(error.to_string(), "one of orderID, customID is required");
    let error = BatchCancelOrders::take_from(&mut Source::parse(r#"{"symbol":"btc_usdt"}"#).unwrap());
    assert_eq!(error.unwrap_err().to_string(), "one of listOrderID, listCustomID is required");
}

#[test]
fn only_what_changes_nothing_is_ever_repeated() {
    for operation in ENDPOINTS {
        let cancels_one = matches!(operation.name, "CancelOrder" | "CancelConditionalOrder");
        let safe = operation.spec.verb() == "GET" || cancels_one;
        assert_eq!(operation.spec.replay == Replay::Safe, safe, "{}", operation.name);
    }
}

#[test]
fn cancels_and_closes_go_first_and_those_of_everything_say_so() {
    for operation in ENDPOINTS {
        let name = operation.name;
        let ends = name.contains("Cancel") || name.contains("Close");
        assert_eq!(operation.spec.urgent, ends, "{name}");
        let all = name.contains("All") || name.contains("PositionOrders");
        assert_eq!(operation.spec.sweeping, all, "{name}");
    }
}

#[test]
fn every_order_of_a_batch_has_a_slot_for_an_id() {
    let order = OpenOrder::market("btc_usdt", Side::Buy, qty("1"), 1u32);
    let mut batch = BatchOpenOrders::new(vec![order.clone(), order.custom_id("mine")]);
    let mut slots = Vec::new();
    batch.client_order_ids(&mut |slot| slots.push(slot.clone()));
    assert_eq!(slots, [None, Some(ClientOrderId::from("mine"))]);

    let mut entrust =
        AddConditionalOrder::new("btc_usdt", Side::Buy, TriggerType::Last, price("2"), qty("1"), 10u32);
    entrust.client_order_ids(&mut |slot| *slot = Some(ClientOrderId::from("mine")));
    assert!(prepare(entrust).body.unwrap().contains(r#""customID":"mine""#));
}

#[test]
fn an_order_of_unknown_fate_can_be_looked_up_by_its_id_alone() {
    let order = OpenOrder::market("btc_usdt", Side::Buy, qty("1"), 1u32);
    assert!(order.lookup().is_none());
    assert!(order.custom_id("mine").lookup().is_some());
}

#[test]
fn pages_end_where_the_total_is_reached_or_nothing_comes() {
    let page = |text: &str| serde_json::from_str::<Page<Order>>(text).unwrap();
    let row = |id: u32| format!(r#"{{"id":"{id}","symbol":"btc_usdt"}}"#);
    let rows = |count: u32| (0..count).map(row).collect::<Vec<_>>().join(",");
    let check = |asked: Option<u32>, text: String, next: Option<u32>| {
        let all = GetFinishedOrders::new().symbol("btc_usdt").page_size(50u32);
        let request = asked.map_or(all.clone(), |index| all.clone().page_index(index));
        assert_eq!(request.next(&page(&text)), next.map(|index| all.page_index(index)), "{text}");
    };
    let text = |total: &str, page: u32, count: u32| {
        format!(r#"{{"total":{total},"page":{page},"data":[{}]}}"#, rows(count))
    };
    check(None, text("1", 1, 1), None);
    check(None, text("3", 1, 2), Some(2));
    check(Some(2), text("4", 2, 2), None);
    // Fewer rows than were asked for: the venue's own size counts.
    check(Some(1), text("60", 1, 20), Some(2));
    check(Some(2), text("60", 2, 20), Some(3));
    check(Some(3), text("60", 3, 20), None);
    // Nothing came, or nothing is said of a total.
    check(Some(3), text("60", 3, 0), None);
    check(None, text("null", 1, 2), Some(2));
    // What the answer calls itself counts where no page was asked for.
    check(None, text("9", 0, 2), Some(1));
    let first = GetFinishedConditionalOrders::new().symbol("btc_usdt").page_size(1u32);
    let page = serde_json::from_str(r#"{"total":2,"page":1,"data":[{"id":"1","symbol":"a"}]}"#).unwrap();
    assert_eq!(first.next(&page), Some(first.clone().page_index(2u32)));
    assert_eq!(GetFinishedConditionalOrders::items(page).len(), 1);
}

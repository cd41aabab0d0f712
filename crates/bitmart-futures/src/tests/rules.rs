//! Documented rules, checked before the wire.

use venue_core::{AnyRequest, ClientOrderId, Endpoint, OrderId, Request, Secs, Source};

use super::client;
use crate::rest::*;
use crate::*;

fn price(text: &str) -> Price {
    text.parse().unwrap()
}

fn rate(text: &str) -> Rate {
    text.parse().unwrap()
}

fn amount(text: &str) -> Amount {
    text.parse().unwrap()
}

/// What is said of a request that breaks a rule; nothing of it goes out.
#[expect(clippy::needless_pass_by_value, reason = "a request is said once and given away")]
fn refused(request: impl AnyRequest) -> String {
    let error = client().erased().prepare(&request, &[], &[]).unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::InvalidRequest, Outcome::NotSent));
    error.message().to_owned()
}

#[expect(clippy::needless_pass_by_value, reason = "a request is said once and given away")]
fn taken(request: impl AnyRequest) {
    client().erased().prepare(&request, &[], &[]).unwrap();
}

fn order() -> SubmitOrder {
    SubmitOrder::limit("BTCUSDT", Side::BuyOpenLong, Contracts::new(1), price("1"))
}

fn plan() -> SubmitPlanOrder {
    let trigger = Trigger::last(price("1"));
    SubmitPlanOrder::new(
        "BTCUSDT",
        Side::BUY,
        rate("1"),
        OpenType::Cross,
        Contracts::new(1),
        trigger,
        PriceWay::Long,
    )
}

fn trail(callback: &str) -> SubmitTrailOrder {
    SubmitTrailOrder::new(
        "BTCUSDT",
        Side::BUY,
        rate("1"),
        OpenType::Cross,
        Contracts::new(1),
        price("1"),
        rate(callback),
        PriceType::Last,
    )
}

fn history(start: i64, end: i64) -> GetOrderHistory {
    GetOrderHistory::new("BTCUSDT").start_time(Secs::new(start)).end_time(Secs::new(end))
}

#[test]
fn client_order_ids_are_letters_and_digits_up_to_32() {
    for id in ["with-dash", "PLAN_1", "", "123456789012345678901234567890123"] {
        refused(order().client_order_id(id));
        refused(
            SubmitTpSlOrder::take_profit(
                "BTCUSDT",
                Side::SELL_REDUCE_ONLY,
                Contracts::new(1),
                Trigger::last(price("2")),
                price("2"),
            )
            .client_order_id(id),
        );
        refused(ModifyLimitOrder::to_price("BTCUSDT", ClientOrderId::from(id), price("1")));
    }
    taken(order().client_order_id("12345678901234567890123456789012"));
    taken(order().client_order_id(ClientOrderId::fresh()));
    // What a plan order made has an id of the venue's own, by which it can be cancelled.
    taken(CancelOrder::new("BTCUSDT", ClientOrderId::from("PLAN_3000097492004577")));
}

#[test]
fn sizes_are_whole_contracts() {
    for size in ["0", "-1", "1.5"] {
        let size: Contracts = size.parse().unwrap();
        refused(SubmitOrder::market("BTCUSDT", Side::BUY, size));
        refused(ModifyLimitOrder::to_size("BTCUSDT", OrderId::from("1"), size));
    }
    taken(SubmitOrder::market("BTCUSDT", Side::BUY, "10.0".parse::<Contracts>().unwrap()));
}

#[test]
fn what_belongs_together_is_asked_for_together() {
    let build = |json: &str| SubmitOrder::take_from(&mut Source::parse(json).unwrap()).unwrap();
    for json in [r#"{"symbol":"A","side":1,"size":1}"#, r#"{"symbol":"A","side":1,"size":1,"type":"limit"}"#]
    {
        assert_eq!(refused(build(json)), "price is required for a limit order");
    }
    assert_eq!(refused(order().order_type(OrderType::Adl)), "type adl: limit or market");
    assert_eq!(refused(plan()), "executive_price is required for a limit order");
    taken(plan().executive_price(price("1")));
    taken(plan().order_type(PlanSubmitType::Market));
    let modify = |kind| ModifyPlanOrder::new("BTCUSDT", "1", Trigger::fair(price("1")), kind);
    refused(modify(ExecutionType::Limit));
    taken(modify(ExecutionType::Market));
    let tp_sl = ModifyTpSlOrder::new("BTCUSDT", OrderId::from("1"), Trigger::last(price("1")));
    refused(tp_sl.clone().plan_category(PlanCategory::TpSl));
    taken(tp_sl.plan_category(PlanCategory::PositionTpSl));
    let mut neither = Source::parse(r#"{"symbol":"A","order_id":1}"#).unwrap();
    assert_eq!(refused(ModifyLimitOrder::take_from(&mut neither).unwrap()), "price or size is required");
    let mut trigger =
        Source::parse(r#"{"symbol":"A","order_id":"1","trigger_price":"1","type":"market"}"#).unwrap();
    assert_eq!(ModifyPlanOrder::take_from(&mut trigger).unwrap_err().to_string(), "price_type is required");
}

#[test]
fn a_take_profit_only_closes() {
    let with = |side| SubmitPositionTpSl::stop_loss("BTCUSDT", side, Trigger::fair(price("1")), price("1"));
    refused(with(Side::BuyOpenLong));
    refused(with(Side::SellOpenShort));
    taken(with(Side::BuyCloseShort));
    taken(with(Side::SellCloseLong));
}

#[test]
fn cancelling_everything_is_never_the_absence_of_an_id() {
    fn without_id<E: Endpoint>() -> String {
        E::take_from(&mut Source::parse(r#"{"symbol":"BTCUSDT"}"#).unwrap()).unwrap_err().to_string()
    }
    assert_eq!(without_id::<CancelOrder>(), "one of order_id, client_order_id is required");
    assert_eq!(without_id::<CancelPlanOrder>(), "one of order_id, client_order_id is required");
    assert_eq!(without_id::<CancelTrailOrder>(), "order_id is required");
    assert_eq!(without_id::<ModifyTpSlOrder>(), "one of order_id, client_order_id is required");
    assert_eq!(refused(CancelOrder::new("BTCUSDT", OrderId::from(""))), "order_id is empty");
    assert_eq!(refused(CancelOrder::new("BTCUSDT", ClientOrderId::from(""))), "client_order_id is empty");
    refused(CancelPlanOrder::new("BTCUSDT", OrderId::from("")));
    refused(CancelTrailOrder::new("BTCUSDT", ""));
    refused(ModifyPlanOrder::new("BTCUSDT", "", Trigger::last(price("1")), ExecutionType::Market));
}

#[test]
fn an_order_is_changed_by_a_number() {
    refused(ModifyLimitOrder::to_price("BTCUSDT", OrderId::from("abc"), price("1")));
    refused(ModifyLimitOrder::to_price("BTCUSDT", OrderId::from(""), price("1")));
}

#[test]
fn ranges_are_held() {
    for limit in [0u32, 101] {
        refused(GetMarketTrades::new("A").limit(limit));
        refused(GetFundingRateHistory::new("A").limit(limit));
        refused(GetOpenOrders::new().limit(limit));
        refused(GetPlanOrders::new().limit(limit));
        refused(GetSubAccountTransfers::new("a@b.c", limit));
        refused(GetTransferHistory::new(limit));
    }
    refused(GetOpenOrders::new().order_type(OrderType::Liquidate));
    refused(GetTransactionHistory::new().page_size(1001u32));
    for (page, limit) in [(0u32, 10u32), (1001, 10), (1, 9), (1, 101)] {
        refused(ListTransfers::new(page, limit));
    }
    refused(ListTransfers::new(1u32, 10u32).recv_window(60_001u32));
    refused(ListTransfers::new(1u32, 10u32).time_start(Millis::new(5)).time_end(Millis::new(5)));
    for timeout in 1..=4 {
        refused(CancelAllAfter::seconds("A", timeout));
    }
    taken(CancelAllAfter::seconds("A", 5));
    taken(CancelAllAfter::disarm("A"));
    for callback in ["0.09", "5.1", "-1"] {
        refused(trail(callback));
    }
    taken(trail("0.1"));
    taken(trail("5.0"));
    for sum in ["0.009", "10000000000.01", "99999999999999999999999999999999"] {
        refused(TransferFunds::new("USDT", amount(sum), TransferType::SpotToContract));
    }
    taken(TransferFunds::new("USDT", amount("0.01"), TransferType::SpotToContract));
    refused(TransferFunds::new("USDT", amount("1"), TransferType::SpotToContract).recv_window(0u32));
}

#[test]
fn a_history_spans_ninety_days_at_most() {
    refused(history(100, 100));
    refused(history(100, 99));
    refused(history(0, 90 * 86_400 + 1));
    taken(history(0, 90 * 86_400));
    refused(GetTrades::new().start_time(Secs::new(2)).end_time(Secs::new(1)));
    taken(GetTrades::new().start_time(Secs::new(2)));
}

#[test]
fn candles_come_by_five_hundred() {
    let klines = |end| GetKlines::new("A", Secs::new(0), Secs::new(end));
    refused(klines(501 * 60));
    taken(klines(500 * 60));
    taken(klines(501 * 60).step(KlineStep::Min3));
    let weeks = GetMarkPriceKlines::new("A", Secs::new(0), Secs::new(501 * 7 * 86_400));
    refused(weeks.step(KlineStep::Week1));
    taken(klines(i64::MAX).step(KlineStep::Other("1M".into())));
}

#[test]
fn a_request_number_is_fresh_and_not_too_long() {
    let number = RequestNo::fresh();
    assert_eq!(number.as_str().len(), 36);
    assert_eq!(number.as_str().split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
    assert_eq!(number.as_str().as_bytes()[14], b'7');
    assert!(b"89ab".contains(&number.as_str().as_bytes()[19]));
    assert_ne!(number, RequestNo::fresh());
    taken(SubToMainBySub::new(number, amount("1"), "USDT"));
    refused(SubToMainBySub::new("", amount("1"), "USDT"));
    refused(MainToSub::new("x".repeat(65), amount("1"), "USDT", "a@b.c"));
}

#[test]
fn slots_for_client_order_ids_are_where_the_venue_takes_one() {
    let mut with_slots = Vec::new();
    for operation in ENDPOINTS {
        let json = r#"{"symbol":"A","side":2,"size":1,"type":"stop_loss","trigger_price":"1","price_type":1,
            "executive_price":"1","order_id":"1","client_order_id":"mine"}"#;
        let Ok(mut request) = operation.build(&mut Source::parse(json).unwrap()) else { continue };
        let mut slots = 0;
        request.client_order_ids(&mut |slot| {
            assert_eq!(slot.as_ref().map(ClientOrderId::as_str), Some("mine"));
            slots += 1;
        });
        if slots > 0 {
            with_slots.push((operation.name, slots));
        }
    }
    assert_eq!(with_slots, [("SubmitOrder", 1), ("SubmitTpSlOrder", 1), ("SubmitPositionTpSl", 1)]);
}

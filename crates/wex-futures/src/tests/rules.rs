//! Facts against the documentation, and rules before the wire.

use std::collections::{BTreeMap, BTreeSet};

use venue_core::budget::Scope;
use venue_core::{
    Auth, ClientOrderId, Endpoint, Kind, Operation, Outcome, Placement, Replay, Request, Source, Venue,
};

use super::documented::{self, Row};
use super::{client, order, price};
use crate::rest::*;
use crate::*;

/// What the types on one route say otherwise than the documentation.
fn differences(row: &Row, operations: &[&Operation]) -> Vec<String> {
    let mut faults = Vec::new();
    let documented: Vec<_> = row.params.iter().filter(|param| param.place != "item").collect();
    let mut taken = BTreeSet::new();
    for operation in operations {
        let spec = &operation.spec;
        let mut expect = |holds: bool, what: String| {
            if !holds {
                faults.push(format!("{}: {what}", operation.name));
            }
        };
        expect((spec.auth == Auth::Signed) == (row.auth == "signed"), format!("auth {}", row.auth));
        expect(spec.section == row.section, format!("section {}", row.section));
        expect(!operation.summary().is_empty(), "no summary".to_owned());
        let placement = match spec.placement {
            Placement::Json => "json",
            Placement::JsonArray => "json-array",
            _ => "query",
        };
        expect(row.placement == "none" || row.placement == placement, format!("placement {placement}"));
        let fields = operation.fields();
        for field in &fields {
            taken.insert(field.name);
            let is_array = spec.placement == Placement::JsonArray && field.name == "orders";
            let is_known = documented.iter().any(|param| param.name == field.name);
            expect(is_known || is_array, format!("parameter {}", field.name));
        }
        for param in documented.iter().filter(|param| param.required && !spec.sweeping) {
            let is_required = fields.iter().any(|field| field.name == param.name && field.required);
            expect(is_required, format!("{} is not required", param.name));
        }
        let ours: BTreeSet<_> = spec
            .costs()
            .map(|cost| {
                (cost.limit.count, cost.limit.window_ms, cost.limit.scope == Scope::Ip, cost.limit.assumed)
            })
            .collect();
        let theirs: BTreeSet<_> = row
            .limits
            .iter()
            .map(|limit| (limit.count, limit.window_ms, limit.per == "ip", limit.assumed))
            .collect();
        expect(ours == theirs, format!("costs {ours:?}, documented {theirs:?}"));
    }
    let untaken = documented.iter().filter(|param| !taken.contains(param.name.as_str()));
    faults.extend(untaken.map(|param| format!("no type has the parameter {}", param.name)));
    faults
}

#[test]
fn every_documented_endpoint_is_there_as_transcribed() {
    let mut routes: BTreeMap<_, Vec<&Operation>> = BTreeMap::new();
    let mut names = BTreeSet::new();
    for operation in ENDPOINTS {
        assert!(names.insert(operation.name), "{} twice", operation.name);
        routes.entry((operation.spec.verb(), operation.spec.path)).or_default().push(operation);
    }
    let rows = documented::rows();
    assert_eq!(rows.len(), 90);
    for row in &rows {
        let operations = routes.remove(&(row.method.as_str(), row.path.as_str())).unwrap_or_default();
        assert!(!operations.is_empty(), "no type for {}", row.path);
        assert_eq!(differences(row, &operations), Vec::<String>::new(), "{}", row.path);
    }
    assert!(routes.is_empty(), "undocumented: {routes:?}");
}

#[test]
fn what_may_be_repeated_is_said_one_by_one() {
    const SAFE_POSTS: [&str; 6] =
        ["CancelOrder", "ListOpenOrders", "GetOrderList", "CancelPlan", "CancelProfitStop", "CancelTrack"];
    for operation in ENDPOINTS {
        let is_safe = operation.spec.verb() == "GET" || SAFE_POSTS.contains(&operation.name);
        let expected = if is_safe { Replay::Safe } else { Replay::Never };
        assert_eq!(operation.spec.replay, expected, "{}", operation.name);
    }
}

#[test]
fn what_takes_risk_away_goes_first() {
    for operation in ENDPOINTS {
        let name = operation.name;
        let clears =
            (name.starts_with("Cancel") && name != "CancelCollection") || name.starts_with("CloseAll");
        assert_eq!(operation.spec.urgent, clears, "{name}");
        assert_eq!(
            operation.spec.sweeping,
            name.starts_with("CancelAll") || name.starts_with("CloseAll"),
            "{name}"
        );
    }
}

#[test]
fn every_slot_for_an_own_id_is_shown() {
    let mut slots = 0;
    let mut count = |slot: &mut Option<ClientOrderId>| {
        *slot = Some(ClientOrderId::fresh());
        slots += 1;
    };
    order().client_order_ids(&mut count);
    CreateOrdersBatch::new(vec![order(), order()]).client_order_ids(&mut count);
    CreateOrdersAtomicBatch::new(vec![order(), order()]).client_order_ids(&mut count);
    plan("STOP", "GTC", "").client_order_ids(&mut count);
    track("1").client_order_ids(&mut count);
    assert_eq!(slots, 7);
    // Wherever one is taken for a new order, it is one of these.
    for operation in ENDPOINTS.iter().filter(|operation| operation.name.starts_with("Create")) {
        let takes = operation.fields().iter().any(|field| field.name == "clientOrderId");
        let is_batch = operation.name.starts_with("CreateOrders");
        let has_none = operation.name == "CreateProfitStop";
        assert_eq!(takes, !is_batch && !has_none, "{}", operation.name);
    }
}

fn built<R: Request>(text: &str) -> R {
    let mut source = Source::parse(text).unwrap();
    let request = R::take_from(&mut source).unwrap();
    source.finish().unwrap();
    request
}

fn plan(entrust_type: &str, time_in_force: &str, more: &str) -> CreatePlan {
    built(&format!(
        r#"{{"symbol":"btc_usdt","orderSide":"SELL","entrustType":"{entrust_type}","origQty":1,"stopPrice":1,"timeInForce":"{time_in_force}","triggerPriceType":"LATEST_PRICE","positionSide":"LONG"{more}}}"#
    ))
}

fn track(callback_val: &str) -> CreateTrack {
    built(&format!(
        r#"{{"symbol":"btc_usdt","orderSide":"SELL","positionSide":"BOTH","positionType":"CROSSED","origQty":1,"callback":"FIXED","callbackVal":"{callback_val}","triggerPriceType":"MARK_PRICE"}}"#
    ))
}

#[test]
fn documented_rules_are_checked_before_the_wire() {
    let client = client();
    let of = |size: &str| {
        let size: Contracts = size.parse().unwrap();
        CreateOrder::market("btc_usdt", OrderSide::Buy, PositionSide::Long, size)
    };
    for size in ["0", "-1", "1.5"] {
        let error = client.send(of(size)).prepare().unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::InvalidRequest, Outcome::NotSent));
    }
    let text =
        r#"{"symbol":"btc_usdt","orderSide":"BUY","orderType":"LIMIT","origQty":1,"positionSide":"LONG"}"#;
    let no_price = CreateOrder::take_from(&mut Source::parse(text).unwrap()).unwrap();
    assert_eq!(client.send(no_price).prepare().unwrap_err().message(), "price is required for a limit order");
    assert!(client.send(CreateOrdersBatch::new(vec![])).prepare().is_err());
    let error = client.send(CreateOrdersBatch::new(vec![of("1"), of("0.5")])).prepare().unwrap_err();
    assert!(error.message().starts_with("[1]: origQty 0.5"), "{error}");
    assert!(client.send(CreateOrdersAtomicBatch::new(vec![])).prepare().is_err());
    assert!(client.send(CreateOrdersAtomicBatch::new(vec![of("1"); 20])).prepare().is_ok());
    assert!(client.send(CreateOrdersAtomicBatch::new(vec![of("1"); 21])).prepare().is_err());
}

#[test]
fn rules_of_triggers_are_checked_before_the_wire() {
    let stop = || CreateProfitStop::market("btc_usdt", PositionSide::Long, Contracts::new(1));
    let limit = r#"{"symbol":"btc_usdt","origQty":1,"positionSide":"LONG","profitDelegateOrderType":"LIMIT","profitDelegateTimeInForce":"GTC","stopDelegateOrderType":"LIMIT","stopDelegateTimeInForce":"GTC","triggerStopPrice":1"#;
    let stop_of = |more: &str| built::<CreateProfitStop>(&format!("{limit}{more}}}"));
    let half: Contracts = "0.5".parse().unwrap();
    let cases = [
        (plan("STOP", "GTC", "").check(), Some("price is required")),
        (plan("TAKE_PROFIT", "GTC", "").check(), Some("price is required")),
        (plan("STOP", "GTC", r#","price":1"#).check(), None),
        (plan("STOP_MARKET", "GTC", "").check(), Some("timeInForce: IOC or FOK")),
        (plan("TAKE_PROFIT_MARKET", "GTX", "").check(), Some("timeInForce: IOC or FOK")),
        (plan("STOP_MARKET", "IOC", "").check(), None),
        (plan("STOP_MARKET", "FOK", "").check(), None),
        (stop().check(), Some("one of triggerProfitPrice, triggerStopPrice")),
        (stop().trigger_stop_price(price("1")).check(), None),
        (stop_of("").check(), Some("profitDelegatePrice is required")),
        (stop_of(r#","profitDelegatePrice":1"#).check(), Some("stopDelegatePrice is required")),
        (stop_of(r#","profitDelegatePrice":1,"stopDelegatePrice":1"#).check(), None),
        (CreateProfitStop::market("btc_usdt", PositionSide::Long, half).check(), Some("origQty 0.5")),
        (track("0").check(), Some("callbackVal: more than 0")),
        (track("-1").check(), Some("callbackVal: more than 0")),
        (track("0.01").check(), None),
        (UpdateOrder::new("", price("1"), Contracts::new(1)).check(), Some("orderId is empty")),
        (UpdateOrder::new("1", price("1"), half).check(), Some("origQty 0.5")),
        (UpdateProfitStop::new("").check(), Some("profitId is empty")),
    ];
    for (result, expected) in cases {
        let message = result.err().map(|error| error.to_string());
        match expected {
            None => assert_eq!(message, None),
            Some(words) => assert!(message.as_deref().unwrap_or_default().starts_with(words), "{message:?}"),
        }
    }
}

#[test]
fn lists_are_asked_for_no_more_than_there_is() {
    let ms = |millis: i64| Millis::new(1_758_093_080_000 + millis);
    let partly =
        |start, end| ListPartialCanceledOrders::new(1u32, 10u32, ms(start), ms(end), "btc_usdt").check();
    let good = [
        GetDepth::new("btc_usdt", 1u32).check(),
        GetDepth::new("btc_usdt", 50u32).check(),
        GetKlines::new("btc_usdt", KlineInterval::M1).limit(1500u32).check(),
        ListTrades::new().page(1u32).size(100u32).check(),
        ListFilledOrderHistory::new("btc_usdt").limit(500u32).check(),
        ListQuantOrderHistory::new().limit(2000u32).check(),
        ListQuantTrades::new().limit(2000u32).check(),
        partly(0, 300_000),
        partly(0, 0),
    ];
    assert!(good.iter().all(Result::is_ok), "{good:?}");
    let bad = [
        GetDepth::new("btc_usdt", 0u32).check(),
        GetDepth::new("btc_usdt", 51u32).check(),
        GetKlines::new("btc_usdt", KlineInterval::W1).limit(1501u32).check(),
        ListTrades::new().page(0u32).check(),
        ListTrades::new().size(101u32).check(),
        ListOrderEntrusts::new().page(0u32).check(),
        ListFilledOrderHistory::new("btc_usdt").limit(501u32).check(),
        ListQuantOrderHistory::new().limit(2001u32).check(),
        ListQuantTrades::new().limit(2001u32).check(),
        partly(0, 300_001),
        partly(1, 0),
    ];
    assert!(bad.iter().all(Result::is_err), "{bad:?}");
}

#[test]
fn cancelling_everything_is_never_the_absence_of_an_id() {
    let one_by_one = [
        CancelOrder::new("").check(),
        CancelPlan::new("").check(),
        CancelProfitStop::new("").check(),
        CancelTrack::new("").check(),
        CancelAllOrdersOfSymbol::new("").check(),
        CancelAllPlansOfSymbol::new("").check(),
        CancelAllProfitStopsOfSymbol::new("").check(),
        CancelAllTracksOfSymbol::new("").check(),
        CancelOrdersBatch::of_ids([]).check(),
        CancelOrdersBatch::of_client_ids([]).check(),
        CancelOrdersBatch::of_ids(["1".into()]).client_order_ids([]).check(),
        CancelOrdersBatch::of_ids(["".into()]).check(),
        CancelOrdersBatch::of_ids(["1,2".into()]).check(),
        built::<CancelOrdersBatch>("{}").check(),
    ];
    for (index, result) in one_by_one.iter().enumerate() {
        assert!(result.is_err(), "{index}");
    }
    for name in
        ["CancelOrder", "CancelAllOrdersOfSymbol", "CancelAllTracksOfSymbol", "CancelAllPlansOfSymbol"]
    {
        let operation = ENDPOINTS.iter().find(|operation| operation.name == name).unwrap();
        assert!(operation.build(&mut Source::parse("{}").unwrap()).is_err(), "{name}");
    }
    // By name, the sweeping request needs nothing, and takes no symbol for a joke.
    for text in ["{}", r#"{"symbol":""}"#] {
        assert_eq!(built::<CancelAllOrders>(text), CancelAllOrders::new(AllSymbols));
    }
    assert!(CancelAllOrders::take_from(&mut Source::parse(r#"{"symbol":"btc_usdt"}"#).unwrap()).is_err());
    let mut source = Source::parse(r#"{"symbol":"btc_usdt"}"#).unwrap();
    assert_eq!(CancelAllTracks::take_from(&mut source).unwrap(), CancelAllTracks::new());
    assert!(source.finish().is_err());
}

#[test]
fn what_carries_an_id_of_yours_that_a_list_shows_can_be_looked_up() {
    assert!(order().lookup().is_none());
    assert_eq!(format!("{:?}", order().client_order_id("mine").lookup().unwrap()), "Lookup { steps: 2 }");
    let plan = || {
        let (side, position) = (OrderSide::Buy, PositionSide::Long);
        let (size, stop) = (Contracts::new(1), price("90000"));
        CreatePlan::market("btc_usdt", EntrustType::StopMarket, side, position, size, stop)
    };
    assert!(plan().lookup().is_none());
    assert!(plan().client_order_id("mine").lookup().is_some());
    let window = |venue: WexFutures| {
        let draft =
            venue_core::Draft::new(CreateOrder::SPEC, CreateOrder::SPEC.path, venue_core::Params::new());
        venue.timestamp_window(&draft).unwrap().as_millis()
    };
    assert_eq!(window(WexFutures::usdt_m()), 5_000);
    assert_eq!(window(WexFutures::coin_m().recv_window(60_000)), 60_000);
}

#[test]
fn a_list_that_was_cut_short_is_not_whole() {
    let page = |text: &str| serde_json::from_str::<NumberedPage<Order>>(text).unwrap().is_whole();
    let row = r#"{"orderId":1,"symbol":"btc_usdt"}"#;
    assert!(page(r#"{"items":[],"page":1,"ps":10,"total":0}"#));
    assert!(page(&format!(r#"{{"items":[{row}],"page":null,"ps":null,"total":1}}"#)));
    assert!(!page(&format!(r#"{{"items":[{row}],"page":1,"ps":1,"total":2}}"#)));
    assert!(page(&format!(r#"{{"items":[{row}]}}"#)), "not full, whatever it says");
    assert!(!page(&format!(r#"{{"items":[{row}],"ps":1}}"#)), "full: there may be more");
}

#[test]
fn the_error_table_is_sorted() {
    let codes = WexFutures::usdt_m().codes().codes;
    assert!(codes.windows(2).all(|pair| pair[0].code <= pair[1].code));
    assert_eq!(codes.len(), 88);
}

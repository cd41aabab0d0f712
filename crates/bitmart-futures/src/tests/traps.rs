//! Answers that are not as documented, or documented in two ways.

use venue_core::{Endpoint, Paged, Venue};

use super::{decode, refusal, value};
use crate::rest::*;
use crate::*;

fn typed<T: serde::de::DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap()
}

#[test]
fn order_ids_are_text_whether_sent_as_number_or_string() {
    for id in ["3000101684062644", "\"3000101684062644\""] {
        for name in
            ["SubmitOrder", "ModifyLimitOrder", "SubmitPlanOrder", "SubmitTrailOrder", "ModifyTpSlOrder"]
        {
            let body = format!(r#"{{"code":1000,"data":{{"order_id":{id}}}}}"#);
            assert_eq!(value(name, &body), r#"{"order_id":"3000101684062644"}"#, "{name}");
        }
    }
}

#[test]
fn words_stand_where_a_price_belongs() {
    let ack = value("SubmitOrder", r#"{"code":"1000","data":{"order_id":1,"price":"market price"}}"#);
    assert_eq!(ack, r#"{"order_id":"1","price":"market price"}"#);
    let order: Order = typed(r#"{"order_id":"1","symbol":"A","price":"14.10","execution_price":"Market"}"#);
    assert_eq!(order.price.and_then(|price| price.limit()), Some("14.10".parse().unwrap()));
    assert_eq!(order.execution_price, Some(OrderPrice::Market("Market".into())));
    // And a number keeps its digits.
    let order: Order =
        typed(r#"{"order_id":"1","symbol":"A","price":14.10,"execution_price":1.0000000000000000001}"#);
    let prices = [order.price, order.execution_price].map(|price| price.and_then(|price| price.limit()));
    assert_eq!(prices.map(|price| price.unwrap().to_string()), ["14.10", "1.0000000000000000001"]);
}

#[test]
fn zero_and_empty_mean_that_there_is_none() {
    let order: Order = typed(
        r#"{"order_id":"1","symbol":"A","client_order_id":"","price":"0","trigger_price":"0","execution_price":"0",
            "activation_price":"0.00","callback_rate":"0","deal_avg_price":"0","preset_take_profit_price":"",
            "preset_stop_loss_price":"-","preset_stop_loss_price_type":0}"#,
    );
    assert_eq!(order.client_order_id, None);
    assert_eq!((order.price, order.execution_price), (None, None));
    assert_eq!((order.trigger_price, order.activation_price, order.deal_avg_price), (None, None, None));
    assert_eq!((order.preset_take_profit_price, order.preset_stop_loss_price), (None, None));
    assert_eq!(order.callback_rate, None);
    assert_eq!(order.preset_stop_loss_price_type, Some(PriceType::Unset));
    for none in ["0", "null", "\"\""] {
        let contract: Contract = typed(&format!(
            r#"{{"symbol":"A","expire_timestamp":{none},"settle_timestamp":{none},"delist_time":{none}}}"#
        ));
        assert_eq!((contract.expire_timestamp, contract.settle_timestamp), (None, None));
        assert_eq!(contract.delist_time, None);
    }
}

#[test]
fn a_contract_reads_as_it_is_really_sent() {
    let body = r#"{"code":1000,"data":{"symbols":[{"symbol":"XAUUSDT","volume_precision":"1",
        "open_interest":"265231.721368593081729069","funding_time":1709971200000,"status":"Trading",
        "delist_time":1745830379,"tradfi_info":{"market":"COMEX","open":[1,2.50]}}]}}"#;
    let written = value("GetContractDetails", body);
    assert!(written.contains(r#""open_interest":"265231.721368593081729069""#), "{written}");
    assert!(written.contains(r#""tradfi_info":{"market":"COMEX","open":[1,2.50]}"#), "{written}");
    assert!(written.contains(r#""delist_time":1745830379"#), "{written}");
}

#[test]
fn digits_beyond_a_float_stay() {
    let position: Position = typed(
        r#"{"symbol":"A","position_value":"18584.272343943943943944339","entry_price":71.681666666666666667}"#,
    );
    assert_eq!(position.position_value.unwrap().to_string(), "18584.272343943943943944339");
    assert_eq!(position.entry_price.unwrap().to_string(), "71.681666666666666667");
}

#[test]
fn seconds_and_milliseconds_are_told_apart() {
    for time in ["1712390438", "1712390438000", "\"1712390438\""] {
        let risk: PositionRisk = typed(&format!(r#"{{"symbol":"A","update_time":{time}}}"#));
        assert_eq!(risk.update_time, Some(Millis::new(1_712_390_438_000)), "{time}");
    }
    let past: PastFundingRate = typed(r#"{"funding_rate":"0.1","funding_time":"1733979600000"}"#);
    assert_eq!(past.funding_time, Millis::new(1_733_979_600_000));
    let flow: Transaction =
        typed(r#"{"amount":"1","time":"1570636800000","flow_type":4,"type":"Commission Fee"}"#);
    assert_eq!(flow.time, Some(Millis::new(1_570_636_800_000)));
    assert_eq!(
        (flow.flow_type, flow.flow_name),
        (Some(FlowType::CommissionFee), Some(FlowName::CommissionFee))
    );
    let trade: MarketTrade = typed(r#"{"price":"1","qty":"0.037","time":1750347973}"#);
    assert_eq!(trade.time.to_millis(), Millis::new(1_750_347_973_000));
}

#[test]
fn one_thing_in_several_spellings_is_one_value() {
    let risk: PositionRisk = typed(r#"{"symbol":"A","margin_type":"Isolated","position_side":"Long"}"#);
    assert_eq!((risk.margin_type, risk.position_side), (Some(OpenType::Isolated), Some(PositionSide::Long)));
    let position: PositionV2 = typed(r#"{"symbol":"A","open_type":"isolated","position_side":"long"}"#);
    assert_eq!(
        (position.open_type, position.position_side),
        (Some(OpenType::Isolated), Some(PositionSide::Long))
    );
    let both: PositionV2 = typed(r#"{"symbol":"A","position_side":"both","position_amount":"-5"}"#);
    assert_eq!(both.position_side, Some(PositionSide::Both));
    assert!(both.position_amount.unwrap().decimal().is_sign_negative());
    let trade: AffiliateTrade =
        typed(r#"{"user_id":1,"symbol":"A","deal_price":1,"deal_vol":1,"open_type":2,"way":4}"#);
    assert_eq!((trade.open_type, trade.way), (Some(OpenTypeCode::Cross), Some(Side::SellOpenShort)));
}

#[test]
fn affiliates_are_answered_with_and_without_an_envelope() {
    let bare =
        r#"{"total":2,"page":1,"size":10,"usdt_rebate_sum":448.9697507148,"rebate_detail_page_data":[]}"#;
    let expected =
        r#"{"total":2,"page":1,"size":10,"usdt_rebate_sum":"448.9697507148","rebate_detail_page_data":[]}"#;
    assert_eq!(value("GetRebateList", bare), expected);
    let wrapped = format!(r#"{{"code":"1000","message":"OK","trace":"t","data":{bare}}}"#);
    assert_eq!(value("GetRebateList", &wrapped), expected);
    let refused = refusal("GetRebateList", 200, r#"{"code":30019,"message":"no permission"}"#);
    assert_eq!((refused.kind(), refused.outcome()), (Kind::Permission, Outcome::Rejected));
}

#[test]
fn pages_end_by_the_total_or_by_a_page_that_is_not_full() {
    let page = |rows: usize, total: &str| -> RebateList {
        let row = r#"{"trade_user_id":1,"total_rebate_amount":1}"#;
        typed(&format!(r#"{{{total}"rebate_detail_page_data":[{}]}}"#, vec![row; rows].join(",")))
    };
    let request = GetRebateList::new(2u32, 2u32, "USDT");
    assert!(request.next(&page(2, r#""total":5,"#)).is_some());
    assert!(request.next(&page(2, r#""total":4,"#)).is_none());
    assert!(request.next(&page(2, "")).is_some());
    assert!(request.next(&page(1, "")).is_none());
    assert!(request.next(&page(0, r#""total":5,"#)).is_none());
    let transfers = |rows: usize| -> Transfers {
        typed(&format!(r#"{{"records":[{}]}}"#, vec![r#"{"transfer_id":"1"}"#; rows].join(",")))
    };
    assert!(ListTransfers::new(1u32, 10u32).next(&transfers(10)).is_some());
    assert!(ListTransfers::new(1u32, 10u32).next(&transfers(9)).is_none());
    assert!(ListTransfers::new(1000u32, 10u32).next(&transfers(10)).is_none());
}

#[test]
fn a_success_can_say_that_nothing_was_set() {
    let body = r#"{"code":1000,"data":{"result":false}}"#;
    let error = refusal("CancelAllAfter", 200, body);
    assert_eq!((error.kind(), error.outcome()), (Kind::Rejected, Outcome::Rejected));
    assert!(decode("CancelAllAfter", 200, r#"{"code":1000,"data":{"result":true}}"#).error.is_none());
    assert!(decode("CancelAllAfter", 200, r#"{"code":1000,"data":{}}"#).error.is_none());
    assert!(CancelAllAfter::verify(&typed(r#"{"result":true,"set_time":1,"cancel_time":0}"#)).is_ok());
}

#[test]
fn a_refusal_is_one_whatever_its_status_and_spelling() {
    for (status, body, kind, outcome) in [
        (
            200,
            r#"{"code":42000,"message":"Insufficient balance","trace":"t"}"#,
            Kind::InsufficientFunds,
            Outcome::Rejected,
        ),
        (200, r#"{"code":"30016","message":"Service maintenance"}"#, Kind::Unavailable, Outcome::Rejected),
        (
            200,
            r#"{"msg":"Futures V1 API has been deprecated","code":30030}"#,
            Kind::InvalidRequest,
            Outcome::Rejected,
        ),
        (404, r#"{"msg":"Not found","code":30000}"#, Kind::InvalidRequest, Outcome::Rejected),
        (
            503,
            r#"{"code":30018,"message":"Request Body requires JSON format"}"#,
            Kind::InvalidRequest,
            Outcome::Rejected,
        ),
        (503, r#"{"code":30014,"message":"Service unavailable"}"#, Kind::Unavailable, Outcome::Unknown),
        (
            403,
            r#"{"code":40048,"message":"ClientOrderId only allows…"}"#,
            Kind::InvalidRequest,
            Outcome::Rejected,
        ),
        (
            403,
            r#"{"code":40050,"message":"Client OrderId duplicated"}"#,
            Kind::DuplicateClientId,
            Outcome::Rejected,
        ),
        (400, r#"{"code":40012,"message":"System error"}"#, Kind::Unavailable, Outcome::Unknown),
        (400, r#"{"code":40012,"message":"SYMBOL_NOT_EXIST"}"#, Kind::UnknownSymbol, Outcome::Rejected),
        (
            400,
            r#"{"code":40012,"message":"You contract account available balance not enough."}"#,
            Kind::InsufficientFunds,
            Outcome::Rejected,
        ),
        (400, r#"{"code":40013,"message":"CLIENT_TIME_INVALID"}"#, Kind::Timestamp, Outcome::Unknown),
        (400, r#"{"code":40013,"message":"Access too often"}"#, Kind::RateLimited, Outcome::Unknown),
        (
            429,
            r#"{"code":30013,"message":"Request too many requests"}"#,
            Kind::RateLimited,
            Outcome::Rejected,
        ),
        (418, r#"{"code":30017,"message":"temporarily rejected"}"#, Kind::Banned, Outcome::Rejected),
        (400, r#"{"code":49999,"message":"new"}"#, Kind::Unrecognized, Outcome::Unknown),
        (500, "<html>", Kind::Unavailable, Outcome::Unknown),
    ] {
        let error = refusal("SubmitOrder", status, body);
        assert_eq!((error.kind(), error.outcome()), (kind, outcome), "{status} {body}");
    }
    let error =
        refusal("SubmitOrder", 200, r#"{"code":42000,"message":"Insufficient balance","trace":"t-1"}"#);
    assert_eq!((error.code(), error.trace()), (Some("42000"), Some("t-1")));
    assert_eq!(error.message(), "Insufficient balance");
}

#[test]
fn the_usage_header_is_safe_under_either_reading() {
    use venue_core::http_types::HeaderMap;
    let used = |text: &str| {
        let mut headers = HeaderMap::new();
        headers.insert("x-bm-ratelimit-remaining", text.parse().unwrap());
        BitMart::new().usage(&SubmitOrder::SPEC, &headers).map(|usage| usage.used)
    };
    // 24 per window. Nothing remains, or everything is used: both say that the window is full.
    assert_eq!((used("0"), used("24"), used("30")), (Some(24), Some(24), Some(24)));
    // In between, only the smaller reading is certain.
    assert_eq!((used("1"), used("23"), used("20")), (Some(1), Some(1), Some(4)));
    assert_eq!(used("many"), None);
}

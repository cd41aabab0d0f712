//! One request over sockets and TLS, to a venue inside of the process.

use serde_json::{Value, json};

use crate::venue::run;

#[test]
fn a_simulated_venue_answers_public_keyed_and_signed_calls() {
    for (request, params) in [
        ("GetContractDetails", "{}"),
        ("GetAssets", "{}"),
        ("SubmitOrder", r#"{"price":"85000.10","symbol":"BTCUSDT","side":1,"size":1,"type":"limit"}"#),
        ("GET /contract/public/details", r#"{"symbol":"BTCUSDT"}"#),
        ("CancelOrders", r#"{"symbol":"BTCUSDT"}"#),
    ] {
        let report = run(&["call", "bitmart", request, params, "--sim", "--json"]).good();
        assert_eq!((&report["ok"], &report["error"]), (&json!(true), &Value::Null), "{report}");
        assert_eq!(report["unmapped"], json!([]), "{report}");
    }
}

#[test]
fn every_venue_is_called() {
    for (venue, request, params) in [
        ("hashkey", "GET /api/v1/time", "{}"),
        ("bitmart", "GET /contract/public/depth", r#"{"symbol":"BTCUSDT"}"#),
        ("wex-spot", "GET /v4/public/depth", r#"{"symbol":"btc_usdt"}"#),
        ("wex-futures", "GET /future/market/v1/public/q/ticker", r#"{"symbol":"btc_usdt"}"#),
        ("hibt", "GET /v2/server/time", "{}"),
        ("pumpkin", "GET /v2/balance/list", "{}"),
    ] {
        let report = run(&["call", venue, request, params, "--sim", "--json"]).good();
        assert_eq!(report["ok"], true, "{report}");
    }
}

#[test]
fn a_refusal_is_exit_code_1_and_a_mistake_2() {
    let order = r#"{"symbol":"BTCUSDT","side":9,"size":1,"price":"1"}"#;
    let refused = run(&["call", "bitmart", "SubmitOrder", order, "--sim", "--json"]);
    assert_eq!(refused.code, 1, "{refused:?}");
    let error = &refused.json()["error"];
    assert_eq!(error["outcome"], "Rejected");
    assert!(
        error["kind"].is_string() && error["code"].is_string() && error["message"].is_string(),
        "{error}"
    );
    let wrong = run(&["call", "bitmart", "SubmitOrder", "{}", "--sim", "--json"]).refused();
    assert_eq!(wrong, "bitmart SubmitOrder: symbol is required");
    let sweeping = run(&[
        "call",
        "bitmart",
        "POST /contract/private/cancel-orders",
        r#"{"symbol":"X"}"#,
        "--sim",
        "--json",
    ]);
    assert!(sweeping.refused().contains("by its name only"));
}

#[test]
fn what_must_be_signed_is_not_called_without_credentials() {
    for (request, params) in [("GetAssets", "{}"), ("ListTransfers", r#"{"page":1,"limit":10}"#)] {
        let args = ["call", "bitmart", request, params, "--base", "http://127.0.0.1:9", "--json"];
        let said = run(&args).refused();
        assert!(said.contains("the API key is missing"), "{said}");
    }
    assert!(run(&["call", "bitmart", "GetAssets", "--secret", "x", "--json"]).refused().contains("--secret"));
    let plain = run(&["call", "bitmart", "GetContractDetails", "--base", "http://example.com", "--json"]);
    assert!(plain.refused().contains("plain http"));
}

#[test]
fn a_call_that_finds_nobody_was_not_sent() {
    let run = run(&["call", "bitmart", "GetContractDetails", "--base", "http://127.0.0.1:1", "--json"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert_eq!(run.json()["error"]["outcome"], "NotSent");
}

//! Answers, read by the client's own path.

use serde_json::{Value, json};

use crate::venue::{file, run, run_with};

fn decode(code: i32, venue: &str, request: &str, status: &str, body: &[u8]) -> Value {
    let run = run_with(&["decode", venue, request, "-", "--status", status, "--json"], body);
    assert_eq!((run.code, run.err.as_str()), (code, ""), "{run:?}");
    run.json()
}

#[test]
fn a_success_is_shown_with_what_its_type_does_not_map() {
    let body = br#"{"code":1000,"trace":"t","data":{"symbols":[{"symbol":"A","new":{"x":1}},{"symbol":"B","last_price":"x"}],"n":1},"up":1}"#;
    let report = decode(0, "bitmart", "GET /contract/public/details", "200", body);
    assert_eq!(report["ok"], true);
    assert_eq!(report["type"], "GetContractDetails");
    assert_eq!(report["value"]["symbols"][0]["symbol"], "A");
    assert_eq!(report["bad_rows"][0]["index"], 1);
    assert_eq!(report["error"], Value::Null);
    let unmapped: Vec<&str> =
        report["unmapped"].as_array().unwrap().iter().map(|key| key.as_str().unwrap()).collect();
    for key in ["new", "n", "up"] {
        assert!(unmapped.iter().any(|path| path.ends_with(key)), "{unmapped:?}");
    }
}

#[test]
fn digits_are_those_of_the_venue() {
    let body = br#"{"code":1000,"data":{"order_id":3000101684062644999,"price":"25637.20"}}"#;
    let report = decode(0, "bitmart", "SubmitOrder", "200", body);
    assert_eq!(report["value"], json!({"order_id": "3000101684062644999", "price": "25637.20"}));
}

#[test]
fn what_is_no_answer_has_an_error_with_all_its_members() {
    for (status, body, words) in [
        ("200", &b""[..], "empty"),
        ("200", b"<!DOCTYPE html><html>", "HTML"),
        ("200", b"{\"code\":1000,\"data\":{\"ord", "breaks off"),
        ("200", b"\xff\xfe", "UTF-8"),
        ("502", b"<html>Bad gateway</html>", "HTML"),
    ] {
        let report = decode(1, "bitmart", "SubmitOrder", status, body);
        assert_eq!((&report["ok"], &report["value"]), (&json!(false), &Value::Null));
        let error = &report["error"];
        assert_eq!((&error["outcome"], &error["code"]), (&json!("Unknown"), &Value::Null));
        assert!(error["kind"].is_string(), "{error}");
        assert!(error["message"].as_str().unwrap().contains(words), "{error}");
    }
}

#[test]
fn a_refusal_has_the_venues_own_code() {
    let body = br#"{"code":42000,"message":"Insufficient balance","trace":"t-1"}"#;
    let report = decode(1, "bitmart", "SubmitOrder", "200", body);
    let error = &report["error"];
    assert_eq!(error["code"], "42000");
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("InsufficientFunds"), &json!("Rejected")));
}

#[test]
fn of_several_types_the_first_that_leaves_nothing_unread_is_named() {
    let report =
        decode(0, "bitmart", "POST /contract/private/cancel-order", "200", br#"{"code":1000,"data":{}}"#);
    assert_eq!(report["type"], "CancelOrder");
    let report = decode(0, "bitmart", "GET /not/there", "200", br#"{"code":1000,"data":1.50}"#);
    assert_eq!(report["type"], "Raw");
}

#[test]
fn a_file_is_read_and_people_see_colours_only_on_a_terminal() {
    let path = file("answer.json");
    std::fs::write(&path, r#"{"code":1000,"data":{"order_id":1,"price":"2.50","new":1}}"#).unwrap();
    let shown = run(&["decode", "bitmart", "SubmitOrder", path.to_str().unwrap()]);
    let text = "bitmart SubmitOrder\n{ \"order_id\": \"1\", \"price\": \"2.50\" }\n\nkeys that no type maps\n  data.new\n";
    assert_eq!((shown.code, shown.out.as_str(), shown.err.as_str()), (0, text, ""));
    let missing = run(&["decode", "bitmart", "SubmitOrder", "/not/there", "--json"]).refused();
    assert!(missing.starts_with("/not/there: "), "{missing}");
    let empty = run(&["decode", "bitmart", "SubmitOrder"]);
    assert_eq!((empty.code, empty.out.as_str()), (1, ""));
    assert_eq!(
        empty.err,
        "venue: bitmart SubmitOrder: the answer is empty [Decode, outcome unknown, HTTP 200]\n"
    );
}

//! What would be sent, by the documented vectors and rules.

use serde_json::{Value, json};

use crate::venue::run;

fn sign(args: &[&str]) -> Value {
    run(&[&["sign", "--json"], args].concat()).good()
}

/// With credentials and a time that mean nothing.
fn sign_any(venue: &str, request: &str, params: &str) -> Value {
    let credentials = ["--key", "a-key", "--secret", "a-secret", "--memo", "a-memo"];
    sign(&[&[venue, request, params, "--timestamp", "1700000000000"][..], &credentials].concat())
}

const BITMART: [&str; 6] = [
    "--key",
    "80618e45710812162b04892c7ee5ead4a3cc3e56",
    "--secret",
    "6c6c98544461bbe71db2bca4c6d7fd0021e0ba9efc215f9c6ad41852df9d9df9",
    "--memo",
    "test001",
];

#[test]
fn the_documented_bitmart_request_verifies() {
    let request =
        ["bitmart", "POST /spot/v1/test-post", r#"{"symbol":"BTC_USDT","price":"8600","count":"100"}"#];
    let signed = sign(&[&request[..], &BITMART, &["--timestamp", "1589793796145"]].concat());
    let body = r#"{"symbol":"BTC_USDT","price":"8600","count":"100"}"#;
    let expected = json!({
        "method": "POST",
        "url": "https://api-cloud-v2.bitmart.com/spot/v1/test-post",
        "headers": {
            "X-BM-KEY": "80618e45710812162b04892c7ee5ead4a3cc3e56",
            "X-BM-TIMESTAMP": "1589793796145",
            "X-BM-SIGN": "c31dc326bf87f38bfb49a3f8494961abfa291bd549d0d98d9578e87516cee46d",
            "Content-Type": "application/json",
        },
        "body": body,
        "string_to_sign": format!("1589793796145#test001#{body}"),
    });
    assert_eq!(signed, expected);
}

#[test]
fn the_documented_bitmart_login_verifies() {
    let login = sign(&[&["bitmart", "login", "--timestamp", "1589267764859"][..], &BITMART].concat());
    assert_eq!(login["string_to_sign"], "1589267764859#test001#bitmart.WebSocket");
    let frame: Value = serde_json::from_str(login["frame"].as_str().unwrap()).unwrap();
    assert_eq!(frame["args"][2], "3ceeb7e1b8cb165a975e28a2e2dfaca4d30b358873c0351c1a071d8c83314556");
    let hibt = sign_any("hibt", "login", "{}");
    assert_eq!(hibt["string_to_sign"], "1700000000000");
    let args = ["sign", "pumpkin", "login", "--key", "k", "--secret", "s", "--json"];
    assert_eq!(run(&args).refused(), "pumpkin: its WebSocket has no login frame");
}

#[test]
fn the_documented_hashkey_request_verifies_with_its_window_in_its_place() {
    let params = r#"{"symbol":"ETHBTC","side":"BUY","type":"LIMIT","timeInForce":"GTC","quantity":"1","price":0.1,"recvWindow":"5000"}"#;
    let text = "symbol=ETHBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1538323200000";
    let secret = "lH3ELTNiFxCQTmi9pPcWWikhsjO04Yoqw3euoHUuOLC3GYBW64ZqzQsiOEHXQS76";
    let signature = "5f2750ad7589d1d40757a55342e621a44037dad23b5128cc70e18ec1d1c3f4c6";
    // The type, and a path that has none: a form either way.
    for request in ["CreateOrder", "POST /api/v1/spot/newThing"] {
        let args = ["hashkey", request, params, "--key", "k", "--secret", secret];
        let signed = sign(&[&args[..], &["--timestamp", "1538323200000"]].concat());
        assert_eq!(signed["string_to_sign"], text);
        assert_eq!(signed["body"], format!("{text}&signature={signature}"));
    }
}

#[test]
fn the_documented_wex_spot_request_verifies() {
    let body = r#"{"symbol":"btc_usdt","side":"BUY","bizType":"SPOT","quantity":2,"price":39000,"type":"LIMIT","timeInForce":"GTC"}"#;
    let args = ["wex-spot", "POST /v4/order", body, "--key", "48f05386-4228-48e1-a69f-c9abd2d8fa52"];
    let secret = ["--secret", "8fcffde41cb50b18ce9178424f38d3b688fd0f47", "--timestamp", "1692672585907"];
    let signed = sign(&[&args[..], &secret].concat());
    assert_eq!(signed["body"], body);
    let signature = "c58a59cf674b80bd3c9182f3db4feddc87ea4f3be7762bbf4bfab39429eec7e9";
    assert_eq!(signed["headers"]["validate-signature"], signature);
    assert_eq!(signed["headers"]["validate-recvwindow"], "5000");
    let other = sign_any("wex-spot", "POST /v4/order", &body.replacen('{', r#"{"recvWindow":7000,"#, 1));
    assert_eq!((&other["headers"]["validate-recvwindow"], &other["body"]), (&json!("7000"), &json!(body)));
}

#[test]
fn the_documented_pumpkin_signature_verifies() {
    let args =
        ["pumpkin", "GET /v2/channel/rebateDetail", "--key", "k", "--secret", "your_api_query_secretKey"];
    let params = r#"{"symbolId":"2","rebateStartDate":1769919603517,"rebateEndDate":1772511603517}"#;
    let signed =
        sign(&[&args[..2], &[params], &args[2..], &["--base", "https://127.0.0.1:9/elsewhere/"]].concat());
    let text = "rebateEndDate=1772511603517&rebateStartDate=1769919603517&symbolId=2";
    assert_eq!(signed["string_to_sign"], text);
    // The base is replaced with its prefix.
    assert_eq!(signed["url"], format!("https://127.0.0.1:9/elsewhere/v2/channel/rebateDetail?{text}"));
    let signature = "45e1564005292ba8d5ed11cc0dde5eac668e5f77f3263d84289b7b13e1728f78";
    assert_eq!(signed["headers"]["X_SIGNATURE"], signature);
}

#[test]
fn digits_survive_as_text_and_as_number() {
    for price in ["85000.10", "\"85000.10\""] {
        let params = format!(r#"{{"symbol":"BTCUSDT","side":1,"size":"1","price":{price}}}"#);
        let body = r#"{"symbol":"BTCUSDT","side":1,"size":1,"price":"85000.10"}"#;
        assert_eq!(sign_any("bitmart", "SubmitOrder", &params)["body"], body);
    }
    let raw = sign_any(
        "bitmart",
        "POST /new/thing",
        r#"{ "b": 85000.10, "a": [1.00, "2"], "id": 12345678901234567890 }"#,
    );
    assert_eq!(raw["body"], r#"{"b":85000.10,"a":[1.00,"2"],"id":12345678901234567890}"#);
}

#[test]
fn parameters_go_out_in_the_order_given_in_batches_too() {
    let order = r#"{"price":"85000.10","quantity":"1.50","type":"LIMIT","side":"BUY","symbol":"ETHBTC"}"#;
    let batch = format!("[{order}]");
    for params in [batch.clone(), format!(r#"{{"orders":{batch}}}"#)] {
        let signed = sign_any("hashkey", "POST /api/v1.1/spot/batchOrders", &params);
        assert_eq!(signed["body"], batch);
        assert_eq!(signed["string_to_sign"], "recvWindow=5000&timestamp=1700000000000");
    }
    let signed = sign_any("hibt", "POST /v2/new/thing", r#"{"z":1,"a":[{"y":1,"b":2}]}"#);
    assert_eq!(signed["headers"]["Content-Type"], "application/json");
}

#[test]
fn a_batch_goes_out_as_its_venue_wants_it() {
    let order = r#"{"price":85000.10,"symbol":"btc_usdt","orderSide":"BUY","orderType":"LIMIT","positionSide":"LONG","origQty":1}"#;
    let bare =
        sign_any("wex-futures", "POST /future/trade/v2/order/atomic-create-batch", &format!("[{order}]"));
    assert_eq!(bare["body"], format!("[{order}]"));
    // JSON inside of a text, and in a form.
    let listed = sign_any("wex-futures", "CreateOrdersBatch", &format!(r#"{{"list":[{order}]}}"#));
    assert_eq!(listed["body"], json!({"list": format!("[{order}]")}).to_string());
    let form = sign_any("pumpkin", "POST /v2/order/cancel-batch", r#"{"orders":["1","2"]}"#);
    assert_eq!(form["body"], "orders=%5B%221%22%2C%222%22%5D");
}

#[test]
fn a_list_may_be_given_as_the_text_of_its_elements() {
    for ids in [r#"["1","2"]"#, "[1,2]", "\"1,2\""] {
        let signed = sign_any("wex-spot", "DELETE /v4/batch-order", &format!(r#"{{"orderIds":{ids}}}"#));
        assert_eq!(signed["body"], r#"{"orderIds":[1,2]}"#);
    }
}

#[test]
fn a_public_request_carries_no_key_and_a_keyed_one_no_signature() {
    let public = sign_any("bitmart", "GET /contract/public/details", r#"{"symbol":"BTCUSDT"}"#);
    assert_eq!(public["url"], "https://api-cloud-v2.bitmart.com/contract/public/details?symbol=BTCUSDT");
    let nothing = json!(null);
    assert_eq!(
        (&public["headers"], &public["body"], &public["string_to_sign"]),
        (&json!({}), &nothing, &nothing)
    );
    let keyed = sign(&["bitmart", "GetAssets", "--key", "a-key"]);
    assert_eq!(keyed["headers"], json!({"X-BM-KEY": "a-key"}));
    assert_eq!(keyed["string_to_sign"], nothing);
    let unsigned = sign(&["bitmart", "GET /new/thing", r#"{"a":1}"#]);
    assert_eq!((&unsigned["headers"], &unsigned["string_to_sign"]), (&json!({}), &nothing));
}

#[test]
fn nothing_is_added_to_an_order() {
    let params = r#"{"symbol":"BTCUSDT","side":1,"size":1,"price":"1"}"#;
    assert_eq!(sign_any("bitmart", "SubmitOrder", params)["body"], params);
}

#[test]
fn people_see_the_same() {
    let args = [
        "sign",
        "bitmart",
        "POST /spot/v1/test-post",
        r#"{"symbol":"BTC_USDT","price":"8600","count":"100"}"#,
    ];
    let shown = run(&[&args[..], &BITMART, &["--timestamp", "1589793796145"]].concat());
    assert_eq!(
        shown.out,
        r#"POST https://api-cloud-v2.bitmart.com/spot/v1/test-post
X-BM-KEY: 80618e45710812162b04892c7ee5ead4a3cc3e56
X-BM-TIMESTAMP: 1589793796145
X-BM-SIGN: c31dc326bf87f38bfb49a3f8494961abfa291bd549d0d98d9578e87516cee46d
Content-Type: application/json

{"symbol":"BTC_USDT","price":"8600","count":"100"}

signed text
1589793796145#test001#{"symbol":"BTC_USDT","price":"8600","count":"100"}
"#
    );
}

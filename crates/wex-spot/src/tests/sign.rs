//! What is signed, and what of it is sent.

use super::*;

/// From an earlier revision of the publisher's own page; the signature that the page prints today is
/// another venue's demo secret.
#[test]
fn the_documented_signature_verifies() {
    let body = r#"{"symbol":"btc_usdt","side":"BUY","bizType":"SPOT","quantity":2,"price":39000,"type":"LIMIT","timeInForce":"GTC"}"#;
    let signature = "c58a59cf674b80bd3c9182f3db4feddc87ea4f3be7762bbf4bfab39429eec7e9";
    let raw = Raw::<WexSpot>::post("/v4/order")
        .signed()
        .param("symbol", "btc_usdt")
        .param("side", "BUY")
        .param("bizType", "SPOT")
        .number("quantity", "2")
        .number("price", "39000")
        .param("type", "LIMIT")
        .param("timeInForce", "GTC");
    let names = ["symbol", "side", "bizType", "quantity", "price", "type", "timeInForce"];
    let client = client();
    for prepared in
        [client.send(raw).prepare().unwrap(), client.erased().prepare(&order(), &names, &[]).unwrap()]
    {
        assert_eq!(prepared.url, "https://sapi.wexex.io/v4/order");
        assert_eq!(prepared.body.as_deref(), Some(body));
        assert_eq!(signed(&prepared), format!("#POST#/v4/order#{body}"));
        assert_eq!(header(&prepared, "validate-signature"), Some(signature));
        assert_eq!(header(&prepared, "validate-algorithms"), Some("HmacSHA256"));
        assert_eq!(header(&prepared, "validate-appkey"), Some(KEY));
        assert_eq!(header(&prepared, "validate-recvwindow"), Some("5000"));
        assert_eq!(header(&prepared, "validate-timestamp"), Some("1692672585907"));
        assert_eq!(header(&prepared, "Content-Type"), Some("application/json"));
    }
}

/// The complete example of the page, which prints neither its secret nor its signature.
#[test]
fn the_documented_text_is_rebuilt() {
    let prepared = Client::builder(WexSpot::new().recv_window(60_000))
        .credentials(Credentials::new("2063495b-85ec-41b3-a810-be84ceb78751", "none is given"))
        .clock(Clock::fixed(Millis::new(1_666_026_215_729)))
        .build()
        .unwrap()
        .send(
            Raw::post("/v4/order")
                .signed()
                .param("symbol", "BTC_USDT")
                .param("side", "BUY")
                .param("type", "LIMIT")
                .param("timeInForce", "GTC")
                .param("bizType", "SPOT")
                .number("price", "3")
                .number("quantity", "2"),
        )
        .prepare()
        .unwrap();
    assert_eq!(
        prepared.string_to_sign.as_deref(),
        Some(
            r#"validate-algorithms=HmacSHA256&validate-appkey=2063495b-85ec-41b3-a810-be84ceb78751&validate-recvwindow=60000&validate-timestamp=1666026215729#POST#/v4/order#{"symbol":"BTC_USDT","side":"BUY","type":"LIMIT","timeInForce":"GTC","bizType":"SPOT","price":3,"quantity":2}"#
        )
    );
}

/// Derived from the documented rules.
#[test]
fn empty_parts_vanish_with_their_separator() {
    let client = client();
    let neither = client.send(Raw::post("/v4/ws-token").signed()).prepare().unwrap();
    assert_eq!((signed(&neither), neither.body.as_deref()), ("#POST#/v4/ws-token", None));
    let get = Raw::get("/v4/batch-order").signed().param("orderIds", "2,1").param("a", "x-_.~");
    let query = client.send(get).prepare().unwrap();
    assert_eq!(query.url, "https://sapi.wexex.io/v4/batch-order?a=x-_.~&orderIds=2,1");
    assert_eq!(signed(&query), "#GET#/v4/batch-order#a=x-_.~&orderIds=2,1");
    let both = client.send(Raw::post("/v4/x").signed().in_query("q", "1").param("b", "2")).prepare().unwrap();
    assert_eq!(signed(&both), r#"#POST#/v4/x#q=1#{"b":"2"}"#);
    let form = Raw::post("/v4/order").signed().form().param("symbol", "btc_usdt").param("price", "0.1");
    let form = client.send(form).prepare().unwrap();
    assert_eq!(signed(&form), "#POST#/v4/order#price=0.1&symbol=btc_usdt");
    assert_eq!(form.body.as_deref(), Some("price=0.1&symbol=btc_usdt"));
    assert_eq!(header(&form, "Content-Type"), Some("application/x-www-form-urlencoded"));
}

/// Derived from the documented rules; the signatures were computed by another implementation.
#[test]
fn the_algorithm_is_named_and_signed() {
    for (algorithm, name, signature) in
        [(Algorithm::Sha384, "HmacSHA384", SHA384), (Algorithm::Sha512, "HmacSHA512", SHA512)]
    {
        let client = client_of(WexSpot::new().algorithm(algorithm));
        let prepared = client.send(Raw::get("/v4/balances").signed()).prepare().unwrap();
        assert_eq!(header(&prepared, "validate-algorithms"), Some(name));
        assert_eq!(header(&prepared, "validate-signature"), Some(signature));
    }
}

const SHA384: &str =
    "8f3adfebb54e8e8a2ca95fd448312c7e690ed5f39e3fee9fba6cdbb2f81d812be7f4d1ad756ab3a13d09babe6105ed04";
const SHA512: &str = "a4353bc73b0e784f99608d1c544202daa311ab6b24e0e440e1d9e79f592d58bdd49d47417778f3cbc15846498f9d08c2e9d0937aaee180145ca5fe37ab5cad25";

#[test]
fn public_requests_carry_no_more_than_they_need() {
    let typed = ("Content-Type".to_owned(), "application/json".to_owned());
    let time = client().send(GetServerTime::new()).prepare().unwrap();
    assert_eq!(time.url, "https://sapi.wexex.io/v4/public/time");
    assert_eq!((time.headers, time.body, time.string_to_sign), (vec![typed.clone()], None, None));
    let symbols = vec![Symbol::from("btc_usdt"), Symbol::from("eth_usdt")];
    let request = GetSymbols::new().symbols(symbols).version("2e14d2cd5czcb2c2af2c1db6");
    let symbols = client().send(request).prepare().unwrap();
    assert_eq!(
        symbols.url,
        "https://sapi.wexex.io/v4/public/symbol?symbols=btc_usdt,eth_usdt&version=2e14d2cd5czcb2c2af2c1db6"
    );
    assert_eq!((symbols.headers, symbols.body, symbols.string_to_sign), (vec![typed], None, None));
}

#[test]
fn what_needs_an_undocumented_encoding_is_refused_before_the_wire() {
    let client = client();
    let refused = [
        Raw::get("/v4/x").signed().param("a", "b c"),
        Raw::get("/v4/x").signed().param("a", "b&c"),
        Raw::get("/v4/x").signed().param("a", "é"),
        Raw::get("/v4/x").param("a b", "c"),
        Raw::post("/v4/x").signed().form().param("a", "b/c"),
        Raw::get("/v4/order/{orderId}").signed().param("orderId", "a/b"),
        Raw::get("/v4/order/{orderId}").signed().param("orderId", "1,2"),
        Raw::delete("/v4/order/{orderId}").signed().param("orderId", ".."),
        Raw::delete("/v4/order/{orderId}").signed().param("orderId", ""),
    ];
    for request in refused {
        let error = client.send(request).prepare().unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::InvalidRequest, Outcome::NotSent), "{error}");
    }
    assert!(client.send(GetSymbols::new().symbol("btc usdt")).prepare().is_err());
    // A body is signed as it is sent, whatever is in it.
    assert!(client.send(Raw::post("/v4/x").signed().param("a", "b c\u{e9}")).prepare().is_ok());
}

#[test]
fn a_network_whose_name_has_a_space_can_be_withdrawn_to_but_not_asked_for() {
    let error = client().send(GetDepositAddress::new("BNB Smart Chain", "usdt")).prepare().unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::InvalidRequest, Outcome::NotSent));
    assert!(error.message().starts_with("chain "), "{error}");
    let withdraw = Withdraw::new("usdt", "BNB Smart Chain", decimal::<Amount>("1"), "0xfa3abfa5");
    assert!(client().send(withdraw).prepare().is_ok());
}

#[test]
fn a_window_among_the_parameters_goes_into_its_header() {
    let client = client();
    let windowed = |prepared: Prepared| {
        let text = prepared.string_to_sign.clone().unwrap();
        let window = header(&prepared, "validate-recvwindow").unwrap().to_owned();
        assert!(text.contains(&format!("&validate-recvwindow={window}&")), "{text}");
        (window, prepared.url, prepared.body, text.split_once('#').unwrap().1.to_owned())
    };
    let query = QueryOrder::new(OrderRef::Id("5".into()));
    assert_eq!(
        windowed(client.send(query.clone()).extra("recvWindow", "7000").extra("a", "b").prepare().unwrap()),
        (
            "7000".to_owned(),
            "https://sapi.wexex.io/v4/order?a=b&orderId=5".to_owned(),
            None,
            "GET#/v4/order#a=b&orderId=5".to_owned()
        )
    );
    let cancel = CancelOrder::new("5");
    assert_eq!(
        windowed(client.send(cancel).extra_number("recvWindow", "300").prepare().unwrap()),
        (
            "300".to_owned(),
            "https://sapi.wexex.io/v4/order/5".to_owned(),
            None,
            "DELETE#/v4/order/5".to_owned()
        )
    );
    let update = UpdateOrder::new("5", decimal::<Price>("1.0"), decimal::<Qty>("2"));
    let (window, url, body, text) =
        windowed(client.send(update).extra_number("recvWindow", "1").extra("a", "b").prepare().unwrap());
    assert_eq!((window.as_str(), url.as_str()), ("1", "https://sapi.wexex.io/v4/order/5"));
    assert_eq!(body.as_deref(), Some(r#"{"price":1.0,"quantity":2,"a":"b"}"#));
    assert_eq!(text, r#"PUT#/v4/order/5#{"price":1.0,"quantity":2,"a":"b"}"#);
    let token = client.send(GetWsToken::new()).extra("recvWindow", "60000").prepare().unwrap();
    assert_eq!(token.body, None);
    let raw = Raw::post("/v4/x").signed().form().param("recvWindow", "9").param("b", "1");
    assert_eq!(client.send(raw).prepare().unwrap().body.as_deref(), Some("b=1"));

    for window in ["", "soon", "-1", "5.5", "4294967296"] {
        let error = client.send(query.clone()).extra("recvWindow", window).prepare().unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::InvalidRequest, Outcome::NotSent));
        assert!(error.message().contains("whole number of milliseconds"), "{error}");
    }
    let twice = client.send(query).extra("recvWindow", "1").extra("recvWindow", "2").prepare();
    assert!(twice.unwrap_err().message().contains("twice"));
    let public = client.send(GetServerTime::new()).extra("recvWindow", "1").prepare();
    assert!(public.unwrap_err().message().contains("signed requests"));
}

#[test]
fn the_clock_is_read_from_the_body() {
    let call = WexSpot::new().clock().unwrap();
    let read = call.read.unwrap();
    let text = r#"{"rc":0,"mc":"SUCCESS","ma":[],"result":{"serverTime":1662435658062}}"#;
    assert_eq!(read(text), Some(Millis::new(1_662_435_658_062)));
    assert_eq!(read("{}"), None);
}

#[test]
fn an_erased_client_prepares_the_same() {
    let client = client();
    assert_eq!(client.erased().prepare(&order(), &[], &[]).unwrap(), client.send(order()).prepare().unwrap());
}

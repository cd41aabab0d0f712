//! What goes over the wire, and what is signed of it.

use venue_core::{AnyClient, Venue};

use super::*;

fn header<'a>(prepared: &'a Prepared, name: &str) -> Option<&'a str> {
    prepared.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

const DOCUMENTED_TEXT: &str = "amount=0.01&customID=11111&isSetSl=true&isSetSp=true&leverage=10&price=2660&\
                               side=1&slPrice=2450&spPrice=2770&symbol=btc_usdt&timestamp=1724916869475&\
                               triggerType=2&type=1";
const DOCUMENTED_SIGNATURE: &str = "4647d5f5f877b4a83d1d93db7525c976f0f051440d06f76409b53616ac3a780c";

#[test]
fn the_documented_order_is_signed_as_documented() {
    let prepared = prepare(documented_order());
    assert_eq!(prepared.method, "POST");
    assert_eq!(prepared.url, "https://fapi.hibt0.com/open-api/v2/order/open");
    assert_eq!(
        prepared.body.as_deref(),
        Some(
            r#"{"symbol":"btc_usdt","type":1,"side":1,"amount":"0.01","leverage":10,"customID":"11111","price":"2660","triggerType":2,"spPrice":"2770","slPrice":"2450","isSetSp":true,"isSetSl":true,"timestamp":1724916869475}"#
        )
    );
    assert_eq!(prepared.string_to_sign.as_deref(), Some(DOCUMENTED_TEXT));
    assert_eq!(header(&prepared, "X-ACCESS-KEY"), Some("hibt-test-key"));
    assert_eq!(header(&prepared, "X-SIGNATURE"), Some(DOCUMENTED_SIGNATURE));
    assert_eq!(header(&prepared, "X-TIMESTAMP"), Some("1724916869475"));
    assert_eq!(header(&prepared, "Content-Type"), Some("application/json"));
    assert_eq!(prepared.headers.len(), 4);
}

#[test]
fn a_raw_request_is_signed_by_the_same_rule() {
    let pairs = DOCUMENTED_TEXT.split('&').map(|pair| pair.split_once('=').unwrap());
    let order = pairs.clone().filter(|(name, _)| *name != "timestamp").fold(
        Raw::<Hibt>::post("/v2/order/test").signed(),
        |raw, (name, value)| match name {
            "type" | "side" | "leverage" | "triggerType" => raw.number(name, value),
            _ => raw.param(name, value),
        },
    );
    let prepared = prepare(order);
    assert_eq!(prepared.string_to_sign.as_deref(), Some(DOCUMENTED_TEXT));
    assert_eq!(header(&prepared, "X-SIGNATURE"), Some(DOCUMENTED_SIGNATURE));

    let balance = prepare(Raw::<Hibt>::get("/v2/account/balance").signed());
    assert_eq!(balance.url, "https://fapi.hibt0.com/open-api/v2/account/balance?timestamp=1724916869475");
    assert_eq!(balance.string_to_sign.as_deref(), Some("timestamp=1724916869475"));
    assert_eq!(
        header(&balance, "X-SIGNATURE"),
        Some("a12b233c152ac45beba93f1583547cf4c4f727fb866c8f99f914dcb4c8364776")
    );
    assert_eq!((balance.body.as_deref(), header(&balance, "Content-Type")), (None, None));
}

#[test]
fn a_login_signs_the_timestamp_alone() {
    let credentials = Credentials::new("hibt-test-key", "hibt-test-secret");
    let login = Hibt::new().login(&credentials, Millis::new(NOW)).unwrap().unwrap();
    assert_eq!(login.string_to_sign, "1724916869475");
    assert_eq!(
        login.frame,
        r#"{"event":"auth","accessKey":"hibt-test-key","timestamp":"1724916869475","signature":"f90c201e3018c16edbac391da5a0069a13c070ee3485ee6a22d802265c6ab45a"}"#
    );
}

#[test]
fn a_list_is_signed_as_the_text_that_the_body_holds() {
    // The values of the venue's own sample.
    let order = |symbol, amount, leverage, id| {
        OpenOrder::market(symbol, Side::Buy, qty(amount), leverage).custom_id(id)
    };
    let prepared = prepare(BatchOpenOrders::new(vec![
        order("eth_usdt", "1", 20u32, "123223"),
        order("btc_usdt", "0.01", 100u32, "321322"),
    ]));
    let items = r#"[{"amount":"1","customID":"123223","leverage":20,"side":1,"symbol":"eth_usdt","type":2},{"amount":"0.01","customID":"321322","leverage":100,"side":1,"symbol":"btc_usdt","type":2}]"#;
    assert_eq!(prepared.url, "https://fapi.hibt0.com/open-api/v2/order/batchOpen");
    assert_eq!(prepared.body, Some(format!(r#"{{"items":{items},"timestamp":1724916869475}}"#)));
    assert_eq!(prepared.string_to_sign, Some(format!("items={items}&timestamp=1724916869475")));
    assert_eq!(
        header(&prepared, "X-SIGNATURE"),
        Some("3497f4fdfbbde7d958481477c095e3947ee7c30d9f44b264d3798b11703948bb")
    );

    let prepared = prepare(BatchCancelOrders::new("btc_usdt", vec![OrderId::from("1"), OrderId::from("2")]));
    assert_eq!(
        prepared.string_to_sign.as_deref(),
        Some(r#"listOrderID=["1","2"]&symbol=btc_usdt&timestamp=1724916869475"#)
    );
    assert_eq!(
        header(&prepared, "X-SIGNATURE"),
        Some("d5540f125b3c39fbf6f0df927ac79c1730957cf06112f1c5f414c1d1dc3b8dd9")
    );
}

/// A request's name, and what goes out: the target or path, the body, the signed text.
type Sent = (&'static str, Prepared, &'static str, Option<&'static str>, &'static str);

fn public<E: Endpoint<Venue = Hibt>>(request: E, target: &'static str) -> Sent {
    (E::NAME, prepare(request), target, None, "")
}

/// A signed `GET`: the query without its timestamp, and the signed text.
fn read<E: Endpoint<Venue = Hibt>>(request: E, target: &'static str, text: &'static str) -> Sent {
    (E::NAME, prepare(request), target, None, text)
}

/// A signed `POST`: the body without its timestamp and closing brace, and the signed text.
fn write<E: Endpoint<Venue = Hibt>>(
    request: E,
    path: &'static str,
    body: &'static str,
    text: &'static str,
) -> Sent {
    (E::NAME, prepare(request), path, Some(body), text)
}

fn public_reads() -> Vec<Sent> {
    let time = Millis::new;
    vec![
        public(GetServerTime::new(), "/v2/server/time"),
        public(GetSymbols::new(), "/v2/market/symbols"),
        public(GetTickers::new(), "/v2/market/tickers"),
        public(GetTickers::new().symbol("gold"), "/v2/market/tickers?symbol=gold"),
        public(
            GetCandles::new("btc_usdt", CandlePeriod::H4)
                .start(time(1_724_900_000_000))
                .end(time(1_724_910_000_000))
                .count(500u32),
            "/v2/market/candle?symbol=btc_usdt&period=H4&start=1724900000000&end=1724910000000&count=500",
        ),
        public(GetTickerPrices::new().symbol("btc_usdt"), "/v2/market/ticker/price?symbol=btc_usdt"),
        public(GetDepth::new("btc_usdt"), "/v2/market/depth?symbol=btc_usdt"),
        public(GetDepth::new("btc_usdt").limit(20u32), "/v2/market/depth?symbol=btc_usdt&limit=20"),
        public(GetDeals::new("btc_usdt"), "/v2/market/deals?symbol=btc_usdt"),
        public(GetMarkPrices::new().symbol("btc_usdt"), "/v2/market/index?symbol=btc_usdt"),
        public(
            GetFundingRates::new("btc_usdt").start_time(time(1)).end_time(time(2)).limit(1000u32),
            "/v2/market/fundingRate?symbol=btc_usdt&startTime=1&endTime=2&limit=1000",
        ),
        public(GetRiskLimits::new("btc_usdt"), "/v2/market/riskLimit?symbol=btc_usdt"),
        public(GetContracts::new().symbol("btc_usdt"), "/v2/market/contracts?symbol=btc_usdt"),
        public(GetContractSpecifications::new(), "/v2/market/contractSpecifications"),
        public(
            GetOrderBook::new().depth(100u32).symbol("btc_usdt"),
            "/v2/market/orderBook?depth=100&symbol=btc_usdt",
        ),
    ]
}

fn signed_reads() -> Vec<Sent> {
    let time = Millis::new;
    vec![
        read(GetUnfinishedOrders::new(), "/v2/order/unFinish?", "timestamp=1724916869475"),
        read(
            GetUnfinishedOrders::new().symbol("btc_usdt").order(PositionId::from("7")),
            "/v2/order/unFinish?symbol=btc_usdt&positionID=7&",
            "positionID=7&symbol=btc_usdt&timestamp=1724916869475",
        ),
        read(
            GetFinishedOrder::new("btc_usdt", ClientOrderId::from("11111")),
            "/v2/order/finishedInfo?symbol=btc_usdt&customID=11111&",
            "customID=11111&symbol=btc_usdt&timestamp=1724916869475",
        ),
        read(
            GetFinishedOrders::new()
                .symbol("btc_usdt")
                .start_time(time(1))
                .end_time(time(2))
                .page_index(3u32)
                .page_size(50u32),
            "/v2/order/finished?symbol=btc_usdt&startTime=1&endTime=2&pageIndex=3&pageSize=50&",
            "endTime=2&pageIndex=3&pageSize=50&startTime=1&symbol=btc_usdt&timestamp=1724916869475",
        ),
        read(
            GetUnfinishedConditionalOrders::new().symbol("btc_usdt"),
            "/v2/entrust/unFinish?symbol=btc_usdt&",
            "symbol=btc_usdt&timestamp=1724916869475",
        ),
        read(
            GetFinishedConditionalOrders::new().symbol("btc_usdt").page_index(2u32).page_size(10u32),
            "/v2/entrust/finished?symbol=btc_usdt&pageIndex=2&pageSize=10&",
            "pageIndex=2&pageSize=10&symbol=btc_usdt&timestamp=1724916869475",
        ),
        read(GetBalance::new(), "/v2/account/balance?", "timestamp=1724916869475"),
        read(
            GetPositions::new().symbol("btc_usdt").position_id("7"),
            "/v2/account/position?symbol=btc_usdt&positionID=7&",
            "positionID=7&symbol=btc_usdt&timestamp=1724916869475",
        ),
        read(
            GetAccountOrders::new("btc_usdt")
                .start_time(Secs::new(1_724_900_000))
                .end_time(Secs::new(1_724_910_000))
                .limit(1000u32),
            "/v2/account/order?symbol=btc_usdt&startTime=1724900000&endTime=1724910000&limit=1000&",
            "endTime=1724910000&limit=1000&startTime=1724900000&symbol=btc_usdt&timestamp=1724916869475",
        ),
        read(
            GetBalanceRecords::new()
                .symbol("btc_usdt")
                .start_time(time(1))
                .end_time(time(2))
                .event(BalanceEvent::FundingFee)
                .limit(1u32),
            "/v2/account/balanceRecord?symbol=btc_usdt&startTime=1&endTime=2&event=9&limit=1&",
            "endTime=2&event=9&limit=1&startTime=1&symbol=btc_usdt&timestamp=1724916869475",
        ),
        read(
            GetForcedOrders::new()
                .symbol("btc_usdt")
                .start_time(time(1))
                .end_time(time(2))
                .action(ForcedAction::Adl)
                .limit(1000u32),
            "/v2/account/orderForced?symbol=btc_usdt&startTime=1&endTime=2&action=6&limit=1000&",
            "action=6&endTime=2&limit=1000&startTime=1&symbol=btc_usdt&timestamp=1724916869475",
        ),
    ]
}

fn writes() -> Vec<Sent> {
    vec![
        write(
            OpenOrder::market("btc_usdt", Side::Sell, qty("0.010"), 5u32),
            "/v2/order/open",
            r#"{"symbol":"btc_usdt","type":2,"side":2,"amount":"0.010","leverage":5"#,
            "amount=0.010&leverage=5&side=2&symbol=btc_usdt&timestamp=1724916869475&type=2",
        ),
        write(
            BatchOpenOrders::new(vec![OpenOrder::market("gold", Side::Buy, qty("1"), 5u32).custom_id("a")]),
            "/v2/order/batchOpen",
            r#"{"items":[{"amount":"1","customID":"a","leverage":5,"side":1,"symbol":"gold","type":2}]"#,
            r#"items=[{"amount":"1","customID":"a","leverage":5,"side":1,"symbol":"gold","type":2}]&timestamp=1724916869475"#,
        ),
        write(
            CancelOrder::new("btc_usdt", OrderId::from("24081233332184101100143203708")),
            "/v2/order/cancel",
            r#"{"symbol":"btc_usdt","orderID":"24081233332184101100143203708""#,
            "orderID=24081233332184101100143203708&symbol=btc_usdt&timestamp=1724916869475",
        ),
        write(
            CancelOrder::new("btc_usdt", ClientOrderId::from("11111")),
            "/v2/order/cancel",
            r#"{"symbol":"btc_usdt","customID":"11111""#,
            "customID=11111&symbol=btc_usdt&timestamp=1724916869475",
        ),
        write(
            CancelPositionOrders::new("btc_usdt", "7"),
            "/v2/order/cancel",
            r#"{"symbol":"btc_usdt","positionID":"7""#,
            "positionID=7&symbol=btc_usdt&timestamp=1724916869475",
        ),
        write(
            BatchCancelOrders::new("btc_usdt", vec![ClientOrderId::from("11111")]),
            "/v2/order/batchCancel",
            r#"{"symbol":"btc_usdt","listCustomID":["11111"]"#,
            r#"listCustomID=["11111"]&symbol=btc_usdt&timestamp=1724916869475"#,
        ),
        write(
            BatchCancelPositionOrders::new("btc_usdt", vec![PositionId::from("7")]),
            "/v2/order/batchCancel",
            r#"{"symbol":"btc_usdt","listPositionID":["7"]"#,
            r#"listPositionID=["7"]&symbol=btc_usdt&timestamp=1724916869475"#,
        ),
        write(
            CancelAllOrders::new("btc_usdt"),
            "/v2/order/batchCancel",
            r#"{"symbol":"btc_usdt""#,
            "symbol=btc_usdt&timestamp=1724916869475",
        ),
        write(
            ClosePosition::limit("7", qty("0.5"), price("2660.10")),
            "/v2/order/close",
            r#"{"positionID":"7","type":1,"amount":"0.5","price":"2660.10""#,
            "amount=0.5&positionID=7&price=2660.10&timestamp=1724916869475&type=1",
        ),
        write(
            ClosePosition::market("7", qty("0.5")),
            "/v2/order/close",
            r#"{"positionID":"7","type":2,"amount":"0.5""#,
            "amount=0.5&positionID=7&timestamp=1724916869475&type=2",
        ),
        write(
            CloseAllPositions::new("btc_usdt"),
            "/v2/order/closeAll",
            r#"{"symbol":"btc_usdt""#,
            "symbol=btc_usdt&timestamp=1724916869475",
        ),
        write(
            AddConditionalOrder::new(
                "btc_usdt",
                Side::Buy,
                TriggerType::Last,
                price("58000"),
                qty("0.01"),
                10u32,
            )
            .custom_id("22222")
            .price(price("57990"))
            .take_profit(price("62000"), TriggerType::Index)
            .stop_loss(price("56500"), TriggerType::Index),
            "/v2/entrust/add",
            r#"{"symbol":"btc_usdt","side":1,"triggerType":1,"triggerPrice":"58000","amount":"0.01","leverage":10,"customID":"22222","price":"57990","spSlTriggerType":2,"spPrice":"62000","slPrice":"56500","IsSetSp":true,"IsSetSl":true"#,
            "IsSetSl=true&IsSetSp=true&amount=0.01&customID=22222&leverage=10&price=57990&side=1&slPrice=56500\
             &spPrice=62000&spSlTriggerType=2&symbol=btc_usdt&timestamp=1724916869475&triggerPrice=58000\
             &triggerType=1",
        ),
        write(
            CancelConditionalOrder::new("btc_usdt", EntrustId::from("8")),
            "/v2/entrust/cancel",
            r#"{"symbol":"btc_usdt","entrustID":"8""#,
            "entrustID=8&symbol=btc_usdt&timestamp=1724916869475",
        ),
        write(
            CancelConditionalOrder::new("btc_usdt", ClientOrderId::from("22222")),
            "/v2/entrust/cancel",
            r#"{"symbol":"btc_usdt","customID":"22222""#,
            "customID=22222&symbol=btc_usdt&timestamp=1724916869475",
        ),
        write(
            SetLeverage::new("btc_usdt", 10u32),
            "/v2/account/setLeverage",
            r#"{"symbol":"btc_usdt","leverage":10"#,
            "leverage=10&symbol=btc_usdt&timestamp=1724916869475",
        ),
    ]
}

#[test]
fn every_request_goes_out_as_documented() {
    const HOST: &str = "https://fapi.hibt0.com/open-api";
    let mut names = std::collections::BTreeSet::new();
    for (name, prepared, target, _, _) in public_reads() {
        names.insert(name);
        assert_eq!((prepared.method.as_str(), prepared.url), ("GET", format!("{HOST}{target}")));
        assert_eq!((prepared.headers, prepared.body, prepared.string_to_sign), (vec![], None, None));
    }
    for (name, prepared, target, _, text) in signed_reads() {
        names.insert(name);
        assert_eq!(prepared.method, "GET");
        assert_eq!(prepared.url, format!("{HOST}{target}timestamp=1724916869475"));
        assert_eq!((prepared.body.as_deref(), prepared.string_to_sign.as_deref()), (None, Some(text)));
        assert_eq!((prepared.headers.len(), header(&prepared, "Content-Type")), (3, None));
    }
    for (name, prepared, path, body, text) in writes() {
        names.insert(name);
        assert_eq!((prepared.method.as_str(), prepared.url.as_str()), ("POST", &*format!("{HOST}{path}")));
        assert_eq!(prepared.body, body.map(|body| format!(r#"{body},"timestamp":1724916869475}}"#)));
        assert_eq!(prepared.string_to_sign.as_deref(), Some(text));
        assert_eq!(header(&prepared, "Content-Type"), Some("application/json"));
    }
    let all: std::collections::BTreeSet<_> = ENDPOINTS.iter().map(|operation| operation.name).collect();
    assert_eq!(names, all);
}

#[test]
fn what_is_signed_is_not_encoded_and_what_is_sent_is() {
    let prepared = prepare(GetAccountOrders::new("a b&c"));
    assert!(prepared.url.ends_with("?symbol=a%20b%26c&timestamp=1724916869475"), "{}", prepared.url);
    assert_eq!(prepared.string_to_sign.as_deref(), Some("symbol=a b&c&timestamp=1724916869475"));
    let extra = client()
        .send(CloseAllPositions::new("btc_usdt"))
        .extra("Zeta", "ü\"")
        .extra_number("alpha", "1.50")
        .prepare()
        .unwrap();
    // Upper case sorts before lower case.
    assert_eq!(
        extra.string_to_sign.as_deref(),
        Some("Zeta=ü\"&alpha=1.50&symbol=btc_usdt&timestamp=1724916869475")
    );
    assert_eq!(
        extra.body.as_deref(),
        Some(r#"{"symbol":"btc_usdt","Zeta":"ü\"","alpha":1.50,"timestamp":1724916869475}"#)
    );
}

#[test]
fn an_erased_client_prepares_the_same() {
    let typed = client();
    let any: &AnyClient = typed.erased();
    let request = documented_order();
    assert_eq!(any.prepare(&request, &[], &[]).unwrap(), typed.send(request).prepare().unwrap());
}

#[test]
fn a_form_is_refused_rather_than_guessed() {
    let form = Raw::<Hibt>::post("/v2/order/test").form().signed().param("a", "1");
    assert_eq!(refusal(form), "this venue takes no forms, only JSON");
}

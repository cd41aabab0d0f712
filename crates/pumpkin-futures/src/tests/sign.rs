//! What goes over the wire: signature vectors, and every request once.

use super::*;

// Computed by the documentation's own sample code from its placeholder secrets; the one signature that it
// prints belongs to a secret that it doesn't.
type Vector =
    (&'static str, &'static str, &'static [(&'static str, &'static str)], &'static str, &'static str);

const VECTORS: &[Vector] = &[
    (
        "/v2/public/q/ticker",
        "YOUR_API_SECRET",
        &[("symbol", "btc_usdt"), ("timeRangeType", "D")],
        "symbol=btc_usdt&timeRangeType=D",
        "9a13a8eedc58fff9d055fcb5b0cca918abe2d9898e829a19a71fe11a2f46e956",
    ),
    (
        "/v2/public/leverage/bracket/list",
        "YOUR_API_SECRET",
        &[],
        "",
        "be83b77cd6ea6643f766cd86664a786b64b65fd9d6e81821bae78525efb412b6",
    ),
    ("/v2/balance/list", "YOUR_SECRET_KEY", &[], "", NOTHING),
    (
        "/common/v2/perpetual/contracts",
        "YOUR_API_SECRET",
        &[("timestamp", "1672531200000")],
        "timestamp=1672531200000",
        "c9ddaa198edd306a99318eedea7910125e8f1d39358b63817b5c101f3867d8a9",
    ),
    (
        "/v2/order/list",
        "YOUR_SECRET_KEY",
        &[("symbol", "btc_usdt"), ("state", "UNFINISHED"), ("page", "1"), ("size", "10")],
        "page=1&size=10&state=UNFINISHED&symbol=btc_usdt",
        "3cd5d11dca4ea19be63d48d2e36d31cb63a8a645783e81ba29865fa7530aa238",
    ),
    (
        "/v2/order/cancel-batch",
        "YOUR_SECRET_KEY",
        &[("orders", r#"["1234567890", "1234567891"]"#)],
        "orders=%5B%221234567890%22%2C+%221234567891%22%5D",
        "ad4751359b9645e2afda2150c7771d2443ff1b997cbaa4a245e6c854c5ffadd0",
    ),
    (
        "/v2/order/cancel-batch",
        "YOUR_SECRET_KEY",
        &[("orders", r#"["1234567890","1234567891"]"#)],
        "orders=%5B%221234567890%22%2C%221234567891%22%5D",
        "60c1975bd1bcb9818d0c12c3191a758c0c048662cbb14a24224ceaf94f54b238",
    ),
    (
        "/v2/order/all/listUnfinished",
        "YOUR_SECRET_KEY",
        &[("list", "btc_usdt,eth_usdt")],
        "list=btc_usdt%2Ceth_usdt",
        "6cb3b624a0bfa1374b11a6d9278e5ad4313a66274372b6c6dde3a892ff24576e",
    ),
    (
        "/v2/order/list-by-ids",
        "YOUR_SECRET_KEY",
        &[("ids", "587077935051136448,587077935051136449")],
        "ids=587077935051136448%2C587077935051136449",
        "6b6dd95d182fc5678d6c48edc73e04f4b8fc957930a60b4c81b3640f5dcecd15",
    ),
    (
        "/v2/position/adjust-leverage",
        "YOUR_SECRET_KEY",
        &[("symbol", "btc_usdt"), ("leverage", "20")],
        "leverage=20&symbol=btc_usdt",
        "3a11d97747f7efe84aca53814e93f2320d100fd4b1e2201eedb4b1eb9ca35a1e",
    ),
    (
        "/v2/position/margin",
        "YOUR_SECRET_KEY",
        &[
            ("symbol", "btc_usdt"),
            ("margin", "100.00"),
            ("positionSide", "LONG"),
            ("positionId", "1234567890"),
            ("type", "ADD"),
        ],
        "margin=100.00&positionId=1234567890&positionSide=LONG&symbol=btc_usdt&type=ADD",
        "6a91ac275d69b199f34f2cc13ff4a11ddfd438b383a78db573b421fbca8459a3",
    ),
    (
        "/v2/balance/bills",
        "YOUR_SECRET_KEY",
        &[
            ("symbol", "btc_usdt"),
            ("coin", "USDT"),
            ("startTime", "1672444800000"),
            ("endTime", "1672531200000"),
            ("limit", "10"),
        ],
        "coin=USDT&endTime=1672531200000&limit=10&startTime=1672444800000&symbol=btc_usdt",
        "cb0c48259538110f2d49a30f72c2a2711c765f30943537b3f9e6a9c22c243e14",
    ),
    (
        "/v2/channel/rebateDetail",
        "your_api_query_secretKey",
        &[("symbolId", "2"), ("rebateStartDate", "1769919603517"), ("rebateEndDate", "1772511603517")],
        "rebateEndDate=1772511603517&rebateStartDate=1769919603517&symbolId=2",
        "45e1564005292ba8d5ed11cc0dde5eac668e5f77f3263d84289b7b13e1728f78",
    ),
];

#[test]
fn what_the_documented_code_signs_is_what_is_signed() {
    for (path, secret, params, text, expected) in VECTORS {
        let client = client_of(Pumpkin::new(), secret);
        let add = |raw: Raw<Pumpkin>| {
            params.iter().fold(raw.signed(), |raw, (name, value)| raw.param(*name, *value))
        };
        let get = client.send(add(Raw::get(*path))).prepare().unwrap();
        let post = client.send(add(Raw::post(*path))).prepare().unwrap();
        let query = if text.is_empty() { String::new() } else { format!("?{text}") };
        assert_eq!((get.url.as_str(), get.body.as_deref()), (format!("{BASE}{path}{query}").as_str(), None));
        assert_eq!(post.url, format!("{BASE}{path}"));
        assert_eq!(post.body.as_deref().unwrap_or_default(), *text);
        for prepared in [get, post] {
            assert_eq!((signature(&prepared), prepared.string_to_sign.as_deref()), (*expected, Some(*text)));
        }
    }
}

/// A request, its verb and path, and the text that is signed and sent.
type Sent = (Box<dyn AnyRequest>, &'static str, &'static str);

fn sent(request: impl Endpoint<Venue = Pumpkin>, route: &'static str, text: &'static str) -> Sent {
    (Box::new(request), route, text)
}

fn check(requests: &[Sent]) -> Vec<&'static str> {
    for (request, route, text) in requests {
        let (verb, path) = route.split_once(' ').unwrap();
        let prepared = snapshot(&**request);
        let (query, body) = match (verb, *text) {
            (_, "") => (String::new(), None),
            ("GET", text) => (format!("?{text}"), None),
            (_, text) => (String::new(), Some(text)),
        };
        assert_eq!((prepared.method.as_str(), prepared.body.as_deref()), (verb, body), "{}", request.name());
        assert_eq!(prepared.url, format!("{BASE}{path}{query}"));
        assert_eq!(prepared.string_to_sign.as_deref(), Some(*text));
        let names: Vec<_> = prepared.headers.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names.len(), 3, "{names:?}");
        assert_eq!(header(&prepared, "X_ACCESS_KEY"), Some("YOUR_ACCESS_KEY"));
        assert_eq!(header(&prepared, "Content-Type"), Some("application/x-www-form-urlencoded"));
        assert_eq!(signature(&prepared).len(), 64);
        assert_eq!(signature(&prepared) == NOTHING, text.is_empty());
    }
    requests.iter().map(|(request, ..)| request.name()).collect()
}

#[test]
fn every_request_goes_out_as_documented() {
    let mut names = check(&market());
    names.extend(check(&aggregators()));
    names.extend(check(&orders()));
    names.extend(check(&order_lists()));
    names.extend(check(&positions()));
    names.extend(check(&plans()));
    names.extend(check(&profits()));
    names.extend(check(&order_entrusts()));
    names.extend(check(&account()));
    let missing: Vec<_> =
        ENDPOINTS.iter().map(|operation| operation.name).filter(|name| !names.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

const START: Millis = Millis::new(1_672_444_800_000);
const END: Millis = Millis::new(1_672_531_200_000);

fn market() -> Vec<Sent> {
    let (btc, day) = ("btc_usdt", || TimeRangeType::H24);
    vec![
        sent(GetServerTime::new(), "GET /v2/public/time", ""),
        sent(GetSymbols::new(), "GET /v2/public/symbol/list", ""),
        sent(GetSymbols::new().status(SymbolStatus::Trading), "GET /v2/public/symbol/list", "status=TRADING"),
        sent(GetSymbol::new(btc), "GET /v2/public/symbol/detail", "symbol=btc_usdt"),
        sent(GetSymbolNames::new(), "GET /v2/public/symbol/all", ""),
        sent(GetTicker::new(btc, day()), "GET /v2/public/q/ticker", "symbol=btc_usdt&timeRangeType=H24"),
        sent(GetTickers::new(TimeRangeType::UtcP8), "GET /v2/public/q/tickers", "timeRangeType=UTC_P_8"),
        sent(
            GetAggTicker::new(btc, day()),
            "GET /v2/public/q/agg-ticker",
            "symbol=btc_usdt&timeRangeType=H24",
        ),
        sent(
            GetAggTickers::new(TimeRangeType::UtcN12),
            "GET /v2/public/q/agg-tickers",
            "timeRangeType=UTC_N_12",
        ),
        sent(GetDepth::new(btc, 50u32), "GET /v2/public/q/depth", "level=50&symbol=btc_usdt"),
        sent(GetDeals::new(btc), "GET /v2/public/q/deal", "symbol=btc_usdt"),
        sent(GetDeals::new(btc).num(2u32), "GET /v2/public/q/deal", "num=2&symbol=btc_usdt"),
        sent(
            GetKlines::new(btc, KlineInterval::Month1).start_time(START).end_time(END).limit(1000u32),
            "GET /v2/public/q/kline",
            "endTime=1672531200000&interval=1M&limit=1000&startTime=1672444800000&symbol=btc_usdt",
        ),
        sent(GetMarkPrices::new(), "GET /v2/public/q/mark-price", ""),
        sent(GetMarkPrice::new(btc), "GET /v2/public/q/symbol-mark-price", "symbol=btc_usdt"),
        sent(GetIndexPrices::new(), "GET /v2/public/q/index-price", ""),
        sent(GetIndexPrice::new(btc), "GET /v2/public/q/symbol-index-price", "symbol=btc_usdt"),
        sent(GetFundingRate::new(btc), "GET /v2/public/q/funding-rate", "symbol=btc_usdt"),
        sent(
            GetFundingRateRecords::new(btc).id("1234567890").direction(PageDirection::Next).limit(10u32),
            "GET /v2/public/q/funding-rate-record",
            "direction=NEXT&id=1234567890&limit=10&symbol=btc_usdt",
        ),
        sent(GetLeverageBrackets::new(), "GET /v2/public/leverage/bracket/list", ""),
        sent(
            GetSymbolLeverageBrackets::new(btc),
            "GET /v2/public/leverage/bracket/detail",
            "symbol=btc_usdt",
        ),
        sent(
            GetRiskBalance::new(btc).id("1234567890").direction(PageDirection::Prev).limit(1u32),
            "GET /v2/public/contract/risk-balance",
            "direction=PREV&id=1234567890&limit=1&symbol=btc_usdt",
        ),
        sent(GetOpenInterest::new(btc), "GET /v2/public/contract/open-interest", "symbol=btc_usdt"),
    ]
}

fn aggregators() -> Vec<Sent> {
    let day = Millis::new(1_769_126_400_000);
    vec![
        sent(GetDefiContracts::new(day), "GET /common/v2/perpetual/contracts", "timestamp=1769126400000"),
        sent(GetDefiFees::new(day), "GET /common/v2/perpetual/fee", "timestamp=1769126400000"),
        sent(GetCmcContracts::new(), "GET /cmc/v2/perpetual/contracts", ""),
        sent(GetCmcContractSpecs::new("BTC_USDT"), "GET /cmc/v2/perpetual/contract_specs", "symbol=BTC_USDT"),
        sent(GetCmcDepth::new("btc_usdt"), "GET /cmc/v2/perpetual/depth", "symbol=btc_usdt"),
        sent(GetCgContracts::new(), "GET /cg/v2/perpetual/contracts", ""),
        sent(
            GetCgContractSpecs::new("BTC_USDT"),
            "GET /cg/v2/perpetual/contract_specs",
            "ticker_id=BTC_USDT",
        ),
        sent(GetCgDepth::new("BTC_USDT"), "GET /cg/v2/perpetual/depth", "ticker_id=BTC_USDT"),
        sent(
            GetCgDepth::new("BTC_USDT").depth(50u32),
            "GET /cg/v2/perpetual/depth",
            "depth=50&ticker_id=BTC_USDT",
        ),
    ]
}

fn orders() -> Vec<Sent> {
    let closing = limit_order()
        .closing("123456")
        .time_in_force(TimeInForce::Gtc)
        .client_order_id("myOrder123")
        .market_order_level(MarketOrderLevel::One)
        .trigger_profit_price(price("46000.00"))
        .profit_order_type(OrderType::Limit)
        .profit_order_price(price("45900.00"))
        .trigger_stop_price(price("44000.00"))
        .stop_order_type(OrderType::Market)
        .stop_order_price(price("44100.00"));
    let market = CreateOrder::market("btc_usdt", OrderSide::Sell, PositionSide::Both, Contracts::new(3), 5);
    let ids = || [OrderId::from("1234567890"), OrderId::from("1234567891")];
    vec![
        sent(
            limit_order(),
            "POST /v2/order/create",
            "leverage=20&orderSide=BUY&orderType=LIMIT&origQty=1&positionSide=LONG&price=45000.00&symbol=btc_usdt",
        ),
        sent(
            market,
            "POST /v2/order/create",
            "leverage=5&orderSide=SELL&orderType=MARKET&origQty=3&positionSide=BOTH&symbol=btc_usdt",
        ),
        sent(
            closing,
            "POST /v2/order/create",
            "clientOrderId=myOrder123&leverage=20&marketOrderLevel=1&orderSide=BUY&orderType=LIMIT&origQty=1\
             &positionId=123456&positionSide=LONG&price=45000.00&profitOrderPrice=45900.00\
             &profitOrderType=LIMIT&reduceOnly=true&stopOrderPrice=44100.00&stopOrderType=MARKET\
             &symbol=btc_usdt&timeInForce=GTC&triggerProfitPrice=46000.00&triggerStopPrice=44000.00",
        ),
        sent(
            batch(),
            "POST /v2/order/create-batch",
            "list=%5B%7B%22isCreate%22%3Atrue%2C%22symbol%22%3A%22btc_usdt%22%2C%22price%22%3A45000.00%2C\
             %22origQty%22%3A1%2C%22orderType%22%3A%22LIMIT%22%2C%22orderSide%22%3A%22BUY%22%2C\
             %22positionSide%22%3A%22LONG%22%2C%22timeInForce%22%3A%22GTC%22%2C%22positionId%22%3A0%2C\
             %22clientOrderId%22%3A%22myOrder_123456789%22%7D%2C%7B%22isCreate%22%3Afalse%2C\
             %22orderId%22%3A203530723141917063%2C%22symbol%22%3A%22btc_usdt%22%7D%5D",
        ),
        sent(CancelOrder::new("1234567890"), "POST /v2/order/cancel", "orderId=1234567890"),
        sent(
            CancelOrder::new("1234567890").symbol("btc_usdt"),
            "POST /v2/order/cancel",
            "orderId=1234567890&symbol=btc_usdt",
        ),
        // The text of the documented JavaScript; the Python puts a blank behind the comma.
        sent(
            CancelOrderBatch::new(ids()),
            "POST /v2/order/cancel-batch",
            "orders=%5B%221234567890%22%2C%221234567891%22%5D",
        ),
        sent(CancelAllOrders::new(), "POST /v2/order/cancel-all", ""),
        sent(CancelSymbolOrders::new("btc_usdt"), "POST /v2/order/cancel-all", "symbol=btc_usdt"),
    ]
}

fn order_lists() -> Vec<Sent> {
    let listed = ListOrders::new()
        .symbol("btc_usdt")
        .state(OrderState::Unfinished)
        .start_time(START)
        .end_time(END)
        .page(2u32)
        .size(10u32);
    let history = ListOrderHistory::new()
        .symbol("btc_usdt")
        .id("587077935051136448")
        .direction(PageDirection::Next)
        .limit(50u32)
        .start_time(START)
        .end_time(END);
    let trades = ListTrades::new()
        .order_id("587077935051136448")
        .symbol("btc_usdt")
        .start_time(START)
        .end_time(END)
        .page(1u32)
        .size(10u32);
    let ids = [OrderId::from("587077935051136448"), OrderId::from("587077935051136449")];
    let symbols = [Symbol::from("btc_usdt"), Symbol::from("eth_usdt")];
    vec![
        sent(ListOrders::new(), "GET /v2/order/list", ""),
        sent(
            listed,
            "GET /v2/order/list",
            "endTime=1672531200000&page=2&size=10&startTime=1672444800000&state=UNFINISHED&symbol=btc_usdt",
        ),
        sent(
            history,
            "GET /v2/order/list-history",
            "direction=NEXT&endTime=1672531200000&id=587077935051136448&limit=50&startTime=1672444800000\
             &symbol=btc_usdt",
        ),
        sent(GetOrder::new("587077935051136448"), "GET /v2/order/detail", "orderId=587077935051136448"),
        sent(
            trades,
            "GET /v2/order/trade-list",
            "endTime=1672531200000&orderId=587077935051136448&page=1&size=10&startTime=1672444800000\
             &symbol=btc_usdt",
        ),
        sent(
            ListUnfinishedOrders::new("btc_usdt", OrderSide::Buy),
            "GET /v2/order/listUnfinished",
            "direction=BUY&symbol=btc_usdt",
        ),
        sent(
            ListAllUnfinishedOrders::new(symbols),
            "GET /v2/order/all/listUnfinished",
            "list=btc_usdt%2Ceth_usdt",
        ),
        sent(
            ListOrdersByIds::new(ids),
            "POST /v2/order/list-by-ids",
            "ids=587077935051136448%2C587077935051136449",
        ),
    ]
}

fn positions() -> Vec<Sent> {
    let margin = AdjustMargin::new(
        "btc_usdt",
        PositionSide::Long,
        "1234567890",
        "100.00".parse::<Amount>().unwrap(),
        MarginAdjustType::Add,
    );
    vec![
        sent(ListPositions::new(), "GET /v2/position/list", ""),
        sent(ListPositions::new().symbol("btc_usdt"), "GET /v2/position/list", "symbol=btc_usdt"),
        sent(
            AdjustLeverage::new("btc_usdt", 20u32),
            "POST /v2/position/adjust-leverage",
            "leverage=20&symbol=btc_usdt",
        ),
        sent(
            margin,
            "POST /v2/position/margin",
            "margin=100.00&positionId=1234567890&positionSide=LONG&symbol=btc_usdt&type=ADD",
        ),
        sent(CloseAllPositions::new(), "POST /v2/position/close-all", ""),
        sent(CloseSymbolPositions::new("btc_usdt"), "POST /v2/position/close-all", "symbol=btc_usdt"),
        sent(
            ChangePositionType::new("btc_usdt", PositionType::Crossed, PositionModel::Aggregation),
            "POST /v2/position/change-type",
            "positionModel=AGGREGATION&positionType=CROSSED&symbol=btc_usdt",
        ),
    ]
}

fn plans() -> Vec<Sent> {
    let (one, stop) = (Contracts::new(1), price("44500.00"));
    let limit = CreatePlanEntrust::limit(
        "btc_usdt",
        OrderSide::Buy,
        PositionSide::Long,
        one,
        price("45000.00"),
        stop,
    )
    .trigger_price_type(TriggerPriceType::MarkPrice)
    .expire_time(Millis::new(1_769_759_999_000));
    let market = CreatePlanEntrust::market("btc_usdt", OrderSide::Sell, PositionSide::Long, one, stop)
        .entrust_type(EntrustType::TakeProfitMarket)
        .time_in_force(TimeInForce::Fok)
        .market_order_level(MarketOrderLevel::Two)
        .position_id("1234567890");
    let listed = ListPlanEntrusts::new()
        .symbol("btc_usdt")
        .state(EntrustState::NotTriggered)
        .id("1234567890")
        .limit(10u32)
        .direction(PageDirection::Next);
    let history = ListPlanEntrustHistory::new()
        .symbol("btc_usdt")
        .id("1234567890")
        .direction(PageDirection::Prev)
        .limit(10u32)
        .start_time(START)
        .end_time(END);
    vec![
        sent(
            limit,
            "POST /v2/entrust/create-plan",
            "entrustType=STOP&expireTime=1769759999000&orderSide=BUY&origQty=1&positionSide=LONG&price=45000.00\
             &stopPrice=44500.00&symbol=btc_usdt&timeInForce=GTC&triggerPriceType=MARK_PRICE",
        ),
        sent(
            market,
            "POST /v2/entrust/create-plan",
            "entrustType=TAKE_PROFIT_MARKET&marketOrderLevel=2&orderSide=SELL&origQty=1&positionId=1234567890\
             &positionSide=LONG&stopPrice=44500.00&symbol=btc_usdt&timeInForce=FOK&triggerPriceType=LATEST_PRICE",
        ),
        sent(CancelPlanEntrust::new("1234567890"), "POST /v2/entrust/cancel-plan", "entrustId=1234567890"),
        sent(CancelAllPlanEntrusts::new(), "POST /v2/entrust/cancel-all-plan", ""),
        sent(
            CancelSymbolPlanEntrusts::new("btc_usdt"),
            "POST /v2/entrust/cancel-all-plan",
            "symbol=btc_usdt",
        ),
        sent(
            listed,
            "GET /v2/entrust/plan-list",
            "direction=NEXT&id=1234567890&limit=10&state=NOT_TRIGGERED&symbol=btc_usdt",
        ),
        sent(
            history,
            "GET /v2/entrust/plan-list-history",
            "direction=PREV&endTime=1672531200000&id=1234567890&limit=10&startTime=1672444800000&symbol=btc_usdt",
        ),
        sent(GetPlanEntrust::new("1234567890"), "GET /v2/entrust/plan-detail", "entrustId=1234567890"),
    ]
}

fn profits() -> Vec<Sent> {
    let opening =
        CreateProfitEntrust::opening("btc_usdt", Contracts::new(2), OrderSide::Buy, PositionSide::Both)
            .trigger_stop_price(price("44000.00"))
            .stop_order_type(OrderType::Limit)
            .stop_order_price(price("44050.00"));
    let closing = CreateProfitEntrust::closing("btc_usdt", Contracts::new(1), "1234567890")
        .trigger_price_type(TriggerPriceType::MarkPrice)
        .trigger_profit_price(price("46000.00"))
        .profit_order_type(OrderType::Limit)
        .profit_order_price(price("45950.00"))
        .reduce_only(true)
        .profit_flag(ProfitFlag::Partial)
        .expire_time(Millis::new(1_769_759_999_000));
    let whole = CreatePositionProfitEntrust::closing("btc_usdt", "1234567890")
        .position_side(PositionSide::Long)
        .trigger_stop_price(price("44000.00"))
        .profit_flag(ProfitFlag::Full);
    let update = UpdateProfitEntrust::new("1234567890")
        .trigger_profit_price(price("46500.00"))
        .trigger_stop_price(price("43500.00"))
        .trigger_price_type(TriggerPriceType::LatestPrice)
        .profit_order_type(OrderType::Limit)
        .stop_order_type(OrderType::Limit)
        .orig_qty("2.5".parse::<Contracts>().unwrap())
        .profit_order_price(price("47000.00"))
        .stop_order_price(price("43000.00"))
        .profit_flag(ProfitFlag::Full);
    let update_whole = UpdatePositionProfitEntrust::of("1234567890").trigger_stop_price(price("43500.00"));
    let listed = ListProfitEntrusts::new()
        .symbol("btc_usdt")
        .state(EntrustState::NotTriggered)
        .id("1234567890")
        .limit(10u32)
        .direction(PageDirection::Next);
    vec![
        sent(
            opening,
            "POST /v2/entrust/create-profit",
            "orderSide=BUY&origQty=2&positionSide=BOTH&stopOrderPrice=44050.00&stopOrderType=LIMIT&symbol=btc_usdt\
             &triggerStopPrice=44000.00",
        ),
        sent(
            closing,
            "POST /v2/entrust/create-profit",
            "expireTime=1769759999000&origQty=1&positionId=1234567890&profitFlag=2&profitOrderPrice=45950.00\
             &profitOrderType=LIMIT&reduceOnly=true&symbol=btc_usdt&triggerPriceType=MARK_PRICE\
             &triggerProfitPrice=46000.00",
        ),
        sent(
            whole,
            "POST /v2/entrust/create-profit",
            "origQty=0&positionId=1234567890&positionSide=LONG&profitFlag=1&symbol=btc_usdt\
             &triggerStopPrice=44000.00",
        ),
        sent(
            CancelProfitEntrust::new("1234567890"),
            "POST /v2/entrust/cancel-profit-stop",
            "profitId=1234567890",
        ),
        sent(
            update,
            "POST /v2/entrust/update-profit-stop",
            "origQty=2.5&profitFlag=1&profitId=1234567890&profitOrderPrice=47000.00&profitOrderType=LIMIT\
             &stopOrderPrice=43000.00&stopOrderType=LIMIT&triggerPriceType=LATEST_PRICE\
             &triggerProfitPrice=46500.00&triggerStopPrice=43500.00",
        ),
        sent(
            update_whole,
            "POST /v2/entrust/update-profit-stop",
            "origQty=0&profitId=1234567890&triggerStopPrice=43500.00",
        ),
        sent(CancelAllProfitEntrusts::new(), "POST /v2/entrust/cancel-all-profit-stop", ""),
        sent(
            CancelSymbolProfitEntrusts::new("btc_usdt"),
            "POST /v2/entrust/cancel-all-profit-stop",
            "symbol=btc_usdt",
        ),
        sent(
            listed,
            "GET /v2/entrust/profit-list",
            "direction=NEXT&id=1234567890&limit=10&state=NOT_TRIGGERED&symbol=btc_usdt",
        ),
        sent(GetProfitEntrust::new("1234567890"), "GET /v2/entrust/profit-detail", "profitId=1234567890"),
    ]
}

fn order_entrusts() -> Vec<Sent> {
    let listed = ListOrderEntrusts::new()
        .entrust_kind(OrderEntrustType::Order)
        .symbol("btc_usdt")
        .state(OrderState::New)
        .start_time(START)
        .end_time(END)
        .force_close(false)
        .page(1u32)
        .size(10u32);
    vec![
        sent(
            listed,
            "GET /v2/order-entrust/list",
            "endTime=1672531200000&forceClose=false&page=1&size=10&startTime=1672444800000&state=NEW\
             &symbol=btc_usdt&type=ORDER",
        ),
        sent(
            CancelOrderEntrust::order(&OrderId::from("1234567890")),
            "POST /v2/order-entrust/cancel",
            "id=1234567890&type=ORDER",
        ),
        sent(
            CancelOrderEntrust::entrust(&EntrustId::from("1234567890")),
            "POST /v2/order-entrust/cancel",
            "id=1234567890&type=ENTRUST",
        ),
        sent(CancelAllOrderEntrusts::new(), "POST /v2/order-entrust/cancel-all", ""),
        sent(
            CancelSymbolOrderEntrusts::new("btc_usdt"),
            "POST /v2/order-entrust/cancel-all",
            "symbol=btc_usdt",
        ),
    ]
}

fn account() -> Vec<Sent> {
    let bills = ListBills::new()
        .id("1234567890")
        .direction(PageDirection::Next)
        .limit(10u32)
        .coin("USDT")
        .symbol("btc_usdt")
        .bill_type(BillType::Fee)
        .start_time(START)
        .end_time(END);
    let rebates = GetRebateDetails::new()
        .rebate_start_date(Millis::new(1_769_919_603_517))
        .rebate_end_date(Millis::new(1_772_511_603_517))
        .symbol_id("2");
    vec![
        sent(ListBalances::new(), "GET /v2/balance/list", ""),
        sent(GetBalance::new("btc"), "GET /v2/balance/detail", "coin=btc"),
        sent(
            bills,
            "GET /v2/balance/bills",
            "coin=USDT&direction=NEXT&endTime=1672531200000&id=1234567890&limit=10&startTime=1672444800000\
             &symbol=btc_usdt&type=FEE",
        ),
        sent(GetListenKey::new(), "GET /v2/user/listen-key", ""),
        sent(
            rebates,
            "GET /v2/channel/rebateDetail",
            "rebateEndDate=1772511603517&rebateStartDate=1769919603517&symbolId=2",
        ),
    ]
}

#[test]
fn market_data_is_signed_like_everything_else() {
    assert!(ENDPOINTS.iter().all(|operation| operation.spec.auth == venue_core::Auth::Signed));
    let nobody = Client::builder(Pumpkin::new()).build().unwrap();
    let error = nobody.send(GetServerTime::new()).prepare().unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::Auth, Outcome::NotSent));
    let open = nobody.send(Raw::get("/v2/public/time")).prepare().unwrap();
    assert_eq!((header(&open, "X_SIGNATURE"), open.string_to_sign.as_deref()), (None, None));
}

#[test]
fn the_secret_is_no_signature() {
    for operation in ENDPOINTS {
        assert_eq!(operation.spec.auth, venue_core::Auth::Signed);
    }
    let prepared = prepare(GetSymbols::new());
    assert!(prepared.headers.iter().all(|(_, value)| !value.contains("YOUR_SECRET_KEY")));
}

#[test]
fn the_pairs_may_be_signed_before_they_are_encoded() {
    let plain = client_of(Pumpkin::new().sign_plain(true), "YOUR_SECRET_KEY");
    let of_ids = || {
        Raw::<Pumpkin>::post("/v2/order/list-by-ids")
            .signed()
            .param("ids", "587077935051136448,587077935051136449")
    };
    let prepared = plain.send(of_ids()).prepare().unwrap();
    let encoded = prepare(of_ids());
    assert_eq!(prepared.body, encoded.body);
    assert_eq!(prepared.string_to_sign.as_deref(), Some("ids=587077935051136448,587077935051136449"));
    assert_ne!(signature(&prepared), signature(&encoded));
    // Where nothing needs encoding, there is no difference.
    let order = plain.send(limit_order()).prepare().unwrap();
    assert_eq!(signature(&order), signature(&prepare(limit_order())));
}

#[test]
fn parameters_are_never_in_two_places() {
    let both = Raw::<Pumpkin>::post("/v2/new").signed().param("a", "1").in_query("b", "2");
    let error = client().send(both).prepare().unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::InvalidRequest, Outcome::NotSent));
}

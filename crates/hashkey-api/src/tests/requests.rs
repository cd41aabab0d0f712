//! Every request as it goes out.

use venue_core::{AnyRequest, Auth, Millis, Placement};

use super::*;

/// What every signed request carries behind its own parameters; written `~` below.
const STAMP: &str = "recvWindow=5000&timestamp=1538323200000";

/// A request with its verb, target and body, without what the signature adds to the two.
type Case = (Box<dyn AnyRequest>, &'static str, &'static str, Option<&'static str>);

fn case<R: AnyRequest + 'static>(
    request: R,
    verb: &'static str,
    target: &'static str,
    body: Option<&'static str>,
) -> Case {
    (Box::new(request), verb, target, body)
}

fn get<R: AnyRequest + 'static>(request: R, target: &'static str) -> Case {
    case(request, "GET", target, None)
}

fn delete<R: AnyRequest + 'static>(request: R, target: &'static str) -> Case {
    case(request, "DELETE", target, None)
}

fn post<R: AnyRequest + 'static>(request: R, target: &'static str, body: &'static str) -> Case {
    case(request, "POST", target, Some(body))
}

fn times() -> (Millis, Millis) {
    (Millis::new(1), Millis::new(2))
}

#[rustfmt::skip]
fn trading() -> Vec<Case> {
    let qty = || number::<Qty>("1.0");
    let price = || number::<Price>("2.50");
    let (start, end) = times();
    let batch = BatchOrders::new(vec![
        order().new_client_order_id("a,1").time_in_force(TimeInForce::Ioc),
        CreateOrder::market_by_amount(ORDER, Side::Sell, number::<Amount>("100")),
    ]);
    vec![
        post(TestNewOrder::limit("A", Side::Buy, qty(), price()).new_client_order_id("x").time_in_force(TimeInForce::Gtc).stp_mode(StpMode::ExpireTaker),
            "/api/v1/spot/orderTest",
            "symbol=A&side=BUY&type=LIMIT&quantity=1.0&price=2.50&newClientOrderId=x&timeInForce=GTC&stpMode=EXPIRE_TAKER&~"),
        post(TestNewOrder::limit_maker("A", Side::Sell, qty(), price()), "/api/v1/spot/orderTest",
            "symbol=A&side=SELL&type=LIMIT_MAKER&quantity=1.0&price=2.50&~"),
        post(TestNewOrder::market("A", Side::Sell, qty()).recv_window(900u32), "/api/v1/spot/orderTest",
            "symbol=A&side=SELL&type=MARKET&quantity=1.0&recvWindow=900&timestamp=1538323200000"),
        post(order().new_client_order_id("a,1").time_in_force(TimeInForce::Fok).stp_mode(StpMode::ExpireMaker),
            "/api/v1.1/spot/order",
            "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=0.010&price=85000.10&newClientOrderId=a,1&timeInForce=FOK&stpMode=EXPIRE_MAKER&~"),
        post(CreateOrder::limit_maker("A", Side::Sell, qty(), price()), "/api/v1.1/spot/order",
            "symbol=A&side=SELL&type=LIMIT_MAKER&quantity=1.0&price=2.50&~"),
        post(CreateOrder::market("A", Side::Sell, qty()).recv_window(900u32), "/api/v1.1/spot/order",
            "symbol=A&side=SELL&type=MARKET&quantity=1.0&recvWindow=900&timestamp=1538323200000"),
        post(batch, "/api/v1.1/spot/batchOrders?~",
            r#"[{"symbol":"BTCUSDT","side":"BUY","type":"LIMIT","quantity":"0.010","price":"85000.10","newClientOrderId":"a,1","timeInForce":"IOC"},{"symbol":"BTCUSDT","side":"SELL","type":"MARKET","amount":"100"}]"#),
        delete(CancelOrder::new(OrderId::from("1")), "/api/v1/spot/order?orderId=1&~"),
        delete(CancelOrder::new(ClientOrderId::from("x")), "/api/v1/spot/order?clientOrderId=x&~"),
        delete(CancelOpenOrders::new("A").side(Side::Sell), "/api/v1/spot/openOrders?symbol=A&side=SELL&~"),
        delete(CancelAllOpenOrders::new().side(Side::Buy).limit(200u32), "/api/v1/spot/cancelAllOpenOrders?side=BUY&limit=200&~"),
        delete(CancelAllOpenOrdersOfSymbol::new("A").from_order_id("9"), "/api/v1/spot/cancelAllOpenOrders?symbol=A&fromOrderId=9&~"),
        delete(CancelOrdersByIds::new(vec!["1".into(), "18446744073709551617".into()]),
            "/api/v1/spot/cancelOrderByIds?ids=1,18446744073709551617&~"),
        get(GetOrder::new(OrderId::from("1")).account_id("7"), "/api/v1/spot/order?orderId=1&accountId=7&~"),
        get(GetOrder::new(ClientOrderId::from("x")), "/api/v1/spot/order?origClientOrderId=x&~"),
        get(GetOpenOrders::new().from_order_id("9").symbol("A").side(Side::Buy).limit(1000u32),
            "/api/v1/spot/openOrders?fromOrderId=9&symbol=A&side=BUY&limit=1000&~"),
        get(GetTradeOrders::new().from_order_id("9").symbol("A").start_time(start).end_time(end).side(Side::Buy).limit(5u32),
            "/api/v1/spot/tradeOrders?fromOrderId=9&symbol=A&startTime=1&endTime=2&side=BUY&limit=5&~"),
    ]
}

#[rustfmt::skip]
fn accounts() -> Vec<Case> {
    let (start, end) = times();
    vec![
        get(GetVipInfo::new(), "/api/v1/account/vipInfo?~"),
        get(GetVipInfo::new().symbols(vec!["A".into(), "B".into()]), "/api/v1/account/vipInfo?symbols=A,B&~"),
        get(GetAccount::new().account_id("7"), "/api/v1/account?accountId=7&~"),
        get(GetAccountTrades::new().symbol("A").start_time(start).end_time(end).client_order_id("x").from_id("8").to_id("3").limit(5u32).account_id("7"),
            "/api/v1/account/trades?symbol=A&startTime=1&endTime=2&clientOrderId=x&fromId=8&toId=3&limit=5&accountId=7&~"),
        get(GetAccountType::new(), "/api/v1/account/type?~"),
        post(AssetTransfer::new("1", "2", "USDT", number::<Amount>("10.50")).remark("rent & é").client_order_id("x"),
            "/api/v1/account/assetTransfer",
            "fromAccountId=1&toAccountId=2&coin=USDT&quantity=10.50&remark=rent%20%26%20%C3%A9&clientOrderId=x&~"),
        get(GetApiKeyType::new(), "/api/v1/account/checkApiKey?~"),
        get(GetFiatHistory::new(FiatOrderType::Deposit, start, end).status(FiatStatus::UnderReview).channel(FiatChannel::Manual).remark("r").limit(9u32),
            "/api/v1/account/fiat/history?type=deposit&startTime=1&endTime=2&status=under_review&channel=manual&remark=r&limit=9&~"),
        get(GetBalanceFlow::new(start, end).limit(500u32).flow_type(FlowType::FundingFee).account_type(AccountType::Contract),
            "/api/v1/account/balanceFlow?startTime=1&endTime=2&limit=500&flowType=32&accountType=3&~"),
        get(GetChainType::new("USDT"), "/api/v1/account/chainType?coinId=USDT&~"),
        get(GetCoinInfo::new("USDT"), "/api/v1/coinInfo?coinId=USDT"),
        get(GetSubAccountOpenOrders::new("7").from_order_id("9").side(Side::Buy).symbol("A").limit(500u32),
            "/api/v1/spot/subAccount/openOrders?subAccountId=7&fromOrderId=9&side=BUY&symbol=A&limit=500&~"),
        get(GetSubAccountTradeOrders::new("7").from_order_id("9").side(Side::Buy).symbol("A").start_time(start).end_time(end).limit(5u32),
            "/api/v1/spot/subAccount/tradeOrders?subAccountId=7&fromOrderId=9&side=BUY&symbol=A&startTime=1&endTime=2&limit=5&~"),
        get(GetSubAccountTrades::new().symbol("A").sub_account_id("7").start_time(start).end_time(end).client_order_id("x").from_id("8").to_id("3").limit(5u32),
            "/api/v1/subAccount/trades?symbol=A&subAccountId=7&startTime=1&endTime=2&clientOrderId=x&fromId=8&toId=3&limit=5&~"),
    ]
}

#[rustfmt::skip]
fn wallet() -> Vec<Case> {
    let (start, end) = times();
    vec![
        get(GetDepositAddress::new("USDT", "Tron"), "/api/v1/account/deposit/address?coin=USDT&chainType=Tron&~"),
        get(GetDepositOrders::new().coin("ETH_USDT").start_time(start).end_time(end).limit(1000u32),
            "/api/v1/account/depositOrders?coin=ETH_USDT&startTime=1&endTime=2&limit=1000&~"),
        post(AuthAddress::new("0xad", Sender::person("Ada", "King"), DepositExchange::Kraken, true),
            "/api/v1/account/authAddress",
            "txid=0xad&senderLastName=King&senderFirstName=Ada&exchangeName=Kraken&isAddressOwner=true&~"),
        post(AuthAddress::new("0xad", Sender::institution("A & B"), DepositExchange::Other("X".into()), true),
            "/api/v1/account/authAddress",
            "txid=0xad&institutionalName=A%20%26%20B&exchangeName=X&isAddressOwner=true&~"),
        post(Withdraw::new("USDT", "w1", "0x05", number::<Amount>("10.00"), "ETH").address_ext("t").platform(WithdrawPlatform::Okx).memo("m1"),
            "/api/v1/account/withdraw",
            "coin=USDT&clientOrderId=w1&address=0x05&quantity=10.00&chainType=ETH&addressExt=t&platform=OKX&memo=m1&~"),
        get(GetWithdrawOrders::new().coin("ETH").start_time(start).end_time(end).remark("r").limit(5u32).memo("m1"),
            "/api/v1/account/withdrawOrders?coin=ETH&startTime=1&endTime=2&remark=r&limit=5&memo=m1&~"),
    ]
}

#[rustfmt::skip]
fn public() -> Vec<Case> {
    let (start, end) = times();
    vec![
        get(GetExchangeInfo::new().symbol("A").site(Site::Uae), "/api/v1/exchangeInfo?symbol=A&site=UAE"),
        get(GetDepth::new("A").limit(200u32), "/quote/v1/depth?symbol=A&limit=200"),
        get(GetTrades::new("A").limit(100u32), "/quote/v1/trades?symbol=A&limit=100"),
        get(GetKlines::new("A", KlineInterval::Month1).limit(1000u32).start_time(start).end_time(end),
            "/quote/v1/klines?symbol=A&interval=1M&limit=1000&startTime=1&endTime=2"),
        get(GetTicker24hr::new().symbol("A").inst_type(InstrumentType::Any), "/quote/v1/ticker/24hr?symbol=A&instType=ANY"),
        get(GetTickerPrice::new().symbol("A"), "/quote/v1/ticker/price?symbol=A"),
        get(GetBookTicker::new("A"), "/quote/v1/ticker/bookTicker?symbol=A"),
        get(GetMergedDepth::new("A").limit(200u32).scale(-2), "/quote/v1/depth/merged?symbol=A&limit=200&scale=-2"),
        get(Ping::new(), "/api/v1/ping"),
        get(GetServerTime::new(), "/api/v1/time"),
        post(CreateListenKey::new(), "/api/v1/userDataStream", "~"),
        case(ResetListenKey::new("key"), "PUT", "/api/v1/userDataStream", Some("listenKey=key&~")),
        delete(DeleteListenKey::new("key"), "/api/v1/userDataStream?listenKey=key&~"),
    ]
}

#[test]
fn every_request_goes_out_as_documented() {
    let cases: Vec<Case> = [trading(), accounts(), wallet(), public()].into_iter().flatten().collect();
    let client = client();
    for (request, verb, target, body) in &cases {
        let stamped = |text: &str| text.replace('~', STAMP);
        let (target, body) = (stamped(target), body.map(stamped));
        let prepared = client.erased().prepare(&**request, &[], &[]).unwrap();
        assert_eq!(
            (prepared.method.as_str(), unsigned(&prepared)),
            (*verb, (target.as_str(), body.as_deref()))
        );
        let spec = request.spec();
        let is_signed = spec.auth == Auth::Signed;
        let is_list = spec.placement == Placement::JsonArray;
        let query = target.split_once('?').map(|(_, query)| query);
        let signed = if is_list { query } else { body.as_deref().or(query) };
        assert_eq!(prepared.string_to_sign.as_deref(), signed.filter(|_| is_signed), "{target}");
        assert_eq!(header(&prepared, "X-HK-APIKEY"), is_signed.then_some(KEY), "{target}");
        let kind = match (is_signed, is_list) {
            (true, true) => Some("application/json"),
            (true, false) => Some("application/x-www-form-urlencoded;charset=UTF-8"),
            (false, _) => None,
        };
        assert_eq!(header(&prepared, "Content-Type"), kind, "{target}");
    }
    for operation in ENDPOINTS {
        assert!(cases.iter().any(|(request, ..)| request.name() == operation.name), "{}", operation.name);
    }
}

//! What goes out for each request: verb, path, query or body, and what is signed of it.

use std::collections::BTreeSet;

use venue_core::{AnyRequest, Auth, OrderId, Secs};

use super::client;
use crate::rest::*;
use crate::*;

const BASE: &str = "https://api-cloud-v2.bitmart.com";

fn price(text: &str) -> Price {
    text.parse().unwrap()
}

fn rate(text: &str) -> Rate {
    text.parse().unwrap()
}

fn amount(text: &str) -> Amount {
    text.parse().unwrap()
}

/// A request, and the target or body that it makes; all parameters are given somewhere.
fn table() -> Vec<(Box<dyn AnyRequest>, &'static str, &'static str)> {
    let (start, end) = (Secs::new(1_662_518_172), Secs::new(1_662_518_472));
    let ten = Contracts::new(10);
    let number = "4e2adcff-2122-1ce7-2557-4f65d2ce1ca2";
    let sub = "subAccountName@xxx.com";
    vec![
        (
            Box::new(GetContractDetails::new().symbol("BTCUSDT")),
            "/contract/public/details?symbol=BTCUSDT",
            "",
        ),
        (Box::new(GetDepth::new("BTCUSDT")), "/contract/public/depth?symbol=BTCUSDT", ""),
        (
            Box::new(GetMarketTrades::new("BTCUSDT").limit(100u32)),
            "/contract/public/market-trade?symbol=BTCUSDT&limit=100",
            "",
        ),
        (Box::new(GetOpenInterest::new("BTCUSDT")), "/contract/public/open-interest?symbol=BTCUSDT", ""),
        (Box::new(GetFundingRate::new("BTCUSDT")), "/contract/public/funding-rate?symbol=BTCUSDT", ""),
        (
            Box::new(GetFundingRateHistory::new("BTCUSDT").limit(10u32)),
            "/contract/public/funding-rate-history?symbol=BTCUSDT&limit=10",
            "",
        ),
        (
            Box::new(GetKlines::new("BTCUSDT", start, end).step(KlineStep::Min5)),
            "/contract/public/kline?symbol=BTCUSDT&start_time=1662518172&end_time=1662518472&step=5",
            "",
        ),
        (
            Box::new(GetMarkPriceKlines::new("BTCUSDT", start, end).step(KlineStep::Week1)),
            "/contract/public/markprice-kline?symbol=BTCUSDT&start_time=1662518172&end_time=1662518472&step=10080",
            "",
        ),
        (
            Box::new(GetLeverageBrackets::new().symbol("BTCUSDT")),
            "/contract/public/leverage-bracket?symbol=BTCUSDT",
            "",
        ),
        (Box::new(GetAssets::new()), "/contract/private/assets-detail", ""),
        (Box::new(GetTradeFeeRate::new("BTCUSDT")), "/contract/private/trade-fee-rate?symbol=BTCUSDT", ""),
        (
            Box::new(GetOrder::new("BTCUSDT", "220609666322019").account(TradingAccount::Futures)),
            "/contract/private/order?symbol=BTCUSDT&order_id=220609666322019&account=futures",
            "",
        ),
        (
            Box::new(
                GetOrderHistory::new("BTCUSDT")
                    .order_id("1")
                    .client_order_id("BM1")
                    .account(TradingAccount::CopyTrading)
                    .start_time(start)
                    .end_time(end),
            ),
            "/contract/private/order-history?symbol=BTCUSDT&order_id=1&client_order_id=BM1&account=copy_trading&start_time=1662518172&end_time=1662518472",
            "",
        ),
        (
            Box::new(
                GetOpenOrders::new()
                    .symbol("BTCUSDT")
                    .order_type(OrderType::Market)
                    .order_state(OpenOrderFilter::PartiallyFilled)
                    .limit(10u32),
            ),
            "/contract/private/get-open-orders?symbol=BTCUSDT&type=market&order_state=partially_filled&limit=10",
            "",
        ),
        (
            Box::new(
                GetPlanOrders::new()
                    .symbol("BTCUSDT")
                    .order_type(ExecutionType::Market)
                    .limit(10u32)
                    .plan_type(PlanFilter::ProfitLoss),
            ),
            "/contract/private/current-plan-order?symbol=BTCUSDT&type=market&limit=10&plan_type=profit_loss",
            "",
        ),
        (
            Box::new(GetPositions::new().symbol("BTCUSDT").account(TradingAccount::Futures)),
            "/contract/private/position?symbol=BTCUSDT&account=futures",
            "",
        ),
        (
            Box::new(GetPositionsV2::new().symbol("BTCUSDT")),
            "/contract/private/position-v2?symbol=BTCUSDT",
            "",
        ),
        (Box::new(GetPositionRisk::new()), "/contract/private/position-risk", ""),
        (
            Box::new(GetTrades::new().symbol("BTCUSDT").start_time(start).end_time(end)),
            "/contract/private/trades?symbol=BTCUSDT&start_time=1662518172&end_time=1662518472",
            "",
        ),
        (
            Box::new(
                GetTransactionHistory::new()
                    .flow_type(FlowType::FundingFee)
                    .start_time(start.to_millis())
                    .end_time(end.to_millis())
                    .page_size(1000u32),
            ),
            "/contract/private/transaction-history?flow_type=3&start_time=1662518172000&end_time=1662518472000&page_size=1000",
            "",
        ),
        (
            Box::new(
                ListTransfers::new(1u32, 10u32)
                    .currency("USDT")
                    .time_start(Millis::new(1_684_391_137_804))
                    .time_end(Millis::new(1_684_392_577_804))
                    .recv_window(5000u32),
            ),
            "/account/v1/transfer-contract-list",
            r#"{"page":1,"limit":10,"currency":"USDT","time_start":1684391137804,"time_end":1684392577804,"recvWindow":5000}"#,
        ),
        (
            Box::new(
                TransferFunds::new("USDT", amount("10"), TransferType::SpotToContract).recv_window(5000u32),
            ),
            "/account/v1/transfer-contract",
            r#"{"currency":"USDT","amount":"10","type":"spot_to_contract","recvWindow":5000}"#,
        ),
        (
            Box::new(
                SubmitOrder::limit("ETHUSDT", Side::SellOpenShort, ten, price("2000.10"))
                    .client_order_id("BM1234")
                    .leverage(rate("1"))
                    .open_type(OpenType::Isolated)
                    .mode(OrderMode::Gtc)
                    .preset_take_profit_price_type(PriceType::Last)
                    .preset_stop_loss_price_type(PriceType::Fair)
                    .preset_take_profit_price(price("1900"))
                    .preset_stop_loss_price(price("2100"))
                    .stp_mode(StpMode::CancelBoth),
            ),
            "/contract/private/submit-order",
            r#"{"symbol":"ETHUSDT","side":4,"size":10,"type":"limit","price":"2000.10","client_order_id":"BM1234","leverage":"1","open_type":"isolated","mode":1,"preset_take_profit_price_type":1,"preset_stop_loss_price_type":2,"preset_take_profit_price":"1900","preset_stop_loss_price":"2100","stp_mode":3}"#,
        ),
        (
            Box::new(SubmitOrder::market("ETHUSDT", Side::BUY_REDUCE_ONLY, ten)),
            "/contract/private/submit-order",
            r#"{"symbol":"ETHUSDT","side":2,"size":10,"type":"market"}"#,
        ),
        (
            Box::new(
                ModifyLimitOrder::to_price("ETHUSDT", OrderId::from("220906179559421"), price("1450"))
                    .size(Contracts::new(1)),
            ),
            "/contract/private/modify-limit-order",
            r#"{"symbol":"ETHUSDT","order_id":220906179559421,"price":"1450","size":1}"#,
        ),
        (
            Box::new(ModifyLimitOrder::to_size("ETHUSDT", ClientOrderId::from("123456"), Contracts::new(2))),
            "/contract/private/modify-limit-order",
            r#"{"symbol":"ETHUSDT","client_order_id":"123456","size":2}"#,
        ),
        (
            Box::new(CancelOrder::new("ETHUSDT", OrderId::from("220906179559421"))),
            "/contract/private/cancel-order",
            r#"{"symbol":"ETHUSDT","order_id":"220906179559421"}"#,
        ),
        (
            Box::new(CancelAllOrders::new("ETHUSDT")),
            "/contract/private/cancel-order",
            r#"{"symbol":"ETHUSDT"}"#,
        ),
        (
            Box::new(CancelOrders::new("ETHUSDT")),
            "/contract/private/cancel-orders",
            r#"{"symbol":"ETHUSDT"}"#,
        ),
        (
            Box::new(CancelAllAfter::seconds("BTCUSDT", 10)),
            "/contract/private/cancel-all-after",
            r#"{"timeout":10,"symbol":"BTCUSDT"}"#,
        ),
        (
            Box::new(CancelAllAfter::disarm("BTCUSDT")),
            "/contract/private/cancel-all-after",
            r#"{"timeout":0,"symbol":"BTCUSDT"}"#,
        ),
        (
            Box::new(
                SubmitPlanOrder::new(
                    "ETHUSDT",
                    Side::SellOpenShort,
                    rate("1"),
                    OpenType::Isolated,
                    ten,
                    Trigger::last(price("2000")),
                    PriceWay::Long,
                )
                .order_type(PlanSubmitType::Limit)
                .mode(OrderMode::Gtc)
                .executive_price(price("1450"))
                .plan_category(PlanCategory::TpSl)
                .preset_take_profit_price_type(PriceType::Last)
                .preset_stop_loss_price_type(PriceType::Fair)
                .preset_take_profit_price(price("1400"))
                .preset_stop_loss_price(price("1500")),
            ),
            "/contract/private/submit-plan-order",
            r#"{"symbol":"ETHUSDT","side":4,"leverage":"1","open_type":"isolated","size":10,"trigger_price":"2000","price_type":1,"price_way":1,"type":"limit","mode":1,"executive_price":"1450","plan_category":1,"preset_take_profit_price_type":1,"preset_stop_loss_price_type":2,"preset_take_profit_price":"1400","preset_stop_loss_price":"1500"}"#,
        ),
        (
            Box::new(
                ModifyPlanOrder::new(
                    "ETHUSDT",
                    "220906179559421",
                    Trigger::last(price("2000")),
                    ExecutionType::Limit,
                )
                .executive_price(price("1450")),
            ),
            "/contract/private/modify-plan-order",
            r#"{"symbol":"ETHUSDT","order_id":"220906179559421","trigger_price":"2000","price_type":1,"type":"limit","executive_price":"1450"}"#,
        ),
        (
            Box::new(
                ModifyPresetPlanOrder::new("220609666322019", "ETHUSDT")
                    .preset_take_profit_price_type(PriceType::Last)
                    .preset_stop_loss_price_type(PriceType::Last)
                    .preset_take_profit_price(price("2000"))
                    .preset_stop_loss_price(price("1900")),
            ),
            "/contract/private/modify-preset-plan-order",
            r#"{"order_id":"220609666322019","symbol":"ETHUSDT","preset_take_profit_price_type":1,"preset_stop_loss_price_type":1,"preset_take_profit_price":"2000","preset_stop_loss_price":"1900"}"#,
        ),
        (
            Box::new(CancelPlanOrder::new("ETHUSDT", ClientOrderId::from("123456789"))),
            "/contract/private/cancel-plan-order",
            r#"{"symbol":"ETHUSDT","client_order_id":"123456789"}"#,
        ),
        (
            Box::new(CancelAllPlanOrders::new("ETHUSDT")),
            "/contract/private/cancel-plan-order",
            r#"{"symbol":"ETHUSDT"}"#,
        ),
        (
            Box::new(
                SubmitTpSlOrder::take_profit(
                    "ETHUSDT",
                    Side::BUY_REDUCE_ONLY,
                    ten,
                    Trigger::last(price("2000")),
                    price("1450"),
                )
                .client_order_id("123456789")
                .category(ExecutionType::Limit),
            ),
            "/contract/private/submit-tp-sl-order",
            r#"{"symbol":"ETHUSDT","type":"take_profit","side":2,"size":10,"trigger_price":"2000","price_type":1,"executive_price":"1450","plan_category":1,"client_order_id":"123456789","category":"limit"}"#,
        ),
        (
            Box::new(SubmitPositionTpSl::stop_loss(
                "ETHUSDT",
                Side::SELL_REDUCE_ONLY,
                Trigger::fair(price("1400")),
                price("1390"),
            )),
            "/contract/private/submit-tp-sl-order",
            r#"{"symbol":"ETHUSDT","type":"stop_loss","side":3,"trigger_price":"1400","price_type":2,"executive_price":"1390","plan_category":2}"#,
        ),
        (
            Box::new(
                ModifyTpSlOrder::new("ETHUSDT", OrderId::from("37758000001"), Trigger::fair(price("2100")))
                    .executive_price(price("2100"))
                    .plan_category(PlanCategory::PositionTpSl)
                    .category(ExecutionType::Limit),
            ),
            "/contract/private/modify-tp-sl-order",
            r#"{"symbol":"ETHUSDT","order_id":"37758000001","trigger_price":"2100","price_type":2,"executive_price":"2100","plan_category":2,"category":"limit"}"#,
        ),
        (
            Box::new(SubmitTrailOrder::new(
                "ETHUSDT",
                Side::SellOpenShort,
                rate("1"),
                OpenType::Isolated,
                ten,
                price("2000"),
                rate("1"),
                PriceType::Last,
            )),
            "/contract/private/submit-trail-order",
            r#"{"symbol":"ETHUSDT","side":4,"leverage":"1","open_type":"isolated","size":10,"activation_price":"2000","callback_rate":"1","activation_price_type":1}"#,
        ),
        (
            Box::new(CancelTrailOrder::new("ETHUSDT", "220906179559421")),
            "/contract/private/cancel-trail-order",
            r#"{"symbol":"ETHUSDT","order_id":"220906179559421"}"#,
        ),
        (
            Box::new(CancelAllTrailOrders::new("ETHUSDT")),
            "/contract/private/cancel-trail-order",
            r#"{"symbol":"ETHUSDT"}"#,
        ),
        (
            Box::new(SubmitLeverage::new("ETHUSDT", OpenType::Isolated).leverage(rate("5"))),
            "/contract/private/submit-leverage",
            r#"{"symbol":"ETHUSDT","open_type":"isolated","leverage":"5"}"#,
        ),
        (
            Box::new(SetPositionMode::new(PositionMode::OneWay)),
            "/contract/private/set-position-mode",
            r#"{"position_mode":"one_way_mode"}"#,
        ),
        (Box::new(GetPositionMode::new()), "/contract/private/get-position-mode", ""),
        (
            Box::new(SubToMain::new(number, amount("1"), "USDT", sub)),
            "/account/contract/sub-account/main/v1/sub-to-main",
            r#"{"requestNo":"4e2adcff-2122-1ce7-2557-4f65d2ce1ca2","amount":"1","currency":"USDT","subAccount":"subAccountName@xxx.com"}"#,
        ),
        (
            Box::new(MainToSub::new(number, amount("1"), "USDT", sub)),
            "/account/contract/sub-account/main/v1/main-to-sub",
            r#"{"requestNo":"4e2adcff-2122-1ce7-2557-4f65d2ce1ca2","amount":"1","currency":"USDT","subAccount":"subAccountName@xxx.com"}"#,
        ),
        (
            Box::new(SubToMainBySub::new(number, amount("1.50"), "USDT")),
            "/account/contract/sub-account/sub/v1/sub-to-main",
            r#"{"requestNo":"4e2adcff-2122-1ce7-2557-4f65d2ce1ca2","amount":"1.50","currency":"USDT"}"#,
        ),
        (
            Box::new(GetSubAccountWallet::new(sub).currency("USDT")),
            "/account/contract/sub-account/main/v1/wallet?subAccount=subAccountName%40xxx.com&currency=USDT",
            "",
        ),
        (
            Box::new(GetSubAccountTransfers::new(sub, 10u32)),
            "/account/contract/sub-account/main/v1/transfer-list?subAccount=subAccountName%40xxx.com&limit=10",
            "",
        ),
        (
            Box::new(GetTransferHistory::new(10u32)),
            "/account/contract/sub-account/v1/transfer-history?limit=10",
            "",
        ),
        (
            Box::new(
                GetRebateList::new(1u32, 10u32, "USDT")
                    .user_id("4225149")
                    .rebate_start_time(1i64)
                    .rebate_end_time(2i64)
                    .register_start_time(3i64)
                    .register_end_time(4i64),
            ),
            "/contract/private/affiliate/rebate-list?page=1&size=10&currency=USDT&user_id=4225149&rebate_start_time=1&rebate_end_time=2&register_start_time=3&register_end_time=4",
            "",
        ),
        (
            Box::new(
                GetAffiliateTrades::new("123456", AffiliateQuery::UsdtBased, 1u32, 10u32)
                    .start_time(1i64)
                    .end_time(2i64),
            ),
            "/contract/private/affiliate/trade-list?user_id=123456&type=1&page=1&size=10&start_time=1&end_time=2",
            "",
        ),
    ]
}

#[test]
fn every_request_goes_out_as_documented() {
    let client = client();
    let mut missing: BTreeSet<_> = ENDPOINTS.iter().map(|operation| operation.name).collect();
    for (request, target, body) in table() {
        let name = request.name();
        missing.remove(name);
        let prepared = client.erased().prepare(&*request, &[], &[]).unwrap();
        assert_eq!(prepared.url, format!("{BASE}{target}"), "{name}");
        assert_eq!(prepared.body.as_deref().unwrap_or_default(), body, "{name}");
        assert_eq!(prepared.method, if body.is_empty() { "GET" } else { "POST" }, "{name}");
        let signed = (request.spec().auth == Auth::Signed).then(|| format!("1589793796145#test001#{body}"));
        assert_eq!(prepared.string_to_sign, signed, "{name}");
        let headers: Vec<_> = prepared.headers.iter().map(|(name, _)| name.as_str()).collect();
        let expected: &[&str] = match request.spec().auth {
            Auth::None => &[],
            Auth::Key => &["X-BM-KEY"],
            Auth::Signed => &["X-BM-KEY", "X-BM-TIMESTAMP", "X-BM-SIGN", "Content-Type"],
        };
        assert_eq!(headers, expected, "{name}");
    }
    assert!(missing.is_empty(), "no snapshot of {missing:?}");
}

#[test]
fn a_request_is_built_by_name_from_what_it_sends() {
    for (request, target, body) in table() {
        // Most forms need the digits of a query as JSON: text does as well as a number.
        let json = if body.is_empty() { object_of(target) } else { body.to_owned() };
        let operation = ENDPOINTS.iter().find(|operation| operation.name == request.name()).unwrap();
        let mut source = venue_core::Source::parse(&json).unwrap();
        let built = operation.build(&mut source).unwrap();
        source.finish().unwrap();
        let client = client();
        assert_eq!(
            client.erased().prepare(&*built, &[], &[]).unwrap(),
            client.erased().prepare(&*request, &[], &[]).unwrap()
        );
    }
}

fn object_of(target: &str) -> String {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let fields: Vec<_> =
        pairs.map(|(name, value)| format!("{name:?}:{:?}", value.replace("%40", "@"))).collect();
    format!("{{{}}}", fields.join(","))
}

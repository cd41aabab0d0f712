//! Simulated Pumpkin remembers: what was placed can be looked up, cancelled and traded.

use std::time::Duration;

use serde_json::{Value, json};
use venue_sim::engine::Decimal;
use venue_sim::{Fault, Sim};

use crate::pumpkin_desk::Counter;

const LONG: &str = "orderSide=BUY positionSide=LONG";
const CREATE: &str = "/v2/order/create";
const PLAN: &str = "/v2/entrust/create-plan";
const PROFIT: &str = "/v2/entrust/create-profit";

fn number(value: &Value) -> Decimal {
    value.as_str().unwrap().parse().unwrap()
}

fn limit(price: &str) -> String {
    format!("orderType=LIMIT {LONG} origQty=1 price={price}")
}

fn market(qty: u32) -> String {
    format!("orderType=MARKET {LONG} origQty={qty}")
}

fn plan(stop_price: &str, more: &str) -> String {
    format!(
        "symbol=btc_usdt {LONG} timeInForce=GTC origQty=1 stopPrice={stop_price} triggerPriceType=LATEST_PRICE {more}"
    )
}

#[tokio::test]
async fn every_refusal_has_its_words() {
    let desk = Counter::open().await;
    let id = desk.order(&format!("{} clientOrderId=taken", limit("50000"))).await;
    let order = |fields: &str| format!("symbol=btc_usdt leverage=25 {fields}");
    let on = |symbol: &str, fields: &str| format!("symbol={symbol} leverage=25 {fields}");
    let (plain, close) = (limit("50000"), "orderType=MARKET orderSide=SELL positionSide=LONG origQty=1");
    for (path, fields, words) in [
        (CREATE, on("none_usdt", &plain), "invalid_symbol"),
        (CREATE, on("sol_usdt", &plain), "467"),
        (CREATE, order(&format!("orderType=LIMIT {LONG} origQty=1")), "1"),
        (CREATE, order(&limit("50000.05")), "invalid_price"),
        (CREATE, order(&limit("-1")), "invalid_price"),
        (CREATE, order(&limit(&"9".repeat(27))), "invalid_price"),
        (CREATE, order(&format!("orderType=MARKET {LONG} origQty=1.5")), "invalid_quantity"),
        (CREATE, order(&format!("orderType=MARKET {LONG} origQty=0")), "invalid_quantity"),
        (CREATE, order(&market(50_000_000)), "insufficient_balance"),
        (CREATE, format!("symbol=btc_usdt leverage=126 {plain}"), "invalid_leverage"),
        (CREATE, format!("symbol=btc_usdt leverage=0 {plain}"), "invalid_leverage"),
        (CREATE, order(&format!("{plain} clientOrderId=taken")), "duplicate_client_order_id"),
        (CREATE, order(&format!("{plain} clientOrderId=no!way")), "1"),
        (CREATE, order(&format!("{plain} clientOrderId={}", "x".repeat(33))), "1"),
        (CREATE, order(&format!("{plain} triggerProfitPrice=99000")), "1"),
        (CREATE, order(&format!("{plain} profitOrderType=MARKET")), "1"),
        (CREATE, order(&format!("{plain} triggerStopPrice=9 stopOrderType=LIMIT")), "1"),
        (CREATE, order(&format!("{} marketOrderLevel=3", market(1))), "1"),
        (CREATE, order("orderType=MARKET orderSide=BUY positionSide=BOTH origQty=1"), "invalid_state"),
        (CREATE, order(&format!("{plain} reduceOnly=true")), "invalid_state"),
        (CREATE, order(close), "1"),
        (CREATE, order(&format!("{close} reduceOnly=true positionId=1")), "invalid_position"),
        ("/v2/order/cancel", "orderId=1".to_owned(), "invalid_order"),
        ("/v2/order/cancel", "orderId=words".to_owned(), "invalid_order"),
        ("/v2/order/cancel", format!("orderId={id} symbol=eth_usdt"), "invalid_order"),
        ("/v2/order/cancel-batch", "orders=[{}]".to_owned(), "1"),
        ("/v2/order/cancel-all", "symbol=none".to_owned(), "invalid_symbol"),
        ("/v2/order/detail", "orderId=1".to_owned(), "invalid_order"),
        ("/v2/order/list", "startTime=2 endTime=1".to_owned(), "1"),
        ("/v2/order/list", "page=0".to_owned(), "1"),
        ("/v2/order/list-history", "id=first".to_owned(), "1"),
        ("/v2/order/all/listUnfinished", "list=btc_usdt,none".to_owned(), "invalid_symbol"),
        ("/v2/position/adjust-leverage", "symbol=btc_usdt leverage=126".to_owned(), "invalid_leverage"),
        ("/v2/position/adjust-leverage", "symbol=sol_usdt leverage=5".to_owned(), "467"),
        (
            "/v2/position/margin",
            "symbol=btc_usdt positionSide=LONG positionId=1 margin=1 type=ADD".to_owned(),
            "invalid_position",
        ),
        (
            "/v2/position/change-type",
            "symbol=btc_usdt positionType=ISOLATED positionModel=AGGREGATION".to_owned(),
            "invalid_state",
        ),
        (PLAN, plan("60000", "entrustType=STOP"), "1"),
        (PLAN, plan("60000", "entrustType=TRAILING_STOP_MARKET"), "1"),
        (PLAN, plan("60000", "entrustType=STOP_MARKET marketOrderLevel=3"), "1"),
        (PLAN, plan("60000", "entrustType=STOP_MARKET expireTime=1"), "1"),
        (PLAN, plan("60000.01", "entrustType=STOP_MARKET"), "invalid_price"),
        ("/v2/entrust/cancel-plan", format!("entrustId={id}"), "invalid_order"),
        ("/v2/entrust/plan-detail", "entrustId=1".to_owned(), "invalid_order"),
        (PROFIT, "symbol=btc_usdt origQty=1 positionId=1".to_owned(), "1"),
        (
            PROFIT,
            "symbol=btc_usdt origQty=1 positionId=1 triggerStopPrice=50000".to_owned(),
            "invalid_position",
        ),
        (PROFIT, "symbol=btc_usdt origQty=1 triggerStopPrice=50000".to_owned(), "1"),
        ("/v2/entrust/cancel-profit-stop", "profitId=1".to_owned(), "invalid_order"),
        ("/v2/entrust/update-profit-stop", "profitId=1 triggerStopPrice=1".to_owned(), "invalid_order"),
        ("/v2/order-entrust/cancel", format!("type=ENTRUST id={id}"), "invalid_order"),
        ("/v2/balance/detail", "coin=none".to_owned(), "1"),
        ("/v2/public/q/depth", "symbol=btc_usdt level=51".to_owned(), "1"),
        ("/v2/public/q/kline", "symbol=btc_usdt interval=1m limit=1001".to_owned(), "1"),
        ("/cg/v2/perpetual/depth", "ticker_id=NONE".to_owned(), "invalid_symbol"),
    ] {
        assert_eq!(desk.no(path, &fields).await, words, "{path} {fields}");
    }
    let rows = desk.rows("/v2/order-entrust/list", "").await;
    assert_eq!(rows.len(), 1, "no refusal left anything behind");
    desk.ask("/v2/order/cancel", &format!("orderId={id}")).await;
    assert_eq!(desk.no("/v2/order/cancel", &format!("orderId={id}")).await, "invalid_state");
}

#[tokio::test]
async fn documented_failures_are_written_as_documented() {
    let desk = Counter::open().await;
    desk.order(&market(1)).await;
    let other = format!("symbol=btc_usdt leverage=20 {}", limit("50000"));
    let said =
        r#"{"code":-1,"msg":"order_leverage_not_match_position_leverage","data":null,"bizCode":"1000"}"#;
    assert_eq!(desk.reply(CREATE, &other).await.body, said);
    // Documented: not while there is a position.
    assert_eq!(desk.no("/v2/position/adjust-leverage", "symbol=btc_usdt leverage=20").await, "invalid_state");

    let banned = r#"{"code":429,"msg":"ip_high_frequency","data":{"type":"ip","current":120,"limit":100,"reset":3600}}"#;
    for (fault, status, body) in [
        (Fault::RateLimited, 439, r#"{"code":439,"msg":"Rate limit exceeded (more fine-grained)"}"#),
        (Fault::Banned, 429, banned),
    ] {
        desk.venue().fault(fault);
        let reply = desk.reply("/v2/balance/list", "").await;
        assert_eq!((reply.status, reply.body.as_str()), (status, body));
    }
    let listed = desk.reply(CREATE, &format!("symbol=sol_usdt leverage=10 {}", market(1))).await;
    assert_eq!((listed.status, listed.body.as_str()), (200, r#"{"code":467,"msg":"symbol-not-in-allowed"}"#));
    let one = r#"{"isCreate":false,"orderId":1,"symbol":"sol_usdt"}"#;
    assert_eq!(desk.no("/v2/order/create-batch", &format!("list=[{one}]")).await, "467");
}

#[tokio::test]
async fn weights_are_drawn_from_both_quotas() {
    let desk = Counter::open().await;
    desk.order(&limit("50000")).await;
    desk.ask("/v2/balance/list", "").await;
    let reports = desk.venue().worst_window();
    let worst: Vec<_> =
        reports.iter().map(|report| (report.window_ms, report.worst, report.assumed)).collect();
    assert_eq!(worst, [(60_000, 22, true), (86_400_000, 22, true)]);
}

#[tokio::test]
async fn order_modes_do_what_they_say() {
    let desk = Counter::open().await;
    let state = |row: &Value| (row["state"].as_str().unwrap().to_owned(), number(&row["executedQty"]));
    let taking =
        |tif: &str, qty: u32| format!("orderType=LIMIT {LONG} origQty={qty} price=89100 timeInForce={tif}");
    let maker_only = desk.order(&taking("GTX", 1)).await;
    assert_eq!(state(&desk.detail(&maker_only).await), ("CANCELED".to_owned(), Decimal::ZERO));
    let fok = desk.order(&taking("FOK", 1_000_000)).await;
    assert_eq!(state(&desk.detail(&fok).await), ("CANCELED".to_owned(), Decimal::ZERO));
    let ioc = desk.order(&taking("IOC", 1_000_000)).await;
    let (ended, filled) = state(&desk.detail(&ioc).await);
    assert!(ended == "PARTIALLY_CANCELED" && !filled.is_zero(), "{ended} {filled}");

    let shallow = desk.order(&format!("{} marketOrderLevel=1", market(1_000_000))).await;
    let row = desk.detail(&shallow).await;
    assert_eq!(row["state"], "PARTIALLY_CANCELED");
    let trades = desk.rows("/v2/order/trade-list", &format!("orderId={shallow} size=100")).await;
    assert!(!trades.is_empty() && trades.iter().all(|trade| trade["price"] == trades[0]["price"]));
}

#[tokio::test]
async fn positions_add_up_to_one_where_that_was_chosen() {
    let desk = Counter::open().await;
    let change = "symbol=btc_usdt positionType=CROSSED positionModel=AGGREGATION";
    desk.ask("/v2/position/change-type", change).await;
    desk.order("orderType=MARKET orderSide=BUY positionSide=BOTH origQty=3").await;
    desk.order("orderType=MARKET orderSide=SELL positionSide=BOTH origQty=5").await;
    let row = desk.rows("/v2/position/list", "").await.remove(0);
    assert_eq!((&row["positionSide"], &row["positionSize"]), (&json!("SHORT"), &json!("2")));
    let back = "symbol=btc_usdt positionType=CROSSED positionModel=DISAGGREGATION";
    assert_eq!(desk.no("/v2/position/change-type", back).await, "invalid_state");
    desk.ask("/v2/position/close-all", "").await;
    assert!(desk.rows("/v2/position/list", "").await.is_empty());
    desk.ask("/v2/position/change-type", back).await;
}

#[tokio::test]
async fn an_isolated_position_takes_margin_and_gives_it_back() {
    let desk = Counter::open().await;
    desk.order(&market(100)).await;
    let crossed = desk.position().await;
    let move_it = |position: &str, margin: &str, kind: &str| {
        format!("symbol=btc_usdt positionSide=LONG positionId={position} margin={margin} type={kind}")
    };
    assert_eq!(desk.no("/v2/position/margin", &move_it(&crossed, "1", "ADD")).await, "invalid_state");
    desk.ask("/v2/position/close-all", "symbol=btc_usdt").await;
    desk.ask(
        "/v2/position/change-type",
        "symbol=btc_usdt positionType=ISOLATED positionModel=DISAGGREGATION",
    )
    .await;
    desk.order(&market(100)).await;
    let position = desk.position().await;
    let balance = async || desk.rows("/v2/balance/list", "").await.remove(0);
    let before = balance().await;
    desk.ask("/v2/position/margin", &move_it(&position, "10", "ADD")).await;
    let after = balance().await;
    assert_eq!(number(&after["isolatedMargin"]) - number(&before["isolatedMargin"]), Decimal::TEN);
    assert_eq!(number(&before["availableBalance"]) - number(&after["availableBalance"]), Decimal::TEN);
    assert_eq!(
        desk.no("/v2/position/margin", &move_it(&position, "10.1", "SUB")).await,
        "insufficient_balance"
    );
    desk.ask("/v2/position/margin", &move_it(&position, "10", "SUB")).await;
    assert_eq!(balance().await["isolatedMargin"], before["isolatedMargin"]);
}

#[tokio::test(start_paused = true)]
async fn plans_fire_expire_and_are_cancelled() {
    let desk = Counter::open().await;
    let now = desk.venue().clock().now_ms();
    let make = async |fields: String| {
        let made = desk.ask(PLAN, &fields).await;
        assert_eq!(made["state"], "NOT_TRIGGERED");
        made["entrustId"].as_str().unwrap().to_owned()
    };
    let near = desk.venue().last_price("btc_usdt").unwrap() + Decimal::TEN;
    let fires = make(plan(&near.normalize().to_string(), "entrustType=TAKE_PROFIT price=70000")).await;
    let expires = make(plan(
        "60000",
        &format!("entrustType=STOP_MARKET marketOrderLevel=2 expireTime={}", now + 5_000),
    ))
    .await;
    let cancelled = make(plan("60000", "entrustType=STOP_MARKET")).await;
    let other = format!(
        "symbol=eth_usdt {LONG} timeInForce=IOC origQty=1 stopPrice=1000 triggerPriceType=MARK_PRICE entrustType=STOP_MARKET"
    );
    let kept = make(other).await;
    desk.ask("/v2/entrust/cancel-plan", &format!("entrustId={cancelled}")).await;
    let state = async |id: &str| {
        desk.ask("/v2/entrust/plan-detail", &format!("entrustId={id}")).await["state"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let row = desk.ask("/v2/entrust/plan-detail", &format!("entrustId={expires}")).await;
    assert_eq!(
        (&row["marketOrderLevel"], &row["entrustType"], &row["price"]),
        (&json!(2), &json!("STOP_MARKET"), &json!("0"))
    );
    for _ in 0..120 {
        tokio::time::advance(Duration::from_secs(60)).await;
        if state(&fires).await == "TRIGGERED" {
            break;
        }
    }
    assert_eq!(state(&fires).await, "TRIGGERED");
    assert_eq!(state(&expires).await, "EXPIRED");
    assert_eq!(state(&cancelled).await, "USER_REVOCATION");
    let placed = desk.rows("/v2/order/list", "state=NEW").await.remove(0);
    assert_eq!((&placed["price"], placed["sourceId"].to_string()), (&json!("70000"), fires.clone()));
    let both = desk.rows("/v2/order-entrust/list", "type=ENTRUST state=FILLED").await;
    assert_eq!(both[0]["entrustOrderId"].to_string(), placed["orderId"].as_str().unwrap());
    let ids = |rows: Vec<Value>| {
        rows.iter().map(|row| row["entrustId"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(desk.rows("/v2/entrust/plan-list", "").await), std::slice::from_ref(&kept));
    assert_eq!(
        ids(desk.rows("/v2/entrust/plan-list", "state=EXPIRED").await),
        std::slice::from_ref(&expires)
    );
    assert_eq!(ids(desk.rows("/v2/entrust/plan-list-history", "").await), [cancelled, expires, fires]);
    desk.ask("/v2/entrust/cancel-all-plan", "symbol=btc_usdt").await;
    assert_eq!(state(&kept).await, "NOT_TRIGGERED");
    desk.ask("/v2/entrust/cancel-all-plan", "").await;
    assert_eq!(state(&kept).await, "USER_REVOCATION");
}

#[tokio::test]
async fn exits_protect_a_position_and_go_with_it() {
    let desk = Counter::open().await;
    let profits = async |fields: &str| desk.rows("/v2/entrust/profit-list", fields).await;
    // With the order, under the order's id.
    let opened = desk
        .order(&format!(
            "{} triggerProfitPrice=120000 profitOrderType=LIMIT profitOrderPrice=119000",
            market(10)
        ))
        .await;
    let row = profits("").await.remove(0);
    assert_eq!(
        (row["profitId"].as_str().unwrap(), &row["triggerStopPrice"]),
        (opened.as_str(), &Value::Null)
    );
    assert_eq!(
        (&row["origQty"], &row["positionSize"], &row["positionSide"]),
        (&json!("10"), &json!("10"), &json!("LONG"))
    );

    let position = desk.position().await;
    let too_much = format!("symbol=btc_usdt origQty=11 positionId={position} triggerStopPrice=50000");
    assert_eq!(desk.no(PROFIT, &too_much).await, "more_than_available");
    let whole = format!(
        "symbol=btc_usdt origQty=0 positionId={position} triggerProfitPrice=110000 triggerStopPrice=50000"
    );
    let id = desk.ask(PROFIT, &whole).await["profitId"].as_str().unwrap().to_owned();
    let update = |fields: &str| format!("profitId={id} {fields}");
    assert_eq!(
        desk.no("/v2/entrust/update-profit-stop", &update("triggerStopPrice=1 origQty=11")).await,
        "more_than_available"
    );
    for (qty, words) in [("1.5", "invalid_quantity"), ("-1", "1")] {
        let update = update(&format!("triggerStopPrice=1 origQty={qty}"));
        assert_eq!(desk.no("/v2/entrust/update-profit-stop", &update).await, words);
    }
    desk.ask("/v2/entrust/update-profit-stop", &update("triggerStopPrice=51000 origQty=4")).await;
    let detail = async || desk.ask("/v2/entrust/profit-detail", &format!("profitId={id}")).await;
    let row = detail().await;
    assert_eq!(
        (&row["triggerStopPrice"], &row["triggerProfitPrice"], &row["origQty"]),
        (&json!("51000"), &json!("110000"), &json!("4"))
    );

    // A profit that is there already is taken at once, and the stop is called off.
    desk.ask("/v2/entrust/update-profit-stop", &update("triggerProfitPrice=1000")).await;
    let row = detail().await;
    assert_eq!(
        (&row["state"], &row["executedQty"], &row["positionSize"]),
        (&json!("TRIGGERED"), &json!("4"), &json!("6"))
    );
    assert_eq!(desk.no("/v2/entrust/cancel-profit-stop", &format!("profitId={id}")).await, "invalid_state");

    let mine = desk.ask(PROFIT, &whole).await["profitId"].as_str().unwrap().to_owned();
    desk.ask("/v2/entrust/cancel-profit-stop", &format!("profitId={mine}")).await;
    assert_eq!(profits("state=USER_REVOCATION").await[0]["profitId"], mine);
    desk.ask("/v2/position/close-all", "").await;
    assert_eq!(profits("state=PLATFORM_REVOCATION").await[0]["profitId"], opened);
    assert!(profits("").await.is_empty());

    // Before there is anything to protect.
    let early = format!("symbol=btc_usdt origQty=5 {LONG} triggerProfitPrice=1000");
    let refused = desk.ask(PROFIT, &early).await;
    assert_eq!(refused["state"], "PLATFORM_REVOCATION", "it fires at once, and nothing is there");
    let early = format!("symbol=btc_usdt origQty=5 {LONG} triggerProfitPrice=120000");
    let early = desk.ask(PROFIT, &early).await;
    assert_eq!((&early["state"], &early["positionSide"]), (&json!("NOT_TRIGGERED"), &json!("LONG")));
    desk.order(&market(5)).await;
    let id = early["profitId"].as_str().unwrap();
    desk.ask("/v2/entrust/update-profit-stop", &format!("profitId={id} triggerProfitPrice=1000")).await;
    assert!(desk.rows("/v2/position/list", "").await.is_empty());
}

#[tokio::test]
async fn lists_are_walked_from_row_to_row_and_by_number() {
    let desk = Counter::open().await;
    let mut placed = Vec::new();
    for price in 50_001..50_006 {
        let id = desk.order(&limit(&price.to_string())).await;
        desk.ask("/v2/order/cancel", &format!("orderId={id}")).await;
        placed.push(id);
    }
    placed.reverse();
    let ids = |rows: &[Value]| {
        rows.iter().map(|row| row["orderId"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let page = desk.ask("/v2/order/list", "page=2 size=2").await;
    assert_eq!((&page["page"], &page["ps"], &page["total"]), (&json!(2), &json!(2), &json!(5)));
    assert_eq!(ids(page["items"].as_array().unwrap()), placed[2..4]);
    let next = desk.ask("/v2/order/list-history", &format!("limit=2 direction=NEXT id={}", placed[1])).await;
    assert_eq!((&next["total"], ids(next["items"].as_array().unwrap())), (&json!(5), placed[2..4].to_vec()));
    let prev = desk.ask("/v2/order/list-history", &format!("limit=2 direction=PREV id={}", placed[3])).await;
    assert_eq!(ids(prev["items"].as_array().unwrap()), placed[1..3]);

    let funding = desk.ask("/v2/public/q/funding-rate-record", "symbol=btc_usdt limit=3").await;
    assert_eq!((&funding["hasPrev"], &funding["hasNext"]), (&json!(false), &json!(true)));
    let last = funding["items"][2]["id"].as_str().unwrap();
    let next =
        desk.ask("/v2/public/q/funding-rate-record", &format!("symbol=btc_usdt limit=100 id={last}")).await;
    assert_eq!((&next["hasPrev"], &next["hasNext"]), (&json!(true), &json!(false)));
    assert_eq!(next["items"].as_array().unwrap().len(), 87);
}

#[tokio::test(start_paused = true)]
async fn the_market_moves_with_the_clock_in_all_its_forms() {
    let desk = Counter::with(Sim::builder().starts_at_ms(1_709_214_425_000)).await;
    let depth = async || desk.ask("/v2/public/q/depth", "symbol=btc_usdt level=50").await;
    let before = depth().await;
    assert!(number(&before["b"][0][0]) < number(&before["a"][0][0]));
    tokio::time::advance(Duration::from_secs(120)).await;
    let after = depth().await;
    assert!(after["u"].as_u64() > before["u"].as_u64());
    assert_ne!(after["b"], before["b"]);
    let ticker = desk.ask("/v2/public/q/agg-ticker", "symbol=btc_usdt timeRangeType=H24").await;
    assert_eq!((&ticker["bp"], &ticker["ap"]), (&after["b"][0][0], &after["a"][0][0]));
    assert_eq!(number(&ticker["c"]), desk.venue().last_price("btc_usdt").unwrap());

    let klines = desk.rows("/v2/public/q/kline", "symbol=btc_usdt interval=1h limit=2").await;
    assert_eq!(klines.len(), 2);
    assert_eq!(
        (&klines[0]["t"], &klines[1]["t"]),
        (&json!(1_709_211_600_000_i64), &json!(1_709_208_000_000_i64))
    );
    assert_eq!(klines[0]["o"], klines[1]["c"], "one begins where the other ends");
    let month = desk.rows("/v2/public/q/kline", "symbol=btc_usdt interval=1M").await;
    assert_eq!((month.len(), &month[0]["t"]), (1, &json!(1_706_745_600_000_i64)));
    let deals = desk.rows("/v2/public/q/deal", "symbol=btc_usdt num=5").await;
    assert!(deals.len() == 5 && deals[0]["t"].as_i64() >= deals[4]["t"].as_i64());

    // A Thursday: the day's turnover at its rate.
    let of_day = "timestamp=1709214425000";
    let contracts = desk.rows("/common/v2/perpetual/contracts", of_day).await;
    assert_eq!((contracts.len(), &contracts[0]["symbol"]), (3, &json!("BTC_USDT")));
    let bare = |value: &Value| value.to_string().parse::<Decimal>().unwrap();
    let turnover: Decimal = contracts.iter().map(|row| bare(&row["volume"])).sum();
    let fee = bare(&desk.ask("/common/v2/perpetual/fee", of_day).await["totalFee"]);
    assert_eq!(fee.round_dp(4), (turnover * Decimal::new(44, 5)).round_dp(4));
    assert!(desk.rows("/common/v2/perpetual/contracts", "timestamp=1672531200000").await.is_empty());
    // No more than arithmetic can bear.
    desk.rows("/common/v2/perpetual/contracts", "timestamp=9223372036854775807").await;
    desk.rows("/common/v2/perpetual/contracts", "timestamp=-9223372036854775808").await;
}

#[tokio::test(start_paused = true)]
async fn the_same_seed_tells_the_same_story() {
    let mut stories = Vec::new();
    for _ in 0..2 {
        let desk = Counter::with(Sim::builder().starts_at_ms(1_700_000_000_000)).await;
        desk.order(&market(10)).await;
        tokio::time::advance(Duration::from_secs(30)).await;
        let mut whole = desk.rows("/v2/order/trade-list", "").await;
        whole.extend(desk.rows("/v2/position/list", "").await);
        whole.extend(desk.rows("/v2/balance/bills", "").await);
        stories.push(whole);
    }
    assert_eq!(stories[0], stories[1]);
}

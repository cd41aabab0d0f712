//! Simulated WEX futures: answers from state have the documented shapes, and what no client of ours would send is
//! refused in the venue's words.

use serde_json::Value;
use venue_sim::{Running, Sim, Which};

use crate::client::{Wire, exchange};
use crate::desk::{GET, POST};
use crate::seal::Pen;
use crate::shape::same_shape;

struct Desk {
    sim: Sim,
}

impl Desk {
    async fn open() -> Self {
        let sim = Sim::builder().venue(Which::WexFutures).limits(false).plain(true).seed(5).start().await;
        Self { sim: sim.unwrap() }
    }

    fn venue(&self) -> &Running {
        self.sim.venue(Which::WexFutures)
    }

    /// The answer to a request: `fields` is JSON for `POST`, a sorted query for `GET`.
    async fn whole(&self, rest: &str, method: &str, path: &str, fields: &str) -> Value {
        let pen = Pen::of(self.venue());
        let mut text = format!("validate-appkey={}&validate-timestamp={}#{path}", pen.key, pen.now_ms);
        if !fields.is_empty() {
            text = format!("{text}#{fields}");
        }
        let is_body = method == POST && !fields.is_empty();
        let kind = if is_body { "application/json" } else { "application/x-www-form-urlencoded" };
        let headers = [
            ("validate-appkey", pen.key.clone()),
            ("validate-timestamp", pen.now_ms.to_string()),
            ("validate-signature", pen.sign(&text)),
            ("Content-Type", kind.to_owned()),
        ];
        let target = if is_body || fields.is_empty() { path.to_owned() } else { format!("{path}?{fields}") };
        let wire = Wire {
            method: method.to_owned(),
            target,
            headers: headers.map(|(name, value)| (name.to_owned(), value)).to_vec(),
            body: if is_body { fields.as_bytes().to_vec() } else { Vec::new() },
        };
        let port = rest.rsplit_once(':').unwrap().1.parse().unwrap();
        let stream = self.sim.dialer().dial("127.0.0.1", port).await.unwrap();
        let reply = exchange(stream, &wire.bytes("")).await.unwrap();
        assert_eq!(reply.status, 200, "{path} {fields}: {}", reply.body);
        serde_json::from_str(&reply.body).unwrap()
    }

    async fn ask(&self, method: &str, path: &str, fields: &str) -> Value {
        let mut whole = self.whole(self.venue().rest(), method, path, fields).await;
        assert_eq!(whole["returnCode"], 0, "{path} {fields}: {whole}");
        whole["result"].take()
    }

    async fn code(&self, path: &str, fields: &str) -> String {
        let whole = self.whole(self.venue().rest(), POST, path, fields).await;
        whole["error"]["code"].as_str().unwrap().to_owned()
    }
}

/// What a row of a batch needs.
fn row(more: &str) -> String {
    let order = r#""symbol":"btc_usdt","orderSide":"BUY","positionSide":"LONG","orderType":"LIMIT","origQty":2,"price":50000"#;
    format!("{{{order}{more}}}")
}

const TRADE: &str = "/future/trade/v1/";
const USER: &str = "/future/user/v1/";

/// Requests in an order in which each has something to answer; `@` stands for the id that the last list gave.
fn story(symbol: &str, coin: &str, now_ms: i64) -> Vec<(&'static str, String, String)> {
    let market = "/future/market/v1/public/";
    let get = |path: String, query: &str| (GET, path, query.to_owned());
    let post = |path: String, body: &str| (POST, path, body.to_owned());
    let public = |name: &str, query: &str| get(format!("{market}{name}"), query);
    let trade = |name: &str, query: &str| get(format!("{TRADE}{name}"), query);
    let user = |name: &str, query: &str| get(format!("{USER}{name}"), query);
    let of = format!("symbol={symbol}");
    let on = format!(r#""symbol":"{symbol}""#);
    let bare = format!("{{{on}}}");
    let order = |more: &str| post(format!("{TRADE}order/create"), &format!("{{{on},{more}}}"));
    let open = r#""orderSide":"BUY","positionSide":"LONG","orderType":"MARKET","origQty":20"#;
    let close = r#""orderSide":"SELL","positionSide":"LONG","orderType":"MARKET","origQty":5"#;
    let rest = r#""orderSide":"BUY","positionSide":"LONG","orderType":"LIMIT","origQty":2,"price":3000"#;
    let part = r#""orderSide":"BUY","positionSide":"LONG","orderType":"LIMIT","timeInForce":"IOC","origQty":20000,"price":4505"#;
    let lately = format!("endTime={}&page=1&size=10&startTime={}&{of}", now_ms + 60_000, now_ms - 60_000);
    let delegates = r#""profitDelegateOrderType":"MARKET","profitDelegateTimeInForce":"IOC","stopDelegateOrderType":"MARKET","stopDelegateTimeInForce":"IOC""#;
    let plan = r#""orderSide":"BUY","positionSide":"LONG","entrustType":"STOP","origQty":2,"price":99000,"stopPrice":99000,"timeInForce":"GTC","triggerPriceType":"LATEST_PRICE""#;
    let track = r#""callback":"PROPORTION","callbackVal":0.01,"orderSide":"SELL","origQty":2,"positionSide":"LONG","positionType":"CROSSED","triggerPriceType":"LATEST_PRICE","activationPrice":99000"#;
    let side = r#""positionSide":"LONG""#;
    vec![
        public("symbol/coins", ""),
        public("symbol/detail", &of),
        get("/future/market/v3/public/symbol/list".into(), ""),
        public("leverage/bracket/detail", &of),
        public("q/ticker", &of),
        public("q/tickers", ""),
        public("q/depth", &format!("level=5&{of}")),
        public("q/symbol-index-price", &of),
        public("q/index-price", ""),
        public("q/symbol-mark-price", &of),
        public("q/mark-price", ""),
        public("q/kline", &format!("interval=1m&{of}")),
        public("q/agg-ticker", &of),
        public("q/agg-tickers", ""),
        public("q/funding-rate", &of),
        public("q/funding-rate-record", &of),
        public("q/ticker/book", &of),
        public("q/ticker/books", ""),
        post(format!("{USER}position/adjust-leverage"), &format!(r#"{{{on},{side},"leverage":10}}"#)),
        post(format!("{USER}position/change-type"), &format!(r#"{{{on},{side},"positionType":"ISOLATED"}}"#)),
        order(open),
        // More than rests there: the rest is cancelled.
        order(part),
        get("/future/trade/v2/order/partial-canceled-orders".into(), &lately),
        order(rest),
        public("q/deal", &of),
        public("contract/open-interest", &of),
        post(format!("{USER}position/margin"), &format!(r#"{{{on},{side},"margin":0.001,"type":"ADD"}}"#)),
        post(format!("{USER}position/auto-margin"), &format!(r#"{{{on},{side},"autoMargin":true}}"#)),
        post(format!("{TRADE}order/list-open-order"), &bare),
        post(format!("{TRADE}order/OrderList"), &bare),
        trade("order/list", &of),
        trade("order/detail", "orderId=@"),
        post(format!("{TRADE}order/update"), r#"{"orderId":"@","price":2900,"origQty":3}"#),
        post(format!("{TRADE}order/cancel"), r#"{"orderId":"@"}"#),
        trade("order/list-history", &of),
        trade("order/trade-list", &of),
        trade("order/quant/list-history", &of),
        trade("order/quant/trade-list", &of),
        trade("order/trade-history", &of),
        trade("order/trade-list-all", &of),
        trade("order-entrust/list", &of),
        post("/future/trade/v2/order/create-batch".into(), &format!(r#"{{"list":[{{{on},{rest}}}]}}"#)),
        post("/future/trade/v2/order/atomic-create-batch".into(), &format!("[{{{on},{rest}}}]")),
        post(format!("{TRADE}order/cancel-batch"), r#"{"orderIds":"1,2"}"#),
        post(format!("{TRADE}order/cancel-all"), &bare),
        post(format!("{TRADE}entrust/create-plan"), &format!("{{{on},{plan}}}")),
        trade("entrust/plan-list", &format!("state=NOT_TRIGGERED&{of}")),
        trade("entrust/plan-detail", "entrustId=@"),
        post(format!("{TRADE}entrust/cancel-plan"), r#"{"entrustId":"@"}"#),
        trade("entrust/plan-list-history", &of),
        post(format!("{TRADE}entrust/cancel-all-plan"), &bare),
        post(
            format!("{TRADE}entrust/create-profit"),
            &format!(
                r#"{{{on},{side},{delegates},"origQty":3,"triggerProfitPrice":99000,"triggerStopPrice":2000}}"#
            ),
        ),
        trade("entrust/profit-list", &format!("state=NOT_TRIGGERED&{of}")),
        trade("entrust/profit-detail", "profitId=@"),
        post(format!("{TRADE}entrust/update-profit-stop"), r#"{"profitId":"@","triggerStopPrice":2100}"#),
        user("position", &of),
        post(format!("{TRADE}entrust/cancel-profit-stop"), r#"{"profitId":"@"}"#),
        trade("entrust/profit-list-history", &of),
        post(format!("{TRADE}entrust/cancel-all-profit-stop"), &bare),
        post(format!("{TRADE}entrust/create-track"), &format!("{{{on},{track}}}")),
        trade("entrust/track-list", &of),
        trade("entrust/track-detail", "trackId=@"),
        post(format!("{TRADE}entrust/cancel-track"), r#"{"trackId":"@"}"#),
        trade("entrust/track-list-history", &of),
        post(format!("{TRADE}entrust/cancel-all-track"), &bare),
        trade("position/list/active", &of),
        trade("position/leverage/list", &of),
        trade(&format!("position/cross-margin/{symbol}"), ""),
        user("position/list", &of),
        user("position/break-list", &of),
        user("position/adl", &of),
        order(close),
        trade("position/list-history", &of),
        user("balance/detail", &format!("coin={coin}")),
        user("balance/list", ""),
        user("balance/bills", &of),
        user("compat/balance/list", ""),
        user(&format!("compat/balance/{coin}"), ""),
        user("user/listen-key", ""),
        post(format!("{USER}user/collection/add"), &bare),
        user("user/collection/list", ""),
        post(format!("{USER}user/collection/cancel"), &bare),
        post(format!("{USER}position/close-all"), ""),
    ]
}

/// The id of the first row of a list, or of the row itself.
fn first_id(result: &Value) -> Option<String> {
    let row = result["items"].get(0).or_else(|| result.get(0)).unwrap_or(result);
    ["orderId", "entrustId", "profitId", "trackId"].into_iter().find_map(|name| {
        let id = row.get(name)?;
        Some(id.as_str().map_or_else(|| id.to_string(), str::to_owned))
    })
}

#[tokio::test]
async fn answers_have_the_documented_shape_on_both_hosts() {
    let desk = Desk::open().await;
    let venue = desk.venue();
    let mut seen = std::collections::BTreeSet::new();
    for (rest, symbol, coin) in
        [(venue.rest(), "eth_usdt", "usdt"), (venue.rest_of("Coin-M").unwrap(), "eth_usd", "eth")]
    {
        let mut last = String::new();
        for (method, path, fields) in story(symbol, coin, venue.clock().now_ms()) {
            let fields = fields.replace('@', &last);
            let answered = desk.whole(rest, method, &path, &fields).await;
            let template = path.replace(&format!("cross-margin/{symbol}"), "cross-margin/{symbol}");
            let template = template.replace(&format!("compat/balance/{coin}"), "compat/balance/{coin}");
            let endpoint = venue.catalog().served().find(|endpoint| endpoint.path == template);
            let endpoint = endpoint.unwrap_or_else(|| panic!("{template}"));
            assert_eq!(endpoint.method, method, "{path}");
            same_shape(
                &format!("{path} {fields}"),
                &serde_json::from_str(&endpoint.example).unwrap(),
                &answered,
            );
            last = first_id(&answered["result"]).unwrap_or(last);
            seen.insert(template);
        }
    }
    // Without what has no state, and lists of what doesn't happen here.
    assert_eq!(seen.len(), 80);
}

#[tokio::test]
async fn what_our_client_would_not_send_is_refused_too() {
    let desk = Desk::open().await;
    let batch = "/future/trade/v2/order/atomic-create-batch";
    let many = |count: usize| format!("[{}]", vec![row(""); count].join(","));
    assert_eq!(desk.code(batch, &many(21)).await, "order_create_size_exceed");
    assert_eq!(desk.ask(POST, batch, &many(20)).await, "");
    let half = row("").replace(r#""origQty":2"#, r#""origQty":1.5"#);
    let none = row("").replace(r#""origQty":2"#, r#""origQty":0"#);
    let single = format!("{TRADE}order/create");
    assert_eq!(desk.code(&single, &half).await, "invalid_quantity_scale");
    assert_eq!(desk.code(batch, &format!("[{half}]")).await, "invalid_quantity");
    assert_eq!(desk.code(&single, &none).await, "quantity_can_not_less_than");
    assert_eq!(desk.code(&single, &row("").replace(r#","price":50000"#, "")).await, "invalid_params");
    let plan = r#"{"symbol":"btc_usdt","orderSide":"BUY","positionSide":"LONG","entrustType":"STOP_MARKET","origQty":2,"stopPrice":99000,"timeInForce":"GTC","triggerPriceType":"LATEST_PRICE"}"#;
    assert_eq!(
        desk.code(&format!("{TRADE}entrust/create-plan"), plan).await,
        "market_plan_entrust_must_be_ioc_or_fok"
    );
    desk.ask(POST, &single, &row("").replace("LIMIT", "MARKET")).await;
    let stop = |more: &str| {
        format!(
            r#"{{"symbol":"btc_usdt","positionSide":"LONG","origQty":1,"triggerStopPrice":2000,"profitDelegateOrderType":"MARKET","profitDelegateTimeInForce":"IOC",{more}}}"#
        )
    };
    let create = format!("{TRADE}entrust/create-profit");
    let forever = r#""stopDelegateOrderType":"MARKET","stopDelegateTimeInForce":"GTC""#;
    assert_eq!(desk.code(&create, &stop(forever)).await, "invalid_time_in_force");
    let nowhere = r#""stopDelegateOrderType":"LIMIT","stopDelegateTimeInForce":"GTC""#;
    assert_eq!(desk.code(&create, &stop(nowhere)).await, "invalid_params");
    assert_eq!(desk.ask(POST, &create, &stop(&format!("{nowhere},\"stopDelegatePrice\":1900"))).await, true);
    let wide = "endTime=2000000&page=1&size=10&startTime=1000000&symbol=btc_usdt";
    let parts = "/future/trade/v2/order/partial-canceled-orders";
    let whole = desk.whole(desk.venue().rest(), GET, parts, wide).await;
    assert_eq!(whole["error"]["code"], "invalid_time_in_force");
    let net = r#"{"symbol":"btc_usdt","callback":"PROPORTION","callbackVal":0.01,"orderSide":"SELL","origQty":2,"positionSide":"BOTH","positionType":"CROSSED","triggerPriceType":"LATEST_PRICE"}"#;
    assert_eq!(desk.code(&format!("{TRADE}entrust/create-track"), net).await, "invalid_params");
}

#[tokio::test]
async fn a_further_product_has_a_port_behind_those_of_the_venues() {
    let first = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let builder = Sim::builder().venue(Which::WexFutures).venue(Which::Hibt).plain(true).port(first);
    // Somebody else may have taken one of the three meanwhile.
    let Ok(sim) = builder.start().await else { return };
    let wex = sim.venue(Which::WexFutures);
    assert_eq!(wex.rest(), format!("http://127.0.0.1:{first}"));
    assert_eq!(sim.venue(Which::Hibt).address().port(), first + 1);
    assert_eq!(wex.rest_of("Coin-M").unwrap(), format!("http://127.0.0.1:{}", first + 2));
    assert!(wex.rest_of("USDT-M").is_none() && sim.venue(Which::Hibt).rest_of("Coin-M").is_none());
}

//! Whatever is asked of simulated Pumpkin, it answers, and its books agree.

use std::time::Duration;

use serde_json::Value;
use venue_sim::Sim;
use venue_sim::engine::Decimal;

use crate::pumpkin_desk::Counter;

fn number(value: &Value) -> Decimal {
    value.as_str().unwrap().parse().unwrap()
}

/// A request that may well be refused.
fn any(rng: &mut fastrand::Rng, ids: &[String]) -> (&'static str, String) {
    let symbol = ["btc_usdt", "eth_usdt"][rng.usize(..2)];
    let around: i64 = if symbol == "btc_usdt" { 89_000 } else { 3_000 };
    let mut price = || around + rng.i64(-around / 300..=around / 300);
    let (price, trigger) = (price(), price());
    let side = ["BUY", "SELL"][rng.usize(..2)];
    let slot = ["LONG", "SHORT", "BOTH"][rng.usize(..3)];
    let kind = ["LIMIT", "MARKET"][rng.usize(..2)];
    let tif = ["GTC", "IOC", "FOK", "GTX"][rng.usize(..4)];
    let model = ["AGGREGATION", "DISAGGREGATION"][rng.usize(..2)];
    let margin = ["CROSSED", "ISOLATED"][rng.usize(..2)];
    let (qty, leverage) = (rng.i64(0..200), [10, 25][rng.usize(..2)]);
    let id = rng.choice(ids).cloned().unwrap_or_else(|| "1".to_owned());
    let reduces = rng.bool();
    let order = format!(
        "symbol={symbol} orderType={kind} orderSide={side} positionSide={slot} timeInForce={tif} price={price} \
         origQty={qty} leverage={leverage}"
    );
    match rng.u8(..16) {
        0..5 => ("/v2/order/create", order),
        5 => ("/v2/order/create", format!("{order} reduceOnly={reduces} positionId={id}")),
        6 => ("/v2/order/create", format!("{order} triggerProfitPrice={trigger} profitOrderType=MARKET")),
        7 => (
            "/v2/entrust/create-plan",
            format!(
                "{order} entrustType=STOP_MARKET stopPrice={trigger} triggerPriceType=MARK_PRICE positionId={id}"
            ),
        ),
        8 => ("/v2/entrust/create-profit", format!("{order} triggerStopPrice={trigger} positionId={id}")),
        9 => ("/v2/order/cancel", format!("orderId={id}")),
        10 => ("/v2/position/close-all", format!("symbol={symbol}")),
        11 => (
            "/v2/position/change-type",
            format!("symbol={symbol} positionType={margin} positionModel={model}"),
        ),
        12 => (
            "/v2/position/margin",
            format!("symbol={symbol} positionSide=LONG positionId={id} margin={qty}.5 type=ADD"),
        ),
        13 => (
            "/v2/entrust/update-profit-stop",
            format!("profitId={id} triggerStopPrice={trigger} origQty={qty}"),
        ),
        14 => ("/v2/order/cancel-all", String::new()),
        _ => ("/v2/position/adjust-leverage", format!("symbol={symbol} leverage={leverage}")),
    }
}

/// Ids of everything that there is, so that some requests hit.
async fn ids(desk: &Counter) -> Vec<String> {
    let mut ids = Vec::new();
    for (path, name) in [
        ("/v2/order/list", "orderId"),
        ("/v2/position/list", "positionId"),
        ("/v2/entrust/profit-list", "profitId"),
    ] {
        let rows = desk.rows(path, "").await;
        ids.extend(rows.iter().map(|row| row[name].as_str().unwrap().to_owned()));
    }
    ids
}

#[tokio::test(start_paused = true)]
async fn the_bills_add_up_to_the_balance_and_what_is_held_to_what_is_not_free() {
    for seed in 0..3 {
        let mut rng = fastrand::Rng::with_seed(seed);
        let desk = Counter::with(Sim::builder().starts_at_ms(1_700_000_000_000)).await;
        let mut done = 0;
        for _ in 0..120 {
            let (path, fields) = any(&mut rng, &ids(&desk).await);
            let whole = desk.whole(path, &fields).await;
            done += u32::from(whole["code"] == 0);
            tokio::time::advance(Duration::from_millis(rng.u64(..2_000))).await;

            let balance = desk.rows("/v2/balance/list", "").await.remove(0);
            let of = |name: &str| number(&balance[name]);
            let live = desk.rows("/v2/order/list", "state=UNFINISHED size=100").await;
            let frozen: Decimal = live.iter().map(|order| number(&order["marginFrozen"])).sum();
            assert_eq!(of("openOrderMarginFrozen"), frozen, "{seed} {path} {fields}");
            let positions = desk.rows("/v2/position/list", "").await;
            let tied: Decimal = positions.iter().map(|held| number(&held["isolatedMargin"])).sum();
            assert_eq!(of("isolatedMargin") + of("crossedMargin"), tied, "{seed} {path} {fields}");
            // Less what crossed positions lose on paper.
            assert!(of("availableBalance") <= of("walletBalance") - frozen - tied, "{seed} {path} {fields}");
            for held in &positions {
                let (all, closing) = (number(&held["positionSize"]), number(&held["closeOrderSize"]));
                assert!(closing <= all && number(&held["availableCloseSize"]) == all - closing, "{held}");
            }
        }
        assert!(done > 30, "{seed}: {done} of them did something");

        let (mut sum, mut from) = (Decimal::ZERO, String::new());
        loop {
            let page = desk.ask("/v2/balance/bills", &format!("limit=100 {from}")).await;
            let rows = page["items"].as_array().unwrap();
            sum += rows.iter().map(|bill| number(&bill["amount"])).sum::<Decimal>();
            from = format!("id={}", rows[rows.len() - 1]["id"].as_str().unwrap());
            if page["hasNext"] == false {
                assert_eq!(rows[rows.len() - 1]["type"], "EXCHANGE", "{seed}: none is forgotten");
                break;
            }
        }
        let balance = desk.rows("/v2/balance/list", "").await.remove(0);
        // Bills have eight decimals.
        assert!((sum - number(&balance["walletBalance"])).abs() < Decimal::new(1, 4), "{seed}");
    }
}

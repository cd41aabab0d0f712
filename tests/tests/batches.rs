//! What became of the orders of a batch that was lost on its way.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails loudly")]

use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use venue_core::http::Transport;
use venue_core::{
    Client, Clock, Contracts, Credentials, Endpoint, Error, Millis, Outcome, Resolution, Retry, Venue,
};
use venue_tests::canned::Canned;

const LOST: &str = "<html>";

fn number<T: FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().unwrap()
}

/// A client whose clock stands still until it is moved, and the transport behind it.
fn client<V: Venue>(venue: V) -> (Client<V>, Arc<Canned>, Arc<AtomicI64>) {
    let transport = Canned::answering(&[LOST]);
    let now = Arc::new(AtomicI64::new(1_700_000_000_000));
    let clock = Arc::clone(&now);
    let client = Client::builder(venue)
        .credentials(Credentials::new("key", "secret"))
        .base("http://localhost")
        .clock(Clock::custom(move || Millis::new(clock.load(Ordering::Relaxed))))
        .transport(Arc::clone(&transport) as Arc<dyn Transport>)
        .retry(Retry::never())
        .build()
        .unwrap();
    (client, transport, now)
}

async fn lose<E: Endpoint>(client: &Client<E::Venue>, batch: E) -> Error {
    let error = client.send(batch).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
    error
}

/// What is said of each order, by its id: the venue's order, or how long until nothing is proof.
async fn said<V: Venue>(client: &Client<V>, error: &Error) -> Vec<(String, String)> {
    let rows = client.resolve_rows(error).await;
    let words = |resolution: &Result<Resolution, Error>| match resolution {
        Ok(Resolution::Executed(_)) => "executed".to_owned(),
        Ok(Resolution::NotFound) => "not found".to_owned(),
        Ok(Resolution::StillUnknown { conclusive_in: None }) => "unknown".to_owned(),
        Ok(Resolution::StillUnknown { conclusive_in: Some(wait) }) => format!("unknown for {wait:?}"),
        Ok(other) => format!("{other:?}"),
        Err(error) => format!("{:?}", error.kind()),
    };
    rows.iter().map(|row| (row.client_order_id.to_string(), words(&row.resolution))).collect()
}

fn rows(rows: &[(&str, &str)]) -> Vec<(String, String)> {
    rows.iter().map(|(id, words)| ((*id).to_owned(), (*words).to_owned())).collect()
}

#[tokio::test(start_paused = true)]
async fn each_order_of_a_batch_is_resolved_for_itself() {
    use hashkey_api::rest::{BatchOrders, CreateOrder};
    use hashkey_api::{HashKey, Price, Qty, Side};

    let order = |id: &str| {
        let (qty, price) = (number::<Qty>("1"), number::<Price>("2"));
        CreateOrder::limit("BTCUSDT", Side::Buy, qty, price).new_client_order_id(id)
    };
    let (client, transport, now) = client(HashKey::new());
    let batch = BatchOrders::new(vec![order("a"), order("b"), order("c")]).recv_window(3_000u32);
    let error = lose(&client, batch).await;
    let found = r#"{"orderId":"7","symbol":"BTCUSDT","clientOrderId":"a"}"#;
    let none = r#"{"code":-1143,"msg":"Order not found"}"#;
    transport.answer(&[found, none, LOST]);
    let first = [("a", "executed"), ("b", "unknown for 5s"), ("c", "Decode")];
    assert_eq!(said(&client, &error).await, rows(&first));
    let asked = transport.asked();
    assert_eq!(asked.len(), 4);
    for (asked, id) in asked[1..].iter().zip(["a", "b", "c"]) {
        assert!(asked.contains(&format!("ClientOrderId={id}&")), "{asked}");
    }
    // Its window and the time to show it have passed: now not to be there is an answer.
    now.fetch_add(5_000, Ordering::Relaxed);
    transport.answer(&[none, found, none]);
    let then = [("a", "not found"), ("b", "executed"), ("c", "not found")];
    assert_eq!(said(&client, &error).await, rows(&then));
    // A batch has no one answer.
    transport.answer(&[]);
    let whole = client.resolve(&error).await.unwrap();
    assert_eq!(whole, Resolution::StillUnknown { conclusive_in: None });
}

#[tokio::test(start_paused = true)]
async fn orders_of_a_refused_batch_were_not_executed() {
    use wex_spot::rest::{BatchOrder, SubmitBatchOrders};
    use wex_spot::{Amount, WexSpot};

    let (client, transport, _) = client(WexSpot::new());
    transport.answer(&[r#"{"rc":1,"mc":"ORDER_001","ma":[],"result":null}"#]);
    let orders = vec![BatchOrder::market_buy("btc_usdt", number::<Amount>("5")).client_order_id("mine")];
    let error = client.send(SubmitBatchOrders::new(orders)).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Rejected, "{error}");
    assert_eq!(said(&client, &error).await, rows(&[("mine", "not found")]));
    assert_eq!(transport.asked().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_batch_of_wex_spot_is_looked_up_by_its_ids() {
    use wex_spot::rest::{BatchOrder, SubmitBatchOrders};
    use wex_spot::{Amount, WexSpot};

    let (client, transport, _) = client(WexSpot::new());
    let order = |id: &str| BatchOrder::market_buy("btc_usdt", number::<Amount>("5")).client_order_id(id);
    let error = lose(&client, SubmitBatchOrders::new(vec![order("first"), order("other")])).await;
    transport.answer(&[
        r#"{"rc":1,"mc":"ORDER_005","ma":[],"result":null}"#,
        r#"{"rc":0,"mc":"SUCCESS","ma":[],"result":{"symbol":"btc_usdt","orderId":"7"}}"#,
    ]);
    assert_eq!(said(&client, &error).await, rows(&[("first", "unknown for 7s"), ("other", "executed")]));
}

#[tokio::test(start_paused = true)]
async fn a_batch_of_hibt_is_looked_up_among_the_live_and_the_finished() {
    use hibt_api::rest::{BatchOpenOrders, OpenOrder};
    use hibt_api::{Hibt, Price, Qty, Side};

    let (client, transport, now) = client(Hibt::new());
    let order = |id: &str| {
        OpenOrder::limit("btc_usdt", Side::Buy, number::<Qty>("1"), 10u32, number::<Price>("2")).custom_id(id)
    };
    let error = lose(&client, BatchOpenOrders::new(vec![order("a"), order("b")])).await;
    now.fetch_add(302_000, Ordering::Relaxed);
    let live = r#"{"code":0,"msg":"","data":[{"id":"7","symbol":"btc_usdt","customID":"a"}]}"#;
    let none = r#"{"code":0,"msg":"","data":[]}"#;
    let unknown = r#"{"code":220001,"msg":"no such order","data":null}"#;
    transport.answer(&[live, none, unknown]);
    assert_eq!(said(&client, &error).await, rows(&[("a", "executed"), ("b", "not found")]));
}

#[tokio::test(start_paused = true)]
async fn orders_of_wex_futures_are_looked_up_in_both_groups_of_states() {
    use wex_futures::rest::{CreateOrder, CreateOrdersAtomicBatch, CreateOrdersBatch};
    use wex_futures::{OrderSide, PositionSide, Price, WexFutures};

    let order = |id: &str| {
        let price = number::<Price>("2");
        CreateOrder::limit("btc_usdt", OrderSide::Buy, PositionSide::Long, Contracts::new(1), price)
            .client_order_id(id)
    };
    let page = |rows: &str| -> &'static str {
        let page =
            format!(r#"{{"returnCode":0,"msgInfo":"success","error":null,"result":{{"items":[{rows}]}}}}"#);
        Box::leak(page.into_boxed_str())
    };
    let none = page("");
    let a = page(r#"{"orderId":"7","symbol":"btc_usdt","clientOrderId":"a"}"#);
    let nameless = page(r#"{"orderId":"8","symbol":"btc_usdt"}"#);
    let (client, transport, now) = client(WexFutures::usdt_m());
    let expect = |batch: Error| {
        let (client, transport, now) = (client.clone(), Arc::clone(&transport), Arc::clone(&now));
        async move {
            // A row that doesn't say whose it is proves nothing, however late.
            transport.answer(&[none, a, none, none, nameless, none]);
            let first = [("a", "executed"), ("b", "unknown for 7s"), ("c", "unknown")];
            assert_eq!(said(&client, &batch).await, rows(&first));
            now.fetch_add(7_000, Ordering::Relaxed);
            transport.answer(&[a, none, none, nameless, none]);
            let then = [("a", "executed"), ("b", "not found"), ("c", "unknown")];
            assert_eq!(said(&client, &batch).await, rows(&then));
        }
    };
    let orders = || vec![order("a"), order("b"), order("c")];
    expect(lose(&client, CreateOrdersBatch::new(orders())).await).await;
    transport.answer(&[LOST]);
    expect(lose(&client, CreateOrdersAtomicBatch::new(orders())).await).await;
    // One alone is looked up in the same way, by either name.
    transport.answer(&[LOST]);
    let error = lose(&client, order("a")).await;
    transport.answer(&[none, a, none, a]);
    assert!(matches!(client.resolve(&error).await.unwrap(), Resolution::Executed(_)));
    assert_eq!(said(&client, &error).await, rows(&[("a", "executed")]));
    let asked = transport.asked().pop().unwrap();
    assert!(asked.contains("clientOrderId=a&state=HISTORY&symbol=btc_usdt"), "{asked}");
}

#[tokio::test(start_paused = true)]
async fn at_a_venue_that_signs_no_time_a_batch_stays_unknown_until_it_is_found() {
    use pumpkin_futures::rest::{BatchCancel, BatchOrder, CreateOrderBatch};
    use pumpkin_futures::{OrderSide, PositionSide, Price, Pumpkin};

    let order = |id: &str| {
        let price = number::<Price>("2");
        BatchOrder::limit("btc_usdt", OrderSide::Buy, PositionSide::Long, Contracts::new(1), price)
            .client_order_id(id)
    };
    let (client, transport, now) = client(Pumpkin::new());
    let cancel = BatchCancel::new("203530723141917063", "btc_usdt");
    let batch = CreateOrderBatch::new([order("a").into(), cancel.into(), order("b").into()]);
    let error = lose(&client, batch).await;
    now.fetch_add(Duration::from_secs(86_400).as_millis() as i64, Ordering::Relaxed);
    let live = r#"{"code":0,"data":[{"orderId":"7","symbol":"btc_usdt","clientOrderId":"b"}]}"#;
    let (none, page) = (r#"{"code":0,"data":[]}"#, r#"{"code":0,"data":{"items":[]}}"#);
    transport.answer(&[none, page, page, live]);
    assert_eq!(said(&client, &error).await, rows(&[("a", "unknown"), ("b", "executed")]));
}

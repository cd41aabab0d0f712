//! Money at simulated WEX spot: between pockets and accounts, in from outside and out again, and the keys to
//! watch it with.

use std::time::Duration;

use serde_json::{Value, json};
use venue_sim::Sim;

use crate::wex_spot_desk::{Desk, GET, POST};

fn transfer(id: &str, from: &str, to: &str, more: &str) -> String {
    let amount = if more.contains("amount") { "" } else { r#","amount":"100""# };
    let currency = if more.contains("currency") { "" } else { r#","currency":"usdt""# };
    format!(r#"{{"bizId":"{id}","from":"{from}","to":"{to}"{currency}{amount}{more}}}"#)
}

#[tokio::test]
async fn a_transfer_counts_once_whatever_is_asked_with_its_id() {
    let desk = Desk::open().await;
    let path = "/v4/balance/transfer";
    let there = transfer("t1", "SPOT", "FINANCE", "");
    assert!(desk.ask(POST, path, &there).await.is_u64());
    assert_eq!(desk.code(POST, path, &there).await, "FUND_001");
    assert_eq!(desk.code(POST, path, &transfer("t1", "SPOT", "FUTURES_C", "")).await, "FUND_001");
    assert_eq!(desk.balance("usdt").await.1, "999900");
    // What was refused can be asked for again.
    assert_eq!(desk.code(POST, path, &transfer("t2", "FUTURES_C", "SPOT", "")).await, "FUND_002");
    assert!(desk.ask(POST, path, &transfer("t2", "FINANCE", "SPOT", "")).await.is_u64());
    assert_eq!(desk.balance("usdt").await.1, "1000000");
    assert_eq!(desk.venue().executions("t1"), 1);
}

#[tokio::test]
async fn every_refusal_of_a_transfer_has_its_code() {
    let desk = Desk::open().await;
    let (own, between) = ("/v4/balance/transfer", "/v4/balance/account/transfer");
    let long = format!(r#","amount":"1{}""#, "0".repeat(113));
    for (path, from, to, more, code) in [
        (own, "SPOT", "SPOT", "", "FUND_015"),
        (own, "SPOT", "LEVER", "", "FUND_016"),
        (own, "SPOT", "LEVER", r#","symbol":"abc_usdt""#, "SYMBOL_001"),
        (own, "SPOT", "LEVER", r#","symbol":"btc_usdt""#, "SUCCESS"),
        (own, "LEVER", "SPOT", r#","symbol":"eth_usdt""#, "FUND_002"),
        (own, "LEVER", "SPOT", r#","symbol":"btc_usdt""#, "SUCCESS"),
        (own, "SPOT", "FUTURES_U", r#","amount":"0""#, "FUND_017"),
        (own, "SPOT", "FUTURES_U", r#","amount":"0.0000001""#, "FUND_017"),
        (own, "SPOT", "FUTURES_U", &long, "FUND_044"),
        (own, "SPOT", "FUTURES_U", r#","currency":"USDT""#, "CURRENCY_001"),
        (own, "SPOT", "FUTURES_U", r#","currency":"abc""#, "CURRENCY_001"),
        (own, "SPOT", "FUTURES_U", r#","amount":"1000001""#, "FUND_002"),
        (own, "FUTURES_U", "SPOT", r#","amount":"100000""#, "SUCCESS"),
        (between, "SPOT", "SPOT", r#","toAccountId":100001"#, "FUND_014"),
        (between, "SPOT", "SPOT", r#","toAccountId":7,"fromAccountId":7"#, "FUND_014"),
        (between, "SPOT", "SPOT", r#","toAccountId":-1"#, "FUND_017"),
        (between, "SPOT", "SPOT", r#","toAccountId":7"#, "SUCCESS"),
        (between, "SPOT", "SPOT", r#","toAccountId":100001,"fromAccountId":8"#, "TRANSFER_002"),
        (between, "SPOT", "FUTURES_U", r#","toAccountId":100001,"fromAccountId":7"#, "SUCCESS"),
    ] {
        let id = format!("{from}{to}{more}");
        let id: String = id.chars().filter(char::is_ascii_alphanumeric).take(100).collect();
        let fields = transfer(&format!("{}{id}", path.len()), from, to, more);
        assert_eq!(desk.code(POST, path, &fields).await, code, "{fields}");
    }
    let again = transfer("x", "SPOT", "SPOT", r#","toAccountId":7"#);
    desk.ask(POST, between, &again).await;
    assert_eq!(desk.code(POST, between, &again).await, "TRANSFER_001");
    // Any number opens a sub-account, up to a point: three are open, with a leverage account each for two pairs.
    let mut codes = Vec::new();
    for number in 1000..1100 {
        let fields = transfer(&format!("n{number}"), "SPOT", "SPOT", &format!(r#","toAccountId":{number}"#));
        codes.push(desk.code(POST, between, &fields).await);
    }
    assert!(codes.starts_with(&vec!["SUCCESS".to_owned(); 90]));
    assert_eq!(codes.last().unwrap(), "COMMON_001");
}

const ADDRESS: &str = "0xfa3abfa50eb2006f5be7831658b17aca240d8526";

fn withdrawal(currency: &str, chain: &str, amount: &str, address: &str, memo: &str) -> String {
    json!({
        "currency": currency, "chain": chain, "amount": serde_json::from_str::<Value>(amount).unwrap(),
        "address": address, "memo": memo,
    })
    .to_string()
}

#[tokio::test]
async fn a_withdrawal_is_frozen_until_the_chain_has_confirmed_it() {
    tokio::time::pause();
    let desk = Desk::with(Sim::builder().limits(false)).await;
    let sent = desk.ask(POST, "/v4/withdraw", &withdrawal("USDT", "Ethereum", "1000", ADDRESS, "")).await;
    assert_eq!(sent, json!({"id": 100}));
    let mut seen = Vec::new();
    for _ in 0..10 {
        let page = desk.ask(GET, "/v4/withdraw/history", "currency=usdt").await;
        let row = &page["items"][0];
        assert_eq!((&row["id"], &row["amount"], &row["fee"]), (&json!(100), &json!("1000"), &json!("3")));
        let frozen = desk.balance("usdt").await.0;
        let has_hash = row["transactionId"] != "";
        seen.push((
            row["status"].as_str().unwrap().to_owned(),
            row["confirmations"].as_u64().unwrap(),
            frozen,
            has_hash,
        ));
        tokio::time::advance(Duration::from_secs(9)).await;
    }
    let seen: Vec<_> = seen.iter().map(|(s, c, f, h)| (s.as_str(), *c, f.as_str(), *h)).collect();
    assert_eq!(
        seen,
        [
            ("REVIEW", 0, "1000", false),
            ("REVIEW", 0, "1000", false),
            ("AUDITED", 0, "1000", false),
            ("PENDING", 1, "1000", true),
            ("PENDING", 3, "1000", true),
            ("PENDING", 5, "1000", true),
            ("PENDING", 6, "1000", true),
            ("PENDING", 8, "1000", true),
            ("PENDING", 10, "1000", true),
            ("SUCCESS", 12, "0", true),
        ]
    );
    assert_eq!(desk.balance("usdt").await.1, "999000");
    let none = desk.ask(GET, "/v4/withdraw/history", "status=REVIEW").await;
    assert_eq!(none, json!({"hasPrev": false, "hasNext": false, "items": []}));
}

#[tokio::test]
async fn every_refusal_of_a_withdrawal_has_its_code() {
    let desk = Desk::open().await;
    let own = desk.ask(GET, "/v4/deposit/address", "currency=usdt&chain=Ethereum").await;
    let own = own["address"].as_str().unwrap();
    let stellar = "GBY6UIYEYLAAXRQXVO7X5I4BSSCS54EAHTUILXWMW6ONPM3PNEA3LWEC";
    for (currency, chain, amount, address, memo, code) in [
        ("abc", "Ethereum", "100", ADDRESS, "", "CURRENCY_001"),
        ("usdt", "Dogecoin", "100", ADDRESS, "", "WITHDRAW_024"),
        ("usdt", "Omni", "100", ADDRESS, "", "WITHDRAW_001"),
        ("usdt", "Tron", "100", ADDRESS, "", "WITHDRAW_002"),
        ("usdt", "Ethereum", "100", "", "", "WITHDRAW_005"),
        ("xlm", "XLM", "100", stellar, "", "WITHDRAW_006"),
        ("xlm", "XLM", "100", stellar, "me", "WITHDRAW_018"),
        ("xlm", "XLM", "100", stellar, "441824256", "WITHDRAW_011"),
        ("usdt", "Ethereum", "100.0000001", ADDRESS, "", "WITHDRAW_010"),
        ("usdt", "Ethereum", "1000001", ADDRESS, "", "WITHDRAW_011"),
        ("usdt", "Ethereum", "100", own, "", "WITHDRAW_014"),
        ("usdt", "Ethereum", "3", ADDRESS, "", "WITHDRAW_015"),
        ("usdt", "Ethereum", "-3", ADDRESS, "", "WITHDRAW_015"),
    ] {
        let fields = withdrawal(currency, chain, amount, address, memo);
        assert_eq!(desk.code(POST, "/v4/withdraw", &fields).await, code, "{fields}");
    }
    let small = withdrawal("usdt", "Ethereum", "9.99", ADDRESS, "");
    assert_eq!(
        desk.whole(POST, "/v4/withdraw", &small).await,
        json!({"rc": 1, "mc": "WITHDRAW_022", "ma": ["10"], "result": null})
    );
    for (query, code) in [
        ("currency=usdt&chain=Omni", "DEPOSIT_001"),
        ("currency=usdt&chain=Dogecoin", "DEPOSIT_008"),
        ("currency=abc&chain=Ethereum", "CURRENCY_001"),
    ] {
        assert_eq!(desk.code(GET, "/v4/deposit/address", query).await, code, "{query}");
    }
    assert_eq!(desk.code(GET, "/v4/balance", "currency=abc").await, "CURRENCY_001");
    assert_eq!(desk.code(GET, "/v4/balances", "currencies=usdt,abc").await, "CURRENCY_001");
    assert_eq!(desk.balance("usdt").await, ("0".into(), "1000000".into()));
}

#[tokio::test]
async fn a_deposit_arrives_once_it_is_confirmed() {
    tokio::time::pause();
    let desk = Desk::open().await;
    let address = desk.ask(GET, "/v4/deposit/address", "currency=xlm&chain=XLM").await;
    for (status, free) in [("PENDING", "0"), ("SUCCESS", "1000"), ("SUCCESS", "1000")] {
        let row = desk.ask(GET, "/v4/deposit/history", "currency=xlm").await["items"][0].take();
        assert_eq!((&row["status"], &row["amount"]), (&json!(status), &json!("1000")));
        assert_eq!((&row["address"], &row["memo"]), (&address["address"], &address["memo"]));
        assert_eq!(desk.balance("xlm").await, ("0".into(), free.into()));
        tokio::time::advance(Duration::from_secs(60)).await;
    }
}

#[tokio::test]
async fn a_token_is_good_for_two_days_from_when_it_was_last_asked_for() {
    tokio::time::pause();
    let desk = Desk::with(Sim::builder()).await;
    let token = || async { desk.whole(POST, "/v4/ws-token", "").await["result"]["accessToken"].take() };
    let day = Duration::from_secs(24 * 60 * 60);
    let first = token().await;
    let text = first.as_str().unwrap();
    assert!(desk.venue().takes_listen_key(text) && !desk.venue().takes_listen_key("other"));
    // Once in ten seconds.
    assert_eq!(desk.wire(POST, "/v4/ws-token", "").target, "/v4/ws-token");
    let refused = crate::client::send(&desk.sim, desk.venue(), &desk.wire(POST, "/v4/ws-token", "")).await;
    assert_eq!(refused.unwrap().status, 429);
    tokio::time::advance(day).await;
    assert_eq!(token().await, first);
    tokio::time::advance(day * 2 - Duration::from_millis(1)).await;
    assert!(desk.venue().takes_listen_key(text));
    tokio::time::advance(Duration::from_millis(1)).await;
    assert!(!desk.venue().takes_listen_key(text));
    assert_ne!(token().await, first);
}

//! A contract's rules, from its row to an order that can be sent.

use super::*;

fn instrument(rest: &str) -> Instrument {
    let row = format!(
        r#"{{"symbol":"btc_usdt","contractSize":"0.001","quantityPrecision":0,"pricePrecision":2,"minPrice":null,
        "minQty":"2","minNotional":"5","maxNotional":"1000"{rest}}}"#
    );
    serde_json::from_str::<SymbolInfo>(&row).unwrap().instrument()
}

fn checked(contract: &Instrument, at: &str, size: &str) -> Option<String> {
    let size: Contracts = size.parse().unwrap();
    contract.check(price(at), size).err().map(|error| error.to_string())
}

#[test]
fn an_order_is_checked_by_the_contracts_rules() {
    let contract = instrument(r#","underlyingType":"U_BASED","minStepPrice":"0.1""#);
    for (at, size, words) in [
        ("2500", "2", None),
        ("2499.9", "2", Some("2 at 2499.9: an amount below the smallest, 5")),
        ("2500", "401", Some("401 at 2500: an amount above the largest, 1000")),
        ("2500.05", "2", Some("price 2500.05: not a multiple of 0.1")),
        ("2500", "2.5", Some("size 2.5: not a multiple of 1")),
        ("2500", "1", Some("size 1: below the smallest, 2")),
    ] {
        assert_eq!(checked(&contract, at, size).as_deref(), words, "{size} at {at}");
    }
    let (at, size) = contract.round(price("2500.05"), "3.7".parse().unwrap(), Rounding::Up).unwrap();
    assert_eq!((at, size), (price("2500.1"), Contracts::new(3)));
    assert_eq!(contract.qty_of(size), Some("0.003".parse().unwrap()));
}

#[test]
fn the_value_of_a_contract_margined_in_the_coin_is_not_judged() {
    for rest in [r#","underlyingType":"COIN""#, ""] {
        assert_eq!(checked(&instrument(rest), "2500", "1000000"), None);
        // Without a step of its own, a price has that of its digits.
        assert!(checked(&instrument(rest), "2500.123", "2").is_some());
    }
}

//! A contract's rules, from its details to an order that can be sent.

use venue_core::{Contracts, Price};

use super::value;
use crate::rest::{Contract, ContractDetails};
use crate::{Instrument, Rounding};

/// The documented contract, with the bound of market orders below the other.
fn contract() -> Instrument {
    let row = r#"{"code":1000,"message":"Ok","data":{"symbols":[{"symbol":"BTCUSDT","base_currency":"BTC","quote_currency":"USDT",
        "contract_size":"0.001","price_precision":"0.1","vol_precision":"1","min_volume":"2","max_volume":"500000",
        "market_max_volume":"400000"}]}}"#;
    let details: ContractDetails = serde_json::from_str(&value("GetContractDetails", row)).unwrap();
    details.symbols[0].instrument()
}

fn size(text: &str) -> Contracts {
    text.parse().unwrap()
}

fn price(text: &str) -> Price {
    text.parse().unwrap()
}

#[test]
fn an_order_is_checked_by_the_contracts_rules() {
    for (at, of, words) in [
        ("85000.1", "2", None),
        ("85000.10", "500000", None),
        ("85000.15", "2", Some("price 85000.15: not a multiple of 0.1")),
        ("0", "2", Some("price 0: must be above zero")),
        ("85000", "1", Some("size 1: below the smallest, 2")),
        ("85000", "2.5", Some("size 2.5: not a multiple of 1")),
        ("85000", "500001", Some("size 500001: above the largest, 500000")),
        ("85000", "-2", Some("size -2: must be above zero")),
    ] {
        let error = contract().check(price(at), size(of)).err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), words, "{of} at {at}");
    }
}

#[test]
fn market_orders_have_a_largest_size_of_their_own() {
    assert!(contract().check_market(size("400000")).is_ok());
    assert!(contract().check(price("1"), size("400001")).is_ok());
    assert!(contract().check_market(size("400001")).is_err());
    assert!(contract().check_market(size("1")).is_err());
}

#[test]
fn rounding_moves_the_price_as_told_and_the_size_down() {
    let round = |at, of, direction| contract().round(price(at), size(of), direction);
    assert_eq!(round("85000.17", "3.9", Rounding::Down), Ok((price("85000.1"), size("3"))));
    assert_eq!(round("85000.17", "3.9", Rounding::Up), Ok((price("85000.2"), size("3"))));
    assert_eq!(round("85000.10", "3", Rounding::Up), Ok((price("85000.10"), size("3"))));
    // Not moved into the bounds, but refused.
    assert!(round("85000.17", "1.9", Rounding::Up).is_err());
}

#[test]
fn a_size_is_whole_contracts_whatever_its_step_says() {
    let of = |step: &str| {
        let row: Contract = serde_json::from_str(&format!(r#"{{"symbol":"A"{step}}}"#)).unwrap();
        row.instrument()
    };
    for (step, allowed, refused) in
        [("", "1", "0.5"), (r#","vol_precision":"0.1""#, "1", "0.5"), (r#","vol_precision":"10""#, "20", "5")]
    {
        assert!(of(step).check(price("1"), size(allowed)).is_ok(), "{step}");
        assert!(of(step).check(price("1"), size(refused)).is_err(), "{step}");
    }
    // The table's name of the step is read as well as the example's.
    assert_eq!(of(r#","volume_precision":"10""#), of(r#","vol_precision":"10""#));
}

//! A contract's rules, from its row to an order that can be sent.

use super::*;
use crate::rest::TradingPair;

fn instrument(rest: &str) -> Instrument {
    serde_json::from_str::<TradingPair>(&format!(r#"{{"symbol":"btc_usdt"{rest}}}"#)).unwrap().instrument()
}

fn checked(contract: &Instrument, at: &str, of: &str) -> Option<String> {
    contract.check(price(at), qty(of)).err().map(|error| error.to_string())
}

#[test]
fn an_order_is_checked_by_the_contracts_rules() {
    let contract = instrument(
        r#","volumePrecision":3,"pricePrecision":1,"marketMiniAmount":"0.005","limitMiniAmount":"0.002""#,
    );
    for (at, of, words) in [
        ("85000.1", "0.002", None),
        ("85000.15", "0.002", Some("price 85000.15: not a multiple of 0.1")),
        ("85000", "0.0025", Some("quantity 0.0025: not a multiple of 0.001")),
        ("85000", "0.001", Some("quantity 0.001: below the smallest, 0.002")),
    ] {
        assert_eq!(checked(&contract, at, of).as_deref(), words, "{of} at {at}");
    }
    assert!(contract.check_market(qty("0.005")).is_ok());
    assert!(contract.check_market(qty("0.004")).is_err());
    assert_eq!(
        contract.round(price("85000.17"), qty("0.0029"), Rounding::Down),
        Ok((price("85000.1"), qty("0.002")))
    );
}

#[test]
fn a_smallest_order_finer_than_the_step_is_allowed_all_the_same() {
    let contract = instrument(r#","volumePrecision":0,"limitMiniAmount":"0.010""#);
    assert_eq!(checked(&contract, "1", "0.01"), None);
    assert_eq!(checked(&contract, "1", "0.03"), None);
    assert!(checked(&contract, "1", "0.015").is_some());
    // A smallest order of tens says nothing of the step.
    let whole = instrument(r#","volumePrecision":0,"limitMiniAmount":"10""#);
    assert_eq!(checked(&whole, "1", "11"), None);
}

#[test]
fn what_is_not_said_does_not_bind() {
    assert_eq!(checked(&instrument(""), "0.123456789", "0.000000001"), None);
    let tens = instrument(r#","volumePrecision":-1"#);
    assert_eq!(checked(&tens, "1", "20"), None);
    assert!(checked(&tens, "1", "25").is_some());
}

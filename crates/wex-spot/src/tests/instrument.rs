//! A symbol's rules, from its filters to an order that can be sent.

use super::*;

fn instrument(rest: &str) -> Result<Instrument, String> {
    let row = format!(r#"{{"symbol":"btc_usdt","pricePrecision":2,"quantityPrecision":3{rest}}}"#);
    let row: SymbolInfo = venue_core::wire::lenient(|| serde_json::from_str(&row)).unwrap();
    row.instrument().map_err(|error| error.to_string())
}

fn checked(pair: &Instrument, price: &str, qty: &str) -> Option<String> {
    pair.check(decimal(price), decimal(qty)).err().map(|error| error.to_string())
}

#[test]
fn without_filters_the_precisions_are_the_steps() {
    // As in the documented example, whose filters say nothing.
    let silent = r#","filters":[{"filter":"PRICE","min":null,"max":null,"tickSize":null},
        {"filter":"QUANTITY","min":null,"max":null,"tickSize":null},{"filter":"QUOTE_QTY","min":null},
        {"filter":"PROTECTION_LIMIT","buyMaxDeviation":"0.8"},{"filter":"NEW_RULE"}]"#;
    for rest in ["", silent] {
        let pair = instrument(rest).unwrap();
        assert_eq!(checked(&pair, "39000.12", "0.001"), None);
        assert_eq!(checked(&pair, "39000.123", "1").unwrap(), "price 39000.123: not a multiple of 0.01");
        assert_eq!(checked(&pair, "1", "0.0005").unwrap(), "quantity 0.0005: not a multiple of 0.001");
        let (price, qty) = pair.round(decimal("1.239"), decimal("0.0019"), Rounding::Up).unwrap();
        assert_eq!((price.to_string(), qty.to_string()), ("1.24".to_owned(), "0.001".to_owned()));
    }
}

#[test]
fn steps_are_counted_from_the_smallest_value() {
    let pair = instrument(
        r#","filters":[{"filter":"PRICE","min":"0.5","max":"100","tickSize":"0.2"},
        {"filter":"QUANTITY","min":0.05,"max":9,"tickSize":0.1},{"filter":"QUOTE_QTY","min":"1"}]"#,
    )
    .unwrap();
    for (price, qty, words) in [
        ("0.5", "2.05", None),
        ("0.7", "8.95", None),
        ("0.6", "2.05", Some("price 0.6: not a multiple of 0.2 above 0.5")),
        ("0.3", "2.05", Some("price 0.3: below the smallest, 0.5")),
        ("100.1", "2.05", Some("price 100.1: above the largest, 100")),
        ("0.7", "2", Some("quantity 2: not a multiple of 0.1 above 0.05")),
        ("0.7", "9.05", Some("quantity 9.05: above the largest, 9")),
        ("0.7", "1.35", Some("1.35 at 0.7: an amount below the smallest, 1")),
    ] {
        assert_eq!(checked(&pair, price, qty).as_deref(), words, "{qty} at {price}");
    }
    assert_eq!(pair.round(decimal("0.6"), decimal("2"), Rounding::Up), Ok((decimal("0.7"), decimal("1.95"))));
    assert!(pair.check_market(decimal("0.05")).is_ok());
    assert!(pair.check_market(decimal("0.06")).is_err());
    assert!(pair.check_market_by_amount(&decimal("1")).is_ok());
    assert!(pair.check_market_by_amount(&decimal("0.99")).is_err());
}

#[test]
fn a_rule_that_did_not_read_is_not_left_out() {
    let error = instrument(r#","filters":[{"filter":"PRICE","min":"x"}]"#).unwrap_err();
    assert!(error.starts_with("a filter of btc_usdt did not read"), "{error}");
}

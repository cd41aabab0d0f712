//! Checking and rounding orders of base units and of contracts.

use super::*;
use crate::decimal::parse_decimal;

fn decimal(text: &str) -> Option<Decimal> {
    Some(parse_decimal(text).unwrap())
}

fn contract() -> Instrument<Contracts> {
    let mut contract = Instrument::new("BTCUSDT");
    contract.contract_size = decimal("0.001");
    contract.price = Grid::new(decimal("0.1"), decimal("1"), decimal("1000000"));
    contract.size = Grid::new(decimal("1"), decimal("2"), decimal("500000"));
    contract.market_size = Grid::new(decimal("1"), decimal("2"), decimal("400000"));
    contract.amount = Grid::new(None, decimal("5"), decimal("10000000"));
    contract
}

fn check(contract: &Instrument<Contracts>, price: &str, size: &str) -> Option<String> {
    let (price, size) = (price.parse().unwrap(), size.parse().unwrap());
    contract.check(price, size).err().map(|error| error.to_string())
}

#[test]
fn an_order_of_contracts_is_worth_the_contract_size_times_its_price() {
    for (price, size, words) in [
        ("2500", "2", None),
        ("2499.9", "2", Some("2 at 2499.9: an amount below the smallest, 5")),
        ("20000", "500000", None),
        ("20000.1", "500000", Some("500000 at 20000.1: an amount above the largest, 10000000")),
        ("20000", "500001", Some("size 500001: above the largest, 500000")),
        ("20000", "2.5", Some("size 2.5: not a multiple of 1")),
        ("0.9", "2", Some("price 0.9: below the smallest, 1")),
    ] {
        assert_eq!(check(&contract(), price, size).as_deref(), words, "{size} at {price}");
    }
    assert!(contract().check_market(Contracts::new(400_000)).is_ok());
    assert!(contract().check_market(Contracts::new(400_001)).is_err());
}

#[test]
fn without_a_contract_size_no_amount_is_judged() {
    let mut unknown = contract();
    unknown.contract_size = None;
    assert_eq!(check(&unknown, "1", "2"), None);
    assert_eq!(unknown.qty_of(Contracts::new(1)), None);
    assert_eq!(unknown.contracts_in("1".parse().unwrap()), None);
}

#[test]
fn contracts_and_base_units_convert_exactly_or_down() {
    let contract = contract();
    let qty = |contracts: &str| {
        contract.qty_of(contracts.parse().unwrap()).map_or_else(|| "-".to_owned(), |qty| qty.to_string())
    };
    assert_eq!(
        (qty("0"), qty("3"), qty("1500"), qty("-1")),
        ("0".into(), "0.003".into(), "1.5".into(), "-".into())
    );
    let contracts = |qty: &str| {
        contract.contracts_in(qty.parse().unwrap()).map_or_else(|| "-".to_owned(), |count| count.to_string())
    };
    assert_eq!(
        (contracts("0.0039999"), contracts("0.003"), contracts("0.0009"), contracts("-0.1")),
        ("3".into(), "3".into(), "0".into(), "-".into())
    );
}

#[test]
fn what_binds_nothing_takes_everything_above_zero() {
    let free: Instrument<Qty> = Instrument::new("ANY");
    let (price, qty): (Price, Qty) = ("0.123456789".parse().unwrap(), "987654321.1".parse().unwrap());
    assert!(free.check(price, qty).is_ok());
    assert_eq!(free.round(price, qty, Rounding::Up), Ok((price, qty)));
    assert!(free.check(Price::ZERO, qty).is_err());
    assert!(free.check(price, Qty::ZERO).is_err());
}

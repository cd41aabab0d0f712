//! A contract's rules, from its row to an order that can be sent.

use venue_core::{Contracts, Price, Qty};

use crate::rest::SymbolDetail;
use crate::{Instrument, Rounding};

fn instrument(rest: &str) -> Instrument {
    let row = format!(
        r#"{{"symbol":"btc_usdt","contractSize":"0.0001","minStepPrice":"0.5","minPrice":"1","maxPrice":0,
        "pricePrecision":2,"quantityPrecision":3,"minQty":"2","minNotional":"5","maxNotional":"1000"{rest}}}"#
    );
    serde_json::from_str::<SymbolDetail>(&row).unwrap().instrument()
}

fn checked(contract: &Instrument, price: &str, size: &str) -> Option<String> {
    let (price, size): (Price, Contracts) = (price.parse().unwrap(), size.parse().unwrap());
    contract.check(price, size).err().map(|error| error.to_string())
}

#[test]
fn an_order_is_checked_by_the_contracts_rules() {
    let contract = instrument(r#","quoteCoin":"USDT""#);
    for (price, size, words) in [
        ("25000", "2", None),
        ("24999.5", "2", Some("2 at 24999.5: an amount below the smallest, 5")),
        ("25000", "401", Some("401 at 25000: an amount above the largest, 1000")),
        ("25000.2", "2", Some("price 25000.2: not a multiple of 0.5")),
        ("0.5", "2", Some("price 0.5: below the smallest, 1")),
        ("25000", "1", Some("size 1: below the smallest, 2")),
        // The number of digits is deprecated, the whole number documented.
        ("25000", "2.5", Some("size 2.5: not a multiple of 1")),
    ] {
        assert_eq!(checked(&contract, price, size).as_deref(), words, "{size} at {price}");
    }
    let (price, size) =
        contract.round("25000.2".parse().unwrap(), "3.7".parse().unwrap(), Rounding::Up).unwrap();
    assert_eq!((price.to_string(), size), ("25000.5".to_owned(), Contracts::new(3)));
    assert_eq!(contract.qty_of(size), Some("0.0003".parse::<Qty>().unwrap()));
}

#[test]
fn what_a_contract_margined_in_the_coin_is_worth_is_not_guessed() {
    for rest in [r#","quoteCoin":"usd""#, ""] {
        let contract = instrument(rest);
        assert_eq!(checked(&contract, "25000", "1000000"), None);
        assert_eq!(contract.qty_of(Contracts::new(1)), None);
        assert!(checked(&contract, "25000.2", "2").is_some());
    }
}

#[test]
fn without_a_tick_the_digits_of_a_price_are_its_step() {
    for tick in ["", r#","minStepPrice":"0""#] {
        let row: SymbolDetail =
            serde_json::from_str(&format!(r#"{{"symbol":"a","pricePrecision":2{tick}}}"#)).unwrap();
        assert_eq!(checked(&row.instrument(), "1.23", "1"), None);
        assert!(checked(&row.instrument(), "1.234", "1").is_some());
    }
}

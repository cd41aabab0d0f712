//! A pair's rules, from its filters to an order that can be sent.

use proptest::prelude::*;
use venue_core::Decimal;

use super::*;

/// The documented pair, with its filters cut to what binds.
fn pair() -> Instrument {
    let row = r#"{"symbols":[{"symbol":"USDTAED","baseAsset":"USDT","quoteAsset":"AED","baseAssetPrecision":"0.01",
        "quotePrecision":"0.00001","filters":[
        {"minPrice":"0.001","maxPrice":"100000.00000000","tickSize":"0.001","filterType":"PRICE_FILTER"},
        {"minQty":"0.3","maxQty":"200000","stepSize":"0.01","marketOrderMinQty":"0.4","marketOrderMaxQty":"100000","filterType":"LOT_SIZE"},
        {"minNotional":"1","filterType":"MIN_NOTIONAL"},
        {"minAmount":"2","maxAmount":"733320","minBuyPrice":"0","marketOrderMinAmount":"0.5","marketOrderMaxAmount":"366660","filterType":"TRADE_AMOUNT"},
        {"maxSellPrice":"0","buyPriceUpRate":"0.1","filterType":"LIMIT_TRADING"}]}]}"#;
    typed::<ExchangeInfo>("GetExchangeInfo", row).symbols[0].instrument().unwrap()
}

#[test]
fn an_order_is_checked_by_the_pairs_rules() {
    let pair = pair();
    for (price, qty, words) in [
        ("3.672", "10", None),
        ("3.6725", "10", Some("price 3.6725: not a multiple of 0.001")),
        // Its bounds are documented as out of use.
        ("100000.001", "7", None),
        ("3.672", "10.005", Some("quantity 10.005: not a multiple of 0.01")),
        ("10", "0.29", Some("quantity 0.29: below the smallest, 0.3")),
        ("1", "200000.01", Some("quantity 200000.01: above the largest, 200000")),
        ("2", "1", None),
        ("1.999", "1", Some("1 at 1.999: an amount below the smallest, 2")),
        ("3.667", "200000", Some("200000 at 3.667: an amount above the largest, 733320")),
        ("3.6666", "200000", Some("price 3.6666: not a multiple of 0.001")),
        ("3.666", "200000", None),
        ("0", "1", Some("price 0: must be above zero")),
        ("1", "-1", Some("quantity -1: must be above zero")),
    ] {
        let checked = pair.check(number(price), number(qty)).map_err(|error| error.to_string());
        assert_eq!(checked.err().as_deref(), words, "{qty} at {price}");
    }
    assert!(pair.check_market(number("0.4")).is_ok());
    assert!(pair.check_market(number("0.3")).is_err());
    assert!(pair.check_market(number("100000.01")).is_err());
    assert!(pair.check_market_by_amount(&number("1")).is_ok());
    // The smallest notional value binds although the market's own bound lies below it.
    assert!(pair.check_market_by_amount(&number("0.99")).is_err());
    assert!(pair.check_market_by_amount(&number("1.000001")).is_err());
    assert!(pair.check_market_by_amount(&number("366660.1")).is_err());
    assert!(pair.check_market_by_amount(&number("1.00000000000000000000000000000001")).is_err());
}

#[test]
fn rounding_moves_the_price_as_told_and_the_quantity_down() {
    let rounded = |price, qty, direction| {
        pair()
            .round(number(price), number(qty), direction)
            .map(|(price, qty)| (price.to_string(), qty.to_string()))
            .map_err(|error| error.to_string())
    };
    let is = |price: &str, qty: &str| Ok((price.to_owned(), qty.to_owned()));
    assert_eq!(rounded("3.6725", "10.009", Rounding::Down), is("3.672", "10"));
    assert_eq!(rounded("3.6725", "10.009", Rounding::Up), is("3.673", "10"));
    assert_eq!(rounded("3.6720", "10.00", Rounding::Up), is("3.6720", "10.00"));
    // Not moved into the bounds, but refused.
    assert_eq!(
        rounded("10", "0.299", Rounding::Up),
        Err("quantity 0.29: below the smallest, 0.3".to_owned())
    );
    assert_eq!(rounded("1", "0.001", Rounding::Up), Err("quantity 0: must be above zero".to_owned()));
    assert!(rounded("-1.0005", "1", Rounding::Up).is_err());
}

#[test]
fn a_rule_that_did_not_read_is_not_left_out() {
    let instrument = |filters: &str| {
        let text =
            format!(r#"{{"symbols":[{{"symbol":"A","baseAssetPrecision":"0.1","filters":[{filters}]}}]}}"#);
        let decoded = decode("GetExchangeInfo", 200, &text);
        let info: ExchangeInfo =
            venue_core::wire::lenient(|| serde_json::from_str(&decoded.value.unwrap())).unwrap();
        info.symbols[0].instrument().map_err(|error| error.to_string())
    };
    let error = instrument(r#"{"filterType":"LOT_SIZE","minQty":"x"}"#).unwrap_err();
    assert!(error.starts_with("a filter of A did not read"), "{error}");
    // Without any, the precision is what is left; unknown rules are the venue's to judge.
    let bare = instrument(r#"{"filterType":"NEW_RULE"}"#).unwrap();
    assert!(bare.check(number("0.123"), number("0.1")).is_ok());
    assert!(bare.check(number("0.123"), number("0.15")).is_err());
    assert_eq!(instrument(r#"{"filterType":"LOT_SIZE","stepSize":"0"}"#).unwrap().size.step, None);
}

proptest! {
    #[test]
    fn what_is_rounded_can_be_sent(
        price in 0i128..10_000_000_000, qty in 0i128..10_000_000_000_000, up: bool,
        price_scale in 0u32..9, qty_scale in 0u32..12,
    ) {
        let price = Price::from_decimal(Decimal::from_i128_with_scale(price, price_scale));
        let qty = Qty::from_decimal(Decimal::from_i128_with_scale(qty, qty_scale));
        let pair = pair();
        let direction = if up { Rounding::Up } else { Rounding::Down };
        match pair.round(price, qty, direction) {
            Ok((on_price, on_qty)) => {
                prop_assert!(pair.check(on_price, on_qty).is_ok());
                prop_assert!(on_qty <= qty);
                prop_assert_eq!(on_price == price, pair.price.check("", price.decimal()).is_ok());
                let is_there = if up { on_price >= price } else { on_price <= price };
                prop_assert!(is_there);
                prop_assert_eq!(pair.round(on_price, on_qty, direction), Ok((on_price, on_qty)));
            }
            // What could be sent as it is, is never refused.
            Err(_) => prop_assert!(pair.check(price, qty).is_err()),
        }
    }
}

//! The arithmetic of steps and bounds: exact for every decimal that there is.

use proptest::prelude::*;

use super::*;
use crate::decimal::parse_decimal;

fn decimal(text: &str) -> Decimal {
    parse_decimal(text).unwrap()
}

fn step(text: &str) -> Grid {
    Grid::new(Some(decimal(text)), None, None)
}

#[test]
fn a_value_goes_to_the_step_below_or_above() {
    for (value, by, down, up) in [
        ("3.67249", "0.001", "3.672", "3.673"),
        ("3.672", "0.001", "3.672", "3.672"),
        ("3.6720", "0.001", "3.6720", "3.6720"),
        ("0.3", "0.5", "0", "0.5"),
        ("7", "2.5", "5", "7.5"),
        ("0.10", "0.025", "0.10", "0.10"),
        ("0.11", "0.025", "0.1", "0.125"),
        ("99", "100", "0", "100"),
        ("0", "0.1", "0", "0"),
        ("79228162514264337593543950335", "2", "79228162514264337593543950334", "-"),
        (
            "0.0000000000000000000000000001",
            "79228162514264337593543950335",
            "0",
            "79228162514264337593543950335",
        ),
        (
            "79228162514264337593543950.335",
            "0.01",
            "79228162514264337593543950.33",
            "79228162514264337593543950.34",
        ),
        ("-1", "0.3", "-", "-"),
    ] {
        let rounded = |rounding| {
            step(by).round(decimal(value), rounding).map_or_else(|| "-".to_owned(), |value| value.to_string())
        };
        assert_eq!(
            (rounded(Rounding::Down), rounded(Rounding::Up)),
            (down.to_owned(), up.to_owned()),
            "{value}"
        );
    }
}

#[test]
fn bounds_are_allowed_themselves_and_zero_is_no_bound() {
    let grid = Grid::new(Some(decimal("0.01")), Some(decimal("0.3")), Some(decimal("200000")));
    for (value, is_allowed) in [
        ("0.3", true),
        ("0.30", true),
        ("200000.00", true),
        ("0.29", false),
        ("200000.01", false),
        ("0.305", false),
        ("0", false),
        ("-1", false),
    ] {
        assert_eq!(grid.check("quantity", decimal(value)).is_ok(), is_allowed, "{value}");
    }
    assert_eq!(Grid::new(Some(decimal("0")), Some(decimal("0.0")), Some(decimal("-1"))), Grid::default());
    let error = grid.check("quantity", decimal("0.305")).unwrap_err();
    assert_eq!(error.to_string(), "quantity 0.305: not a multiple of 0.01");
}

#[test]
fn steps_may_be_counted_from_the_smallest_value() {
    let grid = Grid::new(Some(decimal("1")), Some(decimal("0.5")), Some(decimal("10"))).from_min();
    for (value, words) in [
        ("0.5", None),
        ("1.50", None),
        ("9.5", None),
        ("1", Some("price 1: not a multiple of 1 above 0.5")),
        ("0.4", Some("price 0.4: below the smallest, 0.5")),
        ("10.5", Some("price 10.5: above the largest, 10")),
    ] {
        let error = grid.check("price", decimal(value)).err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), words, "{value}");
    }
    for (value, down, up) in [("1.50", "1.50", "1.50"), ("1.7", "1.5", "2.5"), ("0.4", "0.4", "0.4")] {
        let rounded = |rounding| grid.round(decimal(value), rounding).unwrap().to_string();
        assert_eq!((rounded(Rounding::Down).as_str(), rounded(Rounding::Up).as_str()), (down, up));
    }
    // Without a smallest value there is nothing to count from but zero.
    assert!(step("1").from_min().check("price", decimal("2")).is_ok());
    assert!(step("1").from_min().check("price", decimal("2.5")).is_err());
}

#[test]
fn digits_give_a_step() {
    for (digits, step) in [
        (0, Some("1")),
        (3, Some("0.001")),
        (28, Some("0.0000000000000000000000000001")),
        (29, None),
        (-2, Some("100")),
        (-28, Some("10000000000000000000000000000")),
        (-29, None),
        (i32::MAX, None),
        (i32::MIN, None),
    ] {
        assert_eq!(Grid::step_of_digits(digits).map(|step| step.to_string()).as_deref(), step, "{digits}");
    }
}

#[test]
fn a_step_of_zero_does_no_harm() {
    let mut grid = step("1");
    grid.step = Some(Decimal::ZERO);
    assert_eq!(grid.round(decimal("1.5"), Rounding::Down), None);
    assert!(grid.check("price", decimal("1.5")).is_err());
}

/// Any decimal that is not negative, many of them with all their digits.
fn any() -> impl Strategy<Value = Decimal> {
    let mantissa = prop_oneof![0i128..1000, 0i128..1_000_000_000_000, 0i128..(1 << 96)];
    (mantissa, 0u32..=28).prop_map(|(mantissa, scale)| Decimal::from_i128_with_scale(mantissa, scale))
}

/// Decimals whose sums fit, in units of 10^-9.
fn small() -> impl Strategy<Value = (Decimal, i128)> {
    (0i128..1_000_000_000_000, 0u32..=9).prop_map(|(mantissa, scale)| {
        (Decimal::from_i128_with_scale(mantissa, scale), mantissa * 10i128.pow(9 - scale))
    })
}

/// Decimals whose product fits, in units of 10^-9.
fn factor() -> impl Strategy<Value = (Decimal, i128)> {
    (0i128..1_000_000_000, 0u32..=9).prop_map(|(mantissa, scale)| {
        (Decimal::from_i128_with_scale(mantissa, scale), mantissa * 10i128.pow(9 - scale))
    })
}

proptest! {
    #[test]
    fn rounding_is_what_whole_numbers_say((value, units) in small(), (size, size_units) in small()) {
        prop_assume!(size_units > 0);
        let grid = Grid::new(Some(size), None, None);
        let below = units - units % size_units;
        let above = if below == units { units } else { below + size_units };
        prop_assert_eq!(grid.round(value, Rounding::Down).unwrap(), Decimal::from_i128_with_scale(below, 9));
        prop_assert_eq!(grid.round(value, Rounding::Up).unwrap(), Decimal::from_i128_with_scale(above, 9));
        prop_assert_eq!(is_multiple(value, size), below == units);
    }

    #[test]
    fn a_rounded_value_is_a_multiple_and_no_step_away(value in any(), size in any()) {
        let grid = Grid::new(Some(size), None, None);
        for rounding in [Rounding::Down, Rounding::Up] {
            let Some(rounded) = grid.round(value, rounding) else { continue };
            prop_assert!(size.is_zero() || is_multiple(rounded, size));
            match rounding {
                Rounding::Down => prop_assert!(rounded <= value),
                Rounding::Up => prop_assert!(rounded >= value),
            }
            // Once rounded, it stays, digit by digit.
            prop_assert_eq!(grid.round(rounded, rounding).map(|same| same.to_string()), Some(rounded.to_string()));
        }
        if let Some(below) = grid.round(value, Rounding::Down) {
            prop_assert_eq!(below == value, size.is_zero() || is_multiple(value, size));
        }
    }

    #[test]
    fn steps_from_a_smallest_value_are_those_from_zero_moved((value, x) in small(), (size, by) in small(), (min, from) in small()) {
        prop_assume!(by > 0 && from > 0);
        let grid = Grid::new(Some(size), Some(min), None).from_min();
        let (below, above) = match x.checked_sub(from) {
            Some(over) if over >= 0 => (x - over % by, if over % by == 0 { x } else { x - over % by + by }),
            _ => (x, x),
        };
        prop_assert_eq!(grid.round(value, Rounding::Down).unwrap(), Decimal::from_i128_with_scale(below, 9));
        prop_assert_eq!(grid.round(value, Rounding::Up).unwrap(), Decimal::from_i128_with_scale(above, 9));
        prop_assert_eq!(grid.check("", value).is_ok(), x >= from && below == x);
    }

    #[test]
    fn products_and_quotients_are_exact_or_none((a, x) in factor(), (b, y) in factor(), c in any(), d in any()) {
        // In units of 10^-18.
        let units = |value: Decimal| value.mantissa() * 10i128.pow(18 - value.scale());
        prop_assert_eq!(product(a, b).map(units), Some(x * y));
        prop_assert_eq!(times(a, b), x.checked_div(y).map(Decimal::from));
        if let Some(product) = product(c, d) {
            prop_assert_eq!(compare_product([c, d, Decimal::ONE], product), Ordering::Equal);
        }
        if let Some(times) = times(c, d) {
            prop_assert!(compare_product([times, d, Decimal::ONE], c) != Ordering::Greater);
            if let Some(more) = times.checked_add(Decimal::ONE) {
                prop_assert!(compare_product([more, d, Decimal::ONE], c) == Ordering::Greater);
            }
        }
    }

    #[test]
    fn three_factors_compare_as_whole_numbers_do(
        (x, a) in (0i128..1_000_000, 0u32..9), (y, b) in (0i128..1_000_000, 0u32..9), (z, c) in (0i128..1_000_000, 0u32..9),
        beside in -1i128..=1,
    ) {
        let factors = [(x, a), (y, b), (z, c)].map(|(units, scale)| Decimal::from_i128_with_scale(units, scale));
        let bound = x * y * z + beside;
        prop_assume!(bound >= 0);
        if let Ok(bound) = Decimal::try_from_i128_with_scale(bound, a + b + c) {
            prop_assert_eq!(compare_product(factors, bound), 0.cmp(&beside));
        }
    }

    #[test]
    fn no_product_is_too_large_to_compare(a in any(), b in any(), c in any(), d in any()) {
        // Three factors of 96 bits, with as many zeros behind as a bound's scale asks for.
        let largest = Decimal::MAX;
        prop_assert_eq!(compare_product([largest, largest, largest], a), Ordering::Greater);
        let by_bound = compare_product([a, b, c], d);
        prop_assert_eq!(compare_product([c, a, b], d), by_bound);
        if let Some(product) = product(a, b) {
            prop_assert_eq!(compare_product([product, c, Decimal::ONE], d), by_bound);
        }
    }

    #[test]
    fn every_multiple_is_known_as_one(size in any(), times in 0i128..1_000_000) {
        let whole = size.mantissa().checked_mul(times);
        if let Some(Ok(whole)) = whole.map(|whole| Decimal::try_from_i128_with_scale(whole, size.scale())) {
            prop_assert!(is_multiple(whole, size));
        }
    }

    #[test]
    fn products_compare_as_whole_numbers_do((a, x) in factor(), (b, y) in factor(), (c, z) in small()) {
        // In units of 10^-18.
        let product = x * y;
        prop_assert_eq!(compare_product([a, b, Decimal::ONE], c), product.cmp(&(z * 10i128.pow(9))));
        for (beside, order) in [(-1, Ordering::Greater), (0, Ordering::Equal), (1, Ordering::Less)] {
            if let Ok(c) = Decimal::try_from_i128_with_scale(product + beside, 18)
                && product + beside >= 0
            {
                prop_assert_eq!(compare_product([a, b, Decimal::ONE], c), order);
            }
        }
    }

    #[test]
    fn products_of_any_size_keep_their_order(a in any(), b in any()) {
        let one = Decimal::ONE;
        prop_assert_eq!(compare_product([a, one, Decimal::ONE], b), a.cmp(&b));
        prop_assert_eq!(compare_product([Decimal::ONE, one, a], b), a.cmp(&b));
        let is_zero = a.is_zero() || b.is_zero();
        prop_assert_eq!(compare_product([a, b, Decimal::ONE], Decimal::ZERO) == Ordering::Equal, is_zero);
        let one = Decimal::from_i128_with_scale(10i128.pow(28), 28);
        prop_assert_eq!(compare_product([a, one, Decimal::ONE], b), a.cmp(&b));
    }
}

//! The arithmetic of steps and bounds: exact for every decimal that there is.

use std::cmp::Ordering;

use proptest::prelude::*;
use venue_core::{Decimal, parse_decimal};

use crate::grid::{Grid, Rounding, compare_product, is_multiple};

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
        prop_assert_eq!(compare_product(a, b, c), product.cmp(&(z * 10i128.pow(9))));
        for (beside, order) in [(-1, Ordering::Greater), (0, Ordering::Equal), (1, Ordering::Less)] {
            if let Ok(c) = Decimal::try_from_i128_with_scale(product + beside, 18)
                && product + beside >= 0
            {
                prop_assert_eq!(compare_product(a, b, c), order);
            }
        }
    }

    #[test]
    fn products_of_any_size_keep_their_order(a in any(), b in any()) {
        let one = Decimal::ONE;
        prop_assert_eq!(compare_product(a, one, b), a.cmp(&b));
        prop_assert_eq!(compare_product(one, a, b), a.cmp(&b));
        let is_zero = a.is_zero() || b.is_zero();
        prop_assert_eq!(compare_product(a, b, Decimal::ZERO) == Ordering::Equal, is_zero);
        let one = Decimal::from_i128_with_scale(10i128.pow(28), 28);
        prop_assert_eq!(compare_product(a, one, b), a.cmp(&b));
    }
}

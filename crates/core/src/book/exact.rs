//! Arithmetic on decimals that is exact or says that it can't be.
//!
//! The library's own operators round in silence once a result needs more than 28 digits.

use crate::decimal::{Decimal, MAX_MANTISSA, MAX_SCALE};

/// The value `mantissa / 10^scale`, if a [`Decimal`] can hold it.
fn fit(mut mantissa: i128, mut scale: u32) -> Option<Decimal> {
    while scale > 0 && (scale > MAX_SCALE || mantissa.unsigned_abs() > MAX_MANTISSA) {
        if mantissa % 10 != 0 {
            return None;
        }
        mantissa /= 10;
        scale -= 1;
    }
    if mantissa.unsigned_abs() > MAX_MANTISSA {
        return None;
    }
    Some(Decimal::from_i128_with_scale(mantissa, scale))
}

fn raised(value: Decimal, scale: u32) -> Option<i128> {
    value.mantissa().checked_mul(10i128.checked_pow(scale.checked_sub(value.scale())?)?)
}

/// `a + b`; `None` when it has more digits than a [`Decimal`] holds.
pub(super) fn add(a: Decimal, b: Decimal) -> Option<Decimal> {
    let sum = |a: Decimal, b: Decimal| {
        let scale = a.scale().max(b.scale());
        fit(raised(a, scale)?.checked_add(raised(b, scale)?)?, scale)
    };
    // Trailing zeros may stand in the way; without them, what doesn't fit is too long indeed.
    sum(a, b).or_else(|| sum(a.normalize(), b.normalize()))
}

/// `a - b`; `None` when it has more digits than a [`Decimal`] holds.
pub(super) fn subtract(a: Decimal, b: Decimal) -> Option<Decimal> {
    add(a, -b)
}

/// `a × b`; `None` when it has more digits than a [`Decimal`] holds.
pub(super) fn multiply(a: Decimal, b: Decimal) -> Option<Decimal> {
    let product =
        |a: Decimal, b: Decimal| fit(a.mantissa().checked_mul(b.mantissa())?, a.scale() + b.scale());
    product(a, b).or_else(|| product_of_long(a.normalize(), b.normalize()))
}

/// Long mantissas without trailing zeros can still multiply to a round number: 2^n × 5^n.
fn product_of_long(a: Decimal, b: Decimal) -> Option<Decimal> {
    let (mut a_mantissa, mut b_mantissa) = (a.mantissa(), b.mantissa());
    let mut scale = a.scale() + b.scale();
    // Each pair of a two and a five makes one zero of the product, and takes away one place.
    while scale > 0 {
        if a_mantissa % 10 == 0 {
            a_mantissa /= 10;
        } else if b_mantissa % 10 == 0 {
            b_mantissa /= 10;
        } else if a_mantissa % 2 == 0 && b_mantissa % 5 == 0 {
            (a_mantissa, b_mantissa) = (a_mantissa / 2, b_mantissa / 5);
        } else if a_mantissa % 5 == 0 && b_mantissa % 2 == 0 {
            (a_mantissa, b_mantissa) = (a_mantissa / 5, b_mantissa / 2);
        } else {
            break;
        }
        scale -= 1;
    }
    fit(a_mantissa.checked_mul(b_mantissa)?, scale)
}

/// `value / 2`; `None` when it has more digits than a [`Decimal`] holds.
pub(super) fn half(value: Decimal) -> Option<Decimal> {
    let halved = |value: Decimal| {
        let mantissa = value.mantissa();
        if mantissa % 2 == 0 {
            fit(mantissa / 2, value.scale())
        } else {
            fit(mantissa.checked_mul(5)?, value.scale() + 1)
        }
    };
    halved(value).or_else(|| halved(value.normalize()))
}

/// `a / b` with so many digits after the point, half to even; `None` when `b` is zero or the result too long.
pub(super) fn divide(a: Decimal, b: Decimal, places: u32) -> Option<Decimal> {
    if b.is_zero() || places > MAX_SCALE {
        return None;
    }
    let negative = (a.mantissa() < 0) != (b.mantissa() < 0);
    let (numerator, divisor) = (a.mantissa().unsigned_abs(), b.mantissa().unsigned_abs());
    let mut quotient = numerator / divisor;
    let mut rest = numerator % divisor;
    // What is wanted is the quotient of the mantissas, its point moved by this.
    let shift = i64::from(places) + i64::from(b.scale()) - i64::from(a.scale());
    let (up, cut) = if shift >= 0 { (shift, 0) } else { (0, -shift) };
    for _ in 0..up {
        // Both stay far below 128 bits: the rest is less than a divisor of 96.
        rest *= 10;
        quotient = quotient.checked_mul(10)?.checked_add(rest / divisor)?;
        if quotient > MAX_MANTISSA {
            return None;
        }
        rest %= divisor;
    }
    // The first digit that falls, and whether anything but zeros lies behind it.
    let (mut digit, mut tail) = (rest * 10 / divisor, rest * 10 % divisor != 0);
    for _ in 0..cut {
        tail |= digit != 0;
        digit = quotient % 10;
        quotient /= 10;
    }
    if digit > 5 || (digit == 5 && (tail || quotient % 2 == 1)) {
        quotient += 1;
    }
    if quotient > MAX_MANTISSA {
        return None;
    }
    let quotient = i128::try_from(quotient).ok()?;
    Some(Decimal::from_i128_with_scale(if negative { -quotient } else { quotient }, places))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dec(text: &str) -> Decimal {
        crate::parse_decimal(text).unwrap()
    }

    fn text(value: Option<Decimal>) -> String {
        value.map_or("none".to_owned(), |value| value.to_string())
    }

    const MAX: &str = "79228162514264337593543950335";

    #[test]
    fn sums_are_exact_or_absent() {
        for (a, b, sum) in [
            ("0.1", "0.20", "0.30"),
            (MAX, "0", MAX),
            (MAX, "1", "none"),
            (MAX, "0.1", "none"),
            (MAX, "0.0000000000000000000000000000", MAX),
            ("7922816251426433759354395033.5", "0.5000", "7922816251426433759354395034"),
            ("-1.5", "1.50", "0.00"),
        ] {
            assert_eq!(text(add(dec(a), dec(b))), sum, "{a} + {b}");
            assert_eq!(text(add(dec(b), dec(a))), sum, "{b} + {a}");
        }
    }

    #[test]
    fn products_are_exact_or_absent() {
        for (a, b, product) in [
            ("1.10", "2.0", "2.200"),
            (MAX, "1", MAX),
            (MAX, "2", "none"),
            ("0.0000000000000000000000000001", "0.1", "none"),
            ("0.0000000000000000000000000002", "0.5", "0.0000000000000000000000000001"),
            // 2^70 / 10^15 and 5^40 / 10^25.
            (
                "10000000000000000000000000000",
                "1.2345678901234567890123456789",
                "12345678901234567890123456789",
            ),
            ("1180591.620717411303424", "909.4947017729282379150390625", "1073741824"),
        ] {
            assert_eq!(
                multiply(dec(a), dec(b))
                    .map(|value| value.normalize())
                    .map_or("none".to_owned(), |value| value.to_string()),
                if product == "none" { product.to_owned() } else { dec(product).normalize().to_string() },
                "{a} × {b}"
            );
        }
    }

    #[test]
    fn divisions_round_half_to_even() {
        for (a, b, places, result) in [
            ("1", "3", 4, "0.3333"),
            ("2", "3", 4, "0.6667"),
            ("-2", "3", 4, "-0.6667"),
            ("0.5", "1", 0, "0"),
            ("1.5", "1", 0, "2"),
            ("2.5", "1", 0, "2"),
            ("2.5000001", "1", 0, "3"),
            ("1", "8", 2, "0.12"),
            ("3", "8", 2, "0.38"),
            ("10.00", "2", 3, "5.000"),
            ("0.0000000000000000000000000001", "1", 0, "0"),
            ("1", "0", 2, "none"),
            (MAX, "1", 1, "none"),
            (MAX, "1", 0, MAX),
            ("0.15", "1", 1, "0.2"),
            ("0.25", "1", 1, "0.2"),
        ] {
            assert_eq!(text(divide(dec(a), dec(b), places)), result, "{a} / {b} to {places}");
        }
    }

    fn any_decimal() -> impl Strategy<Value = Decimal> {
        (-(1i128 << 96) + 1..(1i128 << 96), 0u32..96, 0u32..=28)
            .prop_map(|(mantissa, shift, scale)| Decimal::from_i128_with_scale(mantissa >> shift, scale))
    }

    proptest! {
        #[test]
        fn a_sum_can_be_taken_back(a in any_decimal(), b in any_decimal()) {
            if let Some(sum) = add(a, b) {
                prop_assert_eq!(subtract(sum, b), Some(a));
                prop_assert_eq!(subtract(sum, a), Some(b));
            }
        }

        #[test]
        fn short_numbers_always_add_multiply_and_halve(a in -(1i64 << 46)..(1i64 << 46), b in -(1i64 << 46)..(1i64 << 46), s in 0u32..9, t in 0u32..9) {
            let (x, y) = (Decimal::new(a, s), Decimal::new(b, t));
            prop_assert_eq!(add(x, y), Some(x + y));
            prop_assert_eq!(multiply(x, y), Some(x * y));
            let halved = half(x).unwrap();
            prop_assert_eq!(add(halved, halved), Some(x));
        }

        #[test]
        fn a_half_is_exact_or_absent(value in any_decimal()) {
            match half(value) {
                Some(halved) => prop_assert_eq!(add(halved, halved), Some(value)),
                None => prop_assert!(value.scale() >= 28 || value.mantissa().unsigned_abs() > MAX_MANTISSA / 5),
            }
        }

        #[test]
        fn a_quotient_is_within_half_a_last_place(a in -(1i128 << 60)..(1i128 << 60), b in 1i128..(1 << 40), places in 0u32..8, s in 0u32..6) {
            let (x, y) = (Decimal::from_i128_with_scale(a, s), Decimal::from_i128_with_scale(b, s));
            let quotient = divide(x, y, places).unwrap();
            // |q·b − a| ≤ b / 2, all in units of the last place.
            let error = (quotient.mantissa() * b - a * 10i128.pow(places)).abs();
            prop_assert!(error * 2 <= b, "{} / {} = {}", x, y, quotient);
            prop_assert!(error * 2 < b || quotient.mantissa() % 2 == 0);
        }
    }
}

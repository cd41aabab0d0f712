//! Any decimal is a price: sides against a model that compares digits, not numbers.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::text;
use crate::book::levels::Levels;
use crate::book::{BookSide, Level};
use crate::{Decimal, Price, Qty};

/// A number as digits that order as it does: by sign, then 30 digits before the point and 28 behind it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Digits(bool, Vec<i8>);

fn digits(value: Decimal) -> Digits {
    let text = value.abs().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let padded = format!("{whole:0>30}{fraction:0<28}");
    let negative = value.is_sign_negative() && padded.bytes().any(|byte| byte != b'0');
    let sign = if negative { -1 } else { 1 };
    Digits(!negative, padded.bytes().map(|byte| sign * i8::try_from(byte - b'0').unwrap()).collect())
}

#[derive(Default)]
struct Model(BTreeMap<Digits, Level<Qty>>);

impl Model {
    fn set(&mut self, level: Level<Qty>) {
        let key = digits(level.price.decimal());
        if level.size.is_zero() {
            self.0.remove(&key);
        } else {
            self.0.insert(key, level);
        }
    }

    fn text(&self, side: BookSide) -> Vec<(String, String)> {
        match side {
            BookSide::Bid => text(self.0.values().rev().copied()),
            BookSide::Ask => text(self.0.values().copied()),
        }
    }
}

/// Prices that meet each other at many scales, and prices that no word holds.
fn any_price() -> impl Strategy<Value = Price> {
    let near = (-40i128..40, 0u32..=28, 0u32..=4).prop_map(|(mantissa, scale, zeros)| {
        let zeros = zeros.min(28 - scale);
        Decimal::from_i128_with_scale(mantissa * 10i128.pow(zeros), scale + zeros)
    });
    let usual = (84_000i128..86_000, 0u32..4, 0u32..16).prop_map(|(mantissa, scale, zeros)| {
        Decimal::from_i128_with_scale(mantissa * 10i128.pow(zeros), scale + zeros)
    });
    let wild = (-(1i128 << 96) + 1..(1i128 << 96), 0u32..96, 0u32..=28)
        .prop_map(|(mantissa, shift, scale)| Decimal::from_i128_with_scale(mantissa >> shift, scale));
    let edge = prop::sample::select(vec![
        Decimal::MAX,
        Decimal::MIN,
        Decimal::from(i64::MAX),
        Decimal::from(i64::MIN),
        Decimal::from_i128_with_scale(i128::from(i64::MIN), 9),
        Decimal::from_i128_with_scale(1, 28),
        Decimal::from_i128_with_scale(0, 28),
        -Decimal::from_i128_with_scale(0, 3),
    ]);
    prop_oneof![4 => near, 6 => usual, 2 => wild, 1 => edge].prop_map(Price::from_decimal)
}

fn any_level() -> impl Strategy<Value = Level<Qty>> {
    let size = (0i64..4, 0u32..3).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale));
    (any_price(), size).prop_map(|(price, size)| Level::new(price, Qty::from_decimal(size)))
}

fn usual_level() -> impl Strategy<Value = Level<Qty>> {
    (1i64..400, 0u32..3, 0i64..3).prop_map(|(mantissa, scale, size)| {
        Level::new(Price::from_decimal(Decimal::new(mantissa, scale)), Qty::from_decimal(size.into()))
    })
}

fn any_side() -> impl Strategy<Value = BookSide> {
    prop::sample::select(vec![BookSide::Bid, BookSide::Ask])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn a_side_is_its_levels_in_order_whatever_their_scales(
        side in any_side(),
        rows in prop::collection::vec(any_level(), 0..24),
        changes in prop::collection::vec(any_level(), 0..48),
    ) {
        let mut model = Model::default();
        for row in &rows {
            model.set(*row);
        }
        let mut levels = Levels::build(side, &rows);
        prop_assert_eq!(text(levels.iter()), model.text(side));
        for change in changes {
            levels.set(change);
            model.set(change);
            prop_assert_eq!(text(levels.iter()), model.text(side), "after {:?}", change);
        }
        prop_assert_eq!(text(Levels::build(side, &levels.iter().collect::<Vec<_>>()).iter()), model.text(side));
        let mut copy = Levels::build(side, &rows);
        copy.clone_from(&levels);
        copy.set(Level::new(Price::from_decimal(Decimal::ONE), Qty::from_decimal(Decimal::ONE)));
        model.set(Level::new(Price::from_decimal(Decimal::ONE), Qty::from_decimal(Decimal::ONE)));
        prop_assert_eq!(text(copy.iter()), model.text(side), "a copy goes on as the original would");
    }

    #[test]
    fn a_long_side_is_kept_in_order_too(
        side in any_side(),
        rows in prop::collection::vec(usual_level(), 0..500),
        changes in prop::collection::vec(usual_level(), 0..200),
    ) {
        let mut model = Model::default();
        let mut levels = Levels::build(side, &rows);
        rows.iter().for_each(|row| model.set(*row));
        for change in changes {
            levels.set(change);
            model.set(change);
        }
        prop_assert_eq!(text(levels.iter()), model.text(side));
        prop_assert!(levels.scale().is_some(), "usual prices go by ticks");
    }
}

fn of(texts: &[&str]) -> Levels<Qty> {
    let rows: Vec<_> = texts.iter().map(|price| super::level(price, "1")).collect();
    Levels::build(BookSide::Bid, &rows)
}

#[test]
fn a_finer_price_raises_the_scale_and_zeros_behind_it_do_not_spoil_it() {
    for (start, change, scale) in [
        ("85000.1", "85000.25", Some(2)),
        // Room enough for the zeros.
        ("85000.1", "85000.250", Some(3)),
        // 18 places would not fit into a word; the digits that count do.
        ("85000.1", "85000.100000000000000000", Some(1)),
        ("85000.1", "85000.120000000000000000", Some(2)),
        // Here they count.
        ("85000.1", "85000.100000000000000001", None),
        ("85000.1", "79228162514264337593543950335", None),
    ] {
        let mut levels = of(&[start]);
        levels.set(super::level(change, "2"));
        assert_eq!(levels.scale(), scale, "{start} and {change}");
    }
    assert_eq!(of(&["85000.100000000000000000", "84000"]).scale(), Some(1));
    assert_eq!(of(&["0.000000012345", "0.00000001"]).scale(), Some(12));
}

#[test]
fn removing_a_price_that_the_side_cannot_express_changes_nothing() {
    let mut levels = of(&["85000.1"]);
    for price in ["85000.12", "85000.100000000000000001", "79228162514264337593543950335"] {
        levels.set(super::level(price, "0"));
    }
    assert_eq!(levels.scale(), Some(1));
    assert_eq!(levels.iter().len(), 1);
}

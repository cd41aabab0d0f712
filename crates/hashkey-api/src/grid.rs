//! Steps and bounds of prices, quantities and amounts, in exact arithmetic. Nothing here knows a venue.

use std::cmp::Ordering;

use venue_core::{Decimal, Invalid};

/// Where a value goes that lies between two steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// To the step below.
    Down,
    /// To the step above.
    Up,
}

/// Which values are allowed: multiples of a step, within bounds. What is not set does not bind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Grid {
    /// Every value is a multiple of it.
    pub step: Option<Decimal>,
    /// The smallest value.
    pub min: Option<Decimal>,
    /// The largest value.
    pub max: Option<Decimal>,
}

impl Grid {
    /// Step, smallest and largest value; one that is zero or below does not bind.
    #[must_use]
    pub fn new(step: Option<Decimal>, min: Option<Decimal>, max: Option<Decimal>) -> Self {
        let binding = |bound: Option<Decimal>| bound.filter(is_positive);
        Self { step: binding(step), min: binding(min), max: binding(max) }
    }

    /// Whether a value is allowed; `name` says in the message which one it is.
    ///
    /// # Errors
    /// The rule that it breaks.
    pub fn check(&self, name: &str, value: Decimal) -> Result<(), Invalid> {
        if !is_positive(&value) {
            return Err(Invalid::new(format!("{name} {value}: must be above zero")));
        }
        match (self.step, self.min, self.max) {
            (Some(step), ..) if !is_multiple(value, step) => {
                Err(Invalid::new(format!("{name} {value}: not a multiple of {step}")))
            }
            (_, Some(min), _) if value < min => {
                Err(Invalid::new(format!("{name} {value}: below the smallest, {min}")))
            }
            (.., Some(max)) if value > max => {
                Err(Invalid::new(format!("{name} {value}: above the largest, {max}")))
            }
            _ => Ok(()),
        }
    }

    /// The nearest multiple of the step in that direction; a value that is one already stays as it is, digit
    /// by digit. Bounds play no part. `None` for a value below zero, or where the result has more digits than
    /// can be held.
    #[must_use]
    pub fn round(&self, value: Decimal, rounding: Rounding) -> Option<Decimal> {
        let Some(step) = self.step else { return Some(value) };
        if value.is_sign_negative() && !value.is_zero() {
            return None;
        }
        if is_multiple(value, step) {
            return Some(value);
        }
        // In units of the finer of the two scales. A step that doesn't fit there is larger than the value.
        let mut scale = value.normalize().scale().max(step.normalize().scale());
        let units = in_units(value, scale)?;
        let mut rounded = match (in_units(step, scale), rounding) {
            (Some(step), Rounding::Down) => units - units % step,
            (Some(step), Rounding::Up) => (units - units % step).checked_add(step)?,
            (None, Rounding::Down) => 0,
            (None, Rounding::Up) => return Some(step),
        };
        while scale > 0 && rounded % 10 == 0 {
            rounded /= 10;
            scale -= 1;
        }
        Decimal::try_from_i128_with_scale(i128::try_from(rounded).ok()?, scale).ok()
    }
}

fn is_positive(value: &Decimal) -> bool {
    value.is_sign_positive() && !value.is_zero()
}

/// The value as so many units of 10^-scale.
fn in_units(value: Decimal, scale: u32) -> Option<u128> {
    let value = value.normalize();
    let shift = scale.checked_sub(value.scale())?;
    10u128.checked_pow(shift)?.checked_mul(value.mantissa().unsigned_abs())
}

/// Whether a value is a whole multiple of a step, whatever their scales; signs play no part.
#[must_use]
pub(crate) fn is_multiple(value: Decimal, step: Decimal) -> bool {
    let (value, step) = (value.normalize(), step.normalize());
    let (units, size) = (value.mantissa().unsigned_abs(), step.mantissa().unsigned_abs());
    if units == 0 || size == 0 {
        return units == 0;
    }
    if value.scale() > step.scale() {
        // A normal form with more decimals than the step has is never a multiple of it.
        return false;
    }
    // The value has to be shifted, which might not fit: its remainder always does.
    let mut rest = units % size;
    for _ in value.scale()..step.scale() {
        rest = rest * 10 % size;
    }
    rest == 0
}

/// Compares the product of two values with a third, without rounding it; none of them may be negative.
#[must_use]
pub(crate) fn compare_product(a: Decimal, b: Decimal, c: Decimal) -> Ordering {
    let mut left = Wide::new(a.mantissa().unsigned_abs());
    left.times(b.mantissa().unsigned_abs());
    let mut right = Wide::new(c.mantissa().unsigned_abs());
    for _ in a.scale() + b.scale()..c.scale() {
        left.times(10);
    }
    for _ in c.scale()..a.scale() + b.scale() {
        right.times(10);
    }
    left.0.iter().rev().cmp(right.0.iter().rev())
}

/// A whole number of 384 bits, its lowest 32 first: room for two mantissas of 96 bits and 10^56.
struct Wide([u32; 12]);

impl Wide {
    fn new(value: u128) -> Self {
        let mut words = [0; 12];
        for (index, word) in words.iter_mut().take(4).enumerate() {
            *word = low(value >> (32 * index));
        }
        Self(words)
    }

    /// Multiplies by a mantissa, one word of it after the other.
    fn times(&mut self, factor: u128) {
        let mut sum = [0u32; 12];
        for place in 0..3usize {
            let part = u128::from(low(factor >> (32 * place)));
            let mut carry = 0u128;
            for (slot, word) in sum.iter_mut().skip(place).zip(&self.0) {
                let value = u128::from(*slot) + u128::from(*word) * part + carry;
                *slot = low(value);
                carry = value >> 32;
            }
        }
        self.0 = sum;
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the lowest word is what is asked for")]
const fn low(value: u128) -> u32 {
    value as u32
}

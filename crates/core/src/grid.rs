//! Steps and bounds of prices, quantities and amounts, in exact arithmetic.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::error::Invalid;

#[cfg(test)]
mod tests;

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
    /// Every value is a multiple of it, or lies so many of it above [`min`](Self::min): see
    /// [`from_min`](Self::from_min).
    pub step: Option<Decimal>,
    /// The smallest value.
    pub min: Option<Decimal>,
    /// The largest value.
    pub max: Option<Decimal>,
    /// Whether steps are counted from the smallest value instead of from zero.
    from_min: bool,
}

impl Grid {
    /// Step, smallest and largest value; one that is zero or below does not bind.
    #[must_use]
    pub fn new(step: Option<Decimal>, min: Option<Decimal>, max: Option<Decimal>) -> Self {
        let binding = |bound: Option<Decimal>| bound.filter(is_positive);
        Self { step: binding(step), min: binding(min), max: binding(max), from_min: false }
    }

    /// Counts the steps from the smallest value: with a smallest of 0.5 and a step of 1, 1.5 is allowed and 1
    /// is not. Without a smallest value they begin at zero.
    #[must_use]
    pub const fn from_min(mut self) -> Self {
        self.from_min = true;
        self
    }

    /// The step of so many digits after the point; negative, of so many zeros before it. `None` where such a
    /// step can't be held.
    #[must_use]
    pub fn step_of_digits(digits: i32) -> Option<Decimal> {
        match u32::try_from(digits) {
            Ok(digits) => Decimal::try_from_i128_with_scale(1, digits).ok(),
            Err(_) => {
                let power = 10i128.checked_pow(digits.unsigned_abs())?;
                Decimal::try_from_i128_with_scale(power, 0).ok()
            }
        }
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
            (Some(step), ..) if !self.is_on_step(value, step) => Err(Invalid::new(match self.origin() {
                Some(origin) => format!("{name} {value}: not a multiple of {step} above {origin}"),
                None => format!("{name} {value}: not a multiple of {step}"),
            })),
            (_, Some(min), _) if value < min => {
                Err(Invalid::new(format!("{name} {value}: below the smallest, {min}")))
            }
            (.., Some(max)) if value > max => {
                Err(Invalid::new(format!("{name} {value}: above the largest, {max}")))
            }
            _ => Ok(()),
        }
    }

    /// Where the steps begin, unless at zero.
    fn origin(&self) -> Option<Decimal> {
        self.min.filter(|min| self.from_min && is_positive(min))
    }

    /// Whether a value lies on a step. Below the first one there are none to miss; its bound says so.
    fn is_on_step(&self, value: Decimal, step: Decimal) -> bool {
        match self.origin() {
            Some(origin) if value < origin => true,
            // What can't be told apart in 128 bits is not taken for a multiple.
            Some(origin) => difference(value, origin).is_some_and(|above| is_multiple(above, step)),
            None => is_multiple(value, step),
        }
    }

    /// The nearest step in that direction; a value that is on one already, or lies below the first one, stays
    /// as it is, digit by digit. Bounds play no part. `None` for a value below zero, or where the result has
    /// more digits than can be held.
    #[must_use]
    pub fn round(&self, value: Decimal, rounding: Rounding) -> Option<Decimal> {
        let Some(step) = self.step else { return Some(value) };
        if value.is_sign_negative() && !value.is_zero() {
            return None;
        }
        if self.is_on_step(value, step) {
            return Some(value);
        }
        match self.origin() {
            Some(origin) => sum(origin, to_multiple(difference(value, origin)?, step, rounding)?),
            None => to_multiple(value, step, rounding),
        }
    }
}

/// The nearest multiple of a step to a value that is none, in that direction.
fn to_multiple(value: Decimal, step: Decimal, rounding: Rounding) -> Option<Decimal> {
    // In units of the finer of the two scales. A step that doesn't fit there is larger than the value.
    let scale = value.normalize().scale().max(step.normalize().scale());
    let units = in_units(value, scale)?;
    let rounded = match (in_units(step, scale), rounding) {
        (Some(step), Rounding::Down) => units - units.checked_rem(step)?,
        (Some(step), Rounding::Up) => (units - units.checked_rem(step)?).checked_add(step)?,
        (None, Rounding::Down) => 0,
        (None, Rounding::Up) => return Some(step),
    };
    from_units(rounded, scale)
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

/// The value of so many units of 10^-scale, without zeros at its end; `None` when it has too many digits.
fn from_units(mut units: u128, mut scale: u32) -> Option<Decimal> {
    while scale > 0 && units.is_multiple_of(10) {
        units /= 10;
        scale -= 1;
    }
    Decimal::try_from_i128_with_scale(i128::try_from(units).ok()?, scale).ok()
}

/// What lies between two values of which none is negative, the larger first; exact, or `None`.
fn difference(larger: Decimal, smaller: Decimal) -> Option<Decimal> {
    let scale = larger.normalize().scale().max(smaller.normalize().scale());
    from_units(in_units(larger, scale)?.checked_sub(in_units(smaller, scale)?)?, scale)
}

/// The sum of two values of which none is negative; exact, or `None`.
fn sum(a: Decimal, b: Decimal) -> Option<Decimal> {
    let scale = a.normalize().scale().max(b.normalize().scale());
    from_units(in_units(a, scale)?.checked_add(in_units(b, scale)?)?, scale)
}

/// The product of two values of which none is negative; exact, or `None`.
#[must_use]
pub(crate) fn product(a: Decimal, b: Decimal) -> Option<Decimal> {
    let (a, b) = (a.normalize(), b.normalize());
    let units = a.mantissa().unsigned_abs().checked_mul(b.mantissa().unsigned_abs())?;
    from_units(units, a.scale() + b.scale())
}

/// How often a part goes whole into a value, neither of them negative; `None` for a part of zero, or where the
/// two lie too far apart.
#[must_use]
pub(crate) fn times(value: Decimal, part: Decimal) -> Option<Decimal> {
    let scale = value.normalize().scale().max(part.normalize().scale());
    from_units(in_units(value, scale)?.checked_div(in_units(part, scale)?)?, 0)
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

/// Compares the product of three values with a fourth, without rounding it; none of them may be negative.
#[must_use]
pub(crate) fn compare_product(factors: [Decimal; 3], bound: Decimal) -> Ordering {
    let mut left = Wide::new(1);
    for factor in factors {
        left.times(factor.mantissa().unsigned_abs());
    }
    let mut right = Wide::new(bound.mantissa().unsigned_abs());
    let scale: u32 = factors.iter().map(Decimal::scale).sum();
    for _ in scale..bound.scale() {
        left.times(10);
    }
    for _ in bound.scale()..scale {
        right.times(10);
    }
    left.0.iter().rev().cmp(right.0.iter().rev())
}

/// A whole number of 384 bits, its lowest 32 first: room for three mantissas of 96 bits and 10^28, or for one
/// and 10^84.
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

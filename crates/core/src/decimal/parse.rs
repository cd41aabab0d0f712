//! Reading a decimal: a short one in one machine word, any other digit by digit.

use super::Decimal;

/// Most digits after the point that a [`Decimal`] holds.
pub(crate) const MAX_SCALE: u32 = 28;
/// Largest mantissa of a [`Decimal`]: 96 bits.
pub(crate) const MAX_MANTISSA: u128 = (1 << 96) - 1;

/// Why a text is not an exact decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecimalError {
    /// Not a decimal number at all; `_`, a leading `+`, `.5` and `5.` are refused too.
    #[error("not a decimal number")]
    Syntax,
    /// A number, but with more digits than can be held exactly.
    #[error("more digits than can be held exactly")]
    Oversize,
}

/// Reads a decimal exactly: optional `-`, digits, optional fraction, optional exponent.
///
/// # Errors
/// [`DecimalError`] when the text is not a number or does not fit; nothing is ever rounded.
#[inline]
pub fn parse_decimal(text: &str) -> Result<Decimal, DecimalError> {
    match parse_short(text) {
        Some(value) => Ok(value),
        None => parse_long(text),
    }
}

/// The usual case: up to 18 digits, no exponent. `None` leaves it to [`parse_long`].
#[inline]
pub(super) fn parse_short(text: &str) -> Option<Decimal> {
    Short::of(text.as_bytes()).decimal()
}

/// A decimal in two machine words, or none. It comes back in registers: a [`Decimal`] would be written to memory and
/// copied from there at once in another width, which stalls the processor.
#[derive(Clone, Copy)]
struct Short {
    mantissa: u64,
    /// How many digits stand behind the point, and whether it is negative.
    form: u32,
}

impl Short {
    const NEGATIVE: u32 = 1 << 31;
    const NONE: Self = Self { mantissa: 0, form: u32::MAX };

    fn of(text: &[u8]) -> Self {
        let (negative, digits) = match text {
            [b'-', rest @ ..] => (Self::NEGATIVE, rest),
            rest => (0, rest),
        };
        // 18 digits and a point.
        if digits.len() > 19 {
            return Self::NONE;
        }
        let mut mantissa: u64 = 0;
        let mut scale: u32 = 0;
        let mut point = false;
        for (index, byte) in digits.iter().enumerate() {
            let digit = byte.wrapping_sub(b'0');
            if digit < 10 {
                // 19 digits without a point still fit into 64 bits.
                mantissa = mantissa * 10 + u64::from(digit);
                scale += u32::from(point);
            } else if *byte == b'.' && !point && index > 0 {
                point = true;
            } else {
                return Self::NONE;
            }
        }
        if digits.is_empty() || (point && scale == 0) {
            return Self::NONE;
        }
        Self { mantissa, form: negative | scale }
    }

    #[inline]
    fn decimal(self) -> Option<Decimal> {
        if self.form == Self::NONE.form {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "the mantissa is cut into its 32-bit words")]
        let (lo, mid) = (self.mantissa as u32, (self.mantissa >> 32) as u32);
        let scale = self.form & !Self::NEGATIVE;
        Some(Decimal::from_parts(lo, mid, 0, self.form & Self::NEGATIVE != 0, scale))
    }
}

#[cold]
fn parse_long(text: &str) -> Result<Decimal, DecimalError> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut mantissa: u128 = 0;
    let mut oversize = false;
    let mut seen = 0u32;
    let mut fraction: Option<u32> = None;
    let mut rest = digits.as_bytes().iter();
    let mut exponent = None;
    while let Some(byte) = rest.next() {
        match byte {
            b'0'..=b'9' => {
                seen += 1;
                // 96 bits leave room for one more decimal digit in 128.
                mantissa = mantissa * 10 + u128::from(byte - b'0');
                if mantissa > MAX_MANTISSA {
                    oversize = true;
                    mantissa = 0;
                }
                if let Some(places) = &mut fraction {
                    *places += 1;
                }
            }
            b'.' if fraction.is_none() && seen > 0 => {
                fraction = Some(0);
            }
            b'e' | b'E' if seen > 0 => {
                exponent = Some(parse_exponent(rest.as_slice())?);
                break;
            }
            _ => return Err(DecimalError::Syntax),
        }
    }
    if seen == 0 || fraction == Some(0) {
        return Err(DecimalError::Syntax);
    }
    let scale = i64::from(fraction.unwrap_or(0)) - i64::from(exponent.unwrap_or(0));
    if oversize || scale > i64::from(MAX_SCALE) {
        return Err(DecimalError::Oversize);
    }
    let (mantissa, scale) = match u32::try_from(scale) {
        Ok(scale) => (mantissa, scale),
        // A negative scale (1E+3) is written out as trailing zeros.
        Err(_) => {
            let raise = u32::try_from(-scale).map_err(|_| DecimalError::Oversize)?;
            let shifted = 10u128
                .checked_pow(raise)
                .and_then(|power| mantissa.checked_mul(power))
                .filter(|shifted| *shifted <= MAX_MANTISSA);
            match shifted {
                Some(shifted) => (shifted, 0),
                None if mantissa == 0 => (0, 0),
                None => return Err(DecimalError::Oversize),
            }
        }
    };
    #[expect(clippy::cast_possible_truncation, reason = "the mantissa is cut into its three 32-bit words")]
    let (lo, mid, hi) = (mantissa as u32, (mantissa >> 32) as u32, (mantissa >> 64) as u32);
    Ok(Decimal::from_parts(lo, mid, hi, negative, scale))
}

fn parse_exponent(bytes: &[u8]) -> Result<i32, DecimalError> {
    let (negative, digits) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    if digits.is_empty() {
        return Err(DecimalError::Syntax);
    }
    let mut value: i32 = 0;
    for byte in digits {
        if !byte.is_ascii_digit() {
            return Err(DecimalError::Syntax);
        }
        // Saturating: past a few hundred the number is oversize (or zero) anyway.
        value = value.saturating_mul(10).saturating_add(i32::from(byte - b'0'));
    }
    Ok(if negative { -value } else { value })
}

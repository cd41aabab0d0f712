//! Documented rules that several requests share, checked before the wire.

use venue_core::{Contracts, Invalid};

/// A number within its documented range, where it is given.
pub(crate) fn check_range(name: &str, given: Option<u32>, least: u32, most: u32) -> Result<(), Invalid> {
    match given {
        Some(number) if !(least..=most).contains(&number) => {
            Err(Invalid::new(format!("{name} {number}: {least} to {most}")))
        }
        _ => Ok(()),
    }
}

/// Sizes are whole contracts.
pub(crate) fn check_size(size: Contracts) -> Result<(), Invalid> {
    let size = size.decimal();
    if size.is_sign_negative() || size.is_zero() || !size.fract().is_zero() {
        return Err(Invalid::new(format!("origQty {size}: a whole number of contracts, at least 1")));
    }
    Ok(())
}

/// An id or symbol that says nothing may be taken for all of them.
pub(crate) fn check_given(name: &str, text: &str) -> Result<(), Invalid> {
    if text.is_empty() { Err(Invalid::new(format!("{name} is empty"))) } else { Ok(()) }
}

//! What a topic must be, since the venue confirms any.

use std::fmt::Display;

use venue_core::{Invalid, Symbol};

/// A contract's name as the venue spells it: lower case, and nothing that would make another topic of it.
pub(super) fn symbol(symbol: &Symbol) -> Result<(), Invalid> {
    let symbol = symbol.as_str();
    let spelled =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-');
    if symbol.is_empty() || symbol == "user" || !symbol.bytes().all(spelled) {
        return Err(Invalid::new(format!("symbol {symbol:?}: in lower case, such as btc_usdt")));
    }
    Ok(())
}

/// One of the words that the venue knows: another would be confirmed, and never pushed.
pub(super) fn known<E: PartialEq + Display>(name: &str, value: &E, known: &[E]) -> Result<(), Invalid> {
    if known.contains(value) {
        return Ok(());
    }
    let known: Vec<String> = known.iter().map(E::to_string).collect();
    Err(Invalid::new(format!("{name} {:?}: one of {}", value.to_string(), known.join(", "))))
}

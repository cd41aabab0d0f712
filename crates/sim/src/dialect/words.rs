//! Words that most venues have for what the engine knows, and back.

use super::Ask;
use crate::engine::{Margin, Order, Side, Status, Tif};

pub(crate) fn side(side: Side) -> &'static str {
    match side {
        Side::Buy => "BUY",
        Side::Sell => "SELL",
    }
}

pub(crate) fn tif(tif: Tif) -> &'static str {
    match tif {
        Tif::Gtc => "GTC",
        Tif::Ioc => "IOC",
        Tif::Fok => "FOK",
        Tif::PostOnly => "GTX",
    }
}

/// Good till cancelled unless it is said otherwise.
pub(crate) fn read_tif(ask: &Ask<'_>, name: &str) -> Tif {
    match ask.text(name).as_deref() {
        Some("IOC") => Tif::Ioc,
        Some("FOK") => Tif::Fok,
        Some("GTX") => Tif::PostOnly,
        _ => Tif::Gtc,
    }
}

pub(crate) fn margin(margin: Margin) -> &'static str {
    match margin {
        Margin::Cross => "CROSSED",
        Margin::Isolated => "ISOLATED",
    }
}

pub(crate) fn kind(order: &Order) -> &'static str {
    if order.price.is_some() { "LIMIT" } else { "MARKET" }
}

pub(crate) fn status(order: &Order) -> &'static str {
    match order.status {
        Status::New => "NEW",
        Status::PartiallyFilled => "PARTIALLY_FILLED",
        Status::Filled => "FILLED",
        Status::Cancelled if order.filled.is_zero() => "CANCELED",
        Status::Cancelled => "PARTIALLY_CANCELED",
    }
}

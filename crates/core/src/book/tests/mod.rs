//! Claims about books, held to a reference.

mod faults;
mod queries;
mod reference;
mod steps;
mod wild;

use super::{Level, Size};
use crate::{Price, Qty};

fn price(text: &str) -> Price {
    text.parse().unwrap()
}

fn qty(text: &str) -> Qty {
    text.parse().unwrap()
}

fn level(price: &str, size: &str) -> Level<Qty> {
    Level::new(price.parse().unwrap(), size.parse().unwrap())
}

/// Levels as text, so that digits and scale count too.
fn text<S: Size>(levels: impl Iterator<Item = Level<S>>) -> Vec<(String, String)> {
    levels.map(|level| (level.price.to_string(), level.size.to_string())).collect()
}

//! Binary pushes: protocol buffers without an envelope, told apart by their fields and read.
//!
//! The documentation gives three messages, and nothing in a frame says which one it is. Their first three
//! fields do:
//!
//! | field | `DealVO` | `KlineVO` | `DepthVO` |
//! |---|---|---|---|
//! | 1 | number | text | text |
//! | 2, 3 | text | text | number |
//! | 4, 5 | text | text | level |
//! | 6 | number | text | |
//! | 7, 8 | | text | |
//! | 9 | | number | |
//!
//! A writer leaves out numbers that are 0 and texts that are empty. So a frame counts as one of them when every
//! field that it has is of the message's type, and when what tells it from the others is there: field 1, and
//! field 2 or 3 if that is a text. A book without numbers is known by levels that read as such, and by nothing
//! beyond field 5.

use std::str::FromStr;

use venue_core::wire::{EnumValue as _, note_unmapped};
use venue_core::ws::Unreadable;
use venue_core::{Amount, Contracts, Millis, Symbol, TradeId};

use super::{DepthPush, KlinePush, TradePush};
use crate::model::{DealSide, KlineInterval, Level};

/// What a field holds, as far as the three messages know such things.
#[derive(Clone, Copy)]
enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    /// Of a width that none of them has.
    Fixed,
}

impl<'a> Value<'a> {
    const fn kind(self) -> Kind {
        match self {
            Self::Number(_) => Kind::Number,
            Self::Bytes(_) => Kind::Bytes,
            Self::Fixed => Kind::Fixed,
        }
    }

    fn text(self) -> Option<&'a str> {
        match self {
            Self::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Bytes,
    Fixed,
}

/// The fields of a message, in the order of the wire; `None` in place of one that isn't any, and nothing after.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn number(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for place in 0..10 {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            let bits = u64::from(byte & 0x7f);
            // The tenth byte has room for one bit.
            if place == 9 && bits > 1 {
                return None;
            }
            value |= bits << (7 * place);
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    fn field(&mut self) -> Option<(u32, Value<'a>)> {
        let tag = u32::try_from(self.number()?).ok()?;
        let value = match tag & 7 {
            0 => Value::Number(self.number()?),
            1 => self.bytes(8).map(|_| Value::Fixed)?,
            2 => {
                let length = usize::try_from(self.number()?).ok()?;
                Value::Bytes(self.bytes(length)?)
            }
            5 => self.bytes(4).map(|_| Value::Fixed)?,
            // Groups, which these messages never had.
            _ => return None,
        };
        let number = tag >> 3;
        (number > 0).then_some((number, value))
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Option<(u32, Value<'a>)>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_none() {
            self.0 = &[];
        }
        Some(field)
    }
}

/// One of the documented messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Message {
    Deal,
    Kline,
    Depth,
}

impl Message {
    const fn name(self) -> &'static str {
        match self {
            Self::Deal => "DealVO",
            Self::Kline => "KlineVO",
            Self::Depth => "DepthVO",
        }
    }

    /// The documented type of a field; nothing is known of those beyond.
    const fn kind_of(self, field: u32) -> Option<Kind> {
        match (self, field) {
            (Self::Deal, 1 | 6) | (Self::Kline, 9) | (Self::Depth, 2 | 3) => Some(Kind::Number),
            (Self::Deal, 2..=5) | (Self::Kline, 1..=8) | (Self::Depth, 1 | 4 | 5) => Some(Kind::Bytes),
            _ => None,
        }
    }

    fn allows(self, field: u32, value: Value<'_>) -> bool {
        self.kind_of(field).is_none_or(|kind| kind == value.kind())
    }
}

/// A message, told apart, with what its route is made of.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Told<'a> {
    pub(super) message: Message,
    pub(super) symbol: &'a str,
    /// Of a candle.
    pub(super) interval: &'a str,
}

/// Says which message a frame holds. `None` where it is none of them, can't be told, or names no contract.
pub(super) fn tell(bytes: &[u8]) -> Option<Told<'_>> {
    let (mut first, mut second_text, mut interval) = (None, None, None);
    let (mut has_texts, mut has_numbers, mut has_levels, mut has_more) = (false, false, false, false);
    for field in Fields(bytes) {
        let (number, value) = field?;
        match (number, value) {
            (1, _) => first = Some(value),
            (2 | 3, Value::Bytes(_)) => {
                has_texts = true;
                if number == 2 {
                    second_text = value.text();
                }
            }
            (2 | 3, Value::Number(_)) => has_numbers = true,
            (4 | 5, _) => has_levels = true,
            (8, _) => {
                interval = value.text();
                has_more = true;
            }
            _ => has_more = true,
        }
    }
    let (message, symbol) = match first? {
        Value::Number(_) => (Message::Deal, second_text?),
        first if has_texts => (Message::Kline, first.text()?),
        first if has_numbers => (Message::Depth, first.text()?),
        first if has_levels && !has_more && reads_as_levels(bytes) => (Message::Depth, first.text()?),
        _ => return None,
    };
    let interval = if message == Message::Kline { interval? } else { "" };
    let fits = Fields(bytes).flatten().all(|(number, value)| message.allows(number, value));
    let is_named = !symbol.is_empty() && (message != Message::Kline || !interval.is_empty());
    (fits && is_named).then_some(Told { message, symbol, interval })
}

fn reads_as_levels(bytes: &[u8]) -> bool {
    Fields(bytes)
        .flatten()
        .filter(|(number, _)| matches!(number, 4 | 5))
        .all(|(_, value)| level(value).is_ok())
}

/// The fields of a message that must be this one.
fn fields(bytes: &[u8], message: Message) -> Result<impl Iterator<Item = (u32, Value<'_>)>, Unreadable> {
    match tell(bytes) {
        Some(told) if told.message == message => Ok(Fields(bytes).flatten().inspect(move |(number, _)| {
            if message.kind_of(*number).is_none() {
                note_unmapped(&format!("{}.{number}", message.name()));
            }
        })),
        _ => Err(Unreadable::new(format!("not a {}", message.name()))),
    }
}

fn text<'a>(value: Value<'a>, name: &str) -> Result<&'a str, Unreadable> {
    value.text().ok_or_else(|| Unreadable::new(format!("{name} is no text")))
}

fn parsed<T: FromStr>(text: Option<&str>, name: &str) -> Result<T, Unreadable> {
    let text = text.filter(|text| !text.is_empty()).ok_or_else(|| missing(name))?;
    text.parse().map_err(|_| Unreadable::new(format!("{name} is no decimal: {text:?}")))
}

/// As [`parsed`], of what may be left out.
fn optional<T: FromStr>(text: Option<&str>, name: &str) -> Result<Option<T>, Unreadable> {
    text.filter(|text| !text.is_empty()).map(|text| parsed(Some(text), name)).transpose()
}

fn missing(name: &str) -> Unreadable {
    Unreadable::new(format!("{name} is missing"))
}

/// A number that is written as signed, and counts something.
fn count(value: Value<'_>, name: &str) -> Result<u64, Unreadable> {
    match value {
        Value::Number(number) if i64::try_from(number).is_ok() => Ok(number),
        _ => Err(Unreadable::new(format!("{name} is below zero"))),
    }
}

pub(super) fn kline(bytes: &[u8]) -> Result<KlinePush, Unreadable> {
    let (mut texts, mut time) = ([None; 9], None);
    for (number, value) in fields(bytes, Message::Kline)? {
        let slot = usize::try_from(number).ok().and_then(|number| texts.get_mut(number));
        match (number, slot) {
            (1..=8, Some(slot)) => *slot = Some(text(value, "a field of the candle")?),
            (9, _) => time = Some(count(value, "t")?),
            _ => {}
        }
    }
    let [_, symbol, open, close, high, low, turnover, volume, interval] = texts;
    let time = time.and_then(|time| i64::try_from(time).ok()).ok_or_else(|| missing("t"))?;
    Ok(KlinePush {
        symbol: Symbol::from(symbol.unwrap_or_default()),
        interval: KlineInterval::from_wire(interval.unwrap_or_default()),
        time: Millis::new(time),
        open: parsed(open, "o")?,
        close: parsed(close, "c")?,
        high: parsed(high, "h")?,
        low: parsed(low, "l")?,
        volume: optional::<Contracts>(volume, "v")?,
        turnover: optional::<Amount>(turnover, "a")?,
    })
}

pub(super) fn trade(bytes: &[u8]) -> Result<TradePush, Unreadable> {
    let (mut t, mut id, mut texts) = (0, None, [None; 6]);
    for (number, value) in fields(bytes, Message::Deal)? {
        let slot = usize::try_from(number).ok().and_then(|number| texts.get_mut(number));
        match (number, slot) {
            (1, _) => t = count(value, "t")?,
            (2..=5, Some(slot)) => *slot = Some(text(value, "a field of the trade")?),
            (6, _) => id = Some(count(value, "id")?).filter(|id| *id > 0),
            _ => {}
        }
    }
    let [_, _, symbol, price, qty, side] = texts;
    let side = side.filter(|side| !side.is_empty()).ok_or_else(|| missing("m"))?;
    Ok(TradePush {
        symbol: Symbol::from(symbol.unwrap_or_default()),
        t,
        price: parsed(price, "p")?,
        qty: parsed(qty, "a")?,
        side: DealSide::from_wire(side),
        id: id.map(|id| TradeId::from(id.to_string())),
    })
}

pub(super) fn depth(bytes: &[u8]) -> Result<DepthPush, Unreadable> {
    let mut symbol = "";
    let (mut first, mut last) = (0, 0);
    let (mut bids, mut asks) = (Vec::new(), Vec::new());
    for (number, value) in fields(bytes, Message::Depth)? {
        match number {
            1 => symbol = text(value, "s")?,
            2 => first = count(value, "U")?,
            3 => last = count(value, "u")?,
            4 => bids.push(level(value)?),
            5 => asks.push(level(value)?),
            _ => {}
        }
    }
    Ok(DepthPush {
        event: None,
        symbol: Symbol::from(symbol),
        first_update_id: first,
        last_update_id: last,
        bids,
        asks,
    })
}

/// A `PriceLevel`.
fn level(value: Value<'_>) -> Result<Level, Unreadable> {
    let wrong = || Unreadable::new("a level is no PriceLevel");
    let Value::Bytes(bytes) = value else { return Err(wrong()) };
    let (mut price, mut qty) = (None, None);
    for field in Fields(bytes) {
        match field.ok_or_else(wrong)? {
            (1, value) => price = Some(text(value, "price")?),
            (2, value) => qty = Some(text(value, "quantity")?),
            (number, _) => note_unmapped(&format!("PriceLevel.{number}")),
        }
    }
    Ok(Level { price: parsed(price, "price")?, qty: parsed(qty, "quantity")? })
}

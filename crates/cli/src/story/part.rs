//! The parts of the story, the same at every venue.

use serde::Serialize;

/// A part of the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Part {
    Clock,
    Rules,
    Market,
    Place,
    OwnId,
    Fill,
    Cancel,
    Book,
    Signature,
    Key,
    LostAnswer,
    LostRequest,
    Burst,
    Tidy,
    Refusal,
    Once,
}

impl Part {
    /// All of them, in the order in which they are told.
    pub(crate) const ALL: [Self; 16] = [
        Self::Clock,
        Self::Rules,
        Self::Market,
        Self::Place,
        Self::OwnId,
        Self::Fill,
        Self::Cancel,
        Self::Book,
        Self::Signature,
        Self::Key,
        Self::LostAnswer,
        Self::LostRequest,
        Self::Burst,
        Self::Tidy,
        Self::Refusal,
        Self::Once,
    ];

    /// Beside the venues' columns.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Clock => "clock set",
            Self::Rules => "instrument's rules",
            Self::Market => "market data",
            Self::Place => "order placed",
            Self::OwnId => "seen by own id",
            Self::Fill => "fill on the stream",
            Self::Cancel => "order cancelled",
            Self::Book => "book after a loss",
            Self::Signature => "rejected signature",
            Self::Key => "rejected key",
            Self::LostAnswer => "answer lost",
            Self::LostRequest => "request lost",
            Self::Burst => "burst within limit",
            Self::Tidy => "left behind",
            Self::Refusal => "too many requests",
            Self::Once => "executed twice",
        }
    }

    /// Above what is told of it.
    pub(crate) const fn heading(self) -> &'static str {
        match self {
            Self::Clock => "Set the clock by the venue's",
            Self::Rules => "Look at the instrument's rules",
            Self::Market => "Look at the market",
            Self::Place => "Rest a limit order far below the market",
            Self::OwnId => "See it by its client order id",
            Self::Fill => "Buy at the market, and hear of it on the account's stream",
            Self::Cancel => "Cancel the resting order",
            Self::Book => "Keep a book while a push goes missing",
            Self::Signature => "Sign with a wrong secret",
            Self::Key => "Call with a wrong key",
            Self::LostAnswer => "Lose the answer to an order that was executed",
            Self::LostRequest => "Lose an order before it is executed",
            Self::Burst => "Send a burst of orders, and stay under the limit",
            Self::Tidy => "Leave nothing behind",
            Self::Refusal => "Be told that it was too much, and heed it",
            Self::Once => "Count what was executed twice",
        }
    }
}

//! A checked request, as a dialect reads it.

use std::ops::RangeInclusive;

use rust_decimal::Decimal;
use serde_json::value::RawValue;

use crate::data::{Endpoint, Place};
use crate::engine::{Engine, InstrumentId};
use crate::given::{Given, Value};
use crate::json;
use crate::refusal::{Refusal, Why};
use crate::request::Received;

/// A request whose parameters are there and of their kinds.
#[derive(Debug)]
pub(crate) struct Ask<'a> {
    pub(crate) endpoint: &'a Endpoint,
    pub(crate) given: &'a Given,
    pub(crate) request: &'a Received,
    pub(crate) now_ms: i64,
}

impl<'a> Ask<'a> {
    /// A parameter, wherever it stands; `None` when it is absent or empty.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        [Place::Query, Place::Body, Place::Path].into_iter().find_map(|place| self.given.plain(place, name))
    }

    /// A parameter that this request can't do without.
    pub(crate) fn demand(&self, name: &str) -> Result<String, Refusal> {
        self.text(name).ok_or_else(|| Refusal::missing(name))
    }

    /// The elements of a list; none when it is absent or empty.
    fn elements(&self, name: &str) -> Vec<Box<RawValue>> {
        self.text(name).and_then(|raw| json::array(&raw)).unwrap_or_default()
    }

    /// A list of ids, as text; an empty one among them is refused.
    pub(crate) fn texts(&self, name: &str) -> Result<Vec<String>, Refusal> {
        let texts = self.elements(name);
        let texts = texts.iter().map(|raw| Value::Json(raw.get()).plain());
        texts.collect::<Option<_>>().ok_or_else(|| Refusal::invalid(name))
    }

    /// The rows of a list, each of them to be read by [`row`](Self::row).
    pub(crate) fn rows(&self, name: &str) -> Result<Vec<Given>, Refusal> {
        let rows = self.elements(name);
        let rows = rows.iter().map(|raw| json::object(raw.get()).map(Given::row));
        rows.collect::<Option<_>>().ok_or_else(|| Refusal::invalid(name))
    }

    /// One row of this request, read as a request of its own.
    pub(crate) fn row<'b>(&self, given: &'b Given) -> Ask<'b>
    where
        'a: 'b,
    {
        Ask { given, ..*self }
    }

    pub(crate) fn decimal(&self, name: &str) -> Result<Option<Decimal>, Refusal> {
        let read = |text: String| Decimal::from_str_exact(&text).map_err(|_| Why::OutOfRange.into());
        self.text(name).map(read).transpose()
    }

    pub(crate) fn demand_decimal(&self, name: &str) -> Result<Decimal, Refusal> {
        self.decimal(name)?.ok_or_else(|| Refusal::missing(name))
    }

    pub(crate) fn integer(&self, name: &str) -> Result<Option<i64>, Refusal> {
        let read = |text: String| text.parse().map_err(|_| Refusal::invalid(name));
        self.text(name).map(read).transpose()
    }

    /// A count with a default and a range, which larger or smaller wishes are fitted into.
    pub(crate) fn count(&self, name: &str, default: usize, most: usize) -> Result<usize, Refusal> {
        let wish = self.integer(name)?.map_or(default, |wish| usize::try_from(wish).unwrap_or(1));
        Ok(wish.clamp(1, most))
    }

    /// A whole number of a range; one outside of it is refused.
    pub(crate) fn within(&self, name: &str, range: RangeInclusive<i64>) -> Result<Option<i64>, Refusal> {
        match self.integer(name)? {
            Some(wish) if !range.contains(&wish) => Err(Refusal::invalid(name)),
            wish => Ok(wish),
        }
    }

    /// Whether an enum has this value.
    pub(crate) fn is(&self, name: &str, value: &str) -> bool {
        self.text(name).as_deref() == Some(value)
    }

    /// The instrument that `symbol` names, which is demanded.
    pub(crate) fn instrument(&self, engine: &Engine) -> Result<InstrumentId, Refusal> {
        engine.find(&self.demand("symbol")?).ok_or_else(|| Why::UnknownSymbol.into())
    }

    /// The instrument that `symbol` names, if it does.
    pub(crate) fn any_instrument(&self, engine: &Engine) -> Result<Option<InstrumentId>, Refusal> {
        let find = |symbol: String| engine.find(&symbol).ok_or_else(|| Why::UnknownSymbol.into());
        self.text("symbol").map(find).transpose()
    }
}

//! A checked request, as a dialect reads it.

use rust_decimal::Decimal;

use crate::data::{Endpoint, Place};
use crate::engine::{Engine, InstrumentId};
use crate::given::{Given, Value, member};
use crate::json::{self, Members};
use crate::refusal::{Refusal, Why};
use crate::request::Received;

/// A request whose parameters are there and of their kinds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub(crate) endpoint: &'a Endpoint,
    pub(crate) given: &'a Given,
    pub(crate) request: &'a Received,
    /// The row of a batch that parameters are read from, in place of the request.
    pub(crate) item: Option<&'a Members>,
    pub(crate) now_ms: i64,
}

impl Ask<'_> {
    /// A parameter, wherever it stands; `None` when it is absent or empty.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        if let Some(item) = self.item {
            return member(item, name)?.plain();
        }
        [Place::Query, Place::Body, Place::Path].into_iter().find_map(|place| self.given.plain(place, name))
    }

    /// A parameter that this request can't do without.
    pub(crate) fn demand(&self, name: &str) -> Result<String, Refusal> {
        self.text(name).ok_or_else(|| Refusal::missing(name))
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

    /// The elements of a list: an array, or words with commas between them.
    pub(crate) fn list(&self, name: &str) -> Vec<String> {
        let Some(text) = self.text(name) else { return Vec::new() };
        match json::array(&text) {
            Some(elements) => elements.iter().filter_map(|raw| Value::Json(raw.get()).plain()).collect(),
            None => {
                let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
                words.map(str::to_owned).collect()
            }
        }
    }

    /// The rows of a batch.
    pub(crate) fn items(&self, name: &str) -> Vec<Members> {
        let rows = self.text(name).and_then(|text| json::array(&text)).unwrap_or_default();
        rows.iter().filter_map(|row| json::object(row.get())).collect()
    }

    /// A count with a default and a range, which larger or smaller wishes are fitted into.
    pub(crate) fn count(&self, name: &str, default: usize, most: usize) -> Result<usize, Refusal> {
        let wish = self.integer(name)?.map_or(default, |wish| usize::try_from(wish).unwrap_or(1));
        Ok(wish.clamp(1, most))
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

//! A checked request, as a dialect reads it.

use std::cell::RefCell;
use std::ops::RangeInclusive;

use rust_decimal::Decimal;
use serde_json::value::RawValue;

use crate::counts::OWN_IDS;
use crate::data::{Endpoint, Place};
use crate::engine::{Engine, InstrumentId};
use crate::given::{Given, Value, member};
use crate::json::{self, Members};
use crate::refusal::{Refusal, Why};
use crate::request::Received;

/// A request whose parameters are there and of their kinds.
#[derive(Debug)]
pub(crate) struct Ask<'a> {
    pub(crate) endpoint: &'a Endpoint,
    pub(crate) given: &'a Given,
    pub(crate) request: &'a Received,
    pub(crate) now_ms: i64,
    /// The row of a batch whose members are meant.
    row: Option<&'a Members>,
    /// Ids of the caller's own whose rows were refused, though the request as a whole was not.
    refused: RefCell<Vec<String>>,
}

impl<'a> Ask<'a> {
    pub(crate) fn new(endpoint: &'a Endpoint, given: &'a Given, request: &'a Received, now_ms: i64) -> Self {
        Self { endpoint, given, request, now_ms, row: None, refused: RefCell::default() }
    }

    /// The same request, with the members of a row in place of its parameters.
    pub(crate) fn row<'r>(&'r self, row: &'r Members) -> Ask<'r> {
        Ask { row: Some(row), ..Ask::new(self.endpoint, self.given, self.request, self.now_ms) }
    }

    /// The rows of a batch: of a body that is a bare array, or of the list of this name.
    pub(crate) fn rows(&self, name: &str) -> Result<Vec<Members>, Refusal> {
        let rows = self.given.bare_array().map_or_else(|| self.elements(name), <[_]>::to_vec);
        let rows: Option<_> = rows.iter().map(|row| json::object(row.get())).collect();
        rows.ok_or_else(|| Refusal::invalid(name))
    }

    /// Says that nothing was executed under the caller's ids in this row.
    pub(crate) fn refuse_row(&self, row: &Ask<'_>) {
        self.refused.borrow_mut().extend(OWN_IDS.iter().filter_map(|name| row.text(name)));
    }

    /// All ids of the caller's own under which nothing was executed.
    pub(crate) fn refused_ids(self) -> Vec<String> {
        self.refused.into_inner()
    }

    /// A parameter, wherever it stands; `None` when it is absent or empty.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        if let Some(row) = self.row {
            return member(row, name).and_then(Value::plain);
        }
        [Place::Query, Place::Body, Place::Path].into_iter().find_map(|place| self.given.plain(place, name))
    }

    /// The elements of a list in JSON; none when it is absent or something else.
    fn elements(&self, name: &str) -> Vec<Box<RawValue>> {
        self.text(name).and_then(|text| json::array(&text)).unwrap_or_default()
    }

    /// The texts of a list, an array or words with commas between them; an empty one in an array is refused.
    pub(crate) fn texts(&self, name: &str) -> Result<Vec<String>, Refusal> {
        let text = self.text(name).unwrap_or_default();
        let Some(elements) = json::array(&text) else {
            let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
            return Ok(words.map(str::to_owned).collect());
        };
        let texts: Option<_> = elements.iter().map(|raw| Value::Json(raw.get()).plain()).collect();
        texts.ok_or_else(|| Refusal::invalid(name))
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

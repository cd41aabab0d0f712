//! A checked request, as a dialect reads it.

use std::cell::RefCell;

use rust_decimal::Decimal;

use crate::data::{Endpoint, Place};
use crate::engine::{Engine, InstrumentId};
use crate::given::{Given, Value, member};
use crate::json::{Members, array, object};
use crate::refusal::{Refusal, Why};
use crate::request::Received;

/// A request whose parameters are there and of their kinds.
#[derive(Debug)]
pub(crate) struct Ask<'a> {
    pub(crate) endpoint: &'a Endpoint,
    pub(crate) given: &'a Given,
    pub(crate) request: &'a Received,
    pub(crate) now_ms: i64,
    /// The row of a batch that is read instead.
    item: Option<&'a Members>,
    /// Rows of a batch that weren't executed, though the request was.
    refused_rows: RefCell<Vec<usize>>,
}

impl<'a> Ask<'a> {
    pub(crate) fn new(endpoint: &'a Endpoint, given: &'a Given, request: &'a Received, now_ms: i64) -> Self {
        Self { endpoint, given, request, now_ms, item: None, refused_rows: RefCell::default() }
    }

    /// The same request, read as a row of its batch.
    pub(crate) fn row<'b>(&'b self, members: &'b Members) -> Ask<'b> {
        Ask { item: Some(members), ..Ask::new(self.endpoint, self.given, self.request, self.now_ms) }
    }

    /// Says that a row of the batch wasn't executed.
    pub(crate) fn refuse_row(&self, at: usize) {
        self.refused_rows.borrow_mut().push(at);
    }

    /// The rows of the batch that weren't executed.
    pub(crate) fn refused_rows(self) -> Vec<usize> {
        self.refused_rows.into_inner()
    }

    /// The rows of a batch: of a body that is a bare array, or of the list of this name.
    pub(crate) fn rows(&self, name: &str) -> Vec<Members> {
        let listed = || array(&self.given.plain(Place::Body, name)?);
        let rows = self.given.bare_array().map(<[_]>::to_vec).or_else(listed).unwrap_or_default();
        rows.iter().filter_map(|row| object(row.get())).collect()
    }
}

impl Ask<'_> {
    /// A parameter, wherever it stands; `None` when it is absent or empty.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        if let Some(item) = self.item {
            return member(item, name).and_then(Value::plain);
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

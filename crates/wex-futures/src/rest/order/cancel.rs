//! Cancelling orders: one, several, or all in reach.

use venue_core::{
    ClientOrderId, Endpoint, FieldInfo, Invalid, OrderId, Params, Part, Source, Spec, Style, Symbol, Value,
};

use crate::limits;
use crate::model::{Receipt, RecordId};
use crate::rest::rules::check_given;
use crate::venue::WexFutures;

request! {
    /// Cancels one order.
    ///
    /// `POST /future/trade/v1/order/cancel` · signed · 10 per s per key, with all other signed requests ·
    /// may be repeated. An order that is gone already is refused as unknown.
    pub struct CancelOrder { order_id: OrderId as number }
}

impl Endpoint for CancelOrder {
    type Venue = WexFutures;
    type Response = Receipt<OrderId>;
    const SPEC: Spec = Spec::post("/future/trade/v1/order/cancel")
        .section("Order")
        .signed()
        .safe()
        .urgent()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_given("orderId", self.order_id.as_str())
    }
}

request! {
    /// Cancels several orders, by the venue's ids or by your own.
    ///
    /// `POST /future/trade/v1/order/cancel-batch` · signed · 10 per s per key, with all other signed
    /// requests · never repeated by itself. No largest number is documented, and nothing is said of
    /// orders that are gone already: look at what is left.
    pub struct CancelOrdersBatch closed {}
    optional {
        /// By the venue's ids.
        order_ids: Vec<OrderId> as comma,
        /// By your own ids.
        client_order_ids: Vec<ClientOrderId> as comma,
    }
}

impl CancelOrdersBatch {
    /// By the venue's ids.
    pub fn of_ids(order_ids: impl Into<Vec<OrderId>>) -> Self {
        Self::new().order_ids(order_ids)
    }

    /// By your own ids.
    pub fn of_client_ids(client_order_ids: impl Into<Vec<ClientOrderId>>) -> Self {
        Self::new().client_order_ids(client_order_ids)
    }
}

impl Endpoint for CancelOrdersBatch {
    type Venue = WexFutures;
    type Response = Receipt<RecordId>;
    const SPEC: Spec = Spec::post("/future/trade/v1/order/cancel-batch")
        .section("Order")
        .signed()
        .urgent()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        if self.order_ids.is_none() && self.client_order_ids.is_none() {
            return Err(Invalid::new("one of orderIds, clientOrderIds is required"));
        }
        let ids = self.order_ids.iter().flatten().map(OrderId::as_str);
        check_list("orderIds", self.order_ids.as_ref().map(Vec::len), ids)?;
        let ids = self.client_order_ids.iter().flatten().map(ClientOrderId::as_str);
        check_list("clientOrderIds", self.client_order_ids.as_ref().map(Vec::len), ids)
    }
}

/// A list of ids between commas: there is one, and none of them is empty or looks like two.
fn check_list<'a>(
    name: &str,
    len: Option<usize>,
    mut ids: impl Iterator<Item = &'a str>,
) -> Result<(), Invalid> {
    if len == Some(0) {
        return Err(Invalid::new(format!("{name} is empty")));
    }
    match ids.find(|id| id.is_empty() || id.contains(',')) {
        Some(id) => Err(Invalid::new(format!("{name}: {id:?} is no id"))),
        None => Ok(()),
    }
}

/// Every symbol there is, said out loud; an empty text on the wire.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AllSymbols;

impl venue_core::Accept for AllSymbols {
    type Kind = venue_core::Converted;
}

impl Part for AllSymbols {
    fn write<'a>(&'a self, name: &'static str, _: Option<Style>, out: &mut Params<'a>) {
        out.push(name, Value::Text("".into()), Style::Text);
    }

    /// Nothing has to be given; what is given must be empty.
    fn take(name: &'static str, source: &mut Source<'_>) -> Result<Option<Self>, Invalid> {
        match source.take(name) {
            None | Some(r#""""#) => Ok(Some(Self)),
            Some(_) => Err(Invalid::new(format!("{name}: empty, as every symbol is meant"))),
        }
    }

    fn describe(name: &'static str, required: bool, out: &mut Vec<FieldInfo>) {
        <String as Part>::describe(name, required, out);
    }
}

request! {
    /// Cancels **all** orders of **all** symbols.
    ///
    /// `POST /future/trade/v1/order/cancel-all` · signed · 10 per s per key, with all other signed
    /// requests · never repeated by itself.
    pub struct CancelAllOrders {
        /// All of them: an empty text on the wire.
        symbol: AllSymbols,
    }
}

impl Endpoint for CancelAllOrders {
    type Venue = WexFutures;
    type Response = Receipt<OrderId>;
    const SPEC: Spec = Spec::post("/future/trade/v1/order/cancel-all")
        .section("Order")
        .signed()
        .sweeping()
        .urgent()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

request! {
    /// Cancels **all** orders of a symbol.
    ///
    /// `POST /future/trade/v1/order/cancel-all` · signed · 10 per s per key, with all other signed
    /// requests · never repeated by itself.
    pub struct CancelAllOrdersOfSymbol { symbol: Symbol }
}

impl Endpoint for CancelAllOrdersOfSymbol {
    type Venue = WexFutures;
    type Response = Receipt<OrderId>;
    const SPEC: Spec = Spec::post("/future/trade/v1/order/cancel-all")
        .section("Order")
        .signed()
        .sweeping()
        .urgent()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        // An empty symbol would cancel the orders of every symbol.
        check_given("symbol", self.symbol.as_str())
    }
}

//! Someone who trades at simulated WEX spot: requests by path, answers as JSON.

use serde_json::Value;
use venue_sim::data::Placement;
use venue_sim::{Builder, Running, Sim, Which};

use crate::client::{Wire, send};
use crate::draft::{Draft, Value as Text};
use crate::seal::{Pen, seal};

pub(crate) const GET: &str = "GET";
pub(crate) const POST: &str = "POST";
pub(crate) const PUT: &str = "PUT";
pub(crate) const DELETE: &str = "DELETE";

pub(crate) struct Desk {
    pub(crate) sim: Sim,
}

impl Desk {
    /// Without limits, which most tests would run into.
    pub(crate) async fn open() -> Self {
        Self::with(Sim::builder().limits(false)).await
    }

    pub(crate) async fn with(builder: Builder) -> Self {
        Self { sim: builder.venue(Which::WexSpot).plain(true).seed(5).start().await.unwrap() }
    }

    pub(crate) fn venue(&self) -> &Running {
        self.sim.venue(Which::WexSpot)
    }

    /// A request: `fields` is a query for `GET`, otherwise JSON.
    pub(crate) fn wire(&self, method: &str, path: &str, fields: &str) -> Wire {
        let pairs = |text: &str| {
            let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
            let value = |text: &str| Text { text: text.to_owned(), json: String::new() };
            pairs.map(|(name, text)| (name.to_owned(), value(text))).collect()
        };
        let is_get = method == GET;
        let draft = Draft {
            method: method.to_owned(),
            path: path.to_owned(),
            placement: Placement::Json,
            query: if is_get { pairs(fields) } else { Vec::new() },
            body: Vec::new(),
            array: Some(fields.to_owned()).filter(|text| !is_get && !text.is_empty()),
        };
        // Only whether it is signed matters, and a signature too many harms nobody.
        let signed = self.venue().catalog().served().find(|endpoint| endpoint.id == "get_order").unwrap();
        seal(Which::WexSpot, signed, &draft, &Pen::of(self.venue()))
    }

    /// The whole answer.
    pub(crate) async fn whole(&self, method: &str, path: &str, fields: &str) -> Value {
        let reply = send(&self.sim, self.venue(), &self.wire(method, path, fields)).await.unwrap();
        serde_json::from_str(&reply.body).unwrap()
    }

    /// The result of an answer that must be a success.
    pub(crate) async fn ask(&self, method: &str, path: &str, fields: &str) -> Value {
        let mut whole = self.whole(method, path, fields).await;
        assert_eq!(whole["mc"], "SUCCESS", "{path} {fields}: {whole}");
        whole["result"].take()
    }

    /// The code of an answer.
    pub(crate) async fn code(&self, method: &str, path: &str, fields: &str) -> String {
        self.whole(method, path, fields).await["mc"].as_str().unwrap().to_owned()
    }

    /// What an order on btc_usdt says of itself, with these fields besides.
    pub(crate) fn order(side: &str, fields: &str) -> String {
        Self::order_of("btc_usdt", side, fields)
    }

    pub(crate) fn order_of(symbol: &str, side: &str, fields: &str) -> String {
        let kind = if fields.contains("\"price\"") { "LIMIT" } else { "MARKET" };
        let tif = if fields.contains("timeInForce") { "" } else { r#""timeInForce":"GTC","# };
        let account = if fields.contains("bizType") { "" } else { r#""bizType":"SPOT","# };
        format!(r#"{{"symbol":"{symbol}","side":"{side}","type":"{kind}",{tif}{account}{fields}}}"#)
    }

    /// Places such an order; answers its number.
    pub(crate) async fn place(&self, side: &str, fields: &str) -> String {
        let ack = self.ask(POST, "/v4/order", &Self::order(side, fields)).await;
        ack["orderId"].as_str().unwrap().to_owned()
    }

    /// The row of an order.
    pub(crate) async fn detail(&self, id: &str) -> Value {
        self.ask(GET, &format!("/v4/order/{id}"), "").await
    }

    /// How much of a currency is frozen, and how much is free.
    pub(crate) async fn balance(&self, currency: &str) -> (String, String) {
        let row = self.ask(GET, "/v4/balance", &format!("currency={currency}")).await;
        (row["frozenAmount"].to_string(), row["availableAmount"].to_string())
    }
}

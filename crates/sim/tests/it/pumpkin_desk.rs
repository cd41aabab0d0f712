//! Someone who trades at simulated Pumpkin: requests by path, answers as JSON.

use serde_json::Value;
use venue_sim::data::Placement;
use venue_sim::{Builder, Running, Sim, Which};

use crate::client::{Reply, send};
use crate::draft::{Draft, Value as Given};
use crate::seal::{Pen, seal};

pub(crate) struct Counter {
    pub(crate) sim: Sim,
}

impl Counter {
    pub(crate) async fn open() -> Self {
        Self::with(Sim::builder()).await
    }

    pub(crate) async fn with(builder: Builder) -> Self {
        Self { sim: builder.venue(Which::Pumpkin).plain(true).seed(5).start().await.unwrap() }
    }

    pub(crate) fn venue(&self) -> &Running {
        self.sim.venue(Which::Pumpkin)
    }

    /// A signed request; `fields` are `name=value` pairs without any encoding, separated by spaces.
    pub(crate) async fn reply(&self, path: &str, fields: &str) -> Reply {
        let venue = self.venue();
        let endpoint = venue.catalog().served().find(|endpoint| endpoint.path == path).expect(path);
        let pairs = fields.split(' ').filter_map(|pair| pair.split_once('='));
        let pairs: Vec<(String, Given)> = pairs
            .map(|(name, value)| (name.to_owned(), Given { text: value.to_owned(), json: String::new() }))
            .collect();
        let (query, body) = if endpoint.method == "GET" { (pairs, Vec::new()) } else { (Vec::new(), pairs) };
        let draft = Draft {
            method: endpoint.method.clone(),
            path: path.to_owned(),
            query,
            body,
            array: None,
            placement: Placement::Form,
        };
        send(&self.sim, venue, &seal(Which::Pumpkin, endpoint, &draft, &Pen::of(venue))).await.unwrap()
    }

    /// The whole answer.
    pub(crate) async fn whole(&self, path: &str, fields: &str) -> Value {
        serde_json::from_str(&self.reply(path, fields).await.body).unwrap()
    }

    /// The data of an answer that must be a success.
    pub(crate) async fn ask(&self, path: &str, fields: &str) -> Value {
        let mut whole = self.whole(path, fields).await;
        assert_eq!(whole["code"], 0, "{path} {fields}: {whole}");
        whole["data"].take()
    }

    /// The words of an answer that must be a failure of business, or its code where it is something else.
    pub(crate) async fn no(&self, path: &str, fields: &str) -> String {
        let whole = self.whole(path, fields).await;
        assert_ne!(whole["code"], 0, "{path} {fields}: {whole}");
        match whole["code"].as_i64() {
            Some(-1) => whole["msg"].as_str().unwrap().to_owned(),
            _ => whole["code"].to_string(),
        }
    }

    /// Places an order on btc_usdt at 25 times; answers its id.
    pub(crate) async fn order(&self, fields: &str) -> String {
        let order = self.ask("/v2/order/create", &format!("symbol=btc_usdt leverage=25 {fields}")).await;
        order.as_str().unwrap().to_owned()
    }

    /// The row of an order.
    pub(crate) async fn detail(&self, id: &str) -> Value {
        self.ask("/v2/order/detail", &format!("orderId={id}")).await
    }

    /// The rows of a list, whether it is in pages or not.
    pub(crate) async fn rows(&self, path: &str, fields: &str) -> Vec<Value> {
        let data = self.ask(path, fields).await;
        data.as_array().or_else(|| data["items"].as_array()).unwrap().clone()
    }

    /// The only position's id.
    pub(crate) async fn position(&self) -> String {
        let rows = self.rows("/v2/position/list", "").await;
        assert_eq!(rows.len(), 1, "{rows:?}");
        rows[0]["positionId"].as_str().unwrap().to_owned()
    }
}

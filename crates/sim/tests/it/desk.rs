//! Someone who trades at simulated `BitMart`: requests by path, answers as JSON.

use ring::hmac;
use serde_json::Value;
use venue_sim::{Builder, Running, Sim, Which};

use crate::client::{Reply, Wire, send};

pub(crate) const POST: &str = "POST";
pub(crate) const GET: &str = "GET";

pub(crate) struct Desk {
    pub(crate) sim: Sim,
    /// How old requests are when they arrive.
    pub(crate) lag_ms: i64,
}

impl Desk {
    /// Without limits, which most tests would run into.
    pub(crate) async fn open() -> Self {
        Self::with(Sim::builder().limits(false)).await
    }

    pub(crate) async fn with(builder: Builder) -> Self {
        let sim = builder.venue(Which::BitMart).plain(true).seed(5).start().await.unwrap();
        Self { sim, lag_ms: 0 }
    }

    pub(crate) fn venue(&self) -> &Running {
        self.sim.venue(Which::BitMart)
    }

    /// A request: `fields` is JSON for `POST`, a query for `GET`; paths may leave out what all have.
    pub(crate) fn wire(&self, method: &str, path: &str, fields: &str) -> Wire {
        let venue = self.venue();
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/contract/private/{path}") };
        let mut headers = vec![("X-BM-KEY".to_owned(), venue.key().to_owned())];
        if method == GET {
            let target = if fields.is_empty() { path } else { format!("{path}?{fields}") };
            return Wire { headers, ..Wire::get(&target) };
        }
        let now = venue.clock().now_ms() - self.lag_ms;
        let text = format!("{now}#{}#{fields}", venue.memo().unwrap());
        let key = hmac::Key::new(hmac::HMAC_SHA256, venue.secret().as_bytes());
        let sign = hmac::sign(&key, text.as_bytes()).as_ref().iter().map(|b| format!("{b:02x}")).collect();
        headers.push(("X-BM-TIMESTAMP".to_owned(), now.to_string()));
        headers.push(("X-BM-SIGN".to_owned(), sign));
        headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
        Wire { method: method.to_owned(), target: path, headers, body: fields.as_bytes().to_vec() }
    }

    pub(crate) async fn reply(&self, method: &str, path: &str, fields: &str) -> Reply {
        send(&self.sim, self.venue(), &self.wire(method, path, fields)).await.unwrap()
    }

    /// The whole answer.
    pub(crate) async fn whole(&self, method: &str, path: &str, fields: &str) -> Value {
        serde_json::from_str(&self.reply(method, path, fields).await.body).unwrap()
    }

    /// The data of an answer that must be a success.
    pub(crate) async fn ask(&self, method: &str, path: &str, fields: &str) -> Value {
        let mut whole = self.whole(method, path, fields).await;
        assert_eq!(whole["code"], 1000, "{path} {fields}: {whole}");
        whole["data"].take()
    }

    /// The code of an answer.
    pub(crate) async fn code(&self, method: &str, path: &str, fields: &str) -> i64 {
        self.whole(method, path, fields).await["code"].as_i64().unwrap()
    }

    /// Places an order on BTCUSDT; answers its number.
    pub(crate) async fn order(&self, side: u8, size: u32, price: Option<&str>, more: &str) -> u64 {
        let kind = match price {
            Some(price) => format!(r#""type":"limit","price":"{price}""#),
            None => r#""type":"market""#.to_owned(),
        };
        let fields = format!(r#"{{"symbol":"BTCUSDT","side":{side},"size":{size},{kind}{more}}}"#);
        self.ask(POST, "submit-order", &fields).await["order_id"].as_u64().unwrap()
    }

    /// The row of an order.
    pub(crate) async fn detail(&self, id: u64) -> Value {
        self.ask(GET, "order", &format!("symbol=BTCUSDT&order_id={id}")).await
    }

    /// Rows of a list, of BTCUSDT.
    pub(crate) async fn rows(&self, path: &str) -> Vec<Value> {
        self.ask(GET, path, "symbol=BTCUSDT").await.as_array().unwrap().clone()
    }
}

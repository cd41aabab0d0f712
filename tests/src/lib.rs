//! Scaffolding that the scenarios share: a simulated venue and clients of it.
#![allow(clippy::expect_used, reason = "a test fails loudly")]

pub mod canned;
pub mod feed;
pub mod hour;
pub mod soak;

use std::sync::Arc;
use std::time::Duration;

use bitmart_futures::{BitMart, Credentials};
use serde_json::{Map, Value as Json, json};
use venue_core::http::Roots;
use venue_core::{Builder, Client, Clock, Millis, Operation, Retry, Venue};
use venue_sim::data::{Catalog, Endpoint, Kind, Param, Place};
use venue_sim::{Running, Sim, Which};

/// A simulated venue over TLS.
pub async fn sim(which: Which) -> Sim {
    Sim::builder().venue(which).seed(1).start().await.expect("the simulator starts on loopback")
}

/// The credentials of a simulated account.
#[must_use]
pub fn credentials(venue: &Running) -> Credentials {
    let credentials = Credentials::new(venue.key(), venue.secret());
    match venue.memo() {
        Some(memo) => credentials.memo(memo),
        None => credentials,
    }
}

/// A client of a simulated venue, still to be built: one attempt, two seconds.
pub fn builder<V: Venue>(sim: &Sim, which: Which, venue: V) -> Builder<V> {
    let running = sim.venue(which);
    Client::builder(venue)
        .base(running.rest())
        .roots(Roots::only_pem(sim.ca_pem()).expect("the simulator's certificate is one"))
        .credentials(credentials(running))
        .retry(Retry::never())
        .timeout(Duration::from_secs(2))
}

/// The same over memory and by the venue's clock, so that with time paused nothing is waited for.
pub fn builder_in_memory<V: Venue>(sim: &Sim, which: Which, venue: V) -> Builder<V> {
    let time = sim.venue(which).clock().clone();
    let clock = Clock::custom(move || Millis::new(time.now_ms()));
    // Time that the client spends on keeping within its budget counts, too.
    builder(sim, which, venue).dialer(sim.dialer()).clock(clock).timeout(Duration::from_secs(60))
}

/// A client of simulated BitMart.
#[must_use]
pub fn bitmart(sim: &Sim) -> Client<BitMart> {
    builder(sim, Which::BitMart, BitMart::new()).build().expect("the settings hold")
}

/// The README's code, compiled and run.
#[doc = include_str!("../../README.md")]
#[cfg(doctest)]
pub struct Readme;

/// A venue without its type: its requests, itself, and what the documentation says of it.
pub struct Known {
    /// Which one.
    pub which: Which,
    /// Its requests.
    pub operations: &'static [Operation],
    /// The venue.
    pub venue: Arc<dyn Venue>,
}

/// All six venues.
#[must_use]
pub fn all() -> Vec<Known> {
    let known = |which, operations, venue: Arc<dyn Venue>| Known { which, operations, venue };
    vec![
        known(Which::HashKey, hashkey_api::ENDPOINTS, Arc::new(hashkey_api::HashKey::new())),
        known(Which::BitMart, bitmart_futures::ENDPOINTS, Arc::new(BitMart::new())),
        known(Which::WexSpot, wex_spot::ENDPOINTS, Arc::new(wex_spot::WexSpot::new())),
        known(Which::WexFutures, wex_futures::ENDPOINTS, Arc::new(wex_futures::WexFutures::usdt_m())),
        known(Which::Hibt, hibt_api::ENDPOINTS, Arc::new(hibt_api::Hibt::new())),
        known(Which::Pumpkin, pumpkin_futures::ENDPOINTS, Arc::new(pumpkin_futures::Pumpkin::new())),
    ]
}

impl Known {
    /// Parameters that the request takes and the simulator accepts, written from the documentation: what is
    /// required, and what a documented rule asks for besides.
    ///
    /// # Panics
    /// When the documentation doesn't have the endpoint.
    #[must_use]
    pub fn parameters(&self, operation: &Operation) -> String {
        let explicit =
            EXPLICIT.iter().find(|(which, name, _)| *which == self.which && *name == operation.name);
        if let Some((.., parameters)) = explicit {
            return (*parameters).to_owned();
        }
        let catalog = Catalog::load(self.which).expect("the documentation loads");
        let spec = &operation.spec;
        let endpoint = catalog
            .endpoints
            .iter()
            .find(|endpoint| endpoint.method == spec.verb() && endpoint.path == spec.path)
            .expect("every request is documented");
        let fields = operation.fields();
        let mut object: Map<String, Json> = Map::new();
        let mut one_of_given = false;
        for field in &fields {
            let param =
                endpoint.params.iter().find(|param| param.name == field.name && param.place != Place::Item);
            let wanted = field.required
                || (field.one_of && !one_of_given)
                || self.also_wants(operation.name, field.name);
            if !wanted {
                continue;
            }
            one_of_given |= field.one_of;
            let value = match param {
                Some(param) if param.kind == Kind::Array => self.list(endpoint, param),
                Some(param) => self.value(param),
                // The bare array of a batch has no name of its own in the documentation.
                None => self.items(endpoint),
            };
            object.insert(field.name.to_owned(), value);
        }
        Json::Object(object).to_string()
    }

    /// Parameters that aren't required by themselves, but by a rule.
    fn also_wants(&self, request: &str, field: &str) -> bool {
        let rules: &[(Which, &str, &[&str])] = RULES;
        rules
            .iter()
            .any(|(which, name, fields)| *which == self.which && *name == request && fields.contains(&field))
    }

    fn items(&self, endpoint: &Endpoint) -> Json {
        let items = endpoint.params.iter().filter(|param| param.place == Place::Item);
        let wanted = items.filter(|param| param.required || ITEM_RULES.contains(&param.name.as_str()));
        Json::Array(vec![Json::Object(wanted.map(|param| (param.name.clone(), self.value(param))).collect())])
    }

    fn list(&self, endpoint: &Endpoint, param: &Param) -> Json {
        if endpoint.params.iter().any(|other| other.place == Place::Item) {
            return self.items(endpoint);
        }
        let element = if param.name.to_lowercase().contains("symbol") || param.name == "list" {
            self.symbol()
        } else {
            "1234567890"
        };
        json!([element])
    }

    fn symbol(&self) -> &'static str {
        match self.which {
            Which::BitMart => "BTCUSDT",
            Which::HashKey => "BTCUSD",
            _ => "btc_usdt",
        }
    }

    fn value(&self, param: &Param) -> Json {
        let name = param.name.to_lowercase();
        match param.kind {
            // From one account to another one.
            Kind::Enum if name == "to" => json!(param.values.last().cloned().unwrap_or_default()),
            Kind::Enum => json!(param.values.first().cloned().unwrap_or_default()),
            Kind::Boolean => json!(true),
            Kind::Integer => match name.as_str() {
                "limit" | "pagesize" | "size" => json!(10),
                "timeout" => json!(10),
                _ => json!(1),
            },
            Kind::Decimal => json!("1"),
            _ if name == "symbol" => json!(self.symbol()),
            _ if name.contains("coin") || name.contains("currency") => {
                json!(if self.which == Which::WexSpot { "usdt" } else { "USDT" })
            }
            _ if name.contains("requestno") => json!("550e8400e29b41d4a716446655440000"),
            _ if name.starts_with("to") => json!("1234567891"),
            _ => json!("1234567890"),
        }
    }
}

/// Requests whose parameters no rule here would find.
const EXPLICIT: &[(Which, &str, &str)] = &[
    (Which::WexFutures, "CancelAllOrders", r#"{"symbol":""}"#),
    (
        Which::Pumpkin,
        "CreateOrderBatch",
        r#"{"list":[{"isCreate":false,"orderId":"1234567890","symbol":"btc_usdt"}]}"#,
    ),
];

/// Rules that ask for more than what is required: venue, request, parameters.
const RULES: &[(Which, &str, &[&str])] = &[
    (Which::BitMart, "SubmitOrder", &["price"]),
    (Which::BitMart, "ModifyLimitOrder", &["price"]),
    (Which::BitMart, "SubmitPlanOrder", &["executive_price"]),
    (Which::BitMart, "ModifyPlanOrder", &["executive_price"]),
    (Which::HashKey, "CreateOrder", &["quantity", "price"]),
    (Which::HashKey, "TestNewOrder", &["price"]),
    (Which::HashKey, "AuthAddress", &["senderFirstName"]),
    (Which::WexSpot, "SubmitOrder", &["price", "quantity"]),
    (Which::WexFutures, "CreateOrder", &["price"]),
    (Which::WexFutures, "CreatePlan", &["price"]),
    (
        Which::WexFutures,
        "CreateProfitStop",
        &["triggerProfitPrice", "profitDelegatePrice", "stopDelegatePrice"],
    ),
    (Which::WexFutures, "CancelOrdersBatch", &["orderIds"]),
    (Which::Hibt, "OpenOrder", &["price"]),
    (Which::Hibt, "ClosePosition", &["price"]),
    (Which::Pumpkin, "CreateOrder", &["price"]),
    (Which::Pumpkin, "CreatePlanEntrust", &["price"]),
    (Which::Pumpkin, "CreateProfitEntrust", &["positionId"]),
    (Which::Pumpkin, "UpdateProfitEntrust", &["triggerProfitPrice"]),
    (Which::Pumpkin, "UpdatePositionProfitEntrust", &["triggerProfitPrice"]),
];

/// Parameters of a batch's rows that a rule asks for.
const ITEM_RULES: &[&str] = &["price", "quantity", "orderId"];

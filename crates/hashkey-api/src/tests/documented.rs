//! The transcribed documentation: every endpoint is there, and its answer is read to the last key.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::value::RawValue;
use venue_core::{Auth, Placement};

use super::*;

#[derive(Deserialize)]
struct Documentation<'a> {
    #[serde(borrow)]
    endpoints: Vec<Documented<'a>>,
}

#[derive(Deserialize)]
struct Documented<'a> {
    section: &'a str,
    method: &'a str,
    path: &'a str,
    auth: &'a str,
    placement: &'a str,
    #[serde(borrow)]
    params: Vec<Param<'a>>,
    #[serde(borrow)]
    limits: Vec<DocumentedLimit<'a>>,
    #[serde(borrow)]
    example: &'a RawValue,
}

#[derive(Deserialize)]
struct Param<'a> {
    name: &'a str,
    #[serde(rename = "in")]
    place: &'a str,
    required: bool,
}

#[derive(Deserialize)]
struct DocumentedLimit<'a> {
    count: u32,
    window_ms: u64,
    per: &'a str,
    weight: u32,
    assumed: bool,
}

impl Documented<'_> {
    fn operations(&self) -> Vec<&'static Operation> {
        let is_this =
            |operation: &&Operation| (operation.spec.verb(), operation.spec.path) == (self.method, self.path);
        ENDPOINTS.iter().filter(is_this).collect()
    }
}

fn documented() -> Documentation<'static> {
    serde_json::from_str(include_str!("../../../sim/data/hashkey.json")).unwrap()
}

#[test]
fn every_documented_endpoint_is_there_with_its_facts() {
    let documentation = documented();
    assert_eq!(documentation.endpoints.len(), 41);
    let mut routes = BTreeSet::new();
    for endpoint in &documentation.endpoints {
        routes.insert((endpoint.method, endpoint.path));
        assert!(!endpoint.operations().is_empty(), "{} {}", endpoint.method, endpoint.path);
        for Operation { name, spec, .. } in endpoint.operations() {
            let auth = match spec.auth {
                Auth::None => "none",
                Auth::Key => "key",
                Auth::Signed => "signed",
            };
            assert_eq!((auth, spec.section), (endpoint.auth, endpoint.section), "{name}");
            let placement = match spec.placement {
                Placement::Query => "query",
                Placement::Form => "form",
                Placement::Json => "json",
                Placement::JsonArray => "query+json-array",
            };
            assert!(endpoint.placement == "none" || placement == endpoint.placement, "{name}");
            let ours: BTreeSet<_> = spec
                .costs()
                .map(|cost| {
                    let limit = cost.limit;
                    let per = format!("{:?}", limit.scope).to_lowercase();
                    (limit.count, limit.window_ms, per, cost.weight, limit.assumed)
                })
                .collect();
            let theirs: BTreeSet<_> = endpoint
                .limits
                .iter()
                .map(|limit| {
                    (limit.count, limit.window_ms, limit.per.to_owned(), limit.weight, limit.assumed)
                })
                .collect();
            assert_eq!(ours, theirs, "{name}");
        }
    }
    for operation in ENDPOINTS {
        assert!(routes.contains(&(operation.spec.verb(), operation.spec.path)), "{}", operation.name);
        assert!(!operation.summary().is_empty(), "{}", operation.name);
    }
    let names: BTreeSet<_> = ENDPOINTS.iter().map(|operation| operation.name).collect();
    assert_eq!(names.len(), ENDPOINTS.len());
}

#[test]
fn every_documented_parameter_is_there() {
    for endpoint in &documented().endpoints {
        let params: Vec<_> = endpoint.params.iter().filter(|param| param.place != "item").collect();
        let mut taken = BTreeSet::new();
        for operation in endpoint.operations() {
            let fields = operation.fields();
            for field in &fields {
                let is_body = endpoint.placement == "query+json-array" && field.name == "orders";
                assert!(
                    is_body || params.iter().any(|param| param.name == field.name),
                    "{} has {}",
                    operation.name,
                    field.name
                );
                taken.insert(field.name);
            }
            for param in params.iter().filter(|param| param.required) {
                assert!(
                    fields.iter().any(|field| field.name == param.name && field.required),
                    "{} does not require {}",
                    operation.name,
                    param.name
                );
            }
        }
        for param in &params {
            assert!(taken.contains(param.name), "{} lacks {}", endpoint.path, param.name);
        }
    }
    // What an order of a batch takes.
    let batch = documented().endpoints.into_iter().find(|endpoint| endpoint.path.ends_with("batchOrders"));
    let fields = operation("CreateOrder").fields();
    for param in batch.unwrap().params.iter().filter(|param| param.place == "item") {
        assert!(fields.iter().any(|field| field.name == param.name), "{}", param.name);
    }
}

/// Reads an answer to its last key, and what was read again.
fn reads(name: &str, text: &str) {
    let decoded = decode(name, 200, text);
    assert!(decoded.error.is_none(), "{name}: {:?}", decoded.error);
    assert!(decoded.unmapped.is_empty(), "{name}: {:?}", decoded.unmapped);
    assert!(decoded.bad_rows.is_empty(), "{name}: {:?}", decoded.bad_rows);
    let again = decode(name, 200, decoded.value.as_deref().unwrap());
    assert_eq!(again.value, decoded.value, "{name}");
    assert!(again.unmapped.is_empty() && again.bad_rows.is_empty(), "{name}");
}

#[test]
fn documented_answers_are_read_to_the_last_key() {
    for endpoint in &documented().endpoints {
        for operation in endpoint.operations() {
            reads(operation.name, endpoint.example.get());
        }
    }
}

#[test]
fn the_documents_other_answers_are_read_too() {
    for (name, text) in [
        (
            "CancelOrdersByIds",
            r#"{"code":"0000","result":[{"orderId":"1507155386372816640","code":"0211"},{"orderId":"1507155487740667904","code":"0211"}]}"#,
        ),
        (
            "GetBalanceFlow",
            r#"[{"id":"1676236860475710976","accountId":"1649292498437183232","coin":"USDT","coinId":"USDT","coinName":"USDT","flowTypeValue":51,"flowType":"USER_ACCOUNT_TRANSFER","flowName":"","change":"-15","total":"398011.95","created":"1714559005252"}]"#,
        ),
        (
            "GetBalanceFlow",
            r#"[{"id":"1980570992225894912","accountId":"1730577321730074368","coin":"USDT","coinId":"USDT","coinName":"USDT","flowTypeValue":32,"flowType":"FUNDING_SETTLEMENT","flowName":"","change":"-1343.43497925","total":"31586975.651145907429875085","created":"1750838460878","symbol":"FATS1USDT"}]"#,
        ),
        (
            "GetChainType",
            r#"[{"coinId":"USDT","coinName":"USDT","chainTypeList":["ETH"]},{"errorCode":"0001","errorMsg":"-"}]"#,
        ),
        (
            "GetVipInfo",
            r#"{"code":0,"msg":"","vipLevel":"0","data":[{"symbol":"A","actualMakerRate":"0.015"}],"updateTimeStamp":"1709330424013"}"#,
        ),
    ] {
        reads(name, text);
    }
    // The documented answer to GetExchangeInfo is one row of its list, with the site inside.
    let row = documented();
    let row = row.endpoints.iter().find(|endpoint| endpoint.path.ends_with("exchangeInfo")).unwrap();
    let info: ExchangeInfo = serde_json::from_str(row.example.get()).unwrap();
    let row = serde_json::to_string(&info.symbols[0]).unwrap();
    let row = format!(r#"{{"symbols":[{},"site":"UAE"}}]}}"#, row.strip_suffix('}').unwrap());
    reads("GetExchangeInfo", &row);
    assert_eq!(typed::<ExchangeInfo>("GetExchangeInfo", &row).symbols[0].site, Some(Site::Uae));
}

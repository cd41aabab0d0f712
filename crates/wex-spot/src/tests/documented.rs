//! Every request and answer beside the documentation as somebody else transcribed it.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::value::RawValue;
use venue_core::budget::{Limit as Budget, Scope};

use super::*;

#[derive(Deserialize)]
struct Data {
    endpoints: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    method: String,
    path: String,
    section: String,
    auth: String,
    placement: String,
    params: Vec<Param>,
    limits: Vec<Limit>,
    example: Box<RawValue>,
}

#[derive(Deserialize)]
struct Param {
    name: String,
    #[serde(rename = "in")]
    place: String,
    required: bool,
}

#[derive(Deserialize)]
struct Limit {
    count: u32,
    window_ms: u64,
    per: String,
    weight: u32,
    assumed: bool,
}

fn rows() -> Vec<Row> {
    let data: Data = serde_json::from_str(include_str!("../../../sim/data/wex-spot.json")).unwrap();
    data.endpoints
}

/// Each request with what is documented of its route.
fn pairs() -> Vec<(&'static Operation, Row)> {
    ENDPOINTS
        .iter()
        .map(|operation| {
            let (verb, path) = (operation.spec.verb(), operation.spec.path);
            let row = rows().into_iter().find(|row| row.method == verb && row.path == path);
            (operation, row.unwrap_or_else(|| panic!("{verb} {path} is not documented")))
        })
        .collect()
}

#[test]
fn every_documented_endpoint_is_there() {
    let routes: BTreeSet<_> =
        ENDPOINTS.iter().map(|operation| (operation.spec.verb(), operation.spec.path)).collect();
    for row in rows() {
        assert!(routes.contains(&(row.method.as_str(), row.path.as_str())), "{} {}", row.method, row.path);
    }
    assert_eq!(routes.len(), 34);
    let names: BTreeSet<_> = ENDPOINTS.iter().map(|operation| operation.name).collect();
    assert_eq!(names.len(), ENDPOINTS.len());
}

#[test]
fn every_request_is_as_transcribed() {
    for (operation, row) in pairs() {
        let (name, spec) = (operation.name, operation.spec);
        assert_eq!((spec.auth == Auth::Signed, spec.section), (row.auth == "signed", row.section.as_str()));
        if row.params.iter().any(|param| param.place != "path") {
            assert_eq!(spec.placement == Placement::Json, row.placement == "json", "{name}");
        }
        let fields = operation.fields();
        let documented = || row.params.iter().filter(|param| param.place != "item");
        for field in &fields {
            assert!(documented().any(|param| param.name == field.name), "{name} {}", field.name);
        }
        for param in documented() {
            let field = fields.iter().find(|field| field.name == param.name);
            // Of all symbols or of one: two types for what one optional parameter says.
            if name.starts_with("CancelAll") && param.name == "symbol" {
                continue;
            }
            assert_eq!(field.map(|field| field.required), Some(param.required), "{name} {}", param.name);
        }
        assert!(!operation.summary().is_empty());
    }
}

#[test]
fn an_order_of_a_batch_has_every_documented_parameter() {
    let mut fields = Vec::new();
    BatchOrder::describe(&mut fields);
    let mut fields: Vec<_> = fields.iter().map(|field| (field.name.to_owned(), field.required)).collect();
    let batch = rows().into_iter().find(|row| row.method == "POST" && row.path == "/v4/batch-order").unwrap();
    let items = batch.params.into_iter().filter(|param| param.place == "item");
    let mut items: Vec<_> = items.map(|param| (param.name, param.required)).collect();
    fields.sort_unstable();
    items.sort_unstable();
    assert_eq!(fields, items);
}

#[test]
fn every_documented_limit_is_spent() {
    for (operation, row) in pairs() {
        let costs: Vec<_> = operation.spec.costs().collect();
        if row.limits.is_empty() {
            assert!(costs.iter().all(|cost| cost.limit.assumed), "{}", operation.name);
            continue;
        }
        let of = |limit: &Budget| (limit.count, limit.window_ms, limit.scope, limit.assumed);
        let ours: Vec<_> = costs.iter().map(|cost| (of(cost.limit), cost.weight)).collect();
        let scope = |per: &str| if per == "ip" { Scope::Ip } else { Scope::Key };
        let theirs: Vec<_> = row
            .limits
            .iter()
            .map(|limit| ((limit.count, limit.window_ms, scope(&limit.per), limit.assumed), limit.weight))
            .collect();
        assert_eq!(ours, theirs, "{}", operation.name);
    }
}

#[test]
fn each_endpoint_counts_by_itself() {
    let mut seen = BTreeSet::new();
    for operation in ENDPOINTS {
        let route = (operation.spec.verb(), operation.spec.path);
        for cost in operation.spec.costs() {
            seen.insert((cost.limit.name, route));
        }
    }
    let names: BTreeSet<_> = seen.iter().map(|(name, _)| name).collect();
    assert_eq!((names.len(), seen.len()), (21, 21));
}

/// The documentation prints `"mc": "string"` and `"ma": [{}]` around most of its examples: `rc` decides.
#[test]
fn documented_examples_read_whole_and_back() {
    for (operation, row) in pairs() {
        let name = operation.name;
        let example = row.example.get();
        let placeholders = example
            .replace(r#""mc": "SUCCESS""#, r#""mc": "string""#)
            .replace(r#""ma": []"#, r#""ma": [{}]"#);
        assert!(placeholders.contains(r#""ma": [{}]"#), "{placeholders}");
        let decoded = decode(name, 200, example);
        let placeholders = decode(name, 200, placeholders);
        for decoded in [&decoded, &placeholders] {
            assert!(decoded.error.is_none(), "{name}: {:?}", decoded.error);
            assert!(decoded.unmapped.is_empty(), "{name}: {:?}", decoded.unmapped);
            assert!(decoded.bad_rows.is_empty(), "{name}: {:?}", decoded.bad_rows);
        }
        assert_eq!(decoded.value, placeholders.value);
        let value = decoded.value.unwrap();
        let again = decode(name, 200, format!(r#"{{"rc":0,"result":{value}}}"#));
        assert!(again.unmapped.is_empty(), "{name}: {:?}", again.unmapped);
        assert_eq!(again.value, Some(value), "{name}");
    }
}

/// A field whose name is not the venue's would be empty, and nobody would notice.
#[test]
fn documented_examples_lose_no_value() {
    for (operation, row) in pairs() {
        let value = decode(operation.name, 200, row.example.get()).value.unwrap();
        for text in values(row.example.get()) {
            let bare = text.trim_matches('"');
            let there = [format!("\"{bare}\""), format!(":{bare}")].iter().any(|text| value.contains(text));
            assert!(there, "{}: {text} in {value}", operation.name);
        }
    }
}

/// The scalars of the payload, as JSON text, without those that mean nothing.
fn values(example: &str) -> Vec<String> {
    fn collect(value: &serde_json::Value, out: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(members) => members.values().for_each(|value| collect(value, out)),
            serde_json::Value::Array(elements) => elements.iter().for_each(|value| collect(value, out)),
            serde_json::Value::Null => {}
            value if *value == "" => {}
            value => out.push(value.to_string()),
        }
    }
    let example: serde_json::Value = serde_json::from_str(example).unwrap();
    let mut out = Vec::new();
    collect(&example["result"], &mut out);
    out
}

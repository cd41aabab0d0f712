//! The requests held against the documentation: that each is there, with its parameters and nothing else.

use std::collections::BTreeSet;

use venue_core::serde_json::value::RawValue;
use venue_core::{Auth, Operation, Placement, serde_json};

use super::*;

#[derive(serde::Deserialize)]
pub(super) struct Documentation {
    endpoints: Vec<Documented>,
    errors: Vec<DocumentedError>,
}

#[derive(serde::Deserialize)]
pub(super) struct Documented {
    method: String,
    path: String,
    section: String,
    auth: String,
    placement: String,
    params: Vec<Param>,
    pub(super) example: Box<RawValue>,
}

#[derive(serde::Deserialize)]
struct Param {
    name: String,
    #[serde(rename = "in")]
    place: String,
    required: bool,
}

#[derive(serde::Deserialize)]
struct DocumentedError {
    code: String,
    message: String,
}

impl Documentation {
    pub(super) fn of(&self, operation: &Operation) -> &Documented {
        let route = (operation.spec.verb(), operation.spec.path);
        let mut endpoints = self.endpoints.iter();
        endpoints.find(|known| (known.method.as_str(), known.path.as_str()) == route).unwrap()
    }
}

pub(super) fn documentation() -> Documentation {
    serde_json::from_str(include_str!("../../../sim/data/hibt.json")).unwrap()
}

#[test]
fn every_documented_endpoint_is_there_and_no_other() {
    let documentation = documentation();
    assert_eq!(documentation.endpoints.len(), 32);
    let names: BTreeSet<_> = ENDPOINTS.iter().map(|operation| operation.name).collect();
    assert_eq!(names.len(), ENDPOINTS.len());
    // `of` fails for a route that is not documented.
    let routes: BTreeSet<_> = ENDPOINTS.iter().map(|operation| &documentation.of(operation).path).collect();
    assert_eq!(routes.len(), documentation.endpoints.len());
}

#[test]
fn each_endpoint_is_as_documented() {
    let documentation = documentation();
    for operation in ENDPOINTS {
        let (name, spec, known) = (operation.name, operation.spec, documentation.of(operation));
        assert_eq!(spec.section, known.section, "{name}");
        assert!(!operation.summary().is_empty() && operation.doc.contains(&known.path), "{name}");
        let auth = match spec.auth {
            Auth::None => "none",
            Auth::Key => "key",
            Auth::Signed => "signed",
        };
        assert_eq!(auth, known.auth, "{name}");
        let placement = match known.placement.as_str() {
            "none" | "query" => Placement::Query,
            "json" => Placement::Json,
            other => panic!("{name}: {other}"),
        };
        assert_eq!(spec.placement, placement, "{name}");
        // Nothing is documented of limits.
        assert!(spec.costs().count() == 1 && spec.costs().all(|cost| cost.limit.assumed), "{name}");
        for field in operation.fields() {
            assert!(known.params.iter().any(|param| param.name == field.name), "{name} {}", field.name);
        }
        for param in known.params.iter().filter(|param| param.required && param.place != "item") {
            let fields = operation.fields();
            let field = fields.iter().find(|field| field.name == param.name);
            assert!(field.is_some_and(|field| field.required), "{name} {}", param.name);
        }
    }
    for known in &documentation.endpoints {
        let taken: BTreeSet<_> = ENDPOINTS
            .iter()
            .filter(|operation| documentation.of(operation).path == known.path)
            .flat_map(Operation::fields)
            .map(|field| field.name)
            .collect();
        for param in known.params.iter().filter(|param| param.place != "item") {
            assert!(taken.contains(param.name.as_str()), "{} {}", known.path, param.name);
        }
    }
}

#[test]
fn an_order_of_a_batch_has_the_documented_parameters() {
    let documentation = documentation();
    let order = ENDPOINTS.iter().find(|operation| operation.name == "OpenOrder").unwrap();
    let batch = ENDPOINTS.iter().find(|operation| operation.name == "BatchOpenOrders").unwrap();
    let items: BTreeSet<_> = documentation
        .of(batch)
        .params
        .iter()
        .filter(|param| param.place == "item")
        .map(|param| param.name.as_str())
        .collect();
    assert_eq!(order.fields().iter().map(|field| field.name).collect::<BTreeSet<_>>(), items);
}

#[test]
fn every_documented_error_is_in_the_table() {
    use venue_core::Venue as _;
    for known in documentation().errors {
        let row = Hibt::new().codes().find(&known.code, &known.message);
        assert_eq!(row.map(|row| row.text), Some(known.message.as_str()), "{}", known.code);
    }
}

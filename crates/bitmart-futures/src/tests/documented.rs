//! The requests against the transcribed documentation, as `cargo xtask endpoints --check` holds them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use venue_core::budget::Scope;
use venue_core::serde_json::value::RawValue;
use venue_core::{Auth, Permission, Placement, Venue};

use crate::BitMart;
use crate::rest::ENDPOINTS;

#[derive(Deserialize)]
pub(super) struct Catalog {
    pub(super) endpoints: Vec<Documented>,
    errors: Vec<DocumentedError>,
}

#[derive(Deserialize)]
pub(super) struct Documented {
    section: String,
    pub(super) method: String,
    pub(super) path: String,
    auth: String,
    permission: Option<String>,
    placement: String,
    params: Vec<Parameter>,
    limits: Vec<DocumentedLimit>,
    pub(super) example: Box<RawValue>,
}

#[derive(Deserialize)]
struct Parameter {
    name: String,
    required: bool,
}

#[derive(Deserialize)]
struct DocumentedLimit {
    count: u32,
    window_ms: u64,
    per: String,
    weight: u32,
    assumed: bool,
}

#[derive(Deserialize)]
struct DocumentedError {
    code: String,
}

pub(super) fn catalog() -> Catalog {
    serde_json::from_str(include_str!("../../../sim/data/bitmart.json")).unwrap()
}

fn word<T: serde::Serialize>(value: T) -> String {
    serde_json::to_string(&value).unwrap().trim_matches('"').to_owned()
}

#[test]
fn every_documented_endpoint_is_there_as_documented() {
    let catalog = catalog();
    assert_eq!(catalog.endpoints.len(), 46);
    let mut routes: BTreeSet<_> =
        ENDPOINTS.iter().map(|operation| (operation.spec.verb(), operation.spec.path)).collect();
    for endpoint in &catalog.endpoints {
        let route = (endpoint.method.as_str(), endpoint.path.as_str());
        assert!(routes.remove(&route), "{route:?} has no request");
        let mut taken = BTreeSet::new();
        for operation in ENDPOINTS.iter().filter(|known| (known.spec.verb(), known.spec.path) == route) {
            let (name, spec) = (operation.name, operation.spec);
            assert_eq!(spec.section, endpoint.section, "{name}");
            assert!(!operation.summary().is_empty(), "{name}");
            let auth = match spec.auth {
                Auth::None => "none",
                Auth::Key => "key",
                Auth::Signed => "signed",
            };
            assert_eq!(auth, endpoint.auth, "{name}");
            let placement = match spec.placement {
                Placement::Query if endpoint.params.is_empty() => "none",
                Placement::Query => "query",
                Placement::Json => "json",
                other => panic!("{name}: {other:?}"),
            };
            assert_eq!(placement, endpoint.placement, "{name}");
            assert_eq!(spec.permission.map(word::<Permission>), endpoint.permission, "{name}");
            let fields = operation.fields();
            for field in &fields {
                let documented = endpoint.params.iter().find(|param| param.name == field.name);
                assert!(documented.is_some(), "{name} has an undocumented parameter {}", field.name);
                taken.insert(field.name);
            }
            for param in endpoint.params.iter().filter(|param| param.required) {
                let required = fields.iter().any(|field| field.name == param.name && field.required);
                assert!(required, "{name} does not require {}", param.name);
            }
            let ours: Vec<_> = spec
                .costs()
                .map(|cost| {
                    let per = match cost.limit.scope {
                        Scope::Ip => "ip",
                        Scope::Key => "key",
                        Scope::Account => "uid",
                    };
                    let limit = cost.limit;
                    (limit.count, limit.window_ms, per.to_owned(), cost.weight, limit.assumed)
                })
                .collect();
            let theirs: Vec<_> = endpoint
                .limits
                .iter()
                .map(|limit| (limit.count, limit.window_ms, limit.per.clone(), limit.weight, limit.assumed))
                .collect();
            assert_eq!(ours, theirs, "{name}");
        }
        for param in &endpoint.params {
            assert!(taken.contains(param.name.as_str()), "{route:?}: no request has {}", param.name);
        }
    }
    assert!(routes.is_empty(), "not documented: {routes:?}");
}

#[test]
fn names_are_taken_once_and_limits_named_once_an_endpoint() {
    let mut names = BTreeSet::new();
    let mut limits: BTreeMap<&str, &str> = BTreeMap::new();
    for operation in ENDPOINTS {
        assert!(names.insert(operation.name), "{}", operation.name);
        for cost in operation.spec.costs() {
            let path = limits.entry(cost.limit.name).or_insert(operation.spec.path);
            assert_eq!(*path, operation.spec.path, "{} has the budget of another", operation.name);
        }
    }
    assert_eq!(limits.len(), 46);
}

#[test]
fn what_acts_on_everything_is_of_its_own_and_never_repeated() {
    let sweeping: Vec<_> = ENDPOINTS.iter().filter(|known| known.spec.sweeping).collect();
    let names: Vec<_> = sweeping.iter().map(|known| known.name).collect();
    assert_eq!(
        names,
        [
            "CancelAllOrders",
            "CancelOrders",
            "CancelAllAfter",
            "CancelAllPlanOrders",
            "SubmitPositionTpSl",
            "CancelAllTrailOrders"
        ]
    );
    assert!(sweeping.iter().all(|known| known.spec.replay == venue_core::Replay::Never));
    let repeatable: Vec<_> = ENDPOINTS
        .iter()
        .filter(|known| known.spec.verb() == "POST" && known.spec.replay != venue_core::Replay::Never)
        .map(|known| known.name)
        .collect();
    assert_eq!(repeatable, ["ListTransfers", "CancelOrder", "CancelPlanOrder", "CancelTrailOrder"]);
}

#[test]
fn the_error_table_is_sorted_and_whole() {
    let codes = BitMart::new().codes();
    assert!(codes.codes.windows(2).all(|pair| pair[0].code <= pair[1].code));
    for error in catalog().errors {
        let is_known = match (error.code.len(), error.code.parse()) {
            (3, Ok(status)) => codes.status(status).is_some(),
            // 4XX and 5XX are no statuses but what is said of all of them.
            (3, Err(_)) => true,
            _ => error.code == "1000" || codes.find(&error.code, "").is_some(),
        };
        assert!(is_known, "{}", error.code);
    }
}

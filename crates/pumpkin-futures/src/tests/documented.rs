//! The requests held against the transcribed documentation, as the project's own check does.

use std::collections::BTreeSet;

use venue_core::serde_json::value::RawValue;
use venue_core::wire::EnumValue;

use super::*;

#[derive(serde::Deserialize)]
pub(super) struct Documented {
    pub(super) endpoints: Vec<Route>,
}

#[derive(serde::Deserialize)]
pub(super) struct Route {
    pub(super) method: String,
    pub(super) path: String,
    section: String,
    placement: String,
    permission: Option<String>,
    envelope: String,
    params: Vec<Param>,
    limits: Vec<Drawn>,
    pub(super) example: Box<RawValue>,
}

#[derive(serde::Deserialize)]
struct Param {
    name: String,
    #[serde(rename = "in")]
    place: String,
    required: bool,
    #[serde(default)]
    values: Vec<String>,
}

#[derive(serde::Deserialize)]
struct Drawn {
    count: u32,
    window_ms: u64,
    weight: u32,
    assumed: bool,
}

pub(super) fn documented() -> Documented {
    serde_json::from_str(include_str!("../../../sim/data/pumpkin.json")).unwrap()
}

#[test]
fn every_documented_endpoint_is_there_with_its_parameters() {
    let documented = documented();
    assert_eq!(documented.endpoints.len(), 66);
    let mut routes = BTreeSet::new();
    for route in &documented.endpoints {
        let (verb, path) = (route.method.as_str(), route.path.as_str());
        routes.insert((verb, path));
        let params: Vec<_> = route.params.iter().filter(|param| param.place != "item").collect();
        let mut taken = BTreeSet::new();
        let here =
            ENDPOINTS.iter().filter(|operation| (operation.spec.verb(), operation.spec.path) == (verb, path));
        for operation in here {
            let (name, spec) = (operation.name, operation.spec);
            assert_eq!(spec.section, route.section, "{name}");
            let placement = match spec.placement {
                venue_core::Placement::Query => "query",
                venue_core::Placement::Form => "form",
                _ => "neither",
            };
            assert!(route.placement == placement || params.is_empty(), "{name}");
            assert_eq!(spec.permission.map(|_| "trade"), route.permission.as_deref(), "{name}");
            assert_eq!(spec.shape == venue_core::Shape::Bare, route.envelope.starts_with("bare"), "{name}");
            let fields = operation.fields();
            for field in &fields {
                taken.insert(field.name);
                assert!(params.iter().any(|param| param.name == field.name), "{name} {}", field.name);
            }
            for param in params.iter().filter(|param| param.required && !spec.sweeping) {
                assert!(fields.iter().any(|field| field.required && field.name == param.name), "{name}");
            }
            let ours: Vec<_> = spec
                .costs()
                .map(|cost| (cost.limit.count, cost.limit.window_ms, cost.weight, cost.limit.assumed))
                .collect();
            let theirs: Vec<_> = route
                .limits
                .iter()
                .map(|limit| (limit.count, limit.window_ms, limit.weight, limit.assumed))
                .collect();
            assert_eq!(ours, theirs, "{name}");
        }
        let missing: Vec<_> = params.iter().filter(|param| !taken.contains(param.name.as_str())).collect();
        assert!(missing.is_empty(), "{verb} {path}: no type takes {}", missing[0].name);
    }
    for operation in ENDPOINTS {
        assert!(routes.contains(&(operation.spec.verb(), operation.spec.path)), "{}", operation.name);
        assert!(!operation.summary().is_empty());
        let weight = operation.spec.costs().next().unwrap().weight;
        let said = format!("weight {weight}");
        assert!(operation.doc.contains(&said), "{}: {said}", operation.name);
        assert!(operation.doc.contains(&format!("`{} {}`", operation.spec.verb(), operation.spec.path)));
    }
    let names: BTreeSet<_> = ENDPOINTS.iter().map(|operation| operation.name).collect();
    assert_eq!(names.len(), ENDPOINTS.len());
}

#[test]
fn every_documented_name_of_a_set_is_known() {
    fn is_known<T: EnumValue + PartialEq + 'static>(known: &'static [T]) -> impl Fn(&str) -> bool {
        move |name| known.contains(&T::from_wire(name))
    }
    let mut seen = 0;
    for route in documented().endpoints {
        for param in route.params {
            let known: Box<dyn Fn(&str) -> bool> = match (param.name.as_str(), route.path.as_str()) {
                ("type", "/v2/position/margin") => Box::new(is_known(MarginAdjustType::KNOWN)),
                ("type", "/v2/balance/bills") => Box::new(is_known(BillType::KNOWN)),
                ("direction", "/v2/order/listUnfinished") => Box::new(is_known(OrderSide::KNOWN)),
                ("type", _) => Box::new(is_known(OrderEntrustType::KNOWN)),
                ("direction", _) => Box::new(is_known(PageDirection::KNOWN)),
                ("timeRangeType", _) => Box::new(is_known(TimeRangeType::KNOWN)),
                ("interval", _) => Box::new(is_known(KlineInterval::KNOWN)),
                ("orderType" | "profitOrderType" | "stopOrderType", _) => {
                    Box::new(is_known(OrderType::KNOWN))
                }
                ("orderSide", _) => Box::new(is_known(OrderSide::KNOWN)),
                ("positionSide", _) => Box::new(is_known(PositionSide::KNOWN)),
                ("positionType", _) => Box::new(is_known(PositionType::KNOWN)),
                ("positionModel", _) => Box::new(is_known(PositionModel::KNOWN)),
                ("timeInForce", _) => Box::new(is_known(TimeInForce::KNOWN)),
                ("triggerPriceType", _) => Box::new(is_known(TriggerPriceType::KNOWN)),
                ("profitFlag", _) => Box::new(is_known(ProfitFlag::KNOWN)),
                _ => Box::new(|_| false),
            };
            for name in &param.values {
                seen += 1;
                assert!(known(name), "{} {}: {name}", route.path, param.name);
            }
        }
    }
    assert!(seen > 150, "{seen}");
    assert_eq!(TimeRangeType::KNOWN.len(), 26);
}

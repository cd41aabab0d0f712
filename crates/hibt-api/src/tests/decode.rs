//! Every documented answer, read whole.

use super::documented::documentation;
use super::*;

#[test]
fn every_example_reads_whole_and_survives_a_round_trip() {
    let documentation = documentation();
    for operation in ENDPOINTS {
        let name = operation.name;
        let endpoint = documentation.of(operation);
        let decoded = decode(name, 200, endpoint.example.get());
        assert!(decoded.error.is_none(), "{name}: {:?}", decoded.error);
        assert!(decoded.unmapped.is_empty() && decoded.bad_rows.is_empty(), "{name}: {decoded:?}");
        let value = decoded.value.unwrap();
        let again = success(name, &value);
        assert_eq!(again.value, Some(value));
        assert!(again.unmapped.is_empty(), "{name}");
    }
}

#[test]
fn empty_lists_are_empty_however_they_are_sent() {
    let documentation = documentation();
    for operation in ENDPOINTS {
        let name = operation.name;
        let example = decode(name, 200, documentation.of(operation).example.get());
        // An empty list of what was cancelled says something else.
        if !example.value.unwrap().starts_with('[') || name == "CancelConditionalOrder" {
            continue;
        }
        for nothing in ["[]", "null"] {
            assert_eq!(success(name, nothing).value.as_deref(), Some("[]"), "{name}");
        }
    }
}

#[test]
fn a_bad_row_does_not_take_the_good_ones_with_it() {
    let page = r#"{"total":2,"page":1,"data":[{"id":"1","symbol":"a"},{"id":{}}]}"#;
    for (name, text) in [
        ("GetFinishedOrders", page),
        ("GetFinishedConditionalOrders", page),
        ("GetSymbols", r#"[{"symbol":"a"},{"volumePrecision":1}]"#),
        ("GetPositions", r#"[{"positionID":"1","symbol":"a","spSlPartData":null},{"symbol":"b"}]"#),
    ] {
        let decoded = success(name, text);
        assert!(decoded.error.is_none(), "{name}: {:?}", decoded.error);
        assert_eq!((decoded.bad_rows.len(), decoded.bad_rows[0].index), (1, 1), "{name}");
    }
}

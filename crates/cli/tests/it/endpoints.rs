//! The list of all requests, and what a shell needs.

use std::process::Stdio;

use serde_json::json;

use crate::venue::{command, run};

#[test]
fn every_request_of_every_venue_is_listed() {
    let all = run(&["endpoints", "--json"]).good();
    let all = all.as_array().unwrap();
    for venue in ["hashkey", "bitmart", "wex-spot", "wex-futures", "hibt", "pumpkin"] {
        let of_venue = run(&["endpoints", venue, "--json"]).good();
        let of_venue = of_venue.as_array().unwrap();
        assert!(!of_venue.is_empty());
        assert_eq!(of_venue.len(), all.iter().filter(|listed| listed["venue"] == venue).count());
    }
    for listed in all {
        for name in ["venue", "name", "method", "path", "auth", "replay", "doc"] {
            assert!(!listed[name].as_str().unwrap().is_empty(), "{listed}");
        }
        assert!(["none", "key", "signed"].contains(&listed["auth"].as_str().unwrap()), "{listed}");
        assert!(["safe", "idempotent", "never"].contains(&listed["replay"].as_str().unwrap()), "{listed}");
        assert!(listed["permission"].is_null() || listed["permission"].is_string(), "{listed}");
        for cost in listed["costs"].as_array().unwrap() {
            assert!(
                cost["bucket"].is_string() && cost["weight"].is_u64() && cost["assumed"].is_boolean(),
                "{cost}"
            );
        }
    }
}

#[test]
fn a_request_is_listed_with_what_is_known_of_it() {
    let all = run(&["endpoints", "bitmart", "--json"]).good();
    let order = all.as_array().unwrap().iter().find(|listed| listed["name"] == "SubmitOrder").unwrap();
    assert_eq!(
        (&order["method"], &order["path"]),
        (&json!("POST"), &json!("/contract/private/submit-order"))
    );
    assert_eq!(
        (&order["auth"], &order["replay"], &order["permission"]),
        (&json!("signed"), &json!("never"), &json!("trade"))
    );
    assert_eq!(order["doc"], "Places an order.");
    let cost = &order["costs"][0];
    assert_eq!(
        (&cost["bucket"], &cost["weight"], &cost["assumed"]),
        (&json!("submit-order"), &json!(1), &json!(false))
    );
    assert_eq!(
        (&cost["count"], &cost["window_ms"], &cost["scope"]),
        (&json!(24), &json!(2000), &json!("key"))
    );
}

#[test]
fn people_get_a_table() {
    let shown = run(&["endpoints", "bitmart"]);
    let line = shown.out.lines().find(|line| line.contains("SubmitOrder ")).unwrap();
    for word in [
        "POST",
        "/contract/private/submit-order",
        "signed",
        "never",
        "24 per 2 s per key",
        "Places an order.",
    ] {
        assert!(line.contains(word), "{line}");
    }
}

#[test]
fn a_reader_who_leaves_is_no_error() {
    let mut command = command(&["endpoints", "--json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn shells_and_people_find_their_way() {
    for shell in ["bash", "zsh", "fish"] {
        let script = run(&["completions", shell]);
        assert!(script.code == 0 && script.out.contains("endpoints"), "{script:?}");
    }
    let help = run(&["--help"]);
    assert!(help.code == 0 && help.out.contains("Usage: venue"), "{help:?}");
    let nothing = run(&[]);
    assert!(nothing.code == 2 && nothing.err.contains("Usage: venue"), "{nothing:?}");
    assert_eq!(run(&["--version"]).out, format!("venue {}\n", env!("CARGO_PKG_VERSION")));
}

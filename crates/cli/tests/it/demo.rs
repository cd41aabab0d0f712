//! Every venue at a glance.

use crate::venue::run;

#[test]
fn every_venue_answers_a_public_and_a_signed_call() {
    let shown = run(&["demo", "--json"]).good();
    let shown = shown.as_array().unwrap();
    assert_eq!(shown.len(), 6);
    for venue in shown {
        let calls = venue["calls"].as_array().unwrap();
        assert_eq!(calls.len(), 2, "{venue}");
        for call in calls {
            assert!(call["ok"] == true && call["status"] == 200, "{call}");
        }
        let access: Vec<&str> = calls.iter().map(|call| call["access"].as_str().unwrap()).collect();
        let expected = if venue["venue"] == "pumpkin" { ["signed", "signed"] } else { ["public", "signed"] };
        assert_eq!(access, expected);
        assert_eq!(venue["simulator"]["refused"], 0);
        assert_eq!(venue["simulator"]["executed"], 2);
    }
}

#[test]
fn people_see_what_was_called_and_what_came_back() {
    let shown = run(&["demo", "bitmart", "pumpkin"]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    for words in [
        "SubmitOrder",
        "GET /contract/public/details",
        "200",
        "last_price=",
        "no public calls",
        "2 executed, 0 refused",
        "4 of 4 calls succeeded",
    ] {
        assert!(shown.out.contains(words), "{words}: {}", shown.out);
    }
}

#[test]
fn live_calls_are_public_only() {
    // The one venue that has none, so that nothing leaves this machine.
    let shown = run(&["demo", "pumpkin", "--live", "--json"]).good();
    assert_eq!(shown[0]["calls"], serde_json::json!([]));
    assert!(shown[0]["note"].as_str().unwrap().contains("no public calls"));
    assert!(shown[0]["simulator"].is_null());
}

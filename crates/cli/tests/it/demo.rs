//! Every venue at a glance.

use serde_json::{Value, json};

use crate::venue::run;

#[test]
fn every_venue_answers_and_one_tells_a_story() {
    let shown = run(&["demo", "--json"]).good();
    let shown = shown.as_array().unwrap();
    assert_eq!(shown.len(), 6);
    for venue in shown {
        if venue["venue"] == "bitmart" {
            told(venue);
            continue;
        }
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

fn told(story: &Value) {
    let steps = story["steps"].as_array().unwrap();
    for (step, number) in steps.iter().zip(1..) {
        assert_eq!((&step["ok"], &step["number"]), (&json!(true), &json!(number)), "{step}");
        assert!(!step["said"].as_array().unwrap().is_empty(), "{step}");
    }
    let step = |word: &str| {
        let has = |step: &&Value| step["title"].as_str().unwrap().contains(word);
        steps.iter().find(has).unwrap_or_else(|| panic!("{word}: {story}"))
    };
    let outcomes = |word: &str| -> Vec<(&Value, &Value)> {
        let errors = step(word)["errors"].as_array().unwrap();
        errors.iter().map(|error| (&error["kind"], &error["outcome"])).collect()
    };
    assert!(step("clock")["facts"]["bound_ms"].is_i64());
    assert_eq!(step("at the market")["facts"]["filled"], "10");
    let refusals = [
        (&json!("InvalidRequest"), &json!("NotSent")),
        (&json!("UnknownSymbol"), &json!("Rejected")),
        (&json!("InsufficientFunds"), &json!("Rejected")),
    ];
    assert_eq!(outcomes("Hear no"), refusals);
    assert_eq!(outcomes("Lose the answer"), [(&json!("Transport"), &json!("Unknown"))]);
    assert_eq!(step("Lose the answer")["facts"]["executions"], 1);
    assert_eq!(step("burst")["facts"]["orders"], 60);
    let banned = [(&json!("Banned"), &json!("Rejected")), (&json!("RateLimited"), &json!("NotSent"))];
    assert_eq!(outcomes("banned"), banned);
    assert_eq!(step("banned")["facts"]["requests"], 1);

    let counted = &story["simulator"];
    // One rests, one is filled, one loses its answer, sixty burst, one sells.
    assert_eq!((&counted["orders"], &counted["client_order_ids"]), (&json!(64), &json!(64)));
    assert_eq!((&counted["executed_twice"], &counted["refused"]), (&json!([]), &json!(2)));
    for used in counted["endpoints"].as_array().unwrap() {
        assert!(used["worst_window"].as_u64() <= used["limit"].as_u64(), "{used}");
    }
}

#[test]
fn people_see_what_was_called_and_what_came_back() {
    let shown = run(&["demo", "bitmart", "pumpkin"]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""), "{}", shown.out);
    for words in [
        "  1  Set the clock",
        "best bid",
        "[UnknownSymbol, rejected, code 40034]",
        "[Transport, outcome unknown]",
        "executions of that id by the simulator's count: 1",
        "POST /contract/private/submit-order",
        "24 per 2 s",
        "0 executed twice",
        "CreateOrder",
        "no public calls",
        "2 executed, 0 refused",
        "13 of 13 steps went as they should, 2 of 2 calls succeeded",
    ] {
        assert!(shown.out.contains(words), "{words}: {}", shown.out);
    }
    assert!(!shown.out.contains('✗') && !shown.out.contains('\u{1b}'), "{}", shown.out);
}

#[test]
fn live_calls_are_public_only() {
    // The one venue that has none, so that nothing leaves this machine.
    let shown = run(&["demo", "pumpkin", "--live", "--json"]).good();
    assert_eq!(shown[0]["calls"], serde_json::json!([]));
    assert!(shown[0]["note"].as_str().unwrap().contains("no public calls"));
    assert!(shown[0]["simulator"].is_null());
}

//! One story at every venue.

use serde_json::{Value, json};

use crate::venue::run;

const VENUES: [&str; 6] = ["hashkey", "bitmart", "wex-spot", "wex-futures", "hibt", "pumpkin"];

#[test]
fn the_story_holds_at_all_six_venues() {
    let shown = run(&["demo", "--json"]).good();
    let stories = shown.as_array().unwrap();
    let venues: Vec<&str> = stories.iter().map(|story| story["venue"].as_str().unwrap()).collect();
    assert_eq!(venues, VENUES);
    for story in stories {
        let mut cannot = Vec::new();
        for (step, number) in story["steps"].as_array().unwrap().iter().zip(1..) {
            assert_eq!(step["number"], json!(number));
            assert!(!step["said"].as_array().unwrap().is_empty() && step["cell"] != "", "{step}");
            match step["verdict"].as_str() {
                Some("held") => {}
                Some("cannot") => {
                    cannot.push([&step["part"], &step["cell"]].map(|word| word.as_str().unwrap()));
                }
                _ => panic!("{step}"),
            }
        }
        let lacks: &[_] = if story["venue"] == "pumpkin" {
            &[["fill", "no stream"], ["lost-request", "no time signed"]]
        } else {
            &[]
        };
        assert_eq!(cannot, lacks, "{}", story["venue"]);
        told(story);
    }
}

fn told(story: &Value) {
    let steps = story["steps"].as_array().unwrap();
    assert_eq!(steps.len(), 16);
    let step = |part: &str| steps.iter().find(|step| step["part"] == part).unwrap();
    let outcomes = |part: &str| -> Vec<(&str, &str)> {
        let errors = step(part)["errors"].as_array().unwrap().iter();
        errors.map(|error| (error["kind"].as_str().unwrap(), error["outcome"].as_str().unwrap())).collect()
    };
    for part in ["signature", "key"] {
        assert_eq!(outcomes(part), [("Auth", "Rejected")], "{story}");
    }
    for (part, executions) in [("lost-answer", 1), ("lost-request", 0)] {
        assert_eq!(outcomes(part), [("Transport", "Unknown")], "{story}");
        assert_eq!(step(part)["facts"]["executions"], executions);
    }
    let burst = &step("burst")["facts"];
    assert_eq!(burst["refused"], 0);
    assert!(burst["worst_window"].as_u64() <= burst["limit"].as_u64(), "{burst}");
    assert!(burst["orders"].as_u64().unwrap() > 20, "{burst}");
    assert_eq!(outcomes("refusal").last(), Some(&("RateLimited", "NotSent")));
    assert!(step("refusal")["facts"]["shut_ms"].as_u64().unwrap() > 0);
    assert!(step("book")["facts"]["levels_compared"].as_u64().unwrap() > 5);

    let counted = &story["simulator"];
    assert_eq!(counted["executed_twice"], json!([]));
    assert_eq!(counted["client_order_ids"], step("once")["facts"]["client_order_ids"]);
    for used in counted["limits"].as_array().unwrap() {
        assert!(used["worst_window"].as_u64() <= used["limit"].as_u64(), "{used}");
    }
}

#[test]
fn people_see_the_venues_side_by_side() {
    let shown = run(&["demo"]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""), "{}", shown.out);
    let heading = shown.out.lines().find(|line| line.contains("pumpkin")).unwrap();
    assert_eq!(heading.split_whitespace().collect::<Vec<_>>(), VENUES);
    let row = |name: &str| shown.out.lines().find(|line| line.trim_start().starts_with(name)).unwrap();
    assert_eq!(row("request lost").matches("✓ NotFound").count(), 5);
    for (name, words) in [
        ("request lost", "– no time signed"),
        ("answer lost", "✓ Executed"),
        ("left behind", "✓ nothing"),
        ("burst within limit", " of 20* "),
        ("burst within limit", " of 24 "),
        ("executed twice", "✓ 0 of "),
    ] {
        assert!(row(name).contains(words), "{name}: {words}: {}", shown.out);
    }
    for words in
        ["0 orders that were executed twice", "94 of 94 steps went as they should, 2 can't be done there"]
    {
        assert!(shown.out.contains(words), "{words}: {}", shown.out);
    }
    assert!(!shown.out.contains('\u{1b}'), "{}", shown.out);
    assert!(shown.out.lines().all(|line| line.chars().count() <= 120), "{}", shown.out);
}

#[test]
fn one_venue_is_told_in_full() {
    let shown = run(&["demo", "bitmart"]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""), "{}", shown.out);
    for words in [
        "  1  Set the clock",
        "best bid",
        "Gap { expected:",
        "[Auth, rejected, code 30005]",
        "[Transport, outcome unknown]",
        "both clocks are put ahead by 62.0 s",
        "executions of that id by the simulator's count: 1",
        "60 of 60 taken",
        "submit_order",
        "24 per 2 s",
        "0 of them twice",
        "16 of 16 steps went as they should",
    ] {
        assert!(shown.out.contains(words), "{words}: {}", shown.out);
    }
    assert!(!shown.out.contains('✗') && !shown.out.contains('\u{1b}'), "{}", shown.out);
}

#[test]
fn what_a_venue_has_no_way_to_do_is_told_and_no_failure() {
    // Named twice, and told once.
    let shown = run(&["demo", "pumpkin", "pumpkin"]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""), "{}", shown.out);
    for words in [
        "– the venue documents no private stream",
        "– not found, and the venue signs no time",
        "held back by the ledger and not sent, 0 refused",
        "14 of 14 steps went as they should, 2 can't be done there",
    ] {
        assert_eq!(shown.out.matches(words).count(), 1, "{words}: {}", shown.out);
    }
}

#[test]
fn live_calls_are_public_only() {
    // The one venue that has none, so that nothing leaves this machine.
    let shown = run(&["demo", "pumpkin", "--live", "--json"]).good();
    assert_eq!(shown[0]["calls"], serde_json::json!([]));
    assert!(shown[0]["note"].as_str().unwrap().contains("no public calls"));
}

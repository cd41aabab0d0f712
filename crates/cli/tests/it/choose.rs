//! Which request is meant, and when none is.

use crate::venue::run;

fn refused(venue: &str, request: &str, params: &str) -> String {
    run(&["sign", venue, request, params, "--key", "a-key", "--secret", "a-secret", "--json"]).refused()
}

#[test]
fn what_no_type_takes_is_refused_by_name() {
    let order = r#"{"symbol":"BTCUSDT","side":1,"size":1,"price":"1","colour":"red","shape":1}"#;
    for request in ["SubmitOrder", "POST /contract/private/submit-order"] {
        let said = refused("bitmart", request, order);
        assert_eq!(said, "bitmart SubmitOrder: unknown parameter: colour, shape");
    }
    assert_eq!(
        refused("bitmart", "SubmitOrder", r#"{"symbol":"BTCUSDT","side":1,"size":1}"#),
        "price is required for a limit order"
    );
    for request in ["submitorder", "submit-order", "SUBMIT_ORDER"] {
        let said = refused("bitmart", request, "{}");
        assert!(said.ends_with("; did you mean SubmitOrder?"), "{said}");
    }
    // Several begin so: the closest comes first.
    let said = refused("bitmart", "submit", "{}");
    assert!(said.contains("; did you mean SubmitOrder or Submit"), "{said}");
    assert_eq!(said.matches(" or ").count(), 3, "{said}");
    assert!(refused("bitmart", "Nonsense", "{}").contains("venue endpoints bitmart"));
}

#[test]
fn what_cancels_everything_is_chosen_by_its_name_only() {
    let all = r#"{"symbol":"BTCUSDT"}"#;
    let said = refused("bitmart", "POST /contract/private/cancel-order", all);
    assert!(said.contains("one of order_id, client_order_id is required"), "{said}");
    assert!(said.contains("by its name only: CancelAllOrders"), "{said}");
    for path in [
        "/contract/private/cancel-orders",
        "/contract/private/cancel-orders/",
        "//contract/PRIVATE/cancel-orders",
    ] {
        let said = refused("bitmart", &format!("POST {path}"), all);
        assert!(said.contains("chosen by its name only: CancelOrders"), "{said}");
    }
    for name in ["CancelAllOrders", "CancelOrders"] {
        let args = ["sign", "bitmart", name, all, "--key", "k", "--secret", "s", "--memo", "m", "--json"];
        assert_eq!(run(&args).good()["body"], all);
    }
}

#[test]
fn a_request_is_a_name_or_a_method_and_a_path() {
    for (request, words) in [
        ("/contract/public/details", "a name, or 'METHOD /path'"),
        ("GET /a /b", "a name, or 'METHOD /path'"),
        ("", "a name, or 'METHOD /path'"),
        ("PATCH /a", "one of GET, POST, PUT, DELETE"),
        ("GET a/b", "must begin with a slash"),
        ("GET /a?b=1", "PARAMS_JSON"),
    ] {
        let said = refused("bitmart", request, "{}");
        assert!(said.contains(words), "{request}: {said}");
    }
}

#[test]
fn parameters_are_an_object_or_a_batch() {
    for (params, words) in [
        ("{", "PARAMS_JSON: EOF"),
        ("5", "an object, or the array of a batch"),
        (r#"{"symbol":"a","symbol":"b"}"#, "symbol is given twice"),
        ("[{}]", "takes an object of parameters, not an array"),
    ] {
        let said = refused("bitmart", "GetContractDetails", params);
        assert!(said.contains(words), "{params}: {said}");
    }
    let said = refused("bitmart", "GET /new/thing", "[1]");
    assert!(said.contains("no body for an array"), "{said}");
}

#[test]
fn what_the_signature_adds_is_not_given() {
    for venue in ["hashkey", "hibt"] {
        let said = refused(venue, "GET /v2/new/thing", r#"{"timestamp":5}"#);
        assert!(said.contains("timestamp is added by"), "{said}");
    }
    assert!(refused("bitmart", "GetContractDetails", r#"{"recvWindow":5000}"#).contains("unknown parameter"));
    assert!(refused("wex-spot", "GET /v4/new", r#"{"recvWindow":"soon"}"#).contains("milliseconds"));
}

#[test]
fn a_mistake_in_the_command_is_one_line() {
    let run = run(&["sign", "nowhere", "X"]);
    assert_eq!((run.code, run.out.as_str(), run.err.lines().count()), (2, "", 1), "{run:?}");
    assert!(run.err.starts_with("venue: invalid value 'nowhere'"), "{}", run.err);
}

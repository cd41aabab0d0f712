//! Recorded frames: a line out for each line in, whatever is wrong with it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::venue::run_with;

/// What is told of each line.
fn frames(venue: &str, more: &[&str], lines: &[u8]) -> Vec<Value> {
    let run = run_with(&[&["frames", venue][..], more].concat(), lines);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    run.out.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

#[test]
fn each_line_has_its_line_whatever_is_wrong_with_it() {
    let long = format!(r#"{{"group":"futures/trade:BTCUSDT","data":[{}1"#, " ".repeat(10 * 1024 * 1024));
    let lines: [(&[u8], &str); 11] = [
        (b"", "a frame of no known kind"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b"   ", "a frame of no known kind"),
        (long.as_bytes(), "a frame of no known kind"),
        (b"{", "a frame of no known kind"),
        (b"null\r", "a frame of no known kind"),
        (b"\0", "a frame of no known kind"),
        (r#"{"group":"futures/é:B","data":{}}"#.as_bytes(), "a push of no known channel"),
        (br#"{"group":"futures/ticker:BTCUSDT","data":{"symbol":{}}}"#, "can't be read"),
        (br#"{"group":"futures/ticker:BTCUSDT","data":"#, "a frame of no known kind"),
        // And the last one has no end.
        (b"{}", "a frame of no known kind"),
    ];
    let input: Vec<&[u8]> = lines.iter().map(|(line, _)| *line).collect();
    let told = frames("bitmart", &[], &input.join(&b'\n'));
    assert_eq!(told.len(), lines.len());
    for (told, (line, words)) in told.iter().zip(lines) {
        let line = String::from_utf8_lossy(line.get(..line.len().min(99)).unwrap_or_default());
        let message = told["error"]["message"].as_str().unwrap_or_default();
        assert!(message.contains(words), "{line}: {told}");
        assert_eq!((&told["value"], &told["error"]["venue"]), (&Value::Null, &json!("bitmart")), "{line}");
        assert!(["public", "ticker"].map(Value::from).contains(&told["error"]["endpoint"]), "{told}");
    }
    assert!(frames("bitmart", &[], b"").is_empty());
    assert_eq!(frames("bitmart", &[], b"\n").len(), 1);
}

#[test]
fn a_line_that_is_too_long_for_any_frame_is_one_line_all_the_same() {
    let longest = 64 * 1024 * 1024;
    // At the limit, a byte behind it, and far behind it; each followed by one that is a frame.
    let padded = |bytes: usize| format!("{}\n{}\n", "\r".repeat(bytes), r#"{"action":"ping"}"#);
    for (bytes, words) in [(longest, "no known kind"), (longest + 1, "too long"), (longest + 9, "too long")] {
        let told = frames("bitmart", &[], padded(bytes).as_bytes());
        assert_eq!((told.len(), &told[1]["kind"]), (2, &json!("ping")), "{bytes}");
        assert!(told[0]["error"]["message"].as_str().unwrap().contains(words), "{bytes}: {}", told[0]);
    }
}

#[test]
fn bad_base64_costs_its_line_alone() {
    let good = STANDARD.encode("{\"ping\":\n\n1691473241907}");
    let lines = format!("{good}\n!!!\n\n{}\n  {good} \n{good}x\né\n", good.trim_end_matches('='));
    let told = frames("hashkey", &["--base64"], lines.as_bytes());
    let kinds: Vec<&str> = told.iter().map(|told| told["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["unknown"; 7], "what isn't compressed is nothing that HashKey sends");
    let messages: Vec<bool> =
        told.iter().map(|told| told["error"]["message"].as_str().unwrap().contains("not base64")).collect();
    assert_eq!(messages, [false, true, false, false, false, true, true]);
    assert!(told.iter().all(|told| told["error"]["venue"] == "hashkey" && told["error"]["endpoint"] == "v1"));
}

#[test]
fn a_push_of_which_some_rows_are_bad_says_so_and_keeps_the_others() {
    let row = r#"{"trade_id":1409495322,"price":"117387.58","qty":"0.02","quantity":"0.02","symbol":"BTCUSDT","way":1,"m":true,"deal_price":"117387.58","deal_vol":"71","created_at":"2024-12-30T10:14:51.4Z"}"#;
    let bad = row.replace(r#""117387.58""#, r#""dear""#);
    let push = |rows: &[&str]| format!(r#"{{"group":"futures/trade:BTCUSDT","data":[{}]}}"#, rows.join(","));
    let lines = [push(&[row]), push(&[row, &bad, row, &bad])].join("\n");
    let told = frames("bitmart", &[], lines.as_bytes());
    assert_eq!((&told[0]["kind"], &told[0]["error"]), (&json!("data"), &Value::Null), "{}", told[0]);
    assert_eq!((told[1]["kind"].as_str(), told[1]["channel"].as_str()), (Some("data"), Some("trade")));
    // Good rows are typed, bad ones stand in their place as they came.
    let ids: Vec<&Value> = told[1]["value"].as_array().unwrap().iter().map(|row| &row["trade_id"]).collect();
    let (typed, raw) = (json!("1409495322"), json!(1_409_495_322));
    assert_eq!(ids, [&typed, &raw, &typed, &raw]);
    let error = &told[1]["error"];
    assert_eq!(
        (&error["venue"], &error["endpoint"], &error["kind"]),
        (&json!("bitmart"), &json!("trade"), &json!("Decode"))
    );
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("row 1 can't be read") && message.ends_with("1 more can't either"), "{message}");
}

#[test]
fn a_refusal_names_the_venue_and_the_channel() {
    for (venue, frame, endpoint) in [
        (
            "bitmart",
            r#"{"action":"subscribe","group":"futures/trade:NONE","success":false,"request":{},"error":"Invalid"}"#,
            "trade",
        ),
        ("bitmart", r#"{"success":false,"error":"Invalid message"}"#, "public"),
        (
            "hashkey",
            r#"{"topic":"depth","event":"sub","params":{"symbol":"NONE"},"code":"-100011","msg":"Parameter error!"}"#,
            "depth",
        ),
        ("hibt", r#"{"type":"btc_usdt.99deep","ts":1,"data":"error topic"}"#, "depth"),
    ] {
        let told = frames(venue, &[], frame.as_bytes());
        assert_eq!(told[0]["kind"], "nack", "{frame}: {}", told[0]);
        let error = &told[0]["error"];
        assert_eq!((&error["venue"], &error["endpoint"]), (&json!(venue), &json!(endpoint)), "{frame}");
    }
}

#[test]
fn heartbeats_are_told_apart() {
    for (venue, frame, kind) in [
        ("hibt", "pong", "pong"),
        ("hibt", "ping", "ping"),
        ("bitmart", r#"{"group":"System","data":"pong+123"}"#, "pong"),
        ("hashkey", r#"{"pong":1691473241907}"#, "pong"),
    ] {
        assert_eq!(frames(venue, &[], frame.as_bytes())[0]["kind"], kind, "{venue}: {frame}");
    }
}

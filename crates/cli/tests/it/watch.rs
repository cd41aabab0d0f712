//! Channels, watched at simulated venues.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use serde_json::Value;

use crate::venue::{Run, command, run};

const BTC: [(&str, &str); 6] = [
    ("hashkey", "BTCUSDT"),
    ("bitmart", "BTCUSDT"),
    ("wex-spot", "btc_usdt"),
    ("wex-futures", "btc_usdt"),
    ("hibt", "btc_usdt"),
    ("pumpkin", "btc_usdt"),
];

#[test]
fn a_book_of_every_venue_is_a_word_away() {
    for (venue, symbol) in BTC {
        let shown = run(&["watch", venue, "book", symbol, "--count", "2", "--json"]);
        assert_eq!((shown.code, shown.err.as_str()), (0, ""), "{venue}: {}", shown.out);
        let events: Vec<Value> = shown.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let names: Vec<&str> = events.iter().map(|event| event["event"].as_str().unwrap()).collect();
        assert_eq!(names, ["live", "synced", "changed"], "{venue}");
        for event in &events[1..] {
            assert_eq!(event["symbol"], symbol);
            assert!(event["bids"].as_array().unwrap().len() >= 5, "{venue}: {event}");
        }
    }
}

#[test]
fn a_mistake_is_told_before_anything_is_started() {
    for (args, said) in [
        (&["bitmart", "nosuch", "BTCUSDT"][..], "bitmart has no channel nosuch; there are Ticker"),
        (&["bitmart", "depthIncrease"], "which symbol?"),
        (&["hashkey", "orderUpdates", "BTCUSDT"], "takes no symbol"),
        (&["hibt", "candles", "btc_usdt"], "Candles: interval is required: --set interval=VALUE"),
        (&["hibt", "candles", "btc_usdt", "--set", "interval=7q"], "interval \"7q\": one of M1"),
        (&["hibt", "book", "btc_usdt", "--set", "levels=7"], "levels \"7\": one of 5deep"),
        (&["wex-futures", "depth", "btc_usdt", "--set", "levels=7"], "5, 10, 20 or 50"),
        (&["pumpkin", "book", "btc_usdt", "--set", "x=1"], "unknown parameter: x"),
        (&["pumpkin", "book", "btc_usdt", "--set", "x"], "NAME=VALUE is expected"),
    ] {
        let message = run(&[&["watch", "--json"], args].concat()).refused();
        assert!(message.contains(said), "{message}");
    }
}

#[test]
fn a_refusal_of_the_venue_ends_it_with_exit_code_1() {
    for (venue, symbol) in [("bitmart", "NOSUCHUSDT"), ("hashkey", "NOSUCH"), ("pumpkin", "no_such")] {
        let shown = run(&["watch", venue, "book", symbol, "--count", "1"]);
        assert_eq!(shown.code, 1, "{}", shown.out);
        assert!(shown.out.contains("rejected") && shown.out.trim_end().ends_with("closed"), "{}", shown.out);
    }
}

#[test]
fn a_reader_who_leaves_ends_it() {
    let mut watching = command(&["watch", "wex-spot", "book", "btc_usdt"]);
    let mut child = watching.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line, "btc_usdt live\n");
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn everything_may_be_logged_but_keys() {
    let mut watching = command(&["watch", "hashkey", "accountUpdates", "--json"]);
    watching.env("RUST_LOG", "trace").stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = watching.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    assert!(line.contains(r#""event":"live""#), "{line}");
    child.kill().unwrap();
    let log = String::from_utf8(child.wait_with_output().unwrap().stderr).unwrap();
    assert!(log.contains("TRACE") && log.contains("CreateListenKey"), "{log}");
    // The key is a part of the private connection's path.
    assert!(!log.contains("api/v1/ws") && !log.contains("signature"), "{log}");
}

#[test]
fn a_login_is_signed_where_there_is_one() {
    for venue in ["hashkey", "wex-spot", "wex-futures", "pumpkin"] {
        let message = run(&["sign", venue, "login", "--json"]).refused();
        assert!(message.contains("no login frame"), "{message}");
    }
    for venue in ["bitmart", "hibt"] {
        let mut signing = command(&["sign", venue, "login", "--key", "k", "--memo", "m", "--json"]);
        let signed = Run::of(signing.env("VENUE_SECRET", "s")).good();
        assert!(signed["frame"].as_str().unwrap().contains("\"k\""), "{signed}");
    }
}

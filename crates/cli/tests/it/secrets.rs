//! Where credentials come from, and that they are never shown.

use crate::venue::{Run, command, file, run};

const SECRET: &str = "a-secret-of-24-letters-00";

#[test]
fn the_environment_is_as_good_as_the_command_line() {
    let args = ["bitmart", "ListTransfers", r#"{"page":1,"limit":10}"#, "--timestamp", "5", "--json"];
    let flags = ["--key", "a-key-1", "--secret", SECRET, "--memo", "a-memo"];
    let expected = run(&[&["sign"], &args[..], &flags].concat()).good();
    for prefix in ["VENUE_", "VENUE_BITMART_"] {
        let mut command = command(&[&["sign"], &args[..]].concat());
        for (name, value) in [("KEY", "a-key-1"), ("SECRET", SECRET), ("MEMO", "a-memo")] {
            command.env(format!("{prefix}{name}"), value);
        }
        assert_eq!(Run::of(&mut command).good(), expected);
    }
    let path = file("keys.env");
    std::fs::write(&path, format!("# keys\nKEY=a-key-1\nexport SECRET='{SECRET}'\n\nMEMO = \"a-memo\"\n"))
        .unwrap();
    let mut of_file = command(&[&["sign", "--key-file", path.to_str().unwrap()], &args[..]].concat());
    // The file is named, so that it wins.
    of_file.env("VENUE_KEY", "another").env("VENUE_SECRET", "another");
    assert_eq!(Run::of(&mut of_file).good(), expected);
}

#[test]
fn a_venues_own_names_are_not_mixed_with_the_common_ones() {
    let mut command = command(&["sign", "wex-spot", "GET /v4/new", "--json"]);
    command.env("VENUE_WEX_SPOT_KEY", "own-key").env("VENUE_KEY", "any-key").env("VENUE_SECRET", SECRET);
    let unsigned = Run::of(&mut command).good();
    assert!(unsigned["string_to_sign"].is_null(), "{unsigned}");
}

#[test]
fn a_secret_is_never_in_an_error() {
    let half = file("half.env");
    std::fs::write(&half, format!("KEY=a-key-1\n{SECRET}\n")).unwrap();
    let half = half.to_str().unwrap();
    for args in [
        &["sign", "bitmart", "ListTransfers", "{", "--key", "k", "--secret", SECRET][..],
        &["sign", "bitmart", SECRET, "--secret", SECRET],
        &["sign", "bitmart", "X", "{}", "more", "--secret", SECRET],
        &["sign", "bitmart", "X", "--secret", SECRET, SECRET, SECRET],
        &["call", "bitmart", "GetAssets", "--secret", SECRET],
        &["call", "bitmart", "GetAssets", "--secret", SECRET, "--json"],
        &["sign", "bitmart", "GetAssets", "--key-file", half],
        // BitMart wants a memo, and there is none.
        &["sign", "bitmart", "CancelOrders", r#"{"symbol":"A"}"#, "--key", "a-key-1", "--secret", SECRET],
    ] {
        let mut command = command(args);
        let run = Run::of(command.env("VENUE_SECRET", SECRET));
        assert_eq!(run.code, 2, "{run:?}");
        assert!(!run.out.contains(SECRET) && !run.err.contains(SECRET), "{run:?}");
        assert_eq!(run.out.lines().count() + run.err.lines().count(), 1, "{run:?}");
    }
}

#[test]
fn a_secret_is_not_in_what_is_signed_for_all_to_see() {
    let args = ["sign", "hashkey", "CreateListenKey", "--key", "a-key-1", "--secret", SECRET];
    for args in [&args[..], &[&args[..], &["--json"]].concat()] {
        let run = run(args);
        assert_eq!(run.code, 0, "{run:?}");
        assert!(!run.out.contains(SECRET), "{run:?}");
    }
}

#[test]
fn the_log_holds_no_signature() {
    let mut command = command(&["call", "hashkey", "CreateListenKey", "--sim", "--verbose"]);
    let run = Run::of(&mut command);
    assert!(!run.err.contains("signature="), "{}", run.err);
}

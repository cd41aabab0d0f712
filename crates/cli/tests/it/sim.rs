//! A simulated venue as a process of its own.
#![cfg(unix)]

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

use crate::venue::{Run, command, file, run};

/// A simulation that was started and listens.
struct Sim {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Sim {
    fn start(args: &[&str]) -> Self {
        let mut command = command(&[&["sim"], args].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Self { child, out }
    }

    fn line(&mut self) -> Value {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }

    /// Stops it by a signal; what it logged.
    fn stop(mut self, signal: &str) -> String {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "");
        let output = self.child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stderr).unwrap()
    }
}

fn text<'v>(line: &'v Value, name: &str) -> &'v str {
    line[name].as_str().unwrap()
}

#[test]
fn a_line_each_and_a_clean_end() {
    for signal in ["-TERM", "-INT"] {
        let mut sim = Sim::start(&["bitmart", "pumpkin", "bitmart", "--plain", "--seed", "7"]);
        let (bitmart, pumpkin) = (sim.line(), sim.line());
        assert_eq!((text(&bitmart, "venue"), text(&pumpkin, "venue")), ("bitmart", "pumpkin"));
        assert!(text(&bitmart, "rest").starts_with("http://127.0.0.1:"), "{bitmart}");
        assert!(text(&bitmart, "ws_public").starts_with("ws://"), "{bitmart}");
        assert!(bitmart["memo"].is_string() && bitmart["ws_private"].is_string(), "{bitmart}");
        assert!(text(&pumpkin, "rest").ends_with("/futures"), "{pumpkin}");
        // Keys that a venue doesn't have are not there.
        let names: Vec<&String> = pumpkin.as_object().unwrap().keys().collect();
        assert_eq!(names, ["key", "rest", "secret", "venue"]);
        sim.stop(signal);
    }
}

#[test]
fn a_product_with_a_host_of_its_own_is_told_of() {
    let mut sim = Sim::start(&["wex-futures", "--plain"]);
    let line = sim.line();
    assert!(text(&line["rest_of"], "Coin-M").starts_with("http://127.0.0.1:"), "{line}");
    assert_ne!(line["rest_of"]["Coin-M"], line["rest"]);
    sim.stop("-TERM");
}

#[test]
fn another_process_calls_it_over_tls_and_its_faults_happen() {
    let (ca, script) = (file("ca.pem"), file("faults.toml"));
    let fault = "[[fault]]\nvenue = \"bitmart\"\nmethod = \"POST\"\npath = \"/contract/private/submit-order\"\nkind = \"execute-then-drop\"\n";
    std::fs::write(&script, fault).unwrap();
    let (ca, script) = (ca.to_str().unwrap(), script.to_str().unwrap());
    let mut sim = Sim::start(&["bitmart", "--ca", ca, "--faults", script]);
    let line = sim.line();
    let order = r#"{"symbol":"BTCUSDT","side":1,"size":1,"price":"1"}"#;
    let call = || {
        let base = text(&line, "rest");
        let mut command =
            command(&["call", "bitmart", "SubmitOrder", order, "--base", base, "--ca", ca, "--json"]);
        command.env("VENUE_KEY", text(&line, "key")).env("VENUE_SECRET", text(&line, "secret"));
        Run::of(command.env("VENUE_MEMO", text(&line, "memo")))
    };
    let dropped = call();
    assert_eq!(dropped.code, 1, "{dropped:?}");
    let error = &dropped.json()["error"];
    assert_eq!(error["outcome"], "Unknown", "{error}");
    assert_eq!(call().good()["ok"], true);
    let untrusted = run(&["call", "bitmart", "GetContractDetails", "--base", text(&line, "rest"), "--json"]);
    assert_eq!((untrusted.code, &untrusted.json()["error"]["outcome"]), (1, &Value::from("NotSent")));
    let log = sim.stop("-TERM");
    assert!(log.contains("requests=2"), "{log}");
    assert!(!log.contains(text(&line, "secret")), "{log}");
}

#[test]
fn a_simulation_that_makes_no_sense_does_not_start() {
    let script = file("nonsense.toml");
    for (text, words) in [
        ("kind = \"sloth\"", "unknown variant"),
        ("kind = \"delay\"", "nonsense.toml: fault 1: delay_ms is required"),
        ("kind = \"empty\"\nvenue = \"x\"", "no venue is called"),
        ("kind = \"empty\"\nvenue = \"hibt\"", "hibt, which is not simulated"),
    ] {
        std::fs::write(&script, format!("[[fault]]\n{text}\n")).unwrap();
        let said = run(&["sim", "bitmart", "--faults", script.to_str().unwrap(), "--json"]).refused();
        assert!(said.contains(words), "{said}");
    }
    assert_eq!(run(&["sim"]).code, 2);
}

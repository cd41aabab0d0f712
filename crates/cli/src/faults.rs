//! A script of faults in TOML, for `venue sim --faults`.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;
use venue_sim::{Fault, Script, Which};

/// A fault and the venue it is for; every venue when there is none.
pub(crate) type Planned = (Option<Which>, Script);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    fault: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    venue: Option<String>,
    method: Option<String>,
    path: Option<String>,
    kind: Kind,
    times: Option<u32>,
    #[serde(default)]
    always: bool,
    status: Option<u16>,
    body: Option<String>,
    headers: Option<BTreeMap<String, String>>,
    delay_ms: Option<u64>,
    to: Option<String>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Status,
    Body,
    Html,
    Garbage,
    Empty,
    Delay,
    CloseBeforeAnswer,
    ExecuteThenDrop,
    Truncate,
    Redirect,
    Reset,
}

/// Reads a script.
pub(crate) fn parse(text: &str) -> Result<Vec<Planned>, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string().trim().replace('\n', " "))?;
    let numbered = file.fault.into_iter().zip(1..);
    numbered.map(|(entry, number)| entry.plan().map_err(|why| format!("fault {number}: {why}"))).collect()
}

impl Entry {
    fn plan(mut self) -> Result<Planned, String> {
        let fault = self.fault()?;
        let unused = [
            ("status", self.status.is_some()),
            ("body", self.body.is_some()),
            ("headers", self.headers.is_some()),
            ("delay_ms", self.delay_ms.is_some()),
            ("to", self.to.is_some()),
        ];
        if let Some((name, _)) = unused.into_iter().find(|(_, is_left)| *is_left) {
            return Err(format!("{name} has no meaning for this kind"));
        }
        let script = Script::from(fault);
        let script = match (&self.method, &self.path) {
            (Some(_), Some(_)) if self.kind == Kind::Reset => {
                return Err("a connection is reset before its request is known: no method, no path".into());
            }
            (Some(method), Some(path)) => script.on(&method.to_ascii_uppercase(), path),
            (None, None) => script,
            _ => return Err("method and path belong together".into()),
        };
        let script = match (self.times, self.always) {
            (None, false) => script,
            (Some(0), _) => return Err("times must be at least 1".into()),
            (Some(times), false) => script.times(times),
            (None, true) => script.always(),
            (Some(_), true) => return Err("give times or always, not both".into()),
        };
        let venue = self.venue.map(|venue| venue.parse::<Which>()).transpose();
        Ok((venue.map_err(|error| error.to_string())?, script))
    }

    /// The fault; its own settings are taken.
    fn fault(&mut self) -> Result<Fault, String> {
        Ok(match self.kind {
            Kind::Status => {
                let status = self.status.take().filter(|status| (100..=599).contains(status));
                Fault::Status {
                    status: status.ok_or("status, from 100 to 599, is required")?,
                    body: self.body.take().unwrap_or_default().into(),
                    headers: self.headers.take().unwrap_or_default().into_iter().collect(),
                }
            }
            Kind::Body => Fault::body(self.body.take().ok_or("body is required")?),
            Kind::Html => Fault::body("<!DOCTYPE html><html><body>Bad gateway</body></html>"),
            Kind::Garbage => Fault::body(&b"\x01\xfegarbage"[..]),
            Kind::Empty => Fault::body(""),
            Kind::Delay => {
                Fault::Delay(Duration::from_millis(self.delay_ms.take().ok_or("delay_ms is required")?))
            }
            Kind::CloseBeforeAnswer => Fault::CloseBeforeAnswer,
            Kind::ExecuteThenDrop => Fault::ExecuteThenDrop,
            Kind::Truncate => Fault::TruncateAnswer,
            Kind::Redirect => Fault::Redirect(self.to.take().ok_or("to is required")?),
            Kind::Reset => Fault::ResetOnAccept,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_says_what_goes_wrong_where_and_how_often() {
        let text = r#"
            [[fault]]
            venue = "bitmart"
            method = "post"
            path = "/contract/private/submit-order"
            kind = "execute-then-drop"
            times = 2

            [[fault]]
            kind = "status"
            status = 429
            headers = { "retry-after" = "2" }
            always = true
        "#;
        let order = Fault::ExecuteThenDrop.on("POST", "/contract/private/submit-order").times(2);
        let headers = vec![("retry-after".to_owned(), "2".to_owned())];
        let limit = Fault::Status { status: 429, body: "".into(), headers }.always();
        assert_eq!(parse(text).unwrap(), [(Some(Which::BitMart), order), (None, limit)]);
        assert!(parse("").unwrap().is_empty());
    }

    #[test]
    fn a_script_that_means_nothing_is_refused_with_its_place() {
        for (text, words) in [
            ("[[fault]]\nkind = \"sloth\"", "unknown variant"),
            ("[[fault]]\nkind = \"empty\"\nwhere = 1", "unknown field"),
            ("[[fault]]\nkind = \"delay\"", "fault 1: delay_ms is required"),
            ("[[fault]]\nkind = \"empty\"\nbody = \"x\"", "body has no meaning"),
            ("[[fault]]\nkind = \"empty\"\npath = \"/x\"", "belong together"),
            ("[[fault]]\nkind = \"empty\"\ntimes = 0", "at least 1"),
            ("[[fault]]\nkind = \"empty\"\nvenue = \"x\"", "no venue is called"),
            ("[[fault]]\nkind = \"status\"\nstatus = 99", "from 100 to 599"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(words), "{error}");
        }
    }
}

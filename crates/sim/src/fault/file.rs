//! A script of faults in TOML.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;

use super::{Fault, Garble, Line, Script};
use crate::which::Which;

/// Reads faults from text.
#[derive(Debug, Clone, Copy)]
pub struct Faults;

/// Why a script of faults means nothing, with the place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct FaultError(String);

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
    #[serde(default)]
    after: u32,
    permille: Option<u16>,
    status: Option<u16>,
    body: Option<String>,
    headers: Option<BTreeMap<String, String>>,
    delay_ms: Option<u64>,
    to: Option<String>,
    topic: Option<String>,
    only_topic: Option<String>,
    line: Option<Where>,
    code: Option<u16>,
    reason: Option<String>,
    shape: Option<Shape>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Where {
    Public,
    Private,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Shape {
    Text,
    Truncated,
    Binary,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Status,
    Unavailable,
    Body,
    Html,
    Garbage,
    Empty,
    Delay,
    ExecuteLate,
    #[serde(alias = "drop-before-execute")]
    CloseBeforeAnswer,
    ExecuteThenDrop,
    #[serde(alias = "truncated")]
    Truncate,
    Redirect,
    RateLimit,
    Ban,
    Timestamp,
    Reset,
    RefuseUpgrade,
    RejectSubscribe,
    AckSilent,
    NoAck,
    Gap,
    Duplicate,
    Reorder,
    Slow,
    Garble,
    HalfOpen,
    Disconnect,
    Close,
    ExpireKey,
}

impl Faults {
    /// Reads a script: `[[fault]]` entries with `kind`, and, where they make sense, `venue`, `method` and
    /// `path`, `times` or `always`, `after`, `permille`, `status`, `body`, `headers`, `delay_ms`, `to`; for streams
    /// `topic` or `only_topic`, `line`, `code`, `reason`, `shape`.
    ///
    /// ```
    /// # fn main() -> Result<(), venue_sim::FaultError> {
    /// let scripts = venue_sim::Faults::parse_toml(
    ///     r#"
    ///     [[fault]]
    ///     venue = "bitmart"
    ///     method = "POST"
    ///     path = "/contract/private/submit-order"
    ///     kind = "execute-then-drop"
    ///     permille = 50
    ///     always = true
    ///     "#,
    /// )?;
    /// assert_eq!(scripts.len(), 1);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When it isn't TOML, or an entry means nothing.
    pub fn parse_toml(text: &str) -> Result<Vec<Script>, FaultError> {
        let file: File =
            toml::from_str(text).map_err(|error| FaultError(error.to_string().trim().replace('\n', " ")))?;
        let numbered = file.fault.into_iter().zip(1..);
        numbered
            .map(|(entry, number)| entry.script().map_err(|why| FaultError(format!("fault {number}: {why}"))))
            .collect()
    }
}

impl Entry {
    fn script(mut self) -> Result<Script, String> {
        let fault = self.fault()?;
        let mut script = self.narrow(fault.into())?;
        let unused = [
            ("status", self.status.is_some()),
            ("body", self.body.is_some()),
            ("headers", self.headers.is_some()),
            ("delay_ms", self.delay_ms.is_some()),
            ("to", self.to.is_some()),
            ("topic", self.topic.is_some()),
            ("only_topic", self.only_topic.is_some()),
            ("line", self.line.is_some()),
            ("code", self.code.is_some()),
            ("reason", self.reason.is_some()),
            ("shape", self.shape.is_some()),
        ];
        if let Some((name, _)) = unused.into_iter().find(|(_, is_left)| *is_left) {
            return Err(format!("{name} has no meaning for this kind"));
        }
        script = match (&self.method, &self.path) {
            (Some(_), Some(_)) if self.kind == Kind::Reset => {
                return Err("a connection is reset before its request is known: no method, no path".into());
            }
            (Some(method), Some(path)) => script.on(&method.to_ascii_uppercase(), path),
            (None, None) => script,
            _ => return Err("method and path belong together".into()),
        };
        script = match (self.times, self.always) {
            (None, false) => script,
            (Some(0), _) => return Err("times must be at least 1".into()),
            (Some(times), false) => script.times(times),
            (None, true) => script.always(),
            (Some(_), true) => return Err("give times or always, not both".into()),
        };
        script = match self.permille {
            None => script,
            Some(permille @ 1..=1000) => script.probability(permille),
            Some(_) => return Err("permille must be from 1 to 1000".into()),
        };
        if let Some(venue) = self.venue {
            script = script.at(venue.parse::<Which>().map_err(|error| error.to_string())?);
        }
        Ok(script.after(self.after))
    }

    /// The fault; its own settings are taken.
    fn fault(&mut self) -> Result<Fault, String> {
        Ok(match self.kind {
            Kind::Status => {
                let status = self.status.take().filter(|status| (100..=599).contains(status));
                self.stands_in(status.ok_or("status, from 100 to 599, is required")?)
            }
            Kind::Unavailable => self.stands_in(503),
            Kind::Body => Fault::body(self.body.take().ok_or("body is required")?),
            Kind::Html => Fault::body("<!DOCTYPE html><html><body>Bad gateway</body></html>"),
            Kind::Garbage => Fault::body(&b"\x01\xfegarbage"[..]),
            Kind::Empty => Fault::body(""),
            Kind::Delay => Fault::Delay(self.delay()?),
            Kind::ExecuteLate => Fault::ExecuteLate(self.delay()?),
            Kind::CloseBeforeAnswer => Fault::CloseBeforeAnswer,
            Kind::ExecuteThenDrop => Fault::ExecuteThenDrop,
            Kind::Truncate => Fault::TruncateAnswer,
            Kind::Redirect => Fault::Redirect(self.to.take().ok_or("to is required")?),
            Kind::RateLimit => Fault::RateLimited,
            Kind::Ban => Fault::Banned,
            Kind::Timestamp => Fault::TimestampRefused,
            Kind::Reset => Fault::ResetOnAccept,
            Kind::RefuseUpgrade => Fault::RefuseUpgrade(match self.status.take() {
                None => 503,
                Some(status @ 400..=599) => status,
                Some(_) => return Err("status must be from 400 to 599".into()),
            }),
            Kind::RejectSubscribe => Fault::RejectSubscribe,
            Kind::AckSilent => Fault::AckSilent,
            Kind::NoAck => Fault::NoAck,
            Kind::Gap => Fault::Gap,
            Kind::Duplicate => Fault::Duplicate,
            Kind::Reorder => Fault::Reorder,
            Kind::Slow => Fault::Slow(self.delay()?),
            Kind::Garble => Fault::Garble(match self.shape.take() {
                None | Some(Shape::Text) => Garble::Text,
                Some(Shape::Truncated) => Garble::Truncated,
                Some(Shape::Binary) => Garble::Binary,
            }),
            Kind::HalfOpen => Fault::HalfOpen,
            Kind::Disconnect => Fault::Disconnect,
            Kind::Close => self.close()?,
            Kind::ExpireKey => Fault::ExpireKey,
        })
    }

    fn close(&mut self) -> Result<Fault, String> {
        let code = self.code.take().unwrap_or(1001);
        if !(1000..=4999).contains(&code) || [1004, 1005, 1006, 1015].contains(&code) {
            return Err("code must be one that can be sent, from 1000 to 4999".into());
        }
        let reason = self.reason.take().unwrap_or_default();
        if reason.len() > 123 {
            return Err("reason must have at most 123 bytes".into());
        }
        Ok(Fault::Close { code, reason })
    }

    /// What narrows it among streams.
    fn narrow(&mut self, mut script: Script) -> Result<Script, String> {
        if script.fault().stage().is_none() {
            return Ok(script);
        }
        if self.method.is_some() || self.path.is_some() {
            return Err("streams have topics, not method and path".into());
        }
        script = match (self.topic.take(), self.only_topic.take()) {
            (Some(_), Some(_)) => return Err("give topic or only_topic, not both".into()),
            (Some(part), None) => script.topic(&part),
            (None, Some(whole)) => script.only_topic(&whole),
            (None, None) => script,
        };
        Ok(match self.line.take() {
            Some(Where::Public) => script.line(Line::Public),
            Some(Where::Private) => script.line(Line::Private),
            None => script,
        })
    }

    fn stands_in(&mut self, status: u16) -> Fault {
        Fault::Status {
            status,
            body: self.body.take().unwrap_or_default().into(),
            headers: self.headers.take().unwrap_or_default().into_iter().collect(),
        }
    }

    fn delay(&mut self) -> Result<Duration, String> {
        Ok(Duration::from_millis(self.delay_ms.take().ok_or("delay_ms is required")?))
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
            after = 10

            [[fault]]
            kind = "status"
            status = 429
            headers = { "retry-after" = "2" }
            always = true
            permille = 20

            [[fault]]
            kind = "drop-before-execute"
        "#;
        let order = Fault::ExecuteThenDrop.on("POST", "/contract/private/submit-order");
        let order = order.times(2).after(10).at(Which::BitMart);
        let headers = vec![("retry-after".to_owned(), "2".to_owned())];
        let limit = Fault::Status { status: 429, body: "".into(), headers }.always().probability(20);
        let scripts = Faults::parse_toml(text).unwrap();
        assert_eq!(scripts, [order, limit, Fault::CloseBeforeAnswer.into()]);
        assert!(Faults::parse_toml("").unwrap().is_empty());
    }

    #[test]
    fn every_kind_is_read() {
        for (kind, more) in [
            ("unavailable", "body = \"x\""),
            ("body", "body = \"x\""),
            ("html", ""),
            ("garbage", ""),
            ("empty", ""),
            ("delay", "delay_ms = 5"),
            ("execute-late", "delay_ms = 5"),
            ("close-before-answer", ""),
            ("truncate", ""),
            ("redirect", "to = \"https://elsewhere.example/\""),
            ("rate-limit", ""),
            ("ban", ""),
            ("timestamp", ""),
            ("reset", ""),
            ("refuse-upgrade", "status = 429\nline = \"public\""),
            ("reject-subscribe", "topic = \"depth\""),
            ("ack-silent", "only_topic = \"futures/ticker:BTCUSDT\""),
            ("no-ack", ""),
            ("gap", "topic = \"depth\"\nafter = 3"),
            ("duplicate", ""),
            ("reorder", ""),
            ("slow", "delay_ms = 5"),
            ("garble", "shape = \"truncated\""),
            ("half-open", "line = \"private\""),
            ("disconnect", ""),
            ("close", "code = 1012\nreason = \"restart\""),
            ("expire-key", ""),
        ] {
            let text = format!("[[fault]]\nkind = \"{kind}\"\n{more}");
            assert_eq!(Faults::parse_toml(&text).map(|scripts| scripts.len()), Ok(1), "{kind}");
        }
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
            ("[[fault]]\nkind = \"empty\"\npermille = 1001", "from 1 to 1000"),
            ("[[fault]]\nkind = \"empty\"\nvenue = \"x\"", "no venue is called"),
            ("[[fault]]\nkind = \"status\"\nstatus = 99", "from 100 to 599"),
            ("[[fault]]\nkind = \"empty\"\ntopic = \"x\"", "topic has no meaning"),
            ("[[fault]]\nkind = \"gap\"\nmethod = \"GET\"\npath = \"/x\"", "streams have topics"),
            ("[[fault]]\nkind = \"gap\"\ntopic = \"x\"\nonly_topic = \"x\"", "not both"),
            ("[[fault]]\nkind = \"close\"\ncode = 1006", "can be sent"),
        ] {
            let error = Faults::parse_toml(text).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
    }
}

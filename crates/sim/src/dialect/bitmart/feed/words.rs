//! Acknowledgements and refusals.

use crate::dialect::Json;
use crate::json::{list, quote};
use crate::manner::Manner;

/// A request as it is echoed.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) action: String,
    pub(super) args: Vec<String>,
}

impl Request {
    /// Reads a frame; `Err` with what to answer when it isn't a request.
    pub(super) fn read(text: &str, manner: Manner) -> Result<Self, Json> {
        let Some(members) = crate::json::object(text) else {
            let ping = text == "ping" && manner == Manner::Documented;
            let observed = format!("Invalid message: message must be JSON: {text}");
            return Err(if ping { "pong".to_owned() } else { error(&observed) });
        };
        let member = |name: &str| members.iter().find(|(key, _)| key == name).map(|(_, value)| value.get());
        let action = member("action").and_then(|raw| serde_json::from_str(raw).ok());
        let args = match member("args") {
            None => Some(Vec::new()),
            Some(raw) => serde_json::from_str(raw).ok(),
        };
        match (action, args) {
            (Some(action), Some(args)) => Ok(Self { action, args }),
            (None, _) => Err(error("Invalid message: no action")),
            (_, None) => Err(error("Invalid message: args must be a list of strings")),
        }
    }

    fn echo(&self) -> Json {
        let args = list(self.args.iter().map(|arg| quote(arg)));
        format!(r#"{{"action":{},"args":{args}}}"#, quote(&self.action))
    }

    pub(super) fn granted(&self, topic: &str) -> Json {
        let (action, group) = (quote(&self.action), quote(topic));
        format!(r#"{{"action":{action},"group":{group},"success":true,"request":{}}}"#, self.echo())
    }

    /// A refusal with the request.
    pub(super) fn refused(&self, topic: &str, why: &str) -> Json {
        let (action, group, why) = (quote(&self.action), quote(topic), quote(why));
        format!(
            r#"{{"action":{action},"group":{group},"success":false,"request":{},"error":{why}}}"#,
            self.echo()
        )
    }

    /// A refusal without it.
    pub(super) fn denied(&self, topic: &str, why: &str) -> Json {
        let (action, group, why) = (quote(&self.action), quote(topic), quote(why));
        format!(r#"{{"action":{action},"group":{group},"success":false,"error":{why}}}"#)
    }

    pub(super) fn unknown(&self, topic: &str, manner: Manner) -> Json {
        let why = match manner {
            Manner::Observed => format!("Invalid channel: not found {topic}"),
            Manner::Usual | Manner::Documented => format!("group [{topic}] not exist"),
        };
        self.refused(topic, &why)
    }
}

/// An error that belongs to no topic.
fn error(why: &str) -> Json {
    format!(r#"{{"success":false,"error":{}}}"#, quote(why))
}

/// An error of an action that isn't known; its name isn't repeated, as was seen.
pub(super) fn no_action(why: &str) -> Json {
    format!(r#"{{"action":"","success":false,"error":{}}}"#, quote(why))
}

pub(super) const LOGGED_IN: &str = r#"{"action":"access","success":true}"#;

/// A login that failed; of the key only the beginning is shown.
pub(super) fn login_failed(key: &str) -> Json {
    let shown: String = key.chars().take(10).collect();
    let why = format!("access failed: openapi auth: apiKey {shown}**** failed: openapi auth failed");
    format!(r#"{{"action":"access","success":false,"error":{}}}"#, quote(&why))
}

pub(super) fn push(topic: &str, data: &str) -> Json {
    format!(r#"{{"group":{},"data":{data}}}"#, quote(topic))
}

//! Scripted faults: what goes wrong, for which requests, how often.

mod file;
mod pending;
mod stream;

use std::time::Duration;

use bytes::Bytes;

use crate::which::Which;

pub use file::{FaultError, Faults};
pub(crate) use pending::Pending;
pub(crate) use stream::Stage;
use stream::Topics;
pub use stream::{Garble, Line};

/// Something that goes wrong with a request, or with a stream.
///
/// A fault alone hits the next request, whatever it is; [`on`](Self::on), [`times`](Self::times),
/// [`always`](Self::always), [`after`](Self::after) and [`probability`](Self::probability) make a [`Script`]
/// of it. A request takes at most one fault: the oldest one that is ready for it.
///
/// For faults of streams, from [`RefuseUpgrade`](Self::RefuseUpgrade) on, what is counted are openings,
/// subscriptions, pushes or frames, and [`topic`](Self::topic) and [`line`](Self::line) narrow them in place of
/// [`on`](Self::on).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Another answer in place of the venue's; nothing is executed.
    Status {
        /// The HTTP status.
        status: u16,
        /// The body, of any bytes.
        body: Bytes,
        /// Headers, such as `retry-after`; names and values that HTTP can't carry are left out.
        headers: Vec<(String, String)>,
    },
    /// The request is handled, but the answer is HTTP 200 with this body: garbage, HTML, nothing, too much.
    Body(Bytes),
    /// The request is handled at once and answered this much later.
    Delay(Duration),
    /// The request is handled and answered this much later, even if nobody waits for the answer any more.
    ExecuteLate(Duration),
    /// The request is read, not executed, and the connection closed without an answer.
    CloseBeforeAnswer,
    /// The request is handled and the connection closed without an answer.
    ExecuteThenDrop,
    /// The request is handled, but the connection closes after half of the answer's body.
    TruncateAnswer,
    /// HTTP 307 to another place; nothing is executed.
    Redirect(String),
    /// The venue's own refusal for too many requests, though there weren't; nothing is executed.
    RateLimited,
    /// The venue's own words for an address that is banned; nothing is executed.
    Banned,
    /// The venue's own refusal of the timestamp, whatever it is; nothing is executed.
    TimestampRefused,
    /// A new connection is closed as soon as the client speaks, without reading: over TCP, a reset. Requests
    /// have no part in it, so [`on`](Self::on) doesn't narrow it.
    ResetOnAccept,
    /// A `WebSocket` isn't opened: this HTTP status instead.
    RefuseUpgrade(u16),
    /// A subscription is refused in the venue's words.
    RejectSubscribe,
    /// A subscription is granted and confirmed, but nothing of its topic is pushed until it is subscribed to
    /// again.
    AckSilent,
    /// A subscription is granted but not confirmed.
    NoAck,
    /// A push is left out.
    Gap,
    /// A push is sent twice.
    Duplicate,
    /// A push is sent after the next one of its topic.
    Reorder,
    /// A push is sent this much later; later ones of its topic don't overtake it.
    Slow(Duration),
    /// A push is replaced by something that can't be read.
    Garble(Garble),
    /// From the next frame on the venue neither reads nor writes, while the connection stays open.
    HalfOpen,
    /// The connection ends without a word in place of the next frame.
    Disconnect,
    /// The venue closes the `WebSocket` in place of the next frame.
    Close {
        /// The close code.
        code: u16,
        /// The reason, of at most 123 bytes.
        reason: String,
    },
    /// Once the next frame of a stream that was opened with a key is sent, that key expires; what follows is up
    /// to the venue.
    ExpireKey,
}

impl Fault {
    /// A bare [`Status`](Self::Status) with this body.
    #[must_use]
    pub fn status(status: u16, body: impl Into<Bytes>) -> Self {
        Self::Status { status, body: body.into(), headers: Vec::new() }
    }

    /// HTTP 200 with this body.
    #[must_use]
    pub fn body(body: impl Into<Bytes>) -> Self {
        Self::Body(body.into())
    }

    /// Only for requests with this verb on this path: the documented template or a concrete path.
    #[must_use]
    pub fn on(self, method: &str, path: &str) -> Script {
        Script::from(self).on(method, path)
    }

    /// Only for stream topics that contain this.
    #[must_use]
    pub fn topic(self, part: &str) -> Script {
        Script::from(self).topic(part)
    }

    /// Only for this stream topic.
    #[must_use]
    pub fn only_topic(self, topic: &str) -> Script {
        Script::from(self).only_topic(topic)
    }

    /// Only on public streams, or only on private ones.
    #[must_use]
    pub fn line(self, line: Line) -> Script {
        Script::from(self).line(line)
    }

    /// For the next `times` requests.
    #[must_use]
    pub fn times(self, times: u32) -> Script {
        Script::from(self).times(times)
    }

    /// For every request, until the script is cleared.
    #[must_use]
    pub fn always(self) -> Script {
        Script::from(self).always()
    }

    /// Only once `requests` that match have gone by untouched.
    #[must_use]
    pub fn after(self, requests: u32) -> Script {
        Script::from(self).after(requests)
    }

    /// Only by chance: in so many of a thousand requests that match, by the simulation's seed.
    #[must_use]
    pub fn probability(self, permille: u16) -> Script {
        Script::from(self).probability(permille)
    }
}

/// A fault with the requests it applies to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    fault: Fault,
    venue: Option<Which>,
    on: Option<(String, String)>,
    topics: Option<Topics>,
    line: Option<Line>,
    left: Option<u32>,
    after: u32,
    permille: Option<u16>,
}

impl From<Fault> for Script {
    /// Once, for any request.
    fn from(fault: Fault) -> Self {
        Self {
            fault,
            venue: None,
            on: None,
            topics: None,
            line: None,
            left: Some(1),
            after: 0,
            permille: None,
        }
    }
}

impl Script {
    /// Only for requests with this verb on this path: the documented template or a concrete path.
    #[must_use]
    pub fn on(mut self, method: &str, path: &str) -> Self {
        self.on = Some((method.to_owned(), path.to_owned()));
        self
    }

    /// Only for stream topics that contain this. The name of a topic is what
    /// [`StreamReport::topics`](crate::StreamReport::topics) shows.
    #[must_use]
    pub fn topic(mut self, part: &str) -> Self {
        self.topics = Some(Topics::With(part.to_owned()));
        self
    }

    /// Only for this stream topic.
    #[must_use]
    pub fn only_topic(mut self, topic: &str) -> Self {
        self.topics = Some(Topics::Only(topic.to_owned()));
        self
    }

    /// Only on public streams, or only on private ones.
    #[must_use]
    pub fn line(mut self, line: Line) -> Self {
        self.line = Some(line);
        self
    }

    /// Only at this venue: another one leaves the script aside.
    #[must_use]
    pub fn at(mut self, venue: Which) -> Self {
        self.venue = Some(venue);
        self
    }

    /// For the next `times` requests that match.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.left = Some(times);
        self
    }

    /// For every request that matches, until the script is cleared.
    #[must_use]
    pub fn always(mut self) -> Self {
        self.left = None;
        self
    }

    /// Only once `requests` that match have gone by untouched.
    #[must_use]
    pub fn after(mut self, requests: u32) -> Self {
        self.after = requests;
        self
    }

    /// Only by chance: in so many of a thousand requests that match, by the simulation's seed.
    #[must_use]
    pub fn probability(mut self, permille: u16) -> Self {
        self.permille = Some(permille);
        self
    }

    /// The venue it is for; any when `None`.
    #[must_use]
    pub fn venue(&self) -> Option<Which> {
        self.venue
    }

    /// What goes wrong.
    #[must_use]
    pub fn fault(&self) -> &Fault {
        &self.fault
    }

    fn matches(&self, method: &str, paths: &[&str]) -> bool {
        self.fault != Fault::ResetOnAccept
            && self.fault.stage().is_none()
            && self.topics.is_none()
            && self.line.is_none()
            && self.on.as_ref().is_none_or(|(verb, path)| verb == method && paths.contains(&path.as_str()))
    }

    fn matches_stream(&self, stages: &[Stage], line: Line, topics: &[&str]) -> bool {
        self.on.is_none()
            && self.fault.stage().is_some_and(|stage| stages.contains(&stage))
            && self.line.is_none_or(|wanted| wanted == line)
            && self.topics.as_ref().is_none_or(|wanted| topics.iter().any(|topic| wanted.contain(topic)))
    }
}

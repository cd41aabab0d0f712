//! What a session has to say, and what scripted faults make of it on the way out.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio_tungstenite::tungstenite::Message;

use crate::fault::{Fault, Garble, Line, Pending, Stage};

use super::report::{Ending, Tally};

/// The longest reason that a close frame can carry.
const REASON: usize = 123;

/// How a connection ends, from the venue's side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum End {
    /// With a close frame.
    Close(u16, String),
    /// Without a word.
    Drop,
    /// Not at all: nothing is read or written any more.
    HalfOpen,
}

/// Frames on their way out, with what is subscribed to.
#[derive(Debug)]
pub(crate) struct Outbox {
    line: Line,
    is_keyed: bool,
    faults: Arc<Pending>,
    tally: Arc<Tally>,
    uptime_ms: i64,
    heard_ms: i64,
    ready: VecDeque<Message>,
    end: Option<End>,
    /// Frames for later, in the order of their topic: due, topic, frame.
    late: Vec<(i64, String, Message)>,
    /// Pushes that wait for the next one of their topic.
    held: HashMap<String, Message>,
    topics: BTreeSet<String>,
    /// Topics that were granted and stay silent.
    silenced: BTreeSet<String>,
    expires: bool,
}

impl Outbox {
    pub(crate) fn new(line: Line, is_keyed: bool, faults: Arc<Pending>, tally: Arc<Tally>) -> Self {
        Self {
            line,
            is_keyed,
            faults,
            tally,
            uptime_ms: 0,
            heard_ms: 0,
            ready: VecDeque::new(),
            end: None,
            late: Vec::new(),
            held: HashMap::new(),
            topics: BTreeSet::new(),
            silenced: BTreeSet::new(),
            expires: false,
        }
    }

    /// What is said from now on is said on this line: a login may make a stream a private one.
    pub(crate) fn is_on(&mut self, line: Line) {
        self.line = line;
    }

    /// What is said from now on is said at this time.
    pub(crate) fn at(&mut self, uptime_ms: i64) {
        self.uptime_ms = uptime_ms;
        if self.late.is_empty() {
            return;
        }
        let (due, late) = std::mem::take(&mut self.late).into_iter().partition(|(due, ..)| *due <= uptime_ms);
        self.late = late;
        let due: Vec<(i64, String, Message)> = due;
        for (_, topic, message) in due {
            self.send(&topic, message);
        }
    }

    /// When something that was held back is due.
    pub(crate) fn due_ms(&self) -> Option<i64> {
        self.late.iter().map(|(due, ..)| *due).min()
    }

    /// When the client last got something: a frame, or the answer to its `WebSocket` ping.
    pub(crate) fn heard_ms(&self) -> i64 {
        self.heard_ms
    }

    /// The client got something that isn't sent from here.
    pub(crate) fn was_heard(&mut self) {
        self.heard_ms = self.uptime_ms;
    }

    /// An answer that concerns no topic: to a login, to a heartbeat.
    pub(crate) fn answer(&mut self, text: impl Into<Message>) {
        self.frame(&[], text.into());
    }

    /// A refusal of what the client sent.
    pub(crate) fn refuse(&mut self, text: impl Into<Message>) {
        self.tally.refused_frame();
        self.answer(text);
    }

    /// Whether a subscription may be granted; the venue's refusal is up to the session.
    #[must_use]
    pub(crate) fn admits(&mut self, topic: &str) -> bool {
        self.strike(&[Stage::Subscribe], &[topic]).is_none()
    }

    /// A subscription is granted, or renewed.
    pub(crate) fn subscribed(&mut self, topic: &str) {
        if self.strike(&[Stage::Granted], &[topic]).is_some() {
            self.silenced.insert(topic.to_owned());
        } else {
            self.silenced.remove(topic);
        }
        if self.topics.insert(topic.to_owned()) {
            self.tally.subscribed(topic, self.topics.len());
        }
    }

    /// A subscription has ended: what was held back of it is lost.
    pub(crate) fn unsubscribed(&mut self, topic: &str) {
        if self.topics.remove(topic) {
            self.tally.unsubscribed(topic);
        }
        self.silenced.remove(topic);
        self.held.remove(topic);
        self.late.retain(|(_, of, _)| of != topic);
    }

    /// Confirms subscriptions or their end.
    pub(crate) fn ack(&mut self, topics: &[&str], text: impl Into<Message>) {
        if self.strike(&[Stage::Ack], topics).is_none() {
            self.frame(topics, text.into());
        }
    }

    /// Pushes something of a topic.
    pub(crate) fn push(&mut self, topic: &str, message: impl Into<Message>) {
        let message = message.into();
        if self.end.is_some() {
            return;
        }
        if self.silenced.contains(topic) {
            self.tally.fault("silenced");
            return;
        }
        match self.strike(&[Stage::Push, Stage::Frame], &[topic]) {
            None => self.deliver(topic, message),
            Some(Fault::Gap) => {}
            Some(Fault::Duplicate) => {
                self.deliver(topic, message.clone());
                self.deliver(topic, message);
            }
            Some(Fault::Reorder) => match self.held.remove(topic) {
                None => {
                    self.held.insert(topic.to_owned(), message);
                }
                Some(earlier) => {
                    self.deliver(topic, earlier);
                    self.held.insert(topic.to_owned(), message);
                }
            },
            Some(Fault::Slow(delay)) => {
                let own = self.uptime_ms.saturating_add(millis(delay));
                let due = self.late_of(topic).map_or(own, |last| last.max(own));
                self.late.push((due, topic.to_owned(), message));
            }
            Some(Fault::Garble(garble)) => self.deliver(topic, garbled(garble, &message)),
            Some(fault) => self.connection_fault(fault, topic, message),
        }
    }

    /// Closes the connection, after what has been said.
    pub(crate) fn close(&mut self, code: u16, reason: &str, why: Ending) {
        if self.end.is_none() {
            self.tally.closed(why);
            let reason = (0..=REASON).rev().find_map(|most| reason.get(..most.min(reason.len())));
            self.end = Some(End::Close(code, reason.unwrap_or_default().to_owned()));
        }
    }

    /// Ends the connection without a word, after what has been said.
    pub(crate) fn hang_up(&mut self, why: Ending) {
        if self.end.is_none() {
            self.tally.closed(why);
            self.end = Some(End::Drop);
        }
    }

    /// Takes what is to be sent now.
    pub(crate) fn take(&mut self) -> VecDeque<Message> {
        std::mem::take(&mut self.ready)
    }

    /// How the connection ends, once what was said is sent.
    pub(crate) fn end(&self) -> Option<&End> {
        self.end.as_ref()
    }

    /// Whether a script lets the key expire now.
    pub(crate) fn takes_expiry(&mut self) -> bool {
        std::mem::take(&mut self.expires)
    }

    pub(crate) fn tally(&self) -> &Tally {
        &self.tally
    }

    fn strike(&mut self, stages: &[Stage], topics: &[&str]) -> Option<Fault> {
        let fault = self.faults.for_stream(stages, self.line, topics, self.is_keyed)?;
        self.tally.fault(fault.stream_name());
        Some(fault)
    }

    fn frame(&mut self, topics: &[&str], message: Message) {
        if self.end.is_some() {
            return;
        }
        match self.strike(&[Stage::Frame], topics) {
            None => self.say(message),
            Some(fault) => self.connection_fault(fault, "", message),
        }
    }

    fn connection_fault(&mut self, fault: Fault, topic: &str, message: Message) {
        match fault {
            Fault::HalfOpen => self.end = Some(End::HalfOpen),
            Fault::Disconnect => {
                self.tally.closed(Ending::Fault);
                self.end = Some(End::Drop);
            }
            Fault::Close { code, reason } => self.close(code, &reason, Ending::Fault),
            _ => {
                self.expires = true;
                if topic.is_empty() { self.say(message) } else { self.deliver(topic, message) }
            }
        }
    }

    fn late_of(&self, topic: &str) -> Option<i64> {
        self.late.iter().filter(|(_, of, _)| of == topic).map(|(due, ..)| *due).max()
    }

    /// Sends a push, behind what is late of its topic.
    fn deliver(&mut self, topic: &str, message: Message) {
        match self.late_of(topic) {
            Some(due) => self.late.push((due, topic.to_owned(), message)),
            None => self.send(topic, message),
        }
    }

    /// Sends a push, and what waited for it.
    fn send(&mut self, topic: &str, message: Message) {
        self.say(message);
        if let Some(held) = self.held.remove(topic) {
            self.say(held);
        }
    }

    fn say(&mut self, message: Message) {
        if self.end.is_none() {
            self.heard_ms = self.uptime_ms;
            self.ready.push_back(message);
        }
    }
}

impl Drop for Outbox {
    fn drop(&mut self) {
        self.tally.gone(std::mem::take(&mut self.topics));
    }
}

fn millis(delay: Duration) -> i64 {
    i64::try_from(delay.as_millis()).unwrap_or(i64::MAX)
}

fn garbled(garble: Garble, message: &Message) -> Message {
    match garble {
        Garble::Text => Message::text("<html>502 Bad Gateway</html>"),
        Garble::Binary => Message::binary(Bytes::from_static(b"\x00\xff\x17garbage\x80")),
        Garble::Truncated => match message {
            Message::Text(text) => {
                let half = (0..=text.len() / 2).rev().find_map(|end| text.get(..end));
                Message::text(half.unwrap_or_default().to_owned())
            }
            other => {
                let data = other.clone().into_data();
                Message::binary(data.slice(..data.len() / 2))
            }
        },
    }
}

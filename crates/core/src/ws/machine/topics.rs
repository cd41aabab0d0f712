//! Topics on a connection: asked for in chunks, confirmed, refused, gone stale.

use std::sync::Arc;
use std::time::Duration;

use super::leg::{Leg, Step};
use super::{Action, Arrival, Generation, Machine, Notice, Now, Outgoing};
use crate::error::{Error, Kind, Outcome};
use crate::ws::event::GapReason;
use crate::ws::frame::{Answer, Command, Topic, Verb};
use crate::ws::line::{Acks, Entry, Line};
use crate::ws::subs::{Standing, TopicId, Wanted};
use crate::ws::venue::Streams;

/// How often topics are looked at for silence.
pub(super) const SCAN: Duration = Duration::from_secs(1);
/// The longest that a refused topic waits.
const REFUSED_CAP: Duration = Duration::from_secs(300);
/// A topic that keeps going stale is given this many times its time, as a power of two.
const STALE_POWER: u32 = 4;

impl Machine {
    /// From now on this topic is wanted.
    pub(in crate::ws) fn add(&mut self, id: TopicId, topic: Topic, silence: Option<Duration>, now: Now) {
        if self.closing {
            self.tell(id, self.generation, Notice::Closed);
            return;
        }
        let implied = topic.is_implied();
        self.wanted.insert(id, Wanted { topic, silence, proven: false, refused: None });
        for leg in self.legs.iter_mut().filter(|leg| leg.step != Step::Draining) {
            leg.subs.add(id);
            if implied && leg.step == Step::Open {
                leg.subs.set(id, Standing::Live { last: now, tries: 0 });
                let generation = leg.generation;
                self.actions.push_back(Action::Tell { topic: id, generation, notice: Notice::Live });
            }
        }
    }

    /// This topic isn't wanted any more.
    pub(in crate::ws) fn remove(&mut self, id: TopicId) {
        let Some(wanted) = self.wanted.remove(&id) else { return };
        for leg in &mut self.legs {
            if leg.subs.remove(id) && leg.step == Step::Open && !wanted.topic.is_implied() {
                leg.subs.leave(wanted.topic.clone());
            }
        }
    }

    /// Asks for one push of a topic now; whether a connection is there to ask on.
    pub(in crate::ws) fn request(&mut self, id: TopicId) -> bool {
        let Some(wanted) = self.wanted.get(&id) else { return false };
        let streams = self.venue.streams().unwrap_or(&super::NO_STREAMS);
        let Some(leg) = self.legs.iter_mut().rfind(|leg| leg.step == Step::Open) else { return false };
        let command = Command {
            verb: Verb::Request,
            topics: &[&wanted.topic],
            id: leg.subs.next_id(),
            key: leg.key.as_ref(),
        };
        let text = streams.command(self.line, &command);
        leg.subs.sent(Verb::Request, vec![(id, wanted.topic.clone())]);
        leg.outbox.push_back(Outgoing::Text(text));
        true
    }

    /// Subscribes to a topic anew on the connection that it is on.
    pub(in crate::ws) fn renew(&mut self, id: TopicId) {
        let Some(wanted) = self.wanted.get(&id).filter(|wanted| !wanted.topic.is_implied()) else { return };
        for leg in self.legs.iter_mut().filter(|leg| leg.step == Step::Open) {
            if let Some(Standing::Pending { .. } | Standing::Live { .. }) = leg.subs.get(id) {
                leg.subs.leave(wanted.topic.clone());
                leg.subs.set(id, Standing::Unsent { tries: 0 });
            }
        }
        // Also when it wasn't subscribed: whoever asks has missed how it began, and waits for this.
        self.tell(id, self.generation, Notice::Gap(GapReason::Resubscribed));
    }

    /// The venue wants to hear this.
    pub(in crate::ws) fn answer(&mut self, generation: Generation, text: String) {
        if let Some(leg) = self.leg(generation) {
            leg.outbox.push_back(Outgoing::Text(text));
        }
    }

    /// Whether a topic is live on a connection.
    pub(in crate::ws) fn delivers(&self, generation: Generation, id: TopicId) -> bool {
        let leg = self.legs.iter().find(|leg| leg.generation == generation);
        leg.and_then(|leg| leg.subs.get(id)).is_some_and(Standing::is_live)
    }

    /// Data came for a topic; whether it was live. If it wasn't, nothing has changed.
    pub(in crate::ws) fn heard_of(&mut self, generation: Generation, id: TopicId, now: Now) -> bool {
        self.leg(generation).is_some_and(|leg| leg.subs.heard(id, now))
    }

    /// Data came for a topic.
    pub(in crate::ws) fn data(&mut self, generation: Generation, id: TopicId, now: Now) -> Arrival {
        if self.heard_of(generation, id, now) {
            return Arrival::Expected;
        }
        let Some(leg) = self.leg(generation) else { return Arrival::Stray };
        let is_open = leg.step == Step::Open;
        match leg.subs.get(id) {
            Some(Standing::Pending { .. } | Standing::Refused) if is_open => {
                self.confirm(generation, id, now);
                if let Some(leg) = self.leg(generation) {
                    // It isn't silent any more, however often it was.
                    leg.subs.set(id, Standing::Live { last: now, tries: 0 });
                }
                Arrival::First
            }
            _ => Arrival::Stray,
        }
    }

    fn confirm(&mut self, generation: Generation, id: TopicId, now: Now) {
        let Some(leg) = self.legs.iter_mut().find(|leg| leg.generation == generation) else { return };
        let tries = match leg.subs.get(id) {
            Some(Standing::Pending { tries, .. }) => tries,
            Some(Standing::Refused) => 0,
            _ => return,
        };
        leg.subs.set(id, Standing::Live { last: now, tries });
        if let Some(wanted) = self.wanted.get_mut(&id) {
            wanted.proven = true;
            wanted.refused = None;
        }
        self.tell(id, generation, Notice::Live);
    }

    /// The venue took a request.
    pub(in crate::ws) fn acked(&mut self, generation: Generation, answer: &Answer<'_>, now: Now) {
        let (line, wanted) = (self.line, &self.wanted);
        let is_it = |leg: &&mut Leg| leg.generation == generation && leg.step == Step::Open;
        let Some(leg) = self.legs.iter_mut().find(is_it) else { return };
        let answered = leg.subs.answered(answer, line.acks, wanted);
        if answered.verb == Verb::Subscribe {
            for id in answered.topics {
                self.confirm(generation, id, now);
            }
        }
    }

    /// The venue refused a request.
    pub(in crate::ws) fn nacked(
        &mut self,
        generation: Generation,
        answer: &Answer<'_>,
        error: &Error,
        now: Now,
    ) {
        let (line, wanted) = (self.line, &self.wanted);
        let is_it = |leg: &&mut Leg| leg.generation == generation && leg.step == Step::Open;
        let Some(leg) = self.legs.iter_mut().find(is_it) else { return };
        if matches!(line.entry, Entry::Key(_)) && error.kind() == Kind::Auth {
            self.actions.push_back(Action::Abort { leg: generation });
            self.fresh_key = true;
            self.lost(generation, &GapReason::KeyExpired, now);
            return;
        }
        let mut answered = leg.subs.answered(answer, line.acks, wanted);
        if answer.vague && answered.topics.is_empty() && answered.verb == Verb::Subscribe {
            answered.topics.extend(leg.subs.suspect(now));
        }
        match answered.verb {
            // Which of them is meant, only asking for each by itself can tell.
            Verb::Subscribe
                if answered.topics.len() > 1 && answer.topic.is_none() && !is_passing(error.kind()) =>
            {
                for id in answered.topics {
                    leg.subs.ask_alone(id);
                }
            }
            Verb::Subscribe => {
                for id in answered.topics {
                    self.refuse(generation, id, error, now);
                }
            }
            Verb::Request => {
                for id in answered.topics {
                    self.tell(id, generation, Notice::NotPushed(error.clone()));
                }
            }
            Verb::Unsubscribe => {}
        }
    }

    fn refuse(&mut self, generation: Generation, id: TopicId, error: &Error, now: Now) {
        if self.live_on(id).is_some_and(|newer| newer > generation) {
            // An afterthought: the topic has moved on.
            if let Some(leg) = self.leg(generation) {
                leg.subs.set(id, Standing::Refused);
            }
            return;
        }
        let Some(wanted) = self.wanted.get_mut(&id) else { return };
        self.actions.push_back(Action::Tell {
            topic: id,
            generation,
            notice: Notice::Rejected(error.clone()),
        });
        if wanted.proven || is_passing(error.kind()) {
            let times = wanted.refused.map_or(0, |(times, _)| times);
            let wait = self.patience.refused.saturating_mul(1 << times.min(8)).min(REFUSED_CAP);
            wanted.refused = Some((times + 1, now + wait));
            if let Some(leg) = self.leg(generation) {
                leg.subs.set(id, Standing::Refused);
            }
            self.next_scan.get_or_insert(now + SCAN);
        } else {
            self.tell(id, generation, Notice::Closed);
            self.wanted.remove(&id);
            for leg in &mut self.legs {
                leg.subs.remove(id);
            }
        }
    }

    /// Looks for topics that say nothing, and for refused ones that may be tried again.
    pub(super) fn scan(&mut self, now: Now) {
        if self.next_scan.is_none_or(|at| now < at) {
            return;
        }
        self.next_scan = None;
        let (acks, patience) = (self.line.acks, self.patience);
        // The newest: what goes silent on one that it replaces is no news.
        let Some(leg) = self.legs.iter_mut().rfind(|leg| leg.step == Step::Open) else { return };
        self.next_scan = Some(now + SCAN);
        let mut silent: Vec<(TopicId, Duration, u32)> = Vec::new();
        let mut again: Vec<TopicId> = Vec::new();
        for (id, standing) in leg.subs.iter() {
            let Some(wanted) = self.wanted.get(&id) else { continue };
            let (since, tries, allowed) = match standing {
                Standing::Live { last, tries } => (last, tries, wanted.silence),
                Standing::Pending { since, tries } if acks == Acks::None || wanted.topic.is_implied() => {
                    (since, tries, wanted.silence)
                }
                Standing::Pending { since, tries } => (since, tries, Some(patience.answer)),
                Standing::Refused => {
                    if wanted.refused.is_none_or(|(_, at)| now >= at) {
                        again.push(id);
                    }
                    continue;
                }
                Standing::Unsent { .. } => continue,
            };
            let elapsed = now.saturating_sub(since);
            if allowed.is_some_and(|allowed| elapsed >= allowed.saturating_mul(1 << tries.min(STALE_POWER))) {
                silent.push((id, elapsed, tries.saturating_add(1)));
            }
        }
        for id in again {
            leg.subs.set(id, Standing::Unsent { tries: 0 });
        }
        for (id, elapsed, tries) in silent {
            let Some(wanted) = self.wanted.get(&id) else { continue };
            if wanted.topic.is_implied() {
                // Nothing can be asked for: the next push makes it live again.
                leg.subs.set(id, Standing::Pending { since: now, tries });
            } else {
                leg.subs.leave(wanted.topic.clone());
                leg.subs.set(id, Standing::Unsent { tries });
            }
            let (generation, notice) = (leg.generation, Notice::Stale(elapsed));
            self.actions.push_back(Action::Tell { topic: id, generation, notice });
        }
    }

    /// Writes what is to be asked for as far as it may be sent, and sends it.
    pub(super) fn flush(&mut self, now: Now) {
        let venue = Arc::clone(&self.venue);
        let streams = venue.streams().unwrap_or(&super::NO_STREAMS);
        let mut oversize = Vec::new();
        for leg in &mut self.legs {
            let (mut leaving, mut unsent) = match leg.step {
                Step::Open => (leg.subs.unsaid(now), leg.subs.unsent(&self.wanted, now)),
                // A ping may have to be answered before the login is.
                Step::LoggingIn => (Vec::new(), Vec::new()),
                Step::FetchingKey | Step::Dialing | Step::Draining => continue,
            };
            leg.paced_until = None;
            while !(leg.outbox.is_empty() && leaving.is_empty() && unsent.is_empty()) {
                if let Some(Err(later)) = leg.pace.as_ref().map(|pace| pace.admit(now)) {
                    leg.paced_until = Some(later);
                    break;
                }
                let frame = leg.outbox.pop_front().or_else(|| {
                    unsubscribe(streams, self.line, leg, &mut leaving, now)
                        .or_else(|| subscribe(streams, self.line, leg, &mut unsent, &mut oversize, now))
                });
                if let Some(frame) = frame {
                    self.actions.push_back(Action::Send { leg: leg.generation, frame });
                }
            }
        }
        for (generation, id) in oversize {
            let words = format!("the topic doesn't fit into a frame of {} bytes", self.line.frame_bytes);
            let error = Error::new(Kind::InvalidRequest, Outcome::NotSent, words);
            self.refuse(generation, id, &error, now);
        }
    }
}

/// Writes the next frame that unsubscribes.
fn unsubscribe(
    streams: &dyn Streams,
    line: &Line,
    leg: &mut Leg,
    leaving: &mut Vec<Topic>,
    now: Now,
) -> Option<Outgoing> {
    while !leaving.is_empty() {
        let topics: Vec<&Topic> = leaving.iter().collect();
        let (text, count) = chunk(streams, line, leg, Verb::Unsubscribe, &topics);
        let gone: Vec<Topic> = leaving.drain(..count).collect();
        if text.len() <= line.frame_bytes {
            leg.subs.sent_leave(&gone, now);
            return Some(Outgoing::Text(text));
        }
        // The venue can't be told; what it goes on to push is nobody's.
        gone.iter().for_each(|topic| leg.subs.keep(topic));
    }
    None
}

/// Writes the next frame that subscribes.
fn subscribe(
    streams: &dyn Streams,
    line: &Line,
    leg: &mut Leg,
    unsent: &mut Vec<(TopicId, u32, Topic)>,
    oversize: &mut Vec<(Generation, TopicId)>,
    now: Now,
) -> Option<Outgoing> {
    while !unsent.is_empty() {
        let together = unsent.iter().take_while(|(id, ..)| !leg.subs.is_alone(*id)).count().max(1);
        let topics: Vec<&Topic> = unsent.iter().take(together).map(|(.., topic)| topic).collect();
        let (text, count) = chunk(streams, line, leg, Verb::Subscribe, &topics);
        let sent: Vec<_> = unsent.drain(..count).collect();
        if text.len() <= line.frame_bytes {
            for (id, tries, _) in &sent {
                leg.subs.set(*id, Standing::Pending { since: now, tries: *tries });
            }
            leg.subs.sent(Verb::Subscribe, sent.into_iter().map(|(id, _, topic)| (id, topic)).collect());
            return Some(Outgoing::Text(text));
        }
        // A topic alone is too long for a frame.
        for (id, ..) in sent {
            leg.subs.set(id, Standing::Refused);
            oversize.push((leg.generation, id));
        }
    }
    None
}

/// The longest beginning that fits into a frame, written, and how many topics that are: one at least.
fn chunk(streams: &dyn Streams, line: &Line, leg: &Leg, verb: Verb, topics: &[&Topic]) -> (String, usize) {
    let mut count = topics.len().min(line.frame_topics).max(1);
    loop {
        let (id, key) = (leg.subs.next_id(), leg.key.as_ref());
        let topics = topics.get(..count).unwrap_or(topics);
        let text = streams.command(line, &Command { verb, topics, id, key });
        if text.len() <= line.frame_bytes || count == 1 {
            return (text, count);
        }
        // By proportion, and always fewer.
        count = (count * line.frame_bytes / text.len()).clamp(1, count - 1);
    }
}

/// Whether a refusal may pass by itself.
const fn is_passing(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Auth
            | Kind::Timestamp
            | Kind::RateLimited
            | Kind::Banned
            | Kind::Unavailable
            | Kind::Timeout
            | Kind::Transport
            | Kind::Unrecognized
    )
}

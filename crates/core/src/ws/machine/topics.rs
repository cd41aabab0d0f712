//! Topics on a connection: asked for in chunks, confirmed, refused, gone stale.

use std::time::Duration;

use super::leg::Step;
use super::{Action, Generation, Machine, Notice, Now, Outgoing};
use crate::error::{Error, Kind, Outcome};
use crate::ws::event::GapReason;
use crate::ws::frame::{Answer, Command, Topic, Verb};
use crate::ws::line::{Acks, Entry};
use crate::ws::subs::{Standing, TopicId, Wanted};

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
                leg.to_drop.push(wanted.topic.clone());
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
        leg.subs.sent(Verb::Request, vec![id]);
        leg.outbox.push_back(Outgoing::Text(text));
        true
    }

    /// Data came for a topic; whether it is live only now, which its consumers must hear first.
    pub(in crate::ws) fn data(&mut self, generation: Generation, id: TopicId, now: Now) -> bool {
        let Some(leg) = self.leg(generation) else { return false };
        match leg.subs.get(id) {
            Some(Standing::Live { .. }) => {
                leg.subs.set(id, Standing::Live { last: now, tries: 0 });
                false
            }
            Some(Standing::Pending { .. } | Standing::Refused) => {
                self.confirm(generation, id, now);
                true
            }
            Some(Standing::Unsent { .. }) | None => false,
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
        let Some(leg) = self.legs.iter_mut().find(|leg| leg.generation == generation) else { return };
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
        let Some(leg) = self.legs.iter_mut().find(|leg| leg.generation == generation) else { return };
        if matches!(line.entry, Entry::Key(_)) && error.kind() == Kind::Auth {
            self.actions.push_back(Action::Abort { leg: generation });
            self.fresh_key = true;
            self.lost(generation, &GapReason::KeyExpired, now);
            return;
        }
        let mut answered = leg.subs.answered(answer, line.acks, wanted);
        if answer.vague && answered.topics.is_empty() && answered.verb == Verb::Subscribe {
            answered.topics.extend(leg.subs.suspect());
        }
        for id in answered.topics {
            match answered.verb {
                Verb::Subscribe => self.refuse(generation, id, error, now),
                // A refused snapshot is for its consumer to ask for again.
                Verb::Request => self.tell(id, generation, Notice::Rejected(error.clone())),
                Verb::Unsubscribe => {}
            }
        }
    }

    fn refuse(&mut self, generation: Generation, id: TopicId, error: &Error, now: Now) {
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
        for leg in self.legs.iter_mut().filter(|leg| leg.step == Step::Open) {
            self.next_scan = Some(now + SCAN);
            let mut silent: Vec<(TopicId, Duration, u32)> = Vec::new();
            let mut again: Vec<TopicId> = Vec::new();
            for (id, standing) in leg.subs.iter() {
                let Some(wanted) = self.wanted.get(&id) else { continue };
                let (since, tries, allowed) = match standing {
                    Standing::Live { last, tries } => (last, tries, wanted.silence),
                    Standing::Pending { since, tries } if acks == Acks::None => {
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
                if allowed
                    .is_some_and(|allowed| elapsed >= allowed.saturating_mul(1 << tries.min(STALE_POWER)))
                {
                    silent.push((id, elapsed, tries));
                }
            }
            for id in again {
                leg.subs.set(id, Standing::Unsent { tries: 0 });
            }
            for (id, elapsed, tries) in silent {
                let Some(wanted) = self.wanted.get(&id).filter(|wanted| !wanted.topic.is_implied()) else {
                    continue;
                };
                leg.to_drop.push(wanted.topic.clone());
                leg.subs.set(id, Standing::Unsent { tries: tries.saturating_add(1) });
                let (generation, notice) = (leg.generation, Notice::Stale(elapsed));
                self.actions.push_back(Action::Tell { topic: id, generation, notice });
            }
        }
    }

    /// Writes what is to be asked for, and sends what may be sent.
    pub(super) fn flush(&mut self, now: Now) {
        let streams = self.venue.streams().unwrap_or(&super::NO_STREAMS);
        let line = self.line;
        let mut oversize = Vec::new();
        for leg in self.legs.iter_mut().filter(|leg| leg.step == Step::Open) {
            let render =
                |verb, topics: &[&Topic], id, key| streams.command(line, &Command { verb, topics, id, key });
            let dropped = std::mem::take(&mut leg.to_drop);
            let mut rest: Vec<&Topic> = dropped.iter().collect();
            while !rest.is_empty() {
                let (id, key) = (leg.subs.next_id(), leg.key.as_ref());
                let (text, count) = chunk(line, rest.len(), |n| {
                    render(Verb::Unsubscribe, rest.get(..n).unwrap_or(&rest), id, key)
                });
                rest.drain(..count);
                leg.subs.sent(Verb::Unsubscribe, Vec::new());
                leg.outbox.push_back(Outgoing::Text(text));
            }
            let mut ids = leg.subs.unsent();
            while !ids.is_empty() {
                let topics: Vec<&Topic> = ids
                    .iter()
                    .filter_map(|(id, _)| self.wanted.get(id))
                    .map(|wanted| &wanted.topic)
                    .collect();
                let (id, key) = (leg.subs.next_id(), leg.key.as_ref());
                let (text, count) = chunk(line, topics.len(), |n| {
                    render(Verb::Subscribe, topics.get(..n).unwrap_or(&topics), id, key)
                });
                let sent: Vec<(TopicId, u32)> = ids.drain(..count.clamp(1, ids.len())).collect();
                if text.len() > line.frame_bytes {
                    // A topic alone is too long for a frame.
                    oversize.extend(sent.iter().map(|(id, _)| (leg.generation, *id)));
                    for (id, _) in sent {
                        leg.subs.set(id, Standing::Refused);
                    }
                    continue;
                }
                for (id, tries) in &sent {
                    leg.subs.set(*id, Standing::Pending { since: now, tries: *tries });
                }
                leg.subs.sent(Verb::Subscribe, sent.into_iter().map(|(id, _)| id).collect());
                leg.outbox.push_back(Outgoing::Text(text));
            }
            leg.paced_until = None;
            while let Some(frame) = leg.outbox.front() {
                if let Some(Err(later)) = leg.pace.as_ref().map(|pace| pace.admit(now)) {
                    leg.paced_until = Some(later);
                    break;
                }
                self.actions.push_back(Action::Send { leg: leg.generation, frame: frame.clone() });
                leg.outbox.pop_front();
            }
        }
        for (generation, id) in oversize {
            let words = format!("the topic doesn't fit into a frame of {} bytes", line.frame_bytes);
            let error = Error::new(Kind::InvalidRequest, Outcome::NotSent, words);
            self.refuse(generation, id, &error, now);
        }
    }
}

/// The longest beginning that fits into a frame, written, and how many topics that are.
fn chunk(line: &crate::ws::line::Line, topics: usize, render: impl Fn(usize) -> String) -> (String, usize) {
    let mut count = topics.min(line.frame_topics).max(1);
    loop {
        let text = render(count);
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

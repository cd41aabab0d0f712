//! What is wanted of one connection, and how far each topic has come on it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use super::frame::{Answer, Topic, Verb};
use super::line::Acks;
use super::machine::Now;

/// A topic's number in its feed.
pub(super) type TopicId = u64;

/// A topic that is wanted: the truth that is replayed after a reconnect.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub(super) topic: Topic,
    /// Longer silence than this is a fault.
    pub(super) silence: Option<Duration>,
    /// It has been live once: the venue knows it.
    pub(super) proven: bool,
    /// The venue refused it, so many times in a row, and it isn't tried before this.
    pub(super) refused: Option<(u32, Now)>,
}

/// How far a topic has come on a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Not asked for yet, or to be asked for again.
    Unsent {
        /// For the how manieth time in a row, from 0.
        tries: u32,
    },
    /// Asked for; neither confirmed nor pushed.
    Pending {
        /// Since when.
        since: Now,
        /// For the how manieth time in a row, from 0.
        tries: u32,
    },
    /// Confirmed or pushed.
    Live {
        /// When the last data came, or the confirmation.
        last: Now,
        /// How often in a row it went stale before.
        tries: u32,
    },
    /// Refused, for now.
    Refused,
}

impl Standing {
    pub(super) const fn is_live(self) -> bool {
        matches!(self, Self::Live { .. })
    }

    const fn is_pending(self) -> bool {
        matches!(self, Self::Pending { .. })
    }
}

/// A request on its way.
#[derive(Debug)]
struct Batch {
    id: u64,
    verb: Verb,
    topics: Vec<(TopicId, Topic)>,
}

/// A topic that is unsubscribed from. Until the venue has said so, or time enough has passed, pushes of its
/// route belong to the past, and nothing of that route is subscribed to.
#[derive(Debug)]
struct Leaving {
    topic: Topic,
    /// Until when it is waited for; `None` before the request is sent.
    until: Option<Now>,
}

/// The topics of one connection.
#[derive(Debug, Default)]
pub(super) struct Subs {
    standing: BTreeMap<TopicId, Standing>,
    /// Topics to be asked for in frames of their own: they were refused together with others.
    alone: BTreeSet<TopicId>,
    leaving: BTreeMap<Arc<str>, Leaving>,
    batches: VecDeque<Batch>,
    last_id: u64,
    /// From then on one topic is asked for at a time, so that a refusal which names none has only one meaning.
    one_by_one: Option<Now>,
}

/// Requests without an answer that are remembered.
const BATCHES: usize = 1024;
/// The confirmation of an unsubscription is waited for so long: not all venues send one.
const LEAVES_WITHIN: Duration = Duration::from_secs(1);
/// Refusals of what was asked for before may still be on their way for so long.
const STRAGGLERS: Duration = Duration::from_secs(3);

impl Subs {
    /// A new connection on which everything is still to be asked for.
    pub(super) fn replaying(wanted: &BTreeMap<TopicId, Wanted>) -> Self {
        let standing = wanted.keys().map(|id| (*id, Standing::Unsent { tries: 0 })).collect();
        Self { standing, ..Self::default() }
    }

    pub(super) fn add(&mut self, id: TopicId) {
        self.standing.insert(id, Standing::Unsent { tries: 0 });
    }

    /// Takes a topic away; whether the venue may know of it.
    pub(super) fn remove(&mut self, id: TopicId) -> bool {
        self.alone.remove(&id);
        let standing = self.standing.remove(&id);
        if let (Some(Standing::Pending { .. }), Some(from)) = (standing, &mut self.one_by_one) {
            // Its refusal may be on its way.
            *from = Now::MAX;
        }
        matches!(standing, Some(Standing::Pending { .. } | Standing::Live { .. }))
    }

    /// Unsubscribes from a topic.
    pub(super) fn leave(&mut self, topic: Topic) {
        self.leaving.insert(topic.shared_route(), Leaving { topic, until: None });
    }

    /// When the wait for an unsubscription ends next.
    pub(super) fn leaves_by(&self) -> Option<Now> {
        self.leaving.values().filter_map(|leaving| leaving.until).min()
    }

    pub(super) fn get(&self, id: TopicId) -> Option<Standing> {
        self.standing.get(&id).copied()
    }

    /// Data came for a topic; whether it was live.
    pub(super) fn heard(&mut self, id: TopicId, now: Now) -> bool {
        match self.standing.get_mut(&id) {
            Some(Standing::Live { last, tries }) => {
                (*last, *tries) = (now, 0);
                true
            }
            _ => false,
        }
    }

    pub(super) fn set(&mut self, id: TopicId, standing: Standing) {
        if let Some(known) = self.standing.get_mut(&id) {
            *known = standing;
        }
        if matches!(standing, Standing::Live { .. } | Standing::Refused) {
            self.alone.remove(&id);
        }
    }

    /// Asks for a topic again in a frame of its own.
    pub(super) fn ask_alone(&mut self, id: TopicId) {
        self.set(id, Standing::Unsent { tries: 0 });
        self.alone.insert(id);
    }

    pub(super) fn is_alone(&self, id: TopicId) -> bool {
        self.alone.contains(&id)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (TopicId, Standing)> {
        self.standing.iter().map(|(id, standing)| (*id, *standing))
    }

    /// What is to be unsubscribed from.
    pub(super) fn unsaid(&mut self, now: Now) -> Vec<Topic> {
        self.leaving.retain(|_, leaving| leaving.until.is_none_or(|until| now < until));
        let unsaid = self.leaving.values().filter(|leaving| leaving.until.is_none());
        unsaid.map(|leaving| leaving.topic.clone()).collect()
    }

    /// What is still to be asked for, and for the how manieth time. First what goes together, and of that
    /// what waits for its first time.
    pub(super) fn unsent(
        &mut self,
        wanted: &BTreeMap<TopicId, Wanted>,
        now: Now,
    ) -> Vec<(TopicId, u32, Topic)> {
        let mut unsent: Vec<_> = self
            .iter()
            .filter_map(|(id, standing)| match standing {
                Standing::Unsent { tries } => Some((id, tries, wanted.get(&id)?.topic.clone())),
                _ => None,
            })
            .filter(|(_, _, topic)| !self.leaving.contains_key(topic.route()))
            .collect();
        unsent.sort_by_key(|(id, tries, _)| (self.is_alone(*id), *tries));
        if let Some(from) = &mut self.one_by_one {
            if *from == Now::MAX {
                *from = now + STRAGGLERS;
            }
            let waits = now < *from || self.standing.values().any(|at| at.is_pending());
            if unsent.is_empty() && !waits {
                self.one_by_one = None;
            }
            unsent.truncate(usize::from(!waits));
        }
        unsent
    }

    /// Which topic a refusal means that doesn't say: the one that waits for an answer, if it was asked for by
    /// itself. Otherwise all that wait are asked for again, one by one.
    pub(super) fn suspect(&mut self, now: Now) -> Option<TopicId> {
        let pending: Vec<(TopicId, u32)> = self
            .iter()
            .filter_map(|(id, standing)| match standing {
                Standing::Pending { tries, .. } => Some((id, tries)),
                _ => None,
            })
            .collect();
        match (pending.as_slice(), self.one_by_one) {
            ([(only, _)], Some(from)) if now >= from => return Some(*only),
            ([], None) => return None,
            _ => self.one_by_one = Some(now + STRAGGLERS),
        }
        for (id, tries) in pending {
            self.set(id, Standing::Unsent { tries });
        }
        None
    }

    /// Whether every topic that is asked for is live or refused.
    pub(super) fn is_settled(&self) -> bool {
        self.standing.values().all(|at| at.is_live() || *at == Standing::Refused)
    }

    pub(super) fn live(&self) -> usize {
        self.standing.values().filter(|at| at.is_live()).count()
    }

    /// The number of the next request.
    pub(super) fn next_id(&self) -> u64 {
        self.last_id + 1
    }

    /// Remembers a request that was written under [`next_id`](Self::next_id).
    pub(super) fn sent(&mut self, verb: Verb, topics: Vec<(TopicId, Topic)>) {
        self.last_id += 1;
        if self.batches.len() == BATCHES {
            self.batches.pop_front();
        }
        self.batches.push_back(Batch { id: self.last_id, verb, topics });
    }

    /// Remembers an unsubscription that was written under [`next_id`](Self::next_id).
    pub(super) fn sent_leave(&mut self, topics: &[Topic], now: Now) {
        for topic in topics {
            if let Some(leaving) = self.leaving.get_mut(topic.route()) {
                leaving.until = Some(now + LEAVES_WITHIN);
            }
        }
        self.sent(Verb::Unsubscribe, topics.iter().map(|topic| (0, topic.clone())).collect());
    }

    /// What is unsubscribed from can't be written: its pushes go nowhere.
    pub(super) fn keep(&mut self, topic: &Topic) {
        self.leaving.remove(topic.route());
    }

    /// Which topics an answer is about, as far as can be told.
    pub(super) fn answered(
        &mut self,
        answer: &Answer<'_>,
        acks: Acks,
        wanted: &BTreeMap<TopicId, Wanted>,
    ) -> Answered {
        let (verb, topics) = self.claim(answer, acks);
        if verb == Verb::Unsubscribe {
            for (_, topic) in &topics {
                // The same topic may be on its way out for a second time, which has not been said yet.
                if self.leaving.get(topic.route()).is_some_and(|leaving| leaving.until.is_some()) {
                    self.leaving.remove(topic.route());
                }
            }
        }
        let mut topics: Vec<TopicId> = topics.into_iter().map(|(id, _)| id).collect();
        if let (true, Verb::Subscribe, Some(text)) = (topics.is_empty(), verb, &answer.topic) {
            // Nothing is open about it: the venue thinks again.
            let named = |id: &TopicId| wanted.get(id).is_some_and(|wanted| is_named(&wanted.topic, text));
            topics = self.standing.keys().copied().filter(named).collect();
        }
        Answered { verb, topics }
    }

    /// Takes what is answered out of the open requests.
    fn claim(&mut self, answer: &Answer<'_>, acks: Acks) -> (Verb, Vec<(TopicId, Topic)>) {
        let is_asked = |batch: &Batch| answer.verb.is_none_or(|verb| verb == batch.verb);
        let nothing = (answer.verb.unwrap_or(Verb::Subscribe), Vec::new());
        let by_id = answer.id.and_then(|id| self.batches.iter().position(|batch| batch.id == id));
        if let Some(batch) = by_id.and_then(|at| self.batches.remove(at)) {
            return (batch.verb, batch.topics);
        }
        if let Some(text) = &answer.topic {
            let of_batch = |batch: &Batch| batch.topics.iter().any(|(_, topic)| is_named(topic, text));
            let oldest = self.batches.iter().position(|batch| is_asked(batch) && of_batch(batch));
            let Some((at, batch)) = oldest.and_then(|at| Some((at, self.batches.get_mut(at)?))) else {
                return nothing;
            };
            let verb = batch.verb;
            let named = batch.topics.extract_if(.., |(_, topic)| is_named(topic, text)).collect();
            if batch.topics.is_empty() {
                self.batches.remove(at);
            }
            return (verb, named);
        }
        if acks == Acks::InOrder && answer.id.is_none() {
            // One that asks for a push is answered by the push.
            let asked =
                |batch: &Batch| is_asked(batch) && (answer.verb.is_some() || batch.verb != Verb::Request);
            let oldest = self.batches.iter().position(asked);
            return oldest
                .and_then(|at| self.batches.remove(at))
                .map_or(nothing, |batch| (batch.verb, batch.topics));
        }
        // A refusal that names nothing can only mean the one thing that was asked.
        let mut open = self.batches.iter().enumerate().filter(|(_, batch)| batch.verb == Verb::Subscribe);
        if let (Some((at, batch)), None, None) = (open.next(), open.next(), answer.verb)
            && acks == Acks::ById
            && batch.topics.len() == 1
            && let Some(batch) = self.batches.remove(at)
        {
            return (batch.verb, batch.topics);
        }
        nothing
    }
}

fn is_named(topic: &Topic, text: &str) -> bool {
    topic.text() == text || topic.route() == text
}

/// What an answer is about.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answered {
    pub(super) verb: Verb,
    pub(super) topics: Vec<TopicId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIVE: Standing = Standing::Live { last: Now::ZERO, tries: 0 };

    struct Line {
        subs: Subs,
        wanted: BTreeMap<TopicId, Wanted>,
        now: Now,
    }

    impl Line {
        fn add(&mut self, ids: std::ops::RangeInclusive<TopicId>) {
            for id in ids {
                let topic = Topic::new(id.to_string());
                self.wanted.insert(id, Wanted { topic, silence: None, proven: false, refused: None });
                self.subs.add(id);
            }
        }

        fn send(&mut self) -> Vec<TopicId> {
            let sent: Vec<TopicId> =
                self.subs.unsent(&self.wanted, self.now).into_iter().map(|(id, ..)| id).collect();
            for id in &sent {
                self.subs.set(*id, Standing::Pending { since: self.now, tries: 0 });
            }
            sent
        }
    }

    #[test]
    fn a_refusal_that_names_nothing_is_never_laid_to_a_topic_it_might_not_mean() {
        let mut line = Line { subs: Subs::default(), wanted: BTreeMap::new(), now: Now::ZERO };
        line.add(1..=5);
        assert_eq!(line.send(), [1, 2, 3, 4, 5]);
        line.subs.set(1, LIVE);
        // Of those that wait, any may be meant. Until no other refusal can be on its way, nothing is asked.
        assert_eq!(line.subs.suspect(line.now), None);
        assert_eq!(line.subs.suspect(line.now), None);
        assert!(line.send().is_empty());
        line.now += STRAGGLERS;
        // Then each by itself.
        assert_eq!(line.send(), [2]);
        assert!(line.send().is_empty());
        assert_eq!(line.subs.suspect(line.now), Some(2));
        line.subs.set(2, Standing::Refused);
        assert_eq!(line.send(), [3]);
        line.subs.set(3, LIVE);
        assert_eq!(line.send(), [4]);
        // What nobody wants any more may still be refused.
        assert!(line.subs.remove(4));
        assert!(line.send().is_empty());
        assert_eq!(line.subs.suspect(line.now), None);
        line.now += STRAGGLERS;
        assert_eq!(line.send(), [5]);
        line.subs.set(5, LIVE);
        assert!(line.send().is_empty());
        // Afterwards they go together again; with nothing that waits, nothing is meant.
        assert_eq!(line.subs.suspect(line.now), None);
        line.add(6..=7);
        assert_eq!(line.send(), [6, 7]);
    }
}

//! What is wanted of one connection, and how far each topic has come on it.

use std::collections::{BTreeMap, VecDeque};
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

/// A request on its way.
#[derive(Debug)]
struct Batch {
    id: u64,
    verb: Verb,
    topics: Vec<TopicId>,
}

/// The topics of one connection.
#[derive(Debug, Default)]
pub(super) struct Subs {
    standing: BTreeMap<TopicId, Standing>,
    batches: VecDeque<Batch>,
    last_id: u64,
    /// One topic is asked for at a time, so that a refusal which names none has only one meaning.
    one_by_one: bool,
}

/// Requests without an answer that are remembered.
const BATCHES: usize = 1024;

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
        matches!(self.standing.remove(&id), Some(Standing::Pending { .. } | Standing::Live { .. }))
    }

    pub(super) fn get(&self, id: TopicId) -> Option<Standing> {
        self.standing.get(&id).copied()
    }

    pub(super) fn set(&mut self, id: TopicId, standing: Standing) {
        if let Some(known) = self.standing.get_mut(&id) {
            *known = standing;
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (TopicId, Standing)> {
        self.standing.iter().map(|(id, standing)| (*id, *standing))
    }

    /// What is still to be asked for now, and for the how manieth time.
    pub(super) fn unsent(&mut self) -> Vec<(TopicId, u32)> {
        let mut unsent: Vec<(TopicId, u32)> = self
            .iter()
            .filter_map(|(id, standing)| match standing {
                Standing::Unsent { tries } => Some((id, tries)),
                _ => None,
            })
            .collect();
        if self.one_by_one {
            let waits = self.pending().next().is_some();
            self.one_by_one = waits || !unsent.is_empty();
            unsent.truncate(usize::from(!waits));
        }
        unsent
    }

    fn pending(&self) -> impl Iterator<Item = (TopicId, u32)> {
        self.iter().filter_map(|(id, standing)| match standing {
            Standing::Pending { tries, .. } => Some((id, tries)),
            _ => None,
        })
    }

    /// Which topic a refusal means that doesn't say: the only one that waits for an answer. Several are asked
    /// for again, one by one.
    pub(super) fn suspect(&mut self) -> Option<TopicId> {
        let pending: Vec<(TopicId, u32)> = self.pending().collect();
        if let [(only, _)] = pending.as_slice() {
            return Some(*only);
        }
        self.one_by_one = !pending.is_empty();
        for (id, tries) in pending {
            self.set(id, Standing::Unsent { tries });
        }
        None
    }

    /// Whether every topic that is asked for is live or refused.
    pub(super) fn is_settled(&self) -> bool {
        self.standing.values().all(|standing| matches!(standing, Standing::Live { .. } | Standing::Refused))
    }

    pub(super) fn live(&self) -> usize {
        self.standing.values().filter(|standing| matches!(standing, Standing::Live { .. })).count()
    }

    /// The number of the next request.
    pub(super) fn next_id(&self) -> u64 {
        self.last_id + 1
    }

    /// Remembers a request that was written under [`next_id`](Self::next_id).
    pub(super) fn sent(&mut self, verb: Verb, topics: Vec<TopicId>) {
        self.last_id += 1;
        if self.batches.len() == BATCHES {
            self.batches.pop_front();
        }
        self.batches.push_back(Batch { id: self.last_id, verb, topics });
    }

    /// Which topics an answer is about, as far as can be told.
    pub(super) fn answered(
        &mut self,
        answer: &Answer<'_>,
        acks: Acks,
        wanted: &BTreeMap<TopicId, Wanted>,
    ) -> Answered {
        let by_id = answer.id.and_then(|id| self.batches.iter().position(|batch| batch.id == id));
        if let Some(batch) = by_id.and_then(|at| self.batches.remove(at)) {
            return Answered { verb: batch.verb, topics: batch.topics };
        }
        let verb = answer.verb.unwrap_or(Verb::Subscribe);
        if let Some(text) = &answer.topic {
            let topics: Vec<TopicId> = self
                .standing
                .keys()
                .filter(|id| {
                    wanted.get(id).is_some_and(|wanted| {
                        wanted.topic.text() == text.as_ref() || wanted.topic.route() == text.as_ref()
                    })
                })
                .copied()
                .collect();
            for batch in &mut self.batches {
                if batch.verb == verb {
                    batch.topics.retain(|id| !topics.contains(id));
                }
            }
            self.batches.retain(|batch| !batch.topics.is_empty());
            return Answered { verb, topics };
        }
        if acks == Acks::InOrder && answer.id.is_none() {
            let oldest =
                self.batches.iter().position(|batch| answer.verb.is_none_or(|verb| verb == batch.verb));
            if let Some(batch) = oldest.and_then(|at| self.batches.remove(at)) {
                return Answered { verb: batch.verb, topics: batch.topics };
            }
        }
        // A refusal that names nothing can only mean the one thing that was asked.
        let mut open = self.batches.iter().filter(|batch| batch.verb == Verb::Subscribe);
        if let (Some(batch), None, None) = (open.next(), open.next(), answer.verb)
            && matches!(acks, Acks::ById | Acks::InOrder)
            && let [only] = batch.topics.as_slice()
        {
            let topics = vec![*only];
            self.batches.retain(|batch| batch.verb != Verb::Subscribe);
            return Answered { verb: Verb::Subscribe, topics };
        }
        Answered { verb, topics: Vec::new() }
    }
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

    const ZERO: Now = Now::ZERO;

    fn send_all(subs: &mut Subs) -> Vec<TopicId> {
        let sent: Vec<TopicId> = subs.unsent().into_iter().map(|(id, _)| id).collect();
        for id in &sent {
            subs.set(*id, Standing::Pending { since: ZERO, tries: 0 });
        }
        sent
    }

    #[test]
    fn a_refusal_that_names_nothing_is_never_laid_to_a_topic_it_might_not_mean() {
        let live = Standing::Live { last: ZERO, tries: 0 };
        let mut subs = Subs::default();
        (1..=4).for_each(|id| subs.add(id));
        assert_eq!(send_all(&mut subs), [1, 2, 3, 4]);
        subs.set(1, live);
        // Of three that wait, any may be meant: each is asked for again, alone.
        assert_eq!(subs.suspect(), None);
        assert_eq!(send_all(&mut subs), [2]);
        assert!(send_all(&mut subs).is_empty());
        assert_eq!(subs.suspect(), Some(2));
        subs.set(2, Standing::Refused);
        assert_eq!(send_all(&mut subs), [3]);
        subs.set(3, live);
        assert_eq!(send_all(&mut subs), [4]);
        subs.set(4, live);
        assert!(send_all(&mut subs).is_empty());
        // Afterwards they go together again.
        (5..=6).for_each(|id| subs.add(id));
        assert_eq!(send_all(&mut subs), [5, 6]);
        // And with nothing that waits, nothing is meant.
        (5..=6).for_each(|id| subs.set(id, live));
        assert_eq!(subs.suspect(), None);
        subs.add(7);
        subs.add(8);
        assert_eq!(send_all(&mut subs), [7, 8]);
    }
}

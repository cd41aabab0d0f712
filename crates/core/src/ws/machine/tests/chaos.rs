//! Anything in any order, also what makes no sense; then a venue that behaves.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::ws::line::{Entry, KeyLife};
use crate::ws::machine::Step;
use crate::ws::subs::Standing;

#[derive(Debug, Clone)]
enum Input {
    Pass(u64),
    Add(u64),
    Remove(u64),
    Renew(u64),
    Request(u64),
    /// To the leg that is so many before the newest; some never were.
    Leg(u64, Happens),
}

#[derive(Debug, Clone)]
enum Happens {
    Opens,
    Fails(usize, Option<u64>),
    Ends,
    Drained,
    Key(bool),
    Renewed(bool),
    LoggedIn,
    LoginRefused,
    Ack(u8, u64),
    Nack(u8, u64, usize),
    Data(u64),
    Frame,
    Ping,
}

const KINDS: [Kind; 6] = [
    Kind::Transport,
    Kind::Auth,
    Kind::UnknownSymbol,
    Kind::RateLimited,
    Kind::InvalidRequest,
    Kind::Timeout,
];

fn input() -> impl Strategy<Value = Input> {
    let leg = prop_oneof![
        6 => Just(Happens::Opens),
        2 => (0..KINDS.len(), prop::option::of(0..100u64)).prop_map(|(kind, wait)| Happens::Fails(kind, wait)),
        2 => Just(Happens::Ends),
        1 => Just(Happens::Drained),
        4 => any::<bool>().prop_map(Happens::Key),
        1 => any::<bool>().prop_map(Happens::Renewed),
        4 => Just(Happens::LoggedIn),
        1 => Just(Happens::LoginRefused),
        6 => (0..4u8, 0..12u64).prop_map(|(how, what)| Happens::Ack(how, what)),
        3 => (0..4u8, 0..12u64, 0..KINDS.len()).prop_map(|(how, what, kind)| Happens::Nack(how, what, kind)),
        6 => (0..8u64).prop_map(Happens::Data),
        2 => Just(Happens::Frame),
        1 => Just(Happens::Ping),
    ];
    prop_oneof![
        4 => prop_oneof![0..3_000u64, 0..100_000u64, Just(4_000_000u64)].prop_map(Input::Pass),
        4 => (0..8u64).prop_map(Input::Add),
        2 => (0..8u64).prop_map(Input::Remove),
        1 => (0..8u64).prop_map(Input::Renew),
        1 => (0..8u64).prop_map(Input::Request),
        12 => (prop_oneof![5 => Just(0u64), 2 => Just(1), 1 => 2..50u64], leg).prop_map(|(leg, what)| Input::Leg(leg, what)),
    ]
}

fn lines() -> impl Strategy<Value = Line> {
    let acks = prop_oneof![Just(Acks::ById), Just(Acks::ByTopic), Just(Acks::InOrder), Just(Acks::None)];
    let entry = prop_oneof![
        Just(Entry::Open),
        Just(Entry::Login),
        Just(Entry::Key(KeyLife::fixed(secs(300)))),
        Just(Entry::Key(KeyLife::renewed(secs(300), secs(100)))),
    ];
    (acks, entry, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(acks, entry, lives, paced, always)| {
            let heartbeat = if always { Heartbeat::always } else { Heartbeat::quiet };
            let mut line = Line::new("test", "ws://127.0.0.1/")
                .acks(acks)
                .entry(entry)
                .frames(200, 3)
                .heartbeat(heartbeat(Ping::Protocol, secs(20), secs(10)));
            if lives {
                line = line.lifetime(secs(200));
            }
            if paced {
                line = line.pace(5, SECOND);
            }
            line
        },
    )
}

/// What is known of the machine from outside, and what must hold of it.
struct Watch {
    machine: Machine,
    now: Now,
    acks: Acks,
    legs: BTreeMap<Generation, Seen>,
    /// What consumers believe.
    told: BTreeMap<u64, bool>,
    next: u64,
    /// Wanted, by the number that the test gave it.
    topics: BTreeMap<u64, (u64, String)>,
    two_open: Option<Now>,
}

#[derive(Debug, Default)]
struct Seen {
    opened: bool,
    over: bool,
    closing: bool,
    logged_in: bool,
    /// What the venue pushes here.
    subscribed: BTreeSet<String>,
    frames: Vec<String>,
    pings: u32,
    key: bool,
    renew: bool,
}

impl Watch {
    fn new(line: Line, seed: u64) -> Self {
        let acks = line.acks;
        let rig = Rig::seeded(line, Patience::default(), seed);
        Self {
            machine: rig.machine,
            now: Duration::ZERO,
            acks,
            legs: BTreeMap::new(),
            told: BTreeMap::new(),
            next: 1,
            topics: BTreeMap::new(),
            two_open: None,
        }
    }

    fn add(&mut self, slot: u64) {
        if self.topics.contains_key(&slot) {
            return;
        }
        let (id, name) = (self.next, format!("topic{slot}"));
        self.next += 1;
        // Every other has a rate, and one is implied.
        let topic = if slot == 7 { Topic::implied(name.as_str()) } else { Topic::new(name.as_str()) };
        let silence = slot.is_multiple_of(2).then_some(secs(15));
        self.machine.add(id, topic, silence, self.now);
        self.topics.insert(slot, (id, name));
    }

    fn id(&self, slot: u64) -> u64 {
        self.topics.get(&slot).map_or(999, |(id, _)| *id)
    }

    fn take(&mut self, input: &Input) {
        match input {
            Input::Pass(millis) => self.now += Duration::from_millis(*millis),
            Input::Add(slot) => self.add(*slot),
            Input::Remove(slot) => {
                if let Some((id, _)) = self.topics.remove(slot) {
                    self.machine.remove(id);
                    self.told.remove(&id);
                }
            }
            Input::Renew(slot) => self.machine.renew(self.id(*slot)),
            Input::Request(slot) => {
                self.machine.request(self.id(*slot));
            }
            Input::Leg(back, what) => {
                let leg = self.machine.generation().saturating_sub(*back);
                self.happens(leg, what);
            }
        }
        self.follow();
    }

    fn happens(&mut self, leg: Generation, what: &Happens) {
        let (machine, now) = (&mut self.machine, self.now);
        let answer = |how: u8, what: u64| {
            let name = format!("topic{what}");
            match how {
                0 => Answer::new(),
                1 => Answer::new().id(Some(what)),
                2 => Answer::new().topic(name),
                _ => {
                    Answer::new().to(if what.is_multiple_of(2) { Verb::Subscribe } else { Verb::Unsubscribe })
                }
            }
        };
        match what {
            Happens::Opens => {
                if machine.opened(leg, now) {
                    self.legs.entry(leg).or_default().opened = true;
                }
            }
            Happens::Fails(kind, wait) => {
                // Whoever dials reports an end once, and only of what isn't open.
                let opened = self.legs.get(&leg).is_some_and(|seen| seen.opened);
                if !opened {
                    let error = error(KINDS[*kind]).with_retry_after(wait.map(Duration::from_secs));
                    machine.failed(leg, error, now);
                }
            }
            Happens::Ends => machine.lost(leg, &broken(), now),
            Happens::Drained => machine.drained(leg),
            Happens::Key(ok) => {
                let key = Ok((listen_key(1), secs(1)));
                machine.key(leg, if *ok { key } else { Err(error(Kind::Unavailable)) }, now);
            }
            Happens::Renewed(ok) => {
                machine.renewed(leg, &if *ok { Ok(()) } else { Err(error(Kind::Auth)) }, now);
            }
            Happens::LoggedIn => machine.logged_in(leg, now),
            Happens::LoginRefused => machine.login_refused(leg, error(Kind::Auth), now),
            Happens::Ack(how, what) => machine.acked(leg, &answer(*how, *what), now),
            Happens::Nack(how, what, kind) => {
                machine.nacked(leg, &answer(*how, *what), &error(KINDS[*kind]), now);
            }
            Happens::Data(slot) => {
                let id = self.topics.get(slot).map_or(999, |(id, _)| *id);
                machine.data(leg, id, now);
            }
            Happens::Frame => machine.heard(leg, now),
            Happens::Ping => machine.answer(leg, "pong".to_owned()),
        }
    }

    /// Does what the machine wants done, and looks whether that makes sense.
    fn follow(&mut self) {
        self.machine.tick(self.now);
        while let Some(action) = self.machine.next_action() {
            self.act(action);
        }
        if let Some(wake) = self.machine.next_wake() {
            assert!(wake > self.now, "awake at {:?} for {wake:?}: it would spin", self.now);
        }
        self.check();
    }

    fn act(&mut self, action: Action) {
        let leg = match &action {
            Action::Tell { topic, notice, .. } => {
                match notice {
                    Notice::Live => {
                        self.told.insert(*topic, true);
                    }
                    Notice::Gap(_) | Notice::Stale(_) | Notice::Rejected(_) => {
                        self.told.insert(*topic, false);
                    }
                    Notice::NotPushed(_) => {}
                    Notice::Closed => {
                        self.told.remove(topic);
                        self.topics.retain(|_, (id, _)| id != topic);
                    }
                }
                return;
            }
            Action::FetchKey { leg, .. }
            | Action::RenewKey { leg, .. }
            | Action::Dial { leg, .. }
            | Action::Login { leg }
            | Action::Send { leg, .. }
            | Action::Close { leg }
            | Action::Abort { leg } => *leg,
        };
        let seen = self.legs.entry(leg).or_default();
        assert!(!seen.over, "{action:?} after its end");
        match action {
            Action::FetchKey { .. } => seen.key = true,
            Action::RenewKey { .. } => seen.renew = true,
            Action::Dial { .. } => assert!(!seen.opened),
            Action::Login { .. } => assert!(seen.opened && !seen.logged_in),
            Action::Send { frame, .. } => {
                assert!(seen.opened && !seen.closing, "a frame to nobody");
                match frame {
                    Outgoing::Ping => seen.pings += 1,
                    Outgoing::Text(text) => {
                        assert!(text.len() <= 200);
                        seen.hear(&text);
                    }
                }
            }
            Action::Close { .. } => {
                assert!(!seen.closing, "closed twice");
                seen.closing = true;
            }
            Action::Abort { .. } => {
                seen.over = true;
                self.machine.drained(leg);
            }
            Action::Tell { .. } => {}
        }
    }

    fn check(&mut self) {
        let machine = &self.machine;
        let alive: Vec<_> = machine.legs.iter().filter(|leg| leg.step != Step::Draining).collect();
        assert!(alive.len() <= 2, "{} connections", alive.len());
        let both = alive.len() == 2 && alive.iter().all(|leg| leg.step == Step::Open);
        self.two_open = both.then(|| self.two_open.unwrap_or(self.now));
        for (id, _) in self.topics.values() {
            let standing = |leg: &&&super::super::Leg| leg.step == Step::Open && is_live(leg.subs.get(*id));
            let live = alive.iter().any(|leg| standing(&leg));
            let told = self.told.get(id).copied().unwrap_or(false);
            assert!(live || !told, "topic {id} isn't live any more, and nobody said so");
            assert!(machine.wanted.contains_key(id), "topic {id} was lost");
        }
        assert_eq!(machine.wanted.len(), self.topics.len());
    }

    /// The venue behaves from here on.
    fn behave(&mut self) {
        let until = self.now + secs(700);
        let mut steps = 0;
        let mut pushed = self.now;
        loop {
            steps += 1;
            assert!(steps < 100_000, "no rest");
            self.serve();
            if let Some(since) = self.two_open {
                assert!(self.now - since <= secs(11), "two connections for {:?}", self.now - since);
            }
            let settled = self.machine.legs.iter().filter(|leg| leg.step != Step::Draining).count() == 1;
            if self.now >= until && (settled || self.topics.is_empty()) {
                break;
            }
            assert!(self.now < until + secs(60), "never settled");
            let wake = self.machine.next_wake().unwrap_or(until).min(pushed + SECOND);
            if wake >= pushed + SECOND {
                pushed = wake;
                self.now = wake;
                self.push();
            }
            self.now = wake;
            self.follow();
        }
        let newest = self.machine.legs.iter().rfind(|leg| leg.step == Step::Open);
        for (id, name) in self.topics.values() {
            let standing = newest.and_then(|leg| leg.subs.get(*id));
            assert!(is_live(standing), "{name} is {standing:?}");
            assert_eq!(self.told.get(id), Some(&true), "{name} is live, and nobody said so");
        }
    }

    /// Answers everything at once.
    fn serve(&mut self) {
        loop {
            let mut done = true;
            let now = self.now;
            let phases: Vec<_> = self.machine.legs.iter().map(|leg| (leg.generation, leg.step)).collect();
            for (leg, step) in phases {
                let seen = self.legs.entry(leg).or_default();
                match step {
                    Step::FetchingKey => self.machine.key(leg, Ok((listen_key(9), Duration::ZERO)), now),
                    Step::Dialing => seen.opened = self.machine.opened(leg, now),
                    Step::LoggingIn => self.machine.logged_in(leg, now),
                    Step::Draining => self.machine.lost(leg, &broken(), now),
                    Step::Open => {
                        if std::mem::take(&mut seen.pings) > 0 {
                            self.machine.heard(leg, now);
                        }
                        if std::mem::take(&mut seen.renew) {
                            self.machine.renewed(leg, &Ok(()), now);
                        }
                        let frames = std::mem::take(&mut seen.frames);
                        if frames.is_empty() {
                            continue;
                        }
                        for frame in frames {
                            self.answer(leg, &frame);
                        }
                    }
                }
                done = false;
            }
            self.follow();
            if done {
                return;
            }
        }
    }

    fn answer(&mut self, leg: Generation, frame: &str) {
        let mut words = frame.split(' ');
        let verb = match words.next() {
            Some("sub") => Verb::Subscribe,
            Some("unsub") => Verb::Unsubscribe,
            _ => return,
        };
        let id = words.next().and_then(|id| id.parse().ok());
        let topics = words.next_back().unwrap_or_default();
        match self.acks {
            Acks::ById => self.machine.acked(leg, &Answer::new().id(id), self.now),
            Acks::InOrder => self.machine.acked(leg, &Answer::new().to(verb), self.now),
            Acks::ByTopic => {
                for topic in topics.split(',') {
                    self.machine.acked(leg, &Answer::new().to(verb).topic(topic), self.now);
                }
            }
            Acks::None => {}
        }
    }

    fn push(&mut self) {
        let ids: BTreeMap<&str, u64> = self.topics.values().map(|(id, name)| (name.as_str(), *id)).collect();
        for (leg, seen) in self.legs.iter().filter(|(_, seen)| seen.opened && !seen.over) {
            let implied = "topic7".to_owned();
            for topic in seen.subscribed.iter().chain([&implied]) {
                self.machine.heard(*leg, self.now);
                if let Some(id) = ids.get(topic.as_str()) {
                    self.machine.data(*leg, *id, self.now);
                }
            }
        }
    }
}

impl Seen {
    fn hear(&mut self, frame: &str) {
        let topics = frame.rsplit(' ').next().unwrap_or_default().split(',').map(str::to_owned);
        match frame.split(' ').next() {
            Some("sub") => self.subscribed.extend(topics),
            Some("unsub") => topics.for_each(|topic| {
                self.subscribed.remove(&topic);
            }),
            _ => return,
        }
        self.frames.push(frame.to_owned());
    }
}

fn is_live(standing: Option<Standing>) -> bool {
    standing.is_some_and(Standing::is_live)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, max_shrink_iters: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_no_topic_is_lost_and_every_loss_is_told(
        line in lines(),
        seed in any::<u64>(),
        inputs in prop::collection::vec(input(), 0..120),
    ) {
        let mut watch = Watch::new(line, seed);
        for input in &inputs {
            watch.take(input);
        }
        watch.behave();
    }

    #[test]
    fn whatever_happens_a_close_ends_it_in_time(
        line in lines(),
        seed in any::<u64>(),
        before in prop::collection::vec(input(), 0..60),
        after in prop::collection::vec(input(), 0..10),
    ) {
        let mut watch = Watch::new(line, seed);
        for input in &before {
            watch.take(input);
        }
        watch.machine.close(watch.now);
        watch.follow();
        prop_assert!(watch.topics.is_empty());
        for input in &after {
            if !matches!(input, Input::Add(_)) {
                watch.take(input);
            }
        }
        watch.now += secs(2);
        watch.follow();
        prop_assert!(watch.machine.is_done());
        prop_assert_eq!(watch.machine.next_wake(), None);
    }
}

//! A typed stream, beside tokio-tungstenite with the same decode in a loop, over the same bytes.

use std::hint::black_box;

use bitmart_futures::feed::{DepthIncrease, Trades};
use bitmart_futures::{BitMart, DepthLevels};
use bytes::Bytes;
use futures::StreamExt as _;
use tokio::runtime::Runtime;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use venue_benches::{Bench, CpuTime, Goal, Line as Reported, MIN_MESSAGES, Random, Unit, vary};
use venue_core::Client;
use venue_core::http::{Dial as _, Socket};
use venue_core::ws::{Channel, Event, Feed, Payload, Subscription};

use crate::decode::increase;
use crate::pusher::{Heard, Line, Pusher, frame};

/// Rounds of each side, in turns.
const ROUNDS: usize = 31;
/// Messages that a consumer keeps.
const KEPT: usize = 1000;

pub(crate) fn run(bench: &Bench) {
    if !bench.is_timed() {
        return;
    }
    let mut random = Random::of(71);
    let trade = r#"{"data":[{"trade_id":1409495322,"symbol":"BTCUSDT","deal_price":"117387.58","deal_vol":"14451","m":true,"created_at":"2023-02-24T07:54:11.124940968Z"}],"group":"futures/trade:BTCUSDT"}"#;
    let small: Vec<String> = (0..2 * MIN_MESSAGES).map(|_| vary(trade, &mut random)).collect();
    measure(bench, "200 B", Trades::of("BTCUSDT"), &small, 32);
    let large: Vec<String> = (0..MIN_MESSAGES).map(|_| increase(150, &mut random)).collect();
    let depth = DepthIncrease::of("BTCUSDT").levels(DepthLevels::Fifty);
    measure(bench, "10 kB", depth, &large, 1);
}

/// The venue confirms what is subscribed to.
pub(crate) fn hear(text: &str) -> Heard {
    let command: serde_json::Value = serde_json::from_str(text).unwrap();
    let mut heard = Heard::default();
    if command["action"] == "ping" {
        heard.answers.push(r#"{"action":"pong"}"#.to_owned());
    }
    for topic in command["args"].as_array().into_iter().flatten() {
        let topic = topic.as_str().unwrap();
        heard.answers.push(format!(r#"{{"action":"subscribe","group":"{topic}","success":true}}"#));
        heard.topics.push(topic.to_owned());
    }
    heard
}

/// Our side: a subscription whose consumer is a task of its own, as any user's is.
struct Ours<C: Channel> {
    stream: Subscription<C::Item>,
    line: Line,
    _feed: Feed<BitMart>,
}

impl<C: Channel<Venue = BitMart>> Ours<C> {
    async fn open(channel: C) -> Self {
        let pusher = Pusher::new(hear);
        let client = Client::builder(BitMart::new()).dialer(pusher.clone()).build().unwrap();
        let feed = client.feed().base("ws://localhost:1").connect().unwrap();
        let mut stream = feed.subscribe(channel);
        let first = stream.next().await.unwrap();
        assert!(matches!(first.event, Event::Live), "{first:?}");
        Self { stream, line: pusher.lines().pop().unwrap(), _feed: feed }
    }

    /// Reads so many, and keeps every so-manieth.
    async fn read(mut self, count: usize, every: usize, mut kept: Vec<C::Item>) -> (Self, Vec<C::Item>) {
        for nth in 0..count {
            match self.stream.next().await.unwrap().event {
                Event::Data(item) if nth % every == 0 => kept.push(item),
                Event::Data(item) => drop(black_box(item)),
                other => panic!("{}", other.name()),
            }
        }
        (self, kept)
    }
}

/// The other side: the library, and the same decode.
struct Bare {
    stream: WebSocketStream<Box<dyn Socket>>,
    line: Line,
}

impl Bare {
    async fn open() -> Self {
        let pusher = Pusher::new(hear);
        let socket = pusher.dial("localhost", 1).await.unwrap();
        let (stream, _) = tokio_tungstenite::client_async("ws://localhost:1/", socket).await.unwrap();
        Self { stream, line: pusher.lines().pop().unwrap() }
    }

    async fn read<C: Channel>(mut self, count: usize) -> Self {
        for _ in 0..count {
            match self.stream.next().await.unwrap().unwrap() {
                Message::Text(text) => {
                    drop(black_box(C::read(Payload::Text(text.as_str())).unwrap().unwrap()));
                }
                other => panic!("{other:?}"),
            }
        }
        self
    }
}

/// Runs it as a task: the runtime gives the driver and its consumer their turns.
fn task<T: Send + 'static>(runtime: &Runtime, work: impl Future<Output = T> + Send + 'static) -> T {
    runtime.block_on(async { tokio::spawn(work).await.unwrap() })
}

fn measure<C>(bench: &Bench, size: &str, channel: C, messages: &[String], times: usize)
where
    C: Channel<Venue = BitMart> + Send + 'static,
    C::Item: Send,
{
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let mut frames = Vec::new();
    messages.iter().for_each(|message| frame(message, &mut frames));
    let frames = Bytes::from(frames);
    let count = messages.len() * times;

    let mut ours = task(&runtime, Ours::open(channel));
    let mut bare = task(&runtime, Bare::open());
    let round_ours = |ours: Ours<C>| {
        (0..times).for_each(|_| ours.line.push(frames.clone()));
        let begin = CpuTime::now();
        let (ours, _) = task(&runtime, ours.read(count, usize::MAX, Vec::with_capacity(1)));
        (ours, begin.elapsed())
    };
    let round_bare = |bare: Bare| {
        (0..times).for_each(|_| bare.line.push(frames.clone()));
        let begin = CpuTime::now();
        let bare = task(&runtime, bare.read::<C>(count));
        (bare, begin.elapsed())
    };
    let mut rounds = Vec::new();
    for round in 0..ROUNDS + 2 {
        let (ours_spent, bare_spent);
        if round % 2 == 0 {
            (ours, ours_spent) = round_ours(ours);
            (bare, bare_spent) = round_bare(bare);
        } else {
            (bare, bare_spent) = round_bare(bare);
            (ours, ours_spent) = round_ours(ours);
        }
        let per_message = |spent: std::time::Duration| {
            u64::try_from(spent.as_nanos() * 1000 / u128::try_from(count).unwrap()).unwrap()
        };
        // The first ones warm up.
        if round > 1 {
            rounds.push((per_message(ours_spent), per_message(bare_spent)));
        }
    }
    rounds.sort_by_key(|(ours, bare)| ours * 1_000_000 / bare);
    let (ours_ps, bare_ps) = rounds[ROUNDS / 2];
    let line = Reported::new(
        format!("stream: CPU of a typed message of {size}"),
        "tokio-tungstenite, the same decode in a loop",
        Unit::Ns,
        ours_ps,
        Some(bare_ps),
    );
    bench.add(&line.goal(Goal::AtMost { ratio: 1050, stretch: None }));
    kept(bench, size, &runtime, ours, messages, &frames);
}

/// What a thousand messages hold that were kept out of many more.
fn kept<C>(bench: &Bench, size: &str, runtime: &Runtime, ours: Ours<C>, messages: &[String], frames: &Bytes)
where
    C: Channel<Venue = BitMart> + Send + 'static,
    C::Item: Send,
{
    let every = 8;
    let cycles = (KEPT * every).div_ceil(messages.len());
    let mut keep = Vec::with_capacity(cycles * messages.len() / every + 1);
    let mut holder = Some(ours);
    let held = allocation_counter::measure(|| {
        let mut all = std::mem::take(&mut keep);
        for _ in 0..cycles {
            let ours = holder.take().unwrap();
            ours.line.push(frames.clone());
            let (ours, kept) = task(runtime, ours.read(messages.len(), every, all));
            (holder, all) = (Some(ours), kept);
        }
        keep = all;
    });
    assert!(keep.len() >= KEPT);
    let inline = keep.len() * size_of::<C::Item>();
    let heap = usize::try_from(held.bytes_current.max(0)).unwrap();
    let sent: usize = (0..cycles).flat_map(|_| messages.iter().step_by(every)).map(String::len).sum();
    let each = |bytes: usize| u64::try_from(bytes * 1000 / keep.len()).unwrap();
    let line = Reported::new(
        format!("stream: memory of a kept message of {size}"),
        "its size on the wire",
        Unit::Bytes,
        each(heap + inline),
        Some(each(sent)),
    );
    bench.add(&line.goal(Goal::AtMost { ratio: 2000, stretch: None }));
    drop((keep, holder));
}

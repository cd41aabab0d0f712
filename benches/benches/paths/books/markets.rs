//! What each venue says of a book: how it takes subscriptions, what it pushes, what it answers.

use serde_json::Value;
use venue_benches::{Random, joined};
use venue_core::Decimal;

use super::Opening;
use crate::pusher::Heard;

/// Levels a side.
const LEVELS: usize = 50;
/// Levels a side that a push changes.
const CHANGED: usize = 5;
/// Where the venues' counts of updates stand at first.
const FIRST: u64 = 1000;
const TIME: u64 = 1_700_000_000_000;

/// A venue, as far as its books go. A topic is what the venue was asked for.
pub(super) struct Market {
    /// What a text of the client means.
    pub(super) hear: fn(&str) -> Heard,
    /// The push of this number, from 1.
    pub(super) push: fn(&str, u64, &mut Random) -> String,
    /// The answer to a request for the whole book of a symbol.
    pub(super) snapshot: fn(&str) -> String,
    upper: bool,
}

impl Market {
    /// The name of a symbol.
    pub(super) fn symbol(&self, number: usize) -> String {
        if self.upper { format!("S{number}USDT") } else { format!("s{number}_usdt") }
    }
}

pub(super) fn each(opening: &mut Opening<'_>) {
    let none = |_: &str| -> String { unreachable!("its books begin with a push") };
    let market = |hear, push, snapshot| Market { hear, push, snapshot, upper: false };
    opening.venue(
        hashkey_api::HashKey::new(),
        Market { upper: true, ..market(hear_hashkey, push_hashkey, snapshot_hashkey) },
        hashkey_api::feed::DepthV2::of,
    );
    opening.venue(
        bitmart_futures::BitMart::new(),
        Market { upper: true, ..market(hear_bitmart, push_bitmart, none) },
        |symbol| bitmart_futures::feed::DepthIncrease::of(symbol).levels(bitmart_futures::DepthLevels::Fifty),
    );
    opening.venue(
        wex_spot::WexSpot::new(),
        market(hear_wex, push_wex_spot, snapshot_wex_spot),
        wex_spot::feed::DepthUpdate::of,
    );
    opening.venue(
        wex_futures::WexFutures::usdt_m(),
        market(hear_wex, push_wex_futures, snapshot_wex_futures),
        wex_futures::feed::DepthUpdate::of,
    );
    opening.venue(hibt_api::Hibt::new(), market(hear_hibt, push_hibt, none), |symbol| {
        hibt_api::feed::Depth::of(symbol, hibt_api::DepthLevels::Twenty)
    });
    opening.venue(pumpkin_futures::Pumpkin::new(), market(hear_pumpkin, push_pumpkin, none), |symbol| {
        pumpkin_futures::feed::Depth::of(symbol, 50)
    });
}

/// A price so many ticks from the middle.
fn price(is_bid: bool, ticks: usize) -> Decimal {
    let ticks = i64::try_from(ticks).unwrap() + 1;
    Decimal::new(if is_bid { 640_000 - ticks } else { 640_000 + ticks }, 1)
}

/// A whole side.
fn side(is_bid: bool, count: usize, size: u64, level: impl Fn(Decimal, u64) -> String) -> String {
    joined(count, |at| level(price(is_bid, at), size + u64::try_from(at).unwrap()))
}

/// Some levels of a side with new sizes; none is removed, so that books stay as large as they are.
fn changes(is_bid: bool, random: &mut Random, level: impl Fn(Decimal, u64) -> String) -> String {
    let mut at = 0;
    joined(CHANGED, |_| {
        at += 1 + usize::try_from(random.below(4)).unwrap();
        level(price(is_bid, at), random.below(1_000_000) + 1)
    })
}

fn pair(price: Decimal, size: u64) -> String {
    format!(r#"["{price}","{size}"]"#)
}

fn flat(price: Decimal, size: u64) -> String {
    format!(r#""{price}","{size}""#)
}

fn named(price: Decimal, size: u64) -> String {
    format!(r#"{{"price":"{price}","vol":"{size}"}}"#)
}

fn both(level: fn(Decimal, u64) -> String, count: usize, size: u64) -> (String, String) {
    (side(true, count, size, level), side(false, count, size, level))
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(|text| Some(text.as_str()?.to_owned())).collect()
}

fn answered(answer: impl Into<String>) -> Heard {
    Heard { answers: vec![answer.into()], topics: Vec::new() }
}

fn hear_hashkey(text: &str) -> Heard {
    let asked = parse(text);
    if asked["ping"].is_number() {
        return answered(format!(r#"{{"pong":{}}}"#, asked["ping"]));
    }
    let symbol = asked["params"]["symbol"].as_str().unwrap().to_owned();
    let answer = format!(
        r#"{{"topic":"depth","event":"sub","params":{{"symbol":"{symbol}"}},"code":"0","msg":"Success"}}"#
    );
    Heard { answers: vec![answer], topics: vec![symbol] }
}

fn push_hashkey(symbol: &str, number: u64, random: &mut Random) -> String {
    let (bids, asks) = both(pair, LEVELS, random.below(1_000_000) + 1);
    let (time, version) = (TIME + number, FIRST + number);
    format!(
        r#"{{"topic":"depth","params":{{"symbol":"{symbol}"}},"data":{{"s":"{symbol}","t":{time},"v":"{version}_18","b":[{bids}],"a":[{asks}]}}}}"#
    )
}

fn snapshot_hashkey(_: &str) -> String {
    let (bids, asks) = both(pair, LEVELS, 1);
    format!(r#"{{"t":{TIME},"b":[{bids}],"a":[{asks}]}}"#)
}

fn hear_bitmart(text: &str) -> Heard {
    let mut heard = crate::stream::hear(text);
    let (bids, asks) = both(named, LEVELS, 1);
    heard.answers.extend(heard.topics.iter().map(|topic| {
        let symbol = topic.rsplit(':').next().unwrap_or_default();
        format!(
            r#"{{"data":{{"symbol":"{symbol}","asks":[{asks}],"bids":[{bids}],"ms_t":{TIME},"version":{FIRST},"type":"snapshot"}},"group":"{topic}"}}"#
        )
    }));
    heard
}

fn push_bitmart(topic: &str, number: u64, random: &mut Random) -> String {
    let symbol = topic.rsplit(':').next().unwrap_or_default();
    let (bids, asks) = (changes(true, random, named), changes(false, random, named));
    let (time, version) = (TIME + number, FIRST + number);
    format!(
        r#"{{"data":{{"symbol":"{symbol}","asks":[{asks}],"bids":[{bids}],"ms_t":{time},"version":{version},"type":"update"}},"group":"{topic}"}}"#
    )
}

/// Spot and futures take requests alike.
fn hear_wex(text: &str) -> Heard {
    if text.trim_matches('"') == "ping" {
        return answered("pong");
    }
    let asked = parse(text);
    let topics = texts(&asked["params"]);
    Heard { answers: vec![format!(r#"{{"id":{},"code":0,"msg":"success"}}"#, asked["id"])], topics }
}

fn push_wex_spot(topic: &str, number: u64, random: &mut Random) -> String {
    let symbol = topic.split('@').nth(1).unwrap_or_default();
    let (bids, asks) = (changes(true, random, pair), changes(false, random, pair));
    let id = FIRST + number;
    format!(
        r#"{{"topic":"depth_update","event":"{topic}","data":{{"s":"{symbol}","fi":{id},"i":{id},"a":[{asks}],"b":[{bids}]}}}}"#
    )
}

fn snapshot_wex_spot(_: &str) -> String {
    let (bids, asks) = both(pair, LEVELS, 1);
    format!(
        r#"{{"rc":0,"mc":"SUCCESS","ma":[],"result":{{"timestamp":{TIME},"lastUpdateId":{FIRST},"bids":[{bids}],"asks":[{asks}]}}}}"#
    )
}

fn push_wex_futures(topic: &str, number: u64, random: &mut Random) -> String {
    let symbol = topic.split('@').nth(1).unwrap_or_default();
    let (bids, asks) = (changes(true, random, pair), changes(false, random, pair));
    let (before, id, time) = (FIRST + number - 1, FIRST + number, TIME + number);
    format!(
        r#"{{"topic":"depth_update","event":"{topic}","data":{{"s":"{symbol}","pu":{before},"fu":{id},"u":{id},"a":[{asks}],"b":[{bids}],"t":{time}}}}}"#
    )
}

fn snapshot_wex_futures(symbol: &str) -> String {
    let (bids, asks) = both(pair, LEVELS, 1);
    format!(
        r#"{{"error":{{"code":"","msg":""}},"msgInfo":"","result":{{"a":[{asks}],"b":[{bids}],"s":"{symbol}","t":{TIME},"u":{FIRST}}},"returnCode":0}}"#
    )
}

fn hear_hibt(text: &str) -> Heard {
    let asked = parse(text);
    let topic = asked["topic"].as_str().unwrap().to_owned();
    if asked["event"] != "sub" {
        return Heard::default();
    }
    let ack = format!(r#"{{"type":"sub","data":{{"topic":"{topic}","status":"ok"}}}}"#);
    let whole = push_hibt(&topic, 0, &mut Random::of(1));
    Heard { answers: vec![ack, whole], topics: vec![topic] }
}

fn push_hibt(topic: &str, number: u64, random: &mut Random) -> String {
    let symbol = topic.split('.').next().unwrap_or_default();
    let (bids, asks) = both(flat, 20, random.below(1_000_000) + 1);
    let time = TIME + number;
    format!(
        r#"{{"type":"{topic}","ts":{time},"data":{{"symbol":"{symbol}","asks":[{asks}],"bids":[{bids}]}}}}"#
    )
}

fn hear_pumpkin(text: &str) -> Heard {
    if text == "ping" {
        return answered("pong");
    }
    let topics = texts(&parse(text)["events"]);
    let (bids, asks) = both(pair, LEVELS, 1);
    let mut answers = vec![r#"{"code":0,"msg":"success"}"#.to_owned()];
    answers.extend(topics.iter().map(|topic| {
        let symbol = pumpkin_symbol(topic);
        format!(r#"{{"e":"depth","s":"{symbol}","U":{FIRST},"u":{FIRST},"b":[{bids}],"a":[{asks}]}}"#)
    }));
    Heard { answers, topics }
}

fn pumpkin_symbol(topic: &str) -> &str {
    topic.split(['@', ',']).nth(1).unwrap_or_default()
}

fn push_pumpkin(topic: &str, number: u64, random: &mut Random) -> String {
    let (bids, asks) = (changes(true, random, pair), changes(false, random, pair));
    let (symbol, id) = (pumpkin_symbol(topic), FIRST + number);
    format!(r#"{{"e":"depth.update","s":"{symbol}","U":{id},"u":{id},"b":[{bids}],"a":[{asks}]}}"#)
}

//! A subscription to market data.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write as _;

use tokio_tungstenite::tungstenite::Message;

use super::quotes;
use super::words::{Request, Wrong};
use super::{Version, talk};
use crate::dialect::Json;
use crate::dialect::book::Shown;
use crate::dialect::seen::Seen;
use crate::engine::{Engine, InstrumentId, PublicTrade, Tape};
use crate::json::{list, quote, write};
use crate::manner::Manner;
use crate::ws::{Outbox, Scene, next_beat};

/// Documented: trades that a first push of the first version carries.
const LATEST: usize = 60;
/// Levels of a book, and how many may be asked for.
const LEVELS: usize = 100;
const MOST_LEVELS: usize = 200;

const INTERVALS: [&str; 14] =
    ["1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "1w", "1M"];

/// What is subscribed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Topic {
    Kline(String),
    Realtimes,
    Trade,
    Depth(usize),
    Bbo,
    /// Undocumented, as the two below.
    DiffDepth(usize),
    Mark,
    Index,
}

impl Topic {
    pub(super) fn read(version: Version, request: &Request) -> Result<Self, Wrong> {
        let name = request.text("topic").ok_or(Wrong::NO_TOPIC)?;
        let levels = || {
            let wish = request.param("limit").and_then(|limit| limit.parse().ok());
            wish.unwrap_or(LEVELS).clamp(1, MOST_LEVELS)
        };
        let interval = |name: Option<&str>| {
            let known = INTERVALS.into_iter().find(|known| Some(*known) == name);
            known.map(|known| Self::Kline(known.to_owned())).ok_or(Wrong::PERIOD)
        };
        match (version, name.as_str()) {
            (_, "realtimes") => Ok(Self::Realtimes),
            (_, "trade") => Ok(Self::Trade),
            (Version::V1, "depth") => Ok(Self::Depth(levels())),
            (Version::V2, "depth") => Ok(Self::Depth(LEVELS)),
            (Version::V2, "bbo") => Ok(Self::Bbo),
            (Version::V2, "kline") => interval(request.param("klineType").as_deref()),
            (Version::V1, "diffMergedDepth") => Ok(Self::DiffDepth(levels())),
            (Version::V1, "markPrice") => Ok(Self::Mark),
            (Version::V1, "index") => Ok(Self::Index),
            (Version::V1, name) => match name.strip_prefix("kline_") {
                Some(name) => interval(Some(name)),
                None => Err(Wrong::TOPIC),
            },
            (Version::V2, _) => Err(Wrong::TOPIC),
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Kline(_) => "kline",
            Self::Realtimes => "realtimes",
            Self::Trade => "trade",
            Self::Depth(_) => "depth",
            Self::Bbo => "bbo",
            Self::DiffDepth(_) => "diffMergedDepth",
            Self::Mark => "markPrice",
            Self::Index => "index",
        }
    }

    /// The name of a subscription, for scripts and counters.
    pub(super) fn key(&self, version: Version, symbol: &str) -> String {
        let version = if version == Version::V1 { "v1" } else { "v2" };
        match self {
            Self::Kline(interval) => format!("{version}/kline_{interval}:{symbol}"),
            _ => format!("{version}/{}:{symbol}", self.name()),
        }
    }

    /// How often it is pushed; at once when there is nothing here. The undocumented ones have no documented speed.
    fn every_ms(&self, version: Version) -> Option<i64> {
        match (version, self) {
            (Version::V1, Self::Realtimes) => Some(500),
            (Version::V1, Self::Mark | Self::Index) => Some(1000),
            (Version::V1, _) => Some(300),
            (Version::V2, Self::Depth(_)) => Some(100),
            (Version::V2, _) => None,
        }
    }
}

/// A subscription in force.
#[derive(Debug)]
pub(super) struct Sub {
    version: Version,
    manner: Manner,
    topic: Topic,
    id: InstrumentId,
    symbol: String,
    /// The connection's number, which books of the first version carry.
    channel: String,
    request: Option<Json>,
    params: Json,
    is_zipped: bool,
    is_first: bool,
    due_ms: Option<i64>,
    last: String,
    shown: Shown,
    /// Deltas so far.
    deltas: u64,
    trades: Vec<PublicTrade>,
}

impl Sub {
    pub(super) fn new(
        talk: &talk::Talk,
        topic: Topic,
        (id, symbol): (InstrumentId, &str),
        request: &Request,
    ) -> Self {
        let (version, manner) = (talk.version, talk.manner);
        let is_zipped = version == Version::V1 && request.param("binary").as_deref() == Some("true");
        let mut params = match version {
            Version::V1 => vec![("realtimeInterval", quote("24h"))],
            Version::V2 => vec![("symbol", quote(symbol))],
        };
        if let Topic::Kline(interval) = &topic {
            params.push(("klineType", quote(interval)));
        }
        if version == Version::V1 {
            for name in ["limit", "dumpScale"] {
                params.extend(request.param(name).map(|value| (name, quote(&value))));
            }
            params.push(("binary", quote(if is_zipped { "true" } else { "false" })));
        }
        Self {
            version,
            manner,
            topic,
            id,
            symbol: symbol.to_owned(),
            channel: talk.channel.clone(),
            // Undocumented, but seen.
            request: request.id().filter(|_| manner != Manner::Documented).map(str::to_owned),
            params: write(&params),
            is_zipped,
            is_first: true,
            due_ms: None,
            last: String::new(),
            shown: Shown::default(),
            deltas: 0,
            trades: Vec::new(),
        }
    }

    pub(super) fn due_ms(&self) -> Option<i64> {
        self.due_ms
    }

    /// What there is at the beginning: the first version pushes it, the second waits for a change.
    pub(super) fn begin(&mut self, scene: &Scene<'_>, key: &str, out: &mut Outbox) {
        let engine = &scene.state.engine;
        match self.version {
            Version::V1 => {
                let tape = engine.tape(self.id).into_iter().flat_map(Tape::trades);
                self.trades = tape.rev().take(LATEST).copied().collect();
                self.trades.reverse();
                self.show(scene, key, out);
            }
            Version::V2 => match self.topic {
                Topic::Depth(levels) => self.shown = Shown::of(engine, self.id, levels),
                Topic::Bbo => self.last = write(&quotes::bbo(engine, self.id)),
                Topic::Realtimes => {
                    self.last = write(&quotes::realtimes(engine, self.id, scene.now_ms, self.version));
                }
                _ => {}
            },
        }
    }

    /// Something happened: it is shown now, or with the next beat.
    pub(super) fn news(&mut self, scene: &Scene<'_>, key: &str, seen: &Seen, out: &mut Outbox) {
        let concerns = match self.topic {
            Topic::Kline(_) | Topic::Trade => seen.traded(self.id),
            _ => seen.traded(self.id) || seen.book(self.id),
        };
        if !concerns {
            return;
        }
        if self.topic == Topic::Trade {
            self.trades.extend_from_slice(seen.trades(self.id));
        }
        match self.topic.every_ms(self.version) {
            Some(every_ms) => self.due_ms = self.due_ms.or(Some(next_beat(scene.uptime_ms, every_ms))),
            None => self.show(scene, key, out),
        }
    }

    pub(super) fn time(&mut self, scene: &Scene<'_>, key: &str, out: &mut Outbox) {
        if self.due_ms.is_some_and(|due_ms| due_ms <= scene.uptime_ms) {
            self.due_ms = None;
            self.show(scene, key, out);
        }
    }

    fn show(&mut self, scene: &Scene<'_>, key: &str, out: &mut Outbox) {
        let (engine, id, now_ms) = (&scene.state.engine, self.id, scene.now_ms);
        let stamped = |mut members: Vec<(&'static str, Json)>, at: usize, name: &'static str| {
            members.insert(at.min(members.len()), (name, now_ms.to_string()));
            write(&members)
        };
        let rows = match &self.topic {
            Topic::Kline(interval) => vec![quotes::kline(engine, id, interval, now_ms, self.version)],
            Topic::Trade => std::mem::take(&mut self.trades).iter().map(quotes::trade).collect(),
            Topic::Realtimes => {
                let members = quotes::realtimes(engine, id, now_ms, self.version);
                if !self.changes(write(&members)) {
                    return;
                }
                vec![stamped(members, 0, "t")]
            }
            Topic::Bbo => {
                let mut members = quotes::bbo(engine, id);
                if !self.changes(write(&members)) {
                    return;
                }
                if self.manner == Manner::Observed {
                    members.push(("v", quotes::number(engine, id)));
                }
                vec![stamped(members, usize::MAX, "t")]
            }
            Topic::Mark => {
                let members = quotes::mark(engine, id);
                if !self.changes(write(&members)) {
                    return;
                }
                vec![stamped(members, usize::MAX, "time")]
            }
            Topic::Index => {
                let row = quotes::index(engine, id);
                if !self.changes(row.clone()) {
                    return;
                }
                vec![row]
            }
            Topic::Depth(levels) | Topic::DiffDepth(levels) => {
                let Some(row) = self.book(engine, *levels, now_ms) else { return };
                vec![row]
            }
        };
        match self.version {
            Version::V1 => {
                let data = list(rows);
                out.push(key, self.frame(&data, now_ms));
                self.is_first = false;
            }
            Version::V2 => {
                for row in rows {
                    let topic = quote(self.topic.name());
                    let members = [("topic", topic), ("params", self.params.clone()), ("data", row)];
                    out.push(key, Message::text(write(&members)));
                }
            }
        }
    }

    /// The book, or what changed of it; nothing when nothing did.
    fn book(&mut self, engine: &Engine, levels: usize, now_ms: i64) -> Option<Json> {
        let now = Shown::of(engine, self.id, levels);
        if now.looks_like(&self.shown) && !(self.version == Version::V1 && self.is_first) {
            return None;
        }
        let row = if matches!(self.topic, Topic::DiffDepth(_)) && !self.is_first {
            self.deltas += 1;
            quotes::book(&self.shown.changes_to(&now), engine, self.id, now_ms, self.version, self.deltas)
        } else {
            quotes::book(&now, engine, self.id, now_ms, self.version, 0)
        };
        self.shown = now;
        Some(row)
    }

    /// A frame of the first version.
    fn frame(&self, data: &str, now_ms: i64) -> Message {
        let mut members = vec![
            ("symbol", quote(&self.symbol)),
            ("symbolName", quote(&self.symbol)),
            ("topic", quote(self.topic.name())),
            ("params", self.params.clone()),
            ("data", data.to_owned()),
            ("f", self.is_first.to_string()),
            ("sendTime", now_ms.to_string()),
        ];
        if matches!(self.topic, Topic::Depth(_)) {
            members.push(("channelId", quote(&self.channel)));
        }
        members.push(("shared", "false".to_owned()));
        members.extend(self.request.clone().map(|id| ("id", id)));
        let text = write(&members);
        if self.is_zipped { Message::binary(zipped(&text)) } else { Message::text(text) }
    }

    fn changes(&mut self, data: String) -> bool {
        let is_new = self.last != data;
        self.last = data;
        is_new
    }
}

/// Compressed as gzip.
fn zipped(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    // Writing to memory can't fail.
    let _ = encoder.write_all(text.as_bytes());
    encoder.finish().unwrap_or_default()
}

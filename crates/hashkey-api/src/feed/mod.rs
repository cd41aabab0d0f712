//! The WebSocket channels: `Public Market Data Stream`, V1 and V2, and `User Data Stream` of the documentation.
//!
//! ```no_run
//! use hashkey_api::feed::{OrderUpdates, TradesV2};
//! use hashkey_api::{Client, Credentials, HashKey};
//! use venue_core::ws::Event;
//!
//! # async fn run() -> Result<(), hashkey_api::Error> {
//! let client = Client::builder(HashKey::new()).credentials(Credentials::new("key", "secret")).build()?;
//! let feed = client.feed().connect()?;
//! let mut orders = feed.subscribe(OrderUpdates::new());
//! let mut trades = feed.subscribe(TradesV2::of("BTCUSDT"));
//! while let Some(update) = trades.next().await {
//!     match update.event {
//!         Event::Data(push) => println!("{} at {}", push.data.qty, push.data.price),
//!         Event::Gap(gap) => println!("missing from here: {}", gap.reason),
//!         other => println!("{}", other.name()),
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Three lines. The two public ones have the same subjects: `v1` begins with a push of what there is and goes on
//! by a beat, `v2` pushes what changes as it changes and nothing before. The private one needs no subscription;
//! its address holds a listen key, which is made, renewed every 30 minutes and given back by the feed.

mod book;
mod frames;
mod inflate;
mod own;
mod push;
mod v1;
mod v2;

use std::borrow::Cow;
use std::time::Duration;

use venue_core::ws::{
    Acks, ChannelInfo, Channels, Command, Entry, Frame, Heartbeat, KeyCalls, KeyFuture, KeyLife, Line,
    Payload, Ping, Streams,
};
use venue_core::{AnyClient, Error, Invalid, Millis, Secret, Symbol};

pub use own::{AccountUpdate, AccountUpdates, BalanceUpdate, OrderUpdate, OrderUpdates, Ticket, Tickets};
pub use push::{
    BestPrices, BookVersion, Candle, DayTicker, PublicTrade, PushParams, PushV1, PushV2, PushedBook,
};
pub use v1::{
    DepthV1, DiffMergedDepth, Index, Indices, KlinesV1, MarkPrice, MarkPrices, RealtimesV1, TradesV1,
};
pub use v2::{Bbo, DepthV2, KlinesV2, RealtimesV2, TradesV2};

use crate::ListenKey;
use crate::rest::{CreateListenKey, DeleteListenKey, ResetListenKey, check_filled};
use crate::venue::HashKey;

/// The line of the first version's public channels.
pub const V1: &str = "v1";
/// The line of the second version's public channels.
pub const V2: &str = "v2";
/// The line of the account's own events.
pub const PRIVATE: &str = "private";

fn ping(now: Millis) -> String {
    format!(r#"{{"ping":{now}}}"#)
}

/// "The client is recommended to initiate a periodic heartbeat message every 10 seconds."
const EVERY: Duration = Duration::from_secs(10);

/// A frame subscribes to one topic. The acknowledgement isn't documented: the second version sends one, the
/// first version's is its first push.
const fn public(name: &'static str, url: &'static str) -> Line {
    Line::new(name, url)
        .heartbeat(Heartbeat::always(Ping::Stamped(ping), EVERY, EVERY))
        .acks(Acks::ByTopic)
        .frames(16 * 1024, 1)
}

/// The venue pings every 30 s here. Whether it answers a client's ping is documented by a sample only, so that
/// its own counts as a sign of life as well.
const fn private(url: &'static str) -> Line {
    const LIFE: KeyLife = KeyLife::renewed(Duration::from_secs(60 * 60), Duration::from_secs(30 * 60));
    Line::new(PRIVATE, url)
        .entry(Entry::Key(LIFE))
        .heartbeat(Heartbeat::always(Ping::Stamped(ping), EVERY, Duration::from_secs(35)))
        .frames(16 * 1024, 1)
}

static PRO: [Line; 3] = [
    public(V1, "wss://stream-pro.hashkey.com/quote/ws/v1")
        .sandbox("wss://stream-pro.sim.hashkeydev.com/quote/ws/v1"),
    public(V2, "wss://stream-pro.hashkey.com/quote/ws/v2")
        .sandbox("wss://stream-pro.sim.hashkeydev.com/quote/ws/v2"),
    private("wss://stream-pro.hashkey.com/api/v1/ws/{key}")
        .sandbox("wss://stream-pro.sim.hashkeydev.com/api/v1/ws/{key}"),
];

static GLOBAL: [Line; 3] = [
    public(V1, "wss://stream-glb.hashkey.com/quote/ws/v1"),
    public(V2, "wss://stream-glb.hashkey.com/quote/ws/v2"),
    private("wss://stream-glb.hashkey.com/api/v1/ws/{key}"),
];

/// All channels.
pub const CHANNELS: Channels = Channels::new(&[
    ChannelInfo::of::<KlinesV1>(),
    ChannelInfo::of::<RealtimesV1>(),
    ChannelInfo::of::<TradesV1>(),
    ChannelInfo::of_book::<DepthV1>(),
    ChannelInfo::of::<DiffMergedDepth>(),
    ChannelInfo::of::<MarkPrices>(),
    ChannelInfo::of::<Indices>(),
    ChannelInfo::of::<KlinesV2>(),
    ChannelInfo::of::<RealtimesV2>(),
    ChannelInfo::of::<TradesV2>(),
    ChannelInfo::of_book::<DepthV2>(),
    ChannelInfo::of::<Bbo>(),
    ChannelInfo::of::<AccountUpdates>(),
    ChannelInfo::of::<OrderUpdates>(),
    ChannelInfo::of::<Tickets>(),
])
.found_by(channel_of);

/// The channel whose pushes are known by a route.
fn channel_of(channels: &'static [ChannelInfo], _: &Line, route: &str) -> Option<&'static ChannelInfo> {
    let (line, name) = match route.split_once('/') {
        Some((line, rest)) => (line, rest.split_once(':')?.0),
        None => (PRIVATE, route),
    };
    let name = if name.starts_with("kline_") { "kline" } else { name };
    channels.iter().find(|channel| channel.spec.line == line && channel.spec.name == name)
}

impl Streams for HashKey {
    fn lines(&self) -> &'static [Line] {
        if self.is_pro() { &PRO } else { &GLOBAL }
    }

    fn command(&self, _: &Line, command: &Command<'_>) -> String {
        frames::command(command, self.its_site())
    }

    fn read<'a>(&self, _: &Line, payload: Payload<'a>) -> Frame<'a> {
        frames::read(payload)
    }

    fn glance<'a>(&self, _: &Line, payload: Payload<'a>) -> Option<Cow<'a, str>> {
        frames::glance(payload).map(Cow::Owned)
    }

    fn inflate(&self, _: &Line, bytes: &[u8]) -> Option<Result<String, Error>> {
        Some(inflate::open(bytes))
    }

    fn keys(&self, line: &Line) -> Option<KeyCalls> {
        (line.name == PRIVATE).then(|| KeyCalls::new(fetch).renew(renew).release(release))
    }
}

fn fetch(client: &AnyClient) -> KeyFuture<'_, Secret> {
    Box::pin(async {
        let created = client.send(CreateListenKey::new()).await?;
        Ok(Secret::new(created.listen_key.expose()))
    })
}

fn renew<'a>(client: &'a AnyClient, key: &'a Secret) -> KeyFuture<'a, ()> {
    Box::pin(async {
        client.send(ResetListenKey::new(ListenKey::new(key.expose()))).await?;
        Ok(())
    })
}

fn release<'a>(client: &'a AnyClient, key: &'a Secret) -> KeyFuture<'a, ()> {
    Box::pin(async {
        client.send(DeleteListenKey::new(ListenKey::new(key.expose()))).await?;
        Ok(())
    })
}

/// A pair's name. The first version may take several at once, by commas: their pushes would be of none of them.
fn check_symbol(symbol: &Symbol) -> Result<(), Invalid> {
    check_filled("symbol", symbol.as_str())?;
    if symbol.as_str().contains([',', ':']) {
        return Err(Invalid::new(format!("{symbol}: one symbol, please")));
    }
    Ok(())
}

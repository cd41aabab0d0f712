//! The WebSocket channels: `WebSocket Subscription` of the documentation.
//!
//! ```no_run
//! use bitmart_futures::feed::{Orders, Trades};
//! use bitmart_futures::{BitMart, Client};
//! use venue_core::ws::Event;
//!
//! # async fn run() -> Result<(), bitmart_futures::Error> {
//! let client = Client::builder(BitMart::new()).build()?;
//! let feed = client.feed().connect()?;
//! let mut trades = feed.subscribe(Trades::of("BTCUSDT"));
//! while let Some(update) = trades.next().await {
//!     match update.event {
//!         Event::Data(rows) => println!("{rows:?}"),
//!         Event::Gap(gap) => println!("missing from here: {}", gap.reason),
//!         other => println!("{}", other.name()),
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Public and private channels live on two hosts. A private connection logs in with a signed frame; then every
//! topic is acknowledged by name. The venue hangs up after 20 s without data, and on a connection that has not
//! subscribed within 5 s: the feed connects only when something is wanted.

mod account;
mod book;
mod frames;
mod market;

use std::borrow::Cow;
use std::time::Duration;

use venue_core::Rows;
use venue_core::serde::de::DeserializeOwned;
use venue_core::ws::{
    Acks, ChannelInfo, Channels, Command, Entry, Frame, Heartbeat, Line, Payload, Ping, Streams, Unreadable,
};

pub use account::{AssetPush, Assets, LastTrade, OrderPush, Orders, PositionPush, Positions, PushedOrder};
pub use book::{
    BookTicker, BookTickerPush, Depth, DepthAll, DepthAllPush, DepthIncrease, DepthIncreasePush, DepthLevel,
    DepthPush,
};
pub use market::{
    Candle, FundingRate, FundingRatePush, KlinePush, Klines, MarkPriceKlines, Ticker, TickerPush, TradePush,
    Trades,
};

use crate::venue::BitMart;

/// The line of the public channels.
pub const PUBLIC: &str = "public";
/// The line of the private channels.
pub const PRIVATE: &str = "private";

/// `{"action":"ping"}` rather than the text `ping`, which the documentation has as well: the live venue
/// answers the first, and calls the second an invalid message.
const HEARTBEAT: Heartbeat =
    Heartbeat::quiet(Ping::Text(r#"{"action":"ping"}"#), Duration::from_secs(10), Duration::from_secs(8));

const fn line(name: &'static str, url: &'static str) -> Line {
    Line::new(name, url)
        .heartbeat(HEARTBEAT)
        .acks(Acks::ByTopic)
        // "The total length of multiple channels cannot exceed 4096 bytes": the whole frame stays below it.
        .frames(4096, 100)
        .connections(500)
        .first_topic_within(Duration::from_secs(5))
}

static LINES: [Line; 2] = [
    line(PUBLIC, "wss://openapi-ws-v2.bitmart.com/api?protocol=1.1"),
    line(PRIVATE, "wss://openapi-ws-v2.bitmart.com/user?protocol=1.1").entry(Entry::Login),
];

/// All channels.
pub const CHANNELS: Channels = Channels::new(&[
    ChannelInfo::of::<Ticker>(),
    ChannelInfo::of::<FundingRate>(),
    ChannelInfo::of_book::<Depth>(),
    ChannelInfo::of_book::<DepthAll>(),
    ChannelInfo::of_book::<DepthIncrease>(),
    ChannelInfo::of::<BookTicker>(),
    ChannelInfo::of::<Trades>(),
    ChannelInfo::of::<Klines>(),
    ChannelInfo::of::<MarkPriceKlines>(),
    ChannelInfo::of::<Assets>(),
    ChannelInfo::of::<Positions>(),
    ChannelInfo::of::<Orders>(),
])
.found_by(channel_of);

/// The channel whose pushes are known by a route.
fn channel_of(channels: &'static [ChannelInfo], _: &Line, route: &str) -> Option<&'static ChannelInfo> {
    let name = route.strip_prefix("futures/")?.split([':', '@']).next()?;
    channels
        .iter()
        .filter(|channel| name.starts_with(channel.spec.name))
        .max_by_key(|channel| channel.spec.name.len())
}

impl Streams for BitMart {
    fn lines(&self) -> &'static [Line] {
        &LINES
    }

    fn command(&self, _: &Line, command: &Command<'_>) -> String {
        frames::command(command)
    }

    fn read<'a>(&self, _: &Line, payload: Payload<'a>) -> Frame<'a> {
        frames::read(payload)
    }

    fn glance<'a>(&self, _: &Line, payload: Payload<'a>) -> Option<Cow<'a, str>> {
        frames::glance(payload).map(Cow::Borrowed)
    }
}

/// The object of a push.
fn object<T: DeserializeOwned>(payload: Payload<'_>) -> Result<Option<T>, Unreadable> {
    payload.json::<frames::PushOne<T>>().map(|push| Some(push.data))
}

/// The rows of a push.
fn rows<T: DeserializeOwned>(payload: Payload<'_>) -> Result<Option<Rows<T>>, Unreadable> {
    payload.json::<frames::PushRows<T>>().map(|push| Some(push.data))
}

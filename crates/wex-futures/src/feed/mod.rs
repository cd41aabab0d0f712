//! The WebSocket channels: `Market Data Streams` and `User Data Streams` of the documentation.
//!
//! ```no_run
//! use venue_core::ws::Event;
//! use wex_futures::feed::{Orders, Trades};
//! use wex_futures::{Client, WexFutures};
//!
//! # async fn run() -> Result<(), wex_futures::Error> {
//! let client = Client::builder(WexFutures::usdt_m()).build()?;
//! let feed = client.feed().connect()?;
//! let mut trades = feed.subscribe(Trades::of("btc_usdt"));
//! while let Some(update) = trades.next().await {
//!     match update.event {
//!         Event::Data(trade) => println!("{trade:?}"),
//!         Event::Gap(gap) => println!("missing from here: {}", gap.reason),
//!         other => println!("{}", other.name()),
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Public and private channels have an address each, and both serve both products: the symbol says which is meant
//! (`btc_usdt`, `btc_usd`). A private topic ends in a listen key, which the feed gets by
//! [`GetListenKey`]; it lives for eight hours, and a new connection with a new key takes
//! over in time. Requests are answered by their id. The venue hangs up on a client that hasn't sent the text `ping`
//! for 30 s, whatever else flows.
//!
//! Push rates are documented ("1000ms", "60s"), but not that a channel pushes when nothing has changed. So no silence
//! counts as a fault by itself: who knows his market sets [`stale_after`](venue_core::ws::Subscribe::stale_after).

mod account;
mod book;
mod frames;
mod market;

use std::borrow::Cow;
use std::time::Duration;

use venue_core::serde::de::DeserializeOwned;
use venue_core::ws::{
    Acks, ChannelInfo, Channels, Command, Entry, Frame, Heartbeat, KeyCalls, KeyFuture, KeyLife, Line,
    Payload, Ping, Streams, Unreadable, check_symbol,
};
use venue_core::{AnyClient, Secret};

pub use account::{
    BalancePush, Balances, FillPush, Fills, Notifications, NotifyPush, OrderPush, Orders, PositionPush,
    Positions,
};
pub use book::{Depth, DepthPush, DepthUpdate, DepthUpdatePush};
pub use market::{
    AggTicker, AggTickerPush, FundRate, FundRatePush, IndexPrice, KlinePush, Klines, MarkPrice, PricePush,
    TradePush, Trades,
};

use crate::rest::GetListenKey;
use crate::venue::WexFutures;

/// The line of the public channels.
pub const MARKET: &str = "market";
/// The line of the private channels.
pub const USER: &str = "user";

/// A ping is due within 30 s, whatever else flows: twice in that time.
const HEARTBEAT: Heartbeat =
    Heartbeat::always(Ping::Text("ping"), Duration::from_secs(15), Duration::from_secs(10));

/// Eight hours, and no call that extends them: a new connection takes over before.
const KEY: KeyLife = KeyLife::fixed(Duration::from_secs(8 * 60 * 60));

/// No limits of frames, topics or connections are documented: those of a [`Line`] are assumed.
const fn line(name: &'static str, url: &'static str) -> Line {
    // Some refusals have no id: those are taken for the oldest request's.
    Line::new(name, url).heartbeat(HEARTBEAT).acks(Acks::InOrder)
}

static LINES: [Line; 2] = [
    line(MARKET, "wss://fstream.wexex.io/ws/market"),
    line(USER, "wss://fstream.wexex.io/ws/user").entry(Entry::Key(KEY)),
];

/// All channels.
pub const CHANNELS: Channels = Channels::new(&[
    ChannelInfo::of::<Trades>(),
    ChannelInfo::of::<Klines>(),
    ChannelInfo::of::<AggTicker>(),
    ChannelInfo::of::<IndexPrice>(),
    ChannelInfo::of::<MarkPrice>(),
    ChannelInfo::of_book::<DepthUpdate>(),
    ChannelInfo::of_book::<Depth>(),
    ChannelInfo::of::<FundRate>(),
    ChannelInfo::of::<Balances>(),
    ChannelInfo::of::<Positions>(),
    ChannelInfo::of::<Fills>(),
    ChannelInfo::of::<Orders>(),
    ChannelInfo::of::<Notifications>(),
]);

impl Streams for WexFutures {
    fn lines(&self) -> &'static [Line] {
        &LINES
    }

    fn command(&self, _: &Line, command: &Command<'_>) -> String {
        frames::command(command)
    }

    fn read<'a>(&self, line: &Line, payload: Payload<'a>) -> Frame<'a> {
        frames::read(payload, line.is_private())
    }

    fn glance<'a>(&self, line: &Line, payload: Payload<'a>) -> Option<Cow<'a, str>> {
        frames::glance(payload, line.is_private()).map(Cow::Borrowed)
    }

    fn keys(&self, line: &Line) -> Option<KeyCalls> {
        (line.name == USER).then_some(KeyCalls::new(listen_key))
    }
}

/// Gets a listen key.
fn listen_key(client: &AnyClient) -> KeyFuture<'_, Secret> {
    Box::pin(async move {
        let key = client.send(GetListenKey::new()).await?;
        Ok(Secret::new(key.expose()))
    })
}

/// The data of a push.
fn data<T: DeserializeOwned>(payload: Payload<'_>) -> Result<Option<T>, Unreadable> {
    payload.json::<frames::Push<T>>().map(|push| Some(push.data))
}

//! The WebSocket channels: `WEBSOCKET(public)` and `WEBSOCKET(private)` of the documentation.
//!
//! ```no_run
//! use venue_core::ws::Event;
//! use wex_spot::feed::{Orders, Trades};
//! use wex_spot::{Client, WexSpot};
//!
//! # async fn run() -> Result<(), wex_spot::Error> {
//! let client = Client::builder(WexSpot::new()).build()?;
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
//! Public and private channels have an address each. The private one takes no login: every request on it carries
//! a token as `listenKey`, which the feed gets by [`GetWsToken`]. Requests are answered by
//! their id; pushes repeat the text that was subscribed. The venue hangs up on a client that hasn't sent the text
//! `ping` for a minute.
//!
//! A rate is documented for most channels ("1000ms"), but not that a channel pushes when nothing has changed. So no
//! silence counts as a fault by itself: who knows his market sets
//! [`stale_after`](venue_core::ws::Subscribe::stale_after).

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

pub use account::{BalancePush, Balances, FillPush, Fills, OrderPush, Orders};
pub use book::{Depth, DepthPush, DepthUpdate, DepthUpdatePush};
pub use market::{KlinePush, Klines, Ticker, Tickers, TradePush, Trades};

use crate::rest::GetWsToken;
use crate::venue::WexSpot;

/// The line of the public channels.
pub const PUBLIC: &str = "public";
/// The line of the private channels.
pub const PRIVATE: &str = "private";

/// A ping is due within a minute, whatever else flows.
const HEARTBEAT: Heartbeat =
    Heartbeat::always(Ping::Text("ping"), Duration::from_secs(20), Duration::from_secs(10));

/// Asking for the token again "resets the validity"; whether the old text stays good is not said. So it isn't
/// renewed in place: a new connection takes over before the two days are up.
const TOKEN: KeyLife = KeyLife::fixed(Duration::from_secs(2 * 24 * 60 * 60));

/// No limits of frames, topics or connections are documented: those of a [`Line`] are assumed.
const fn line(name: &'static str, url: &'static str) -> Line {
    // Some documented answers have no id: those are taken for the oldest request's.
    Line::new(name, url).heartbeat(HEARTBEAT).acks(Acks::InOrder)
}

static LINES: [Line; 2] = [
    line(PUBLIC, "wss://stream.wexex.io/public"),
    line(PRIVATE, "wss://stream.wexex.io/private").entry(Entry::Key(TOKEN)),
];

/// All channels.
pub const CHANNELS: Channels = Channels::new(&[
    ChannelInfo::of::<Trades>(),
    ChannelInfo::of::<Klines>(),
    ChannelInfo::of_book::<Depth>(),
    ChannelInfo::of_book::<DepthUpdate>(),
    ChannelInfo::of::<Ticker>(),
    ChannelInfo::of::<Tickers>(),
    ChannelInfo::of::<Balances>(),
    ChannelInfo::of::<Orders>(),
    ChannelInfo::of::<Fills>(),
]);

impl Streams for WexSpot {
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

    fn keys(&self, line: &Line) -> Option<KeyCalls> {
        (line.name == PRIVATE).then_some(KeyCalls::new(token))
    }
}

/// Gets a token; the ledger keeps calls ten seconds apart.
fn token(client: &AnyClient) -> KeyFuture<'_, Secret> {
    Box::pin(async move {
        let token = client.send(GetWsToken::new()).await?;
        Ok(Secret::new(token.access_token.expose()))
    })
}

/// The data of a push.
fn data<T: DeserializeOwned>(payload: Payload<'_>) -> Result<Option<T>, Unreadable> {
    payload.json::<frames::Push<T>>().map(|push| Some(push.data))
}

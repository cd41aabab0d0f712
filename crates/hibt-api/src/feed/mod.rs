//! The WebSocket channels: `Contract WebSocket API` of the documentation.
//!
//! ```no_run
//! use hibt_api::feed::Depth;
//! use hibt_api::{Client, DepthLevels, Hibt};
//! use venue_core::ws::Event;
//!
//! # async fn run() -> Result<(), hibt_api::Error> {
//! let client = Client::builder(Hibt::new()).build()?;
//! let feed = client.feed().connect()?;
//! let mut depth = feed.subscribe(Depth::of("btc_usdt", DepthLevels::Five));
//! while let Some(update) = depth.next().await {
//!     match update.event {
//!         Event::Data(push) => println!("{:?} {:?}", push.ts, push.data.bids.first()),
//!         Event::Stale { silent } => println!("nothing for {silent:?}: is there such a contract?"),
//!         other => println!("{}", other.name()),
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The venue confirms topics that don't exist, and then says nothing on them. So symbols and numbers of levels
//! are checked before they are sent, and a public channel that says nothing for long is
//! [`Stale`](venue_core::ws::Event::Stale). What is called long is assumed: no rate is documented.

mod account;
mod check;
mod flat;
mod frames;
mod market;

use std::borrow::Cow;
use std::time::Duration;

use venue_core::ws::{
    Acks, ChannelInfo, Channels, Command, Entry, Frame, Heartbeat, Line, Payload, Ping, Streams,
};

pub use account::{Balance, ConditionalOrders, Orders, Positions};
pub use flat::{Flat, FlatRow};
pub use frames::Push;
pub use market::{CandlePush, Candles, Depth, DepthPush, Index, IndexPush, Ticker, TradePush, Trades};

use crate::venue::Hibt;

/// The line of the public channels.
pub const PUBLIC: &str = "public";
/// The line of the private channels: the same address, after a login.
pub const PRIVATE: &str = "private";

/// No heartbeat is documented, and a text frame without `event` has been seen to end the connection: the
/// protocol's own ping it is. The venue has been seen to send such pings too, about every 54 s.
const HEARTBEAT: Heartbeat =
    Heartbeat::quiet(Ping::Protocol, Duration::from_secs(20), Duration::from_secs(10));

/// What may be sent is not documented either, but that a frame names one topic. The rest is assumed.
const fn line(name: &'static str) -> Line {
    Line::new(name, "wss://fapi.hibt0.com/v2/ws")
        .heartbeat(HEARTBEAT)
        // An "ok" names its topic. A refusal may name nothing, and can then only be told by its order.
        .acks(Acks::InOrder)
        .frames(1024, 1)
        .topics(100)
        .connections(20)
        .pace(20, Duration::from_secs(1))
}

static LINES: [Line; 2] = [line(PUBLIC), line(PRIVATE).entry(Entry::Login)];

/// All channels.
pub const CHANNELS: Channels = Channels::new(&[
    ChannelInfo::of_book::<Depth>(),
    ChannelInfo::of::<Ticker>(),
    ChannelInfo::of::<Index>(),
    ChannelInfo::of::<Trades>(),
    ChannelInfo::of::<Candles>(),
    ChannelInfo::of::<ConditionalOrders>(),
    ChannelInfo::of::<Positions>(),
    ChannelInfo::of::<Orders>(),
    ChannelInfo::of::<Balance>(),
])
.found_by(channel_of);

/// The channel whose pushes are known by a route.
fn channel_of(channels: &'static [ChannelInfo], _: &Line, route: &str) -> Option<&'static ChannelInfo> {
    let name = match route.split_once('.')? {
        ("user", _) => route,
        (_, levels) if levels.ends_with("deep") => "depth",
        (_, rest) => rest.split('.').next()?,
    };
    channels.iter().find(|channel| channel.spec.name == name)
}

impl Streams for Hibt {
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

//! The WebSocket channels: `WebSocket API Documentation` of the documentation.
//!
//! ```no_run
//! use pumpkin_futures::feed::Trades;
//! use pumpkin_futures::{Client, Pumpkin};
//! use venue_core::ws::Event;
//!
//! # async fn run() -> Result<(), pumpkin_futures::Error> {
//! let client = Client::builder(Pumpkin::new()).build()?;
//! // No host is documented: say where it is.
//! let feed = client.feed().base("wss://stream.example.com/path").connect()?;
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
//! There is one public line; its address isn't documented, and without
//! [`FeedBuilder::base`](venue_core::ws::FeedBuilder::base) every subscription is refused. A listen key can be had
//! by REST ([`GetListenKey`](crate::rest::GetListenKey)), but how it would be used, and for which topics, isn't
//! documented, so that there is no private line.
//!
//! Pushes come as JSON, or as protocol buffers without an envelope; how one chooses isn't documented, and both
//! are read. Answers say neither which request nor which topic they are about: they are taken in order.

mod book;
mod frames;
mod market;
mod proto;

use std::borrow::Cow;
use std::time::Duration;

use venue_core::ws::{Acks, ChannelInfo, Channels, Command, Frame, Heartbeat, Line, Payload, Ping, Streams};
use venue_core::{Error, Invalid};

pub use book::{Depth, DepthPush};
pub use market::{KlinePush, Klines, TradePush, Trades};

use crate::venue::Pumpkin;

/// The line of the public channels.
pub const PUBLIC: &str = "public";

/// `ping` every 3 s as in the documented client, whatever flows. How long the venue waits for one isn't
/// documented, nor how soon it answers: three that aren't answered are assumed to be enough.
const HEARTBEAT: Heartbeat =
    Heartbeat::always(Ping::Text("ping"), Duration::from_secs(3), Duration::from_secs(9));

static LINES: [Line; 1] = [Line::new(PUBLIC, "")
    .heartbeat(HEARTBEAT)
    .acks(Acks::InOrder)
    // There are limits on subscriptions (40003) and on requests (40006), without numbers: all of these are assumed.
    .frames(4096, 50)
    .topics(100)
    .connections(20)
    .pace(5, Duration::from_secs(1))];

/// All channels.
pub const CHANNELS: Channels = Channels::new(&[
    ChannelInfo::of::<Klines>(),
    ChannelInfo::of::<Trades>(),
    ChannelInfo::of_book::<Depth>(),
])
.found_by(channel_of);

/// The channel whose pushes are known by a route.
fn channel_of(channels: &'static [ChannelInfo], _: &Line, route: &str) -> Option<&'static ChannelInfo> {
    let (name, _) = route.split_once('@')?;
    channels.iter().find(|channel| channel.spec.name == name)
}

impl Streams for Pumpkin {
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
        frames::glance(payload).map(Cow::Owned)
    }

    /// JSON may come in binary frames: nothing is compressed, but they aren't protocol buffers either.
    fn inflate(&self, _: &Line, bytes: &[u8]) -> Option<Result<String, Error>> {
        frames::as_text(bytes).map(Ok)
    }
}

/// A name that can't change the topic that it stands in.
fn check(name: &str, text: &str) -> Result<(), Invalid> {
    if text.is_empty() {
        return Err(Invalid::new(format!("{name} is empty")));
    }
    match text.contains([',', '@']) {
        true => Err(Invalid::new(format!("{name}: {text:?} would be read as more than a name"))),
        false => Ok(()),
    }
}

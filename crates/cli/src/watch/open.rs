//! From VENUE, CHANNEL and SYMBOLs to streams.

use std::sync::Arc;

use serde_json::{Map, Value};
use tokio::sync::mpsc;
use venue_core::http::Roots;
use venue_core::ws::{AnyFeed, ChannelInfo, Channels, Overflow};
use venue_core::{AnyClient, Invalid, Source};
use venue_sim::Sim;

use super::{DEPTH, Item, What};
use crate::args::Watch;
use crate::call::{credentials, simulate};
use crate::secrets::{self, Flags};
use crate::stop::{Done, Stop};
use crate::venues::{self, Row};

pub(super) struct Opened {
    pub(super) feed: AnyFeed,
    pub(super) channel: String,
    pub(super) items: mpsc::Receiver<Item>,
    /// Runs as long as it is held.
    pub(super) sim: Option<Sim>,
}

/// Items that wait to be shown.
const WAITING: usize = 1024;

pub(super) async fn open(args: &Watch) -> Result<Opened, Stop> {
    let row = venues::row(args.venue);
    let none = || Stop::usage(format_args!("{} has no streams", args.venue));
    row.venue.streams().ok_or_else(none)?;
    let info = channel(row.channels, &args.channel, args.venue.id())?;
    let symbols = symbols(&info, &args.symbols)?;
    // Asked for before anything is started, so that a mistake is one of usage.
    let mut texts = Vec::new();
    for symbol in &symbols {
        texts.push(parameters(&info, symbol.as_deref(), &args.set)?);
    }
    let (client, base, sim) = client(args, &row).await?;
    let mut builder = client.feed();
    if let Some(base) = base {
        builder = builder.base(base);
    }
    let feed = builder.connect_any().map_err(Stop::Usage)?;
    let (sender, items) = mpsc::channel(WAITING);
    for (symbol, text) in symbols.into_iter().zip(texts) {
        let mut source = Source::parse(&text)?;
        let symbol = symbol.unwrap_or_default();
        if info.has_book() && !args.pushes {
            let book = feed.book(&info, &mut source)?;
            tokio::spawn(books(book, symbol, sender.clone()));
        } else {
            let stream = feed.subscribe(info.build(&mut source)?, Overflow::DropOldest(WAITING));
            tokio::spawn(pushes(stream, symbol, sender.clone()));
        }
    }
    Ok(Opened { feed, channel: info.spec.name.to_owned(), items, sim })
}

async fn pushes(
    mut stream: venue_core::ws::Subscription<venue_core::ws::DecodedPush>,
    symbol: String,
    sender: mpsc::Sender<Item>,
) {
    while let Some(update) = stream.next().await {
        if sender.send(Item { symbol: symbol.clone(), what: What::Push(update) }).await.is_err() {
            return;
        }
    }
}

async fn books(mut book: Box<dyn venue_core::ws::AnyBook>, symbol: String, sender: mpsc::Sender<Item>) {
    while let Some(update) = book.next().await {
        let what = What::Book { update, levels: book.levels(DEPTH).ok() };
        if sender.send(Item { symbol: symbol.clone(), what }).await.is_err() {
            return;
        }
    }
}

/// A channel by the venue's name, the type's, or `book` for the best one to keep a book from.
fn channel(channels: Channels, name: &str, venue: &str) -> Result<ChannelInfo, Invalid> {
    let plain = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
    };
    let wanted = plain(name);
    let full = |info: &ChannelInfo| plain(&format!("{}{}", info.spec.line, info.spec.name));
    let found = channels
        .iter()
        .find(|info| plain(info.name) == wanted)
        .or_else(|| channels.iter().find(|info| plain(info.spec.name) == wanted))
        .or_else(|| channels.iter().find(|info| full(info) == wanted))
        .or_else(|| best_book(&channels).filter(|_| wanted == "book"));
    found.copied().ok_or_else(|| {
        let known: Vec<&str> = channels.iter().map(|info| info.name).collect();
        Invalid::new(format!("{venue} has no channel {name}; there are {}", known.join(", ")))
    })
}

/// The channel that a book is best kept from: the one that asks for least, and of several the newest.
fn best_book(channels: &[ChannelInfo]) -> Option<&ChannelInfo> {
    let asks = |info: &&ChannelInfo| info.fields().iter().filter(|field| field.required).count();
    channels.iter().rev().filter(|info| info.has_book()).min_by_key(asks)
}

/// A stream for each symbol; one without where the channel takes none.
fn symbols(info: &ChannelInfo, given: &[String]) -> Result<Vec<Option<String>>, Invalid> {
    let takes = info.fields().first().is_some_and(|field| field.required);
    match (takes, given) {
        (false, []) => Ok(vec![None]),
        (false, _) => Err(Invalid::new(format!("{} takes no symbol", info.name))),
        (true, []) => {
            let field = info.fields().first().map_or("symbol", |field| field.name);
            Err(Invalid::new(format!("{}: which {field}?", info.name)))
        }
        (true, given) => Ok(given.iter().cloned().map(Some).collect()),
    }
}

/// The channel's parameters, which hold: the symbol under the first one's name, what `--set` says, and of a book
/// twenty levels where it must be said how many.
fn parameters(info: &ChannelInfo, symbol: Option<&str>, set: &[String]) -> Result<String, Invalid> {
    let mut object = Map::new();
    if let (Some(symbol), Some(field)) = (symbol, info.fields().first()) {
        object.insert(field.name.to_owned(), Value::from(symbol));
    }
    for pair in set {
        let wrong = || Invalid::new(format!("--set {pair}: NAME=VALUE is expected"));
        let (name, value) = pair.split_once('=').ok_or_else(wrong)?;
        let value = match value {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            text => Value::from(text),
        };
        object.insert(name.to_owned(), value);
    }
    let fields = info.fields();
    let missing = fields.iter().find(|field| field.required && !object.contains_key(field.name));
    let depth = missing.filter(|field| info.has_book() && matches!(field.name, "level" | "levels"));
    if let Some(field) = depth {
        let with = |twenty: &str| {
            let mut object = object.clone();
            object.insert(field.name.to_owned(), Value::from(twenty));
            object
        };
        // Two spellings of twenty; where neither holds, something else is wrong.
        let spelled = with("20deep");
        object = if check(info, &spelled).is_ok() { spelled } else { with("20") };
    } else if let Some(field) = missing {
        return Err(Invalid::new(format!("{}: {} is required: --set {1}=VALUE", info.name, field.name)));
    }
    check(info, &object).map_err(|error| Invalid::new(format!("{}: {error}", info.name)))?;
    Ok(Value::Object(object).to_string())
}

/// Whether a channel can be built from these parameters, and takes all of them.
fn check(info: &ChannelInfo, object: &Map<String, Value>) -> Result<(), Invalid> {
    let text = Value::Object(object.clone()).to_string();
    let mut source = Source::parse(&text)?;
    let built = info.build(&mut source)?;
    source.finish()?;
    built.check()
}

async fn client(args: &Watch, row: &Row) -> Result<(AnyClient, Option<String>, Option<Sim>), Stop> {
    let builder = AnyClient::builder(Arc::clone(&row.venue));
    if args.live {
        let found = secrets::find(args.venue, &Flags::default(), &args.file)?;
        let builder = match found.credentials(venue_core::Auth::None)? {
            Some(credentials) => builder.credentials(credentials),
            None => builder,
        };
        return Ok((builder.build_any().map_err(Stop::Usage)?, args.base.clone(), None));
    }
    let sim = simulate(&[args.venue]).await?;
    let running = sim.venue(args.venue);
    let client = builder
        .base(running.rest())
        .credentials(credentials(running))
        .roots(Roots::only_pem(sim.ca_pem()).map_err(Stop::Failed)?)
        .build_any()
        .map_err(Stop::Failed)?;
    let base = running.ws().to_owned();
    Ok((client, Some(base), Some(sim)))
}

/// Whether it ended well.
pub(super) fn done(bad: bool) -> Done {
    Done::good(!bad)
}

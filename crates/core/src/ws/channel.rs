//! Channels: what can be subscribed to, as plain typed values.

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use serde::Serialize;

use super::book::{self, AnyBook, BookChannel};
use super::feed::AnyFeed;
use super::frame::{Payload, Topic, Unreadable};
use super::line::Line;
use crate::endpoint::{FieldInfo, Request, Source};
use crate::error::{Error, Invalid, Kind, Outcome};
use crate::venue::Venue;
use crate::wire::{Millis, Symbol, audited};

/// What is fixed about a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChannelSpec {
    /// Its name in the venue's words: `depthIncrease`, `executionReport`.
    pub name: &'static str,
    /// The line that carries it, by name.
    pub line: &'static str,
    /// How often the venue pushes at least, where it says so: silence for much longer is a fault.
    pub every: Option<Duration>,
    /// The venue doesn't say how often: the period is an assumption.
    pub assumed: bool,
    /// The venue doesn't document it; it was seen on live connections.
    pub undocumented: bool,
    /// REST requests that fill a hole in it, by name.
    pub refill: &'static [&'static str],
}

impl ChannelSpec {
    /// A channel on a line.
    #[must_use]
    pub const fn new(name: &'static str, line: &'static str) -> Self {
        Self { name, line, every: None, assumed: false, undocumented: false, refill: &[] }
    }

    /// Pushed at least this often, whether or not anything changed.
    #[must_use]
    pub const fn every(mut self, period: Duration) -> Self {
        self.every = Some(period);
        self
    }

    /// Assumed to be pushed at least this often, where nothing else would tell a topic that lives from one
    /// that the venue never pushes.
    #[must_use]
    pub const fn assumed_every(mut self, period: Duration) -> Self {
        self.assumed = true;
        self.every(period)
    }

    /// Not in the venue's documentation.
    #[must_use]
    pub const fn undocumented(mut self) -> Self {
        self.undocumented = true;
        self
    }

    /// These requests tell what was missed.
    #[must_use]
    pub const fn refill(mut self, requests: &'static [&'static str]) -> Self {
        self.refill = requests;
        self
    }
}

/// A channel of a venue: a plain value that says what to subscribe to, and reads what is pushed.
///
/// The struct is made by [`channel!`](crate::channel!).
pub trait Channel: Request {
    /// The venue.
    type Venue: Venue;
    /// What a push carries.
    type Item: Clone + fmt::Debug + Serialize + Send + 'static;
    /// What is fixed about it.
    const SPEC: ChannelSpec;

    /// What is fixed about this one; a parameter may decide the line or the rate.
    fn spec(&self) -> ChannelSpec {
        Self::SPEC
    }

    /// Checks documented rules on the parameters.
    ///
    /// # Errors
    /// The first that is broken.
    fn check(&self) -> Result<(), Invalid> {
        Ok(())
    }

    /// What is subscribed to.
    fn topic(&self) -> Topic;

    /// Reads a push; `None` when there is nothing for this channel in it. What is in it for other channels is
    /// passed over, and not left unmapped.
    ///
    /// # Errors
    /// When it is not such a push.
    fn read(payload: Payload<'_>) -> Result<Option<Self::Item>, Unreadable>;

    /// The venue's time of a push, where it has one.
    fn time(item: &Self::Item) -> Option<Millis> {
        let _ = item;
        None
    }
}

/// Defines a channel from its parameters: as [`request!`](crate::request!), with `of` as constructor where
/// there are required parameters.
///
/// ```
/// use venue_core::{Symbol, channel};
///
/// channel! {
///     /// Every trade of a contract.
///     pub struct Trades { symbol: Symbol }
/// }
/// let trades = Trades::of("BTCUSDT");
/// ```
#[macro_export]
macro_rules! channel {
    ($(#[doc = $doc:literal])* $vis:vis struct $name:ident {} $($rest:tt)*) => {
        $crate::request! { $(#[doc = $doc])* $vis struct $name {} $($rest)* }
    };
    ($(#[doc = $doc:literal])* $vis:vis struct $name:ident
        { $( $(#[doc = $fdoc:literal])* $field:ident : $type:ty ),+ $(,)? } $($rest:tt)*
    ) => {
        $crate::request! {
            $(#[doc = $doc])* $vis struct $name closed { $( $(#[doc = $fdoc])* $field: $type ),+ } $($rest)*
        }

        impl $name {
            /// The channel with its required parameters.
            pub fn of($(
                $field: impl $crate::IntoParam<$type, <$type as $crate::Accept>::Kind>
            ),+) -> Self {
                Self::new($( $field ),+)
            }
        }
    };
}

/// A push, decoded without its type.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct DecodedPush {
    /// The typed value, written as JSON again; `None` when nothing in the push is for the channel.
    pub value: Option<String>,
    /// Keys that no type maps.
    pub unmapped: Vec<String>,
    /// Rows that did not read.
    pub bad_rows: Vec<crate::wire::BadRow>,
    /// Why there is no value.
    pub error: Option<Error>,
}

/// A channel type of a venue, by name.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct ChannelInfo {
    /// The type's name.
    pub name: &'static str,
    /// The type's documentation.
    pub doc: &'static str,
    /// What is fixed about it.
    pub spec: ChannelSpec,
    build: fn(&mut Source<'_>) -> Result<Box<dyn AnyChannel>, Invalid>,
    describe: fn(&mut Vec<FieldInfo>),
    decode: fn(Payload<'_>) -> DecodedPush,
    book: Option<OpenBook>,
}

/// Builds a channel and keeps a book from it.
type OpenBook = fn(&AnyFeed, &mut Source<'_>) -> Result<Box<dyn AnyBook>, Invalid>;

impl ChannelInfo {
    /// What is known of a channel type.
    #[must_use]
    pub const fn of<C: Channel>() -> Self {
        Self {
            name: C::NAME,
            doc: C::DOC,
            spec: C::SPEC,
            build: |source| C::take_from(source).map(|channel| Box::new(channel) as Box<dyn AnyChannel>),
            describe: C::describe,
            decode: decode::<C>,
            book: None,
        }
    }

    /// What is known of a channel type from which a local book can be kept.
    #[must_use]
    pub const fn of_book<C: BookChannel>() -> Self {
        let book: OpenBook = |feed, source| C::take_from(source).map(|channel| book::any(feed, channel));
        Self { book: Some(book), ..Self::of::<C>() }
    }

    /// Whether a local book can be kept from it.
    #[must_use]
    pub const fn has_book(&self) -> bool {
        self.book.is_some()
    }

    pub(super) fn open_book(
        &self,
        feed: &AnyFeed,
        source: &mut Source<'_>,
    ) -> Result<Box<dyn AnyBook>, Invalid> {
        let open =
            self.book.ok_or_else(|| Invalid::new(format!("no book can be kept from {}", self.name)))?;
        open(feed, source)
    }

    /// The first sentence of the documentation.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.doc.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim()
    }

    /// Builds the channel from a JSON object of its parameters.
    ///
    /// # Errors
    /// When a required parameter is missing, or one does not read.
    pub fn build(&self, source: &mut Source<'_>) -> Result<Box<dyn AnyChannel>, Invalid> {
        (self.build)(source)
    }

    /// The parameters.
    #[must_use]
    pub fn fields(&self) -> Vec<FieldInfo> {
        let mut fields = Vec::new();
        (self.describe)(&mut fields);
        fields
    }

    /// Decodes a push by the live path, and says what it left unread.
    #[must_use]
    pub fn decode(&self, payload: Payload<'_>) -> DecodedPush {
        (self.decode)(payload)
    }
}

impl fmt::Debug for ChannelInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({:?})", self.name, self.spec)
    }
}

/// All channels of a venue, for tools that choose one by name or have only a frame.
///
/// A constant of the venue's crate, which nothing else refers to: a program then holds the channels that it uses, and
/// not the decoders of all.
#[derive(Debug, Clone, Copy)]
pub struct Channels {
    list: &'static [ChannelInfo],
    find: FindChannel,
}

/// Finds the channel of a route among all.
type FindChannel = fn(&'static [ChannelInfo], &Line, &str) -> Option<&'static ChannelInfo>;

impl Channels {
    /// Channels whose routes are told apart by their line, since a name may be one channel on a public and another on a
    /// private one, and by what stands before `@`.
    #[must_use]
    pub const fn new(list: &'static [ChannelInfo]) -> Self {
        Self {
            list,
            find: |list, line, route| {
                let name = route.split_once('@').map_or(route, |(name, _)| name);
                list.iter().find(|channel| channel.spec.line == line.name && channel.spec.name == name)
            },
        }
    }

    /// Channels whose routes are told apart in this way.
    #[must_use]
    pub const fn found_by(mut self, find: FindChannel) -> Self {
        self.find = find;
        self
    }

    /// The channel whose pushes are known by this route on this line.
    #[must_use]
    pub fn of_route(&self, line: &Line, route: &str) -> Option<&'static ChannelInfo> {
        (self.find)(self.list, line, route)
    }
}

impl Deref for Channels {
    type Target = [ChannelInfo];

    fn deref(&self) -> &[ChannelInfo] {
        self.list
    }
}

impl IntoIterator for Channels {
    type Item = &'static ChannelInfo;
    type IntoIter = std::slice::Iter<'static, ChannelInfo>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

/// Reads a push strictly, and where that fails leniently: a bad row doesn't take the good ones with it.
pub(super) fn read<C: Channel>(payload: Payload<'_>) -> Result<Option<C::Item>, Unreadable> {
    C::read(payload).or_else(|error| {
        crate::wire::audit::restart();
        crate::wire::lenient(|| C::read(payload)).map_err(|_| error)
    })
}

pub(super) fn unreadable(spec: &ChannelSpec, venue: &'static str, error: &Unreadable) -> Error {
    Error::new(Kind::Decode, Outcome::Unknown, format!("the push can't be read: {error}"))
        .at(venue, spec.name)
}

fn decode<C: Channel>(payload: Payload<'_>) -> DecodedPush {
    let (read, audit) = audited(|| read::<C>(payload));
    let (value, error) = match read {
        Ok(value) => (value.and_then(|value| serde_json::to_string(&value).ok()), None),
        Err(error) => (None, Some(unreadable(&C::SPEC, "", &error))),
    };
    DecodedPush { value, unmapped: audit.unmapped, bad_rows: audit.bad_rows, error }
}

/// A channel without its type.
pub trait AnyChannel: fmt::Debug + Send + Sync {
    /// The type's name.
    fn name(&self) -> &'static str;
    /// What is fixed about it.
    fn spec(&self) -> ChannelSpec;
    /// Checks documented rules.
    ///
    /// # Errors
    /// The first that is broken.
    fn check(&self) -> Result<(), Invalid>;
    /// What is subscribed to.
    fn topic(&self) -> Topic;
    /// Decodes a push to JSON.
    fn decode(&self, payload: Payload<'_>) -> DecodedPush;
    /// The venue's time of a push.
    fn time(&self, payload: Payload<'_>) -> Option<Millis>;
}

impl<C: Channel> AnyChannel for C {
    fn name(&self) -> &'static str {
        C::NAME
    }

    fn spec(&self) -> ChannelSpec {
        Channel::spec(self)
    }

    fn check(&self) -> Result<(), Invalid> {
        Channel::check(self)
    }

    fn topic(&self) -> Topic {
        Channel::topic(self)
    }

    fn decode(&self, payload: Payload<'_>) -> DecodedPush {
        decode::<C>(payload)
    }

    fn time(&self, payload: Payload<'_>) -> Option<Millis> {
        read::<C>(payload).ok().flatten().as_ref().and_then(C::time)
    }
}

/// A symbol that can stand in a topic such as `kline@btc_usdt,1m`, where the venue knows lower case only: for a
/// channel's `check`, since another spelling would be silent.
///
/// # Errors
/// When it is empty, holds an upper-case letter, or what would end it in a topic.
pub fn check_symbol(symbol: &Symbol) -> Result<(), Invalid> {
    let text = symbol.as_str();
    let breaks = |c: char| matches!(c, '@' | ',') || c.is_whitespace() || c.is_control();
    if text.is_empty() || text.chars().any(|c| c.is_uppercase() || breaks(c)) {
        return Err(Invalid::new(format!("symbol {text:?}: in lower case, such as btc_usdt")));
    }
    Ok(())
}

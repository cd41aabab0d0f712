//! What the story needs of a venue, in the venue's own typed requests: a file for each.

mod bitmart;
mod hashkey;
mod hibt;
mod pumpkin;
mod wex_futures;
mod wex_spot;

use std::fmt::Debug;
use std::future::Future;

use serde::de::DeserializeOwned;
use venue_core::budget::Patience;
use venue_core::ws::{BookChannel, Feed, Subscription};
use venue_core::{Client, ClientOrderId, Decimal, Endpoint, Error, Instrument, OrderId, Price, Size, Venue};
use venue_sim::Which;

pub(super) use bitmart::BitMart;
pub(super) use hashkey::HashKey;
pub(super) use hibt::Hibt;
pub(super) use pumpkin::Pumpkin;
pub(super) use wex_futures::WexFutures;
pub(super) use wex_spot::WexSpot;

/// What a venue's answer comes to here.
pub(super) type Answer<T> = Result<T, Error>;

/// A venue, as the story trades at it.
pub(super) trait Desk: Send + Sync + 'static {
    /// The venue's value.
    type Venue: Venue;
    /// What sizes count.
    type Size: Size + Send + Sync;
    /// The request that places an order.
    type Order: Endpoint<Venue = Self::Venue>;
    /// An order as a look-up gives it.
    type Row: DeserializeOwned + Send;
    /// What the account's own stream of orders pushes.
    type Push: Clone + Debug + Send + 'static;
    /// The channel that a book is kept from.
    type Book: BookChannel<Venue = Self::Venue>;

    /// Which one.
    const WHICH: Which;
    /// What is traded, as the venue spells it.
    const SYMBOL: &'static str;
    /// How much of it in one order.
    const SIZE: &'static str;
    /// What sizes are counted in.
    const UNIT: &'static str;
    /// In the name of the book's topic.
    const BOOK_TOPIC: &'static str;

    fn venue() -> Self::Venue;
    fn book() -> Self::Book;
    /// A limit order that buys.
    fn buy(size: Self::Size, price: Price) -> Self::Order;
    /// The instrument's rules; `None` where the list doesn't have it.
    fn instrument(
        client: &Client<Self::Venue>,
    ) -> impl Future<Output = Answer<Option<Instrument<Self::Size>>>> + Send;
    /// Best bid and ask; `None` where a side is empty.
    fn best(client: &Client<Self::Venue>) -> impl Future<Output = Answer<Option<[Price; 2]>>> + Send;
    /// The order with this id of our own, live or done.
    fn find(
        client: &Client<Self::Venue>,
        id: &ClientOrderId,
    ) -> impl Future<Output = Answer<Option<Self::Row>>> + Send;
    /// What the story tells of an order.
    fn seen(row: &Self::Row) -> Seen;
    /// Cancels one order.
    fn cancel(client: &Client<Self::Venue>, order: &OrderId) -> impl Future<Output = Answer<()>> + Send;
    /// Sells at the market what was bought.
    fn sell(client: &Client<Self::Venue>, size: Self::Size) -> impl Future<Output = Answer<()>> + Send;
    /// Cancels all orders of the symbol.
    fn sweep(client: &Client<Self::Venue>, patience: Patience) -> impl Future<Output = Answer<()>> + Send;
    /// The account's own orders; `None` where the venue has no private stream.
    fn own_orders(feed: &Feed<Self::Venue>) -> Option<Subscription<Self::Push>>;
    /// The orders of a push, and how much of each has traded.
    fn told(push: &Self::Push) -> Vec<(OrderId, Decimal)>;
}

/// An order, as the venue has it.
pub(super) struct Seen {
    pub(super) id: OrderId,
    pub(super) client_id: Option<ClientOrderId>,
    /// In the venue's words.
    pub(super) state: String,
    pub(super) filled: Decimal,
}

/// A state in the venue's words.
fn words(state: Option<&impl ToString>) -> String {
    state.map_or_else(|| "unsaid".to_owned(), ToString::to_string)
}

/// The best prices, where both sides have one.
fn both(bid: Option<Price>, ask: Option<Price>) -> Option<[Price; 2]> {
    bid.zip(ask).map(|(bid, ask)| [bid, ask])
}

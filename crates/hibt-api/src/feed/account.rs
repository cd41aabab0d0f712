//! Private channels: conditional orders, positions, orders, the balance.
//!
//! What they push is what the REST lists have, when it changes.

use venue_core::ws::{Channel, ChannelSpec, Payload, Topic, Unreadable};
use venue_core::{Millis, Rows, channel};

use super::PRIVATE;
use super::frames::{Push, push};
use crate::rest;
use crate::venue::Hibt;

/// What the channels have in common. No rate is assumed: an account may be quiet for days.
macro_rules! private {
    ($channel:ident: $item:ty, $topic:literal refill $($refill:literal),+) => {
        impl Channel for $channel {
            type Venue = Hibt;
            type Item = Push<$item>;
            const SPEC: ChannelSpec = ChannelSpec::new($topic, PRIVATE).refill(&[$($refill),+]);

            fn topic(&self) -> Topic {
                Topic::new($topic)
            }

            fn read(payload: Payload<'_>) -> Result<Option<Self::Item>, Unreadable> {
                push(payload)
            }

            fn time(item: &Self::Item) -> Option<Millis> {
                item.ts
            }
        }
    };
}

channel! {
    /// Own conditional orders, when they are added, triggered or cancelled.
    ///
    /// `user.entrust` · private · Subscribe to Plan Order Trigger Push
    pub struct ConditionalOrders {}
}

private! {
    ConditionalOrders: Rows<rest::ConditionalOrder>, "user.entrust"
    refill "GetUnfinishedConditionalOrders", "GetFinishedConditionalOrders"
}

channel! {
    /// Own positions, when they change.
    ///
    /// `user.position` · private · Subscribe to Position Change
    pub struct Positions {}
}

private! { Positions: Rows<rest::Position>, "user.position" refill "GetPositions" }

channel! {
    /// Own orders, on every change: placed, traded, cancelled.
    ///
    /// `user.order` · private · Subscribe to Order Execution Notifications. The documentation has lost the
    /// topic's name.
    pub struct Orders {}
}

private! { Orders: Rows<rest::Order>, "user.order" refill "GetUnfinishedOrders", "GetFinishedOrders" }

channel! {
    /// The account's balance, when it changes.
    ///
    /// `user.balance` · private · Subscribe to Account Balance Changes
    pub struct Balance {}
}

private! { Balance: rest::Balance, "user.balance" refill "GetBalance" }

//! Quotes both sides of a market, follows its price, survives an answer that is lost, and at the end takes
//! everything back and proves it.
//!
//! `cargo run -p venue-tests --example market_maker`
#![allow(clippy::print_stdout, reason = "it shows what it does")]

use std::error::Error;
use std::time::Duration;

use bitmart_futures::rest::{CancelAllOrders, CancelOrder, GetDepth, GetOpenOrders, Order, SubmitOrder};
use bitmart_futures::{
    BitMart, Client, Contracts, Credentials, Kind, OrderId, OrderMode, Outcome, Price, Roots, Side,
};
use venue_core::{Decimal, Resolution};
use venue_sim::{Fault, Sim, Which};

const SYMBOL: &str = "BTCUSDT";
/// How far from the middle both quotes are.
const AWAY: Decimal = Decimal::from_parts(50, 0, 0, false, 0);

type Failed = Box<dyn Error + Send + Sync>;

#[tokio::main]
#[allow(dead_code, reason = "the test calls `run` instead")]
async fn main() -> Result<(), Failed> {
    run().await
}

/// Quotes a few times and stops.
///
/// # Errors
/// When something fails that quoting can't go on after.
pub(crate) async fn run() -> Result<(), Failed> {
    let sim = Sim::builder().venue(Which::BitMart).seed(1).start().await?;
    let venue = sim.venue(Which::BitMart);
    let client = Client::builder(BitMart::new())
        .base(venue.rest())
        .roots(Roots::only_pem(sim.ca_pem())?)
        .credentials(Credentials::new(venue.key(), venue.secret()).memo(venue.memo().unwrap_or_default()))
        .timeout(Duration::from_secs(5))
        .build()?;
    // The third order is taken, and nobody hears of it.
    venue.fault(Fault::ExecuteThenDrop.on("POST", "/contract/private/submit-order").after(2));

    let mut maker = Maker { client, resting: Vec::new() };
    let mut result = Ok(());
    for round in 1..=4 {
        // Ten seconds go by at the venue, so that its market moves.
        venue.clock().set_offset_ms(i64::from(round) * 10_000);
        result = maker.requote(round).await;
        if result.is_err() {
            break;
        }
    }
    // However it went, nothing may be left behind; the kill switch comes before the error.
    maker.stop().await?;
    result?;
    if !venue.repeated_client_ids().is_empty() {
        return Err("an order was placed twice".into());
    }
    Ok(())
}

struct Maker {
    client: Client,
    resting: Vec<OrderId>,
}

impl Maker {
    /// Takes the old quotes back and places new ones around the middle as it is now.
    async fn requote(&mut self, round: u32) -> Result<(), Failed> {
        for id in std::mem::take(&mut self.resting) {
            match self.client.send(CancelOrder::new(SYMBOL, id.clone())).await {
                Ok(_) => {}
                // Filled meanwhile: nothing is left to cancel.
                Err(error) if error.kind() == Kind::UnknownOrder => println!("  {id} is done already"),
                Err(error) => return Err(error.into()),
            }
        }
        let middle = self.middle().await?;
        println!("round {round}: the middle is {middle}");
        for (side, price) in [(Side::BuyOpenLong, middle - AWAY), (Side::SellOpenShort, middle + AWAY)] {
            if let Some(id) = self.quote(side, Price::from_decimal(price)).await? {
                self.resting.push(id);
            }
        }
        Ok(())
    }

    async fn middle(&self) -> Result<Decimal, Failed> {
        let depth = self.client.send(GetDepth::new(SYMBOL)).await?;
        let (bid, ask) = (depth.bids.first().ok_or("no bids")?, depth.asks.first().ok_or("no asks")?);
        Ok(((bid.price.decimal() + ask.price.decimal()) / Decimal::TWO).round_dp(1))
    }

    /// Places one quote; `None` when the venue refused it. What may have been placed is looked up before
    /// anything else is done: a second quote on top of a lost one would be twice the risk.
    async fn quote(&self, side: Side, price: Price) -> Result<Option<OrderId>, Failed> {
        let order = SubmitOrder::limit(SYMBOL, side.clone(), Contracts::new(1), price);
        let error = match self.client.send(order.mode(OrderMode::MakerOnly)).await {
            Ok(ack) => {
                println!("  {side:?} at {price}: {}", ack.order_id);
                return Ok(Some(ack.order_id));
            }
            Err(error) => error,
        };
        println!("  {side:?} at {price}: {error}");
        if error.outcome() != Outcome::Unknown {
            // Certainly not placed. The next round tries again, at the price of then.
            return Ok(None);
        }
        loop {
            match self.client.resolve(&error).await? {
                Resolution::Executed(found) => {
                    let order: Order = found.decode()?;
                    println!("  looked up: it was placed, as {}", order.order_id);
                    return Ok(Some(order.order_id));
                }
                Resolution::NotFound => {
                    println!("  looked up: it was not placed");
                    return Ok(None);
                }
                Resolution::StillUnknown { conclusive_in: Some(rest) } => {
                    // It may still be on its way; until then there is no second quote.
                    println!("  looked up: not known for another {rest:?}");
                    tokio::time::sleep(rest.min(Duration::from_secs(1))).await;
                }
                _ => return Err("an order's fate can't be known".into()),
            }
        }
    }

    /// The kill switch: cancels all, and looks whether that is so.
    async fn stop(&mut self) -> Result<(), Failed> {
        for attempt in 1..=5 {
            // Cancelling all again is harmless to who wants nothing to rest, so even `Unknown` may be
            // followed by another one here. It is our decision: the library doesn't repeat it by itself.
            if let Err(error) = self.client.send(CancelAllOrders::new(SYMBOL)).await {
                println!("stop, attempt {attempt}: {error}");
            }
            let open = self.client.send(GetOpenOrders::new().symbol(SYMBOL)).await?;
            if open.is_empty() && open.bad().is_empty() {
                self.resting.clear();
                println!("stopped: nothing rests");
                return Ok(());
            }
            println!("stop, attempt {attempt}: {} orders rest", open.len());
        }
        Err("orders are still resting".into())
    }
}

//! The steps of the story, each with what must hold at its end.

use std::time::{Duration, Instant};

use bitmart_futures::rest::{
    CancelOrder, CancelOrders, GetContractDetails, GetDepth, GetOpenOrders, GetPositionsV2, GetTrades, Order,
    OrderRef, SubmitOrder,
};
use bitmart_futures::{Client, ClientOrderId, Contracts, Kind, OrderId, Outcome, Price, Side, limits};
use tokio::task::JoinSet;
use venue_core::budget::Patience;
use venue_core::{Decimal, Resolution};
use venue_sim::{Fault, Running};

use super::Teller;
use super::tally::SUBMIT_ORDER;
use crate::report::millis;
use crate::stop::Stop;

pub(super) const SYMBOL: &str = "BTCUSDT";
/// How many contracts are bought, and sold again in the end.
const BOUGHT: u64 = 10;
/// How many orders are sent at once: more than two windows hold.
const BURST: u32 = 60;
/// After so long without an answer, a wave of them is over.
const LULL: Duration = Duration::from_millis(150);
/// For how long each of them may wait.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long the ban lasts, in seconds.
const BAN_S: u64 = 2;

pub(super) struct Scene<'s> {
    pub(super) client: Client,
    pub(super) venue: &'s Running,
    pub(super) teller: &'s mut Teller,
}

impl Scene<'_> {
    pub(super) async fn play(mut self) -> Result<(), Stop> {
        self.clock().await?;
        self.instruments().await?;
        let far = self.book().await?;
        let resting = self.rest(far).await?;
        let (feed, mut orders) = self.listen().await?;
        let bought = self.fill().await?;
        self.heard_fill(&mut orders, &bought, BOUGHT.into()).await?;
        drop(orders);
        self.cancel(resting).await?;
        self.keep_book(feed).await?;
        self.refusals(far).await?;
        self.lost_answer(far).await?;
        self.burst(far).await?;
        self.ban().await?;
        self.tidy_up().await
    }

    async fn clock(&mut self) -> Result<(), Stop> {
        self.teller.begin("Set the clock by the venue's")?;
        let report = self.client.sync_clock().await.map_err(Stop::Failed)?;
        self.teller.fact("offset_ms", report.offset_ms);
        self.teller.fact("bound_ms", report.bound_ms);
        self.teller.claim(
            report.bound_ms < 5_000,
            format_args!(
                "moved by {} ms: stamps are never early, and late by {} ms at most (its Date header tells \
                 whole seconds)",
                report.offset_ms, report.bound_ms
            ),
        )
    }

    async fn instruments(&mut self) -> Result<(), Stop> {
        self.teller.begin("Look at the instruments")?;
        let details = self.client.send(GetContractDetails::new()).await.map_err(Stop::Failed)?;
        for contract in &details.symbols {
            self.teller.say(format_args!(
                "{:<8} last {:<8} steps of {}, {} {} a contract, up to {}x",
                contract.symbol,
                or_dash(contract.last_price.as_ref()),
                or_dash(contract.price_precision.as_ref()),
                or_dash(contract.contract_size.as_ref()),
                or_dash(contract.base_currency.as_ref()),
                or_dash(contract.max_leverage.as_ref()),
            ))?;
        }
        let (good, bad) = (details.symbols.iter().count(), details.symbols.bad().len());
        self.teller.fact("instruments", good);
        self.teller.claim(good > 0 && bad == 0, format_args!("{good} rows read, {bad} that didn't"))
    }

    /// The book; answers a price far below it, where an order rests.
    async fn book(&mut self) -> Result<Price, Stop> {
        self.teller.begin("Look at the book")?;
        let depth = self.client.send(GetDepth::new(SYMBOL)).await.map_err(Stop::Failed)?;
        let (Some(bid), Some(ask)) = (depth.bids.first(), depth.asks.first()) else {
            return Err(Stop::failed("the book is empty"));
        };
        self.teller.fact("best_bid", bid.price.to_string());
        self.teller.fact("best_ask", ask.price.to_string());
        self.teller.claim(
            bid.price < ask.price,
            format_args!(
                "best bid {} for {}, best ask {} for {}; {} and {} levels",
                bid.price,
                bid.size,
                ask.price,
                ask.size,
                depth.bids.len(),
                depth.asks.len()
            ),
        )?;
        Ok(Price::from_decimal((bid.price.decimal() * Decimal::new(9, 1)).trunc()))
    }

    async fn rest(&mut self, price: Price) -> Result<ClientOrderId, Stop> {
        self.teller.begin("Rest a limit order far below the market")?;
        let order = SubmitOrder::limit(SYMBOL, Side::BuyOpenLong, Contracts::new(1), price);
        let answer = self.client.send(order).raw().await.map_err(Stop::Failed)?;
        let id = answer.client_order_ids.first().cloned().ok_or_else(|| Stop::failed("no id was made"))?;
        self.teller.say(format_args!("buy 1 at {price}: order {}", answer.value.order_id))?;
        let found =
            self.open_orders().await?.into_iter().find(|order| order.client_order_id == Some(id.clone()));
        self.teller.fact("client_order_id", id.to_string());
        self.teller.claim(
            found.is_some(),
            format_args!("it is among the open orders, by the id made for it: {id}"),
        )?;
        Ok(id)
    }

    async fn fill(&mut self) -> Result<OrderId, Stop> {
        self.teller.begin("Buy at the market")?;
        let order = SubmitOrder::market(SYMBOL, Side::BuyOpenLong, Contracts::new(BOUGHT));
        let ack = self.client.send(order).await.map_err(Stop::Failed)?;
        let trades = self.client.send(GetTrades::new().symbol(SYMBOL)).await.map_err(Stop::Failed)?;
        let mut filled = Decimal::ZERO;
        for trade in trades.iter().filter(|trade| trade.order_id == ack.order_id) {
            filled += trade.vol.decimal();
            let fees = or_dash(trade.paid_fees.as_ref());
            self.teller.say(format_args!("traded {} at {}, fee {fees}", trade.vol, trade.price))?;
        }
        let position = self.position().await?;
        self.teller.fact("filled", filled.to_string());
        self.teller.fact("position", position.to_string());
        let all = Decimal::from(BOUGHT);
        self.teller.claim(
            filled == all && position == all,
            format_args!(
                "order {}: {filled} of {BOUGHT} filled; the position is {position} long",
                ack.order_id
            ),
        )?;
        Ok(ack.order_id)
    }

    async fn cancel(&mut self, id: ClientOrderId) -> Result<(), Stop> {
        self.teller.begin("Cancel the resting order")?;
        let cancel = CancelOrder::new(SYMBOL, OrderRef::ClientId(id));
        self.client.send(cancel).await.map_err(Stop::Failed)?;
        let left = self.open_orders().await?.len();
        self.teller.claim(left == 0, format_args!("taken; {left} orders are open"))
    }

    async fn refusals(&mut self, far: Price) -> Result<(), Stop> {
        self.teller.begin("Hear no, three times")?;
        let orders = self.orders();
        for (what, symbol, size, kind, outcome) in [
            ("an order over nothing", SYMBOL, 0, Kind::InvalidRequest, Outcome::NotSent),
            ("an unknown symbol", "NOSUCHUSDT", 1, Kind::UnknownSymbol, Outcome::Rejected),
            ("more than there is money for", SYMBOL, 400_000, Kind::InsufficientFunds, Outcome::Rejected),
        ] {
            let order = SubmitOrder::limit(symbol, Side::BuyOpenLong, Contracts::new(size), far);
            match self.client.send(order).await {
                Ok(ack) => self.teller.claim(false, format_args!("{what}: taken as {}", ack.order_id))?,
                Err(error) => {
                    let is_meant = error.kind() == kind && error.outcome() == outcome;
                    self.teller.error(is_meant, what, error)?;
                }
            }
        }
        let more = self.orders() - orders;
        self.teller.claim(more == 0, format_args!("the simulator executed {more} of them"))
    }

    async fn lost_answer(&mut self, far: Price) -> Result<(), Stop> {
        self.teller.begin("Lose the answer to an order")?;
        self.venue.fault(Fault::ExecuteThenDrop.on(SUBMIT_ORDER.0, SUBMIT_ORDER.1));
        self.teller.say("the venue will execute the next order and drop the connection")?;
        let order = SubmitOrder::limit(SYMBOL, Side::BuyOpenLong, Contracts::new(2), far);
        let Err(error) = self.client.send(order).await else {
            return self.teller.claim(false, "an answer came all the same");
        };
        let id = error.client_order_id().cloned();
        let resolution = self.client.resolve(&error).await.map_err(Stop::Failed)?;
        self.teller.error(error.outcome() == Outcome::Unknown, "sent once", error)?;
        let found = match &resolution {
            Resolution::Executed(executed) => executed.decode::<Order>().ok(),
            _ => None,
        };
        let what = found.as_ref().map_or_else(
            || format!("{resolution:?}"),
            |order| format!("Executed, it is order {}", order.order_id),
        );
        self.teller.claim(found.is_some(), format_args!("client.resolve looks it up by its id: {what}"))?;
        let executions = id.map_or(0, |id| self.venue.executions(id.as_str()));
        self.teller.fact("executions", executions);
        self.teller.claim(
            executions == 1,
            format_args!("executions of that id by the simulator's count: {executions}"),
        )
    }

    async fn burst(&mut self, far: Price) -> Result<(), Stop> {
        self.teller.begin("Send a burst of orders, and stay under the limit")?;
        let limit = &limits::SUBMIT_ORDER;
        let (count, window_ms) = (limit.count, limit.window_ms);
        let spent =
            self.client.ledger().snapshot().iter().find(|bucket| bucket.limit == limit.name).map(|b| b.used);
        self.teller.say(format_args!(
            "{BURST} orders at once; the limit is {count} per {} s, of which {} are spent",
            window_ms / 1000,
            spent.unwrap_or_default()
        ))?;
        let (began, refused) = (Instant::now(), self.venue.refused());
        let mut calls = JoinSet::new();
        for _ in 0..BURST {
            let order = SubmitOrder::limit(SYMBOL, Side::BuyOpenLong, Contracts::new(1), far);
            // They wait for longer than a call usually may.
            calls.spawn(self.client.send(order).within(PATIENCE).into_future());
        }
        let (mut good, mut told, mut answered) = (0u32, 0u32, Duration::ZERO);
        loop {
            match tokio::time::timeout(LULL, calls.join_next()).await {
                Ok(Some(Ok(Ok(_)))) => {
                    good += 1;
                    answered = began.elapsed();
                }
                Ok(Some(Ok(Err(error)))) => self.teller.error(false, "one of them", error)?,
                Ok(Some(Err(error))) => return Err(Stop::failed(error)),
                Ok(None) => break,
                Err(_) if told == good => {}
                Err(_) => {
                    let wave = good - told;
                    told = good;
                    self.teller.say(format_args!(
                        "after {}: {wave} answered, {} held back by the ledger",
                        seconds(answered),
                        BURST - good
                    ))?;
                }
            }
        }
        let took = began.elapsed();
        let worst = self.worst("submit_order");
        let refused = self.venue.refused() - refused;
        self.teller.fact("orders", good);
        self.teller.fact("worst_window", worst);
        self.teller.fact("limit", count);
        self.teller.claim(
            good == BURST && refused == 0,
            format_args!("{good} of {BURST} taken in {}, {refused} refused", seconds(took)),
        )?;
        self.teller.claim(
            worst <= u64::from(count),
            format_args!("worst window by the simulator's count: {worst} of {count}"),
        )
    }

    async fn ban(&mut self) -> Result<(), Stop> {
        self.teller.begin("Be banned, and wait")?;
        self.venue.fault(banned().on("GET", "/contract/public/depth"));
        match self.client.send(GetDepth::new(SYMBOL)).await {
            Ok(_) => return self.teller.claim(false, "the ban didn't come"),
            Err(error) => {
                let is_meant = error.kind() == Kind::Banned;
                let what = format!("HTTP {}, for {BAN_S} s", error.status().unwrap_or_default());
                self.teller.error(is_meant, what, error)?;
            }
        }
        let (began, before) = (Instant::now(), self.venue.requests());
        match self.client.send(GetDepth::new(SYMBOL)).patience(Patience::FailFast).await {
            Ok(_) => self.teller.claim(false, "the ledger let a call through")?,
            Err(error) => {
                let is_meant = error.outcome() == Outcome::NotSent;
                self.teller.error(is_meant, "who can't wait hears at once", error)?;
            }
        }
        self.teller.say("who can, waits at the ledger's gate …")?;
        let depth = self.client.send(GetDepth::new(SYMBOL)).await;
        let (took, sent) = (began.elapsed(), self.venue.requests() - before);
        let is_good = depth.is_ok() && sent == 1 && took >= Duration::from_millis(BAN_S * 900);
        self.teller.fact("requests", sent);
        self.teller.claim(
            is_good,
            format_args!("answered after {}; requests that reached the venue since: {sent}", seconds(took)),
        )?;
        depth.map(drop).map_err(Stop::Failed)
    }

    async fn tidy_up(&mut self) -> Result<(), Stop> {
        self.teller.begin("Leave nothing behind")?;
        let open = self.open_orders().await?.len();
        self.client.send(CancelOrders::new(SYMBOL)).await.map_err(Stop::Failed)?;
        let close = SubmitOrder::market(SYMBOL, Side::SellCloseLong, Contracts::new(BOUGHT));
        self.client.send(close).await.map_err(Stop::Failed)?;
        let (left, position) = (self.open_orders().await?.len(), self.position().await?);
        self.teller.claim(
            left == 0 && position.is_zero(),
            format_args!("{open} orders cancelled, the position sold: {left} and {position} are left"),
        )
    }

    async fn open_orders(&self) -> Result<Vec<Order>, Stop> {
        let open = self.client.send(GetOpenOrders::new().symbol(SYMBOL)).await.map_err(Stop::Failed)?;
        Ok(open.iter().cloned().collect())
    }

    /// How many contracts are held.
    async fn position(&self) -> Result<Decimal, Stop> {
        let rows = self.client.send(GetPositionsV2::new().symbol(SYMBOL)).await.map_err(Stop::Failed)?;
        Ok(rows.iter().filter_map(|row| row.position_amount).map(Contracts::decimal).sum())
    }

    /// The simulator's count of orders.
    fn orders(&self) -> u64 {
        self.venue.executed(SUBMIT_ORDER.0, SUBMIT_ORDER.1)
    }

    /// The simulator's count of the most that any window of this endpoint held.
    fn worst(&self, endpoint: &str) -> u64 {
        let reports = self.venue.worst_window();
        reports
            .iter()
            .filter(|report| report.bucket == endpoint)
            .map(|report| report.worst)
            .max()
            .unwrap_or(0)
    }
}

/// The venue's words for a ban, with the time after which to come back.
fn banned() -> Fault {
    Fault::Status {
        status: 418,
        body: r#"{"code":30017,"message":"Your account request is temporarily rejected due to violation of current limiting rules, please contact customer service"}"#.into(),
        headers: vec![("retry-after".to_owned(), BAN_S.to_string())],
    }
}

fn or_dash(value: Option<&impl ToString>) -> String {
    value.map_or_else(|| "-".to_owned(), ToString::to_string)
}

fn seconds(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        return millis(time);
    }
    let hundredths = time.as_millis() / 10;
    format!("{}.{:02} s", hundredths / 100, hundredths % 100)
}

//! A long run under faults: many orders from several clients, and the venue's word on what every one of them
//! claimed.

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use bitmart_futures::rest::{
    CancelOrder, GetAssets, GetContractDetails, GetDepth, GetOpenOrders, GetOrder, SubmitOrder,
};
use bitmart_futures::{BitMart, ClientOrderId, Contracts, Error, Kind, OrderId, Outcome, Price, Side};
use fastrand::Rng;
use futures::StreamExt as _;
use futures::stream::FuturesUnordered;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use venue_core::budget::Ledger;
use venue_core::http::{Dial, Socket};
use venue_core::{Client, Clock, Decimal, Millis, Resolution, Retry};
use venue_sim::{Fault, LimitReport, Running, Sim, Which};

use crate::credentials;

/// Clients at a time.
const CLIENTS: usize = 16;
/// Orders that each lets rest. Together they fit into one list of open orders, which holds a hundred.
const RESTING: usize = 4;
/// Clocks of clients are wrong by up to this much, either way.
const SKEW_MS: i64 = 400;
/// Look-ups of one order before it counts as never resolved.
const LOOKS: u32 = 200;
/// Later than this, nothing is executed any more: the age at which a timestamp is refused, and some more.
const SETTLED: Duration = Duration::from_secs(90);
const SYMBOL: &str = "BTCUSDT";

/// What a run came to.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Report {
    /// Requests that arrived at the venue, look-ups and repetitions among them.
    pub requests: u64,
    /// Calls that succeeded.
    pub succeeded: u64,
    /// Calls that failed, and nothing of them left.
    pub not_sent: u64,
    /// Calls that the venue refused.
    pub rejected: u64,
    /// Calls that may have been executed.
    pub unknown: u64,
    /// Calls that place an order, among all of these.
    pub orders: u64,
    /// Orders of unknown outcome that were found executed.
    pub found: u64,
    /// Orders of unknown outcome that were proven not to have been executed.
    pub absent: u64,
    /// Orders of unknown outcome whose look-ups never came to an end.
    pub unresolved: u64,
    /// Limits of which some window held more than is allowed.
    pub exceeded: Vec<LimitReport>,
    /// Client order ids that were executed more than once.
    pub repeated: Vec<String>,
    /// What the client claimed of an order against what the venue did.
    pub untrue: Vec<String>,
    /// How long it took by the venue's clock.
    pub venue_time: Duration,
}

impl Report {
    /// Whether nothing went wrong that must not.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.exceeded.is_empty() && self.repeated.is_empty() && self.untrue.is_empty() && self.unresolved == 0
    }

    fn add(&mut self, other: Self) {
        self.succeeded += other.succeeded;
        self.not_sent += other.not_sent;
        self.rejected += other.rejected;
        self.unknown += other.unknown;
        self.orders += other.orders;
        self.found += other.found;
        self.absent += other.absent;
        self.unresolved += other.unresolved;
        self.untrue.extend(other.untrue);
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "requests at the venue        {:>9}", self.requests)?;
        writeln!(f, "calls: succeeded             {:>9}", self.succeeded)?;
        writeln!(f, "       not sent              {:>9}", self.not_sent)?;
        writeln!(f, "       rejected              {:>9}", self.rejected)?;
        writeln!(f, "       outcome unknown       {:>9}", self.unknown)?;
        writeln!(f, "orders                       {:>9}", self.orders)?;
        writeln!(f, "unknown, found executed      {:>9}", self.found)?;
        writeln!(f, "unknown, proven not executed {:>9}", self.absent)?;
        writeln!(f, "unknown, never resolved      {:>9}", self.unresolved)?;
        writeln!(f, "limits exceeded              {:>9}", self.exceeded.len())?;
        writeln!(f, "ids executed more than once  {:>9}", self.repeated.len())?;
        writeln!(f, "outcomes untrue              {:>9}", self.untrue.len())?;
        write!(f, "venue time                   {:>9} s", self.venue_time.as_secs())?;
        for report in self.exceeded.iter().take(10) {
            write!(f, "\nexceeded: {report:?}")?;
        }
        for id in self.repeated.iter().take(10) {
            write!(f, "\nrepeated: {id}")?;
        }
        for words in self.untrue.iter().take(10) {
            write!(f, "\nuntrue: {words}")?;
        }
        Ok(())
    }
}

/// What goes wrong, and with how many of a thousand requests: 5 % in all.
fn faults() -> Vec<(Fault, u16)> {
    vec![
        (Fault::ExecuteThenDrop, 9),
        (Fault::CloseBeforeAnswer, 8),
        (Fault::TruncateAnswer, 5),
        (Fault::body("<!DOCTYPE html><html><body>Bad gateway</body></html>"), 2),
        (Fault::body(&b"\x01\xfegarbage"[..]), 2),
        (Fault::body(""), 2),
        (Fault::status(500, ""), 3),
        (Fault::status(503, r#"{"code":30014,"message":"Service unavailable"}"#), 2),
        (Fault::status(502, "<html>bad gateway</html>"), 2),
        (Fault::status(429, ""), 1),
        (Fault::RateLimited, 3),
        (Fault::TimestampRefused, 3),
        (Fault::Redirect("https://elsewhere.example/".to_owned()), 1),
        (Fault::Delay(Duration::from_secs(8)), 3),
        (Fault::ExecuteLate(Duration::from_secs(20)), 4),
    ]
}

/// Sends until so many requests have arrived at simulated BitMart, under faults, late answers and wrong
/// clocks, and compares what the clients claim with what the venue did.
///
/// Several clients share one [`Ledger`], one key and one address. All of it runs in memory on one thread and
/// a paused clock: hours of the venue's time pass in minutes. After `Unknown` a client looks, and never sends
/// again by itself.
///
/// # Panics
/// When the simulator can't be started.
#[must_use]
pub fn run(requests: u64, seed: u64) -> Report {
    // The clients' jitter is drawn from the thread's generator.
    fastrand::seed(seed);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .expect("a runtime can be made");
    runtime.block_on(soak(requests, seed))
}

async fn soak(requests: u64, seed: u64) -> Report {
    let sim = Sim::builder().venue(Which::BitMart).seed(seed).starts_at_ms(1_700_000_000_000).plain(true);
    let sim = sim.start().await.expect("the simulator starts on loopback");
    let venue = sim.venue(Which::BitMart);
    let began = venue.clock().now_ms();
    for (fault, permille) in faults() {
        venue.fault(fault.probability(permille).always());
    }
    venue.fault(Fault::ResetOnAccept.probability(20).always());
    // A ban stops everything for a minute, so it comes seldom.
    venue.fault(Fault::Banned.on("POST", "/contract/private/submit-order").probability(1).always());

    let mut rng = Rng::with_seed(seed);
    let ledger = Ledger::new();
    let mut desks: FuturesUnordered<_> = (0..CLIENTS)
        .map(|number| Desk::new(&sim, number, ledger.clone(), rng.fork()).trade(requests))
        .collect();
    let mut report = Report::default();
    let mut claimed_absent: Vec<(ClientOrderId, &'static str)> = Vec::new();
    while let Some((part, absent)) = desks.next().await {
        report.add(part);
        claimed_absent.extend(absent);
    }
    // What is still under way may be executed yet, against what was claimed of it.
    tokio::time::sleep(SETTLED).await;
    for (id, claim) in claimed_absent {
        let times = venue.executions(id.as_str());
        if times != 0 {
            report.untrue.push(format!("{id}: {claim}, but it was executed"));
        }
    }
    report.requests = venue.requests();
    report.exceeded = venue.worst_window().into_iter().filter(LimitReport::is_over).collect();
    report.repeated = venue.repeated_client_ids();
    let took = venue.clock().now_ms().saturating_sub(began);
    report.venue_time = Duration::from_millis(u64::try_from(took).unwrap_or_default());
    report
}

/// One client and its orders.
struct Desk<'s> {
    venue: &'s Running,
    client: Client<BitMart>,
    rng: Rng,
    number: usize,
    resting: VecDeque<OrderId>,
    report: Report,
    absent: Vec<(ClientOrderId, &'static str)>,
}

impl<'s> Desk<'s> {
    fn new(sim: &'s Sim, number: usize, ledger: Ledger, mut rng: Rng) -> Self {
        let venue = sim.venue(Which::BitMart);
        let skew = rng.i64(-SKEW_MS..=SKEW_MS);
        let time = venue.clock().clone();
        let client = Client::builder(BitMart::new())
            .base(venue.rest())
            .dialer(Arc::new(Slow { inner: sim.dialer(), rng: Mutex::new(rng.fork()) }))
            .credentials(credentials(venue))
            .clock(Clock::custom(move || Millis::new(time.now_ms().saturating_add(skew))))
            .ledger(ledger)
            .retry(Retry::default())
            .timeout(Duration::from_secs(5))
            .build()
            .expect("the settings hold");
        Self {
            venue,
            client,
            rng,
            number,
            resting: VecDeque::new(),
            report: Report::default(),
            absent: Vec::new(),
        }
    }

    async fn trade(mut self, requests: u64) -> (Report, Vec<(ClientOrderId, &'static str)>) {
        while self.venue.requests() < requests {
            match self.rng.u8(..10) {
                0..4 => self.submit().await,
                4..7 => self.cancel().await,
                _ => self.query().await,
            }
        }
        (self.report, self.absent)
    }

    /// Counts a call, and after a failure rests for as long as it says.
    async fn note<T>(&mut self, result: &Result<T, Error>) {
        let error = match result {
            Ok(_) => {
                self.report.succeeded += 1;
                return;
            }
            Err(error) => error,
        };
        *match error.outcome() {
            Outcome::NotSent => &mut self.report.not_sent,
            Outcome::Rejected => &mut self.report.rejected,
            Outcome::Unknown => &mut self.report.unknown,
        } += 1;
        let rest = error.retry_after().unwrap_or(Duration::from_millis(20));
        tokio::time::sleep(rest).await;
    }

    async fn submit(&mut self) {
        if self.resting.len() >= RESTING {
            return self.cancel().await;
        }
        self.report.orders += 1;
        let id = ClientOrderId::new(format!("s{}n{}", self.number, self.report.orders));
        let order = self.order().client_order_id(id.clone());
        let result = self.client.send(order).await;
        match &result {
            Ok(ack) => {
                self.executed(&id, "accepted");
                self.resting.push_back(ack.order_id.clone());
            }
            Err(error) => match error.outcome() {
                Outcome::NotSent => self.absent.push((id, "not sent")),
                Outcome::Rejected => self.absent.push((id, "rejected")),
                Outcome::Unknown => self.resolve(&id, error).await,
            },
        }
        self.note(&result).await;
    }

    /// Mostly an order that rests far from the market, now and then one that trades.
    fn order(&mut self) -> SubmitOrder {
        let last = self.venue.last_price(SYMBOL).unwrap_or_default().trunc();
        let (below, above) = (last - last / Decimal::TEN, last + last / Decimal::TEN);
        let (side, price) = match self.rng.u8(..10) {
            0 => (Side::BuyOpenLong, above),
            1 => (Side::SellCloseLong, below),
            2..6 => (Side::BuyOpenLong, below),
            _ => (Side::SellOpenShort, above),
        };
        SubmitOrder::limit(SYMBOL, side, Contracts::new(1), Price::from_decimal(price.trunc()))
    }

    /// Looks until it is known what became of an order.
    async fn resolve(&mut self, id: &ClientOrderId, error: &Error) {
        for _ in 0..LOOKS {
            let rest = match self.client.resolve(error).await {
                Ok(Resolution::Executed(row)) => {
                    self.report.found += 1;
                    self.executed(id, "found executed");
                    if let Ok(order) = row.decode::<bitmart_futures::rest::Order>() {
                        self.resting.push_back(order.order_id);
                    }
                    return;
                }
                Ok(Resolution::NotFound) => {
                    self.report.absent += 1;
                    return self.absent.push((id.clone(), "not found"));
                }
                Ok(Resolution::StillUnknown { conclusive_in: Some(rest) }) => rest,
                Ok(_) => break,
                Err(error) => error.retry_after().unwrap_or(Duration::from_millis(500)),
            };
            tokio::time::sleep(rest).await;
        }
        self.report.unresolved += 1;
    }

    fn executed(&mut self, id: &ClientOrderId, claim: &str) {
        if self.venue.executions(id.as_str()) == 0 {
            self.report.untrue.push(format!("{id}: {claim}, but it was not executed"));
        }
    }

    async fn cancel(&mut self) {
        let Some(id) = self.resting.pop_front() else { return self.query().await };
        let result = self.client.send(CancelOrder::new(SYMBOL, id.clone())).await;
        // An order that is done is as good as cancelled; all else is tried again some other time.
        let is_gone = result.as_ref().map_or_else(|error| error.kind() == Kind::UnknownOrder, |_| true);
        if !is_gone {
            self.resting.push_back(id);
        }
        self.note(&result).await;
    }

    async fn query(&mut self) {
        match (self.rng.u8(..5), self.resting.front().cloned()) {
            (0, _) => {
                let result = self.client.send(GetAssets::new()).await;
                self.note(&result).await;
            }
            (1, _) => {
                let result = self.client.send(GetDepth::new(SYMBOL)).await;
                self.note(&result).await;
            }
            (2, _) => {
                let result = self.client.send(GetContractDetails::new()).await;
                self.note(&result).await;
            }
            (3, Some(id)) => {
                let result = self.client.send(GetOrder::new(SYMBOL, id)).await;
                self.note(&result).await;
            }
            _ => {
                let result = self.client.send(GetOpenOrders::new().symbol(SYMBOL)).await;
                self.note(&result).await;
            }
        }
    }
}

/// A way to the venue on which everything takes its time, both ways. What was sent goes on when nobody waits
/// for an answer any more.
#[derive(Debug)]
struct Slow {
    inner: Arc<dyn Dial>,
    rng: Mutex<Rng>,
}

#[async_trait]
impl Dial for Slow {
    async fn dial(&self, host: &str, port: u16) -> io::Result<Box<dyn Socket>> {
        let mut rng = self.rng.lock().unwrap_or_else(PoisonError::into_inner).fork();
        tokio::time::sleep(latency(&mut rng)).await;
        let (from_venue, to_venue) = tokio::io::split(self.inner.dial(host, port).await?);
        let (near, far) = tokio::io::duplex(64 * 1024);
        let (from_client, to_client) = tokio::io::split(far);
        tokio::spawn(carry(from_client, to_venue, rng.fork()));
        tokio::spawn(carry(from_venue, to_client, rng));
        Ok(Box::new(near))
    }
}

/// Tens of milliseconds; once in a few hundred times, seconds.
fn latency(rng: &mut Rng) -> Duration {
    let longest = if rng.u16(..400) == 0 { 4_000 } else { 60 };
    Duration::from_millis(rng.u64(1..=longest))
}

async fn carry(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, mut rng: Rng) {
    let mut bytes = vec![0; 16 * 1024];
    loop {
        let count = from.read(&mut bytes).await.unwrap_or(0);
        tokio::time::sleep(latency(&mut rng)).await;
        let Some(read) = bytes.get(..count).filter(|read| !read.is_empty()) else { break };
        if to.write_all(read).await.is_err() {
            break;
        }
    }
    // The other side may have gone already.
    let _ = to.shutdown().await;
}

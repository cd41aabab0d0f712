//! A whole call over a transport that answers at once: what the client costs besides the network.

use std::cell::RefCell;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use venue_benches::{Bench, Goal, Pair};
use venue_core::http::{Outgoing, Reply, Sent, Transport, TransportError};
use venue_core::http_types::{HeaderMap, StatusCode};
use venue_core::{Client, Endpoint};
use venue_sim::Which;

use crate::ledger::paused;
use crate::orders::{EachVenue, credentials, documented, each, name};

pub(crate) fn run(bench: &Bench) {
    if bench.is_timed() {
        each(&mut Layer(bench));
    }
}

/// Answers at once, always the same.
#[derive(Debug)]
struct Ready(Bytes);

#[async_trait]
impl Transport for Ready {
    async fn exchange(&self, _: Outgoing, sent: &Sent) -> Result<Reply, TransportError> {
        sent.mark();
        Ok(Reply::new(StatusCode::OK, HeaderMap::new(), self.0.clone()))
    }
}

struct Layer<'b>(&'b Bench);

impl EachVenue for Layer<'_> {
    fn venue<E: Endpoint + Clone>(&mut self, which: Which, venue: E::Venue, orders: Vec<E>) {
        let name = format!("layer: a call over a ready stub, {}", name(which));
        if !self.0.takes(&name) {
            return;
        }
        let runtime = paused();
        let client = Client::builder(venue)
            .credentials(credentials())
            .transport(Arc::new(Ready(documented(which, &E::SPEC).into())))
            .build()
            .unwrap();
        // The documented budget is spent, then its window passes, on a clock that is moved by hand.
        let budget = orders[0].costs().iter().map(|cost| cost.limit.count / cost.weight.max(1)).min();
        let batch = usize::try_from(budget.unwrap_or(100)).unwrap().min(60);
        let longest = orders[0].costs().iter().map(|cost| cost.limit.window_ms).max().unwrap_or(0);
        let window = Duration::from_millis(longest + 1000);
        // A call takes its order: they are made while nothing is measured.
        let stock = RefCell::new(Vec::new());
        let mut next = orders.iter().cycle();
        self.0.batches(
            &Pair {
                name: &name,
                against: "nothing",
                goal: Some(Goal::Within { value: 1_500_000 }),
                allocations: Some(8),
            },
            batch,
            |passes| {
                runtime.block_on(async {
                    for _ in 0..passes {
                        let order = stock.borrow_mut().pop().expect("there are enough");
                        drop(black_box(client.send(order).await.unwrap()));
                    }
                });
            },
            || {
                let mut stock = stock.borrow_mut();
                while stock.len() < batch {
                    stock.push(next.next().expect("it goes round").clone());
                }
                runtime.block_on(tokio::time::advance(window));
            },
        );
        let spent: Vec<_> = client.ledger().snapshot();
        assert!(!spent.is_empty(), "the budget was drawn on");
    }
}

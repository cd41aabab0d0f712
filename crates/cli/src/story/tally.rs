//! What the simulated venue itself counted while the story was told.

use serde::Serialize;
use venue_sim::Running;

use crate::show::{self, BAD, BOLD, GOOD, styled};
use crate::stop::Stop;

/// The venue's side of the story.
#[derive(Debug, Serialize)]
pub(super) struct Tally {
    requests: u64,
    refused: u64,
    orders: u64,
    client_order_ids: usize,
    executed_twice: Vec<String>,
    endpoints: Vec<Used>,
}

/// An endpoint that was used, and its limit.
#[derive(Debug, Serialize)]
struct Used {
    method: String,
    path: String,
    executed: u64,
    limit: u64,
    window_ms: u64,
    worst_window: u64,
}

pub(super) const SUBMIT_ORDER: (&str, &str) = ("POST", "/contract/private/submit-order");

impl Tally {
    pub(super) fn of(venue: &Running) -> Self {
        let reports = venue.worst_window();
        let used = venue.catalog().served().filter_map(|endpoint| {
            let report = reports.iter().find(|report| report.bucket == endpoint.id && report.worst > 0)?;
            Some(Used {
                executed: venue.executed(&endpoint.method, &endpoint.path),
                method: endpoint.method.clone(),
                path: endpoint.path.clone(),
                limit: report.limit,
                window_ms: report.window_ms,
                worst_window: report.worst,
            })
        });
        Self {
            endpoints: used.collect(),
            requests: venue.requests(),
            refused: venue.refused(),
            orders: venue.executed(SUBMIT_ORDER.0, SUBMIT_ORDER.1),
            client_order_ids: venue.orders_with_client_id(),
            executed_twice: venue.repeated_client_ids(),
        }
    }

    /// No window over its limit, no order twice.
    pub(super) fn is_good(&self) -> bool {
        self.executed_twice.is_empty() && self.endpoints.iter().all(|used| used.worst_window <= used.limit)
    }

    pub(super) fn print(&self) -> Result<(), Stop> {
        show::line(format_args!("\n{}", styled(BOLD, "     What the simulator counted on its side")))?;
        let rows = self.endpoints.iter().map(|used| {
            let mark = if used.worst_window <= used.limit { '✓' } else { '✗' };
            [
                format!("   {} {}", used.method, used.path),
                used.executed.to_string(),
                format!("{} per {} s", used.limit, used.window_ms / 1000),
                format!("{} of {} {mark}", used.worst_window, used.limit),
            ]
        });
        let headings = ["   endpoint", "executed", "documented limit", "worst window"];
        show::line(show::table(&headings, rows))?;
        let Self { requests, refused, orders, client_order_ids, executed_twice, .. } = self;
        let twice = executed_twice.len();
        let style = if twice == 0 { GOOD } else { BAD };
        show::line(format_args!(
            "     {requests} requests, {refused} refused; {orders} orders executed under {client_order_ids} \
             client order ids: {}\n",
            styled(style, format_args!("{twice} executed twice"))
        ))
    }
}

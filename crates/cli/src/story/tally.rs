//! What the simulated venue itself counted while the story was told.

use serde::Serialize;
use venue_sim::{LimitReport, Running};

use crate::show::{self, BAD, BOLD, GOOD, styled};
use crate::stop::Stop;

/// The venue's side of the story.
#[derive(Debug, Serialize)]
pub(crate) struct Tally {
    pub(crate) requests: u64,
    pub(crate) refused: u64,
    pub(crate) client_order_ids: usize,
    pub(crate) executed_twice: Vec<String>,
    limits: Vec<Used>,
}

/// A limit that was used.
#[derive(Debug, Serialize)]
struct Used {
    /// The endpoint, or what shares the limit.
    bucket: String,
    per: String,
    limit: u64,
    window_ms: u64,
    worst_window: u64,
    /// The venue doesn't document the number.
    assumed: bool,
}

impl Used {
    fn of(report: LimitReport) -> Self {
        let LimitReport { bucket, per, limit, window_ms, worst, assumed, .. } = report;
        Self { bucket, per, limit, window_ms, worst_window: worst, assumed }
    }

    fn is_kept(&self) -> bool {
        self.worst_window <= self.limit
    }
}

impl Tally {
    pub(super) fn of(venue: &Running) -> Self {
        let used = venue.worst_window().into_iter().filter(|report| report.worst > 0);
        Self {
            limits: used.map(Used::of).collect(),
            requests: venue.requests(),
            refused: venue.refused(),
            client_order_ids: venue.orders_with_client_id(),
            executed_twice: venue.repeated_client_ids(),
        }
    }

    /// No window over its limit, no order twice.
    pub(super) fn is_good(&self) -> bool {
        self.executed_twice.is_empty() && self.limits.iter().all(Used::is_kept)
    }

    pub(super) fn print(&self) -> Result<(), Stop> {
        show::line(format_args!("\n{}", styled(BOLD, "     What the simulator counted on its side")))?;
        if self.limits.is_empty() {
            show::line("     the venue documents no limits, and none are counted")?;
        } else {
            let rows = self.limits.iter().map(|used| {
                let assumed = if used.assumed { " (assumed)" } else { "" };
                [
                    format!("   {}", used.bucket),
                    used.per.clone(),
                    format!("{} per {} s{assumed}", used.limit, used.window_ms / 1000),
                    format!(
                        "{} of {} {}",
                        used.worst_window,
                        used.limit,
                        if used.is_kept() { '✓' } else { '✗' }
                    ),
                ]
            });
            show::line(show::table(&["   limit of", "per", "allowed", "worst window"], rows))?;
        }
        let Self { requests, refused, client_order_ids, executed_twice, .. } = self;
        let twice = executed_twice.len();
        let style = if twice == 0 { GOOD } else { BAD };
        show::line(format_args!(
            "     {requests} requests, {refused} refused; orders executed under {client_order_ids} client order \
             ids: {}\n",
            styled(style, format_args!("{twice} of them twice"))
        ))
    }
}

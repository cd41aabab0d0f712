//! `venue watch`: a channel's pushes as they come, as a live view, as text or as JSON lines.

mod lines;
mod open;
mod view;

use std::io::IsTerminal as _;

use tokio::sync::mpsc;
use venue_core::ws::{BookEvent, BookUpdate, DecodedPush, Event, Levels, Received, Update};

use crate::args::Watch;
use crate::call::runtime;
use crate::sim::stopped;
use crate::stop::{Done, Stop};
use open::Opened;

/// Levels of a book that are shown.
const DEPTH: usize = 12;

/// Something that came, with the symbol it was asked for.
struct Item {
    symbol: String,
    what: What,
}

enum What {
    Push(Update<DecodedPush>),
    Book { update: BookUpdate, levels: Option<(Levels, Levels)> },
}

impl What {
    /// The event's name, in lower case.
    fn name(&self) -> &'static str {
        match self {
            Self::Push(update) => update.event.name(),
            Self::Book { update, .. } => match &update.event {
                BookEvent::Synced => "synced",
                BookEvent::Changed => "changed",
                BookEvent::Lost(_) => "lost",
                BookEvent::NoSnapshot(_) => "no-snapshot",
                BookEvent::Stream(event) => event.name(),
                _ => "other",
            },
        }
    }

    /// What there is to say about it, besides data.
    fn words(&self) -> Option<String> {
        match self {
            Self::Push(update) => said(&update.event),
            Self::Book { update, .. } => match &update.event {
                BookEvent::Lost(cause) => Some(format!("{cause:?}")),
                BookEvent::NoSnapshot(error) => Some(error.to_string()),
                BookEvent::Stream(event) => said(event),
                _ => None,
            },
        }
    }

    fn received(&self) -> (Received, u64) {
        match self {
            Self::Push(update) => (update.received, update.generation),
            Self::Book { update, .. } => (update.received, update.generation),
        }
    }

    /// Whether the venue refused, or what came couldn't be read.
    fn is_bad(&self) -> bool {
        matches!(self.name(), "rejected" | "unreadable")
    }
}

fn said<T>(event: &Event<T>) -> Option<String> {
    match event {
        Event::Gap(gap) if gap.refill.is_empty() => Some(gap.reason.to_string()),
        Event::Gap(gap) => Some(format!("{}; to fill it: {}", gap.reason, gap.refill.join(", "))),
        Event::Stale { silent } => Some(format!("nothing for {} s", silent.as_secs())),
        Event::Lagged { missed } => Some(format!("{missed} missed")),
        Event::Unreadable(error) | Event::Rejected(error) => Some(error.to_string()),
        _ => None,
    }
}

pub(crate) fn run(args: &Watch, is_json: bool) -> Result<Done, Stop> {
    runtime()?.block_on(async {
        // Heard from before the first line is out, so that whoever reads it may stop us.
        let stopped = stopped()?;
        let Opened { feed, channel, mut items, sim } = open::open(args).await?;
        let result = if is_json || !std::io::stdout().is_terminal() {
            lines::show(&mut items, &channel, args.count, is_json, stopped).await
        } else {
            view::show(&mut items, &channel, args.venue, &feed, args.count, stopped).await
        };
        feed.close().await;
        drop(sim);
        result
    })
}

/// The next item, or none when it is time to stop.
async fn next(items: &mut mpsc::Receiver<Item>, left: &mut Option<u64>) -> Option<Item> {
    if *left == Some(0) {
        return None;
    }
    let item = items.recv().await?;
    if matches!(item.what.name(), "data" | "changed" | "synced")
        && let Some(left) = left
    {
        *left = left.saturating_sub(1);
    }
    Some(item)
}

//! A line for each item: JSON for programs, text where there is no terminal.

use std::future::Future;
use std::pin::pin;

use serde::Serialize;
use serde_json::value::RawValue;
use tokio::sync::mpsc;
use venue_core::Millis;
use venue_core::ws::{Event, Levels};

use super::{Item, What, next, open};
use crate::show;
use crate::stop::{Done, Stop};

pub(super) async fn show(
    items: &mut mpsc::Receiver<Item>,
    channel: &str,
    count: Option<u64>,
    is_json: bool,
    stopped: impl Future<Output = ()>,
) -> Result<Done, Stop> {
    let (mut stopped, mut left, mut bad) = (pin!(stopped), count, false);
    loop {
        let item = tokio::select! {
            biased;
            () = &mut stopped => break,
            item = next(items, &mut left) => item,
        };
        let Some(item) = item else { break };
        bad |= item.what.is_bad();
        if is_json {
            show::json(&object(&item, channel))?;
        } else {
            show::line(text(&item))?;
        }
    }
    Ok(open::done(bad))
}

/// An item as one JSON object.
#[derive(Serialize)]
struct Object<'i> {
    channel: &'i str,
    #[serde(skip_serializing_if = "str::is_empty")]
    symbol: &'i str,
    event: &'static str,
    generation: u64,
    received_ms: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    venue_ms: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    /// As it was written: a detour through a tree of values would be one for its digits too.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'i RawValue>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    unmapped: &'i [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    bids: Option<Vec<[String; 2]>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    asks: Option<Vec<[String; 2]>>,
}

fn object<'i>(item: &'i Item, channel: &'i str) -> Object<'i> {
    let (received, generation) = item.what.received();
    let mut object = Object {
        channel,
        symbol: &item.symbol,
        event: item.what.name(),
        generation,
        received_ms: received.wall.get(),
        venue_ms: None,
        message: item.what.words(),
        value: None,
        unmapped: &[],
        bids: None,
        asks: None,
    };
    match &item.what {
        What::Push(update) => {
            object.venue_ms = update.venue_time.map(Millis::get);
            if let Event::Data(push) = &update.event {
                object.value = push.value.as_deref().and_then(|value| serde_json::from_str(value).ok());
                object.unmapped = &push.unmapped;
            }
        }
        What::Book { update, levels } => {
            object.venue_ms = update.venue_time.map(Millis::get);
            if let Some((bids, asks)) = levels {
                object.bids = Some(side(bids));
                object.asks = Some(side(asks));
            }
        }
    }
    object
}

fn side(levels: &Levels) -> Vec<[String; 2]> {
    levels.iter().map(|(price, size)| [price.to_string(), size.to_string()]).collect()
}

fn text(item: &Item) -> String {
    let name = item.what.name();
    let said = match &item.what {
        What::Push(update) => match &update.event {
            Event::Data(push) => push.value.clone(),
            _ => item.what.words(),
        },
        What::Book { levels: Some((bids, asks)), .. } => {
            let best = |levels: &Levels| {
                levels.first().map_or_else(|| "-".to_owned(), |(price, size)| format!("{size} @ {price}"))
            };
            Some(format!("{} | {}", best(bids), best(asks)))
        }
        What::Book { .. } => item.what.words(),
    };
    [item.symbol.as_str(), name, said.as_deref().unwrap_or_default()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

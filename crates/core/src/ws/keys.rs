//! Listen keys, shared by the connections of a feed that need them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::line::{Entry, Line};
use crate::client::AnyClient;
use crate::error::Error;
use crate::sign::Secret;

/// A key younger than this isn't fetched anew, however it failed.
const FRESH: Duration = Duration::from_secs(5);

/// The keys of a feed, by line.
#[derive(Default)]
pub(super) struct Keys(Mutex<HashMap<&'static str, Cell>>);

/// Held while a key is fetched, so that connections which start together share one.
type Cell = Arc<tokio::sync::Mutex<Option<Held>>>;

struct Held {
    key: Secret,
    /// When it was given or last renewed.
    at: Instant,
}

impl Keys {
    fn cell(&self, line: &Line) -> Cell {
        let mut cells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(cells.entry(line.name).or_default())
    }

    /// A key and its age.
    pub(super) async fn get(
        &self,
        client: &AnyClient,
        line: &'static Line,
        fresh: bool,
    ) -> Result<(Secret, Duration), Error> {
        let missing = || Error::config(format!("{}: no way to a listen key", line.name));
        let calls = client.venue().streams().and_then(|streams| streams.keys(line)).ok_or_else(missing)?;
        let Entry::Key(life) = line.entry else { return Err(missing()) };
        let cell = self.cell(line);
        let mut held = cell.lock().await;
        if let Some(known) = held.as_ref() {
            let age = known.at.elapsed();
            if age < FRESH || !fresh && age < life.valid / 2 {
                return Ok((known.key.clone(), age));
            }
        }
        let asked = Instant::now();
        let key = (calls.fetch)(client).await?;
        *held = Some(Held { key: key.clone(), at: asked });
        Ok((key, asked.elapsed()))
    }

    /// Renews the key that a connection uses; it may be another than the newest.
    pub(super) async fn renew(
        &self,
        client: &AnyClient,
        line: &'static Line,
        key: &Secret,
    ) -> Result<(), Error> {
        let Some(renew) = client.venue().streams().and_then(|streams| streams.keys(line)?.renew) else {
            return Ok(());
        };
        let cell = self.cell(line);
        let mut held = cell.lock().await;
        let known = held.as_mut().filter(|held| held.key.expose() == key.expose());
        if known.as_ref().is_some_and(|held| held.at.elapsed() < FRESH) {
            // Another connection that uses it has just done so.
            return Ok(());
        }
        let asked = Instant::now();
        renew(client, key).await?;
        if let Some(known) = known {
            known.at = asked;
        }
        Ok(())
    }

    /// Gives all keys back, where the venue knows such a thing.
    pub(super) async fn release(&self, client: &AnyClient) {
        let cells: Vec<(&'static str, Cell)> =
            self.0.lock().unwrap_or_else(PoisonError::into_inner).drain().collect();
        let Some(streams) = client.venue().streams() else { return };
        for (name, cell) in cells {
            let line = streams.lines().iter().find(|line| line.name == name);
            let release = line.and_then(|line| streams.keys(line)?.release);
            if let (Some(release), Some(held)) = (release, cell.lock().await.take())
                && let Err(error) = release(client, &held.key).await
            {
                tracing::debug!(line = name, %error, "a listen key was not given back; it ends by itself");
            }
        }
    }
}

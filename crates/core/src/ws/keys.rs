//! Listen keys, shared by the connections of a feed that need them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
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
pub(super) struct Keys(Mutex<HashMap<&'static str, Arc<Cell>>>);

#[derive(Default)]
struct Cell {
    held: Mutex<Option<Held>>,
    /// Held while a key is fetched, so that connections which start together share one.
    fetching: Turn,
}

struct Held {
    key: Secret,
    /// When it was given or last renewed.
    at: Instant,
    /// Held while it is renewed, so that connections which use it do so once. A renewal that takes its time keeps
    /// nobody from a new key, nor that key from being renewed.
    renewing: Arc<Turn>,
}

type Turn = tokio::sync::Mutex<()>;

impl Cell {
    fn held(&self) -> MutexGuard<'_, Option<Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keys {
    fn cell(&self, line: &Line) -> Arc<Cell> {
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
        let _turn = cell.fetching.lock().await;
        if let Some(known) = cell.held().as_ref() {
            let age = known.at.elapsed();
            if age < FRESH || !fresh && age < life.valid / 2 {
                return Ok((known.key.clone(), age));
            }
        }
        let asked = Instant::now();
        let key = (calls.fetch)(client).await?;
        *cell.held() = Some(Held { key: key.clone(), at: asked, renewing: Arc::default() });
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
        let is_it = |held: &&mut Held| held.key.expose() == key.expose();
        let turn = cell.held().as_mut().filter(is_it).map(|held| Arc::clone(&held.renewing));
        let _turn = match &turn {
            Some(turn) => Some(turn.lock().await),
            None => None,
        };
        if cell.held().as_mut().filter(is_it).is_some_and(|held| held.at.elapsed() < FRESH) {
            // Another connection that uses it has just done so.
            return Ok(());
        }
        let asked = Instant::now();
        renew(client, key).await?;
        if let Some(held) = cell.held().as_mut().filter(is_it) {
            held.at = asked;
        }
        Ok(())
    }

    /// Gives all keys back, where the venue knows such a thing.
    pub(super) async fn release(&self, client: &AnyClient) {
        let cells: Vec<(&'static str, Arc<Cell>)> =
            self.0.lock().unwrap_or_else(PoisonError::into_inner).drain().collect();
        let Some(streams) = client.venue().streams() else { return };
        for (name, cell) in cells {
            let line = streams.lines().iter().find(|line| line.name == name);
            let release = line.and_then(|line| streams.keys(line)?.release);
            // One that is still on its way is given back, too.
            let _turn = cell.fetching.lock().await;
            let held = cell.held().take();
            if let (Some(release), Some(held)) = (release, held)
                && let Err(error) = release(client, &held.key).await
            {
                tracing::debug!(line = name, %error, "a listen key was not given back; it ends by itself");
            }
        }
    }
}

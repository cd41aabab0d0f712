//! A running simulation.

use std::sync::Arc;

use tokio::sync::watch;
use venue_core::http::Dial;

use crate::builder::Builder;
use crate::dial::SimDial;
use crate::fault::Script;
use crate::running::Running;
use crate::which::Which;

/// Simulated venues that run until this is dropped.
#[derive(Debug)]
pub struct Sim {
    pub(crate) venues: PerVenue<Running>,
    pub(crate) ca_pem: String,
    pub(crate) roots: Vec<Vec<u8>>,
    pub(crate) dialer: Arc<SimDial>,
    /// Closing it is what stops the servers.
    pub(crate) _stop: watch::Sender<()>,
}

impl Sim {
    /// Says what to simulate.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// A venue of this simulation. One that wasn't asked for is there too, with port 0, where nothing
    /// listens: a client reports that its request wasn't sent.
    #[must_use]
    pub fn venue(&self, which: Which) -> &Running {
        self.venues.get(which)
    }

    /// Adds faults to the scripts of the venues that they are for.
    pub fn faults(&self, scripts: impl IntoIterator<Item = Script>) {
        for script in scripts {
            for which in Which::ALL {
                self.venue(which).fault(script.clone());
            }
        }
    }

    /// The certificate of the authority that signed the servers' certificate, as PEM.
    #[must_use]
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// The roots a client must trust, as DER.
    #[must_use]
    pub fn roots_der(&self) -> &[Vec<u8>] {
        &self.roots
    }

    /// Connects in memory instead of over sockets, to the venue whose loopback address is dialled. The venue
    /// then runs on the dialling runtime, so that its clock may be paused.
    #[must_use]
    pub fn dialer(&self) -> Arc<dyn Dial> {
        Arc::<SimDial>::clone(&self.dialer)
    }
}

/// One value for each venue.
#[derive(Debug)]
pub(crate) struct PerVenue<T> {
    hashkey: T,
    bitmart: T,
    wex_spot: T,
    wex_futures: T,
    hibt: T,
    pumpkin: T,
}

impl<T> PerVenue<T> {
    pub(crate) fn build(mut make: impl FnMut(Which) -> T) -> Self {
        Self {
            hashkey: make(Which::HashKey),
            bitmart: make(Which::BitMart),
            wex_spot: make(Which::WexSpot),
            wex_futures: make(Which::WexFutures),
            hibt: make(Which::Hibt),
            pumpkin: make(Which::Pumpkin),
        }
    }

    pub(crate) fn get(&self, which: Which) -> &T {
        match which {
            Which::HashKey => &self.hashkey,
            Which::BitMart => &self.bitmart,
            Which::WexSpot => &self.wex_spot,
            Which::WexFutures => &self.wex_futures,
            Which::Hibt => &self.hibt,
            Which::Pumpkin => &self.pumpkin,
        }
    }
}

//! What to simulate.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::clock::Clock;
use crate::dial::SimDial;
use crate::error::SimError;
use crate::manner::Manner;
use crate::running::Running;
use crate::server::Server;
use crate::sim::{PerVenue, Sim};
use crate::tls::Tls;
use crate::venue::{Settings, Venue};
use crate::which::Which;

/// Says what to simulate; [`start`](Self::start) does it.
#[derive(Debug, Clone)]
#[must_use]
pub struct Builder {
    venues: Vec<Which>,
    seed: u64,
    port: Option<u16>,
    plain: bool,
    clock_offset_ms: i64,
    epoch_ms: Option<u64>,
    limits: bool,
    state: bool,
    manner: Manner,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            venues: Vec::new(),
            seed: 0,
            port: None,
            plain: false,
            clock_offset_ms: 0,
            epoch_ms: None,
            limits: true,
            state: true,
            manner: Manner::default(),
        }
    }
}

impl Builder {
    /// Adds a venue. With none added, all six are simulated.
    pub fn venue(mut self, which: Which) -> Self {
        if !self.venues.contains(&which) {
            self.venues.push(which);
        }
        self
    }

    /// Credentials, ids, markets and chance follow from this seed; 0 by default.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The first venue listens on `port`, the next on `port + 1`, and so on, and after them all the further
    /// products of venues that have a host for each; on free ports by default.
    pub fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// Speaks plain HTTP instead of TLS.
    pub fn plain(mut self, plain: bool) -> Self {
        self.plain = plain;
        self
    }

    /// The venues' clocks run this much ahead of the system's, or behind when negative.
    pub fn clock_offset_ms(mut self, offset_ms: i64) -> Self {
        self.clock_offset_ms = offset_ms;
        self
    }

    /// The venues' clocks start at this time instead of the system's.
    pub fn starts_at_ms(mut self, epoch_ms: u64) -> Self {
        self.epoch_ms = Some(epoch_ms);
        self
    }

    /// Whether documented limits are enforced; they are by default, and are counted in any case. Limits that
    /// the documentation doesn't give are never enforced.
    pub fn limits(mut self, enforced: bool) -> Self {
        self.limits = enforced;
        self
    }

    /// Whether answers follow from what happened before, where a venue has state here; they do by default.
    /// Otherwise every correct request is answered with the documented example.
    pub fn stateful(mut self, stateful: bool) -> Self {
        self.state = stateful;
        self
    }

    /// Whose word counts where live streams were seen to differ from their documentation.
    pub fn manner(mut self, manner: Manner) -> Self {
        self.manner = manner;
        self
    }

    /// Starts listening on loopback; must be called within a tokio runtime with I/O and time enabled.
    ///
    /// # Errors
    /// When a port is taken or missing, or the certificate can't be made.
    pub async fn start(self) -> Result<Sim, SimError> {
        let venues = if self.venues.is_empty() { Which::ALL.to_vec() } else { self.venues };
        let tls = Tls::new()?;
        let (stop, stopped) = watch::channel(());
        let (mut started, mut servers) = (Vec::new(), Vec::new());
        let port = |index: u16| match self.port {
            Some(first) => first.checked_add(index).ok_or(SimError::Port(first)),
            None => Ok(0),
        };
        let mut further = u16::try_from(venues.len()).unwrap_or(u16::MAX);
        for (which, index) in venues.into_iter().zip(0u16..) {
            let clock = Clock::with_offset(self.clock_offset_ms);
            let clock = self.epoch_ms.map_or(clock.clone(), |epoch_ms| clock.starting_at(epoch_ms));
            let settings = Settings {
                seed: self.seed,
                clock,
                limits: self.limits,
                state: self.state,
                manner: self.manner,
            };
            let venue = Arc::new(Venue::new(which, settings)?);
            let failed = |source| SimError::Listen { which, source };
            let mut addresses = Vec::new();
            for product in 0..=venue.catalog.hosts.other_products().count() {
                let port = port(if product == 0 { index } else { further })?;
                further = further.saturating_add(u16::from(product > 0));
                let listener =
                    TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], port))).await.map_err(failed)?;
                let address = listener.local_addr().map_err(failed)?;
                let server = Server {
                    venue: Arc::clone(&venue),
                    product,
                    tls: (!self.plain).then(|| tls.acceptor.clone()),
                    stop: stopped.clone(),
                };
                tokio::spawn(server.clone().listen(listener));
                servers.push((address.port(), server));
                addresses.push(address);
            }
            started.push(Running::new(which, venue, &addresses, self.plain));
        }
        let venues = PerVenue::build(|which| {
            match started.iter().position(|running: &Running| running.which() == which) {
                Some(at) => started.swap_remove(at),
                None => Running::idle(which, self.plain),
            }
        });
        Ok(Sim {
            venues,
            ca_pem: tls.ca_pem,
            roots: vec![tls.ca_der],
            dialer: Arc::new(SimDial { servers }),
            _stop: stop,
        })
    }
}

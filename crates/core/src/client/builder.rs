//! Setting a client up.

use std::fmt;
use std::marker::PhantomData;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use http::HeaderValue;

use super::base::Base;
use super::{AnyClient, Client, Retry, Shared};
use crate::budget::Ledger;
use crate::clock::Clock;
use crate::error::Error;
use crate::http::{Dial, Pool, Roots, TcpDial, Timeouts, Transport};
use crate::sign::Credentials;
use crate::venue::Venue;
use crate::ws::Net;

/// Sets a client up; see [`Client::builder`].
#[must_use = "a builder does nothing until `build`"]
pub struct Builder<V: ?Sized> {
    venue: Arc<dyn Venue>,
    base: Option<String>,
    sandbox: bool,
    credentials: Option<Credentials>,
    clock: Clock,
    ledger: Ledger,
    account: Option<String>,
    timeout: Duration,
    connect_timeout: Duration,
    roots: Roots,
    dial: Option<Arc<dyn Dial>>,
    proxy: Option<(String, u16)>,
    transport: Option<Arc<dyn Transport>>,
    user_agent: String,
    retry: Retry,
    max_body: usize,
    typed: PhantomData<fn() -> Box<V>>,
}

impl<V: ?Sized> fmt::Debug for Builder<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("venue", &self.venue)
            .field("base", &self.base)
            .finish_non_exhaustive()
    }
}

impl<V: ?Sized> Builder<V> {
    pub(super) fn new(venue: Arc<dyn Venue>) -> Self {
        Self {
            venue,
            base: None,
            sandbox: false,
            credentials: None,
            clock: Clock::system(),
            ledger: Ledger::new(),
            account: None,
            timeout: Duration::from_secs(10),
            connect_timeout: Duration::from_secs(5),
            roots: Roots::web(),
            dial: None,
            proxy: None,
            transport: None,
            user_agent: concat!("venue-core/", env!("CARGO_PKG_VERSION")).to_owned(),
            retry: Retry::default(),
            max_body: 32 * 1024 * 1024,
            typed: PhantomData,
        }
    }

    /// Key, secret and memo; without them, only public endpoints work.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = Some(credentials);
        self
    }

    /// Another base than the venue's production host, path prefix included. Plain `http` only to this
    /// machine.
    pub fn base(mut self, url: impl Into<String>) -> Self {
        self.base = Some(url.into());
        self
    }

    /// The venue's sandbox, where it documents one.
    pub fn sandbox(mut self) -> Self {
        self.sandbox = true;
        self
    }

    /// The clock that stamps requests; the machine's by default.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// The ledger that the client spends from; one of its own by default. Clients behind one address must
    /// share one, or they spend the same limit twice.
    pub fn ledger(mut self, ledger: Ledger) -> Self {
        self.ledger = ledger;
        self
    }

    /// The account's name in the ledger: keys of one account share its limits by account. Each key is an
    /// account of its own by default.
    pub fn account(mut self, name: impl Into<String>) -> Self {
        self.account = Some(name.into());
        self
    }

    /// The time that a whole call may take, waits and repetitions included; 10 s by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The time that TCP and TLS may take together; 5 s by default.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Which certificates are trusted.
    pub fn roots(mut self, roots: Roots) -> Self {
        self.roots = roots;
        self
    }

    /// How byte streams are opened; TCP by default.
    pub fn dialer(mut self, dial: Arc<dyn Dial>) -> Self {
        self.dial = Some(dial);
        self
    }

    /// Connects through an HTTP proxy, by `CONNECT`.
    pub fn proxy(mut self, host: impl Into<String>, port: u16) -> Self {
        self.proxy = Some((host.into(), port));
        self
    }

    /// Carries requests in another way altogether: recording, replaying, answering by itself.
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// The `User-Agent` header.
    pub fn user_agent(mut self, text: impl Into<String>) -> Self {
        self.user_agent = text.into();
        self
    }

    /// How often and how patiently is repeated what may be repeated.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// The longest answer that is read, in bytes; 32 MiB by default.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    fn finish(self) -> Result<AnyClient, Error> {
        let venue = self.venue;
        let hosts = venue.hosts();
        let url = match (&self.base, self.sandbox) {
            (Some(url), _) => url.as_str(),
            (None, false) => hosts.rest,
            (None, true) => {
                hosts.sandbox.ok_or_else(|| Error::config(format!("{} documents no sandbox", venue.id())))?
            }
        };
        if url.is_empty() {
            return Err(Error::config(format!("{}: the host is not documented; set a base URL", venue.id())));
        }
        let base = Base::parse(url)?;
        let dial = match (self.dial, self.proxy) {
            (Some(_), Some(_)) => return Err(Error::config("a dialer and a proxy exclude each other")),
            (Some(dial), None) => dial,
            (None, Some((host, port))) => Arc::new(TcpDial::through(host, port)),
            (None, None) => Arc::new(TcpDial::direct()),
        };
        let user_agent = HeaderValue::from_str(&self.user_agent)
            .map_err(|_| Error::config("the user agent holds characters that a header can't"))?;
        let tls = self.roots.config()?;
        let net = Net {
            dial: Arc::clone(&dial),
            tls: Arc::new(tls.clone()),
            timeout: self.connect_timeout,
            user_agent: user_agent.clone(),
        };
        let transport = match self.transport {
            Some(transport) => transport,
            None => {
                let timeouts = Timeouts { connect: self.connect_timeout, idle: Duration::from_secs(20) };
                Arc::new(Pool::new(dial, tls, timeouts, user_agent, self.max_body))
            }
        };
        if self.retry.attempts == 0 {
            return Err(Error::config("at least one attempt is needed"));
        }
        let shared = Shared {
            venue,
            base,
            transport,
            net,
            sandbox: self.sandbox,
            clock: self.clock,
            ledger: self.ledger,
            retry: self.retry,
            timeout: self.timeout,
            answers: AtomicU64::new(0),
            unmapped: AtomicU64::new(0),
        };
        Ok(AnyClient {
            shared: Arc::new(shared),
            credentials: Arc::new(RwLock::new(self.credentials)),
            account: self.account.map(Arc::from),
        })
    }
}

impl<V: Venue> Builder<V> {
    /// The client.
    ///
    /// # Errors
    /// [`Kind::Config`](crate::Kind::Config) when a setting doesn't hold: a URL, a certificate, a header.
    pub fn build(self) -> Result<Client<V>, Error> {
        Ok(Client { any: self.finish()?, venue: PhantomData })
    }
}

impl Builder<dyn Venue> {
    /// The client.
    ///
    /// # Errors
    /// [`Kind::Config`](crate::Kind::Config) when a setting doesn't hold: a URL, a certificate, a header.
    pub fn build_any(self) -> Result<AnyClient, Error> {
        self.finish()
    }
}

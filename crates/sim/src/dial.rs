//! Connections to simulated venues in memory.

use std::fmt;
use std::io;

use async_trait::async_trait;
use tokio::io::AsyncReadExt as _;
use venue_core::http::{Dial, Socket};

use crate::server::Server;

/// Bytes that wait in a pipe in either direction.
const PIPE: usize = 64 * 1024;

/// Connects to the venue that listens on the asked port, without a socket: the same service, on the caller's
/// own runtime.
pub(crate) struct SimDial {
    pub(crate) servers: Vec<(u16, Server)>,
}

impl fmt::Debug for SimDial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.servers.iter().map(|(port, _)| port)).finish()
    }
}

#[async_trait]
impl Dial for SimDial {
    async fn dial(&self, host: &str, port: u16) -> io::Result<Box<dyn Socket>> {
        let loopback = matches!(host, "127.0.0.1" | "localhost" | "::1" | "[::1]");
        let server =
            self.servers.iter().find(|(served, _)| loopback && *served == port).map(|(_, server)| server);
        let Some(server) = server.filter(|server| server.stop.has_changed().is_ok()) else {
            let refused = format!("no simulated venue at {host}:{port}");
            return Err(io::Error::new(io::ErrorKind::ConnectionRefused, refused));
        };
        let (near, mut far) = tokio::io::duplex(PIPE);
        if server.venue.faults.for_connection() {
            tokio::spawn(async move {
                // Like a socket's, the end comes when the client speaks.
                let _ = far.read_u8().await;
            });
        } else {
            tokio::spawn(server.clone().serve(far));
        }
        Ok(Box::new(near))
    }
}

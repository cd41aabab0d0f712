//! Connections: one dialer for REST and WebSocket, and the pool on top of it.

mod dial;
mod pool;
mod tls;
mod transport;

pub use dial::{Dial, Socket, TcpDial};
pub(crate) use pool::{Pool, Timeouts};
pub use tls::Roots;
pub use transport::{Outgoing, Reply, Sent, Transport, TransportError};

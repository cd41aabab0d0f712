//! How a byte stream to a venue is opened, below TLS: plain TCP, through an HTTP proxy, or in memory.

use std::fmt;
use std::io;

use async_trait::async_trait;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

/// A byte stream that TLS or HTTP can run over.
pub trait Socket: AsyncRead + AsyncWrite + Send + Unpin + 'static {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin + 'static> Socket for T {}

/// Opens byte streams; replace it to go through a tunnel, or to talk to a simulated venue in memory.
///
/// TLS and HTTP are layered on top by the client, so an implementation only has to connect.
#[async_trait]
pub trait Dial: Send + Sync + fmt::Debug + 'static {
    /// Opens a stream to `host` and `port`.
    ///
    /// # Errors
    /// Whatever kept the stream from opening; the client reports it as not sent.
    async fn dial(&self, host: &str, port: u16) -> io::Result<Box<dyn Socket>>;
}

/// Plain TCP with `TCP_NODELAY`, optionally through an HTTP proxy by `CONNECT`.
#[derive(Debug, Clone, Default)]
pub struct TcpDial {
    proxy: Option<(String, u16)>,
}

impl TcpDial {
    /// Connects directly.
    #[must_use]
    pub fn direct() -> Self {
        Self::default()
    }

    /// Connects through the HTTP proxy at `host:port`, by `CONNECT`, for REST and WebSocket alike.
    #[must_use]
    pub fn through(host: impl Into<String>, port: u16) -> Self {
        Self { proxy: Some((host.into(), port)) }
    }
}

#[async_trait]
impl Dial for TcpDial {
    async fn dial(&self, host: &str, port: u16) -> io::Result<Box<dyn Socket>> {
        let (to, to_port) = match &self.proxy {
            Some((proxy, proxy_port)) => (proxy.as_str(), *proxy_port),
            None => (host, port),
        };
        // An IPv6 literal comes with brackets from a URL, and the resolver wants none.
        let to = to.trim_start_matches('[').trim_end_matches(']');
        let mut stream = TcpStream::connect((to, to_port)).await?;
        stream.set_nodelay(true)?;
        if self.proxy.is_some() {
            tunnel(&mut stream, host, port).await?;
        }
        Ok(Box::new(stream))
    }
}

/// Longest `CONNECT` answer that is read; proxies send a few hundred bytes.
const TUNNEL_ANSWER_LIMIT: usize = 8 * 1024;

async fn tunnel(stream: &mut TcpStream, host: &str, port: u16) -> io::Result<()> {
    let request = format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::with_capacity(256);
    // Byte by byte, since what follows the blank line already belongs to the tunnel.
    while !answer.ends_with(b"\r\n\r\n") {
        if answer.len() >= TUNNEL_ANSWER_LIMIT {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the proxy's answer to CONNECT is too long",
            ));
        }
        answer.push(stream.read_u8().await?);
    }
    let status = answer.split(|b| *b == b' ').nth(1).unwrap_or_default();
    if status.first() == Some(&b'2') {
        return Ok(());
    }
    let status = String::from_utf8_lossy(status).into_owned();
    Err(io::Error::new(
        io::ErrorKind::ConnectionRefused,
        format!("the proxy refused CONNECT with status {status}"),
    ))
}

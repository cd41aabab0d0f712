//! What can go wrong when a simulation starts.

use crate::which::Which;

/// Why a simulation didn't start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SimError {
    /// No listener could be opened for this venue.
    #[error("cannot listen for {which}: {source}")]
    Listen {
        /// The venue.
        which: Which,
        /// What the system said.
        source: std::io::Error,
    },
    /// The first port leaves no room for the others below 65536.
    #[error("port {0} leaves no room for the other venues")]
    Port(u16),
    /// The certificate couldn't be made.
    #[error("cannot make the certificate: {0}")]
    Certificate(#[from] rcgen::Error),
    /// The certificate was refused by the TLS library.
    #[error("cannot serve TLS: {0}")]
    Tls(#[from] rustls::Error),
    /// A venue's embedded documentation couldn't be read.
    #[error("the documentation of {which} cannot be read: {source}")]
    Data {
        /// The venue.
        which: Which,
        /// Where and why.
        source: serde_json::Error,
    },
}

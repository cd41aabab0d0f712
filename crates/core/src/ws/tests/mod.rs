//! Streams end to end, over a socket in memory and under virtual time.

pub(in crate::ws) mod toy;

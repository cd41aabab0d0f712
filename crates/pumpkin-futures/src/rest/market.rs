//! Market data: time.

use venue_core::{Endpoint, Millis, Spec};

use super::section;
use crate::limits;
use crate::venue::Pumpkin;

request! {
    /// Reads the venue's time, in milliseconds.
    ///
    /// `GET /v2/public/time` · signed · weight 1 · a read, may be repeated.
    pub struct GetServerTime {}
}

impl Endpoint for GetServerTime {
    type Venue = Pumpkin;
    type Response = Millis;
    const SPEC: Spec = Spec::get("/v2/public/time")
        .section(section::MARKET)
        .signed()
        .cost(&limits::MINUTE, 1)
        .cost(&limits::DAY, 1);
}

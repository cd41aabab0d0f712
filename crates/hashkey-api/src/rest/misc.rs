//! Server time, and listen keys ("Miscellaneous").

use venue_core::{Empty, Endpoint, Invalid, Millis, Spec, model};

use super::check_filled;
use crate::limits;
use crate::model::ListenKey;
use crate::venue::HashKey;

request! {
    /// Asks whether the venue answers.
    ///
    /// `GET /api/v1/ping` · public · 20 per 1 s per IP (assumed).
    pub struct Ping {}
}

impl Endpoint for Ping {
    type Venue = HashKey;
    type Response = Empty;
    const SPEC: Spec = Spec::get("/api/v1/ping").section("Miscellaneous").bare().cost(&limits::PUBLIC, 1);
}

request! {
    /// Reads the venue's time.
    ///
    /// `GET /api/v1/time` · public · 20 per 1 s per IP (assumed).
    pub struct GetServerTime {}
}

impl Endpoint for GetServerTime {
    type Venue = HashKey;
    type Response = ServerTime;
    const SPEC: Spec = Spec::get("/api/v1/time").section("Miscellaneous").bare().cost(&limits::PUBLIC, 1);
}

model! {
    /// The venue's time.
    #[serde(rename_all = "camelCase")]
    pub struct ServerTime {
        /// The venue's time.
        pub server_time: Millis,
    }
}

request! {
    /// Makes a key to the private WebSocket, good for 60 minutes.
    ///
    /// `POST /api/v1/userDataStream` · signed · 5 per 1 s per key (assumed) · never repeated by itself,
    /// since it makes something.
    pub struct CreateListenKey {}
    optional {
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for CreateListenKey {
    type Venue = HashKey;
    type Response = CreatedListenKey;
    const SPEC: Spec = Spec::post("/api/v1/userDataStream")
        .section("Miscellaneous")
        .form()
        .signed()
        .bare()
        .cost(&limits::QUERIES, 1);
}

model! {
    /// The venue made a listen key.
    #[serde(rename_all = "camelCase")]
    pub struct CreatedListenKey {
        /// The key.
        pub listen_key: ListenKey,
    }
}

request! {
    /// Gives a listen key another 60 minutes.
    ///
    /// `PUT /api/v1/userDataStream` · signed · 5 per 1 s per key (assumed) · never repeated by itself.
    pub struct ResetListenKey { listen_key: ListenKey }
    optional {
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for ResetListenKey {
    type Venue = HashKey;
    type Response = Empty;
    const SPEC: Spec = Spec::put("/api/v1/userDataStream")
        .section("Miscellaneous")
        .form()
        .signed()
        .bare()
        .cost(&limits::QUERIES, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_filled("listenKey", self.listen_key.expose())
    }
}

request! {
    /// Ends a listen key, and with it the private WebSocket that was opened by it.
    ///
    /// `DELETE /api/v1/userDataStream` · signed · 5 per 1 s per key (assumed) · never repeated by itself.
    pub struct DeleteListenKey { listen_key: ListenKey }
    optional {
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for DeleteListenKey {
    type Venue = HashKey;
    type Response = Empty;
    const SPEC: Spec = Spec::delete("/api/v1/userDataStream")
        .section("Miscellaneous")
        .signed()
        .bare()
        .cost(&limits::QUERIES, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_filled("listenKey", self.listen_key.expose())
    }
}

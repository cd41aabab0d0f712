//! The key of the private WebSocket.

use venue_core::{Endpoint, Spec, model};

use crate::limits;
use crate::model::AccessToken;
use crate::venue::WexSpot;

request! {
    /// Gets the key of the private WebSocket.
    ///
    /// `POST /v4/ws-token`, without a body · signed · 1 per 10 s per key · may be repeated: asking again only
    /// renews the validity. It is good for two days; keep one for all connections.
    pub struct GetWsToken {}
}

impl Endpoint for GetWsToken {
    type Venue = WexSpot;
    type Response = WsToken;
    const SPEC: Spec =
        Spec::post("/v4/ws-token").section("WEBSOCKET(private)").signed().safe().cost(&limits::WS_TOKEN, 1);
}

model! {
    /// The key of the private WebSocket.
    #[serde(rename_all = "camelCase")]
    pub struct WsToken {
        /// The key, which the WebSocket calls `listenKey`.
        #[serde(alias = "token")]
        pub access_token: AccessToken,
        /// What it might be renewed with; no request takes it.
        pub refresh_token?: AccessToken,
    }
}

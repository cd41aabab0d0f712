//! Trailing (track) orders: orders that follow the price.

use venue_core::{ClientOrderId, Contracts, Endpoint, Invalid, Millis, Price, Rate, Spec, Symbol, model};

use crate::limits;
use crate::model::{
    CursorPage, Direction, EntrustState, NumberedPage, OrderSide, PositionType, Receipt, RecordId,
    TrackCallback, TrackId, TrackPositionSide, TriggerPriceType,
};
use crate::rest::rules::{check_given, check_size};
use crate::venue::WexFutures;

request! {
    /// Places a trailing order: an order that follows the price and trades once that turns back.
    ///
    /// `POST /future/trade/v1/entrust/create-track` · signed · 10 per s per key, with all other signed
    /// requests · never repeated by itself. Sizes are contracts. How far it follows is a distance in
    /// quote currency or a fraction, as `callback` says. No list of trailing orders shows your own id:
    /// after `Unknown`, see [`ListTracks`].
    pub struct CreateTrack {
        symbol: Symbol,
        order_side: OrderSide,
        position_side: TrackPositionSide,
        position_type: PositionType,
        orig_qty: Contracts,
        callback: TrackCallback,
        callback_val: Rate as number,
        trigger_price_type: TriggerPriceType,
    }
    optional {
        /// Price from which on it follows, in quote currency.
        activation_price: Price as number,
        /// When it ends.
        expire_time: Millis,
        /// Your own id; made for you when absent. Neither length nor alphabet is documented.
        client_order_id: ClientOrderId,
        /// Name of the client program; not documented any further.
        client_media: String,
        /// Channel of the client program; not documented any further.
        client_media_channel: String,
    }
}

impl Endpoint for CreateTrack {
    type Venue = WexFutures;
    type Response = Receipt<TrackId>;
    const SPEC: Spec = Spec::post("/future/trade/v1/entrust/create-track")
        .section("Entrust")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_size(self.orig_qty)?;
        let value = self.callback_val.decimal();
        if value.is_some_and(|value| value.is_sign_negative() || value.is_zero()) {
            return Err(Invalid::new("callbackVal: more than 0"));
        }
        Ok(())
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        slot(&mut self.client_order_id);
    }
}

request! {
    /// Cancels one trailing order.
    ///
    /// `POST /future/trade/v1/entrust/cancel-track` · signed · 10 per s per key, with all other signed
    /// requests · may be repeated.
    pub struct CancelTrack { track_id: TrackId as number }
}

impl Endpoint for CancelTrack {
    type Venue = WexFutures;
    type Response = Receipt<TrackId>;
    const SPEC: Spec = Spec::post("/future/trade/v1/entrust/cancel-track")
        .section("Entrust")
        .signed()
        .safe()
        .urgent()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_given("trackId", self.track_id.as_str())
    }
}

request! {
    /// Cancels **all** trailing orders of **all** symbols.
    ///
    /// `POST /future/trade/v1/entrust/cancel-all-track` · signed · 10 per s per key, with all other
    /// signed requests · never repeated by itself.
    pub struct CancelAllTracks {}
}

impl Endpoint for CancelAllTracks {
    type Venue = WexFutures;
    type Response = Receipt<RecordId>;
    const SPEC: Spec = Spec::post("/future/trade/v1/entrust/cancel-all-track")
        .section("Entrust")
        .signed()
        .sweeping()
        .urgent()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

request! {
    /// Cancels **all** trailing orders of a symbol.
    ///
    /// `POST /future/trade/v1/entrust/cancel-all-track` · signed · 10 per s per key, with all other
    /// signed requests · never repeated by itself.
    pub struct CancelAllTracksOfSymbol { symbol: Symbol }
}

impl Endpoint for CancelAllTracksOfSymbol {
    type Venue = WexFutures;
    type Response = Receipt<RecordId>;
    const SPEC: Spec = Spec::post("/future/trade/v1/entrust/cancel-all-track")
        .section("Entrust")
        .signed()
        .sweeping()
        .urgent()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);

    fn check(&self) -> Result<(), Invalid> {
        // Without a symbol, those of every symbol are cancelled.
        check_given("symbol", self.symbol.as_str())
    }
}

request! {
    /// Gives one trailing order; `None` when there is none.
    ///
    /// `GET /future/trade/v1/entrust/track-detail` · signed · 10 per s per key, with all other signed
    /// requests.
    pub struct GetTrackDetail { track_id: TrackId }
}

impl Endpoint for GetTrackDetail {
    type Venue = WexFutures;
    type Response = Option<Track>;
    const SPEC: Spec = Spec::get("/future/trade/v1/entrust/track-detail")
        .section("Entrust")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

request! {
    /// Lists trailing orders.
    ///
    /// `GET /future/trade/v1/entrust/track-list` · signed · 10 per s per key, with all other signed
    /// requests.
    pub struct ListTracks {}
    optional {
        /// Page, from 1, which is the default.
        page: u32,
        /// Rows a page; 10 by default.
        size: u32,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// One contract only.
        symbol: Symbol,
    }
}

impl Endpoint for ListTracks {
    type Venue = WexFutures;
    type Response = NumberedPage<Track>;
    const SPEC: Spec = Spec::get("/future/trade/v1/entrust/track-list")
        .section("Entrust")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

paged!(ListTracks by number: Track, track_id);

request! {
    /// Lists trailing orders of the past.
    ///
    /// `GET /future/trade/v1/entrust/track-list-history` · signed · 10 per s per key, with all other
    /// signed requests.
    pub struct ListTrackHistory {}
    optional {
        /// Which way to go on from `id`; to the page after by default.
        direction: Direction,
        /// Go on from this trailing order; left out for the first page.
        id: RecordId,
        /// How many; 10 by default.
        limit: u32,
        /// Not before.
        start_time: Millis,
        /// Not after.
        end_time: Millis,
        /// One contract only.
        symbol: Symbol,
    }
}

impl Endpoint for ListTrackHistory {
    type Venue = WexFutures;
    type Response = CursorPage<Track>;
    const SPEC: Spec = Spec::get("/future/trade/v1/entrust/track-list-history")
        .section("Entrust")
        .signed()
        .cost(&limits::SIGNED, 1)
        .cost(&limits::ALL, 1);
}

paged!(ListTrackHistory by id: Track, track_id);

model! {
    /// A trailing order; sizes are contracts, prices are in quote currency.
    #[serde(rename_all = "camelCase")]
    pub struct Track {
        /// The venue's id.
        pub track_id: TrackId,
        /// Contract.
        pub symbol: Symbol,
        /// Which way its order goes.
        pub order_side?: OrderSide,
        /// Which position that acts on.
        pub position_side?: TrackPositionSide,
        /// State.
        pub state?: EntrustState,
        /// How `callback_val` is meant.
        pub callback?: TrackCallback,
        /// How far it follows: a distance in price, or a fraction.
        pub callback_val?: Rate,
        /// Whether it waits for a price from which on to follow.
        pub config_activation?: bool,
        /// That price.
        pub activation_price?: Price,
        /// Price at present.
        pub current_price?: Price,
        /// Price that triggers it.
        pub stop_price?: Price,
        /// Which price that is.
        pub trigger_price_type?: TriggerPriceType,
        /// Price of its order.
        pub price?: Price,
        /// Size of its order.
        pub orig_qty?: Contracts,
        /// How much has traded.
        pub executed_qty?: Contracts,
        /// Average price of that.
        pub avg_price?: Price,
        /// Not documented any further.
        pub ordinary?: bool,
        /// A description.
        pub desc?: String,
        /// When it was made.
        pub created_time?: Millis,
        /// When it last changed.
        pub updated_time?: Millis,
    }
}

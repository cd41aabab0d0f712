//! Candles.

use venue_core::{Contracts, Endpoint, Invalid, Price, Rows, Secs, Spec, Symbol, model, request};

use crate::limits;
use crate::model::KlineStep;
use crate::venue::BitMart;

request! {
    /// Lists candles of the last price.
    ///
    /// `GET /contract/public/kline` · public · 12 per 2 s per IP. At most 500 candles a request. Times are in
    /// seconds.
    pub struct GetKlines {
        symbol: Symbol,
        /// Not before.
        start_time: Secs,
        /// Not after.
        end_time: Secs,
    }
    optional {
        /// Length of a candle; a minute by default.
        step: KlineStep,
    }
}

impl Endpoint for GetKlines {
    type Venue = BitMart;
    type Response = Rows<Kline>;
    const SPEC: Spec =
        Spec::get("/contract/public/kline").section("Futures Market Data").cost(&limits::KLINE, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_candles(self.start_time, self.end_time, self.step.as_ref())
    }
}

request! {
    /// Lists candles of the mark price.
    ///
    /// `GET /contract/public/markprice-kline` · public · 12 per 2 s per IP. At most 500 candles a request.
    /// Times are in seconds.
    pub struct GetMarkPriceKlines {
        symbol: Symbol,
        /// Not before.
        start_time: Secs,
        /// Not after.
        end_time: Secs,
    }
    optional {
        /// Length of a candle; a minute by default.
        step: KlineStep,
    }
}

impl Endpoint for GetMarkPriceKlines {
    type Venue = BitMart;
    type Response = Rows<Kline>;
    const SPEC: Spec = Spec::get("/contract/public/markprice-kline")
        .section("Futures Market Data")
        .cost(&limits::MARK_PRICE_KLINE, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_candles(self.start_time, self.end_time, self.step.as_ref())
    }
}

/// A span that holds more than 500 candles whole can't come in one answer. Steps that aren't known aren't
/// counted.
fn check_candles(start: Secs, end: Secs, step: Option<&KlineStep>) -> Result<(), Invalid> {
    let minutes = step.map_or(Some(1), KlineStep::minutes);
    let Some(seconds) = minutes.map(|minutes| i64::from(minutes) * 60) else { return Ok(()) };
    if end.get().saturating_sub(start.get()) / seconds > 500 {
        return Err(Invalid::new(format!("start_time {start} to end_time {end}: more than 500 candles")));
    }
    Ok(())
}

model! {
    /// A candle.
    pub struct Kline {
        /// When it begins; in seconds.
        pub timestamp: Secs,
        /// First price.
        pub open_price: Price,
        /// Last price.
        pub close_price: Price,
        /// Highest price.
        pub high_price: Price,
        /// Lowest price.
        pub low_price: Price,
        /// How much was traded; in contracts, it seems.
        pub volume?: Contracts,
    }
}

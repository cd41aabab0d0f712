//! Account: coins and their networks.

use venue_core::{Asset, Endpoint, Error, Invalid, Millis, Rows, Spec, model};

use crate::codes::CODES;
use crate::limits;
use crate::model::ChainType;
use crate::rest::check_filled;
use crate::rest::market::{Coin, CoinChain};
use crate::venue::HashKey;

request! {
    /// Lists the networks on which a coin can be deposited and withdrawn.
    ///
    /// `GET /api/v1/account/chainType` · signed · 5 per 1 s per key (assumed).
    pub struct GetChainType { coin_id: Asset }
    optional {
        /// How old the request may be when it arrives, in ms; the venue value's when absent.
        recv_window: u32,
    }
}

impl Endpoint for GetChainType {
    type Venue = HashKey;
    type Response = Rows<CoinChainTypes>;
    const SPEC: Spec =
        Spec::get("/api/v1/account/chainType").section("Account").signed().bare().cost(&limits::QUERIES, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_filled("coinId", self.coin_id.as_str())
    }

    /// A row may be an error; where all are, the whole is.
    fn verify(response: &Rows<CoinChainTypes>) -> Result<(), Error> {
        let is_refused = !response.is_empty() && response.iter().all(|row| row.chains().is_err());
        match response.first() {
            Some(row) if is_refused => row.chains().map(|_| ()),
            _ => Ok(()),
        }
    }
}

model! {
    /// A coin and the names of its networks, or why there are none; see [`chains`](Self::chains).
    #[serde(rename_all = "camelCase")]
    pub struct CoinChainTypes {
        /// Coin.
        pub coin_id?: Asset,
        /// Coin for people.
        pub coin_name?: String,
        /// Its networks.
        #[serde(default, deserialize_with = "venue_core::wire::nullable")]
        pub chain_type_list: Vec<ChainType>,
        /// The venue's code of an error.
        pub error_code?: String,
        /// The venue's words of an error.
        pub error_msg?: String,
    }
}

impl CoinChainTypes {
    /// The coin's networks.
    ///
    /// # Errors
    /// What the venue says instead.
    pub fn chains(&self) -> Result<&[ChainType], Error> {
        match self.error_code.as_deref() {
            Some(code) => Err(CODES.error(code, self.error_msg.as_deref().unwrap_or_default())),
            None => Ok(&self.chain_type_list),
        }
    }
}

request! {
    /// Reads a coin's networks with their fees and bounds.
    ///
    /// `GET /api/v1/coinInfo` · public · 20 per 1 s per IP (assumed).
    pub struct GetCoinInfo { coin_id: Asset }
}

impl Endpoint for GetCoinInfo {
    type Venue = HashKey;
    type Response = CoinInfo;
    const SPEC: Spec = Spec::get("/api/v1/coinInfo").section("Account").bare().cost(&limits::PUBLIC, 1);

    fn check(&self) -> Result<(), Invalid> {
        check_filled("coinId", self.coin_id.as_str())
    }
}

model! {
    /// A coin and its networks.
    #[serde(rename_all = "camelCase")]
    pub struct CoinInfo {
        /// Time zone of the venue.
        pub timezone?: String,
        /// The venue's time.
        pub server_time?: Millis,
        /// One row a coin.
        #[serde(default)]
        pub coins: Rows<Coin>,
        /// The networks, should they stand beside the coin: the documentation can be read so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub chain_types: Option<Rows<CoinChain>>,
    }
}

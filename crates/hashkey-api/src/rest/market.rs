//! Public market data.

mod quote;

use venue_core::{Amount, Asset, Endpoint, Millis, Qty, RawJson, Rows, Spec, Symbol, model};

pub use quote::*;

use crate::limits;
use crate::model::{ChainType, Filter, Site, SymbolStatus, TokenType, TradeStatus};
use crate::venue::{HashKey, MARKET_DATA};

request! {
    /// Lists trading pairs with their rules, and coins with their networks.
    ///
    /// `GET /api/v1/exchangeInfo` · public · 20 per 1 s per IP (assumed). Without a site, here or in
    /// the [venue value](HashKey::site), the documented answer is Bermuda's.
    pub struct GetExchangeInfo {}
    optional {
        /// One pair only.
        symbol: Symbol,
        /// Which exchange of the group.
        site: Site,
    }
}

impl Endpoint for GetExchangeInfo {
    type Venue = HashKey;
    type Response = ExchangeInfo;
    const SPEC: Spec = Spec::get("/api/v1/exchangeInfo").section(MARKET_DATA).bare().cost(&limits::PUBLIC, 1);
}

model! {
    /// Trading pairs and coins of a site.
    #[serde(rename_all = "camelCase")]
    pub struct ExchangeInfo {
        /// Time zone of the venue.
        pub timezone?: String,
        /// The venue's time.
        pub server_time?: Millis,
        /// One row a pair.
        #[serde(default)]
        pub symbols: Rows<SymbolInfo>,
        /// One row a coin.
        #[serde(default)]
        pub coins: Rows<Coin>,
        /// Not in use; as the venue wrote it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub broker_filters: Option<RawJson>,
        /// Not in use at this edition; as the venue wrote it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub contracts: Option<RawJson>,
        /// Not in use; as the venue wrote it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub options: Option<RawJson>,
        /// Which exchange of the group.
        pub site?: Site,
    }
}

model! {
    /// A trading pair and its rules; see [`instrument`](Self::instrument).
    #[serde(rename_all = "camelCase")]
    pub struct SymbolInfo {
        /// Name.
        pub symbol: Symbol,
        /// Name for people.
        pub symbol_name?: String,
        /// State.
        pub status?: SymbolStatus,
        /// Base currency.
        pub base_asset?: Asset,
        /// Base currency for people.
        pub base_asset_name?: String,
        /// Quantity step (`0.01`), not a number of digits.
        pub base_asset_precision?: Qty,
        /// A listing site's number of the base currency; sent, not documented.
        pub base_ucid?: String,
        /// Quote currency.
        pub quote_asset?: Asset,
        /// Quote currency for people.
        pub quote_asset_name?: String,
        /// Step of amounts in quote currency (`0.00001`), not a number of digits.
        pub quote_precision?: Amount,
        /// A listing site's number of the quote currency; sent, not documented.
        pub quote_ucid?: String,
        /// Whether retail clients may trade it.
        pub retail_allowed?: bool,
        /// Whether professional investors may trade it.
        pub pi_allowed?: bool,
        /// Whether corporate clients may trade it.
        pub corporate_allowed?: bool,
        /// Whether omnibus clients may trade it.
        pub omnibus_allowed?: bool,
        /// Not in use.
        pub iceberg_allowed?: bool,
        /// Not in use.
        pub is_aggregate?: bool,
        /// Not in use.
        pub allow_margin?: bool,
        /// Rules for its orders.
        #[serde(default)]
        pub filters: Rows<Filter>,
        /// Whether it can be traded.
        pub trade_status?: TradeStatus,
        /// Which exchange of the group; documented beside the list, shown inside it.
        pub site?: Site,
    }
}

model! {
    /// A coin and its networks.
    #[serde(rename_all = "camelCase")]
    pub struct Coin {
        /// Number of the institution.
        pub org_id?: String,
        /// Coin.
        pub coin_id: Asset,
        /// Coin for people.
        pub coin_name?: String,
        /// Coin in full.
        pub coin_full_name?: String,
        /// Whether it can be withdrawn.
        pub allow_withdraw?: bool,
        /// Whether it can be deposited.
        pub allow_deposit?: bool,
        /// What it is on its chain.
        pub token_type?: TokenType,
        /// State, of which only `1` is documented.
        pub status?: i32,
        /// One row a network.
        #[serde(default)]
        pub chain_types: Rows<CoinChain>,
    }
}

model! {
    /// A coin on one network.
    #[serde(rename_all = "camelCase")]
    pub struct CoinChain {
        /// Network.
        pub chain_type: ChainType,
        /// Fee of a withdrawal, in the coin.
        pub withdraw_fee?: Amount,
        /// Smallest withdrawal.
        pub min_withdraw_quantity?: Amount,
        /// Largest withdrawal; zero is sent where there seems to be none.
        #[serde(alias = "maxWIthdrawQuantity")]
        pub max_withdraw_quantity?: Amount,
        /// Smallest deposit.
        pub min_deposit_quantity?: Amount,
        /// Whether it can be deposited here.
        pub allow_deposit?: bool,
        /// Whether it can be withdrawn here.
        pub allow_withdraw?: bool,
    }
}

//! Currencies and balances.

use venue_core::serde::{Deserialize, Deserializer, Serialize};
use venue_core::wire::ObjectOr;
use venue_core::{Amount, Asset, Endpoint, Invalid, Millis, Rows, Spec, model};

use super::check;
use crate::limits;
use crate::model::{CurrencyId, Switch};
use crate::venue::WexSpot;

request! {
    /// Lists currencies, and what can be done with each.
    ///
    /// `GET /v4/public/currencies` · public · no limit documented. Documented as a bare list, and sent with an
    /// object around it; both are read.
    pub struct GetCurrencies {}
}

impl Endpoint for GetCurrencies {
    type Venue = WexSpot;
    type Response = Currencies;
    const SPEC: Spec = Spec::get("/v4/public/currencies").section("Balance");
}

/// Currencies.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(crate = "venue_core::serde")]
#[non_exhaustive]
pub struct Currencies {
    /// When the list was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<Millis>,
    /// Version of the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// One row a currency.
    pub currencies: Rows<Currency>,
}

model! {
    /// Currencies with the object around them.
    struct VersionedCurrencies {
        /// When the list was made.
        time?: Millis,
        /// Version of the list.
        version?: String,
        /// One row a currency.
        currencies: Rows<Currency>,
    }
}

impl<'de> Deserialize<'de> for Currencies {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match ObjectOr::deserialize(deserializer)? {
            ObjectOr::Object(VersionedCurrencies { time, version, currencies }) => {
                Self { time, version, currencies }
            }
            ObjectOr::Other(currencies) => Self { time: None, version: None, currencies },
        })
    }
}

model! {
    /// A currency.
    #[serde(rename_all = "camelCase")]
    pub struct Currency {
        /// Its id.
        pub id?: CurrencyId,
        /// Its symbol.
        pub currency: Asset,
        /// Its name.
        pub full_name?: String,
        /// Address of its logo.
        pub logo?: String,
        /// Address of its page at CoinMarketCap.
        pub cmc_link?: String,
        /// Its place among the others.
        pub weight?: i64,
        /// Most decimals of an amount.
        pub max_precision?: u32,
        /// Whether it can be paid in.
        pub deposit_status?: Switch,
        /// Whether it can be paid out.
        pub withdraw_status?: Switch,
        /// Whether small remains can be converted.
        pub convert_enabled?: Switch,
        /// Whether it can be moved between accounts.
        pub transfer_enabled?: Switch,
    }
}

request! {
    /// Gives the balance of one currency.
    ///
    /// `GET /v4/balance` · signed · 10 per s per key (assumed).
    pub struct GetBalance { currency: Asset }
}

impl Endpoint for GetBalance {
    type Venue = WexSpot;
    type Response = Balance;
    const SPEC: Spec = Spec::get("/v4/balance").section("Balance").signed().cost(&limits::BALANCE, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::filled("currency", self.currency.as_str())
    }
}

model! {
    /// The balance of a currency, in that currency.
    #[serde(rename_all = "camelCase")]
    pub struct Balance {
        /// Currency.
        pub currency: Asset,
        /// Its id.
        pub currency_id?: CurrencyId,
        /// What is held by open orders and withdrawals.
        pub frozen_amount?: Amount,
        /// What can be used.
        pub available_amount?: Amount,
        /// Both together.
        pub total_amount?: Amount,
        /// Its worth, in BTC.
        pub convert_btc_amount?: Amount,
    }
}

request! {
    /// Gives balances.
    ///
    /// `GET /v4/balances` · signed · 10 per s per key. All currencies when none is named.
    pub struct GetBalances {}
    optional {
        /// These currencies only.
        currencies: Vec<Asset> as comma,
    }
}

impl Endpoint for GetBalances {
    type Venue = WexSpot;
    type Response = Balances;
    const SPEC: Spec = Spec::get("/v4/balances").section("Balance").signed().cost(&limits::BALANCES, 1);

    fn check(&self) -> Result<(), Invalid> {
        check::some("currencies", self.currencies.as_ref())
    }
}

model! {
    /// Balances.
    #[serde(rename_all = "camelCase")]
    pub struct Balances {
        /// What all of them are worth, in BTC.
        pub total_btc_amount?: Amount,
        /// One row a currency.
        pub assets: Rows<Balance>,
    }
}

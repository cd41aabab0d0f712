//! What each venue verifies and how it says no; one file a venue.

pub(crate) mod bitmart;
pub(crate) mod hashkey;
pub(crate) mod hibt;
pub(crate) mod pumpkin;
mod wex;
pub(crate) mod wex_futures;
pub(crate) mod wex_spot;

use crate::account::Account;
use crate::data::{Auth, Endpoint};
use crate::limits::Ban;
use crate::refusal::{Refusal, Row, Said, Why, look_up};
use crate::request::Received;
use crate::which::Which;

/// A venue's rules, as data and three functions.
#[derive(Debug)]
pub(crate) struct Rules {
    /// Refuses a request that isn't allowed in.
    pub(crate) verify: fn(&Case<'_>) -> Result<(), Refusal>,
    /// The table in force for this path.
    pub(crate) table: fn(path: &str) -> &'static [Row],
    /// What no other venue objects to.
    pub(crate) own: &'static [Row],
    /// Writes the body of a refusal.
    pub(crate) envelope: fn(&Said, &Scene<'_>) -> String,
    /// Parameters may stand in the query and in the body alike.
    pub(crate) mixes: bool,
    /// A form is taken where JSON is documented.
    pub(crate) forms: bool,
    /// The path that tells the time, and the member that holds it.
    pub(crate) time: Option<(&'static str, &'static str)>,
    /// Usage headers stand on every answer.
    pub(crate) usage: bool,
    /// What is done to who goes over a limit, besides refusing.
    pub(crate) ban: Option<Ban>,
}

impl Rules {
    pub(crate) const fn of(which: Which) -> &'static Self {
        match which {
            Which::HashKey => &hashkey::RULES,
            Which::BitMart => &bitmart::RULES,
            Which::WexSpot => &wex_spot::RULES,
            Which::WexFutures => &wex_futures::RULES,
            Which::Hibt => &hibt::RULES,
            Which::Pumpkin => &pumpkin::RULES,
        }
    }

    /// What the venue answers to an objection on this path.
    pub(crate) fn said(&self, path: &str, refusal: &Refusal) -> Said {
        look_up((self.table)(path), self.own, refusal)
    }
}

/// A request before a venue's gate.
#[derive(Debug)]
pub(crate) struct Case<'a> {
    pub(crate) request: &'a Received,
    pub(crate) endpoint: &'a Endpoint,
    pub(crate) account: &'a Account,
    pub(crate) now_ms: i64,
}

impl Case<'_> {
    fn is_public(&self) -> bool {
        self.endpoint.auth == Auth::None
    }

    fn header(&self, name: &str, missing: Why) -> Result<&str, Refusal> {
        self.request.header(name).ok_or_else(|| missing.into())
    }
}

/// What the body of a refusal may tell besides its row.
#[derive(Debug)]
pub(crate) struct Scene<'a> {
    pub(crate) path: &'a str,
    pub(crate) now_ms: i64,
    pub(crate) trace: &'a str,
}

/// The body Spring's error page answers with on an unmapped path.
fn spring(said: &Said, scene: &Scene<'_>) -> String {
    let (error, path) = (crate::json::quote(&said.message), crate::json::quote(scene.path));
    format!(r#"{{"timestamp":{},"status":{},"error":{error},"path":{path}}}"#, scene.now_ms, said.http)
}

/// A time in milliseconds: digits only.
fn millis(text: &str) -> Result<i64, Refusal> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits).ok_or_else(|| Why::TimestampMalformed.into())
}

/// Refuses a key that isn't the account's.
fn known(case: &Case<'_>, key: &str) -> Result<(), Refusal> {
    if key == case.account.key { Ok(()) } else { Err(Why::KeyUnknown.into()) }
}

/// Refuses a signature that isn't among the expected ones.
fn matches(given: &str, expected: &[String]) -> Result<(), Refusal> {
    if expected.iter().any(|expected| expected == given) { Ok(()) } else { Err(Why::SignatureWrong.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Catalog;

    /// What is not in an error table: statuses of a gateway, and codes seen on live traffic.
    const OBSERVED: [&str; 9] = [
        "404",
        "405",
        "400",
        "403",
        "-100012",
        "-100011",
        "-100002",
        "ERR_NOT_FOUND",
        "insufficient_balance",
    ];

    #[test]
    fn every_refusal_is_documented_or_observed() {
        for which in Which::ALL {
            let catalog = Catalog::load(which).unwrap();
            let rules = Rules::of(which);
            for row in ["/", "/quote/v1/depth"].iter().flat_map(|path| (rules.table)(path)).chain(rules.own) {
                let documented = catalog.errors.iter().any(|error| error.code == row.code);
                assert!(documented || OBSERVED.contains(&row.code), "{which}: {row:?}");
            }
        }
    }

    #[test]
    fn every_table_answers_what_any_request_can_run_into() {
        use Why::{
            BodyMalformed, ContentType, KeyMissing, KeyUnknown, ParamInvalid, ParamMissing, SignatureMissing,
        };
        use Why::{RateLimited, SignatureWrong, UnknownPath, WrongMethod};
        let all = [
            UnknownPath,
            WrongMethod,
            KeyMissing,
            KeyUnknown,
            SignatureMissing,
            SignatureWrong,
            ContentType,
            BodyMalformed,
            ParamMissing,
            ParamInvalid,
            RateLimited,
        ];
        for which in Which::ALL {
            for path in ["/", "/quote/v1/depth"] {
                let table = (Rules::of(which).table)(path);
                for why in all {
                    let row = table.iter().find(|row| row.why == why && row.field.is_empty());
                    assert!(row.is_some(), "{which}{path}: {why:?}");
                }
            }
        }
    }
}

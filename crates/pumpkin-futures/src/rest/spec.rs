//! What the requests of a kind have in common. Every one is signed, and its weight drawn from both quotas.

use venue_core::{Permission, Spec};

use crate::limits;

/// A read of market data.
pub(super) const fn market(weight: u32, path: &'static str) -> Spec {
    weighed(weight, Spec::get(path).section("Market Data Interface"))
}

/// A read of the account.
pub(super) const fn account(weight: u32, path: &'static str) -> Spec {
    weighed(weight, Spec::get(path).section("Trading and Account Interface"))
}

/// A read of the account that is asked for by a form.
pub(super) const fn account_by_form(weight: u32, path: &'static str) -> Spec {
    weighed(weight, Spec::post(path).section("Trading and Account Interface").form().safe())
}

/// A write, which needs the permission to trade.
pub(super) const fn trade(weight: u32, path: &'static str) -> Spec {
    let spec = Spec::post(path).section("Trading and Account Interface").form();
    weighed(weight, spec.permission(Permission::Trade))
}

const fn weighed(weight: u32, spec: Spec) -> Spec {
    spec.signed().cost(&limits::MINUTE, weight).cost(&limits::DAY, weight)
}

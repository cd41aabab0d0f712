//! Hibt perpetual futures: USDT contracts on one account, a long and a short position side by side.

mod account;
mod asked;
mod batch;
mod cancel;
mod close;
mod contracts;
mod entrusts;
mod feed;
mod market;
mod open;
mod orders;
mod positions;
mod records;
mod rows;

use super::market::contract;
use super::{Ask, Dialect, Json, State};
use crate::engine::{Engine, Pocket};
use crate::refusal::Refusal;
use crate::ws::Feed;

/// The venue's dialect.
#[derive(Debug)]
pub(crate) struct Hibt;

/// The first order's number: with [`ID_HEAD`] before it, the documented example's.
const FIRST_ORDER: u64 = 12_345;
/// All ids have 29 digits: these, and 16 that count.
const ID_HEAD: &str = "1724916869475";
/// Money of a fresh account: hundreds of small orders, whatever the leverage.
const FUTURES_USDT: i64 = 1_000_000;

/// What is traded here: base asset, starting price, tick, smallest size, and the usual offer in smallest sizes.
const CONTRACTS: [(&str, &str, &str, &str, u32); 3] = [
    ("btc", "59120.5", "0.1", "0.001", 400),
    ("eth", "2660.14", "0.01", "0.01", 400),
    ("okb", "38.91", "0.01", "0.1", 400),
];

pub(super) fn start(seed: u64, now_ms: i64) -> (Hibt, State) {
    let instruments = CONTRACTS.into_iter().map(|(base, price, tick, lot, usual_lots)| {
        contract(&format!("{base}_usdt"), [base, "usdt"], [price, tick, lot, "1"], usual_lots)
    });
    let mut engine = Engine::new(instruments.collect(), seed, now_ms);
    engine.number_orders_from(FIRST_ORDER);
    let account = engine.open_account();
    let usdt = engine.asset("usdt");
    engine.deposit(account, Pocket::Spot, usdt, FUTURES_USDT.into());
    // Moved, so that the records of the balance add up to it. The money is there: it can't be refused.
    let _ = engine.transfer((account, Pocket::Spot), (account, Pocket::Futures), usdt, FUTURES_USDT.into());
    (Hibt, State::new(engine, account, seed))
}

/// An id as the venue writes it.
fn long_id(number: u64) -> String {
    format!("{ID_HEAD}{number:016}")
}

/// The number of an id that the venue wrote; `None` for any other text.
fn number_of(id: &str) -> Option<u64> {
    let digits = id.strip_prefix(ID_HEAD)?;
    // Only digits: reading a number would take a sign too.
    let is_ours = digits.len() == 16 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_ours { digits.parse().ok() } else { None }
}

impl Dialect for Hibt {
    fn execute(&mut self, state: &mut State, ask: &Ask<'_>) -> Option<Result<Json, Refusal>> {
        Some(match ask.endpoint.id.as_str() {
            "market_symbols" => market::symbols(state),
            "market_tickers" => market::tickers(state, ask),
            "market_candle" => market::candles(state, ask),
            "market_ticker_price" => market::prices(state, ask),
            "market_depth" => market::depth(state, ask),
            "market_deals" => market::deals(state, ask),
            "market_index" => market::mark_prices(state, ask),
            "market_funding_rate" => market::funding_rates(state, ask),
            "market_risk_limit" => contracts::risk_limits(state, ask),
            "market_contracts" => contracts::summaries(state, ask),
            "market_contract_specifications" => contracts::specifications(state),
            "market_order_book" => contracts::books(state, ask),
            "order_open" => open::one(state, ask),
            "order_batch_open" => batch::open(state, ask),
            "order_cancel" => cancel::one(state, ask),
            "order_batch_cancel" => cancel::several(state, ask),
            "order_close" => close::one(state, ask),
            "order_close_all" => close::all(state, ask),
            "order_unfinish" => orders::open(state, ask),
            "order_finished_info" => orders::finished_one(state, ask),
            "order_finished" => orders::finished(state, ask),
            "entrust_add" => entrusts::add(state, ask),
            "entrust_cancel" => entrusts::cancel(state, ask),
            "entrust_unfinish" => entrusts::waiting(state, ask),
            "entrust_finished" => entrusts::past(state, ask),
            "account_balance" => account::balance(state),
            "account_set_leverage" => account::set_leverage(state, ask),
            "account_position" => positions::all(state, ask),
            "account_order" => orders::traded(state, ask),
            "account_balance_record" => records::all(state, ask),
            "account_order_forced" => orders::forced(state, ask),
            _ => return None,
        })
    }

    fn feed(&self) -> Option<&'static dyn Feed> {
        Some(&feed::Streams)
    }

    fn envelope(&self, _: &Ask<'_>, data: &str, _: &str) -> Json {
        format!(r#"{{"msg":"success","code":0,"data":{data}}}"#)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_as_they_were_written_and_nothing_else_is() {
        assert_eq!(long_id(FIRST_ORDER), "17249168694750000000000012345");
        assert_eq!(number_of(&long_id(7)), Some(7));
        let half = "1724916869475";
        for other in ["", "7", half, "17249168694757", "1724916869475000000000000012x", "x"] {
            assert_eq!(number_of(other), None, "{other}");
        }
        assert_eq!(number_of("1724916869475+000000000000007"), None, "a sign is no digit");
    }
}

//! WEX futures: USDT-M and Coin-M contracts of one account, in hedge mode, told apart by the host that is asked.

mod account;
mod bills;
mod checks;
mod contracts;
mod feed;
mod lists;
mod market;
mod order_rows;
mod orders;
mod past_positions;
mod plans;
mod positions;
mod settings;
mod stop_rows;
mod stops;
mod tracks;
mod trades;
mod triggers;
mod words;

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::market::contract;
use super::{Ask, Dialect, Json, State};
use crate::engine::{Engine, Instrument, InstrumentId, Pocket, Product, Slot};
use crate::refusal::Refusal;
use crate::ws::Feed;

/// The venue's dialect.
#[derive(Debug, Default)]
pub(crate) struct WexFutures {
    /// Symbols that the account's owner has marked.
    favourites: Vec<String>,
    /// Positions that are to be given margin by themselves.
    auto_margin: BTreeSet<(InstrumentId, Slot)>,
}

/// The documentation's own order id.
const FIRST_ORDER: u64 = 206_410_760_006_650_176;
/// Money of a fresh account: of USDT-M, and of Coin-M.
const FUNDS: [(&str, i64); 3] = [("usdt", 1_000_000), ("btc", 10), ("eth", 100)];

/// A contract: symbol, base, quote, starting price, tick, size, and the usual offer in contracts.
type Contract = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, u32);

/// What is traded here, in dollars that are a coin and in those that aren't: these are inverse.
const CONTRACTS: [Contract; 4] = [
    ("btc_usdt", "btc", "usdt", "67200", "0.1", "0.0001", 4000),
    ("eth_usdt", "eth", "usdt", "4500", "0.01", "0.01", 400),
    ("btc_usd", "btc", "usd", "67200", "0.1", "100", 400),
    ("eth_usd", "eth", "usd", "4500", "0.01", "10", 400),
];

pub(super) fn start(seed: u64, now_ms: i64) -> (WexFutures, State) {
    let instruments = CONTRACTS.map(|(symbol, base, quote, price, tick, size, usual_lots)| Instrument {
        product: if quote == "usd" { Product::Inverse } else { Product::Linear },
        max_qty: Decimal::from(1_000_000),
        max_leverage: Decimal::from(125),
        ..contract(symbol, [base, quote], [price, tick, "1", size], usual_lots)
    });
    let mut engine = Engine::new(instruments.to_vec(), seed, now_ms);
    engine.number_orders_from(FIRST_ORDER);
    engine.let_client_ids_repeat();
    let account = engine.open_account();
    for (coin, amount) in FUNDS {
        let asset = engine.asset(coin);
        engine.deposit(account, Pocket::Futures, asset, amount.into());
    }
    (WexFutures::default(), State::new(engine, account, seed))
}

/// A write's answer: the documentation shows nothing of use.
const NOTHING: &str = "{}";
const YES: &str = "true";
const EMPTY: &str = "\"\"";

impl Dialect for WexFutures {
    fn execute(&mut self, state: &mut State, ask: &Ask<'_>) -> Option<Result<Json, Refusal>> {
        let id = ask.endpoint.id.as_str();
        let public = market::answer(state, ask, id).or_else(|| contracts::answer(state, ask, id));
        public.or_else(|| self.trading(state, ask, id))
    }

    fn feed(&self) -> Option<&'static dyn Feed> {
        Some(&feed::Streams)
    }

    /// The documented envelope, with `result` in place of the documented one's.
    fn envelope(&self, ask: &Ask<'_>, data: &str, _trace: &str) -> Json {
        let example = ask.endpoint.example.as_str();
        if example.starts_with("{\"rc\"") {
            return format!(r#"{{"rc":0,"mc":"","ma":"","result":{data}}}"#);
        }
        let error = if example.contains(r#""error":{"args":[]"#) {
            r#"{"args":[],"code":"","msg":""}"#
        } else {
            r#"{"code":"","msg":""}"#
        };
        format!(r#"{{"error":{error},"msgInfo":"","result":{data},"returnCode":0}}"#)
    }
}

impl WexFutures {
    fn trading(&mut self, state: &mut State, ask: &Ask<'_>, id: &str) -> Option<Result<Json, Refusal>> {
        Some(match id {
            "create_order" => orders::create(state, ask),
            "update_order" => orders::update(state, ask),
            "create_orders_batch" => orders::create_each(state, ask),
            "create_orders_atomic_batch" => orders::create_together(state, ask),
            "cancel_order" => orders::cancel(state, ask),
            "cancel_orders_batch" => orders::cancel_some(state, ask),
            "cancel_all_orders" => orders::cancel_all(state, ask),
            "get_order_detail" => lists::detail(state, ask),
            "list_orders" => lists::by_state(state, ask),
            "list_open_orders" => lists::open(state, ask),
            "order_list" => lists::open_page(state, ask),
            "list_order_history" => lists::history(state, ask),
            "list_partial_canceled_orders" => lists::partially_cancelled(state, ask),
            "list_quant_order_history" => lists::quant_history(state, ask),
            "list_filled_order_history" => lists::filled(state, ask),
            "list_order_entrusts" => lists::entrusts(state, ask),
            "list_trades" => trades::numbered(state, ask),
            "list_quant_trades" => trades::quant(state, ask),
            "list_all_trades" => trades::all(state, ask),
            "create_plan" => plans::create(state, ask),
            "cancel_plan" => plans::cancel(state, ask),
            "cancel_all_plans" => plans::cancel_all(state, ask),
            "list_plans" => plans::by_state(state, ask),
            "get_plan_detail" => plans::detail(state, ask),
            "list_plan_history" => plans::history(state, ask),
            // Nothing here makes a reverse plan.
            "list_reverse_plans" | "list_reverse_plan_history" => plans::none(state, ask),
            "create_profit_stop" => stops::create(state, ask),
            "update_profit_stop" => stops::update(state, ask),
            "cancel_profit_stop" => stops::cancel(state, ask),
            "cancel_all_profit_stops" => stops::cancel_all(state, ask),
            "list_profit_stops" => stops::by_state(state, ask),
            "get_profit_stop_detail" => stops::detail(state, ask),
            "list_profit_stop_history" => stops::history(state, ask),
            "create_track" => tracks::create(state, ask),
            "cancel_track" => tracks::cancel(state, ask),
            "cancel_all_tracks" => tracks::cancel_all(state, ask),
            "get_track_detail" => tracks::detail(state, ask),
            "list_tracks" => tracks::waiting(state, ask),
            "list_track_history" => tracks::history(state, ask),
            "list_active_positions" => positions::active(self, state, ask),
            "list_user_active_positions" => positions::user_active(self, state, ask),
            "list_positions" => positions::both_sides(self, state, ask),
            "list_break_positions" => positions::breaks(state, ask),
            "list_position_history" => past_positions::list(state, ask),
            "get_cross_margin" => positions::cross_margin(state, ask),
            "list_adl" => positions::adl(state, ask),
            "list_leverages" => settings::leverages(state, ask),
            "adjust_leverage" => settings::adjust_leverage(state, ask),
            "adjust_margin" => settings::adjust_margin(state, ask),
            "set_auto_margin" => settings::set_auto_margin(self, state, ask),
            "change_position_type" => settings::change_type(state, ask),
            "close_all_positions" => settings::close_all(state, ask),
            "add_collection" => settings::add_favourite(self, state, ask),
            "cancel_collection" => settings::remove_favourite(self, state, ask),
            "list_collections" => Ok(settings::favourites(self)),
            "get_balance_detail" => account::balance(state, ask),
            "list_balances" => account::balances(state, ask),
            "get_compat_balance" => account::compat_balance(state, ask),
            "list_compat_balances" => account::compat_balances(state, ask),
            "get_listen_key" => Ok(account::listen_key(state, ask)),
            "list_balance_bills" => bills::list(state, ask),
            // Nobody pays funding, is deleveraged or taken over here.
            "list_funding_fees" | "list_auto_deleverage_history" | "list_taker_over" => {
                bills::none(state, ask)
            }
            _ => return None,
        })
    }
}

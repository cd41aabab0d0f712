//! `BitMart` futures: USDT contracts on one account, in hedge mode at first.

mod account;
mod feed;
mod market;
mod orders;
mod plans;
mod positions;
mod rows;
mod transfers;

use rust_decimal::Decimal;

use super::market::contract;
use super::{Ask, Dialect, Json, State};
use crate::engine::{Engine, Instrument, Pocket};
use crate::json::quote;
use crate::refusal::Refusal;
use crate::ws::Feed;

/// The venue's dialect.
#[derive(Debug)]
pub(crate) struct BitMart;

/// The documentation's own order id: an example's answer is the first one here.
const FIRST_ORDER: u64 = 220_609_666_322_019;
/// Money of a fresh account, in USDT: hundreds of small orders, whatever the leverage.
const FUTURES_USDT: i64 = 1_000_000;
const SPOT_USDT: i64 = 100_000;

/// What is traded here: symbol, base asset, starting price, tick, contract size, and the usual offer in contracts.
const CONTRACTS: [(&str, &str, &str, &str, &str, u32); 3] = [
    ("BTCUSDT", "BTC", "85000", "0.1", "0.001", 400),
    ("ETHUSDT", "ETH", "1950", "0.01", "0.01", 400),
    ("FUNUSDT", "FUN", "0.0051", "0.000001", "100", 4000),
];

pub(super) fn start(seed: u64, now_ms: i64) -> (BitMart, State) {
    let instruments = CONTRACTS.into_iter().map(|(symbol, base, price, tick, size, usual_lots)| Instrument {
        max_qty: Decimal::from(500_000),
        ..contract(symbol, [base, "USDT"], [price, tick, "1", size], usual_lots)
    });
    let mut engine = Engine::new(instruments.collect(), seed, now_ms);
    engine.number_orders_from(FIRST_ORDER);
    let account = engine.open_account();
    let usdt = engine.asset("USDT");
    engine.deposit(account, Pocket::Futures, usdt, FUTURES_USDT.into());
    engine.deposit(account, Pocket::Spot, usdt, SPOT_USDT.into());
    (BitMart, State::new(engine, account, seed))
}

impl Dialect for BitMart {
    fn execute(&mut self, state: &mut State, ask: &Ask<'_>) -> Option<Result<Json, Refusal>> {
        Some(match ask.endpoint.id.as_str() {
            "contract_details" => market::details(state, ask),
            "depth" => market::depth(state, ask),
            "market_trade" => market::trades(state, ask),
            "open_interest" => market::open_interest(state, ask),
            "funding_rate" => market::funding_rate(state, ask),
            "funding_rate_history" => market::funding_history(state, ask),
            "kline" | "markprice_kline" => market::kline(state, ask),
            "submit_order" => orders::submit(state, ask),
            "modify_limit_order" => orders::modify(state, ask),
            "modify_preset_plan_order" => orders::modify_preset(state, ask),
            "cancel_order" => orders::cancel(state, ask),
            "cancel_orders" => orders::cancel_all(state, ask),
            "cancel_all_after" => orders::cancel_later(state, ask),
            "order_detail" => orders::detail(state, ask),
            "order_history" => orders::history(state, ask),
            "open_orders" => orders::open(state, ask),
            "trades" => orders::fills(state, ask),
            "submit_plan_order" => plans::submit(state, ask),
            "modify_plan_order" => plans::modify(state, ask),
            "cancel_plan_order" => plans::cancel(state, ask),
            "current_plan_orders" => plans::current(state, ask),
            "submit_tp_sl_order" => plans::submit_protection(state, ask),
            "modify_tp_sl_order" => plans::modify_protection(state, ask),
            "submit_trail_order" => plans::submit_trail(state, ask),
            "cancel_trail_order" => plans::cancel_trail(state, ask),
            "assets_detail" => account::assets(state),
            "trade_fee_rate" => account::fee_rate(state, ask),
            "submit_leverage" => account::leverage(state, ask),
            "set_position_mode" => account::set_mode(state, ask),
            "get_position_mode" => account::mode(state),
            "transaction_history" => account::flows(state, ask),
            "position" => positions::first(state, ask),
            "position_v2" => positions::second(state, ask),
            "position_risk" => positions::risk(state, ask),
            "transfer" => transfers::between_pockets(state, ask),
            "transfer_list" => transfers::list(state, ask),
            "sub_account_main_sub_to_main"
            | "sub_account_main_main_to_sub"
            | "sub_account_sub_sub_to_main" => transfers::between_accounts(state, ask),
            "sub_account_main_wallet" => transfers::sub_wallet(state, ask),
            "sub_account_main_transfer_list" => transfers::sub_list(state, ask),
            "sub_account_transfer_history" => transfers::history(state, ask),
            _ => return None,
        })
    }

    fn envelope(&self, ask: &Ask<'_>, data: &str, trace: &str) -> Json {
        // The documentation spells it both ways.
        let message = if ask.endpoint.example.contains(r#""message":"OK""#) { "OK" } else { "Ok" };
        format!(r#"{{"code":1000,"message":"{message}","data":{data},"trace":{}}}"#, quote(trace))
    }

    fn feed(&self) -> Option<&'static dyn Feed> {
        Some(&feed::Streams)
    }
}

//! Pumpkin futures: USDT contracts on one account, a long and a short position side by side at first.

mod account;
mod aggregators;
mod batch;
mod calendar;
mod contracts;
mod feed;
mod funding;
mod order_entrusts;
mod order_lists;
mod orders;
mod pages;
mod plan_lists;
mod plans;
mod positions;
mod profit_lists;
mod profits;
mod quotes;
mod words;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::market::contract;
use super::{Ask, Dialect, Json, State};
use crate::engine::{Engine, Instrument, InstrumentId, Margin, OrderId, Pocket, PositionMode, Refused};
use crate::refusal::{Refusal, Why};
use crate::rules::pumpkin;
use crate::ws::Feed;

/// The venue's dialect, and what it remembers besides the engine's state.
#[derive(Debug, Default)]
pub(crate) struct Pumpkin {
    /// How positions of a contract are kept, where that was chosen.
    models: BTreeMap<InstrumentId, PositionMode>,
    /// What plans were asked for, by their ids.
    plans: BTreeMap<OrderId, plans::Wish>,
}

/// The documentation's own order id: an example's answer is the first one here.
const FIRST_ORDER: OrderId = 587_077_935_051_136_448;
/// Money of a fresh account, in USDT: hundreds of small orders, whatever the leverage.
const FUNDS: i64 = 1_000_000;
/// The list that the key came with: it may trade these and no others.
const ALLOWED: [&str; 2] = ["btc_usdt", "eth_usdt"];
/// Live orders, and as many plans, on one contract: `maxOpenOrders` and `maxEntrusts` of the documented contracts.
const MOST_OPEN: usize = 100;

/// What is traded here.
struct Contract {
    base: &'static str,
    price: &'static str,
    tick: &'static str,
    /// How much of the base currency one contract is.
    size: &'static str,
    /// The leverage of an account that never chose one: `initLeverage`.
    leverage: i64,
    /// The usual offer at a price, in contracts.
    usual_lots: u32,
}

/// As documented, and one more that the key may not trade.
const CONTRACTS: [Contract; 3] = [
    Contract { base: "btc", price: "89000", tick: "0.1", size: "0.0001", leverage: 25, usual_lots: 4000 },
    Contract { base: "eth", price: "3000", tick: "0.01", size: "0.001", leverage: 10, usual_lots: 8000 },
    Contract { base: "sol", price: "125", tick: "0.01", size: "0.1", leverage: 10, usual_lots: 2000 },
];

impl Pumpkin {
    fn model(&self, id: InstrumentId) -> PositionMode {
        self.models.get(&id).copied().unwrap_or_default()
    }
}

pub(super) fn start(seed: u64, now_ms: i64) -> (Pumpkin, State) {
    let instruments = CONTRACTS.iter().map(|listed| {
        let Contract { base, price, tick, size, usual_lots, .. } = *listed;
        Instrument {
            max_qty: Decimal::from(50_000_000),
            max_leverage: Decimal::from(125),
            taker_fee: Decimal::new(5, 4),
            ..contract(&format!("{base}_usdt"), [base, "usdt"], [price, tick, "1", size], usual_lots)
        }
    });
    let mut engine = Engine::new(instruments.collect(), seed, now_ms);
    engine.number_orders_from(FIRST_ORDER);
    let account = engine.open_account();
    let usdt = engine.asset("usdt");
    // Moved in, so that the bills add up to the balance.
    engine.deposit(account, Pocket::Spot, usdt, FUNDS.into());
    let _ = engine.transfer((account, Pocket::Spot), (account, Pocket::Futures), usdt, FUNDS.into());
    let ids: Vec<InstrumentId> = engine.instruments().map(|(id, _)| id).collect();
    for (id, contract) in ids.into_iter().zip(&CONTRACTS) {
        let _ = engine.choose(account, id, Some(contract.leverage.into()), Some(Margin::Cross));
    }
    (Pumpkin::default(), State::new(engine, account, seed))
}

impl Dialect for Pumpkin {
    fn execute(&mut self, state: &mut State, ask: &Ask<'_>) -> Option<Result<Json, Refusal>> {
        Some(match ask.endpoint.id.as_str() {
            "get_symbol_list" => contracts::listed(state, ask),
            "get_symbol_detail" => contracts::detail(state, ask),
            "get_symbol_all" => contracts::names(state),
            "get_leverage_brackets" => contracts::brackets(state),
            "get_leverage_bracket_detail" => contracts::bracket_detail(state, ask),
            "get_ticker" | "get_agg_ticker" => quotes::ticker(state, ask),
            "get_tickers" | "get_agg_tickers" => quotes::tickers(state, ask),
            "get_depth" => quotes::depth(state, ask),
            "get_deals" => quotes::deals(state, ask),
            "get_klines" => quotes::klines(state, ask),
            // They are the same here.
            "get_mark_prices" | "get_index_prices" => quotes::reference_prices(state, ask),
            "get_symbol_mark_price" | "get_symbol_index_price" => quotes::reference_price(state, ask),
            "get_funding_rate" => funding::rate(state, ask),
            "get_funding_rate_records" => funding::records(state, ask),
            "get_open_interest" => funding::open_interest(state, ask),
            "get_defi_contracts" => aggregators::defi_contracts(state, ask),
            "get_defi_fees" => aggregators::defi_fees(state, ask),
            "get_cmc_contracts" => aggregators::cmc_contracts(state, ask),
            "get_cmc_contract_specs" => aggregators::cmc_specs(state, ask),
            "get_cmc_depth" => aggregators::cmc_depth(state, ask),
            "get_cg_contracts" => aggregators::cg_contracts(state, ask),
            "get_cg_contract_specs" => aggregators::cg_specs(state, ask),
            "get_cg_depth" => aggregators::cg_depth(state, ask),
            "create_order" => orders::create(self, state, ask),
            "create_batch_orders" => batch::create(self, state, ask),
            "cancel_order" => orders::cancel(state, ask),
            "cancel_batch_orders" => batch::cancel(state, ask),
            "cancel_all_orders" => orders::cancel_all(state, ask),
            "list_orders" => order_lists::all(state, ask),
            "list_order_history" => order_lists::history(state, ask),
            "get_order_detail" => order_lists::detail(state, ask),
            "list_trades" => order_lists::trades(state, ask),
            "list_unfinished_orders" => order_lists::unfinished(state, ask),
            "list_all_unfinished_orders" => order_lists::all_unfinished(state, ask),
            "list_orders_by_ids" => order_lists::by_ids(state, ask),
            "list_positions" => positions::list(state, ask),
            "adjust_leverage" => positions::leverage(state, ask),
            "adjust_margin" => positions::margin(self, state, ask),
            "close_all_positions" => positions::close_all(state, ask),
            "change_position_type" => positions::change_type(self, state, ask),
            "create_plan_entrust" => plans::create(self, state, ask),
            "cancel_plan_entrust" => plans::cancel(state, ask),
            "cancel_all_plan_entrusts" => plans::cancel_all(state, ask),
            "list_plan_entrusts" => plan_lists::current(self, state, ask),
            "list_plan_entrust_history" => plan_lists::history(self, state, ask),
            "get_plan_entrust_detail" => plan_lists::detail(self, state, ask),
            "create_profit_entrust" => profits::create(self, state, ask),
            "update_profit_entrust" => profits::update(state, ask),
            "cancel_profit_entrust" => profits::cancel(state, ask),
            "cancel_all_profit_entrusts" => profits::cancel_all(state, ask),
            "list_profit_entrusts" => profit_lists::list(state, ask),
            "get_profit_entrust_detail" => profit_lists::detail(state, ask),
            "list_order_entrusts" => order_entrusts::list(self, state, ask),
            "cancel_order_entrust" => order_entrusts::cancel(state, ask),
            "cancel_all_order_entrusts" => order_entrusts::cancel_all(state, ask),
            "list_balances" => account::balances(state),
            "get_balance_detail" => account::balance(state, ask),
            "list_bills" => account::bills(state, ask),
            _ => return None,
        })
    }

    fn feed(&self) -> Option<&'static dyn Feed> {
        Some(&feed::Streams)
    }

    /// The documentation has two envelopes, and none for aggregators.
    fn envelope(&self, ask: &Ask<'_>, data: &str, _: &str) -> Json {
        let example = &ask.endpoint.example;
        if !example.starts_with(r#"{"code":0,"#) {
            return data.to_owned();
        }
        if example.contains(r#""message":"success""#) {
            return format!(r#"{{"code":0,"message":"success","data":{data}}}"#);
        }
        format!(r#"{{"code":0,"msg":"success","data":{data},"bizCode":null}}"#)
    }
}

/// The contract of a trade, which must be on the key's list.
fn tradable(state: &State, ask: &Ask<'_>) -> Result<InstrumentId, Refusal> {
    let id = ask.instrument(&state.engine)?;
    let symbol = state.engine.instrument(id).map(|instrument| instrument.symbol.as_str());
    let is_allowed = symbol.is_some_and(|symbol| ALLOWED.contains(&symbol));
    if is_allowed { Ok(id) } else { Err(pumpkin::SYMBOL_NOT_ALLOWED.into()) }
}

/// What the engine refuses, about a price or a quantity where it is.
fn refused(refused: Refused) -> Refusal {
    match refused {
        Refused::Tick | Refused::PriceRange => Refusal::about(Why::OutOfRange, "price"),
        Refused::Lot | Refused::QtyRange => Refusal::about(Why::OutOfRange, "origQty"),
        other => other.into(),
    }
}

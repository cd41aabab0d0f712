//! `HashKey`: spot, with several accounts of one owner, of which the main one trades.

mod accounts;
mod cancel;
mod coins;
mod feed;
mod fees;
mod history;
mod lists;
mod market;
mod money;
mod orders;
mod pairs;
mod quotes;
mod rows;
mod stream;
mod wallet;

use super::{Ask, Dialect, Json, State};
use crate::engine::Engine;
use crate::refusal::Refusal;
use crate::ws::Feed;
use wallet::Wallet;

/// The venue's dialect.
#[derive(Debug)]
pub(crate) struct HashKey {
    wallet: Wallet,
}

/// The documentation's own order id: an example's answer is the first one here.
const FIRST_ORDER: u64 = 1_563_277_167_764_290_304;

pub(super) fn start(seed: u64, now_ms: i64) -> (HashKey, State) {
    let mut engine = Engine::new(pairs::instruments(), seed, now_ms);
    let main = engine.open_account();
    let mut state = State::new(engine, main, seed);
    accounts::open(&mut state);
    let wallet = Wallet::open(&mut state);
    state.engine.number_orders_from(FIRST_ORDER);
    (HashKey { wallet }, state)
}

impl Dialect for HashKey {
    fn pass(&mut self, state: &mut State) {
        self.wallet.pass(state);
    }

    fn due_ms(&self) -> Option<i64> {
        self.wallet.due_ms()
    }

    fn execute(&mut self, state: &mut State, ask: &Ask<'_>) -> Option<Result<Json, Refusal>> {
        let wallet = &mut self.wallet;
        Some(match ask.endpoint.id.as_str() {
            "test_new_order" => orders::test(state, ask),
            "create_order" | "create_order_v1" => orders::create(state, ask),
            "create_multiple_orders" => orders::create_several(state, ask),
            "cancel_order" => cancel::one(state, ask),
            "cancel_open_orders_by_symbol" => cancel::of_symbol(state, ask),
            "cancel_all_open_orders" => cancel::all(state, ask),
            "cancel_orders_by_ids" => cancel::by_ids(state, ask),
            "query_order" => history::order(state, ask),
            "open_orders" => history::open(state, ask),
            "traded_orders" => history::closed(state, ask),
            "account_trades" => history::trades(state, ask),
            "sub_open_orders" => history::sub_open(state, ask),
            "sub_trade_orders" => history::sub_closed(state, ask),
            "sub_trades" => history::sub_trades(state, ask),
            "vip_info" => fees::vip_info(state, ask),
            "account" => accounts::balances(state, ask),
            "account_type" => accounts::kinds(),
            "asset_transfer" => money::transfer(state, ask),
            "fiat_history" => money::fiat(state, ask),
            "balance_flow" => money::flow(state, ask),
            "chain_type" => coins::chain_types(ask),
            "coin_info" => coins::info(ask),
            "deposit_address" => wallet::address(wallet, ask),
            "deposit_orders" => wallet::deposits(wallet, state, ask),
            "auth_address" => wallet::declare(wallet, state, ask),
            "withdraw" => wallet::withdraw(wallet, state, ask),
            "withdraw_orders" => wallet::withdrawals(wallet, state, ask),
            "exchange_info" => market::info(ask),
            "depth" => quotes::depth(state, ask),
            "depth_merged" => quotes::merged(state, ask),
            "trades" => quotes::trades(state, ask),
            "klines" => quotes::klines(state, ask),
            "ticker_24hr" => market::day(state, ask),
            "ticker_price" => market::last(state, ask),
            "book_ticker" => market::best(state, ask),
            "create_listen_key" => stream::create(state),
            "reset_listen_key" => stream::renew(state, ask),
            "delete_listen_key" => stream::delete(state, ask),
            _ => return None,
        })
    }

    /// There is no envelope that all answers share: each writes its own.
    fn envelope(&self, _: &Ask<'_>, data: &str, _: &str) -> Json {
        data.to_owned()
    }

    fn feed(&self) -> Option<&'static dyn Feed> {
        Some(&feed::Streams)
    }
}

//! WEX spot: three pairs against USDT, one account with several pockets.

mod balances;
mod batch;
mod chains;
mod feed;
mod filters;
mod lists;
mod market;
mod orders;
mod pairs;
mod rows;
mod tickers;
mod transfers;
mod wallet;

use super::page::Cursor;
use super::{Ask, Dialect, Json, State, number};
use crate::account::{ALNUM, draw};
use crate::engine::{Engine, Pocket};
use crate::json::{list, quote, write};
use crate::refusal::Refusal;
use crate::ws::Feed;
use wallet::Wallet;

/// The venue's dialect.
#[derive(Debug)]
pub(crate) struct WexSpot {
    wallet: Wallet,
    /// The token for the `WebSocket` and the one that comes with it, which were given last.
    tokens: Option<(String, String)>,
    /// How many batches and changes have been numbered.
    serial: u64,
}

/// The documentation's own ids: an example's answer is the first one here.
const FIRST_ORDER: u64 = 6_216_559_590_087_220_004;
const FIRST_TRADE: u64 = 203_530_723_141_917_063;
/// First money on spot.
const FUNDS: [(&str, &str); 3] = [("usdt", "1000000"), ("btc", "10"), ("eth", "100")];
/// First money for USDT-M futures.
const FUTURES_USDT: &str = "100000";
/// How long a token is good, as documented.
const ACCESS_MS: i64 = 2 * 24 * 60 * 60 * 1000;

pub(super) fn start(seed: u64, now_ms: i64) -> (WexSpot, State) {
    let mut engine = Engine::new(pairs::instruments(), seed, now_ms);
    engine.number_orders_from(FIRST_ORDER);
    engine.number_trades_from(FIRST_TRADE);
    let account = engine.open_account();
    for (currency, amount) in FUNDS {
        let asset = engine.asset(currency);
        engine.deposit(account, Pocket::Spot, asset, number(amount));
    }
    let usdt = engine.asset("usdt");
    engine.deposit(account, Pocket::Futures, usdt, number(FUTURES_USDT));
    let mut state = State::new(engine, account, seed);
    let wallet = Wallet::open(&mut state, now_ms);
    (WexSpot { wallet, tokens: None, serial: 0 }, state)
}

impl Dialect for WexSpot {
    fn pass(&mut self, state: &mut State) {
        self.wallet.pass(state);
    }

    fn due_ms(&self) -> Option<i64> {
        self.wallet.due_ms()
    }

    fn execute(&mut self, state: &mut State, ask: &Ask<'_>) -> Option<Result<Json, Refusal>> {
        Some(match ask.endpoint.id.as_str() {
            "get_client_ip" => Ok(write(&[("ip", quote(rows::ADDRESS))])),
            "get_symbols" => market::symbols(state, ask),
            "get_depth" => market::depth(state, ask),
            "get_kline" => market::klines(state, ask),
            "get_recent_trades" => market::recent(state, ask),
            "get_historical_trades" => market::historical(state, ask),
            "get_ticker_full" => tickers::full(state, ask),
            "get_ticker_price" => tickers::price(state, ask),
            "get_ticker_book" => tickers::book(state, ask),
            "get_ticker_24h" => tickers::day(state, ask),
            "get_order" => orders::get(state, ask),
            "query_order" => orders::query(state, ask),
            "submit_order" => orders::submit(state, ask),
            "cancel_order" => orders::cancel(state, ask),
            "update_order" => orders::update(self, state, ask),
            "get_batch_orders" => batch::get(state, ask),
            "submit_batch_orders" => batch::submit(self, state, ask),
            "cancel_batch_orders" => batch::cancel(state, ask),
            "get_open_orders" => lists::open(state, ask),
            "cancel_open_orders" => lists::cancel_open(state, ask),
            "get_history_orders" => lists::history(state, ask),
            "get_trades" => lists::trades(state, ask),
            "get_currencies" => balances::currencies(),
            "get_balance" => balances::one(state, ask),
            "get_balances" => balances::several(state, ask),
            "get_supported_currencies" => wallet::supported(),
            "get_deposit_address" => wallet::address(&self.wallet, ask),
            "get_deposit_history" => wallet::deposits(&self.wallet, state, ask),
            "withdraw" => wallet::withdraw(&mut self.wallet, state, ask),
            "get_withdraw_history" => wallet::withdrawals(&self.wallet, state, ask),
            "transfer" => transfers::between_pockets(state, ask),
            "sub_account_transfer" => transfers::between_accounts(state, ask),
            "get_ws_token" => Ok(self.token(state, ask)),
            _ => return None,
        })
    }

    fn envelope(&self, _: &Ask<'_>, data: &str, _: &str) -> Json {
        format!(r#"{{"rc":0,"mc":"SUCCESS","ma":[],"result":{data}}}"#)
    }

    fn feed(&self) -> Option<&'static dyn Feed> {
        Some(&feed::Streams)
    }
}

impl WexSpot {
    /// Asking again renews what is still good.
    fn token(&mut self, state: &mut State, ask: &Ask<'_>) -> Json {
        let ends_ms = ask.now_ms.saturating_add(ACCESS_MS);
        let known = self.tokens.take().filter(|(access, _)| state.keys.renew(access, ask.now_ms, ends_ms));
        let (access, refresh) = self.tokens.insert(known.unwrap_or_else(|| {
            let access = draw(&mut state.rng, ALNUM, 64);
            state.keys.add(access.clone(), ask.now_ms, ends_ms);
            (access, draw(&mut state.rng, ALNUM, 64))
        }));
        write(&[("accessToken", quote(access)), ("refreshToken", quote(refresh))])
    }

    /// 0 at first, and one more each time.
    fn next_serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial - 1
    }
}

/// A page of a list, of which each row has an id.
fn page<T>(cursor: Cursor, newest_first: Vec<T>, id: impl Fn(&T) -> u64, row: impl Fn(&T) -> Json) -> Json {
    let page = cursor.cut(newest_first, id);
    write(&[
        ("hasPrev", page.has_newer.to_string()),
        ("hasNext", page.has_older.to_string()),
        ("items", list(page.rows.iter().map(row))),
    ])
}

/// Whether a time lies in the span that a list is asked for.
fn span(ask: &Ask<'_>) -> Result<impl Fn(i64) -> bool + use<>, Refusal> {
    let (from_ms, to_ms) = (ask.integer("startTime")?, ask.integer("endTime")?);
    Ok(move |at_ms| from_ms.is_none_or(|from| at_ms >= from) && to_ms.is_none_or(|to| at_ms <= to))
}

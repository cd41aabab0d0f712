//! An order of each venue, several hundred different ones.

use venue_benches::MIN_MESSAGES;
use venue_core::{ClientOrderId, Contracts, Credentials, Decimal, Endpoint, Price, Qty, Rate, Spec};
use venue_sim::Which;
use venue_sim::data::Catalog;

pub(crate) const KEY: &str = "80618e45710812162b04892c7ee5ead4a3cc3e56";
pub(crate) const SECRET: &str = "6c6c98544461bbe71db2bca4c6d7fd0021e0ba9efc215f9c6ad41852df9d9df9";

pub(crate) fn credentials() -> Credentials {
    Credentials::new(KEY, SECRET).memo("test001")
}

/// Something that is done with the orders of each venue.
pub(crate) trait EachVenue {
    /// Does it.
    fn venue<E: Endpoint + Clone>(&mut self, which: Which, venue: E::Venue, orders: Vec<E>);
}

/// A venue's name, as the lines of the report have it.
pub(crate) const fn name(which: Which) -> &'static str {
    match which {
        Which::HashKey => "hashkey",
        Which::BitMart => "bitmart",
        Which::WexSpot => "wex-spot",
        Which::WexFutures => "wex-futures",
        Which::Hibt => "hibt",
        Which::Pumpkin => "pumpkin",
    }
}

/// The documented answer of an endpoint.
pub(crate) fn documented(which: Which, spec: &Spec) -> String {
    let catalog = Catalog::load(which).unwrap();
    let endpoint = catalog.served().find(|known| known.method == spec.verb() && known.path == spec.path);
    endpoint.expect("every request is documented").example.clone()
}

fn price(n: i64) -> Price {
    Price::from_decimal(Decimal::new(200_000 + n * 73, 1))
}

fn qty(n: i64) -> Qty {
    Qty::from_decimal(Decimal::new(1_000 + n * 37, 3))
}

fn id(n: i64) -> ClientOrderId {
    ClientOrderId::new(format!("order{n:015}"))
}

fn several<E>(order: impl Fn(i64) -> E) -> Vec<E> {
    (0..i64::try_from(MIN_MESSAGES).unwrap()).map(order).collect()
}

pub(crate) fn bitmart() -> Vec<bitmart_futures::rest::SubmitOrder> {
    use bitmart_futures::{OpenType, OrderMode, Side, rest::SubmitOrder};
    several(|n| {
        SubmitOrder::limit("BTCUSDT", Side::BuyOpenLong, Contracts::new(n.unsigned_abs() + 1), price(n))
            .client_order_id(id(n))
            .leverage(Rate::from_decimal(Decimal::new(n % 100 + 1, 0)))
            .open_type(OpenType::Isolated)
            .mode(OrderMode::Gtc)
    })
}

pub(crate) fn each(todo: &mut impl EachVenue) {
    {
        use hashkey_api::{HashKey, Side, TimeInForce, rest::CreateOrder};
        let orders = several(|n| {
            CreateOrder::limit("BTCUSDT", Side::Buy, qty(n), price(n))
                .new_client_order_id(id(n))
                .time_in_force(TimeInForce::Gtc)
        });
        todo.venue(Which::HashKey, HashKey::new(), orders);
    }
    todo.venue(Which::BitMart, bitmart_futures::BitMart::new(), bitmart());
    {
        use wex_spot::{Side, WexSpot, rest::SubmitOrder};
        let orders =
            several(|n| SubmitOrder::limit("btc_usdt", Side::Buy, qty(n), price(n)).client_order_id(id(n)));
        todo.venue(Which::WexSpot, WexSpot::new(), orders);
    }
    {
        use wex_futures::{OrderSide, PositionSide, TimeInForce, WexFutures, rest::CreateOrder};
        let orders = several(|n| {
            let size = Contracts::new(n.unsigned_abs() + 1);
            CreateOrder::limit("btc_usdt", OrderSide::Buy, PositionSide::Long, size, price(n))
                .client_order_id(id(n))
                .time_in_force(TimeInForce::Gtc)
        });
        todo.venue(Which::WexFutures, WexFutures::usdt_m(), orders);
    }
    {
        use hibt_api::{Hibt, Side, TriggerType, rest::OpenOrder};
        let orders = several(|n| {
            OpenOrder::limit("btc_usdt", Side::Buy, qty(n), 10, price(n))
                .custom_id(id(n))
                .take_profit(price(n + 1000), TriggerType::Last)
        });
        todo.venue(Which::Hibt, Hibt::new(), orders);
    }
    {
        use pumpkin_futures::{OrderSide, PositionSide, Pumpkin, TimeInForce, rest::CreateOrder};
        let orders = several(|n| {
            let size = Contracts::new(n.unsigned_abs() + 1);
            CreateOrder::limit("btc_usdt", OrderSide::Buy, PositionSide::Long, size, price(n), 10)
                .client_order_id(id(n))
                .time_in_force(TimeInForce::Gtc)
        });
        todo.venue(Which::Pumpkin, Pumpkin::new(), orders);
    }
}

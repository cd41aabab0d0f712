//! Market data.

use std::time::Duration;

use hibt_api::CandlePeriod;
use hibt_api::rest::*;

use crate::{BTC, Desk, qty};

#[tokio::test(start_paused = true)]
async fn market_data_is_of_one_market() {
    let desk = Desk::open().await;
    tokio::time::advance(Duration::from_secs(30)).await;
    let client = &desk.client;
    let symbols = client.send(GetSymbols::new()).await.unwrap();
    assert_eq!(
        (symbols.len(), symbols[0].price_precision, symbols[0].limit_mini_amount),
        (3, Some(1), Some(qty("0.001")))
    );
    let depth = client.send(GetDepth::new(BTC).limit(5u32)).await.unwrap();
    assert!(depth.bid.len() == 5 && depth.bid[0].price < depth.ask[0].price);
    let book = client.send(GetOrderBook::new().symbol(BTC).depth(5u32)).await.unwrap()[0].clone();
    assert_eq!((book.bids, book.asks), (depth.bid.clone(), depth.ask));
    let deals = client.send(GetDeals::new(BTC)).await.unwrap();
    let ticker = client.send(GetTickers::new().symbol(BTC)).await.unwrap()[0].clone();
    assert_eq!(
        (ticker.last_price, ticker.last_amount, ticker.last_time),
        (Some(deals[0].price), Some(deals[0].amount), Some(deals[0].time))
    );
    let candles = client.send(GetCandles::new(BTC, CandlePeriod::M1).count(2u32)).await.unwrap();
    assert!(candles.len() == 2 && candles[0].ts > candles[1].ts);
    assert_eq!(Some(candles[0].close), ticker.close);
    let prices = client.send(GetTickerPrices::new()).await.unwrap();
    assert_eq!((prices.len(), prices[0].price), (3, deals[0].price));
    let mark = client.send(GetMarkPrices::new().symbol(BTC)).await.unwrap()[0].market_price;
    let contract = client.send(GetContracts::new().symbol(BTC)).await.unwrap()[0].clone();
    assert_eq!((contract.index_price, contract.bid), (Some(mark), Some(depth.bid[0].price)));
    let specifications = client.send(GetContractSpecifications::new()).await.unwrap();
    assert_eq!(specifications[0].contract_price, Some(deals[0].price));
    let rates = client.send(GetFundingRates::new(BTC).limit(3u32)).await.unwrap();
    assert_eq!((rates.len(), rates[0].time.get() - rates[1].time.get()), (3, 8 * 3_600_000));
    let risk = client.send(GetRiskLimits::new("eth_usdt")).await.unwrap();
    assert_eq!(risk[0].symbol.as_ref().unwrap().as_str(), "eth_usdt");
    let time = client.send(GetServerTime::new()).await.unwrap().server_time;
    assert_eq!(time.get(), desk.venue().clock().now_ms());
    assert_eq!(client.unmapped_keys(), 0);
}

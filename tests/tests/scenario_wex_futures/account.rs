//! Positions, money, both products, and the market.

use std::time::Duration;

use futures::TryStreamExt as _;
use venue_core::Decimal;
use wex_futures::rest::*;
use wex_futures::{Contracts, KlineInterval, MarginAdjustType, OrderSide, PositionSide, PositionType};

use crate::stage::*;

#[tokio::test(start_paused = true)]
async fn leverage_and_margin_are_chosen_for_each_side() {
    let stage = Stage::set().await;
    let client = &stage.client;
    let side = || PositionSide::Long;
    client.send(AdjustLeverage::new(BTC, side(), 10u32)).await.unwrap();
    client.send(ChangePositionType::new(BTC, side(), PositionType::Isolated)).await.unwrap();
    let chosen = client.send(ListLeverages::new(BTC)).await.unwrap().items;
    let texts: Vec<_> = chosen
        .iter()
        .map(|row| (row.leverage.as_ref().unwrap().to_string(), row.position_type.clone()))
        .collect();
    assert_eq!(
        texts,
        [("10".into(), Some(PositionType::Isolated)), ("20".into(), Some(PositionType::Crossed))]
    );
    let amount = |text: &str| text.parse::<wex_futures::Amount>().unwrap();
    let add = |text: &str| AdjustMargin::new(BTC, side(), MarginAdjustType::Add, amount(text));
    let take = |text: &str| AdjustMargin::new(BTC, side(), MarginAdjustType::Sub, amount(text));
    assert_eq!(refused(client.send(add("1")).await).0, "invalid_params");
    stage.open(PositionSide::Long, 1_000).await;
    let isolated = async || {
        let held = client.send(ListUserActivePositions::new()).await.unwrap();
        (
            dec(held[0].isolated_margin.as_ref().unwrap()),
            held[0].break_price.unwrap().decimal(),
            held[0].entry_price.unwrap().decimal(),
        )
    };
    let (before, breaks, entry) = isolated().await;
    assert!(
        breaks < entry * Decimal::new(91, 2) && breaks > entry * Decimal::new(89, 2),
        "a tenth, at 10x: {breaks}"
    );
    client.send(add("50")).await.unwrap();
    let (after, safer, _) = isolated().await;
    assert!(after - before == Decimal::from(50) && safer < breaks);
    assert_eq!(refused(client.send(take("51")).await).0, "insufficient_balance");
    client.send(take("50")).await.unwrap();
    assert_eq!(isolated().await.0, before);
    client.send(SetAutoMargin::new(BTC, side(), true)).await.unwrap();
    let active = client.send(ListActivePositions::new()).await.unwrap();
    assert_eq!((active.len(), active[0].auto_margin), (1, Some(true)));
    assert_eq!(client.send(ListBreakPositions::new()).await.unwrap().len(), 1);
    assert_eq!(client.send(GetCrossMargin::new(BTC)).await.unwrap().as_str(), r#""0.00000000""#);
    let ranks = client.send(ListAdl::new().symbol(BTC)).await.unwrap();
    assert_eq!((ranks[0].long_quantile, ranks[0].short_quantile), (Some(1), Some(0)));

    client.send(CreateOrder::market(BTC, OrderSide::Sell, PositionSide::Long, n(400))).await.unwrap();
    let past = client.send(ListPositionHistory::new()).await.unwrap().items;
    assert_eq!((past[0].working, past[0].close_position_size), (Some(true), Some(Contracts::new(400))));
    client.send(CloseAllPositions::new()).await.unwrap();
    let past = client.send(ListPositionHistory::new()).await.unwrap().items;
    assert_eq!(
        (past.len(), past[0].working, past[0].max_position_size),
        (1, Some(false), Some(Contracts::new(1_000)))
    );
    let profit = dec(past[0].close_profit.as_ref().unwrap()) - dec(past[0].total_fee.as_ref().unwrap());
    let balance = client.send(GetBalanceDetail::new("usdt")).await.unwrap();
    assert_eq!(dec(balance.wallet_balance.unwrap()) - Decimal::from(1_000_000), profit);
    assert!(client.send(ListActivePositions::new()).await.unwrap().is_empty());
    stage.is_understood();
}

#[tokio::test(start_paused = true)]
async fn coin_m_is_settled_in_the_coin_by_the_inverse_of_the_price() {
    let stage = Stage::set().await;
    let (coin, symbol) = (&stage.coin, "btc_usd");
    assert_eq!(refused(coin.send(GetTicker::new(BTC)).await).0, "invalid_symbol");
    let contracts = coin.send(GetSymbolList::new()).await.unwrap();
    assert!(contracts.symbols.iter().all(|row| row.symbol.as_str().ends_with("_usd")));
    let balance = async || coin.send(GetBalanceDetail::new("btc")).await.unwrap();
    let before = dec(balance().await.wallet_balance.unwrap());
    let buy = CreateOrder::market(symbol, OrderSide::Buy, PositionSide::Long, n(500));
    coin.send(buy).await.unwrap();
    let held = coin.send(ListUserActivePositions::new()).await.unwrap();
    let entry = held[0].entry_price.unwrap().decimal();
    assert!(
        stage.client.send(ListUserActivePositions::new()).await.unwrap().is_empty(),
        "on its own host alone"
    );
    // 500 contracts of 100 dollars, at 20x.
    let size = Decimal::from(50_000);
    let near = |a: Decimal, b: Decimal| (a - b).abs() < Decimal::new(1, 8);
    let margin = dec(balance().await.crossed_margin.unwrap());
    assert!(near(margin, size / entry / Decimal::from(20)), "{margin}");
    tokio::time::sleep(Duration::from_secs(60)).await;
    coin.send(CloseAllPositions::new()).await.unwrap();
    let past = coin.send(ListPositionHistory::new()).await.unwrap().items;
    let exit = past[0].close_price.unwrap().decimal();
    assert_ne!(exit, entry);
    let profit = dec(past[0].close_profit.as_ref().unwrap());
    assert!(near(profit, size / entry - size / exit), "{profit}: from {entry} to {exit}");
    assert_eq!(profit.is_sign_positive(), exit > entry, "a long wins when the price rises");
    let fees = dec(past[0].total_fee.as_ref().unwrap());
    assert_eq!(dec(balance().await.wallet_balance.unwrap()), before + profit - fees);
    let coins = coin.send(ListCompatBalances::new()).await.unwrap();
    assert_eq!(coins.iter().map(|row| row.coin.as_str()).collect::<Vec<_>>(), ["btc", "eth"]);
    assert!(stage.client.send(ListBalanceBills::new()).await.unwrap().items.is_empty());
    stage.is_understood();
}

#[tokio::test(start_paused = true)]
async fn the_market_is_told_of_without_a_contradiction() {
    let stage = Stage::set().await;
    let client = &stage.client;
    let detail = client.send(GetSymbolDetail::new(BTC)).await.unwrap();
    assert_eq!(detail.contract_size.unwrap().to_string(), "0.0001");
    assert_eq!(client.send(GetSymbolCoins::new()).await.unwrap().len(), 3);
    assert_eq!(client.send(GetLeverageBracketDetail::new(BTC)).await.unwrap().leverage_brackets.len(), 1);
    let (book, best) = (
        client.send(GetDepth::new(BTC, 50u32)).await.unwrap(),
        client.send(GetBookTicker::new(BTC)).await.unwrap(),
    );
    assert_eq!((best.ask_price, best.bid_price), (Some(book.asks[0].price), Some(book.bids[0].price)));
    assert_eq!(best.ask_qty, Some(book.asks[0].qty));
    let ticker = client.send(GetTicker::new(BTC)).await.unwrap();
    let whole = client.send(GetAggTicker::new(BTC)).await.unwrap();
    assert_eq!((ticker.close, whole.ask_price), (whole.close, best.ask_price));
    assert_eq!(whole.mark_price.unwrap(), client.send(GetSymbolMarkPrice::new(BTC)).await.unwrap().price);
    assert_eq!(whole.index_price.unwrap(), client.send(GetSymbolIndexPrice::new(BTC)).await.unwrap().price);
    for (name, rows) in [
        ("tickers", client.send(GetTickers::new()).await.unwrap().len()),
        ("agg tickers", client.send(GetAggTickers::new()).await.unwrap().len()),
        ("book tickers", client.send(GetBookTickers::new()).await.unwrap().len()),
        ("mark prices", client.send(GetMarkPrices::new()).await.unwrap().len()),
        ("index prices", client.send(GetIndexPrices::new()).await.unwrap().len()),
    ] {
        assert_eq!(rows, 2, "{name}");
    }
    tokio::time::sleep(Duration::from_secs(30)).await;
    let deals = client.send(GetDeals::new(BTC)).await.unwrap();
    assert_eq!(Some(deals[0].price), client.send(GetTicker::new(BTC)).await.unwrap().close);
    assert!(client.send(GetDepth::new(BTC, 1u32)).await.unwrap().update_id > book.update_id);
    let candles = client.send(GetKlines::new(BTC, KlineInterval::H1).limit(3u32)).await.unwrap();
    assert!(candles.len() == 3 && candles[0].time < candles[1].time);
    assert!(candles.iter().all(|candle| candle.low <= candle.open && candle.open <= candle.high));
    let now = client.send(GetFundingRate::new(BTC)).await.unwrap();
    let past =
        client.send(GetFundingRateRecords::new().symbol(BTC)).items().try_collect::<Vec<_>>().await.unwrap();
    assert_eq!((past.len(), &past[0].funding_rate), (90, &now.current().unwrap().funding_rate));
    assert!(
        dec(client.send(GetOpenInterest::new(BTC)).await.unwrap().open_interest.unwrap()) > Decimal::ZERO
    );
    stage.is_understood();
}

#[tokio::test(start_paused = true)]
async fn the_account_keeps_its_keys_and_favourites() {
    let stage = Stage::set().await;
    let client = &stage.client;
    let (one, two) =
        (client.send(GetListenKey::new()).await.unwrap(), client.send(GetListenKey::new()).await.unwrap());
    assert!(one != two && one.expose().len() == 32);
    client.send(AddCollection::new(BTC)).await.unwrap();
    client.send(AddCollection::new("eth_usdt")).await.unwrap();
    client.send(CancelCollection::new(BTC)).await.unwrap();
    let marked = client.send(ListCollections::new()).await.unwrap();
    assert_eq!(marked.iter().map(wex_futures::Symbol::as_str).collect::<Vec<_>>(), ["eth_usdt"]);
    assert_eq!(client.send(ListBalances::new()).await.unwrap().len(), 1);
    let compat = client.send(GetCompatBalance::new("usdt")).await.unwrap();
    assert_eq!(compat.wallet_balance.unwrap().to_string(), "1000000");
    assert!(client.send(ListFundingFees::new()).await.unwrap().items.is_empty());
    assert!(client.send(ListAutoDeleverageHistory::new()).await.unwrap().items.is_empty());
    assert!(client.send(ListTakerOver::new()).await.unwrap().items.is_empty());
    stage.is_understood();
}

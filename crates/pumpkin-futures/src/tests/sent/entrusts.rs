//! Conditional orders: plans, take-profits and stop-losses, and the lists that mix them with orders.

use super::*;

pub(super) fn plans() -> Vec<Sent> {
    let (one, stop) = (Contracts::new(1), price("44500.00"));
    let limit = CreatePlanEntrust::limit(
        "btc_usdt",
        OrderSide::Buy,
        PositionSide::Long,
        one,
        price("45000.00"),
        stop,
    )
    .trigger_price_type(TriggerPriceType::MarkPrice)
    .expire_time(Millis::new(1_769_759_999_000));
    let market = CreatePlanEntrust::market("btc_usdt", OrderSide::Sell, PositionSide::Long, one, stop)
        .entrust_type(EntrustType::TakeProfitMarket)
        .time_in_force(TimeInForce::Fok)
        .market_order_level(MarketOrderLevel::Two)
        .position_id("1234567890");
    let listed = ListPlanEntrusts::new()
        .symbol("btc_usdt")
        .state(EntrustState::NotTriggered)
        .id("1234567890")
        .limit(10u32)
        .direction(PageDirection::Next);
    let history = ListPlanEntrustHistory::new()
        .symbol("btc_usdt")
        .id("1234567890")
        .direction(PageDirection::Prev)
        .limit(10u32)
        .start_time(START)
        .end_time(END);
    vec![
        sent(
            limit,
            "POST /v2/entrust/create-plan",
            "entrustType=STOP&expireTime=1769759999000&orderSide=BUY&origQty=1&positionSide=LONG&price=45000.00\
             &stopPrice=44500.00&symbol=btc_usdt&timeInForce=GTC&triggerPriceType=MARK_PRICE",
        ),
        sent(
            market,
            "POST /v2/entrust/create-plan",
            "entrustType=TAKE_PROFIT_MARKET&marketOrderLevel=2&orderSide=SELL&origQty=1&positionId=1234567890\
             &positionSide=LONG&stopPrice=44500.00&symbol=btc_usdt&timeInForce=FOK&triggerPriceType=LATEST_PRICE",
        ),
        sent(CancelPlanEntrust::new("1234567890"), "POST /v2/entrust/cancel-plan", "entrustId=1234567890"),
        sent(CancelAllPlanEntrusts::new(), "POST /v2/entrust/cancel-all-plan", ""),
        sent(
            CancelSymbolPlanEntrusts::new("btc_usdt"),
            "POST /v2/entrust/cancel-all-plan",
            "symbol=btc_usdt",
        ),
        sent(
            listed,
            "GET /v2/entrust/plan-list",
            "direction=NEXT&id=1234567890&limit=10&state=NOT_TRIGGERED&symbol=btc_usdt",
        ),
        sent(
            history,
            "GET /v2/entrust/plan-list-history",
            "direction=PREV&endTime=1672531200000&id=1234567890&limit=10&startTime=1672444800000&symbol=btc_usdt",
        ),
        sent(GetPlanEntrust::new("1234567890"), "GET /v2/entrust/plan-detail", "entrustId=1234567890"),
    ]
}

pub(super) fn profits() -> Vec<Sent> {
    let opening =
        CreateProfitEntrust::opening("btc_usdt", Contracts::new(2), OrderSide::Buy, PositionSide::Both)
            .trigger_stop_price(price("44000.00"))
            .stop_order_type(OrderType::Limit)
            .stop_order_price(price("44050.00"));
    let closing = CreateProfitEntrust::closing("btc_usdt", Contracts::new(1), "1234567890")
        .trigger_price_type(TriggerPriceType::MarkPrice)
        .trigger_profit_price(price("46000.00"))
        .profit_order_type(OrderType::Limit)
        .profit_order_price(price("45950.00"))
        .reduce_only(true)
        .profit_flag(ProfitFlag::Partial)
        .expire_time(Millis::new(1_769_759_999_000));
    let whole = CreatePositionProfitEntrust::closing("btc_usdt", "1234567890")
        .position_side(PositionSide::Long)
        .trigger_stop_price(price("44000.00"))
        .profit_flag(ProfitFlag::Full);
    let update = UpdateProfitEntrust::new("1234567890")
        .trigger_profit_price(price("46500.00"))
        .trigger_stop_price(price("43500.00"))
        .trigger_price_type(TriggerPriceType::LatestPrice)
        .profit_order_type(OrderType::Limit)
        .stop_order_type(OrderType::Limit)
        .orig_qty("2.5".parse::<Contracts>().unwrap())
        .profit_order_price(price("47000.00"))
        .stop_order_price(price("43000.00"))
        .profit_flag(ProfitFlag::Full);
    let update_whole = UpdatePositionProfitEntrust::of("1234567890").trigger_stop_price(price("43500.00"));
    let listed = ListProfitEntrusts::new()
        .symbol("btc_usdt")
        .state(EntrustState::NotTriggered)
        .id("1234567890")
        .limit(10u32)
        .direction(PageDirection::Next);
    vec![
        sent(
            opening,
            "POST /v2/entrust/create-profit",
            "orderSide=BUY&origQty=2&positionSide=BOTH&stopOrderPrice=44050.00&stopOrderType=LIMIT&symbol=btc_usdt\
             &triggerStopPrice=44000.00",
        ),
        sent(
            closing,
            "POST /v2/entrust/create-profit",
            "expireTime=1769759999000&origQty=1&positionId=1234567890&profitFlag=2&profitOrderPrice=45950.00\
             &profitOrderType=LIMIT&reduceOnly=true&symbol=btc_usdt&triggerPriceType=MARK_PRICE\
             &triggerProfitPrice=46000.00",
        ),
        sent(
            whole,
            "POST /v2/entrust/create-profit",
            "origQty=0&positionId=1234567890&positionSide=LONG&profitFlag=1&symbol=btc_usdt\
             &triggerStopPrice=44000.00",
        ),
        sent(
            CancelProfitEntrust::new("1234567890"),
            "POST /v2/entrust/cancel-profit-stop",
            "profitId=1234567890",
        ),
        sent(
            update,
            "POST /v2/entrust/update-profit-stop",
            "origQty=2.5&profitFlag=1&profitId=1234567890&profitOrderPrice=47000.00&profitOrderType=LIMIT\
             &stopOrderPrice=43000.00&stopOrderType=LIMIT&triggerPriceType=LATEST_PRICE\
             &triggerProfitPrice=46500.00&triggerStopPrice=43500.00",
        ),
        sent(
            update_whole,
            "POST /v2/entrust/update-profit-stop",
            "origQty=0&profitId=1234567890&triggerStopPrice=43500.00",
        ),
        sent(CancelAllProfitEntrusts::new(), "POST /v2/entrust/cancel-all-profit-stop", ""),
        sent(
            CancelSymbolProfitEntrusts::new("btc_usdt"),
            "POST /v2/entrust/cancel-all-profit-stop",
            "symbol=btc_usdt",
        ),
        sent(
            listed,
            "GET /v2/entrust/profit-list",
            "direction=NEXT&id=1234567890&limit=10&state=NOT_TRIGGERED&symbol=btc_usdt",
        ),
        sent(GetProfitEntrust::new("1234567890"), "GET /v2/entrust/profit-detail", "profitId=1234567890"),
    ]
}

pub(super) fn order_entrusts() -> Vec<Sent> {
    let listed = ListOrderEntrusts::new()
        .entrust_kind(OrderEntrustType::Order)
        .symbol("btc_usdt")
        .state(OrderState::New)
        .start_time(START)
        .end_time(END)
        .force_close(false)
        .page(1u32)
        .size(10u32);
    vec![
        sent(
            listed,
            "GET /v2/order-entrust/list",
            "endTime=1672531200000&forceClose=false&page=1&size=10&startTime=1672444800000&state=NEW\
             &symbol=btc_usdt&type=ORDER",
        ),
        sent(
            CancelOrderEntrust::order(&OrderId::from("1234567890")),
            "POST /v2/order-entrust/cancel",
            "id=1234567890&type=ORDER",
        ),
        sent(
            CancelOrderEntrust::entrust(&EntrustId::from("1234567890")),
            "POST /v2/order-entrust/cancel",
            "id=1234567890&type=ENTRUST",
        ),
        sent(CancelAllOrderEntrusts::new(), "POST /v2/order-entrust/cancel-all", ""),
        sent(
            CancelSymbolOrderEntrusts::new("btc_usdt"),
            "POST /v2/order-entrust/cancel-all",
            "symbol=btc_usdt",
        ),
    ]
}

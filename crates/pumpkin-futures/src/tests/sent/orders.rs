//! Orders: placing and cancelling them, and their lists.

use super::*;

pub(super) fn orders() -> Vec<Sent> {
    let closing = limit_order()
        .closing("123456")
        .time_in_force(TimeInForce::Gtc)
        .client_order_id("myOrder123")
        .market_order_level(MarketOrderLevel::One)
        .trigger_profit_price(price("46000.00"))
        .profit_order_type(OrderType::Limit)
        .profit_order_price(price("45900.00"))
        .trigger_stop_price(price("44000.00"))
        .stop_order_type(OrderType::Market)
        .stop_order_price(price("44100.00"));
    let market = CreateOrder::market("btc_usdt", OrderSide::Sell, PositionSide::Both, Contracts::new(3), 5);
    let ids = || [OrderId::from("1234567890"), OrderId::from("1234567891")];
    vec![
        sent(
            limit_order(),
            "POST /v2/order/create",
            "leverage=20&orderSide=BUY&orderType=LIMIT&origQty=1&positionSide=LONG&price=45000.00&symbol=btc_usdt",
        ),
        sent(
            market,
            "POST /v2/order/create",
            "leverage=5&orderSide=SELL&orderType=MARKET&origQty=3&positionSide=BOTH&symbol=btc_usdt",
        ),
        sent(
            closing,
            "POST /v2/order/create",
            "clientOrderId=myOrder123&leverage=20&marketOrderLevel=1&orderSide=BUY&orderType=LIMIT&origQty=1\
             &positionId=123456&positionSide=LONG&price=45000.00&profitOrderPrice=45900.00\
             &profitOrderType=LIMIT&reduceOnly=true&stopOrderPrice=44100.00&stopOrderType=MARKET\
             &symbol=btc_usdt&timeInForce=GTC&triggerProfitPrice=46000.00&triggerStopPrice=44000.00",
        ),
        sent(
            batch(),
            "POST /v2/order/create-batch",
            "list=%5B%7B%22isCreate%22%3Atrue%2C%22symbol%22%3A%22btc_usdt%22%2C%22price%22%3A45000.00%2C\
             %22origQty%22%3A1%2C%22orderType%22%3A%22LIMIT%22%2C%22orderSide%22%3A%22BUY%22%2C\
             %22positionSide%22%3A%22LONG%22%2C%22timeInForce%22%3A%22GTC%22%2C%22positionId%22%3A0%2C\
             %22clientOrderId%22%3A%22myOrder_123456789%22%7D%2C%7B%22isCreate%22%3Afalse%2C\
             %22orderId%22%3A203530723141917063%2C%22symbol%22%3A%22btc_usdt%22%7D%5D",
        ),
        sent(CancelOrder::new("1234567890"), "POST /v2/order/cancel", "orderId=1234567890"),
        sent(
            CancelOrder::new("1234567890").symbol("btc_usdt"),
            "POST /v2/order/cancel",
            "orderId=1234567890&symbol=btc_usdt",
        ),
        // The text of the documented JavaScript; the Python puts a blank behind the comma.
        sent(
            CancelOrderBatch::new(ids()),
            "POST /v2/order/cancel-batch",
            "orders=%5B%221234567890%22%2C%221234567891%22%5D",
        ),
        sent(CancelAllOrders::new(), "POST /v2/order/cancel-all", ""),
        sent(CancelSymbolOrders::new("btc_usdt"), "POST /v2/order/cancel-all", "symbol=btc_usdt"),
    ]
}

pub(super) fn order_lists() -> Vec<Sent> {
    let listed = ListOrders::new()
        .symbol("btc_usdt")
        .state(OrderState::Unfinished)
        .start_time(START)
        .end_time(END)
        .page(2u32)
        .size(10u32);
    let history = ListOrderHistory::new()
        .symbol("btc_usdt")
        .id("587077935051136448")
        .direction(PageDirection::Next)
        .limit(50u32)
        .start_time(START)
        .end_time(END);
    let trades = ListTrades::new()
        .order_id("587077935051136448")
        .symbol("btc_usdt")
        .start_time(START)
        .end_time(END)
        .page(1u32)
        .size(10u32);
    let ids = [OrderId::from("587077935051136448"), OrderId::from("587077935051136449")];
    let symbols = [Symbol::from("btc_usdt"), Symbol::from("eth_usdt")];
    vec![
        sent(ListOrders::new(), "GET /v2/order/list", ""),
        sent(
            listed,
            "GET /v2/order/list",
            "endTime=1672531200000&page=2&size=10&startTime=1672444800000&state=UNFINISHED&symbol=btc_usdt",
        ),
        sent(
            history,
            "GET /v2/order/list-history",
            "direction=NEXT&endTime=1672531200000&id=587077935051136448&limit=50&startTime=1672444800000\
             &symbol=btc_usdt",
        ),
        sent(GetOrder::new("587077935051136448"), "GET /v2/order/detail", "orderId=587077935051136448"),
        sent(
            trades,
            "GET /v2/order/trade-list",
            "endTime=1672531200000&orderId=587077935051136448&page=1&size=10&startTime=1672444800000\
             &symbol=btc_usdt",
        ),
        sent(
            ListUnfinishedOrders::new("btc_usdt", OrderSide::Buy),
            "GET /v2/order/listUnfinished",
            "direction=BUY&symbol=btc_usdt",
        ),
        sent(
            ListAllUnfinishedOrders::new(symbols),
            "GET /v2/order/all/listUnfinished",
            "list=btc_usdt%2Ceth_usdt",
        ),
        sent(
            ListOrdersByIds::new(ids),
            "POST /v2/order/list-by-ids",
            "ids=587077935051136448%2C587077935051136449",
        ),
    ]
}

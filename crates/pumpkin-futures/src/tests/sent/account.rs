//! Positions and balances.

use super::*;

pub(super) fn positions() -> Vec<Sent> {
    let margin = AdjustMargin::new(
        "btc_usdt",
        PositionSide::Long,
        "1234567890",
        "100.00".parse::<Amount>().unwrap(),
        MarginAdjustType::Add,
    );
    vec![
        sent(ListPositions::new(), "GET /v2/position/list", ""),
        sent(ListPositions::new().symbol("btc_usdt"), "GET /v2/position/list", "symbol=btc_usdt"),
        sent(
            AdjustLeverage::new("btc_usdt", 20u32),
            "POST /v2/position/adjust-leverage",
            "leverage=20&symbol=btc_usdt",
        ),
        sent(
            margin,
            "POST /v2/position/margin",
            "margin=100.00&positionId=1234567890&positionSide=LONG&symbol=btc_usdt&type=ADD",
        ),
        sent(CloseAllPositions::new(), "POST /v2/position/close-all", ""),
        sent(CloseSymbolPositions::new("btc_usdt"), "POST /v2/position/close-all", "symbol=btc_usdt"),
        sent(
            ChangePositionType::new("btc_usdt", PositionType::Crossed, PositionModel::Aggregation),
            "POST /v2/position/change-type",
            "positionModel=AGGREGATION&positionType=CROSSED&symbol=btc_usdt",
        ),
    ]
}

pub(super) fn account() -> Vec<Sent> {
    let bills = ListBills::new()
        .id("1234567890")
        .direction(PageDirection::Next)
        .limit(10u32)
        .coin("USDT")
        .symbol("btc_usdt")
        .bill_type(BillType::Fee)
        .start_time(START)
        .end_time(END);
    let rebates = GetRebateDetails::new()
        .rebate_start_date(Millis::new(1_769_919_603_517))
        .rebate_end_date(Millis::new(1_772_511_603_517))
        .symbol_id("2");
    vec![
        sent(ListBalances::new(), "GET /v2/balance/list", ""),
        sent(GetBalance::new("btc"), "GET /v2/balance/detail", "coin=btc"),
        sent(
            bills,
            "GET /v2/balance/bills",
            "coin=USDT&direction=NEXT&endTime=1672531200000&id=1234567890&limit=10&startTime=1672444800000\
             &symbol=btc_usdt&type=FEE",
        ),
        sent(GetListenKey::new(), "GET /v2/user/listen-key", ""),
        sent(
            rebates,
            "GET /v2/channel/rebateDetail",
            "rebateEndDate=1772511603517&rebateStartDate=1769919603517&symbolId=2",
        ),
    ]
}

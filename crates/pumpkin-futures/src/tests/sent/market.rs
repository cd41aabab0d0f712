//! Market data, and what aggregators ask for.

use super::*;

pub(super) fn market() -> Vec<Sent> {
    let (btc, day) = ("btc_usdt", || TimeRangeType::H24);
    vec![
        sent(GetServerTime::new(), "GET /v2/public/time", ""),
        sent(GetSymbols::new(), "GET /v2/public/symbol/list", ""),
        sent(GetSymbols::new().status(SymbolStatus::Trading), "GET /v2/public/symbol/list", "status=TRADING"),
        sent(GetSymbol::new(btc), "GET /v2/public/symbol/detail", "symbol=btc_usdt"),
        sent(GetSymbolNames::new(), "GET /v2/public/symbol/all", ""),
        sent(GetTicker::new(btc, day()), "GET /v2/public/q/ticker", "symbol=btc_usdt&timeRangeType=H24"),
        sent(GetTickers::new(TimeRangeType::UtcP8), "GET /v2/public/q/tickers", "timeRangeType=UTC_P_8"),
        sent(
            GetAggTicker::new(btc, day()),
            "GET /v2/public/q/agg-ticker",
            "symbol=btc_usdt&timeRangeType=H24",
        ),
        sent(
            GetAggTickers::new(TimeRangeType::UtcN12),
            "GET /v2/public/q/agg-tickers",
            "timeRangeType=UTC_N_12",
        ),
        sent(GetDepth::new(btc, 50u32), "GET /v2/public/q/depth", "level=50&symbol=btc_usdt"),
        sent(GetDeals::new(btc), "GET /v2/public/q/deal", "symbol=btc_usdt"),
        sent(GetDeals::new(btc).num(2u32), "GET /v2/public/q/deal", "num=2&symbol=btc_usdt"),
        sent(
            GetKlines::new(btc, KlineInterval::Month1).start_time(START).end_time(END).limit(1000u32),
            "GET /v2/public/q/kline",
            "endTime=1672531200000&interval=1M&limit=1000&startTime=1672444800000&symbol=btc_usdt",
        ),
        sent(GetMarkPrices::new(), "GET /v2/public/q/mark-price", ""),
        sent(GetMarkPrice::new(btc), "GET /v2/public/q/symbol-mark-price", "symbol=btc_usdt"),
        sent(GetIndexPrices::new(), "GET /v2/public/q/index-price", ""),
        sent(GetIndexPrice::new(btc), "GET /v2/public/q/symbol-index-price", "symbol=btc_usdt"),
        sent(GetFundingRate::new(btc), "GET /v2/public/q/funding-rate", "symbol=btc_usdt"),
        sent(
            GetFundingRateRecords::new(btc).id("1234567890").direction(PageDirection::Next).limit(10u32),
            "GET /v2/public/q/funding-rate-record",
            "direction=NEXT&id=1234567890&limit=10&symbol=btc_usdt",
        ),
        sent(GetLeverageBrackets::new(), "GET /v2/public/leverage/bracket/list", ""),
        sent(
            GetSymbolLeverageBrackets::new(btc),
            "GET /v2/public/leverage/bracket/detail",
            "symbol=btc_usdt",
        ),
        sent(
            GetRiskBalance::new(btc).id("1234567890").direction(PageDirection::Prev).limit(1u32),
            "GET /v2/public/contract/risk-balance",
            "direction=PREV&id=1234567890&limit=1&symbol=btc_usdt",
        ),
        sent(GetOpenInterest::new(btc), "GET /v2/public/contract/open-interest", "symbol=btc_usdt"),
    ]
}

pub(super) fn aggregators() -> Vec<Sent> {
    let day = Millis::new(1_769_126_400_000);
    vec![
        sent(GetDefiContracts::new(day), "GET /common/v2/perpetual/contracts", "timestamp=1769126400000"),
        sent(GetDefiFees::new(day), "GET /common/v2/perpetual/fee", "timestamp=1769126400000"),
        sent(GetCmcContracts::new(), "GET /cmc/v2/perpetual/contracts", ""),
        sent(GetCmcContractSpecs::new("BTC_USDT"), "GET /cmc/v2/perpetual/contract_specs", "symbol=BTC_USDT"),
        sent(GetCmcDepth::new("btc_usdt"), "GET /cmc/v2/perpetual/depth", "symbol=btc_usdt"),
        sent(GetCgContracts::new(), "GET /cg/v2/perpetual/contracts", ""),
        sent(
            GetCgContractSpecs::new("BTC_USDT"),
            "GET /cg/v2/perpetual/contract_specs",
            "ticker_id=BTC_USDT",
        ),
        sent(GetCgDepth::new("BTC_USDT"), "GET /cg/v2/perpetual/depth", "ticker_id=BTC_USDT"),
        sent(
            GetCgDepth::new("BTC_USDT").depth(50u32),
            "GET /cg/v2/perpetual/depth",
            "depth=50&ticker_id=BTC_USDT",
        ),
    ]
}

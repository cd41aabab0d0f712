//! The fee level and the fees of each pair.

use super::pairs::{FEE, PAIRS};
use crate::dialect::interval::DAY_MS;
use crate::dialect::{Ask, Json, State, number, quoted};
use crate::engine::{Decimal, Engine, Pocket};
use crate::json::{list, quote, write};
use crate::refusal::{Refusal, Why};

/// The value of so much of an asset, in US dollars: what trades against USDT by its last price, the rest is
/// worth nothing but dollars themselves.
fn dollars(engine: &Engine, asset: &str, amount: Decimal) -> Decimal {
    let price = match asset {
        "USDT" | "USDC" | "USD" => Some(Decimal::ONE),
        _ => engine.find(&format!("{asset}USDT")).map(|id| engine.last_price(id)),
    };
    price.and_then(|price| amount.checked_mul(price)).unwrap_or_default()
}

pub(super) fn vip_info(state: &State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let engine = &state.engine;
    let wanted: Option<Vec<String>> =
        ask.text("symbols").map(|text| text.split(',').map(|symbol| symbol.trim().to_owned()).collect());
    if wanted.iter().flatten().any(|symbol| engine.find(symbol).is_none()) {
        return Err(Why::UnknownSymbol.into());
    }
    let is_wanted = |symbol: &str| wanted.as_ref().is_none_or(|wanted| wanted.iter().any(|w| w == symbol));
    let rows = PAIRS.iter().filter(|pair| is_wanted(pair.symbol)).map(|pair| {
        let (bought, sold) = (quote(pair.base), quote(pair.quote));
        write(&[
            ("symbol", quote(pair.symbol)),
            ("productType", quote("Token-Token")),
            ("buyMakerFeeCurrency", bought.clone()),
            ("buyTakerFeeCurrency", bought),
            ("sellMakerFeeCurrency", sold.clone()),
            ("sellTakerFeeCurrency", sold),
            ("actualMakerRate", quoted(number(FEE))),
            ("actualTakerRate", quoted(number(FEE))),
        ])
    });
    let account = engine.account(state.account);
    let traded = account.fills().filter(|fill| fill.at_ms > ask.now_ms - 30 * DAY_MS).map(|fill| {
        let quote = engine.instrument(fill.instrument).map(|instrument| instrument.quote.as_str());
        dollars(engine, quote.unwrap_or_default(), fill.price * fill.qty)
    });
    let wallets = account.wallets().filter(|(pocket, ..)| *pocket == Pocket::Spot);
    let assets = wallets.map(|(_, asset, wallet)| dollars(engine, engine.asset_name(asset), wallet.total));
    let today_ms = ask.now_ms - ask.now_ms.rem_euclid(DAY_MS);
    Ok(write(&[
        ("code", "0".to_owned()),
        ("vipLevel", quote("0")),
        ("tradeVol30Day", quoted(traded.sum())),
        ("totalAssetBal", quoted(assets.sum())),
        ("data", list(rows)),
        ("updateTimestamp", quote(&today_ms.to_string())),
    ]))
}

//! Coins, and the networks on which they come and go.

use crate::dialect::{Ask, Json, number, quoted};
use crate::json::{list, quote, write};
use crate::refusal::Refusal;
use crate::rules::hashkey;

/// A coin on a network.
#[derive(Debug)]
pub(super) struct Network {
    pub(super) name: &'static str,
    pub(super) fee: &'static str,
    pub(super) least: &'static str,
    /// The largest withdrawal; zero where there is none.
    pub(super) most: &'static str,
    pub(super) least_deposit: &'static str,
}

/// A coin, or a currency without any network.
#[derive(Debug)]
pub(super) struct Coin {
    pub(super) name: &'static str,
    full_name: &'static str,
    org_id: &'static str,
    pub(super) token_type: &'static str,
    pub(super) networks: &'static [Network],
}

const ETH: &str = "ETH";
const TRON: &str = "Tron";
const BTC: &str = "BTC";
/// Every network that there is.
pub(super) const NETWORKS: [&str; 3] = [ETH, TRON, BTC];

const COINS: [Coin; 5] = [
    Coin {
        name: "BTC",
        full_name: "Bitcoin",
        org_id: "9000",
        token_type: "CHAIN_TOKEN",
        networks: &[Network { name: BTC, fee: "0", least: "0.0001", most: "100", least_deposit: "0.0002" }],
    },
    Coin {
        name: "ETH",
        full_name: "Ethereum",
        org_id: "9001",
        token_type: "CHAIN_TOKEN",
        networks: &[Network {
            name: ETH,
            fee: "0.0000001",
            least: "0.0000002",
            most: "0",
            least_deposit: "0.002",
        }],
    },
    Coin {
        name: "USDT",
        full_name: "Tether USD",
        org_id: "9000",
        token_type: "ERC20_TOKEN",
        networks: &[
            Network { name: ETH, fee: "0", least: "0.0001", most: "100", least_deposit: "0.0002" },
            Network { name: TRON, fee: "1", least: "2", most: "0", least_deposit: "1" },
        ],
    },
    Coin {
        name: "USDC",
        full_name: "USD Coin",
        org_id: "9000",
        token_type: "ERC20_TOKEN",
        networks: &[Network { name: ETH, fee: "1", least: "2", most: "0", least_deposit: "1" }],
    },
    Coin { name: "USD", full_name: "US Dollar", org_id: "9000", token_type: "CHAIN_TOKEN", networks: &[] },
];

impl Coin {
    pub(super) fn find(name: &str) -> Option<&'static Self> {
        COINS.iter().find(|coin| coin.name == name)
    }

    pub(super) fn network(&self, name: &str) -> Option<&'static Network> {
        self.networks.iter().find(|network| network.name == name)
    }
}

/// What an address of this network looks like.
pub(super) fn is_address(network: &str, address: &str) -> bool {
    let rest_is = |rest: Option<&str>, length: usize, fits: fn(&u8) -> bool| {
        rest.is_some_and(|rest| rest.len() == length && rest.bytes().all(|byte| fits(&byte)))
    };
    match network {
        ETH => rest_is(address.strip_prefix("0x"), 40, u8::is_ascii_hexdigit),
        TRON => rest_is(address.strip_prefix('T'), 33, u8::is_ascii_alphanumeric),
        _ => (26..=62).contains(&address.len()) && address.bytes().all(|byte| byte.is_ascii_alphanumeric()),
    }
}

pub(super) fn chain_types(ask: &Ask<'_>) -> Result<Json, Refusal> {
    let name = ask.demand("coinId")?;
    let row = match Coin::find(&name) {
        Some(coin) => write(&[
            ("coinId", quote(coin.name)),
            ("coinName", quote(coin.name)),
            ("chainTypeList", list(coin.networks.iter().map(|network| quote(network.name)))),
        ]),
        // Documented: errors stand in the row.
        None => write(&[
            ("coinId", quote(&name)),
            ("coinName", quote(&name)),
            ("chainTypeList", list([])),
            ("errorCode", quote("0001")),
            ("errorMsg", quote("Required field coinId missing or invalid")),
        ]),
    };
    Ok(list([row]))
}

/// A row of coins, with what one list says of it and another doesn't.
fn row(coin: &Coin, more: &[(&'static str, Json)]) -> Json {
    let moves = !coin.networks.is_empty();
    let amount = |text: &str| quoted(number(text));
    let chains = coin.networks.iter().map(|network| {
        write(&[
            ("chainType", quote(network.name)),
            ("withdrawFee", amount(network.fee)),
            ("minWithdrawQuantity", amount(network.least)),
            ("maxWithdrawQuantity", amount(network.most)),
            ("minDepositQuantity", amount(network.least_deposit)),
            ("allowDeposit", "true".to_owned()),
            ("allowWithdraw", "true".to_owned()),
        ])
    });
    let mut members = vec![
        ("orgId", quote(coin.org_id)),
        ("coinId", quote(coin.name)),
        ("coinName", quote(coin.name)),
        ("coinFullName", quote(coin.full_name)),
        ("allowWithdraw", moves.to_string()),
        ("allowDeposit", moves.to_string()),
    ];
    members.extend_from_slice(more);
    members.push(("chainTypes", list(chains)));
    write(&members)
}

/// All coins, as the rules of the venue list them.
pub(super) fn all() -> Json {
    list(
        COINS
            .iter()
            .map(|coin| row(coin, &[("tokenType", quote(coin.token_type)), ("status", "1".to_owned())])),
    )
}

pub(super) fn info(ask: &Ask<'_>) -> Result<Json, Refusal> {
    let coin = Coin::find(&ask.demand("coinId")?).ok_or(hashkey::UNKNOWN_ASSET)?;
    Ok(write(&[
        ("timezone", quote("UTC")),
        ("serverTime", ask.now_ms.to_string()),
        ("coins", list([row(coin, &[])])),
    ]))
}

//! Currencies, the networks they move on, and what addresses look like there.

use crate::account::{HEX, draw};

/// A currency as lists name it.
#[derive(Debug)]
pub(super) struct Currency {
    pub(super) name: &'static str,
    /// Its number.
    pub(super) id: u32,
    pub(super) full_name: &'static str,
    /// Most decimals of an amount.
    pub(super) decimals: u32,
    pub(super) chains: &'static [Chain],
}

/// A network on which a currency moves.
#[derive(Debug)]
pub(super) struct Chain {
    pub(super) name: &'static str,
    pub(super) is_open: bool,
    pub(super) fee: &'static str,
    /// The smallest withdrawal.
    pub(super) least: &'static str,
    pub(super) form: Form,
}

/// What addresses of a network look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Bitcoin,
    Ethereum,
    Tron,
    /// With a memo, which is a number.
    Stellar,
}

const fn chain(name: &'static str, fee: &'static str, least: &'static str, form: Form) -> Chain {
    Chain { name, is_open: true, fee, least, form }
}

/// All of them; USDT has a network that is closed.
pub(super) const CURRENCIES: [Currency; 4] = [
    Currency {
        name: "usdt",
        id: 11,
        full_name: "Tether",
        decimals: 6,
        chains: &[
            chain("Ethereum", "3", "10", Form::Ethereum),
            chain("Tron", "1", "5", Form::Tron),
            Chain { is_open: false, ..chain("Omni", "5", "20", Form::Bitcoin) },
        ],
    },
    Currency {
        name: "btc",
        id: 2,
        full_name: "Bitcoin",
        decimals: 8,
        chains: &[chain("Bitcoin", "0.0005", "0.001", Form::Bitcoin)],
    },
    Currency {
        name: "eth",
        id: 3,
        full_name: "Ethereum",
        decimals: 8,
        chains: &[chain("Ethereum", "0.004", "0.01", Form::Ethereum)],
    },
    Currency {
        name: "xlm",
        id: 4,
        full_name: "Stellar",
        decimals: 7,
        chains: &[chain("XLM", "0.01", "1", Form::Stellar)],
    },
];

impl Currency {
    /// The currency of this name, whatever its case: lists spell it in both.
    pub(super) fn find(name: &str) -> Option<&'static Self> {
        CURRENCIES.iter().find(|currency| currency.name.eq_ignore_ascii_case(name))
    }

    pub(super) fn chain(&self, name: &str) -> Option<&'static Chain> {
        self.chains.iter().find(|chain| chain.name == name)
    }
}

const BASE58: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const BASE32: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

impl Form {
    /// What an address begins with, the letters of the rest, and how many there are.
    const fn shape(self) -> (&'static str, &'static [u8], usize) {
        match self {
            Self::Bitcoin => ("1", BASE58, 33),
            Self::Ethereum => ("0x", HEX, 40),
            Self::Tron => ("T", BASE58, 33),
            Self::Stellar => ("G", BASE32, 55),
        }
    }

    pub(super) fn fits(self, address: &str) -> bool {
        let (prefix, letters, length) = self.shape();
        let matches = |rest: &str| {
            // The checksum of Ethereum's is in the case of its letters.
            let known = |byte: u8| letters.contains(&byte) || (letters == HEX && byte.is_ascii_hexdigit());
            rest.len() == length && rest.bytes().all(known)
        };
        address.strip_prefix(prefix).is_some_and(matches)
    }

    pub(super) fn make(self, rng: &mut fastrand::Rng) -> String {
        let (prefix, letters, length) = self.shape();
        format!("{prefix}{}", draw(rng, letters, length))
    }

    pub(super) const fn has_memo(self) -> bool {
        matches!(self, Self::Stellar)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_known_by_their_form() {
        let mut rng = fastrand::Rng::with_seed(1);
        let forms = [Form::Bitcoin, Form::Ethereum, Form::Tron, Form::Stellar];
        for form in forms {
            let address = form.make(&mut rng);
            for other in forms {
                assert_eq!(other.fits(&address), other == form, "{address} {other:?}");
            }
            assert!(!form.fits("") && !form.fits(&address[1..]) && !form.fits(&format!("{address}1")));
        }
        assert!(Form::Ethereum.fits("0xfa3ABFa50eb2006f5be7831658b17aca240d8526"));
        assert!(Form::Stellar.fits("GBY6UIYEYLAAXRQXVO7X5I4BSSCS54EAHTUILXWMW6ONPM3PNEA3LWEC"));
    }
}

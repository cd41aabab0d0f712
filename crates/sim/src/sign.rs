//! Signatures, recomputed from what was received.

use std::fmt::Write as _;

use ring::hmac;

/// The HMAC algorithms that are verified here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Sha256,
    Sha384,
    Sha512,
}

impl Algorithm {
    /// By the name WEX sends in `validate-algorithms`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "HmacSHA256" => Some(Self::Sha256),
            "HmacSHA384" => Some(Self::Sha384),
            "HmacSHA512" => Some(Self::Sha512),
            _ => None,
        }
    }

    /// Lower-case hex of the HMAC of `text`.
    pub(crate) fn hex(self, secret: &str, text: &[u8]) -> String {
        let algorithm = match self {
            Self::Sha256 => hmac::HMAC_SHA256,
            Self::Sha384 => hmac::HMAC_SHA384,
            Self::Sha512 => hmac::HMAC_SHA512,
        };
        let tag = hmac::sign(&hmac::Key::new(algorithm, secret.as_bytes()), text);
        tag.as_ref().iter().fold(String::new(), |mut hex, byte| {
            // Writing to a string can't fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}

/// Lower-case hex of the HMAC-SHA256 of `text`.
pub(crate) fn hex(secret: &str, text: &[u8]) -> String {
    Algorithm::Sha256.hex(secret, text)
}

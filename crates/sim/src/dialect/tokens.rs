//! Keys that a venue hands out for its private streams, for a while.

use std::collections::VecDeque;
use std::fmt;

use crate::account::{ALNUM, draw};

/// How many are kept; the oldest go first.
const KEPT: usize = 100;

/// Tokens must not be what credentials are, which come from the same seed.
const SALT: u64 = 0x746f_6b65_6e73;

/// What was handed out, and until when it is good.
#[derive(Debug)]
pub(crate) struct Tokens {
    rng: fastrand::Rng,
    issued: VecDeque<Token>,
}

/// One of them; its text is a secret.
struct Token {
    purpose: &'static str,
    text: String,
    until_ms: i64,
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { purpose, until_ms, .. } = self;
        f.debug_struct("Token").field("purpose", purpose).field("until_ms", until_ms).finish_non_exhaustive()
    }
}

impl Tokens {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self { rng: fastrand::Rng::with_seed(seed ^ SALT), issued: VecDeque::new() }
    }

    /// The token of a purpose that is good, from now on for so long again; a new one when there is none.
    pub(crate) fn renew(&mut self, purpose: &'static str, now_ms: i64, valid_ms: i64) -> String {
        let until_ms = now_ms.saturating_add(valid_ms);
        let known = self.issued.iter_mut().find(|token| token.purpose == purpose && now_ms < token.until_ms);
        if let Some(token) = known {
            token.until_ms = until_ms;
            return token.text.clone();
        }
        let text = draw(&mut self.rng, ALNUM, 64);
        self.issued.push_back(Token { purpose, text: text.clone(), until_ms });
        if self.issued.len() > KEPT {
            self.issued.pop_front();
        }
        text
    }

    /// Until when a token is or was good; `None` when there never was such a one.
    pub(crate) fn until_ms(&self, purpose: &str, text: &str) -> Option<i64> {
        let is_it = |token: &&Token| token.purpose == purpose && token.text == text;
        self.issued.iter().find(is_it).map(|token| token.until_ms)
    }

    /// Ends a token before its time.
    pub(crate) fn end(&mut self, purpose: &str, text: &str, now_ms: i64) {
        for token in self.issued.iter_mut().filter(|token| token.purpose == purpose && token.text == text) {
            token.until_ms = token.until_ms.min(now_ms);
        }
    }

    pub(crate) fn is_valid(&self, purpose: &str, text: &str, now_ms: i64) -> bool {
        self.until_ms(purpose, text).is_some_and(|until_ms| now_ms < until_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_renewed_while_it_is_good_and_replaced_after() {
        let mut tokens = Tokens::seeded(1);
        let first = tokens.renew("a", 0, 100);
        assert_eq!(tokens.renew("a", 60, 100), first);
        assert!(tokens.is_valid("a", &first, 159) && !tokens.is_valid("a", &first, 160));
        assert!(!tokens.is_valid("b", &first, 60) && !tokens.is_valid("a", "", 60));
        assert_ne!(tokens.renew("b", 60, 100), first);
        let second = tokens.renew("a", 160, 100);
        assert!(second != first && tokens.is_valid("a", &second, 200) && !tokens.is_valid("a", &first, 160));
        assert!(!format!("{tokens:?}").contains(&second));
        assert_eq!([&first, &second].map(|token| tokens.until_ms("a", token)), [Some(160), Some(260)]);
        tokens.end("a", &second, 200);
        assert!(!tokens.is_valid("a", &second, 200) && tokens.until_ms("a", "none").is_none());
        assert_ne!(tokens.renew("a", 200, 100), second);
    }
}

//! Where a value ends, by JSON's grammar and no other.

use super::{Json, MAX_DEPTH, Refused};

/// The lowest and the highest bit of each byte of a word.
const ONES: u64 = u64::from_le_bytes([0x01; 8]);
const HIGHS: u64 = u64::from_le_bytes([0x80; 8]);

/// How far the plain part of a string goes: up to the quote, an escape, or what must not stand in one. `None` when it
/// doesn't end.
#[inline]
fn plain(text: &[u8]) -> Option<usize> {
    let mut rest = text;
    while let Some((word, more)) = rest.split_first_chunk() {
        let word = u64::from_le_bytes(*word);
        // A byte below what is subtracted borrows, which shows in its highest bit. Bytes above a first hit may
        // show one as well; the first is looked at alone.
        let below = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word & HIGHS;
        // With its second bit turned over, the quote comes to stand right behind the control characters.
        let hits = below(word ^ (ONES * 2), 0x21) | below(word ^ (ONES * u64::from(b'\\')), 1);
        if hits != 0 {
            return Some(text.len() - rest.len() + hits.trailing_zeros() as usize / 8);
        }
        rest = more;
    }
    let ends = |byte: &u8| *byte < 0x20 || matches!(*byte, b'"' | b'\\');
    rest.iter().position(ends).map(|at| text.len() - rest.len() + at)
}

/// A string.
pub(super) enum Scanned<'de> {
    /// As it reads, without its quotes.
    Plain(&'de str),
    /// As it stands, with quotes and escapes.
    Escaped(&'de str),
}

/// Whether a text stands in JSON as it is.
pub(crate) fn is_plain(text: &str) -> bool {
    plain(text.as_bytes()).is_none()
}

impl<'de> Json<'de> {
    /// The text of the next value; white space around it isn't part of it.
    #[inline]
    pub(super) fn raw(&mut self) -> Result<&'de str, Refused> {
        let first = self.peek();
        let begin = self.at;
        match first {
            Some(b'"') => self.scan_string().map(drop)?,
            Some(b'-' | b'0'..=b'9') => self.scan_number()?,
            _ => self.skip(self.depth)?,
        }
        self.text.get(begin..self.at).ok_or(Refused)
    }

    /// The string that begins here.
    #[inline]
    pub(super) fn scan_string(&mut self) -> Result<Scanned<'de>, Refused> {
        match self.plain_string() {
            Some(text) => Ok(Scanned::Plain(text)),
            None => self.escaped_string().map(Scanned::Escaped),
        }
    }

    /// The same, if it stands as it reads; else nothing is stepped over.
    fn plain_string(&mut self) -> Option<&'de str> {
        let inner = self.text.get(self.at + 1..)?;
        let length = plain(inner.as_bytes())?;
        if inner.as_bytes().get(length) != Some(&b'"') {
            return None;
        }
        self.at += length + 2;
        inner.get(..length)
    }

    /// The same, with its quotes.
    #[cold]
    fn escaped_string(&mut self) -> Result<&'de str, Refused> {
        let begin = self.at;
        self.at += 1;
        loop {
            let byte = self.byte().ok_or(Refused)?;
            self.at += 1;
            match byte {
                b'"' => return self.text.get(begin..self.at).ok_or(Refused),
                0..0x20 => return Err(Refused),
                b'\\' => {
                    let escape = self.byte().ok_or(Refused)?;
                    self.at += 1;
                    match escape {
                        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                        b'u' => {
                            let digits = self.text.as_bytes().get(self.at..self.at + 4).ok_or(Refused)?;
                            if !digits.iter().all(u8::is_ascii_hexdigit) {
                                return Err(Refused);
                            }
                            self.at += 4;
                        }
                        _ => return Err(Refused),
                    }
                }
                _ => {}
            }
        }
    }

    /// A whole number that fits, and whether it is below zero; one with a fraction or an exponent is refused.
    #[inline]
    pub(super) fn integer(&mut self) -> Result<(bool, u64), Refused> {
        let negative = self.byte() == Some(b'-');
        self.at += usize::from(negative);
        let begin = self.at;
        let mut value = 0u64;
        while let Some(byte @ b'0'..=b'9') = self.byte() {
            value = value
                .checked_mul(10)
                .and_then(|tens| tens.checked_add(u64::from(byte - b'0')))
                .ok_or(Refused)?;
            self.at += 1;
        }
        let digits = self.at - begin;
        let padded = digits > 1 && self.text.as_bytes().get(begin) == Some(&b'0');
        if digits == 0 || padded || matches!(self.byte(), Some(b'.' | b'e' | b'E')) {
            return Err(Refused);
        }
        Ok((negative, value))
    }

    #[inline]
    fn digits(&mut self) -> usize {
        let begin = self.at;
        while let Some(b'0'..=b'9') = self.byte() {
            self.at += 1;
        }
        self.at - begin
    }

    #[inline]
    fn scan_number(&mut self) -> Result<(), Refused> {
        self.at += usize::from(self.byte() == Some(b'-'));
        let zero = self.byte() == Some(b'0');
        let whole = self.digits();
        if whole == 0 || (zero && whole > 1) {
            return Err(Refused);
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            if self.digits() == 0 {
                return Err(Refused);
            }
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), Some(b'+' | b'-')));
            if self.digits() == 0 {
                return Err(Refused);
            }
        }
        Ok(())
    }

    /// Steps over a word that must stand here.
    #[inline]
    pub(super) fn word(&mut self, word: &str) -> Result<(), Refused> {
        let there = self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes()));
        if !there {
            return Err(Refused);
        }
        self.at += word.len();
        Ok(())
    }

    /// Steps over any value.
    fn skip(&mut self, depth: u8) -> Result<(), Refused> {
        match self.peek().ok_or(Refused)? {
            b'"' => self.scan_string().map(drop),
            b'-' | b'0'..=b'9' => self.scan_number(),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            b'{' => self.skip_all(depth, b'}', true),
            b'[' => self.skip_all(depth, b']', false),
            _ => Err(Refused),
        }
    }

    fn skip_all(&mut self, depth: u8, close: u8, named: bool) -> Result<(), Refused> {
        if depth == MAX_DEPTH {
            return Err(Refused);
        }
        self.at += 1;
        let mut first = true;
        while self.another(&mut first, close)? {
            if named {
                if self.peek() != Some(b'"') {
                    return Err(Refused);
                }
                self.scan_string()?;
                self.expect(b':')?;
            }
            self.skip(depth + 1)?;
        }
        self.at += 1;
        Ok(())
    }
}

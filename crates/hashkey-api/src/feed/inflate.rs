//! Compressed frames: gzip, zlib or bare deflate, never more than a frame may hold.

use std::io::{BufRead, Read};

use flate2::bufread::{DeflateDecoder, GzDecoder, ZlibDecoder};
use venue_core::{Error, Kind, Outcome};

/// The longest text that is taken out of a frame, in bytes.
pub(super) const LONGEST: u64 = 16 * 1024 * 1024;

/// Opens a compressed frame. What the compression is isn't documented; its first bytes tell.
pub(super) fn open(bytes: &[u8]) -> Result<String, Error> {
    let opened = match bytes {
        [0x1f, 0x8b, ..] => take(GzDecoder::new(bytes), GzDecoder::into_inner),
        // Two bytes that are a zlib header by their checksum.
        [first, second, ..]
            if first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)).is_multiple_of(31) =>
        {
            take(ZlibDecoder::new(bytes), ZlibDecoder::into_inner)
        }
        _ => take(DeflateDecoder::new(bytes), DeflateDecoder::into_inner),
    };
    opened.map_err(|why| {
        Error::new(Kind::Decode, Outcome::Unknown, format!("a binary frame can't be opened: {why}"))
    })
}

fn take<R: Read, I: BufRead>(mut from: R, rest: impl FnOnce(R) -> I) -> Result<String, String> {
    let mut text = String::new();
    let read = from.by_ref().take(LONGEST + 1).read_to_string(&mut text);
    let length = read.map_err(|error| error.to_string())?;
    if length as u64 > LONGEST {
        return Err(format!("it holds more than {LONGEST} bytes"));
    }
    match rest(from).fill_buf() {
        Ok([]) => Ok(text),
        _ => Err("something follows what was compressed".to_owned()),
    }
}

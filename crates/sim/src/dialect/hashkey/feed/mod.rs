//! `HashKey`'s streams: market data in two versions, and an account's own behind a listen key.

mod own;
mod quotes;
mod sub;
mod talk;
mod words;

use crate::account::draw;
use crate::dialect::Json;
use crate::ws::{Door, Feed, Locked, Session};

/// The venue's streams.
#[derive(Debug)]
pub(crate) struct Streams;

/// Which edition of the public stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Version {
    V1,
    V2,
}

impl Feed for Streams {
    fn open(&self, door: &Door<'_>) -> Result<Box<dyn Session>, Locked> {
        let mut rng = fastrand::Rng::with_seed(door.seed);
        match door.path {
            "/quote/ws/v1" => Ok(Box::new(talk::Talk::new(Version::V1, door, channel(&mut rng)))),
            "/quote/ws/v2" => Ok(Box::new(talk::Talk::new(Version::V2, door, channel(&mut rng)))),
            path => {
                let key = path.strip_prefix("/api/v1/ws/").ok_or(Locked::NO_SUCH_PATH)?;
                let session = own::Own::new(key, &door.scene, channel(&mut rng));
                Ok(Box::new(session.ok_or(Locked(401))?))
            }
        }
    }
}

/// The number of a connection, as the venue writes it.
fn channel(rng: &mut fastrand::Rng) -> String {
    [16, 8, 8, 16, 8].map(|length| draw(rng, b"0123456789abcdef", length)).join("-")
}

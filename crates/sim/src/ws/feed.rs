//! What a venue makes of its streams.

use std::fmt;

use crate::account::Account;
use crate::dialect::State;
use crate::engine::Event;
use crate::fault::Line;
use crate::manner::Manner;

use super::outbox::Outbox;

/// A venue as a session finds it: its state, and what time it is.
///
/// Two clocks: stamps are written in the venue's time, which may be set; deadlines run on the time since the
/// venue was started, which only goes forward.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(crate) state: &'a State,
    pub(crate) account: &'a Account,
    pub(crate) now_ms: i64,
    pub(crate) uptime_ms: i64,
}

/// A connection that asks to be opened.
#[derive(Debug)]
pub(crate) struct Door<'a> {
    /// As received, with a leading slash.
    pub(crate) path: &'a str,
    /// Without the question mark.
    pub(crate) query: &'a str,
    /// For what has to look random on this connection.
    pub(crate) seed: u64,
    pub(crate) manner: Manner,
    pub(crate) scene: Scene<'a>,
}

/// Why a connection isn't opened: an HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Locked(pub(crate) u16);

impl Locked {
    /// There is no stream at this path.
    pub(crate) const NO_SUCH_PATH: Self = Self(404);
}

/// The streams of a venue.
pub(crate) trait Feed: fmt::Debug + Send + Sync {
    /// How many connections an address may have open, where that is documented.
    fn most_connections(&self) -> Option<usize> {
        None
    }

    /// The session that begins at this door.
    ///
    /// # Errors
    /// When there is no stream at the path, or what it asks for isn't there.
    fn open(&self, door: &Door<'_>) -> Result<Box<dyn Session>, Locked>;
}

/// One connection, as the venue understands it.
///
/// Every call finds the state after all events that the session has been told, and none that it hasn't.
pub(crate) trait Session: fmt::Debug + Send {
    /// Which of the venue's streams it is.
    fn line(&self) -> Line;

    /// Whether it was opened with a key that can expire.
    fn is_keyed(&self) -> bool {
        false
    }

    /// Whether the market has to move for it: an account without open orders doesn't notice.
    fn watches(&self, state: &State) -> bool;

    /// Whether a text only says that the client is there: it asks nothing, so that the market need not move up to
    /// now before it is answered. A silent client that pings for hours would pay for every move otherwise.
    fn is_sign_of_life(&self, text: &str) -> bool {
        text == "ping"
    }

    /// The connection is open: what the venue says first.
    fn greet(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        let _ = (scene, out);
    }

    /// A text frame has arrived.
    fn text(&mut self, scene: &Scene<'_>, text: &str, out: &mut Outbox);

    /// A binary frame has arrived. By default it is taken for text, as most venues' libraries do.
    fn binary(&mut self, scene: &Scene<'_>, data: &[u8], out: &mut Outbox) {
        self.text(scene, &String::from_utf8_lossy(data), out);
    }

    /// A `WebSocket` ping has arrived, and is being answered.
    fn ping(&mut self, scene: &Scene<'_>) {
        let _ = scene;
    }

    /// Something has happened, in this order.
    fn events(&mut self, scene: &Scene<'_>, events: &[&Event], out: &mut Outbox);

    /// Does what is due by now: pushes of a documented speed, the venue's own pings, deadlines. Called after
    /// everything else, too.
    fn time(&mut self, scene: &Scene<'_>, out: &mut Outbox);

    /// When [`time`](Self::time) has something to do next, by uptime; after the last call of it, so always in
    /// the future.
    fn due_ms(&self, out: &Outbox) -> Option<i64>;

    /// Its key expires here and now.
    fn expire(&mut self, state: &mut State, now_ms: i64, out: &mut Outbox) {
        let _ = (state, now_ms, out);
    }
}

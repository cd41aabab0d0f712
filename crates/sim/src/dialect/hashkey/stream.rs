//! Keys of the private stream.

use crate::account::{ALNUM, draw};
use crate::dialect::{Ask, Json, State};
use crate::json::{quote, write};
use crate::refusal::Refusal;

/// Documented: a key is good for an hour.
const LIFE_MS: i64 = 60 * 60 * 1000;

fn nothing() -> Json {
    "{}".to_owned()
}

pub(super) fn create(state: &mut State) -> Result<Json, Refusal> {
    let key = draw(&mut state.rng, ALNUM, 64);
    let answer = write(&[("listenKey", quote(&key))]);
    let now_ms = state.engine.now_ms();
    state.keys.add(key, now_ms, now_ms + LIFE_MS);
    Ok(answer)
}

pub(super) fn renew(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let (key, now_ms) = (ask.demand("listenKey")?, state.engine.now_ms());
    let is_alive = state.keys.renew(&key, now_ms, now_ms + LIFE_MS);
    if is_alive { Ok(nothing()) } else { Err(Refusal::invalid("listenKey")) }
}

pub(super) fn delete(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let key = ask.demand("listenKey")?;
    let was_alive = state.keys.end(&key, state.engine.now_ms());
    if was_alive { Ok(nothing()) } else { Err(Refusal::invalid("listenKey")) }
}

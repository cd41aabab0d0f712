//! When something that repeats comes next.

/// The next multiple of `every_ms` after `uptime_ms`: when pushes of a documented speed are due.
pub(crate) const fn next_beat(uptime_ms: i64, every_ms: i64) -> i64 {
    uptime_ms - uptime_ms.rem_euclid(every_ms) + every_ms
}

/// What comes at `due_ms` and then every `every_ms`: when it comes next after `uptime_ms`. What was missed is
/// not made up for.
pub(crate) const fn next_of(due_ms: i64, every_ms: i64, uptime_ms: i64) -> i64 {
    if due_ms > uptime_ms { due_ms } else { due_ms + next_beat(uptime_ms - due_ms, every_ms) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beats_are_after_now_and_keep_their_phase() {
        assert_eq!([next_beat(0, 100), next_beat(99, 100), next_beat(100, 100)], [100, 100, 200]);
        assert_eq!([next_of(7, 100, 0), next_of(7, 100, 7), next_of(7, 100, 350)], [7, 107, 407]);
    }
}

//! The log, on stderr.

use std::io::{self, IsTerminal as _};

use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::filter::{EnvFilter, FilterExt as _, filter_fn};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::args::{Args, Command};

/// Crates that log whole frames when asked for everything; what comes by way of the `log` crate may be theirs.
const FRAMES: [&str; 3] = ["tungstenite", "tokio_tungstenite", "log"];

/// Begins to log: a simulation's requests, and with `--verbose` more. `RUST_LOG` says it in detail.
pub(crate) fn begin(args: &Args) {
    let default = match (args.verbose, &args.command) {
        (true, _) => "warn,venue=debug,venue_core=debug,venue_sim=debug",
        (false, Command::Sim(_)) => "warn,venue=info",
        (false, _) => "warn",
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(default));
    let colours = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    // A second subscriber can't be there.
    let _ = subscriber(filter, io::stderr, colours).try_init();
}

fn subscriber<W>(filter: EnvFilter, writer: W, colours: bool) -> impl Subscriber + Send + Sync
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    // A log that can't be written is no error.
    let log = tracing_subscriber::fmt::layer()
        .with_writer(writer)
        .with_ansi(colours)
        .with_target(false)
        .log_internal_errors(false);
    tracing_subscriber::registry().with(log.with_filter(filter.and(filter_fn(no_frames))))
}

/// Frames may carry keys: they are not logged, whatever is asked for.
fn no_frames(metadata: &Metadata<'_>) -> bool {
    let of = metadata.target().split("::").next().unwrap_or_default();
    *metadata.level() < Level::TRACE || !FRAMES.contains(&of)
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex, PoisonError};

    use super::*;

    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn frames_are_not_logged_whatever_is_asked_for() {
        for asked in
            ["trace", "tungstenite=trace", "tungstenite::protocol=trace,tokio_tungstenite=trace,log=trace"]
        {
            let written = Written::default();
            let writer = written.clone();
            let log = subscriber(EnvFilter::new(asked), move || writer.clone(), false);
            tracing::subscriber::with_default(log, || {
                tracing::trace!(target: "tungstenite::protocol::frame", "a frame");
                tracing::trace!(target: "tungstenite", "a frame");
                tracing::trace!(target: "tokio_tungstenite::compat", "a frame");
                tracing::trace!(target: "log", "a frame");
                tracing::debug!(target: "tungstenite::protocol", "a word");
            });
            let text = String::from_utf8_lossy(&written.0.lock().unwrap_or_else(PoisonError::into_inner))
                .into_owned();
            assert!(!text.contains("a frame") && text.contains("a word"), "{asked}: {text}");
        }
        let written = Written::default();
        let writer = written.clone();
        let log = subscriber(EnvFilter::new("trace"), move || writer.clone(), false);
        tracing::subscriber::with_default(log, || tracing::trace!(target: "venue_core::ws", "a detail"));
        assert!(!written.0.lock().unwrap_or_else(PoisonError::into_inner).is_empty(), "others may say all");
    }
}

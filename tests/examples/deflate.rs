//! What permessage-deflate would save on WEX spot's book channels: ten minutes of simulated pushes, compressed as
//! that extension would.
//!
//! `cargo run --release -p venue-tests --example deflate`
#![allow(clippy::print_stdout, reason = "it shows what it does")]

use std::error::Error;
use std::time::Duration;

use flate2::{Compress, Compression, FlushCompress};
use tokio::time::{Instant, timeout_at};
use venue_core::ws::{Channel, RawPush};
use venue_sim::{Sim, Which};
use venue_tests::{builder_in_memory, feed::connect};
use wex_spot::feed::{Depth, DepthUpdate};
use wex_spot::{DepthLevels, WexSpot};

/// Bytes of a channel's messages, with the head of their frames.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    /// How many messages.
    pub(crate) messages: usize,
    /// As they are sent without the extension.
    pub(crate) plain: usize,
    /// Each compressed by itself.
    pub(crate) alone: usize,
    /// Each compressed after those before it, as the extension does unless asked otherwise.
    pub(crate) in_context: usize,
}

impl Measured {
    fn add(&mut self, text: &str, context: &mut Compress) -> Result<(), Box<dyn Error>> {
        let framed = |length: usize| length + if length < 126 { 2 } else { 4 };
        self.messages += 1;
        self.plain += framed(text.len());
        self.alone += framed(compressed(&mut deflate(), text)?);
        self.in_context += framed(compressed(context, text)?);
        Ok(())
    }

    /// How much is saved, in per cent.
    #[must_use]
    pub(crate) fn saved(&self, bytes: usize) -> usize {
        100 - (100 * bytes).checked_div(self.plain).unwrap_or(100)
    }
}

/// Without a head of its own, with the largest window.
fn deflate() -> Compress {
    Compress::new(Compression::default(), false)
}

/// The length of a message: flushed to a byte's end, of which the extension leaves out the last four.
fn compressed(compress: &mut Compress, text: &str) -> Result<usize, Box<dyn Error>> {
    let mut out = Vec::with_capacity(text.len() + 64);
    let before = compress.total_in();
    compress.compress_vec(text.as_bytes(), &mut out, FlushCompress::Sync)?;
    if compress.total_in() - before != text.len() as u64 || !out.ends_with(&[0, 0, 0xff, 0xff]) {
        return Err("the buffer was too small".into());
    }
    Ok(out.len() - 4)
}

/// Measures both channels of a book for so long.
///
/// # Errors
/// When the simulation can't be started.
pub(crate) async fn run(time: Duration) -> Result<[(&'static str, Measured); 2], Box<dyn Error>> {
    Ok([
        ("depth_update@btc_usdt", measure(DepthUpdate::of("btc_usdt"), time).await?),
        ("depth@btc_usdt,50", measure(Depth::of("btc_usdt", DepthLevels::Fifty), time).await?),
    ])
}

async fn measure<C: Channel<Venue = WexSpot>>(
    channel: C,
    time: Duration,
) -> Result<Measured, Box<dyn Error>> {
    let sim = Sim::builder().venue(Which::WexSpot).seed(1).starts_at_ms(1_766_718_404_772).start().await?;
    let client = builder_in_memory(&sim, Which::WexSpot, WexSpot::new()).build()?;
    let feed = connect(&client, sim.venue(Which::WexSpot));
    let mut pushes = feed.subscription(channel).raw();
    let (mut measured, mut context) = (Measured::default(), deflate());
    let end = Instant::now() + time;
    while let Ok(Some(update)) = timeout_at(end, pushes.next()).await {
        if let Some(RawPush::Text(text)) = update.data() {
            measured.add(text, &mut context)?;
        }
    }
    Ok(measured)
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
#[allow(dead_code, reason = "the test calls `run` instead")]
async fn main() -> Result<(), Box<dyn Error>> {
    for (name, measured) in run(Duration::from_secs(600)).await? {
        let Measured { messages, plain, alone, in_context } = measured;
        println!(
            "{name}: {messages} messages, {plain} bytes; deflated {in_context} ({} % saved), one by one {alone} ({} % saved)",
            measured.saved(in_context),
            measured.saved(alone),
        );
    }
    Ok(())
}

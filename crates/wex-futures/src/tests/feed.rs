//! Streams: what goes out, what comes in, and what can't be read.

mod examples;
mod talk;
mod topics;
mod wild;

use venue_core::Secret;
use venue_core::ws::{ChannelInfo, Command, Frame, Line, Payload, Streams, Topic, Verb};

use crate::WexFutures;
use crate::feed::{CHANNELS, MARKET, USER};

fn venue() -> WexFutures {
    WexFutures::usdt_m()
}

fn line(name: &str) -> &'static Line {
    WexFutures::usdt_m().lines().iter().find(|line| line.name == name).unwrap()
}

fn channel(name: &str) -> &'static ChannelInfo {
    CHANNELS.iter().find(|channel| channel.name == name).unwrap()
}

fn read<'a>(on: &str, text: &'a str) -> Frame<'a> {
    Streams::read(&venue(), line(on), Payload::Text(text))
}

fn routes(frame: &Frame<'_>) -> Option<Vec<String>> {
    match frame {
        Frame::Data(routes) => Some(routes.iter().map(str::to_owned).collect()),
        _ => None,
    }
}

fn command(verb: Verb, topics: &[Topic], key: Option<&Secret>, id: u64) -> String {
    let topics: Vec<&Topic> = topics.iter().collect();
    let mut command = Command::new(verb, &topics).id(id);
    if let Some(key) = key {
        command = command.key(key);
    }
    venue().command(line(if key.is_some() { USER } else { MARKET }), &command)
}

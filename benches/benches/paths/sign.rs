//! An HMAC in hexadecimal, beside the HMAC alone.

use ring::hmac;
use venue_benches::{Bench, Goal, MIN_MESSAGES, Pair, Random, vary};
use venue_core::{Algorithm, Credentials};

use crate::orders::SECRET;

/// 150 bytes, as a venue signs them.
const TEXT: &str = "symbol=ETHBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=17.25&price=20431.15&newClientOrderId=0123456789abcdef&recvWindow=5000&timestamp=1538323200000";

pub(crate) fn run(bench: &Bench) {
    let credentials = Credentials::new("key", SECRET);
    let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
    let mut random = Random::of(1);
    let texts: Vec<String> = (0..MIN_MESSAGES).map(|_| vary(TEXT, &mut random)).collect();
    let sign = |text: &str| {
        let mut mac = credentials.mac(Algorithm::Sha256, false);
        mac.update(text);
        mac.finish().0
    };
    for text in &texts {
        assert_eq!(sign(text).as_str(), hex(hmac::sign(&key, text.as_bytes()).as_ref()));
    }
    let (mut ours, mut bare) = (texts.iter().cycle(), texts.iter().cycle());
    bench.pair(
        &Pair {
            name: "sign: 150 B, with hex",
            against: "ring::hmac::sign, key prepared",
            goal: Some(Goal::AtMost { ratio: 1100, stretch: None }),
            allocations: Some(0),
        },
        || sign(ours.next().expect("it goes round")),
        || hmac::sign(&key, bare.next().expect("it goes round").as_bytes()),
    );
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

//! Binary pushes: the documented examples as another implementation encodes them, and what is no such message.

use super::*;

const KLINE_VO: &str = "0a087472785f757364741207302e33313836351a07302e33313836322207302e33313836352a07302e333138363232093131372e35373131343a033336394202316d48a0c6c5a0f52f";
const DEAL_VO: &str = "08c0f5aae4d3da980212086274635f757364741a0839353135302e36322201372a03424944";
const DEAL_VO_WITH_ID: &str =
    "08c0f5aae4d3da980212086274635f757364741a0839353135302e36322201372a0341534b308180808080808010";
const DEPTH_VO: &str = "0a086274635f7573647410d285d8cc0418d385d8cc0422120a0834353030302e30301206312e3233343522120a0834343939392e35301206302e3938373622120a0834343939392e30301206322e333435362a120a0834353030312e30301206302e353433322a120a0834353030312e35301206312e323334352a120a0834353030322e30301206302e38373635";
const UPDATE_VO: &str = "0a086274635f7573647410d285d8cc0418d385d8cc0422120a0834353030302e30301206312e323334352a120a0834353030312e30301206302e35343332";
/// `U` and `u` of 0 are left out.
const UNNUMBERED_VO: &str =
    "0a086274635f7573647422120a0834353030302e30301206312e323334352a120a0834353030312e30301206302e35343332";

/// Every documented example: channel, route, frame, and the same as JSON.
const PUSHES: [(&str, &str, &str, &str); 4] = [
    ("kline", "kline@trx_usdt,1m", KLINE_VO, KLINE),
    ("trade", "trade@btc_usdt", DEAL_VO, TRADE),
    ("depth", "depth@btc_usdt", DEPTH_VO, DEPTH),
    ("depth", "depth@btc_usdt", UPDATE_VO, UPDATE),
];

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<char> = hex.chars().collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap()).collect()
}

fn read_binary(bytes: &[u8]) -> Frame<'_> {
    Pumpkin::new().read(line(), Payload::Binary(bytes))
}

/// A frame of fields: number, then a text or a number.
enum Put<'a> {
    Text(u8, &'a str),
    Number(u8, u8),
}

fn written(fields: &[Put<'_>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for field in fields {
        match field {
            Put::Text(number, text) => {
                bytes.extend([number << 3 | 2, u8::try_from(text.len()).unwrap()]);
                bytes.extend(text.as_bytes());
            }
            Put::Number(number, value) => bytes.extend([number << 3, *value]),
        }
    }
    bytes
}

/// A level of price 1 and size 2.
const LEVEL: &str = "\u{a}\u{1}1\u{12}\u{1}2";

#[test]
fn every_documented_example_reads_as_it_does_in_json() {
    let venue = Pumpkin::new();
    for (channel, route, hex, json) in PUSHES {
        let bytes = bytes(hex);
        let payload = Payload::Binary(&bytes);
        assert_eq!(told(&venue.read(line(), payload)), format!("data {route}"));
        assert_eq!(venue.glance(line(), payload).as_deref(), Some(route));
        assert!(venue.inflate(line(), &bytes).is_none());
        let decoded = decode_push(channel, payload);
        assert!(decoded.error.is_none() && decoded.unmapped.is_empty(), "{decoded:?}");
        let mut expected = value_of(channel, json);
        // It doesn't say which of the two it is.
        expected.as_object_mut().unwrap().remove("e");
        let value: Value = serde_json::from_str(&decoded.value.unwrap()).unwrap();
        assert_eq!(value, expected);
        for other in CHANNELS.iter().filter(|other| other.spec.name != channel) {
            assert!(other.decode(payload).error.is_some(), "{} as {}", channel, other.name);
        }
    }
    let with_id = Trades::read(Payload::Binary(&bytes(DEAL_VO_WITH_ID))).unwrap().unwrap();
    assert_eq!((with_id.id.unwrap().as_str(), with_id.side), ("9007199254740993", DealSide::Ask));
}

#[test]
fn fields_may_come_in_any_order_and_the_last_of_several_counts() {
    let deal = written(&[
        Put::Text(5, "ASK"),
        Put::Text(3, "9"),
        Put::Text(4, "7"),
        Put::Text(3, "1.50"),
        Put::Text(2, "a_b"),
        Put::Number(1, 5),
    ]);
    let deal = Trades::read(Payload::Binary(&deal)).unwrap().unwrap();
    assert_eq!((deal.t, deal.price.to_string()), (5, "1.50".to_owned()));
}

#[test]
fn a_book_without_numbers_is_known_by_its_levels() {
    let unnumbered = bytes(UNNUMBERED_VO);
    assert_eq!(told(&read_binary(&unnumbered)), "data depth@btc_usdt");
    let push = Depth::read(Payload::Binary(&unnumbered)).unwrap().unwrap();
    assert_eq!((push.first_update_id, push.last_update_id, push.bids.len(), push.asks.len()), (0, 0, 1, 1));
}

#[test]
fn what_cannot_be_told_is_left_unknown() {
    use Put::{Number, Text};
    for (what, fields) in [
        ("nothing", vec![]),
        ("an empty book without numbers, or a candle of nothing", vec![Text(1, "a_b")]),
        ("a candle without open and close", vec![Text(1, "a_b"), Text(4, "1"), Text(5, "2")]),
        ("levels, and more than a book has", vec![Text(1, "a_b"), Text(4, LEVEL), Text(8, "1m")]),
        (
            "a trade without its time, or a candle without its contract",
            vec![Text(2, "a_b"), Text(3, "1"), Text(4, "2"), Text(5, "BID")],
        ),
        ("a book of no contract", vec![Number(2, 1), Number(3, 1), Text(4, LEVEL)]),
        ("a book of an empty contract", vec![Text(1, ""), Number(2, 1), Number(3, 1)]),
        ("a trade of no contract", vec![Number(1, 1), Text(3, "1"), Text(4, "2"), Text(5, "BID")]),
        ("a candle of no interval", vec![Text(1, "a_b"), Text(2, "1"), Text(3, "2"), Number(9, 1)]),
        ("texts and numbers", vec![Text(1, "a_b"), Text(2, "1"), Number(3, 1), Text(8, "1m")]),
        ("a trade whose price is a number", vec![Number(1, 1), Text(2, "a_b"), Number(3, 1)]),
        (
            "a candle whose time is a text",
            vec![Text(1, "a_b"), Text(2, "1"), Text(3, "2"), Text(8, "1m"), Text(9, "5")],
        ),
        (
            "field 1 as a number and as a text",
            vec![Number(1, 1), Text(1, "a_b"), Text(2, "b_c"), Text(8, "1m"), Number(6, 1)],
        ),
    ] {
        let frame = written(&fields);
        assert_eq!(told(&read_binary(&frame)), "unknown", "{what}");
        for channel in CHANNELS {
            assert!(channel.decode(Payload::Binary(&frame)).error.is_some(), "{what}: {}", channel.name);
        }
    }
}

#[test]
fn fields_of_a_newer_message_are_counted() {
    let mut deal = bytes(DEAL_VO);
    deal.extend(written(&[Put::Text(7, "new"), Put::Number(8, 1)]));
    let decoded = decode_push("trade", Payload::Binary(&deal));
    assert!(decoded.error.is_none());
    assert_eq!(decoded.unmapped, ["DealVO.7", "DealVO.8"]);
    let depth = written(&[
        Put::Text(1, "a_b"),
        Put::Number(2, 1),
        Put::Number(3, 2),
        Put::Text(4, "\u{a}\u{1}1\u{12}\u{1}2\u{18}\u{1}"),
        Put::Text(6, "new"),
    ]);
    let decoded = decode_push("depth", Payload::Binary(&depth));
    assert!(decoded.error.is_none());
    assert_eq!(decoded.unmapped, ["PriceLevel.3", "DepthVO.6"]);
}

#[test]
fn no_book_is_kept_from_what_does_not_say_whether_it_is_whole() {
    for hex in [DEPTH_VO, UPDATE_VO] {
        let push = Depth::read(Payload::Binary(&bytes(hex))).unwrap().unwrap();
        assert_eq!(push.event, None);
        assert!(Depth::of("btc_usdt", 10_u32).message(push).is_err());
    }
}

#[test]
fn text_in_a_binary_frame_is_text() {
    let venue = Pumpkin::new();
    for text in ["pong", "ping", r#"{"code":0,"msg":"success"}"#, " {}"] {
        assert_eq!(venue.inflate(line(), text.as_bytes()).unwrap().unwrap(), text);
        assert_eq!(told(&read_binary(text.as_bytes())), "unknown", "{text}");
    }
    for other in ["", "hello", "[1]"] {
        assert!(venue.inflate(line(), other.as_bytes()).is_none(), "{other}");
    }
    assert_eq!(inspect(&venue, CHANNELS, line(), Payload::Binary(TRADE.as_bytes())).kind, FrameKind::Data);
}

/// The wire format has no end: what is cut off between two fields is a message with fewer of them. All that has to
/// be there is at the end of a candle and of a trade; a book that lost its last levels can't be told from one that
/// has fewer.
#[test]
fn nothing_cut_off_is_data_where_that_can_be_seen() {
    for (channel, _, hex, _) in PUSHES {
        let whole = bytes(hex);
        let full = Depth::read(Payload::Binary(&whole)).ok().flatten();
        for end in 0..whole.len() {
            let payload = Payload::Binary(&whole[..end]);
            let decoded = decode_push(channel, payload);
            let Some(full) = &full else {
                assert!(
                    decoded.value.is_none() && decoded.error.is_some(),
                    "{channel} to {end}: {decoded:?}"
                );
                continue;
            };
            if let Ok(Some(less)) = Depth::read(payload) {
                assert!(full.bids.starts_with(&less.bids) && full.asks.starts_with(&less.asks));
                assert_eq!(less.symbol, full.symbol);
            }
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_are_told_apart(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        let told = read_binary(&bytes);
        prop_assert!(matches!(told, Frame::Unknown | Frame::Data(_)));
        for channel in CHANNELS {
            let decoded = channel.decode(Payload::Binary(&bytes));
            prop_assert!(decoded.value.is_none() || matches!(told, Frame::Data(_)));
        }
    }

    #[test]
    fn a_byte_that_flipped_breaks_nothing(at in 0_usize..200, byte in any::<u8>(), which in 0_usize..4) {
        let mut bytes = bytes(PUSHES[which].2);
        let at = at % bytes.len();
        bytes[at] = byte;
        let told = told(&read_binary(&bytes));
        for channel in CHANNELS {
            let decoded = channel.decode(Payload::Binary(&bytes));
            let is_its_own = told.starts_with(&format!("data {}@", channel.spec.name));
            prop_assert!(decoded.value.is_none() || is_its_own);
        }
    }
}

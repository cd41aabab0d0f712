//! Pushes as documented, and as seen.

use venue_core::ws::Payload;

use super::{Value, channel, decode, inspect, line, read, routes, serde_json};
use crate::HashKey;
use crate::feed::CHANNELS;
use venue_core::ws::{Frame, Streams};

/// Channel, route, frame: what the documentation prints.
pub(crate) const DOCUMENTED: &[(&str, &str, &str)] = &[
    (
        "KlinesV1",
        "v1/kline_1m:BTCUSDT",
        r#"{"symbol":"BTCUSDT","symbolName":"BTCUSDT","topic":"kline","params":{"realtimeInterval":"24h","klineType":"1m","binary":"false"},"data":[{"t":1766727660000,"s":"BTCUSDT","sn":"BTCUSDT","c":"88888.01","h":"88888.01","l":"88888.01","o":"88888.01","v":"0","et":0,"qv":"0","td":0,"tb":"0","tq":"0"}],"f":true,"sendTime":1766727675969,"shared":false}"#,
    ),
    (
        "RealtimesV1",
        "v1/realtimes:BTCUSDT",
        r#"{"symbol":"BTCUSDT","symbolName":"BTCUSDT","topic":"realtimes","params":{"realtimeInterval":"24h","binary":"false"},"data":[{"t":1764598623773,"s":"BTCUSDT","sn":"BTCUSDT","c":"86127.13","h":"91854.4","l":"84834.68","o":"91592.99","v":"23.90583","qv":"2071254.823793","m":"-0.0597","e":301}],"f":false,"sendTime":1764598623952,"shared":false}"#,
    ),
    (
        "TradesV1",
        "v1/trade:BTCUSDT",
        r#"{"symbol":"BTCUSDT","symbolName":"BTCUSDT","topic":"trade","params":{"realtimeInterval":"24h","binary":"false"},"data":[{"v":"4620696243481038848","t":1764598927887,"p":"86101.4","q":"0.00314","m":false}],"f":false,"sendTime":1764598928016,"shared":false}"#,
    ),
    (
        "DepthV1",
        "v1/depth:BTCUSDT",
        r#"{"symbol":"BTCUSDT","symbolName":"BTCUSDT","topic":"depth","params":{"realtimeInterval":"24h","binary":"false"},"data":[{"e":301,"s":"BTCUSDT","t":1764599292355,"v":"538222447_18","b":[["86296.37","0.00046"],["86296.29","0.0006"]],"a":[["86296.38","0.00115"],["86300.51","0.00986"]],"o":0}],"f":false,"sendTime":1764599292481,"channelId":"0edeeafffed451ae-00000001-002a4da4-b065b0d60d88615a-688ef045","shared":false}"#,
    ),
    (
        "KlinesV2",
        "v2/kline_1m:BTCUSDT",
        r#"{"topic":"kline","params":{"symbol":"BTCUSDT","klineType":"1m"},"data":{"t":1766728080000,"s":"BTCUSDT","sn":"BTCUSDT","c":"88947.71","h":"88947.71","l":"88947.71","o":"88947.71","v":"0"}}"#,
    ),
    (
        "RealtimesV2",
        "v2/realtimes:BTCUSDT",
        r#"{"topic":"realtimes","params":{"symbol":"BTCUSDT"},"data":{"t":1766728440004,"s":"BTCUSDT","o":"87740.12","h":"89270.33","l":"86971.82","c":"88910.23","v":"0.20041","qv":"17621.0846565","m":"0.0133"}}"#,
    ),
    (
        "TradesV2",
        "v2/trade:ETHUSDT",
        r#"{"topic":"trade","params":{"symbol":"ETHUSDT"},"data":{"v":"4645465192627367936","t":1766728952350,"p":"2974.53","q":"0.0089","m":false}}"#,
    ),
    (
        "DepthV2",
        "v2/depth:BTCUSDT",
        r#"{"topic":"depth","params":{"symbol":"BTCUSDT"},"data":{"s":"BTCUSDT","t":1764659869550,"v":"735962141_2","b":[["86962.98","0.04215"],["86961.35","0.00057"]],"a":[["86962.99","0.34497"],["86963.94","0.00114"]]}}"#,
    ),
    (
        "Bbo",
        "v2/bbo:ETHUSDT",
        r#"{"topic":"bbo","params":{"symbol":"ETHUSDT"},"data":{"s":"ETHUSDT","b":"2974.52","bz":"0.0202","a":"2974.85","az":"0.2838","t":1766729017183}}"#,
    ),
    (
        "AccountUpdates",
        "outboundAccountInfo",
        r#"[{"e":"outboundAccountInfo","E":"1764932840383","T":true,"W":true,"D":true,"B":[{"a":"BTC","f":"6086.715847759989968887","l":"0","r":""}]}]"#,
    ),
    (
        "OrderUpdates",
        "executionReport",
        r#"[{"e":"executionReport","E":"1766730014188","s":"BTCUSDT","c":"1766730014087296","S":"BUY","o":"MARKET_OF_QUOTE","f":"IOC","q":"0","p":"0","X":"PARTIALLY_FILLED","i":"2113879002607330816","l":"0.00885","z":"0.00885","L":"112934.82","n":"0.000013275","N":"BTC","u":true,"w":true,"m":false,"O":"1766730014098","Z":"999.473157","C":false,"v":"0","reqAmt":"1000","d":"2113879003035149824","r":"0","V":"112934.82","P":"0","lo":false,"lt":"","x":""}]"#,
    ),
    (
        "Tickets",
        "ticketInfo",
        r#"[{"e":"ticketInfo","E":"1766730154173","s":"USDTAED","q":"1.00","t":"1766730154162","p":"91446.40","T":"2113880177556930560","o":"2113880177188611584","c":"99999999980006","a":"1695624199740137984","m":false,"S":"BUY"}]"#,
    ),
];

/// The same for what only live connections have shown, and for what differs there.
pub(crate) const SEEN: &[(&str, &str, &str)] = &[
    // The request's id is echoed, and later editions name the site.
    (
        "TradesV1",
        "v1/trade:BTCUSD",
        r#"{"symbol":"BTCUSD","symbolName":"BTCUSD","topic":"trade","params":{"realtimeInterval":"24h","binary":"false"},"data":[],"f":true,"sendTime":1764598928016,"shared":false,"id":"1","site":"MENA"}"#,
    ),
    // Both sides empty; numbers of a later version of the book.
    (
        "DepthV1",
        "v1/depth:BTCUSD",
        r#"{"symbol":"BTCUSD","symbolName":"BTCUSD","topic":"depth","params":{"realtimeInterval":"24h","limit":"100","binary":"false"},"data":[{"e":301,"s":"BTCUSD","t":1764599292355,"v":"538222448_18","b":[],"a":[],"o":0}],"f":true,"sendTime":1764599292481,"shared":false}"#,
    ),
    (
        "Bbo",
        "v2/bbo:ETHUSDT",
        r#"{"topic":"bbo","params":{"symbol":"ETHUSDT"},"data":{"s":"ETHUSDT","b":"2974.52","bz":"0.0202","t":1766729017183,"v":"735962141_2"}}"#,
    ),
    (
        "DiffMergedDepth",
        "v1/diffMergedDepth:BTCUSDT",
        r#"{"symbol":"BTCUSDT","symbolName":"BTCUSDT","topic":"diffMergedDepth","params":{"realtimeInterval":"24h","dumpScale":"2","binary":"false"},"data":[{"e":301,"t":1764599292355,"v":"538222449_18","b":[["86296.37","0"]],"a":[["86296.38","0.2"]],"o":1}],"f":false,"sendTime":1764599292481,"shared":false}"#,
    ),
    (
        "MarkPrices",
        "v1/markPrice:BTCUSDT",
        r#"{"symbol":"BTCUSDT","symbolName":"BTCUSDT","topic":"markPrice","params":{"realtimeInterval":"24h","binary":"false"},"data":[{"symbol":"BTCUSDT","markPrice":"86296.37","time":1764599292355}],"f":true,"sendTime":1764599292481,"shared":false}"#,
    ),
    (
        "Indices",
        "v1/index:BTCUSDT",
        r#"{"symbol":"BTCUSDT","symbolName":"BTCUSDT","topic":"index","params":{"realtimeInterval":"24h","binary":"false"},"data":[{"symbol":"BTCUSDT","index":"86296.37","edp":"86295.1","formula":"(86296.37[OTHER])/1"}],"f":true,"sendTime":1764599292481,"shared":false}"#,
    ),
    (
        "KlinesV1",
        "v1/kline_1M:BTCUSDT",
        r#"{"symbol":"BTCUSDT","topic":"kline","params":{"klineType":"1M"},"data":[{"t":1766727660000,"c":"1","h":"1","l":"1","o":"1"}]}"#,
    ),
    (
        "AccountUpdates",
        "outboundAccountInfo",
        r#"[{"e":"outboundCustodyAccountInfo","B":[]},{"e":"outboundFiatAccountInfo","B":[]}]"#,
    ),
    (
        "OrderUpdates",
        "executionReport",
        r#"[{"e":"executionReport","s":"BTCUSDT","S":"SELL","o":"LIMIT","X":"CANCELED","i":"2113879002607330816","x":"USER_CANCEL"}]"#,
    ),
];

pub(crate) fn all() -> impl Iterator<Item = &'static (&'static str, &'static str, &'static str)> {
    DOCUMENTED.iter().chain(SEEN)
}

/// What a private frame is once read: times are numbers, what is empty is absent.
fn normal(value: Value) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .filter(|(_, value)| *value != "")
            .map(|(name, value)| {
                let is_time = matches!(name.as_str(), "E" | "O") || name == "t" && value.is_string();
                let number = value.as_str().filter(|_| is_time).and_then(|text| text.parse::<i64>().ok());
                (name, number.map_or_else(|| normal(value), Value::from))
            })
            .collect(),
        Value::Array(list) => list.into_iter().map(normal).collect(),
        other => other,
    }
}

#[test]
fn every_push_is_read_to_the_last_key_and_written_back() {
    for (name, _, frame) in all() {
        let sent: Value = serde_json::from_str(frame).unwrap();
        assert_eq!(decode(name, frame), normal(sent), "{name}");
    }
}

#[test]
fn every_channel_has_an_example_by_which_it_is_found() {
    let venue = HashKey::new();
    for (name, route, frame) in all() {
        assert_eq!(routes(frame), [*route], "{name}");
        assert_eq!(CHANNELS.of_route(line("v1"), route).unwrap().name, *name);
        let told = inspect(&venue, CHANNELS, line("private"), Payload::Text(frame));
        assert_eq!(told.channel.as_deref(), Some(channel(name).spec.name));
        assert!(told.error.is_none() && told.unmapped.is_empty(), "{name}: {told:?}");
    }
    for channel in CHANNELS {
        let table = if channel.spec.undocumented { SEEN } else { DOCUMENTED };
        assert!(table.iter().any(|(name, ..)| *name == channel.name), "{}", channel.name);
    }
    assert_eq!(CHANNELS.iter().filter(|channel| !channel.spec.undocumented).count(), 12);
}

#[test]
fn a_glance_sees_what_a_reading_does() {
    let venue = HashKey::new();
    let mut glanced = 0;
    for (name, route, frame) in all() {
        // Also as a venue would write it that puts other things first, or room between them.
        let sent: Value = serde_json::from_str(frame).unwrap();
        for frame in [(*frame).to_owned(), sent.to_string(), format!("{sent:#}")] {
            if let Some(glance) = venue.glance(line("v2"), Payload::Text(&frame)) {
                assert_eq!(glance, *route, "{name}");
                glanced += 1;
            }
            assert_eq!(routes(&frame), [*route]);
        }
        let is_private = channel(name).spec.line == "private";
        assert_eq!(venue.glance(line("v2"), Payload::Text(frame)).is_none(), is_private, "{name}");
    }
    assert!(glanced > 15);
}

#[test]
fn an_event_that_is_sent_with_others_is_read_by_its_own_channel() {
    let parts: Vec<&str> = DOCUMENTED[9..].iter().map(|(.., frame)| &frame[1..frame.len() - 1]).collect();
    let together = format!("[{},{}]", parts.join(", "), parts[1]);
    assert_eq!(routes(&together), ["outboundAccountInfo", "executionReport", "ticketInfo"]);
    for (at, (name, count)) in [("AccountUpdates", 1), ("OrderUpdates", 2), ("Tickets", 1)].iter().enumerate()
    {
        let value = decode(name, &together);
        assert_eq!(value.as_array().unwrap().len(), *count, "{name}");
        assert_eq!(value[0], normal(serde_json::from_str(parts[at]).unwrap()));
    }
    // Alone, without its list.
    assert_eq!(routes(parts[1]), ["executionReport"]);
    assert_eq!(decode("OrderUpdates", parts[1]).as_array().unwrap().len(), 1);
    // Of a kind that nobody documents: it is said, and keeps nothing from the others.
    assert!(
        matches!(read(r#"[{"e":"outboundContractPositionInfo"}]"#), Frame::Event(name) if name == "outboundContractPositionInfo")
    );
    let mixed = format!(r#"[{{"e":"outboundContractPositionInfo"}},{}]"#, parts[2]);
    assert_eq!(routes(&mixed), ["ticketInfo"]);
    assert_eq!(decode("Tickets", &mixed).as_array().unwrap().len(), 1);
}

#[test]
fn a_bad_row_leaves_the_good_ones() {
    let (.., trades) = DOCUMENTED[2];
    let trades = trades.replace(r#""m":false}]"#, r#""m":false},{"v":"1","t":1,"p":"x","q":"1"}]"#);
    let decoded = channel("TradesV1").decode(Payload::Text(&trades));
    assert!(decoded.error.is_none());
    assert_eq!((decoded.bad_rows.len(), decoded.bad_rows[0].index), (1, 1));
    // An event without a kind could be anybody's.
    let (.., ticket) = DOCUMENTED[11];
    let odd = ticket.replace("}]", "},{\"x\":1},7]");
    assert_eq!(routes(&odd), ["ticketInfo"]);
    assert_eq!(channel("Tickets").decode(Payload::Text(&odd)).bad_rows.len(), 2);
    for kind in ["true", "\"\"", "null", "[]"] {
        let whole = format!(r#"[{{"e":{kind},"B":[]}},{{"e":"outboundAccountInfo","B":[]}}]"#);
        assert_eq!(channel("AccountUpdates").decode(Payload::Text(&whole)).bad_rows.len(), 1, "{whole}");
    }
}

#[test]
fn a_key_that_no_type_has_is_counted_at_every_level() {
    for (name, _, frame) in all() {
        let places = frame.matches('{').count();
        for at in 0..places {
            let (start, _) = frame.match_indices('{').nth(at).unwrap();
            let (before, after) = frame.split_at(start + 1);
            let comma = if after.starts_with('}') { "" } else { "," };
            let planted = format!(r#"{before}"planted":1{comma}{after}"#);
            let decoded = channel(name).decode(Payload::Text(&planted));
            assert_eq!(decoded.unmapped.len(), 1, "{name} {at}: {planted}");
        }
    }
}

#[test]
fn numbers_for_texts_and_the_reverse_nulls_and_absence_are_taken() {
    for (name, frame) in [
        (
            "Bbo",
            r#"{"topic":"bbo","params":{"symbol":"ETHUSDT"},"data":{"s":"ETHUSDT","b":2974.52,"bz":null,"a":"","az":"-","t":"1766729017183"}}"#,
        ),
        (
            "TradesV2",
            r#"{"topic":"trade","params":{"symbol":"ETHUSDT"},"data":{"v":4645465192627367936,"t":"1766728952350","p":2974.53,"q":1e-7,"m":"false"}}"#,
        ),
        (
            "KlinesV1",
            r#"{"symbol":"BTCUSDT","symbolName":null,"topic":"kline","params":{"klineType":"1m","binary":false},"data":[{"t":"1766727660000","c":1,"h":1,"l":1,"o":1,"v":0,"et":"0","td":"4"}],"f":"true","sendTime":"1766727675969","shared":null,"id":1}"#,
        ),
    ] {
        decode(name, frame);
    }
    let (.., ids) = DOCUMENTED[6];
    let number = ids.replace("\"4645465192627367936\"", "4645465192627367936");
    assert_eq!(decode("TradesV2", &number), decode("TradesV2", ids));
}

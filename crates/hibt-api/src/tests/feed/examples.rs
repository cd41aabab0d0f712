//! Frames as the venue sends them: put together from what is left of its documentation, from other copies of it,
//! and from what others have seen.

/// A push, and how it is written again where that differs.
pub(super) struct Example {
    /// The channel's name.
    pub(super) channel: &'static str,
    /// Its line, which pushes don't tell.
    pub(super) line: &'static str,
    pub(super) topic: &'static str,
    /// What stands under `data`.
    pub(super) data: &'static str,
    /// What stands there when it is written again, if something else.
    pub(super) written: Option<&'static str>,
}

const fn public(channel: &'static str, topic: &'static str, data: &'static str) -> Example {
    Example { channel, line: "public", topic, data, written: None }
}

const fn private(channel: &'static str, topic: &'static str, data: &'static str) -> Example {
    Example { channel, line: "private", topic, data, written: None }
}

impl Example {
    const fn written(mut self, text: &'static str) -> Self {
        self.written = Some(text);
        self
    }

    /// The frame.
    pub(super) fn frame(&self) -> String {
        format!(r#"{{"type":"{}","ts":1724916869475,"data":{}}}"#, self.topic, self.data)
    }

    /// The frame with its keys in another order.
    pub(super) fn turned(&self) -> String {
        format!(r#"{{"data":{},"ts":"1724916869475","type":"{}"}}"#, self.data, self.topic)
    }

    /// The frame as it is written again.
    pub(super) fn again(&self) -> String {
        let data = self.written.unwrap_or(self.data);
        format!(r#"{{"type":"{}","ts":1724916869475,"data":{data}}}"#, self.topic)
    }
}

pub(super) static EXAMPLES: &[Example] = &[
    public(
        "depth",
        "btc_usdt.5deep",
        r#"{"symbol":"btc_usdt","asks":["59120.5","0.31","59121","1.200"],"bids":["59120","2","59119.5","0.010"]}"#,
    ),
    public("depth", "gold.20deep", r#"{"symbol":"gold","asks":[],"bids":[]}"#),
    public(
        "depth",
        "pepe_usdt.10deep",
        r#"{"asks":["6.178e-06","1.3929399588e+10"],"bids":null,"symbol":"pepe_usdt"}"#,
    )
    .written(r#"{"symbol":"pepe_usdt","asks":["0.000006178","13929399588"],"bids":[]}"#),
    public(
        "ticker",
        "btc_usdt.ticker",
        r#"{"symbol":"btc_usdt","amount":"1034.51","volume":"61231209.20","open":"58900","close":"59120.5","high":"59800","low":"58100.5","lastPrice":"59120.5","lastAmount":"0.010","lastTime":1724916869400,"change":"0.37"}"#,
    ),
    public(
        "ticker",
        "gold.ticker",
        r#"{"symbol":"gold","amount":"","lastPrice":2512.4,"change":-0.37,"lastTime":"1724916869400","volume":null}"#,
    )
    .written(r#"{"symbol":"gold","lastPrice":"2512.4","lastTime":1724916869400,"change":"-0.37"}"#),
    public("index", "btc_usdt.index", r#"{"symbol":"btc_usdt","price":"59118.21","time":1724916869470}"#),
    public("trade", "btc_usdt.trade", r#"["59120.5","1","0.010","1724916869470"]"#)
        .written(r#"["59120.5",1,"0.010",1724916869470]"#),
    public("trade", "pepe_usdt.trade", r#"["6.178e-06","sell",1e3,1724916869470]"#)
        .written(r#"["0.000006178",2,"1000",1724916869470]"#),
    public(
        "candle",
        "btc_usdt.candle.M1",
        r#"["12.031","711234.51","59100","59130.5","59099","59120.5","1724916840000"]"#,
    )
    .written(r#"["12.031","711234.51","59100","59130.5","59099","59120.5",1724916840000]"#),
    private(
        "user.entrust",
        "user.entrust",
        r#"[{"id":"17249168694750000000000012345","symbol":"btc_usdt","leverage":10,"triggerType":1,"triggerPrice":"58000","status":1,"side":1,"price":"57990","startPrice":"0","amount":"0.01","spSlTriggerType":2,"spPrice":"60000","slPrice":"57000","isSetSp":true,"isSetSl":true,"frozen":"57.99","createdAt":1724916869475,"updatedAt":1724916869475}]"#,
    )
    .written(
        r#"[{"id":"17249168694750000000000012345","symbol":"btc_usdt","leverage":"10","triggerType":1,"triggerPrice":"58000","status":1,"side":1,"price":"57990","startPrice":"0","amount":"0.01","spSlTriggerType":2,"spPrice":"60000","slPrice":"57000","isSetSp":true,"isSetSl":true,"frozen":"57.99","createdAt":1724916869475,"updatedAt":1724916869475}]"#,
    ),
    private(
        "user.position",
        "user.position",
        r#"[{"positionID":"17249168694750000000000000007","symbol":"btc_usdt","side":1,"leverage":"10","price":"59120.5","amount":"0.01","frozenAmount":"0.002","margin":"59.12","triggerType":1,"spPrice":"60000","slPrice":"57000","openProfit":"-0.12","updatedAt":1724916869475,"spSlModel":2,"spType":1,"slType":2,"spTriggerPrice":"60000","slTriggerPrice":"57000","spSlPartData":[{"id":"9","triggerType":1,"spPrice":"61000","slPrice":"56000","amount":"0.001","spType":1,"slType":2,"spTriggerPrice":"61000","slTriggerPrice":"56000"}]}]"#,
    ),
    private("user.position", "user.position", r#"[{"positionID":7,"symbol":"gold","spSlPartData":null}]"#)
        .written(r#"[{"positionID":"7","symbol":"gold","spSlPartData":[]}]"#),
    private("user.position", "user.position", "null").written("[]"),
    private(
        "user.order",
        "user.order",
        r#"[{"id":"17249168694750000000000012345","customID":"11111","symbol":"btc_usdt","type":1,"action":0,"side":1,"positionID":"7","price":"2660","leverage":"10","amount":"0.01","frozen":"2.66","filledAmount":"0.004","filledPrice":"2659.5","filledValue":"10.638","triggerType":2,"spPrice":"2770","slPrice":"2450","state":4,"profit":"0","fee":"0.0053","pointFee":"0","pointProfit":"0","closePrice":"2400","triggerPrice":"2700","createdAt":1724916869475,"updatedAt":1724916869480}]"#,
    ),
    // The venue's own example has a state that isn't documented, and most values empty.
    private(
        "user.order",
        "user.order",
        r#"[{"id":203530723141917063,"customID":"","symbol":"btc_usdt","state":0,"action":42,"price":"","closePrice":null}]"#,
    )
    .written(r#"[{"id":"203530723141917063","symbol":"btc_usdt","action":42,"state":0}]"#),
    private(
        "user.balance",
        "user.balance",
        r#"{"balance":"1000.5","frozen":"2.66","margin":"59.12","point":"0","loans":"0","profit":"-0.12","unProfit":"0","unLosses":"-0.12","coin":"usdt"}"#,
    ),
];

/// Frames that aren't pushes, and what they are.
pub(super) static FRAMES: &[(&str, &str)] = &[
    (r#"{"type":"hello","data":"success","ts":1724916869475}"#, "event hello"),
    (
        r#"{"type":"sub","ts":1724916869475,"data":{"topic":"btc_usdt.5deep","status":"ok"}}"#,
        "ack sub btc_usdt.5deep",
    ),
    (r#"{"type":"unsub","ts":1,"data":{"topic":"user.order","status":"ok"}}"#, "ack unsub user.order"),
    (r#"{"data":{"status":"OK","topic":"gold.trade"},"ts":1,"type":"sub"}"#, "ack sub gold.trade"),
    (r#"{"type":"sub","data":"ok","ts":1}"#, "ack sub ?"),
    (
        r#"{"type":"sub","ts":1,"data":{"topic":"a.b","status":"error topic"}}"#,
        "nack sub a.b InvalidRequest -",
    ),
    (r#"{"type":"sub","ts":1,"data":{"topic":"a.b"}}"#, "nack sub a.b Unrecognized -"),
    (r#"{"type":"sub","ts":1,"data":null}"#, "nack sub ? Unrecognized -"),
    (r#"{"type":"sub","ts":1,"data":"error topic"}"#, "nack sub ? InvalidRequest -"),
    (
        r#"{"type":"sub","data":{"topic":"a.b","status":"ok","code":220017,"msg":"Too many requests"}}"#,
        "nack sub a.b RateLimited 220017",
    ),
    (r#"{"type":"error","ts":1,"data":"error topic"}"#, "nack ? ? InvalidRequest -"),
    (r#"{"type":"error","data":"Invalid event type"}"#, "nack ? ? InvalidRequest 220015"),
    (r#"{"type":"error","data":"WebSocket: Invalid event type"}"#, "nack ? ? InvalidRequest 220015"),
    (r#"{"type":"error","data":"220015"}"#, "nack ? ? InvalidRequest 220015"),
    (
        r#"{"type":"error","data":{"code":"220019","topic":"user.order"}}"#,
        "nack ? user.order Unrecognized 220019",
    ),
    (r#"{"type":"error","data":"please log in: Unauthorized"}"#, "nack ? ? Auth -"),
    (r#"{"type":"error","data":"Unauthorized"}"#, "nack ? ? Auth 210019"),
    (r#"{"type":"error","data":"system busy"}"#, "nack ? ? Unrecognized -"),
    (r#"{"type":"error","msg":"Too many requests"}"#, "nack ? ? RateLimited 220017"),
    (r#"{"type":"error"}"#, "nack ? ? Unrecognized -"),
    (
        r#"{"type":"btc_usdt.99deep","ts":1,"data":"error topic"}"#,
        "nack sub btc_usdt.99deep InvalidRequest -",
    ),
    (r#"{"code":220015,"msg":"WebSocket: Invalid event type"}"#, "nack ? ? InvalidRequest 220015"),
    (r#"{"code":"220008","message":"Signature verification failed"}"#, "nack ? ? Auth 220008"),
    (r#"{"type":"auth","data":"ok","ts":1}"#, "logged in"),
    (r#"{"type":"auth","data":{"status":"ok"}}"#, "logged in"),
    (r#"{"type":"auth","data":"success"}"#, "logged in"),
    (r#"{"type":"auth","data":"error auth"}"#, "login refused Auth -"),
    (r#"{"type":"auth","data":"no"}"#, "login refused Auth -"),
    (r#"{"type":"auth","data":null}"#, "login refused Auth -"),
    (r#"{"type":"auth","data":{"code":220002,"msg":"Timestamp expired"}}"#, "login refused Timestamp 220002"),
    (r#"{"type":"ping"}"#, "ping"),
    (r#"{"type":"pong","ts":1}"#, "pong"),
    (r#"{"type":"maintenance","data":{}}"#, "event maintenance"),
    (r#"{"code":0,"msg":"success"}"#, "unknown"),
    (r#"{"type":"btc_usdt.ticker","ts":1}"#, "unknown"),
    (r#"{"type":"sub"}"#, "unknown"),
    (r#"{"type":"","data":{}}"#, "unknown"),
    (r#"{"type":5,"data":{}}"#, "unknown"),
    (r#"{"event":"sub","topic":"btc_usdt.5deep"}"#, "unknown"),
    ("{}", "unknown"),
    ("[]", "unknown"),
    ("null", "unknown"),
    ("ping", "ping"),
    ("pong", "pong"),
    ("\"pong\"", "unknown"),
    ("", "unknown"),
];

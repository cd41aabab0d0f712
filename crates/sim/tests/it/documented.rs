//! Every endpoint of every venue: accepted when right, refused by the documented code when wrong.

use venue_sim::data::{Auth, Endpoint, Kind, Place, Placement};
use venue_sim::{Running, Sim, Which};

use crate::client::{Reply, Wire, send};
use crate::draft::{Change, draft};
use crate::seal::{Pen, seal};

/// Status, and a piece of the body that holds the code.
type Expected = (u16, &'static str);

async fn start(which: Which) -> Sim {
    Sim::builder().stateful(false).limits(false).venue(which).seed(7).plain(true).start().await.unwrap()
}

fn sealed(which: Which, venue: &Running, endpoint: &Endpoint, all: bool, change: Change<'_>) -> Wire {
    seal(which, endpoint, &draft(endpoint, all, change), &Pen::of(venue))
}

fn at(which: Which, endpoint: &Endpoint) -> String {
    format!("{which} {} {}", endpoint.method, endpoint.path)
}

fn assert_refused(reply: &Reply, (status, piece): Expected, at: &str) {
    assert_eq!(reply.status, status, "{at}: {}", reply.body);
    assert!(reply.body.contains(piece), "{at}: wanted {piece} in {}", reply.body);
    assert!(reply.header("date").is_some(), "{at}");
}

fn is_quote(endpoint: &Endpoint) -> bool {
    endpoint.path.starts_with("/quote/")
}

#[tokio::test]
async fn a_correct_request_gets_the_documented_example() {
    for which in Which::ALL {
        let sim = start(which).await;
        let venue = sim.venue(which);
        let mut sent = 0;
        for endpoint in venue.catalog().served() {
            for all in [false, true] {
                let reply =
                    send(&sim, venue, &sealed(which, venue, endpoint, all, Change::None)).await.unwrap();
                let at = at(which, endpoint);
                assert_eq!(reply.status, 200, "{at}: {}", reply.body);
                if endpoint.path.ends_with("/time") {
                    assert_ne!(reply.body, endpoint.example, "{at}");
                } else {
                    assert_eq!(reply.body, endpoint.example, "{at}");
                }
                assert!(reply.header("date").is_some(), "{at}");
                assert_eq!(reply.header("x-bm-ratelimit-limit").is_some(), which == Which::BitMart, "{at}");
                sent += 1;
            }
            assert_eq!(venue.executed(&endpoint.method, &endpoint.path), 2);
        }
        assert_eq!((venue.requests(), venue.refused()), (sent, 0));
    }
}

#[tokio::test]
async fn what_is_not_signed_right_is_refused_by_its_code() {
    // wrong secret, wrong key, no key, no signature
    let expected = |which| -> [Expected; 4] {
        match which {
            Which::HashKey => [
                (400, r#"{"code":"0001","msg":"Incorrect signature"}"#),
                (400, r#""code":"0102""#),
                (400, r#""code":"-1002""#),
                (400, r#""code":"0001""#),
            ],
            Which::BitMart => [(401, "30005"), (401, "30002"), (401, "30001"), (401, "30004")],
            Which::WexSpot => [
                (200, r#"{"rc":1,"mc":"AUTH_103","ma":[],"result":null}"#),
                (200, "AUTH_101"),
                (200, "AUTH_001"),
                (200, "AUTH_007"),
            ],
            Which::WexFutures => [
                (403, r#""error":{"code":"403","msg":"invalid signature","args":[]}"#),
                (403, r#""code":"403""#),
                (400, r#""code":"400""#),
                (403, r#""code":"403""#),
            ],
            Which::Hibt => [
                (200, r#""code":220008"#),
                (200, r#""code":210021"#),
                (200, r#""code":220003"#),
                (200, r#""code":220005"#),
            ],
            Which::Pumpkin => [
                (200, r#"{"code":1,"msg":"sign-error"}"#),
                (200, r#""code":-1,"#),
                (200, r#""code":1,"#),
                (200, "sign-error"),
            ],
        }
    };
    for which in Which::ALL {
        let sim = start(which).await;
        let venue = sim.venue(which);
        let [wrong_secret, wrong_key, no_key, no_signature] = expected(which);
        for endpoint in venue.catalog().served().filter(|endpoint| endpoint.auth != Auth::None) {
            let (at, draft) = (at(which, endpoint), draft(endpoint, true, Change::None));
            let good = Pen::of(venue);
            let key = Pen { key: "unknown".into(), ..good.clone() };
            let reply = send(&sim, venue, &seal(which, endpoint, &draft, &key)).await.unwrap();
            assert_refused(&reply, wrong_key, &at);

            let mut wire = seal(which, endpoint, &draft, &good);
            wire.headers.retain(|(_, value)| *value != good.key);
            assert_refused(&send(&sim, venue, &wire).await.unwrap(), no_key, &at);

            if endpoint.auth != Auth::Signed {
                continue;
            }
            for pen in [Pen { secret: "wrong".into(), ..good.clone() }, Pen { leaks: true, ..good.clone() }] {
                let reply = send(&sim, venue, &seal(which, endpoint, &draft, &pen)).await.unwrap();
                assert_refused(&reply, wrong_secret, &at);
            }
            let mut wire = seal(which, endpoint, &draft, &good);
            wire.headers.retain(|(name, _)| !name.to_ascii_lowercase().contains("sign"));
            wire.target = wire.target.replace("signature=", "other=");
            wire.body = String::from_utf8(wire.body).unwrap().replace("signature=", "other=").into_bytes();
            assert_refused(&send(&sim, venue, &wire).await.unwrap(), no_signature, &at);
            assert_eq!(venue.executed(&endpoint.method, &endpoint.path), 0);
        }
    }
}

#[tokio::test]
async fn a_timestamp_outside_of_the_window_is_refused() {
    // How far behind and ahead is still fine, and what a refusal looks like.
    let windows = [
        (Which::HashKey, 5_000, 1_000, (400, "-1021")),
        (Which::BitMart, 60_000, 60_000, (401, "30007")),
        (Which::WexSpot, 5_000, 1_000, (200, "AUTH_105")),
        (Which::WexFutures, 5_000, 1_000, (403, "time window expired")),
        (Which::Hibt, 300_000, 300_000, (200, "220002")),
    ];
    for (which, behind, ahead, refused) in windows {
        let sim = start(which).await;
        let venue = sim.venue(which);
        for endpoint in venue.catalog().served().filter(|endpoint| endpoint.auth == Auth::Signed) {
            // A test run takes a while: half a second of slack on the inside.
            let cases =
                [(-behind - 1, false), (-behind + 500, true), (ahead - 500, true), (ahead + 1_500, false)];
            for (offset, fine) in cases {
                let mut pen = Pen::of(venue);
                pen.now_ms += offset;
                let wire = seal(which, endpoint, &draft(endpoint, false, Change::None), &pen);
                let reply = send(&sim, venue, &wire).await.unwrap();
                let at = format!("{} {offset}", at(which, endpoint));
                if fine {
                    assert_eq!(reply.body, endpoint.example, "{at}");
                } else {
                    assert_refused(&reply, refused, &at);
                }
            }
        }
    }
}

#[tokio::test]
async fn a_missing_or_empty_required_parameter_is_refused() {
    for which in Which::ALL {
        let sim = start(which).await;
        let venue = sim.venue(which);
        for endpoint in venue.catalog().served() {
            for param in
                endpoint.params.iter().filter(|p| p.required && !p.allow_empty && p.place != Place::Path)
            {
                let expected: Expected = match which {
                    Which::HashKey if is_quote(endpoint) => (400, r#""code":-100012,"#),
                    Which::HashKey => (400, r#""code":"0001","msg":"Required field "#),
                    Which::BitMart => (400, r#""code":40011,"#),
                    Which::WexSpot if param.name == "symbol" => (200, "SYMBOL_001"),
                    Which::WexSpot if param.name == "address" => (200, "WITHDRAW_005"),
                    Which::WexSpot => (200, "FUND_017"),
                    Which::WexFutures => (200, r#""code":"invalid_params""#),
                    Which::Hibt => (400, r#""code":210001"#),
                    Which::Pumpkin => (200, r#""code":1,"#),
                };
                for change in
                    [Change::LeaveOut(&param.name, param.place), Change::Empty(&param.name, param.place)]
                {
                    let reply =
                        send(&sim, venue, &sealed(which, venue, endpoint, false, change)).await.unwrap();
                    assert_refused(&reply, expected, &format!("{} {change:?}", at(which, endpoint)));
                }
            }
        }
    }
}

#[tokio::test]
async fn a_parameter_of_the_wrong_kind_is_refused() {
    for which in Which::ALL {
        let sim = start(which).await;
        let venue = sim.venue(which);
        for endpoint in venue.catalog().served() {
            let checked = endpoint.params.iter().filter(|param| {
                let item_alone = param.place == Place::Item
                    && !matches!(endpoint.placement, Placement::JsonArray | Placement::QueryJsonArray)
                    && !endpoint
                        .params
                        .iter()
                        .any(|p| p.place == Place::Body && p.kind == Kind::Array && p.required);
                !item_alone && !matches!(param.kind, Kind::String | Kind::Array) && param.place != Place::Path
            });
            for param in checked {
                // `HashKey` checks its own window parameter before anything else, with the same code.
                let fiat = endpoint.id == "fiat_history";
                let expected: Expected = match (which, param.name.as_str()) {
                    (Which::HashKey, "type") if fiat => (400, "-1177"),
                    (Which::HashKey, "status") if fiat => (400, "-1175"),
                    (Which::HashKey, "quantity") if endpoint.id == "withdraw" => (400, "-1168"),
                    (Which::HashKey, _) if is_quote(endpoint) => (400, r#""code":-100002,"#),
                    (Which::HashKey, "side") => (400, "-1117"),
                    (Which::HashKey, "type") => (400, "0206"),
                    (Which::HashKey, "timeInForce") => (400, "-1115"),
                    (Which::HashKey, "price") => (400, "-1124"),
                    (Which::HashKey, "quantity") => (400, "-1126"),
                    (Which::HashKey, _) => (400, r#""code":"-1130","#),
                    (Which::BitMart, "step") => (400, "40038"),
                    (Which::BitMart, "leverage") => (400, "40040"),
                    (Which::BitMart, "side") => (400, "40041"),
                    (Which::BitMart, "type") => (400, "40042"),
                    (Which::BitMart, "open_type") => (400, "40045"),
                    (Which::BitMart, _) => (400, r#""code":40011,"#),
                    (Which::WexSpot, _) => (200, "FUND_017"),
                    (Which::WexFutures, "direction") => (200, "invalid_direction"),
                    (Which::WexFutures, "limit") => (200, "invalid_limit"),
                    (Which::WexFutures, "page") => (200, "invalid_page"),
                    (Which::WexFutures, "size") => (200, "invalid_size"),
                    (Which::WexFutures, "timeInForce") => (200, "invalid_time_in_force"),
                    (Which::WexFutures, _) => (200, r#""code":"invalid_params""#),
                    (Which::Hibt, _) => (400, r#""code":210001"#),
                    (Which::Pumpkin, _) => (200, r#""code":1,"#),
                };
                let change = Change::Spoil(&param.name, param.place);
                let reply = send(&sim, venue, &sealed(which, venue, endpoint, false, change)).await.unwrap();
                assert_refused(&reply, expected, &format!("{} {change:?}", at(which, endpoint)));
            }
        }
    }
}

#[tokio::test]
async fn an_unknown_path_and_a_wrong_verb_get_the_venues_own_answer() {
    let expected = |which| -> (Expected, Expected) {
        match which {
            Which::HashKey => ((404, r#"{"code":"404","msg":"Not Found"}"#), (405, "-1020")),
            Which::BitMart => ((404, r#"{"msg":"Not found","code":30000}"#), (404, "30000")),
            Which::WexSpot | Which::WexFutures => (
                (404, r#""status":404,"error":"Not Found","path":"/nothing/here""#),
                (405, r#""status":405"#),
            ),
            Which::Hibt => ((404, r#"{"ErrCode":"ERR_NOT_FOUND","Args":null}"#), (404, "ERR_NOT_FOUND")),
            Which::Pumpkin => ((404, r#"{"code":404,"msg":"Not Found"}"#), (405, r#""code":405"#)),
        }
    };
    for which in Which::ALL {
        let sim = start(which).await;
        let venue = sim.venue(which);
        let (path, verb) = expected(which);
        let reply = send(&sim, venue, &Wire::get("/nothing/here?x=1")).await.unwrap();
        assert_refused(&reply, path, which.id());
        let endpoint = venue.catalog().served().next().unwrap();
        let patch = Wire { method: "PATCH".into(), ..Wire::get(&endpoint.path) };
        assert_refused(&send(&sim, venue, &patch).await.unwrap(), verb, which.id());
    }
    let sim = start(Which::HashKey).await;
    let reply = send(&sim, sim.venue(Which::HashKey), &Wire::get("/quote/v9/none")).await.unwrap();
    assert_refused(&reply, (404, r#"{"code":404}"#), "quote");
}

#[tokio::test]
async fn the_prefix_is_part_of_the_path() {
    for which in [Which::Hibt, Which::Pumpkin] {
        let sim = start(which).await;
        let venue = sim.venue(which);
        let endpoint = venue.catalog().served().find(|endpoint| endpoint.path.ends_with("/time")).unwrap();
        let wire = sealed(which, venue, endpoint, false, Change::None);
        assert_eq!(crate::client::raw(&sim, venue, &wire.bytes("")).await.unwrap().status, 404);
        assert_eq!(send(&sim, venue, &wire).await.unwrap().status, 200);
    }
}

#[tokio::test]
async fn the_time_is_the_venues_own() {
    let paths = [
        (Which::HashKey, "/api/v1/time", r#"{"serverTime":"#),
        (Which::WexSpot, "/v4/public/time", r#""serverTime":"#),
        (Which::Hibt, "/v2/server/time", r#""serverTime":"#),
        (Which::Pumpkin, "/v2/public/time", r#""data":"#),
    ];
    for (which, path, before) in paths {
        let ahead = Sim::builder()
            .stateful(false)
            .limits(false)
            .venue(which)
            .plain(true)
            .clock_offset_ms(86_400_000)
            .start()
            .await
            .unwrap();
        let venue = ahead.venue(which);
        let endpoint = venue.catalog().served().find(|endpoint| endpoint.path == path).unwrap();
        let reply = send(&ahead, venue, &sealed(which, venue, endpoint, false, Change::None)).await.unwrap();
        let digits = reply.body.split_once(before).unwrap().1;
        let time: i64 = digits.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap();
        assert!(venue.clock().now_ms().abs_diff(time) < 60_000, "{which}: {}", reply.body);
    }
}

#[tokio::test]
async fn undocumented_parameters_are_signed_and_ignored() {
    for which in Which::ALL {
        let sim = start(which).await;
        let venue = sim.venue(which);
        let endpoint = venue
            .catalog()
            .served()
            .find(|e| e.auth == Auth::Signed && e.method == "GET" && !e.path.ends_with("/time"));
        // `BitMart` signs no GET.
        let Some(endpoint) = endpoint else { continue };
        let mut draft = draft(endpoint, false, Change::None);
        let extra = crate::draft::Value { text: "a b,c".into(), json: "\"a b,c\"".into() };
        draft.query.push(("undocumented".to_owned(), extra));
        let wire = seal(which, endpoint, &draft, &Pen::of(venue));
        let wire = Wire { target: wire.target.replace("a b,c", "a%20b,c"), ..wire };
        assert_eq!(send(&sim, venue, &wire).await.unwrap().body, endpoint.example, "{which}");
        // Changed after signing, it breaks the signature.
        let tampered = Wire { target: wire.target.replace("undocumented=a", "undocumented=z"), ..wire };
        assert_ne!(send(&sim, venue, &tampered).await.unwrap().body, endpoint.example, "{which}");
    }
}

#[tokio::test]
async fn hashkey_takes_either_header_name_and_parameters_in_the_query_of_a_post() {
    let which = Which::HashKey;
    let sim = start(which).await;
    let venue = sim.venue(which);
    let endpoint = venue.catalog().served().find(|endpoint| endpoint.id == "create_order_v1").unwrap();
    let mut moved = draft(endpoint, false, Change::None);
    moved.query = std::mem::take(&mut moved.body);
    moved.placement = Placement::Query;
    let mut wire = seal(which, endpoint, &moved, &Pen::of(venue));
    for (name, _) in &mut wire.headers {
        *name = name.replace("X-HK-APIKEY", "X-APIKEY");
    }
    let reply = send(&sim, venue, &wire).await.unwrap();
    assert_eq!(reply.body, endpoint.example);
}

#[tokio::test]
async fn a_wider_window_is_honoured_where_it_is_documented() {
    for (which, name) in [(Which::WexFutures, "validate-recvwindow"), (Which::HashKey, "recvWindow")] {
        let sim = start(which).await;
        let venue = sim.venue(which);
        let endpoint =
            venue.catalog().served().find(|e| e.auth == Auth::Signed && e.method == "GET").unwrap();
        let mut pen = Pen::of(venue);
        pen.now_ms -= 30_000;
        let mut draft = draft(endpoint, false, Change::None);
        if which == Which::HashKey {
            draft
                .query
                .push((name.to_owned(), crate::draft::Value { text: "60000".into(), json: String::new() }));
        }
        let mut wire = seal(which, endpoint, &draft, &pen);
        if which == Which::WexFutures {
            wire.headers.push((name.to_owned(), "60000".to_owned()));
        }
        assert_eq!(send(&sim, venue, &wire).await.unwrap().body, endpoint.example, "{which}");
    }
}

#[tokio::test]
async fn bitmart_insists_on_json() {
    let which = Which::BitMart;
    let sim = start(which).await;
    let venue = sim.venue(which);
    let endpoint = venue.catalog().served().find(|endpoint| endpoint.method == "POST").unwrap();
    let mut wire = sealed(which, venue, endpoint, false, Change::None);
    wire.headers.retain(|(name, _)| name != "Content-Type");
    assert_refused(&send(&sim, venue, &wire).await.unwrap(), (503, "30018"), "no content type");
}

#[tokio::test]
async fn bitmart_tells_what_has_been_used() {
    let which = Which::BitMart;
    let sim = start(which).await;
    let venue = sim.venue(which);
    let endpoint =
        venue.catalog().served().find(|e| e.limits.first().is_some_and(|l| l.window_ms >= 1000)).unwrap();
    let reply = send(&sim, venue, &sealed(which, venue, endpoint, false, Change::None)).await.unwrap();
    assert_eq!(reply.header("x-bm-ratelimit-remaining"), Some("1"));
    let limit = &endpoint.limits[0];
    assert_eq!(reply.header("x-bm-ratelimit-limit"), Some(limit.count.to_string().as_str()));
    assert_eq!(reply.header("x-bm-ratelimit-reset"), Some((limit.window_ms / 1000).to_string().as_str()));
}

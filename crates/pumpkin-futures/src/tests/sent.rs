//! What goes over the wire: every request once, a file a chapter.

mod account;
mod entrusts;
mod market;
mod orders;

use super::*;

/// A request, its verb and path, and the text that is signed and sent.
type Sent = (Box<dyn AnyRequest>, &'static str, &'static str);

fn sent(request: impl Endpoint<Venue = Pumpkin>, route: &'static str, text: &'static str) -> Sent {
    (Box::new(request), route, text)
}

fn check(requests: &[Sent]) -> Vec<&'static str> {
    for (request, route, text) in requests {
        let (verb, path) = route.split_once(' ').unwrap();
        let prepared = snapshot(&**request);
        let (query, body) = match (verb, *text) {
            (_, "") => (String::new(), None),
            ("GET", text) => (format!("?{text}"), None),
            (_, text) => (String::new(), Some(text)),
        };
        assert_eq!((prepared.method.as_str(), prepared.body.as_deref()), (verb, body), "{}", request.name());
        assert_eq!(prepared.url, format!("{BASE}{path}{query}"));
        assert_eq!(prepared.string_to_sign.as_deref(), Some(*text));
        let names: Vec<_> = prepared.headers.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names.len(), 3, "{names:?}");
        assert_eq!(header(&prepared, "X_ACCESS_KEY"), Some("YOUR_ACCESS_KEY"));
        assert_eq!(header(&prepared, "Content-Type"), Some("application/x-www-form-urlencoded"));
        assert_eq!(signature(&prepared).len(), 64);
        assert_eq!(signature(&prepared) == NOTHING, text.is_empty());
    }
    requests.iter().map(|(request, ..)| request.name()).collect()
}

#[test]
fn every_request_goes_out_as_documented() {
    let mut names = check(&market::market());
    names.extend(check(&market::aggregators()));
    names.extend(check(&orders::orders()));
    names.extend(check(&orders::order_lists()));
    names.extend(check(&account::positions()));
    names.extend(check(&entrusts::plans()));
    names.extend(check(&entrusts::profits()));
    names.extend(check(&entrusts::order_entrusts()));
    names.extend(check(&account::account()));
    let missing: Vec<_> =
        ENDPOINTS.iter().map(|operation| operation.name).filter(|name| !names.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

const START: Millis = Millis::new(1_672_444_800_000);
const END: Millis = Millis::new(1_672_531_200_000);

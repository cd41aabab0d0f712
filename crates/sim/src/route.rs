//! From a path to a documented endpoint.

use crate::data::{Catalog, Endpoint};
use crate::request::decode;

/// A matched endpoint.
#[derive(Debug)]
pub(crate) struct Route<'a> {
    pub(crate) endpoint: &'a Endpoint,
    /// The values in the path, by name.
    pub(crate) values: Vec<(String, String)>,
}

/// Why nothing matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Miss {
    Path,
    Method,
}

/// Finds the endpoint for `method` on `path`; a literal path wins over a template.
pub(crate) fn find<'a>(catalog: &'a Catalog, method: &str, path: &str) -> Result<Route<'a>, Miss> {
    let mut miss = Miss::Path;
    let mut found: Option<Route<'a>> = None;
    for endpoint in catalog.served() {
        let Some(values) = matched(&endpoint.path, path) else { continue };
        miss = Miss::Method;
        if endpoint.method != method {
            continue;
        }
        if values.is_empty() {
            return Ok(Route { endpoint, values });
        }
        found.get_or_insert(Route { endpoint, values });
    }
    found.ok_or(miss)
}

fn matched(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    if !template.contains('{') {
        return (template == path).then(Vec::new);
    }
    let mut values = Vec::new();
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(values),
            (Some(want), Some(have)) => {
                match want.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
                    Some(name) if !have.is_empty() => values.push((name.to_owned(), decode(have))),
                    None if want == have => {}
                    _ => return None,
                }
            }
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::which::Which;

    #[test]
    fn templates_literals_and_misses() {
        let catalog = Catalog::load(Which::WexSpot).unwrap();
        let route = find(&catalog, "DELETE", "/v4/order/77").unwrap();
        assert_eq!(route.endpoint.path, "/v4/order/{orderId}");
        assert_eq!(route.values, [("orderId".to_owned(), "77".to_owned())]);
        assert_eq!(find(&catalog, "POST", "/v4/order").unwrap().endpoint.path, "/v4/order");
        assert_eq!(find(&catalog, "PATCH", "/v4/order").unwrap_err(), Miss::Method);
        assert_eq!(find(&catalog, "GET", "/v4/order/").unwrap_err(), Miss::Path);
        assert_eq!(find(&catalog, "GET", "/v4/nothing").unwrap_err(), Miss::Path);
    }
}

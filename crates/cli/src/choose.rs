//! From REQUEST and PARAMS_JSON to one request, or to the reason why there isn't one.

use std::sync::Arc;

use venue_core::{AnyRequest as _, Auth, Invalid, Operation, Param, Source, Venue};

use crate::arranged::Arranged;
use crate::given::{Given, Members};
use crate::venues::{Plan, Row, Window};

/// The request that was meant, on the venue as it has to be for it.
pub(crate) struct Chosen {
    pub(crate) venue: Arc<dyn Venue>,
    pub(crate) operation: Operation,
    pub(crate) request: Arranged,
}

/// REQUEST, taken apart.
enum Ask<'a> {
    Name(&'a str),
    Route { verb: &'static str, path: &'a str },
}

impl<'a> Ask<'a> {
    fn parse(text: &'a str) -> Result<Self, Invalid> {
        let mut words = text.split_ascii_whitespace();
        let (verb, path) = match (words.next(), words.next(), words.next()) {
            (Some(name), None, None) if !name.contains('/') => return Ok(Self::Name(name)),
            (Some(verb), Some(path), None) => (verb, path),
            _ => return Err(Invalid::new(format!("request {text:?}: a name, or 'METHOD /path'"))),
        };
        let known =
            ["GET", "POST", "PUT", "DELETE"].into_iter().find(|known| verb.eq_ignore_ascii_case(known));
        let Some(verb) = known else {
            return Err(Invalid::new(format!("method {verb:?}: one of GET, POST, PUT, DELETE")));
        };
        if !path.starts_with('/') {
            return Err(Invalid::new(format!("path {path:?} must begin with a slash")));
        }
        if path.contains(['?', '#']) {
            return Err(Invalid::new("parameters belong into PARAMS_JSON, not into the path"));
        }
        Ok(Self::Route { verb, path })
    }
}

/// Every request type that REQUEST may mean, for reading an answer; empty when no type has the path.
pub(crate) fn candidates(row: &Row, ask: &str) -> Result<Vec<Operation>, Invalid> {
    match Ask::parse(ask)? {
        Ask::Name(name) => Ok(vec![by_name(row, name)?]),
        Ask::Route { verb, path } => Ok(on_route(row, verb, path).copied().collect()),
    }
}

/// Chooses the request. One that no type has is signed when `raw` says so.
pub(crate) fn request(row: &Row, ask: &str, given: &Given, raw: Auth) -> Result<Chosen, Invalid> {
    match Ask::parse(ask)? {
        Ask::Name(name) => {
            let operation = by_name(row, name)?;
            fit(row, operation, given).map_err(|invalid| at(row, &operation, &invalid))
        }
        Ask::Route { verb, path } if on_route(row, verb, path).next().is_none() => {
            untyped(row, verb, path, given, raw)
        }
        Ask::Route { verb, path } => by_route(row, verb, path, given),
    }
}

fn by_name(row: &Row, name: &str) -> Result<Operation, Invalid> {
    if let Some(operation) = row.endpoints.iter().find(|operation| operation.name == name) {
        return Ok(*operation);
    }
    let venue = row.which;
    let wanted = plain(name);
    let mut alike: Vec<&str> = row.endpoints.iter().map(|operation| operation.name).collect();
    if alike.iter().any(|known| plain(known) == wanted) {
        alike.retain(|known| plain(known) == wanted);
    } else {
        let is_near = |known: &str| known.contains(&wanted) || wanted.contains(known);
        alike.retain(|known| !wanted.is_empty() && is_near(&plain(known)));
        // The closest first: those with the least that wasn't said.
        alike.sort_by_key(|known| known.len().abs_diff(wanted.len()));
        alike.truncate(4);
    }
    Err(Invalid::new(if alike.is_empty() {
        format!("{venue} has no request {name}; `venue endpoints {venue}` lists them")
    } else {
        format!("{venue} has no request {name}; did you mean {}?", alike.join(" or "))
    }))
}

/// A name without what people spell differently: case, dashes, underscores.
fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

fn on_route<'r>(row: &'r Row, verb: &str, path: &str) -> impl Iterator<Item = &'r Operation> {
    row.endpoints.iter().filter(move |operation| operation.spec.verb() == verb && operation.spec.path == path)
}

fn by_route(row: &Row, verb: &str, path: &str, given: &Given) -> Result<Chosen, Invalid> {
    let (sweeping, plain): (Vec<_>, Vec<_>) =
        on_route(row, verb, path).partition(|operation| operation.spec.sweeping);
    if plain.is_empty() {
        return Err(by_name_only(row, verb, path, &sweeping));
    }
    let (mut fits, mut misses) = (Vec::new(), Vec::new());
    for operation in plain {
        match fit(row, *operation, given) {
            Ok(chosen) => fits.push(chosen),
            Err(invalid) => misses.push(at(row, operation, &invalid).to_string()),
        }
    }
    // Documented rules decide between two that could take the parameters.
    if fits.len() > 1 && fits.iter().any(|chosen| chosen.request.check().is_ok()) {
        fits.retain(|chosen| chosen.request.check().is_ok());
    }
    match (fits.pop(), fits.as_slice()) {
        (Some(chosen), []) => Ok(chosen),
        (Some(last), others) => {
            let others = others.iter().map(|chosen| chosen.operation.name);
            let names = others.chain([last.operation.name]).collect::<Vec<_>>().join(" and ");
            let venue = row.which;
            Err(Invalid::new(format!("{venue}: {names} fit {verb} {path} alike; choose one by its name")))
        }
        (None, _) => {
            let mut said = misses.join("; ");
            if !sweeping.is_empty() {
                said.push_str("; what cancels or closes everything is chosen by its name only: ");
                said.push_str(&names(&sweeping));
            }
            Err(Invalid::new(said))
        }
    }
}

fn by_name_only(row: &Row, verb: &str, path: &str, sweeping: &[&Operation]) -> Invalid {
    Invalid::new(format!(
        "{}: {verb} {path} cancels or closes everything in its reach and is chosen by its name only: {}",
        row.which,
        names(sweeping)
    ))
}

fn names(operations: &[&Operation]) -> String {
    operations.iter().map(|operation| operation.name).collect::<Vec<_>>().join(", ")
}

fn at(row: &Row, operation: &Operation, invalid: &Invalid) -> Invalid {
    Invalid::new(format!("{} {}: {invalid}", row.which, operation.name))
}

/// Builds the request of this type, if it takes all that is given.
fn fit(row: &Row, operation: Operation, given: &Given) -> Result<Chosen, Invalid> {
    let fields = operation.fields();
    let mut members = given.named(operation.spec.placement, &fields)?;
    let names = members.names().into_iter().map(str::to_owned).collect();
    let inner = members.inner_names();
    let (mut venue, mut extras) = (Arc::clone(&row.venue), Vec::new());
    let has_own = fields.iter().any(|field| field.name == WINDOW);
    if operation.spec.auth == Auth::Signed && !has_own {
        match row.window {
            Window::None => {}
            Window::Parameter => {
                extras = members.remove(WINDOW).map_or(Ok(Vec::new()), |raw| window(&raw))?;
            }
            Window::Venue(with) => venue = of_window(members.remove(WINDOW), with)?.unwrap_or(venue),
        }
    }
    let request = loop {
        let text = members.text();
        let mut source = Source::parse(&text)?;
        match operation.build(&mut source) {
            Ok(request) => {
                source.finish()?;
                break request;
            }
            Err(invalid) if members.split_list(&invalid) => {}
            Err(invalid) => return Err(invalid),
        }
    };
    Ok(Chosen { venue, operation, request: Arranged { request, names, inner, extras } })
}

const WINDOW: &str = "recvWindow";

/// `recvWindow` as a parameter of its own.
fn window(raw: &serde_json::value::RawValue) -> Result<Vec<Param<'static>>, Invalid> {
    read_window(raw)?;
    Members(vec![(WINDOW.to_owned(), raw.to_owned())]).params()
}

/// The venue with a window of this many milliseconds.
fn of_window(
    raw: Option<Box<serde_json::value::RawValue>>,
    with: fn(u32) -> Arc<dyn Venue>,
) -> Result<Option<Arc<dyn Venue>>, Invalid> {
    raw.map(|raw| read_window(&raw).map(with)).transpose()
}

fn read_window(raw: &serde_json::value::RawValue) -> Result<u32, Invalid> {
    let token = venue_core::wire::Token::from_json(raw.get()).ok();
    let window = token.as_ref().and_then(|token| token.text()?.parse().ok());
    window.ok_or_else(|| Invalid::new(format!("{WINDOW}: a whole number of milliseconds")))
}

/// A request to a path that no type has.
fn untyped(row: &Row, verb: &'static str, path: &str, given: &Given, auth: Auth) -> Result<Chosen, Invalid> {
    let is_meant = |operation: &&Operation| operation.spec.sweeping && operation.spec.verb() == verb;
    if let Some(operation) = row.endpoints.iter().filter(is_meant).find(|op| is_same(op.spec.path, path)) {
        return Err(by_name_only(row, verb, path, &[operation]));
    }
    let mut given = given.clone();
    if matches!(given, Given::List(_)) && !matches!(verb, "POST" | "PUT") {
        return Err(Invalid::new(format!("{verb} has no body for an array; give an object of parameters")));
    }
    let added = given.names().into_iter().find(|name| row.reserved.contains(name));
    if let (Some(name), Auth::Signed) = (added, auth) {
        return Err(Invalid::new(format!("{name} is added by {}'s signature; leave it out", row.which)));
    }
    let mut venue = Arc::clone(&row.venue);
    if let (Window::Venue(with), Auth::Signed, Some(members)) = (row.window, auth, given.members_mut()) {
        venue = of_window(members.remove(WINDOW), with)?.unwrap_or(venue);
    }
    let form = venue.posts_forms() && !matches!(given, Given::List(_));
    let plan = Plan { verb, path: path.to_owned(), params: given.untyped()?, form, auth };
    let request = (row.raw)(plan);
    let request = Arranged { request, names: Vec::new(), inner: Vec::new(), extras: Vec::new() };
    Ok(Chosen { venue, operation: row.raw_operation, request })
}

/// Whether a path is the one that a template means, however it is spelled.
fn is_same(template: &str, path: &str) -> bool {
    let pieces = |text: &str| -> Vec<String> {
        text.split('/').filter(|piece| !piece.is_empty()).map(str::to_ascii_lowercase).collect()
    };
    let (template, path) = (pieces(template), pieces(path));
    template.len() == path.len()
        && template.iter().zip(&path).all(|(wanted, piece)| wanted.starts_with('{') || wanted == piece)
}

#[cfg(test)]
mod tests {
    use bitmart_futures::BitMart;
    use venue_core::{Empty, Endpoint, Price, Spec, Symbol, request};
    use venue_sim::Which;

    use super::*;

    request! {
        /// Takes a symbol.
        pub(crate) struct One { symbol: Symbol }
        optional {
            /// A price above nothing.
            price: Price,
        }
    }

    request! {
        /// Takes a symbol too.
        pub(crate) struct Other { symbol: Symbol }
        optional {
            /// A price.
            price: Price,
            /// Orders.
            list: Vec<One>,
        }
    }

    const SPEC: Spec = Spec::post("/thing").json().signed();

    impl Endpoint for One {
        type Venue = BitMart;
        type Response = Empty;
        const SPEC: Spec = SPEC;

        fn check(&self) -> Result<(), Invalid> {
            let is_nothing = self.price.is_some_and(|price| price.decimal().is_zero());
            if is_nothing { Err(Invalid::new("price is nothing")) } else { Ok(()) }
        }
    }

    impl Endpoint for Other {
        type Venue = BitMart;
        type Response = Empty;
        const SPEC: Spec = SPEC;
    }

    static ENDPOINTS: &[Operation] = &[Operation::of::<One>(), Operation::of::<Other>()];

    fn choose(params: &str) -> Result<Chosen, Invalid> {
        let row = Row { endpoints: ENDPOINTS, ..crate::venues::row(Which::BitMart) };
        request(&row, "post /thing", &Given::parse(params)?, Auth::Signed)
    }

    fn why(params: &str) -> String {
        choose(params).err().unwrap().to_string()
    }

    #[test]
    fn two_that_fit_are_an_error_that_names_both() {
        let alike = "bitmart: One and Other fit POST /thing alike; choose one by its name";
        assert_eq!(why(r#"{"symbol":"A"}"#), alike);
        assert_eq!(why(r#"{"price":1,"symbol":"A"}"#), alike);
    }

    #[test]
    fn the_one_that_takes_all_parameters_is_chosen() {
        assert_eq!(choose(r#"{"symbol":"A","list":[]}"#).unwrap().operation.name, "Other");
        // A documented rule that the other doesn't have.
        assert_eq!(choose(r#"{"symbol":"A","price":"0"}"#).unwrap().operation.name, "Other");
        let neither = why(r#"{"symbol":"A","x":1}"#);
        assert_eq!(neither, "bitmart One: unknown parameter: x; bitmart Other: unknown parameter: x");
    }

    #[test]
    fn the_order_given_is_kept_inside_of_lists_too() {
        let params = r#"{"list":[{"price":"1.0","symbol":"B"},{"symbol":"C","price":"2.0"}],"symbol":"A"}"#;
        let chosen = choose(params).unwrap();
        let mut json = String::new();
        chosen.request.params().write_json(&mut json);
        assert_eq!(json, params);
    }
}

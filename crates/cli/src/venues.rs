//! The six venues: the one place where a venue's crate plugs in.

use std::sync::Arc;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use venue_core::ws::Channels;
use venue_core::{AnyRequest, Auth, Operation, Param, Raw, Venue};
use venue_sim::Which;

/// A venue, with all its requests.
pub(crate) struct Row {
    /// Which one.
    pub(crate) which: Which,
    /// Its requests.
    pub(crate) endpoints: &'static [Operation],
    /// Its channels.
    pub(crate) channels: Channels,
    /// The venue as it is by default.
    pub(crate) venue: Arc<dyn Venue>,
    /// A request to any path.
    pub(crate) raw: fn(Plan) -> Box<dyn AnyRequest>,
    /// The operation that decodes the answer of a request to any path.
    pub(crate) raw_operation: Operation,
    /// What `recvWindow` is among the parameters.
    pub(crate) window: Window,
    /// Parameters that the signature itself adds.
    pub(crate) reserved: &'static [&'static str],
}

/// What `recvWindow` is among the parameters of a signed request.
#[derive(Clone, Copy)]
pub(crate) enum Window {
    /// Nothing special.
    None,
    /// A parameter that any signed request takes.
    Parameter,
    /// A field of the venue value.
    Venue(fn(u32) -> Arc<dyn Venue>),
}

/// A request to any path, before it has a venue's type.
pub(crate) struct Plan {
    pub(crate) verb: &'static str,
    pub(crate) path: String,
    pub(crate) params: Vec<Param<'static>>,
    /// Whether parameters in a body make a form.
    pub(crate) form: bool,
    pub(crate) auth: Auth,
}

/// A venue by its name.
pub(crate) fn row(which: Which) -> Row {
    match which {
        Which::HashKey => {
            Row::new(which, hashkey_api::ENDPOINTS, hashkey_api::feed::CHANNELS, hashkey_api::HashKey::new())
                .window(Window::Parameter)
                .reserved(&["timestamp", "signature"])
        }
        Which::BitMart => Row::new(
            which,
            bitmart_futures::ENDPOINTS,
            bitmart_futures::feed::CHANNELS,
            bitmart_futures::BitMart::new(),
        ),
        Which::WexSpot => {
            Row::new(which, wex_spot::ENDPOINTS, wex_spot::feed::CHANNELS, wex_spot::WexSpot::new())
                .window(Window::Venue(|millis| Arc::new(wex_spot::WexSpot::new().recv_window(millis))))
        }
        Which::WexFutures => Row::new(
            which,
            wex_futures::ENDPOINTS,
            wex_futures::feed::CHANNELS,
            wex_futures::WexFutures::usdt_m(),
        ),
        Which::Hibt => Row::new(which, hibt_api::ENDPOINTS, hibt_api::feed::CHANNELS, hibt_api::Hibt::new())
            .reserved(&["timestamp"]),
        Which::Pumpkin => Row::new(
            which,
            pumpkin_futures::ENDPOINTS,
            pumpkin_futures::feed::CHANNELS,
            pumpkin_futures::Pumpkin::new(),
        ),
    }
}

impl Row {
    fn new<V: Venue + Clone>(
        which: Which,
        endpoints: &'static [Operation],
        channels: Channels,
        venue: V,
    ) -> Self {
        Self {
            which,
            endpoints,
            channels,
            venue: Arc::new(venue),
            raw: raw::<V>,
            raw_operation: Operation::of::<Raw<V>>(),
            window: Window::None,
            reserved: &[],
        }
    }

    fn window(mut self, window: Window) -> Self {
        self.window = window;
        self
    }

    fn reserved(mut self, names: &'static [&'static str]) -> Self {
        self.reserved = names;
        self
    }
}

fn raw<V: Venue + Clone>(plan: Plan) -> Box<dyn AnyRequest> {
    let Plan { verb, path, params, form, auth } = plan;
    let raw: Raw<V> = match verb {
        "POST" => Raw::post(path),
        "PUT" => Raw::put(path),
        "DELETE" => Raw::delete(path),
        _ => Raw::get(path),
    };
    let raw = if form && matches!(verb, "POST" | "PUT") { raw.form() } else { raw };
    let raw = match auth {
        Auth::None => raw,
        Auth::Key => raw.keyed(),
        Auth::Signed => raw.signed(),
    };
    Box::new(raw.params(params))
}

/// Reads a venue's name from the command line.
pub(crate) fn parser() -> impl TypedValueParser<Value = Which> {
    PossibleValuesParser::new(Which::ALL.map(Which::id)).try_map(|text| text.parse::<Which>())
}

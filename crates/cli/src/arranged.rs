//! A chosen request whose parameters go out in the order in which they were given.

use venue_core::{AnyRequest, ClientOrderId, Costs, Invalid, Param, Params, Spec, Value};

/// A request with the order of its parameters, and parameters that its type doesn't have.
#[derive(Debug)]
pub(crate) struct Arranged {
    pub(crate) request: Box<dyn AnyRequest>,
    /// The names in the order given; others follow.
    pub(crate) names: Vec<String>,
    /// The same for the objects in lists.
    pub(crate) inner: Vec<(String, Vec<Vec<String>>)>,
    /// Further parameters.
    pub(crate) extras: Vec<Param<'static>>,
}

impl AnyRequest for Arranged {
    fn name(&self) -> &'static str {
        self.request.name()
    }

    fn spec(&self) -> Spec {
        self.request.spec()
    }

    fn path(&self) -> &str {
        self.request.path()
    }

    fn params(&self) -> Params<'_> {
        let mut params = Params::new();
        for param in &self.request.params() {
            let mut param = param.clone();
            if let Some((_, rows)) = self.inner.iter().find(|(name, _)| *name == param.name) {
                arrange(&mut param.value, rows);
            }
            params.push_param(param);
        }
        for extra in &self.extras {
            params.push_param(extra.clone());
        }
        reorder(&mut params, &self.names);
        params
    }

    fn costs(&self) -> Costs {
        self.request.costs()
    }

    fn check(&self) -> Result<(), Invalid> {
        self.request.check()
    }

    fn client_order_ids(&mut self, slot: &mut dyn FnMut(&mut Option<ClientOrderId>)) {
        self.request.client_order_ids(slot);
    }
}

fn arrange(value: &mut Value<'_>, rows: &[Vec<String>]) {
    let Value::List(values) = value else { return };
    for (value, names) in values.iter_mut().zip(rows) {
        if let Value::Object(params) = value {
            reorder(params, names);
        }
    }
}

fn reorder(params: &mut Params<'_>, names: &[String]) {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    params.reorder(&names);
}

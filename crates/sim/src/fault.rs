//! Scripted faults: what goes wrong, for which requests, how often.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;

/// Something that goes wrong with a request.
///
/// A fault alone hits the next request, whatever it is; [`on`](Self::on), [`times`](Self::times) and
/// [`always`](Self::always) make a [`Script`] of it. A request takes at most one fault: the oldest one that
/// matches it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Another answer in place of the venue's; nothing is executed.
    Status {
        /// The HTTP status.
        status: u16,
        /// The body, of any bytes.
        body: Bytes,
        /// Headers, such as `retry-after`; names and values that HTTP can't carry are left out.
        headers: Vec<(String, String)>,
    },
    /// The request is handled, but the answer is HTTP 200 with this body: garbage, HTML, nothing, too much.
    Body(Bytes),
    /// The request is handled at once and answered this much later.
    Delay(Duration),
    /// The request is read, not executed, and the connection closed without an answer.
    CloseBeforeAnswer,
    /// The request is handled and the connection closed without an answer.
    ExecuteThenDrop,
    /// The request is handled, but the connection closes after half of the answer's body.
    TruncateAnswer,
    /// HTTP 307 to another place; nothing is executed.
    Redirect(String),
    /// A new connection is closed as soon as the client speaks, without reading: over TCP, a reset. Requests
    /// have no part in it, so [`on`](Self::on) doesn't narrow it.
    ResetOnAccept,
}

impl Fault {
    /// A bare [`Status`](Self::Status) with this body.
    #[must_use]
    pub fn status(status: u16, body: impl Into<Bytes>) -> Self {
        Self::Status { status, body: body.into(), headers: Vec::new() }
    }

    /// HTTP 200 with this body.
    #[must_use]
    pub fn body(body: impl Into<Bytes>) -> Self {
        Self::Body(body.into())
    }

    /// Only for requests with this verb on this path: the documented template or a concrete path.
    #[must_use]
    pub fn on(self, method: &str, path: &str) -> Script {
        Script::from(self).on(method, path)
    }

    /// For the next `times` requests.
    #[must_use]
    pub fn times(self, times: u32) -> Script {
        Script::from(self).times(times)
    }

    /// For every request, until the script is cleared.
    #[must_use]
    pub fn always(self) -> Script {
        Script::from(self).always()
    }
}

/// A fault with the requests it applies to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    fault: Fault,
    on: Option<(String, String)>,
    left: Option<u32>,
}

impl From<Fault> for Script {
    /// Once, for any request.
    fn from(fault: Fault) -> Self {
        Self { fault, on: None, left: Some(1) }
    }
}

impl Script {
    /// Only for requests with this verb on this path: the documented template or a concrete path.
    #[must_use]
    pub fn on(mut self, method: &str, path: &str) -> Self {
        self.on = Some((method.to_owned(), path.to_owned()));
        self
    }

    /// For the next `times` requests that match.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.left = Some(times);
        self
    }

    /// For every request that matches, until the script is cleared.
    #[must_use]
    pub fn always(mut self) -> Self {
        self.left = None;
        self
    }

    fn matches(&self, method: &str, paths: &[&str]) -> bool {
        self.fault != Fault::ResetOnAccept
            && self.on.as_ref().is_none_or(|(verb, path)| verb == method && paths.contains(&path.as_str()))
    }
}

/// The faults that are still to come, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    scripts: Mutex<Vec<Script>>,
}

impl Faults {
    fn lock(&self) -> MutexGuard<'_, Vec<Script>> {
        self.scripts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn add(&self, script: Script) {
        if script.left != Some(0) {
            self.lock().push(script);
        }
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    /// The fault for a request that is known by any of `paths`.
    pub(crate) fn for_request(&self, method: &str, paths: &[&str]) -> Option<Fault> {
        self.take(|script| script.matches(method, paths))
    }

    /// Whether a new connection is to be reset.
    pub(crate) fn for_connection(&self) -> bool {
        self.take(|script| script.fault == Fault::ResetOnAccept).is_some()
    }

    fn take(&self, wanted: impl Fn(&Script) -> bool) -> Option<Fault> {
        let mut scripts = self.lock();
        let at = scripts.iter().position(wanted)?;
        let script = scripts.get_mut(at)?;
        let fault = script.fault.clone();
        if let Some(left) = &mut script.left {
            *left = left.saturating_sub(1);
            if *left == 0 {
                scripts.remove(at);
            }
        }
        Some(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_takes_the_oldest_fault_that_matches() {
        let faults = Faults::default();
        faults.add(Fault::CloseBeforeAnswer.on("POST", "/a").times(2));
        faults.add(Fault::ExecuteThenDrop.into());
        faults.add(Fault::TruncateAnswer.always());
        assert_eq!(faults.for_request("POST", &["/x", "/a"]), Some(Fault::CloseBeforeAnswer));
        assert_eq!(faults.for_request("GET", &["/a"]), Some(Fault::ExecuteThenDrop));
        assert_eq!(faults.for_request("GET", &["/a"]), Some(Fault::TruncateAnswer));
        assert_eq!(faults.for_request("POST", &["/a"]), Some(Fault::CloseBeforeAnswer));
        assert_eq!(faults.for_request("POST", &["/a"]), Some(Fault::TruncateAnswer));
        assert!(!faults.for_connection());
        faults.clear();
        assert_eq!(faults.for_request("POST", &["/a"]), None);
    }

    #[test]
    fn resets_belong_to_connections() {
        let faults = Faults::default();
        faults.add(Fault::ResetOnAccept.into());
        assert_eq!(faults.for_request("GET", &["/"]), None);
        assert!(faults.for_connection());
        assert!(!faults.for_connection());
    }
}

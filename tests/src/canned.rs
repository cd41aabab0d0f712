//! A transport that answers by itself.

use std::sync::{Arc, Mutex, PoisonError};

use venue_core::http::{Outgoing, Reply, Sent, Transport, TransportError};
use venue_core::http_types::{HeaderMap, StatusCode};

/// Gives the answers that it was told, one a request and all with status 200, and keeps what it was asked.
#[derive(Debug, Default)]
pub struct Canned {
    answers: Mutex<Vec<&'static str>>,
    asked: Mutex<Vec<String>>,
}

impl Canned {
    /// One that gives these answers, in this order.
    #[must_use]
    pub fn answering(answers: &[&'static str]) -> Arc<Self> {
        let canned = Self::default();
        canned.answer(answers);
        Arc::new(canned)
    }

    /// Gives these from now on, in place of those that were left.
    pub fn answer(&self, answers: &[&'static str]) {
        *self.answers.lock().unwrap_or_else(PoisonError::into_inner) = answers.to_vec();
    }

    /// The URLs and bodies of all requests so far, with a space between.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[async_trait::async_trait]
impl Transport for Canned {
    async fn exchange(&self, request: Outgoing, sent: &Sent) -> Result<Reply, TransportError> {
        sent.mark();
        let asked = format!("{} {}", request.uri, String::from_utf8_lossy(&request.body));
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(asked);
        let body = self.answers.lock().unwrap_or_else(PoisonError::into_inner).remove(0);
        Ok(Reply::new(StatusCode::OK, HeaderMap::new(), body.into()))
    }
}

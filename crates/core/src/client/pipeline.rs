//! One call: seal, send, open, settle, maybe repeat. Over bytes and tables, compiled once for all requests.

use std::sync::atomic::Ordering;
use std::time::Duration;

use http::StatusCode;
use tokio::time::Instant;

use super::AnyClient;
use super::open::{Opened, Sink, head};
use super::retry::{Repeat, may_repeat};
use crate::budget::{Denied, Patience, Permit, Priority, Spender};
use crate::endpoint::{Auth, Cost, Spec};
use crate::error::{Error, Kind, Outcome};
use crate::http::{Outgoing, Reply, Sent};
use crate::sealed::Sealed;
use crate::sign::Credentials;
use crate::venue::Draft;
use crate::wire::{Millis, audited};

/// Longest part of a body that an error keeps.
const KEPT_BODY: usize = 2 * 1024;
/// How long a ban is heeded when the venue doesn't say how long it lasts.
const UNKNOWN_BAN: Duration = Duration::from_secs(60);

/// What the pipeline is asked to do.
pub(crate) struct Job<'a> {
    pub(crate) name: &'static str,
    pub(crate) draft: &'a Draft<'a>,
    pub(crate) costs: &'a [Cost],
    pub(crate) within: Duration,
    pub(crate) patience: Patience,
}

/// An answer that was a success, besides its value.
pub(crate) struct Success {
    pub(crate) reply: Reply,
    pub(crate) attempts: u32,
    /// An attempt before may have been executed as well.
    pub(crate) unknown: bool,
}

impl AnyClient {
    /// Runs a call to its end: a success, or the error of its last attempt.
    pub(crate) async fn run(&self, job: &Job<'_>, sink: &mut dyn Sink) -> Result<Success, Error> {
        let deadline = Instant::now() + job.within;
        let retry = self.shared.retry;
        let mut attempts = 0;
        // Once an attempt may have been executed, no later one can make that undone.
        let mut unknown = false;
        let mut clock_was_set = false;
        loop {
            attempts += 1;
            let sent = Sent::default();
            let mut out_of_time = false;
            let attempt = std::pin::pin!(self.attempt(job, sink, &sent, deadline));
            let error = match tokio::time::timeout_at(deadline, attempt).await {
                Ok(Ok(reply)) => return Ok(Success { reply, attempts, unknown }),
                Ok(Err(error)) => error,
                Err(_) => {
                    out_of_time = true;
                    let outcome = if sent.is_marked() { Outcome::Unknown } else { Outcome::NotSent };
                    Error::new(Kind::Timeout, outcome, format!("no answer within {:?}", job.within))
                }
            };
            let error = error.at(self.shared.venue.id(), job.name);
            tracing::debug!(
                venue = error.venue(), endpoint = job.name, attempts, kind = ?error.kind(),
                outcome = ?error.outcome(), code = error.code(), "call failed"
            );
            unknown |= error.outcome() == Outcome::Unknown;
            let finish = |error: Error| if unknown { error.with_outcome(Outcome::Unknown) } else { error };
            let repeat = may_repeat(job.draft.spec().replay, &error);
            if attempts >= retry.attempts || repeat == Repeat::No || out_of_time {
                return Err(finish(error));
            }
            let wait = match repeat {
                Repeat::AfterClock if !clock_was_set => {
                    clock_was_set = true;
                    // What can't be set can't help: the first refusal stands.
                    match tokio::time::timeout_at(deadline, Box::pin(self.sync_clock())).await {
                        Ok(Ok(_)) => Duration::ZERO,
                        _ => return Err(finish(error)),
                    }
                }
                Repeat::No | Repeat::AfterClock => return Err(finish(error)),
                Repeat::Later => error.retry_after().unwrap_or_default().max(retry.backoff(attempts)),
                Repeat::AfterLimit => error.retry_after().unwrap_or_else(|| longest_window(job.costs)),
            };
            if Instant::now() + wait >= deadline {
                // The wait would outlast the call: what is known now is all that will be.
                return Err(finish(error));
            }
            tokio::time::sleep(wait).await;
        }
    }

    /// Seals and sends once, and opens the answer.
    async fn attempt(
        &self,
        job: &Job<'_>,
        sink: &mut dyn Sink,
        sent: &Sent,
        deadline: Instant,
    ) -> Result<Reply, Error> {
        let credentials = self.credentials();
        // Held until the answer is settled. Dropped on the way, it settles by whether anything was sent.
        let permit = self.permit(job, credentials.as_ref(), sent, deadline).await?;
        let (outgoing, _) = self.outgoing(job.draft, credentials.as_ref(), self.shared.clock.now())?;
        let reply = match self.shared.transport.exchange(outgoing, sent).await {
            Ok(reply) => reply,
            Err(failure) => {
                let outcome = if sent.is_marked() {
                    permit.unanswered();
                    Outcome::Unknown
                } else {
                    permit.not_sent();
                    Outcome::NotSent
                };
                let kind = if failure.oversize { Kind::Decode } else { Kind::Transport };
                return Err(Error::new(kind, outcome, failure.message.clone()).with_source(failure));
            }
        };
        tracing::trace!(
            venue = self.shared.venue.id(),
            endpoint = job.name,
            status = reply.status.as_u16(),
            bytes = reply.body.len(),
            "answer"
        );
        let opened = self.open(job.draft, &reply, sink);
        if let Some(usage) = self.shared.venue.usage(job.draft.spec(), &reply.headers) {
            permit.raise(usage.limit, usage.used);
            if permit.count(usage.limit).is_some_and(|count| usage.used >= count) {
                permit.limit_reached(Duration::from_millis(usage.limit.window_ms));
            }
        }
        match opened.as_ref().err().map(Error::kind) {
            Some(Kind::RateLimited) => {
                permit.limit_reached(wait_of(&opened).unwrap_or_else(|| longest_window(job.costs)));
            }
            Some(Kind::Banned) => permit.banned(wait_of(&opened).unwrap_or(UNKNOWN_BAN)),
            _ => {}
        }
        permit.answered();
        match opened {
            Ok(()) => Ok(reply),
            Err(error) => Err(error.with_body(self.kept(&reply.body, credentials.as_ref()))),
        }
    }

    /// Whose buckets a request draws on.
    fn spender(&self, spec: &Spec, credentials: Option<&Credentials>) -> Spender {
        Spender {
            key: credentials.filter(|_| spec.auth != Auth::None).map(Credentials::shared_key),
            account: self.account.clone(),
        }
    }

    /// Takes out of the budget what an answer turned out to cost.
    pub(crate) fn charge(&self, spec: &Spec, costs: &[Cost]) {
        if !costs.is_empty() {
            let ask = self.spender(spec, self.credentials().as_ref()).ask(self.shared.venue.id(), costs);
            self.shared.ledger.charge(&ask);
        }
    }

    /// Waits for the budget of a request.
    async fn permit(
        &self,
        job: &Job<'_>,
        credentials: Option<&Credentials>,
        sent: &Sent,
        deadline: Instant,
    ) -> Result<Permit, Error> {
        let spec = job.draft.spec();
        let spender = self.spender(spec, credentials);
        let priority = if spec.urgent { Priority::Urgent } else { Priority::Normal };
        let venue = self.shared.venue.id();
        let ask = spender.ask(venue, job.costs).priority(priority).until(job.patience.until(deadline));
        self.shared.ledger.acquire_marked(ask, sent.clone()).await.map_err(|denied| {
            let (kind, wait) = match denied {
                Denied::Exhausted { wait, .. } | Denied::Gated { wait } => (Kind::RateLimited, Some(wait)),
                Denied::TooLarge { .. } => (Kind::InvalidRequest, None),
                Denied::Store(_) => (Kind::Config, None),
            };
            Error::new(kind, Outcome::NotSent, denied.to_string()).with_retry_after(wait)
        })
    }

    /// What goes over the wire, and what was signed of it.
    pub(crate) fn outgoing(
        &self,
        draft: &Draft<'_>,
        credentials: Option<&Credentials>,
        now: Millis,
    ) -> Result<(Outgoing, Option<String>), Error> {
        let sealed = self.shared.venue.seal(draft, credentials, now)?;
        let Sealed { method, target, headers, body, string_to_sign, .. } = sealed;
        let uri = self.shared.base.join(target)?;
        Ok((Outgoing::new(method, uri, headers, body), string_to_sign))
    }

    /// Decides what an answer is; a success goes into the sink.
    fn open(&self, draft: &Draft<'_>, reply: &Reply, sink: &mut dyn Sink) -> Result<(), Error> {
        let audit = self.shared.audit(|| open_reply(&*self.shared.venue, draft, reply, sink));
        audit.map_err(|error| error.with_status(reply.status.as_u16()))
    }

    /// The beginning of a body, for an error that is found in a success.
    pub(crate) fn kept_body(&self, body: &[u8]) -> String {
        self.kept(body, self.credentials().as_ref())
    }

    /// The beginning of a body, without keys, signatures and tokens.
    fn kept(&self, body: &[u8], credentials: Option<&Credentials>) -> String {
        let text = String::from_utf8_lossy(body);
        let mut text = crate::text::clip(&text, KEPT_BODY).into_owned();
        if let Some(credentials) = credentials {
            credentials.redact(&mut text);
        }
        for field in self.shared.venue.secret_fields() {
            crate::text::strike_field(&mut text, field);
        }
        text
    }
}

/// Decides what an answer is, by the venue's tables; a success goes into the sink.
pub(crate) fn open_reply(
    venue: &dyn crate::venue::Venue,
    draft: &Draft<'_>,
    reply: &Reply,
    sink: &mut dyn Sink,
) -> Result<(), Error> {
    let spec = draft.spec();
    let keys = venue.keys();
    let status = reply.status;
    if status.is_redirection() {
        // Never followed: it would carry the key to wherever it points.
        let to =
            reply.headers.get(http::header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or("nowhere");
        let to = crate::text::clip(to.split('?').next().unwrap_or_default(), 200).into_owned();
        let message = format!("the answer redirects to {to}; redirects are not followed");
        return Err(Error::new(Kind::Transport, Outcome::Unknown, message));
    }
    let text = match std::str::from_utf8(&reply.body) {
        Ok(text) => text,
        Err(_) if status.is_success() => {
            return Err(Error::new(Kind::Decode, Outcome::Unknown, "the answer is not UTF-8 text"));
        }
        Err(_) => "",
    };
    let head = if status.is_success() {
        match sink.accept(keys, spec.shape, text) {
            Opened::Payload => return Ok(()),
            Opened::Unreadable(why) => return Err(Error::new(Kind::Decode, Outcome::Unknown, why)),
            Opened::Refused(head) => head,
        }
    } else {
        head(keys, text)
    };
    let verdict = venue.open(spec, status, &reply.headers, text, &head);
    // A server error is no word on what became of the request, unless the venue's own code is.
    let outcome = if status.is_server_error() && verdict.code.is_none() && verdict.kind == Kind::Unavailable {
        Outcome::Unknown
    } else {
        verdict.outcome
    };
    let message =
        if head.message.is_none() && verdict.code.is_none() && text.trim_ascii_start().starts_with('<') {
            format!("{} (an HTML page)", verdict.message)
        } else {
            verdict.message
        };
    Err(Error::new(verdict.kind, outcome, message)
        .with_code(verdict.code)
        .with_trace(verdict.trace)
        .with_retry_after(verdict.retry_after))
}

fn wait_of(opened: &Result<(), Error>) -> Option<Duration> {
    opened.as_ref().err().and_then(Error::retry_after)
}

/// How long a rate limit lasts when the venue doesn't say: the longest window that was drawn on.
fn longest_window(costs: &[Cost]) -> Duration {
    costs
        .iter()
        .map(|cost| Duration::from_millis(cost.limit.window_ms))
        .max()
        .unwrap_or(Duration::from_secs(1))
}

impl super::Shared {
    /// Runs a decode, and looks now and then at what the types don't map.
    ///
    /// Looking costs a tenth of the decode, so that only the first answers and every 64th after are looked
    /// at: a key that a venue added shows up within minutes all the same.
    fn audit<T>(&self, decode: impl FnOnce() -> T) -> T {
        let nth = self.answers.fetch_add(1, Ordering::Relaxed);
        if nth >= 64 && !nth.is_multiple_of(64) {
            return decode();
        }
        let (value, audit) = audited(decode);
        if !audit.unmapped.is_empty() {
            self.unmapped.fetch_add(audit.unmapped.len() as u64, Ordering::Relaxed);
            tracing::debug!(venue = self.venue.id(), keys = ?audit.unmapped, "keys that no type maps");
        }
        value
    }
}

/// A status in words, for tests and tools that make replies by hand.
pub(crate) fn status_of(code: u16) -> StatusCode {
    StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

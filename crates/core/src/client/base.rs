//! The base URL: where requests go, and nowhere else.

use std::borrow::Cow;
use std::net::IpAddr;

use bytes::Bytes;
use http::Uri;
use http::uri::{Authority, PathAndQuery, Scheme};

use crate::error::Error;

/// Scheme, host and path prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Base {
    scheme: Scheme,
    authority: Authority,
    prefix: String,
}

impl Base {
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let wrong = |why: &str| Error::config(format!("base URL {text}: {why}"));
        let uri: Uri = text.parse().map_err(|_| wrong("not a URL"))?;
        let parts = uri.into_parts();
        let scheme = parts.scheme.ok_or_else(|| wrong("it must begin with https://"))?;
        let authority = parts.authority.ok_or_else(|| wrong("it has no host"))?;
        if authority.as_str().contains('@') {
            return Err(Error::config("base URL: it must not hold a user name or password"));
        }
        if scheme == Scheme::HTTP && !is_loopback(authority.host()) {
            return Err(wrong("plain http is only for this machine; keys would be readable on the way"));
        }
        if scheme != Scheme::HTTP && scheme != Scheme::HTTPS {
            return Err(wrong("it must begin with https://"));
        }
        let path = parts.path_and_query.as_ref();
        if path.and_then(PathAndQuery::query).is_some() {
            return Err(wrong("it must not hold a query"));
        }
        let prefix = path.map_or("", PathAndQuery::path).trim_end_matches('/').to_owned();
        Ok(Self { scheme, authority, prefix })
    }

    /// The whole URL of a target, as it is sent.
    pub(crate) fn join(&self, target: Cow<'static, str>) -> Result<Uri, Error> {
        let path = match target {
            target if !self.prefix.is_empty() => Bytes::from(format!("{}{target}", self.prefix)),
            Cow::Borrowed(path) => Bytes::from_static(path.as_bytes()),
            Cow::Owned(path) => Bytes::from(path),
        };
        let mut parts = http::uri::Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        // The text is not repeated: a query string may hold a signature.
        let wrong = |_| Error::config("the path or a parameter holds characters that a URL can't");
        parts.path_and_query = Some(PathAndQuery::from_maybe_shared(path).map_err(wrong)?);
        Uri::from_parts(parts).map_err(|_| Error::config("the path makes no URL"))
    }
}

pub(crate) fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_goes_no_further_than_this_machine() {
        for text in [
            "http://127.0.0.1:80/x",
            "http://localhost",
            "http://[::1]:9",
            "https://api.example.com/open-api/",
        ] {
            assert!(Base::parse(text).is_ok(), "{text}");
        }
        for text in [
            "http://api.example.com",
            "http://127.0.0.1.example.com",
            "ftp://localhost",
            "api.example.com",
            "https://user:pw@api.example.com",
            "https://api.example.com/?a=1",
            "",
            "https://",
        ] {
            assert!(Base::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_prefix_stands_before_the_path() {
        let base = Base::parse("https://api.example.com/open-api/").unwrap();
        assert_eq!(
            base.join("/v2/x?a=1".into()).unwrap().to_string(),
            "https://api.example.com/open-api/v2/x?a=1"
        );
    }
}

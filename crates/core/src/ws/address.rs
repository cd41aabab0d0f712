//! Where a WebSocket is: checked before anything is sent there.

use http::Uri;
use http::uri::{Authority, PathAndQuery, Scheme};

use crate::client::is_loopback;
use crate::error::Error;
use crate::sign::Encoding;

/// Scheme and authority.
#[derive(Debug, Clone)]
pub(super) struct Address {
    scheme: Scheme,
    authority: Authority,
    /// A path and query of its own, in place of the documented one.
    path: Option<String>,
}

impl Address {
    /// Reads a base given by the user. One with a path stands for the whole address.
    pub(super) fn base(text: &str) -> Result<Self, Error> {
        let wrong = |why: &str| Error::config(format!("WebSocket base: {why}"));
        let parts = text.parse::<Uri>().map_err(|_| wrong("not a URL"))?.into_parts();
        let scheme = parts.scheme.ok_or_else(|| wrong("it must begin with wss://"))?;
        let authority = parts.authority.ok_or_else(|| wrong("it has no host"))?;
        if authority.as_str().contains('@') {
            return Err(wrong("it must not hold a user name or password"));
        }
        match scheme.as_str() {
            "wss" => {}
            "ws" if is_loopback(authority.host()) => {}
            "ws" => {
                return Err(wrong("plain ws is only for this machine; keys would be readable on the way"));
            }
            _ => return Err(wrong("it must begin with wss://")),
        }
        let path = parts.path_and_query.map(|path| path.as_str().to_owned()).filter(|path| path != "/");
        Ok(Self { scheme, authority, path })
    }

    /// The address of a documented URL, at another host if one is given, with the key filled in.
    pub(super) fn of(url: &str, base: Option<&Self>, key: Option<&str>) -> Result<Uri, Error> {
        // The text is not repeated: it may hold a key.
        let wrong = || Error::config("the WebSocket address makes no URL");
        let mut filled = url.to_owned();
        if let (Some(key), true) = (key, url.contains("{key}")) {
            let mut encoded = String::with_capacity(key.len());
            Encoding::PERCENT.write(key, &mut encoded);
            filled = url.replace("{key}", &encoded);
        }
        let documented: Option<Uri> =
            if filled.is_empty() { None } else { Some(filled.parse().map_err(|_| wrong())?) };
        let Some(base) = base else { return documented.ok_or_else(wrong) };
        let path = match (&base.path, documented.as_ref().and_then(Uri::path_and_query)) {
            (Some(own), _) => PathAndQuery::try_from(own.as_str()).map_err(|_| wrong())?,
            (None, Some(path)) => path.clone(),
            (None, None) => PathAndQuery::from_static("/"),
        };
        let mut parts = http::uri::Parts::default();
        parts.scheme = Some(base.scheme.clone());
        parts.authority = Some(base.authority.clone());
        parts.path_and_query = Some(path);
        Uri::from_parts(parts).map_err(|_| wrong())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_ws_goes_no_further_than_this_machine() {
        for text in ["wss://example.com", "ws://127.0.0.1:9", "ws://[::1]:9/x", "wss://localhost:1/a?b=c"] {
            assert!(Address::base(text).is_ok(), "{text}");
        }
        for text in ["ws://example.com", "https://example.com", "wss://u:p@example.com", "", "example.com"] {
            assert!(Address::base(text).is_err(), "{text}");
        }
    }

    #[test]
    fn another_host_keeps_the_documented_path() {
        let base = Address::base("ws://127.0.0.1:9").unwrap();
        let uri = Address::of("wss://stream.example.com/ws/{key}?v=1", Some(&base), Some("a/b")).unwrap();
        assert_eq!(uri.to_string(), "ws://127.0.0.1:9/ws/a%2Fb?v=1");
        let whole = Address::base("wss://example.org/own?x=1").unwrap();
        assert_eq!(Address::of("", Some(&whole), None).unwrap().to_string(), "wss://example.org/own?x=1");
        let documented = Address::of("wss://example.com/a", None, None).unwrap();
        assert_eq!(documented.to_string(), "wss://example.com/a");
    }
}

//! Where key, secret and memo come from: flags of `sign`, a file, or the environment. They are never shown.

use std::path::PathBuf;

use venue_core::{Auth, Credentials, Error, Kind, Outcome, Secret};
use venue_sim::Which;

use crate::stop::Stop;

/// Credentials on the command line, where nothing is sent with them.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Flags {
    /// The API key; else from `--key-file` or the environment (VENUE_BITMART_KEY, or VENUE_KEY for any).
    #[arg(long, value_name = "K", value_parser = secret, allow_hyphen_values = true)]
    pub(crate) key: Option<Secret>,
    /// The secret. Other users of this machine can see it here; VENUE_SECRET or a file is better.
    #[arg(long, value_name = "S", value_parser = secret, allow_hyphen_values = true)]
    pub(crate) secret: Option<Secret>,
    /// The memo, where the venue has one.
    #[arg(long, value_name = "M", value_parser = secret, allow_hyphen_values = true)]
    pub(crate) memo: Option<Secret>,
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of a value parser")]
fn secret(text: &str) -> Result<Secret, std::convert::Infallible> {
    Ok(Secret::new(text))
}

/// Credentials in a file.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct KeyFile {
    /// A file of lines KEY=…, SECRET=… and MEMO=…, or with the environment's names.
    #[arg(long, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
}

/// What was found; it need not be whole.
#[derive(Debug, Default)]
pub(crate) struct Found {
    key: Option<Secret>,
    secret: Option<Secret>,
    memo: Option<Secret>,
}

/// Looks for a venue's credentials: flags, then the file if one is named, else the environment.
pub(crate) fn find(which: Which, flags: &Flags, file: &KeyFile) -> Result<Found, Stop> {
    let rest = match &file.key_file {
        Some(path) => {
            let shown = path.display();
            let text = std::fs::read_to_string(path)
                .map_err(|error| Stop::usage(format_args!("{shown}: {error}")))?;
            let lines = lines(&text).map_err(|line| {
                // The line itself may hold a secret.
                Stop::usage(format_args!("{shown}: line {line} is not NAME=VALUE"))
            })?;
            let look =
                |name: &str| lines.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
            let found = of_venue(which, &["VENUE_", ""], look);
            if found.key.is_none() {
                return Err(Stop::usage(format_args!("{shown}: holds no key for {which}")));
            }
            found
        }
        None => of_venue(which, &["VENUE_"], |name| std::env::var(name).ok()),
    };
    let mut found = Found { key: flags.key.clone().or(rest.key), ..Found::default() };
    if flags.secret.is_some() {
        // A memo belongs to its secret; another one's from elsewhere would not fit.
        (found.secret, found.memo) = (flags.secret.clone(), flags.memo.clone());
    } else {
        (found.secret, found.memo) = (rest.secret, flags.memo.clone().or(rest.memo));
    }
    Ok(found)
}

/// What stands under the venue's own names, or else under the first of the common prefixes that has a key
/// or secret; they are not mixed.
fn of_venue(which: Which, common: &[&str], look: impl Fn(&str) -> Option<String>) -> Found {
    let own = format!("VENUE_{}_", which.id().replace('-', "_").to_ascii_uppercase());
    for prefix in std::iter::once(own.as_str()).chain(common.iter().copied()) {
        let look =
            |name: &str| look(&format!("{prefix}{name}")).filter(|text| !text.is_empty()).map(Secret::new);
        let found = Found { key: look("KEY"), secret: look("SECRET"), memo: look("MEMO") };
        if found.key.is_some() || found.secret.is_some() {
            return found;
        }
    }
    Found::default()
}

fn lines(text: &str) -> Result<Vec<(String, String)>, usize> {
    let mut pairs = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (name, value) = line.split_once('=').ok_or(index + 1)?;
        let name = name.trim().trim_start_matches("export ").trim();
        let value = value.trim();
        let quoted = ['"', '\''].into_iter().find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote));
        pairs.push((name.to_ascii_uppercase(), quoted.unwrap_or(value).to_owned()));
    }
    Ok(pairs)
}

impl Found {
    /// Whether there is enough to sign with.
    pub(crate) fn can_sign(&self) -> bool {
        self.key.is_some() && self.secret.is_some()
    }

    /// The credentials that a request of this kind needs.
    pub(crate) fn credentials(&self, auth: Auth) -> Result<Option<Credentials>, Stop> {
        let missing = |what: &str| {
            let message = format!(
                "{what} is missing: give it by --key-file or in the environment (VENUE_KEY, VENUE_SECRET, VENUE_MEMO)"
            );
            Stop::Usage(Error::new(Kind::Auth, Outcome::NotSent, message))
        };
        match (auth, &self.key, &self.secret) {
            (Auth::None, _, _) => Ok(None),
            (_, None, _) => Err(missing("the API key")),
            (Auth::Signed, Some(_), None) => Err(missing("the secret")),
            (_, Some(key), secret) => {
                let secret = secret.as_ref().map_or("", Secret::expose);
                let credentials = Credentials::new(key.expose(), secret);
                Ok(Some(match &self.memo {
                    Some(memo) => credentials.memo(memo.expose()),
                    None => credentials,
                }))
            }
        }
    }
}

/// Strikes every secret that this process was given on its command line or in its environment out of a text.
pub(crate) fn strike(text: &str) -> String {
    let mut known = Vec::new();
    let args: Vec<String> = std::env::args_os().map(|arg| arg.to_string_lossy().into_owned()).collect();
    for (index, arg) in args.iter().enumerate() {
        for flag in ["--secret", "--key", "--memo"] {
            if arg == flag {
                known.extend(args.get(index + 1).cloned());
            }
            known.extend(arg.strip_prefix(flag).and_then(|rest| rest.strip_prefix('=')).map(str::to_owned));
        }
    }
    let is_secret = |name: &str| ["KEY", "SECRET", "MEMO"].into_iter().any(|end| name.ends_with(end));
    known.extend(std::env::vars_os().filter_map(|(name, value)| {
        let name = name.to_string_lossy().into_owned();
        (name.starts_with("VENUE_") && is_secret(&name)).then(|| value.to_string_lossy().into_owned())
    }));
    // A very short one would strike out half of any text, and is no secret.
    known.retain(|secret| secret.len() >= 4);
    known.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    known.iter().fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), "***"))
}

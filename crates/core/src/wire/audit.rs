//! How one decode behaves, set around it: whether bad rows are kept aside, and what it left unread.
//!
//! `Deserialize` has no room for an argument, so the two switches live in the thread for the length of one
//! synchronous decode. Nothing else reads or writes them.

use std::cell::{Cell, RefCell};
use std::fmt::Write as _;

use serde::de::DeserializeOwned;

use super::{BadRow, json};

thread_local! {
    static LENIENT: Cell<bool> = const { Cell::new(false) };
    static AUDIT: RefCell<Option<Audit>> = const { RefCell::new(None) };
}

/// What a decode did not map: keys that no type knows, and rows that did not read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Audit {
    /// Paths of keys that were ignored, such as `data.symbols[0].tradfi_info`.
    pub unmapped: Vec<String>,
    /// Rows that were kept aside.
    pub bad_rows: Vec<BadRow>,
    prefix: String,
}

/// Restores a switch when the decode ends, however it ends.
struct Restore(bool);

impl Drop for Restore {
    fn drop(&mut self) {
        LENIENT.set(self.0);
    }
}

/// Runs a decode in which a bad row of [`Rows`](super::Rows) is kept aside instead of failing the whole.
pub fn lenient<T>(decode: impl FnOnce() -> T) -> T {
    let _restore = Restore(LENIENT.replace(true));
    decode()
}

/// Whether the decode under way keeps bad rows aside.
pub(crate) fn is_lenient() -> bool {
    LENIENT.get()
}

/// Runs a decode and collects what it left unmapped, also inside envelopes and rows.
pub fn audited<T>(decode: impl FnOnce() -> T) -> (T, Audit) {
    let outer = AUDIT.replace(Some(Audit::default()));
    let value = decode();
    let audit = AUDIT.replace(outer).unwrap_or_default();
    (value, audit)
}

pub(crate) fn is_audited() -> bool {
    AUDIT.with_borrow(Option::is_some)
}

/// Throws away what an attempt that failed had collected.
pub(crate) fn restart() {
    AUDIT.with_borrow_mut(|audit| {
        if let Some(audit) = audit {
            audit.unmapped.clear();
            audit.bad_rows.clear();
        }
    });
}

/// Tells the audit that is under way, if one is, of something that no type maps: for what isn't read as JSON,
/// where it isn't noticed by itself.
pub fn note_unmapped(path: &str) {
    AUDIT.with_borrow_mut(|audit| {
        if let Some(audit) = audit {
            let path = join(&audit.prefix, path);
            audit.unmapped.push(path);
        }
    });
}

pub(crate) fn note_bad_row(row: &BadRow) {
    AUDIT.with_borrow_mut(|audit| {
        if let Some(audit) = audit {
            audit.bad_rows.push(row.clone());
        }
    });
}

fn join(prefix: &str, path: &str) -> String {
    match (prefix.is_empty(), path.is_empty() || path.starts_with('[')) {
        (true, _) => path.to_owned(),
        (false, true) => format!("{prefix}{path}"),
        (false, false) => format!("{prefix}.{path}"),
    }
}

/// Decodes JSON text, reporting ignored keys to the audit that is under way, if one is.
///
/// A `Deserialize` that has to look at raw text before it knows the type (an object or a page, say) reads
/// the parts through this, so that an audit sees inside.
///
/// # Errors
/// As `serde_json`.
pub fn reparse<T: DeserializeOwned>(raw: &str, place: &str) -> Result<T, serde_json::Error> {
    if !is_audited() {
        return read(
            raw,
            &mut (),
            |(), json| T::deserialize(json),
            |(), deserializer| T::deserialize(deserializer),
        );
    }
    let outer = AUDIT.with_borrow_mut(|audit| {
        audit.as_mut().map(|audit| {
            let prefix = join(&audit.prefix, place);
            std::mem::replace(&mut audit.prefix, prefix)
        })
    });
    let result = with_ignored(raw, |deserializer| T::deserialize(deserializer));
    AUDIT.with_borrow_mut(|audit| {
        if let (Some(audit), Some(outer)) = (audit.as_mut(), outer) {
            audit.prefix = outer;
        }
    });
    result
}

pub(crate) type Ignoring<'a, 'de> = serde_ignored::Deserializer<
    'a,
    'a,
    &'a mut serde_json::Deserializer<serde_json::de::StrRead<'de>>,
    fn(serde_ignored::Path<'_>),
>;

/// Decodes JSON text the short way where nobody asks what was ignored; what isn't read there, and every error,
/// comes of the long way. What is decoded may go into `state` on the way.
pub(crate) fn read<'de, S, T>(
    text: &'de str,
    state: &mut S,
    short: impl FnOnce(&mut S, &mut json::Json<'de>) -> Result<T, json::Refused>,
    long: impl FnOnce(&mut S, Ignoring<'_, 'de>) -> Result<T, serde_json::Error>,
) -> Result<T, serde_json::Error> {
    let read = if is_audited() { None } else { json::read_with(text, |json| short(state, json)) };
    read.map_or_else(|| with_ignored(text, |deserializer| long(state, deserializer)), Ok)
}

/// Runs a decode over JSON text so that every ignored key is reported to the audit.
pub(crate) fn with_ignored<'de, T>(
    raw: &'de str,
    decode: impl FnOnce(Ignoring<'_, 'de>) -> Result<T, serde_json::Error>,
) -> Result<T, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(raw);
    let mut report: fn(serde_ignored::Path<'_>) = |path| {
        let mut text = String::new();
        render(&path, &mut text);
        note_unmapped(&text);
    };
    let value = decode(serde_ignored::Deserializer::new(&mut deserializer, &mut report))?;
    deserializer.end()?;
    Ok(value)
}

fn render(path: &serde_ignored::Path<'_>, out: &mut String) {
    use serde_ignored::Path;
    match path {
        Path::Root => {}
        Path::Seq { parent, index } => {
            render(parent, out);
            // Writing to a String can't fail.
            let _ = write!(out, "[{index}]");
        }
        Path::Map { parent, key } => {
            render(parent, out);
            if !out.is_empty() {
                out.push('.');
            }
            out.push_str(key);
        }
        Path::Some { parent } | Path::NewtypeStruct { parent } | Path::NewtypeVariant { parent } => {
            render(parent, out);
        }
    }
}

//! Small helpers for text in messages.

use std::borrow::Cow;

/// The text, or its beginning with an ellipsis when it is longer than `limit` bytes.
pub(crate) fn clip(text: &str, limit: usize) -> Cow<'_, str> {
    if text.len() <= limit {
        return Cow::Borrowed(text);
    }
    let end = (0..=limit).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default()))
}

/// Replaces the value of a JSON field, wherever it stands in a text, by `***`.
pub(crate) fn strike_field(text: &mut String, field: &str) {
    let name = format!("\"{field}\"");
    let mut from = 0;
    while let Some(found) = text.get(from..).and_then(|rest| rest.find(&name)) {
        let after = from + found + name.len();
        let rest = text.get(after..).unwrap_or_default();
        let trimmed = rest.trim_start().strip_prefix(':').map(str::trim_start);
        let Some(value) = trimmed.and_then(|value| value.strip_prefix('"')) else {
            from = after;
            continue;
        };
        let start = text.len() - value.len();
        // A body that was cut may end before the closing quote.
        let end = value.find('"').map_or(text.len(), |quote| start + quote);
        text.replace_range(start..end, "***");
        from = start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_struck_out_wherever_it_stands() {
        let mut text =
            r#"{"listenKey": "abc","x":{"listenKey":"def"},"listenKey":5,"y":"listenKey"#.to_owned();
        strike_field(&mut text, "listenKey");
        assert!(!text.contains("abc") && !text.contains("def"), "{text}");
        let mut cut = r#"{"token":"abcdef"#.to_owned();
        strike_field(&mut cut, "token");
        assert_eq!(cut, r#"{"token":"***"#);
    }

    #[test]
    fn clipping_keeps_characters_whole() {
        assert_eq!(clip("aé", 2), "a…");
        assert_eq!(clip("ab", 2), "ab");
    }
}

//! Several hundred different messages of one documented shape.

use crate::random::Random;

/// Keys whose values say what a message is, and stay.
const KEPT: [&str; 4] = ["code", "rc", "returnCode", "version"];

/// The same JSON with other digits: prices, sizes, times and ids keep their length, their point and their first
/// two digits. What is short and whole stays as it is, for it is a state, a side or a flag.
#[must_use]
pub fn vary(json: &str, random: &mut Random) -> String {
    let mut out = String::with_capacity(json.len());
    let mut key = "";
    let mut rest = json;
    while let Some(first) = rest.chars().next() {
        let (token, after) = split_token(rest, first);
        rest = after;
        let text = token.trim_matches('"');
        let is_key = rest.starts_with(':');
        if is_key {
            key = text;
        }
        if !is_key && is_value(text) && !KEPT.contains(&key) {
            out.push_str(&token.replace(text, &other_digits(text, random)));
        } else {
            out.push_str(token);
        }
    }
    out
}

/// A text in quotes, a number, or one other character.
fn split_token(rest: &str, first: char) -> (&str, &str) {
    let end = match first {
        '"' => rest.get(1..).and_then(|inner| inner.find('"')).map_or(rest.len(), |at| at + 2),
        '0'..='9' | '-' => {
            rest.find(|c: char| !c.is_ascii_digit() && !".-+eE".contains(c)).unwrap_or(rest.len())
        }
        other => other.len_utf8(),
    };
    rest.split_at_checked(end).unwrap_or((rest, ""))
}

/// Whether a text is a number that may have other digits.
fn is_value(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-');
    is_number && (digits >= 4 || (digits >= 2 && text.contains('.')))
}

fn other_digits(text: &str, random: &mut Random) -> String {
    let mut seen = 0;
    text.chars()
        .map(|c| {
            seen += u32::from(c.is_ascii_digit());
            if c.is_ascii_digit() && seen > 2 { random.digit() } else { c }
        })
        .collect()
}

/// So many parts with a comma between.
pub fn joined(count: usize, part: impl FnMut(usize) -> String) -> String {
    (0..count).map(part).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_change_and_the_shape_stays() {
        let json = r#"{"code":1000,"data":{"id":"2209061798","price":"23935.4","state":2,"t":1660285421287,"side":"BUY","n":null,"neg":-0.0062,"day":"2023-02-24T07:54:11Z"}}"#;
        let mut random = Random::of(1);
        let (one, two) = (vary(json, &mut random), vary(json, &mut random));
        assert_ne!(one, two);
        for text in [&one, &two] {
            assert_eq!(text.len(), json.len());
            let shape = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "0");
            assert_eq!(shape(text), shape(json));
            for kept in [r#""code":1000"#, r#""state":2"#, r#""side":"BUY""#, "2023-02-24T07:54:11Z"] {
                assert!(text.contains(kept), "{kept}: {text}");
            }
        }
    }
}

//! JSON as it was written: members in their order, numbers in their digits.

use std::fmt::Write as _;

use clap::builder::styling::{AnsiColor, Style};
use serde_json::value::RawValue;

use crate::given::Members;

/// A JSON value whose leaves are the text that stood there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Tree {
    Leaf(String),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

/// Deeper than this, text is shown as it stands.
const DEEPEST: usize = 60;
/// A list or object up to this length stays on its line.
const SHORT: usize = 76;

const NAME: Style = AnsiColor::Cyan.on_default();
const TEXT: Style = AnsiColor::Green.on_default();

impl Tree {
    pub(crate) fn parse(json: &str) -> Self {
        Self::at(json, DEEPEST)
    }

    fn at(json: &str, depth: usize) -> Self {
        let json = json.trim_ascii();
        if depth > 0 && json.starts_with('[') {
            if let Ok(values) = serde_json::from_str::<Vec<&RawValue>>(json) {
                return Self::List(values.iter().map(|value| Self::at(value.get(), depth - 1)).collect());
            }
        } else if depth > 0
            && json.starts_with('{')
            && let Ok(Members(members)) = serde_json::from_str(json)
        {
            let value = |(name, raw): (String, Box<RawValue>)| (name, Self::at(raw.get(), depth - 1));
            return Self::Object(members.into_iter().map(value).collect());
        }
        Self::Leaf(json.to_owned())
    }

    /// The first leaf under this name, without quotes.
    pub(crate) fn find(&self, name: &str) -> Option<&str> {
        match self {
            Self::Leaf(_) => None,
            Self::List(values) => values.iter().find_map(|value| value.find(name)),
            Self::Object(members) => {
                let here = members.iter().find(|(known, _)| known == name);
                let leaf = here.and_then(|(_, value)| match value {
                    Self::Leaf(text) => Some(text.trim_matches('"')),
                    _ => None,
                });
                leaf.or_else(|| members.iter().find_map(|(_, value)| value.find(name)))
            }
        }
    }

    /// The first few leaves that have a name.
    pub(crate) fn leaves(&self, most: usize) -> Vec<(&str, &str)> {
        let mut leaves = Vec::new();
        self.collect("", most, &mut leaves);
        leaves
    }

    fn collect<'t>(&'t self, name: &'t str, most: usize, out: &mut Vec<(&'t str, &'t str)>) {
        match self {
            Self::Leaf(text) if !name.is_empty() && out.len() < most => {
                out.push((name, text.trim_matches('"')));
            }
            Self::Leaf(_) => {}
            Self::List(values) => {
                if let Some(first) = values.first() {
                    first.collect(name, most, out);
                }
            }
            Self::Object(members) => members.iter().for_each(|(name, value)| value.collect(name, most, out)),
        }
    }

    /// How many rows the value has, where it is a list or holds nothing but one.
    pub(crate) fn rows(&self) -> Option<usize> {
        match self {
            Self::List(values) => Some(values.len()),
            Self::Object(members) => match members.as_slice() {
                [(_, one)] => one.rows(),
                _ => None,
            },
            Self::Leaf(_) => None,
        }
    }

    /// The value over several lines, in colour.
    pub(crate) fn pretty(&self) -> String {
        let mut out = String::new();
        self.write(0, &mut out);
        out
    }

    fn write(&self, indent: usize, out: &mut String) {
        let is_flat = self.width() <= SHORT.saturating_sub(indent);
        let gap = |out: &mut String, indent: usize| {
            if is_flat {
                out.push(' ');
            } else {
                // Writing to a String can't fail, here and below.
                let _ = write!(out, "\n{:indent$}", "");
            }
        };
        match self {
            Self::Leaf(text) if text.starts_with('"') => drop(write!(out, "{TEXT}{text}{TEXT:#}")),
            Self::Leaf(text) => out.push_str(text),
            Self::List(values) if values.is_empty() => out.push_str("[]"),
            Self::Object(members) if members.is_empty() => out.push_str("{}"),
            Self::List(values) => {
                out.push('[');
                for (index, value) in values.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    if index > 0 || !is_flat {
                        gap(out, indent + 2);
                    }
                    value.write(indent + 2, out);
                }
                if !is_flat {
                    gap(out, indent);
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    gap(out, indent + 2);
                    let _ = write!(out, "{NAME}{}{NAME:#}: ", quoted(name));
                    value.write(indent + 2, out);
                }
                gap(out, indent);
                out.push('}');
            }
        }
    }

    fn width(&self) -> usize {
        match self {
            Self::Leaf(text) => text.len(),
            Self::List(values) => values.iter().map(|value| value.width() + 2).sum(),
            Self::Object(members) => members.iter().map(|(name, value)| name.len() + value.width() + 6).sum(),
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_digits_stay() {
        let tree = Tree::parse(r#"{"z":1.00,"a":[12345678901234567890,"x"],"e":{}}"#);
        let plain = anstream::adapter::strip_str(&tree.pretty()).to_string();
        assert_eq!(plain, r#"{ "z": 1.00, "a": [12345678901234567890, "x"], "e": {} }"#);
        assert_eq!(tree.find("a"), None);
        assert_eq!(tree.find("z"), Some("1.00"));
        assert_eq!(tree.leaves(2), [("z", "1.00"), ("a", "12345678901234567890")]);
    }

    #[test]
    fn depth_is_bounded() {
        let deep = "[".repeat(50_000) + &"]".repeat(50_000);
        assert!(!Tree::parse(&deep).pretty().is_empty());
    }
}

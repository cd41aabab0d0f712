//! Who sent a deposit: a person by two names, or an institution by one.

use venue_core::{Field as _, FieldInfo, Invalid, Params, Part, Source, Style};

use crate::rest::check_filled;

const FIRST: &str = "senderFirstName";
const LAST: &str = "senderLastName";
const INSTITUTION: &str = "institutionalName";

/// Who sent a deposit.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sender {
    /// A person.
    #[non_exhaustive]
    Person {
        /// First name.
        first: String,
        /// Last name.
        last: String,
    },
    /// An institution.
    Institution(String),
}

impl Sender {
    /// A person, by first and last name.
    pub fn person(first: impl Into<String>, last: impl Into<String>) -> Self {
        Self::Person { first: first.into(), last: last.into() }
    }

    /// An institution.
    pub fn institution(name: impl Into<String>) -> Self {
        Self::Institution(name.into())
    }

    pub(super) fn check(&self) -> Result<(), Invalid> {
        match self {
            Self::Person { first, last } => {
                check_filled(FIRST, first)?;
                check_filled(LAST, last)
            }
            Self::Institution(name) => check_filled(INSTITUTION, name),
        }
    }
}

impl venue_core::Accept for Sender {
    type Kind = venue_core::Converted;
}

impl Part for Sender {
    fn write<'a>(&'a self, _: &'static str, _: Option<Style>, out: &mut Params<'a>) {
        match self {
            Self::Person { first, last } => {
                out.push(LAST, last.value(), Style::Text);
                out.push(FIRST, first.value(), Style::Text);
            }
            Self::Institution(name) => out.push(INSTITUTION, name.value(), Style::Text),
        }
    }

    fn take(_: &'static str, source: &mut Source<'_>) -> Result<Option<Self>, Invalid> {
        let (first, last) = (String::take(FIRST, source)?, String::take(LAST, source)?);
        match (first, last, String::take(INSTITUTION, source)?) {
            (Some(first), Some(last), None) => Ok(Some(Self::Person { first, last })),
            (None, None, name) => Ok(name.map(Self::Institution)),
            (_, _, None) => Err(Invalid::new(format!("{FIRST} and {LAST} belong together"))),
            _ => Err(Invalid::new(format!("give {INSTITUTION}, or {FIRST} and {LAST}, not both"))),
        }
    }

    fn describe(_: &'static str, _: bool, out: &mut Vec<FieldInfo>) {
        out.extend([LAST, FIRST, INSTITUTION].map(FieldInfo::one_of));
    }
}

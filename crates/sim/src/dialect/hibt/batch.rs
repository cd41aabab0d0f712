//! Answers about several orders: what went well and what did not, by the caller's own ids.

use std::collections::HashSet;

use super::{long_id, open};
use crate::dialect::{Ask, Json, State};
use crate::json::{quote, write};
use crate::refusal::Refusal;
use crate::rules::Rules;
use crate::which::Which;

/// What became of the orders of one request.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    success: Told,
    fail: Told,
}

/// A word on each order.
#[derive(Debug, Default)]
struct Told {
    rows: Vec<(String, String)>,
    taken: HashSet<String>,
}

impl Told {
    /// Adds a word under the first of these names that isn't empty or taken: none may stand twice in an object.
    fn add(&mut self, names: &[&str], word: &str) {
        let is_free = |name: &&&str| !name.is_empty() && !self.taken.contains(**name);
        let Some(name) = names.iter().find(is_free) else { return };
        self.taken.insert((*name).to_owned());
        self.rows.push(((*name).to_owned(), word.to_owned()));
    }

    fn write(&self) -> Json {
        let members: Vec<(&str, Json)> =
            self.rows.iter().map(|(name, word)| (name.as_str(), quote(word))).collect();
        write(&members)
    }
}

impl Outcome {
    pub(super) fn succeeded(&mut self, client_id: &str, id: &str) {
        self.success.add(&[client_id, id], id);
    }

    pub(super) fn failed(&mut self, names: &[&str], word: &str) {
        self.fail.add(names, word);
    }

    pub(super) fn write(&self) -> Json {
        write(&[("success", self.success.write()), ("fail", self.fail.write())])
    }
}

/// What the venue says of a refusal, in words.
pub(super) fn words(ask: &Ask<'_>, refusal: &Refusal) -> String {
    Rules::of(Which::Hibt).said(&ask.request.path, refusal).message
}

/// Places row by row; a row that is refused doesn't keep the others from being taken.
pub(super) fn open(state: &mut State, ask: &Ask<'_>) -> Result<Json, Refusal> {
    let mut outcome = Outcome::default();
    for (at, row) in ask.rows("items")?.iter().enumerate() {
        let row = ask.row(row);
        let client_id = row.text("customID").unwrap_or_default();
        match open::place(state, &row) {
            Ok(order) => outcome.succeeded(&client_id, &long_id(order)),
            Err(refusal) => {
                // A row without an id of the caller's is told by its place.
                outcome.failed(&[&client_id, &format!("#{at}")], &words(ask, &refusal));
                ask.refuse_row(&row);
            }
        }
    }
    Ok(outcome.write())
}

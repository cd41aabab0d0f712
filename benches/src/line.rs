//! One line of the report, as data.

use serde::{Deserialize, Serialize};

/// What a value counts. Values are whole thousandths of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Nanoseconds.
    Ns,
    /// Bytes.
    Bytes,
    /// Instructions.
    Instructions,
    /// Anything else that is counted.
    Count,
}

/// What a line is to reach; every number in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// Ours against the bare library, at most; and what would be better still.
    AtMost {
        /// The goal.
        ratio: u64,
        /// Better still.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stretch: Option<u64>,
    },
    /// Ours against what there is, at least.
    AtLeast {
        /// The goal.
        ratio: u64,
    },
    /// Ours alone, in its unit.
    Within {
        /// The goal.
        value: u64,
    },
}

/// One line of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The path.
    pub name: String,
    /// What it is beside.
    pub against: String,
    /// What `ours` and `bare` count.
    pub unit: Unit,
    /// Ours, in thousandths of the unit.
    pub ours: u64,
    /// The other, in thousandths of the unit; none where there is no other.
    pub bare: Option<u64>,
    /// Ours against the other, in thousandths.
    pub ratio: Option<u64>,
    /// What it is to reach.
    pub goal: Option<Goal>,
    /// Allocations of one pass, whole, and what they are to be at most.
    pub allocations: Option<u64>,
    /// What the allocations are to be at most.
    pub allocations_goal: Option<u64>,
}

impl Line {
    /// A line without a goal yet.
    pub fn new(
        name: impl Into<String>,
        against: impl Into<String>,
        unit: Unit,
        ours: u64,
        bare: Option<u64>,
    ) -> Self {
        let ratio = bare.map(|bare| ratio(ours, bare));
        Self {
            name: name.into(),
            against: against.into(),
            unit,
            ours,
            bare,
            ratio,
            goal: None,
            allocations: None,
            allocations_goal: None,
        }
    }

    /// With a goal.
    #[must_use]
    pub fn goal(mut self, goal: Goal) -> Self {
        self.goal = Some(goal);
        self
    }

    /// Whether all its goals are met; none where it has none.
    #[must_use]
    pub fn met(&self) -> Option<bool> {
        let goal = self.goal.map(|goal| match goal {
            Goal::AtMost { ratio, .. } => self.ratio.is_some_and(|is| is <= ratio),
            Goal::AtLeast { ratio } => self.ratio.is_some_and(|is| is >= ratio),
            Goal::Within { value } => self.ours <= value,
        });
        let few = self.allocations.zip(self.allocations_goal).map(|(is, goal)| is <= goal);
        match (goal, few) {
            (None, None) => None,
            (goal, few) => Some(goal.unwrap_or(true) && few.unwrap_or(true)),
        }
    }
}

/// In thousandths.
pub(crate) fn ratio(ours: u64, bare: u64) -> u64 {
    let thousandths = u128::from(ours) * 1000 / u128::from(bare.max(1));
    u64::try_from(thousandths).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(ours: u64, bare: u64) -> Line {
        Line::new("a path", "a library", Unit::Ns, ours, Some(bare))
    }

    #[test]
    fn a_goal_is_met_up_to_its_number_and_with_its_allocations() {
        let goal = Goal::AtMost { ratio: 900, stretch: Some(700) };
        assert_eq!(line(90, 100).goal(goal).met(), Some(true));
        assert_eq!(line(91, 100).goal(goal).met(), Some(false));
        assert_eq!(line(95, 100).goal(Goal::AtLeast { ratio: 950 }).met(), Some(true));
        assert_eq!(line(94, 100).goal(Goal::AtLeast { ratio: 950 }).met(), Some(false));
        assert_eq!(line(94, 1).goal(Goal::Within { value: 94 }).met(), Some(true));
        assert_eq!(line(95, 1).goal(Goal::Within { value: 94 }).met(), Some(false));
        let many = Line { allocations: Some(3), allocations_goal: Some(2), ..line(1, 100).goal(goal) };
        assert_eq!(many.met(), Some(false));
        assert_eq!(line(1, 1).met(), None);
    }

    #[test]
    fn a_line_survives_being_written() {
        let line = line(90, 100).goal(Goal::AtMost { ratio: 900, stretch: None });
        let text = serde_json::to_string(&line).unwrap_or_default();
        assert_eq!(serde_json::from_str::<Line>(&text).ok(), Some(line));
    }
}

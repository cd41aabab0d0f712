//! Where a venue's documentation and its live streams differ.

/// Whose word counts where a venue's live streams were seen to differ from its documentation.
///
/// `docs/sim.md` lists the differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Manner {
    /// The documentation's, unless it says nothing or can't be right.
    #[default]
    Usual,
    /// The documentation's, to the letter.
    Documented,
    /// What was seen.
    Observed,
}

//! The tables of docs/performance.md.

use std::collections::BTreeMap;
use std::fs;

use venue_benches::Line;

use super::table::markdown;
use crate::run::{Failure, root};

/// Puts each group's table between its marks. Groups that were not measured keep theirs.
pub(super) fn write(lines: &[Line]) -> Result<(), Failure> {
    let path = root().join("docs/performance.md");
    let page = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let page = with_tables(page, lines)?;
    fs::write(&path, page).map_err(|error| format!("{}: {error}", path.display()))
}

fn with_tables(mut page: String, lines: &[Line]) -> Result<String, Failure> {
    let mut groups: BTreeMap<&str, Vec<&Line>> = BTreeMap::new();
    for line in lines {
        let group = line.name.split_once(':').map_or(line.name.as_str(), |(group, _)| group);
        groups.entry(group).or_default().push(line);
    }
    for (group, lines) in groups {
        let (begin, end) = (format!("<!-- {group} -->\n"), format!("<!-- end of {group} -->"));
        let missing = || format!("docs/performance.md has no place for the table of {group}");
        let from = page.find(&begin).ok_or_else(missing)? + begin.len();
        let to = page.find(&end).filter(|to| *to >= from).ok_or_else(missing)?;
        page.replace_range(from..to, &format!("{}\n", markdown(&lines)));
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use venue_benches::Unit;

    use super::*;

    #[test]
    fn a_table_replaces_the_one_before_and_no_other() {
        let page =
            "a\n<!-- sign -->\nold\n<!-- end of sign -->\nb\n<!-- book -->\nkept\n<!-- end of book -->\n";
        let line = Line::new("sign: 150 B", "ring", Unit::Ns, 11, Some(10));
        let page = with_tables(page.to_owned(), &[line]).unwrap_or_default();
        assert!(!page.contains("old") && page.contains("kept") && page.contains("150 B"), "{page}");
        let line = Line::new("stream: x", "y", Unit::Ns, 1, None);
        assert!(with_tables(page, &[line]).is_err());
    }
}

//! What must hold before a change lands.

use std::fmt;
use std::time::Instant;

use crate::endpoints;
use crate::run::{Failure, has, root, run, run_lines};

/// Tests counted over all runners.
#[derive(Default)]
pub(crate) struct Counts {
    passed: u64,
    failed: u64,
    skipped: u64,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

impl Counts {
    /// Adds what a closing line of nextest or of cargo's own runner counts.
    fn read(&mut self, line: &str) {
        let line = line.trim();
        let counted =
            line.starts_with("test result:") || (line.starts_with("Summary") && line.contains("tests run"));
        if !counted {
            return;
        }
        let number = |word: &str| {
            let before = line.split(word).next().filter(|before| before.len() < line.len())?;
            before.trim_end().rsplit([' ', ',']).next()?.parse::<u64>().ok()
        };
        self.passed += number(" passed").unwrap_or(0);
        self.failed += number(" failed").unwrap_or(0);
        self.skipped += number(" ignored").or_else(|| number(" skipped")).unwrap_or(0);
    }
}

/// Runs all checks; the counts of the tests come last.
pub(crate) fn ci() -> Result<(), Failure> {
    let begin = Instant::now();
    run(&["fmt", "--all", "--check"], &[])?;
    run(&["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"], &[])?;
    let counts = test()?;
    run(&["doc", "--workspace", "--no-deps", "--all-features"], &[("RUSTDOCFLAGS", "-D warnings")])?;
    if !has("deny") {
        // The one tool that the checks need besides the toolchain.
        run(&["install", "cargo-deny", "--locked", "--quiet"], &[])?;
    }
    run(&["deny", "--all-features", "check", "bans", "licenses", "sources"], &[])?;
    println!("\n$ cargo xtask endpoints --check");
    endpoints::check()?;
    package()?;
    println!("\nall checks passed in {} s", begin.elapsed().as_secs());
    println!("{counts}");
    Ok(())
}

/// Runs all tests and counts them.
pub(crate) fn test() -> Result<Counts, Failure> {
    let mut counts = Counts::default();
    if has("nextest") {
        run_lines(&["nextest", "run", "--workspace", "--no-fail-fast"], |line| counts.read(line))?;
    } else {
        run_lines(&["test", "--workspace", "--all-targets", "--no-fail-fast"], |line| counts.read(line))?;
    }
    run_lines(&["test", "--workspace", "--doc"], |line| counts.read(line))?;
    // A program of its own: its features must not unify with the workspace's.
    let apart =
        ["test", "--manifest-path", "tests/arbitrary-precision/Cargo.toml", "--target-dir", "target/apart"];
    run_lines(&apart, |line| counts.read(line))?;
    if counts.passed == 0 {
        return Err("no test ran".to_owned());
    }
    Ok(counts)
}

/// Packages every published crate and builds it from its package.
pub(crate) fn package() -> Result<(), Failure> {
    // Members that are never published need no package.
    let ours = ["--exclude", "xtask", "--exclude", "venue-tests", "--exclude", "venue-benches"];
    // A folder of its own each time: cargo remembers unpacked packages by folder and version, and would build
    // an older state of a version that was never published.
    let folder = format!("target/package-{}", std::process::id());
    let packed = run(
        &[&["package", "--workspace", "--allow-dirty", "--target-dir", &folder], ours.as_slice()].concat(),
        &[],
    );
    // Left-overs cost nothing but space.
    let _ = std::fs::remove_dir_all(root().join(&folder));
    packed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_counted() {
        let mut counts = Counts::default();
        for line in [
            "     Summary [   1.234s] 12 tests run: 12 passed, 1 skipped",
            "test result: ok. 3 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "     Summary [   0.1s] 5 tests run: 4 passed (1 slow), 1 failed, 0 skipped",
            "test a_thing_that_passed ... ok",
        ] {
            counts.read(line);
        }
        assert_eq!(counts.to_string(), "19 passed, 1 failed, 3 skipped");
    }
}

//! What holds in a long run under faults.

use venue_tests::soak;

#[test]
fn ten_thousand_requests_exceed_no_limit_run_nothing_twice_and_claim_nothing_untrue() {
    let report = soak::run(10_000, 1);
    assert!(report.is_clean(), "{report}");
    assert!(report.requests >= 10_000, "{report}");
    // Otherwise nothing was put to the test.
    assert!(report.found > 20 && report.absent > 20 && report.rejected > 20, "{report}");
}

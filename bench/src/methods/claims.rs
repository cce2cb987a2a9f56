//! The claims ledger by verdict.

use xystra_catalog::catalog;
use xystra_catalog::claim::ClaimVerdict;
use xystra_catalog::source::Status;

use crate::section::table;

const VERDICTS: [(ClaimVerdict, &str); 4] = [
    (ClaimVerdict::Supported, "supported"),
    (ClaimVerdict::Plausible, "plausible, not shown"),
    (ClaimVerdict::Unsupported, "not supported"),
    (ClaimVerdict::Contradicted, "contradicted"),
];

/// One row for each claim, the supported ones first.
pub fn part() -> String {
    let mut rows = Vec::new();
    for (verdict, words) in VERDICTS {
        for claim in catalog().claims.iter().filter(|claim| claim.verdict == verdict) {
            let read = claim.known.iter().filter(|one| one.status == Status::Verified).count();
            let findings = format!("{read} of {}", claim.known.len());
            rows.push(vec![
                claim.claim.clone(),
                words.to_owned(),
                claim.plain.clone(),
                claim.strength.clone(),
                findings,
            ]);
        }
    }
    table(&["claim", "verdict", "what is known", "evidence for that", "findings read at their source"], &rows)
}

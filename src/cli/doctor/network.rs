//! The doctor's look at what is reached over HTTP: the issuer's keys.

use super::finding::Finding;
use crate::{auth::Verifier, config::AuthSettings};

pub(super) async fn keys(settings: &AuthSettings) -> Vec<Finding> {
    let check = "token keys";
    let problems = Verifier::problems(settings);
    if !problems.is_empty() {
        let told = |problem: String| match problem.split_once(": ") {
            Some((what, fix)) => Finding::fail(check, what, fix),
            None => Finding::fail(check, problem, "correct it"),
        };
        return problems.into_iter().map(|problem| told(problem.to_string())).collect();
    }
    vec![match Verifier::count_keys(settings).await {
        Ok(1) => Finding::ok(check, "1 key to verify tokens with"),
        Ok(count) => Finding::ok(check, format!("{count} keys to verify tokens with")),
        Err(why) => Finding::fail(
            check,
            why,
            "correct OIDC_ISSUER_URL or JWT_JWKS_URL, and see that the issuer answers this machine",
        ),
    }]
}

//! Role profile versions on their way back: each is placed as DRAFT with what it holds, and published again.

use crate::store::{StoreError, Tx, archive::waiting::Family};

/// Role profile versions and what they hold.
pub(super) const PROFILES: Family = Family {
    version: "role_profile_version",
    later: &["published_at", "retired_at"],
    parts: &[
        ("responsibility", OF_VERSION),
        ("role_skill_requirement", OF_VERSION),
        ("qualification", OF_VERSION),
        ("practice", OF_VERSION),
        ("challenge", OF_VERSION),
        (
            "challenge_skill",
            "challenge_id IN (SELECT c.id FROM waiting_challenge c \
             JOIN waiting_role_profile_version v ON v.id = c.role_profile_version_id WHERE v.number = ",
        ),
        ("market_insight", OF_VERSION),
        ("salary_benchmark", OF_VERSION),
    ],
    beside: None,
};

const OF_VERSION: &str =
    "role_profile_version_id IN (SELECT v.id FROM waiting_role_profile_version v WHERE v.number = ";

impl Tx {
    /// Stores the waiting versions with what they hold, each in the status it had.
    pub(super) async fn place_profiles(&self) -> Result<(), StoreError> {
        for number in self.waiting_numbers(&PROFILES).await? {
            self.place_drafts(&PROFILES, number).await?;
            for part in PROFILES.parts {
                self.place_part(*part, number).await?;
            }
            // DRAFT, PUBLISHED, then SUPERSEDED or ARCHIVED: each by the update that the schema admits.
            for (set, which) in [
                ("status = 'PUBLISHED', published_at = {published_at}", "status <> 'DRAFT'"),
                ("status = {status}, retired_at = {retired_at}", "status IN ('SUPERSEDED', 'ARCHIVED')"),
            ] {
                self.move_waiting(PROFILES.version, set, (which, Some(number))).await?;
            }
        }
        self.all_came(&PROFILES).await
    }
}

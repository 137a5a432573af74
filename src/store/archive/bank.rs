//! Questions and sets on their way back: each version is placed as DRAFT with what it holds, reviewed and
//! approved again, and put into its sets while it is APPROVED.

use crate::store::{StoreError, Tx, archive::waiting::Family};

/// Versions of questions, what they hold, what was said of them, and the sets that pin them.
pub(super) const BANK: Family = Family {
    version: "question_version",
    later: &["approved_at", "retired_at"],
    parts: &[
        ("question_version_writer", OF_VERSION),
        ("question_version_skill", OF_VERSION),
        ("rubric_criterion", OF_VERSION),
        (
            "rubric_anchor",
            "criterion_id IN (SELECT c.id FROM waiting_rubric_criterion c \
             JOIN waiting_question_version v ON v.id = c.question_version_id WHERE v.number = ",
        ),
        ("question_fingerprint", OF_VERSION),
        ("question_review", OF_VERSION),
        (SET_ITEM, OF_VERSION),
    ],
    beside: Some((SET, &["published_at", "archived_at"])),
};

const OF_VERSION: &str =
    "question_version_id IN (SELECT v.id FROM waiting_question_version v WHERE v.number = ";
const SET: &str = "question_set";
const SET_ITEM: &str = "question_set_item";

impl Tx {
    /// Stores the waiting versions and sets with what they hold, each in the status it had.
    pub(super) async fn place_bank(&self) -> Result<(), StoreError> {
        self.place_beside(&BANK).await?;
        for number in self.waiting_numbers(&BANK).await? {
            self.place_drafts(&BANK, number).await?;
            for part in BANK.parts.iter().filter(|(table, _)| *table != SET_ITEM) {
                self.place_part(*part, number).await?;
            }
            for (set, which) in [
                ("status = 'IN_REVIEW'", "status <> 'DRAFT'"),
                ("status = 'APPROVED', approved_at = {approved_at}", "approved_at IS NOT NULL"),
            ] {
                self.move_waiting(BANK.version, set, (which, Some(number))).await?;
            }
            for part in BANK.parts.iter().filter(|(table, _)| *table == SET_ITEM) {
                self.place_part(*part, number).await?;
            }
            let withdrawn = ("status IN ('COMPROMISED', 'RETIRED')", Some(number));
            let set = "status = {status}, retired_at = {retired_at}";
            self.move_waiting(BANK.version, set, withdrawn).await?;
        }
        for (set, which) in [
            ("status = 'PUBLISHED', published_at = {published_at}", "published_at IS NOT NULL"),
            ("status = 'ARCHIVED', archived_at = {archived_at}", "archived_at IS NOT NULL"),
        ] {
            self.move_waiting(SET, set, (which, None)).await?;
        }
        self.all_came(&BANK).await
    }
}

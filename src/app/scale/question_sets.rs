//! One published set for every ten teams, of eight questions each: enough to page and filter.

use crate::{
    app::{
        demo::{PublishedSet, instants::days_ago},
        scale::Scale,
    },
    domain::questions::sets::{QuestionSet, QuestionSetItem, QuestionSetPurpose, QuestionSetStatus},
};

/// Sets were published once their questions were approved.
const PUBLISHED_DAYS_AGO: i64 = 1_100;
/// How many teams share a set.
const TEAMS_OF_A_SET: u32 = 10;
/// How many questions a set holds.
const ITEMS: u32 = 8;

impl Scale {
    /// How many sets there are: none without questions.
    pub(super) const fn question_sets(&self) -> u32 {
        if self.questions == 0 { 0 } else { self.teams.div_ceil(TEAMS_OF_A_SET) }
    }

    /// The `n`th set, published.
    pub(super) fn question_set(&self, n: u32) -> PublishedSet {
        let at = days_ago(self.now, PUBLISHED_DAYS_AGO);
        let set = QuestionSet {
            id: self.id(n),
            name: format!("Interview {n}"),
            purpose: QuestionSetPurpose::Template,
            status: QuestionSetStatus::Published,
            author_id: None,
            role_profile_version_id: None,
            created_at: at,
            published_at: Some(at),
            archived_at: None,
            revision: 1,
        };
        let all = self.questions;
        let items = (0..ITEMS.min(all)).map(|place| QuestionSetItem {
            position: i32::try_from(place).unwrap_or(0),
            section: Some(if place < ITEMS / 2 { "Depth" } else { "Breadth" }.to_owned()),
            question_version_id: self.id((n * ITEMS + place) % all),
            minutes: 10,
            required: place < ITEMS - 2,
        });
        PublishedSet { set, items: items.collect() }
    }
}

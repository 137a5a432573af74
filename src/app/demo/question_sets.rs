//! The sets' rows as entities, published: each question pinned to its first version. Adds ids, nothing else.

use std::collections::BTreeMap;

use crate::{
    app::demo::{ids::id_of, instants::days_ago},
    domain::{
        questions::sets::{QuestionSet, QuestionSetItem, QuestionSetStatus},
        time::Timestamp,
    },
    interchange::{demo::Demo, question_sets::QuestionSetRow},
};

/// The sets were published this long before the demo was loaded: when the bank had been reviewed.
const PUBLISHED_DAYS_AGO: i64 = 390;

/// A set with what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedSet {
    /// The set.
    pub set: QuestionSet,
    /// Its items.
    pub items: Vec<QuestionSetItem>,
}

pub(super) fn published(demo: &Demo, now: Timestamp) -> Vec<PublishedSet> {
    let minutes = demo.questions.iter().map(|row| (row.key.as_str(), row.expected_minutes.value)).collect();
    demo.question_sets.iter().map(|row| publish(row, &minutes, now)).collect()
}

fn publish(row: &QuestionSetRow, minutes: &BTreeMap<&str, i32>, now: Timestamp) -> PublishedSet {
    let at = days_ago(now, PUBLISHED_DAYS_AGO);
    let set = QuestionSet {
        id: id_of(&row.key),
        name: row.name.value.clone(),
        purpose: row.purpose,
        status: QuestionSetStatus::Published,
        author_id: None,
        role_profile_version_id: row.role_profile.as_ref().map(|key| id_of(&format!("{} 1", key.value))),
        created_at: at,
        published_at: Some(at),
        archived_at: None,
        revision: 1,
    };
    let items = (0..).zip(&row.items).map(|(position, item)| {
        let usual = minutes.get(item.question.as_str()).copied().unwrap_or(1);
        QuestionSetItem {
            position,
            section: item.section.as_ref().map(|section| section.value.clone()),
            question_version_id: id_of(&format!("{} 1", item.question.value)),
            minutes: item.minutes.as_ref().map_or(usual, |minutes| minutes.value),
            required: item.required,
        }
    });
    PublishedSet { set, items: items.collect() }
}

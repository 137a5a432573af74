//! The question bank's rows as entities, each with one approved version. Adds ids, nothing else.

use crate::{
    app::demo::{ids::id_of, instants::days_ago, skills::skill_id},
    domain::{
        ids::{QuestionId, QuestionVersionId},
        questions::{Question, QuestionRelation, QuestionVersion, QuestionVersionStatus},
        time::Timestamp,
    },
    interchange::{
        demo::Demo,
        questions::{QuestionRow, RelationRow},
    },
    store::WrittenVersion,
};

/// The bank was reviewed this long before the demo was loaded.
const APPROVED_DAYS_AGO: i64 = 400;

/// An entry and its first version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovedQuestion {
    /// The entry.
    pub question: Question,
    /// Its version, with all it holds.
    pub written: WrittenVersion,
    /// What it is to others.
    pub relations: Vec<QuestionRelation>,
}

pub(super) fn approved(demo: &Demo, now: Timestamp) -> Vec<ApprovedQuestion> {
    demo.questions.iter().map(|row| approve(row, now)).collect()
}

fn approve(row: &QuestionRow, now: Timestamp) -> ApprovedQuestion {
    let id: QuestionId = id_of(&row.key);
    let version_id: QuestionVersionId = id_of(&format!("{} 1", row.key.value));
    let at = days_ago(now, APPROVED_DAYS_AGO);
    let content = row.content().map_skills(|slug| skill_id(&slug));
    let question = Question {
        id,
        key: row.key.value.clone(),
        category: row.category.value.clone(),
        tags: row.tags.iter().map(|tag| tag.value.clone()).collect(),
        owner_id: None,
        licence: row.licence.clone(),
        source_url: row.source_url.clone(),
        created_at: at,
        latest_version_id: version_id,
        approved_version_id: Some(version_id),
        asked_count: 0,
        last_used_at: None,
        revision: 1,
    };
    let version = QuestionVersion {
        id: version_id,
        question_id: id,
        number: 1,
        status: QuestionVersionStatus::Approved,
        author_id: None,
        change_note: String::new(),
        body: content.body.clone(),
        created_at: at,
        approved_at: Some(at),
        retired_at: None,
    };
    let to_other =
        |relation: &RelationRow| QuestionRelation::of(id, relation.kind, id_of(&relation.question));
    let relations = row.relations.iter().map(to_other).collect();
    ApprovedQuestion { question, written: WrittenVersion { version, content }, relations }
}

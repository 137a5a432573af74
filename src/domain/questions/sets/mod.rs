//! Sets of questions: an order, sections, minutes and pinned versions, and what is wrong with them. Never decides
//! who may see a set.

pub mod coverage;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::{
    choices::choices,
    ids::{PersonId, QuestionId, QuestionSetId, QuestionVersionId, RoleProfileVersionId},
    questions::{QuestionRelation, QuestionVersionStatus},
    revisions::Revision,
    time::Timestamp,
};

choices! {
    /// What a set is for.
    QuestionSetPurpose {
        /// To be used again and again.
        Template = "TEMPLATE",
        /// For one interview.
        Interview = "INTERVIEW",
    }
    /// DRAFT → PUBLISHED → ARCHIVED.
    QuestionSetStatus {
        /// Being put together.
        Draft = "DRAFT",
        /// Ready for interviewers; what it holds never changes.
        Published = "PUBLISHED",
        /// No longer used.
        Archived = "ARCHIVED",
    }
    /// What is wrong with a set.
    QuestionSetWarningKind {
        /// A question of it is known outside.
        Compromised = "COMPROMISED",
        /// A question of it is no longer asked, or in a newer version.
        Retired = "RETIRED",
        /// Two of its questions give each other away, or ask the same.
        Siblings = "SIBLINGS",
    }
}

/// A set of questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionSet {
    /// Its id.
    pub id: QuestionSetId,
    /// 1–200 characters.
    pub name: String,
    /// What it is for.
    pub purpose: QuestionSetPurpose,
    /// Where it stands in its life.
    pub status: QuestionSetStatus,
    /// Who put it together; `None` for what was imported.
    pub author_id: Option<PersonId>,
    /// The role it interviews for.
    pub role_profile_version_id: Option<RoleProfileVersionId>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// When it went out of use.
    pub archived_at: Option<Timestamp>,
    /// Raised by every write to it.
    pub revision: Revision,
}

/// One place of a set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionSetItem {
    /// Its place in the order; there may be gaps.
    pub position: i32,
    /// The heading it stands under.
    pub section: Option<String>,
    /// The version that is asked, whatever is approved later.
    pub question_version_id: QuestionVersionId,
    /// The time it gets.
    pub minutes: i32,
    /// Whether it must be asked.
    pub required: bool,
}

/// The most items of a set.
pub const MOST_ITEMS: usize = 50;

/// One place of a set, with what it pins and what became of that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinnedItem {
    /// The place.
    pub item: QuestionSetItem,
    /// The entry that the version is an edition of.
    pub question_id: QuestionId,
    /// The name of that entry.
    pub key: String,
    /// Where the version stands now.
    pub status: QuestionVersionStatus,
    /// Whether the version, or a later one of the question, is known outside: what came before a leak is known
    /// with it, and stays so when it is retired.
    pub compromised: bool,
    /// 1–5.
    pub difficulty: i32,
}

/// Something wrong with a set. A set that is published keeps what it pins, and says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionSetWarning {
    /// What.
    pub kind: QuestionSetWarningKind,
    /// Which items, by their index in the order.
    pub items: Vec<usize>,
}

/// What is wrong with a set of these items, of whose questions these are the relations: what leaked first.
#[must_use]
pub fn warnings(items: &[PinnedItem], relations: &[QuestionRelation]) -> Vec<QuestionSetWarning> {
    let each = |kind, of: fn(&PinnedItem) -> bool| {
        let at = items.iter().enumerate().filter(move |(_, pinned)| of(pinned));
        at.map(move |(at, _)| QuestionSetWarning { kind, items: vec![at] })
    };
    let compromised = each(QuestionSetWarningKind::Compromised, |pinned| pinned.compromised);
    let retired = each(QuestionSetWarningKind::Retired, |pinned| {
        pinned.status == QuestionVersionStatus::Retired && !pinned.compromised
    });
    let places: BTreeMap<QuestionId, usize> =
        items.iter().enumerate().map(|(at, pinned)| (pinned.question_id, at)).collect();
    let apart = relations.iter().filter(|relation| relation.kind.keeps_apart());
    let pairs = apart.filter_map(|relation| {
        let mut pair = [*places.get(&relation.from_id)?, *places.get(&relation.to_id)?];
        pair.sort_unstable();
        Some(pair)
    });
    let pairs: BTreeSet<[usize; 2]> = pairs.collect();
    let siblings = pairs
        .into_iter()
        .map(|pair| QuestionSetWarning { kind: QuestionSetWarningKind::Siblings, items: pair.to_vec() });
    compromised.chain(retired).chain(siblings).collect()
}

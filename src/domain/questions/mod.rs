//! The question bank: stable entries with versions that never change once they are approved.
//!
//! Says what a question holds and how entries relate. What a version holds is in [`content`], how two of
//! them differ in [`difference`], how words are searched in [`words`], what counts as a near duplicate in [`similarity`]; never who may
//! see or write it.

pub mod content;
pub mod difference;
pub mod rules;
pub mod sets;
pub mod similarity;
#[cfg(test)]
mod tests;
pub mod words;

use serde::{Deserialize, Serialize};

use crate::domain::{
    choices::choices,
    ids::{PersonId, QuestionId, QuestionVersionId},
    questions::content::QuestionBody,
    revisions::Revision,
    time::Timestamp,
};

choices! {
    /// What sort of question.
    QuestionKind {
        /// Asks for something the person has done.
        Behavioral = "BEHAVIORAL",
        /// Puts a situation and asks for a choice.
        Situational = "SITUATIONAL",
        /// Asks how something works.
        Knowledge = "KNOWLEDGE",
        /// Asks for code, or to read it.
        Coding = "CODING",
        /// Asks for a design and its trade-offs.
        SystemDesign = "SYSTEM_DESIGN",
        /// Works through a case with figures and constraints.
        Case = "CASE",
    }
    /// DRAFT → IN_REVIEW → APPROVED → RETIRED; back to DRAFT when changes are requested; a leak leads
    /// from APPROVED over COMPROMISED to RETIRED. An approved version never changes.
    QuestionVersionStatus {
        /// Being written.
        Draft = "DRAFT",
        /// Waiting for somebody else's verdict.
        InReview = "IN_REVIEW",
        /// May be asked.
        Approved = "APPROVED",
        /// Known outside; not to be asked.
        Compromised = "COMPROMISED",
        /// No longer asked.
        Retired = "RETIRED",
    }
    /// How much of a question a skill is.
    SkillRole {
        /// What the question is there to show.
        Primary = "PRIMARY",
        /// Shown along the way.
        Secondary = "SECONDARY",
    }
    /// What two entries are to each other.
    QuestionRelationKind {
        /// One gives the other away: never both in a set.
        Enemy = "ENEMY",
        /// The same question in other clothes.
        Variant = "VARIANT",
        /// The other goes on where the one ends.
        FollowUp = "FOLLOW_UP",
        /// The same question.
        Duplicate = "DUPLICATE",
    }
    /// What a reviewer says of a version.
    ReviewVerdict {
        /// It may be asked.
        Approve = "APPROVE",
        /// It goes back to its author.
        RequestChanges = "REQUEST_CHANGES",
    }
}

impl QuestionKind {
    /// What people call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Behavioral => "Behavioural",
            Self::Situational => "Situational",
            Self::Knowledge => "Knowledge",
            Self::Coding => "Coding",
            Self::SystemDesign => "System design",
            Self::Case => "Case",
        }
    }
}

impl QuestionRelationKind {
    /// Whether it says the same of both, whichever comes first.
    #[must_use]
    pub const fn is_symmetric(self) -> bool {
        !matches!(self, Self::FollowUp)
    }

    /// Whether two so related must not stand in one set (invariant 9).
    #[must_use]
    pub const fn keeps_apart(self) -> bool {
        !matches!(self, Self::FollowUp)
    }
}

/// The most relations of one entry, counted at both ends.
pub const MOST_RELATIONS: usize = 100;

/// A stable entry of the bank; what is asked is in its versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its id.
    pub id: QuestionId,
    /// The stable name, a slug: `cancel-a-task-and-clean-up`.
    pub key: String,
    /// The area it belongs to, e.g. `Databases`.
    pub category: String,
    /// 0–10 slugs.
    pub tags: Vec<String>,
    /// Who answers for it.
    pub owner_id: Option<PersonId>,
    /// Under which licence it may be used, when it is not the organisation's own.
    pub licence: Option<String>,
    /// Where it comes from.
    pub source_url: Option<String>,
    /// When it was entered.
    pub created_at: Timestamp,
    /// The version written last.
    pub latest_version_id: QuestionVersionId,
    /// The version that may be asked.
    pub approved_version_id: Option<QuestionVersionId>,
    /// How often it was asked, in any version.
    pub asked_count: i32,
    /// When it was asked last.
    pub last_used_at: Option<Timestamp>,
    /// Raised by every write to the entry, its versions, reviews and relations.
    pub revision: Revision,
}

/// One edition of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionVersion {
    /// Its id.
    pub id: QuestionVersionId,
    /// The entry it is an edition of.
    pub question_id: QuestionId,
    /// 1, 2, 3 …
    pub number: i32,
    /// Where it stands in its life.
    pub status: QuestionVersionStatus,
    /// Who wrote to it last; `None` for what was loaded with the bank.
    pub author_id: Option<PersonId>,
    /// What is new in it.
    pub change_note: String,
    /// What is asked.
    pub body: QuestionBody,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was approved.
    pub approved_at: Option<Timestamp>,
    /// When it went out of use, by a leak or otherwise.
    pub retired_at: Option<Timestamp>,
}

/// A verdict on a version. Reviews are only ever added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionReview {
    /// Who says so.
    pub reviewer_id: PersonId,
    /// What.
    pub verdict: ReviewVerdict,
    /// Why, Markdown.
    pub comments: String,
    /// When.
    pub at: Timestamp,
}

/// Word that a version is known outside. Reports are only ever added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeakReport {
    /// Who says so.
    pub reporter_id: Option<PersonId>,
    /// Where it was seen.
    pub source: String,
    /// When.
    pub at: Timestamp,
}

/// What an entry is to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct QuestionRelation {
    /// The entry …
    pub from_id: QuestionId,
    /// … is this …
    pub kind: QuestionRelationKind,
    /// … to that one. A relation that holds both ways has the lower id first.
    pub to_id: QuestionId,
}

impl QuestionRelation {
    /// The relation as it is stored.
    #[must_use]
    pub fn of(from: QuestionId, kind: QuestionRelationKind, to: QuestionId) -> Self {
        let (from_id, to_id) = if kind.is_symmetric() && to < from { (to, from) } else { (from, to) };
        Self { from_id, kind, to_id }
    }

    /// What would say the opposite; `None` of what holds both ways.
    #[must_use]
    pub const fn reversed(self) -> Option<Self> {
        if self.kind.is_symmetric() {
            return None;
        }
        Some(Self { from_id: self.to_id, kind: self.kind, to_id: self.from_id })
    }

    /// The end that is not `one`.
    #[must_use]
    pub fn other_than(&self, one: QuestionId) -> QuestionId {
        if self.from_id == one { self.to_id } else { self.from_id }
    }
}

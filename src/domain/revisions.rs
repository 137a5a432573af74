//! Aggregate roots and their revisions: lock, `ETag` and cache key in one number.
//!
//! A write raises the revision of every root it touches; a derived model shows a digest of the
//! roots it read. Storage and locking of the numbers is `store`'s.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::{
    choices::choices,
    ids::{Id, Kind},
};

choices! {
    /// The kinds of aggregate root. Locks are taken in the order of the stored names, then of the ids.
    Aggregate {
        /// The catalogue of skills and categories as a whole; its id is nil.
        SkillCatalogue = "SKILL_CATALOGUE",
        /// One skill category.
        SkillCategory = "SKILL_CATEGORY",
        /// One skill, with its aliases, descriptors, relations, references and learning resources.
        Skill = "SKILL",
        /// One role profile, with its versions.
        RoleProfile = "ROLE_PROFILE",
        /// The shape of the team tree as a whole; its id is nil. Only changes of the tree take it.
        TeamTree = "TEAM_TREE",
        /// One team, with its place in the tree and its memberships.
        Team = "TEAM",
        /// One person, with their profiles, assessments and interests.
        Person = "PERSON",
        /// One assessment round, with its skills.
        AssessmentRound = "ASSESSMENT_ROUND",
        /// One development plan, with its goals and their check-ins.
        DevelopmentPlan = "DEVELOPMENT_PLAN",
        /// One entry of the question bank, with its versions, reviews and relations.
        Question = "QUESTION",
        /// One set of questions.
        QuestionSet = "QUESTION_SET",
    }
}

/// One aggregate root.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Root {
    /// Its kind.
    pub aggregate: Aggregate,
    /// Its id; nil for the catalogue.
    pub id: Uuid,
}

impl Root {
    /// The one root of the whole skill catalogue.
    pub const SKILL_CATALOGUE: Self = Self { aggregate: Aggregate::SkillCatalogue, id: Uuid::nil() };

    /// The one root of the shape of the team tree.
    pub const TEAM_TREE: Self = Self { aggregate: Aggregate::TeamTree, id: Uuid::nil() };

    /// The root of one entity.
    #[must_use]
    pub const fn of<K: Kind>(aggregate: Aggregate, id: Id<K>) -> Self {
        Self { aggregate, id: id.uuid() }
    }
}

/// The revision of a stored root: 1 when created, raised by one with every write to it.
pub type Revision = i64;

/// The revisions of some roots at one instant. A root that does not exist is absent.
pub type Revisions = std::collections::BTreeMap<Root, Revision>;

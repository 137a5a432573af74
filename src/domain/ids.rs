//! Typed identifiers and their public form, the TypeID (`team_01h455vb4pex5vsknk084sn02q`).
//!
//! An id of one kind cannot be passed for another. This module never makes an id out of nothing:
//! fresh ids come from `app::ids`, known ones from the database or a client.

use std::{fmt, hash::Hash, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use type_safe_id::{DynamicType, TypeSafeId};
use uuid::Uuid;

/// What an id names; the prefix is part of the public form.
pub trait Kind: 'static {
    /// The TypeID prefix, lower case.
    const PREFIX: &'static str;
}

/// A typed UUID. Version 7 when made by us; any UUID is accepted on import.
pub struct Id<K: Kind> {
    uuid: Uuid,
    kind: PhantomData<fn() -> K>,
}

/// A public id that is not of the expected form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not an id of the form {expected}_…")]
pub struct InvalidId {
    /// What the client sent, cut to 64 characters.
    pub given: String,
    /// The prefix that was expected.
    pub expected: &'static str,
}

impl<K: Kind> Id<K> {
    /// Types a raw UUID.
    #[must_use]
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self { uuid, kind: PhantomData }
    }

    /// The raw UUID, as stored.
    #[must_use]
    pub const fn uuid(self) -> Uuid {
        self.uuid
    }
}

impl<K: Kind> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K: Kind> Copy for Id<K> {}
impl<K: Kind> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}
impl<K: Kind> Eq for Id<K> {}
impl<K: Kind> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K: Kind> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.uuid.cmp(&other.uuid)
    }
}
impl<K: Kind> Hash for Id<K> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}
impl<K: Kind> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl<K: Kind> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match DynamicType::new(K::PREFIX) {
            Ok(prefix) => fmt::Display::fmt(&TypeSafeId::from_type_and_uuid(prefix, self.uuid), f),
            Err(_) => fmt::Display::fmt(&self.uuid, f),
        }
    }
}
/// As the raw UUID: for what we keep. Clients read the public form.
impl<K: Kind> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.uuid.serialize(serializer)
    }
}
impl<'de, K: Kind> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Uuid::deserialize(deserializer).map(Self::from_uuid)
    }
}
impl<K: Kind> FromStr for Id<K> {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        TypeSafeId::<DynamicType>::from_str(text)
            .ok()
            .filter(|id| id.type_prefix() == K::PREFIX)
            .map(|id| Self::from_uuid(id.uuid()))
            .ok_or_else(|| InvalidId { given: text.chars().take(64).collect(), expected: K::PREFIX })
    }
}

/// Reads only the prefix of a public id, to dispatch `node(id)`.
#[must_use]
pub fn prefix_of(text: &str) -> Option<&str> {
    text.rsplit_once('_').map(|(prefix, _)| prefix)
}

/// Declares an id type and its prefix.
macro_rules! ids {
    ($($(#[$doc:meta])* $alias:ident = $kind:ident, $prefix:literal;)*) => {$(
        $(#[$doc])*
        pub type $alias = Id<$kind>;
        #[doc = concat!("The kind of thing a [`", stringify!($alias), "`] names.")]
        pub enum $kind {}
        impl Kind for $kind {
            const PREFIX: &'static str = $prefix;
        }
    )*};
}

ids! {
    /// Names a team.
    TeamId = TeamKind, "team";
    /// Names a person.
    PersonId = PersonKind, "person";
    /// Names one dated membership of a person in a team.
    TeamMembershipId = TeamMembershipKind, "team_membership";
    /// Names a skill category.
    SkillCategoryId = SkillCategoryKind, "skill_category";
    /// Names a skill.
    SkillId = SkillKind, "skill";
    /// Names one merge of a skill into another.
    SkillMergeId = SkillMergeKind, "skill_merge";
    /// Names a role profile.
    RoleProfileId = RoleProfileKind, "role_profile";
    /// Names one version of a role profile.
    RoleProfileVersionId = RoleProfileVersionKind, "role_profile_version";
    /// Names one skill assessment.
    SkillAssessmentId = SkillAssessmentKind, "skill_assessment";
    /// Names one exemption of a person from a requirement.
    RequirementExemptionId = RequirementExemptionKind, "requirement_exemption";
    /// Names an entry of the question bank.
    QuestionId = QuestionKind, "question";
    /// Names one version of a question.
    QuestionVersionId = QuestionVersionKind, "question_version";
    /// Names a set of questions.
    QuestionSetId = QuestionSetKind, "question_set";
    /// Names one assessment round of a team.
    AssessmentRoundId = AssessmentRoundKind, "assessment_round";
    /// Names a development plan.
    DevelopmentPlanId = DevelopmentPlanKind, "development_plan";
    /// Names a goal of a development plan.
    DevelopmentGoalId = DevelopmentGoalKind, "development_goal";
    /// Names one check-in on a goal.
    GoalCheckInId = GoalCheckInKind, "goal_check_in";
    /// Names a learning resource.
    LearningResourceId = LearningResourceKind, "learning_resource";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_id_reads_back_as_the_same_id() {
        let id = TeamId::from_uuid(Uuid::from_u128(0x018a_2b3c));
        assert!(id.to_string().starts_with("team_"));
        assert_eq!(id.to_string().parse::<TeamId>(), Ok(id));
    }

    #[test]
    fn an_id_of_another_kind_is_refused_by_name() {
        let id = PersonId::from_uuid(Uuid::from_u128(7)).to_string();
        let refused = id.parse::<TeamId>().unwrap_err();
        assert_eq!(refused.expected, "team");
    }

    #[test]
    fn a_prefix_with_an_underscore_is_read_whole() {
        let id = TeamMembershipId::from_uuid(Uuid::from_u128(7)).to_string();
        assert_eq!(prefix_of(&id), Some("team_membership"));
    }
}

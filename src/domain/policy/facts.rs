//! What the policy needs to know of the things it is asked about. Filled by whoever loaded them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::{
    assessments::{AssessmentSource, AssessmentStatus},
    development::{GoalStatus, GoalTally, LearningResourceStatus, PlanStatus},
    ids::{PersonId, SkillId, TeamId},
    people::{Discoverability, PersonStatus},
    profiles::RoleProfileStatus,
    questions::{
        QuestionVersionStatus,
        sets::{PinnedItem, QuestionSet, QuestionSetStatus},
    },
    skills::{Skill, SkillStatus},
    teams::TeamStatus,
};

/// Of a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TeamFacts {
    /// Which.
    pub id: TeamId,
    /// Where it stands.
    pub status: TeamStatus,
    /// It has current members or active teams below it, and so cannot be archived.
    pub occupied: bool,
}

/// Of a person's stay in a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MembershipFacts {
    /// Where.
    pub team_id: TeamId,
    /// It has its end, past or to come, and does not change any more.
    pub ended: bool,
}

/// Of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonFacts {
    /// Who.
    pub id: PersonId,
    /// Where they stand.
    pub status: PersonStatus,
    /// Who may find them.
    pub discoverability: Discoverability,
    /// The teams they are in now.
    pub teams: BTreeSet<TeamId>,
    /// The canonical skills in which they were rated by PEER or CERTIFICATE.
    pub vouched_in: BTreeSet<SkillId>,
}

/// Of a skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkillFacts {
    /// Which.
    pub id: SkillId,
    /// Where it stands.
    pub status: SkillStatus,
    /// Who owns it.
    pub owner_id: Option<PersonId>,
    /// Who proposed it.
    pub proposed_by: Option<PersonId>,
}

impl From<&Skill> for SkillFacts {
    fn from(skill: &Skill) -> Self {
        Self { id: skill.id, status: skill.status, owner_id: skill.owner_id, proposed_by: skill.proposed_by }
    }
}

/// Of an assessment round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoundFacts {
    /// Whose members are assessed.
    pub team_id: TeamId,
    /// It is over.
    pub closed: bool,
}

/// Of an exemption from a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExemptionFacts<'a> {
    /// Who is excused.
    pub person: &'a PersonFacts,
    /// Its day has come, or it was ended before.
    pub over: bool,
}

/// Of a role profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleProfileFacts {
    /// Where it stands.
    pub status: RoleProfileStatus,
    /// A version of it is being written.
    pub drafted: bool,
}

/// Of an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AssessmentFacts<'a> {
    /// Who was rated.
    pub person: &'a PersonFacts,
    /// The canonical skill.
    pub skill_id: SkillId,
    /// On what ground.
    pub source: AssessmentSource,
    /// Who rated.
    pub assessor_id: Option<PersonId>,
    /// The last of its statuses.
    pub status: AssessmentStatus,
    /// Its own end has not passed and its skill is in use, so that it can be said again today.
    pub repeatable: bool,
}

/// Of a development plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanFacts<'a> {
    /// Whose.
    pub person: &'a PersonFacts,
    /// Where it stands.
    pub status: PlanStatus,
    /// What its goals are like.
    pub goals: GoalTally,
}

/// Of a goal of a development plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoalFacts<'a> {
    /// Its plan.
    pub plan: PlanFacts<'a>,
    /// Where it stands.
    pub status: GoalStatus,
    /// The last check-in reached its target.
    pub reached: bool,
    /// The day it was due on is over.
    pub overdue: bool,
}

/// Of a learning resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LearningResourceFacts {
    /// The canonical skill.
    pub skill_id: SkillId,
    /// Where it stands.
    pub status: LearningResourceStatus,
}

/// Of an entry of the question bank, as far as the viewer sees its versions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QuestionFacts {
    /// Where the version written last stands.
    pub latest: Option<QuestionVersionStatus>,
    /// All who wrote to that.
    pub writers: BTreeSet<PersonId>,
    /// A version of it may be asked.
    pub approved: bool,
    /// A version of it is known outside and not retired.
    pub compromised: bool,
    /// A version of it was approved, now or before.
    pub ever_approved: bool,
}

/// Of a set of questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuestionSetFacts {
    /// Where it stands.
    pub status: QuestionSetStatus,
    /// Who put it together.
    pub author_id: Option<PersonId>,
    /// It holds something, and all that it holds may be asked.
    pub ready: bool,
}

impl QuestionSetFacts {
    /// Of a set with these items.
    #[must_use]
    pub fn of(set: &QuestionSet, items: &[PinnedItem]) -> Self {
        let asked = |pinned: &PinnedItem| pinned.status == QuestionVersionStatus::Approved;
        let ready = !items.is_empty() && items.iter().all(asked);
        Self { status: set.status, author_id: set.author_id, ready }
    }
}

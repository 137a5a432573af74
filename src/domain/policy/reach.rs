//! How far a viewer sees, in a form a query can use: everything, some ids, or nothing.

use std::collections::BTreeSet;

use crate::domain::{
    ids::{PersonId, SkillId, TeamId},
    policy::{Claim, Claims, Standing},
};

/// The part of a kind of thing that a viewer sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach<T> {
    /// All of it.
    All,
    /// These alone; none when empty.
    Only(BTreeSet<T>),
}

impl<T: Ord> Reach<T> {
    /// Whether `id` is within reach.
    #[must_use]
    pub fn contains(&self, id: &T) -> bool {
        match self {
            Self::All => true,
            Self::Only(ids) => ids.contains(id),
        }
    }
}

/// Teams: one's own, those one leads and those below; all of them for ADMIN.
#[must_use]
pub fn teams(claims: &Claims, standing: &Standing) -> Reach<TeamId> {
    if claims.has(Claim::Admin) || claims.has_scope("teams:read") {
        return Reach::All;
    }
    Reach::Only(standing.leads.union(&standing.member_of).copied().collect())
}

/// Whose profile a viewer sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeopleReach {
    /// Everyone, those who left included.
    All,
    /// Everyone who is active.
    Active,
    /// The active people who meet one of these.
    Near {
        /// The viewer.
        own: Option<PersonId>,
        /// In one of these teams now: shared with the viewer, led by the viewer, or below those.
        teams: BTreeSet<TeamId>,
        /// Rated PEER or CERTIFICATE in one of these skills, which the viewer owns.
        owned: BTreeSet<SkillId>,
        /// Discoverable by the whole ORGANISATION, of which the viewer is a member.
        organisation: bool,
    },
}

/// People: oneself, those one shares a team with or leads, those rated in a skill one owns, and the
/// discoverable; all of them for ADMIN.
#[must_use]
pub fn people(claims: &Claims, standing: &Standing) -> PeopleReach {
    if claims.has(Claim::Admin) {
        return PeopleReach::All;
    }
    if claims.has_scope("people:read") {
        return PeopleReach::Active;
    }
    PeopleReach::Near {
        own: standing.person,
        teams: standing.leads.union(&standing.member_of).copied().collect(),
        owned: standing.owns.clone(),
        organisation: standing.person.is_some(),
    }
}

/// Which assessments a viewer sees. ADMIN sees none by that claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssessmentReach {
    /// All of everyone's.
    All,
    /// Those that meet one of these.
    Near {
        /// All of the viewer's own, and the PEER and MANAGER ones they wrote.
        own: Option<PersonId>,
        /// All of the people who are in one of these teams now: led by the viewer, or below those.
        led: BTreeSet<TeamId>,
        /// The PEER and CERTIFICATE ones of these skills, which the viewer owns.
        owned: BTreeSet<SkillId>,
    },
}

/// Assessments: one's own, those of people one leads, PEER and CERTIFICATE ones of skills one owns.
#[must_use]
pub fn assessments(claims: &Claims, standing: &Standing) -> AssessmentReach {
    if claims.has_scope("assessments:read") {
        return AssessmentReach::All;
    }
    AssessmentReach::Near { own: standing.person, led: standing.leads.clone(), owned: standing.owns.clone() }
}

/// Whose exemptions from requirements a viewer sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExemptionReach {
    /// Everyone's.
    All,
    /// Those of who meets one of these.
    Near {
        /// The viewer.
        own: Option<PersonId>,
        /// Active, and in one of these teams now: led by the viewer, or below those.
        led: BTreeSet<TeamId>,
    },
}

/// Exemptions: one's own, and those of people one leads; all of them for ADMIN, who may grant them.
#[must_use]
pub fn exemptions(claims: &Claims, standing: &Standing) -> ExemptionReach {
    if claims.has(Claim::Admin) || claims.has_scope("assessments:read") {
        return ExemptionReach::All;
    }
    ExemptionReach::Near { own: standing.person, led: standing.leads.clone() }
}

/// Whether the viewer sees the skill catalogue and the published role profiles: any active person, any
/// claim, a SERVICE by its scope.
#[must_use]
pub fn catalogue(claims: &Claims, standing: &Standing) -> bool {
    standing.person.is_some()
        || claims.roles.iter().any(|claim| *claim != Claim::Service)
        || claims.has_scope("catalogue:read")
}

/// Which versions of questions a viewer sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuestionReach {
    /// The whole bank.
    All,
    /// What may be asked, what published sets and the viewer's own pin, and what the viewer wrote.
    Asked {
        /// The viewer.
        own: Option<PersonId>,
    },
    /// Nothing.
    Nothing,
}

/// Questions: those who edit the bank see it whole, those who interview what may be asked. Nobody else
/// sees any: a rubric read beforehand makes a score worthless.
#[must_use]
pub fn questions(claims: &Claims, standing: &Standing) -> QuestionReach {
    if claims.has(Claim::QuestionEditor) || claims.has_scope("questions:write") {
        QuestionReach::All
    } else if claims.has(Claim::Interviewer) || claims.has_scope("questions:read") {
        QuestionReach::Asked { own: standing.person }
    } else {
        QuestionReach::Nothing
    }
}

/// Which sets of questions a viewer sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuestionSetReach {
    /// All of them.
    All,
    /// The published ones, and what the viewer put together.
    Published {
        /// The viewer.
        own: Option<PersonId>,
    },
    /// None.
    Nothing,
}

/// Sets: of the same people as the questions in them.
#[must_use]
pub fn question_sets(claims: &Claims, standing: &Standing) -> QuestionSetReach {
    match questions(claims, standing) {
        QuestionReach::All => QuestionSetReach::All,
        QuestionReach::Asked { own } => QuestionSetReach::Published { own },
        QuestionReach::Nothing => QuestionSetReach::Nothing,
    }
}

/// Whether the viewer sees salary benchmarks.
#[must_use]
pub fn salaries(claims: &Claims) -> bool {
    claims.has(Claim::Recruiter) || claims.has_scope("salaries:read")
}

/// Whose development plans a viewer sees. ADMIN sees none by that claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanReach {
    /// All of everyone's.
    All,
    /// Those that meet one of these.
    Near {
        /// The viewer's own.
        own: Option<PersonId>,
        /// Those of the people who are in one of these teams now: led by the viewer, or below those.
        led: BTreeSet<TeamId>,
    },
}

/// Plans: one's own, and those of people one leads.
#[must_use]
pub fn plans(claims: &Claims, standing: &Standing) -> PlanReach {
    if claims.has_scope("development:read") {
        return PlanReach::All;
    }
    PlanReach::Near { own: standing.person, led: standing.leads.clone() }
}

//! Who may see what, of one thing that is at hand. Reads [`reach`], as the queries do, so that the
//! two cannot say different things.

use crate::domain::{
    assessments::AssessmentSource,
    ids::{PersonId, TeamId},
    levels::Level,
    people::{Discoverability, PersonStatus},
    policy::{
        Actor,
        facts::{AssessmentFacts, PersonFacts, SkillFacts, TeamFacts},
        reach::{self, AssessmentReach, ExemptionReach, PeopleReach, PlanReach, QuestionReach},
    },
    profiles::RoleProfileVersionStatus,
    questions::QuestionVersionStatus,
    skills::SkillStatus,
};

impl Actor<'_> {
    /// Whether the viewer leads a team this person is in now, or one above it. Nobody leads themself.
    #[must_use]
    pub fn leads(&self, person: &PersonFacts) -> bool {
        is_active(person) && !self.is(person.id) && !self.standing.leads.is_disjoint(&person.teams)
    }

    /// Whether the two are in one team now.
    #[must_use]
    pub fn shares_team_with(&self, person: &PersonFacts) -> bool {
        is_active(person) && !self.is(person.id) && !self.standing.member_of.is_disjoint(&person.teams)
    }

    /// Whether the viewer sees the team.
    #[must_use]
    pub fn sees_team(&self, team: &TeamFacts) -> bool {
        reach::teams(self.claims, self.standing).contains(&team.id)
    }

    /// Whether the viewer sees how the team covers skills: who leads it, or one above it, and whom all
    /// assessments are open to. ADMIN does not by that claim.
    #[must_use]
    pub fn sees_coverage_of(&self, team: TeamId) -> bool {
        self.standing.leads.contains(&team) || self.claims.has_scope("assessments:read")
    }

    /// Whether the viewer sees the person.
    #[must_use]
    pub fn sees_person(&self, person: &PersonFacts) -> bool {
        match reach::people(self.claims, self.standing) {
            PeopleReach::All => true,
            PeopleReach::Active => is_active(person),
            PeopleReach::Near { own, teams, owned, organisation } => {
                is_active(person)
                    && (own == Some(person.id)
                        || !teams.is_disjoint(&person.teams)
                        || !owned.is_disjoint(&person.vouched_in)
                        || (organisation && person.discoverability == Discoverability::Organisation))
            }
        }
    }

    /// Whether the viewer sees a version of a question by where it stands: published sets and own proposals
    /// show more.
    #[must_use]
    pub fn sees_question_version(&self, status: QuestionVersionStatus) -> bool {
        match reach::questions(self.claims, self.standing) {
            QuestionReach::All => true,
            QuestionReach::Asked { .. } => status == QuestionVersionStatus::Approved,
            QuestionReach::Nothing => false,
        }
    }

    /// Whether the viewer sees what reviewers and leak reports say of a version that these people wrote.
    #[must_use]
    pub fn sees_verdicts_on(&self, writers: &[PersonId]) -> bool {
        match reach::questions(self.claims, self.standing) {
            QuestionReach::All => true,
            QuestionReach::Asked { own } => own.is_some_and(|own| writers.contains(&own)),
            QuestionReach::Nothing => false,
        }
    }

    /// Whether the viewer sees which token is this person's.
    #[must_use]
    pub fn sees_identity(&self, person: &PersonFacts) -> bool {
        self.is(person.id) || self.is_admin()
    }

    /// Whether the viewer sees all assessments, effective levels and interests of the person.
    #[must_use]
    pub fn sees_assessments_of(&self, person: &PersonFacts) -> bool {
        match reach::assessments(self.claims, self.standing) {
            AssessmentReach::All => true,
            AssessmentReach::Near { own, led, .. } => {
                own == Some(person.id) || (is_active(person) && !led.is_disjoint(&person.teams))
            }
        }
    }

    /// Whether the viewer sees from which requirements the person is excused, and why.
    #[must_use]
    pub fn sees_exemptions_of(&self, person: &PersonFacts) -> bool {
        match reach::exemptions(self.claims, self.standing) {
            ExemptionReach::All => true,
            ExemptionReach::Near { own, led } => {
                own == Some(person.id) || (is_active(person) && !led.is_disjoint(&person.teams))
            }
        }
    }

    /// Whether the viewer sees this one assessment.
    #[must_use]
    pub fn sees_assessment(&self, row: &AssessmentFacts<'_>) -> bool {
        self.sees_assessments_of(row.person) || self.wrote(row) || self.owns_skill_of(row)
    }

    /// PEER and MANAGER rows stay visible to those who wrote them.
    fn wrote(&self, row: &AssessmentFacts<'_>) -> bool {
        matches!(row.source, AssessmentSource::Peer | AssessmentSource::Manager)
            && row.assessor_id.is_some_and(|assessor| self.is(assessor))
    }

    /// Whether the row is one of those a skill's owner looks after.
    pub(super) fn owns_skill_of(&self, row: &AssessmentFacts<'_>) -> bool {
        matches!(row.source, AssessmentSource::Peer | AssessmentSource::Certificate)
            && is_active(row.person)
            && self.standing.owns.contains(&row.skill_id)
    }

    /// Whether the viewer sees the development plans of the person, with goals and check-ins.
    #[must_use]
    pub fn sees_plans_of(&self, person: &PersonFacts) -> bool {
        match reach::plans(self.claims, self.standing) {
            PlanReach::All => true,
            PlanReach::Near { own, led } => {
                own == Some(person.id) || (is_active(person) && !led.is_disjoint(&person.teams))
            }
        }
    }

    /// Whether the viewer sees the skill catalogue at all.
    #[must_use]
    pub fn sees_catalogue(&self) -> bool {
        reach::catalogue(self.claims, self.standing)
    }

    /// Whether the viewer sees the skill. A proposal is between its proposer, its owner and ADMIN.
    #[must_use]
    pub fn sees_skill(&self, skill: &SkillFacts) -> bool {
        let concerned = |person: Option<_>| person.is_some_and(|person| self.is(person));
        self.sees_catalogue()
            && (skill.status != SkillStatus::Proposed
                || self.is_admin()
                || concerned(skill.proposed_by)
                || concerned(skill.owner_id))
    }

    /// Whether the viewer sees a role profile version that stands so.
    #[must_use]
    pub fn sees_role_profile_version(&self, status: RoleProfileVersionStatus) -> bool {
        match status {
            RoleProfileVersionStatus::Published | RoleProfileVersionStatus::Superseded => {
                self.sees_catalogue()
            }
            RoleProfileVersionStatus::Draft | RoleProfileVersionStatus::Archived => self.is_admin(),
        }
    }

    /// Whether the viewer sees salary benchmarks.
    #[must_use]
    pub fn sees_salaries(&self) -> bool {
        reach::salaries(self.claims)
    }

    /// How the people finder may match the person. Who left is not found by anyone.
    #[must_use]
    pub fn may_find(&self, person: &PersonFacts) -> Findable {
        if !is_active(person) {
            return Findable::Not;
        }
        if self.sees_person(person) && self.sees_assessments_of(person) {
            return Findable::ByLevel;
        }
        let discoverable = match person.discoverability {
            Discoverability::Organisation => self.standing.person.is_some(),
            Discoverability::Team => self.shares_team_with(person),
            Discoverability::Nobody => false,
        };
        if discoverable { Findable::ByBand } else { Findable::Not }
    }
}

fn is_active(person: &PersonFacts) -> bool {
    person.status == PersonStatus::Active
}

/// How the people finder may match a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Findable {
    /// Not at all.
    Not,
    /// Only as [`BAND`] or more, and by interest; never by source or history.
    ByBand,
    /// By the exact level.
    ByLevel,
}

/// Who is merely discoverable is found as a practitioner or better, and no finer: a clause below
/// this asks for this.
pub const BAND: Level = Level::ALL[3];

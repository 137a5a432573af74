//! The columns of the tables, and the things they look at.

use std::collections::BTreeSet;

use crate::domain::{
    assessments::{AssessmentSource, AssessmentStatus},
    development::{GoalStatus, GoalTally, LearningResourceStatus, PlanStatus},
    ids::PersonId,
    people::{Discoverability, PersonStatus},
    policy::{
        Actor, Claim, Claims, Standing,
        facts::{
            AssessmentFacts, ExemptionFacts, GoalFacts, LearningResourceFacts, MembershipFacts, PersonFacts,
            PlanFacts, QuestionFacts, QuestionSetFacts, RoleProfileFacts, RoundFacts, SkillFacts, TeamFacts,
        },
    },
    profiles::RoleProfileStatus,
    questions::{QuestionVersionStatus, sets::QuestionSetStatus},
    sampling::id,
    skills::SkillStatus,
    teams::TeamStatus,
};

const P: u128 = 1;
const A: u128 = 2;
const OWNER: u128 = 3;
const SOMEBODY: u128 = 4;
const T: u128 = 10;
const OTHER_TEAM: u128 = 11;
const S: u128 = 20;

/// One column.
#[derive(Debug, Clone, Default)]
pub struct Grants {
    pub claims: Claims,
    pub standing: Standing,
}

impl Grants {
    pub fn actor(&self) -> Actor<'_> {
        Actor::new(&self.claims, &self.standing)
    }

    /// Both at once: a linked person with a claim.
    pub fn and(&self, claims: &Claims) -> Self {
        Self { claims: claims.clone(), standing: self.standing.clone() }
    }
}

fn claim(claim: Claim, scopes: &[&str]) -> Grants {
    let scopes = scopes.iter().map(ToString::to_string).collect();
    Grants { claims: Claims { roles: BTreeSet::from([claim]), scopes }, ..Grants::default() }
}

fn linked(person: u128, member_of: &[u128], leads: &[u128]) -> Grants {
    let teams = |ids: &[u128]| ids.iter().map(|n| id(*n)).collect();
    let standing = Standing {
        person: Some(id(person)),
        member_of: teams(member_of),
        leads: teams(leads),
        ..Standing::default()
    };
    Grants { standing, ..Grants::default() }
}

fn program(acts_for: Option<u128>) -> Grants {
    let writes = [
        "teams:write",
        "people:write",
        "skills:write",
        "assessments:write",
        "development:write",
        "questions:write",
    ];
    let mut grants = claim(Claim::Service, &writes);
    grants.standing.acts_for = acts_for.map(id);
    grants
}

/// The column of this name.
pub fn grants(column: &str) -> Grants {
    let reads = [
        "teams:read",
        "people:read",
        "assessments:read",
        "catalogue:read",
        "salaries:read",
        "development:read",
        "questions:read",
    ];
    match column {
        "anon" => Grants::default(),
        "intv" => claim(Claim::Interviewer, &[]),
        "qedt" => claim(Claim::QuestionEditor, &[]),
        "recr" => claim(Claim::Recruiter, &[]),
        "cali" => claim(Claim::Calibrator, &[]),
        "admn" => claim(Claim::Admin, &[]),
        "serv" => program(Some(SOMEBODY)),
        "sfor" => program(Some(P)),
        "noac" => program(None),
        "read" => claim(Claim::Service, &reads),
        "job" => {
            let mut grants = program(None);
            grants.standing.job = true;
            grants
        }
        "memb" => linked(SOMEBODY, &[OTHER_TEAM], &[]),
        "mate" => linked(SOMEBODY, &[T], &[]),
        "lead" => linked(SOMEBODY, &[OTHER_TEAM], &[OTHER_TEAM, T]),
        "lass" => linked(A, &[OTHER_TEAM], &[OTHER_TEAM, T]),
        "ownr" => {
            let mut grants = linked(OWNER, &[OTHER_TEAM], &[]);
            grants.standing.owns = BTreeSet::from([id(S)]);
            grants
        }
        "self" => linked(P, &[T], &[]),
        "slft" => linked(P, &[T], &[T]),
        "assr" => linked(A, &[T], &[]),
        other => panic!("no column `{other}`"),
    }
}

pub const CLAIMS: &[&str] = &["intv", "qedt", "recr", "cali", "admn", "read"];
pub const RELATIONS: &[&str] = &["memb", "mate", "lead", "lass", "ownr", "self", "slft", "assr"];

pub fn person(status: PersonStatus, discoverability: Discoverability) -> PersonFacts {
    PersonFacts {
        id: id(P),
        status,
        discoverability,
        teams: BTreeSet::from([id(T)]),
        vouched_in: BTreeSet::from([id(S)]),
    }
}

pub fn active_person() -> PersonFacts {
    person(PersonStatus::Active, Discoverability::Team)
}

pub fn team(status: TeamStatus, occupied: bool) -> TeamFacts {
    TeamFacts { id: id(T), status, occupied }
}

pub fn stay(ended: bool) -> MembershipFacts {
    MembershipFacts { team_id: id(T), ended }
}

pub fn round(closed: bool) -> RoundFacts {
    RoundFacts { team_id: id(T), closed }
}

pub fn exemption(person: &PersonFacts, over: bool) -> ExemptionFacts<'_> {
    ExemptionFacts { person, over }
}

pub fn skill(status: SkillStatus) -> SkillFacts {
    SkillFacts { id: id(S), status, owner_id: Some(id(OWNER)), proposed_by: Some(id(P)) }
}

pub fn profile(status: RoleProfileStatus, drafted: bool) -> RoleProfileFacts {
    RoleProfileFacts { status, drafted }
}

pub fn row(person: &PersonFacts, source: AssessmentSource, status: AssessmentStatus) -> AssessmentFacts<'_> {
    let of_self = source == AssessmentSource::SelfRating;
    let assessor: PersonId = id(if of_self { P } else { A });
    AssessmentFacts { person, skill_id: id(S), source, assessor_id: Some(assessor), status, repeatable: true }
}

/// A plan of the person with one whole goal that is still open.
pub fn plan(person: &PersonFacts, status: PlanStatus) -> PlanFacts<'_> {
    PlanFacts { person, status, goals: GoalTally { all: 1, incomplete: 0, open: 1 } }
}

pub fn goal(person: &PersonFacts, plan_status: PlanStatus, status: GoalStatus) -> GoalFacts<'_> {
    GoalFacts { plan: plan(person, plan_status), status, reached: false, overdue: false }
}

pub fn resource(status: LearningResourceStatus) -> LearningResourceFacts {
    LearningResourceFacts { skill_id: id(S), status }
}

/// A set that may be published, by P or by nobody.
pub fn question_set(status: QuestionSetStatus, by_p: bool) -> QuestionSetFacts {
    QuestionSetFacts { status, author_id: by_p.then(|| id(P)), ready: true }
}

/// An entry that P may have written, with a version that may be asked.
pub fn question(latest: QuestionVersionStatus, by_p: bool) -> QuestionFacts {
    let writers = by_p.then(|| id(P)).into_iter().collect();
    QuestionFacts {
        latest: Some(latest),
        writers,
        approved: true,
        compromised: latest == QuestionVersionStatus::Compromised,
        ever_approved: true,
    }
}

//! Lays down teams, people, skills and first ratings, straight into the tables.
//!
//! What a test is *about* it does through the service; this is for what must already be there. It keeps
//! what the service keeps: revisions, folded keys, the current level beside its history.

use assay::{
    auth::issuer::DEMO_ISSUER,
    domain::{
        assessments::AssessmentSource,
        ids::{
            Id, PersonId, SkillAssessmentId, SkillCategoryId, SkillCategoryKind, SkillId, TeamId,
            TeamMembershipKind,
        },
        revisions::Aggregate,
        teams::TeamRole,
        text::{fold, slug_of},
        time::Timestamp,
    },
};
use uuid::Uuid;

use crate::support::World;

/// A skill to lay down; the rest is the obvious.
#[derive(Debug, Clone, Default)]
pub struct SkillSketch {
    pub review_interval_days: Option<i32>,
    pub expires_after_days: Option<i32>,
    pub owner: Option<PersonId>,
}

/// A first rating to lay down: VALIDATED, and current for its (person, skill, source).
#[derive(Debug, Clone, Copy)]
pub struct Rating {
    pub person: PersonId,
    pub skill: SkillId,
    pub source: AssessmentSource,
    pub assessor: PersonId,
    pub level: i32,
    pub observed_at: Timestamp,
}

impl World {
    /// A team, below `parent` since long ago.
    pub async fn team(&self, name: &str, parent: Option<TeamId>) -> TeamId {
        let id: TeamId = self.id();
        self.insert(
            "team",
            [
                ("id", id.uuid().into()),
                ("name", name.into()),
                ("name_key", fold(name).into()),
                ("slug", slug_of(name).into()),
                ("status", "ACTIVE".into()),
            ],
        )
        .await;
        self.root(Aggregate::Team, id.uuid()).await;
        if let Some(parent) = parent {
            let columns = [
                ("id", self.id::<TeamMembershipKind>().uuid().into()),
                ("team_id", id.uuid().into()),
                ("parent_id", parent.uuid().into()),
                ("valid_from", self.day(-1000).into()),
            ];
            self.insert("team_parent", columns).await;
        }
        id
    }

    /// An active person, linked to the subject that is their name's slug.
    pub async fn person(&self, name: &str) -> PersonId {
        let id: PersonId = self.id();
        let email = format!("{}@example.com", slug_of(name));
        self.insert(
            "person",
            [
                ("id", id.uuid().into()),
                ("display_name", name.into()),
                ("display_name_key", fold(name).into()),
                ("email", email.as_str().into()),
                ("email_key", fold(&email).into()),
                ("issuer", DEMO_ISSUER.into()),
                ("subject", slug_of(name).into()),
                ("status", "ACTIVE".into()),
                ("discoverability", "TEAM".into()),
            ],
        )
        .await;
        self.root(Aggregate::Person, id.uuid()).await;
        id
    }

    /// A full-time stay in a team since long ago.
    pub async fn member(&self, team: TeamId, person: PersonId, role: TeamRole) {
        self.insert(
            "team_membership",
            [
                ("id", self.id::<TeamMembershipKind>().uuid().into()),
                ("team_id", team.uuid().into()),
                ("person_id", person.uuid().into()),
                ("role", role.as_str().into()),
                ("allocation_pct", 100.into()),
                ("valid_from", self.day(-1000).into()),
            ],
        )
        .await;
    }

    /// A person of that name, in the team.
    pub async fn person_in(&self, team: TeamId, name: &str, role: TeamRole) -> PersonId {
        let person = self.person(name).await;
        self.member(team, person, role).await;
        person
    }

    /// A category at the top.
    pub async fn category(&self, name: &str) -> SkillCategoryId {
        let id: Id<SkillCategoryKind> = self.id();
        self.insert(
            "skill_category",
            [
                ("id", id.uuid().into()),
                ("name", name.into()),
                ("name_key", fold(name).into()),
                ("slug", slug_of(name).into()),
                ("position", 0.into()),
            ],
        )
        .await;
        self.root(Aggregate::SkillCategory, id.uuid()).await;
        id
    }

    /// An active technical skill.
    pub async fn skill(&self, category: SkillCategoryId, name: &str, sketch: SkillSketch) -> SkillId {
        let id: SkillId = self.id();
        self.insert(
            "skill",
            [
                ("id", id.uuid().into()),
                ("name", name.into()),
                ("name_key", fold(name).into()),
                ("slug", slug_of(name).into()),
                ("description", format!("What {name} is.").into()),
                ("kind", "TECHNICAL".into()),
                ("category_id", category.uuid().into()),
                ("owner_id", sketch.owner.map(Id::uuid).into()),
                ("status", "ACTIVE".into()),
                ("review_interval_days", sketch.review_interval_days.into()),
                ("expires_after_days", sketch.expires_after_days.into()),
            ],
        )
        .await;
        let name = [("name_key", fold(name).into()), ("skill_id", id.uuid().into())];
        self.insert("skill_name", name).await;
        self.root(Aggregate::Skill, id.uuid()).await;
        id
    }

    /// The first rating of a person by a source in a skill.
    pub async fn rate(&self, rating: Rating) -> SkillAssessmentId {
        let id: SkillAssessmentId = self.id();
        let party = match rating.source {
            AssessmentSource::Peer => rating.assessor.uuid().to_string(),
            _ => String::new(),
        };
        self.insert(
            "skill_assessment",
            [
                ("id", id.uuid().into()),
                ("person_id", rating.person.uuid().into()),
                ("skill_id", rating.skill.uuid().into()),
                ("level", rating.level.into()),
                ("source", rating.source.as_str().into()),
                ("party", party.as_str().into()),
                ("assessor_id", rating.assessor.uuid().into()),
                ("observed_at", rating.observed_at.into()),
                ("recorded_at", rating.observed_at.into()),
                ("evidence", "[]".into()),
            ],
        )
        .await;
        self.validated(id, rating).await;
        self.current(id, rating, &party).await;
        id
    }

    async fn validated(&self, id: SkillAssessmentId, rating: Rating) {
        self.insert(
            "skill_assessment_status",
            [
                ("id", self.id::<TeamMembershipKind>().uuid().into()),
                ("assessment_id", id.uuid().into()),
                ("status", "VALIDATED".into()),
                ("by_id", rating.assessor.uuid().into()),
                ("at", rating.observed_at.into()),
                ("seq", 1.into()),
            ],
        )
        .await;
    }

    async fn current(&self, id: SkillAssessmentId, rating: Rating, party: &str) {
        self.insert(
            "current_level",
            [
                ("person_id", rating.person.uuid().into()),
                ("skill_id", rating.skill.uuid().into()),
                ("assessment_id", id.uuid().into()),
                ("recorded_skill_id", rating.skill.uuid().into()),
                ("source", rating.source.as_str().into()),
                ("party", party.into()),
                ("level", rating.level.into()),
                ("observed_at", rating.observed_at.into()),
                ("recorded_at", rating.observed_at.into()),
                ("validated", true.into()),
            ],
        )
        .await;
    }

    async fn root<I: Into<Uuid>>(&self, aggregate: Aggregate, id: I) {
        let id: Uuid = id.into();
        let row = [("aggregate", aggregate.as_str().into()), ("id", id.into()), ("value", 1_i64.into())];
        self.insert("revision", row).await;
    }
}

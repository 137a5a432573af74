//! An assessment as an object of the graph.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::{
    domain::{assessments, ids::SkillAssessmentId},
    graphql::{
        assessments::choices::{AssessmentSource, AssessmentStatus, Confidence},
        connection::listed,
        context::found_by_id,
        ids::global,
        people::Person,
        permissions::SkillAssessmentPermissions,
        scalars::DateTime,
        skills::Skill,
    },
};

/// An assessment the viewer sees.
#[derive(Debug, Clone)]
pub struct SkillAssessment(pub Arc<assessments::SkillAssessment>);

found_by_id! { SkillAssessment(SkillAssessmentId); }
listed! { SkillAssessment: "assessments"; }

/// One rating of one person in one skill. It never changes; what happens to it is in its status.
#[Object]
impl SkillAssessment {
    /// The id of the assessment.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// Who was rated; null when you may not see them.
    async fn person(&self, ctx: &Context<'_>) -> Option<Result<Person>> {
        Person::find(ctx, self.0.person_id).await.transpose()
    }

    /// In what: of a skill that was merged, the one it reads as today.
    async fn skill(&self, ctx: &Context<'_>) -> Option<Result<Skill>> {
        Skill::canonical(ctx, self.0.skill_id).await.transpose()
    }

    /// In what it was recorded, which may have been merged since.
    async fn recorded_skill(&self, ctx: &Context<'_>) -> Option<Result<Skill>> {
        Skill::find(ctx, self.0.skill_id).await.transpose()
    }

    /// How well, 0–5.
    async fn level(&self) -> i32 {
        self.0.level.value().into()
    }

    /// How sure the assessor was; null when they did not say.
    async fn confidence(&self) -> Option<Confidence> {
        self.0.confidence.map(Into::into)
    }

    /// On what ground the level was given.
    async fn source(&self) -> AssessmentSource {
        self.0.source.into()
    }

    /// Who rated; null for an import by the system, and when you may not see them.
    async fn assessor(&self, ctx: &Context<'_>) -> Option<Result<Person>> {
        Person::find(ctx, self.0.assessor_id?).await.transpose()
    }

    /// Which certificate it rests on; null unless the source is CERTIFICATE.
    async fn certificate(&self) -> Option<&str> {
        self.0.certificate.as_deref()
    }

    /// When the level was observed.
    async fn observed_at(&self) -> DateTime {
        DateTime(self.0.observed_at)
    }

    /// When this service was told.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.0.recorded_at)
    }

    /// When the rating stops to count by its own terms; null: never.
    async fn expires_at(&self) -> Option<DateTime> {
        self.0.expires_at.map(DateTime)
    }

    /// Links or references that support it.
    async fn evidence(&self) -> &[String] {
        &self.0.evidence
    }

    /// What the assessor wrote.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// What the assessed person answered.
    async fn response(&self) -> Option<&str> {
        self.0.response.as_deref()
    }

    /// Where the assessment stands.
    async fn status(&self) -> AssessmentStatus {
        self.0.status.into()
    }

    /// What you may do with the assessment now.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<SkillAssessmentPermissions> {
        self.permissions(ctx).await
    }
}

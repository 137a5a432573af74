//! An assessment round as an object of the graph.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::{
    domain::{ids::AssessmentRoundId, rounds},
    graphql::{
        connection::listed,
        context::{Reading, find, found_by_id},
        details::ProgressOf,
        ids::global,
        people::Person,
        permissions::AssessmentRoundPermissions,
        rounds::{AssessmentRoundProgress, choices::AssessmentRoundStatus},
        scalars::DateTime,
        skills::Skill,
        teams::Team,
    },
};

/// A round the viewer sees.
#[derive(Debug, Clone)]
pub struct AssessmentRound(pub Arc<rounds::AssessmentRound>);

found_by_id! { AssessmentRound(AssessmentRoundId); }
listed! { AssessmentRound: "assessment rounds"; }

/// A team asked to be assessed in some skills by a day. You see the rounds of the teams you see, and in them
/// how far those have come whose assessments you may see.
#[Object]
impl AssessmentRound {
    /// The id of the round.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// What the round is called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The team whose members are assessed.
    async fn team(&self, ctx: &Context<'_>) -> Option<Result<Team>> {
        Team::find(ctx, self.0.team_id).await.transpose()
    }

    /// The skills in which they are assessed, as they read today: at most 100. One that went out of use since
    /// is asked of nobody.
    async fn skills(&self, ctx: &Context<'_>) -> Result<Vec<Skill>> {
        let found = find(ctx, ProgressOf(self.0.id)).await?;
        let actor = ctx.reads()?.actor();
        let skills = found.iter().flat_map(|found| &found.skills);
        Ok(skills.filter(|skill| actor.sees_skill(&(&***skill).into())).cloned().map(Skill).collect())
    }

    /// Where the round stands.
    async fn status(&self) -> AssessmentRoundStatus {
        self.0.status().into()
    }

    /// When it was opened: what was observed before does not count.
    async fn opened_at(&self) -> DateTime {
        DateTime(self.0.opened_at)
    }

    /// Who opened it; null for a program, and when you may not see them.
    async fn opened_by(&self, ctx: &Context<'_>) -> Option<Result<Person>> {
        Person::find(ctx, self.0.opened_by?).await.transpose()
    }

    /// By when it shall be done.
    async fn due_at(&self) -> DateTime {
        DateTime(self.0.due_at)
    }

    /// When it was closed: what is observed later does not count; null while it is open.
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(DateTime)
    }

    /// Who closed it; null for a program, and when you may not see them.
    async fn closed_by(&self, ctx: &Context<'_>) -> Option<Result<Person>> {
        Person::find(ctx, self.0.closed_by?).await.transpose()
    }

    /// Raised by every change of the round; pass it as `expectedRevision`.
    async fn revision(&self) -> i64 {
        self.0.revision
    }

    /// How far the round has come, of the members whose assessments you may see: a member reads their own, who
    /// leads them reads all.
    async fn progress(&self, ctx: &Context<'_>) -> Result<AssessmentRoundProgress> {
        let found = find(ctx, ProgressOf(self.0.id)).await?;
        Ok(AssessmentRoundProgress(found.unwrap_or_default()))
    }

    /// What you may do with the round now.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<AssessmentRoundPermissions> {
        self.permissions(ctx)
    }
}

//! A team as an object of the graph.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::{
    domain::{ids::TeamId, teams},
    graphql::{
        connection::{Connection, listed},
        context::{Reading, find, found_by_id},
        cost,
        coverage::{
            CoverageArguments, CoverageInput, HiringCase, TeamCoverage, TeamResilience, TeamSkillTarget,
            TeamTrend, TrendArguments, TrendStep, coverage_of, hiring_case_of, trend_of,
        },
        details::PathOf,
        development::{
            DevelopmentPlan,
            inputs::{DevelopmentPlanFilter, DevelopmentPlanOrder},
        },
        gaps::{GapReport, GapReportFilter, GapReportOrder, TeamGaps, reports_of_team},
        ids::global,
        matrix::{
            MatrixDownload, MatrixFormat, SkillChange, SkillChangeFilter, SkillChangeOrder,
            SkillMatrixArguments, SkillMatrixView, TeamScope, TeamSkillMatrix, download_of, matrix_of, past,
        },
        nested::{Asked, list_of},
        paging::{KeyKind, PageArguments, cut},
        permissions::TeamPermissions,
        profiles::inputs::RoleProfileInput,
        rounds::{
            AssessmentRound,
            inputs::{AssessmentRoundFilter, AssessmentRoundOrder},
        },
        scalars::DateTime,
        teams::{
            TeamMembership,
            choices::TeamStatus,
            inputs::{TeamFilter, TeamMembershipFilter, TeamMembershipOrder, TeamOrder},
        },
    },
};

/// A team the viewer sees.
#[derive(Debug, Clone)]
pub struct Team(pub Arc<teams::Team>);

found_by_id! { Team(TeamId); }
listed! { Team: "teams"; }

/// A team of people. Teams form a tree. You see the teams you are in, those you lead and those below.
#[Object]
impl Team {
    /// The id of the team.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// What the team is called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The name of the team in addresses; unique in the organisation.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// Where the team stands in its life.
    async fn status(&self) -> TeamStatus {
        self.0.status.into()
    }

    /// Raised by every change of the team, of its place in the tree or of its memberships; pass it as
    /// `expectedRevision`.
    async fn revision(&self) -> i64 {
        self.0.revision
    }

    /// The team above this one today; null at the top, and when you may not see it.
    async fn parent(&self, ctx: &Context<'_>) -> Option<Result<Team>> {
        let parent = self.0.parent_id?;
        Team::find(ctx, parent).await.transpose()
    }

    /// The teams above this one that you may see, the topmost first: at most 64.
    async fn path(&self, ctx: &Context<'_>) -> Result<Vec<Team>> {
        let above = find(ctx, PathOf(self.0.id)).await?.unwrap_or_default();
        let found = ctx.loader()?.load_many(above.iter().copied()).await?;
        Ok(above.iter().filter_map(|id| found.get(id).cloned()).map(Team).collect())
    }

    /// The teams directly below this one.
    async fn children(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<TeamFilter>,
        order_by: Option<TeamOrder>,
    ) -> Result<Connection<Team>> {
        let page = PageArguments { first, after, last, before }.request(KeyKind::Text)?;
        let Some(filter) = filter.unwrap_or_default().read() else { return Ok(Connection::empty()) };
        let asked = Asked { filter, order: TeamOrder::read(order_by), page };
        Ok(Connection::of(list_of(ctx, self.0.id, asked).await?, Team))
    }

    /// The people of the team, each with role and share of time.
    async fn members(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        #[graphql(desc = "Which of them; the current ones by default.")] filter: Option<TeamMembershipFilter>,
        order_by: Option<TeamMembershipOrder>,
    ) -> Result<Connection<TeamMembership>> {
        let (order, kind) = TeamMembershipOrder::read(order_by);
        let page = PageArguments { first, after, last, before }.request(kind)?;
        let filter = TeamMembershipFilter::read(filter, &ctx.reads()?.scope);
        let list = list_of(ctx, self.0.id, Asked { filter, order, page }).await?;
        Ok(Connection::of(list, TeamMembership))
    }

    /// The development plans of the people who are in the team now, as far as you may see them: those of
    /// people you lead, and your own.
    async fn development_plans(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<DevelopmentPlanFilter>,
        order_by: Option<DevelopmentPlanOrder>,
    ) -> Result<Connection<DevelopmentPlan>> {
        let page = PageArguments { first, after, last, before }.request(KeyKind::Time)?;
        let filter = filter.unwrap_or_default().read();
        let asked = Asked { filter, order: DevelopmentPlanOrder::read(order_by), page };
        Ok(Connection::of(list_of(ctx, self.0.id, asked).await?, DevelopmentPlan))
    }

    /// Who in the team can do what, how well that is known and what is missing. Null when it names a role
    /// profile you do not see.
    #[graphql(complexity = "cost::own(10 + child_complexity, child_complexity)")]
    async fn skill_matrix(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "As of this instant in valid time, not in the future; now when left out.")]
        as_of: Option<DateTime>,
        #[graphql(desc = "Exactly these columns, at most 200; when left out, the skills rated for anyone \
                          or required of anyone, by category and then name.")]
        skill_ids: Option<Vec<ID>>,
        #[graphql(desc = "Measured against this role profile instead of each person's own.")]
        role_profile: Option<RoleProfileInput>,
        #[graphql(desc = "Whose word the levels are; EFFECTIVE when left out.")] view: Option<
            SkillMatrixView,
        >,
        #[graphql(desc = "Whose members; DIRECT when left out.")] scope: Option<TeamScope>,
        #[graphql(desc = "Tell what changed since this instant, which is not after `asOf`.")]
        changed_since: Option<DateTime>,
    ) -> Option<Result<TeamSkillMatrix>> {
        let view = view.unwrap_or(SkillMatrixView::Effective);
        let scope = scope.unwrap_or(TeamScope::Direct);
        let arguments = SkillMatrixArguments { as_of, skill_ids, role_profile, view, scope, changed_since };
        matrix_of(ctx, self.0.id, arguments).await.map(|view| view.map(TeamSkillMatrix)).transpose()
    }

    /// The skill matrix as a file, of any size: a link that is good for five minutes. Null when it names a role
    /// profile you do not see.
    #[graphql(complexity = "cost::own(10 + child_complexity, child_complexity)")]
    async fn matrix_download(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "As what file; CSV when left out.")] format: Option<MatrixFormat>,
        #[graphql(desc = "As of this instant in valid time, not in the future; now when left out.")]
        as_of: Option<DateTime>,
        #[graphql(desc = "Measured against this role profile instead of each person's own.")]
        role_profile: Option<RoleProfileInput>,
        #[graphql(desc = "Whose word the levels are; EFFECTIVE when left out.")] view: Option<
            SkillMatrixView,
        >,
        #[graphql(desc = "Whose members; DIRECT when left out.")] scope: Option<TeamScope>,
    ) -> Option<Result<MatrixDownload>> {
        let arguments = SkillMatrixArguments {
            as_of,
            skill_ids: None,
            role_profile,
            view: view.unwrap_or(SkillMatrixView::Effective),
            scope: scope.unwrap_or(TeamScope::Direct),
            changed_since: None,
        };
        download_of(ctx, self.0.id, format.unwrap_or(MatrixFormat::Csv), arguments).await.transpose()
    }

    /// The levels in the team that are others than they were at `since`, by person and then skill.
    #[graphql(complexity = "cost::own(10 + child_complexity, child_complexity)")]
    async fn skill_changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Compared with this instant in valid time, which lies in the past.")]
        since: DateTime,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<SkillChangeFilter>,
        order_by: Option<SkillChangeOrder>,
    ) -> Result<Connection<SkillChange>> {
        let page = PageArguments { first, after, last, before }.request(KeyKind::Text)?;
        past("since", Some(since), ctx.reads()?.scope.now())?;
        let view = matrix_of(ctx, self.0.id, SkillMatrixArguments::since(since)).await?;
        let mut changes = view.map(|view| SkillChange::all(&view)).unwrap_or_default();
        filter.unwrap_or_default().narrow(ctx, &mut changes).await?;
        let descending = SkillChangeOrder::is_descending(order_by.as_ref());
        Ok(Connection::of(cut(changes, descending, &page), |change| change))
    }

    /// What the team is asked to be able to do, by the name of the skill: at most 400.
    async fn skill_targets(&self, ctx: &Context<'_>) -> Result<Vec<TeamSkillTarget>> {
        TeamSkillTarget::all(ctx, self.0.id).await
    }

    /// What role profiles require against what the members can do, by person: those whose assessments you
    /// may see, and no trace of the others. Null when it names a role profile you do not see.
    async fn gaps(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Measured against this role profile; when left out, against each person's own: a \
                          report for each that they held at `asOf`.")]
        role_profile: Option<RoleProfileInput>,
        #[graphql(desc = "As of this instant in valid time, not in the future; now when left out.")]
        as_of: Option<DateTime>,
        #[graphql(desc = "Whose members; DIRECT when left out.")] scope: Option<TeamScope>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<GapReportFilter>,
        order_by: Option<GapReportOrder>,
    ) -> Option<Result<Connection<GapReport>>> {
        let page = PageArguments { first, after, last, before };
        let (scope, filter) = (scope.unwrap_or(TeamScope::Direct), filter.unwrap_or_default());
        let asked = TeamGaps { role_profile, as_of, scope, page, filter, order: order_by };
        reports_of_team(ctx, self.0.id, asked).await.transpose()
    }

    /// How the team covers skills: its own targets, those you name, or what a role profile requires. Null
    /// when you do not lead the team or one above it, and when it names a role profile you do not see.
    #[graphql(complexity = "cost::own(cost::of_people(scope) + child_complexity, child_complexity)")]
    async fn coverage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Measured against what; the team's own targets when left out.")] of: Option<
            CoverageInput,
        >,
        #[graphql(desc = "From this level on somebody counts, 1–5, in the place of each level asked for.")]
        min_level: Option<i32>,
        #[graphql(desc = "As of this instant in valid time, not in the future; now when left out.")]
        as_of: Option<DateTime>,
        #[graphql(desc = "Whose members; DIRECT when left out.")] scope: Option<TeamScope>,
    ) -> Option<Result<TeamCoverage>> {
        let arguments = CoverageArguments { of, min_level, as_of, scope };
        coverage_of(ctx, self.0.id, arguments).await.map(|view| view.map(TeamCoverage)).transpose()
    }

    /// How few people the team may lose before more than half of the skills asked for have no holder. Null
    /// as `coverage` is.
    #[graphql(complexity = "cost::own(cost::of_people(scope) + child_complexity, child_complexity)")]
    async fn resilience(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of what; the team's own targets when left out.")] of: Option<CoverageInput>,
        #[graphql(desc = "From this level on somebody counts, 1–5, in the place of each level asked for.")]
        min_level: Option<i32>,
        #[graphql(desc = "As of this instant in valid time, not in the future; now when left out.")]
        as_of: Option<DateTime>,
        #[graphql(desc = "Whose members; DIRECT when left out.")] scope: Option<TeamScope>,
    ) -> Option<Result<TeamResilience>> {
        let arguments = CoverageArguments { of, min_level, as_of, scope };
        let view = coverage_of(ctx, self.0.id, arguments).await;
        view.map(|view| view.map(|view| TeamResilience::of(&view))).transpose()
    }

    /// What a hire exactly at a role profile's requirements would do for the team. Null as `coverage` is.
    #[graphql(complexity = "cost::own(cost::of_people(scope) + child_complexity, child_complexity)")]
    async fn hiring_case(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The role profile that somebody is hired for.")] role_profile: RoleProfileInput,
        #[graphql(desc = "As of this instant in valid time, not in the future; now when left out.")]
        as_of: Option<DateTime>,
        #[graphql(desc = "Whose members; DIRECT when left out.")] scope: Option<TeamScope>,
    ) -> Option<Result<HiringCase>> {
        hiring_case_of(ctx, self.0.id, role_profile, as_of, scope).await.transpose()
    }

    /// How the team's coverage of some skills moved, for charts. Null as `coverage` is.
    #[graphql(complexity = "cost::own(cost::of_people(scope) + child_complexity, child_complexity)")]
    async fn trend(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The skills, at most 20.")] skill_ids: Vec<ID>,
        #[graphql(desc = "The instant of the first point, in valid time.")] from: DateTime,
        #[graphql(desc = "The last instant, not in the future; now when left out.")] to: Option<DateTime>,
        #[graphql(desc = "How far apart the points are: at most 60 of them.")] step: TrendStep,
        #[graphql(desc = "From this level on somebody counts as a holder, 1–5; 3 when left out.")]
        min_level: Option<i32>,
        #[graphql(desc = "Whose members; DIRECT when left out.")] scope: Option<TeamScope>,
    ) -> Option<Result<TeamTrend>> {
        let arguments = TrendArguments { skill_ids, from, to, step, min_level, scope };
        trend_of(ctx, self.0.id, arguments).await.transpose()
    }

    /// The rounds in which the team is asked to be assessed.
    async fn assessment_rounds(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<AssessmentRoundFilter>,
        order_by: Option<AssessmentRoundOrder>,
    ) -> Result<Connection<AssessmentRound>> {
        let page = PageArguments { first, after, last, before }.request(KeyKind::Time)?;
        let filter = filter.unwrap_or_default().read();
        let asked = Asked { filter, order: AssessmentRoundOrder::read(order_by), page };
        Ok(Connection::of(list_of(ctx, self.0.id, asked).await?, AssessmentRound))
    }

    /// What you may do with the team now.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<TeamPermissions> {
        self.permissions(ctx).await
    }
}

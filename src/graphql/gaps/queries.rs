//! The roots around gaps.

use async_graphql::{Context, ID, Object, Result};

use crate::graphql::{
    connection::Connection,
    cost,
    gaps::{
        DueAssessment, DueAssessmentFilter, DueAssessmentOrder, DueAssessments, GapReport, SubjectInput,
        due_in_team, report_named,
    },
    matrix::TeamScope,
    paging::PageArguments,
    profiles::inputs::RoleProfileInput,
    scalars::DateTime,
};

/// The roots around gaps.
#[derive(Debug, Default)]
pub struct GapQueries;

#[Object]
impl GapQueries {
    /// What a role profile requires against what one person can do. You read your own and those of people you
    /// lead; null when it is none of these, or when the person or the profile does not exist or you may not
    /// see it.
    async fn gap(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom it is about.")] subject: SubjectInput,
        #[graphql(
            desc = "Measured against what: by `id` or `key` the version that was published at `asOf`."
        )]
        role_profile: RoleProfileInput,
        #[graphql(desc = "As of this instant in valid time, not in the future; now when left out.")]
        as_of: Option<DateTime>,
    ) -> Option<Result<GapReport>> {
        report_named(ctx, subject, role_profile, as_of).await.transpose()
    }

    /// The levels in a team that should be looked at again, of the members whose assessments you may see; null
    /// when the team does not exist or you may not see it.
    #[graphql(complexity = "cost::of_root(cost::of_people(scope) + child_complexity, child_complexity)")]
    async fn assessments_due(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The team.")] team_id: ID,
        #[graphql(desc = "Due within so many days from now, 0–3650; 30 when left out. What is overdue is \
                          always among them.")]
        within: Option<i32>,
        #[graphql(desc = "Whose members; DIRECT when left out.")] scope: Option<TeamScope>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<DueAssessmentFilter>,
        order_by: Option<DueAssessmentOrder>,
    ) -> Option<Result<Connection<DueAssessment>>> {
        let page = PageArguments { first, after, last, before };
        let (scope, filter) = (scope.unwrap_or(TeamScope::Direct), filter.unwrap_or_default());
        let within = within.unwrap_or(30);
        let asked = DueAssessments { team_id, within, scope, page, filter, order: order_by };
        due_in_team(ctx, asked).await.transpose()
    }
}

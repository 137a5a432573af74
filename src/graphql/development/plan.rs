//! A development plan as an object of the graph.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use crate::{
    domain::{development, ids::DevelopmentPlanId},
    graphql::{
        connection::{Connection, listed},
        context::found_by_id,
        development::{
            DevelopmentGoal,
            choices::DevelopmentPlanStatus,
            inputs::{DevelopmentGoalFilter, DevelopmentGoalOrder},
            permissions::DevelopmentPlanPermissions,
        },
        ids::global,
        nested::{Asked, list_of},
        paging::{KeyKind, PageArguments},
        people::Person,
        profiles::RoleProfile,
        scalars::{Date, DateTime},
    },
};

/// A plan the viewer sees.
#[derive(Debug, Clone)]
pub struct DevelopmentPlan(pub Arc<development::DevelopmentPlan>);

found_by_id! { DevelopmentPlan(DevelopmentPlanId); }
listed! { DevelopmentPlan: "development plans"; }

/// The days of a plan, both ends included.
#[derive(Debug, Clone, Copy, SimpleObject)]
pub struct DevelopmentPeriod {
    /// The first day.
    start_date: Date,
    /// The last day.
    end_date: Date,
}

/// What a person wants to reach in a period, agreed with somebody who leads them. The person and those who
/// lead them see it, and nobody else.
#[Object]
impl DevelopmentPlan {
    /// The id of the plan.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// Whose plan it is.
    async fn person(&self, ctx: &Context<'_>) -> Option<Result<Person>> {
        Person::find(ctx, self.0.person_id).await.transpose()
    }

    /// The role they work towards; null when none was named, and when you may not see it.
    async fn target_role_profile(&self, ctx: &Context<'_>) -> Option<Result<RoleProfile>> {
        RoleProfile::find(ctx, self.0.target_role_profile_id?).await.transpose()
    }

    /// From when to when.
    async fn period(&self) -> DevelopmentPeriod {
        let period = self.0.period;
        DevelopmentPeriod { start_date: Date(period.start), end_date: Date(period.end) }
    }

    /// Where the plan stands.
    async fn status(&self) -> DevelopmentPlanStatus {
        self.0.status.into()
    }

    /// When it was first written.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Who agreed to it; null until somebody did, and when you may not see them.
    async fn agreed_by(&self, ctx: &Context<'_>) -> Option<Result<Person>> {
        Person::find(ctx, self.0.agreed?.0).await.transpose()
    }

    /// When they did; null until then.
    async fn agreed_at(&self) -> Option<DateTime> {
        self.0.agreed.map(|(_, at)| DateTime(at))
    }

    /// Raised by every change of the plan, of its goals or their check-ins; pass it as `expectedRevision`.
    async fn revision(&self) -> i64 {
        self.0.revision
    }

    /// The goals of the plan: at most 100.
    async fn goals(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<DevelopmentGoalFilter>,
        order_by: Option<DevelopmentGoalOrder>,
    ) -> Result<Connection<DevelopmentGoal>> {
        let page = PageArguments { first, after, last, before }.request(KeyKind::Number)?;
        let filter = filter.unwrap_or_default().read();
        let asked = Asked { filter, order: DevelopmentGoalOrder::read(order_by), page };
        Ok(Connection::of(list_of(ctx, self.0.id, asked).await?, DevelopmentGoal))
    }

    /// What you may do with the plan now.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<DevelopmentPlanPermissions> {
        self.permissions(ctx).await
    }
}

//! A check-in as an object of the graph.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::{
    domain::{development, ids::GoalCheckInId},
    graphql::{
        connection::listed, context::found_by_id, development::DevelopmentGoal, ids::global, people::Person,
        scalars::DateTime,
    },
};

/// A check-in the viewer sees.
#[derive(Debug, Clone)]
pub struct GoalCheckIn(pub Arc<development::GoalCheckIn>);

found_by_id! { GoalCheckIn(GoalCheckInId); }
listed! { GoalCheckIn: "check-ins"; }

/// What was measured on the way to a goal. It never changes; the last one tells the progress.
#[Object]
impl GoalCheckIn {
    /// The id of the check-in.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// The goal.
    async fn goal(&self, ctx: &Context<'_>) -> Option<Result<DevelopmentGoal>> {
        DevelopmentGoal::find(ctx, self.0.goal_id).await.transpose()
    }

    /// When it was said.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }

    /// What was measured, in the unit of the goal's metric.
    async fn value(&self) -> f64 {
        self.0.value.as_f64()
    }

    /// What was said besides.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Who said it; null when you may not see them.
    async fn by(&self, ctx: &Context<'_>) -> Option<Result<Person>> {
        Person::find(ctx, self.0.by).await.transpose()
    }
}

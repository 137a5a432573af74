//! What a client gets back from changing plans and goals: read again under its scope, after the change.

use async_graphql::{Context, Result, SimpleObject};
use uuid::Uuid;

use crate::{
    domain::ids::{DevelopmentGoalId, DevelopmentPlanId, GoalCheckInId},
    graphql::{
        connection::Edge,
        development::{DevelopmentGoal, DevelopmentPlan, GoalCheckIn},
        mutation::{Outcome, UserError},
        paging::encode,
    },
    store::{Cursor, SortKey},
};

/// Payloads that show a new plan.
macro_rules! begun {
    ($($(#[$doc:meta])* $payload:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, SimpleObject)]
        pub struct $payload {
            /// The new plan; null when nothing was written.
            plan: Option<DevelopmentPlan>,
            /// The new plan as it stands in `Person.developmentPlans`; null when nothing was written.
            edge: Option<Edge<DevelopmentPlan>>,
            /// Why nothing was written, at most 100 reasons; empty when the plan is begun.
            user_errors: Vec<UserError>,
        }

        impl $payload {
            pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome) -> Result<Self> {
                let plan = plan(ctx, outcome.ids.first().copied()).await?;
                let edge = plan.clone().map(|node| {
                    let place = Cursor { key: SortKey::Time(node.0.created_at), id: node.0.id.uuid() };
                    Edge { cursor: encode(&place), node }
                });
                Ok(Self { plan, edge, user_errors: outcome.user_errors })
            }
        }
    )*};
}

begun! {
    /// What came of beginning a plan.
    CreateDevelopmentPlanPayload;
    /// What came of drafting a plan from a gap: its goals say what, why, by when and why it can be done.
    DraftPlanFromGapPayload;
}

/// Payloads that show one plan that was there before.
macro_rules! plans {
    ($($(#[$doc:meta])* $payload:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, SimpleObject)]
        pub struct $payload {
            /// The plan after the change, or as it stands on CONFLICT; null when it was refused otherwise.
            plan: Option<DevelopmentPlan>,
            /// Why nothing was written, at most 100 reasons; empty when it is done.
            user_errors: Vec<UserError>,
        }

        impl $payload {
            pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome, named: Uuid) -> Result<Self> {
                let plan = plan(ctx, outcome.shown(named)).await?;
                Ok(Self { plan, user_errors: outcome.user_errors })
            }
        }
    )*};
}

plans! {
    /// What came of changing a plan.
    UpdateDevelopmentPlanPayload;
    /// What came of agreeing to a plan.
    AgreeDevelopmentPlanPayload;
    /// What came of beginning to work on a plan.
    StartDevelopmentPlanPayload;
    /// What came of ending a plan.
    CompleteDevelopmentPlanPayload;
    /// What came of giving a plan up.
    AbandonDevelopmentPlanPayload;
}

/// What came of adding a goal.
#[derive(Debug, SimpleObject)]
pub struct AddDevelopmentGoalPayload {
    /// The new goal; null when nothing was written.
    goal: Option<DevelopmentGoal>,
    /// The new goal as it stands in `DevelopmentPlan.goals`; null when nothing was written.
    edge: Option<Edge<DevelopmentGoal>>,
    /// The plan, with its new revision, or as it stands on CONFLICT; null when it was refused otherwise.
    plan: Option<DevelopmentPlan>,
    /// Why nothing was written, at most 100 reasons; empty when the goal is added.
    user_errors: Vec<UserError>,
}

impl AddDevelopmentGoalPayload {
    pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome, named: Uuid) -> Result<Self> {
        let goal = goal(ctx, outcome.ids.first().copied()).await?;
        let edge = goal.clone().map(|node| {
            let place = Cursor { key: SortKey::Number(node.0.position.into()), id: node.0.id.uuid() };
            Edge { cursor: encode(&place), node }
        });
        let plan = plan(ctx, outcome.shown(named).map(|_| named)).await?;
        Ok(Self { goal, edge, plan, user_errors: outcome.user_errors })
    }
}

/// Payloads that show one goal that was there before.
macro_rules! goals {
    ($($(#[$doc:meta])* $payload:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, SimpleObject)]
        pub struct $payload {
            /// The goal after the change, or as it stands on CONFLICT; null when it was refused otherwise.
            goal: Option<DevelopmentGoal>,
            /// Why nothing was written, at most 100 reasons; empty when it is done.
            user_errors: Vec<UserError>,
        }

        impl $payload {
            pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome, named: Uuid) -> Result<Self> {
                let goal = goal(ctx, outcome.shown(named)).await?;
                Ok(Self { goal, user_errors: outcome.user_errors })
            }
        }
    )*};
}

goals! {
    /// What came of changing a goal.
    UpdateDevelopmentGoalPayload;
    /// What came of giving a goal up.
    DropDevelopmentGoalPayload;
    /// What came of marking a goal achieved; `proposedAssessment` says what it suggests.
    MarkGoalAchievedPayload;
    /// What came of marking a goal missed.
    MarkGoalMissedPayload;
}

/// What came of checking in on a goal.
#[derive(Debug, SimpleObject)]
pub struct CheckInOnGoalPayload {
    /// The new check-in; null when nothing was written.
    check_in: Option<GoalCheckIn>,
    /// The new check-in as it stands in `DevelopmentGoal.checkIns`; null when nothing was written.
    edge: Option<Edge<GoalCheckIn>>,
    /// The goal with its progress, or as it stands on CONFLICT; null when it was refused otherwise.
    goal: Option<DevelopmentGoal>,
    /// Why nothing was written, at most 100 reasons; empty when the check-in is written.
    user_errors: Vec<UserError>,
}

impl CheckInOnGoalPayload {
    pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome, named: Uuid) -> Result<Self> {
        let check_in = match outcome.ids.first() {
            Some(id) => GoalCheckIn::find(ctx, GoalCheckInId::from_uuid(*id)).await?,
            None => None,
        };
        let edge = check_in.clone().map(|node| {
            let place = Cursor { key: SortKey::Number(node.0.seq.into()), id: node.0.id.uuid() };
            Edge { cursor: encode(&place), node }
        });
        let goal = goal(ctx, outcome.shown(named).map(|_| named)).await?;
        Ok(Self { check_in, edge, goal, user_errors: outcome.user_errors })
    }
}

async fn plan(ctx: &Context<'_>, id: Option<Uuid>) -> Result<Option<DevelopmentPlan>> {
    match id {
        Some(id) => DevelopmentPlan::find(ctx, DevelopmentPlanId::from_uuid(id)).await,
        None => Ok(None),
    }
}

async fn goal(ctx: &Context<'_>, id: Option<Uuid>) -> Result<Option<DevelopmentGoal>> {
    match id {
        Some(id) => DevelopmentGoal::find(ctx, DevelopmentGoalId::from_uuid(id)).await,
        None => Ok(None),
    }
}

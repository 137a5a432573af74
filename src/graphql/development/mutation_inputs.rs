//! What a client sends to change plans and goals, and its way into the use cases' inputs.

use async_graphql::{ID, InputObject, MaybeUndefined, OneofObject};

use crate::{
    app::development as app,
    domain::ids::{DevelopmentGoalKind, DevelopmentPlanKind, PersonKind, SkillKind},
    graphql::{
        development::choices::GoalMetricKind, ids::raw, mutation::edit, profiles::inputs::RoleProfileInput,
        scalars::Date,
    },
};

/// From one day to another, both included: at most three years.
#[derive(Debug, Clone, Copy, InputObject)]
pub struct DevelopmentPeriodInput {
    /// The first day.
    start_date: Date,
    /// The last day.
    end_date: Date,
}

impl DevelopmentPeriodInput {
    const fn read(self) -> app::Days {
        app::Days { start_date: self.start_date.0, end_date: self.end_date.0 }
    }
}

/// A plan to begin.
#[derive(Debug, InputObject)]
pub struct CreateDevelopmentPlanInput {
    /// Whose: yourself, or somebody you lead.
    person_id: ID,
    /// The role they work towards.
    target_role_profile: Option<RoleProfileInput>,
    /// From when to when.
    period: DevelopmentPeriodInput,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: String,
}

impl CreateDevelopmentPlanInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::CreateDevelopmentPlan {
        app::CreateDevelopmentPlan {
            person_id: raw::<PersonKind>(&self.person_id),
            target_role_profile: self.target_role_profile.map(RoleProfileInput::named),
            period: self.period.read(),
        }
    }
}

/// A plan to draft from the gap to a role.
#[derive(Debug, InputObject)]
pub struct DraftPlanFromGapInput {
    /// Whose: yourself, or somebody you lead.
    person_id: ID,
    /// The role they work towards.
    role_profile: RoleProfileInput,
    /// From when to when; the goals follow each other in it.
    period: DevelopmentPeriodInput,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: String,
}

impl DraftPlanFromGapInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::DraftPlanFromGap {
        app::DraftPlanFromGap {
            person_id: raw::<PersonKind>(&self.person_id),
            role_profile: self.role_profile.named(),
            period: self.period.read(),
        }
    }
}

/// What changes of a plan; what is left out stays.
#[derive(Debug, InputObject)]
pub struct UpdateDevelopmentPlanInput {
    /// The plan.
    plan_id: ID,
    /// The role they work towards; null: none.
    target_role_profile: MaybeUndefined<RoleProfileInput>,
    /// From when to when; it must hold the days of every open goal.
    period: Option<DevelopmentPeriodInput>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the plan that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl UpdateDevelopmentPlanInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::UpdateDevelopmentPlan {
        app::UpdateDevelopmentPlan {
            plan_id: raw::<DevelopmentPlanKind>(&self.plan_id),
            target_role_profile: edit(self.target_role_profile, RoleProfileInput::named),
            period: self.period.map(DevelopmentPeriodInput::read),
            expected_revision: self.expected_revision,
        }
    }
}

/// Inputs that name one plan.
macro_rules! plans {
    ($($(#[$doc:meta])* $input:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, InputObject)]
        pub struct $input {
            /// The plan.
            plan_id: ID,
            /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
            pub(in crate::graphql) idempotency_key: Option<String>,
            /// The revision of the plan that you have seen; CONFLICT when it has moved on.
            expected_revision: Option<i64>,
        }

        impl $input {
            /// The use case's input.
            pub(in crate::graphql) fn read(self) -> app::MovePlan {
                let plan_id = raw::<DevelopmentPlanKind>(&self.plan_id);
                app::MovePlan { plan_id, expected_revision: self.expected_revision }
            }
        }
    )*};
}

plans! {
    /// A plan to agree to.
    AgreeDevelopmentPlanInput;
    /// A plan to begin to work on.
    StartDevelopmentPlanInput;
    /// A plan to end.
    CompleteDevelopmentPlanInput;
    /// A plan to give up.
    AbandonDevelopmentPlanInput;
}

/// By what a goal is to be measured.
#[derive(Debug, InputObject)]
pub struct GoalMetricInput {
    /// What kind of number.
    kind: GoalMetricKind,
    /// Where it begins, with at most three decimals.
    baseline: f64,
    /// Where it ends, above or below the baseline. May come later in a draft.
    target: Option<f64>,
    /// Of what, 1–40 characters, for COUNT and NUMBER; LEVEL and PERCENT bring their own.
    unit: Option<String>,
}

impl GoalMetricInput {
    fn read(self) -> app::NewMetric {
        let Self { kind, baseline, target, unit } = self;
        app::NewMetric { kind: kind.into(), baseline, target, unit }
    }
}

/// Names the gap a goal closes, exactly one way.
#[derive(Debug, OneofObject)]
pub enum GoalGapInput {
    /// What this role requires of the skill.
    RoleProfile(RoleProfileInput),
    /// A level that is wanted for its own sake, 1–5.
    RequiredLevel(i32),
}

impl GoalGapInput {
    fn read(self) -> app::NamedGap {
        match self {
            Self::RoleProfile(named) => app::NamedGap::Role(named.named()),
            Self::RequiredLevel(level) => app::NamedGap::Level(level),
        }
    }
}

/// A goal to add to a plan. A draft may leave out what makes it SMART; once the plan is agreed, metric with
/// target, due date and gap must be there.
#[derive(Debug, InputObject)]
pub struct AddDevelopmentGoalInput {
    /// The plan.
    plan_id: ID,
    /// The skill. One that was merged stands for the one it reads as today.
    skill_id: ID,
    /// The gap it closes; kept as it stands now.
    gap: Option<GoalGapInput>,
    /// What will be different, 1–4000 characters.
    specific: String,
    /// By what that is told.
    metric: Option<GoalMetricInput>,
    /// Why this can be done, at most 4000 characters.
    achievable_because: Option<String>,
    /// What it is good for, at most 4000 characters.
    relevance: Option<String>,
    /// When work on it begins, in the period of the plan; its first day when left out.
    start_date: Option<Date>,
    /// By which day, that day included, it is done; in the period of the plan.
    due_date: Option<Date>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: String,
    /// The revision of the plan that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl AddDevelopmentGoalInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::AddDevelopmentGoal {
        app::AddDevelopmentGoal {
            plan_id: raw::<DevelopmentPlanKind>(&self.plan_id),
            skill_id: raw::<SkillKind>(&self.skill_id),
            gap: self.gap.map(GoalGapInput::read),
            specific: self.specific,
            metric: self.metric.map(GoalMetricInput::read),
            achievable_because: self.achievable_because,
            relevance: self.relevance,
            start_date: self.start_date.map(|day| day.0),
            due_date: self.due_date.map(|day| day.0),
            expected_revision: self.expected_revision,
        }
    }
}

/// What changes of a goal; what is left out stays.
#[derive(Debug, InputObject)]
pub struct UpdateDevelopmentGoalInput {
    /// The goal.
    goal_id: ID,
    /// The gap it closes, kept as it stands now; null: none.
    gap: MaybeUndefined<GoalGapInput>,
    /// What will be different, 1–4000 characters.
    specific: Option<String>,
    /// By what that is told; null: nothing. Kind and unit stay once something was checked in.
    metric: MaybeUndefined<GoalMetricInput>,
    /// Why this can be done, at most 4000 characters.
    achievable_because: Option<String>,
    /// What it is good for, at most 4000 characters.
    relevance: Option<String>,
    /// When work on it begins, in the period of the plan.
    start_date: Option<Date>,
    /// By which day, that day included, it is done; in the period of the plan. Null: not said.
    due_date: MaybeUndefined<Date>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the plan that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl UpdateDevelopmentGoalInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::UpdateDevelopmentGoal {
        app::UpdateDevelopmentGoal {
            goal_id: raw::<DevelopmentGoalKind>(&self.goal_id),
            gap: edit(self.gap, GoalGapInput::read),
            specific: self.specific,
            metric: edit(self.metric, GoalMetricInput::read),
            achievable_because: self.achievable_because,
            relevance: self.relevance,
            start_date: self.start_date.map(|day| day.0),
            due_date: edit(self.due_date, |day| day.0),
            expected_revision: self.expected_revision,
        }
    }
}

/// Inputs that name one goal.
macro_rules! goals {
    ($($(#[$doc:meta])* $input:ident => $use_case:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, InputObject)]
        pub struct $input {
            /// The goal.
            goal_id: ID,
            /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
            pub(in crate::graphql) idempotency_key: Option<String>,
            /// The revision of the plan that you have seen; CONFLICT when it has moved on.
            expected_revision: Option<i64>,
        }

        impl $input {
            /// The use case's input.
            pub(in crate::graphql) fn read(self) -> app::$use_case {
                let goal_id = raw::<DevelopmentGoalKind>(&self.goal_id);
                app::$use_case { goal_id, expected_revision: self.expected_revision }
            }
        }
    )*};
}

goals! {
    /// A goal to give up.
    DropDevelopmentGoalInput => DropDevelopmentGoal;
    /// A goal that was achieved.
    MarkGoalAchievedInput => SettleGoal;
    /// A goal that was missed.
    MarkGoalMissedInput => SettleGoal;
}

/// What was measured on the way to a goal.
#[derive(Debug, InputObject)]
pub struct CheckInOnGoalInput {
    /// The goal.
    goal_id: ID,
    /// What was measured, in the unit of the goal's metric, with at most three decimals.
    value: f64,
    /// What there is to say besides, at most 4000 characters.
    note: Option<String>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: String,
    /// The revision of the plan that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl CheckInOnGoalInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::CheckInOnGoal {
        let goal_id = raw::<DevelopmentGoalKind>(&self.goal_id);
        let Self { value, note, expected_revision, .. } = self;
        app::CheckInOnGoal { goal_id, value, note, expected_revision }
    }
}

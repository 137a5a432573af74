//! `createDevelopmentPlan` and `updateDevelopmentPlan`: for when, and towards which role.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Edit, Failure, NamedRole, Refusal, RefusalCode, Write, Written, command,
        development::{facts_of, judge, plan_for, root_of},
        ids,
    },
    domain::{
        development::{DevelopmentPlan, GoalTally, PlanStatus, period::Period},
        ids::{DevelopmentPlanId, PersonId, RoleProfileId},
        policy::actions::{Action, Target},
        revisions::Revision,
    },
    store::{GoalFilter, GoalOrder, PageRequest, Store},
};

/// From one day to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Days {
    /// The first.
    pub start_date: NaiveDate,
    /// The last; at most three years later.
    pub end_date: NaiveDate,
}

/// A plan to begin.
#[derive(Debug, Clone, Serialize)]
pub struct CreateDevelopmentPlan {
    /// Whose.
    pub person_id: Uuid,
    /// The role they work towards.
    pub target_role_profile: Option<NamedRole>,
    /// When.
    pub period: Days,
}

/// What changes of a plan; what is absent stays.
#[derive(Debug, Clone, Serialize)]
pub struct UpdateDevelopmentPlan {
    /// The plan.
    pub plan_id: Uuid,
    /// The role they work towards.
    pub target_role_profile: Edit<NamedRole>,
    /// When; it must hold the days of every goal.
    pub period: Option<Days>,
    /// The revision of the plan that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Begins an empty plan. The payload shows its id.
///
/// # Errors
/// NOT_FOUND person or role profile; FORBIDDEN; ILLEGAL_STATE of the person; INVALID period.
pub async fn create_development_plan(
    store: &Store,
    command: Command,
    input: CreateDevelopmentPlan,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::CreateDevelopmentPlan;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let person = planner_for(&write, input.person_id, ACTION).await?;
        let role = match &input.target_role_profile {
            Some(named) => Some(named.profile(&write, "targetRoleProfile").await?.id),
            None => None,
        };
        let mut checks = Checks::default();
        let period = input.period.checked(&mut checks);
        checks.done()?;
        let plan = new_plan(&write, person, role, period.unwrap_or_else(|| input.period.unchecked()));
        write.tx.insert_development_plans(std::slice::from_ref(&plan)).await?;
        write.audit(root_of(plan.id)).await?;
        Ok((write, Written { ids: vec![plan.id.uuid()] }))
    })
    .await
}

/// Changes what a plan is about. The payload shows its id.
///
/// # Errors
/// NOT_FOUND plan or role profile; FORBIDDEN; ILLEGAL_STATE; INVALID period; CONFLICT.
pub async fn update_development_plan(
    store: &Store,
    command: Command,
    input: UpdateDevelopmentPlan,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::UpdateDevelopmentPlan;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let held = plan_for(&write, DevelopmentPlanId::from_uuid(input.plan_id), ACTION).await?;
        let mut plan = held.plan.clone();
        plan.target_role_profile_id = match &input.target_role_profile {
            Edit::Keep => plan.target_role_profile_id,
            Edit::Clear => None,
            Edit::Set(named) => Some(named.profile(&write, "targetRoleProfile").await?.id),
        };
        if let Some(days) = input.period {
            plan.period = moved(&write, &plan, days).await?;
        }
        held.check_revision(input.expected_revision)?;
        write.tx.update_development_plan(&plan).await?;
        write.audit(root_of(plan.id)).await?;
        Ok((write, Written { ids: vec![input.plan_id] }))
    })
    .await
}

/// The person named at `personId` for whom a plan can be begun: visible, may, state.
pub(super) async fn planner_for(write: &Write, id: Uuid, action: Action) -> Result<PersonId, Failure> {
    const FIELD: &str = "personId";
    let id = PersonId::from_uuid(id);
    if write.tx.people_by_id(&write.scope, &[id]).await?.is_empty() {
        return Err(Refusal::not_found(FIELD).into());
    }
    let facts = facts_of(write, id, FIELD).await?;
    let reason = || format!("The person is {}.", facts.status.as_str());
    judge(write, action, &Target::Person(&facts), FIELD, reason)?;
    Ok(id)
}

/// A plan as it begins.
pub(super) fn new_plan(
    write: &Write,
    person_id: PersonId,
    target_role_profile_id: Option<RoleProfileId>,
    period: Period,
) -> DevelopmentPlan {
    DevelopmentPlan {
        id: ids::fresh(write.now()),
        person_id,
        target_role_profile_id,
        period,
        status: PlanStatus::Draft,
        created_at: write.now(),
        agreed: None,
        goals: GoalTally::default(),
        revision: 1,
    }
}

impl Days {
    /// The period, or the rule it breaks at `period.endDate`.
    pub(super) fn checked(self, checks: &mut Checks) -> Option<Period> {
        checks.keep("period.endDate", Period::new(self.start_date, self.end_date))
    }

    /// For where a rule that broke has already refused the input.
    pub(super) const fn unchecked(self) -> Period {
        Period { start: self.start_date, end: self.end_date }
    }
}

/// The period, if every goal that is pursued lies inside.
async fn moved(write: &Write, plan: &DevelopmentPlan, days: Days) -> Result<Period, Failure> {
    let mut checks = Checks::default();
    let period = days.checked(&mut checks);
    checks.done()?;
    let period = period.unwrap_or(plan.period);
    let (filter, order) = (GoalFilter::default(), GoalOrder::default());
    let page = PageRequest::first(100);
    let goals = write.tx.goals_of_plans(&write.scope, &[plan.id], &filter, order, &page).await?;
    let outside = goals.into_values().flat_map(|page| page.items).filter(|(_, goal)| {
        let due = goal.due_date.is_none_or(|due| period.contains(due));
        goal.status.is_open() && !(due && period.contains(goal.start_date))
    });
    match outside.count() {
        0 => Ok(period),
        count => {
            let rule = format!("period must hold the days of every open goal: {count} lie outside.");
            Err(Refusal::new(RefusalCode::Invalid, "period", rule).into())
        }
    }
}

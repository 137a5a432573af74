//! `addDevelopmentGoal`, `updateDevelopmentGoal` and `dropDevelopmentGoal`. A draft may hold goals that are
//! not whole yet; a plan that was agreed may not.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Edit, Failure, Refusal, RefusalCode, Write, Written, command,
        development::{Held, NamedGap, NewMetric, goal_for, plan_for, root_of, smart::hold_rules, words},
        ids,
    },
    domain::{
        development::{DevelopmentGoal, GoalStatus, MOST_GOALS, metric::MetricKind},
        ids::{DevelopmentGoalId, DevelopmentPlanId, SkillId},
        policy::actions::Action,
        revisions::Revision,
        skills::SkillStatus,
        values::Rule,
    },
    store::Store,
};

/// A goal to add.
#[derive(Debug, Clone, Serialize)]
pub struct AddDevelopmentGoal {
    /// The plan.
    pub plan_id: Uuid,
    /// The skill. One that was merged stands for the one it reads as.
    pub skill_id: Uuid,
    /// The gap it closes.
    pub gap: Option<NamedGap>,
    /// What will be different, 1–4000 characters.
    pub specific: String,
    /// By what that is told.
    pub metric: Option<NewMetric>,
    /// Why it can be done, at most 4000 characters.
    pub achievable_because: Option<String>,
    /// What it is good for, at most 4000 characters.
    pub relevance: Option<String>,
    /// When work on it begins; the plan's first day when absent.
    pub start_date: Option<NaiveDate>,
    /// By when it is done.
    pub due_date: Option<NaiveDate>,
    /// The revision of the plan that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// What changes of a goal; what is absent stays.
#[derive(Debug, Clone, Serialize)]
pub struct UpdateDevelopmentGoal {
    /// The goal.
    pub goal_id: Uuid,
    /// The gap it closes, as it stands now.
    pub gap: Edit<NamedGap>,
    /// What will be different.
    pub specific: Option<String>,
    /// By what that is told.
    pub metric: Edit<NewMetric>,
    /// Why it can be done.
    pub achievable_because: Option<String>,
    /// What it is good for.
    pub relevance: Option<String>,
    /// When work on it begins.
    pub start_date: Option<NaiveDate>,
    /// By when it is done.
    pub due_date: Edit<NaiveDate>,
    /// The revision of the plan that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// A goal to give up.
#[derive(Debug, Clone, Serialize)]
pub struct DropDevelopmentGoal {
    /// The goal.
    pub goal_id: Uuid,
    /// The revision of the plan that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Adds a goal at the end of a plan. The payload shows its id.
///
/// # Errors
/// NOT_FOUND plan, skill or role profile; FORBIDDEN; ILLEGAL_STATE of plan or skill; LIMIT of 100 goals;
/// INVALID parts, and missing ones once the plan is agreed; CONFLICT.
pub async fn add_development_goal(
    store: &Store,
    command: Command,
    input: AddDevelopmentGoal,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::AddDevelopmentGoal;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let held = plan_for(&write, DevelopmentPlanId::from_uuid(input.plan_id), ACTION).await?;
        let goal = composed(&write, &held, &input).await?;
        held.check_revision(input.expected_revision)?;
        write.tx.insert_development_goals(&[(held.plan.status, goal.clone())]).await?;
        write.audit(root_of(held.plan.id)).await?;
        Ok((write, Written { ids: vec![goal.id.uuid()] }))
    })
    .await
}

/// Changes a goal. The payload shows its id.
///
/// # Errors
/// NOT_FOUND goal or role profile; FORBIDDEN; ILLEGAL_STATE; INVALID parts, and missing ones once the plan
/// is agreed; CONFLICT.
pub async fn update_development_goal(
    store: &Store,
    command: Command,
    input: UpdateDevelopmentGoal,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::UpdateDevelopmentGoal;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let (held, goal) = goal_for(&write, DevelopmentGoalId::from_uuid(input.goal_id), ACTION).await?;
        let goal = changed(&write, &held, goal, &input).await?;
        held.check_revision(input.expected_revision)?;
        write.tx.update_development_goal(&goal).await?;
        write.audit(root_of(held.plan.id)).await?;
        Ok((write, Written { ids: vec![input.goal_id] }))
    })
    .await
}

/// Gives a goal up; what was checked in on it stays. The payload shows its id.
///
/// # Errors
/// NOT_FOUND; FORBIDDEN; ILLEGAL_STATE once it is settled; CONFLICT.
pub async fn drop_development_goal(
    store: &Store,
    command: Command,
    input: DropDevelopmentGoal,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::DropDevelopmentGoal;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let (held, goal) = goal_for(&write, DevelopmentGoalId::from_uuid(input.goal_id), ACTION).await?;
        held.check_revision(input.expected_revision)?;
        write.tx.update_development_goal(&DevelopmentGoal { status: GoalStatus::Dropped, ..goal }).await?;
        write.audit(root_of(held.plan.id)).await?;
        Ok((write, Written { ids: vec![input.goal_id] }))
    })
    .await
}

/// The goal that an input describes.
async fn composed(
    write: &Write,
    held: &Held,
    input: &AddDevelopmentGoal,
) -> Result<DevelopmentGoal, Failure> {
    let skill_id = skill_for(write, SkillId::from_uuid(input.skill_id)).await?;
    let position = write.tx.next_goal_position(held.plan.id).await?;
    if usize::try_from(position).is_ok_and(|held| held >= MOST_GOALS) {
        let rule = format!("A plan holds at most {MOST_GOALS} goals, dropped ones included.");
        return Err(Refusal::new(RefusalCode::Limit, "planId", rule).into());
    }
    let mut checks = Checks::default();
    let gap = match &input.gap {
        Some(named) => named.checked(write, &mut checks, (held.plan.person_id, skill_id)).await?,
        None => None,
    };
    let metric = input.metric.as_ref().and_then(|metric| metric.checked(&mut checks));
    let specific = checks.keep("specific", said(&input.specific));
    let achievable = checks.keep_some("achievableBecause", input.achievable_because.as_deref(), words);
    let relevance = checks.keep_some("relevance", input.relevance.as_deref(), words);
    let goal = DevelopmentGoal {
        id: ids::fresh(write.now()),
        plan_id: held.plan.id,
        position,
        skill_id,
        gap,
        specific: specific.unwrap_or_default(),
        metric,
        achievable_because: achievable.unwrap_or_default(),
        relevance: relevance.unwrap_or_default(),
        start_date: input.start_date.unwrap_or(held.plan.period.start),
        due_date: input.due_date,
        status: GoalStatus::NotStarted,
        last: None,
    };
    hold_rules(&mut checks, &held.plan, &goal);
    checks.done()?;
    Ok(goal)
}

/// The goal with what an input changes.
async fn changed(
    write: &Write,
    held: &Held,
    mut goal: DevelopmentGoal,
    input: &UpdateDevelopmentGoal,
) -> Result<DevelopmentGoal, Failure> {
    let mut checks = Checks::default();
    let before = measure(&goal);
    match &input.gap {
        Edit::Keep => {}
        Edit::Clear => goal.gap = None,
        Edit::Set(named) => {
            let skill_id = canonical(write, goal.skill_id).await?;
            goal.gap = named.checked(write, &mut checks, (held.plan.person_id, skill_id)).await?;
        }
    }
    match &input.metric {
        Edit::Keep => {}
        Edit::Clear => goal.metric = None,
        Edit::Set(metric) => goal.metric = metric.checked(&mut checks).or(goal.metric),
    }
    let kept = goal.last.is_none() || measure(&goal) == before;
    checks.hold("metric", kept, "must keep its kind and unit: something was checked in already");
    let specific = checks.keep_some("specific", input.specific.as_deref(), said);
    let achievable = checks.keep_some("achievableBecause", input.achievable_because.as_deref(), words);
    let relevance = checks.keep_some("relevance", input.relevance.as_deref(), words);
    goal.specific = specific.unwrap_or(goal.specific);
    goal.achievable_because = achievable.unwrap_or(goal.achievable_because);
    goal.relevance = relevance.unwrap_or(goal.relevance);
    goal.start_date = input.start_date.unwrap_or(goal.start_date);
    goal.due_date = input.due_date.over(goal.due_date);
    hold_rules(&mut checks, &held.plan, &goal);
    checks.done()?;
    Ok(goal)
}

/// What the values that were checked in are values of.
fn measure(goal: &DevelopmentGoal) -> Option<(MetricKind, String)> {
    goal.metric.as_ref().map(|metric| (metric.kind, metric.unit.clone()))
}

/// What must be said.
fn said(text: &str) -> Result<String, Rule> {
    if text.trim().is_empty() {
        return Err("must hold a visible character");
    }
    words(text)
}

/// The canonical skill named at `skillId` that a goal can be set in.
async fn skill_for(write: &Write, named: SkillId) -> Result<SkillId, Failure> {
    const FIELD: &str = "skillId";
    if write.tx.skills_by_id(&write.scope, &[named]).await?.is_empty() {
        return Err(Refusal::not_found(FIELD).into());
    }
    let id = canonical(write, named).await?;
    let skill = write.tx.skills_by_id(&write.scope, &[id]).await?.pop();
    let skill = skill.ok_or_else(|| Refusal::not_found(FIELD))?;
    if matches!(skill.status, SkillStatus::Active | SkillStatus::Deprecated) {
        return Ok(id);
    }
    let rule = format!("The skill is {}.", skill.status.as_str());
    Err(Refusal::new(RefusalCode::IllegalState, FIELD, rule).into())
}

async fn canonical(write: &Write, id: SkillId) -> Result<SkillId, Failure> {
    Ok(write.tx.hold_redirects(&[id]).await?.get(&id).copied().unwrap_or(id))
}

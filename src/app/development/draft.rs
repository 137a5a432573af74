//! `draftPlanFromGap`: a plan with one goal for each requirement of a role that the person does not meet.
//! The rules by which goals are made are the domain's; this reads what they go by.

use std::collections::HashMap;

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Failure, NamedRole, Refusal, RefusalCode, Write, Written, command,
        development::{
            Days,
            gaps::Abilities,
            plans::{new_plan, planner_for},
            root_of,
        },
        ids,
    },
    domain::{
        development::{
            DevelopmentGoal, DevelopmentPlan, GoalStatus,
            draft::{self, GoalDraft, Need, Role},
        },
        ids::{PersonId, RoleProfileVersionId, SkillId},
        levels::{Interest, Level},
        policy::actions::Action,
    },
    store::Store,
};

/// A plan to draft.
#[derive(Debug, Clone, Serialize)]
pub struct DraftPlanFromGap {
    /// Whose.
    pub person_id: Uuid,
    /// The role they work towards.
    pub role_profile: NamedRole,
    /// When.
    pub period: Days,
}

/// Drafts a plan from the gap to a role. The payload shows its id.
///
/// # Errors
/// NOT_FOUND person or role profile; FORBIDDEN; ILLEGAL_STATE of the person, of a role profile without a
/// published version, and when nothing is missing; INVALID period.
pub async fn draft_plan_from_gap(
    store: &Store,
    command: Command,
    input: DraftPlanFromGap,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::DraftPlanFromGap;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let person = planner_for(&write, input.person_id, ACTION).await?;
        let (profile, version) = input.role_profile.edition(&write, "roleProfile").await?;
        let mut checks = Checks::default();
        let period = input.period.checked(&mut checks);
        checks.done()?;
        let period = period.unwrap_or_else(|| input.period.unchecked());
        let role = Role { version_id: version.id, number: version.number, title: &profile.title };
        let goals = draft::goals(&role, &needs(&write, person, version.id).await?, period);
        if goals.is_empty() {
            let rule = "Every requirement of the role is met: there is no gap to plan for.";
            return Err(Refusal::new(RefusalCode::IllegalState, "roleProfile", rule).into());
        }
        let plan = new_plan(&write, person, Some(profile.id), period);
        write.tx.insert_development_plans(std::slice::from_ref(&plan)).await?;
        let goals = goals.into_iter().zip(0..).map(|(goal, n)| (plan.status, placed(&write, &plan, goal, n)));
        write.tx.insert_development_goals(&goals.collect::<Vec<_>>()).await?;
        write.audit(root_of(plan.id)).await?;
        Ok((write, Written { ids: vec![plan.id.uuid()] }))
    })
    .await
}

/// Each requirement against the person, with what is known around it.
async fn needs(write: &Write, person: PersonId, version: RoleProfileVersionId) -> Result<Vec<Need>, Failure> {
    let content = write.tx.role_profile_contents(&[version]).await?.remove(&version);
    let requirements = content.unwrap_or_default().requirements;
    let asked: Vec<SkillId> = requirements.iter().map(|requirement| requirement.skill_id).collect();
    let abilities = Abilities::of(write, person, &asked).await?;
    let interests = interests(write, person).await?;
    let offered = write.tx.resources_offered(&asked).await?;
    let mut behaviours = behaviours(write, &asked).await?;
    let need = |requirement| {
        let gap = abilities.gap(requirement);
        let skill = abilities.skills.get(&gap.skill_id)?;
        let next = gap.actual.map_or(1, |level| level.value() + 1).min(gap.required.value());
        Some(Need {
            skill: skill.name.clone(),
            last_known: abilities.level(gap.skill_id).last_known_level,
            behaviour: behaviours.remove(&(gap.skill_id, gap.required)),
            interest: interests.get(&gap.skill_id).copied(),
            resources: Level::try_from(next)
                .ok()
                .and_then(|next| offered.get(&(gap.skill_id, next)).copied())
                .unwrap_or(0),
            gap,
        })
    };
    Ok(requirements.iter().filter_map(need).collect())
}

async fn interests(write: &Write, person: PersonId) -> Result<HashMap<SkillId, Interest>, Failure> {
    let found = write.tx.interests_of(&[person]).await?.remove(&person).unwrap_or_default();
    Ok(found.into_iter().map(|one| (one.skill_id, one.interest)).collect())
}

async fn behaviours(write: &Write, skills: &[SkillId]) -> Result<HashMap<(SkillId, Level), String>, Failure> {
    let found = write.tx.level_descriptors_of(skills).await?;
    let described = found.into_values().flatten();
    Ok(described.map(|one| ((one.skill_id, one.level), one.behaviour)).collect())
}

fn placed(write: &Write, plan: &DevelopmentPlan, goal: GoalDraft, position: i32) -> DevelopmentGoal {
    DevelopmentGoal {
        id: ids::fresh(write.now()),
        plan_id: plan.id,
        position,
        skill_id: goal.skill_id,
        gap: Some(goal.gap),
        specific: goal.specific,
        metric: Some(goal.metric),
        achievable_because: goal.achievable_because,
        relevance: goal.relevance,
        start_date: goal.start_date,
        due_date: Some(goal.due_date),
        status: GoalStatus::NotStarted,
        last: None,
    }
}

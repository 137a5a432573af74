//! `mergeSkills`: one skill reads as another from now on.
//!
//! A redirect and nothing else: assessments, requirements, names and relations stay recorded for the
//! skill they were given to, and every read follows the redirect. What was merged before comes along,
//! so that a redirect is never longer than one step.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Command, Failure, Refusal, RefusalCode, Write, Written, command, ids,
        skills::{circles::refuse_circles, hold_catalogue, open, permitted, seen},
    },
    domain::{
        ids::SkillId,
        policy::actions::Action,
        revisions::{Aggregate, Revision, Root},
        skills::{Skill, SkillMerge},
    },
    store::{Rebuild, Store},
};

/// Two skills to make one.
#[derive(Debug, Clone, Serialize)]
pub struct MergeSkills {
    /// The skill that reads as the other from now on.
    pub from_id: Uuid,
    /// The skill that stays.
    pub into_id: Uuid,
    /// The revision of `from_id` that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Merges a skill into another. The payload shows both ids, the merged one first.
///
/// Raises the skills and the catalogue, and no person, however few are rated in them: every read model
/// of people lists the catalogue. Locking people here would also cross with ratings, which lock their
/// person first and then their skill.
///
/// # Errors
/// NOT_FOUND, FORBIDDEN, ILLEGAL_STATE of either skill; CYCLE of the redirect, or of relations that would
/// lead back to themselves; CONFLICT.
pub async fn merge_skills(store: &Store, command: Command, input: MergeSkills) -> Result<Written, Failure> {
    command::run(store, command, Action::MergeSkills.as_str(), input, |write, input| async move {
        let (from, into) = ends(&write, &input).await?;
        let held = write.tx.hold_skills_reading_as(&[from.id, into.id]).await?;
        let moved: Vec<SkillId> =
            held.into_iter().filter(|(_, reads_as)| *reads_as == from.id).map(|(id, _)| id).collect();
        let roots: Vec<Root> =
            moved.iter().chain([&into.id]).map(|id| Root::of(Aggregate::Skill, *id)).collect();
        write.raise(Root::of(Aggregate::Skill, from.id), roots, input.expected_revision).await?;
        write.tx.redirect_skills(moved, into.id).await?;
        write.tx.insert_skill_merge(&merge(&write, &from, &into)).await?;
        refuse_circles(&write, into.id, "intoId").await?;
        write.tx.rebuild_current_levels(Rebuild::Skills(&[into.id])).await?;
        write.audit_each([from.id, into.id].map(|id| Root::of(Aggregate::Skill, id))).await?;
        Ok((write, Written { ids: vec![from.id.uuid(), into.id.uuid()] }))
    })
    .await
}

/// The skill that is merged, and the one that `intoId` reads as.
async fn ends(write: &Write, input: &MergeSkills) -> Result<(Skill, Skill), Failure> {
    let (from, into) = (SkillId::from_uuid(input.from_id), SkillId::from_uuid(input.into_id));
    permitted(write, from, Action::MergeSkills, "fromId").await?;
    permitted(write, into, Action::MergeSkills, "intoId").await?;
    hold_catalogue(write).await?;
    let from = seen(write, from, "fromId").await?;
    open(&from, Action::MergeSkills, "fromId")?;
    let named = seen(write, into, "intoId").await?;
    let into = match named.merged_into {
        Some(end) => seen(write, end, "intoId").await?,
        None => named,
    };
    if into.id == from.id {
        let rule = "A skill cannot be merged into itself, nor into one that reads as it.";
        return Err(Refusal::new(RefusalCode::Cycle, "intoId", rule).into());
    }
    open(&into, Action::MergeSkills, "intoId")?;
    Ok((from, into))
}

fn merge(write: &Write, from: &Skill, into: &Skill) -> SkillMerge {
    let id = ids::fresh(write.now());
    SkillMerge { id, from_id: from.id, into_id: into.id, at: write.now(), undone_at: None }
}

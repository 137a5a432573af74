//! `undoSkillMerge`: a merged skill reads as itself again, with everything that was merged into it.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Command, Failure, Refusal, RefusalCode, Written, command,
        skills::{circles::refuse_circles, skill_for},
    },
    domain::{
        ids::SkillId,
        policy::actions::Action,
        revisions::{Aggregate, Revision, Root},
    },
    store::{Rebuild, Store},
};

/// A merge to take back.
#[derive(Debug, Clone, Serialize)]
pub struct UndoSkillMerge {
    /// The skill that was merged.
    pub skill_id: Uuid,
    /// The revision the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Takes a merge back. The payload shows the id of the skill that is ACTIVE again.
///
/// # Errors
/// NOT_FOUND, FORBIDDEN, ILLEGAL_STATE of the skill; CYCLE when relations made since would then lead
/// back to themselves; CONFLICT.
pub async fn undo_skill_merge(
    store: &Store,
    command: Command,
    input: UndoSkillMerge,
) -> Result<Written, Failure> {
    command::run(store, command, Action::UndoSkillMerge.as_str(), input, |write, input| async move {
        let id = SkillId::from_uuid(input.skill_id);
        let skill = skill_for(&write, id, Action::UndoSkillMerge, "skillId").await?;
        let merge = write.tx.standing_merge(id).await?;
        let (Some(merge), Some(left)) = (merge, skill.merged_into) else {
            let rule = "No merge of the skill is on record.";
            return Err(Refusal::new(RefusalCode::IllegalState, "skillId", rule).into());
        };
        write.tx.hold_skills_reading_as(&[left]).await?;
        let along = write.tx.merged_through(id).await?;
        let roots: Vec<Root> =
            along.iter().chain([&left]).map(|id| Root::of(Aggregate::Skill, *id)).collect();
        write.raise(Root::of(Aggregate::Skill, id), roots, input.expected_revision).await?;
        write.tx.end_skill_merge(&merge, write.now()).await?;
        write.tx.restore_skill(id).await?;
        write.tx.redirect_skills(along, id).await?;
        refuse_circles(&write, id, "skillId").await?;
        write.tx.rebuild_current_levels(Rebuild::Skills(&[id, left])).await?;
        write.audit_each([id, left].map(|id| Root::of(Aggregate::Skill, id))).await?;
        Ok((write, Written { ids: vec![id.uuid()] }))
    })
    .await
}

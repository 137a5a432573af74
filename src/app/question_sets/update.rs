//! `updateQuestionSet`: what a draft becomes. A published set never changes: copy it.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Edit, Failure, NamedRole, Write, Written, command,
        question_sets::{
            WrittenItem, interviewed,
            items::{check, pinned},
            opened, permitted, root_of,
        },
    },
    domain::{
        ids::{QuestionSetId, RoleProfileVersionId},
        policy::actions::Action,
        questions::sets::{QuestionSet, QuestionSetPurpose},
        revisions::Revision,
        values,
    },
    store::Store,
};

/// What changes of a draft; what is absent stays.
#[derive(Debug, Clone, Serialize)]
pub struct UpdateQuestionSet {
    /// Which.
    pub question_set_id: Uuid,
    /// 1–200 characters.
    pub name: Option<String>,
    /// What it is for.
    pub purpose: Option<QuestionSetPurpose>,
    /// The role it interviews for.
    pub role_profile: Edit<NamedRole>,
    /// Exactly these from now on, in this order.
    pub items: Option<Vec<WrittenItem>>,
    /// The revision the client has seen.
    pub expected_revision: Option<Revision>,
}

const ACTION: Action = Action::UpdateQuestionSet;

/// Changes a draft. The payload shows its id.
///
/// # Errors
/// NOT_FOUND set, role profile or question; FORBIDDEN; INVALID name or items; ILLEGAL_STATE of a set that is no draft
/// or a version that is not approved; LIMIT of 50 items; CONFLICT.
pub async fn update_question_set(
    store: &Store,
    command: Command,
    input: UpdateQuestionSet,
) -> Result<Written, Failure> {
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let id = QuestionSetId::from_uuid(input.question_set_id);
        permitted(&write, id, ACTION).await?;
        let mut checks = Checks::default();
        let name = checks.keep_some("name", input.name.as_deref(), values::name);
        check(&mut checks, input.items.as_deref().unwrap_or_default());
        checks.done()?;
        let role = role(&write, input.role_profile).await?;
        let items = match &input.items {
            Some(items) => Some(pinned(&write, items).await?),
            None => None,
        };
        write.raise(root_of(id), [], input.expected_revision).await?;
        let set = opened(&write, id, ACTION).await?.set;
        let changed = QuestionSet {
            name: name.unwrap_or(set.name),
            purpose: input.purpose.unwrap_or(set.purpose),
            role_profile_version_id: role.over(set.role_profile_version_id),
            ..set
        };
        write.tx.update_question_set(&changed).await?;
        if let Some(items) = items {
            write.tx.replace_question_set_items(id, &items).await?;
        }
        write.audit(root_of(id)).await?;
        Ok((write, Written { ids: vec![id.uuid()] }))
    })
    .await
}

async fn role(write: &Write, named: Edit<NamedRole>) -> Result<Edit<RoleProfileVersionId>, Failure> {
    Ok(match named {
        Edit::Keep => Edit::Keep,
        Edit::Clear => Edit::Clear,
        Edit::Set(named) => Edit::Set(interviewed(write, &named).await?),
    })
}

//! `createQuestionSet`: a set, empty, of given questions, or begun with what another one holds.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Failure, NamedRole, Refusal, RefusalCode, Write, Written, command, ids,
        question_sets::{
            WrittenItem, interviewed,
            items::{check, copied, pinned},
            root_of, seen,
        },
    },
    domain::{
        ids::{PersonId, QuestionSetId},
        policy::actions::{Action, Target},
        questions::sets::{QuestionSet, QuestionSetItem, QuestionSetPurpose, QuestionSetStatus},
        values,
    },
    store::Store,
};

/// A set to put together.
#[derive(Debug, Clone, Serialize)]
pub struct CreateQuestionSet {
    /// 1–200 characters.
    pub name: String,
    /// What it is for.
    pub purpose: QuestionSetPurpose,
    /// The role it interviews for; with `based_on` that of the other set when absent.
    pub role_profile: Option<NamedRole>,
    /// What it holds, in order.
    pub items: Option<Vec<WrittenItem>>,
    /// The set it begins as a copy of.
    pub based_on: Option<Uuid>,
}

/// Puts a set together, as a draft. The payload shows its id.
///
/// # Errors
/// FORBIDDEN; NOT_FOUND role profile, question or set; INVALID name, items or choice of both; ILLEGAL_STATE of a
/// version that is not approved; LIMIT of 50 items.
pub async fn create_question_set(
    store: &Store,
    command: Command,
    input: CreateQuestionSet,
) -> Result<Written, Failure> {
    command::run(store, command, Action::CreateQuestionSet.as_str(), input, |write, input| async move {
        if !write.scope.actor().may(Action::CreateQuestionSet, &Target::Organisation) {
            return Err(Refusal::forbidden("").into());
        }
        let author = author(&write)?;
        let (set, items) = checked(&write, author, input).await?;
        write.tx.insert_question_sets(std::slice::from_ref(&set)).await?;
        write.tx.replace_question_set_items(set.id, &items).await?;
        write.audit(root_of(set.id)).await?;
        Ok((write, Written { ids: vec![set.id.uuid()] }))
    })
    .await
}

/// In whose name the viewer writes: only its author and those who edit the bank see a draft.
fn author(write: &Write) -> Result<PersonId, Refusal> {
    let rule = "Your token is linked to no person, and a set needs an author.";
    write.scope.actor().speaker().ok_or_else(|| Refusal::new(RefusalCode::Forbidden, "", rule))
}

async fn checked(
    write: &Write,
    author: PersonId,
    input: CreateQuestionSet,
) -> Result<(QuestionSet, Vec<QuestionSetItem>), Failure> {
    let mut checks = Checks::default();
    let name = checks.keep("name", values::name(&input.name)).unwrap_or_default();
    check(&mut checks, input.items.as_deref().unwrap_or_default());
    let both = input.items.is_some() && input.based_on.is_some();
    checks.hold("items", !both, "must be left out with basedOnId");
    checks.done()?;
    let mut role_profile_version_id = None;
    let items = if let Some(other) = input.based_on {
        let other = seen(write, QuestionSetId::from_uuid(other), "basedOnId").await?;
        role_profile_version_id = other.set.role_profile_version_id;
        copied(write, &other.items).await?
    } else {
        pinned(write, input.items.as_deref().unwrap_or_default()).await?
    };
    if let Some(named) = &input.role_profile {
        role_profile_version_id = Some(interviewed(write, named).await?);
    }
    let set = QuestionSet {
        id: ids::fresh(write.now()),
        name,
        purpose: input.purpose,
        status: QuestionSetStatus::Draft,
        author_id: Some(author),
        role_profile_version_id,
        created_at: write.now(),
        published_at: None,
        archived_at: None,
        revision: 1,
    };
    Ok((set, items))
}

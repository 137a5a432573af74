//! `relateQuestions`: what two questions are to each other, or no longer are.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Command, Failure, Refusal, RefusalCode, Written, command,
        questions::{entry_for, seen},
    },
    domain::{
        ids::QuestionId,
        policy::actions::Action,
        questions::{QuestionRelation, QuestionRelationKind},
        revisions::{Aggregate, Revision, Root},
    },
    store::Store,
};

/// Two questions and what they are.
#[derive(Debug, Clone, Serialize)]
pub struct RelateQuestions {
    /// The one.
    pub question_id: Uuid,
    /// The other.
    pub other_id: Uuid,
    /// What the one is to the other.
    pub kind: QuestionRelationKind,
    /// Whether they are so from now on, or no longer.
    pub related: bool,
    /// The revision of the one that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Relates two questions, or takes it back; either way, doing it again changes nothing. The payload shows
/// the id of the one.
///
/// # Errors
/// NOT_FOUND of either; FORBIDDEN; INVALID when both are one; CONFLICT.
pub async fn relate_questions(
    store: &Store,
    command: Command,
    input: RelateQuestions,
) -> Result<Written, Failure> {
    command::run(store, command, Action::RelateQuestions.as_str(), input, |write, input| async move {
        let (id, other) = (QuestionId::from_uuid(input.question_id), QuestionId::from_uuid(input.other_id));
        let far = Root::of(Aggregate::Question, other);
        let entry = entry_for(&write, id, Action::RelateQuestions, [far], input.expected_revision).await?;
        if id == other {
            let rule = "otherId must be another question.";
            return Err(Refusal::new(RefusalCode::Invalid, "otherId", rule).into());
        }
        let found = seen(&write, other).await;
        found.map_err(|failure| match failure {
            Failure::Refused(_) => Refusal::not_found("otherId").into(),
            fault @ Failure::Fault(_) => fault,
        })?;
        let relation = QuestionRelation::of(id, input.kind, other);
        let before = write.tx.relations_of_questions(&[id]).await?.remove(&id).unwrap_or_default();
        match (before.contains(&relation), input.related) {
            (false, true) => write.tx.insert_question_relations(&[relation]).await?,
            (true, false) => drop(write.tx.delete_question_relation(relation).await?),
            _ => {}
        }
        write.audit_each([entry.root(), far]).await?;
        Ok((write, Written { ids: vec![id.uuid()] }))
    })
    .await
}

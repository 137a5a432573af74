//! `relateQuestions`: what two questions are to each other, or no longer are.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Command, Failure, Refusal, RefusalCode, Written, command,
        questions::{held_for, seen},
    },
    domain::{
        ids::QuestionId,
        policy::actions::Action,
        questions::{MOST_RELATIONS, QuestionRelation, QuestionRelationKind},
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
/// NOT_FOUND of either; FORBIDDEN; INVALID when both are one; CYCLE when one follows the other already; LIMIT of
/// what a question is to others; CONFLICT.
pub async fn relate_questions(
    store: &Store,
    command: Command,
    input: RelateQuestions,
) -> Result<Written, Failure> {
    command::run(store, command, Action::RelateQuestions.as_str(), input, |write, input| async move {
        let (id, other) = (QuestionId::from_uuid(input.question_id), QuestionId::from_uuid(input.other_id));
        let far = Root::of(Aggregate::Question, other);
        let entry = held_for(&write, id, Action::RelateQuestions, [far], input.expected_revision).await?;
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
        let before = write.tx.relations_of_questions(&[id, other]).await?;
        let of = |end: QuestionId| before.get(&end).map(Vec::as_slice).unwrap_or_default();
        if of(id).contains(&relation) != input.related {
            if input.related {
                room(relation, [("questionId", of(id)), ("otherId", of(other))])?;
                write.tx.insert_question_relations(&[relation]).await?;
            } else {
                write.tx.delete_question_relation(relation).await?;
            }
            write.raise(entry.root(), [far], None).await?;
            write.audit_each([entry.root(), far]).await?;
        }
        Ok((write, Written { ids: vec![id.uuid()] }))
    })
    .await
}

/// There is room for the relation at both ends, and it is not the other way round already.
fn room(relation: QuestionRelation, ends: [(&str, &[QuestionRelation]); 2]) -> Result<(), Failure> {
    if relation.reversed().is_some_and(|reversed| ends[0].1.contains(&reversed)) {
        let rule = "The other one leads to this one already, and FOLLOW_UP goes one way.";
        return Err(Refusal::new(RefusalCode::Cycle, "otherId", rule).into());
    }
    let full = ends.into_iter().filter(|(_, known)| known.len() >= MOST_RELATIONS);
    let rule = format!("A question has at most {MOST_RELATIONS} relations.");
    let full: Vec<Refusal> =
        full.map(|(field, _)| Refusal::new(RefusalCode::Limit, field, rule.clone())).collect();
    if full.is_empty() { Ok(()) } else { Err(full.into()) }
}

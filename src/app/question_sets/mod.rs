//! Use cases on sets of questions: putting together, publishing and taking out of use.
//!
//! A set is one root. What it pins is held before the set itself is locked, as who reports a leak does, so that no
//! version leaks between being judged and being pinned.

mod create;
mod items;
mod lifecycle;
mod update;

pub use create::{CreateQuestionSet, create_question_set};
pub use items::{NamedQuestion, WrittenItem};
pub use lifecycle::{MoveQuestionSet, archive_question_set, publish_question_set};
pub use update::{UpdateQuestionSet, update_question_set};

use crate::{
    app::{Failure, NamedRole, Refusal, RefusalCode, Write},
    domain::{
        ids::{QuestionSetId, RoleProfileVersionId},
        policy::{
            actions::{Action, Target, allows},
            facts::QuestionSetFacts,
        },
        profiles::RoleProfileVersionStatus,
        questions::{
            QuestionVersionStatus,
            sets::{PinnedItem, QuestionSet, QuestionSetStatus},
        },
        revisions::{Aggregate, Root},
    },
};

const FIELD: &str = "questionSetId";

/// A set with what it holds.
#[derive(Debug)]
struct Held {
    set: QuestionSet,
    items: Vec<PinnedItem>,
}

impl Held {
    fn facts(&self) -> QuestionSetFacts {
        QuestionSetFacts::of(&self.set, &self.items)
    }
}

const fn root_of(set: QuestionSetId) -> Root {
    Root::of(Aggregate::QuestionSet, set)
}

/// The set as far as the viewer sees it.
async fn seen(write: &Write, id: QuestionSetId, field: &str) -> Result<Held, Failure> {
    let found = write.tx.question_sets_by_id(&write.scope, &[id]).await?.pop();
    let set = found.ok_or_else(|| Refusal::not_found(field))?;
    let items = write.tx.items_of_question_sets(&[id]).await?.remove(&id).unwrap_or_default();
    Ok(Held { set, items })
}

/// The set, if the viewer may do `action` to it whatever its state.
async fn permitted(write: &Write, id: QuestionSetId, action: Action) -> Result<Held, Failure> {
    let held = seen(write, id, FIELD).await?;
    if write.scope.actor().permits(action, &Target::QuestionSet(&held.facts())) {
        Ok(held)
    } else {
        Err(Refusal::forbidden(FIELD).into())
    }
}

/// The state of the set, once it is locked, allows the action.
async fn opened(write: &Write, id: QuestionSetId, action: Action) -> Result<Held, Failure> {
    let held = seen(write, id, FIELD).await?;
    if allows(action, &Target::QuestionSet(&held.facts())) {
        return Ok(held);
    }
    let illegal = |rule: String| Refusal::new(RefusalCode::IllegalState, FIELD, rule);
    let moved = match (action, held.set.status) {
        (Action::ArchiveQuestionSet, QuestionSetStatus::Draft) => Some("The set is not published."),
        (_, QuestionSetStatus::Published) => Some("The set is published and never changes."),
        (_, QuestionSetStatus::Archived) => Some("The set is archived."),
        (_, QuestionSetStatus::Draft) if held.items.is_empty() => Some("The set holds no question."),
        (_, QuestionSetStatus::Draft) => None,
    };
    if let Some(rule) = moved {
        return Err(illegal(rule.to_owned()).into());
    }
    let gone = |(at, pinned): (usize, &PinnedItem)| {
        let gone = pinned.status != QuestionVersionStatus::Approved;
        gone.then(|| illegal(format!("Item {} pins a version that is no longer approved.", at + 1)))
    };
    Err(held.items.iter().enumerate().filter_map(gone).collect::<Vec<_>>().into())
}

/// The version of the role that a set interviews for: any but a draft.
async fn interviewed(write: &Write, named: &NamedRole) -> Result<RoleProfileVersionId, Failure> {
    let (_, version) = named.edition(write, "roleProfile").await?;
    if version.status == RoleProfileVersionStatus::Draft {
        let rule = "A draft of a role profile is not interviewed for.";
        return Err(Refusal::new(RefusalCode::IllegalState, "roleProfile", rule).into());
    }
    Ok(version.id)
}

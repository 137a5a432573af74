//! The root of all writes, and what every mutation does alike: it makes the command of its use case, and
//! tells what was written, or why not. Decides nothing: use cases refuse, and faults are masked elsewhere.

use std::sync::Arc;

use async_graphql::{Context, Enum, MaybeUndefined, MergedObject, Result, SimpleObject};
use uuid::Uuid;

use crate::{
    app::{Command, Edit, Failure, Refusal, RefusalCode, Written},
    graphql::{
        assessments::AssessmentMutations,
        context::{Reading, RequestId},
        coverage::CoverageMutations,
        development::{DevelopmentMutations, LearningResourceMutations},
        gaps::GapMutations,
        people::PersonMutations,
        profiles::RoleProfileMutations,
        question_sets::QuestionSetMutations,
        questions::QuestionMutations,
        rounds::RoundMutations,
        skills::SkillMutations,
        teams::TeamMutations,
    },
    store::Store,
};

/// Everything that can be changed. What a mutation refuses it says in `userErrors`, and then nothing was
/// written. What you may not see cannot be told from what does not exist.
#[derive(Debug, Default, MergedObject)]
pub struct Mutation(
    TeamMutations,
    PersonMutations,
    SkillMutations,
    RoleProfileMutations,
    AssessmentMutations,
    GapMutations,
    RoundMutations,
    CoverageMutations,
    DevelopmentMutations,
    LearningResourceMutations,
    QuestionMutations,
    QuestionSetMutations,
);

/// The most reasons one payload gives; the first ones.
const MOST_REASONS: usize = 100;

/// Why a change was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "RefusalCode")]
pub enum UserErrorCode {
    /// Not found. It does not exist, or you may not see it: the two are the same.
    NotFound,
    /// Not yours to do. You see it, but the change is not yours to make.
    Forbidden,
    /// Changed meanwhile. Somebody else wrote first; read again, then decide again.
    Conflict,
    /// Key used before. The idempotency key was used with another input.
    IdempotencyMismatch,
    /// Too many. More than may be sent or held at once.
    Limit,
    /// Invalid value. It breaks the rule that the message states.
    Invalid,
    /// Taken. Somebody else has this name, slug, email or identity.
    Taken,
    /// Not in this state. Where the object stands does not allow the change.
    IllegalState,
    /// Circle. The change would close one.
    Cycle,
    /// Overlap. The interval meets another one.
    Overlap,
    /// Duplicate. Something that says the same is there already; the message names it.
    Duplicate,
}

/// One reason why nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, SimpleObject)]
pub struct UserError {
    /// The reason, for programs.
    code: UserErrorCode,
    /// The path of the input it is about, list indices included; null when it is about the whole.
    field: Option<Vec<String>>,
    /// The reason, for people: names the field and the rule.
    message: String,
    /// With CONFLICT: the revision that holds now.
    current_revision: Option<i64>,
}

impl From<Refusal> for UserError {
    fn from(refusal: Refusal) -> Self {
        Self {
            code: refusal.code.into(),
            field: Some(refusal.field).filter(|field| !field.is_empty()),
            message: refusal.message,
            current_revision: refusal.current_revision,
        }
    }
}

/// The store and the command of one mutation.
pub(in crate::graphql) fn command<'a>(
    ctx: &'a Context<'_>,
    idempotency_key: Option<String>,
) -> Result<(&'a Store, Command)> {
    let reads = ctx.reads()?;
    let request_id = ctx.data::<RequestId>()?.0.clone();
    Ok((&reads.store, Command { scope: Arc::clone(&reads.scope), request_id, idempotency_key }))
}

/// What an input does to a value that may be absent: nothing when left out, and null takes it away.
pub(in crate::graphql) fn edit<T, U>(given: MaybeUndefined<T>, read: impl FnOnce(T) -> U) -> Edit<U> {
    match given {
        MaybeUndefined::Undefined => Edit::Keep,
        MaybeUndefined::Null => Edit::Clear,
        MaybeUndefined::Value(value) => Edit::Set(read(value)),
    }
}

/// What a use case came to.
#[derive(Debug)]
pub(in crate::graphql) struct Outcome {
    /// The ids of what was written, as the use case promises them; none when it refused.
    pub(in crate::graphql) ids: Vec<Uuid>,
    /// Why it refused; none when it did not.
    pub(in crate::graphql) user_errors: Vec<UserError>,
    conflict: bool,
}

impl Outcome {
    /// Tells refusals, which are data, from faults, which are errors of the request.
    pub(in crate::graphql) fn of(done: Result<Written, Failure>) -> Result<Self> {
        match done {
            Ok(written) => Ok(Self { ids: written.ids, user_errors: Vec::new(), conflict: false }),
            Err(Failure::Refused(refusals)) => {
                let conflict = refusals.iter().any(|refusal| refusal.code == RefusalCode::Conflict);
                let user_errors = refusals.into_iter().take(MOST_REASONS).map(UserError::from).collect();
                Ok(Self { ids: Vec::new(), user_errors, conflict })
            }
            Err(fault @ Failure::Fault(_)) => Err(fault.into()),
        }
    }

    /// The one object a payload shows: what was written; on CONFLICT the object the input `named`, as it
    /// stands now.
    pub(in crate::graphql) fn shown(&self, named: Uuid) -> Option<Uuid> {
        self.ids.first().copied().or(self.conflict.then_some(named))
    }
}

//! What a client sends to change sets of questions, and its way into the use cases' inputs.

use async_graphql::{ID, InputObject, MaybeUndefined, OneofObject};

use crate::{
    app::question_sets as app,
    domain::ids::{QuestionKind, QuestionSetKind, QuestionVersionKind},
    graphql::{
        ids::raw, mutation::edit, profiles::inputs::RoleProfileInput,
        question_sets::choices::QuestionSetPurpose,
    },
};

/// Names a question, exactly one way. By `id` the version that may be asked now is meant.
#[derive(Debug, Clone, OneofObject)]
pub enum QuestionInput {
    /// The id of the question.
    Id(ID),
    /// The id of one version of it.
    VersionId(ID),
}

impl QuestionInput {
    fn read(&self) -> app::NamedQuestion {
        match self {
            Self::Id(id) => app::NamedQuestion::Id(raw::<QuestionKind>(id)),
            Self::VersionId(id) => app::NamedQuestion::VersionId(raw::<QuestionVersionKind>(id)),
        }
    }
}

/// One question of a set.
#[derive(Debug, InputObject)]
pub struct QuestionSetItemInput {
    /// What is asked: it must be approved, and is pinned as it stands.
    question: QuestionInput,
    /// The heading it stands under, 1–200 characters.
    section: Option<String>,
    /// The time it gets, 1–180 minutes; what the question expects when left out.
    minutes: Option<i32>,
    /// Whether it must be asked; true when left out.
    required: Option<bool>,
}

impl QuestionSetItemInput {
    fn read(self) -> app::WrittenItem {
        app::WrittenItem {
            question: self.question.read(),
            section: self.section,
            minutes: self.minutes,
            required: self.required.unwrap_or(true),
        }
    }
}

/// A set of questions to put together.
#[derive(Debug, InputObject)]
pub struct CreateQuestionSetInput {
    /// 1–200 characters.
    name: String,
    /// What it is for.
    purpose: QuestionSetPurpose,
    /// The role it interviews for; with `basedOnId` that of the other set when left out.
    role_profile: Option<RoleProfileInput>,
    /// What it holds, in order, at most 50; empty when left out.
    items: Option<Vec<QuestionSetItemInput>>,
    /// Instead of `items`: a set to begin with. Of each of its questions the version that may be asked now is
    /// pinned; what may not be asked any more is left out.
    based_on_id: Option<ID>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(super) idempotency_key: String,
}

impl CreateQuestionSetInput {
    pub(super) fn read(self) -> app::CreateQuestionSet {
        app::CreateQuestionSet {
            name: self.name,
            purpose: self.purpose.into(),
            role_profile: self.role_profile.map(RoleProfileInput::named),
            items: self.items.map(|items| items.into_iter().map(QuestionSetItemInput::read).collect()),
            based_on: self.based_on_id.map(|id| raw::<QuestionSetKind>(&id)),
        }
    }
}

/// What changes of a draft; what is left out stays.
#[derive(Debug, InputObject)]
pub struct UpdateQuestionSetInput {
    /// The set.
    question_set_id: ID,
    /// 1–200 characters.
    name: Option<String>,
    /// What it is for.
    purpose: Option<QuestionSetPurpose>,
    /// The role it interviews for; null: any.
    role_profile: MaybeUndefined<RoleProfileInput>,
    /// Exactly these from now on, in this order, at most 50.
    items: Option<Vec<QuestionSetItemInput>>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(super) idempotency_key: Option<String>,
    /// The `revision` of the set that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl UpdateQuestionSetInput {
    pub(super) fn read(self) -> app::UpdateQuestionSet {
        app::UpdateQuestionSet {
            question_set_id: raw::<QuestionSetKind>(&self.question_set_id),
            name: self.name,
            purpose: self.purpose.map(Into::into),
            role_profile: edit(self.role_profile, RoleProfileInput::named),
            items: self.items.map(|items| items.into_iter().map(QuestionSetItemInput::read).collect()),
            expected_revision: self.expected_revision,
        }
    }
}

/// A set to publish.
#[derive(Debug, InputObject)]
pub struct PublishQuestionSetInput {
    /// The set.
    question_set_id: ID,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(super) idempotency_key: Option<String>,
    /// The `revision` of the set that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl PublishQuestionSetInput {
    pub(super) fn read(self) -> app::MoveQuestionSet {
        let question_set_id = raw::<QuestionSetKind>(&self.question_set_id);
        app::MoveQuestionSet { question_set_id, expected_revision: self.expected_revision }
    }
}

/// A set to take out of use.
#[derive(Debug, InputObject)]
pub struct ArchiveQuestionSetInput {
    /// The set.
    question_set_id: ID,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(super) idempotency_key: Option<String>,
    /// The `revision` of the set that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl ArchiveQuestionSetInput {
    pub(super) fn read(self) -> app::MoveQuestionSet {
        let question_set_id = raw::<QuestionSetKind>(&self.question_set_id);
        app::MoveQuestionSet { question_set_id, expected_revision: self.expected_revision }
    }
}

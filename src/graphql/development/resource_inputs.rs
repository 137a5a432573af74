//! What a client sends to change learning resources, and its way into the use cases' inputs.

use async_graphql::{ID, InputObject, MaybeUndefined};

use crate::{
    app::development as app,
    domain::ids::{LearningResourceKind, SkillKind},
    graphql::{ids::raw, mutation::edit, scalars::Url},
};

/// Something to offer for learning a skill.
#[derive(Debug, InputObject)]
pub struct CreateLearningResourceInput {
    /// The skill. One that was merged stands for the one it reads as today.
    skill_id: ID,
    /// The level it leads to, 1–5.
    level: i32,
    /// What it is called, 1–200 characters.
    title: String,
    /// Where it is; a skill offers an address once.
    url: Url,
    /// Under which terms it can be used, 1–200 characters: an SPDX expression such as `CC-BY-4.0` where
    /// there is one.
    licence: String,
    /// The language it is in, as BCP 47 writes it, such as `en`.
    language: Option<String>,
    /// How many minutes it takes, about: 1–100,000.
    minutes: Option<i32>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: String,
}

impl CreateLearningResourceInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::CreateLearningResource {
        let skill_id = raw::<SkillKind>(&self.skill_id);
        let Self { level, title, url, licence, language, minutes, .. } = self;
        app::CreateLearningResource { skill_id, level, title, url: url.0, licence, language, minutes }
    }
}

/// What changes of a learning resource; what is left out stays.
#[derive(Debug, InputObject)]
pub struct UpdateLearningResourceInput {
    /// The learning resource.
    resource_id: ID,
    /// The level it leads to, 1–5.
    level: Option<i32>,
    /// What it is called, 1–200 characters.
    title: Option<String>,
    /// Where it is; a skill offers an address once.
    url: Option<Url>,
    /// Under which terms it can be used, 1–200 characters.
    licence: Option<String>,
    /// The language it is in, as BCP 47 writes it; null: it does not matter.
    language: MaybeUndefined<String>,
    /// How many minutes it takes, about: 1–100,000; null: not said.
    minutes: MaybeUndefined<i32>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the skill that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl UpdateLearningResourceInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::UpdateLearningResource {
        app::UpdateLearningResource {
            resource_id: raw::<LearningResourceKind>(&self.resource_id),
            level: self.level,
            title: self.title,
            url: self.url.map(|url| url.0),
            licence: self.licence,
            language: edit(self.language, |tag| tag),
            minutes: edit(self.minutes, |minutes| minutes),
            expected_revision: self.expected_revision,
        }
    }
}

/// A learning resource to take out of the offer.
#[derive(Debug, InputObject)]
pub struct ArchiveLearningResourceInput {
    /// The learning resource.
    resource_id: ID,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the skill that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl ArchiveLearningResourceInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::ArchiveLearningResource {
        let resource_id = raw::<LearningResourceKind>(&self.resource_id);
        app::ArchiveLearningResource { resource_id, expected_revision: self.expected_revision }
    }
}

//! What belongs to a skill: level descriptors, relations and references.

use async_graphql::{Context, Object, Result};

use crate::{
    domain::skills,
    graphql::{
        scalars::Url,
        skills::{
            Skill,
            choices::{ExternalMatch, ExternalScheme, SkillRelationKind},
        },
    },
};

/// A level descriptor of a skill.
#[derive(Debug, Clone)]
pub struct SkillLevelDescriptor(pub skills::SkillLevelDescriptor);

/// What a level of the scale looks like for one skill.
#[Object]
impl SkillLevelDescriptor {
    /// The level, 0–5.
    async fn level(&self) -> i32 {
        self.0.level.value().into()
    }

    /// What a person at this level does.
    async fn behaviour(&self) -> &str {
        &self.0.behaviour
    }

    /// Examples of it.
    async fn examples(&self) -> &[String] {
        &self.0.examples
    }
}

/// A relation of a skill.
#[derive(Debug, Clone, Copy)]
pub struct SkillRelation(pub skills::SkillRelation);

/// How a skill relates to another one.
#[Object]
impl SkillRelation {
    /// How they relate, seen from the skill that has this relation.
    async fn kind(&self) -> SkillRelationKind {
        self.0.kind.into()
    }

    /// The other skill.
    async fn skill(&self, ctx: &Context<'_>) -> Option<Result<Skill>> {
        Skill::find(ctx, self.0.to_id).await.transpose()
    }
}

/// A reference of a skill.
#[derive(Debug, Clone)]
pub struct ExternalRef(pub skills::ExternalRef);

/// The same skill in somebody else's taxonomy.
#[Object]
impl ExternalRef {
    /// Whose taxonomy.
    async fn scheme(&self) -> ExternalScheme {
        self.0.scheme.into()
    }

    /// Its name there.
    async fn uri(&self) -> Url {
        Url(self.0.uri.clone())
    }

    /// The release of the taxonomy.
    async fn scheme_version(&self) -> &str {
        &self.0.scheme_version
    }

    /// How well the two agree.
    #[graphql(name = "match")]
    async fn match_kind(&self) -> ExternalMatch {
        self.0.match_kind.into()
    }
}

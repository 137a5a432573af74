//! Who holds which name, alias or external reference. Reads only what a write asks before it writes.

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    domain::{ids::SkillId, skills::ExternalRef, text::fold},
    store::{Reader, StoreError},
};

/// A name, folded, that a skill in use holds: as its name or as an alias.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldName {
    /// The name, folded.
    pub name_key: String,
    /// The skill it was given to.
    pub skill_id: SkillId,
    /// The skill it finds today: that one, or the one that was merged into.
    pub finds: SkillId,
}

/// A reference into a public taxonomy that a skill holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRef {
    /// Its name there, with scheme and release.
    pub key: (String, String, String),
    /// The skill it was given to.
    pub skill_id: SkillId,
    /// The skill it finds today.
    pub finds: SkillId,
}

#[derive(FromQueryResult)]
struct NameRow {
    name_key: String,
    skill_id: Uuid,
    finds: Uuid,
}

#[derive(FromQueryResult)]
struct RefRow {
    scheme: String,
    uri: String,
    scheme_version: String,
    skill_id: Uuid,
    finds: Uuid,
}

impl Reader {
    /// Who holds each of `names`, compared folded. Proposals hold none: nobody learns of one by a name
    /// that is refused.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn holders_of_names(&self, names: &[&str]) -> Result<Vec<HeldName>, StoreError> {
        let keys: Vec<String> = names.iter().map(|name| fold(name)).collect();
        let mut sql = self.sql(
            "SELECT n.name_key, n.skill_id, COALESCE(s.merged_into, s.id) AS finds FROM skill_name n \
             JOIN skill s ON s.id = n.skill_id WHERE ",
        );
        sql.one_of_text("n.name_key", keys.iter().map(String::as_str));
        let held = |row: NameRow| HeldName {
            name_key: row.name_key,
            skill_id: SkillId::from_uuid(row.skill_id),
            finds: SkillId::from_uuid(row.finds),
        };
        Ok(self.all::<NameRow>(sql).await?.into_iter().map(held).collect())
    }

    /// Who holds each of `refs`, whatever the match.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn holders_of_external_refs(&self, refs: &[ExternalRef]) -> Result<Vec<HeldRef>, StoreError> {
        let mut sql = self.sql(
            "SELECT e.scheme, e.uri, e.scheme_version, e.skill_id, COALESCE(s.merged_into, s.id) AS finds \
             FROM external_ref e JOIN skill s ON s.id = e.skill_id WHERE ",
        );
        sql.one_of_text("e.scheme", refs.iter().map(|external| external.scheme.as_str()));
        sql.push(" AND ").one_of_text("e.uri", refs.iter().map(|external| external.uri.as_str()));
        let held = |row: RefRow| HeldRef {
            key: (row.scheme, row.uri, row.scheme_version),
            skill_id: SkillId::from_uuid(row.skill_id),
            finds: SkillId::from_uuid(row.finds),
        };
        Ok(self.all::<RefRow>(sql).await?.into_iter().map(held).collect())
    }
}

impl HeldRef {
    /// Whether this is where `external` points.
    #[must_use]
    pub fn is(&self, external: &ExternalRef) -> bool {
        let (scheme, uri, version) = &self.key;
        scheme == external.scheme.as_str() && *uri == external.uri && *version == external.scheme_version
    }
}

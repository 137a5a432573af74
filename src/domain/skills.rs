//! The skill catalogue: categories, skills, their names and how they relate.

use serde::{Deserialize, Serialize};

use crate::domain::{
    choices::choices,
    ids::{PersonId, SkillCategoryId, SkillId, SkillMergeId},
    levels::Level,
    revisions::Revision,
    time::Timestamp,
};

/// A node of the category tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillCategory {
    /// Its id.
    pub id: SkillCategoryId,
    /// 1–200 characters.
    pub name: String,
    /// Unique in the organisation.
    pub slug: String,
    /// The category above it; `None` at the top.
    pub parent_id: Option<SkillCategoryId>,
    /// Order among its siblings, lowest first.
    pub position: i32,
    /// Raised by every write to the category.
    pub revision: Revision,
}

/// Something a person can be good at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skill {
    /// Its id.
    pub id: SkillId,
    /// 1–200 characters.
    pub name: String,
    /// Unique in the organisation.
    pub slug: String,
    /// What the skill covers, Markdown.
    pub description: String,
    /// What sort of skill it is.
    pub kind: SkillKind,
    /// Where it stands in the category tree.
    pub category_id: SkillCategoryId,
    /// The person who validates PEER and CERTIFICATE assessments of it.
    pub owner_id: Option<PersonId>,
    /// The person who proposed it.
    pub proposed_by: Option<PersonId>,
    /// Where it stands in its life.
    pub status: SkillStatus,
    /// The living skill this one was merged into; set exactly when `status` is MERGED.
    pub merged_into: Option<SkillId>,
    /// Days after which an assessment is due for review; `None`: never.
    pub review_interval_days: Option<i32>,
    /// Days after which an assessment no longer counts; `None`: never.
    pub expires_after_days: Option<i32>,
    /// Raised by every write to the skill.
    pub revision: Revision,
}

choices! {
    /// What sort of skill.
    SkillKind {
        /// A technology or tool.
        Technical = "TECHNICAL",
        /// A way of working.
        Practice = "PRACTICE",
        /// A way of dealing with people and oneself.
        Soft = "SOFT",
        /// Knowledge of a business field.
        Domain = "DOMAIN",
        /// A certificate that somebody else issues; only CERTIFICATE and IMPORT count for it.
        Certification = "CERTIFICATION",
    }
}

choices! {
    /// PROPOSED → ACTIVE → DEPRECATED; ACTIVE → MERGED, reversible.
    SkillStatus {
        /// Waits for approval; cannot be assessed.
        Proposed = "PROPOSED",
        /// In use.
        Active = "ACTIVE",
        /// No longer assessed or required; history stays.
        Deprecated = "DEPRECATED",
        /// Redirects to another skill.
        Merged = "MERGED",
    }
}

/// Another name a skill is found by. No alias equals another living skill's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkillAlias {
    /// The skill it finds.
    pub skill_id: SkillId,
    /// 1–200 characters.
    pub alias: String,
}

/// A directed relation between two skills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SkillRelation {
    /// From here …
    pub from_id: SkillId,
    /// … to there.
    pub to_id: SkillId,
    /// How.
    pub kind: SkillRelationKind,
}

choices! {
    /// How two skills relate. PREREQUISITE and BROADER are acyclic.
    SkillRelationKind {
        /// Close to each other; symmetric in meaning.
        Related = "RELATED",
        /// `to` is needed before `from`.
        Prerequisite = "PREREQUISITE",
        /// `to` is the wider skill.
        Broader = "BROADER",
    }
}

/// The same skill in somebody else's taxonomy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExternalRef {
    /// Our skill.
    pub skill_id: SkillId,
    /// Whose taxonomy.
    pub scheme: ExternalScheme,
    /// Its name there.
    pub uri: String,
    /// The release of the taxonomy.
    pub scheme_version: String,
    /// How well the two agree.
    pub match_kind: ExternalMatch,
}

choices! {
    /// A public skill taxonomy.
    ExternalScheme {
        /// European Skills, Competences, Qualifications and Occupations.
        Esco = "ESCO",
        /// The United States' Occupational Information Network.
        Onet = "ONET",
        /// Lightcast Open Skills.
        Lightcast = "LIGHTCAST",
        /// 1EdTech Competencies and Academic Standards Exchange.
        Case = "CASE",
        /// Any other.
        Other = "OTHER",
    }
}

choices! {
    /// How well a skill and its external counterpart agree.
    ExternalMatch {
        /// The same.
        Exact = "EXACT",
        /// Nearly the same.
        Close = "CLOSE",
        /// The other is wider.
        Broad = "BROAD",
        /// The other is narrower.
        Narrow = "NARROW",
    }
}

/// What a level of the scale looks like for one skill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkillLevelDescriptor {
    /// The skill.
    pub skill_id: SkillId,
    /// The level.
    pub level: Level,
    /// What a person at this level does.
    pub behaviour: String,
    /// Examples of it.
    pub examples: Vec<String>,
}

/// A redirect from one skill to another. It rewrites no history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillMerge {
    /// Its id.
    pub id: SkillMergeId,
    /// The skill that was merged away.
    pub from_id: SkillId,
    /// The skill it now reads as.
    pub into_id: SkillId,
    /// When.
    pub at: Timestamp,
    /// When the redirect was taken back; `None` while it stands.
    pub undone_at: Option<Timestamp>,
}

/// Whether a release of a taxonomy is older than another: `1.1.2` than `1.2`. Releases that are not numbered so
/// are not known to be.
#[must_use]
pub fn is_older_release(release: &str, than: &str) -> bool {
    let parts = |text: &str| -> Option<Vec<u64>> {
        let text = text.trim();
        let mut parts: Vec<u64> = text
            .strip_prefix('v')
            .unwrap_or(text)
            .split('.')
            .map(str::parse)
            .collect::<Result<_, _>>()
            .ok()?;
        while parts.last() == Some(&0) {
            parts.pop();
        }
        Some(parts)
    };
    parts(release).zip(parts(than)).is_some_and(|(release, than)| release < than)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_compared_by_their_numbers() {
        for (older, newer) in [("1.1", "1.2"), ("1.1.2", "1.2.0"), ("1.9", "v1.10"), ("29", "29.1")] {
            assert!(is_older_release(older, newer) && !is_older_release(newer, older), "{older} {newer}");
        }
        for (one, other) in [("1.2", "1.2.0"), ("spring", "1.2"), ("1.2", "2025b"), ("", "1")] {
            assert!(!is_older_release(one, other) && !is_older_release(other, one), "{one} {other}");
        }
    }
}

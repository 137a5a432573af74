//! The closed sets of values around skills. The first sentence of each value is its label.

use async_graphql::Enum;

use crate::domain::skills;

/// What sort of skill it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "skills::SkillKind")]
pub enum SkillKind {
    /// Technical. A technology or tool.
    Technical,
    /// Practice. A way of working.
    Practice,
    /// Soft skill. A way of dealing with people and oneself.
    Soft,
    /// Domain knowledge. Knowledge of a business field.
    Domain,
    /// Certification. A certificate somebody else issues; only CERTIFICATE and IMPORT count for it.
    Certification,
}

/// Where a skill stands in its life: PROPOSED, ACTIVE, then DEPRECATED or MERGED.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "skills::SkillStatus")]
pub enum SkillStatus {
    /// Proposed. Waits for approval; cannot be assessed yet.
    Proposed,
    /// Active. In use.
    Active,
    /// Deprecated. No longer assessed or required; its history stays.
    Deprecated,
    /// Merged. Redirects to the skill in `mergedInto`; can be undone.
    Merged,
}

/// How two skills relate. PREREQUISITE and BROADER never form a circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "skills::SkillRelationKind")]
pub enum SkillRelationKind {
    /// Related. The two are close to each other.
    Related,
    /// Prerequisite. The other skill is needed first.
    Prerequisite,
    /// Broader. The other skill is the wider one.
    Broader,
}

/// A public skill taxonomy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "skills::ExternalScheme")]
pub enum ExternalScheme {
    /// ESCO. European Skills, Competences, Qualifications and Occupations.
    Esco,
    /// O*NET. The United States' Occupational Information Network.
    Onet,
    /// Lightcast. Lightcast Open Skills.
    Lightcast,
    /// CASE. 1EdTech Competencies and Academic Standards Exchange.
    Case,
    /// Other. Any other taxonomy.
    Other,
}

/// How well a skill and its counterpart in another taxonomy agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "skills::ExternalMatch")]
pub enum ExternalMatch {
    /// Exact. The two are the same.
    Exact,
    /// Close. The two are nearly the same.
    Close,
    /// Broad. The counterpart is wider.
    Broad,
    /// Narrow. The counterpart is narrower.
    Narrow,
}

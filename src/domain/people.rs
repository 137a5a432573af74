//! People: who they are, which role profiles they hold and who can find them.

use serde::{Deserialize, Serialize};

use crate::domain::{
    choices::choices,
    ids::{PersonId, RoleProfileId},
    revisions::Revision,
    time::Interval,
};

/// A person of the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// 1–200 characters.
    pub display_name: String,
    /// Unique in the organisation, compared folded.
    pub email: String,
    /// Job title, free text.
    pub title: Option<String>,
    /// The token issuer and subject that are this person; `None` until linked.
    pub identity: Option<Identity>,
    /// Where they stand in their life here.
    pub status: PersonStatus,
    /// Who may find them by skill.
    pub discoverability: Discoverability,
    /// Raised by every write to the person, their profiles, assessments or interests.
    pub revision: Revision,
}

/// The (issuer, subject) of a token. A person is found by this and never by an email.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Identity {
    /// The `iss` claim.
    pub issuer: String,
    /// The `sub` claim.
    pub subject: String,
}

choices! {
    /// ACTIVE → INACTIVE → ERASED.
    PersonStatus {
        /// Works here.
        Active = "ACTIVE",
        /// Left; history is kept.
        Inactive = "INACTIVE",
        /// Left, and their personal data was removed.
        Erased = "ERASED",
    }
}

choices! {
    /// Who may find a person by level bands and interest.
    Discoverability {
        /// People who share a current team with them.
        Team = "TEAM",
        /// Every member of the organisation.
        Organisation = "ORGANISATION",
        /// Nobody beyond those who see their assessments anyway.
        Nobody = "NOBODY",
    }
}

/// A dated assignment of a role profile to a person; the requirement is its latest published version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRoleProfile {
    /// Who.
    pub person_id: PersonId,
    /// Which profile.
    pub role_profile_id: RoleProfileId,
    /// `validFrom..validTo`, half-open.
    pub valid: Interval,
}

//! Who may see and do what. Pure: what the database knows of the viewer comes in as [`Standing`].
//!
//! Permissions add up. What a viewer may not see cannot be told from what does not exist.

pub mod reach;

use std::collections::BTreeSet;

use crate::domain::{
    choices::choices,
    ids::{PersonId, SkillId, TeamId},
};

choices! {
    /// What a token can grant, whoever carries it.
    Claim {
        /// Interviews candidates.
        Interviewer = "INTERVIEWER",
        /// Writes and reviews questions.
        QuestionEditor = "QUESTION_EDITOR",
        /// Runs applications and schedules.
        Recruiter = "RECRUITER",
        /// Runs calibrations.
        Calibrator = "CALIBRATOR",
        /// Manages teams, people, skills and profiles.
        Admin = "ADMIN",
        /// A program; sees and does what its scopes name.
        Service = "SERVICE",
    }
}

/// What the token grants.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claims {
    /// The claims, mapped from the token's roles.
    pub roles: BTreeSet<Claim>,
    /// For SERVICE: what it may see and do, e.g. `teams:read`.
    pub scopes: BTreeSet<String>,
}

impl Claims {
    /// Whether the token carries `claim`.
    #[must_use]
    pub fn has(&self, claim: Claim) -> bool {
        self.roles.contains(&claim)
    }

    /// Whether the token is a program's and its scopes name `scope`.
    #[must_use]
    pub fn has_scope(&self, scope: &str) -> bool {
        self.has(Claim::Service) && self.scopes.contains(scope)
    }
}

/// What the database grants the viewer at the operation's instant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// The active person the token's (issuer, subject) is linked to.
    pub person: Option<PersonId>,
    /// Teams they lead, and every team below those.
    pub leads: BTreeSet<TeamId>,
    /// Teams they are a current member of, in any role.
    pub member_of: BTreeSet<TeamId>,
    /// Skills they own.
    pub owns: BTreeSet<SkillId>,
}

//! Who may see and do what. Pure: what the database knows of the viewer comes in as [`Standing`].
//!
//! Permissions add up. What a viewer may not see cannot be told from what does not exist.

pub mod actions;
mod assessments;
mod development;
pub mod facts;
mod question_sets;
mod questions;
pub mod reach;
pub mod rules;
pub mod sight;
#[cfg(test)]
mod tests;

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
    /// For SERVICE: the active person it acts for. It writes for nobody without one, and gains none of
    /// that person's relations.
    pub acts_for: Option<PersonId>,
    /// The service itself at one of its jobs, which acts for nobody.
    pub job: bool,
}

/// The two halves of what a viewer is granted, read together.
#[derive(Debug, Clone, Copy)]
pub struct Actor<'a> {
    /// By the token.
    pub claims: &'a Claims,
    /// By the database.
    pub standing: &'a Standing,
}

impl<'a> Actor<'a> {
    /// Puts the halves together.
    #[must_use]
    pub const fn new(claims: &'a Claims, standing: &'a Standing) -> Self {
        Self { claims, standing }
    }

    /// Whether the viewer is known at all: linked to an active person, or granted anything. Who is not
    /// reads `viewer { person: null }` and nothing else.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.standing.person.is_some() || !self.claims.roles.is_empty()
    }

    /// Whether the viewer is this person.
    #[must_use]
    pub fn is(&self, person: PersonId) -> bool {
        self.standing.person == Some(person)
    }

    fn is_admin(&self) -> bool {
        self.claims.has(Claim::Admin)
    }

    /// Whether a program may write under `scope`: it must name the person it acts for.
    fn serves(&self, scope: &str) -> bool {
        self.claims.has_scope(scope) && (self.standing.acts_for.is_some() || self.standing.job)
    }

    /// ADMIN, or a program under `scope`.
    fn manages(&self, scope: &str) -> bool {
        self.is_admin() || self.serves(scope)
    }
}

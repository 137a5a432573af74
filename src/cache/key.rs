//! Every key there is, with how long its values are kept and which shape they have. Keeps nothing itself.

use std::time::Duration;

use crate::domain::{
    ids::{PersonId, RoleProfileVersionId, SkillId, TeamId},
    time::Timestamp,
};

/// What is remembered. A value never depends on who asks: what a viewer may see is cut from it after.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    /// The skill matrix of a team, by a stable digest of what was asked of it.
    TeamSkillMatrix(TeamId, [u8; 32]),
    /// What a version of a role profile lacks in a person, now or as of an instant.
    Gap(PersonId, RoleProfileVersionId, Option<Timestamp>),
    /// What the people of a team can do, by a stable digest of what was asked of it.
    TeamCoverage(TeamId, [u8; 32]),
    /// What a version of a role profile holds, but for what it pays.
    RoleProfileContent(RoleProfileVersionId),
    /// What belongs to a skill of the catalogue.
    SkillDetails(SkillId),
}

/// What holds for all keys of one kind.
struct Rules {
    name: &'static str,
    format: u32,
    idle: Duration,
    kept: Duration,
}

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 3600);

impl Key {
    const fn rules(&self) -> Rules {
        match self {
            Self::TeamSkillMatrix(..) => Rules {
                name: "team_skill_matrix",
                format: 1,
                idle: MINUTE.saturating_mul(10),
                kept: MINUTE.saturating_mul(60),
            },
            Self::Gap(..) => Rules {
                name: "gap",
                format: 1,
                idle: MINUTE.saturating_mul(10),
                kept: MINUTE.saturating_mul(60),
            },
            Self::TeamCoverage(..) => Rules {
                name: "team_coverage",
                format: 1,
                idle: MINUTE.saturating_mul(10),
                kept: MINUTE.saturating_mul(60),
            },
            Self::RoleProfileContent(..) => {
                Rules { name: "role_profile_content", format: 2, idle: MINUTE.saturating_mul(60), kept: DAY }
            }
            Self::SkillDetails(..) => {
                Rules { name: "skill_details", format: 1, idle: MINUTE.saturating_mul(60), kept: DAY }
            }
        }
    }

    /// The name of its kind, for metrics and for operators who look into Redis.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.rules().name
    }

    /// The shape its values are written in. A value of another shape is never found: raise it whenever
    /// the type of the value changes.
    #[must_use]
    pub const fn format(&self) -> u32 {
        self.rules().format
    }

    /// How long a value nobody asks for is kept in this process.
    pub(super) const fn idle(&self) -> Duration {
        self.rules().idle
    }

    /// How long a value is kept in Redis.
    pub(super) const fn kept(&self) -> Duration {
        self.rules().kept
    }

    /// What tells it from the other keys of its kind.
    pub(super) fn subject(&self) -> Vec<u8> {
        match self {
            Self::TeamSkillMatrix(team, question) | Self::TeamCoverage(team, question) => {
                [team.uuid().as_bytes().as_slice(), question].concat()
            }
            Self::Gap(person, version, as_of) => {
                let at = as_of.map_or_else(Vec::new, |at| at.timestamp_micros().to_le_bytes().to_vec());
                [person.uuid().as_bytes().as_slice(), version.uuid().as_bytes(), &at].concat()
            }
            Self::RoleProfileContent(version) => version.uuid().as_bytes().to_vec(),
            Self::SkillDetails(skill) => skill.uuid().as_bytes().to_vec(),
        }
    }
}

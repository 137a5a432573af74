//! The proficiency scale, interest and confidence. *Unrated is the absence of a row, never level 0.*

use serde::{Deserialize, Serialize};

use crate::domain::choices::choices;

/// A proficiency level, 0 (none) to 5 (expert).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u8", try_from = "u8")]
pub struct Level(u8);

/// A number outside 0–5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not between 0 and 5")]
pub struct OutOfScale(pub i64);

impl Level {
    /// Every level, lowest first.
    pub const ALL: [Self; 6] = [Self(0), Self(1), Self(2), Self(3), Self(4), Self(5)];

    /// Checks the range.
    ///
    /// # Errors
    /// [`OutOfScale`] outside 0–5.
    pub fn new(value: i64) -> Result<Self, OutOfScale> {
        u8::try_from(value).ok().filter(|v| *v <= 5).map(Self).ok_or(OutOfScale(value))
    }

    /// 0–5.
    #[must_use]
    pub const fn value(self) -> u8 {
        self.0
    }
}

impl From<Level> for u8 {
    fn from(level: Level) -> Self {
        level.0
    }
}

impl TryFrom<u8> for Level {
    type Error = OutOfScale;

    fn try_from(value: u8) -> Result<Self, OutOfScale> {
        Self::new(value.into())
    }
}

/// How much a person wants to work with a skill, 0 (not at all) to 5 (very much).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interest(u8);

impl Interest {
    /// Checks the range.
    ///
    /// # Errors
    /// [`OutOfScale`] outside 0–5.
    pub fn new(value: i64) -> Result<Self, OutOfScale> {
        u8::try_from(value).ok().filter(|v| *v <= 5).map(Self).ok_or(OutOfScale(value))
    }

    /// 0–5.
    #[must_use]
    pub const fn value(self) -> u8 {
        self.0
    }
}

choices! {
    /// How sure the assessor is.
    Confidence {
        /// A guess.
        Low = "LOW",
        /// Some evidence.
        Medium = "MEDIUM",
        /// Seen repeatedly.
        High = "HIGH",
    }
}

/// One step of the proficiency scale, as shown to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProficiencyLevel {
    /// 0–5.
    pub level: Level,
    /// The stable key, e.g. `PRACTITIONER`.
    pub key: &'static str,
    /// The label for people, e.g. `Practitioner`.
    pub label: &'static str,
    /// What a person at this level does.
    pub description: &'static str,
}

/// The one scale of a deployment, lowest first.
pub const PROFICIENCY_SCALE: [ProficiencyLevel; 6] = [
    ProficiencyLevel {
        level: Level(0),
        key: "NONE",
        label: "None",
        description: "Was assessed and cannot use the skill yet. Unrated is something else: no assessment at all.",
    },
    ProficiencyLevel {
        level: Level(1),
        key: "AWARENESS",
        label: "Awareness",
        description: "Knows what the skill is for and can follow a conversation about it.",
    },
    ProficiencyLevel {
        level: Level(2),
        key: "BASIC",
        label: "Basic",
        description: "Completes simple tasks with guidance.",
    },
    ProficiencyLevel {
        level: Level(3),
        key: "PRACTITIONER",
        label: "Practitioner",
        description: "Does everyday work alone and well.",
    },
    ProficiencyLevel {
        level: Level(4),
        key: "ADVANCED",
        label: "Advanced",
        description: "Solves hard problems and helps others with theirs.",
    },
    ProficiencyLevel {
        level: Level(5),
        key: "EXPERT",
        label: "Expert",
        description: "Sets the standard others work to, inside the organisation or beyond it.",
    },
];

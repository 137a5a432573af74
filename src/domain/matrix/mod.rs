//! The team skill matrix: who can do what, how well that is known, and what is missing.
//!
//! Pure: what the database knows comes in as [`Input`]. The matrix is put together once for everyone
//! and cached, then cut to what a viewer may see; no count survives the cut.

mod assemble;
mod filter;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::domain::{
    assessments::{
        effective::{EffectiveSkill, LevelView, Rating},
        staleness::ReviewPolicy,
    },
    choices::choices,
    ids::{PersonId, SkillId},
    levels::Level,
    skills::SkillKind,
    time::{Interval, Timestamp},
};

pub use assemble::{assemble, assemble_within};

/// Most people and most skills of one matrix; beyond it there is the download.
pub const LIMIT: usize = 200;

/// More people or skills than a matrix shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TooLarge {
    /// More than [`LIMIT`] people.
    #[error("{0} people are more than the {LIMIT} of one matrix")]
    People(usize),
    /// More than [`LIMIT`] skills.
    #[error("{0} skills are more than the {LIMIT} of one matrix")]
    Skills(usize),
}

choices! {
    /// A kind of file that a matrix is written as.
    MatrixFormat {
        /// Comma-separated values: one line a person, one column a skill, the levels.
        Csv = "CSV",
        /// A spreadsheet: a sheet of levels, one of what is required.
        Xlsx = "XLSX",
        /// Everything of every cell, for programs.
        Json = "JSON",
    }
}

/// A person and their stays in the team, or in the teams of its subtree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person_id: PersonId,
    /// A stay; a person with several is given several times and still is one row. Stays that ended,
    /// or begin later, make no row but bound how long the matrix is fresh.
    pub valid: Interval,
}

/// A skill the matrix may show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The canonical skill.
    pub skill_id: SkillId,
    /// A CERTIFICATION admits only CERTIFICATE and IMPORT.
    pub kind: SkillKind,
    /// Its review settings.
    pub policy: ReviewPolicy,
}

/// Which skills are the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Columns {
    /// Exactly these, in this order, whether or not anybody has them.
    Asked(Vec<Candidate>),
    /// Of these, in this order (category, then skill), the ones that are rated for a member or
    /// required of one.
    Found(Vec<Candidate>),
}

/// The level of a skill that a role profile requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Required {
    /// The canonical skill.
    pub skill_id: SkillId,
    /// 1–5.
    pub level: Level,
}

/// A role profile in somebody's hands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// Who.
    pub person_id: PersonId,
    /// While.
    pub valid: Interval,
    /// What its version requires.
    pub requires: Arc<[Required]>,
}

/// What levels are measured against. Of two requirements of one skill the stronger holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Requirements {
    /// Each person's own role profiles.
    Own(Vec<Holding>),
    /// One role profile for everyone.
    Profile(Arc<[Required]>),
}

/// The ratings that count, by person and canonical skill.
pub type Ratings = BTreeMap<(PersonId, SkillId), Vec<Rating>>;

/// Where levels stood before, to tell what changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// The earlier instant.
    pub since: Timestamp,
    /// The whole history: what spoke then may be no part of the current projection.
    pub ratings: Ratings,
}

/// Everything a matrix is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// As of when, in valid time.
    pub at: Timestamp,
    /// Whether `at` is now, so that the clock moves it; a matrix of a stated instant never ages.
    pub live: bool,
    /// Whose word.
    pub view: LevelView,
    /// The people, in the order of the rows.
    pub members: Vec<Member>,
    /// The skills.
    pub columns: Columns,
    /// The ratings at `at`.
    pub ratings: Ratings,
    /// What levels are measured against.
    pub requirements: Requirements,
    /// Where levels stood before, when asked.
    pub before: Option<Before>,
    /// The next instant at which something else the caller read (the team tree) changes.
    pub changes_at: Option<Timestamp>,
}

/// One person in one skill. Its default is the empty cell: unrated and not required.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// What F1 says; `effective.level` is the level in the view asked for.
    pub effective: EffectiveSkill,
    /// Somebody rated it, whether or not that still counts.
    pub rated: bool,
    /// What is required of the person.
    pub required: Option<Level>,
    /// Set when the level is another than it was before.
    pub change: Option<Change>,
}

/// A level that is another than it was before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What it was; `None`: nothing counted then.
    pub from: Option<Level>,
}

impl Cell {
    /// Level minus requirement; `None` when either is unknown. The unknown is no shortfall.
    #[must_use]
    pub fn delta(&self) -> Option<i32> {
        let (level, required) = self.effective.level.zip(self.required)?;
        Some(i32::from(level.value()) - i32::from(required.value()))
    }

    /// The level before, where it was another one and known.
    #[must_use]
    pub fn changed_from(&self) -> Option<Level> {
        self.change.and_then(|change| change.from)
    }
}

/// The matrix as cached: of everyone, for nobody in particular. Only the cut for a viewer is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssembledMatrix {
    #[serde(with = "chrono::serde::ts_microseconds")]
    at: Timestamp,
    /// Whether empty columns stay.
    asked: bool,
    skills: Vec<SkillId>,
    rows: Vec<SparseRow>,
    #[serde(with = "chrono::serde::ts_microseconds_option")]
    fresh_until: Option<Timestamp>,
}

/// A person's cells that say something, by column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct SparseRow {
    person_id: PersonId,
    cells: Vec<(usize, Cell)>,
}

impl AssembledMatrix {
    /// The earliest instant at which the clock alone may change it; `None`: never.
    #[must_use]
    pub const fn fresh_until(&self) -> Option<Timestamp> {
        self.fresh_until
    }

    /// Whose rows it has, in order.
    pub fn people(&self) -> impl Iterator<Item = PersonId> {
        self.rows.iter().map(|row| row.person_id)
    }
}

/// The matrix as one viewer sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamSkillMatrix {
    /// As of when.
    pub as_of: Timestamp,
    /// The skills.
    pub columns: Vec<Column>,
    /// The people the viewer may see.
    pub rows: Vec<Row>,
    /// How many people are in the team and not shown.
    pub hidden_rows: usize,
}

/// A skill, and how much is known of it. `n + missing` is the number of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The skill.
    pub skill_id: SkillId,
    /// People with a level.
    pub n: usize,
    /// People without one, whether unrated or expired.
    pub missing: usize,
}

/// A person; `cells` are aligned to the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Who.
    pub person_id: PersonId,
    /// One per column.
    pub cells: Vec<Cell>,
}

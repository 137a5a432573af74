//! What many people can do, in columns: a row a person, a column a skill, two bytes a cell.
//!
//! A department of 2,000 people and 400 skills is 1.6 MB. F1 is asked once a cell; coverage, what-if,
//! trends and matches all read the cells. Pure; knows no team and never decides who may see a cell.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::domain::{
    assessments::{
        effective::{EffectiveSkill, LevelView, Question, Rating, effective},
        staleness::{ReviewPolicy, Staleness},
    },
    ids::{PersonId, SkillId},
    levels::{Interest, Level},
    skills::{Skill, SkillKind},
    time::{Timestamp, earliest},
};

/// One person in one skill, as far as counting needs it. Its default says nothing: unrated, and of no
/// known interest.
///
/// Four small numbers in two bytes, each one more than its value so that 0 is *unknown*: level in bits
/// 0–2, staleness in 3–5, whether it is verified in 6, interest in 7–9.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell(u16);

const STALENESS: u32 = 3;
const VERIFIED: u32 = 6;
const INTEREST: u32 = 7;
const THREE_BITS: u16 = 0b111;

impl Cell {
    /// What F1 says of the cell; interest unknown.
    #[must_use]
    pub fn of(effective: &EffectiveSkill) -> Self {
        let level = effective.level.map_or(0, |level| u16::from(level.value()) + 1);
        let staleness = effective.staleness.map_or(0, |staleness| staleness as u16 + 1);
        Self(level | staleness << STALENESS | u16::from(effective.verified) << VERIFIED)
    }

    /// Exactly at a level that somebody vouches for: what a role asks of whoever is hired for it.
    #[must_use]
    pub fn vouched_for(level: Level) -> Self {
        let staleness = Some(Staleness::Fresh);
        Self::of(&EffectiveSkill {
            level: Some(level),
            staleness,
            verified: true,
            ..EffectiveSkill::default()
        })
    }

    /// The same with an interest.
    #[must_use]
    pub fn with_interest(self, interest: Interest) -> Self {
        Self(self.0 & !(THREE_BITS << INTEREST) | (u16::from(interest.value()) + 1) << INTEREST)
    }

    /// What may be said of somebody who is merely discoverable: `band` for whoever is at it or above, else
    /// nothing, and the interest. Neither who vouches for it nor how old it is.
    #[must_use]
    pub fn banded(self, band: Level) -> Self {
        let reached = self.level().is_some_and(|level| level >= band);
        let said = EffectiveSkill {
            level: reached.then_some(band),
            staleness: reached.then_some(Staleness::Fresh),
            ..EffectiveSkill::default()
        };
        Self(Self::of(&said).0 | self.0 & THREE_BITS << INTEREST)
    }

    /// The effective level.
    #[must_use]
    pub fn level(self) -> Option<Level> {
        Level::ALL.get(self.number(0)?).copied()
    }

    /// How old it is; EXPIRED without a level.
    #[must_use]
    pub fn staleness(self) -> Option<Staleness> {
        Staleness::ALL.get(self.number(STALENESS)?).copied()
    }

    /// Whether a third party vouches for the level.
    #[must_use]
    pub const fn is_verified(self) -> bool {
        self.0 >> VERIFIED & 1 == 1
    }

    /// How much the person would like to work with the skill.
    #[must_use]
    pub fn interest(self) -> Option<Interest> {
        Interest::new(i64::try_from(self.number(INTEREST)?).ok()?).ok()
    }

    /// Whether there is any rating, living or not.
    #[must_use]
    pub fn is_rated(self) -> bool {
        self.staleness().is_some()
    }

    /// The same as F1 said it, but for what a cell does not keep: where it is from, and when.
    #[must_use]
    pub fn effective(self) -> EffectiveSkill {
        let (level, staleness, verified) = (self.level(), self.staleness(), self.is_verified());
        EffectiveSkill { level, staleness, verified, ..EffectiveSkill::default() }
    }

    fn number(self, shift: u32) -> Option<usize> {
        usize::from(self.0 >> shift & THREE_BITS).checked_sub(1)
    }
}

/// A skill, and what F1 must know of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The canonical skill.
    pub skill_id: SkillId,
    /// A CERTIFICATION admits only CERTIFICATE and IMPORT.
    pub kind: SkillKind,
    /// Its review settings.
    pub policy: ReviewPolicy,
}

impl Column {
    /// The column of a skill.
    #[must_use]
    pub const fn of(skill: &Skill) -> Self {
        Self { skill_id: skill.id, kind: skill.kind, policy: ReviewPolicy::of(skill) }
    }

    /// What F1 is asked for it at an instant.
    #[must_use]
    pub const fn question(&self, at: Timestamp) -> Question {
        Question { kind: self.kind, policy: self.policy, at, view: LevelView::Effective }
    }
}

/// What is known of one person, by canonical skill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Who.
    pub person_id: PersonId,
    /// Their ratings that count.
    pub ratings: BTreeMap<SkillId, Vec<Rating>>,
    /// What they would like to work with: in any order, one a skill.
    pub interests: Vec<(SkillId, Interest)>,
}

/// People and skills with a cell for each two of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capabilities {
    people: Vec<PersonId>,
    skills: Vec<SkillId>,
    /// Row by row.
    cells: Vec<Cell>,
}

impl Capabilities {
    /// A table that says nothing yet.
    #[must_use]
    pub fn blank(people: Vec<PersonId>, skills: Vec<SkillId>) -> Self {
        let cells = vec![Cell::default(); people.len() * skills.len()];
        Self { people, skills, cells }
    }

    /// Whose rows there are, in order.
    #[must_use]
    pub fn people(&self) -> &[PersonId] {
        &self.people
    }

    /// Which columns there are, in order.
    #[must_use]
    pub fn skills(&self) -> &[SkillId] {
        &self.skills
    }

    /// Where each person's row is.
    #[must_use]
    pub fn rows(&self) -> HashMap<PersonId, usize> {
        self.people.iter().enumerate().map(|(row, person)| (*person, row)).collect()
    }

    /// Where each skill's column is.
    #[must_use]
    pub fn columns(&self) -> HashMap<SkillId, usize> {
        self.skills.iter().enumerate().map(|(column, skill)| (*skill, column)).collect()
    }

    /// One cell; an empty one outside the table.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> Cell {
        self.row(row).get(column).copied().unwrap_or_default()
    }

    /// The cells of one person, in the order of the columns.
    #[must_use]
    pub fn row(&self, row: usize) -> &[Cell] {
        let width = self.skills.len();
        self.cells.get(row * width..(row + 1) * width).unwrap_or_default()
    }

    /// The same table with one more row.
    pub fn push(&mut self, person: PersonId, cells: impl IntoIterator<Item = Cell>) {
        self.people.push(person);
        self.cells
            .extend(cells.into_iter().chain(std::iter::repeat(Cell::default())).take(self.skills.len()));
    }

    /// Changes the cells of one person.
    pub fn alter(&mut self, row: usize, change: impl Fn(Cell) -> Cell) {
        let width = self.skills.len();
        for cell in self.cells.iter_mut().skip(row * width).take(width) {
            *cell = change(*cell);
        }
    }

    /// About how much memory it takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        16 * (self.people.len() + self.skills.len()) + size_of::<Cell>() * self.cells.len()
    }
}

/// A table being filled, one person at a time: nobody's ratings are kept longer than it takes to weigh them.
#[derive(Debug)]
pub struct Survey {
    table: Capabilities,
    rows: HashMap<PersonId, usize>,
    columns: HashMap<SkillId, (usize, Question)>,
    fresh_until: Option<Timestamp>,
}

impl Survey {
    /// Of these people in these skills, each once, at an instant.
    #[must_use]
    pub fn of(people: Vec<PersonId>, columns: &[Column], at: Timestamp) -> Self {
        let table = Capabilities::blank(people, columns.iter().map(|column| column.skill_id).collect());
        let asked = columns.iter().enumerate().map(|(n, column)| (column.skill_id, (n, column.question(at))));
        Self { rows: table.rows(), columns: asked.collect(), table, fresh_until: None }
    }

    /// Weighs what is known of one person. Who has no row, and what has no column, is left out.
    pub fn weigh(&mut self, known: &Known) {
        let Some(row) = self.rows.get(&known.person_id) else { return };
        let width = self.table.skills.len();
        let Some(cells) = self.table.cells.get_mut(row * width..(row + 1) * width) else { return };
        for (skill, ratings) in &known.ratings {
            if let Some((column, question)) = self.columns.get(skill) {
                let said = effective(ratings, question);
                self.fresh_until = earliest(self.fresh_until, said.fresh_until);
                cells[*column] = Cell::of(&said);
            }
        }
        for (skill, interest) in &known.interests {
            if let Some((column, _)) = self.columns.get(skill) {
                cells[*column] = cells[*column].with_interest(*interest);
            }
        }
    }

    /// The table, and the earliest later instant at which the clock alone changes it.
    #[must_use]
    pub fn finish(self) -> (Capabilities, Option<Timestamp>) {
        (self.table, self.fresh_until)
    }
}

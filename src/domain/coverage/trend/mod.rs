//! How coverage moved: at each of some instants, how many people of a team held a skill.
//!
//! By valid time, from one reading of the history: F1 is asked of the same ratings again and again, and only
//! where something may have changed since the instant before. Pure.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use crate::domain::{
    assessments::effective::effective,
    capabilities::{Column, Known},
    ids::{PersonId, SkillId},
    levels::Level,
    time::Timestamp,
};

/// A skill at one instant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Point {
    /// Members at the level or above.
    pub holders: usize,
    /// Members whose level was known.
    pub n: usize,
    /// The sum of the known levels.
    sum: usize,
}

impl Point {
    /// The mean of the known levels; `None` when none was.
    #[must_use]
    pub fn mean_level(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
        let mean = || self.sum as f64 / self.n as f64;
        (self.n > 0).then(mean)
    }
}

/// The trend of a team, being counted one person at a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    steps: Vec<Timestamp>,
    least: Level,
    columns: Vec<Column>,
    places: HashMap<SkillId, usize>,
    members: Vec<usize>,
    /// Skill by skill, a point a step.
    points: Vec<Vec<Point>>,
}

impl Trend {
    /// Of these skills at these instants, the earliest first; from `least` on somebody counts as a holder.
    #[must_use]
    pub fn of(columns: Vec<Column>, steps: Vec<Timestamp>, least: Level) -> Self {
        let places = columns.iter().enumerate().map(|(n, column)| (column.skill_id, n)).collect();
        let (members, points) =
            (vec![0; steps.len()], vec![vec![Point::default(); steps.len()]; columns.len()]);
        Self { steps, least, columns, places, members, points }
    }

    /// Counts the people who were members, each at the steps at which they were.
    pub fn count(&mut self, present: &HashMap<PersonId, Vec<bool>>) {
        for (step, members) in self.members.iter_mut().enumerate() {
            *members = present.values().filter(|there| there.get(step) == Some(&true)).count();
        }
    }

    /// Weighs what is known of one person, at the steps at which they were a member.
    pub fn weigh(&mut self, known: &Known, there: &[bool]) {
        for (skill, ratings) in &known.ratings {
            let Some(place) = self.places.get(skill).copied() else { continue };
            let mut held: Option<Level> = None;
            // Until when `held` is what F1 says; asked again from then on.
            let mut good_until = self.steps.first().copied();
            for (step, at) in self.steps.iter().enumerate() {
                if good_until.is_some_and(|until| *at >= until) {
                    let said = effective(ratings, &self.columns[place].question(*at));
                    (held, good_until) = (said.level, said.fresh_until);
                }
                if let Some(level) = held.filter(|_| there.get(step) == Some(&true)) {
                    let point = &mut self.points[place][step];
                    point.n += 1;
                    point.sum += usize::from(level.value());
                    point.holders += usize::from(level >= self.least);
                }
            }
        }
    }

    /// The instants.
    #[must_use]
    pub fn steps(&self) -> &[Timestamp] {
        &self.steps
    }

    /// How many people the team had at each step.
    #[must_use]
    pub fn members(&self) -> &[usize] {
        &self.members
    }

    /// Each skill with its points, one a step.
    pub fn skills(&self) -> impl Iterator<Item = (SkillId, &[Point])> {
        self.columns.iter().zip(&self.points).map(|(column, points)| (column.skill_id, points.as_slice()))
    }
}

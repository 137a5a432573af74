//! The matrix and its rows: arrays aligned to the columns, as a chart or a table wants them.

use std::sync::Arc;

use async_graphql::{Object, Result};

use crate::{
    domain::{
        levels::Level,
        matrix::{Cell, Row},
        people,
    },
    graphql::{
        assessments::choices::{AssessmentSource, Staleness},
        cost,
        errors::bad_user_input,
        matrix::SkillMatrixCell,
        people::Person,
        scalars::DateTime,
        skills::Skill,
    },
    views::matrix::MatrixView,
};

/// Most cell objects of one answer; the arrays of numbers have no such limit.
const MOST_CELLS: usize = 20_000;

/// A matrix cut to the viewer.
#[derive(Debug, Clone)]
pub struct TeamSkillMatrix(pub Arc<MatrixView>);

/// Who in a team can do what, how well that is known and what is missing: a row a person, a column a
/// skill. At most 200 people and 200 skills. You see the rows of people you lead, and your own; the
/// others are counted in `hiddenRows` and nowhere else.
#[Object]
impl TeamSkillMatrix {
    /// The instant the matrix tells of, in valid time.
    async fn as_of(&self) -> DateTime {
        DateTime(self.0.matrix.as_of)
    }

    /// Changes whenever anything you see in the matrix may have changed.
    async fn version(&self) -> &str {
        &self.0.version
    }

    /// The columns, by category and then name unless you asked for certain skills: at most 200. A
    /// merged skill appears as the one it was merged into.
    #[graphql(complexity = "cost::own(1 + child_complexity, child_complexity)")]
    async fn skills(&self) -> Vec<Skill> {
        let columns = self.0.matrix.columns.iter();
        columns.filter_map(|column| self.0.skills.get(&column.skill_id).cloned()).map(Skill).collect()
    }

    /// For each column, how many of the rows have a level.
    async fn n(&self) -> Vec<usize> {
        self.0.matrix.columns.iter().map(|column| column.n).collect()
    }

    /// For each column, how many of the rows have none: unrated, or expired. It is no level 0.
    async fn missing(&self) -> Vec<usize> {
        self.0.matrix.columns.iter().map(|column| column.missing).collect()
    }

    /// The people you may see, by name: at most 200.
    #[graphql(complexity = "cost::own(1 + 10 * child_complexity, child_complexity)")]
    async fn rows(&self) -> Vec<TeamSkillMatrixRow> {
        let rows = self.0.matrix.rows.iter().enumerate();
        rows.filter_map(|(index, row)| {
            let person = Arc::clone(self.0.people.get(&row.person_id)?);
            Some(TeamSkillMatrixRow { view: Arc::clone(&self.0), person, index })
        })
        .collect()
    }

    /// How many people of the team you may not see the levels of.
    async fn hidden_rows(&self) -> usize {
        self.0.matrix.hidden_rows
    }
}

/// One row of a matrix.
#[derive(Debug, Clone)]
pub struct TeamSkillMatrixRow {
    view: Arc<MatrixView>,
    person: Arc<people::Person>,
    index: usize,
}

impl TeamSkillMatrixRow {
    fn row(&self) -> Option<&Row> {
        self.view.matrix.rows.get(self.index)
    }

    fn of_each<T>(&self, read: impl Fn(&Cell) -> T) -> Vec<T> {
        self.row().map(|row| row.cells.iter().map(read).collect()).unwrap_or_default()
    }
}

fn number(level: Option<Level>) -> Option<i32> {
    level.map(|level| level.value().into())
}

/// A person in the matrix of a team. Every array is aligned to the matrix's `skills`.
#[Object]
impl TeamSkillMatrixRow {
    /// Who.
    async fn person(&self) -> Person {
        Person(Arc::clone(&self.person))
    }

    /// The levels, 0–5; null where nothing counts in this view. Null is unrated or expired, never 0.
    async fn levels(&self) -> Vec<Option<i32>> {
        self.of_each(|cell| number(cell.effective.level))
    }

    /// How old each level is; EXPIRED where all there was has expired, null where there was nothing.
    async fn staleness(&self) -> Vec<Option<Staleness>> {
        self.of_each(|cell| cell.effective.staleness.map(Into::into))
    }

    /// On what ground each level stands.
    async fn sources(&self) -> Vec<Option<AssessmentSource>> {
        self.of_each(|cell| cell.effective.source.map(Into::into))
    }

    /// The levels required of the person, 1–5, by their own role profiles or the one you asked for.
    async fn required(&self) -> Vec<Option<i32>> {
        self.of_each(|cell| number(cell.required))
    }

    /// Level minus requirement; null where either is unknown.
    async fn delta(&self) -> Vec<Option<i32>> {
        self.of_each(Cell::delta)
    }

    /// Where the level is another one than at `changedSince`: what it was, null when nothing counted.
    async fn changed_from(&self) -> Vec<Option<i32>> {
        self.of_each(|cell| number(cell.changed_from()))
    }

    /// The same as objects, one a column: at most 200. A matrix of more than 20,000 cells has the arrays only.
    #[graphql(complexity = "cost::own(25 + 5 * child_complexity, child_complexity)")]
    async fn cells(&self) -> Result<Vec<SkillMatrixCell>> {
        let matrix = &self.view.matrix;
        if matrix.rows.len() * matrix.columns.len() > MOST_CELLS {
            let rule = format!("More than {MOST_CELLS} cells: read the arrays, or ask for fewer skills.");
            return Err(bad_user_input(rule));
        }
        let cells = self.row().map(|row| row.cells.as_slice()).unwrap_or_default();
        let named = matrix.columns.iter().zip(cells).filter_map(|(column, cell)| {
            let skill = self.view.skills.get(&column.skill_id)?;
            Some(SkillMatrixCell { skill: Arc::clone(skill), cell: *cell })
        });
        Ok(named.collect())
    }
}

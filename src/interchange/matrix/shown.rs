//! The matrix that somebody sees, as the heading and the rows of its file.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    sync::Arc,
};

use crate::{
    domain::{
        ids::{PersonId, SkillId},
        matrix::{self, MatrixFormat, TeamSkillMatrix},
        people,
        skills::Skill,
        teams::Team,
    },
    interchange::matrix::{Cell, Column, Heading, Person, write},
};

/// A matrix with the names of what is in it.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'m> {
    /// Whose.
    pub team: &'m Team,
    /// What somebody sees of it.
    pub matrix: &'m TeamSkillMatrix,
    /// The skills of the columns.
    pub skills: &'m BTreeMap<SkillId, Arc<Skill>>,
    /// The people of the rows.
    pub people: &'m BTreeMap<PersonId, Arc<people::Person>>,
}

impl Shown<'_> {
    /// What stands above the rows.
    #[must_use]
    pub fn heading(&self) -> Heading {
        let column = |column: &matrix::Column| {
            let skill = self.skills.get(&column.skill_id);
            Column {
                slug: skill.map(|skill| skill.slug.clone()).unwrap_or_default(),
                name: skill.map(|skill| skill.name.clone()).unwrap_or_default(),
            }
        };
        Heading {
            team: self.team.name.clone(),
            slug: self.team.slug.clone(),
            as_of: self.matrix.as_of,
            hidden: self.matrix.hidden_rows,
            columns: self.matrix.columns.iter().map(column).collect(),
        }
    }

    /// Writes the file, each row made as it is written.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write(&self, format: MatrixFormat, out: &mut (impl Write + Send)) -> io::Result<()> {
        write(format, &self.heading(), self.rows(), out)
    }

    fn rows(&self) -> impl Iterator<Item = Person> {
        self.matrix.rows.iter().filter_map(|row| {
            let person = self.people.get(&row.person_id)?;
            let cells = row.cells.iter().map(cell).collect();
            Some(Person { name: person.display_name.clone(), email: person.email.clone(), cells })
        })
    }
}

fn cell(cell: &matrix::Cell) -> Cell {
    Cell {
        level: cell.effective.level.map(|level| level.value()),
        required: cell.required.map(|level| level.value()),
        source: cell.effective.source.map(|source| source.as_str()),
        staleness: cell.effective.staleness.map(|staleness| staleness.as_str()),
    }
}

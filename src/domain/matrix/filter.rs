//! Cuts the assembled matrix to what a viewer may see.
//!
//! Columns and counts are made from the visible rows alone: a skill that only a hidden person has
//! must leave no trace.

use crate::domain::{
    ids::PersonId,
    matrix::{AssembledMatrix, Cell, Column, LIMIT, Row, SparseRow, TeamSkillMatrix, TooLarge},
};

impl AssembledMatrix {
    /// The matrix of the people `may_see` admits; the others are counted and nothing more.
    ///
    /// # Errors
    /// [`TooLarge::Skills`] when more than [`LIMIT`] skills remain.
    pub fn visible_to(&self, may_see: impl Fn(PersonId) -> bool) -> Result<TeamSkillMatrix, TooLarge> {
        self.visible_within(may_see, LIMIT)
    }

    /// The same with at most `most` skills.
    ///
    /// # Errors
    /// [`TooLarge::Skills`] when more remain.
    pub fn visible_within(
        &self,
        may_see: impl Fn(PersonId) -> bool,
        most: usize,
    ) -> Result<TeamSkillMatrix, TooLarge> {
        let visible: Vec<&SparseRow> = self.rows.iter().filter(|row| may_see(row.person_id)).collect();
        let kept = self.columns_of(&visible);
        if kept.len() > most {
            return Err(TooLarge::Skills(kept.len()));
        }
        let rows: Vec<Row> = visible.iter().map(|row| row.over(&kept)).collect();
        let columns = kept.iter().enumerate().map(|(at, column)| {
            let n = rows.iter().filter(|row| row.cells[at].effective.level.is_some()).count();
            Column { skill_id: self.skills[*column], n, missing: rows.len() - n }
        });
        Ok(TeamSkillMatrix {
            as_of: self.at,
            columns: columns.collect(),
            hidden_rows: self.rows.len() - rows.len(),
            rows,
        })
    }

    /// The columns that stay: those asked for, or those a visible row is rated in or required to know.
    fn columns_of(&self, visible: &[&SparseRow]) -> Vec<usize> {
        let mut said = vec![self.asked; self.skills.len()];
        for (at, cell) in visible.iter().flat_map(|row| &row.cells) {
            said[*at] |= cell.rated || cell.required.is_some();
        }
        said.iter().enumerate().filter_map(|(at, said)| said.then_some(at)).collect()
    }
}

impl SparseRow {
    /// The cells of the kept columns, which are in ascending order as the cells are.
    fn over(&self, kept: &[usize]) -> Row {
        let mut said = self.cells.iter().peekable();
        let cells = kept.iter().map(|column| {
            while said.next_if(|(at, _)| at < column).is_some() {}
            said.next_if(|(at, _)| at == column).map_or_else(Cell::default, |(_, cell)| *cell)
        });
        Row { person_id: self.person_id, cells: cells.collect() }
    }
}

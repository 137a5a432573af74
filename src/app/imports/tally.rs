//! What became of each row of a run, told row by row and counted. Keeps no row.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    domain::choices::choices,
    interchange::sheet::{Placed, Remark},
};

choices! {
    /// What became of a row.
    Outcome {
        /// It made something new.
        Created = "CREATED",
        /// It changed something.
        Updated = "UPDATED",
        /// All of it was there already.
        Unchanged = "UNCHANGED",
        /// It names what is there already as somebody else's: what is new of it was added.
        Merged = "MERGED",
        /// It says that a person left.
        Deactivated = "DEACTIVATED",
        /// It is nothing we import.
        Skipped = "SKIPPED",
        /// It breaks a rule.
        Refused = "REFUSED",
    }
}

/// What became of a row.
#[derive(Debug, Clone)]
pub struct Told {
    /// The file; empty for what the files do not mention.
    pub file: Arc<str>,
    /// The line; absent for what the files do not mention.
    pub line: Option<u64>,
    /// What people know it by.
    pub label: String,
    /// What became of it; absent when only a part of a row is told of.
    pub outcome: Option<Outcome>,
    /// The rules it breaks, or what was left out of it.
    pub remarks: Vec<Remark>,
}

/// Is told of each row.
pub type Tell = Box<dyn FnMut(&Told) + Send + Sync>;

/// A run in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows read.
    pub rows: u64,
    /// Rows by what became of them; together they are all rows.
    pub outcomes: BTreeMap<Outcome, u64>,
    /// Things beside the rows, by what happened to them.
    pub besides: BTreeMap<&'static str, u64>,
    /// Whether it was written.
    pub written: bool,
}

impl Summary {
    /// How many rows came to this.
    #[must_use]
    pub fn of(&self, outcome: Outcome) -> u64 {
        self.outcomes.get(&outcome).copied().unwrap_or_default()
    }
}

/// The summary so far, and who is told.
pub(super) struct Tally {
    pub(super) summary: Summary,
    tell: Tell,
}

impl Tally {
    pub(super) fn new(tell: Tell) -> Self {
        Self { summary: Summary::default(), tell }
    }

    /// Counts and tells what became of a row.
    pub(super) fn row<T>(&mut self, placed: &Placed<T>, outcome: Outcome, mut remarks: Vec<Remark>) {
        self.summary.rows += 1;
        *self.summary.outcomes.entry(outcome).or_default() += 1;
        remarks.extend(placed.notes.iter().cloned());
        self.told(placed, Some(outcome), remarks);
    }

    /// Tells of a part of a row that was counted already.
    pub(super) fn part<T>(&mut self, placed: &Placed<T>, remarks: Vec<Remark>) {
        self.told(placed, None, remarks);
    }

    /// Tells of a part of a row that stands in a line of its own.
    pub(super) fn part_at<T>(&mut self, placed: &Placed<T>, line: u64, remarks: Vec<Remark>) {
        let (file, label) = (Arc::clone(&placed.file), placed.label.clone());
        (self.tell)(&Told { file, line: Some(line), label, outcome: None, remarks });
    }

    /// Tells of something that no row mentions, and counts it beside the rows.
    pub(super) fn beside(
        &mut self,
        what: &'static str,
        label: String,
        outcome: Outcome,
        remarks: Vec<Remark>,
    ) {
        self.count(what, 1);
        let told = Told { file: "".into(), line: None, label, outcome: Some(outcome), remarks };
        (self.tell)(&told);
    }

    /// Counts things beside the rows.
    pub(super) fn count(&mut self, what: &'static str, more: u64) {
        if more > 0 {
            *self.summary.besides.entry(what).or_default() += more;
        }
    }

    fn told<T>(&mut self, placed: &Placed<T>, outcome: Option<Outcome>, remarks: Vec<Remark>) {
        let (file, label) = (Arc::clone(&placed.file), placed.label.clone());
        let remarks = remarks.into_iter().map(|remark| placed.in_columns(remark)).collect();
        (self.tell)(&Told { file, line: Some(placed.line), label, outcome, remarks });
    }
}

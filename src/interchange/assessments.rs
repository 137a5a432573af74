//! Assessments as rows of a table. Knows nothing of what is in the database.

use std::path::{Path, PathBuf};

use crate::{
    domain::{
        assessments::AssessmentSource,
        levels::{Confidence, Level},
        time::Timestamp,
    },
    interchange::sheet::{
        Cells, Dialect, Field, Mapping, Reading, Remark, Rows, Sheet, SheetError, choice, instant, rows,
    },
};

const fn needed(name: &'static str, holds: &'static str) -> Field {
    Field { name, required: true, holds }
}

const fn field(name: &'static str, holds: &'static str) -> Field {
    Field { name, required: false, holds }
}

/// What a table of assessments can hold.
pub const ASSESSMENT_FIELDS: &[Field] = &[
    needed("person", "the person's external id, or their email address"),
    needed("skill", "the skill's slug, name, other name, or URI"),
    needed("level", "0 to 5"),
    field("source", "IMPORT (default), SELF, MANAGER, PEER, INTERVIEW or CERTIFICATE"),
    field("assessor", "who rated, as `person`; for MANAGER, PEER, INTERVIEW and CERTIFICATE"),
    field("confidence", "LOW, MEDIUM or HIGH"),
    field("certificate", "which certificate, with CERTIFICATE"),
    field("observedAt", "when the level was observed; the instant of the import when there is none"),
    field("expiresAt", "when it stops to count"),
    field("evidence", "links or references, a list"),
    field("note", "at most 4000 characters"),
];

/// One rating.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessmentRow {
    /// Who was rated, by external id or address.
    pub person: String,
    /// In what, by slug, name or URI.
    pub skill: String,
    /// How well.
    pub level: Level,
    /// On what ground.
    pub source: AssessmentSource,
    /// Who rated, by external id or address.
    pub assessor: Option<String>,
    /// How sure they were.
    pub confidence: Option<Confidence>,
    /// Which certificate.
    pub certificate: Option<String>,
    /// When it was observed.
    pub observed_at: Option<Timestamp>,
    /// When it stops to count.
    pub expires_at: Option<Timestamp>,
    /// What supports it.
    pub evidence: Vec<String>,
    /// What the assessor wrote.
    pub note: Option<String>,
}

/// A table of assessments that can be read more than once.
#[derive(Debug, Clone)]
pub struct Ratings {
    file: PathBuf,
    mapping: Mapping,
    /// Columns of which nothing is imported.
    pub left_out: Vec<String>,
}

impl Ratings {
    /// Opens a table of assessments.
    ///
    /// # Errors
    /// [`SheetError`] when it cannot be opened or the mapping does not fit it.
    pub fn open(file: &Path, mapping: Mapping) -> Result<Self, SheetError> {
        let sheet = Sheet::open(file, Dialect::of(file))?;
        let bound = mapping.bind(&sheet.name(), ASSESSMENT_FIELDS, sheet.header())?;
        let left_out = bound.left_out().into_iter().map(|column| format!("column `{column}`")).collect();
        Ok(Self { file: file.to_owned(), mapping, left_out })
    }

    /// The file.
    #[must_use]
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Its rows, from the first on.
    ///
    /// # Errors
    /// [`SheetError`].
    pub fn rows(&self) -> Result<Rows<AssessmentRow>, SheetError> {
        rows(&self.file, Dialect::of(&self.file), ASSESSMENT_FIELDS, &self.mapping, assessment)
    }
}

fn assessment(cells: Cells<'_>, reading: &mut Reading) -> AssessmentRow {
    let owned = |field: &str| cells.text(field).map(str::to_owned);
    let broken = &mut reading.broken;
    let mut must = |field: &str| {
        owned(field).unwrap_or_else(|| {
            broken.push(cells.remark(field, "must not be empty"));
            String::new()
        })
    };
    let (person, skill, _) = (must("person"), must("skill"), must("level"));
    reading.label = format!("{person}, {skill}");
    let broken: &mut Vec<Remark> = &mut reading.broken;
    let level = cells.parsed(broken, "level", |text| {
        let level = text.parse().ok().and_then(|number| Level::new(number).ok());
        level.ok_or_else(|| format!("`{text}` is not a whole number from 0 to 5"))
    });
    let source =
        cells.parsed(broken, "source", |text| choice(AssessmentSource::ALL, AssessmentSource::as_str, text));
    AssessmentRow {
        person,
        skill,
        level: level.unwrap_or(Level::ALL[0]),
        source: source.unwrap_or(AssessmentSource::Import),
        assessor: owned("assessor"),
        confidence: cells
            .parsed(broken, "confidence", |text| choice(Confidence::ALL, Confidence::as_str, text)),
        certificate: owned("certificate"),
        observed_at: cells.parsed(broken, "observedAt", instant),
        expires_at: cells.parsed(broken, "expiresAt", instant),
        evidence: cells.list("evidence"),
        note: owned("note"),
    }
}

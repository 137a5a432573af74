//! Skill catalogues of others as rows: plain tables with a mapping, ESCO and O*NET. Knows nothing of what is in
//! the database, and makes neither ids nor slugs.

mod esco;
mod mapped;
mod onet;
#[cfg(test)]
mod tests;

pub use esco::esco;
pub use mapped::{SKILL_FIELDS, mapped, table};
pub use onet::onet;

use std::{path::PathBuf, sync::Arc};

use crate::{
    domain::{
        levels::Level,
        skills::{ExternalScheme, SkillKind},
    },
    interchange::sheet::{Columns, Rows, SheetError},
};

/// A node of a category tree, from the top down, each by its name; a single one may be a slug.
pub type CategoryPath = Vec<String>;

/// What separates the names of a category's path in one cell.
const BELOW: char = '>';

/// A row of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CatalogueRow {
    /// A skill.
    Skill(Box<SkillRow>),
    /// A category.
    Category(CategoryRow),
    /// Neither, for this reason.
    Nothing(String),
}

/// A category.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CategoryRow {
    /// Its name.
    pub name: String,
    /// Its slug, when the file has one.
    pub slug: Option<String>,
    /// The category above.
    pub parent: Option<CategoryPath>,
    /// Its place among its siblings.
    pub position: Option<i32>,
}

/// A skill; what is absent is not said by the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SkillRow {
    /// Its name.
    pub name: String,
    /// Its slug.
    pub slug: Option<String>,
    /// What it covers.
    pub description: Option<String>,
    /// What sort of skill.
    pub kind: Option<SkillKind>,
    /// Where it stands.
    pub category: Option<CategoryPath>,
    /// Other names.
    pub aliases: Vec<String>,
    /// What it is called in the taxonomy it comes from.
    pub reference: Option<Reference>,
    /// What its levels look like.
    pub levels: Vec<(Level, String)>,
    /// Days until a review is due.
    pub review_interval_days: Option<i32>,
    /// Days until an assessment no longer counts.
    pub expires_after_days: Option<i32>,
    /// Skills close to it, each by URI, slug or name.
    pub related: Vec<String>,
    /// Wider skills, each by URI, slug or name.
    pub broader: Vec<String>,
}

/// A skill's name in a taxonomy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Whose taxonomy.
    pub scheme: ExternalScheme,
    /// Its name there.
    pub uri: String,
    /// The release.
    pub version: String,
}

/// A taxonomy's name and release, as the operator says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Whose.
    pub scheme: ExternalScheme,
    /// Which; empty when the files are of no release.
    pub version: String,
}

/// A catalogue that can be read, more than once.
pub struct Catalogue {
    /// Makes its rows anew.
    open: Box<dyn Fn() -> Result<Rows<CatalogueRow>, SheetError> + Send + Sync>,
    /// Every file it reads.
    pub files: Vec<PathBuf>,
    /// Columns and files of which nothing is imported, for the operator to know.
    pub left_out: Vec<String>,
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalogue").field("files", &self.files).finish_non_exhaustive()
    }
}

impl Catalogue {
    /// Its rows, from the first on.
    ///
    /// # Errors
    /// [`SheetError`].
    pub fn rows(&self) -> Result<Rows<CatalogueRow>, SheetError> {
        (self.open)()
    }
}

/// The rows of a layout whose columns have names of their own: what our remarks call `field` is in `column`.
fn renamed(rows: Rows<CatalogueRow>, names: &[(&'static str, &str)]) -> Rows<CatalogueRow> {
    let columns = names.iter().map(|(field, column)| (*field, (*column).to_owned()));
    let columns: Columns = Arc::new(columns.collect());
    Box::new(rows.map(move |placed| Ok(placed?.called(&columns))))
}

/// Names from the top down, out of one cell.
fn path_of(text: &str) -> CategoryPath {
    text.split(BELOW).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

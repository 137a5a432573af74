//! Plain tables of skills and categories, with a mapping from their columns to ours.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use crate::{
    domain::{
        levels::Level,
        skills::{ExternalScheme, SkillKind},
    },
    interchange::{
        sheet::{
            Cells, Dialect, Field, Mapping, OneOrMore, Reading, Remark, Rows, Sheet, SheetError, choice,
            rows, yaml,
        },
        skills::{Catalogue, CatalogueRow, CategoryRow, Reference, Release, SkillRow, path_of},
    },
};

const fn field(name: &'static str, holds: &'static str) -> Field {
    Field { name, required: false, holds }
}

/// What a table of skills can hold.
pub const SKILL_FIELDS: &[Field] = &[
    Field { name: "name", required: true, holds: "1 to 200 characters" },
    field("slug", "lower-case letters, digits and hyphens; made from the name when there is none"),
    field("description", "Markdown"),
    field("kind", "TECHNICAL, PRACTICE, SOFT, DOMAIN or CERTIFICATION"),
    field("category", "a category's slug, or names from the top down: Data > Databases"),
    field("aliases", "other names, a list"),
    field("uri", "the skill's name in its taxonomy"),
    field("reviewIntervalDays", "days until a review is due"),
    field("expiresAfterDays", "days until an assessment no longer counts"),
    field("level0", "what level 0 looks like"),
    field("level1", "what level 1 looks like"),
    field("level2", "what level 2 looks like"),
    field("level3", "what level 3 looks like"),
    field("level4", "what level 4 looks like"),
    field("level5", "what level 5 looks like"),
    field("related", "close skills by URI, slug or name, a list"),
    field("broader", "wider skills by URI, slug or name, a list"),
];

const LEVEL_FIELDS: [&str; 6] = ["level0", "level1", "level2", "level3", "level4", "level5"];

const CATEGORY_FIELDS: &[Field] = &[
    Field { name: "name", required: true, holds: "" },
    field("slug", ""),
    field("parent", ""),
    field("position", ""),
];

/// One file of a catalogue and what its rows are.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Table {
    file: PathBuf,
    #[serde(default)]
    rows: Kind,
    /// Why nothing of the file is imported.
    reason: Option<String>,
    #[serde(default = "comma")]
    delimiter: char,
    #[serde(default)]
    columns: BTreeMap<String, OneOrMore>,
    #[serde(default)]
    values: BTreeMap<String, BTreeMap<String, String>>,
    #[serde(default)]
    defaults: BTreeMap<String, String>,
    lists: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Kind {
    #[default]
    Skills,
    Categories,
    Nothing,
}

/// A whole mapping file.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Tables {
    scheme: Option<String>,
    scheme_version: Option<String>,
    files: Vec<Table>,
}

const fn comma() -> char {
    ','
}

/// One table of skills.
///
/// # Errors
/// [`SheetError`] when it cannot be opened or the mapping does not fit it.
pub fn table(file: &Path, mapping: Mapping, release: &Release) -> Result<Catalogue, SheetError> {
    let delimiter = if file.extension().is_some_and(|end| end == "tsv" || end == "txt") { '\t' } else { ',' };
    let Mapping { columns, values, defaults, lists } = mapping;
    let (file, rows, reason) = (file.to_owned(), Kind::Skills, None);
    catalogue(vec![Table { file, rows, reason, delimiter, columns, values, defaults, lists }], release)
}

/// The tables that a mapping file names, in `folder`, in their order.
///
/// # Errors
/// [`SheetError`] naming file, line and rule.
pub fn mapped(mapping: &Path, folder: &Path, release: &Release) -> Result<Catalogue, SheetError> {
    let name = mapping.display().to_string();
    let said: Tables = yaml(mapping)?;
    let scheme = match said.scheme.as_deref() {
        Some(text) => choice(ExternalScheme::ALL, ExternalScheme::as_str, text)
            .map_err(|rule| SheetError::of(&name, format!("scheme: {rule}")))?,
        None => release.scheme,
    };
    let version = if release.version.is_empty() {
        said.scheme_version.unwrap_or_default()
    } else {
        release.version.clone()
    };
    let mut tables = said.files;
    for table in &mut tables {
        table.file = folder.join(&table.file);
    }
    if tables.is_empty() {
        return Err(SheetError::of(&name, "files: names no file"));
    }
    catalogue(tables, &Release { scheme, version })
}

fn catalogue(tables: Vec<Table>, release: &Release) -> Result<Catalogue, SheetError> {
    let mut left_out = Vec::new();
    for table in &tables {
        let sheet = Sheet::open(&table.file, table.dialect()?)?;
        let bound = table.mapping().bind(&sheet.name(), table.fields(), sheet.header())?;
        if table.rows != Kind::Nothing {
            let columns = bound.left_out();
            let said = |column: String| format!("column `{column}` of {}", sheet.name());
            left_out.extend(columns.into_iter().map(said));
        }
    }
    let files = tables.iter().map(|table| table.file.clone()).collect();
    let release = release.clone();
    let open = move || {
        let opened: Vec<Rows<CatalogueRow>> =
            tables.iter().map(|table| table.rows(&release)).collect::<Result<_, _>>()?;
        Ok(Box::new(opened.into_iter().flatten()) as Rows<CatalogueRow>)
    };
    Ok(Catalogue { open: Box::new(open), files, left_out })
}

impl Table {
    fn mapping(&self) -> Mapping {
        let Self { columns, values, defaults, lists, .. } = self.clone();
        Mapping { columns, values, defaults, lists }
    }

    fn dialect(&self) -> Result<Dialect, SheetError> {
        let byte = u8::try_from(self.delimiter).ok().filter(u8::is_ascii);
        let byte = byte.ok_or_else(|| {
            SheetError::of(&self.file.display().to_string(), "delimiter: must be one ASCII character")
        })?;
        Ok(Dialect::Quoted(byte))
    }

    const fn fields(&self) -> &'static [Field] {
        match self.rows {
            Kind::Skills => SKILL_FIELDS,
            Kind::Categories => CATEGORY_FIELDS,
            Kind::Nothing => &[],
        }
    }

    fn rows(&self, release: &Release) -> Result<Rows<CatalogueRow>, SheetError> {
        let (file, dialect, fields) = (&self.file, self.dialect()?, self.fields());
        match self.rows {
            Kind::Skills => {
                let release = release.clone();
                rows(file, dialect, fields, &self.mapping(), move |cells, reading| {
                    skill(cells, reading, &release)
                })
            }
            Kind::Categories => rows(file, dialect, fields, &self.mapping(), category),
            Kind::Nothing => {
                let reason =
                    self.reason.clone().unwrap_or_else(|| "the mapping leaves this file out".to_owned());
                rows(file, dialect, fields, &self.mapping(), move |_, _| {
                    CatalogueRow::Nothing(reason.clone())
                })
            }
        }
    }
}

fn skill(cells: Cells<'_>, reading: &mut Reading, release: &Release) -> CatalogueRow {
    let name = cells.text("name").map(str::to_owned);
    reading.label = name.clone().unwrap_or_default();
    if name.is_none() {
        reading.broken.push(cells.remark("name", "must not be empty"));
    }
    let owned = |field: &str| cells.text(field).map(str::to_owned);
    let reference =
        owned("uri").map(|uri| Reference { scheme: release.scheme, uri, version: release.version.clone() });
    let kind = |text: &str| choice(SkillKind::ALL, SkillKind::as_str, text);
    let level = |level: &Level| {
        let looks = cells.text(LEVEL_FIELDS[usize::from(level.value())])?;
        Some((*level, looks.to_owned()))
    };
    let broken = &mut reading.broken;
    CatalogueRow::Skill(Box::new(SkillRow {
        name: name.unwrap_or_default(),
        slug: owned("slug"),
        description: owned("description"),
        kind: cells.parsed(broken, "kind", kind),
        category: cells.text("category").map(path_of),
        aliases: cells.list("aliases"),
        reference,
        levels: Level::ALL.iter().filter_map(level).collect(),
        review_interval_days: days(cells, broken, "reviewIntervalDays"),
        expires_after_days: days(cells, broken, "expiresAfterDays"),
        related: cells.list("related"),
        broader: cells.list("broader"),
    }))
}

fn days(cells: Cells<'_>, broken: &mut Vec<Remark>, field: &str) -> Option<i32> {
    cells.parsed(broken, field, |text| {
        let days = text.parse().ok().filter(|days| (1..=36_500).contains(days));
        days.ok_or_else(|| format!("`{text}` is not 1 to 36500 days"))
    })
}

fn category(cells: Cells<'_>, reading: &mut Reading) -> CatalogueRow {
    let name = cells.text("name").map(str::to_owned);
    reading.label = name.clone().unwrap_or_default();
    if name.is_none() {
        reading.broken.push(cells.remark("name", "must not be empty"));
    }
    let position = cells.parsed(&mut reading.broken, "position", |text| {
        let position = text.parse().ok().filter(|position| *position >= 0);
        position.ok_or_else(|| format!("`{text}` is not a whole number from 0 on"))
    });
    CatalogueRow::Category(CategoryRow {
        name: name.unwrap_or_default(),
        slug: cells.text("slug").map(str::to_owned),
        parent: cells.text("parent").map(path_of),
        position,
    })
}

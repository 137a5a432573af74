//! O*NET's tab-separated text files: the content model, the elements that occupations are rated in, and
//! technology skills. Element ids are the URIs; a technology has none, and goes by its name.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    domain::skills::{ExternalScheme, SkillKind},
    interchange::{
        sheet::{Cells, Dialect, Field, Mapping, Reading, Rows, SheetError, rows},
        skills::{Catalogue, CatalogueRow, CategoryPath, CategoryRow, Reference, SkillRow, renamed},
    },
};

/// The category that O*NET's own tree stands below.
const TOP: &str = "O*NET";
const TECHNOLOGY: &str = "Technology Skills";

const CONTENT_MODEL: &str = "Content Model Reference.txt";
/// Files with a row for each occupation and element.
const RATED: [&str; 2] = ["Skills.txt", "Knowledge.txt"];
const TECHNOLOGY_FILE: &str = "Technology Skills.txt";

/// The branches of the content model that hold skills and knowledge.
const BRANCHES: [(&str, SkillKind); 4] = [
    ("2.A", SkillKind::Practice),
    ("2.B.1", SkillKind::Soft),
    ("2.B", SkillKind::Practice),
    ("2.C", SkillKind::Domain),
];

const ELEMENT_FIELDS: &[Field] = &[
    Field { name: "Element ID", required: true, holds: "" },
    Field { name: "Element Name", required: true, holds: "" },
    Field { name: "Description", required: false, holds: "" },
];
const TECHNOLOGY_FIELDS: &[Field] = &[
    Field { name: "Example", required: true, holds: "" },
    Field { name: "Commodity Title", required: false, holds: "" },
];

/// What O*NET calls our fields.
const ELEMENT_NAMES: [(&str, &str); 3] =
    [("name", "Element Name"), ("uri", "Element ID"), ("description", "Description")];
const TECHNOLOGY_NAMES: [(&str, &str); 3] =
    [("name", "Example"), ("uri", "Example"), ("category", "Commodity Title")];

/// The names of the content model's elements, by their ids.
type Elements = BTreeMap<String, String>;

/// The skills of an O*NET download: the folder of its text files.
///
/// # Errors
/// [`SheetError`] when it holds none of the files we know, or one cannot be read.
pub fn onet(folder: &Path, version: &str) -> Result<Catalogue, SheetError> {
    let there = |name: &str| Some(folder.join(name)).filter(|file| file.exists());
    let model = there(CONTENT_MODEL);
    let rated: Vec<PathBuf> = RATED.iter().filter_map(|name| there(name)).collect();
    let technology = there(TECHNOLOGY_FILE);
    let files: Vec<PathBuf> = model.iter().chain(&rated).chain(&technology).cloned().collect();
    if files.is_empty() {
        let what = format!("holds none of {CONTENT_MODEL}, {}, {TECHNOLOGY_FILE}", RATED.join(", "));
        return Err(SheetError::of(&folder.display().to_string(), what));
    }
    let elements = Arc::new(match &model {
        Some(file) => elements(file)?,
        None => Elements::new(),
    });
    let version: Arc<str> = version.into();
    let open = move || {
        let mut all: Vec<Rows<CatalogueRow>> = Vec::new();
        for file in model.iter().chain(&rated) {
            let (elements, version) = (Arc::clone(&elements), Arc::clone(&version));
            all.push(read(file, ELEMENT_FIELDS, move |cells, reading| {
                element(cells, reading, &elements, &version)
            })?);
        }
        if let Some(file) = &technology {
            let version = Arc::clone(&version);
            all.push(read(file, TECHNOLOGY_FIELDS, move |cells, reading| tool(cells, reading, &version))?);
        }
        Ok(Box::new(all.into_iter().flatten()) as Rows<CatalogueRow>)
    };
    Ok(Catalogue { open: Box::new(open), files, left_out: Vec::new() })
}

fn read(
    file: &Path,
    fields: &'static [Field],
    parse: impl Fn(Cells<'_>, &mut Reading) -> CatalogueRow + Send + 'static,
) -> Result<Rows<CatalogueRow>, SheetError> {
    let names = match fields.first() {
        Some(field) if field.name == "Example" => &TECHNOLOGY_NAMES,
        _ => &ELEMENT_NAMES,
    };
    Ok(renamed(rows(file, Dialect::Tabs, fields, &Mapping::default(), parse)?, names))
}

fn elements(file: &Path) -> Result<Elements, SheetError> {
    let pair = |cells: Cells<'_>, _: &mut Reading| {
        let text = |field: &str| cells.text(field).unwrap_or_default().to_owned();
        (text("Element ID"), text("Element Name"))
    };
    let mut all = Elements::new();
    for placed in rows(file, Dialect::Tabs, ELEMENT_FIELDS, &Mapping::default(), pair)? {
        // What is broken is told when the row itself is imported.
        all.extend(placed?.row.ok());
    }
    Ok(all)
}

fn element(cells: Cells<'_>, reading: &mut Reading, elements: &Elements, version: &str) -> CatalogueRow {
    let name = text(cells, reading, "Element Name");
    let id = text(cells, reading, "Element ID");
    reading.label.clone_from(&name);
    let branch = BRANCHES.iter().find(|(branch, _)| id == *branch || below(branch, &id));
    let Some((_, kind)) = branch else {
        return CatalogueRow::Nothing("is neither a skill nor knowledge (2.A, 2.B, 2.C)".to_owned());
    };
    let path = path_to(elements, &id);
    if id.matches('.').count() < 2
        || elements.range(id.clone()..).nth(1).is_some_and(|(next, _)| below(&id, next))
    {
        return CatalogueRow::Category(CategoryRow { name, parent: Some(path), ..CategoryRow::default() });
    }
    let description = cells.text("Description").map(str::to_owned);
    let category = Some(path).filter(|_| !elements.is_empty());
    skill(SkillRow { name, description, kind: Some(*kind), category, ..SkillRow::default() }, id, version)
}

fn below(above: &str, id: &str) -> bool {
    id.strip_prefix(above).is_some_and(|rest| rest.starts_with('.'))
}

/// The names above an element, from the branch on.
fn path_to(elements: &Elements, id: &str) -> CategoryPath {
    let mut path = vec![TOP.to_owned()];
    // The first dot follows the pillar (`2`), which is no skill's category.
    for (end, _) in id.match_indices('.').skip(1) {
        path.extend(id.get(..end).and_then(|above| elements.get(above)).cloned());
    }
    path
}

fn tool(cells: Cells<'_>, reading: &mut Reading, version: &str) -> CatalogueRow {
    let name = text(cells, reading, "Example");
    reading.label.clone_from(&name);
    let mut path = vec![TOP.to_owned(), TECHNOLOGY.to_owned()];
    path.extend(cells.text("Commodity Title").map(str::to_owned));
    let uri = format!("technology:{}", name.split_whitespace().collect::<Vec<_>>().join("_"));
    let kind = Some(SkillKind::Technical);
    skill(SkillRow { name, kind, category: Some(path), ..SkillRow::default() }, uri, version)
}

fn skill(row: SkillRow, uri: String, version: &str) -> CatalogueRow {
    let reference = Reference { scheme: ExternalScheme::Onet, uri, version: version.to_owned() };
    CatalogueRow::Skill(Box::new(SkillRow { reference: Some(reference), ..row }))
}

fn text(cells: Cells<'_>, reading: &mut Reading, field: &str) -> String {
    let text = cells.text(field).unwrap_or_default().to_owned();
    if text.is_empty() {
        reading.broken.push(cells.remark(field, "must not be empty"));
    }
    text
}

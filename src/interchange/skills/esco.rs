//! ESCO's CSV download: the 16 files of v1.1 and later, or the skills file alone, in its older form of eight
//! columns too. URIs are ids; the labels of a cell stand on lines of their own.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    domain::skills::{ExternalScheme, SkillKind},
    interchange::{
        sheet::{Cells, Dialect, Field, Mapping, Reading, Rows, Sheet, SheetError, rows},
        skills::{Catalogue, CatalogueRow, CategoryPath, CategoryRow, Reference, SkillRow, renamed},
    },
};

const CSV: Dialect = Dialect::Quoted(b',');
/// The category that ESCO's own tree stands below.
const TOP: &str = "ESCO";
/// The deepest way up that is followed; ESCO's are shorter, and one that runs in a circle ends.
const DEEPEST: usize = 12;

const fn needed(name: &'static str) -> Field {
    Field { name, required: true, holds: "" }
}

const fn field(name: &'static str) -> Field {
    Field { name, required: false, holds: "" }
}

const CONCEPT_FIELDS: &[Field] = &[
    needed("conceptUri"),
    needed("preferredLabel"),
    field("conceptType"),
    field("skillType"),
    field("reuseLevel"),
    field("altLabels"),
    field("hiddenLabels"),
    field("status"),
    field("scopeNote"),
    field("definition"),
    field("description"),
];
const BROADER_FIELDS: &[Field] =
    &[needed("conceptUri"), needed("broaderUri"), field("conceptType"), field("broaderType")];
const RELATION_FIELDS: &[Field] =
    &[needed("originalSkillUri"), needed("relatedSkillUri"), field("relationType")];
/// How ESCO says that a skill belongs to another; both are RELATED here.
const RELATION_TYPES: [&str; 2] = ["essential", "optional"];
const HIERARCHY_FIELDS: &[Field] = &[
    needed("Level 0 URI"),
    needed("Level 0 preferred term"),
    field("Level 1 URI"),
    field("Level 1 preferred term"),
    field("Level 2 URI"),
    field("Level 2 preferred term"),
    field("Level 3 URI"),
    field("Level 3 preferred term"),
];

/// What ESCO calls our fields.
const NAMES: [(&str, &str); 6] = [
    ("name", "preferredLabel"),
    ("uri", "conceptUri"),
    ("aliases", "altLabels"),
    ("description", "description"),
    ("related", "relatedSkillUri"),
    ("broader", "broaderUri"),
];

/// Reads one of the other files.
type Reads = fn(&mut Tree, &Path) -> Result<(), SheetError>;

/// What the other files say of where concepts stand.
#[derive(Debug, Default)]
struct Tree {
    /// Labels of groups.
    labels: BTreeMap<String, String>,
    /// Concepts directly above a concept.
    above: BTreeMap<String, Vec<String>>,
    /// Whole paths of groups, where the hierarchy gives them.
    paths: BTreeMap<String, CategoryPath>,
    /// Skills that a skill is essential or optional to.
    related: BTreeMap<String, Vec<String>>,
    /// The skills themselves.
    skills: BTreeSet<String>,
    /// Rows that say nothing of a skill, by file and why: how many, and the line of the first.
    strays: BTreeMap<(String, String), (u64, u64)>,
}

/// The skills of an ESCO download: its folder, or `skills_<language>.csv` alone.
///
/// # Errors
/// [`SheetError`] when there is no skills file, or one cannot be read.
pub fn esco(given: &Path, language: &str, version: &str) -> Result<Catalogue, SheetError> {
    let named = |stem: &str| given.join(format!("{stem}_{language}.csv"));
    let (skills, others) = if given.is_dir() { (named("skills"), true) } else { (given.to_owned(), false) };
    let there = |stem: &str| Some(named(stem)).filter(|file| others && file.exists());
    let groups = there("skillGroups");
    let mut tree = Tree::default();
    let mut files = vec![skills.clone()];
    if others {
        tree.read_skills(&skills)?;
    }
    // What is named before what names it.
    let read: [(&str, Reads); 4] = [
        ("skillGroups", Tree::read_groups),
        ("skillsHierarchy", Tree::read_hierarchy),
        ("broaderRelationsSkillPillar", Tree::read_broader),
        ("skillSkillRelations", Tree::read_relations),
    ];
    for (stem, read) in read {
        if let Some(file) = there(stem) {
            read(&mut tree, &file)?;
            files.push(file);
        }
    }
    Sheet::open(&skills, CSV)?;
    let mut left_out = if others { unread(given, language, &files)? } else { Vec::new() };
    left_out.extend(tree.left_out());
    let (tree, version) = (Arc::new(tree), version.to_owned());
    let open = move || {
        let (of_skills, version) = (Arc::clone(&tree), version.clone());
        let mut all: Vec<Rows<CatalogueRow>> = Vec::new();
        if let Some(groups) = &groups {
            let tree = Arc::clone(&tree);
            all.push(concepts(groups, move |cells, reading| tree.group(cells, reading))?);
        }
        all.push(concepts(&skills, move |cells, reading| of_skills.skill(cells, reading, &version))?);
        Ok(Box::new(all.into_iter().flatten()) as Rows<CatalogueRow>)
    };
    Ok(Catalogue { open: Box::new(open), files, left_out })
}

fn concepts(
    file: &Path,
    parse: impl Fn(Cells<'_>, &mut Reading) -> CatalogueRow + Send + 'static,
) -> Result<Rows<CatalogueRow>, SheetError> {
    Ok(renamed(rows(file, CSV, CONCEPT_FIELDS, &Mapping::default(), parse)?, &NAMES))
}

/// The files of a download that say nothing of skills.
fn unread(folder: &Path, language: &str, read: &[PathBuf]) -> Result<Vec<String>, SheetError> {
    let name = folder.display().to_string();
    let failed = |error: std::io::Error| SheetError::of(&name, error.to_string());
    let (mut unread, end) = (Vec::new(), format!("_{language}.csv"));
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.to_string_lossy().ends_with(&end) && !read.contains(&path) {
            unread.push(format!("file {}", path.display()));
        }
    }
    unread.sort();
    Ok(unread)
}

/// Reads pairs of cells of a file whose rows are looked up, not imported: a broken one ends the run.
fn each(
    file: &Path,
    fields: &'static [Field],
    mut take: impl FnMut(u64, Vec<String>),
) -> Result<(), SheetError> {
    let texts = move |cells: Cells<'_>, _: &mut Reading| -> Vec<String> {
        fields.iter().map(|field| cells.text(field.name).unwrap_or_default().to_owned()).collect()
    };
    for placed in rows(file, CSV, fields, &Mapping::default(), texts)? {
        let placed = placed?;
        match placed.row {
            Ok(texts) => take(placed.line, texts),
            Err(broken) => {
                let rule = broken.first().map(|remark| remark.rule.clone()).unwrap_or_default();
                return Err(SheetError::at(&placed.file, placed.line, rule));
            }
        }
    }
    Ok(())
}

impl Tree {
    fn read_skills(&mut self, file: &Path) -> Result<(), SheetError> {
        // One that is out of form is told of when it is imported.
        for placed in rows(file, CSV, CONCEPT_FIELDS, &Mapping::default(), |cells, _| {
            cells.text("conceptUri").unwrap_or_default().to_owned()
        })? {
            self.skills.extend(placed?.row.ok());
        }
        Ok(())
    }

    fn read_groups(&mut self, file: &Path) -> Result<(), SheetError> {
        each(file, CONCEPT_FIELDS, |_, texts| {
            if let [uri, label, ..] = texts.as_slice() {
                self.labels.insert(uri.clone(), label.clone());
            }
        })
    }

    fn read_broader(&mut self, file: &Path) -> Result<(), SheetError> {
        each(file, BROADER_FIELDS, |line, texts| {
            let [uri, above, ..] = texts.as_slice() else { return };
            if self.skills.contains(uri) || self.is_group(uri) {
                self.above.entry(uri.clone()).or_default().push(above.clone());
            } else {
                self.stray(file, line, "their conceptUri is in no other file".to_owned());
            }
        })
    }

    fn read_relations(&mut self, file: &Path) -> Result<(), SheetError> {
        each(file, RELATION_FIELDS, |line, texts| {
            let [from, to, kind] = texts.as_slice() else { return };
            if !kind.is_empty() && RELATION_TYPES.iter().all(|known| !known.eq_ignore_ascii_case(kind)) {
                let known = RELATION_TYPES.join(", ");
                self.stray(file, line, format!("their relationType `{kind}` is none of {known}"));
            } else if self.skills.contains(from) {
                self.related.entry(from.clone()).or_default().push(to.clone());
            } else {
                self.stray(file, line, "their originalSkillUri is in no other file".to_owned());
            }
        })
    }

    fn stray(&mut self, file: &Path, line: u64, why: String) {
        self.strays.entry((file.display().to_string(), why)).or_insert((0, line)).0 += 1;
    }

    /// What is told of the rows that say nothing of a skill.
    fn left_out(&self) -> impl Iterator<Item = String> + '_ {
        self.strays.iter().map(|((file, why), (count, line))| {
            let rows = if *count == 1 { "row" } else { "rows, the first" };
            format!("{count} {rows} at {file}:{line}: {why}")
        })
    }

    fn read_hierarchy(&mut self, file: &Path) -> Result<(), SheetError> {
        each(file, HIERARCHY_FIELDS, |_, texts| {
            let mut path = vec![TOP.to_owned()];
            for level in texts.chunks(2) {
                let [uri, term] = level else { continue };
                if uri.is_empty() || term.is_empty() {
                    break;
                }
                path.push(term.clone());
                self.paths.entry(uri.clone()).or_insert_with(|| path.clone());
            }
        })
    }

    /// The names from the top down to a group.
    fn path(&self, group: &str) -> CategoryPath {
        if let Some(path) = self.paths.get(group) {
            return path.clone();
        }
        let (mut names, mut at) = (Vec::new(), group.to_owned());
        while let Some(label) = self.labels.get(&at).filter(|_| names.len() < DEEPEST) {
            names.push(label.clone());
            let above = self.above.get(&at).and_then(|above| above.iter().find(|uri| self.is_group(uri)));
            let Some(above) = above else { break };
            at.clone_from(above);
        }
        names.push(TOP.to_owned());
        names.reverse();
        names
    }

    fn is_group(&self, uri: &str) -> bool {
        self.labels.contains_key(uri) || self.paths.contains_key(uri)
    }

    /// The group nearest above a skill.
    fn group_of(&self, skill: &str) -> Option<&str> {
        let mut at = skill;
        for _ in 0..DEEPEST {
            let above = self.above.get(at)?;
            if let Some(group) = above.iter().find(|uri| self.is_group(uri)) {
                return Some(group);
            }
            at = above.first()?;
        }
        None
    }

    fn group(&self, cells: Cells<'_>, reading: &mut Reading) -> CatalogueRow {
        let label = label_of(cells, reading);
        let mut path = self.path(cells.text("conceptUri").unwrap_or_default());
        path.pop();
        CatalogueRow::Category(CategoryRow { name: label, slug: None, parent: Some(path), position: None })
    }

    fn skill(&self, cells: Cells<'_>, reading: &mut Reading, version: &str) -> CatalogueRow {
        let name = label_of(cells, reading);
        let Some(uri) = cells.text("conceptUri") else {
            reading.broken.push(cells.remark("conceptUri", "must not be empty"));
            return CatalogueRow::Nothing(String::new());
        };
        if let Some(status) = cells.text("status").filter(|status| !status.eq_ignore_ascii_case("released")) {
            return CatalogueRow::Nothing(format!("its status is `{status}`"));
        }
        let said = |field: &str| cells.text(field).map(str::to_owned);
        let mut aliases = cells.list("altLabels");
        aliases.extend(cells.list("hiddenLabels"));
        let above = self.above.get(uri).map(Vec::as_slice).unwrap_or_default();
        CatalogueRow::Skill(Box::new(SkillRow {
            name,
            description: said("description").or_else(|| said("definition")).or_else(|| said("scopeNote")),
            kind: Some(kind(cells.text("skillType"), cells.text("reuseLevel"))),
            category: Some(self.group_of(uri).map_or_else(|| vec![TOP.to_owned()], |group| self.path(group))),
            aliases,
            reference: Some(Reference {
                scheme: ExternalScheme::Esco,
                uri: uri.to_owned(),
                version: version.to_owned(),
            }),
            related: self.related.get(uri).cloned().unwrap_or_default(),
            broader: above.iter().filter(|above| !self.is_group(above)).cloned().collect(),
            ..SkillRow::default()
        }))
    }
}

fn label_of(cells: Cells<'_>, reading: &mut Reading) -> String {
    let label = cells.text("preferredLabel").unwrap_or_default().to_owned();
    if label.is_empty() {
        reading.broken.push(cells.remark("preferredLabel", "must not be empty"));
    }
    reading.label.clone_from(&label);
    label
}

/// ESCO tells knowledge from skills, and what everybody needs from the rest.
fn kind(skill_type: Option<&str>, reuse_level: Option<&str>) -> SkillKind {
    match (skill_type, reuse_level) {
        (Some("knowledge"), _) => SkillKind::Domain,
        (_, Some("transversal")) => SkillKind::Soft,
        _ => SkillKind::Practice,
    }
}

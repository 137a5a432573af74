//! Which column holds which field: named by the operator, or found by its own name. Reads no file.

use std::{collections::BTreeMap, sync::Arc};

use serde::Deserialize;

use crate::interchange::sheet::{Columns, Remark, SheetError};

/// A field that a kind of row knows.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name, as `--map` spells it.
    pub name: &'static str,
    /// Whether no file can do without it.
    pub required: bool,
    /// What it holds, for `--help`.
    pub holds: &'static str,
}

/// Where the fields of a file stand. Fields it does not name are found by their own names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Mapping {
    /// The column of a field, or several of a list.
    #[serde(default)]
    pub columns: BTreeMap<String, OneOrMore>,
    /// What the words of a field's cells stand for.
    #[serde(default)]
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// What a field is where its cell is empty, or no column holds it.
    #[serde(default)]
    pub defaults: BTreeMap<String, String>,
    /// What separates the items of a list in one cell; line breaks always do.
    pub lists: Option<String>,
}

/// A column, or several.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum OneOrMore {
    /// One.
    One(String),
    /// Several, for a list.
    More(Vec<String>),
}

impl OneOrMore {
    fn all(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::More(names) => names,
        }
    }
}

/// What separates the items of a list when nothing is said.
const USUAL_SEPARATOR: &str = "|";

/// A mapping held against a heading.
#[derive(Debug, Clone)]
pub(in crate::interchange) struct Bound {
    header: Vec<String>,
    places: BTreeMap<&'static str, Vec<usize>>,
    mapping: Mapping,
    separator: String,
}

impl Mapping {
    /// Adds what `--map` said: `field=column`.
    ///
    /// # Errors
    /// The rule it breaks.
    pub fn add(&mut self, said: &str) -> Result<(), String> {
        let (field, column) = said.split_once('=').ok_or("write field=column")?;
        let entry = self.columns.entry(field.trim().to_owned()).or_insert(OneOrMore::More(Vec::new()));
        let mut names = entry.all().to_vec();
        names.push(column.trim().to_owned());
        *entry = OneOrMore::More(names);
        Ok(())
    }

    /// Finds each field's columns.
    pub(in crate::interchange) fn bind(
        &self,
        file: &str,
        fields: &'static [Field],
        header: &[String],
    ) -> Result<Bound, SheetError> {
        let known = || fields.iter().map(|field| field.name).collect::<Vec<_>>().join(", ");
        let named = self.columns.keys().chain(self.values.keys()).chain(self.defaults.keys());
        if let Some(stray) = named.into_iter().find(|name| fields.iter().all(|field| field.name != **name)) {
            return Err(SheetError::of(
                file,
                format!("there is no field `{stray}`: the fields are {}", known()),
            ));
        }
        let mut places = BTreeMap::new();
        for field in fields {
            let found = match self.columns.get(field.name) {
                Some(names) => places_of(file, header, names.all())?,
                None => header.iter().position(|column| is_called(column, field.name)).into_iter().collect(),
            };
            if found.is_empty() && field.required && !self.defaults.contains_key(field.name) {
                let name = field.name;
                let what = format!("no column holds `{name}`: name one with --map {name}=<column>");
                return Err(SheetError::at(file, 1, what));
            }
            if !found.is_empty() {
                places.insert(field.name, found);
            }
        }
        let separator = self.lists.clone().unwrap_or_else(|| USUAL_SEPARATOR.to_owned());
        Ok(Bound { header: header.to_vec(), places, mapping: self.clone(), separator })
    }
}

fn places_of(file: &str, header: &[String], names: &[String]) -> Result<Vec<usize>, SheetError> {
    let place = |name: &String| {
        header.iter().position(|column| column == name).ok_or_else(|| {
            let has = header.join(", ");
            SheetError::at(file, 1, format!("there is no column `{name}`: the heading has {has}"))
        })
    };
    names.iter().map(place).collect()
}

/// `External ID`, `external_id` and `externalId` are one name.
fn is_called(column: &str, field: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
    };
    letters(column) == letters(field)
}

impl Bound {
    /// The columns that hold no field: nothing of them is imported, and the operator is told.
    pub(in crate::interchange) fn left_out(&self) -> Vec<String> {
        let bound = |n: &usize| self.places.values().any(|places| places.contains(n));
        let free = (0..self.header.len()).filter(|n| !bound(n));
        free.map(|n| self.header[n].clone()).filter(|name| !name.is_empty()).collect()
    }

    /// Whether a column holds the field.
    pub(in crate::interchange) fn has(&self, field: &str) -> bool {
        self.places.contains_key(field) || self.mapping.defaults.contains_key(field)
    }

    /// What the file calls the fields.
    pub(in crate::interchange) fn columns(&self) -> Columns {
        let called = |(field, places): (&&'static str, &Vec<usize>)| {
            Some((*field, self.header.get(*places.first()?)?.clone()))
        };
        Arc::new(self.places.iter().filter_map(called).collect())
    }

    /// The column's name, as the file spells it.
    pub(in crate::interchange) fn column(&self, field: &str) -> String {
        let place = self.places.get(field).and_then(|places| places.first());
        place.and_then(|n| self.header.get(*n)).cloned().unwrap_or_else(|| field.to_owned())
    }

    /// The cells of one row, by field.
    pub(in crate::interchange) const fn cells<'b>(&'b self, cells: &'b [String]) -> Cells<'b> {
        Cells { bound: self, cells }
    }
}

/// The cells of one row, by field.
#[derive(Debug, Clone, Copy)]
pub(in crate::interchange) struct Cells<'b> {
    bound: &'b Bound,
    cells: &'b [String],
}

impl<'b> Cells<'b> {
    /// A field's text, trimmed, with the mapping's words and default; `None` when empty.
    pub(in crate::interchange) fn text(&self, field: &str) -> Option<&'b str> {
        let cell =
            self.raw(field).next().or_else(|| self.bound.mapping.defaults.get(field).map(String::as_str))?;
        Some(self.meant(field, cell))
    }

    /// Whether a column holds the field, or a default stands for it.
    pub(in crate::interchange) fn has(&self, field: &str) -> bool {
        self.bound.has(field)
    }

    /// The items of a list field, of all its columns.
    pub(in crate::interchange) fn list(&self, field: &str) -> Vec<String> {
        let separator = self.bound.separator.as_str();
        let cells = self.raw(field);
        let items = cells.flat_map(|cell| cell.split('\n').flat_map(move |line| line.split(separator)));
        items
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .map(|item| self.meant(field, item).to_owned())
            .collect()
    }

    /// What a field parses to.
    pub(in crate::interchange) fn parsed<T>(
        &self,
        remarks: &mut Vec<Remark>,
        field: &str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let text = self.text(field)?;
        parse(text).map_err(|rule| remarks.push(self.remark(field, rule))).ok()
    }

    /// A remark on a field's column.
    pub(in crate::interchange) fn remark(&self, field: &str, rule: impl Into<String>) -> Remark {
        Remark::new(self.bound.column(field), rule)
    }

    fn raw(&self, field: &str) -> impl Iterator<Item = &'b str> + use<'b> {
        let places = self.bound.places.get(field).map(Vec::as_slice).unwrap_or_default();
        let cells = self.cells;
        places
            .iter()
            .filter_map(move |n| cells.get(*n))
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
    }

    fn meant(&self, field: &str, cell: &'b str) -> &'b str {
        let words = self.bound.mapping.values.get(field);
        words.and_then(|words| words.get(cell)).map_or(cell, String::as_str)
    }
}

/// One of a closed set of names, in any case; the refusal lists them.
pub(in crate::interchange) fn choice<T: Copy>(
    all: &[T],
    name: impl Fn(T) -> &'static str,
    text: &str,
) -> Result<T, String> {
    all.iter().copied().find(|choice| name(*choice).eq_ignore_ascii_case(text)).ok_or_else(|| {
        let names = all.iter().map(|choice| name(*choice)).collect::<Vec<_>>().join(", ");
        format!("`{text}` is none of {names}")
    })
}

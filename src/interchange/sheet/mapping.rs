//! A mapping file for one table of people or assessments: YAML. Checks only what it can without the table.

use std::{fs, path::Path};

use crate::interchange::sheet::{Mapping, SheetError};

/// Reads a mapping file.
///
/// # Errors
/// [`SheetError`] naming line and rule.
pub fn mapping(file: &Path) -> Result<Mapping, SheetError> {
    yaml(file)
}

/// Reads a YAML file into what it is; an unknown key or a wrong type is an error with its line.
pub(in crate::interchange) fn yaml<T: serde::de::DeserializeOwned>(file: &Path) -> Result<T, SheetError> {
    let name = file.display().to_string();
    let text = fs::read_to_string(file).map_err(|error| SheetError::of(&name, error.to_string()))?;
    let options = serde_saphyr::options! { with_snippet: false };
    serde_saphyr::from_str_with_options(&text, options).map_err(|error| {
        let line = error.location().map_or(0, |at| at.line());
        let message = error.to_string();
        SheetError::at(&name, line, message.lines().next().unwrap_or("is not YAML"))
    })
}

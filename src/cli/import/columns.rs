//! Which column of a table holds which field, as the operator says. Reads no table.

use std::path::PathBuf;

use clap::Args;

use crate::{
    cli::failure::Failure,
    interchange::sheet::{Mapping, mapping},
};

/// Which column holds which field.
#[derive(Debug, Args)]
pub(super) struct Columns {
    /// Which column holds a field; fields not named are found by their own names. Several for a list
    #[arg(long, value_name = "FIELD=COLUMN")]
    map: Vec<String>,
    /// The same as a YAML file, with what words stand for and defaults (docs/imports.md)
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
}

impl Columns {
    /// The mapping of the file, with what `--map` adds.
    pub(super) fn mapping(&self) -> Result<Mapping, Failure> {
        let mut said = match &self.mapping {
            Some(file) => mapping(file)?,
            None => Mapping::default(),
        };
        add(&mut said, &self.map)?;
        Ok(said)
    }
}

/// Adds what `--map` said.
pub(super) fn add(mapping: &mut Mapping, said: &[String]) -> Result<(), Failure> {
    for said in said {
        mapping.add(said).map_err(|rule| Failure::Usage(format!("--map {said}: {rule}")))?;
    }
    Ok(())
}

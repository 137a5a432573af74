//! `assay import skills`: a catalogue of others into ours.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::{
    app::imports::{SameName, SkillImport, import_skills},
    cli::{
        failure::Failure,
        import::{columns, run::How},
        patient,
    },
    config::Settings,
    domain::skills::ExternalScheme,
    interchange::{
        sheet::Mapping,
        skills::{Catalogue, Release, esco, mapped, onet, table},
    },
};

/// Import skills and categories. Running it again changes nothing; a new release of a taxonomy changes what it
/// changed.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct Skills {
    /// A table of skills, `.csv` or tab-separated (`.tsv`, `.txt`), its first line the names of the columns
    #[arg(value_name = "FILE", required_unless_present_any = ["mapping", "esco", "onet"], conflicts_with_all = ["mapping", "esco", "onet"])]
    file: Option<PathBuf>,
    /// Which column holds a field; fields not named are found by their own names. Several for a list
    #[arg(long, value_name = "FIELD=COLUMN", requires = "file")]
    map: Vec<String>,
    /// Several tables, as this file says (docs/imports.md)
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Where the tables of the mapping are [default: beside it]
    #[arg(long, value_name = "DIRECTORY", requires = "mapping")]
    from: Option<PathBuf>,
    /// ESCO's CSV download: its folder, or `skills_<language>.csv` alone
    #[arg(long, value_name = "PATH", conflicts_with_all = ["mapping", "onet"])]
    esco: Option<PathBuf>,
    /// The language of ESCO's files
    #[arg(long, value_name = "LANGUAGE", default_value = "en", requires = "esco")]
    language: String,
    /// The folder of O*NET's text files
    #[arg(long, value_name = "DIRECTORY", conflicts_with = "mapping")]
    onet: Option<PathBuf>,
    /// The taxonomy that URIs of tables belong to
    #[arg(long, value_name = "NAME", default_value = "OTHER", ignore_case = true, value_parser = scheme)]
    scheme: ExternalScheme,
    /// The release of the taxonomy, such as 1.2.0
    #[arg(long, value_name = "VERSION")]
    scheme_version: Option<String>,
    /// What to do with a skill of a taxonomy whose name we have: give ours its reference and other names, or
    /// refuse it
    #[arg(long, value_enum, value_name = "WHAT", default_value = "merge")]
    same_name: WithSameName,
    /// Where skills go whose row names no category, from the top down: `Data > Databases`
    #[arg(long, value_name = "PATH", default_value = "Imported")]
    category: String,
    #[command(flatten)]
    how: How,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum WithSameName {
    Merge,
    Refuse,
}

const EXAMPLES: &str = "\
Examples:
  assay import skills skills.csv --dry-run
  assay import skills skills.csv --map name=Title --map aliases=Synonyms --category 'Data > Databases'
  assay import skills --mapping framework.yaml --from downloads --report report.csv
  assay import skills --esco ESCO-1.2.0-csv --scheme-version 1.2.0
  assay import skills --onet db_29_1_text --scheme-version 29.1 --on-error skip

Every column, rule and outcome: docs/imports.md";

fn scheme(text: &str) -> Result<ExternalScheme, String> {
    let names = || ExternalScheme::ALL.iter().map(|scheme| scheme.as_str()).collect::<Vec<_>>().join(", ");
    ExternalScheme::parse(&text.to_uppercase()).ok_or_else(|| format!("one of {}", names()))
}

impl Skills {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let catalogue = self.catalogue()?;
        let (files, left_out) = (catalogue.files.clone(), catalogue.left_out.clone());
        let same_name =
            if self.same_name == WithSameName::Merge { SameName::Merge } else { SameName::Refuse };
        let usual_category = self.category.split('>').map(|name| name.trim().to_owned()).collect();
        let store = patient(settings.require_database()?).await?;
        let import = SkillImport { catalogue, same_name, usual_category };
        self.how.run(&files, &left_out, async |options| import_skills(&store, options, import).await).await
    }

    fn catalogue(&self) -> Result<Catalogue, Failure> {
        let version = || {
            let missing =
                || Failure::Usage("name the release with --scheme-version, such as 1.2.0".to_owned());
            self.scheme_version.clone().ok_or_else(missing)
        };
        let release =
            Release { scheme: self.scheme, version: self.scheme_version.clone().unwrap_or_default() };
        if let Some(path) = &self.esco {
            return Ok(esco(path, &self.language, &version()?)?);
        }
        if let Some(folder) = &self.onet {
            return Ok(onet(folder, &version()?)?);
        }
        if let Some(mapping) = &self.mapping {
            let beside = mapping.parent().unwrap_or_else(|| Path::new("."));
            return Ok(mapped(mapping, self.from.as_deref().unwrap_or(beside), &release)?);
        }
        let mut mapping = Mapping::default();
        columns::add(&mut mapping, &self.map)?;
        let file = self.file.as_deref().ok_or_else(|| Failure::Usage("name a file".to_owned()))?;
        Ok(table(file, mapping, &release)?)
    }
}

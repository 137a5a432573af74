//! `assay import assessments`: ratings from elsewhere.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::imports::{AssessmentImport, import_assessments},
    cli::{
        failure::Failure,
        import::{columns::Columns, run::How},
        patient,
    },
    config::Settings,
    interchange::assessments::Ratings,
};

/// Import assessments. Running it again changes nothing; what a row corrects supersedes what it said before.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct Assessments {
    /// A table of assessments, `.csv` or tab-separated (`.tsv`, `.txt`), its first line the names of the columns
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    columns: Columns,
    #[command(flatten)]
    how: How,
}

const EXAMPLES: &str = "\
Columns (found by their names in any spelling; others with --map):
  person (external id or email), skill (slug, name, other name or URI), level (0 to 5), source (IMPORT unless
  said: SELF, MANAGER, PEER, INTERVIEW, CERTIFICATE), assessor, confidence (LOW, MEDIUM, HIGH), certificate,
  observedAt, expiresAt, evidence (a list), note

Examples:
  assay import assessments ratings.csv --dry-run
  assay import assessments survey.csv --map person=Mail --map skill=Topic --map level=Score --on-error skip

Every column, rule and outcome: docs/imports.md";

impl Assessments {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let ratings = Ratings::open(&self.file, self.columns.mapping()?)?;
        let left_out = ratings.left_out.clone();
        let store = patient(settings.require_database()?).await?;
        let import = AssessmentImport { ratings };
        self.how
            .run(&[self.file], &left_out, async |options| import_assessments(&store, options, import).await)
            .await
    }
}

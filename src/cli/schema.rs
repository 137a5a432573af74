//! `assay schema print|check`: the public contract as text. Needs no database and no settings.

use std::{fs, path::PathBuf};

use clap::Subcommand;

use crate::{
    cli::{answer, failure::Failure},
    graphql,
};

const EXAMPLES: &str = "\
Examples:
  assay schema print > schema.graphql
  assay schema check --file schema.graphql";

/// Print the GraphQL schema, or compare it with a file.
#[derive(Debug, Subcommand)]
#[command(after_help = EXAMPLES)]
pub(super) enum Schema {
    /// Print the schema that this build serves
    Print,
    /// Compare it with a file; exits 1 when they differ
    Check {
        /// The file to compare with
        #[arg(long, default_value = "schema.graphql")]
        file: PathBuf,
    },
}

impl Schema {
    pub(super) fn run(self) -> Result<(), Failure> {
        match self {
            Self::Print => answer(&graphql::sdl()),
            Self::Check { file } => {
                let shown = file.display();
                let committed = fs::read_to_string(&file)
                    .map_err(|error| Failure::Failed(format!("`{shown}` cannot be read: {error}")))?;
                match first_difference(&graphql::sdl(), &committed) {
                    None => answer(&format!("{shown} is the schema that this build serves\n")),
                    Some(difference) => Err(Failure::Failed(format!(
                        "{shown} is not the schema that this build serves: {difference}\n\
                         If the change is meant, run `assay schema print > {shown}` and review it."
                    ))),
                }
            }
        }
    }
}

/// The first line in which the two differ, as an operator reads it.
fn first_difference(served: &str, committed: &str) -> Option<String> {
    if served == committed {
        return None;
    }
    let (mut served, mut committed) = (served.lines(), committed.lines());
    for line in 1.. {
        match (served.next(), committed.next()) {
            (None, None) => break,
            (new, old) if new != old => {
                let shown =
                    |text: Option<&str>| text.map_or("the end".to_owned(), |text| format!("`{text}`"));
                return Some(format!("line {line} is {}, served is {}", shown(old), shown(new)));
            }
            _ => {}
        }
    }
    Some("they differ in line endings alone".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_differing_line_is_named() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        let told = first_difference("a\nb\n", "a\nc\n").unwrap();
        assert_eq!(told, "line 2 is `c`, served is `b`");
        assert_eq!(first_difference("a\nb\n", "a\n").unwrap(), "line 2 is the end, served is `b`");
        assert!(first_difference("a\n", "a\r\n").unwrap().contains("line endings"));
    }
}

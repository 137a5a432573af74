//! `assay completions`: what a shell reads to complete our verbs and options. Needs no settings.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::cli::{Arguments, answer, failure::Failure};

/// Print the completions for a shell.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    assay completions bash > /etc/bash_completion.d/assay\n  \
    assay completions zsh > \"${fpath[1]}/_assay\"\n  \
    assay completions fish > ~/.config/fish/completions/assay.fish")]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self) -> Result<(), Failure> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "assay", &mut text);
        answer(&String::from_utf8_lossy(&text))
    }
}

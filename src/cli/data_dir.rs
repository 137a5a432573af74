//! Where the demo keeps its database and its key. Never creates anything.

use std::path::{Path, PathBuf};

use clap::Args;

/// The directory of the demo.
#[derive(Debug, Args)]
pub(super) struct DataDir {
    /// Where the demo keeps its database and its key [default: the user's data directory]
    #[arg(long, value_name = "DIRECTORY")]
    data_dir: Option<PathBuf>,
}

impl DataDir {
    /// The directory named, or the platform's place for data of this user.
    pub(super) fn path(&self) -> PathBuf {
        self.data_dir.clone().unwrap_or_else(|| default(|name| std::env::var_os(name).map(PathBuf::from)))
    }
}

/// XDG on Unix, `LOCALAPPDATA` on Windows; the working directory for a user without a home.
fn default(variable: impl Fn(&str) -> Option<PathBuf>) -> PathBuf {
    let absolute = |name| variable(name).filter(|path| path.is_absolute());
    let home = |below: &str| absolute("HOME").map(|home| home.join(below));
    let platform = if cfg!(windows) {
        absolute("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        home("Library/Application Support")
    } else {
        absolute("XDG_DATA_HOME").or_else(|| home(".local/share"))
    };
    platform.map_or_else(|| PathBuf::from("assay-demo"), |base| base.join(Path::new("assay").join("demo")))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_default_follows_xdg_then_home_then_the_working_directory() {
        let path = |set: &'static [(&str, &str)]| {
            default(|name| {
                set.iter().find(|(given, _)| *given == name).map(|(_, value)| PathBuf::from(value))
            })
        };
        let both = path(&[("XDG_DATA_HOME", "/data"), ("HOME", "/home/ada")]);
        assert_eq!(both, Path::new("/data/assay/demo"));
        assert_eq!(path(&[("HOME", "/home/ada")]), Path::new("/home/ada/.local/share/assay/demo"));
        assert_eq!(path(&[("XDG_DATA_HOME", "relative")]), Path::new("assay-demo"));
    }
}

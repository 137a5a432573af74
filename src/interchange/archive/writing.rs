//! Writing an archive, a table at a time. Its files are for their owner alone: they hold everything.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use crate::interchange::archive::{
    ArchiveError, FORMAT, Manifest, TableEntry,
    manifest::{self},
};

/// An archive being written.
#[derive(Debug)]
pub struct Writer {
    folder: PathBuf,
    tables: Vec<TableEntry>,
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    name: String,
    path: PathBuf,
    file: BufWriter<File>,
    rows: u64,
    digest: blake3::Hasher,
}

impl Writer {
    /// Begins an archive in `folder`, which is made when it is not there.
    ///
    /// # Errors
    /// [`ArchiveError`] when the folder holds anything, or cannot be made.
    pub fn create(folder: &Path) -> Result<Self, ArchiveError> {
        let failed = |error: io::Error| ArchiveError::io(folder, &error);
        private_folder().create(folder).map_err(failed)?;
        if fs::read_dir(folder).map_err(failed)?.next().is_some() {
            return Err(ArchiveError::of(folder, "is not empty: name a new folder for the archive"));
        }
        Ok(Self { folder: folder.to_owned(), tables: Vec::new(), open: None })
    }

    /// Adds rows of a table, a line each; the rows of one table come together, and its name at least once.
    ///
    /// # Errors
    /// [`ArchiveError`] when the file cannot be written.
    pub fn write(&mut self, table: &str, lines: &[String]) -> Result<(), ArchiveError> {
        if self.open.as_ref().is_none_or(|open| open.name != table) {
            self.close()?;
            self.open = Some(Open::create(&self.folder, table)?);
        }
        match &mut self.open {
            Some(open) => open.write(lines),
            None => Ok(()),
        }
    }

    /// Ends the archive of a database whose newest change is `schema`.
    ///
    /// # Errors
    /// [`ArchiveError`] when a file cannot be written.
    pub fn finish(mut self, schema: String) -> Result<Manifest, ArchiveError> {
        self.close()?;
        let manifest = Manifest { format: FORMAT, schema, tables: self.tables };
        let path = self.folder.join(manifest::FILE);
        let failed = |error: io::Error| ArchiveError::io(&path, &error);
        let mut text = serde_json::to_string_pretty(&manifest).map_err(|error| failed(error.into()))?;
        text.push('\n');
        let mut file = private_file(&path).map_err(failed)?;
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
        Ok(manifest)
    }

    fn close(&mut self) -> Result<(), ArchiveError> {
        if let Some(open) = self.open.take() {
            self.tables.push(open.finish()?);
        }
        Ok(())
    }
}

impl Open {
    fn create(folder: &Path, table: &str) -> Result<Self, ArchiveError> {
        let path = folder.join(format!("{table}.jsonl"));
        let file = private_file(&path).map_err(|error| ArchiveError::io(&path, &error))?;
        let (file, digest) = (BufWriter::new(file), blake3::Hasher::new());
        Ok(Self { name: table.to_owned(), path, file, rows: 0, digest })
    }

    fn write(&mut self, lines: &[String]) -> Result<(), ArchiveError> {
        for line in lines {
            for part in [line.as_bytes(), b"\n"] {
                self.file.write_all(part).map_err(|error| ArchiveError::io(&self.path, &error))?;
                self.digest.update(part);
            }
            self.rows += 1;
        }
        Ok(())
    }

    fn finish(self) -> Result<TableEntry, ArchiveError> {
        let Self { name, path, file, rows, digest } = self;
        let written = file.into_inner().map_err(io::IntoInnerError::into_error);
        let synced = written.and_then(|file| file.sync_all());
        synced.map_err(|error| ArchiveError::io(&path, &error))?;
        Ok(TableEntry { name, rows, blake3: digest.finalize().to_hex().to_string() })
    }
}

/// A file that nobody but its owner reads.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// A folder that nobody but its owner enters.
fn private_folder() -> fs::DirBuilder {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

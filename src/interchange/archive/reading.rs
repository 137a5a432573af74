//! Reading an archive line by line, and refusing whatever its manifest does not promise.

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use crate::interchange::archive::{ArchiveError, Manifest, TableEntry, manifest};

/// The longest line that is read; no row comes near it.
const LONGEST_LINE: u64 = 4 << 20;

/// An archive that was opened: its manifest is of a format we know.
#[derive(Debug)]
pub struct Reader {
    folder: PathBuf,
    manifest: Manifest,
}

impl Reader {
    /// Opens the archive in `folder`.
    ///
    /// # Errors
    /// [`ArchiveError`] when its manifest cannot be read.
    pub fn open(folder: &Path) -> Result<Self, ArchiveError> {
        Ok(Self { folder: folder.to_owned(), manifest: Manifest::read(folder)? })
    }

    /// Looks for files that the manifest does not name: rows that nobody would read, of another archive or renamed.
    ///
    /// # Errors
    /// [`ArchiveError`] when there is one, or the folder cannot be read.
    pub fn nothing_else(&self) -> Result<(), ArchiveError> {
        let failed = |error: io::Error| ArchiveError::io(&self.folder, &error);
        let named = |name: &OsStr| {
            let of = |table: &TableEntry| name == OsStr::new(&file_of(&table.name));
            name == OsStr::new(manifest::FILE) || self.manifest.tables.iter().any(of)
        };
        for entry in fs::read_dir(&self.folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            if !named(&entry.file_name()) {
                let what =
                    "is no part of the archive: its manifest does not name it; take it out of the folder";
                return Err(ArchiveError::of(&entry.path(), what));
            }
        }
        Ok(())
    }

    /// Its manifest.
    #[must_use]
    pub const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Where it stands.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The lines of a table of the manifest.
    ///
    /// # Errors
    /// [`ArchiveError`] when the file is not there.
    pub fn lines(&self, table: &TableEntry) -> Result<Lines, ArchiveError> {
        let path = self.folder.join(file_of(&table.name));
        let file = File::open(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                ArchiveError::of(&path, format!("is not there: it holds the rows of {}", table.name))
            }
            _ => ArchiveError::io(&path, &error),
        })?;
        let (file, digest) = (BufReader::new(file), blake3::Hasher::new());
        Ok(Lines { path, file, digest, promised: table.clone(), read: 0 })
    }
}

/// The file of a table.
fn file_of(table: &str) -> String {
    format!("{table}.jsonl")
}

/// The lines of one file, counted and digested on the way.
#[derive(Debug)]
pub struct Lines {
    path: PathBuf,
    file: BufReader<File>,
    digest: blake3::Hasher,
    promised: TableEntry,
    read: u64,
}

impl Lines {
    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many lines were read so far: the number of the last one.
    #[must_use]
    pub const fn read(&self) -> u64 {
        self.read
    }

    /// The next lines, `most` at most; none at the end, when they are all that was promised.
    ///
    /// # Errors
    /// [`ArchiveError`] when the file is cut off, too long, or not the one that was written.
    pub fn some(&mut self, most: usize) -> Result<Vec<String>, ArchiveError> {
        let mut lines = Vec::new();
        while lines.len() < most {
            match self.line()? {
                Some(line) => lines.push(line),
                None => break,
            }
        }
        Ok(lines)
    }

    fn line(&mut self) -> Result<Option<String>, ArchiveError> {
        let mut bytes = Vec::new();
        let read = (&mut self.file).take(LONGEST_LINE).read_until(b'\n', &mut bytes);
        read.map_err(|error| ArchiveError::io(&self.path, &error))?;
        if bytes.is_empty() {
            return self.end().map(|()| None);
        }
        self.digest.update(&bytes);
        self.read += 1;
        let wrong = |what: &str| ArchiveError::at(&self.path, self.read, what);
        if bytes.pop() != Some(b'\n') {
            return Err(wrong("the file is cut off in this line, or it is longer than any row"));
        }
        if self.read > self.promised.rows {
            return Err(wrong(&format!("the manifest promises {} rows", self.promised.rows)));
        }
        String::from_utf8(bytes).map(Some).map_err(|_| wrong("is not UTF-8"))
    }

    fn end(&self) -> Result<(), ArchiveError> {
        let promised = &self.promised;
        if self.read != promised.rows {
            let what = format!("the file ends here; the manifest promises {} rows", promised.rows);
            return Err(ArchiveError::at(&self.path, self.read, what));
        }
        if self.digest.finalize().to_hex().as_str() != promised.blake3 {
            let what = "some line is not what was exported: the BLAKE3 differs from the manifest's";
            return Err(ArchiveError::of(&self.path, what));
        }
        Ok(())
    }
}

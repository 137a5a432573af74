//! A file for its owner alone. It grows beside its place and takes it when it is whole, so that what was there
//! before keeps neither its bytes nor its permissions, and nothing is written through a link.

use std::{
    fs,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

/// A file being written; dropped before [`keep`](Self::keep), it leaves nothing behind.
#[derive(Debug)]
pub struct OwnFile {
    place: PathBuf,
    growing: BufWriter<NamedTempFile>,
}

impl OwnFile {
    /// Begins a file that is to stand at `place`.
    ///
    /// # Errors
    /// When something else than a file is there, or its folder cannot be written.
    pub fn create(place: &Path) -> io::Result<Self> {
        if fs::symlink_metadata(place).is_ok_and(|there| !there.is_file()) {
            let what = format!("{} is a link, or something else than a file", place.display());
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, what));
        }
        let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
        // Readable and writable by its owner alone from the first moment on.
        let growing = NamedTempFile::new_in(folder.unwrap_or_else(|| Path::new(".")))?;
        Ok(Self { place: place.to_owned(), growing: BufWriter::new(growing) })
    }

    /// Puts the whole file into its place.
    ///
    /// # Errors
    /// When the rest of it cannot be written, or its place not be taken.
    pub fn keep(self) -> io::Result<()> {
        let whole = self.growing.into_inner().map_err(io::IntoInnerError::into_error)?;
        whole.persist(&self.place).map(drop).map_err(|refused| refused.error)
    }
}

impl Write for OwnFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.growing.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.growing.flush()
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn a_file_is_for_its_owner_alone_whatever_was_there_and_no_link_is_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (place, other) = (folder.path().join("matrix.csv"), folder.path().join("other"));
        fs::write(&place, "before").unwrap();
        fs::set_permissions(&place, fs::Permissions::from_mode(0o644)).unwrap();
        let mut file = OwnFile::create(&place).unwrap();
        file.write_all(b"after").unwrap();
        assert_eq!(fs::read_to_string(&place).unwrap(), "before", "it is not whole yet");
        file.keep().unwrap();
        assert_eq!(fs::read_to_string(&place).unwrap(), "after");
        assert_eq!(fs::metadata(&place).unwrap().permissions().mode() & 0o777, 0o600);

        drop(OwnFile::create(&other).unwrap());
        fs::write(&other, "other").unwrap();
        let link = folder.path().join("link");
        symlink(&other, &link).unwrap();
        assert!(OwnFile::create(&link).is_err() && OwnFile::create(folder.path()).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing else is left behind");
    }
}

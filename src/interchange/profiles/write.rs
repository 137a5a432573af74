//! A role profile as text, the same text for the same profile: fields in one order, parts set apart by a blank
//! line, requirements on a line each, long texts folded. And how two of them differ.

use similar::TextDiff;

use crate::interchange::profiles::ProfileRow;

/// As wide as a text gets before it is folded.
const WIDTH: usize = 100;
/// Lines shown around a difference.
const AROUND: usize = 2;

/// A profile that no file can hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{key}` cannot be written: {why}")]
pub struct Unwritable {
    key: String,
    why: String,
}

impl ProfileRow {
    /// The file's text.
    ///
    /// # Errors
    /// [`Unwritable`] when YAML would not give it back unchanged.
    pub fn to_yaml(&self) -> Result<String, Unwritable> {
        let options = serde_saphyr::ser_options! { compact_list_indent: false, folded_wrap_chars: WIDTH };
        let unwritable = |why: String| Unwritable { key: self.key.clone(), why };
        let text = serde_saphyr::to_string_with_options(self, options);
        let text = spaced(&text.map_err(|error| unwritable(error.to_string()))?);
        // What cannot be read back is not written either: a file is kept for years before somebody needs it.
        match serde_saphyr::from_str::<Self>(&text) {
            Ok(read) if read == *self => Ok(text),
            Ok(_) => Err(unwritable("a text does not survive".to_owned())),
            Err(error) => Err(unwritable(error.to_string())),
        }
    }
}

/// The text with a blank line before each list of the profile. A list's key stands at the beginning of its line,
/// which nothing inside a value does.
fn spaced(text: &str) -> String {
    let is_part = |line: &str| line.ends_with(':') && line.starts_with(|c: char| c.is_ascii_lowercase());
    text.split('\n')
        .map(|line| if is_part(line) { format!("\n{line}") } else { line.to_owned() })
        .collect::<Vec<_>>()
        .join("\n")
}

/// The lines that differ from `now` to `then`, as `diff -u` shows them.
///
/// # Errors
/// [`Unwritable`].
pub fn difference(now: &ProfileRow, then: &ProfileRow) -> Result<String, Unwritable> {
    let (now, then) = (now.to_yaml()?, then.to_yaml()?);
    Ok(TextDiff::from_lines(&now, &then).unified_diff().context_radius(AROUND).to_string())
}

//! The skill matrix of a team in the graph: columns of numbers, and objects for those who want them.

mod arguments;
mod cells;
mod changes;
mod download;
mod whole;

pub use arguments::{SkillMatrixArguments, SkillMatrixView, TeamScope, matrix_of, past};
pub use cells::SkillMatrixCell;
pub use changes::{SkillChange, SkillChangeFilter, SkillChangeOrder};
pub use download::{MatrixDownload, MatrixFormat, download_of};
pub use whole::{TeamSkillMatrix, TeamSkillMatrixRow};

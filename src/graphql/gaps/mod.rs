//! What a role lacks in a person, in the graph: gap reports, and exemptions from requirements.

mod arguments;
pub mod choices;
mod due;
mod exemption;
pub mod inputs;
mod item;
pub mod mutation_inputs;
mod mutations;
pub mod payloads;
mod queries;
mod report;

pub use arguments::{
    GapReportFilter, GapReportOrder, SubjectInput, TeamGaps, report_named, report_of, reports_of_team,
};
pub use due::{DueAssessment, DueAssessmentFilter, DueAssessmentOrder, DueAssessments, due_in_team};
pub use exemption::RequirementExemption;
pub use item::SkillGap;
pub use mutations::GapMutations;
pub use queries::GapQueries;
pub use report::{GapFigureTerms, GapReport};

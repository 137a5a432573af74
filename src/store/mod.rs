//! SQL in, domain out. The only home of sea-orm; never decides who may do what beyond asking
//! `domain::policy`.

mod accesses;
mod address;
mod archive;
mod assessments;
mod capabilities;
mod categories;
mod checkup;
mod connect;
mod coverage;
mod development;
mod entity;
mod errors;
mod exemptions;
mod facts;
mod finder;
mod gaps;
mod inserts;
mod lag;
mod matrix;
mod measured;
mod memberships;
mod migrations;
mod paging;
mod people;
mod people_lists;
mod platform;
mod pool;
mod presence;
mod profile_content;
mod profile_lists;
mod profile_versions;
mod profiles;
mod projection;
mod question_details;
mod question_facts;
mod question_lists;
mod question_sets;
mod questions;
mod ratings;
mod reach;
mod reader;
mod replicas;
mod revisions;
mod rounds;
mod route;
mod rows;
mod salaries;
mod skill_details;
mod skill_lists;
mod skill_names;
mod skill_targets;
mod skills;
mod sql;
mod standing;
mod table;
mod team_tree;
mod teams;
mod transactions;
mod watch;
mod writes;

use std::sync::{Arc, atomic::AtomicU64};

use tokio::sync::OnceCell;

use crate::telemetry::metrics;

pub use accesses::{Access, AccessSubject};
pub use address::DatabaseAddress;
pub use archive::{ArchivePart, tables};
pub use assessments::{AssessmentFilter, AssessmentOrder};
pub use categories::{CategoryFilter, CategoryOrder, CategoryOrderField};
pub use checkup::{Checkup, NoCheckup, Pooler, ServerCheckup};
pub use coverage::Yardstick;
pub use development::{
    AssessmentProposalFilter, CheckInFilter, CheckInOrder, GoalFilter, GoalOrder, LearningResourceFilter,
    LearningResourceOrder, LearningResourceOrderField, PlanFilter, PlanOrder, ProposalOrder,
};
pub use errors::StoreError;
pub use exemptions::{ExemptionFilter, ExemptionOrder};
pub use finder::SkillClause;
pub use gaps::{GapRoster, GapSubject, HeldVersion};
pub use matrix::{ColumnRow, Held, RosterRow, Stay, TeamReach};
pub use memberships::{MembershipFilter, MembershipOrder, MembershipOrderField};
pub use migrations::{ChangeStatus, SchemaChange};
pub use paging::{Cursor, Page, PageRequest, SortKey};
pub use people_lists::{PersonFilter, PersonOrder};
pub use platform::{AuditEntry, DigestKey, IdempotencyRecord, Kept};
pub use presence::Presence;
pub use profile_lists::SkillSlug;
pub use profile_versions::{HeldProfileFilter, HeldProfileOrder, VersionFilter, VersionOrder};
pub use profiles::{RoleProfileFilter, RoleProfileOrder, RoleProfileOrderField};
pub use projection::Rebuild;
pub use question_lists::{
    ListedQuestion, QuestionFilter, QuestionOrder, QuestionOrderField, QuestionVersionFilter,
    QuestionVersionOrder,
};
pub use question_sets::{QuestionSetFilter, QuestionSetOrder, QuestionSetOrderField};
pub use ratings::PlacedRating;
pub use reader::Reader;
pub use rounds::{RoundFilter, RoundOrder};
pub use rows::PageOf;
pub use salaries::{SalaryFilter, SalaryOrder, StatedSalary};
pub use skill_lists::{SkillFilter, SkillOrder};
pub use skill_names::{HeldName, HeldRef};
pub use table::Table;
pub use teams::{TeamFilter, TeamOrder};
pub use transactions::{Snapshot, Tx};
pub use watch::Watch;
pub use writes::{
    AssessmentResponse, HeldReference, HeldSlug, OpenAssessment, RecordedAssessment, RecordedRelation,
    StatusChange, TeamLink, WrittenVersion,
};

use accesses::Accesses;
use pool::Pool;
use replicas::Replicas;

/// The database. Cheap to clone; lends a [`Reader`] on its pool.
#[derive(Debug, Clone)]
pub struct Store {
    reader: Reader,
    /// The primary's.
    pool: Pool,
    replicas: Option<Arc<Replicas>>,
    statements: Arc<AtomicU64>,
    digest_key: Arc<OnceCell<DigestKey>>,
    accesses: Arc<Accesses>,
    _shown: Arc<[metrics::Watch]>,
}

impl std::ops::Deref for Store {
    type Target = Reader;
    fn deref(&self) -> &Reader {
        &self.reader
    }
}

//! The closed sets of values around role profiles. The first sentence of each value is its label.

use async_graphql::Enum;

use crate::domain::profiles;

/// The kind of career a role belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "profiles::CareerTrack")]
pub enum CareerTrack {
    /// Technical. Works on the craft.
    Technical,
    /// Managerial. Works through others.
    Managerial,
    /// Independent. Works on their own account.
    Independent,
}

/// Where a role profile stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "profiles::RoleProfileStatus")]
pub enum RoleProfileStatus {
    /// Active. Has, or will have, a version people can hold.
    Active,
    /// Archived. No longer given to anyone.
    Archived,
}

/// Where a version stands: DRAFT, PUBLISHED, then SUPERSEDED or ARCHIVED. A published one never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "profiles::RoleProfileVersionStatus")]
pub enum RoleProfileVersionStatus {
    /// Draft. Being written.
    Draft,
    /// Published. What holds now; at most one a profile.
    Published,
    /// Superseded. A later version took its place.
    Superseded,
    /// Archived. Withdrawn.
    Archived,
}

/// How much a requirement matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "profiles::Importance")]
pub enum Importance {
    /// Must have. Without it the person is not ready, whatever else they bring.
    Must,
    /// Should have. Expected.
    Should,
    /// Nice to have. Welcome.
    Nice,
}

/// What sort of qualification it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "profiles::QualificationKind")]
pub enum QualificationKind {
    /// Education. A degree or course of study.
    Education,
    /// Experience. Time in work.
    Experience,
    /// Certification. A certificate.
    Certification,
    /// Preference. Preferred, not needed.
    Preference,
}

/// What a market insight is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "profiles::MarketTopic")]
pub enum MarketTopic {
    /// Demand. How sought after the role is.
    Demand,
    /// Shortage. How scarce the people are.
    Shortage,
    /// Industry. Where the role is found.
    Industry,
    /// Trend. Where things are going.
    Trend,
    /// Pay factor. What moves the pay.
    Factor,
}

/// What the figure of a market insight counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "profiles::FigureUnit")]
pub enum FigureUnit {
    /// Per cent. Parts of a hundred.
    Percent,
    /// Count. Things or people.
    Count,
}

/// How closely a source states a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "profiles::FigurePrecision")]
pub enum FigurePrecision {
    /// Exact. As it stands.
    Exact,
    /// About. Roughly: about, nearly, some.
    About,
    /// At most. An upper bound: up to.
    AtMost,
    /// At least. A lower bound: more than.
    AtLeast,
}

/// What a salary figure is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "profiles::SalaryPeriod")]
pub enum SalaryPeriod {
    /// Per year. For a year of full-time work.
    Year,
    /// Per hour. For an hour of work.
    Hour,
}

/// What a salary figure contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "profiles::SalaryBasis")]
pub enum SalaryBasis {
    /// Base pay. Without bonus, equity and benefits.
    Base,
    /// Total pay. Base pay and everything else.
    Total,
}

/// What a salary figure says of its sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "profiles::SalaryStatistic")]
pub enum SalaryStatistic {
    /// Mean. The arithmetic mean.
    Mean,
    /// Median. The middle value.
    Median,
    /// Percentile. The value below which the share in `percentile` lies.
    Percentile,
    /// Range. From the lowest to the highest quoted.
    Range,
    /// Maximum. The most that is paid: up to.
    Maximum,
    /// Estimate. What a source estimates, without saying how.
    Estimate,
}

/// How one role leads to another. Only LATERAL paths may form a circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "profiles::CareerPathKind")]
pub enum CareerPathKind {
    /// Promotion. Upwards on the same track.
    Promotion,
    /// Lateral move. Sideways.
    Lateral,
    /// Track change. Onto another track.
    TrackChange,
}

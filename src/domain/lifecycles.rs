//! Which status may follow which. One table per entity, and no transition beside it.
//!
//! Says what is legal, never who may do it (`policy`) nor what else must hold, such as a team being
//! empty before it is archived.

use crate::domain::{
    assessments::AssessmentStatus,
    development::{GoalStatus, LearningResourceStatus, PlanStatus},
    people::PersonStatus,
    profiles::{RoleProfileStatus, RoleProfileVersionStatus},
    questions::{QuestionVersionStatus, sets::QuestionSetStatus},
    skills::SkillStatus,
    teams::TeamStatus,
};

impl TeamStatus {
    /// Whether `next` may follow.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        matches!((self, next), (Self::Active, Self::Archived))
    }
}

impl PersonStatus {
    /// Whether `next` may follow.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        matches!((self, next), (Self::Active, Self::Inactive) | (Self::Inactive, Self::Erased))
    }
}

impl SkillStatus {
    /// Whether `next` may follow. MERGED → ACTIVE is the merge undone.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Proposed, Self::Active)
                | (Self::Active, Self::Deprecated | Self::Merged)
                | (Self::Merged, Self::Active)
        )
    }

    /// Whether people may be assessed in a skill that stands so.
    #[must_use]
    pub const fn can_be_assessed(self) -> bool {
        matches!(self, Self::Active)
    }
}

impl RoleProfileStatus {
    /// Whether `next` may follow. ARCHIVED → ACTIVE is a profile that a file brings back.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        matches!((self, next), (Self::Active, Self::Archived) | (Self::Archived, Self::Active))
    }
}

impl RoleProfileVersionStatus {
    /// Whether `next` may follow.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Draft, Self::Published) | (Self::Published, Self::Superseded | Self::Archived)
        )
    }
}

impl AssessmentStatus {
    /// Whether `next` may follow.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Pending, Self::Validated | Self::Rejected)
                | (Self::Validated, Self::Superseded | Self::Revoked)
        )
    }
}

impl QuestionVersionStatus {
    /// Whether `next` may follow.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Draft, Self::InReview)
                | (Self::InReview, Self::Draft | Self::Approved)
                | (Self::Approved, Self::Compromised | Self::Retired)
                | (Self::Compromised, Self::Retired)
        )
    }
}

impl QuestionSetStatus {
    /// Whether `next` may follow.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        matches!((self, next), (Self::Draft, Self::Published) | (Self::Published, Self::Archived))
    }
}

impl PlanStatus {
    /// Whether `next` may follow. A plan that nobody will work on can be given up at once.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Draft, Self::Agreed)
                | (Self::Agreed, Self::Active)
                | (Self::Active, Self::Completed)
                | (Self::Draft | Self::Agreed | Self::Active, Self::Abandoned)
        )
    }
}

impl GoalStatus {
    /// Whether `next` may follow. What was never started can be missed or dropped, never achieved.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::NotStarted, Self::InProgress | Self::Missed | Self::Dropped)
                | (Self::InProgress, Self::Achieved | Self::Missed | Self::Dropped)
        )
    }
}

impl LearningResourceStatus {
    /// Whether `next` may follow.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        matches!((self, next), (Self::Active, Self::Archived))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every pair of statuses, against the list of the legal ones.
    macro_rules! exactly {
        ($status:ty: $($from:literal -> $to:literal),*) => {
            let legal = [$(($from, $to)),*];
            for from in <$status>::ALL {
                for next in <$status>::ALL {
                    let listed = legal.contains(&(from.as_str(), next.as_str()));
                    assert_eq!(from.may_become(*next), listed, "{} -> {}", from.as_str(), next.as_str());
                }
            }
            for (from, next) in legal {
                assert!(<$status>::parse(from).is_some() && <$status>::parse(next).is_some());
            }
        };
    }

    #[test]
    fn a_team_is_archived_once() {
        exactly!(TeamStatus: "ACTIVE" -> "ARCHIVED");
    }

    #[test]
    fn a_person_leaves_before_being_erased() {
        exactly!(PersonStatus: "ACTIVE" -> "INACTIVE", "INACTIVE" -> "ERASED");
    }

    #[test]
    fn a_skill_is_approved_then_deprecated_or_merged_and_a_merge_can_be_undone() {
        exactly!(SkillStatus:
            "PROPOSED" -> "ACTIVE",
            "ACTIVE" -> "DEPRECATED",
            "ACTIVE" -> "MERGED",
            "MERGED" -> "ACTIVE"
        );
    }

    #[test]
    fn a_role_profile_is_archived_and_may_come_back() {
        exactly!(RoleProfileStatus: "ACTIVE" -> "ARCHIVED", "ARCHIVED" -> "ACTIVE");
    }

    #[test]
    fn a_role_profile_version_never_goes_back_to_draft() {
        exactly!(RoleProfileVersionStatus:
            "DRAFT" -> "PUBLISHED",
            "PUBLISHED" -> "SUPERSEDED",
            "PUBLISHED" -> "ARCHIVED"
        );
    }

    #[test]
    fn an_assessment_ends_once() {
        exactly!(AssessmentStatus:
            "PENDING" -> "VALIDATED",
            "PENDING" -> "REJECTED",
            "VALIDATED" -> "SUPERSEDED",
            "VALIDATED" -> "REVOKED"
        );
    }

    #[test]
    fn a_question_version_is_reviewed_before_it_is_approved_and_never_changes_after() {
        exactly!(QuestionVersionStatus:
            "DRAFT" -> "IN_REVIEW",
            "IN_REVIEW" -> "DRAFT",
            "IN_REVIEW" -> "APPROVED",
            "APPROVED" -> "COMPROMISED",
            "APPROVED" -> "RETIRED",
            "COMPROMISED" -> "RETIRED"
        );
    }

    #[test]
    fn a_question_set_is_published_and_archived_once() {
        exactly!(QuestionSetStatus: "DRAFT" -> "PUBLISHED", "PUBLISHED" -> "ARCHIVED");
    }

    #[test]
    fn a_development_plan_is_agreed_before_it_is_worked_on_and_given_up_at_any_time() {
        exactly!(PlanStatus:
            "DRAFT" -> "AGREED",
            "AGREED" -> "ACTIVE",
            "ACTIVE" -> "COMPLETED",
            "DRAFT" -> "ABANDONED",
            "AGREED" -> "ABANDONED",
            "ACTIVE" -> "ABANDONED"
        );
    }

    #[test]
    fn a_goal_is_worked_on_before_it_is_achieved_and_settled_once() {
        exactly!(GoalStatus:
            "NOT_STARTED" -> "IN_PROGRESS",
            "NOT_STARTED" -> "MISSED",
            "NOT_STARTED" -> "DROPPED",
            "IN_PROGRESS" -> "ACHIEVED",
            "IN_PROGRESS" -> "MISSED",
            "IN_PROGRESS" -> "DROPPED"
        );
    }

    #[test]
    fn a_learning_resource_is_archived_once() {
        exactly!(LearningResourceStatus: "ACTIVE" -> "ARCHIVED");
    }
}

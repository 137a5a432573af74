//! Who may assess whom, on which grounds, and when: assessments, interests, rounds and exemptions. Says
//! nothing of who sees them (`sight`).

use crate::domain::{
    assessments::{AssessmentSource, AssessmentStatus},
    ids::TeamId,
    people::PersonStatus,
    policy::{
        Actor,
        actions::{Action, Target},
        facts::{AssessmentFacts, ExemptionFacts, PersonFacts},
    },
};

impl Actor<'_> {
    /// What is done to assessments and to what asks for them; nothing else.
    pub(super) fn may_assess(&self, action: Action, target: &Target<'_>) -> bool {
        use Action as A;
        match (action, target) {
            (A::RecordSkillAssessment | A::RecordSkillAssessments, Target::NewAssessment(person, source)) => {
                self.may_rate(person, *source)
            }
            // Asked of a person as a whole: whether there is any ground to rate them on.
            (A::RecordSkillAssessment | A::RecordSkillAssessments, Target::Person(person)) => {
                AssessmentSource::ALL.iter().any(|source| self.may_rate(person, *source))
            }
            (A::ValidateSkillAssessments | A::RejectSkillAssessment, Target::Assessment(row)) => {
                self.may_judge(row)
            }
            (A::RevokeSkillAssessment, Target::Assessment(row)) => self.may_revoke(row),
            (A::ConfirmSkillAssessments, Target::Assessment(row)) => self.may_confirm(row),
            (A::RespondToSkillAssessment, Target::Assessment(row)) => self.is_or_serves(row.person),
            (A::SetSkillInterest, Target::Person(person)) => self.is_or_serves(person),
            (A::OpenAssessmentRound, Target::Team(team)) => self.runs(team.id),
            (A::UpdateAssessmentRound | A::CloseAssessmentRound, Target::Round(it)) => self.runs(it.team_id),
            (A::ExemptRequirement, Target::Person(person))
            | (A::EndRequirementExemption, Target::Exemption(ExemptionFacts { person, .. })) => {
                self.may_excuse(person)
            }
            _ => false,
        }
    }

    /// Who leads the team or one above it, and who manages assessments: they open its rounds and close them.
    fn runs(&self, team: TeamId) -> bool {
        self.standing.leads.contains(&team) || self.manages("assessments:write")
    }

    /// The person themself, or a program that acts for exactly this person.
    fn is_or_serves(&self, person: &PersonFacts) -> bool {
        self.is(person.id) || (self.serves("assessments:write") && self.acts_as(person))
    }

    fn acts_as(&self, person: &PersonFacts) -> bool {
        self.standing.job || self.standing.acts_for == Some(person.id)
    }

    /// On which grounds the viewer may rate whom. INTERVIEW levels come of decided applications and
    /// IMPORT ones of programs: nobody types them in.
    fn may_rate(&self, person: &PersonFacts, source: AssessmentSource) -> bool {
        let by_relation = match source {
            AssessmentSource::SelfRating => self.is(person.id),
            AssessmentSource::Manager => self.leads(person),
            AssessmentSource::Peer => self.shares_team_with(person),
            AssessmentSource::Certificate => self.is(person.id) || self.leads(person),
            AssessmentSource::Interview | AssessmentSource::Import => false,
        };
        by_relation || (self.serves("assessments:write") && self.may_rate_for(person, source))
    }

    /// What a program may say in the name of the person it acts for.
    fn may_rate_for(&self, person: &PersonFacts, source: AssessmentSource) -> bool {
        match source {
            AssessmentSource::SelfRating => self.acts_as(person),
            AssessmentSource::Manager | AssessmentSource::Peer => {
                self.standing.job || self.standing.acts_for != Some(person.id)
            }
            AssessmentSource::Certificate | AssessmentSource::Import => true,
            AssessmentSource::Interview => self.standing.job,
        }
    }

    /// A lead of the person or the owner of the skill; neither about themself nor of their own word,
    /// nor a program in their name.
    fn may_judge(&self, row: &AssessmentFacts<'_>) -> bool {
        let speaker = self.speaker();
        let own = speaker == Some(row.person.id) || (speaker.is_some() && speaker == row.assessor_id);
        !own && (self.leads(row.person) || self.owns_skill_of(row) || self.serves("assessments:write"))
    }

    /// What a person says of themself is theirs to withdraw, and INTERVIEW levels are nobody's.
    fn may_revoke(&self, row: &AssessmentFacts<'_>) -> bool {
        let about_self = self.speaker() == Some(row.person.id);
        let serves = self.serves("assessments:write");
        match row.source {
            AssessmentSource::SelfRating => self.is_or_serves(row.person),
            AssessmentSource::Manager | AssessmentSource::Import => {
                !about_self && (self.leads(row.person) || serves)
            }
            AssessmentSource::Peer | AssessmentSource::Certificate => {
                !about_self && (self.leads(row.person) || self.owns_skill_of(row) || serves)
            }
            AssessmentSource::Interview => serves && self.standing.job,
        }
    }

    /// Whoever may rate so today; of peers, each only their own word.
    fn may_confirm(&self, row: &AssessmentFacts<'_>) -> bool {
        let own_word = row.assessor_id.is_some() && row.assessor_id == self.speaker();
        self.may_rate(row.person, row.source) && (row.source != AssessmentSource::Peer || own_word)
    }

    /// Who leads the person, and ADMIN; nobody themself, nor a program in their name.
    fn may_excuse(&self, person: &PersonFacts) -> bool {
        let serves = self.serves("assessments:write") && self.standing.acts_for != Some(person.id);
        self.is_admin() || self.leads(person) || serves
    }
}

/// Whether where the assessment stands allows it.
pub(super) fn allows_assessment(action: Action, row: &AssessmentFacts<'_>) -> bool {
    match action {
        Action::ValidateSkillAssessments => row.status.may_become(AssessmentStatus::Validated),
        Action::RejectSkillAssessment => row.status.may_become(AssessmentStatus::Rejected),
        Action::RevokeSkillAssessment => row.status.may_become(AssessmentStatus::Revoked),
        Action::ConfirmSkillAssessments => {
            row.repeatable
                && row.status == AssessmentStatus::Validated
                && row.person.status == PersonStatus::Active
        }
        Action::RespondToSkillAssessment => {
            matches!(row.status, AssessmentStatus::Pending | AssessmentStatus::Validated)
        }
        _ => false,
    }
}

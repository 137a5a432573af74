//! Who comes closest to a role: everybody against its requirements, the closest first. Pure; whom a viewer
//! may find, and how exactly, is decided before.

use std::cmp::Ordering;

use crate::domain::{
    capabilities::Cell,
    gaps::{GapReport, SkillGap},
    ids::PersonId,
    profiles::RoleSkillRequirement,
};

/// One person against the requirements.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// Who.
    pub person_id: PersonId,
    /// Whether the exact levels were read, and not merely whether the person reaches the band.
    pub exact: bool,
    /// Against each requirement and as a whole.
    pub report: GapReport,
}

impl Match {
    /// A person by their cells, one a requirement in its order. Who may be found by band alone is read by
    /// band; `None` when nothing at all is known.
    #[must_use]
    pub fn of(
        person_id: PersonId,
        exact: bool,
        required: &[RoleSkillRequirement],
        cells: impl Fn(&RoleSkillRequirement) -> Cell,
    ) -> Option<Self> {
        let gap = |one: &RoleSkillRequirement| SkillGap::of(one, &cells(one).effective(), false);
        let report = GapReport::of(required.iter().map(gap).collect());
        report.fulfilment.as_ref()?.known?;
        Some(Self { person_id, exact, report })
    }

    /// Whether the person is ready; not told of whoever is read by band, which vouches for nothing.
    #[must_use]
    pub fn ready(&self) -> Option<bool> {
        self.report.ready.filter(|_| self.exact)
    }

    /// The ready first; then by what is fulfilled at least, the unknown taken as nothing, so that nobody
    /// comes first by being unrated; then by how much is known, then by id.
    fn compare(&self, other: &Self) -> Ordering {
        let ready = |one: &Self| one.ready() == Some(true);
        let figures =
            |one: &Self| one.report.fulfilment.as_ref().map_or((0.0, 0.0), |f| (f.lower, f.known_share));
        let ((lower, known), (other_lower, other_known)) = (figures(self), figures(other));
        ready(other)
            .cmp(&ready(self))
            .then(other_lower.total_cmp(&lower))
            .then(other_known.total_cmp(&known))
            .then(self.person_id.cmp(&other.person_id))
    }
}

/// The `first` closest of all matches.
#[must_use]
pub fn closest(mut matches: Vec<Match>, first: usize) -> Vec<Match> {
    matches.sort_by(Match::compare);
    matches.truncate(first);
    matches
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        assessments::effective::EffectiveSkill,
        levels::Level,
        profiles::Importance,
        sampling::{id, level},
    };

    fn required() -> Vec<RoleSkillRequirement> {
        let one = |n, importance, weight| RoleSkillRequirement {
            skill_id: id(n),
            required_level: level(3),
            importance,
            weight,
        };
        vec![one(1, Importance::Must, 3), one(2, Importance::Should, 3)]
    }

    fn person(n: u128, exact: bool, levels: [Option<u8>; 2], verified: bool) -> Option<Match> {
        let cell = |level: Option<Level>| {
            let staleness = level.map(|_| crate::domain::assessments::staleness::Staleness::Fresh);
            Cell::of(&EffectiveSkill { level, staleness, verified, ..EffectiveSkill::default() })
        };
        let place = |one: &RoleSkillRequirement| usize::from(one.skill_id != id(1));
        Match::of(id(n), exact, &required(), |one| cell(levels[place(one)].map(level)))
    }

    #[test]
    fn the_ready_come_first_and_being_unrated_helps_nobody() {
        let people = [
            person(1, true, [Some(5), Some(5)], false),
            person(2, true, [None, Some(5)], true),
            person(3, true, [Some(3), None], true),
            person(4, true, [Some(2), Some(3)], true),
            person(5, false, [Some(3), Some(3)], true),
        ];
        let ranked = closest(people.into_iter().flatten().collect(), 9);
        let order: Vec<PersonId> = ranked.iter().map(|one| one.person_id).collect();
        assert_eq!(order, [3_u128, 1, 5, 4, 2].map(id));
        assert_eq!(
            (ranked[0].ready(), ranked[1].ready(), ranked[2].ready()),
            (Some(true), Some(false), None)
        );
        assert_eq!(closest(ranked, 2).len(), 2);
    }

    #[test]
    fn of_whom_nothing_is_known_there_is_no_match() {
        assert_eq!(person(1, true, [None, None], false), None);
        assert!(person(1, true, [Some(0), None], false).is_some(), "level 0 is known");
    }
}

//! Who of a generated organisation is excused from what: one person in twelve, from one skill of their role,
//! by who leads their team.

use chrono::TimeDelta;

use crate::{
    app::{
        demo::instants::at_work,
        scale::{Scale, ratings::Case},
    },
    domain::gaps::exemptions::RequirementExemption,
};

impl Scale {
    /// The exemption of a person, if they have one.
    pub(super) fn exemption(&self, case: &Case) -> Option<RequirementExemption> {
        let mut chance = self.chance("exemption", case.person.into());
        let lead = Self::lead_of(case.team);
        if case.person == lead || !chance.percent(8) {
            return None;
        }
        let (skill, _) = *chance.one_of(&self.pursued(case))?;
        let from = at_work(self.now, chance.between(40, 200), chance.between(0, 480));
        let ended = chance.percent(25).then(|| from + TimeDelta::days(chance.between(10, 39)));
        Some(RequirementExemption {
            id: self.id(case.person),
            person_id: self.id(case.person),
            skill_id: self.id(skill),
            reason: "Covered by the team until then.".to_owned(),
            granted_by: Some(self.id(lead)),
            from,
            until: from + TimeDelta::days(chance.between(240, 400)),
            ended_at: ended,
            ended_by: ended.map(|_| self.id(lead)),
        })
    }
}

//! Who was rated by whom on which day: rounds of self and manager ratings every half year, a first
//! import, peers, certificates. Gives no ids and no statuses.

use crate::{
    app::demo::{
        abilities::{Ability, Pursued},
        chance::Chance,
        roster::{Roster, stays},
    },
    domain::{assessments::AssessmentSource, skills::SkillKind},
    interchange::organisation::PersonRow,
};

/// Days ago of the first import, when the service was introduced.
const IMPORT_DAY: i64 = 556;
/// Days ago at which each round of self ratings began, and how long it took.
const SELF_ROUNDS: [(i64, i64); 4] = [(535, 45), (420, 90), (225, 90), (60, 58)];
/// Days ago at which each round of leads' ratings began, and how long it took.
const MANAGER_ROUNDS: [(i64, i64); 3] = [(500, 60), (330, 80), (150, 110)];

/// What became of a rating that had to be validated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict<'d> {
    /// Nobody had to.
    Counted,
    /// Waits.
    Waiting,
    /// Was validated by somebody, some days later.
    Validated(&'d str, i64),
    /// Was rejected by somebody, some days later.
    Rejected(&'d str, i64),
}

/// A rating before it has ids and instants.
#[derive(Debug, Clone, Copy)]
pub(super) struct Draft<'d> {
    /// The email of who was rated.
    pub(super) person: &'d str,
    /// In what.
    pub(super) skill: &'d str,
    /// On what ground.
    pub(super) source: AssessmentSource,
    /// The email of who rated.
    pub(super) assessor: Option<&'d str>,
    /// How well.
    pub(super) level: i64,
    /// Days ago at which the level was observed.
    pub(super) observed_day: i64,
    /// Days ago at which it was recorded.
    pub(super) recorded_day: i64,
    /// What became of it.
    pub(super) verdict: Verdict<'d>,
}

/// A person and a skill they pursue, asked for their ratings.
pub(super) struct Case<'d, 'r> {
    pub(super) roster: &'r Roster<'d>,
    pub(super) person: &'d PersonRow,
    pub(super) pursued: &'r Pursued<'d>,
}

impl<'d> Case<'d, '_> {
    /// Every rating of the person in the skill; none for the gaps nobody has looked at yet. What one
    /// person holds alone is known of them, or the demo would not show it.
    pub(super) fn drafts(&self) -> Vec<Draft<'d>> {
        if self.pursued.skill.kind == SkillKind::Certification {
            return self.certificate().into_iter().collect();
        }
        let mut chance = self.chance("attention");
        let sole = self.roster.sole_holder(&self.pursued.skill.slug);
        let known = sole.is_some_and(|holder| holder.email.value == self.person.email.value);
        if chance.percent(13) && !known {
            return Vec::new();
        }
        // A skill nobody came back to keeps only what was said of it at the beginning.
        let until = if chance.percent(11) && !known { 480 } else { 0 };
        let ability = Ability::of(self.roster, self.person, self.pursued.skill, self.pursued.required);
        let mut drafts: Vec<_> = self.import(&ability).into_iter().collect();
        drafts.extend(self.selfs(&ability, until));
        drafts.extend(self.managers(&ability, until));
        if until == 0 {
            drafts.extend(self.peers(&ability));
            drafts.extend(self.waiting_peer(&ability));
        }
        drafts
    }

    fn chance(&self, what: &str) -> Chance {
        Chance::of(&[what, &self.person.email, &self.pursued.skill.slug])
    }

    fn here(&self, day: i64) -> bool {
        stays(self.person, day).next().is_some()
    }

    fn draft(&self, source: AssessmentSource, by: Option<&'d PersonRow>, day: i64, level: i64) -> Draft<'d> {
        Draft {
            person: &self.person.email,
            skill: &self.pursued.skill.slug,
            source,
            assessor: by.map(|by| by.email.as_str()),
            level,
            observed_day: day,
            recorded_day: day,
            verdict: Verdict::Counted,
        }
    }

    /// What older lists knew, observed up to half a year before they were imported.
    fn import(&self, ability: &Ability) -> Option<Draft<'d>> {
        let mut chance = self.chance("import");
        let observed = IMPORT_DAY + chance.between(0, 200);
        let imported =
            self.here(observed) && self.pursued.skill.kind != SkillKind::Soft && chance.percent(55);
        imported.then(|| Draft {
            recorded_day: IMPORT_DAY,
            ..self.draft(AssessmentSource::Import, None, observed, ability.seen(observed, 0))
        })
    }

    /// People rate themselves a little higher than others do (Heidemeier and Moser 2009).
    fn selfs(&self, ability: &Ability, until: i64) -> Vec<Draft<'d>> {
        let mut chance = self.chance("self");
        let mut drafts = Vec::new();
        for (began, took) in SELF_ROUNDS {
            let day = began - chance.between(0, took);
            let bias = if chance.percent(36) { 1 } else { -i64::from(chance.percent(6)) };
            if chance.percent(78) && day > until && self.here(day) {
                let level = ability.seen(day, bias);
                drafts.push(self.draft(AssessmentSource::SelfRating, Some(self.person), day, level));
            }
        }
        drafts
    }

    fn managers(&self, ability: &Ability, until: i64) -> Vec<Draft<'d>> {
        let mut chance = self.chance("manager");
        let mut drafts = Vec::new();
        for (began, took) in MANAGER_ROUNDS {
            let day = began - chance.between(0, took);
            let bias = -i64::from(chance.percent(12));
            let lead = self.roster.lead_of(self.person, day).filter(|_| self.here(day));
            if let Some(lead) = lead.filter(|_| chance.percent(72) && day > until) {
                drafts.push(self.draft(AssessmentSource::Manager, Some(lead), day, ability.seen(day, bias)));
            }
        }
        drafts
    }

    /// Two or three colleagues; now and then they see it quite differently from the lead.
    fn peers(&self, ability: &Ability) -> Vec<Draft<'d>> {
        let mut chance = self.chance("peer");
        let quarrel = chance.percent(5);
        if !quarrel && !chance.percent(18) {
            return Vec::new();
        }
        let day = chance.between(35, 100);
        let mut colleagues = self.roster.colleagues(self.person, day);
        let bias =
            if quarrel { if ability.seen(day, 2) - ability.seen(day, 0) == 2 { 2 } else { -2 } } else { 0 };
        let mut drafts = Vec::new();
        for _ in 0..chance.between(2, 4) {
            let Some(peer) = chance.one_of(&colleagues).copied() else { break };
            colleagues.retain(|other| other.email.value != peer.email.value);
            let draft = self.draft(AssessmentSource::Peer, Some(peer), day, ability.seen(day, bias));
            drafts.extend(self.judged(draft, peer, &mut chance));
        }
        drafts
    }

    /// What a colleague said this week and nobody has looked at yet.
    fn waiting_peer(&self, ability: &Ability) -> Option<Draft<'d>> {
        let mut chance = self.chance("waiting");
        let day = chance.between(1, 9);
        let colleagues = self.roster.colleagues(self.person, day);
        let peer = chance.one_of(&colleagues).copied().filter(|_| chance.percent(4) && self.here(day))?;
        let draft = self.draft(AssessmentSource::Peer, Some(peer), day, ability.seen(day, 0));
        Some(Draft { verdict: Verdict::Waiting, ..draft })
    }

    /// Shown by the person; some of the older ones have run out since.
    fn certificate(&self) -> Option<Draft<'d>> {
        let mut chance = self.chance("shown");
        let lasts = self.pursued.skill.expires_after_days.as_ref().map_or(900, |days| i64::from(days.value));
        let issued = chance.between(20, lasts + lasts / 2);
        let shown = issued.min(540 - chance.between(0, 60));
        let observed = self.draft(AssessmentSource::Certificate, Some(self.person), issued, 3);
        let draft = Draft { recorded_day: shown, ..observed };
        if !self.here(shown) || chance.percent(10) {
            return None;
        }
        self.judged(draft, self.person, &mut chance)
    }

    /// Validated within a week, rejected now and then; dropped when there was nobody to do it.
    fn judged(&self, draft: Draft<'d>, assessor: &PersonRow, chance: &mut Chance) -> Option<Draft<'d>> {
        let later = chance.between(1, 6);
        let day = (draft.recorded_day - later).max(1);
        let by = self.roster.validator(&self.pursued.skill.slug, self.person, assessor, day)?;
        let verdict = if chance.percent(4) {
            Verdict::Rejected(&by.email, day)
        } else {
            Verdict::Validated(&by.email, day)
        };
        Some(Draft { verdict, ..draft })
    }
}

//! Who was rated by whom in what on which day, over two years; and who wants to learn what. Gives no
//! statuses: those follow in `history`.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::{
    app::{
        demo::{
            Chance,
            instants::{at_work, span},
        },
        scale::{
            Scale,
            catalogue::{RATED_SKILLS, SKILLS, kind},
            organisation::Arrival,
            profiles::{FAMILIES, STEPS, profile_at, requirements},
        },
    },
    domain::{
        assessments::{AssessmentSource, SkillInterest},
        coverage::Target,
        ids::TeamId,
        levels::{Interest, Level},
        people::PersonRoleProfile,
        skills::SkillKind,
    },
};

/// The history reaches back this far.
const HISTORY_DAYS: i64 = 730;
/// Days ago at which each round began, how long it took, and how many in a hundred were rated in it.
const SELF_ROUNDS: [(i64, i64, i64); 4] = [(700, 60, 38), (460, 90, 38), (230, 90, 38), (60, 55, 38)];
const MANAGER_ROUNDS: [(i64, i64, i64); 3] = [(620, 90, 31), (380, 90, 31), (150, 100, 31)];
/// Skills of a person: of what their role requires, and of what their team does besides.
const OF_THE_ROLE: usize = 10;
/// What a team is asked to be able to do.
const TARGETS_OF_A_TEAM: u32 = 10;
const OF_THE_TEAM: usize = 2;

/// What became of a rating; the day is when somebody decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Counted,
    Waiting,
    Validated { by: u32, day: i64 },
    Rejected { by: u32, day: i64 },
    Revoked { by: u32, day: i64 },
}

/// A rating by numbers, before it has ids and instants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) person: u32,
    pub(super) skill: u32,
    pub(super) source: AssessmentSource,
    pub(super) assessor: Option<u32>,
    pub(super) level: i64,
    pub(super) observed_day: i64,
    pub(super) recorded_day: i64,
    pub(super) verdict: Verdict,
}

/// A person, asked for what was said of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case {
    pub(super) team: u32,
    pub(super) person: u32,
    pub(super) arrival: Arrival,
}

impl Scale {
    pub(super) fn case(&self, team: u32, person: u32) -> Case {
        Case { team, person, arrival: self.arrival(team, person) }
    }

    /// The profile a person holds: of the first or the second family of their team.
    pub(super) fn profile_of(&self, case: &Case) -> u32 {
        let mut chance = self.chance("profile", case.person.into());
        let family = if chance.percent(70) { case.team } else { case.team / FAMILIES + case.team + 1 };
        let step = match chance.between(0, 10) {
            _ if case.person == Self::lead_of(case.team) => 3,
            0..2 => 0,
            2..5 => 1,
            5..8 => 2,
            8 => 3,
            _ => 4,
        };
        profile_at(family % FAMILIES, step.min(STEPS - 1))
    }

    /// The profiles a person holds and held: one in three came up by a step.
    pub(super) fn held(&self, case: &Case) -> Vec<(Uuid, PersonRoleProfile)> {
        let mut chance = self.chance("held", case.person.into());
        let (profile, since) = (self.profile_of(case), case.arrival.since());
        let risen = (profile % STEPS > 0 && chance.percent(33)).then(|| chance.between(100, since.min(700)));
        let held = |n: u32, profile: u32, from: i64, to: Option<i64>| {
            let id = self.uuid("person_role_profile", u64::from(case.person * 2 + n));
            let valid = span(self.now, from, to);
            (
                id,
                PersonRoleProfile {
                    person_id: self.id(case.person),
                    role_profile_id: self.id(profile),
                    valid,
                },
            )
        };
        let before = risen.map(|day| held(0, profile - 1, since, Some(day)));
        before.into_iter().chain([held(1, profile, risen.unwrap_or(since), None)]).collect()
    }

    /// The skills a person is rated in, with the level their role or team needs.
    pub(super) fn pursued(&self, case: &Case) -> Vec<(u32, i64)> {
        let mut chance = self.chance("pursued", case.person.into());
        let mut role = requirements(self.profile_of(case));
        while role.len() > OF_THE_ROLE {
            role.remove(usize::try_from(chance.between(0, 20)).unwrap_or(0) % role.len());
        }
        let mut seen: BTreeSet<u32> = role.iter().map(|(skill, _)| *skill).collect();
        while seen.len() < OF_THE_ROLE + OF_THE_TEAM {
            let certificate = chance.percent(8);
            let (from, width) = if certificate { (RATED_SKILLS, 20) } else { (0, RATED_SKILLS) };
            let near = u32::try_from(chance.between(0, 20)).unwrap_or(0);
            let skill = from + (case.team * 17 + near) % width;
            if skill < SKILLS && seen.insert(skill) {
                role.push((skill, 3));
            }
        }
        role
    }

    /// What a team has to be able to do: half of what its people are near to.
    pub(super) fn targets(&self, team: u32) -> Vec<(TeamId, Target)> {
        let mut chance = self.chance("targets", team.into());
        let one = |near: u32| {
            let level = Level::new(chance.between(2, 5)).unwrap_or(Level::ALL[3]);
            let head_count = u32::try_from(chance.between(1, 5)).unwrap_or(1);
            let skill_id = self.id((team * 17 + near) % RATED_SKILLS);
            (self.id(team), Target { skill_id, level, head_count })
        };
        (0..TARGETS_OF_A_TEAM).map(one).collect()
    }

    /// Every rating of the person in a skill; none for the one in eight nobody has looked at yet.
    pub(super) fn drafts(&self, case: &Case, skill: u32, required: i64) -> Vec<Draft> {
        let mut chance =
            self.chance("ratings", u64::from(case.person) * u64::from(SKILLS) + u64::from(skill));
        let growth = chance.between(3, 14);
        let today = 10 * required + chance.between(-14, 16);
        let mut round = Round { case, skill, today, growth, chance };
        if kind(skill) == SkillKind::Certification {
            return round.certificate().into_iter().collect();
        }
        if round.chance.percent(12) {
            return Vec::new();
        }
        let mut drafts: Vec<Draft> = round.import().into_iter().collect();
        drafts.extend(round.selfs());
        drafts.extend(round.managers());
        drafts.extend(round.peers());
        drafts
    }

    /// Interest in what a person does and in what their team does; half of it was another one before.
    pub(super) fn interests(&self, case: &Case) -> Vec<SkillInterest> {
        let mut chance = self.chance("interests", case.person.into());
        let mut skills: Vec<u32> = self.pursued(case).into_iter().map(|(skill, _)| skill).take(2).collect();
        for near in [chance.between(0, 10), chance.between(10, 20)] {
            skills.push((case.team * 17 + u32::try_from(near).unwrap_or(0)) % RATED_SKILLS);
        }
        skills.sort_unstable();
        skills.dedup();
        let mut interests = Vec::new();
        for skill in skills {
            let days = [chance.between(200, 390), chance.between(3, 190)];
            for day in days.into_iter().skip(usize::from(chance.percent(50))) {
                interests.extend(Interest::new(chance.between(0, 6)).ok().map(|interest| SkillInterest {
                    person_id: self.id(case.person),
                    skill_id: self.id(skill),
                    interest,
                    since: at_work(self.now, day, 60),
                }));
            }
        }
        interests
    }
}

/// One person in one skill.
struct Round<'c> {
    case: &'c Case,
    skill: u32,
    today: i64,
    growth: i64,
    chance: Chance,
}

impl Round<'_> {
    /// The level on a day, as somebody with this bias saw it.
    fn seen(&self, days_ago: i64, bias: i64) -> i64 {
        let then = self.today - self.growth * days_ago / HISTORY_DAYS;
        ((then + 5).div_euclid(10) + bias).clamp(0, 5)
    }

    fn here(&self, day: i64) -> bool {
        day < self.case.arrival.since()
    }

    /// Who led the person's team on a day; nobody leads the first of all.
    fn lead(&self, day: i64) -> Option<u32> {
        let team = match self.case.arrival.from {
            Some((before, _)) if day >= self.case.arrival.joined => before,
            _ => self.case.team,
        };
        let above = || Scale::above(team).map(Scale::lead_of);
        Some(Scale::lead_of(team)).filter(|lead| *lead != self.case.person).or_else(above)
    }

    fn draft(&self, source: AssessmentSource, assessor: Option<u32>, day: i64, level: i64) -> Draft {
        Draft {
            person: self.case.person,
            skill: self.skill,
            source,
            assessor,
            level,
            observed_day: day,
            recorded_day: day,
            verdict: Verdict::Counted,
        }
    }

    /// What older lists knew, observed up to half a year before they were imported.
    fn import(&mut self) -> Option<Draft> {
        let observed = HISTORY_DAYS - 5 + self.chance.between(0, 180);
        let known = self.chance.percent(40) && self.here(observed);
        let draft = self.draft(AssessmentSource::Import, None, observed, self.seen(observed, 0));
        known.then_some(Draft { recorded_day: HISTORY_DAYS - 5, ..draft })
    }

    /// People rate themselves a little higher than others do (Heidemeier and Moser 2009).
    fn selfs(&mut self) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for (began, took, percent) in SELF_ROUNDS {
            let day = began - self.chance.between(0, took);
            let bias = i64::from(self.chance.percent(34)) - i64::from(self.chance.percent(6));
            if self.chance.percent(percent) && self.here(day) {
                let own = Some(self.case.person);
                drafts.push(self.draft(AssessmentSource::SelfRating, own, day, self.seen(day, bias)));
            }
        }
        drafts
    }

    /// Now and then a lead tells late what they saw, or of the wrong person.
    fn managers(&mut self) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for (began, took, percent) in MANAGER_ROUNDS {
            let day = began - self.chance.between(0, took);
            let (late, wrong) = (self.chance.percent(4), self.chance.percent(1));
            let Some(lead) = self.lead(day).filter(|_| self.chance.percent(percent) && self.here(day)) else {
                continue;
            };
            let mut draft = self.draft(AssessmentSource::Manager, Some(lead), day, self.seen(day, 0));
            if late {
                draft.observed_day = day + 250;
            }
            if wrong {
                draft.verdict = Verdict::Revoked { by: lead, day: (day - 3).max(1) };
            }
            drafts.push(draft);
        }
        drafts
    }

    /// Two colleagues, twice for some; what was said this week nobody has looked at yet.
    fn peers(&mut self) -> Vec<Draft> {
        if !self.chance.percent(13) {
            return Vec::new();
        }
        let first = Scale::lead_of(self.case.team) + 1;
        let nth = |n: i64| first + u32::try_from(n).unwrap_or(0) % 24;
        let start = self.chance.between(0, 24);
        let mut drafts = Vec::new();
        for peer in [nth(start), nth(start + 1)].into_iter().filter(|peer| *peer != self.case.person) {
            for day in [self.chance.between(200, 300), self.chance.between(2, 120)] {
                if self.chance.percent(60) {
                    let level = self.seen(day, self.chance.clone().between(-1, 2));
                    let draft = self.draft(AssessmentSource::Peer, Some(peer), day, level);
                    drafts.extend(self.judged(draft));
                }
            }
        }
        drafts
    }

    /// Shown by the person; some of the older ones have run out since.
    fn certificate(&mut self) -> Option<Draft> {
        let issued = self.chance.between(20, 1_100);
        let shown = issued.min(700 - self.chance.between(0, 60));
        let draft = self.draft(AssessmentSource::Certificate, Some(self.case.person), issued, 3);
        if self.here(shown) { self.judged(Draft { recorded_day: shown, ..draft }) } else { None }
    }

    /// Decided by the lead within a week; dropped when there is none.
    fn judged(&mut self, draft: Draft) -> Option<Draft> {
        let by = self.lead(draft.recorded_day)?;
        let day = draft.recorded_day - self.chance.between(1, 6);
        let verdict = match self.chance.between(0, 100) {
            _ if day < 1 => Verdict::Waiting,
            0..4 => Verdict::Rejected { by, day },
            4..8 if draft.recorded_day < 30 => Verdict::Waiting,
            _ => Verdict::Validated { by, day },
        };
        Some(Draft { verdict, ..draft })
    }
}

//! Who and what the rows of a batch name, and what was recorded of them before. Judges no row.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    app::{Write, assessments::Cells},
    domain::{
        assessments::{
            AssessmentSource, SkillAssessment,
            effective::{Party, Rating},
        },
        ids::{PersonId, SkillId},
        policy::facts::PersonFacts,
        skills::{ExternalScheme, Skill},
        text::{fold, is_slug},
        time::Timestamp,
    },
    interchange::{assessments::AssessmentRow, sheet::Remark},
    store::StoreError,
};

/// What an assessment is the one of: of whom, in what, from which source, whose word.
type Slot = (PersonId, SkillId, AssessmentSource, Party);

/// What was recorded before of the very same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Nothing,
    This,
    Otherwise,
    OtherwiseInThisRun,
}

/// What a record of an instant says.
#[derive(Debug, Clone)]
struct Word {
    rating: Rating,
    confidence: Option<String>,
    evidence: Vec<String>,
}

impl Word {
    fn of(rated: &SkillAssessment) -> Self {
        let confidence = rated.confidence.map(|confidence| confidence.as_str().to_owned());
        Self { rating: rated.rating(), confidence, evidence: rated.evidence.clone() }
    }

    fn says(&self, other: &Self) -> bool {
        (self.rating.level, self.rating.expires_at, &self.confidence, &self.evidence)
            == (other.rating.level, other.rating.expires_at, &other.confidence, &other.evidence)
    }
}

/// What a batch knows.
pub(super) struct Known {
    people: HashMap<String, PersonId>,
    facts: BTreeMap<PersonId, PersonFacts>,
    skills: HashMap<String, SkillId>,
    all_skills: HashMap<SkillId, Skill>,
    /// Whom the rows rate in what.
    pub(super) cells: Cells,
    /// By slot, the last word about each instant.
    history: HashMap<Slot, BTreeMap<Timestamp, Word>>,
}

/// The people with these external ids or addresses, by the names they were asked by.
pub(super) async fn people(
    write: &Write,
    names: &BTreeSet<&str>,
) -> Result<HashMap<String, PersonId>, StoreError> {
    let asked: Vec<&str> = names.iter().copied().collect();
    let by_id: HashMap<String, PersonId> =
        write.tx.people_with_external_ids(&asked).await?.into_iter().collect();
    let emails: Vec<&str> = asked.iter().copied().filter(|name| name.contains('@')).collect();
    let by_email: HashMap<String, PersonId> = match emails.is_empty() {
        true => HashMap::new(),
        false => write.tx.people_with_emails(&emails).await?.into_iter().collect(),
    };
    let found = |name: &&str| {
        let id = by_id.get(*name).or_else(|| by_email.get(&fold(name)))?;
        Some(((*name).to_owned(), *id))
    };
    Ok(asked.iter().filter_map(found).collect())
}

impl Known {
    /// Looks up what `rows` name; ask under the locks of those who are rated.
    pub(super) async fn read(write: &Write, rows: &[&AssessmentRow]) -> Result<Self, StoreError> {
        let named = rows.iter().flat_map(|row| std::iter::once(&row.person).chain(&row.assessor));
        let people = people(write, &named.map(String::as_str).collect()).await?;
        let rated: BTreeSet<PersonId> =
            rows.iter().filter_map(|row| people.get(&row.person)).copied().collect();
        let rated: Vec<PersonId> = rated.into_iter().collect();
        let facts = write.tx.person_facts(&write.scope, &rated).await?;
        let skills = skills(write, &rows.iter().map(|row| row.skill.as_str()).collect()).await?;
        let found: BTreeSet<SkillId> = skills.values().copied().collect();
        let held = write.tx.hold_redirects(&found.into_iter().collect::<Vec<_>>()).await?;
        let skills: HashMap<String, SkillId> =
            skills.into_iter().filter_map(|(name, id)| Some((name, *held.get(&id)?))).collect();
        let canonical: BTreeSet<SkillId> = skills.values().copied().collect();
        let canonical: Vec<SkillId> = canonical.into_iter().collect();
        let all_skills = write.tx.skills_by_id(&write.scope, &canonical).await?;
        let all_skills = all_skills.into_iter().map(|skill| (skill.id, skill)).collect();
        let cell = |row: &&AssessmentRow| Some((*people.get(&row.person)?, *skills.get(&row.skill)?));
        let cells: Cells = rows.iter().filter_map(cell).collect();
        let mut history: HashMap<Slot, BTreeMap<Timestamp, Word>> = HashMap::new();
        for row in write.tx.recorded_assessments(&cells.iter().copied().collect::<Vec<_>>()).await? {
            let slot = (row.person_id, row.skill_id, row.rating.source, row.rating.party.clone());
            let (at, rating) = (row.rating.observed_at, row.rating);
            let word = Word { rating, confidence: row.confidence, evidence: row.evidence };
            history.entry(slot).or_default().insert(at, word);
        }
        Ok(Self { people, facts, skills, all_skills, cells, history })
    }

    /// The person of an external id or address.
    pub(super) fn person(&self, name: &str) -> Option<PersonId> {
        self.people.get(name).copied()
    }

    /// Who and what a row names.
    pub(super) fn named(&self, row: &AssessmentRow) -> Result<(&PersonFacts, &Skill), Vec<Remark>> {
        let person = self.people.get(&row.person).and_then(|id| self.facts.get(id));
        let skill = self.skills.get(&row.skill).and_then(|id| self.all_skills.get(id));
        let mut broken = Vec::new();
        if person.is_none() {
            let rule = format!("nobody has the external id or address `{}`", row.person);
            broken.push(Remark::new("person", rule));
        }
        if skill.is_none() {
            broken.push(Remark::new("skill", format!("there is no skill `{}`", row.skill)));
        }
        person.zip(skill).ok_or(broken)
    }

    /// What was recorded before: about the very instant, or last of all when the row names none.
    pub(super) fn said(&self, rated: &SkillAssessment, dated: bool) -> Said {
        let Some(words) = self.history.get(&slot(rated)) else { return Said::Nothing };
        let word = match dated {
            true => words.get(&rated.observed_at),
            false => words.last_key_value().map(|(_, word)| word),
        };
        match word {
            None => Said::Nothing,
            Some(word) if word.says(&Word::of(rated)) => Said::This,
            Some(word) if word.rating.recorded_at == rated.recorded_at => Said::OtherwiseInThisRun,
            Some(_) => Said::Otherwise,
        }
    }

    /// Takes in what is recorded now.
    pub(super) fn note(&mut self, rated: &SkillAssessment) {
        self.history.entry(slot(rated)).or_default().insert(rated.observed_at, Word::of(rated));
    }
}

fn slot(rated: &SkillAssessment) -> Slot {
    let party = Party::of(rated.source, rated.assessor_id, rated.certificate.as_deref());
    (rated.person_id, rated.skill_id, rated.source, party)
}

/// The skills of these slugs, names or URIs, by the names they were asked by.
async fn skills(write: &Write, names: &BTreeSet<&str>) -> Result<HashMap<String, SkillId>, StoreError> {
    let mut found = HashMap::new();
    let slugs: Vec<&str> = names.iter().copied().filter(|name| is_slug(name)).collect();
    for held in write.tx.skills_with_slugs(&slugs).await? {
        found.insert(held.slug, held.skill_id);
    }
    let held = write.tx.holders_of_names(&names.iter().copied().collect::<Vec<_>>()).await?;
    let by_key: HashMap<String, SkillId> = held.into_iter().map(|held| (held.name_key, held.finds)).collect();
    for name in names {
        if let (false, Some(id)) = (found.contains_key(*name), by_key.get(&fold(name))) {
            found.insert((*name).to_owned(), *id);
        }
    }
    let rest: Vec<&str> = names.iter().copied().filter(|name| !found.contains_key(*name)).collect();
    for scheme in ExternalScheme::ALL {
        if rest.is_empty() {
            break;
        }
        for held in write.tx.references_held(*scheme, &rest).await? {
            found.entry(held.uri).or_insert(held.skill_id);
        }
    }
    Ok(found)
}

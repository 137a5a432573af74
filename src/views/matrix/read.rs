//! Reading a whole matrix in one snapshot: roster, revisions, ratings, columns. Five statements at most,
//! whatever the size of the team.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    cache::Entry,
    domain::{
        assessments::staleness::ReviewPolicy,
        ids::{PersonId, RoleProfileVersionId, SkillId},
        matrix::{self, Before, Candidate, Columns, Holding, Input, Member, Ratings, Required, Requirements},
        people::Person,
        revisions::{Aggregate, Root},
        skills::Skill,
        time::Timestamp,
    },
    store::{ColumnRow, PlacedRating, RosterRow, Snapshot, Stay},
    views::matrix::{MatrixError, Question, Whole},
};

/// Reads and assembles the answer to `question`, for everyone: `most` people, and as many skills asked for.
pub(super) async fn whole(
    snapshot: &Snapshot,
    question: &Question,
    now: Timestamp,
    most: usize,
) -> Result<Entry<Whole>, MatrixError> {
    let (at, live) = (question.as_of.unwrap_or(now), question.as_of.is_none());
    let roster = snapshot.roster(question.team_id, question.reach, at, live).await?;
    let revisions = snapshot.revisions(&roots(question, &roster)).await?;
    let people: BTreeMap<PersonId, Arc<Person>> =
        stays(&roster).map(|stay| (stay.person.id, Arc::new(stay.person.clone()))).collect();
    let ids: Vec<PersonId> = people.keys().copied().collect();
    let versions = versions(question, &roster);
    // Skills the client names may have been merged; only the columns tell what they count as today.
    let named = match &question.skill_ids {
        Some(asked) => Some(snapshot.matrix_columns(asked, &versions).await?),
        None => None,
    };
    let only = named.as_deref().map(canonical);
    let rated = match question.as_of {
        None => snapshot.current_ratings(&ids, only.as_deref()).await?,
        Some(at) => snapshot.past_ratings(&ids, only.as_deref(), at).await?,
    };
    let before = match question.changed_since {
        Some(since) => {
            let ratings = by_cell(snapshot.past_ratings(&ids, only.as_deref(), since).await?);
            Some(Before { since, ratings })
        }
        None => None,
    };
    let columns = match named {
        Some(columns) => columns,
        None => snapshot.matrix_columns(&rated_skills(&rated), &versions).await?,
    };
    let input = Input {
        at,
        live,
        view: question.view,
        members: members(&roster),
        columns: candidates(question, &columns),
        ratings: by_cell(rated),
        requirements: requirements(question, &roster, &columns),
        before,
        changes_at: None,
    };
    let matrix = matrix::assemble_within(&input, most)?;
    let fresh_until = matrix.fresh_until();
    let skills = columns.into_iter().map(|row| (row.skill.id, Arc::new(row.skill))).collect();
    Ok(Entry { value: Whole { matrix, skills, people }, revisions, fresh_until })
}

fn stays(roster: &[RosterRow]) -> impl Iterator<Item = &Stay> {
    roster.iter().filter_map(|row| row.stay.as_ref())
}

/// Everything whose change changes the matrix. The catalogue stands for every skill and category.
fn roots(question: &Question, roster: &[RosterRow]) -> BTreeSet<Root> {
    let mut roots = BTreeSet::from([Root::SKILL_CATALOGUE]);
    roots.extend(question.measured_against.map(|edition| edition.root()));
    for row in roster {
        roots.insert(Root::of(Aggregate::Team, row.team_id));
    }
    for stay in stays(roster) {
        roots.insert(Root::of(Aggregate::Person, stay.person.id));
        if let Some(held) = stay.holding {
            roots.insert(Root::of(Aggregate::RoleProfile, held.role_profile_id));
        }
    }
    roots
}

fn members(roster: &[RosterRow]) -> Vec<Member> {
    stays(roster).map(|stay| Member { person_id: stay.person.id, valid: stay.valid }).collect()
}

fn by_cell(rated: Vec<PlacedRating>) -> Ratings {
    let mut cells = Ratings::new();
    for placed in rated {
        cells.entry((placed.person_id, placed.skill_id)).or_default().push(placed.rating);
    }
    cells
}

fn rated_skills(rated: &[PlacedRating]) -> Vec<SkillId> {
    rated.iter().map(|placed| placed.skill_id).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The skills that were asked for, as they count today.
fn canonical(columns: &[ColumnRow]) -> Vec<SkillId> {
    let asked = columns.iter().filter(|row| row.asked.is_some()).map(|row| row.skill.id);
    asked.collect::<BTreeSet<_>>().into_iter().collect()
}

fn versions(question: &Question, roster: &[RosterRow]) -> Vec<RoleProfileVersionId> {
    match question.measured_against {
        Some(edition) => vec![edition.version_id],
        None => {
            let held = stays(roster).filter_map(|stay| stay.holding.and_then(|held| held.version_id));
            held.collect::<BTreeSet<_>>().into_iter().collect()
        }
    }
}

fn candidate(skill: &Skill) -> Candidate {
    Candidate { skill_id: skill.id, kind: skill.kind, policy: ReviewPolicy::of(skill) }
}

fn candidates(question: &Question, columns: &[ColumnRow]) -> Columns {
    let Some(asked) = &question.skill_ids else {
        return Columns::Found(columns.iter().map(|row| candidate(&row.skill)).collect());
    };
    let by_name: BTreeMap<SkillId, Candidate> =
        columns.iter().filter_map(|row| Some((row.asked?, candidate(&row.skill)))).collect();
    Columns::Asked(asked.iter().filter_map(|skill| by_name.get(skill).cloned()).collect())
}

fn requirements(question: &Question, roster: &[RosterRow], columns: &[ColumnRow]) -> Requirements {
    let mut of_version: BTreeMap<RoleProfileVersionId, Vec<Required>> = BTreeMap::new();
    for row in columns {
        if let Some((version, level)) = row.required {
            of_version.entry(version).or_default().push(Required { skill_id: row.skill.id, level });
        }
    }
    let of_version: BTreeMap<RoleProfileVersionId, Arc<[Required]>> =
        of_version.into_iter().map(|(version, required)| (version, required.into())).collect();
    if let Some(edition) = question.measured_against {
        return Requirements::Profile(of_version.get(&edition.version_id).cloned().unwrap_or_default());
    }
    let held = stays(roster).filter_map(|stay| stay.holding.map(|held| (stay.person.id, held)));
    Requirements::Own(
        held.map(|(person_id, held)| Holding {
            person_id,
            valid: held.valid,
            requires: held
                .version_id
                .and_then(|version| of_version.get(&version).cloned())
                .unwrap_or_default(),
        })
        .collect(),
    )
}

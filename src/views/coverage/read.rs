//! Reading what a coverage is made from, in one snapshot: roster, yardstick, revisions and everything known
//! of everyone. Four statements, whatever the size of the team.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::Arc,
};

use crate::{
    cache::Entry,
    domain::{
        capabilities::{Column, Survey},
        coverage::{MOST_TARGETS, Member, Target},
        ids::{PersonId, RoleProfileVersionId, SkillId, TeamId},
        people::{Person, PersonStatus},
        profiles::RoleSkillRequirement,
        revisions::{Aggregate, Root},
        time::{Timestamp, earliest},
    },
    store::{RosterRow, Snapshot, Yardstick},
    views::coverage::{Against, CoverageError, MOST_PEOPLE, Question, Whole},
};

/// Reads the answer to `question`, for everyone.
pub(super) async fn whole(
    snapshot: &Snapshot,
    question: &Question,
    now: Timestamp,
) -> Result<Entry<Whole>, CoverageError> {
    let (at, live) = (question.as_of.unwrap_or(now), question.as_of.is_none());
    let rows = snapshot.roster(question.team_id, question.reach, at, live).await?;
    let roster = Roster::of(&rows, at, live);
    let yardstick = yardstick(snapshot, question).await?;
    let revisions = snapshot.revisions(&roots(question, &rows)).await?;
    let targets = targets(question, &yardstick);
    if targets.len() > MOST_TARGETS {
        return Err(CoverageError::Skills(targets.len()));
    }
    let mut people = roster.people.clone();
    people.extend(question.joiners.iter().filter(|joiner| !roster.people.contains(joiner)));
    if people.len() > MOST_PEOPLE {
        return Err(CoverageError::People(people.len()));
    }
    let columns = columns(&yardstick, &targets);
    let skills: Vec<SkillId> = columns.iter().map(|column| column.skill_id).collect();
    let mut survey = Survey::of(people.clone(), &columns, at);
    snapshot.known_of(&people, &skills, question.as_of, |known| survey.weigh(&known)).await?;
    let (table, ages_at) = survey.finish();
    let fresh_until = if live { earliest(roster.changes_at, ages_at) } else { None };
    let value = Whole {
        table,
        members: roster.members,
        teams: rows.iter().map(|row| row.team_id).collect(),
        targets,
        requirements: match question.against {
            Against::Profile(edition) => Some(required(&yardstick, edition.version_id)),
            Against::OwnTargets | Against::Targets(_) => None,
        },
        hires: question
            .hires
            .iter()
            .map(|hire| (hire.version_id, required(&yardstick, hire.version_id)))
            .collect(),
        skills: yardstick.skills.into_iter().map(|skill| (skill.id, Arc::new(skill))).collect(),
        people: roster.named,
    };
    Ok(Entry { value, revisions, fresh_until })
}

/// The members at an instant, each once, by name.
struct Roster {
    people: Vec<PersonId>,
    members: Vec<Member>,
    named: BTreeMap<PersonId, Arc<Person>>,
    changes_at: Option<Timestamp>,
}

impl Roster {
    /// Whoever left is no member now, whether or not their stay was ended; of the past, stays alone tell.
    fn of(rows: &[RosterRow], at: Timestamp, live: bool) -> Self {
        let mut roster =
            Self { people: Vec::new(), members: Vec::new(), named: BTreeMap::new(), changes_at: None };
        let mut places: BTreeMap<PersonId, usize> = BTreeMap::new();
        // A stay has a row for each role profile the person holds.
        let mut counted: HashSet<(TeamId, PersonId, Timestamp)> = HashSet::new();
        for (team, stay) in rows.iter().filter_map(|row| Some((row.team_id, row.stay.as_ref()?))) {
            let person = &stay.person;
            if live && person.status != PersonStatus::Active {
                continue;
            }
            roster.changes_at = earliest(roster.changes_at, stay.valid.next_boundary(at));
            if !stay.valid.contains(at) || !counted.insert((team, person.id, stay.valid.from)) {
                continue;
            }
            let row = *places.entry(person.id).or_insert_with(|| {
                roster.people.push(person.id);
                roster.members.push(Member { row: roster.people.len() - 1, allocation_pct: 0 });
                roster.named.insert(person.id, Arc::new(person.clone()));
                roster.people.len() - 1
            });
            let share = u16::try_from(stay.allocation_pct).unwrap_or_default();
            let member = &mut roster.members[row];
            member.allocation_pct = (member.allocation_pct + share).min(100);
        }
        roster
    }
}

async fn yardstick(snapshot: &Snapshot, question: &Question) -> Result<Yardstick, CoverageError> {
    let mut versions: BTreeSet<RoleProfileVersionId> =
        question.hires.iter().map(|hire| hire.version_id).collect();
    let (mut asked, mut team) = (Vec::new(), None);
    match &question.against {
        Against::OwnTargets => team = Some(question.team_id),
        Against::Profile(edition) => drop(versions.insert(edition.version_id)),
        Against::Targets(targets) => asked = targets.iter().map(|target| target.skill_id).collect(),
    }
    let versions: Vec<RoleProfileVersionId> = versions.into_iter().collect();
    Ok(snapshot.yardstick(&asked, &versions, team).await?)
}

/// Everything whose change changes the answer. The catalogue stands for every skill and category.
fn roots(question: &Question, rows: &[RosterRow]) -> BTreeSet<Root> {
    let mut roots = BTreeSet::from([Root::SKILL_CATALOGUE]);
    roots.extend(question.hires.iter().map(|hire| hire.root()));
    if let Against::Profile(edition) = question.against {
        roots.insert(edition.root());
    }
    let people = rows.iter().filter_map(|row| Some(row.stay.as_ref()?.person.id));
    let people = people.chain(question.joiners.iter().copied());
    roots.extend(people.map(|person| Root::of(Aggregate::Person, person)));
    roots.extend(rows.iter().map(|row| Root::of(Aggregate::Team, row.team_id)));
    roots
}

/// What is asked, each skill once, in the order of the yardstick.
fn targets(question: &Question, yardstick: &Yardstick) -> Vec<Target> {
    let asked: BTreeMap<SkillId, Target> = match &question.against {
        Against::OwnTargets => return yardstick.targets.clone(),
        Against::Profile(edition) => {
            let required = required(yardstick, edition.version_id);
            let one = |r: &RoleSkillRequirement| {
                (r.skill_id, Target { skill_id: r.skill_id, level: r.required_level, head_count: 1 })
            };
            required.iter().map(one).collect()
        }
        Against::Targets(targets) => {
            let mut asked: BTreeMap<SkillId, Target> = BTreeMap::new();
            for target in targets {
                if let Some(skill_id) = yardstick.asked.get(&target.skill_id) {
                    let target = Target { skill_id: *skill_id, ..*target };
                    let held = asked.entry(*skill_id).or_insert(target);
                    *held = held.or_stronger(target);
                }
            }
            asked
        }
    };
    yardstick.skills.iter().filter_map(|skill| asked.get(&skill.id).copied()).collect()
}

fn columns(yardstick: &Yardstick, targets: &[Target]) -> Vec<Column> {
    let asked: BTreeSet<SkillId> = targets.iter().map(|target| target.skill_id).collect();
    yardstick.skills.iter().filter(|skill| asked.contains(&skill.id)).map(Column::of).collect()
}

fn required(yardstick: &Yardstick, version: RoleProfileVersionId) -> Vec<RoleSkillRequirement> {
    yardstick.required.get(&version).cloned().unwrap_or_default()
}

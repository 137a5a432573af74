//! F6, the bus factor: how few people have to leave before a team loses more than half of what it can do.
//!
//! Exact for up to [`EXACT_UP_TO`] holders; above that the greedy count of Avelino et al. 2016 ("A Novel
//! Approach for Estimating Truck Factors", ICPC), which is never below the exact one. Pure.

use std::{
    cmp::{Ordering, Reverse},
    collections::BTreeMap,
};

use crate::domain::ids::{PersonId, SkillId};

/// Up to how many holders every group of them is looked at: two to the power of this many groups.
pub const EXACT_UP_TO: usize = 20;

/// Somebody with whom skills would leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriticalPerson {
    /// Who.
    pub person_id: PersonId,
    /// The skills that nobody else holds, in the order asked.
    pub solely_held: Vec<SkillId>,
}

/// How much a team can bear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resilience {
    /// The number of people; `None` when none of the skills has a holder.
    pub bus_factor: Option<usize>,
    /// Whether it is exact, and not merely an upper bound.
    pub exact: bool,
    /// Those who hold a skill alone: most such skills first, then by id.
    pub critical_people: Vec<CriticalPerson>,
    /// The people of `bus_factor`: of all such groups the first, in the order of those who hold most
    /// skills alone, then by id.
    pub witness: Vec<PersonId>,
}

impl Resilience {
    /// F6 over the target skills, each with those who hold it.
    #[must_use]
    pub fn of<'a>(skills: impl IntoIterator<Item = (SkillId, &'a [PersonId])>) -> Self {
        let held = held(skills);
        let people = ranked(&held);
        let exact = people.len() <= EXACT_UP_TO;
        let group = match (held.is_empty(), exact) {
            (true, _) => Vec::new(),
            (false, true) => smallest(&people, held.len()),
            (false, false) => greedy(&people, &held),
        };
        let critical = people.iter().filter(|person| !person.solely_held.is_empty());
        Self {
            bus_factor: (!held.is_empty()).then_some(group.len()),
            exact,
            critical_people: critical.map(|person| person.critical()).collect(),
            witness: group.into_iter().map(|n| people[n].id).collect(),
        }
    }
}

/// A skill with those who hold it.
type Held<'a> = (SkillId, &'a [PersonId]);

/// The skills that anybody holds.
fn held<'a>(skills: impl IntoIterator<Item = Held<'a>>) -> Vec<Held<'a>> {
    skills.into_iter().filter(|(_, holders)| !holders.is_empty()).collect()
}

struct Holder {
    id: PersonId,
    solely_held: Vec<SkillId>,
    /// Which of the skills they hold.
    held: Vec<usize>,
}

impl Holder {
    fn critical(&self) -> CriticalPerson {
        CriticalPerson { person_id: self.id, solely_held: self.solely_held.clone() }
    }
}

/// Everyone who holds something: by the number of skills they hold alone, then by id.
fn ranked(held: &[Held<'_>]) -> Vec<Holder> {
    let mut people: BTreeMap<PersonId, Holder> = BTreeMap::new();
    for (n, (skill, holders)) in held.iter().enumerate() {
        for id in *holders {
            let fresh = || Holder { id: *id, solely_held: Vec::new(), held: Vec::new() };
            let holder = people.entry(*id).or_insert_with(fresh);
            holder.held.push(n);
            if holders.len() == 1 {
                holder.solely_held.push(*skill);
            }
        }
    }
    let mut people: Vec<Holder> = people.into_values().collect();
    people.sort_by_key(|person| (Reverse(person.solely_held.len()), person.id));
    people
}

/// The smallest group without which more than half of the skills have no holder; of several the first.
fn smallest(people: &[Holder], skills: usize) -> Vec<usize> {
    // The holders of each skill as bits, the first of `people` lowest.
    let mut masks = vec![0_usize; skills];
    for (n, person) in people.iter().enumerate() {
        person.held.iter().for_each(|skill| masks[*skill] |= 1 << n);
    }
    let (people, half) = (people.len(), skills / 2);
    // How many skills are held by nobody outside a group: first by exactly that group …
    let mut lost = vec![0_u32; 1 << people];
    masks.into_iter().for_each(|holders| lost[holders] += 1);
    // … then by it or any group inside it, one person at a time (the zeta transform).
    for bit in (0..people).map(|n| 1 << n) {
        for group in (0..lost.len()).filter(|group| group & bit != 0) {
            lost[group] += lost[group ^ bit];
        }
    }
    let enough = (0..lost.len()).filter(|group| lost[*group] as usize > half);
    let first = enough.min_by(|a, b| compare(*a, *b)).unwrap_or_default();
    (0..people).filter(|n| first & 1 << n != 0).collect()
}

/// By size, then by who comes first in the order of the people.
fn compare(one: usize, other: usize) -> Ordering {
    let lowest = 1_usize.checked_shl((one ^ other).trailing_zeros()).unwrap_or_default();
    let first = |group: usize| Reverse(group & lowest != 0);
    one.count_ones().cmp(&other.count_ones()).then(first(one).cmp(&first(other)))
}

/// Takes away whoever holds most until more than half of the skills have no holder.
fn greedy(people: &[Holder], held: &[Held<'_>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..people.len()).collect();
    // A stable sort: ties stay in the order of skills held alone, then id.
    order.sort_by_key(|n| Reverse(people[*n].held.len()));
    let mut left: Vec<usize> = held.iter().map(|(_, holders)| holders.len()).collect();
    let (mut group, mut lost) = (Vec::new(), 0);
    for n in order {
        group.push(n);
        for skill in &people[n].held {
            left[*skill] -= 1;
            lost += usize::from(left[*skill] == 0);
        }
        if lost * 2 > held.len() {
            break;
        }
    }
    group
}

#[cfg(test)]
pub(super) fn greedy_count<'a>(skills: impl IntoIterator<Item = Held<'a>>) -> usize {
    let held = held(skills);
    greedy(&ranked(&held), &held).len()
}

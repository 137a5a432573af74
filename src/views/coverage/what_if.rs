//! What a team would look like with other people, as far as the viewer may know what these can do.
//!
//! Of a joiner whom the viewer does not lead only what is discoverable counts: a practitioner's level where
//! they have it, vouched for by nobody. Writes nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    auth::Scope,
    cache::Cache,
    domain::{
        capabilities::Capabilities,
        coverage::what_if::{self, Outlook, changed},
        ids::{PersonId, TeamId},
        levels::Level,
        policy::{
            Actor,
            sight::{BAND, Findable},
        },
        time::Timestamp,
    },
    store::Store,
    views::{
        coverage::{CoverageError, Named, Question, Whole, may_ask, shown, whole},
        profiles::Edition,
    },
};

/// Somebody who gives another share of their time, or goes to another team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// Who.
    pub person_id: PersonId,
    /// The share of their time from then on, 1–100; as it is when absent.
    pub allocation_pct: Option<u16>,
    /// Where to: into the team or a team below that is looked at, or away from it.
    pub to_team: Option<TeamId>,
}

/// What would change.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// Members who leave.
    pub leavers: Vec<PersonId>,
    /// People who join, full time.
    pub joiners: Vec<PersonId>,
    /// Role profiles at whose requirements somebody is hired, full time.
    pub hires: Vec<Edition>,
    /// People who move.
    pub moves: Vec<Move>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum WhatIfError {
    /// The leaver at this place is no member whom the viewer sees.
    #[error("`leavers.{0}` names no member of the team that you see")]
    Leaver(usize),
    /// The joiner at this place is nobody whose abilities the viewer may find.
    #[error("`joiners.{0}` names nobody whose skills you may find")]
    Joiner(usize),
    /// The joiner at this place is in the team.
    #[error("`joiners.{0}` names a member of the team")]
    Member(usize),
    /// The joiner at this place may be found today, and no past of theirs may be told.
    #[error("`{0}` names somebody whose past levels you may not see: leave `asOf` out")]
    Past(String),
    /// The person at this place is named for two changes that exclude each other.
    #[error("`{0}` names somebody for a second time: each person leaves, joins or moves once")]
    Twice(String),
    /// The person at this place is neither a member nor somebody who may be found.
    #[error("`moves.{0}` names neither a member of the team nor anybody whose skills you may find")]
    Mover(usize),
    /// It could not be looked at.
    #[error(transparent)]
    Coverage(#[from] CoverageError),
}

/// A team before and after.
#[derive(Debug, Clone)]
pub struct WhatIfView {
    /// As of when.
    pub as_of: Timestamp,
    /// As it is.
    pub before: Outlook,
    /// As it would be.
    pub after: Outlook,
    /// The members and skills that may be named.
    pub named: Arc<Named>,
    /// An opaque digest of what it was read under and of what it says.
    pub version: String,
}

/// Plays `changes` on the team of `question`; `None` when it is not the viewer's to know. Callers pass a
/// team and versions that they found in `scope`.
///
/// # Errors
/// [`WhatIfError`].
pub async fn what_if(
    store: &Store,
    cache: &Cache,
    scope: &Scope,
    mut question: Question,
    least: Option<Level>,
    changes: &Changes,
) -> Result<Option<WhatIfView>, WhatIfError> {
    if !may_ask(scope, question.team_id) {
        return Ok(None);
    }
    question.joiners = changes.joiners.iter().copied().chain(changes.arriving()).collect();
    question.hires = changes.hires.iter().copied().collect();
    changes.exclude_each_other()?;
    let found = findable(store, scope, &question.joiners).await?;
    let entry = whole(store, cache, scope, &question).await?;
    let whole = &entry.value;
    let named = Arc::new(shown::to(store, scope, &question, whole).await.map_err(CoverageError::from)?);
    let played =
        changes.played(&Sight { past: question.as_of.is_some(), whole, named: &named, found: &found })?;
    let mut table = whole.table.clone();
    hide(&mut table, whole, &found);
    let after = changed(&whole.members, &mut table, &played);
    let (before, after) =
        (whole.outlook(least, &whole.members, &whole.table), whole.outlook(least, &after, &table));
    let version = shown::version(&question, &entry.revisions, &named, &[&before, &after]);
    let as_of = question.as_of.unwrap_or(scope.now());
    Ok(Some(WhatIfView { as_of, before, after, named, version }))
}

/// How each of `people` may be found by the viewer; who may not is left out.
async fn findable(
    store: &Store,
    scope: &Scope,
    people: &BTreeSet<PersonId>,
) -> Result<BTreeMap<PersonId, Findable>, CoverageError> {
    if people.is_empty() {
        return Ok(BTreeMap::new());
    }
    let people: Vec<PersonId> = people.iter().copied().collect();
    let actor = Actor::new(scope.claims(), scope.standing());
    let facts = store.person_facts(scope, &people).await?;
    let found = facts.into_iter().map(|(id, facts)| (id, actor.may_find(&facts)));
    Ok(found.filter(|(_, how)| *how != Findable::Not).collect())
}

/// Leaves of those who are merely discoverable what may be told of them.
fn hide(table: &mut Capabilities, whole: &Whole, found: &BTreeMap<PersonId, Findable>) {
    let members = whole.members.len();
    for (person, row) in table.rows() {
        if row >= members && found.get(&person) != Some(&Findable::ByLevel) {
            table.alter(row, |cell| cell.banded(BAND));
        }
    }
}

/// Who may be named in a change.
struct Sight<'a> {
    /// Whether it is the past that is looked at.
    past: bool,
    whole: &'a Whole,
    named: &'a Named,
    found: &'a BTreeMap<PersonId, Findable>,
}

impl Sight<'_> {
    fn is_member(&self, person: &PersonId) -> bool {
        self.named.people.contains_key(person)
    }

    /// What is discoverable of somebody is of today: with any other day it would tell their history.
    fn is_hidden(&self, person: &PersonId) -> bool {
        self.past && self.found.get(person) == Some(&Findable::ByBand)
    }
}

impl Changes {
    /// Who is named with a team to go to, and so may be somebody who comes.
    fn arriving(&self) -> impl Iterator<Item = PersonId> {
        self.moves.iter().filter(|one| one.to_team.is_some()).map(|one| one.person_id)
    }

    /// Nobody leaves and moves, or moves twice: which of the two held would be anybody's guess.
    fn exclude_each_other(&self) -> Result<(), WhatIfError> {
        let leavers = self.leavers.iter().enumerate().map(|(n, id)| ("leavers", n, id));
        let joiners = self.joiners.iter().enumerate().map(|(n, id)| ("joiners", n, id));
        let moves = self.moves.iter().enumerate().map(|(n, one)| ("moves", n, &one.person_id));
        let mut named = BTreeSet::new();
        match leavers.chain(joiners).chain(moves).find(|(_, _, person)| !named.insert(**person)) {
            Some((list, n, _)) => Err(WhatIfError::Twice(format!("{list}.{n}"))),
            None => Ok(()),
        }
    }

    fn played(&self, sight: &Sight<'_>) -> Result<what_if::Changes, WhatIfError> {
        let mut played = what_if::Changes::default();
        for (n, leaver) in self.leavers.iter().enumerate() {
            if !sight.is_member(leaver) {
                return Err(WhatIfError::Leaver(n));
            }
            played.leavers.insert(*leaver);
        }
        for (n, joiner) in self.joiners.iter().enumerate() {
            if sight.whole.people.contains_key(joiner) && sight.is_member(joiner) {
                return Err(WhatIfError::Member(n));
            }
            if !sight.found.contains_key(joiner) {
                return Err(WhatIfError::Joiner(n));
            }
            if sight.is_hidden(joiner) {
                return Err(WhatIfError::Past(format!("joiners.{n}")));
            }
            played.joiners.push(*joiner);
        }
        for (n, one) in self.moves.iter().enumerate() {
            one.play(sight, &mut played).ok_or(WhatIfError::Mover(n))?;
            if played.joiners.last() == Some(&one.person_id) && sight.is_hidden(&one.person_id) {
                return Err(WhatIfError::Past(format!("moves.{n}")));
            }
        }
        let required = |hire: &Edition| sight.whole.hires.get(&hire.version_id).cloned().unwrap_or_default();
        played.hires = self.hires.iter().map(required).collect();
        Ok(played)
    }
}

impl Move {
    /// `None` when it names nobody who could move so.
    fn play(&self, sight: &Sight<'_>, played: &mut what_if::Changes) -> Option<()> {
        let stays = self.to_team.is_none_or(|team| sight.whole.teams.contains(&team));
        match (sight.is_member(&self.person_id), stays) {
            (true, true) => {}
            (true, false) => drop(played.leavers.insert(self.person_id)),
            (false, true) if sight.found.contains_key(&self.person_id) => {
                played.joiners.push(self.person_id);
            }
            (false, _) => return None,
        }
        played.shares.extend(self.allocation_pct.map(|share| (self.person_id, share)));
        Some(())
    }
}

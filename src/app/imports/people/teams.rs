//! The tree of teams as an import knows it: what is there, and what the run makes, renames and moves.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::{
    app::{Write, ids, imports::Run},
    domain::{
        ids::TeamId,
        revisions::{Aggregate, Root},
        teams::{Team, TeamStatus},
        text::{fold, is_slug, slug_of},
        time::{Interval, Timestamp},
        trees::would_cycle,
        values,
    },
    interchange::{people::StayRow, sheet::Remark},
    store::{StoreError, TeamLink},
};

/// Every team, with what changed.
pub(super) struct Teams {
    all: HashMap<TeamId, Team>,
    at: HashMap<(Option<TeamId>, String), TeamId>,
    slugs: HashMap<String, TeamId>,
    external: HashMap<String, TeamId>,
    named: HashMap<TeamId, String>,
    added: Vec<TeamId>,
    renamed: BTreeSet<TeamId>,
    /// Where each came from.
    moved: BTreeMap<TeamId, Option<TeamId>>,
    more_ids: Vec<(TeamId, String)>,
    /// Of which a row said by their external id what they are called and where they stand.
    said: HashSet<TeamId>,
}

/// Where a row stands in the tree: the team, and what the row says of it.
#[derive(Debug)]
pub(super) struct Spot {
    /// The team; a fresh id when it is still to be made.
    pub(super) id: TeamId,
    names: Vec<String>,
    external_id: Option<String>,
    /// Whether it was found by its external id.
    known: bool,
}

impl Teams {
    /// Reads the tree; ask under its lock.
    pub(super) async fn read(write: &Write) -> Result<Self, StoreError> {
        let mut teams = Self {
            all: HashMap::new(),
            at: HashMap::new(),
            slugs: HashMap::new(),
            external: HashMap::new(),
            named: HashMap::new(),
            added: Vec::new(),
            renamed: BTreeSet::new(),
            moved: BTreeMap::new(),
            more_ids: Vec::new(),
            said: HashSet::new(),
        };
        for (team, external_id) in write.tx.every_team().await? {
            if let Some(name) = external_id {
                teams.external.insert(name.clone(), team.id);
                teams.named.insert(team.id, name);
            }
            teams.put(team);
        }
        Ok(teams)
    }

    /// The roots of all teams, to be locked.
    pub(super) fn roots(&self) -> impl Iterator<Item = Root> {
        self.all.keys().map(|id| Root::of(Aggregate::Team, *id))
    }

    fn put(&mut self, team: Team) {
        // Of two teams of one name in one place the file means the one in use.
        let place = (team.parent_id, fold(&team.name));
        if team.status == TeamStatus::Active || !self.at.contains_key(&place) {
            self.at.insert(place, team.id);
        }
        self.slugs.insert(team.slug.clone(), team.id);
        self.all.insert(team.id, team);
    }

    /// The team a row names, as it will stand when the row is believed. Nothing is made or changed yet.
    pub(super) fn find(&self, write: &Write, row: &StayRow) -> Result<Spot, Remark> {
        let names = row.team.iter().map(|name| checked(name)).collect::<Result<Vec<_>, _>>()?;
        let known = row.team_external_id.as_ref().and_then(|id| self.external.get(id)).copied();
        let id = match known {
            Some(id) => {
                self.may_follow(id, &names)?;
                id
            }
            None if names.is_empty() => {
                return Err(Remark::new("teamExternalId", "no team has this id: name it in `team` too"));
            }
            None => self.at_path(&names).unwrap_or_else(|| ids::fresh(write.now())),
        };
        if self.all.get(&id).is_some_and(|team| team.status != TeamStatus::Active) {
            return Err(Remark::new("team", "the team is ARCHIVED"));
        }
        let external_id = row.team_external_id.clone();
        if let (None, Some(_), Some(other)) = (known, &external_id, self.named.get(&id)) {
            return Err(Remark::new("teamExternalId", format!("the team has the external id `{other}`")));
        }
        Ok(Spot { id, names, external_id, known: known.is_some() })
    }

    /// Whether a team that the other system knows may be called and stand so.
    fn may_follow(&self, id: TeamId, names: &[String]) -> Result<(), Remark> {
        let (Some((name, above)), Some(team)) = (names.split_last(), self.all.get(&id)) else {
            return Ok(());
        };
        if is_slug_of(team, names) {
            return Ok(());
        }
        let parent = self.at_path(above);
        let is_there = above.is_empty() || parent.is_some();
        if self.said.contains(&id) && !(is_there && (team.parent_id, &team.name) == (parent, name)) {
            return Err(Remark::new("teamExternalId", "a row before says otherwise of this team"));
        }
        let above_of = |at: TeamId| self.all.get(&at).and_then(|team| team.parent_id);
        match parent {
            Some(parent) if would_cycle(above_of, id, parent) => {
                Err(Remark::new("team", "the team would stand below itself"))
            }
            _ => Ok(()),
        }
    }

    /// The team of a slug, or of names from the top down, if there is one.
    fn at_path(&self, names: &[String]) -> Option<TeamId> {
        if let [one] = names
            && is_slug(one)
            && let Some(id) = self.slugs.get(one)
        {
            return Some(*id);
        }
        let (mut at, mut found) = (None, None);
        for name in names {
            found = self.at.get(&(at, fold(name))).copied();
            at = Some(found?);
        }
        found
    }

    /// Makes, renames or moves the team as the row says that was believed, and tells what becomes of one that
    /// was there.
    pub(super) fn settle(&mut self, write: &Write, spot: Spot) -> Vec<Remark> {
        let Spot { id, names, external_id, known } = spot;
        let by_slug = self.all.get(&id).is_some_and(|team| is_slug_of(team, &names));
        let changed = match names.split_last() {
            Some((name, above)) if !by_slug => {
                let parent = self.made(write, above);
                if external_id.is_some() {
                    self.said.insert(id);
                }
                match self.all.get(&id).cloned() {
                    Some(team) if known => self.follow(team, name, parent),
                    Some(_) => Vec::new(),
                    None => {
                        self.make(id, name.clone(), parent);
                        Vec::new()
                    }
                }
            }
            _ => Vec::new(),
        };
        if let (false, Some(external_id)) = (known, external_id) {
            self.external.insert(external_id.clone(), id);
            self.named.insert(id, external_id.clone());
            self.more_ids.push((id, external_id));
        }
        changed
    }

    /// The team of a path, with all that is missing of it made; none of an empty path.
    fn made(&mut self, write: &Write, names: &[String]) -> Option<TeamId> {
        if let Some(id) = self.at_path(names) {
            return Some(id);
        }
        let mut at = None;
        for name in names {
            let there = self.at.get(&(at, fold(name))).copied();
            at = Some(there.unwrap_or_else(|| {
                let id = ids::fresh(write.now());
                self.make(id, name.clone(), at);
                id
            }));
        }
        at
    }

    fn make(&mut self, id: TeamId, name: String, parent_id: Option<TeamId>) {
        let slug = self.free_slug(&name);
        self.put(Team { id, name, slug, status: TeamStatus::Active, parent_id, revision: 1 });
        self.added.push(id);
    }

    fn free_slug(&self, name: &str) -> String {
        let stem = slug_of(name);
        let stem = if stem.is_empty() { "team".to_owned() } else { stem };
        if !self.slugs.contains_key(&stem) {
            return stem;
        }
        let short: String = stem.chars().take(54).collect();
        let short = short.trim_end_matches('-');
        (2_u32..)
            .map(|n| format!("{short}-{n}"))
            .find(|slug| !self.slugs.contains_key(slug))
            .unwrap_or_default()
    }

    /// Renames and moves a team that the other system knows, when it stands elsewhere there.
    fn follow(&mut self, team: Team, name: &str, parent: Option<TeamId>) -> Vec<Remark> {
        let (id, mut told) = (team.id, Vec::new());
        let place = (team.parent_id, fold(&team.name));
        if self.at.get(&place) == Some(&id) {
            self.at.remove(&place);
        }
        if team.name != name {
            told.push(Remark::new("team", format!("the team `{}` is renamed to `{name}`", team.name)));
            self.renamed.insert(id);
        }
        if team.parent_id != parent {
            let to = match parent.and_then(|parent| self.all.get(&parent)) {
                Some(above) => format!("below `{}`", above.name),
                None => "to the top".to_owned(),
            };
            told.push(Remark::new("team", format!("the team `{name}` moves {to}")));
            self.moved.entry(id).or_insert(team.parent_id);
        }
        self.put(Team { name: name.to_owned(), parent_id: parent, ..team });
        told
    }

    /// Writes what changed since the last time, counts it, and adds the roots to `raised` and `new`.
    pub(super) async fn flush(
        &mut self,
        run: &mut Run,
        raised: &mut BTreeSet<Root>,
        new: &mut BTreeSet<Root>,
    ) -> Result<(), StoreError> {
        let root = |id: TeamId| Root::of(Aggregate::Team, id);
        let counts = [
            ("teams added", self.added.len()),
            ("teams renamed", self.renamed.len()),
            ("teams moved", self.moved.len()),
        ];
        counts.into_iter().for_each(|(what, count)| run.tally.count(what, count as u64));
        let write = &run.write;
        let added = std::mem::take(&mut self.added);
        let teams: Vec<Team> = added.iter().filter_map(|id| self.all.get(id)).cloned().collect();
        write.tx.insert_teams(&teams).await?;
        new.extend(added.iter().map(|id| root(*id)));
        let mut links: Vec<TeamLink> =
            teams.iter().filter_map(|team| link(write, team, write.now())).collect();
        raised.extend(teams.iter().filter_map(|team| team.parent_id).map(root));
        for id in std::mem::take(&mut self.renamed) {
            if let Some(team) = self.all.get(&id) {
                write.tx.update_team(team).await?;
                raised.insert(root(id));
            }
        }
        for (id, before) in std::mem::take(&mut self.moved) {
            let Some(team) = self.all.get(&id) else { continue };
            let from = write.tx.close_team_link(id, write.now()).await?;
            links.extend(link(write, team, from));
            raised.extend(before.into_iter().chain(team.parent_id).chain([id]).map(root));
        }
        write.tx.insert_team_links(&links).await?;
        if !links.is_empty() {
            raised.insert(Root::TEAM_TREE);
        }
        let ids = std::mem::take(&mut self.more_ids);
        raised.extend(ids.iter().map(|(id, _)| root(*id)));
        write.tx.insert_team_external_ids(&ids).await
    }
}

fn checked(name: &str) -> Result<String, Remark> {
    values::name(name).map_err(|rule| Remark::new("team", format!("`{name}` {rule}")))
}

/// Whether names are a team's slug, which says nothing of its name.
fn is_slug_of(team: &Team, names: &[String]) -> bool {
    matches!(names, [one] if *one == team.slug)
}

fn link(write: &Write, team: &Team, from: Timestamp) -> Option<TeamLink> {
    let valid = Interval { from, to: None };
    let parent_id = team.parent_id?;
    Some(TeamLink { id: ids::fresh_uuid(write.now()), team_id: team.id, parent_id, valid })
}

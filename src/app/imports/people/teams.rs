//! The tree of teams as an import knows it: what is there, and what the run makes, renames and moves.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    app::{Write, ids},
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

    /// The team a row names, made, renamed or moved as it says.
    pub(super) fn place(&mut self, write: &Write, row: &StayRow) -> Result<TeamId, Remark> {
        let by_external = row.team_external_id.as_ref().and_then(|id| self.external.get(id)).copied();
        let id = match by_external {
            Some(id) => {
                self.follow(write, id, &row.team)?;
                id
            }
            None => self.at_path(write, &row.team)?,
        };
        let status = self.all.get(&id).map_or(TeamStatus::Archived, |team| team.status);
        if status != TeamStatus::Active {
            return Err(Remark::new("team", "the team is ARCHIVED"));
        }
        if let (None, Some(external_id)) = (by_external, &row.team_external_id) {
            if let Some(other) = self.named.get(&id) {
                return Err(Remark::new("teamExternalId", format!("the team has the external id `{other}`")));
            }
            self.external.insert(external_id.clone(), id);
            self.named.insert(id, external_id.clone());
            self.more_ids.push((id, external_id.clone()));
        }
        Ok(id)
    }

    fn at_path(&mut self, write: &Write, path: &[String]) -> Result<TeamId, Remark> {
        if let [one] = path
            && is_slug(one)
            && let Some(id) = self.slugs.get(one)
        {
            return Ok(*id);
        }
        let mut at = None;
        for name in path {
            let name = values::name(name).map_err(|rule| Remark::new("team", format!("`{name}` {rule}")))?;
            at = Some(match self.at.get(&(at, fold(&name))) {
                Some(id) => *id,
                None => self.make(write, name, at),
            });
        }
        at.ok_or_else(|| Remark::new("teamExternalId", "no team has this id: name it in `team` too"))
    }

    fn make(&mut self, write: &Write, name: String, parent_id: Option<TeamId>) -> TeamId {
        let id = ids::fresh(write.now());
        let slug = self.free_slug(&name);
        self.put(Team { id, name, slug, status: TeamStatus::Active, parent_id, revision: 1 });
        self.added.push(id);
        id
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
    fn follow(&mut self, write: &Write, id: TeamId, path: &[String]) -> Result<(), Remark> {
        let Some((name, above)) = path.split_last() else { return Ok(()) };
        let name = values::name(name).map_err(|rule| Remark::new("team", format!("`{name}` {rule}")))?;
        let parent = if above.is_empty() { None } else { Some(self.at_path(write, above)?) };
        let Some(team) = self.all.get(&id).cloned() else { return Ok(()) };
        let is_slug_of_it = above.is_empty() && name == team.slug;
        if is_slug_of_it || (team.parent_id == parent && team.name == name) {
            return Ok(());
        }
        if let Some(above) = parent
            && would_cycle(|at| self.all.get(&at).and_then(|team| team.parent_id), id, above)
        {
            return Err(Remark::new("team", "the team would stand below itself"));
        }
        self.at.remove(&(team.parent_id, fold(&team.name)));
        if team.parent_id != parent && !self.added.contains(&id) {
            self.moved.entry(id).or_insert(team.parent_id);
        }
        if team.name != name && !self.added.contains(&id) {
            self.renamed.insert(id);
        }
        self.put(Team { name, parent_id: parent, ..team });
        Ok(())
    }

    /// Writes what changed since the last time, and adds the roots to `raised` and `new`.
    pub(super) async fn flush(
        &mut self,
        write: &Write,
        raised: &mut BTreeSet<Root>,
        new: &mut BTreeSet<Root>,
    ) -> Result<(), StoreError> {
        let root = |id: TeamId| Root::of(Aggregate::Team, id);
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

fn link(write: &Write, team: &Team, from: Timestamp) -> Option<TeamLink> {
    let valid = Interval { from, to: None };
    let parent_id = team.parent_id?;
    Some(TeamLink { id: ids::fresh_uuid(write.now()), team_id: team.id, parent_id, valid })
}

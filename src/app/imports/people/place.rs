//! What one row makes of the organisation: a new person, a change of the one it names, their stay, their role
//! profiles, or that they left. Writes nothing itself.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use crate::{
    app::{
        Write, ids,
        imports::{
            Outcome,
            people::{
                known::{Draft, Known},
                stays::stay,
                teams::Teams,
            },
        },
    },
    domain::{
        ids::{PersonId, RoleProfileId, TeamId},
        people::{Discoverability, Person, PersonStatus},
        profiles::RoleProfileStatus,
        values::{self, Rule},
    },
    interchange::{people::PersonRow, sheet::Remark},
};

/// What the whole file says of a person, by their external id.
#[derive(Default)]
pub(super) struct Mention {
    /// The keys of all role profiles it names.
    pub(super) profiles: Vec<Arc<str>>,
}

/// What rows are held against.
pub(super) struct Board<'r> {
    pub(super) write: &'r Write,
    pub(super) known: &'r mut Known,
    pub(super) teams: &'r mut Teams,
    pub(super) mentions: &'r HashMap<String, Mention>,
    pub(super) profiles: &'r HashMap<String, (RoleProfileId, RoleProfileStatus)>,
    /// The people that rows before spoke of.
    pub(super) spoken: &'r mut HashSet<PersonId>,
    /// The stays that rows named.
    pub(super) named: &'r mut HashSet<(PersonId, TeamId)>,
}

type Came = Result<(Outcome, Vec<Remark>), Vec<Remark>>;

impl Board<'_> {
    /// Places a row: what became of it, or every rule it breaks.
    pub(super) fn place(&mut self, row: &PersonRow) -> Came {
        let found = self.known.find(row);
        let before = found.and_then(|id| self.known.drafts.get(&id)).map(|draft| draft.person.clone());
        if row.left {
            return self.leave(before);
        }
        if let Some(person) = before.as_ref().filter(|person| person.status != PersonStatus::Active) {
            let rule =
                format!("the person is {}: who comes back gets another external id", person.status.as_str());
            return Err(vec![Remark::new("status", rule)]);
        }
        let wanted = self.profiles_of(row)?;
        let person = self.person(row, before.as_ref())?;
        // From here on nothing is refused but the stay, so that a refused row leaves nothing behind.
        let spot = match &row.stay {
            Some(stay) => Some(self.teams.find(self.write, stay).map_err(|remark| vec![remark])?),
            None => None,
        };
        let team_id = spot.as_ref().map(|spot| spot.id);
        let (id, now) = (person.id, self.write.now());
        let known = found.and_then(|id| self.known.drafts.remove(&id));
        let mut draft = known.unwrap_or_else(|| Draft::of(person.clone(), true));
        let weight = draft.weight();
        let told = match (team_id, &row.stay) {
            (Some(team_id), Some(said)) => stay(self.write, &mut draft, team_id, said),
            _ => Ok(Vec::new()),
        };
        if told.is_ok() || found.is_some() {
            self.known.drafts.insert(id, draft);
        }
        let mut notes = told?;
        let of_team = spot.map(|spot| self.teams.settle(self.write, spot)).unwrap_or_default();
        let team_changed = !of_team.is_empty();
        notes.extend(of_team);
        self.known.put(person, &row.external_id);
        let Some(draft) = self.known.drafts.get_mut(&id) else { return Ok((Outcome::Unchanged, notes)) };
        if let (true, Some(wanted)) = (self.spoken.insert(id), wanted) {
            draft.hold(wanted, now);
        }
        self.named.extend(team_id.map(|team_id| (id, team_id)));
        let outcome = match (found, team_changed || draft.weight() > weight) {
            (None, _) => Outcome::Created,
            (Some(_), true) => Outcome::Updated,
            (Some(_), false) => Outcome::Unchanged,
        };
        Ok((outcome, notes))
    }

    /// The person left; who never came is skipped.
    fn leave(&mut self, before: Option<Person>) -> Came {
        let Some(person) = before.filter(|person| self.known.has_external_id(person.id)) else {
            return Ok((Outcome::Skipped, vec![Remark::new("status", "nobody here has this external id")]));
        };
        self.spoken.insert(person.id);
        if person.status != PersonStatus::Active {
            return Ok((Outcome::Unchanged, Vec::new()));
        }
        let now = self.write.now();
        if let Some(draft) = self.known.drafts.get_mut(&person.id) {
            draft.deactivate(now);
        }
        Ok((Outcome::Deactivated, vec![Remark::new("status", "the person left")]))
    }

    /// The role profiles that the file names for the person; none when no row names any.
    fn profiles_of(&self, row: &PersonRow) -> Result<Option<BTreeSet<RoleProfileId>>, Vec<Remark>> {
        if let Some(key) = &row.role_profile {
            let rule = match self.profiles.get(key) {
                None => Some(format!("there is no role profile `{key}`")),
                Some((_, RoleProfileStatus::Active)) => None,
                Some(_) => Some(format!("the role profile `{key}` is archived")),
            };
            if let Some(rule) = rule {
                return Err(vec![Remark::new("roleProfile", rule)]);
            }
        }
        let keys = self
            .mentions
            .get(&row.external_id)
            .map(|mention| mention.profiles.as_slice())
            .unwrap_or_default();
        let held = keys.iter().filter_map(|key| self.profiles.get(&**key));
        let held: BTreeSet<RoleProfileId> =
            held.filter(|(_, status)| *status == RoleProfileStatus::Active).map(|(id, _)| *id).collect();
        Ok((!held.is_empty()).then_some(held))
    }

    /// The person as the row wants them, by the rules.
    fn person(&self, row: &PersonRow, before: Option<&Person>) -> Result<Person, Vec<Remark>> {
        let mut broken = Vec::new();
        let mut kept = |field: &str,
                        given: Option<&str>,
                        now: Option<&String>,
                        check: fn(&str) -> Result<String, Rule>| {
            match (given, now) {
                (Some(text), _) => {
                    check(text).map_err(|rule| broken.push(Remark::new(field, rule))).unwrap_or_default()
                }
                (None, Some(now)) => now.clone(),
                (None, None) => {
                    broken.push(Remark::new(field, "must be given for somebody new"));
                    String::new()
                }
            }
        };
        let display_name =
            kept("displayName", row.display_name.as_deref(), before.map(|p| &p.display_name), values::name);
        let email = kept("email", row.email.as_deref(), before.map(|p| &p.email), values::email);
        let title = match &row.title {
            Some(Some(text)) => Some(kept("title", Some(text), None, values::name)),
            Some(None) => None,
            None => before.and_then(|person| person.title.clone()),
        };
        let id = before.map_or_else(|| ids::fresh(self.write.now()), |person| person.id);
        if self.known.holder_of_email(&email).is_some_and(|holder| holder != id) {
            broken.push(Remark::new("email", "another person has this address"));
        }
        let identity = row.identity.clone().or_else(|| before.and_then(|person| person.identity.clone()));
        if identity
            .as_ref()
            .and_then(|given| self.known.holder_of_identity(given))
            .is_some_and(|holder| holder != id)
        {
            broken.push(Remark::new("subject", "another person is linked to this identity"));
        }
        let usual = before.map_or(Discoverability::Team, |person| person.discoverability);
        let person = Person {
            id,
            display_name,
            email,
            title,
            identity,
            status: PersonStatus::Active,
            discoverability: row.discoverability.unwrap_or(usual),
            revision: before.map_or(1, |person| person.revision),
        };
        if self.spoken.contains(&id) && before.is_some_and(|before| *before != person) {
            broken.push(Remark::new("externalId", "a row before says otherwise of this person"));
        }
        if broken.is_empty() { Ok(person) } else { Err(broken) }
    }
}

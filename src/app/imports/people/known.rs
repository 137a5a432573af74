//! What the organisation holds of the people that a batch names, and what the batch makes of them. Judges no row.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use uuid::Uuid;

use crate::{
    app::{Write, ids, people::end_of},
    domain::{
        ids::{PersonId, RoleProfileId, TeamId, TeamMembershipId},
        people::{Identity, Person, PersonRoleProfile, PersonStatus},
        revisions::{Aggregate, Root},
        teams::TeamMembership,
        text::fold,
        time::{Interval, Timestamp},
    },
    interchange::people::PersonRow,
    store::StoreError,
};

/// A person as they stand, with what the batch changes of them.
pub(super) struct Draft {
    pub(super) person: Person,
    pub(super) new: bool,
    pub(super) columns_changed: bool,
    pub(super) stays: Vec<TeamMembership>,
    pub(super) more_external_id: Option<String>,
    held: Vec<(Uuid, PersonRoleProfile)>,
    opened: Vec<TeamMembership>,
    closed: BTreeMap<TeamMembershipId, Timestamp>,
    taken: Vec<PersonRoleProfile>,
    left: BTreeMap<Uuid, Timestamp>,
}

impl Draft {
    pub(super) fn of(person: Person, new: bool) -> Self {
        Self {
            person,
            new,
            columns_changed: false,
            stays: Vec::new(),
            more_external_id: None,
            held: Vec::new(),
            opened: Vec::new(),
            closed: BTreeMap::new(),
            taken: Vec::new(),
            left: BTreeMap::new(),
        }
    }

    /// Begins a stay.
    pub(super) fn open(&mut self, stay: TeamMembership) {
        self.stays.push(stay.clone());
        self.opened.push(stay);
    }

    /// Ends an open stay.
    pub(super) fn close(&mut self, id: TeamMembershipId, at: Timestamp) {
        for stay in self.stays.iter_mut().chain(&mut self.opened).filter(|stay| stay.id == id) {
            stay.valid.to = Some(at);
        }
        if self.opened.iter().all(|stay| stay.id != id) {
            self.closed.insert(id, at);
        }
    }

    /// Lets the person hold exactly these from now on.
    pub(super) fn hold(&mut self, mut wanted: BTreeSet<RoleProfileId>, now: Timestamp) {
        for (id, held) in &self.held {
            if !wanted.remove(&held.role_profile_id) && held.valid.to.is_none() {
                self.left.insert(*id, end_of(&held.valid, now));
            }
        }
        let (person_id, valid) = (self.person.id, Interval { from: now, to: None });
        self.taken.extend(wanted.into_iter().map(|role_profile_id| PersonRoleProfile {
            person_id,
            role_profile_id,
            valid,
        }));
    }

    /// The person left: what they have open ends, as `deactivatePerson` ends it.
    pub(super) fn deactivate(&mut self, now: Timestamp) {
        self.person.status = PersonStatus::Inactive;
        self.columns_changed = true;
        let open: Vec<_> = self.stays.iter().filter(|stay| stay.valid.to.is_none()).cloned().collect();
        for stay in open {
            self.close(stay.id, end_of(&stay.valid, now));
        }
        self.hold(BTreeSet::new(), now);
    }

    /// How much the batch changes of them so far.
    pub(super) fn weight(&self) -> usize {
        let dated = self.opened.len() + self.closed.len() + self.taken.len() + self.left.len();
        dated + usize::from(self.columns_changed) + usize::from(self.more_external_id.is_some())
    }

    fn teams(&self) -> impl Iterator<Item = TeamId> {
        let touched = |stay: &&TeamMembership| {
            self.closed.contains_key(&stay.id) || self.opened.iter().any(|opened| opened.id == stay.id)
        };
        // Of who left, every team that still counts them is missing them.
        let left = self.columns_changed && self.person.status != PersonStatus::Active;
        self.stays.iter().filter(move |stay| left || touched(stay)).map(|stay| stay.team_id)
    }
}

/// What a batch knows.
#[derive(Default)]
pub(super) struct Known {
    pub(super) drafts: HashMap<PersonId, Draft>,
    external: HashMap<String, PersonId>,
    named: HashMap<PersonId, String>,
    emails: HashMap<String, PersonId>,
    identities: HashMap<(String, String), PersonId>,
}

impl Known {
    /// Looks up everybody whom `rows` name; ask under their locks.
    pub(super) async fn read(write: &Write, rows: &[&PersonRow]) -> Result<Self, StoreError> {
        let mut known = Self::default();
        let ids: Vec<&str> = rows.iter().map(|row| row.external_id.as_str()).collect();
        known.external.extend(write.tx.people_with_external_ids(&ids).await?);
        let emails: Vec<&str> = rows.iter().filter_map(|row| row.email.as_deref()).collect();
        known.emails.extend(write.tx.people_with_emails(&emails).await?);
        let subjects: Vec<&str> =
            rows.iter().filter_map(|row| Some(row.identity.as_ref()?.subject.as_str())).collect();
        if !subjects.is_empty() {
            let held = write.tx.people_with_subjects(&subjects).await?;
            known.identities.extend(held.into_iter().map(|(issuer, subject, id)| ((issuer, subject), id)));
        }
        let people: BTreeSet<PersonId> =
            known.external.values().chain(known.emails.values()).copied().collect();
        known.add_all(write, &people.into_iter().collect::<Vec<_>>()).await?;
        Ok(known)
    }

    /// Looks up these people.
    pub(super) async fn of(write: &Write, people: &[PersonId]) -> Result<Self, StoreError> {
        let mut known = Self::default();
        known.add_all(write, people).await?;
        Ok(known)
    }

    async fn add_all(&mut self, write: &Write, people: &[PersonId]) -> Result<(), StoreError> {
        if people.is_empty() {
            return Ok(());
        }
        for person in write.tx.people_by_id(&write.scope, people).await? {
            self.drafts.insert(person.id, Draft::of(person, false));
        }
        for (external_id, person) in write.tx.external_ids_of_people(people).await? {
            self.named.insert(person, external_id);
        }
        for stay in write.tx.stays_of_people(people).await? {
            if let Some(draft) = self.drafts.get_mut(&stay.person_id) {
                draft.stays.push(stay);
            }
        }
        for (id, held) in write.tx.holdings_of_people(people, write.now()).await? {
            if let Some(draft) = self.drafts.get_mut(&held.person_id) {
                draft.held.push((id, held));
            }
        }
        Ok(())
    }

    /// The person of an external id; else one without any who has the address.
    pub(super) fn find(&self, row: &PersonRow) -> Option<PersonId> {
        let by_email =
            || self.holder_of_email(row.email.as_deref()?).filter(|id| !self.named.contains_key(id));
        self.external.get(&row.external_id).copied().or_else(by_email)
    }

    pub(super) fn has_external_id(&self, id: PersonId) -> bool {
        self.named.contains_key(&id)
    }

    pub(super) fn holder_of_email(&self, email: &str) -> Option<PersonId> {
        self.emails.get(&fold(email)).copied()
    }

    pub(super) fn holder_of_identity(&self, identity: &Identity) -> Option<PersonId> {
        self.identities.get(&(identity.issuer.clone(), identity.subject.clone())).copied()
    }

    /// Takes in a new person, or what a known one is now called and reached by.
    pub(super) fn put(&mut self, person: Person, external_id: &str) {
        let id = person.id;
        let before = self.drafts.get(&id).map(|draft| draft.person.clone());
        if let Some(before) = &before {
            self.emails.remove(&fold(&before.email));
            let identity = before.identity.as_ref();
            identity.map(|held| self.identities.remove(&(held.issuer.clone(), held.subject.clone())));
        }
        self.emails.insert(fold(&person.email), id);
        if let Some(held) = &person.identity {
            self.identities.insert((held.issuer.clone(), held.subject.clone()), id);
        }
        let draft = self.drafts.entry(id).or_insert_with(|| Draft::of(person.clone(), true));
        draft.columns_changed |= before.is_some_and(|before| before != person);
        draft.person = person;
        if !self.named.contains_key(&id) {
            self.external.insert(external_id.to_owned(), id);
            self.named.insert(id, external_id.to_owned());
            draft.more_external_id = Some(external_id.to_owned());
        }
    }

    /// Writes what the batch changed, and adds the roots to `raised` and `new`.
    pub(super) async fn flush(
        self,
        write: &Write,
        raised: &mut BTreeSet<Root>,
        new: &mut BTreeSet<Root>,
    ) -> Result<(), StoreError> {
        let mut drafts: Vec<Draft> =
            self.drafts.into_values().filter(|draft| draft.new || draft.weight() > 0).collect();
        drafts.sort_by_key(|draft| draft.person.id);
        let people = |which: fn(&Draft) -> bool| -> Vec<Person> {
            drafts.iter().filter(|draft| which(draft)).map(|draft| draft.person.clone()).collect()
        };
        write.tx.insert_people(&people(|draft| draft.new)).await?;
        write.tx.update_people(&people(|draft| !draft.new && draft.columns_changed)).await?;
        let (mut stays, mut holdings) = (BTreeMap::<_, Vec<_>>::new(), BTreeMap::<_, Vec<_>>::new());
        let (mut opened, mut taken, mut external) = (Vec::new(), Vec::new(), Vec::new());
        for draft in drafts {
            let root = Root::of(Aggregate::Person, draft.person.id);
            if draft.new {
                new.insert(root)
            } else {
                raised.insert(root)
            };
            raised.extend(draft.teams().map(|team| Root::of(Aggregate::Team, team)));
            draft.closed.iter().for_each(|(id, at)| stays.entry(*at).or_default().push(*id));
            draft.left.iter().for_each(|(id, at)| holdings.entry(*at).or_default().push(*id));
            opened.extend(draft.opened);
            taken.extend(draft.taken.into_iter().map(|held| (ids::fresh_uuid(write.now()), held)));
            external.extend(draft.more_external_id.map(|name| (draft.person.id, name)));
        }
        write.tx.insert_person_external_ids(&external).await?;
        for (at, ids) in stays {
            write.tx.close_stays(&ids, at).await?;
        }
        write.tx.insert_memberships(&opened).await?;
        for (at, ids) in holdings {
            write.tx.close_holdings(&ids, at).await?;
        }
        write.tx.insert_person_role_profiles(&taken).await
    }
}

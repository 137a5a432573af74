//! Files of role profiles to rows: by form, by the rules of the domain and against each other, all faults of
//! all files at once.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::{
    domain::{
        ids::{Id, Kind},
        profiles::{
            CareerPath, CareerPathKind, RoleProfile, RoleProfileStatus,
            rules::{self, Breach, Step},
        },
    },
    interchange::{
        places::Placed,
        profiles::{
            CareerPathRow, ProfileRow,
            form::{self, Kept},
        },
        reading::{Fault, Refused},
    },
};

/// What files may name besides each other.
#[derive(Debug, Clone, Default)]
pub struct Known {
    skills: BTreeMap<String, Option<String>>,
    profiles: BTreeSet<String>,
    paths: Vec<(String, String, CareerPathKind)>,
}

impl Known {
    /// Skills that can be named, by slug.
    #[must_use]
    pub fn skills<'a>(slugs: impl IntoIterator<Item = &'a str>) -> Self {
        let skills = slugs.into_iter().map(|slug| (slug.to_owned(), None)).collect();
        Self { skills, ..Self::default() }
    }

    /// A skill that exists and cannot be named, and why.
    pub fn unusable_skill(&mut self, slug: &str, why: String) {
        self.skills.insert(slug.to_owned(), Some(why));
    }

    /// A profile that no file holds and that stays, with the ways that lead on from it.
    pub fn profile(&mut self, row: &ProfileRow) {
        self.profiles.insert(row.key.clone());
        let path = |path: &CareerPathRow| (row.key.clone(), path.to.clone(), path.kind);
        self.paths.extend(row.career_paths.iter().map(path));
    }

    fn rule_of_skill(&self, slug: &str) -> Option<String> {
        match self.skills.get(slug) {
            Some(None) => None,
            Some(Some(why)) => Some(format!("`{slug}` {why}")),
            None => Some(format!("there is no skill `{slug}`")),
        }
    }
}

/// Files that were read by form and by the rules, and not yet held against what there is: the long part, which
/// needs no database.
pub struct Parsed {
    read: Vec<Read>,
    faults: Vec<Fault>,
}

/// Reads files, `(name, text)` each, as far as that can be done without knowing what they may name.
#[must_use]
pub fn parse(files: &[(&str, &str)]) -> Parsed {
    let mut parsed = Parsed { read: Vec::new(), faults: Vec::new() };
    for (file, text) in files {
        match Placed::read(file, text) {
            Ok(placed) => parsed.read.extend(one(placed, &mut parsed.faults)),
            Err(refused) => parsed.faults.extend(refused.0),
        }
    }
    parsed
}

impl Parsed {
    /// The rows, when all of them name what there is.
    ///
    /// # Errors
    /// [`Refused`] with every fault of every file.
    pub fn rows(self, known: &Known) -> Result<Vec<ProfileRow>, Refused> {
        let Self { read, mut faults } = self;
        read.iter().for_each(|read| read.check_names(known, &mut faults));
        check_together(&read, known, &mut faults);
        if faults.is_empty() {
            return Ok(read.into_iter().map(|read| read.row.normal()).collect());
        }
        faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        faults.dedup();
        Err(Refused(faults))
    }
}

/// Reads files, `(name, text)` each.
///
/// # Errors
/// [`Refused`] with every fault of every file.
pub fn read_all(files: &[(&str, &str)], known: &Known) -> Result<Vec<ProfileRow>, Refused> {
    parse(files).rows(known)
}

fn one(mut placed: Placed, faults: &mut Vec<Fault>) -> Option<Read> {
    faults.extend(placed.repeated());
    let (of_form, kept) = form::check(&mut placed);
    faults.extend(of_form);
    match serde_json::from_value::<ProfileRow>(placed.value.take()) {
        Ok(row) => {
            let read = Read { placed, kept, row: row.tidied() };
            read.check_rules(faults);
            Some(read)
        }
        Err(error) => {
            faults.push(placed.fault("", error.to_string()));
            None
        }
    }
}

/// Ids that stand for names while the rules are asked.
#[derive(Default)]
struct Names(BTreeMap<String, u128>);

impl Names {
    fn id<K: Kind>(&mut self, name: &str) -> Id<K> {
        let next = self.0.len() as u128 + 1;
        Id::from_uuid(Uuid::from_u128(*self.0.entry(name.to_owned()).or_insert(next)))
    }
}

/// A file as far as it could be read; what is out of form is left out of the row.
struct Read {
    placed: Placed,
    kept: Kept,
    row: ProfileRow,
}

impl Read {
    /// Where in the file something in the row stands.
    fn pointer(&self, at: &[Step]) -> String {
        let mut steps: Vec<String> = match at {
            [Step::Field("responsibilities"), Step::At(index), Step::Field(field)] => {
                self.statement(*index, field)
            }
            at => at.iter().map(ToString::to_string).collect(),
        };
        if let [list, index, ..] = steps.as_mut_slice()
            && let Some(kept) = self.kept.get(list)
            && let Some(before) = index.parse::<usize>().ok().and_then(|index| kept.get(index))
        {
            *index = before.to_string();
        }
        let in_file = |step: &String| match step.as_str() {
            "skillId" => "/skill".to_owned(),
            "skillIds" => "/skills".to_owned(),
            "requiredLevel" => "/level".to_owned(),
            "toId" => "/to".to_owned(),
            step => format!("/{step}"),
        };
        steps.iter().map(in_file).collect()
    }

    /// The domain counts statements, a file has them by area.
    fn statement(&self, index: usize, field: &str) -> Vec<String> {
        let (mut area, mut left) = (0, index);
        for row in &self.row.responsibilities {
            if left < row.statements.len() {
                break;
            }
            left -= row.statements.len();
            area += 1;
        }
        let above = ["responsibilities".to_owned(), area.to_string()].into_iter();
        match field {
            "area" => above.chain(["area".to_owned()]).collect(),
            _ => above.chain(["statements".to_owned(), left.to_string()]).collect(),
        }
    }

    fn note(&self, at: &[Step], rule: String, faults: &mut Vec<Fault>) {
        faults.push(self.placed.fault(&self.pointer(at), rule));
    }

    fn check_names(&self, known: &Known, faults: &mut Vec<Fault>) {
        let of_item = |list, index| [Step::Field(list), Step::At(index), Step::Field("skill")];
        let required = self.row.requirements.iter().enumerate();
        let required = required.map(|(index, row)| (of_item("requirements", index).to_vec(), &row.skill));
        let practised = self.row.practices.iter().enumerate();
        let practised = practised
            .filter_map(|(index, row)| Some((of_item("practices", index).to_vec(), row.skill.as_ref()?)));
        let helping = self.row.challenges.iter().enumerate().flat_map(|(index, row)| {
            let at = move |place| {
                vec![Step::Field("challenges"), Step::At(index), Step::Field("skills"), Step::At(place)]
            };
            row.skills.iter().enumerate().map(move |(place, slug)| (at(place), slug))
        });
        for (at, slug) in required.chain(practised).chain(helping) {
            if let Some(rule) = known.rule_of_skill(slug) {
                self.note(&at, rule, faults);
            }
        }
    }

    fn check_rules(&self, faults: &mut Vec<Fault>) {
        let (mut skills, mut roles) = (Names::default(), Names::default());
        let profile = self.profile(&mut roles);
        let content = self.row.content(|slug| skills.id(slug));
        let found = rules::of_profile(&profile)
            .into_iter()
            .chain(rules::of_content(&self.row.summary, &content))
            .chain(rules::of_paths(profile.id, &self.row.paths(profile.id, |key| roles.id(key))));
        for Breach { at, rule } in found {
            self.note(&at, rule, faults);
        }
    }

    fn profile(&self, roles: &mut Names) -> RoleProfile {
        RoleProfile {
            id: roles.id(&self.row.key),
            key: self.row.key.clone(),
            title: self.row.title.clone(),
            family: self.row.family.clone(),
            track: self.row.track,
            seniority: self.row.seniority,
            status: RoleProfileStatus::Active,
            published_version_id: None,
            revision: 1,
        }
    }

    fn has(&self, faults: &[Fault], field: &str) -> bool {
        faults.iter().any(|fault| fault.file == self.placed.file() && fault.field == field)
    }
}

/// Keys are unique, paths lead to profiles there are, and only LATERAL ones form a circle.
fn check_together(read: &[Read], known: &Known, faults: &mut Vec<Fault>) {
    let keys: BTreeSet<&str> = read.iter().map(|read| read.row.key.as_str()).collect();
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for one in read.iter().filter(|one| !one.has(faults, "key")).collect::<Vec<_>>() {
        if let Some(other) = seen.insert(&one.row.key, one.placed.file()) {
            one.note(&[Step::Field("key")], format!("`{}` is used in {other} too", one.row.key), faults);
        }
    }
    let mut roles = Names::default();
    let mut all: Vec<CareerPath> =
        read.iter().flat_map(|one| one.row.paths(roles.id(&one.row.key), |key| roles.id(key))).collect();
    let beside = known.paths.iter().filter(|(from, ..)| !keys.contains(from.as_str()));
    all.extend(beside.map(|(from, to, kind)| CareerPath {
        from_id: roles.id(from),
        to_id: roles.id(to),
        kind: *kind,
        criteria: String::new(),
    }));
    for one in read {
        for (index, path) in one.row.career_paths.iter().enumerate() {
            if !keys.contains(path.to.as_str()) && !known.profiles.contains(&path.to) {
                let at = [Step::Field("careerPaths"), Step::At(index), Step::Field("to")];
                one.note(&at, format!("there is no role profile `{}`", path.to), faults);
            }
        }
    }
    // One end of a circle is enough to find it by.
    let closing = read.iter().find_map(|one| {
        let from = roles.id(&one.row.key);
        rules::circle(from, &all).map(|path| (one, path.to_id))
    });
    if let Some((one, to)) = closing
        && let Some(index) = one.row.career_paths.iter().position(|path| roles.id(&path.to) == to)
    {
        let at = [Step::Field("careerPaths"), Step::At(index), Step::Field("to")];
        let (from, to) = (&one.row.key, one.row.career_paths.get(index).map_or("", |path| &path.to));
        one.note(&at, format!("`{from}` to `{to}` closes a circle"), faults);
    }
}

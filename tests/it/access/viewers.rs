//! Who asks: each claim, each relation, and the two together.

use std::fmt;

use assay::{
    auth::issuer::Grant,
    domain::{policy::Claim, text::slug_of},
};

use crate::support::World;

/// Everybody who may stand in a relation to something. `nobody` is a subject no person is linked to; Ina
/// left, which is the same.
pub const RELATIONS: [&str; 12] =
    ["nobody", "hana", "lena", "mia", "paul", "stan", "otto", "olga", "sam", "oda", "rex", "ina"];

/// Those of them who are active people.
pub const MEMBERS: [&str; 10] = ["hana", "lena", "mia", "paul", "stan", "otto", "olga", "sam", "oda", "rex"];

/// What a token may carry: nothing, a claim, or the scope of a program.
pub const GRANTS: [&[&str]; 20] = [
    &[],
    &["INTERVIEWER"],
    &["QUESTION_EDITOR"],
    &["RECRUITER"],
    &["CALIBRATOR"],
    &["ADMIN"],
    &["SERVICE"],
    &["teams:read"],
    &["people:read"],
    &["catalogue:read"],
    &["assessments:read"],
    &["salaries:read"],
    &["development:read"],
    &["questions:read", "catalogue:read"],
    &["questions:write", "catalogue:read"],
    &["teams:write", "people:write", "skills:write", "assessments:write"],
    &["teams:read", "people:read"],
    &["teams:read", "assessments:read"],
    &["people:read", "assessments:read"],
    &["teams:read", "people:read", "catalogue:read", "assessments:read"],
];

/// What a program may read, and all a program can be granted.
const READS: &[&str] = &["teams:read", "people:read", "catalogue:read", "assessments:read"];
const READS_AND_WRITES: &[&str] = &[
    "teams:read",
    "people:read",
    "catalogue:read",
    "assessments:read",
    "teams:write",
    "people:write",
    "skills:write",
    "assessments:write",
    "development:read",
    "development:write",
    "questions:write",
];

/// Programs that act for a person: they see what their scopes name, nothing by that person's relations.
const DELEGATED: [Viewer; 4] = [
    Viewer {
        person: "for mia",
        grants: &["teams:write", "people:write", "skills:write", "assessments:write"],
    },
    Viewer { person: "for mia", grants: READS },
    Viewer { person: "for mia", grants: READS_AND_WRITES },
    Viewer { person: "for olga", grants: READS_AND_WRITES },
];

/// Whose answers tell what there is to be seen: everything that can be granted, at once.
const EVERYTHING: &[&str] = &[
    "ADMIN",
    "RECRUITER",
    "QUESTION_EDITOR",
    "teams:read",
    "people:read",
    "catalogue:read",
    "assessments:read",
    "salaries:read",
    "development:read",
];

/// One who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewer {
    /// The person they are, see [`RELATIONS`]; `for mia` is nobody but a program that acts for Mia.
    pub person: &'static str,
    /// What their token carries: claims, and scopes, which only a SERVICE has.
    pub grants: &'static [&'static str],
}

impl Viewer {
    /// Who sees everything there is.
    pub const OMNISCIENT: Self = Self { person: "nobody", grants: EVERYTHING };

    /// Each relation without a claim, each claim without a relation, and the programs that act for others.
    pub fn plain() -> Vec<Self> {
        let relations = RELATIONS.into_iter().map(|person| Self { person, grants: &[] });
        let grants = GRANTS.into_iter().skip(1).map(|grants| Self { person: "nobody", grants });
        relations.chain(grants).chain(DELEGATED).collect()
    }

    /// Every claim with every relation, and the programs that act for others.
    pub fn all() -> Vec<Self> {
        let of = |person| GRANTS.into_iter().map(move |grants| Self { person, grants });
        RELATIONS.into_iter().flat_map(of).chain(DELEGATED).collect()
    }

    /// Whether they are an active person of the organisation.
    pub fn is_member(&self) -> bool {
        MEMBERS.contains(&self.person)
    }

    /// The person a program acts for.
    pub fn acts_for(&self) -> Option<&'static str> {
        self.person.strip_prefix("for ")
    }

    /// Whether they may change something in the name of the person they act for.
    pub fn writes_for_another(&self) -> bool {
        self.acts_for().is_some() && self.grants.contains(&"assessments:write")
    }

    /// Whether the whole question bank is open to them.
    pub fn edits_questions(&self) -> bool {
        ["QUESTION_EDITOR", "questions:write"].iter().any(|grant| self.grants.contains(grant))
    }

    /// The subject of a person's token.
    fn subject_of(person: &str) -> String {
        let name = match person {
            "nobody" => "Nobody at all",
            "hana" => "Hana Head",
            "lena" => "Lena Lead",
            "mia" => "Mia Myself",
            "paul" => "Paul Peer",
            "stan" => "Stan Store",
            "otto" => "Otto Other",
            "olga" => "Olga Owner",
            "sam" => "Sam Stranger",
            "oda" => "Oda Open",
            "rex" => "Rex Roamer",
            "ina" => "Ina Inactive",
            other => panic!("nobody is called {other}"),
        };
        slug_of(name)
    }

    /// The claims of their token; a scope makes it a program's.
    pub fn claims(&self) -> Vec<Claim> {
        let mut claims: Vec<Claim> = self.grants.iter().filter_map(|grant| Claim::parse(grant)).collect();
        if !self.scopes().is_empty() {
            claims.push(Claim::Service);
        }
        claims
    }

    /// The scopes of their token.
    pub fn scopes(&self) -> Vec<&'static str> {
        self.grants.iter().copied().filter(|grant| grant.contains(':')).collect()
    }

    /// A token of theirs.
    pub fn token(&self, world: &World) -> String {
        match self.acts_for() {
            Some(person) => world.mint(&Grant {
                scopes: self.scopes().into_iter().map(str::to_owned).collect(),
                acting_for: Some(Self::subject_of(person)),
                ..Grant::to("a-program", &self.claims())
            }),
            None => world.token(&Self::subject_of(self.person), &self.claims(), &self.scopes()),
        }
    }
}

impl fmt::Display for Viewer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]", self.person, self.grants.join(" "))
    }
}

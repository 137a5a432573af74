//! What is expected: who sees which object. Written from the rules, not from the code.
//!
//! A row names objects, the people who see them by what they are to them, and the claims and scopes that
//! show them to anybody. Permissions add up. What no row names is seen by nobody.

use std::collections::BTreeSet;

use super::{objects::Objects, questions, viewers::Viewer};

/// In a row: every active person.
const MEMBER: &str = "*";
/// In a row: what shows the catalogue, which every claim does but a program's.
const CATALOGUE: &str = "INTERVIEWER QUESTION_EDITOR RECRUITER CALIBRATOR ADMIN catalogue:read";
const TEAMS: &str = "ADMIN teams:read";
const PEOPLE: &str = "ADMIN people:read";
const RATINGS: &str = "assessments:read";
const EXCUSES: &str = "ADMIN assessments:read";
const PLANS: &str = "development:read";
const BANK: &str = "QUESTION_EDITOR questions:write";
const ASKED: &str = "QUESTION_EDITOR questions:write INTERVIEWER questions:read";

/// Objects, separated by commas; by relation; by claim or scope.
type Row = (&'static str, &'static str, &'static str);

#[rustfmt::skip]
const OBJECTS: &[Row] = &[
    // Teams: those who are in them, those who lead them or one above them.
    ("team/company", "hana", TEAMS),
    ("team/platform", "hana lena mia paul", TEAMS),
    ("team/storage", "hana lena stan", TEAMS),
    ("team/web", "hana otto olga sam oda", TEAMS),
    ("team/legacy, team/vacant", "", TEAMS),

    // People: themselves, those they share a team with, those who lead them; Mia is rated in what Olga
    // owns; Oda lets everyone find her; who left is for ADMIN.
    ("person/hana", "hana", PEOPLE),
    ("person/lena, person/paul", "hana lena mia paul", PEOPLE),
    ("person/mia", "hana lena mia paul olga", PEOPLE),
    ("person/stan", "hana lena stan", PEOPLE),
    ("person/otto, person/olga, person/sam", "hana otto olga sam oda", PEOPLE),
    ("person/oda", MEMBER, PEOPLE),
    ("person/rex", "rex", PEOPLE),
    ("person/ina", "", "ADMIN"),

    // The catalogue: everyone who is known. A proposal is between its proposer, its owner and ADMIN.
    ("skill/rust, skill/sql, skill/exam, skill/cobol, skill/oxide", MEMBER, CATALOGUE),
    ("skill/zig", "sam paul", "ADMIN"),
    ("category/languages, category/systems", MEMBER, CATALOGUE),

    // Role profiles: what was ever published. Drafts and what was withdrawn are ADMIN's.
    ("profile/engineer, version/engineer 1, version/engineer 2", MEMBER, CATALOGUE),
    ("profile/principal, version/principal 1", MEMBER, CATALOGUE),
    ("version/engineer 3, profile/planned, version/planned 1", "", "ADMIN"),
    ("profile/retired, version/retired 1", "", "ADMIN"),

    // Assessments: whom they are of, who leads these, who wrote them as a manager or a peer, and of PEER
    // and CERTIFICATE ones who owns the skill. ADMIN sees none.
    ("rating/mia self, rating/mia interview, rating/mia import, rating/mia oxide", "mia lena hana", RATINGS),
    ("rating/mia cobol, rating/mia manager, rating/mia manager hana", "mia lena hana", RATINGS),
    ("rating/mia manager rex", "mia lena hana rex", RATINGS),
    ("rating/mia peer paul", "mia lena hana olga paul", RATINGS),
    ("rating/mia peer rex", "mia lena hana olga rex", RATINGS),
    ("rating/mia peer sam", "mia lena hana olga sam", RATINGS),
    ("rating/mia peer oda", "mia lena hana olga oda", RATINGS),
    ("rating/mia exam", "mia lena hana olga", RATINGS),
    ("rating/mia sql paul", "mia lena hana paul", RATINGS),
    ("rating/stan self", "stan lena hana", RATINGS),
    ("rating/sam self", "sam otto hana", RATINGS),
    ("rating/sam peer olga", "sam otto hana olga", RATINGS),
    // Plans, with their goals and check-ins: whose they are, and who leads these. ADMIN sees none, and
    // nobody leads who left.
    ("plan/mia draft, plan/mia active, goal/mia draft, goal/mia active", "mia lena hana", PLANS),
    ("goal/mia late, check-in/mia active", "mia lena hana", PLANS),
    ("plan/stan draft, goal/stan draft", "stan lena hana", PLANS),
    ("plan/sam agreed, goal/sam agreed", "sam otto hana", PLANS),
    ("plan/rex draft", "rex", PLANS),
    ("plan/ina draft, goal/ina draft", "", PLANS),

    // What to learn from: who sees the skill.
    ("resource/rust, resource/sql", MEMBER, CATALOGUE),
    ("resource/zig", "sam paul", "ADMIN"),

    // Nobody leads who left; who wrote about her sees what they wrote.
    ("rating/ina self", "", RATINGS),
    ("rating/ina peer paul", "paul", RATINGS),

    // Questions: what may be asked, and what published sets pin, is for those who interview; all of it for
    // those who edit the bank. Who interviews and wrote a version sees it, wherever it stands.
    ("question/asked, edition/asked 2, question/pinned, edition/pinned 1", "", ASKED),
    ("edition/asked 1", "", BANK),
    ("edition/asked 3", "", "QUESTION_EDITOR questions:write INTERVIEWER@mia questions:read@mia"),
    ("question/leaked, edition/leaked 1", "", "QUESTION_EDITOR questions:write INTERVIEWER@lena questions:read@lena"),
    ("question/proposed, edition/proposed 1", "", "QUESTION_EDITOR questions:write INTERVIEWER@sam questions:read@sam"),
    ("question/judged, edition/judged 1", "", "QUESTION_EDITOR questions:write INTERVIEWER@paul questions:read@paul"),

    // Sets of questions: published ones for those who interview, every one for those who edit the bank, the own
    // for whoever interviews.
    ("set/shared", "", ASKED),
    ("set/own", "", "QUESTION_EDITOR questions:write INTERVIEWER@mia questions:read@mia"),
    ("set/past", "", BANK),

    // Assessment rounds: whoever sees the team.
    ("round/platform", "hana lena mia paul", TEAMS),
    ("round/web", "hana otto olga sam oda", TEAMS),

    // Exemptions: whom they are of, and who leads these. ADMIN may grant them and so sees them.
    ("exemption/mia rust, exemption/mia sql", "mia lena hana", EXCUSES),
    ("exemption/sam rust", "sam otto hana", EXCUSES),
    ("exemption/ina rust", "", EXCUSES),
];

/// Whose effective levels, interests and matrix row are open to whom: themselves and those who lead them.
#[rustfmt::skip]
const BOOKS: &[Row] = &[
    ("person/hana", "hana", RATINGS),
    ("person/lena", "hana lena", RATINGS),
    ("person/mia", "hana lena mia", RATINGS),
    ("person/paul", "hana lena paul", RATINGS),
    ("person/stan", "hana lena stan", RATINGS),
    ("person/otto", "hana otto", RATINGS),
    ("person/olga", "hana otto olga", RATINGS),
    ("person/sam", "hana otto sam", RATINGS),
    ("person/oda", "hana otto oda", RATINGS),
    ("person/rex", "rex", RATINGS),
    ("person/ina", "", RATINGS),
];

/// Who is in a team with whom.
const TEAM_MATES: [&str; 2] = ["lena mia paul", "otto olga sam oda"];

/// Hana leads the company, and so everything below it.
const HEADED_BY_HANA: [&str; 4] = ["team/company", "team/platform", "team/storage", "team/web"];

/// What is not an object of its own: the scale, which belongs to the catalogue, and pay.
const CATALOGUE_ROW: Row = ("", MEMBER, CATALOGUE);
const PAY_ROW: Row = ("", "", "RECRUITER salaries:read");

fn grants(row: &Row, viewer: &Viewer) -> bool {
    let (_, people, claims) = row;
    let by_relation = match *people {
        MEMBER => viewer.is_member(),
        people => people.split_whitespace().any(|person| person == viewer.person),
    };
    by_relation || claims.split_whitespace().any(|claim| holds(viewer, claim))
}

/// Whether the viewer has a claim; `CLAIM@person` is the claim in that person's token.
fn holds(viewer: &Viewer, claim: &str) -> bool {
    match claim.split_once('@') {
        Some((claim, person)) => viewer.person == person && viewer.grants.contains(&claim),
        None => viewer.grants.contains(&claim),
    }
}

fn row_of<'a>(rows: &'a [Row], name: &str) -> Option<&'a Row> {
    rows.iter().find(|(names, _, _)| names.split(", ").any(|named| named == name))
}

impl Viewer {
    /// Whether they see the object called `name`. A stay is seen by who sees both its team and its person.
    pub fn sees(&self, name: &str) -> bool {
        if let Some(stay) = name.strip_prefix("stay/") {
            let (person, team) = stay.split_once(' ').expect("a person and a team");
            return self.sees(&format!("person/{person}")) && self.sees(&format!("team/{team}"));
        }
        let row = row_of(OBJECTS, name).unwrap_or_else(|| panic!("no row says who sees {name}"));
        grants(row, self)
    }

    /// Whether all that a person can do is open to them.
    pub fn reads_book_of(&self, person: &str) -> bool {
        grants(row_of(BOOKS, person).unwrap_or_else(|| panic!("no row opens the book of {person}")), self)
    }

    /// Whether they lead the person: whose book is open to them, and is not their own.
    pub fn leads(&self, person: &str) -> bool {
        let by_relation = Self { grants: &[], ..*self };
        by_relation.reads_book_of(person) && person.strip_prefix("person/") != Some(self.person)
    }

    /// Whether they lead the team, or one above it.
    pub fn heads(&self, team: &str) -> bool {
        match self.person {
            "hana" => HEADED_BY_HANA.contains(&team),
            "lena" => ["team/platform", "team/storage"].contains(&team),
            "otto" => team == "team/web",
            _ => false,
        }
    }

    /// Whether they are in a team with the person.
    pub fn is_mate_of(&self, person: &str) -> bool {
        let person = person.strip_prefix("person/").expect("a person");
        let both =
            |team: &str| [person, self.person].iter().all(|one| team.split(' ').any(|in_it| in_it == *one));
        person != self.person && TEAM_MATES.iter().any(|team| both(team))
    }

    pub fn sees_catalogue(&self) -> bool {
        grants(&CATALOGUE_ROW, self)
    }

    pub fn sees_pay(&self) -> bool {
        grants(&PAY_ROW, self)
    }

    /// What reviewers and leak reports say of a version: for those who edit the bank, and for its author.
    pub fn sees_verdicts_on(&self, edition: &str) -> bool {
        let own = questions::author_of(edition) == Some(self.person);
        let interviews = ["INTERVIEWER", "questions:read"].iter().any(|grant| self.grants.contains(grant));
        self.edits_questions() || (interviews && own)
    }

    /// Which token is whose: the person's own, and ADMIN's to know.
    pub fn sees_identity_of(&self, person: &str) -> bool {
        person.strip_prefix("person/") == Some(self.person) && self.is_member()
            || self.grants.contains(&"ADMIN")
    }
}

/// Every row names what there is, and everything there is has a row.
pub fn check(objects: &Objects<'_>) {
    let rows: Vec<&str> = OBJECTS.iter().flat_map(|(names, _, _)| names.split(", ")).collect();
    let named: BTreeSet<&str> = rows.iter().copied().collect();
    assert_eq!(rows.len(), named.len(), "an object has two rows");
    let laid: BTreeSet<&str> =
        objects.iter().map(|(name, _)| name).filter(|name| !name.starts_with("stay/")).collect();
    assert_eq!(named, laid);
    let books: BTreeSet<&str> = BOOKS.iter().map(|(name, _, _)| *name).collect();
    assert_eq!(books, objects.of("Person").into_iter().collect());
}

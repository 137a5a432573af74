//! People, the teams they are in and the role profiles they hold, as rows of a table: one row a stay. Knows
//! nothing of what is in the database.

use std::path::{Path, PathBuf};

use crate::{
    domain::{
        people::{Discoverability, Identity},
        teams::TeamRole,
        time::Timestamp,
    },
    interchange::sheet::{
        Cells, Dialect, Field, Mapping, Reading, Remark, Rows, Sheet, SheetError, choice, instant, rows,
    },
};

/// What separates the names of a team's path in one cell.
const BELOW: char = '>';

const fn field(name: &'static str, holds: &'static str) -> Field {
    Field { name, required: false, holds }
}

/// What a table of people can hold.
pub const PERSON_FIELDS: &[Field] = &[
    Field { name: "externalId", required: true, holds: "the person's id in the system the file is from" },
    field("displayName", "1 to 200 characters"),
    field("email", "an address nobody else has"),
    field("title", "their job title"),
    field("discoverability", "TEAM, ORGANISATION or NOBODY"),
    field("issuer", "the issuer of their tokens"),
    field("subject", "the subject of their tokens"),
    field("status", "ACTIVE, or LEFT"),
    field("team", "a team's slug, or names from the top down: Engineering > Platform"),
    field("teamExternalId", "the team's id in the system the file is from"),
    field("role", "LEAD or MEMBER"),
    field("allocationPct", "1 to 100"),
    field("validFrom", "the first day in the team"),
    field("validTo", "the first day out of it"),
    field("roleProfile", "the key of a role profile they hold"),
];

/// One stay of a person, or a person without any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonRow {
    /// Their id in the other system.
    pub external_id: String,
    /// Their name.
    pub display_name: Option<String>,
    /// Their address.
    pub email: Option<String>,
    /// Their title; `Some(None)` when the file has the column and they have none.
    pub title: Option<Option<String>>,
    /// Who may find them.
    pub discoverability: Option<Discoverability>,
    /// Their tokens.
    pub identity: Option<Identity>,
    /// Whether they left.
    pub left: bool,
    /// The stay.
    pub stay: Option<StayRow>,
    /// The key of a role profile.
    pub role_profile: Option<String>,
}

/// A stay in a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StayRow {
    /// The team by names from the top down, or by its slug alone.
    pub team: Vec<String>,
    /// The team by its id in the other system.
    pub team_external_id: Option<String>,
    /// MEMBER when the file says nothing.
    pub role: TeamRole,
    /// 100 when the file says nothing.
    pub allocation_pct: i32,
    /// Since when.
    pub from: Option<Timestamp>,
    /// Until when.
    pub to: Option<Timestamp>,
}

/// A table of people that can be read more than once.
#[derive(Debug, Clone)]
pub struct Roster {
    file: PathBuf,
    mapping: Mapping,
    /// Columns of which nothing is imported.
    pub left_out: Vec<String>,
    /// Whether the file tells of teams at all.
    pub has_teams: bool,
}

impl Roster {
    /// Opens a table of people.
    ///
    /// # Errors
    /// [`SheetError`] when it cannot be opened or the mapping does not fit it.
    pub fn open(file: &Path, mapping: Mapping) -> Result<Self, SheetError> {
        let sheet = Sheet::open(file, Dialect::of(file))?;
        let bound = mapping.bind(&sheet.name(), PERSON_FIELDS, sheet.header())?;
        let left_out = bound.left_out().into_iter().map(|column| format!("column `{column}`")).collect();
        let has_teams = bound.has("team") || bound.has("teamExternalId");
        Ok(Self { file: file.to_owned(), mapping, left_out, has_teams })
    }

    /// The file.
    #[must_use]
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Its rows, from the first on.
    ///
    /// # Errors
    /// [`SheetError`].
    pub fn rows(&self) -> Result<Rows<PersonRow>, SheetError> {
        rows(&self.file, Dialect::of(&self.file), PERSON_FIELDS, &self.mapping, person)
    }
}

fn person(cells: Cells<'_>, reading: &mut Reading) -> PersonRow {
    let owned = |field: &str| cells.text(field).map(str::to_owned);
    let external_id = owned("externalId").unwrap_or_default();
    reading.label.clone_from(&external_id);
    let broken = &mut reading.broken;
    if external_id.is_empty()
        || external_id.chars().count() > 200
        || external_id.chars().any(char::is_control)
    {
        broken.push(
            cells.remark("externalId", "must have 1 to 200 characters, none of them a control character"),
        );
    }
    let left = cells.parsed(broken, "status", |text| match text.to_uppercase().as_str() {
        "ACTIVE" => Ok(false),
        "LEFT" | "INACTIVE" => Ok(true),
        _ => Err(format!("`{text}` is none of ACTIVE, LEFT")),
    });
    PersonRow {
        external_id,
        display_name: owned("displayName"),
        email: owned("email"),
        title: cells.has("title").then(|| owned("title")),
        discoverability: cells.parsed(broken, "discoverability", |text| {
            choice(Discoverability::ALL, Discoverability::as_str, text)
        }),
        identity: identity(cells, broken),
        left: left.unwrap_or_default(),
        stay: stay(cells, broken),
        role_profile: owned("roleProfile"),
    }
}

fn identity(cells: Cells<'_>, broken: &mut Vec<Remark>) -> Option<Identity> {
    let subject = cells.text("subject")?.to_owned();
    let Some(issuer) = cells.text("issuer").map(str::to_owned) else {
        broken.push(cells.remark("subject", "needs an issuer: a column, or --issuer"));
        return None;
    };
    for (field, claim) in [("issuer", &issuer), ("subject", &subject)] {
        if claim.chars().count() > 2_000 || claim.chars().any(char::is_control) {
            broken.push(
                cells.remark(field, "must have at most 2000 characters, none of them a control character"),
            );
        }
    }
    Some(Identity { issuer, subject })
}

fn stay(cells: Cells<'_>, broken: &mut Vec<Remark>) -> Option<StayRow> {
    let path = |text: &str| {
        text.split(BELOW).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
    };
    let team: Vec<String> = cells.text("team").map(path).unwrap_or_default();
    let team_external_id = cells.text("teamExternalId").map(str::to_owned);
    let role = cells.parsed(broken, "role", |text| choice(TeamRole::ALL, TeamRole::as_str, text));
    let allocation = cells.parsed(broken, "allocationPct", |text| {
        let share = text.trim_end_matches('%').trim().parse().ok().filter(|share| (1..=100).contains(share));
        share.ok_or_else(|| format!("`{text}` is not a whole number from 1 to 100"))
    });
    let from = cells.parsed(broken, "validFrom", instant);
    let to = cells.parsed(broken, "validTo", instant);
    if let (Some(from), Some(to)) = (from, to)
        && to <= from
    {
        broken.push(cells.remark("validTo", "must be after validFrom"));
    }
    if team_external_id
        .as_ref()
        .is_some_and(|id| id.chars().count() > 200 || id.chars().any(char::is_control))
    {
        broken.push(
            cells.remark("teamExternalId", "must have 1 to 200 characters, none of them a control character"),
        );
    }
    if team.is_empty() && team_external_id.is_none() {
        return None;
    }
    Some(StayRow {
        team,
        team_external_id,
        role: role.unwrap_or(TeamRole::Member),
        allocation_pct: allocation.unwrap_or(100),
        from,
        to,
    })
}

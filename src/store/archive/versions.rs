//! Role profile versions on their way back: the schema admits their content only while they are DRAFT, and
//! one DRAFT a profile. So they wait in temporary tables, and are published again one number after another.

use sea_orm::FromQueryResult;

use crate::store::{
    StoreError, Tx,
    archive::tables,
    table::{Column, Table},
};

const VERSION: &str = "role_profile_version";

/// The tables that a version holds, and how their rows find it; `v` are the versions that wait.
const CONTENT: [(&str, &str); 8] = [
    ("responsibility", OF_VERSION),
    ("role_skill_requirement", OF_VERSION),
    ("qualification", OF_VERSION),
    ("practice", OF_VERSION),
    ("challenge", OF_VERSION),
    (
        "challenge_skill",
        "challenge_id IN (SELECT c.id FROM waiting_challenge c \
         JOIN waiting_role_profile_version v ON v.id = c.role_profile_version_id WHERE v.number = ",
    ),
    ("market_insight", OF_VERSION),
    ("salary_benchmark", OF_VERSION),
];
const OF_VERSION: &str =
    "role_profile_version_id IN (SELECT v.id FROM waiting_role_profile_version v WHERE v.number = ";

#[derive(FromQueryResult)]
struct Number {
    number: i32,
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

impl Table {
    /// The temporary table its rows wait in; `None` for most, which do not wait.
    pub(super) fn staged(&self) -> Option<Self> {
        let waits = self.name == VERSION || CONTENT.iter().any(|(name, _)| *name == self.name);
        waits.then(|| Self { name: format!("waiting_{}", self.name), ..self.clone() })
    }

    /// Whether it is the last of those that wait.
    pub(super) fn ends_versions(&self) -> bool {
        CONTENT.last().is_some_and(|(name, _)| *name == self.name)
    }
}

/// The tables that wait, versions first.
fn waiting() -> impl Iterator<Item = (Table, Table)> {
    tables().into_iter().filter_map(|table| table.staged().map(|staged| (table, staged)))
}

impl Tx {
    pub(super) async fn stage_versions(&self) -> Result<(), StoreError> {
        for (table, staged) in waiting() {
            let (names, columns) = (&staged.name, table.names());
            let select = format!("SELECT {columns} FROM {} WHERE 1 = 0", table.name);
            self.execute(self.sql(&format!("CREATE TEMPORARY TABLE {names} AS {select}"))).await?;
        }
        Ok(())
    }

    /// Stores the waiting versions with what they hold, each in the status it had.
    pub(super) async fn place_versions(&self) -> Result<(), StoreError> {
        let numbers = "SELECT DISTINCT number FROM waiting_role_profile_version ORDER BY number";
        for Number { number } in self.all(self.sql(numbers)).await? {
            self.draft(number).await?;
            for (name, owned) in CONTENT {
                let table = tables().into_iter().find(|table| table.name == name);
                let columns = table.map_or_else(String::new, |table| table.names());
                let insert =
                    format!("INSERT INTO {name} ({columns}) SELECT {columns} FROM waiting_{name} WHERE ");
                let mut sql = self.sql(&insert);
                sql.push(owned).bind(number).push(")");
                self.execute(sql).await?;
            }
            self.publish(number).await?;
        }
        for (table, staged) in waiting() {
            self.all_came(&table, &staged).await?;
            self.execute(self.sql(&format!("DROP TABLE {}", staged.name))).await?;
        }
        Ok(())
    }

    async fn draft(&self, number: i32) -> Result<(), StoreError> {
        let Some((table, staged)) = waiting().find(|(table, _)| table.name == VERSION) else { return Ok(()) };
        let as_draft = |column: &Column| match column.name {
            "status" => "'DRAFT'",
            "published_at" | "retired_at" => "NULL",
            name => name,
        };
        // A NULL of a temporary table has no type of its own: the columns it leaves out are NULL as well.
        let kept: Vec<&Column> = table.columns.iter().filter(|column| as_draft(column) != "NULL").collect();
        let names: Vec<&str> = kept.iter().map(|column| column.name).collect();
        let values: Vec<&str> = kept.iter().map(|column| as_draft(column)).collect();
        let mut sql = self.sql(&format!(
            "INSERT INTO {VERSION} ({}) SELECT {} FROM {} WHERE number = ",
            names.join(", "),
            values.join(", "),
            staged.name
        ));
        sql.bind(number);
        self.execute(sql).await.map(drop)
    }

    /// DRAFT, PUBLISHED, then SUPERSEDED or ARCHIVED: each by the update that the schema admits.
    async fn publish(&self, number: i32) -> Result<(), StoreError> {
        let was =
            |column: &str| format!("(SELECT w.{column} FROM waiting_{VERSION} w WHERE w.id = {VERSION}.id)");
        let steps = [
            (format!("status = 'PUBLISHED', published_at = {}", was("published_at")), "status <> 'DRAFT'"),
            (
                format!("status = {}, retired_at = {}", was("status"), was("retired_at")),
                "status IN ('SUPERSEDED', 'ARCHIVED')",
            ),
        ];
        for (set, which) in steps {
            let mut sql = self.sql(&format!("UPDATE {VERSION} SET {set} WHERE number = "));
            sql.bind(number).push(&format!(" AND id IN (SELECT id FROM waiting_{VERSION} WHERE {which})"));
            self.execute(sql).await?;
        }
        Ok(())
    }

    /// A row whose version is not in the archive would be left behind without a word.
    async fn all_came(&self, table: &Table, staged: &Table) -> Result<(), StoreError> {
        let missing = format!(
            "SELECT (SELECT count(*) FROM {}) - (SELECT count(*) FROM {}) AS n",
            staged.name, table.name
        );
        let missing = self.one::<Count>(self.sql(&missing)).await?.map_or(0, |count| count.n);
        if missing == 0 {
            return Ok(());
        }
        Err(StoreError::Constraint(format!(
            "{missing} rows of {} belong to no role profile version of the archive",
            table.name
        )))
    }
}

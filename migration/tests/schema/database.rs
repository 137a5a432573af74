//! A migrated database of each kind, and raw SQL against it in one spelling.
//!
//! In a statement `#7` is the id numbered 7 and `@7` the seventh of January 2026.

use std::sync::atomic::{AtomicU32, Ordering};

use migration::Migrator;
use sea_orm_migration::{
    MigratorTrait,
    sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement},
};

/// One migrated, empty database.
pub struct Database {
    pub connection: DatabaseConnection,
}

/// Runs a test on SQLite and then on PostgreSQL, each time on a database of its own.
pub async fn on_both(test: impl AsyncFn(Database)) {
    test(Database::migrated("sqlite::memory:").await).await;

    let server =
        std::env::var("TEST_DATABASE_URL").expect("TEST_DATABASE_URL names a PostgreSQL: run scripts/test");
    let admin = connect(&server).await;
    let name = fresh_name();
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    let db = Database::migrated(&with_database(&server, &name)).await;
    let handle = db.connection.clone();
    test(db).await;
    handle.close().await.unwrap();
    admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    sea_orm_migration::sea_orm::Database::connect(options)
        .await
        .expect("the database answers: run scripts/test")
}

fn fresh_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("assay_schema_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The URL of another database on the same server.
fn with_database(url: &str, name: &str) -> String {
    let (address, query) = url.split_once('?').map_or((url, None), |(address, query)| (address, Some(query)));
    let host = address.find("://").map_or(0, |at| at + 3);
    let server = address[host..].find('/').map_or(address, |slash| &address[..host + slash]);
    query.map_or(format!("{server}/{name}"), |query| format!("{server}/{name}?{query}"))
}

impl Database {
    async fn migrated(url: &str) -> Self {
        let connection = connect(url).await;
        Migrator::up(&connection, None).await.unwrap();
        Self { connection }
    }

    /// Whether this is the PostgreSQL one.
    pub fn is_postgres(&self) -> bool {
        self.connection.get_database_backend() == DbBackend::Postgres
    }

    /// Runs a statement that must be accepted.
    pub async fn accepts(&self, sql: &str) {
        if let Err(error) = self.run(sql).await {
            panic!("{sql}\nwas refused: {error}");
        }
    }

    /// Runs a statement that must be refused with a message that holds `because`, whatever its case.
    pub async fn refuses(&self, sql: &str, because: &str) {
        let error = self.refusal(sql).await;
        assert!(
            error.to_lowercase().contains(&because.to_lowercase()),
            "{sql}\nwas refused otherwise: {error}"
        );
    }

    /// Runs a statement that must meet the unique constraint of that name.
    pub async fn conflicts(&self, sql: &str, constraint: &str) {
        let error = self.refusal(sql).await;
        assert_eq!(conflict(&error).as_deref(), Some(constraint), "{sql}\n{error}");
    }

    /// What the database says to a statement that it must refuse.
    pub async fn refusal(&self, sql: &str) -> String {
        match self.run(sql).await {
            Ok(()) => panic!("{sql}\nwas accepted by {:?}", self.connection.get_database_backend()),
            Err(error) => error.to_string(),
        }
    }

    async fn run(&self, sql: &str) -> Result<(), DbErr> {
        self.connection.execute_unprepared(&self.spell(sql)).await.map(|_| ())
    }

    /// The first column of each row.
    pub async fn strings(&self, sql: &str) -> Vec<String> {
        let statement = Statement::from_string(self.connection.get_database_backend(), self.spell(sql));
        let rows = self.connection.query_all_raw(statement).await.unwrap();
        rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
    }

    /// The tables, by name.
    pub async fn tables(&self) -> Vec<String> {
        self.strings(if self.is_postgres() {
            "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        } else {
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1"
        })
        .await
    }

    /// How many triggers, and functions behind them, there are.
    pub async fn triggers_and_functions(&self) -> usize {
        self.strings(if self.is_postgres() {
            "SELECT proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace
             UNION ALL SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal"
        } else {
            "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
        })
        .await
        .len()
    }

    /// Writes `#7` and `@7` as this database reads them.
    fn spell(&self, sql: &str) -> String {
        let mut spelled = String::new();
        let mut rest = sql;
        while let Some(at) = rest.find(['#', '@']) {
            let digits = rest[at + 1..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - at - 1);
            let number = rest[at + 1..at + 1 + digits].parse::<u32>().unwrap();
            spelled += &rest[..at];
            spelled += &match (&rest[at..=at], self.is_postgres()) {
                ("@", _) => format!("'2026-01-{number:02}T00:00:00+00:00'"),
                (_, true) => format!("'{number:08}-0000-7000-8000-000000000000'::uuid"),
                (_, false) => format!("x'{number:08}000070008000000000000000'"),
            };
            rest = &rest[at + 1 + digits..];
        }
        spelled + rest
    }
}

/// The name of the unique constraint an error is about: PostgreSQL says it, for SQLite it is made of the
/// columns it names.
fn conflict(error: &str) -> Option<String> {
    if let Some((_, rest)) = error.split_once("violates unique constraint \"") {
        return rest.split('"').next().map(str::to_owned);
    }
    let columns = error.split_once("UNIQUE constraint failed: ")?.1.split(", ").collect::<Vec<_>>();
    let table = columns[0].split_once('.')?.0;
    let names = columns.iter().filter_map(|column| column.trim().split_once('.')).map(|(_, name)| name);
    Some(format!("{table}_{}_key", names.collect::<Vec<_>>().join("_")))
}

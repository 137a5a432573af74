//! PostgreSQL for one test: a database made from a migrated template on the server of
//! `TEST_DATABASE_URL`.

use std::{fmt::Display, net::TcpStream, time::Duration};

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use url::Url;

use crate::support::databases::{digest_of_migrations, migrate, short};

/// Serialises the making of the template among processes; any number will do.
const TEMPLATE_LOCK: i64 = 7_305_519_236_084_221;

/// For a busy machine on which many tests connect at once.
const PATIENCE: Duration = Duration::from_secs(20);

/// One test's database on the server.
pub struct PostgresDatabase {
    name: String,
}

impl PostgresDatabase {
    /// Copies the template. The name comes from the test's, so that a failed test leaves one database
    /// behind however often it fails.
    pub async fn create(test: &str) -> Self {
        let server = Server::connect().await;
        let template = server.template().await;
        let checkout = env!("CARGO_MANIFEST_DIR");
        let name = format!("assay_test_{}", short(&blake3::hash(format!("{checkout} {test}").as_bytes())));
        server.execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        server.execute(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        server.close().await;
        Self { name }
    }

    pub fn url(&self) -> String {
        url_of(&self.name)
    }

    pub async fn remove(self) {
        let server = Server::connect().await;
        server.execute(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)).await;
        server.close().await;
    }
}

/// The server's address with another database.
fn url_of(database: &str) -> String {
    let mut url = server_url();
    url.set_path(database);
    url.into()
}

fn server_url() -> Url {
    let url = std::env::var("TEST_DATABASE_URL").unwrap_or_else(|_| {
        panic!("TEST_DATABASE_URL is not set: run scripts/test, which finds or starts PostgreSQL")
    });
    url.parse().unwrap_or_else(|error| panic!("TEST_DATABASE_URL is not an address: {error}"))
}

/// One connection to the server's maintenance database.
struct Server(DatabaseConnection);

impl Server {
    async fn connect() -> Self {
        let url = server_url();
        let place = format!("{}:{}", url.host_str().unwrap_or_default(), url.port().unwrap_or(5432));
        let silent = |error: &dyn Display| -> ! { panic!("PostgreSQL at {place} does not answer: {error}") };
        // A pool tries for long; a server that is gone shows at once.
        TcpStream::connect(&place).unwrap_or_else(|error| silent(&error));
        let mut options = ConnectOptions::new(url.as_str());
        options.max_connections(1).min_connections(1).acquire_timeout(PATIENCE).sqlx_logging(false);
        Self(Database::connect(options).await.unwrap_or_else(|error| silent(&error)))
    }

    async fn execute(&self, sql: &str) {
        self.0.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    async fn close(self) {
        self.0.close().await.expect("the connection closes");
    }

    /// The name of the migrated template, made by whichever test comes first; the others wait.
    async fn template(&self) -> String {
        let template = format!("assay_template_{}", digest_of_migrations());
        if self.has(&template).await {
            return template;
        }
        self.execute(&format!("SELECT pg_advisory_lock({TEMPLATE_LOCK})")).await;
        if !self.has(&template).await {
            let draft = "assay_template_draft";
            self.execute(&format!("DROP DATABASE IF EXISTS {draft} WITH (FORCE)")).await;
            self.execute(&format!("CREATE DATABASE {draft} TEMPLATE template0")).await;
            migrate(&url_of(draft)).await;
            self.execute(&format!("ALTER DATABASE {draft} RENAME TO {template}")).await;
        }
        self.execute(&format!("SELECT pg_advisory_unlock({TEMPLATE_LOCK})")).await;
        template
    }

    async fn has(&self, database: &str) -> bool {
        let find = "SELECT 1 FROM pg_database WHERE datname = $1";
        let find = Statement::from_sql_and_values(DbBackend::Postgres, find, [database.into()]);
        self.0.query_one_raw(find).await.expect("the catalogue of databases").is_some()
    }
}

//! The doctor's look at the database.

use chrono::TimeDelta;

use super::finding::Finding;
use crate::{
    config::{DatabaseSettings, Settings, clock::Clock},
    store::{ChangeStatus, Checkup, Pooler, ServerCheckup, Store},
};

/// The oldest major version of PostgreSQL that is tested.
const OLDEST: u32 = 15;
/// What tokens are forgiven; beyond that clocks that differ refuse good tokens.
const LEEWAY: TimeDelta = TimeDelta::seconds(30);
/// What clocks that are kept differ by at the most.
const KEPT: TimeDelta = TimeDelta::seconds(1);

pub(super) async fn check(settings: &Settings, clock: &Clock) -> Vec<Finding> {
    let Some(database) = &settings.database else {
        let fix = "set DATABASE_URL to postgres://user:password@host/database or sqlite://path/to/file.db";
        return vec![Finding::fail("database", "no usable DATABASE_URL is set", fix)];
    };
    match Store::check_up(database, clock).await {
        Ok(checkup) => findings(settings, database, &checkup),
        Err(no) => vec![Finding::fail("database", no.what, no.fix)],
    }
}

/// Each replica, in the order of DATABASE_REPLICA_URLS.
pub(super) async fn replicas(settings: &Settings) -> Vec<Finding> {
    let check = "replicas";
    let Some(database) = settings.database.as_ref().filter(|database| !database.replica_urls.is_empty())
    else {
        return Vec::new();
    };
    let replicas = match Store::check_up_replicas(database).await {
        Ok(replicas) => replicas,
        Err(error) => {
            let found = format!("the database they follow cannot be asked: {error}");
            return vec![Finding::warn(check, found, "repair the database first")];
        }
    };
    let finding = |(number, replica): (usize, Result<u64, String>)| match replica {
        Ok(behind) => Finding::ok(check, format!("replica {}: follows, {behind} bytes behind", number + 1)),
        Err(why) => Finding::fail(
            check,
            format!("replica {}: {why}; no reads go to it", number + 1),
            "start it or let it follow the database again, or take it out of DATABASE_REPLICA_URLS",
        ),
    };
    replicas.into_iter().enumerate().map(finding).collect()
}

fn findings(settings: &Settings, database: &DatabaseSettings, checkup: &Checkup) -> Vec<Finding> {
    let mut findings = vec![version(checkup), schema(checkup)];
    if let Some(server) = &checkup.server {
        findings.push(pooler(&server.pooler));
        findings.push(clocks(server.skew));
        findings.push(statement_timeout(settings, database, server));
        findings.push(connections(database, server));
    }
    findings
}

fn version(checkup: &Checkup) -> Finding {
    let check = "database";
    match &checkup.server {
        Some(server) if server.major < OLDEST => {
            let fix = format!("upgrade the server to PostgreSQL {OLDEST} or newer");
            Finding::fail(check, format!("{} is too old", checkup.product), fix)
        }
        _ => Finding::ok(check, checkup.product.clone()),
    }
}

fn schema(checkup: &Checkup) -> Finding {
    let check = "schema";
    let count = |status| checkup.changes.iter().filter(|change| change.status == status).count();
    match (count(ChangeStatus::Pending), count(ChangeStatus::Newer)) {
        (0, 0) => Finding::ok(check, format!("all {} changes are applied", checkup.changes.len())),
        (0, newer) => {
            let found = format!("it has {newer} more than this build knows, and is served all the same");
            Finding::warn(check, found, "update this build")
        }
        (pending, _) => {
            let found = format!("{pending} of {} changes are not applied", checkup.changes.len());
            Finding::fail(check, found, "run `assay migrate up`")
        }
    }
}

fn pooler(pooler: &Pooler) -> Finding {
    let check = "pooler";
    match pooler {
        Pooler::None => Finding::ok(check, "a connection keeps its backend: direct, or in session mode"),
        Pooler::Shares => Finding::fail(
            check,
            "a pooler in transaction mode is between: prepared statements and locks of one client reach \
             another",
            "connect to PostgreSQL directly, or set pool_mode = session at the pooler",
        ),
        Pooler::Unknown(why) => Finding::warn(
            check,
            format!("whether a pooler is between could not be found out: {why}"),
            "try again when fewer connections are open",
        ),
    }
}

fn clocks((skew, off): (TimeDelta, TimeDelta)) -> Finding {
    let check = "clock";
    let apart = skew.abs();
    let way = if skew < TimeDelta::zero() { "behind" } else { "ahead of" };
    let seconds = |length: TimeDelta| format!("{:.3} s", length.as_seconds_f64());
    let found = format!("the database is {} {way} this machine (± {})", seconds(apart), seconds(off));
    let fix = "keep the time of both machines by NTP (chrony, systemd-timesyncd)";
    // What a slow answer explains is no skew.
    match apart - off {
        apart if apart > LEEWAY => Finding::fail(check, found, fix),
        apart if apart > KEPT => Finding::warn(check, found, fix),
        _ => Finding::ok(check, found),
    }
}

fn statement_timeout(settings: &Settings, database: &DatabaseSettings, server: &ServerCheckup) -> Finding {
    let check = "statement timeout";
    let (ours, theirs) = (database.statement_timeout, server.statement_timeout);
    let operation = settings.limits.operation_timeout;
    if theirs != ours {
        let held = if theirs.is_zero() { "none holds".to_owned() } else { format!("{theirs:?} holds") };
        return Finding::warn(
            check,
            format!("we ask for {ours:?}, and {held}"),
            format!(
                "let the pooler pass `options` on, or run ALTER ROLE … SET statement_timeout = {}",
                ours.as_millis()
            ),
        );
    }
    if ours >= operation {
        return Finding::warn(
            check,
            format!("a statement may take {ours:?}, and its whole operation {operation:?}"),
            "set DATABASE_STATEMENT_TIMEOUT below ASSAY_LIMIT_OPERATION_TIMEOUT",
        );
    }
    Finding::ok(check, format!("{ours:?}, below the {operation:?} of an operation"))
}

fn connections(database: &DatabaseSettings, server: &ServerCheckup) -> Finding {
    let check = "connections";
    let (ours, theirs) = (i64::from(database.max_connections), server.connections);
    let found = format!("each server of ours opens up to {ours}, and the database takes {theirs}");
    if ours > theirs {
        return Finding::fail(check, found, "lower DATABASE_MAX_CONNECTIONS, or raise max_connections there");
    }
    if ours * 2 > theirs {
        let fix = "lower DATABASE_MAX_CONNECTIONS, or raise max_connections there, before a second server";
        return Finding::warn(check, found, fix);
    }
    Finding::ok(check, found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::doctor::finding::Verdict;

    #[test]
    fn clocks_are_told_apart_beyond_what_a_slow_answer_explains() {
        let verdict =
            |skew, off| clocks((TimeDelta::milliseconds(skew), TimeDelta::milliseconds(off))).verdict;
        assert_eq!(verdict(900, 0), Verdict::Ok);
        assert_eq!(verdict(-900, 0), Verdict::Ok);
        assert_eq!(verdict(2_500, 2_000), Verdict::Ok);
        assert_eq!(verdict(2_500, 10), Verdict::Warn);
        assert_eq!(verdict(-2_500, 10), Verdict::Warn);
        assert_eq!(verdict(31_000, 10), Verdict::Fail);
        let told = clocks((TimeDelta::seconds(-31), TimeDelta::zero())).to_string();
        assert!(told.contains("31.000 s behind this machine") && told.contains("NTP"), "{told}");
    }
}

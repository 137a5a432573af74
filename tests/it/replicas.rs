//! Reads that a replica answers: never older than what anybody was told before, and never missed when the
//! replica is slow, silent or gone.

use std::time::{Duration, Instant};

use assay::{
    config::DatabaseSettings,
    domain::{ids::TeamId, policy::Claim, teams::TeamRole},
    store::Store,
    telemetry::metrics::exposition,
};
use serde_json::{Value, json};

use crate::support::{Client, Proxy, Replicated, World};

const RENAME: &str = "mutation ($input: UpdateTeamInput!) { updateTeam(input: $input) { \
     team { name revision } userErrors { code } } }";
const TEAM: &str = "query ($id: ID!) { team(id: $id) { name revision } }";

async fn rename(client: &Client, team: TeamId, name: &str) {
    let input = json!({ "input": { "teamId": team.to_string(), "name": name } });
    let said = client.query(RENAME, input).await;
    assert_eq!(said["updateTeam"]["team"]["name"], name, "{said}");
}

async fn read(client: &Client, team: TeamId) -> Value {
    client.query(TEAM, json!({ "id": team.to_string() })).await["team"].clone()
}

/// Tries until a read of `team` comes from the replica.
async fn until_the_replica_serves(pair: &Replicated, client: &Client, team: TeamId) {
    let (started, before) = (Instant::now(), pair.on_replica());
    loop {
        read(client, team).await;
        if pair.on_replica() > before {
            return;
        }
        assert!(started.elapsed() < Duration::from_secs(30), "the replica serves nobody");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Writes and reads in turn, the reads by the writer and by somebody else, while the replica is held back
/// now and then. Tells how many of the reads the replica answered.
async fn pairs(pair: &Replicated, team: TeamId, count: u32) -> u64 {
    let admin = pair.world.as_stranger(&[Claim::Admin]).await;
    let other = pair.world.as_service(&["teams:read"]).await;
    let (before, mut last) = (pair.on_replica(), 0);
    for n in 0..count {
        match n % 100 {
            40 => pair.pause().await,
            60 => pair.resume().await,
            _ => {}
        }
        let name = format!("Name {n}");
        rename(&admin, team, &name).await;
        for reader in [&admin, &other] {
            let seen = read(reader, team).await;
            assert_eq!(seen["name"], name, "pair {n} went back in time");
            let revision = seen["revision"].as_i64().unwrap();
            assert!(revision >= last, "pair {n}: {revision} after {last}");
            last = revision;
        }
    }
    pair.on_replica() - before
}

async fn team(world: &World, name: &str) -> TeamId {
    world.team(name, None).await
}

/// Plays one test with the pair.
fn with_pair<Fut: Future<Output = Replicated>>(database: &str, play: impl FnOnce(Replicated) -> Fut) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(async {
        play(Replicated::create(database).await).await.end().await;
    });
}

mod postgres {
    use super::*;

    #[test]
    fn a_read_after_a_write_never_goes_back_in_time() {
        with_pair("assay_replicas_pairs", async |pair| {
            let team = team(&pair.world, "Platform").await;
            let client = pair.world.as_stranger(&[Claim::Admin]).await;
            until_the_replica_serves(&pair, &client, team).await;
            assert!(pairs(&pair, team, 200).await > 50, "the replica hardly served");
            let shown = exposition();
            for part in
                ["statement_duration_seconds_count{db_system_name=\"postgresql\",", "connections_max{"]
            {
                let series = format!("db_client_{part}server=\"replica\"}}");
                assert!(shown.contains(&series), "{series} is not shown");
            }
            pair
        });
    }

    #[test]
    #[ignore = "full: ten thousand pairs take minutes"]
    fn ten_thousand_reads_after_writes_never_go_back_in_time() {
        with_pair("assay_replicas_pairs_full", async |pair| {
            let team = team(&pair.world, "Platform").await;
            let started = Instant::now();
            let served = pairs(&pair, team, 10_000).await;
            println!("10,000 pairs in {:?}; {served} reads of 20,000 by the replica", started.elapsed());
            assert!(served > 2_500, "the replica hardly served");
            pair
        });
    }

    #[test]
    fn a_permission_taken_away_acts_at_the_next_request_however_far_behind_the_replica_is() {
        with_pair("assay_replicas_permission", async |pair| {
            let world = &pair.world;
            let team = team(world, "Platform").await;
            let (lena, mia) = (
                world.person_in(team, "Lena Lead", TeamRole::Lead).await,
                world.person_in(team, "Mia Member", TeamRole::Member).await,
            );
            let lead = world.as_person("Lena Lead").await;
            until_the_replica_serves(&pair, &lead, team).await;
            let person = "query ($id: ID!) { person(id: $id) { displayName } }";
            let mia = json!({ "id": mia.to_string() });
            assert_eq!(lead.query(person, mia.clone()).await["person"]["displayName"], "Mia Member");

            pair.pause().await;
            // Not what the viewer is, but where the other one is: the replica alone would still show her.
            let ends = "UPDATE team_membership SET valid_to = $1 WHERE person_id <> $2";
            world.execute(ends, [world.now().into(), lena.uuid().into()]).await;
            assert_eq!(lead.query(person, mia).await["person"], Value::Null);
            pair.resume().await;
            pair
        });
    }

    #[test]
    fn a_replica_that_falls_silent_fails_no_read_and_serves_again_when_it_is_back() {
        with_pair("assay_replicas_silent", async |pair| {
            let team = team(&pair.world, "Platform").await;
            let client = pair.world.as_stranger(&[Claim::Admin]).await;
            until_the_replica_serves(&pair, &client, team).await;
            pair.proxy.swallow();
            for n in 0..20 {
                assert_eq!(read(&client, team).await["name"], "Platform", "read {n}");
            }
            pair.proxy.heal();
            until_the_replica_serves(&pair, &client, team).await;
            pair
        });
    }

    #[test]
    fn what_an_operation_writes_it_reads_back_from_the_primary() {
        with_pair("assay_replicas_payload", async |pair| {
            let team = team(&pair.world, "Platform").await;
            let client = pair.world.as_stranger(&[Claim::Admin]).await;
            for n in 0..10 {
                until_the_replica_serves(&pair, &client, team).await;
                let before = pair.on_replica();
                // The replica may serve this operation, and has not heard of the name when the payload is read.
                rename(&client, team, &format!("Name {n}")).await;
                assert_eq!(pair.on_replica(), before, "the payload came from the replica");
            }
            pair
        });
    }

    #[test]
    fn a_primary_that_follows_another_now_is_looked_up_again() {
        with_pair("assay_replicas_promoted", async |pair| {
            let client = pair.world.as_stranger(&[Claim::Admin]).await;
            let team = team(&pair.world, "Platform").await;
            until_the_replica_serves(&pair, &client, team).await;
            // The name still leads to a server that was a primary once, and so do the open connections.
            let name = Proxy::before(&pair.replica_url).await;
            let mut settings = DatabaseSettings::at(name.instead_of(&pair.replica_url));
            settings.acquire_timeout = Duration::from_secs(2);
            let store = Store::connect(&settings).await.unwrap();
            let write = async || store.digest_key().await;
            assert!(write().await.is_err(), "a replica takes no writes");
            name.lead_to(pair.world.url());
            let _watch = store.watch();
            let started = Instant::now();
            while write().await.is_err() {
                assert!(started.elapsed() < Duration::from_secs(30), "it is never looked up again");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            pair
        });
    }
}

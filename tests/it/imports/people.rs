//! `assay import people`: people, teams and stays by the ids of another system, and who leaves.

use super::{Desk, count, texts};

const HEADING: &str = "External ID,Display name,Email,Title,Status,Team,Team external ID,Role,Allocation pct,Valid from,Valid to\n";
const ADA: &str = "e1,Ada Ash,ada@tea.test,Brewer,ACTIVE,Works > Kitchen,t2,LEAD,80,2025-01-01,\n";
const ADA_TOO: &str = "e1,Ada Ash,ada@tea.test,Brewer,ACTIVE,Works,t1,MEMBER,20%,2025-02-01,\n";
const BEN: &str = "e2,Ben Birch,ben@tea.test,,ACTIVE,Works > Kitchen,t2,MEMBER,100,2025-03-01,\n";
const CLEO: &str = "e3,Cleo Cedar,cleo@tea.test,Taster,ACTIVE,,,,,,\n";

const IMPORT: [&str; 3] = ["import", "people", "people.csv"];

fn file(desk: &Desk<'_>, rows: &[&str]) {
    desk.file("people.csv", &format!("{HEADING}{}", rows.concat()));
}

/// Who is in which team as what since and until when.
async fn stays(world: &crate::support::World) -> Vec<String> {
    texts(world, "SELECT p.display_name || ' in ' || t.name || ' ' || m.role || ' ' || m.allocation_pct || \
        CASE WHEN m.valid_to IS NULL THEN '' ELSE ' ended' END FROM team_membership m \
        JOIN person p ON p.id = m.person_id JOIN team t ON t.id = m.team_id ORDER BY p.display_name, t.name, m.valid_from").await
}

on_both! {
    async fn people_teams_and_stays_come_by_external_id_and_twice_is_once(world: World) {
        let desk = Desk::of(&world);
        file(&desk, &[ADA, ADA_TOO, BEN, CLEO]);
        let ran = desk.dry_then_real(&IMPORT);
        assert_eq!(ran.code, 0, "{}", ran.told);
        ran.says("4 rows: 3 created, 1 updated").says("teams added: 2");
        assert_eq!(stays(&world).await, ["Ada Ash in Kitchen LEAD 80", "Ada Ash in Works MEMBER 20", "Ben Birch in Kitchen MEMBER 100"]);
        let above = texts(&world, "SELECT p.name FROM team_parent l JOIN team p ON p.id = l.parent_id WHERE l.valid_to IS NULL").await;
        assert_eq!(above, ["Works"]);
        let audited = count(&world, "audit_event").await;
        let revisions = texts(&world, "SELECT CAST(SUM(value) AS text) FROM revision").await;
        desk.run(&IMPORT).says("4 rows: 4 unchanged");
        assert_eq!(count(&world, "audit_event").await, audited);
        assert_eq!(texts(&world, "SELECT CAST(SUM(value) AS text) FROM revision").await, revisions);
    }

    async fn what_changed_in_the_other_system_changes_here_and_history_stays(world: World) {
        let desk = Desk::of(&world);
        file(&desk, &[ADA, BEN, CLEO]);
        assert_eq!(desk.run(&IMPORT).code, 0);
        // Ada is called otherwise and works less; the team has another name and place; Cleo left.
        let ada = ADA.replace("Ada Ash", "Ada Alder").replace("80,2025-01-01", "60,2025-06-01").replace("Works > Kitchen", "Tea house");
        let ben = BEN.replace("Works > Kitchen", "Tea house");
        file(&desk, &[&ada, &ben, "e3,,,,LEFT,,,,,,\n", "e9,,,,LEFT,,,,,,\n"]);
        let ran = desk.dry_then_real(&IMPORT);
        ran.says("4 rows: 1 updated, 1 unchanged, 1 deactivated, 1 skipped").says("e3: Status: the person left");
        assert_eq!(stays(&world).await, ["Ada Alder in Tea house LEAD 80 ended", "Ada Alder in Tea house LEAD 60", "Ben Birch in Tea house MEMBER 100"]);
        assert_eq!(texts(&world, "SELECT status FROM person WHERE email = 'cleo@tea.test'").await, ["INACTIVE"]);
        assert_eq!(texts(&world, "SELECT 'open' FROM team_parent WHERE valid_to IS NULL").await.len(), 0);
        // Who left does not come back under the same id.
        file(&desk, &[CLEO]);
        desk.dry_then_real_refused(&IMPORT).says("Status: the person is INACTIVE");
    }

    async fn a_full_file_lets_go_who_is_not_in_it_and_ends_stays_it_does_not_name(world: World) {
        world.person("Not Theirs").await;
        let desk = Desk::of(&world);
        file(&desk, &[ADA, ADA_TOO, BEN, CLEO]);
        assert_eq!(desk.run(&IMPORT).code, 0);
        file(&desk, &[ADA, CLEO]);
        let full = [&IMPORT[..], &["--full"]].concat();
        let ran = desk.dry_then_real(&full);
        ran.says("2 rows: 2 unchanged").says("leavers: 1").says("stays ended: 1");
        ran.says("deactivated: e2: left: the file does not have them");
        assert_eq!(stays(&world).await, ["Ada Ash in Kitchen LEAD 80", "Ada Ash in Works MEMBER 20 ended", "Ben Birch in Kitchen MEMBER 100 ended"]);
        let active = texts(&world, "SELECT display_name FROM person WHERE status = 'ACTIVE' ORDER BY display_name").await;
        assert_eq!(active, ["Ada Ash", "Cleo Cedar", "Not Theirs"]);
        desk.run(&full).says("2 rows: 2 unchanged");
    }

    async fn a_full_file_that_was_cut_off_is_not_believed(world: World) {
        let desk = Desk::of(&world);
        let rows: Vec<String> = (0..20).map(|n| format!("p{n},Person {n},p{n}@tea.test,,ACTIVE,,,,,,\n")).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        file(&desk, &rows);
        assert_eq!(desk.run(&IMPORT).code, 0);
        file(&desk, &rows[..10]);
        let full = [&IMPORT[..], &["--full"]].concat();
        let ran = desk.run(&full);
        assert_eq!(ran.code, 1);
        assert!(ran.told.contains("10 of 20 people are not in the file"), "{}", ran.told);
        assert_eq!(texts(&world, "SELECT id FROM person WHERE status <> 'ACTIVE'").await.len(), 0);
        let ran = desk.run(&[&full[..], &["--most-leavers", "50"]].concat());
        assert_eq!(ran.code, 0, "{}", ran.told);
        ran.says("leavers: 10");
    }

    async fn a_full_file_without_rows_or_with_less_than_half_of_the_people_is_not_believed(world: World) {
        let desk = Desk::of(&world);
        file(&desk, &[ADA, BEN, CLEO]);
        assert_eq!(desk.run(&IMPORT).code, 0);
        let full = [&IMPORT[..], &["--full"]].concat();
        file(&desk, &[]);
        let ran = desk.run(&full);
        assert_eq!(ran.code, 1, "{}", ran.answer);
        assert!(ran.told.contains("people.csv has no rows: with --full everybody would leave"), "{}", ran.told);
        file(&desk, &[CLEO]);
        let ran = desk.run(&full);
        assert!(ran.told.contains("2 of 3 people are not in the file, more than 20 %"), "{}", ran.told);
        // Who says how many may leave means it.
        file(&desk, &[ADA, BEN]);
        let ran = desk.run(&[&full[..], &["--most-leavers", "10"]].concat());
        assert!(ran.told.contains("1 of 3 people are not in the file, more than 10 %"), "{}", ran.told);
        let active = texts(&world, "SELECT display_name FROM person WHERE status = 'ACTIVE'").await;
        assert_eq!(active.len(), 3);
        desk.run(&full).says("leavers: 1");
    }

    async fn a_report_takes_the_place_of_nothing_that_is_read(world: World) {
        let desk = Desk::of(&world);
        file(&desk, &[CLEO]);
        for name in ["people.csv", "./people.csv"] {
            let ran = desk.run(&[&IMPORT[..], &["--report", name]].concat());
            assert_eq!(ran.code, 2, "{}", ran.told);
            assert!(ran.told.contains("this file is imported: name another"), "{}", ran.told);
        }
        let ran = desk.run(&[&IMPORT[..], &["--report", "rows.txt"]].concat());
        assert!(ran.code == 2 && ran.told.contains("a report's name ends in .csv or .jsonl"), "{}", ran.told);
        assert_eq!(desk.read("people.csv"), format!("{HEADING}{CLEO}"));
        assert_eq!(count(&world, "person").await, 0);
    }

    async fn line_ends_of_any_kind_lose_nobody(world: World) {
        let desk = Desk::of(&world);
        file(&desk, &[ADA, BEN, CLEO]);
        assert_eq!(desk.run(&IMPORT).code, 0);
        let full = [&IMPORT[..], &["--full"]].concat();
        for ends in ["\r", "\r\n"] {
            desk.file("people.csv", &format!("{HEADING}{ADA}{BEN}{CLEO}").replace('\n', ends));
            desk.run(&full).says("3 rows: 3 unchanged");
        }
    }

    async fn a_row_that_is_refused_lets_nobody_go(world: World) {
        let desk = Desk::of(&world);
        file(&desk, &[ADA, BEN, CLEO]);
        assert_eq!(desk.run(&IMPORT).code, 0);
        let full = [&IMPORT[..], &["--full", "--on-error", "skip"]].concat();
        // Two rows with a typing error each: one is no row of a person, the other none of a stay.
        file(&desk, &[ADA, &BEN.replace("MEMBER", "MEMBRE"), CLEO]);
        let ran = desk.dry_then_real(&full);
        ran.says("3 rows: 2 unchanged, 1 refused");
        file(&desk, &[ADA, &BEN.replace("2025-03-01,", "2025-03-01,2025-02-01"), CLEO]);
        desk.dry_then_real(&full).says("3 rows: 2 unchanged, 1 refused");
        // A row that may be anybody's.
        file(&desk, &[ADA, "e2,Ben Birch\n", CLEO]);
        desk.dry_then_real(&full).says("nobody leaves and no stay ends: a row that cannot be read may be anybody's");
        assert_eq!(stays(&world).await, ["Ada Ash in Kitchen LEAD 80", "Ben Birch in Kitchen MEMBER 100"]);
        assert_eq!(texts(&world, "SELECT display_name FROM person WHERE status = 'ACTIVE'").await.len(), 3);
    }

    async fn a_team_that_is_renamed_or_moved_is_told_of_and_one_with_two_names_is_refused(world: World) {
        let desk = Desk::of(&world);
        file(&desk, &[ADA, BEN, CLEO]);
        assert_eq!(desk.run(&IMPORT).code, 0);
        let to = |row: &str, path: &str| row.replace("Works > Kitchen", path);
        file(&desk, &[&to(ADA, "Works > Tea house"), &to(BEN, "Works > Tea house")]);
        let ran = desk.dry_then_real(&IMPORT);
        ran.says("2 rows: 1 updated, 1 unchanged").says("teams renamed: 1");
        ran.says("people.csv:2: updated: e1: Team: the team `Kitchen` is renamed to `Tea house`");
        desk.run(&IMPORT).says("2 rows: 2 unchanged");
        file(&desk, &[&to(ADA, "Shops > Tea house"), &to(BEN, "Shops > Tea house")]);
        let ran = desk.dry_then_real(&IMPORT);
        ran.says("teams moved: 1").says("teams added: 1").says("the team `Tea house` moves below `Shops`");

        // Two names for one team: the first holds, and the same file again says the same.
        file(&desk, &[&to(ADA, "Shops > Tea house"), &to(BEN, "Stalls > Tea room")]);
        let ran = desk.dry_then_real_refused(&IMPORT);
        ran.says("people.csv:3: refused: e2: Team external ID: a row before says otherwise of this team");
        let audited = count(&world, "audit_event").await;
        desk.run(&[&IMPORT[..], &["--on-error", "skip"]].concat()).says("2 rows: 1 unchanged, 1 refused");
        assert_eq!(count(&world, "audit_event").await, audited);
        // A team that a refused row would have made is not made, nor is one that a refused stay would rename.
        file(&desk, &[&BEN.replace("Works > Kitchen", "Stalls > Tea room").replace("2025-03-01,", "2025-03-01,2025-01-01")]);
        desk.run(&[&IMPORT[..], &["--on-error", "skip"]].concat()).says("1 rows: 1 refused");
        file(&desk, &["e2,,,,,Stalls > Tea room,t2,MEMBER,100,,2025-03-01\n"]);
        desk.run(&[&IMPORT[..], &["--on-error", "skip"]].concat()).says("1 rows: 1 refused");
        assert_eq!(texts(&world, "SELECT name FROM team ORDER BY name").await, ["Shops", "Tea house", "Works"]);
        assert_eq!(count(&world, "audit_event").await, audited);
    }

    async fn rows_that_contradict_or_collide_are_refused_by_line_column_and_rule(world: World) {
        world.person("Dora Oak").await;
        let desk = Desk::of(&world);
        file(&desk, &[
            ADA,
            &ADA_TOO.replace("Ada Ash", "Ada Other"),
            &BEN.replace("ben@", "ada@"),
            "e4,Eve Elm,not an address,,ACTIVE,,,,,,\n",
            "e5,Fay Fir,fay@tea.test,,MAYBE,Works,,BOSS,0,2025-01-01,2024-01-01\n",
            ",Nobody,n@tea.test,,ACTIVE,,,,,,\n",
            "e6,Gil Gum,gil@tea.test,,ACTIVE,,t77,,,,\n",
            // Somebody who is here already, known by their address.
            "e7,Dora Oak,DORA-OAK@example.com,,ACTIVE,,,,,,\n",
        ]);
        let ran = desk.dry_then_real_refused(&IMPORT);
        ran.says("8 rows: 1 created, 1 updated, 6 refused");
        for said in [
            "people.csv:3: refused: e1: External ID: a row before says otherwise of this person",
            "people.csv:4: refused: e2: Email: another person has this address",
            "people.csv:5: refused: e4: Email: must be an email address",
            "Status: `MAYBE` is none of ACTIVE, LEFT; Role: `BOSS` is none of LEAD, MEMBER; Allocation pct: `0` is not a whole number from 1 to 100; Valid to: must be after validFrom",
            "people.csv:7: refused: External ID: must have 1 to 200 characters",
            "people.csv:8: refused: e6: Team external ID: no team has this id",
        ] {
            ran.says(said);
        }
        assert_eq!(count(&world, "person").await, 1);
        let ran = desk.run(&[&IMPORT[..], &["--on-error", "skip"]].concat());
        assert_eq!((ran.code, count(&world, "person").await, count(&world, "person_external_id").await), (0, 2, 2), "{}", ran.told);
    }
}

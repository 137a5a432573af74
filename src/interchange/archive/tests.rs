//! An archive is read as it was written, and every damage to it is found. Touches no database.

use std::{fs, path::Path};

use super::{Manifest, Reader, Writer};

fn lines(from: usize, to: usize) -> Vec<String> {
    (from..to).map(|n| format!("{{\"n\":{n}}}")).collect()
}

/// Two tables, one of them empty.
fn written(folder: &Path) -> Manifest {
    let mut writer = Writer::create(folder).unwrap();
    writer.write("team", &lines(0, 3)).unwrap();
    writer.write("team", &lines(3, 5)).unwrap();
    writer.write("skill", &[]).unwrap();
    writer.finish("m0001_first".to_owned()).unwrap()
}

fn read(folder: &Path) -> Result<Vec<String>, String> {
    let archive = Reader::open(folder).map_err(|error| error.to_string())?;
    let mut all = Vec::new();
    for table in &archive.manifest().tables {
        let mut file = archive.lines(table).map_err(|error| error.to_string())?;
        loop {
            let some = file.some(2).map_err(|error| error.to_string())?;
            if some.is_empty() {
                break;
            }
            all.extend(some);
        }
    }
    Ok(all)
}

#[test]
fn what_was_written_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = written(folder.path());
    assert_eq!(Reader::open(folder.path()).unwrap().manifest(), &manifest);
    assert_eq!(read(folder.path()).unwrap(), lines(0, 5));
}

#[cfg(unix)]
#[test]
fn its_files_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("of/march");
    written(&archive);
    assert_eq!(fs::metadata(&archive).unwrap().permissions().mode() & 0o777, 0o700);
    let files: Vec<_> = fs::read_dir(&archive).unwrap().map(|entry| entry.unwrap()).collect();
    assert_eq!(files.len(), 3);
    for file in files {
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", file.path());
    }
}

#[test]
fn a_folder_that_holds_anything_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("notes.txt"), "mine").unwrap();
    let refused = Writer::create(folder.path()).unwrap_err().to_string();
    assert!(refused.contains("is not empty"), "{refused}");
}

#[test]
fn every_damage_is_named_with_its_file_and_line() {
    type Damage = (&'static str, fn(&str) -> String, &'static str);
    let damages: [Damage; 9] = [
        ("team.jsonl", |text| text[..text.len() - 1].to_owned(), "team.jsonl, line 5: the file is cut off"),
        (
            "team.jsonl",
            |text| text[..16].to_owned(),
            "team.jsonl, line 2: the file ends here; the manifest promises 5",
        ),
        ("team.jsonl", |text| format!("{text}{{}}\n"), "team.jsonl, line 6: the manifest promises 5 rows"),
        ("team.jsonl", |text| text.replace('3', "4"), "team.jsonl: some line is not what was exported"),
        ("skill.jsonl", |_| "{}\n".to_owned(), "skill.jsonl, line 1: the manifest promises 0 rows"),
        ("manifest.json", |text| text[..40].to_owned(), "manifest.json, line 3: is no manifest"),
        (
            "manifest.json",
            |text| text.replace("\"format\": 1", "\"format\": 2"),
            "the archive is of format 2",
        ),
        (
            "manifest.json",
            |text| text.replace("\"rows\": 5", "\"rows\": 4"),
            "team.jsonl, line 5: the manifest",
        ),
        (
            "manifest.json",
            |text| text.replace("\"name\"", "\"table\""),
            "is no manifest: unknown field `table`",
        ),
    ];
    for (file, damage, named) in damages {
        let folder = tempfile::tempdir().unwrap();
        written(folder.path());
        let path = folder.path().join(file);
        fs::write(&path, damage(&fs::read_to_string(&path).unwrap())).unwrap();
        let refused = read(folder.path()).unwrap_err();
        assert!(refused.contains(named), "{refused} instead of {named}");
    }
}

#[test]
fn a_file_that_the_manifest_does_not_name_is_refused_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path());
    fs::write(folder.path().join("teams.jsonl"), "{}\n").unwrap();
    let refused = Reader::open(folder.path()).unwrap().nothing_else().unwrap_err().to_string();
    assert!(refused.contains("teams.jsonl: is no part of the archive"), "{refused}");
}

#[test]
fn a_missing_file_is_named() {
    for (file, named) in [("manifest.json", "never finished"), ("skill.jsonl", "skill.jsonl: is not there")] {
        let folder = tempfile::tempdir().unwrap();
        written(folder.path());
        fs::remove_file(folder.path().join(file)).unwrap();
        let refused = read(folder.path()).unwrap_err();
        assert!(refused.contains(named), "{refused}");
    }
}

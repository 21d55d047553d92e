//! Every input that was kept goes through its door, within its bounds.
#![allow(missing_docs, clippy::unwrap_used)]

use fuzzing::{Bounds, DOORS, measured};
use rustix::time::{ClockId, Timespec, clock_gettime};
use std::path::{Path, PathBuf};

fn corpus(name: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name);
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files.map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

#[test]
fn every_kept_input_is_survived_within_bounds() {
    fuzzing::begin();
    let mut wrong = vec![];
    for door in DOORS {
        let inputs = corpus(door.name);
        assert!(inputs.len() >= 3, "{} has few inputs", door.name);
        for (path, data) in inputs {
            let (taken, failure) = measured(|| (door.enter)(&data));
            let failure = failure.or_else(|| door.bounds.excess(&taken, data.len()));
            wrong.extend(failure.map(|failure| format!("{}: {failure}", path.display())));
        }
    }
    let _ = std::panic::take_hook();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What shows that the test above can fail.
#[test]
fn a_panic_memory_and_time_are_noticed() {
    let bounds: Bounds = DOORS.iter().find(|door| door.name == "dn").unwrap().bounds;
    let (_, failure) = measured(|| assert_eq!(1 + 1, 3, "sums"));
    assert!(failure.unwrap().contains("sums"));
    let (taken, _) = measured(|| drop(std::hint::black_box(vec![1_u8; 32 << 20])));
    assert!(taken.memory >= 32 << 20);
    assert!(bounds.excess(&taken, 1000).unwrap().contains("memory"));
    assert!(bounds.excess(&taken, 1 << 20).is_none(), "an input of a MiB may take that");
    let (taken, _) = measured(|| {
        let spent = || clock_gettime(ClockId::ThreadCPUTime);
        let end = spent() + Timespec { tv_sec: 1, tv_nsec: 100_000_000 };
        while spent() < end {}
    });
    assert!(bounds.excess(&taken, 0).unwrap().contains("computing"), "{taken:?}");
}

#[test]
fn what_is_kept_is_small_and_every_folder_has_its_door_and_target() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<String> = std::fs::read_dir(root.join("corpus"))
        .unwrap()
        .map(|folder| folder.unwrap().file_name().into_string().unwrap())
        .collect();
    folders.sort();
    let mut doors: Vec<&str> = DOORS.iter().map(|door| door.name).collect();
    doors.sort_unstable();
    assert_eq!(folders, doors);
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    for door in doors {
        assert!(manifest.contains(&format!("name = \"{door}\"")), "{door} has no target");
    }
    let kept: Vec<usize> =
        DOORS.iter().flat_map(|door| corpus(door.name)).map(|(_, data)| data.len()).collect();
    assert!(kept.len() <= 250, "{} files", kept.len());
    assert!(kept.iter().sum::<usize>() <= 1024 * 1024, "more than 1 MiB");
}

//! What is built says nothing of the machine that built it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use compute_loop_tests::harness::{Trouble, root};

/// Every file under a folder.
fn files(folder: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) -> Result<(), Trouble> {
    let entries = fs::read_dir(folder).map_err(Trouble::during("Cannot read dist"))?;
    for entry in entries {
        let path = entry.map_err(Trouble::during("Cannot read dist"))?.path();
        if path.is_dir() {
            files(&path, found)?;
        } else {
            let bytes = fs::read(&path).map_err(Trouble::during("Cannot read dist"))?;
            found.push((path, bytes));
        }
    }
    Ok(())
}

/// A panic's place in the source would name the home of whoever built the page; and no other
/// machine could build the same files.
#[test]
fn names_no_folder_of_the_machine_that_built_it() -> Result<(), Trouble> {
    let mut found = vec![];
    files(&root().join("dist"), &mut found)?;
    assert!(
        found
            .iter()
            .any(|(path, _)| path.extension().is_some_and(|end| end == "wasm"))
    );
    let home = env::var("HOME").unwrap_or_default();
    let own = [root().display().to_string(), home];
    // A folder of a few letters stands in many a text.
    let own = own.into_iter().filter(|folder| folder.len() > 6);
    let always = [".cargo/registry", "/registry/src/"].map(str::to_owned);
    let secret: Vec<String> = always.into_iter().chain(own).collect();
    for (path, bytes) in found {
        for folder in &secret {
            let told = bytes
                .windows(folder.len())
                .any(|part| part == folder.as_bytes());
            assert!(!told, "{} names {folder}", path.display());
        }
    }
    Ok(())
}

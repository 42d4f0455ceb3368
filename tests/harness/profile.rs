//! The folder a browser keeps its data in.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;
use std::{env, fs, io, process};

use super::Trouble;

/// What Firefox starts sooner with. It looks itself whether this is of its own version.
const STARTING: [&str; 3] = ["compatibility.ini", "addonStartup.json.lz4", "startupCache"];

/// Copies a file, or a folder of files.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    if !from.is_dir() {
        return fs::copy(from, to).map(drop);
    }
    for file in fs::read_dir(from)? {
        let file = file?;
        copy(&file.path(), &to.join(file.file_name()))?;
    }
    Ok(())
}

/// An empty folder that is removed with everything in it when dropped.
#[derive(Debug)]
pub(crate) struct Profile(PathBuf);

impl Profile {
    /// Makes the folder among the system's temporary ones.
    pub(crate) fn new() -> Result<Self, Trouble> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "compute-loop-{}-{}",
            process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        let path = env::temp_dir().join(name);
        // One left behind by a killed process of the same number.
        let _ = fs::remove_dir_all(&path);
        fs::create_dir(&path).map_err(Trouble::during("Cannot make a folder for the browser"))?;
        Ok(Self(path))
    }

    /// Fills it with what Firefox made of its own scripts at an earlier start: doing that anew
    /// takes it longer than the page does. Nothing of a page is in there.
    pub(crate) fn keep_starting(&self, kept: &Path) -> io::Result<()> {
        for file in STARTING {
            copy(&kept.join(file), &self.0.join(file))?;
        }
        Ok(())
    }

    /// Keeps that for later starts. Two may do so at once; either will do.
    pub(crate) fn start_of(&self, kept: &Path) -> io::Result<()> {
        let unfinished = kept.with_extension(process::id().to_string());
        let _ = fs::remove_dir_all(&unfinished);
        for file in STARTING {
            copy(&self.0.join(file), &unfinished.join(file))?;
        }
        match fs::rename(&unfinished, kept) {
            Err(_) if kept.exists() => fs::remove_dir_all(&unfinished),
            done => done,
        }
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        // A browser that was told to end still writes for a moment.
        for _ in 0..20 {
            if fs::remove_dir_all(&self.0).is_ok() || !self.0.exists() {
                return;
            }
            thread::sleep(Duration::from_millis(100));
        }
    }
}

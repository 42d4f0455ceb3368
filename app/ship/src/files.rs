//! The folder that becomes `dist/`.

use std::fmt::Display;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// Nothing, or what went wrong.
pub(crate) type Outcome<T = ()> = Result<T, String>;

/// A folder of the page's files.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Any other.
    pub(crate) fn at(path: PathBuf) -> Self {
        Self(path)
    }

    /// The one that Trunk is about to make `dist/` of.
    pub(crate) fn staged() -> Outcome<Self> {
        let path = env::var_os("TRUNK_STAGING_DIR").ok_or("TRUNK_STAGING_DIR is not set")?;
        Ok(Self(path.into()))
    }

    /// Where a file of it stands.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// A text of it.
    pub(crate) fn text(&self, name: &str) -> Outcome<String> {
        text(&self.path(name))
    }

    /// Writes a file of it.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> Outcome {
        write(&self.path(name), bytes)
    }

    /// Every file in it and its folders.
    pub(crate) fn all(&self) -> Outcome<Vec<PathBuf>> {
        let (mut found, mut folders) = (vec![], vec![self.0.clone()]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).map_err(at(&folder))? {
                let path = entry.map_err(at(&folder))?.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.push(path);
                }
            }
        }
        found.sort();
        Ok(found)
    }

    /// Every file in it and its folders by its address.
    pub(crate) fn names(&self) -> Outcome<Vec<String>> {
        let names = self.all()?.into_iter().filter_map(|path| {
            let inside = path.strip_prefix(&self.0).ok()?.to_str()?;
            Some(inside.replace('\\', "/"))
        });
        Ok(names.collect())
    }

    /// The only file at its top that begins and ends so.
    pub(crate) fn only(&self, start: &str, end: &str) -> Outcome<String> {
        let mut names = self.like(start, end)?;
        match names.pop() {
            Some(name) if names.is_empty() => Ok(name),
            Some(_) => Err(format!("several files are called {start}…{end}")),
            None => Err(format!("no file is called {start}…{end}")),
        }
    }

    /// The names of the files at its top that begin and end so.
    pub(crate) fn like(&self, start: &str, end: &str) -> Outcome<Vec<String>> {
        let names = self.all()?.into_iter().filter_map(|path| {
            let name = path.strip_prefix(&self.0).ok()?.to_str()?.to_owned();
            (name.starts_with(start) && name.ends_with(end)).then_some(name)
        });
        Ok(names.collect())
    }
}

/// Whether a name has an ending.
pub(crate) fn ends_in(name: &str, ending: &str) -> bool {
    let found = name.rsplit_once('.');
    found.is_some_and(|(_, found)| found == ending)
}

/// Adds a path to what went wrong there.
pub(crate) fn at<E: Display>(path: &Path) -> impl Fn(E) -> String {
    move |fault| format!("{}: {fault}", path.display())
}

/// The bytes of a file.
pub(crate) fn bytes(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(at(path))
}

/// The text of a file.
pub(crate) fn text(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(at(path))
}

/// Writes a file.
pub(crate) fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Outcome {
    fs::write(path, bytes).map_err(at(path))
}

/// Replaces one text that has to be there.
pub(crate) fn replaced(text: &str, from: &str, to: &str) -> Outcome<String> {
    if text.contains(from) {
        Ok(text.replace(from, to))
    } else {
        Err(format!("nothing reads {from:?} where it should"))
    }
}

/// What stands before, within and after two marks, the first of which has to be there.
pub(crate) fn between<'a>(
    text: &'a str,
    from: &str,
    to: &str,
) -> Outcome<(&'a str, &'a str, &'a str)> {
    let parts = text.split_once(from).and_then(|(before, rest)| {
        let (within, after) = rest.split_once(to)?;
        Some((before, within, after))
    });
    parts.ok_or_else(|| format!("nothing stands between {from:?} and {to:?}"))
}

/// A short name for contents: another for other contents.
pub(crate) fn hash(contents: &[&[u8]]) -> String {
    let mut hasher = DefaultHasher::new();
    contents.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Runs a program to its end.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command
        .status()
        .map_err(|fault| format!("{name}: {fault}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{name} failed: {status}"))
    }
}

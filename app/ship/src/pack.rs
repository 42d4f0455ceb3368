//! Each file also in compressed form, for hosts that send such files as they are.

use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::files::{Folder, Outcome, at, bytes, write};

/// What shrinks; pictures and the like are compressed in themselves.
const ENDINGS: [&str; 10] = [
    "bin",
    "css",
    "html",
    "js",
    "json",
    "md",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
];

/// The best that brotli does, in quality and window.
const BROTLI: (u32, u32) = (11, 22);

/// How much is handed to brotli at once.
const BUFFER: usize = 1 << 16;

/// Puts `.br` and `.gz` beside every file that shrinks.
pub(crate) fn all(folder: &Folder) -> Outcome {
    for path in folder.all()? {
        let ending = path.extension().and_then(|ending| ending.to_str());
        if ending.is_some_and(|ending| ENDINGS.contains(&ending)) {
            let contents = bytes(&path)?;
            write(&beside(&path, "br"), brotli(&path, &contents)?)?;
            write(&beside(&path, "gz"), gzip(&path, &contents)?)?;
        }
    }
    Ok(())
}

fn beside(path: &Path, ending: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

fn brotli(path: &Path, contents: &[u8]) -> Outcome<Vec<u8>> {
    let mut packed = vec![];
    let mut writer = brotli::CompressorWriter::new(&mut packed, BUFFER, BROTLI.0, BROTLI.1);
    writer.write_all(contents).map_err(at(path))?;
    drop(writer);
    Ok(packed)
}

fn gzip(path: &Path, contents: &[u8]) -> Outcome<Vec<u8>> {
    let mut writer = GzEncoder::new(vec![], Compression::best());
    writer.write_all(contents).map_err(at(path))?;
    writer.finish().map_err(at(path))
}

//! Makes the built page ready to be put on a host: Trunk runs it over the folder that
//! becomes `dist/` (see `Trunk.toml`), before anything can be seen there.

mod files;
mod module;
mod names;
mod pack;
mod style;

use std::process::ExitCode;

use files::{Folder, Outcome};

/// One after the other, each over what the one before left.
fn ship() -> Outcome {
    let folder = Folder::staged()?;
    // The module is cut into the files of the page, its glue made small.
    module::place(&folder)?;
    style::minify(&folder)?;
    // Last: every file that a host could send compressed.
    pack::all(&folder)
}

fn main() -> ExitCode {
    match ship() {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("ship: {fault}");
            ExitCode::FAILURE
        }
    }
}

//! Makes the built page ready to be put on a host: Trunk runs it over the folder that
//! becomes `dist/` (see `Trunk.toml`), before anything can be seen there. With the word
//! `single` it makes one file of a finished `dist/` instead.

mod article;
mod document;
mod facade;
mod files;
mod hosts;
mod module;
mod names;
mod offline;
mod pack;
mod single;
mod style;

use std::env;
use std::process::ExitCode;

use files::{Folder, Outcome};

/// One after the other, each over what the one before left.
fn ship() -> Outcome {
    let folder = Folder::staged()?;
    // The module is cut into the files of the page, its glue made small.
    module::place(&folder)?;
    // The style sheet is made small.
    style::minify(&folder)?;
    // The page as an article, and the charts of its chapters as pictures.
    article::place(&folder)?;
    // What embeds show before anybody uses them.
    facade::place(&folder)?;
    // What the document says before its content: what may run, and how the page starts.
    let policy = document::complete(&folder)?;
    // How a host is to send it all.
    hosts::describe(&folder, &policy)?;
    // What makes the page work without a network: it lists all files.
    offline::place(&folder)?;
    // Last: every file that a host could send compressed.
    pack::all(&folder)
}

fn main() -> ExitCode {
    let done = match env::args().nth(1).as_deref() {
        None => ship(),
        Some("single") => single::make(),
        Some(other) => Err(format!("{other:?} is nothing it can make; `single` is")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("ship: {fault}");
            ExitCode::FAILURE
        }
    }
}

//! The page as an article, in the document and beside it.

use std::fs;

use compute_loop::article::{body, pictures};

use crate::files::{Folder, Outcome, at, between};

/// Where pictures stand.
pub(crate) const PICTURES: &str = "charts";

/// Puts the article in the place of what the source of the document has there.
pub(crate) fn place(folder: &Folder) -> Outcome {
    let document = folder.text("index.html")?;
    let (before, _, after) = between(&document, "<body>", "</body>")?;
    folder.write(
        "index.html",
        format!("{before}<body>\n{}\n  </body>{after}", body()),
    )?;
    let pictured = folder.path(PICTURES);
    fs::create_dir_all(&pictured).map_err(at(&pictured))?;
    for (name, svg) in pictures() {
        folder.write(&name, svg)?;
    }
    Ok(())
}

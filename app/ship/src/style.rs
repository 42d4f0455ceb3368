//! The style sheet without what only its authors need.

use std::process::Command;

use crate::files::{Folder, Outcome, run};

/// Makes every style sheet at the top small.
pub(crate) fn minify(folder: &Folder) -> Outcome {
    for name in folder.like("", ".css")? {
        let path = folder.path(&name);
        run(Command::new("esbuild")
            .args(["--minify", "--allow-overwrite", "--log-level=warning"])
            .arg(format!("--outfile={}", path.display()))
            .arg(&path))?;
    }
    Ok(())
}

//! Drives the built page in real browsers.
//!
//! ```no_run
//! use compute_loop_tests::harness::{Browser, Trouble, View};
//!
//! let browser = Browser::start()?;
//! let page = browser.open("#scenario=base", View::new(360, 740).dark())?;
//! assert_eq!(page.eval("document.title")?, "The Compute Loop");
//! assert_eq!(page.complaints()?, []);
//! assert_eq!(page.outside()?, [""; 0]);
//! # Ok::<(), Trouble>(())
//! ```
//!
//! Everything here blocks: a test reads from top to bottom. Each [`Page`] is a
//! browser of its own with an empty profile, so that no test sees what another
//! one stored, and everything started here ends when its value is dropped,
//! after a failed assertion too.

// Every function here fails for the same reason: the browser, or the page in
// it, did not do what it was asked. `Trouble` says which and why.
#![allow(clippy::missing_errors_doc)]

mod driver;
mod over;
mod page;
mod profile;
mod scope;
mod site;
mod trouble;
mod view;

use std::path::{Path, PathBuf};

pub use driver::{Engine, chromium};
pub use over::OVER;
pub use page::{Message, Page, WAKE};
pub use scope::{some, thorough};
pub use site::{Fault, Site};
pub use thirtyfour::Key;
pub use trouble::Trouble;
pub use view::{Colours, View};

/// A served folder, and the engine of the browsers that open it.
#[derive(Debug)]
pub struct Browser {
    site: Site,
    engine: Engine,
}

impl Browser {
    /// Serves the built page, `dist/`, to Chromium.
    pub fn start() -> Result<Self, Trouble> {
        Ok(Self::on(Engine::Chromium, Site::of_build("/")?))
    }

    /// The same with the page at `prefix`, such as `/some/where/`: the built
    /// page has to run at any place of a host.
    pub fn start_under(prefix: &str) -> Result<Self, Trouble> {
        Ok(Self::on(Engine::Chromium, Site::of_build(prefix)?))
    }

    /// Serves any other folder.
    pub fn serving(folder: &Path) -> Result<Self, Trouble> {
        Ok(Self::on(Engine::Chromium, Site::serve(folder, "/")?))
    }

    /// Opens anything that is served in browsers of an engine.
    pub const fn on(engine: Engine, site: Site) -> Self {
        Self { site, engine }
    }

    /// What is served, and what was asked of it.
    pub const fn site(&self) -> &Site {
        &self.site
    }

    /// Opens a page of the site and waits until all of it is there. `path` is what
    /// follows the site's address, such as `""`, `"#hash"` or `"404.html"`.
    pub fn open(&self, path: &str, view: View) -> Result<Page<'_>, Trouble> {
        let page = self.visit(path, view)?;
        page.wait_ready()?;
        Ok(page)
    }

    /// Opens a page of the site and waits for its first view alone.
    pub fn glance(&self, path: &str, view: View) -> Result<Page<'_>, Trouble> {
        let page = self.visit(path, view)?;
        page.wait_first()?;
        Ok(page)
    }

    /// Opens a page of the site and waits for its `load` event alone.
    pub fn visit(&self, path: &str, view: View) -> Result<Page<'_>, Trouble> {
        let page = self.blank(view)?;
        page.go(path)?;
        Ok(page)
    }

    /// Opens an empty browser, to set it up before the first [`Page::go`].
    pub fn blank(&self, view: View) -> Result<Page<'_>, Trouble> {
        Page::new(&self.site, self.engine, view)
    }
}

/// The folder of the whole repository.
pub fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests).to_path_buf()
}

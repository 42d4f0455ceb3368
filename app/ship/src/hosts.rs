//! How a host is to send the page: a file in the form that Netlify and Cloudflare Pages
//! read, and a sample for others. The page works without any of it.

use std::fmt::Write as _;

use crate::files::{Folder, Outcome};
use crate::offline::is_hashed;

/// Writes `_headers`.
pub(crate) fn describe(folder: &Folder, policy: &str) -> Outcome {
    let mut headers = String::from(
        "# Anyone may embed the page, in a sandbox too: a frame without an origin of its own\n\
         # asks as a stranger for each file.\n\
         /*\n  \
           Access-Control-Allow-Origin: *\n  \
           Cross-Origin-Resource-Policy: cross-origin\n  \
           Referrer-Policy: strict-origin-when-cross-origin\n  \
           X-Content-Type-Options: nosniff\n\n",
    );
    for document in ["/", "/index.html"] {
        // A string takes whatever is written to it.
        let _ = write!(
            headers,
            "{document}\n  Content-Security-Policy: {policy}; frame-ancestors *\n  Cache-Control: no-cache\n\n"
        );
    }
    headers.push_str(
        "/sw.js\n  Cache-Control: no-cache\n\n# Named by their contents: they never change.\n",
    );
    for name in folder.names()?.iter().filter(|name| is_hashed(name)) {
        let _ = write!(
            headers,
            "/{name}\n  Cache-Control: public, max-age=31536000, immutable\n"
        );
    }
    folder.write("_headers", headers)
}

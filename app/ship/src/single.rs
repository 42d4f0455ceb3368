//! The whole page as one file.
use crate::files::Outcome;
pub(crate) fn make() -> Outcome {
    Ok(())
}

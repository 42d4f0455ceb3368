//! How much is tried.

use std::env;

/// Whether everything is tried, as by `make thorough`, and not a part of it that is done in
/// a few minutes.
pub fn thorough() -> bool {
    env::var_os("THOROUGH").is_some_and(|value| value == "1")
}

/// All of these where everything is tried; otherwise as many as are wanted, evenly spread,
/// the first and the last among them.
pub fn some<T>(all: impl IntoIterator<Item = T>, wanted: usize) -> Vec<T> {
    let all: Vec<T> = all.into_iter().collect();
    if thorough() || all.len() <= wanted {
        return all;
    }
    spread(all, wanted)
}

fn spread<T>(all: Vec<T>, wanted: usize) -> Vec<T> {
    let last = all.len() - 1;
    let steps = wanted.saturating_sub(1).max(1);
    let chosen: Vec<usize> = (0..wanted).map(|i| i * last / steps).collect();
    all.into_iter()
        .enumerate()
        .filter(|(i, _)| chosen.contains(i))
        .map(|(_, item)| item)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn some_are_the_ends_and_what_lies_evenly_between() {
        let all = || (0..10).collect::<Vec<_>>();
        assert_eq!(spread(all(), 1), [0]);
        assert_eq!(spread(all(), 2), [0, 9]);
        assert_eq!(spread(all(), 4), [0, 3, 6, 9]);
        assert_eq!(spread(all(), 9).len(), 9);
    }
}

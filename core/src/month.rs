//! The calendar of the model: months from January 2023 to December 2036.

use core::fmt;

/// Months in the horizon: January 2023 to December 2036.
pub const HORIZON: usize = 168;

/// The year of month 0.
pub const FIRST_YEAR: usize = 2023;

/// The last year of the horizon.
pub const LAST_YEAR: usize = FIRST_YEAR + HORIZON / 12 - 1;

/// A month of the horizon, counted from January 2023 = 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(usize);

impl Month {
    /// The month of a year (2023 to 2036) and a number from 1 to 12.
    ///
    /// # Panics
    /// In constants, at compile time, for a month outside the horizon. Text
    /// from outside goes through [`Month::parse`], which does not panic.
    pub const fn new(year: usize, month: usize) -> Self {
        assert!(year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12);
        Self((year - FIRST_YEAR) * 12 + month - 1)
    }

    /// The month at an index, or none past the horizon.
    pub const fn at(index: usize) -> Option<Self> {
        if index < HORIZON {
            Some(Self(index))
        } else {
            None
        }
    }

    /// Months since January 2023.
    pub const fn index(self) -> usize {
        self.0
    }

    /// The calendar year.
    pub const fn year(self) -> usize {
        FIRST_YEAR + self.0 / 12
    }

    /// The month of the year, 1 to 12.
    pub const fn of_year(self) -> usize {
        self.0 % 12 + 1
    }

    /// Reads `YYYY-MM`; none where it is not a month of the horizon.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        if year.len() != 4 || month.len() != 2 {
            return None;
        }
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if !digits(year) || !digits(month) {
            return None;
        }
        let (year, month): (usize, usize) = (year.parse().ok()?, month.parse().ok()?);
        if !(FIRST_YEAR..=LAST_YEAR).contains(&year) || !(1..=12).contains(&month) {
            return None;
        }
        Some(Self::new(year, month))
    }
}

/// Written as `YYYY-MM`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.of_year())
    }
}

/// The indices of the twelve months of a year.
pub const fn months_of(year: usize) -> core::ops::Range<usize> {
    let first = (year - FIRST_YEAR) * 12;
    first..first + 12
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_round_trips_and_nonsense_does_not() {
        for index in 0..HORIZON {
            let month = Month::at(index).expect("inside the horizon");
            assert_eq!(Month::parse(&month.to_string()), Some(month));
        }
        for text in [
            "", "2026", "2026-13", "2026-00", "2022-12", "2037-01", "26-01", "2026-1", "+026-01",
            "2026-+1",
        ] {
            assert_eq!(Month::parse(text), None, "{text}");
        }
    }
}

//! What readers type into the fields of numbers.

use crate::words::t;

/// What was typed, without spaces, a currency before it and a unit behind it, the decimal
/// sign a point. What stands between figures stays: there it makes the text no number, where
/// without it “6×7” would be 67.
#[inline]
pub fn plain(typed: &str) -> String {
    let text: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.replace(',', ".").replace('−', "-");
    let number = ["GW", "bn", "months", "years"]
        .iter()
        .find_map(|unit| text.strip_suffix(unit).or(text.strip_suffix(t(unit))))
        .unwrap_or(&text)
        .trim_end_matches(['$', '%', '×'])
        .trim_start_matches('$');
    match number.strip_prefix('-') {
        Some(size) => ["-", size.trim_start_matches('$')].concat(),
        None => number.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn units_and_currencies_go_and_the_number_stays() {
        for (typed, number) in [
            ("70.5", "70.5"),
            (" 70,5 ", "70.5"),
            ("$ 70.5 bn", "70.5"),
            ("70.5 $ bn", "70.5"),
            ("−$12.5", "-12.5"),
            ("$-12.5", "-12.5"),
            ("63.6\u{202f}%", "63.6"),
            ("10 ×", "10"),
            ("5.0 GW", "5.0"),
            ("18 months", "18"),
            ("2027-06", "2027-06"),
            ("", ""),
        ] {
            assert_eq!(plain(typed), number, "{typed}");
        }
    }

    #[test]
    fn what_stands_between_figures_stays() {
        for typed in ["6×7", "50%5", "6$5", "%5", "×2"] {
            assert_eq!(plain(typed), typed);
        }
    }
}

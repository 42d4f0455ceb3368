//! Quantities as short text for readers, the same on the page, in charts and in tests.
//!
//! The words are said in the reader's language, and numbers by its rules
//! ([`crate::words::Numbers`]). `\u{202f}` stands between a number and its unit: narrow, and
//! never the end of a line.

use crate::evidence::Row;
use crate::fact::Fact;
use crate::levers::Lever;
use crate::month::Month;
use crate::outcome::{Outcome, Output};
use crate::unit::Unit;
use crate::words::{fill, language, mark, t};
use crate::{plural, say};

/// Stands between a number and its unit.
const GAP: char = '\u{202f}';

const MONTHS: [&str; 12] = [
    mark("January"),
    mark("February"),
    mark("March"),
    mark("April"),
    mark("May"),
    mark("June"),
    mark("July"),
    mark("August"),
    mark("September"),
    mark("October"),
    mark("November"),
    mark("December"),
];

/// A month in words: June 2026.
#[inline]
pub fn month(month: Month) -> String {
    let (name, year) = (t(MONTHS[month.of_year() - 1]), month.year());
    say!("{name} {year}", name, year)
}

/// A span of months in words: 2026, or January to March 2026, or May 2026 to April 2028.
#[inline]
pub fn months(first: Month, last: Month) -> String {
    let (start, end) = (first.of_year(), last.of_year());
    match (first.year() == last.year(), start, end) {
        (true, 1, 12) => first.year().to_string(),
        (true, ..) => {
            let (name, year) = (t(MONTHS[start - 1]), first.year());
            let last = t(MONTHS[end - 1]);
            say!("{name} to {last} {year}", name, last, year)
        }
        (false, 1, 12) => from_to(&first.year().to_string(), &last.year().to_string()),
        _ => from_to(&month(first), &month(last)),
    }
}

#[inline]
fn from_to(from: &str, to: &str) -> String {
    say!("{from} to {to}", from, to)
}

/// A date or period of the evidence in words: `2026-04` is April 2026, `2026-Q1` the
/// first quarter of 2026. What has another form stays as it is.
#[inline]
pub fn period(text: &str) -> String {
    const QUARTERS: [&str; 4] = [
        mark("first quarter of {year}"),
        mark("second quarter of {year}"),
        mark("third quarter of {year}"),
        mark("fourth quarter of {year}"),
    ];
    if let Some((from, to)) = text.split_once('/') {
        return from_to(&period(from), &period(to));
    }
    let name = |month: &str| {
        let number: usize = month.parse().ok()?;
        MONTHS.get(number.checked_sub(1)?).map(|name| t(name))
    };
    let words = match text.split('-').collect::<Vec<_>>()[..] {
        [year, part] => match part.strip_prefix('Q').and_then(|part| part.parse().ok()) {
            Some(1_usize..=4) => {
                let quarter = part.as_bytes()[1] - b'1';
                Some(fill(t(QUARTERS[usize::from(quarter)]), &[("year", &year)]))
            }
            _ => name(part).map(|name| say!("{name} {year}", name, year)),
        },
        [year, part, day] => {
            let day = day.trim_start_matches('0');
            name(part).map(|month| say!("{day} {month} {year}", day, month, year))
        }
        _ => None,
    };
    words.unwrap_or_else(|| text.to_owned())
}

/// The date that a fact refers to, in words; where it has none, that of its document.
/// `dated` says whether the document carries one itself.
#[inline]
pub fn as_of(period: Option<&str>, document: Month, dated: bool) -> String {
    if let Some(period) = period {
        return self::period(period);
    }
    let month = month(document);
    if dated {
        say!("undated; document of {month}", month)
    } else {
        say!("undated; document of about {month}", month)
    }
}

/// A number with so many decimals and a real minus sign.
#[inline]
pub fn number(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    // What rounds to nothing has no sign.
    let zero = text.bytes().all(|b| matches!(b, b'0' | b'.'));
    if value < 0.0 && !zero {
        format!("−{text}")
    } else {
        text
    }
}

/// How many characters of a number nobody rounded are shown; a longer one has an exponent.
const MOST_EXACT: usize = 24;

/// A number as it is, nothing rounded, as short as that can be written.
#[inline]
pub fn exact(value: f64) -> String {
    Some(value.to_string())
        .filter(|text| text.len() <= MOST_EXACT)
        .unwrap_or_else(|| format!("{value:e}"))
}

/// As many decimals as a reader can use: three figures, but no decimals past two, and
/// none at all where they are zero.
#[inline]
fn figures(value: f64) -> String {
    let size = value.abs();
    let decimals = if size >= 99.95 {
        0
    } else if size >= 9.995 {
        1
    } else {
        2
    };
    let text = grouped(&number(value, decimals));
    match text.split_once('.') {
        Some((whole, rest)) if rest.bytes().all(|b| b == b'0') => whole.to_owned(),
        _ => text,
    }
}

/// A number as it is set: up to two decimals, without zeros at the end.
#[inline]
pub(crate) fn trimmed(value: f64) -> String {
    let text = number(value, 2);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Dollars in billions, the sign before the currency.
#[inline]
fn dollars(value: f64, digits: impl Fn(f64) -> String) -> String {
    billions(&digits(value * language().numbers.in_a_billion))
}

/// A sum that is counted as the language counts billions.
#[inline]
fn billions(text: &str) -> String {
    match text.strip_prefix('−') {
        Some(amount) => say!("−${amount}\u{202f}bn", amount),
        None => say!("${text}\u{202f}bn", text),
    }
}

#[inline]
fn with_percent(number: &str) -> String {
    say!("{number}\u{202f}%", number)
}

#[inline]
fn months_long(value: f64, number: &str) -> String {
    plural!(
        value,
        "{number}\u{202f}month",
        "{number}\u{202f}months",
        number
    )
}

#[inline]
fn years_long(value: f64, number: &str) -> String {
    plural!(
        value,
        "{number}\u{202f}year",
        "{number}\u{202f}years",
        number
    )
}

/// Millions, as the language counts them.
#[inline]
fn millions(value: f64, digits: impl Fn(f64) -> String) -> String {
    let number = digits(value * language().numbers.in_a_million);
    say!("{number}\u{202f}million", number)
}

/// A fraction as a percentage: 35 %, or 7.5 % where a decimal matters.
#[inline]
pub fn percent(ratio: f64) -> String {
    let value = 100.0 * ratio;
    let decimals = usize::from(value.abs() < 9.95);
    with_percent(&number(value, decimals))
}

/// A fraction as a percentage with so many decimals, where shares lie close together.
#[inline]
pub fn share(ratio: f64, decimals: usize) -> String {
    with_percent(&number(100.0 * ratio, decimals))
}

/// A value in its unit.
#[inline]
pub fn value(unit: Unit, value: f64) -> String {
    match unit {
        Unit::UsdBn
        | Unit::UsdBnPerYear
        | Unit::UsdBnPerMonth
        | Unit::UsdBnPerGw
        | Unit::UsdBnPerGwYear => dollars(value, figures),
        Unit::Gw => format!("{}{GAP}GW", number(value, 1)),
        Unit::Ratio => percent(value),
        Unit::Percent | Unit::PercentPerYear => percent(value / 100.0),
        Unit::Month => Month::at(value as usize).map_or_else(|| t("never").to_owned(), month),
        Unit::Year => format!("{}", value as usize),
        Unit::Months => months_long(value, &trimmed(value)),
        Unit::Years => years_long(value, &trimmed(value)),
        Unit::UsdPerMwh => {
            let text = trimmed(value);
            match text.strip_prefix('−') {
                Some(amount) => say!("−${amount}\u{202f}a\u{202f}MWh", amount),
                None => say!("${text}\u{202f}a\u{202f}MWh", text),
            }
        }
        Unit::MillionChips => millions(value, |count| {
            number(count, usize::from(language().numbers.in_a_million <= 1.0))
        }),
        Unit::GwPerChip => format!("{}{GAP}W", number(value * 1e9, 0)),
        Unit::Times => format!("{}{GAP}×", trimmed(value)),
        Unit::H200 => format!("{}{GAP}×{GAP}H200", trimmed(value)),
        Unit::Number => grouped(&trimmed(value)),
        Unit::Switch | Unit::Choice => number(value, 0),
    }
}

/// Two values as the ends of a range, without the unit that stands beside the value
/// between them: 26–37 for shares, 5.2–9.9 for gigawatts.
#[inline]
pub fn range(unit: Unit, low: f64, high: f64) -> String {
    let bare = |at: f64| {
        let text = value(unit, at);
        match text.rfind(|c: char| c.is_ascii_digit()) {
            Some(last) if !matches!(unit, Unit::Month | Unit::Year) => {
                text[..=last].replace('$', "")
            }
            _ => text,
        }
    };
    // A dash between two minus signs would read as a third.
    let (from, to) = (bare(low), bare(high));
    if low < 0.0 {
        from_to(&from, &to)
    } else {
        format!("{from}–{to}")
    }
}

/// The same in words, with the unit: 26 % to 37 %.
#[inline]
pub fn range_in_words(unit: Unit, low: f64, high: f64) -> String {
    from_to(&value(unit, low), &value(unit, high))
}

/// A share of a hundred worlds: 22, and at the ends "fewer than 1" and "more than 99".
#[inline]
pub fn of_hundred(share: f64) -> String {
    let count = 100.0 * share;
    if share > 0.0 && count < 0.5 {
        t("fewer than 1").to_owned()
    } else if share < 1.0 && count >= 99.5 {
        t("more than 99").to_owned()
    } else {
        number(count, 0)
    }
}

/// An output of an outcome.
#[inline]
pub fn output(outcome: &Outcome, output: Output) -> String {
    value(output.spec().unit, outcome.get(output))
}

/// Gigawatts as they are set: a decimal, or what a reader has typed.
#[inline]
pub(crate) fn power(at: f64) -> String {
    let text = trimmed(at);
    if text.contains('.') {
        text
    } else {
        number(at, 1)
    }
}

/// A lever's value as it is set: nothing rounded away that a reader has typed.
#[inline]
pub fn lever(lever: Lever, at: f64) -> String {
    let spec = lever.spec();
    match spec.unit {
        Unit::UsdBn
        | Unit::UsdBnPerYear
        | Unit::UsdBnPerMonth
        | Unit::UsdBnPerGw
        | Unit::UsdBnPerGwYear => dollars(at, trimmed),
        Unit::Gw => format!("{}{GAP}GW", power(at)),
        Unit::Percent | Unit::PercentPerYear => with_percent(&trimmed(at)),
        Unit::Number => trimmed(at),
        Unit::Switch | Unit::Choice => {
            let name = spec.options.get(at as usize).copied();
            t(name.unwrap_or_default()).to_owned()
        }
        unit => value(unit, at),
    }
}

/// The unit of a lever, as it stands behind its number field.
#[inline]
pub fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::UsdBn | Unit::UsdBnPerYear => t("$ bn"),
        Unit::UsdBnPerMonth => t("$ bn a month"),
        Unit::UsdBnPerGw => t("$ bn per GW"),
        Unit::UsdBnPerGwYear => t("$ bn per GW-year"),
        Unit::Gw => "GW",
        Unit::Ratio | Unit::Number | Unit::Switch | Unit::Choice | Unit::Month | Unit::Year => "",
        Unit::Percent => "%",
        Unit::PercentPerYear => t("% a year"),
        Unit::Months => t("months"),
        Unit::Years => t("years"),
        Unit::UsdPerMwh => t("$ per MWh"),
        Unit::MillionChips => t("million chips"),
        Unit::GwPerChip => t("GW per chip"),
        Unit::Times => "×",
        Unit::H200 => "× H200",
    }
}

/// A published figure as the source gives it: its value, or its bounds in words.
#[inline]
pub fn fact(row: &Row) -> String {
    let unit = row.unit.as_deref().unwrap_or_default();
    amount((row.value, row.low, row.high), unit).unwrap_or_else(|| t(&row.metric).to_owned())
}

/// A value, or its bounds in words; none for a claim without numbers.
#[inline]
fn amount(numbers: (Option<f64>, Option<f64>, Option<f64>), unit: &str) -> Option<String> {
    let number = |value: f64| trimmed(value * scale(unit));
    let one = |value: f64| with_unit(&number(value), unit);
    let at_least = |value: f64| say!("{amount} or more", amount = one(value));
    let at_most = |value: f64| say!("up to {amount}", amount = one(value));
    Some(match numbers {
        (Some(value), Some(low), None) if value <= low => at_least(value),
        (Some(value), None, Some(high)) if value >= high => at_most(value),
        (Some(value), ..) => one(value),
        (None, Some(low), Some(high)) => {
            with_unit(&format!("{}–{}", number(low), number(high)), unit)
        }
        (None, Some(low), None) => at_least(low),
        (None, None, Some(high)) => at_most(high),
        (None, None, None) => return None,
    })
}

/// A name at the beginning of a sentence.
#[inline]
pub fn capital(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// Running text with the spaces between a number and its unit made narrow, so that no line
/// ends there.
#[inline]
pub fn unbroken(text: &str) -> String {
    let mut words = text.split(' ');
    let mut whole = words.next().unwrap_or_default().to_owned();
    for word in words {
        let after_number = whole.ends_with(|c: char| c.is_ascii_digit()) || whole.ends_with('$');
        let unit = word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '%');
        let holds = after_number && matches!(unit, "bn" | "tn" | "%" | "GW" | "MW" | "W");
        whole.push(if holds { GAP } else { ' ' });
        whole.push_str(word);
    }
    whole
}

/// A published figure as the source gives it, in numbers; empty for a claim in words.
#[inline]
pub fn published(fact: &Fact) -> String {
    amount((fact.value, fact.low, fact.high), fact.unit).unwrap_or_default()
}

/// A number in a formula: all its figures, or five of them, in groups.
#[inline]
pub fn plain(value: f64) -> String {
    let size = value.abs();
    let decimals = if size >= 1e4 || size == 0.0 {
        0
    } else {
        // As many as make five figures, the first of a small number being the first that
        // is not zero.
        (4 - libm::floor(libm::log10(size)) as i32).clamp(0, 12)
    };
    let text = number(value, decimals as usize);
    let text = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        &text
    };
    grouped(text)
}

/// What a sum of money is for, where it stands alone.
#[inline]
pub fn per(unit: Unit) -> &'static str {
    match unit {
        Unit::UsdBnPerYear => t(" a year"),
        Unit::UsdBnPerMonth => t(" a month"),
        Unit::UsdBnPerGw => t(" a gigawatt"),
        Unit::UsdBnPerGwYear => t(" a gigawatt-year"),
        _ => "",
    }
}

/// A value in its unit, with as many figures as a reader needs to work on with it.
#[inline]
pub fn precise(unit: Unit, at: f64) -> String {
    match unit {
        Unit::UsdBn => dollars(at, plain),
        Unit::UsdBnPerYear | Unit::UsdBnPerMonth | Unit::UsdBnPerGw | Unit::UsdBnPerGwYear => {
            format!("{}{}", dollars(at, plain), per(unit))
        }
        Unit::Gw => format!("{}{GAP}GW", plain(at)),
        Unit::Ratio => with_percent(&plain(100.0 * at)),
        Unit::Percent | Unit::PercentPerYear => with_percent(&plain(at)),
        Unit::Months => months_long(at, &plain(at)),
        Unit::Years => years_long(at, &plain(at)),
        Unit::MillionChips => millions(at, plain),
        Unit::GwPerChip => format!("{}{GAP}W", plain(1e9 * at)),
        Unit::Times => format!("{}{GAP}×", plain(at)),
        Unit::H200 => format!("{}{GAP}×{GAP}H200", plain(at)),
        Unit::Number => plain(at),
        Unit::Month | Unit::Year | Unit::UsdPerMwh | Unit::Switch | Unit::Choice => value(unit, at),
    }
}

/// How many of what the language counts by are in one of a published unit.
#[inline]
fn scale(unit: &str) -> f64 {
    if unit.starts_with("USD_bn") {
        language().numbers.in_a_billion
    } else {
        1.0
    }
}

/// A published number in its unit, with all its figures.
#[inline]
pub(crate) fn of_fact(value: f64, unit: &str) -> String {
    with_unit(&plain(value * scale(unit)), unit)
}

/// A published number in its unit; sums in billions are counted as the language does.
#[inline]
fn with_unit(number: &str, unit: &str) -> String {
    match unit {
        "USD_bn" => billions(number),
        "USD_tn" => say!("${number}\u{202f}tn", number),
        "USD_bn_per_year" => billions(number) + per(Unit::UsdBnPerYear),
        "USD_bn_per_GW" => billions(number) + per(Unit::UsdBnPerGw),
        "USD_bn_per_GW_year" => billions(number) + per(Unit::UsdBnPerGwYear),
        "USD_per_Mtoken" => {
            let (whole, cents) = number.split_once('.').unwrap_or((number, ""));
            say!("${amount}", amount = format!("{whole}.{cents:0<2}"))
        }
        "percent" => with_percent(number),
        "ratio" => format!("{number}{GAP}×"),
        "count" | "date" | "" => grouped(number),
        "TFLOPS_per_W" => say!("{number}\u{202f}TFLOPS a watt", number),
        "TB_per_s" => format!("{number}{GAP}TB/s"),
        "trillion_parameters" => say!("{number}\u{202f}trillion parameters", number),
        "months" => say!("{number}\u{202f}months", number),
        "years" => say!("{number}\u{202f}years", number),
        other => format!("{number}{GAP}{other}"),
    }
}

/// Groups the digits of whole numbers of five figures and more.
#[inline]
pub fn grouped(number: &str) -> String {
    let (sign, digits) = number
        .strip_prefix('−')
        .map_or(("", number), |digits| ("−", digits));
    if digits.len() < 5 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut text = sign.to_owned();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_nobody_rounded_are_short() {
        for (value, text) in [
            (0.1 + 0.2, "0.30000000000000004"),
            (-12.5, "-12.5"),
            (1e15, "1000000000000000"),
            (1e-300, "1e-300"),
        ] {
            assert_eq!(exact(value), text);
        }
    }

    #[test]
    fn quantities_read_well() {
        assert_eq!(value(Unit::UsdBn, 6.36), "$6.36\u{202f}bn");
        assert_eq!(value(Unit::UsdBn, -47.81), "−$47.8\u{202f}bn");
        assert_eq!(value(Unit::UsdBn, 13.0), "$13\u{202f}bn");
        assert_eq!(value(Unit::UsdBn, 4.8), "$4.80\u{202f}bn");
        assert_eq!(value(Unit::UsdBn, 173.8), "$174\u{202f}bn");
        assert_eq!(value(Unit::Gw, 7.515), "7.5\u{202f}GW");
        assert_eq!(value(Unit::Ratio, 0.349), "35\u{202f}%");
        assert_eq!(value(Unit::Ratio, -0.0079), "−0.8\u{202f}%");
        assert_eq!(value(Unit::Ratio, -0.0001), "0.0\u{202f}%");
        assert_eq!(value(Unit::Month, 41.0), "June 2026");
        assert_eq!(value(Unit::Month, 168.0), "never");
        assert_eq!(lever(Lever::GwCommitted, 5.0), "5.0\u{202f}GW");
        assert_eq!(lever(Lever::GwCommitted, 4.65), "4.65\u{202f}GW");
        assert_eq!(lever(Lever::Arr2026, 70.5), "$70.5\u{202f}bn");
        assert_eq!(lever(Lever::OptionOrDuty, 1.0), "option");
        assert_eq!(grouped("1700000"), "1,700,000");
        assert_eq!(
            unbroken("up to $20 bn, 16 %? no 5 GW."),
            "up to $20\u{202f}bn, 16\u{202f}%? no 5\u{202f}GW."
        );
        assert_eq!(unbroken("in 2026 AWS grew"), "in 2026 AWS grew");
    }
}

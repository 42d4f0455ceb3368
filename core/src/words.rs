//! What readers read, in their language.
//!
//! English stands where it is used and is the key to every other language, as in gettext:
//! `t("reset")`, or [`say!`] and [`plural!`] where values stand within a sentence. Another
//! language is a [`Table`] made by the build from a message file (`app/content/`), which fails
//! where a text has no translation, or one with other places for values. In English nothing is
//! looked up. Links, ids, JSON keys and the command line are not for readers and stay as they are.

use core::cell::Cell;
use core::fmt::{Display, Write as _};

/// Words as they are read in the language spoken: those of a registry's row, or a literal.
/// What no table knows stays in English.
#[inline]
pub fn t(english: &str) -> &str {
    let spoken = SPOKEN.get();
    match spoken.table {
        Some(table) => table
            .text(english)
            .or_else(|| spoken.more?.text(english))
            .unwrap_or(english),
        None => english,
    }
}

/// Marks words of a constant, which are said through [`t`] where they are shown.
pub const fn mark(english: &'static str) -> &'static str {
    english
}

/// A sentence with values in their places: `say!("{amount} by {year}", amount, year = 2026)`.
#[macro_export]
macro_rules! say {
    ($english:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::words::fill($crate::words::t($english), &[$((stringify!($name), &$crate::say!(@ $name $($value)?))),*])
    };
    (@ $name:ident) => { $name };
    (@ $name:ident $value:expr) => { $value };
}

/// A sentence whose words go by a number: `plural!(count, "{count} world", "{count} worlds")`.
/// The number has to be a name, and its place may be left out.
#[macro_export]
macro_rules! plural {
    ($count:ident, $one:literal, $other:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::words::fill(
            $crate::words::form($count as f64, $one, $other),
            &[(stringify!($count), &$count) $(, (stringify!($name), &$crate::say!(@ $name $($value)?)))*],
        )
    };
}

/// A language of the page.
#[derive(Debug)]
pub struct Language {
    /// Its tag, as in `lang` and in links.
    pub code: &'static str,
    /// What it calls itself.
    pub name: &'static str,
    /// How it writes numbers.
    pub numbers: Numbers,
    /// Which of its plural categories a number falls into; `plurals` of them.
    pub plural: fn(f64) -> usize,
    /// The categories by their CLDR names, in the order in which message files list them.
    pub plurals: &'static [&'static str],
}

/// How a language writes numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Numbers {
    /// How many of the units of large sums are in a billion: English counts in billions,
    /// Chinese in hundred millions.
    pub in_a_billion: f64,
    /// How many of the units of large counts are in a million.
    pub in_a_million: f64,
}

/// English, in which the page is written.
pub static ENGLISH: Language = Language {
    code: "en",
    name: "English",
    numbers: Numbers {
        in_a_billion: 1.0,
        in_a_million: 1.0,
    },
    plural: |count| usize::from(count.to_bits() != 1_f64.to_bits()),
    plurals: &["one", "other"],
};

/// Simplified Chinese.
pub static CHINESE: Language = Language {
    code: "zh-CN",
    name: "中文",
    numbers: Numbers {
        in_a_billion: 10.0,
        in_a_million: 100.0,
    },
    plural: |_| 0,
    plurals: &["other"],
};

/// Every language, that of the code first.
pub static LANGUAGES: [&Language; 2] = [&ENGLISH, &CHINESE];

/// A language is its tag.
impl PartialEq for Language {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Language {
    /// The language that a tag asks for: `zh`, `zh-Hans-CN` and `ZH-cn` are all Chinese.
    #[inline]
    pub fn from_code(code: &str) -> Option<&'static Self> {
        let primary = |code: &str| {
            let end = code.find(['-', '_']).unwrap_or(code.len());
            code[..end].to_ascii_lowercase()
        };
        LANGUAGES
            .into_iter()
            .find(|language| primary(language.code) == primary(code))
    }
}

/// The texts of a language other than English.
#[derive(Debug)]
pub struct Table {
    /// Hashes of the English texts, ascending; that of a plural is of its `other` form.
    pub keys: &'static [u32],
    /// The texts in the same order. The forms of a plural stand one after the other, apart by
    /// [`FORMS`].
    pub texts: &'static [&'static str],
}

/// Stands between the forms of a plural.
pub const FORMS: char = '\u{1}';

impl Table {
    #[inline]
    fn text(&self, english: &str) -> Option<&'static str> {
        let place = self.keys.binary_search(&hash(english)).ok()?;
        self.texts.get(place).copied()
    }
}

/// The key of a text (FNV-1a). The build refuses two texts with one key.
pub const fn hash(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let mut hash: u32 = 0x811c_9dc5;
    let mut i = 0;
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u32).wrapping_mul(0x0100_0193);
        i += 1;
    }
    hash
}

#[derive(Clone, Copy)]
struct Spoken {
    language: &'static Language,
    table: Option<&'static Table>,
    more: Option<&'static Table>,
}

thread_local! {
    // Of a thread, so that tests of two languages do not mind each other.
    static SPOKEN: Cell<Spoken> = const { Cell::new(Spoken { language: &ENGLISH, table: None, more: None }) };
}

/// Speaks a language from now on, on this thread. A page does so once, before anything is said.
#[inline]
pub fn speak(language: &'static Language, table: Option<&'static Table>) {
    SPOKEN.set(Spoken {
        language,
        table,
        more: None,
    });
}

/// Adds the texts of the evidence, which come with it.
#[inline]
pub fn learn(more: &'static Table) {
    SPOKEN.set(Spoken {
        more: Some(more),
        ..SPOKEN.get()
    });
}

/// The language spoken.
#[inline]
pub fn language() -> &'static Language {
    SPOKEN.get().language
}

/// Fills the places of a text: `{name}` by the value of that name.
#[inline]
pub fn fill(text: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16 * values.len());
    let mut rest = text;
    while let Some((before, (name, after))) = rest
        .split_once('{')
        .and_then(|(before, tail)| Some((before, tail.split_once('}')?)))
    {
        filled.push_str(before);
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            let _ = write!(filled, "{value}");
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// The form of a text for a number.
#[inline]
pub fn form(count: f64, one: &'static str, other: &'static str) -> &'static str {
    let spoken = SPOKEN.get();
    let place = (spoken.language.plural)(count);
    match spoken.table.and_then(|table| table.text(other)) {
        Some(forms) => forms.split(FORMS).nth(place).unwrap_or(forms),
        None => [one, other][(ENGLISH.plural)(count)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static TABLE: Table = Table {
        keys: &[hash("{count} worlds"), hash("{amount} by {year}")],
        texts: &["{count} 个世界", "{year} 年达 {amount}"],
    };

    #[test]
    fn a_text_is_said_in_the_language_spoken() {
        let said = |count: usize| {
            let year = 2026;
            (
                say!("{amount} by {year}", year, amount = "5 GW"),
                plural!(count, "{count} world", "{count} worlds"),
                t("reset"),
            )
        };
        let english = ("5 GW by 2026".to_owned(), "1 world".to_owned(), "reset");
        assert_eq!(said(1), english);
        assert_eq!(said(2).1, "2 worlds");
        let mut keys = TABLE.keys.to_vec();
        keys.sort_unstable();
        assert_eq!(keys, TABLE.keys, "the test's table is in order");
        speak(&CHINESE, Some(&TABLE));
        let chinese = ("2026 年达 5 GW".to_owned(), "1 个世界".to_owned(), "reset");
        assert_eq!(said(1), chinese);
        speak(&ENGLISH, None);
        assert_eq!(said(1), english);
    }

    #[test]
    fn tags_name_languages() {
        for (tag, code) in [("zh", "zh-CN"), ("ZH-hans", "zh-CN"), ("en_GB", "en")] {
            assert_eq!(Language::from_code(tag).map(|found| found.code), Some(code));
        }
        assert!(Language::from_code("").is_none());
        assert!(Language::from_code("xx").is_none());
    }
}

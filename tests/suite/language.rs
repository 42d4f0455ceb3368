//! The other languages, natively: plurals as CLDR has them, charts without a word of English.

use compute_loop::charts::{Case, Chart, View};
use compute_loop::content::{self, TRANSLATIONS};
use compute_loop_core::model;
use compute_loop_core::preset::PRESETS;
use compute_loop_core::words::{ENGLISH, LANGUAGES, Language};
use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use unic_langid::LanguageIdentifier;

#[test]
fn every_language_has_its_page() {
    let mut codes: Vec<&str> = TRANSLATIONS.iter().map(|language| language.code).collect();
    codes.insert(0, ENGLISH.code);
    assert_eq!(codes, LANGUAGES.map(|language| language.code));
}

#[test]
fn plurals_are_those_of_cldr() {
    for language in LANGUAGES {
        // Plurals go by the language alone, wherever it is spoken.
        let primary = language.code.split('-').next().unwrap_or_default();
        let tag: LanguageIdentifier = primary.parse().expect("a language's tag");
        let rules = PluralRules::create(tag, PluralRuleType::CARDINAL).expect("CLDR knows it");
        for count in 0..2_000_u32 {
            let category = match rules.select(count).expect("a number has a category") {
                PluralCategory::ZERO => "zero",
                PluralCategory::ONE => "one",
                PluralCategory::TWO => "two",
                PluralCategory::FEW => "few",
                PluralCategory::MANY => "many",
                PluralCategory::OTHER => "other",
            };
            let Language {
                plural, plurals, ..
            } = language;
            assert_eq!(
                plurals[plural(f64::from(count))],
                category,
                "{} {count}",
                language.code
            );
        }
    }
}

/// Whether two words in a row are in English, the second no name.
fn is_english(text: &str) -> bool {
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphabetic()).collect();
    let is_word = |word: &str, least: usize| word.len() >= least;
    words.windows(2).any(|pair| {
        is_word(pair[0], 3)
            && is_word(pair[1], 2)
            && pair[1].starts_with(|c: char| c.is_ascii_lowercase())
    })
}

#[test]
fn no_chart_says_a_word_in_english() {
    for language in TRANSLATIONS {
        content::speak(Some(language));
        let mut said = 0;
        for preset in PRESETS {
            let scenario = preset.scenario();
            let outcome = model::run(&scenario);
            for &chart in Chart::ALL {
                let picture = chart.picture(Case {
                    scenario: &scenario,
                    outcome: &outcome,
                    odds: None,
                    view: View::default(),
                    matters: None,
                });
                let readings = (0..picture.readings()).filter_map(|place| picture.reading(place));
                let readings = readings.map(|reading| reading.sentence());
                let words = [&picture.title, &picture.subtitle, &picture.summary].map(Clone::clone);
                for text in words.into_iter().chain(readings) {
                    assert!(
                        !is_english(&text),
                        "{}, {}: {text}",
                        language.code,
                        chart.id()
                    );
                    said += 1;
                }
            }
        }
        content::speak(None);
        assert!(said > 5_000, "{said} texts");
    }
}

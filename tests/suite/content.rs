//! How content files are read: that what is wrong in one fails the build and says why.

// What the build script itself does with the files is not called from here.
#[allow(dead_code, reason = "a build script has a main of its own")]
#[path = "../../app/build.rs"]
mod build;

use build::messages::{Text, collect, table, unique};
use build::{chapter, difference};
use compute_loop_core::words::{CHINESE, hash};

/// A chapter with these lines in its header.
fn with_header(lines: &str) -> Result<String, String> {
    chapter(1, &format!("title: Why?\n{lines}\n\nSome words.")).map(|chapter| chapter.code)
}

/// What is wrong with a chapter.
fn fault(lines: &str) -> String {
    with_header(lines).expect_err(lines)
}

#[test]
fn answers_are_read() {
    for condition in [
        "gw-gap-2026-12 > 0.05",
        "gw-needed-2026-12 <= gw-committed",
        "gw-needed-2026-12 >= gw-committed + 0.5 and aws-growth-2026 < -0.1",
        "return-positive is never",
        "return-positive is not never and return-positive < 2030-01",
        "return-positive < pledge-met",
        "option-or-duty is option",
        "aws-margin-2027 >= aws-margin-2026 + visible-lift",
        "pledge and pledge-years",
    ] {
        let lines = format!("answer if {condition}: {{output:gw-gap-2026-12}}: yes.\nanswer: No.");
        let code = with_header(&lines).unwrap_or_else(|fault| panic!("{condition}: {fault}"));
        assert_eq!(code.matches("Answer {").count(), 2, "{condition}");
    }
    assert!(with_header("short: Why").is_ok());
}

#[test]
fn answers_that_mean_nothing_are_refused() {
    for (condition, says) in [
        ("gw-gap > 1", "no output or lever is called gw-gap"),
        ("gw-gap-2026-12 > arr-2026", "is in Gw, arr-2026 in"),
        ("gw-gap-2026-12 > NaN", "no output or lever is called NaN"),
        ("gw-gap-2026-12 = 1", "is no comparison"),
        ("gw-gap-2026-12 >", "is no comparison"),
        ("gw-gap-2026-12", "is no comparison"),
        ("", "no field answer if"),
        ("gw-gap-2026-12 is never", "is no comparison"),
        ("return-positive > 2040-01", "no output or lever is called"),
        ("option-or-duty is gift", "is never gift"),
        ("gw-gap-2026-12 > gw-committed + x", "x is no number"),
        (
            "gw-gap-2026-12 > gw-committed + visible-lift",
            "visible-lift is no number",
        ),
    ] {
        let fault = fault(&format!("answer if {condition}: Yes.\nanswer: No."));
        assert!(fault.contains(says), "{condition}: {fault}");
    }
    let always = "answer if gw-gap-2026-12 > 1: Yes.";
    assert_eq!(fault(always), "the last answer has a condition");
    let twice = "answer: Yes.\nanswer: No.";
    assert!(fault(twice).contains("before another"));
    assert!(fault("answr: Yes.").contains("no field answr"));
    assert!(fault("answer: {output:gw}").contains("no output is called gw"));
}

#[test]
fn words_that_depend_on_the_scenario_are_read() {
    let read = |text: &str| chapter(1, &format!("title: Why?\n\n{text}"));
    let code = read("{when gw-committed: It has | Say it} signed {lever:gw-committed}.");
    let code = code.expect("it is read").code;
    assert!(
        code.contains("so: \"It has\", otherwise: \"Say it\""),
        "{code}"
    );
    assert!(code.contains("plus: 5.0"), "{code}");
    for (text, says) in [
        ("{when gw-committed: It has}", "no words to choose from"),
        (
            "{when gw-committed It has | Say}",
            "no words to choose from",
        ),
        ("{when gw-committed: It has | }", "leaves words out"),
        ("{when gw-needed-2026-12: a | b}", "is no comparison"),
        ("{when gw: a | b}", "no output or lever is called gw"),
    ] {
        let fault = read(text).map(|chapter| chapter.code).expect_err(text);
        assert!(fault.contains(says), "{text}: {fault}");
    }
}

#[test]
fn shares_may_have_decimals() {
    let read = |text: &str| chapter(1, &format!("title: Why?\n\n{text}"));
    let code = read("{output:aws-margin-2026|1}").expect("it is read").code;
    assert!(code.contains("decimals: 1"), "{code}");
    assert!(read("{output:aws-margin-2026|x}").is_err());
    assert!(read("{output:gw-needed-2026-12|1}").is_err());
}

#[test]
fn figures_are_read() {
    let read = |block: &str| chapter(1, &format!("title: Why?\n\nfigures: {block}"));
    let code = read("pledge-met, back by = return-positive").expect("it is read");
    assert!(code.code.contains("The pledge is spent by"));
    assert!(code.code.contains("\"back by\""));
    assert_eq!(code.shape, ["figures: pledge-met, return-positive"]);
    assert!(read("pledge-unmet").is_err());
    assert!(read("").is_err());
}

#[test]
fn languages_show_the_same() {
    let shape = |texts: &[&str]| -> Vec<(u32, Vec<String>)> {
        texts
            .iter()
            .zip(0..)
            .map(|(text, number)| {
                let text = format!("title: Why?\n\n{text}");
                let chapter = chapter(number, &text).expect("it is read");
                (chapter.number, chapter.shape)
            })
            .collect()
    };
    let english = shape(&["Words.\n\nchart: loop", "table: facts\n\nchart: gap"]);
    let good = shape(&["chart: loop\n\nWorte.", "table: facts\n\nchart: gap"]);
    assert_eq!(difference(&english, &good), None);
    let number = |text: &str| shape(&[&format!("{text}\n\nchart: gap")]);
    let english_number = number("It needs {output:gw-needed-2026-12} by {output:pledge-met}.");
    let moved = number("By {output:pledge-met} it needs {output:gw-needed-2026-12}.");
    assert_eq!(difference(&english_number, &moved), None);
    assert!(difference(&english_number, &number("By {output:pledge-met}.")).is_some());
    let other = shape(&["chart: loop", "chart: gap\n\ntable: facts"]);
    let fault = difference(&english, &other).expect("the order differs");
    assert!(fault.starts_with("chapter 1 shows"), "{fault}");
    let fault = difference(&english, &shape(&["chart: loop"])).expect("one is missing");
    assert_eq!(fault, "its chapters are [0]");
}

/// The texts of a source, each with the `one` form of a plural.
fn texts(source: &str) -> Vec<(String, Option<String>)> {
    let mut found = vec![];
    collect(source.parse().expect("it is Rust"), "a.rs", &mut found);
    let texts = unique(found).into_iter();
    texts.map(|text| (text.english, text.one)).collect()
}

#[test]
fn what_the_code_says_is_found_token_by_token() {
    let found = texts(
        r#"
        /// t("not a text")
        fn shown(count: usize) -> String {
            let a = t("reset"); // t("nor this")
            let b = say!("{amount} by\u{202f}{year}", amount = t(row.label), year);
            let c = plural!(count, "{count} world", "{count} worlds");
            view! { <p title=t("Why?")>{if a { t(match b { 1 => "one", _ => "two" }) } else { mark("kept") }}</p> }
        }
        #[cfg(test)]
        mod tests { fn f() { t("of a test"); } }
        fn after() { t("reset"); other("no text"); }
        "#,
    );
    let plain = |text: &str| (text.to_owned(), None);
    let worlds = (
        "{count} worlds".to_owned(),
        Some("{count} world".to_owned()),
    );
    assert_eq!(
        found,
        [
            plain("reset"),
            plain("{amount} by\u{202f}{year}"),
            worlds,
            plain("Why?"),
            plain("one"),
            plain("two"),
            plain("kept"),
        ]
    );
}

#[test]
fn a_message_file_is_held_to_the_code() {
    let text = |english: &str, one: Option<&str>| Text {
        english: english.to_owned(),
        one: one.map(str::to_owned),
        place: "a.rs:1".to_owned(),
    };
    let wanted = [
        text("{amount} by {year}", None),
        text("{count} worlds", Some("{count} world")),
    ];
    let path = std::env::temp_dir().join(format!("messages-{}.po", std::process::id()));
    let head = "msgid \"\"\nmsgstr \"\"\n\"Language: zh-CN\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Plural-Forms: nplurals=1; plural=0;\\n\"\n";
    let read = |amount: &str, worlds: &str, more: &str| {
        let file = format!(
            "{head}\nmsgid \"{{amount}} by {{year}}\"\nmsgstr \"{amount}\"\n\nmsgid \"{{count}} world\"\nmsgid_plural \"{{count}} worlds\"\nmsgstr[0] \"{worlds}\"\n{more}"
        );
        std::fs::write(&path, file).expect("a file can be written");
        table(&path, &CHINESE, &wanted)
    };
    let good = ["{year} 年 {amount}", "{count} 个世界"];
    let rows = read(good[0], good[1], "").expect("nothing is missing");
    assert_eq!(rows.len(), 2);
    assert!(rows.contains(&(hash("{count} worlds"), good[1].to_owned())));
    let fault = |amount: &str, worlds: &str, more: &str, says: &str| {
        let fault = read(amount, worlds, more).expect_err(says);
        assert!(fault.contains(says), "{fault}");
    };
    fault("", good[1], "", "is not translated");
    fault(good[0], "", "", "is not translated");
    fault("{jahr} {amount}", good[1], "", "has other places");
    fault(
        good[0],
        good[1],
        "\nmsgid \"gone\"\nmsgstr \"x\"\n",
        "nothing says \"gone\" any more",
    );
    std::fs::remove_file(&path).expect("it is there");
}

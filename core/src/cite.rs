//! Citations: as text for readers, as BibTeX for their bibliographies.

use std::fmt::Write as _;

use crate::evidence::Source;
use crate::format;
use crate::link::{self, VERSION};
use crate::outcome::{Outcome, Output};
use crate::say;
use crate::scenario::Scenario;
use crate::words::{mark, t};

/// The name of the page.
pub const NAME: &str = mark("The Compute Loop");

/// The version of the page.
pub const PAGE_VERSION: &str = env!("CARGO_PKG_VERSION");

/// Where and when something was read.
#[derive(Clone, Copy, Debug)]
pub struct Visit<'a> {
    /// The address of the page, without a fragment.
    pub address: &'a str,
    /// The day, in words.
    pub date: &'a str,
}

/// The page with a scenario, as text.
pub fn page(scenario: &Scenario, visit: Visit<'_>) -> String {
    say!(
        "{page}, version {version}, model {model}. Read on {date}: {link}",
        page = t(NAME),
        version = PAGE_VERSION,
        model = VERSION,
        date = visit.date,
        link = format!("{}{}", visit.address, link::encode(scenario))
    )
}

/// A single figure of a scenario's outcome, as text. The link carries its value.
pub fn figure(scenario: &Scenario, outcome: &Outcome, output: Output, visit: Visit<'_>) -> String {
    let link = link::quoting(scenario, outcome, output);
    say!(
        "{page}, version {version}, model {model}: “{figure}”, {value}. Read on {date}: {link}",
        page = t(NAME),
        version = PAGE_VERSION,
        model = VERSION,
        figure = t(output.spec().label),
        value = format::output(outcome, output),
        date = visit.date,
        link = format!("{}{link}", visit.address)
    )
}

/// A source document, as text.
pub fn source(source: &Source) -> String {
    say!(
        "{publisher}. “{title}”. {dated}",
        publisher = source
            .publisher
            .as_deref()
            .map_or(t("Publisher not stated"), t),
        title = t(&source.title),
        dated = t(&source.dated)
    )
}

/// The page with a scenario, as BibTeX.
pub fn page_bibtex(scenario: &Scenario, visit: Visit<'_>) -> String {
    entry(
        "compute-loop",
        &[
            ("title", braced(&escape(t(NAME)))),
            ("note", escape(&note(visit))),
            ("url", address(visit, &link::encode(scenario))),
        ],
    )
}

/// A single figure, as BibTeX.
pub fn figure_bibtex(
    scenario: &Scenario,
    outcome: &Outcome,
    output: Output,
    visit: Visit<'_>,
) -> String {
    let spec = output.spec();
    let title = say!(
        "{page}: {figure}, {value}",
        page = t(NAME),
        figure = t(spec.label),
        value = format::output(outcome, output)
    );
    entry(
        &format!("compute-loop-{}", spec.id),
        &[
            ("title", braced(&escape(&title))),
            ("note", escape(&note(visit))),
            (
                "url",
                address(visit, &link::quoting(scenario, outcome, output)),
            ),
        ],
    )
}

/// A source document, as BibTeX.
pub fn source_bibtex(source: &Source) -> String {
    let mut fields = vec![("title", braced(&escape(t(&source.title))))];
    if let Some(publisher) = &source.publisher {
        fields.push(("author", braced(&escape(t(publisher)))));
    }
    if let Some((year, _)) = source.date.as_deref().and_then(|date| date.split_once('-')) {
        fields.push(("year", escape(year)));
    }
    fields.push(("note", escape(t(&source.dated))));
    entry(&source.id, &fields)
}

/// What a bibliography says of the page beside its address.
fn note(visit: Visit<'_>) -> String {
    say!(
        "Version {version}, model {model}, read on {date}",
        version = PAGE_VERSION,
        model = VERSION,
        date = visit.date
    )
}

/// An entry of a bibliography: its key, then a field a line.
fn entry(key: &str, fields: &[(&str, String)]) -> String {
    let key: String = key
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    let mut text = format!("@misc{{{key},\n");
    for (name, value) in fields {
        let _ = writeln!(text, "  {name} = {{{value}}},");
    }
    text.push('}');
    text
}

/// A text in brackets of its own, so that its capitals stay.
fn braced(text: &str) -> String {
    format!("{{{text}}}")
}

/// The address with a fragment, as the field `url` takes it: as it stands, but for what
/// would end the field or is not ASCII, which is percent-encoded.
fn address(visit: Visit<'_>, link: &str) -> String {
    let mut text = String::new();
    for byte in visit.address.bytes().chain(link.bytes()) {
        if byte.is_ascii_graphic() && !matches!(byte, b'{' | b'}' | b'\\' | b'"' | b'<' | b'>') {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

/// Words as LaTeX writes them. BibTeX counts brackets even behind a backslash, so they
/// are spelt out; characters that older LaTeX lacks become their commands.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '<' => escaped.push_str("\\textless{}"),
            '>' => escaped.push_str("\\textgreater{}"),
            '|' => escaped.push_str("\\textbar{}"),
            '"' => escaped.push_str("\\textquotedbl{}"),
            '%' | '&' | '#' | '$' | '_' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\u{202f}' => escaped.push_str("\\,"),
            '\u{a0}' => escaped.push('~'),
            '−' => escaped.push_str("$-$"),
            '×' => escaped.push_str("$\\times$"),
            '–' => escaped.push_str("--"),
            '—' => escaped.push_str("---"),
            '’' => escaped.push('\''),
            '‘' => escaped.push('`'),
            '“' => escaped.push_str("``"),
            '”' => escaped.push_str("''"),
            '…' => escaped.push_str("\\ldots{}"),
            // Line breaks and what cannot be seen end no field, but make it hard to read.
            c if c.is_whitespace() || c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nasty_characters_are_spelt_out() {
        assert_eq!(
            escape("50\u{202f}% of {A & B}_1 #2 $3 ~^\\\n“x” – y’s"),
            "50\\,\\% of \\textbraceleft{}A \\& B\\textbraceright{}\\_1 \\#2 \\$3 \
             \\textasciitilde{}\\textasciicircum{}\\textbackslash{} ``x'' -- y's"
        );
    }

    #[test]
    fn an_address_cannot_end_its_field() {
        let visit = Visit {
            address: "https://example.org/}{\\ ü/",
            date: "1 May 2026",
        };
        let text = page_bibtex(&Scenario::default(), visit);
        assert!(
            text.contains("url = {https://example.org/%7D%7B%5C%20%C3%BC/#m=1},"),
            "{text}"
        );
    }
}

//! Turns the content files into constants, and fails on a name that does not exist.
//!
//! Each folder of `content/` is a language, named by its code; all hold the same
//! chapters with the same charts, tables and figures in the same order, and the same live
//! numbers in each paragraph. Every language but English has `messages.po` beside them: the
//! texts of the code (`build/messages.rs`).
//!
//! A content file is plain text, blocks apart by a blank line. The first block is the
//! header, a field a line: `title:`, `short:`, `sources:` and the answers, which are
//! `answer if CONDITION: text` and at the end `answer: text`; the first whose condition
//! holds is shown. The other blocks are `chart: ID`, `table: NAME`, `## heading`,
//! `leaves out: text`, `figures: ID, label = ID`, or a paragraph. A text may hold
//! `{output:ID}`, `{lever:ID}` and `{fact:ID}`, and `{count:facts}` or
//! `{count:conflicts}` for how many there are. `{output:ID|1}` gives a share so many
//! decimals. `{when CONDITION: words | other words}` are words that depend
//! on the scenario; the sentence around them stays as it is.
//!
//! A condition is one or more comparisons joined by `and`. A comparison is `A < B` with
//! `<`, `<=`, `>` or `>=`, where A is an output or lever and B a number in its unit (a
//! month as `YYYY-MM`), another id of the same unit, or `ID + NUMBER`, where the number
//! may be an assumption's id; or `A is never` and `A is not never` for a month that an
//! output gives; `A is NAME` for a choice or switch; `A shows FACT` for a share that
//! reads, to the percent, as published; or a lever's id alone: it stands at its default.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use compute_loop_core::levers::Lever;
use compute_loop_core::month::{HORIZON, Month};
use compute_loop_core::odds::{Asked, Desk, FIRST_DRAWS, SEED, first};
use compute_loop_core::outcome::Output;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::unit::Unit;
use compute_loop_core::words::{self, Table};
use compute_loop_core::{assumption, evidence, format};

#[path = "build/messages.rs"]
pub(crate) mod messages;

use messages::Text;

/// Where the languages are.
const CONTENT: &str = "content";
/// Where the texts of the code are.
const SOURCES: [&str; 2] = ["../core/src", "src"];
/// The language that has to be there, and comes first.
const FIRST: &str = "en";

fn main() {
    println!("cargo::rerun-if-changed={CONTENT}");
    let mut folders = entries(Path::new(CONTENT));
    folders.retain(|path| path.is_dir());
    folders.sort_by_key(|path| (name(path) != FIRST, name(path)));
    assert!(
        folders.first().is_some_and(|path| name(path) == FIRST),
        "{CONTENT}: there is no folder {FIRST}"
    );
    let mut texts = messages::texts(&SOURCES);
    texts.extend(names_of_evidence());
    let texts = messages::unique(texts);
    let mut library = messages::unique(texts_of_evidence());
    library.retain(|text| texts.iter().all(|known| known.english != text.english));
    let (mut code, mut names) = (String::new(), vec![]);
    let mut first = vec![];
    for folder in &folders {
        let tag = name(folder);
        let spoken = words::LANGUAGES
            .into_iter()
            .find(|language| language.code == tag)
            .unwrap_or_else(|| panic!("{}: no language has this tag", folder.display()));
        // Figures of the evidence stand in the chapters as the language writes them.
        let table = if tag == FIRST {
            None
        } else {
            let table =
                |file: &str, texts: &[Text]| messages::table(&folder.join(file), spoken, texts);
            let [rows, more] = match [table("messages.po", &texts), table("evidence.po", &library)]
            {
                [Ok(rows), Ok(more)] => [rows, more].map(leak),
                faults => panic!(
                    "{}",
                    faults
                        .into_iter()
                        .filter_map(Result::err)
                        .collect::<Vec<_>>()
                        .join("\n")
                ),
            };
            let constant = constant(&tag);
            let _ = writeln!(
                code,
                "/// What the evidence says in another language; fetched with it.\n#[allow(clippy::unreadable_literal, reason = \"nobody reads them\")]\npub static {constant}_EVIDENCE: words::Table = {};",
                as_code(more)
            );
            Some(rows)
        };
        words::speak(spoken, table);
        let chapters = language(folder);
        let shape: Vec<_> = chapters
            .iter()
            .map(|chapter| (chapter.number, chapter.shape.clone()))
            .collect();
        if first.is_empty() {
            first = shape;
        } else if let Some(fault) = difference(&first, &shape) {
            panic!("{}: unlike {FIRST}, {fault}", folder.display());
        }
        let constant = constant(&tag);
        let heads: String = chapters
            .iter()
            .filter(|chapter| chapter.number > 0)
            .map(|chapter| chapter.head.as_str())
            .collect();
        let chapters: String = chapters.into_iter().map(|chapter| chapter.code).collect();
        // What the English page uses of its constant is known when it is compiled, and the
        // rest left out; another language is one thing, fetched as a whole.
        let (kind, doc) = if names.is_empty() {
            ("const", "The page in English.")
        } else {
            ("static", "The page in another language.")
        };
        let table = table.map_or_else(
            || "None".to_owned(),
            |table| format!("Some({})", as_code(table)),
        );
        let _ = writeln!(
            code,
            "/// {doc}\n#[allow(clippy::unreadable_literal, reason = \"nobody reads them\")]\npub {kind} {constant}: Language = Language {{ code: {tag:?}, table: {table}, heads: &[\n{heads}], chapters: &[\n{chapters}] }};",
        );
        names.push(constant);
    }
    words::speak(&words::ENGLISH, None);
    let others = names[1..].iter().map(|name| format!("&{name}"));
    let others = others.collect::<Vec<_>>().join(", ");
    let _ = writeln!(
        code,
        "/// Every language but English.\npub static TRANSLATIONS: &[&Language] = &[{others}];"
    );
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("content.rs"), code).expect("OUT_DIR can be written to");
    fs::write(Path::new(&out).join("first.rs"), first_view()).expect("OUT_DIR can be written to");
    fs::write(Path::new(&out).join("sources.rs"), sources()).expect("OUT_DIR can be written to");
}

/// What a language's constant is called.
fn constant(tag: &str) -> String {
    tag.to_uppercase().replace('-', "_")
}

fn as_code(Table { keys, texts }: &Table) -> String {
    format!("words::Table {{ keys: &{keys:?}, texts: &{texts:?} }}")
}

/// What facts and documents are called where the page names them.
fn names_of_evidence() -> Vec<Text> {
    let of_documents = evidence::sources().iter().flat_map(|row| {
        let texts = [&row.short, &row.dated, &row.about];
        texts.map(|text| messages::of_evidence("sources", text))
    });
    let of_facts = evidence::facts().iter().flat_map(|row| {
        [&row.subject, &row.metric].map(|text| messages::of_evidence("facts", text))
    });
    of_documents.chain(of_facts).collect()
}

/// What the evidence says at length.
fn texts_of_evidence() -> Vec<Text> {
    let mut texts = vec![];
    for row in evidence::sources() {
        texts.push(messages::of_evidence("sources", &row.trust));
    }
    for row in evidence::facts() {
        texts.push(messages::of_evidence("facts", &row.statement));
        texts.extend(
            row.note
                .iter()
                .map(|note| messages::of_evidence("facts", note)),
        );
    }
    for row in evidence::conflicts() {
        let sides = row.sides.iter().map(|side| &side.says);
        let all = [&row.title, &row.reason, &row.model_uses];
        let all = all.into_iter().chain(sides);
        texts.extend(all.map(|text| messages::of_evidence("conflicts", text)));
    }
    texts
}

/// A table that lives as long as the build does.
fn leak(rows: Vec<(u32, String)>) -> &'static Table {
    let (keys, texts): (Vec<u32>, Vec<&'static str>) = rows
        .into_iter()
        .map(|(key, text)| (key, &*text.leak()))
        .unzip();
    Box::leak(Box::new(Table {
        keys: keys.leak(),
        texts: texts.leak(),
    }))
}

/// What the worlds say of the defaults on the first screen: see `src/first.rs`.
fn first_view() -> String {
    let asked = first::OUTPUTS.map(Asked::of);
    let mut desk = Desk::new(SEED, FIRST_DRAWS);
    let answer = desk.answer(&Scenario::default(), &first::SERIES, &asked, None);
    let bands = answer.bands.iter().map(|band| {
        let percentiles = band.percentiles.each_ref().map(|all| format!("&{all:?}"));
        format!(
            "KnownBand {{ series: Series::{:?}, first: {}, percentiles: [{}] }},\n",
            band.series,
            band.first,
            percentiles.join(", ")
        )
    });
    let figures = answer.figures.iter().map(|figure| {
        let output = figure.asked.output;
        format!("(Output::{output:?}, {:?}),\n", figure.percentiles)
    });
    format!(
        "Known {{ bands: &[{}], figures: &[{}] }}",
        bands.collect::<String>(),
        figures.collect::<String>()
    )
}

/// The source documents as constants, in their order.
fn sources() -> String {
    let mut code = String::from("&[\n");
    for row in evidence::sources() {
        let _ = writeln!(
            code,
            "SourceLine {{ id: {:?}, short: {:?}, title: {:?}, publisher: {:?}, dated: {:?}, about: {:?} }},",
            row.id,
            row.short,
            row.title,
            row.publisher.as_deref().unwrap_or("publisher not stated"),
            row.dated,
            row.about,
        );
    }
    code.push_str("]\n");
    code
}

/// What a folder holds.
fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .expect("the content folder can be read")
        .map(|entry| entry.expect("the content folder can be read").path())
        .collect()
}

/// The last part of a path.
fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// A chapter as code, and what has to be alike in every language.
pub(crate) struct Chapter {
    pub(crate) number: u32,
    /// Its title and its short name, as code of what is known before it is there.
    pub(crate) head: String,
    pub(crate) code: String,
    pub(crate) shape: Vec<String>,
}

/// The chapters of one language, in order.
fn language(folder: &Path) -> Vec<Chapter> {
    let mut files = entries(folder);
    files.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    let mut chapters: Vec<Chapter> = files
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path).expect("a content file can be read");
            number(&name(path))
                .and_then(|number| chapter(number, &text))
                .unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
        })
        .collect();
    chapters.sort_by_key(|chapter| chapter.number);
    chapters
}

/// What a language has that the first does not, or the other way round.
pub(crate) fn difference(
    first: &[(u32, Vec<String>)],
    other: &[(u32, Vec<String>)],
) -> Option<String> {
    let numbers =
        |shape: &[(u32, Vec<String>)]| shape.iter().map(|(number, _)| *number).collect::<Vec<_>>();
    if numbers(first) != numbers(other) {
        return Some(format!("its chapters are {:?}", numbers(other)));
    }
    let pair = first.iter().zip(other).find(|(a, b)| a.1 != b.1)?;
    Some(format!("chapter {} shows {:?}", pair.1.0, pair.1.1))
}

/// The number that a file's name begins with: its place on the page.
fn number(name: &str) -> Result<u32, String> {
    let digits: String = name.chars().take_while(char::is_ascii_digit).collect();
    digits
        .parse()
        .map_err(|_| "the name has to begin with a number".to_owned())
}

/// Reads a chapter; what is wrong with it where it cannot be read.
pub(crate) fn chapter(number: u32, text: &str) -> Result<Chapter, String> {
    let text = text.replace("\r\n", "\n");
    let mut blocks = text
        .split("\n\n")
        .map(str::trim)
        .filter(|block| !block.is_empty());
    let (mut code, head) = header(number, blocks.next().unwrap_or_default())?;
    let mut shape = vec![];
    for block in blocks {
        let flat = block.split_whitespace().collect::<Vec<_>>().join(" ");
        let (kind, body) = if let Some(id) = flat.strip_prefix("chart:") {
            let _ = writeln!(code, "Block::Chart(Chart::named({:?})),", id.trim());
            shape.push(flat);
            continue;
        } else if let Some(name) = flat.strip_prefix("table:") {
            let _ = writeln!(code, "Block::Table(Table::named({:?})),", name.trim());
            shape.push(flat);
            continue;
        } else if let Some(list) = flat.strip_prefix("figures:") {
            let (figures, ids) = figures(list)?;
            let _ = writeln!(code, "Block::Figures(&[{figures}]),");
            shape.push(format!("figures: {ids}"));
            continue;
        } else if let Some(body) = flat.strip_prefix("leaves out:") {
            ("LeavesOut", body)
        } else if let Some(body) = flat.strip_prefix("## ") {
            ("Heading", body)
        } else {
            ("Paragraph", flat.as_str())
        };
        let _ = writeln!(code, "Block::{kind}(&[{}]),", spans(body.trim())?);
        let numbers = live(body);
        if !numbers.is_empty() {
            shape.push(format!("{kind}: {numbers}"));
        }
    }
    code.push_str("] },\n");
    Ok(Chapter {
        number,
        head,
        code,
        shape,
    })
}

/// The header of a chapter, up to where its blocks begin, and its head.
fn header(number: u32, block: &str) -> Result<(String, String), String> {
    let (mut title, mut short, mut sources, mut answers) = ("", "", "", vec![]);
    for line in block.lines() {
        let Some((field, text)) = line.split_once(':') else {
            return Err(format!("the header has a line without a field: {line}"));
        };
        let text = text.trim();
        match field.trim() {
            "title" => title = text,
            "short" => short = text,
            "sources" => sources = text,
            "answer" => answers.push((None, text)),
            field => match field.strip_prefix("answer if ") {
                Some(condition) => answers.push((Some(condition), text)),
                None => return Err(format!("the header has no field {field}")),
            },
        }
    }
    if title.is_empty() {
        return Err("no title".to_owned());
    }
    if short.is_empty() {
        short = title;
    }
    let mut shorts = vec![];
    for id in sources
        .split(',')
        .map(str::trim)
        .filter(|id| !id.is_empty())
    {
        let row = evidence::sources().iter().find(|row| row.id == id);
        let row = row.ok_or_else(|| format!("no source is called {id}"))?;
        shorts.push(row.short.as_str());
    }
    let last = answers.len().saturating_sub(1);
    let mut variants = String::new();
    for (i, (condition, text)) in answers.iter().enumerate() {
        match condition {
            Some(_) if i == last => return Err("the last answer has a condition".to_owned()),
            None if i < last => {
                return Err("an answer without a condition comes before another".to_owned());
            }
            _ => {}
        }
        let conditions = condition.map_or(Ok(String::new()), conditions)?;
        let _ = writeln!(
            variants,
            "Answer {{ conditions: &[{conditions}], text: &[{}] }},",
            spans(text)?
        );
    }
    let facts = evidence::facts().iter();
    let facts = facts.filter(|row| u32::from(evidence::chapter(row)) == number);
    let facts = facts.count();
    let head = format!(
        "Head {{ number: {number}, id: \"chapter-{number}\", title: {title:?}, short: {short:?} }},\n"
    );
    let code = format!(
        "Chapter {{ number: {number}, title: {title:?}, short: {short:?}, sources: &{shorts:?}, facts: {facts}, answers: &[{variants}], blocks: &[\n"
    );
    Ok((code, head))
}

/// A list of figures as code, and their ids.
fn figures(list: &str) -> Result<(String, String), String> {
    let (mut code, mut ids) = (String::new(), vec![]);
    for item in list.split(',').map(str::trim) {
        let (label, id) = match item.split_once('=') {
            Some((label, id)) => (Some(label.trim()), id.trim()),
            None => (None, item),
        };
        let (place, output) = output(id)?;
        let label = label.unwrap_or(output.spec().label);
        let _ = write!(
            code,
            "Named {{ label: {label:?}, output: Output::ALL[{place}] }}, "
        );
        ids.push(id);
    }
    Ok((code, ids.join(", ")))
}

/// The output with an id, and its place in the registry.
fn output(id: &str) -> Result<(usize, Output), String> {
    let place = Output::ALL.iter().position(|row| row.spec().id == id);
    let place = place.ok_or_else(|| format!("no output is called {id}"))?;
    Ok((place, Output::ALL[place]))
}

/// The lever with an id, and its place in the registry.
fn lever(id: &str) -> Result<(usize, Lever), String> {
    let place = Lever::ALL.iter().position(|row| row.spec().id == id);
    let place = place.ok_or_else(|| format!("no lever is called {id}"))?;
    Ok((place, Lever::ALL[place]))
}

/// What a condition compares: an output or a lever.
struct Quantity {
    code: String,
    unit: Unit,
    /// Whether it can be a month that never comes.
    may_never_come: bool,
    /// What the values of a choice or switch are called.
    options: &'static [&'static str],
    /// Where a lever starts.
    default: Option<f64>,
}

fn quantity(id: &str) -> Result<Quantity, String> {
    if let Ok((place, output)) = output(id) {
        let unit = output.spec().unit;
        return Ok(Quantity {
            code: format!("Quantity::Output(Output::ALL[{place}])"),
            unit,
            may_never_come: unit == Unit::Month,
            options: &[],
            default: None,
        });
    }
    let (place, lever) = lever(id).map_err(|_| format!("no output or lever is called {id}"))?;
    Ok(Quantity {
        code: format!("Quantity::Lever(Lever::ALL[{place}])"),
        unit: lever.spec().unit,
        may_never_come: false,
        options: lever.spec().options,
        default: Some(lever.spec().default),
    })
}

/// The comparisons of a condition, as code.
fn conditions(text: &str) -> Result<String, String> {
    let mut code = String::new();
    for part in text.split(" and ") {
        let words: Vec<&str> = part.split_whitespace().collect();
        let [id, rest @ ..] = &words[..] else {
            return Err(format!("“{text}” compares nothing"));
        };
        let left = quantity(id)?;
        let mut compare = |relation: &str, right: &str, plus: f64| {
            let _ = write!(
                code,
                "Condition {{ left: {}, relation: Relation::{relation}, right: {right}, plus: {plus:?} }}, ",
                left.code
            );
        };
        match rest {
            ["is", "never"] if left.may_never_come => compare("AtLeast", "None", HORIZON as f64),
            ["is", "not", "never"] if left.may_never_come => {
                compare("Below", "None", HORIZON as f64);
            }
            ["is", name] if !left.options.is_empty() => {
                let place = left.options.iter().position(|option| option == name);
                let place = place.ok_or_else(|| format!("{id} is never {name}"))?;
                compare("AtLeast", "None", place as f64);
                compare("AtMost", "None", place as f64);
            }
            ["shows", fact] if left.unit == Unit::Ratio => {
                let percent = percent(fact)?;
                compare("AtLeast", "None", (percent - 0.5) / 100.0);
                compare("Below", "None", (percent + 0.5) / 100.0);
            }
            [relation, right @ ..] => {
                let relation = match *relation {
                    "<" => "Below",
                    "<=" => "AtMost",
                    ">" => "Above",
                    ">=" => "AtLeast",
                    _ => return Err(format!("“{part}” is no comparison")),
                };
                let (other, plus) = match right {
                    [one] => match value(one, left.unit) {
                        Some(value) => (None, value),
                        None => (Some(*one), 0.0),
                    },
                    [other, "+", number] => {
                        let plus = number.parse().ok().filter(|plus: &f64| plus.is_finite());
                        let plus = plus.or_else(|| assumed(number, left.unit));
                        let plus = plus.ok_or_else(|| format!("{number} is no number"))?;
                        (Some(*other), plus)
                    }
                    _ => return Err(format!("“{part}” is no comparison")),
                };
                let Some(other) = other else {
                    compare(relation, "None", plus);
                    continue;
                };
                let right = quantity(other)?;
                if right.unit != left.unit {
                    return Err(format!(
                        "{id} is in {:?}, {other} in {:?}",
                        left.unit, right.unit
                    ));
                }
                compare(relation, &format!("Some({})", right.code), plus);
            }
            [] => {
                let default = left.default;
                let default = default.ok_or_else(|| format!("“{part}” is no comparison"))?;
                compare("AtLeast", "None", default);
                compare("AtMost", "None", default);
            }
        }
    }
    Ok(code)
}

/// A number of a condition in a unit, or none where the text is something else.
fn value(text: &str, unit: Unit) -> Option<f64> {
    if unit == Unit::Month {
        return Some(Month::parse(text)?.index() as f64);
    }
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

/// The value of an assumption in a unit, or none where there is none of this name.
fn assumed(id: &str, unit: Unit) -> Option<f64> {
    let row = assumption::ALL.iter().find(|row| row.id == id)?;
    (row.unit == unit).then_some(row.value)
}

/// Words that depend on a condition, as code.
fn turn(text: &str) -> Result<String, String> {
    let parts = text.split_once(':').and_then(|(condition, words)| {
        let (so, otherwise) = words.split_once('|')?;
        Some([condition, so, otherwise].map(str::trim))
    });
    let Some([condition, so, otherwise]) = parts else {
        return Err(format!("“{text}” gives no words to choose from"));
    };
    if so.is_empty() || otherwise.is_empty() {
        return Err(format!("“{text}” leaves words out"));
    }
    let conditions = conditions(condition)?;
    Ok(format!(
        "Span::Turn(Turn {{ conditions: &[{conditions}], so: {so:?}, otherwise: {otherwise:?} }}), "
    ))
}

/// An output, perhaps with how many decimals it is to have, as code.
fn figure(text: &str) -> Result<String, String> {
    let Some((id, decimals)) = text.split_once('|') else {
        return Ok(format!("Span::Output(Output::ALL[{}]), ", output(text)?.0));
    };
    let (place, output) = output(id)?;
    let decimals = decimals
        .parse()
        .ok()
        .filter(|decimals: &usize| *decimals <= 2);
    let decimals = decimals.filter(|_| output.spec().unit == Unit::Ratio);
    let decimals = decimals.ok_or_else(|| format!("{text} is no share with decimals"))?;
    Ok(format!(
        "Span::Precise {{ output: Output::ALL[{place}], decimals: {decimals} }}, "
    ))
}

/// A published percentage, large enough to be shown without decimals.
fn percent(id: &str) -> Result<f64, String> {
    let row = evidence::facts().iter().find(|row| row.id == id);
    let row = row.ok_or_else(|| format!("no fact is called {id}"))?;
    let percent = row.unit.as_deref() == Some("percent");
    let value = row.value.filter(|value| percent && *value >= 10.0);
    value.ok_or_else(|| format!("{id} is no whole percentage"))
}

/// What stands in a text's braces, but for the words, in alphabetical order: another
/// language may say it in another order.
fn live(text: &str) -> String {
    let parts = text.split('{').skip(1);
    let mut named: Vec<&str> = parts
        .filter_map(|part| part.split_once('}').map(|(name, _)| name))
        .map(|name| match name.strip_prefix("when ") {
            Some(choice) => choice.split(':').next().unwrap_or(choice),
            None => name,
        })
        .collect();
    named.sort_unstable();
    named.join(", ")
}

/// A text with its placeholders, as code.
fn spans(text: &str) -> Result<String, String> {
    let mut code = String::new();
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once('{') {
        let Some((name, after)) = tail.split_once('}') else {
            return Err(format!("a bracket is not closed: {tail}"));
        };
        if !before.is_empty() {
            let _ = write!(code, "Span::Text({before:?}), ");
        }
        if let Some(choice) = name.strip_prefix("when ") {
            code.push_str(&turn(choice)?);
            rest = after;
            continue;
        }
        let Some((kind, id)) = name.split_once(':') else {
            return Err(format!("{{{name}}} names no kind"));
        };
        match kind {
            "output" => code.push_str(&figure(id)?),
            "lever" => {
                let _ = write!(code, "Span::Lever(Lever::ALL[{}]), ", lever(id)?.0);
            }
            "fact" => {
                let row = evidence::facts().iter().find(|row| row.id == id);
                let row = row.ok_or_else(|| format!("no fact is called {id}"))?;
                let shown = format::fact(row);
                let source = evidence::sources()
                    .iter()
                    .position(|source| source.id == row.source)
                    .ok_or_else(|| format!("{id} has no source"))?;
                let document = &evidence::sources()[source];
                let _ = write!(
                    code,
                    "Span::Fact {{ id: {id:?}, text: {shown:?}, source: {}, kind: Kind::{:?}, origin: {:?} }}, ",
                    source + 1,
                    row.kind,
                    row.origin(document)
                );
            }
            "count" => {
                let count = match id {
                    "facts" => evidence::facts().len(),
                    "conflicts" => evidence::conflicts().len(),
                    _ => return Err(format!("{id} are not counted")),
                };
                let _ = write!(code, "Span::Count({:?}), ", count.to_string());
            }
            other => return Err(format!("{other} is no kind of placeholder")),
        }
        rest = after;
    }
    if !rest.is_empty() {
        let _ = write!(code, "Span::Text({rest:?}), ");
    }
    Ok(code)
}

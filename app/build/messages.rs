//! Message files: the texts of the code in another language.
//!
//! English stands in the code, and every text that readers meet goes through a call that names
//! it: `t("…")`, `mark("…")`, `say!("…")`, `plural!(count, "…", "…")` (`core/src/words.rs`).
//! They are found here as the compiler sees them, token by token, so that nobody keeps a list. A
//! language has them in a file in gettext's form, which every translation program knows:
//! `content/LANGUAGE/messages.po`, the English text as `msgid`. A text without a translation, a
//! translation with other places for values, or one of a text that is gone fails the build;
//! with `UPDATE_MESSAGES=1` the build first puts the file in order.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use compute_loop_core::words::{FORMS, Language, hash};
use polib::catalog::Catalog;
use polib::message::Message;
use polib::metadata::CatalogMetadata;
use polib::po_file;
use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// A text of the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    /// In English; of a plural its `other` form.
    pub(crate) english: String,
    /// The `one` form of a plural.
    pub(crate) one: Option<String>,
    /// The file and line where it stands first.
    pub(crate) place: String,
}

/// The texts of all sources below some folders, in the order in which they stand there.
pub(crate) fn texts(folders: &[&str]) -> Vec<Text> {
    let mut found = vec![];
    for folder in folders {
        println!("cargo::rerun-if-changed={folder}");
        for path in sources(Path::new(folder)) {
            let source = fs::read_to_string(&path).expect("a source can be read");
            let tokens = source.parse().expect("a source can be read as Rust");
            let name = path.to_string_lossy().replace("../", "");
            collect(tokens, &name, &mut found);
        }
    }
    unique(found)
}

/// A text of the evidence.
pub(crate) fn of_evidence(file: &str, text: &str) -> Text {
    Text {
        english: text.to_owned(),
        one: None,
        place: format!("core/evidence/{file}.json"),
    }
}

/// The first of each text.
pub(crate) fn unique(found: Vec<Text>) -> Vec<Text> {
    let mut places = BTreeMap::new();
    let mut texts: Vec<Text> = vec![];
    for text in found {
        let place = *places.entry(text.english.clone()).or_insert(texts.len());
        match texts.get_mut(place) {
            // A text that stands alone as well as in a plural is translated as the plural.
            Some(known) if known.one.is_none() => known.one = text.one,
            Some(_) => {}
            None => texts.push(text),
        }
    }
    texts
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = vec![];
    for entry in fs::read_dir(folder).expect("a folder of sources can be read") {
        let path = entry.expect("a folder of sources can be read").path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Collects what a source says, but for its tests.
pub(crate) fn collect(tokens: TokenStream, file: &str, found: &mut Vec<Text>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut skipped = 0;
    for (i, token) in tokens.iter().enumerate() {
        if i < skipped {
            continue;
        }
        if is_test(&tokens[i..]) {
            // The attribute, and the item up to its braces.
            let body = tokens[i..].iter().position(|token| braced(token).is_some());
            skipped = i + body.map_or(1, |body| body + 1);
            continue;
        }
        let TokenTree::Group(group) = token else {
            continue;
        };
        let before = |back: usize| i.checked_sub(back).and_then(|at| tokens.get(at));
        let called = |name: &str| match (before(1), before(2)) {
            (Some(TokenTree::Ident(ident)), _) if group.delimiter() == Delimiter::Parenthesis => {
                ident == name
            }
            (Some(TokenTree::Punct(mark)), Some(TokenTree::Ident(ident))) => {
                mark.as_char() == '!' && mark.spacing() == Spacing::Alone && *ident == *name
            }
            _ => false,
        };
        let place = || format!("{file}:{}", group.span_open().start().line);
        let text = |english: String, one: Option<String>| Text {
            english,
            one,
            place: place(),
        };
        if called("t") || called("mark") {
            let literals = literals(group.stream());
            found.extend(literals.into_iter().map(|english| text(english, None)));
        } else if called("say") {
            let first = group.stream().into_iter().next();
            let english = first.as_ref().and_then(literal);
            found.extend(english.map(|english| text(english, None)));
        } else if called("plural") {
            let mut forms = group.stream().into_iter();
            let mut next = || forms.by_ref().find_map(|token| literal(&token));
            if let (Some(one), Some(other)) = (next(), next()) {
                found.push(text(other, Some(one)));
            }
        }
        collect(group.stream(), file, found);
    }
}

/// Whether what follows is `#[cfg(test)]`.
fn is_test(tokens: &[TokenTree]) -> bool {
    let [TokenTree::Punct(mark), TokenTree::Group(group), ..] = tokens else {
        return false;
    };
    let words: String = group.stream().to_string();
    let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    mark.as_char() == '#' && words == "cfg(test)"
}

fn braced(token: &TokenTree) -> Option<&proc_macro2::Group> {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
        _ => None,
    }
}

/// The text of a literal.
fn literal(token: &TokenTree) -> Option<String> {
    let TokenTree::Literal(literal) = token else {
        return None;
    };
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(text) => Some(text.value()),
        _ => None,
    }
}

/// Every literal text within some tokens.
fn literals(tokens: TokenStream) -> Vec<String> {
    let mut found = vec![];
    for token in tokens {
        if let TokenTree::Group(group) = &token {
            found.extend(literals(group.stream()));
        }
        found.extend(literal(&token));
    }
    found
}

/// The texts of a language by their keys, ascending; or all that is wrong with its file.
pub(crate) fn table(
    path: &Path,
    language: &Language,
    texts: &[Text],
) -> Result<Vec<(u32, String)>, String> {
    println!("cargo::rerun-if-changed={}", path.display());
    println!("cargo::rerun-if-env-changed=UPDATE_MESSAGES");
    let known = if path.exists() {
        po_file::parse(path).map_err(|fault| fault.to_string())?
    } else {
        Catalog::new(metadata(language))
    };
    if std::env::var_os("UPDATE_MESSAGES").is_some() {
        let ordered = in_order(&known, language, texts);
        po_file::write_to_file(&ordered, path).map_err(|fault| fault.to_string())?;
    }
    let mut faults = vec![];
    let mut rows = BTreeMap::new();
    for text in texts {
        match translation(&known, language, text) {
            Ok(said) => {
                if rows.insert(hash(&text.english), said).is_some() {
                    faults.push(format!("{:?} has the key of another text", text.english));
                }
            }
            Err(fault) => faults.push(format!("{}: {:?} {fault}", text.place, text.english)),
        }
    }
    for message in known.messages() {
        let english = message.msgid_plural().unwrap_or(message.msgid());
        if !texts.iter().any(|text| text.english == english) {
            faults.push(format!("nothing says {english:?} any more"));
        }
    }
    if faults.is_empty() {
        return Ok(rows.into_iter().collect());
    }
    let count = faults.len();
    let mut list = String::new();
    for fault in faults.iter().take(40) {
        let _ = write!(list, "\n  {fault}");
    }
    Err(format!(
        "{}: {count} texts are missing or wrong (UPDATE_MESSAGES=1 puts empty ones in their places):{list}",
        path.display()
    ))
}

/// What a text is in the language, its forms one after the other.
fn translation(known: &Catalog, language: &Language, text: &Text) -> Result<String, &'static str> {
    let id = text.one.as_deref().unwrap_or(&text.english);
    let plural = text.one.as_ref().map(|_| text.english.as_str());
    let message = known
        .find_message(None, id, plural)
        .ok_or("is not in the file")?;
    let forms = match plural {
        None => vec![message.msgstr().unwrap_or_default().to_owned()],
        Some(_) => message.msgstr_plural().cloned().unwrap_or_default(),
    };
    let wanted = if plural.is_some() {
        language.plurals.len()
    } else {
        1
    };
    if forms.len() != wanted || forms.iter().any(String::is_empty) {
        return Err("is not translated");
    }
    if message.is_fuzzy() {
        return Err("is marked as uncertain");
    }
    // A number may go unsaid in a form that is of one number only.
    let named = |form: &String| places(form) == places(&text.english);
    if !forms.iter().all(named) {
        return Err("has other places for values in its translation");
    }
    Ok(forms.join(&FORMS.to_string()))
}

/// The names between braces, in alphabetical order.
fn places(text: &str) -> Vec<&str> {
    let parts = text.split('{').skip(1);
    let mut names: Vec<&str> = parts
        .filter_map(|part| part.split_once('}').map(|(name, _)| name))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The same translations, for the texts there are, in their order.
fn in_order(known: &Catalog, language: &Language, texts: &[Text]) -> Catalog {
    let mut ordered = Catalog::new(metadata(language));
    for text in texts {
        let id = text.one.as_deref().unwrap_or(&text.english);
        let plural = text.one.as_deref().map(|_| text.english.as_str());
        let before = known.find_message(None, id, plural);
        let mut message = match plural {
            None => Message::build_singular(),
            Some(_) => Message::build_plural(),
        };
        message.with_msgid(id.to_owned());
        // Lines move with every change; a file is enough to find a text by.
        let file = text.place.split(':').next().unwrap_or_default();
        message.with_source(file.to_owned());
        match plural {
            None => {
                let said = before.and_then(|before| before.msgstr().ok());
                message.with_msgstr(said.unwrap_or_default().to_owned());
            }
            Some(plural) => {
                message.with_msgid_plural(plural.to_owned());
                let said = before.and_then(|before| before.msgstr_plural().ok());
                let none = || vec![String::new(); language.plurals.len()];
                message.with_msgstr_plural(said.cloned().unwrap_or_else(none));
            }
        }
        ordered.append_or_update(message.done());
    }
    ordered
}

fn metadata(language: &Language) -> CatalogMetadata {
    let mut head = CatalogMetadata::new();
    "The Compute Loop".clone_into(&mut head.project_id_version);
    language.code.clone_into(&mut head.language);
    "1.0".clone_into(&mut head.mime_version);
    "text/plain; charset=UTF-8".clone_into(&mut head.content_type);
    "8bit".clone_into(&mut head.content_transfer_encoding);
    head.plural_rules.nplurals = language.plurals.len();
    "0".clone_into(&mut head.plural_rules.expr);
    head
}

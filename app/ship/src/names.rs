//! The names by which the module and its script know each other.
//!
//! wasm-bindgen makes them unique with a hash each, which says nothing and cannot be
//! compressed; and it keeps what leptos exports for servers, which no page calls.

use crate::files::Outcome;

/// What begins the names that are shortened.
const OURS: &str = "__wb";

/// What wasm-bindgen exports although this page never calls it.
const UNUSED: [&str; 3] = [
    "IntoUnderlyingByteSource",
    "IntoUnderlyingSink",
    "IntoUnderlyingSource",
];

/// The ids of the sections that hold names.
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;

/// A script and its module with short names for what the module imports, and without what
/// nobody calls.
pub(crate) fn shorten(script: &str, module: &[u8]) -> Outcome<(String, Vec<u8>)> {
    let mut script = without_unused(script);
    let mut parts = Reader(module);
    let mut short = parts.take(8)?.to_vec();
    while !parts.0.is_empty() {
        let id = parts.byte()?;
        let length = parts.number()?;
        let body = parts.take(length)?;
        let body = match id {
            IMPORTS => imports(body, &mut script)?,
            EXPORTS => exports(body)?,
            _ => body.to_vec(),
        };
        short.push(id);
        number(&mut short, body.len());
        short.extend(body);
    }
    Ok((script, short))
}

/// Leaves out classes, and what tidies up after them.
fn without_unused(script: &str) -> String {
    let mut kept = String::with_capacity(script.len());
    // What a left out piece ends with, while one is.
    let mut end = None;
    for line in script.lines() {
        let begins = |start: &str, name: &str| line.starts_with(&format!("{start} {name}"));
        if end.is_none() {
            let class = UNUSED.iter().any(|name| begins("export class", name));
            let tidy = UNUSED
                .iter()
                .any(|name| begins("const", &format!("{name}Finalization")));
            end = match (class, tidy) {
                (true, _) => Some("if (Symbol.dispose)"),
                (_, true) => Some("    : new FinalizationRegistry"),
                _ => None,
            };
        }
        match end {
            Some(last) if line.starts_with(last) => end = None,
            Some(_) => {}
            None => {
                kept.push_str(line);
                kept.push('\n');
            }
        }
    }
    kept
}

fn imports(body: &[u8], script: &mut String) -> Outcome<Vec<u8>> {
    let mut old = Reader(body);
    let count = old.number()?;
    let mut new = vec![];
    number(&mut new, count);
    for place in 0..count {
        text(&mut new, old.text()?);
        let name = old.text()?;
        // A name of the script alone may begin like it: only a whole one counts.
        let called = format!("{name}: function(");
        if name.starts_with(OURS) && script.contains(&called) {
            let brief = format!("i{place}");
            *script = script.replace(&called, &format!("{brief}: function("));
            text(&mut new, &brief);
        } else {
            text(&mut new, name);
        }
        new.extend(old.kind()?);
    }
    Ok(new)
}

fn exports(body: &[u8]) -> Outcome<Vec<u8>> {
    let mut old = Reader(body);
    let (count, mut kept, mut new) = (old.number()?, 0, vec![]);
    for _ in 0..count {
        let (name, kind, index) = (old.text()?, old.byte()?, old.number()?);
        let bare = name.strip_prefix("__wbg_").unwrap_or(name);
        let unused = |class: &&str| {
            let class = class.to_lowercase();
            bare.strip_prefix(&*class)
                .is_some_and(|rest| rest.starts_with('_'))
        };
        if UNUSED.iter().any(|class| unused(class)) {
            continue;
        }
        kept += 1;
        text(&mut new, name);
        new.push(kind);
        number(&mut new, index);
    }
    let mut section = vec![];
    number(&mut section, kept);
    section.extend(new);
    Ok(section)
}

/// Reads a module's bytes.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Outcome<&'a [u8]> {
        let (taken, rest) = self
            .0
            .split_at_checked(count)
            .ok_or("the module ends early")?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Outcome<u8> {
        Ok(self.take(1)?[0])
    }

    /// A whole number, seven bits a byte.
    fn number(&mut self) -> Outcome<usize> {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            value |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                return Ok(value);
            }
            if shift > 35 {
                return Err("the module has too long a number".into());
            }
        }
    }

    fn text(&mut self) -> Outcome<&'a str> {
        let length = self.number()?;
        str::from_utf8(self.take(length)?).map_err(|fault| fault.to_string())
    }

    /// What is imported, as it stands.
    fn kind(&mut self) -> Outcome<&'a [u8]> {
        let before = self.0;
        match self.byte()? {
            // A function.
            0 => {
                self.number()?;
            }
            // A table, or a memory.
            kind @ (1 | 2) => {
                if kind == 1 {
                    self.byte()?;
                }
                let limits = self.number()?;
                self.number()?;
                if limits & 1 == 1 {
                    self.number()?;
                }
            }
            // A global.
            3 => {
                self.take(2)?;
            }
            // A tag.
            4 => {
                self.byte()?;
                self.number()?;
            }
            other => return Err(format!("the module imports a thing of kind {other}")),
        }
        Ok(&before[..before.len() - self.0.len()])
    }
}

fn number(to: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        to.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    to.push(value as u8);
}

fn text(to: &mut Vec<u8>, text: &str) {
    number(to, text.len());
    to.extend(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::{EXPORTS, IMPORTS, number, shorten, text};

    fn section(module: &mut Vec<u8>, id: u8, body: &[u8]) {
        module.push(id);
        number(module, body.len());
        module.extend(body);
    }

    #[test]
    fn names_are_short_on_both_sides() {
        let name = "__wbg_now_0123456789abcdef";
        let mut imports = vec![2];
        for name in [name, "memory"] {
            text(&mut imports, "./page.js");
            text(&mut imports, name);
            imports.extend([0, 5]);
        }
        let mut exports = vec![2];
        for name in ["intounderlyingsink_close", "main"] {
            text(&mut exports, name);
            exports.extend([0, 7]);
        }
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        section(&mut module, IMPORTS, &imports);
        section(&mut module, EXPORTS, &exports);
        let script = format!(
            "export class IntoUnderlyingSink {{\n}}\nif (Symbol.dispose) x;\nconst all = {{ {name}: function() {{}} }};\n"
        );
        let (script, module) = shorten(&script, &module).expect("it can be read");
        assert_eq!(script, "const all = { i0: function() {} };\n");
        let module = String::from_utf8_lossy(&module);
        assert!(module.contains("i0") && !module.contains(name), "{module}");
        assert!(
            module.contains("memory") && module.contains("main"),
            "{module}"
        );
        assert!(!module.contains("intounderlying"), "{module}");
    }
}

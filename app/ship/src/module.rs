//! The page's module, cut into what the first view needs and what is fetched later.
//!
//! Rust compiles the page to one module. `wasm_split_cli_support` follows from the
//! functions marked in `app/src/chunks.rs` what only they need, by the linker's own record
//! of what refers to what, and puts that into modules of their own; memory, functions and
//! state stay common to all. wasm-bindgen has to see the rest and nothing else, so Trunk's
//! own files, made of the whole, are replaced here. All files of one build carry one hash
//! in their names: they belong together.

use std::collections::{BTreeMap, HashMap};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use wasm_split_cli_support::{Options, transform};

use crate::document::small;
use crate::files::{Folder, Outcome, at, bytes, hash, replaced, run, text, write};
use crate::names::shorten;

/// What the page's crate is called.
const PAGE: &str = "compute-loop";

/// What the loader of the parts is called while things are put together.
const LINK: &str = "./__wasm_split.js";

/// What wasm-opt has to know of the instructions that Rust uses.
const FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// A worker runs the same module: see `app/src/start.rs`.
const WORKER: &str = include_str!("worker.js");

/// How the loader asks for a part. An answer that never begins would be waited for until
/// the page is closed: it counts as none after a while, and is asked for again
/// (`app/src/chunks.rs`). How long the rest of an answer takes is up to the line. What was
/// asked for in vain is fetched past what the browser keeps: there it might wait for
/// another who asks in vain, such as the worker that keeps the page.
const ASKED: [&str; 2] = ["fetch(", "asked("];
const PATIENCE: &str = "const inVain = new Set();
const asked = async (address) => {
    const gone = new AbortController();
    const patience = setTimeout(() => gone.abort(), 15_000);
    const cache = inVain.has(address.href) ? 'reload' : 'default';
    try {
        return await fetch(address, { cache, signal: gone.signal });
    } catch (fault) {
        inVain.add(address.href);
        throw fault;
    } finally {
        clearTimeout(patience);
    }
};
";

/// How the loader takes what comes. A host that knows no WebAssembly sends it as another
/// type, which is no reason to fail.
const FETCHED: [&str; 2] = [
    "WebAssembly.instantiateStreaming(src, imports)",
    "taken(src, imports)",
];
const TAKEN: &str = "const taken = async (src, imports) => {
    const answer = await src;
    if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
    return WebAssembly.instantiate(await answer.arrayBuffer(), imports);
};
";

/// The parts that are fetched for themselves, with all that they need: of that, what both need
/// goes into one file and what one alone needs into another, instead of into dozens. The whole
/// page is wanted by every reader, the other by every embed.
const BUNDLED: [&str; 2] = ["page", "embed"];

/// What holds what both need.
const SHARED: &str = "live";

/// How the loader finds a module within such a file: where it begins and ends stands behind
/// the address.
const WITHIN: &str = "const bundles = new Map();
const within = (address) => {
    const [from, to] = address.hash.slice(1).split('-');
    address.hash = '';
    const { href } = address;
    if (!bundles.has(href)) {
        const bundle = asked(address).then((answer) => {
            if (!answer.ok) throw new Error(`${href}: ${answer.status}`);
            return answer.arrayBuffer();
        });
        bundle.catch(() => bundles.delete(href));
        bundles.set(href, bundle);
    }
    return bundles.get(href).then((bytes) => ({ ok: true, arrayBuffer: () => bytes.slice(from, to) }));
};
";

/// Puts the page's files in the place of Trunk's.
pub(crate) fn place(folder: &Folder) -> Outcome {
    let release = env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    let built = target()?
        .join("wasm32-unknown-unknown")
        .join(if release { "release" } else { "debug" })
        .join(format!("{PAGE}.wasm"));
    let whole = bytes(&built)?;
    let bench = target()?.join("ship");
    drop(fs::remove_dir_all(&bench));
    fs::create_dir_all(&bench).map_err(at(&bench))?;

    // The parts, and the rest as wasm-bindgen wants it.
    let rest = bench.join(format!("{PAGE}.wasm"));
    let main = format!("./{PAGE}.js");
    let mut options = Options::new(&whole);
    options.output_dir = &bench;
    options.main_out_path = &rest;
    options.link_name = LINK;
    options.main_module = &main;
    let split = transform(options).map_err(|fault| format!("{}: {fault:#}", built.display()))?;
    run(Command::new("wasm-bindgen")
        .args(["--target", "web", "--no-typescript", "--keep-lld-exports"])
        .arg("--out-dir")
        .arg(&bench)
        .arg(&rest))?;

    let glue = bench.join(format!("{PAGE}.js"));
    let bound = bench.join(format!("{PAGE}_bg.wasm"));
    let (mut script, module) = shorten(&text(&glue)?, &bytes(&bound)?)?;
    write(&bound, module)?;

    let mut modules = vec![(format!("{PAGE}_bg"), bound)];
    for path in split.split_modules {
        modules.push((stem(&path), path));
    }
    if release {
        for (_, path) in &modules {
            run(Command::new("wasm-opt")
                .args(["-O3", "--strip-debug", "--strip-producers"])
                .args(FEATURES)
                .arg(path)
                .arg("-o")
                .arg(path))?;
        }
    }

    // Both scripts become one, which names the files by what they are called from now on.
    let link = bench.join(LINK);
    let mut loader = in_order(&text(&link)?)?;
    loader = replaced(&loader, FETCHED[0], FETCHED[1])?;
    loader = [
        PATIENCE,
        TAKEN,
        WITHIN,
        &replaced(&loader, ASKED[0], ASKED[1])?,
    ]
    .concat();
    // By what is delivered: the module as it was linked holds a trace of where its crates lie.
    let parts = modules.iter().map(|(_, path)| bytes(path));
    let parts = parts.collect::<Outcome<Vec<_>>>()?;
    let scripts = [loader.as_bytes(), script.as_bytes()];
    let tag = hash(
        &parts
            .iter()
            .map(Vec::as_slice)
            .chain(scripts)
            .collect::<Vec<_>>(),
    );
    let mut bundles = BTreeMap::<&str, Vec<u8>>::new();
    for ((name, _), part) in modules.iter().zip(&parts) {
        let old = format!("{name}.wasm");
        let Some(bundle) = bundle(name, &split.prefetch_map) else {
            let new = format!("{}-{tag}.wasm", short(name));
            loader = loader.replace(&old, &new);
            script = script.replace(&old, &new);
            folder.write(&new, part)?;
            continue;
        };
        let bytes = bundles.entry(bundle).or_default();
        let from = bytes.len();
        bytes.extend_from_slice(part);
        let new = format!("{bundle}-{tag}.bin#{from}-{}", bytes.len());
        loader = replaced(
            &loader,
            &format!("asked(new URL(\"./{old}\""),
            &format!("within(new URL(\"./{new}\""),
        )?;
    }
    for (bundle, bytes) in bundles {
        folder.write(&format!("{bundle}-{tag}.bin"), bytes)?;
    }
    write(&link, loader)?;
    write(&glue, script)?;
    let name = format!("{PAGE}-{tag}.js");
    let mut bundle = Command::new("esbuild");
    bundle
        .args([
            "--bundle",
            "--format=esm",
            "--target=es2022",
            "--log-level=warning",
            "--log-override:duplicate-object-key=silent",
        ])
        .arg(format!("--outfile={}", folder.path(&name).display()))
        .arg(&glue);
    if release {
        bundle.args(["--minify", "--legal-comments=none"]);
    }
    run(&mut bundle)?;
    instead_of_trunk(folder, &name, &format!("{PAGE}-{tag}.wasm"))?;
    let worker = replaced(WORKER, "SCRIPT", &name)?;
    let worker = replaced(&worker, "MODULE", &format!("{PAGE}-{tag}.wasm"))?;
    folder.write("worker.js", small(&worker)?)
}

/// The file that a module goes into together with others, if it does.
fn bundle(name: &str, needs: &HashMap<String, Vec<String>>) -> Option<&'static str> {
    let needed = |part: &&str| {
        let of_part = needs.get(*part);
        of_part.is_some_and(|all| all.iter().any(|one| one == name))
    };
    match *BUNDLED
        .iter()
        .filter(|part| needed(part))
        .copied()
        .collect::<Vec<_>>()
    {
        [] => None,
        [part] => Some(part),
        _ => Some(SHARED),
    }
}

/// The loader with what all parts share in the order of the alphabet. The splitter names it in
/// whatever order a hash table has, another at each build, and the files' names hang on it.
fn in_order(loader: &str) -> Outcome<String> {
    let shared = loader
        .split_once(" } = initSync")
        .and_then(|(before, _)| before.rsplit_once("const { "))
        .ok_or("the loader does not say what its parts share")?
        .1;
    let mut names: Vec<_> = shared.split(',').map(str::trim).collect();
    names.retain(|name| !name.is_empty());
    names.sort_unstable();
    replaced(loader, shared, &names.join(", "))
}

/// Names the new files in the document, and removes what they replace.
fn instead_of_trunk(folder: &Folder, script: &str, module: &str) -> Outcome {
    let mut document = folder.text("index.html")?;
    let scripts = folder.like(&format!("{PAGE}-"), ".js")?;
    for old in scripts.iter().filter(|name| *name != script) {
        let wasm = old.replace(".js", "_bg.wasm");
        document = replaced(&document, &wasm, module)?;
        document = replaced(&document, old, script)?;
        for gone in [old, &wasm] {
            let path = folder.path(gone);
            fs::remove_file(&path).map_err(at(&path))?;
        }
    }
    folder.write("index.html", document)
}

/// Where cargo puts what it builds: this program stands in it.
fn target() -> Outcome<PathBuf> {
    let here = env::current_exe().map_err(|fault| fault.to_string())?;
    let folder = here.ancestors().nth(2);
    Ok(folder.ok_or("this program stands nowhere")?.to_owned())
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// What a part is called on the host.
fn short(name: &str) -> &str {
    let name = name.strip_prefix("split_").unwrap_or(name);
    name.strip_suffix("_bg").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn what_parts_share_is_named_in_one_order() {
        let written = |names: &str| {
            format!("const {{ {names} }} = initSync(a, b); Object.assign(c, {{ {names} }});")
        };
        let one = in_order(&written("memory, table, shared0, "));
        assert_eq!(one, in_order(&written("table, memory, shared0, ")));
        assert_eq!(one, Ok(written("memory, shared0, table")));
        assert!(in_order("const { memory } = other()").is_err());
    }
}

//! What readers share, take away and bring back. Every file is opened again here and holds
//! what the screen showed.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use compute_loop::charts::Chart;
use compute_loop::palette::{Role, Theme};
use compute_loop::query::Part;
use compute_loop_core::file;
use compute_loop_core::levers::Lever;
use compute_loop_core::link::encode;
use compute_loop_tests::harness::{Browser, Engine, Page, Site, Trouble, View};
use serde_json::{Value, json};

use crate::support::{
    assert_quiet, holds, in_every_engine, link_of, notices, quoted, run, text, texts,
};

in_every_engine!(
    pictures_hold_what_the_screen_shows,
    everything_comes_in_one_archive,
    a_scenario_comes_back_from_its_file_and_a_bad_file_changes_nothing,
    code_is_that_of_the_choices,
    refusals_are_told_with_what_to_do_instead,
    a_frame_that_may_save_nothing_says_so,
);

const OTHER: &str = "#m=1&arr-2026=60&gw-committed=4";

/// Keeps what the page would save: the names, and the bytes as a list.
pub(crate) const CATCH: &str = "(() => {
    window.caught = [];
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = blob => { window.blob = blob; return make(blob); };
    HTMLAnchorElement.prototype.click = function () {
      if (this.download) window.caught.push({ name: this.download, blob: window.blob });
    };
    return true;
  })()";

/// Whether a file's name has an ending.
fn ends_in(name: &str, ending: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, found)| found == ending)
}

/// Opens the card.
fn open_card(page: &Page<'_>) -> Result<(), Trouble> {
    page.click("#share")?;
    page.wait_until(
        "!!document.querySelector('dialog.sharing[open] #share-view')",
        "the card is open",
    )
}

/// Presses a button that saves and waits for its file: its name and bytes.
pub(crate) fn saved(page: &Page<'_>, what: &str) -> Result<(String, Vec<u8>), Trouble> {
    let before = page.eval("caught.length")?;
    page.eval(&format!(
        "document.querySelector('[data-save={what}]').click()"
    ))?;
    page.wait_until(&format!("caught.length > {before}"), "a file is saved")?;
    let name = text(page, "caught.at(-1).name")?;
    let bytes = text(
        page,
        "new Promise(done => {
           const reader = new FileReader();
           reader.onload = () => done(reader.result.split(',')[1] ?? '');
           reader.readAsDataURL(caught.at(-1).blob);
         })",
    )?;
    let bytes = BASE64_STANDARD.decode(bytes);
    let bytes = bytes.map_err(|error| Trouble::new(format!("{name}: {error}")))?;
    let said = text(page, "document.getElementById('share-said').textContent")?;
    assert!(said.contains(&name), "{said}");
    Ok((name, bytes))
}

/// Chooses the view.
fn choose(page: &Page<'_>, part: Part) -> Result<(), Trouble> {
    select(page, "share-view", part.id())
}

fn select(page: &Page<'_>, id: &str, value: &str) -> Result<(), Trouble> {
    page.eval(&format!(
        "(() => {{
           const field = document.getElementById({});
           field.value = {};
           field.dispatchEvent(new Event('change', {{ bubbles: true }}));
         }})()",
        quoted(id),
        quoted(value)
    ))?;
    page.settle()
}

/// Hands a file to the page; waits until it says what came of it.
fn bring(page: &Page<'_>, name: &str, bytes: &[u8], dropped: bool) -> Result<String, Trouble> {
    let data = BASE64_STANDARD.encode(bytes);
    page.eval(&format!(
        "(() => {{
           const bytes = Uint8Array.from(atob({}), c => c.charCodeAt(0));
           const data = new DataTransfer();
           data.items.add(new File([bytes], {}));
           if ({dropped}) {{
             const place = document.querySelector('.drop');
             place.dispatchEvent(new DragEvent('drop', {{ dataTransfer: data, bubbles: true, cancelable: true }}));
           }} else {{
             const field = document.getElementById('import');
             field.files = data.files;
             field.dispatchEvent(new Event('change', {{ bubbles: true }}));
           }}
         }})()",
        quoted(&data),
        quoted(name)
    ))?;
    page.wait_until(
        &format!(
            "document.getElementById('import-said').textContent.includes({})",
            quoted(name)
        ),
        "it is said what came of the file",
    )?;
    text(page, "document.getElementById('import-said').textContent")
}

fn pictures_hold_what_the_screen_shows(engine: Engine) -> Result<(), Trouble> {
    let browser = Browser::on(engine, Site::of_build("/")?);
    let page = browser.open(OTHER, View::default().still())?;
    page.eval(CATCH)?;
    let shown = text(
        &page,
        "document.querySelector('#chart-gap .finding').textContent",
    )?;
    let below = text(
        &page,
        "document.querySelector('#chart-gap .subtitle').textContent",
    )?;
    let summary = text(
        &page,
        "document.querySelector('#chart-gap figcaption').textContent",
    )?;
    open_card(&page)?;
    choose(&page, Part::Chart(Chart::Gap))?;

    let (name, svg) = saved(&page, "svg")?;
    let (scenario, _) = run(OTHER);
    let day = text(&page, "new Date().toLocaleDateString('sv')")?;
    let start = format!("compute-loop_gigawatts_m1_{}_{day}", file::hash(&scenario));
    assert_eq!(name, format!("{start}.svg"));
    let svg = String::from_utf8(svg).map_err(|error| Trouble::new(error.to_string()))?;
    page.eval(&format!(
        "void (window.drawn = new DOMParser().parseFromString({}, 'image/svg+xml'))",
        quoted(&svg)
    ))?;
    assert!(holds(&page, "!drawn.querySelector('parsererror')")?);
    let words = texts(
        &page,
        "[...drawn.querySelectorAll('text')].map(one => one.textContent)",
    )?;
    let words = words.join(" ");
    for wanted in
        [&shown, &below, &day, "The Compute Loop, model 1"].map(|text: &str| text.trim().to_owned())
    {
        assert!(words.contains(&wanted), "{wanted} in {words}");
    }
    let link = text(&page, "location.href.split('#')[0] + computeLoop.link()")?;
    assert!(words.replace(' ', "").contains(&link), "{link} in {words}");
    assert_eq!(
        text(&page, "drawn.querySelector('title').textContent")?,
        shown
    );
    assert_eq!(
        text(&page, "drawn.querySelector('desc').textContent")?,
        summary
    );

    let (name, png) = saved(&page, "png")?;
    assert_eq!(name, format!("{start}.png"));
    assert!(png.starts_with(b"\x89PNG"));
    // Twice as many pixels as the SVG has, and nowhere near blank.
    let colour = |role: Role| {
        let [r, g, b] = role.rgb(Theme::Light);
        u32::from_be_bytes([0, r, g, b]).to_string()
    };
    let picture = page.eval(
        &"(async () => {
           const image = await createImageBitmap(caught.at(-1).blob);
           const canvas = new OffscreenCanvas(image.width, image.height);
           const context = canvas.getContext('2d');
           context.drawImage(image, 0, 0);
           const { data } = context.getImageData(0, 0, image.width, image.height);
           const colours = new Map();
           let inked = 0;
           for (let at = 0; at < data.length; at += 4) {
             const colour = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
             colours.set(colour, (colours.get(colour) ?? 0) + 1);
             if (colour !== PAPER) inked += 1;
           }
           const root = drawn.documentElement;
           return {
             width: image.width / root.getAttribute('width'),
             height: image.height / root.getAttribute('height'),
             inked: inked / (image.width * image.height),
             anthropic: colours.get(ANTHROPIC) ?? 0,
             power: colours.get(POWER) ?? 0,
             whole: data[3] === 255,
           };
         })()"
            .replace("ANTHROPIC", &colour(Role::Anthropic))
            .replace("POWER", &colour(Role::Power))
            .replace("PAPER", &colour(Role::Paper)),
    )?;
    assert_eq!(
        (&picture["width"], &picture["height"]),
        (&json!(2), &json!(2))
    );
    let part = |name: &str| picture[name].as_f64().unwrap_or_default();
    assert!((0.02..0.7).contains(&part("inked")), "{picture}");
    assert!(
        part("anthropic") > 100.0 && part("power") > 100.0,
        "{picture}"
    );
    assert_eq!(picture["whole"], true);
    // The picture is the drawing: on average over fields of it, where letters do not matter,
    // they are the same. Averaged here, since browsers shrink pictures each in a way of their
    // own, some by leaving pixels out.
    let apart = page.eval(
        "(async () => {
           const image = new Image();
           image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(new XMLSerializer().serializeToString(drawn));
           await image.decode();
           const picture = await createImageBitmap(caught.at(-1).blob);
           const { width, height } = picture;
           const side = 20;
           const columns = Math.ceil(width / side);
           const fields = source => {
             const canvas = new OffscreenCanvas(width, height);
             const context = canvas.getContext('2d');
             context.drawImage(source, 0, 0, width, height);
             const { data } = context.getImageData(0, 0, width, height);
             const sums = new Float64Array(columns * Math.ceil(height / side) * 4);
             for (let at = 0; at < data.length; at += 1) {
               const pixel = at >> 2;
               const row = Math.floor(pixel / width / side);
               const column = Math.floor((pixel % width) / side);
               sums[(row * columns + column) * 4 + (at & 3)] += data[at];
             }
             return sums;
           };
           const [a, b] = [fields(image), fields(picture)];
           return a.reduce((sum, value, at) => sum + Math.abs(value - b[at]), 0) / (width * height * 4);
         })()",
    )?;
    assert!(
        apart.as_f64().unwrap_or(255.0) < 0.5,
        "they are {apart} apart"
    );
    assert_quiet(&browser, &page)
}

#[test]
fn tables_are_the_series_of_the_page() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open(OTHER, View::default().still())?;
    page.eval(CATCH)?;
    open_card(&page)?;
    choose(&page, Part::Chart(Chart::Gap))?;
    let (_, csv) = saved(&page, "csv")?;
    let csv = String::from_utf8(csv).map_err(|error| Trouble::new(error.to_string()))?;
    let (comments, rows): (Vec<&str>, Vec<&str>) =
        csv.lines().partition(|line| line.starts_with('#'));
    for wanted in ["Source", "Licence", "Link", "Model", "Date"] {
        assert!(
            comments
                .iter()
                .any(|line| line.starts_with(&format!("# {wanted}: "))),
            "{comments:?}"
        );
    }
    // Compared there, where numbers are read to the last bit.
    let apart = texts(
        &page,
        &format!(
            "(async () => {{
               const [heads, ...rows] = {}.map(row => row.split(','));
               const {{ series }} = JSON.parse(await computeLoop.run(computeLoop.link()));
               return heads.slice(1).flatMap((head, at) => {{
                 const [id, unit] = head.slice(0, -1).split(' [');
                 const one = series[id];
                 const fields = rows.map(row => row[at + 1]);
                 const same = one.unit === unit && fields.length === one.values.length
                   && fields.every((field, month) => one.values[month] === (field === '' ? null : Number(field)));
                 return same ? [] : [head];
               }});
             }})()",
            json!(rows)
        ),
    )?;
    assert_eq!(apart, [""; 0]);
    let heads: Vec<&str> = rows[0].split(',').collect();
    assert!(heads.len() > 3 && rows.len() == 169, "{heads:?}");
    assert_quiet(&browser, &page)
}

fn everything_comes_in_one_archive(engine: Engine) -> Result<(), Trouble> {
    let browser = Browser::on(engine, Site::of_build("/")?);
    let page = browser.open(OTHER, View::default().still())?;
    page.eval(CATCH)?;
    open_card(&page)?;
    let (name, zip) = saved(&page, "zip")?;
    assert!(
        name.starts_with("compute-loop_all_m1_") && ends_in(&name, "zip"),
        "{name}"
    );
    let archive = rawzip::ZipArchive::from_slice(&zip);
    let archive = archive.map_err(|error| Trouble::new(error.to_string()))?;
    let mut entries = archive.entries();
    let mut names = vec![];
    while let Some(entry) = entries.next_entry().expect("an entry") {
        let name = entry
            .file_path()
            .try_normalize()
            .expect("a name")
            .as_ref()
            .to_owned();
        let entry = archive.get_entry(entry.wayfinder()).expect("its place");
        let mut reader = entry.verifying_reader(entry.data());
        let mut bytes = vec![];
        std::io::Read::read_to_end(&mut reader, &mut bytes).expect("its sum is right");
        assert!(!bytes.is_empty(), "{name}");
        if ends_in(&name, "json") {
            let read = file::read(&bytes).map_err(|refusal| Trouble::new(refusal.to_string()))?;
            assert_eq!(encode(&read.scenario), OTHER);
        }
        names.push(name);
    }
    for &chart in Chart::ALL {
        for ending in ["png", "svg", "csv"] {
            let start = format!("compute-loop_{}_m1_", Part::Chart(chart).id());
            let found = |name: &&String| name.starts_with(&start) && name.ends_with(ending);
            assert_eq!(
                names.iter().filter(found).count(),
                1,
                "{start}…{ending}: {names:?}"
            );
        }
    }
    assert_quiet(&browser, &page)
}

fn a_scenario_comes_back_from_its_file_and_a_bad_file_changes_nothing(
    engine: Engine,
) -> Result<(), Trouble> {
    let browser = Browser::on(engine, Site::of_build("/")?);
    let page = browser.open(OTHER, View::default().still())?;
    page.eval(CATCH)?;
    open_card(&page)?;
    let (_, json) = saved(&page, "json")?;
    let file: Value =
        serde_json::from_slice(&json).map_err(|error| Trouble::new(error.to_string()))?;
    assert_eq!(file["link"], OTHER);

    page.eval("computeLoop.set('arr-2026', 90)")?;
    page.settle()?;
    let now = link_of(&page)?;
    let big = vec![b' '; file::MOST_BYTES + 1];
    let bad: [(&str, &[u8], &str); 7] = [
        ("empty.json", b"", "empty"),
        ("half.json", &json[..json.len() / 2], "not complete JSON"),
        (
            "wrong.json",
            b"{\"levers\":{\"arr-2026\":1e9}}",
            "cannot be",
        ),
        (
            "later.json",
            b"{\"model\":9,\"link\":\"#m=1\"}",
            "model “9”",
        ),
        ("picture.png", b"\x89PNG\r\n\x1a\n", "no text"),
        ("large.json", &big, "larger than"),
        ("words.txt", b"nothing here", "no scenario"),
    ];
    for (name, bytes, words) in bad {
        for dropped in [false, true] {
            // Each by a name of its own, so that what is said is said of it.
            let name = format!("{dropped}-{name}");
            let said = bring(&page, &name, bytes, dropped)?;
            assert!(
                said.contains(words) && said.contains("Nothing has changed"),
                "{said}"
            );
            assert_eq!(link_of(&page)?, now, "{name}");
        }
    }
    let said = bring(&page, "mine.json", &json, true)?;
    assert!(said.contains("mine.json"), "{said}");
    assert_eq!(link_of(&page)?, OTHER);
    page.eval("computeLoop.set('arr-2026', 90)")?;
    bring(
        &page,
        "link.txt",
        format!("See https://example.org/{OTHER}.").as_bytes(),
        false,
    )?;
    assert_eq!(link_of(&page)?, OTHER);
    assert_eq!(notices(&page)?, [""; 0]);
    // It is a step like any other.
    page.click("dialog.sharing .close")?;
    page.settle()?;
    page.click("#undo")?;
    page.settle()?;
    assert_eq!(
        link_of(&page)?,
        encode(&run(OTHER).0.with(Lever::Arr2026, 90.0))
    );
    assert_quiet(&browser, &page)
}

fn code_is_that_of_the_choices(engine: Engine) -> Result<(), Trouble> {
    let browser = Browser::on(engine, Site::of_build("/")?);
    let page = browser.open(OTHER, View::default().still())?;
    open_card(&page)?;
    let code = |page: &Page<'_>| {
        text(
            page,
            "document.querySelector('[data-copy=embed-code] .copy-text').textContent",
        )
    };
    let home = text(&page, "location.href.split('#')[0]")?;
    let escaped = OTHER.replace('&', "&amp;");
    assert!(
        code(&page)?.contains(&format!("{home}?embed=1&amp;view=headline{escaped}\"")),
        "{}",
        code(&page)?
    );
    choose(&page, Part::Chart(Chart::Stake))?;
    page.click("#embed-live")?;
    select(&page, "embed-theme", "dark")?;
    page.click("#embed-chrome")?;
    page.settle()?;
    let now = code(&page)?;
    assert!(
        now.contains("view=stake&amp;theme=dark&amp;chrome=none\""),
        "{now}"
    );
    assert!(now.contains(&format!("{home}embed.js")), "{now}");
    select(&page, "embed-form", "element")?;
    let now = code(&page)?;
    assert!(
        now.contains("<compute-loop view=\"stake\" theme=\"dark\" chrome=\"none\" title="),
        "{now}"
    );
    select(&page, "embed-form", "noscript")?;
    let now = code(&page)?;
    assert!(
        now.starts_with("<noscript>") && now.contains("compute-loop_stake_m1_"),
        "{now}"
    );
    // What the code names is what is downloaded.
    page.eval(CATCH)?;
    let (name, _) = saved(&page, "png")?;
    assert!(now.contains(&format!("src=\"{name}\"")), "{now}");
    assert_quiet(&browser, &page)
}

fn refusals_are_told_with_what_to_do_instead(engine: Engine) -> Result<(), Trouble> {
    let browser = Browser::on(engine, Site::of_build("/")?);
    let page = browser.open(OTHER, View::default().still())?;
    // A clipboard that refuses.
    page.eval(
        "void Object.defineProperty(navigator, 'clipboard', { configurable: true, value: {
           writeText: () => Promise.reject(new DOMException('no', 'NotAllowedError')) } })",
    )?;
    page.click(".copy")?;
    page.wait_until(
        "document.querySelectorAll('.notices li').length === 1",
        "it is told",
    )?;
    assert!(notices(&page)?[0].contains(OTHER), "{:?}", notices(&page)?);
    open_card(&page)?;
    page.click("[data-copy=page-link] button")?;
    page.wait_until(
        "getSelection().toString().includes('#m=1&arr-2026=60')",
        "it is selected",
    )?;
    let said = text(
        &page,
        "document.querySelector('[data-copy=page-link] .copy-said').textContent",
    )?;
    assert!(said.contains("did not allow"), "{said}");

    // A system that shares, and one that refuses to.
    page.eval("document.querySelector('dialog.sharing .close').click()")?;
    page.settle()?;
    page.eval(
        "void (navigator.share = data => {
           window.shared = data;
           return window.calm ? Promise.resolve() : Promise.reject(new DOMException('no', 'NotAllowedError'));
         })",
    )?;
    open_card(&page)?;
    page.click("#system-share")?;
    page.wait_until(
        "document.getElementById('share-said').textContent.includes('did not take')",
        "it is told",
    )?;
    assert!(text(&page, "shared.url")?.ends_with(OTHER));

    // Closing by Back leaves the page where it is.
    page.back()?;
    page.wait_until(
        "!document.querySelector('dialog.sharing[open]')",
        "the card is closed",
    )?;
    assert_eq!(link_of(&page)?, OTHER);
    assert_quiet(&browser, &page)
}

#[test]
fn a_chart_leads_to_its_own_download() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    page.eval("computeLoop.complete()")?;
    page.eval(CATCH)?;
    let id = Chart::UnitEconomics.id();
    page.eval(&format!(
        "document.querySelector('#chart-{id} details.data').open = true"
    ))?;
    page.settle()?;
    page.click(&format!("#chart-{id} .take-away button"))?;
    page.wait_until(
        "!!document.querySelector('dialog.sharing[open] #share-view')",
        "the card is open",
    )?;
    assert_eq!(
        text(&page, "document.getElementById('share-view').value")?,
        id
    );
    let (name, csv) = saved(&page, "csv")?;
    assert!(name.contains(id), "{name}");
    let csv = String::from_utf8_lossy(&csv).into_owned();
    let title = text(
        &page,
        &format!("document.querySelector('#chart-{id} .finding').textContent"),
    )?;
    assert!(csv.starts_with(&format!("# Title: {title}\r\n")), "{csv}");
    let address = text(&page, "location.href.split('#')[0]")?;
    assert!(csv.contains(&format!("# Link: {address}#m=1\r\n")), "{csv}");
    assert_quiet(&browser, &page)
}

fn a_frame_that_may_save_nothing_says_so(engine: Engine) -> Result<(), Trouble> {
    let browser = Browser::on(engine, Site::of_build("/")?);
    // A page of the same origin, so that this test can look inside, and one that may hold
    // frames, which the page itself may not.
    let page = browser.visit("embed-demo.html", View::default().still())?;
    page.eval(
        "(() => {
           const frame = document.createElement('iframe');
           frame.setAttribute('sandbox', 'allow-scripts allow-same-origin');
           frame.style.cssText = 'position:fixed;inset:0;width:100%;height:100%';
           frame.src = './?inside#m=1&arr-2026=60';
           document.body.append(frame);
           window.inside = selector => frame.contentDocument?.querySelector(selector);
         })()",
    )?;
    page.wait_until(
        "inside('html')?.dataset.ready === 'true'",
        "the frame is ready",
    )?;
    page.eval("inside('#share').click()")?;
    page.wait_until("!!inside('[data-save=json]')", "the card is open")?;
    page.eval("inside('[data-save=json]').click()")?;
    page.wait_until(
        "inside('#share-said').textContent.includes('does not let it save')",
        "it is told",
    )?;
    // The link is there to be copied by hand.
    assert!(
        text(
            &page,
            "inside('[data-copy=page-link] .copy-text').textContent"
        )?
        .ends_with("#m=1&arr-2026=60")
    );
    Ok(())
}

//! One page in one browser.

use std::cell::RefCell;
use std::fmt;
use std::fs;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use thirtyfour::common::capabilities::chromium::ChromiumLikeCapabilities as _;
use thirtyfour::common::keys::TypingData;
use thirtyfour::error::WebDriverResult;
use thirtyfour::{By, Capabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver};
use tokio::runtime::{self, Runtime};

use super::driver::{Driver, Engine};
use super::profile::Profile;
use super::view::Colours;
use super::{Site, Trouble, View, root};

/// How long a page may take to get ready. Far more than any does: the tests
/// share two cores with each other.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often a browser is started before that is given up.
const ATTEMPTS: usize = 3;
/// What fails where it cannot be.
const STARTING: &str = "Cannot start the browser";

/// What is said of a page that waits for something: how far it is, and whether it is painted.
const STANDING: &str = "new Promise(said => {
    const say = painted => said({
        painted,
        seen: document.visibilityState,
        state: document.readyState,
        served: !!document.getElementById('before'),
        root: { ...document.documentElement.dataset },
        fetched: performance.getEntriesByType('resource')
            .map(one => `${one.name.split('/').pop()} ${Math.round(one.responseEnd)}`),
    });
    requestAnimationFrame(() => say(true));
    setTimeout(() => say(false), 2000);
})";

/// A reader comes to an embed, which is only shown until then: see `app/ship/src/facade.js`.
pub const WAKE: &str = "'ready' in document.documentElement.dataset
    || 'shown' in document.documentElement.dataset && dispatchEvent(new Event('keydown'))";

/// How often it is asked whether it is.
const PAUSE: Duration = Duration::from_millis(25);

/// The highest picture taken at once, in device pixels: Chromium draws no
/// surface higher than 16384, and repeats what it has below that.
const SLICE: f64 = 8192.0;

/// Options of every browser. The driver adds its own, which turn off first-run
/// screens, pop-ups and background work.
const OPTIONS: [&str; 17] = [
    "--headless=new",
    // The sandbox cannot be had as root, nor in most containers. Only files of
    // this repository are opened.
    "--no-sandbox",
    "--disable-gpu",
    // Containers give shared memory of 64 MB, a page of charts needs more.
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    // What the address bar would draw with, a page of its own: a second of work a start.
    "--disable-features=WebUIOmniboxAimPopup,WebUIOmniboxPopup",
    "--no-proxy-server",
    // Whatever else would be asked for a name gets none.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--lang=en-US",
    "--force-color-profile=srgb",
    "--force-device-scale-factor=1",
];

/// One line of the browser's console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// `DEBUG`, `INFO`, `WARNING` or `SEVERE`.
    pub level: String,
    /// Where it comes from, and what it says.
    pub text: String,
}

impl Message {
    /// Whether it is a warning or an error.
    pub fn is_complaint(&self) -> bool {
        matches!(self.level.as_str(), "WARNING" | "SEVERE")
    }
}

impl fmt::Display for Message {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.level, self.text)
    }
}

/// What a browser has said so far. The driver hands each line out once.
#[derive(Default)]
struct Heard {
    console: Vec<Message>,
    requests: Vec<String>,
}

/// A page in a browser of its own, which closes when dropped.
///
/// What only Chromium's driver can do fails elsewhere ([`Page::cdp`] and all that is made
/// of it), or knows nothing: [`Page::console`] and [`Page::requests`] are empty, and of a
/// [`View`] the window's size counts, in Firefox darkness and stillness too.
pub struct Page<'browser> {
    site: &'browser Site,
    engine: Engine,
    runtime: Runtime,
    /// Taken when dropped, and at no other time.
    session: Option<WebDriver>,
    heard: RefCell<Heard>,
    /// Its own, as most drivers open one browser at a time. Ends with what it still has.
    _driver: Driver,
    /// Removed last, when the browser is gone.
    _profile: Profile,
}

impl<'browser> Page<'browser> {
    /// Starts a browser that shows nothing yet.
    pub(crate) fn new(site: &'browser Site, engine: Engine, view: View) -> Result<Self, Trouble> {
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(Trouble::during(STARTING))?;
        // On a busy machine WebKit's driver now and then never hears from the browser that
        // it started. It knows nothing of the page by then, so it may try again.
        let mut started = start(&runtime, engine, view);
        for _ in 1..ATTEMPTS {
            if started.is_ok() {
                break;
            }
            started = start(&runtime, engine, view);
        }
        let (session, driver, profile) = started?;
        let page = Self {
            site,
            engine,
            runtime,
            session: Some(session),
            heard: RefCell::default(),
            _driver: driver,
            _profile: profile,
        };
        // The browser opens on a page of its own. What that one asks for and
        // says is nobody's business.
        page.order(STARTING, async |session| session.goto("about:blank").await)?;
        page.console()?;
        page.requests()?;
        page.heard.take();
        if page.engine != Engine::Chromium {
            page.order(STARTING, async |session| {
                session.set_script_timeout(PATIENCE).await
            })?;
        }
        page.resize(view)?;
        Ok(page)
    }

    /// Runs one order to its end.
    fn order<'page, T, F>(
        &'page self,
        what: impl fmt::Display,
        order: impl FnOnce(&'page WebDriver) -> F,
    ) -> Result<T, Trouble>
    where
        F: Future<Output = WebDriverResult<T>>,
    {
        let session = self.session.as_ref();
        let session = session.ok_or_else(|| Trouble::new("The browser is closed"))?;
        self.runtime.block_on(order(session)).map_err(|error| {
            // The driver adds addresses within itself, which tell nobody anything.
            let error = error.to_string();
            let said = error.split("Stacktrace:").next().unwrap_or_default();
            Trouble::during(what)(said.trim())
        })
    }

    /// Sends a command of the `DevTools` protocol, such as
    /// `Emulation.setCPUThrottlingRate`, and hands back its result.
    pub fn cdp(&self, method: &str, parameters: Value) -> Result<Value, Trouble> {
        self.order(method, async |session| {
            session.cdp().send_raw(method, parameters).await
        })
    }

    /// Has every document run a script before its own, from now on.
    pub fn before_loading(&self, script: &str) -> Result<(), Trouble> {
        let parameters = json!({ "source": script });
        self.cdp("Page.addScriptToEvaluateOnNewDocument", parameters)?;
        Ok(())
    }

    /// Keeps the module's memory of pages opened from now on as `moduleMemory`.
    pub fn watch_memory(&self) -> Result<(), Trouble> {
        self.before_loading(
            "for (const name of ['instantiate', 'instantiateStreaming']) {
               const own = WebAssembly[name];
               WebAssembly[name] = async (...all) => {
                 const made = await own.apply(WebAssembly, all);
                 const memory = (made.instance ?? made).exports?.memory;
                 if (memory && !window.moduleMemory) window.moduleMemory = memory;
                 return made;
               };
             }",
        )
    }

    /// The memory of the module in bytes, where it is watched. It never shrinks.
    pub fn module_memory(&self) -> Result<f64, Trouble> {
        let bytes = self.eval("moduleMemory.buffer.byteLength")?;
        bytes
            .as_f64()
            .ok_or_else(|| Trouble::new("The module has no memory"))
    }

    /// Looks at the page through another window.
    pub fn resize(&self, view: View) -> Result<(), Trouble> {
        if self.engine != Engine::Chromium {
            return self.resize_window(view);
        }
        self.cdp(
            "Emulation.setDeviceMetricsOverride",
            json!({
                "width": view.width,
                "height": view.height,
                "deviceScaleFactor": view.scale,
                "mobile": view.touch,
            }),
        )?;
        self.cdp(
            "Emulation.setTouchEmulationEnabled",
            json!({ "enabled": view.touch }),
        )?;
        // On a touch screen they lie over the page and take no room.
        self.cdp(
            "Emulation.setScrollbarsHidden",
            json!({ "hidden": view.touch }),
        )?;
        let scheme = if view.dark { "dark" } else { "light" };
        let motion = if view.still {
            "reduce"
        } else {
            "no-preference"
        };
        let (contrast, forced) = match view.colours {
            Colours::Any => ("no-preference", "none"),
            Colours::Contrasting => ("more", "none"),
            Colours::Forced => ("no-preference", "active"),
        };
        self.cdp(
            "Emulation.setEmulatedMedia",
            json!({ "features": [
                { "name": "prefers-color-scheme", "value": scheme },
                { "name": "prefers-reduced-motion", "value": motion },
                { "name": "prefers-contrast", "value": contrast },
                { "name": "forced-colors", "value": forced },
            ] }),
        )?;
        Ok(())
    }

    /// Gives the browser's window the size at which what is in it has that of the view.
    fn resize_window(&self, view: View) -> Result<(), Trouble> {
        let wanted = [view.width, view.height];
        let mut window = wanted;
        for _ in 0..5 {
            let [width, height] = window;
            self.order("Cannot change the window", async |session| {
                session.set_window_rect(0, 0, width, height).await
            })?;
            // The window follows in its own time.
            let mut inner = wanted;
            for _ in 0..8 {
                let size = |side: &str| self.number(&format!("inner{side}"));
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                let now = [size("Width")? as u32, size("Height")? as u32];
                inner = now;
                if inner == wanted {
                    return Ok(());
                }
                thread::sleep(Duration::from_millis(50));
            }
            // What the window has around the page.
            for side in 0..2 {
                let next = (window[side] + wanted[side]).saturating_sub(inner[side]);
                window[side] = next.max(wanted[side] / 2);
            }
        }
        // No window of some browsers is as small as is wanted: tests that mind say so.
        Ok(())
    }

    /// Goes to `path` after the site's address and waits for the `load` event.
    /// Another `#hash` alone changes the hash and loads nothing.
    pub fn go(&self, path: &str) -> Result<(), Trouble> {
        let address = format!("{}{path}", self.site.address());
        self.order(format!("Cannot open {address}"), async |session| {
            session.goto(&address).await
        })
    }

    /// Opens a file from disk.
    pub fn go_to_file(&self, file: &Path) -> Result<(), Trouble> {
        let address = format!("file://{}", file.display());
        self.order(format!("Cannot open {address}"), async |session| {
            session.goto(&address).await
        })
    }

    /// Loads the page again, as a reader does who presses F5, and waits for the `load`
    /// event.
    pub fn reload(&self) -> Result<(), Trouble> {
        if self.engine == Engine::Gecko {
            return self.reload_by_itself();
        }
        self.order("Cannot reload", async |session| session.refresh().await)
    }

    /// Has the page load itself again. Firefox's driver reloads as with Shift held, past
    /// everything that is kept: its service worker is not asked for the page, as the
    /// standard has it, and without a network nothing comes.
    fn reload_by_itself(&self) -> Result<(), Trouble> {
        // As text, since a number may lose its last bit on the way.
        let before = self.eval("String(performance.timeOrigin)")?;
        self.eval("void setTimeout(() => location.reload())")?;
        let loaded = format!(
            "String(performance.timeOrigin) === {before} || document.readyState !== 'complete' \
               ? null : document.documentURI"
        );
        let start = Instant::now();
        loop {
            // A document that goes while it is asked answers with an error.
            let said = self.eval(&loaded);
            match &said {
                Ok(Value::String(address)) if address.starts_with("about:neterror") => {
                    return Err(Trouble::new(format!("Cannot reload: {address}")));
                }
                Ok(Value::String(_)) => return Ok(()),
                _ if start.elapsed() < PATIENCE => thread::sleep(PAUSE),
                Ok(_) => return Err(Trouble::new("Cannot reload: nothing has come")),
                Err(_) => return said.map(drop),
            }
        }
    }

    /// Goes back one step of the history.
    pub fn back(&self) -> Result<(), Trouble> {
        self.order("Cannot go back", async |session| session.back().await)
    }

    /// Waits for `<html data-ready="true">`, in an embed for `data-shown`: the first view is
    /// there.
    pub fn wait_first(&self) -> Result<(), Trouble> {
        self.wait_until(
            "(({ ready, shown }) => ready === 'true' || shown !== undefined)(document.documentElement.dataset)",
            "the page is ready",
        )
    }

    /// Waits for the first view and has every chapter come, as they do for a reader who
    /// gets near them.
    pub fn wait_ready(&self) -> Result<(), Trouble> {
        self.wait_first()?;
        self.eval(WAKE)?;
        self.wait_until(
            "document.documentElement.dataset.ready === 'true'",
            "the page is live",
        )?;
        // A script that waits for ever would say no more than that.
        let said = self.eval(&format!(
            "Promise.race([
               Promise.resolve(window.computeLoop?.complete()).then(() => true),
               new Promise(late => setTimeout(() => late({{
                 notices: [...document.querySelectorAll('.notices li')].map(one => one.textContent),
                 fetched: performance.getEntriesByType('resource').map(one => [one.name, one.responseEnd]),
               }}), {}))])",
            PATIENCE.as_millis() * 3 / 4
        ))?;
        if said != true {
            return Err(Trouble::new(format!(
                "Not every part has come to {}: {said}",
                self.eval("location.href")?
            )));
        }
        self.settle()
    }

    /// Waits until a JavaScript expression is true. `what` names that state
    /// for whoever reads that it never came.
    pub fn wait_until(&self, expression: &str, what: &str) -> Result<(), Trouble> {
        let start = Instant::now();
        loop {
            if self.eval(expression)? == true {
                return Ok(());
            }
            if start.elapsed() > PATIENCE {
                break;
            }
            thread::sleep(PAUSE);
        }
        let console: Vec<String> = self.console()?.iter().map(Message::to_string).collect();
        Err(Trouble::new(format!(
            "Waited {} s in vain until {what} ({expression})\nat {}\nThe document: {}\nNotices: {}\n\
             Files asked for in vain: {:?}\nThe console:\n{}",
            PATIENCE.as_secs(),
            self.eval("location.href")?,
            self.eval(STANDING)?,
            self.eval("[...document.querySelectorAll('.notices li')].map(one => one.textContent)")?,
            self.site.missing(),
            console.join("\n"),
        )))
    }

    /// The value of a JavaScript expression; a promise is waited for. Several
    /// statements go into a function: `(() => { …; return …; })()`.
    pub fn eval(&self, expression: &str) -> Result<Value, Trouble> {
        if self.engine != Engine::Chromium {
            return self.order(expression, async |session| run(session, expression).await)?;
        }
        let parameters = json!({
            "expression": expression,
            "awaitPromise": true,
            "returnByValue": true,
            "userGesture": true,
        });
        let mut answer = self.cdp("Runtime.evaluate", parameters)?;
        if let Some(exception) = answer.get("exceptionDetails") {
            let thrown = &exception["exception"];
            let said = [&thrown["description"], &thrown["value"], &exception["text"]];
            let said = said.into_iter().find(|value| !value.is_null());
            return Err(Trouble::new(format!(
                "{expression}\nthrows {}",
                said.map_or("nothing".into(), words)
            )));
        }
        let result = &mut answer["result"];
        // JSON has no form for these: they come as text, such as "NaN".
        if let Some(number) = result.get_mut("unserializableValue") {
            return Ok(number.take());
        }
        Ok(result["value"].take())
    }

    /// The value of a JavaScript expression inside the first frame that a CSS selector
    /// finds, of whatever origin; a promise is waited for.
    pub fn eval_in(&self, frame: &str, expression: &str) -> Result<Value, Trouble> {
        let what = format!("In {frame}, {expression}");
        self.order(what, async |session| {
            let frame = session.find(By::Css(frame)).await?;
            frame.enter_frame().await?;
            let said = run(session, expression).await;
            session.enter_default_frame().await?;
            said
        })?
    }

    /// Waits until such an expression is true.
    pub fn wait_in(&self, frame: &str, expression: &str, what: &str) -> Result<(), Trouble> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if self.eval_in(frame, expression)? == true {
                return Ok(());
            }
            thread::sleep(PAUSE);
        }
        let console: Vec<String> = self.console()?.iter().map(Message::to_string).collect();
        Err(Trouble::new(format!(
            "Waited {} s in vain until {what} ({expression}, in {frame})\nThe console:\n{}",
            PATIENCE.as_secs(),
            console.join("\n"),
        )))
    }

    /// Waits until what was changed is drawn.
    pub fn settle(&self) -> Result<(), Trouble> {
        self.eval(
            "document.fonts.ready.then(() => new Promise(drawn =>
               requestAnimationFrame(() => requestAnimationFrame(() => drawn()))))",
        )?;
        Ok(())
    }

    /// Clicks in the middle of the first element that a CSS selector finds.
    /// Fails where something else lies on top of it even in the middle of the
    /// window, where a reader would bring it.
    pub fn click(&self, selector: &str) -> Result<(), Trouble> {
        self.eval(&format!(
            "(async () => {{
               const one = document.querySelector({});
               if (!one) return;
               const free = () => {{
                 const box = one.getBoundingClientRect();
                 return one.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2));
               }};
               if (free()) return;
               one.scrollIntoView({{ block: 'center', behavior: 'instant' }});
               // What lies over a page goes when what it stands for comes.
               for (let i = 0; i < 60 && !free(); i++) await new Promise(requestAnimationFrame);
             }})()",
            json!(selector)
        ))?;
        let click = || {
            self.order(format!("Cannot click {selector}"), async |session| {
                session.find(By::Css(selector)).await?.click().await
            })
        };
        // Between the look and the click something may have come and be going.
        click().or_else(|trouble| {
            if !trouble.to_string().contains("intercepted") {
                return Err(trouble);
            }
            thread::sleep(Duration::from_secs(1));
            click()
        })
    }

    /// Moves the pointer to the middle of such an element.
    pub fn hover(&self, selector: &str) -> Result<(), Trouble> {
        self.order(format!("Cannot point at {selector}"), async |session| {
            let element = session.find(By::Css(selector)).await?;
            element.scroll_into_view().await?;
            let actions = session.action_chain();
            actions.move_to_element_center(&element).perform().await
        })
    }

    /// Presses keys wherever the focus is: text, a [`Key`](super::Key), or
    /// both joined with `+`.
    pub fn press(&self, keys: impl Into<TypingData>) -> Result<(), Trouble> {
        self.order("Cannot press keys", async |session| {
            session.action_chain().send_keys(keys).perform().await
        })
    }

    /// Writes a picture of what the window shows.
    pub fn screenshot(&self, file: &Path) -> Result<(), Trouble> {
        self.settle()?;
        self.photograph(file, json!({ "format": "png" }))
    }

    /// Scrolls through the page once: whatever is drawn when it comes into sight has
    /// been there then.
    fn leaf_through(&self) -> Result<(), Trouble> {
        self.eval(
            "(async () => {
               for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight) {
                 scrollTo({ top, behavior: 'instant' });
                 await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
               }
               scrollTo({ top: 0, behavior: 'instant' });
             })()",
        )?;
        self.settle()
    }

    /// The number that an expression gives.
    fn number(&self, expression: &str) -> Result<f64, Trouble> {
        let value = self.eval(expression)?;
        value
            .as_f64()
            .ok_or_else(|| Trouble::new(format!("{expression} is {value}")))
    }

    /// Writes a picture of the whole page; a very long one goes into several
    /// files, `name.png`, `name-2.png` and so on.
    pub fn screenshot_full(&self, file: &Path) -> Result<(), Trouble> {
        self.leaf_through()?;
        let height = self.number("document.documentElement.scrollHeight")?;
        self.photograph_between(file, 0.0, height)
    }

    /// Writes pictures of the first elements that CSS selectors find, in the same way.
    pub fn screenshots_of<'a>(
        &self,
        parts: impl IntoIterator<Item = (&'a str, &'a Path)>,
    ) -> Result<(), Trouble> {
        self.leaf_through()?;
        for (selector, file) in parts {
            let edge = |which: &str| {
                self.number(&format!(
                    "document.querySelector({}).getBoundingClientRect().{which} + scrollY",
                    json!(selector)
                ))
            };
            self.photograph_between(file, edge("top")?, edge("bottom")?)?;
        }
        Ok(())
    }

    /// A strip of the page, as wide as the window.
    fn photograph_between(&self, file: &Path, mut top: f64, bottom: f64) -> Result<(), Trouble> {
        let width = self.number("document.documentElement.clientWidth")?;
        let slice = (SLICE / self.number("devicePixelRatio")?).floor();
        let mut count = 1;
        while top < bottom {
            let clip = json!({
                "x": 0, "y": top, "width": width, "height": slice.min(bottom - top), "scale": 1,
            });
            let parameters = json!({
                "format": "png", "captureBeyondViewport": true, "clip": clip,
            });
            if count == 1 {
                self.photograph(file, parameters)?;
            } else {
                let name = file.file_stem().unwrap_or_default().to_string_lossy();
                let part = file.with_file_name(format!("{name}-{count}.png"));
                self.photograph(&part, parameters)?;
            }
            top += slice;
            count += 1;
        }
        Ok(())
    }

    /// Writes what the printer would get, as PDF on A4.
    pub fn print(&self, file: &Path) -> Result<(), Trouble> {
        let answer = self.cdp(
            "Page.printToPDF",
            json!({ "paperWidth": 8.27, "paperHeight": 11.69, "displayHeaderFooter": false }),
        )?;
        write(file, &answer)
    }

    fn photograph(&self, file: &Path, parameters: Value) -> Result<(), Trouble> {
        let answer = self.cdp("Page.captureScreenshot", parameters)?;
        write(file, &answer)
    }

    /// Everything the console has shown since the browser started.
    pub fn console(&self) -> Result<Vec<Message>, Trouble> {
        if self.engine != Engine::Chromium {
            return Ok(vec![]);
        }
        let entries = self.order("Cannot read the console", async |session| {
            session.browser_log().await
        })?;
        let mut heard = self.heard.borrow_mut();
        heard
            .console
            .extend(entries.into_iter().map(|entry| Message {
                level: entry.level,
                text: entry.message,
            }));
        Ok(heard.console.clone())
    }

    /// The warnings and errors among that.
    pub fn complaints(&self) -> Result<Vec<Message>, Trouble> {
        let mut messages = self.console()?;
        messages.retain(Message::is_complaint);
        Ok(messages)
    }

    /// Every address the page has asked for since the browser started, whether
    /// it was answered or not, in order. What a worker asks for is not among
    /// them: see [`Site::requests`] for what was asked here.
    pub fn requests(&self) -> Result<Vec<String>, Trouble> {
        if self.engine != Engine::Chromium {
            return Ok(vec![]);
        }
        let entries = self.order("Cannot read what was requested", async |session| {
            session.get_log("performance").await
        })?;
        let mut heard = self.heard.borrow_mut();
        for entry in entries {
            let event: Value = serde_json::from_str(&entry.message)
                .map_err(Trouble::during("The driver's log is not JSON"))?;
            let event = &event["message"];
            let parameters = &event["params"];
            let address = match event["method"].as_str() {
                Some("Network.requestWillBeSent") => &parameters["request"]["url"],
                Some("Network.webSocketCreated" | "Network.webTransportCreated") => {
                    &parameters["url"]
                }
                _ => continue,
            };
            heard.requests.extend(address.as_str().map(str::to_owned));
        }
        Ok(heard.requests.clone())
    }

    /// The addresses among those that are not of the site. What a page holds
    /// in itself, as `data:` and `blob:`, asks nobody.
    pub fn outside(&self) -> Result<Vec<String>, Trouble> {
        let within = [
            &*format!("{}/", self.site.origin()),
            "data:",
            "blob:",
            "about:",
        ];
        let mut requests = self.requests()?;
        requests.retain(|address| !within.iter().any(|start| address.starts_with(start)));
        Ok(requests)
    }
}

impl Drop for Page<'_> {
    fn drop(&mut self) {
        if let Some(session) = self.session.take() {
            // If it is gone already, so be it.
            let _ = self.runtime.block_on(session.quit());
        }
    }
}

impl fmt::Debug for Page<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Page").field(self.site).finish()
    }
}

/// Runs an expression where the driver is, as every driver can; a promise is waited for.
async fn run(session: &WebDriver, expression: &str) -> WebDriverResult<Result<Value, Trouble>> {
    let script = format!(
        "const done = arguments[arguments.length - 1];
         (async () => ({expression}))().then(value => done({{ value: value ?? null }}),
           error => done({{ error: String(error) }}));"
    );
    let said = session.execute_async(script, vec![]).await?;
    let mut said = said.json().clone();
    Ok(match said.get("error") {
        Some(error) => Err(Trouble::new(format!(
            "{expression}\nthrows {}",
            words(error)
        ))),
        None => Ok(said["value"].take()),
    })
}

/// Where lies what Firefox starts sooner with, made by a first start. Without it every start
/// is a first one, and all goes as well.
fn kept_start(runtime: &Runtime, view: View) -> Option<&'static Path> {
    static KEPT: OnceLock<Option<PathBuf>> = OnceLock::new();
    let make = || {
        let kept = root().join("target/firefox-start");
        if kept.exists() {
            return Some(kept);
        }
        let profile = Profile::new().ok()?;
        let (session, driver) = start_in(runtime, Engine::Gecko, &profile, view).ok()?;
        // It writes this down as it ends.
        runtime.block_on(session.quit()).ok()?;
        drop(driver);
        profile.start_of(&kept).ok()?;
        Some(kept)
    };
    KEPT.get_or_init(make).as_deref()
}

/// Starts a driver, and has it start a browser.
fn start(
    runtime: &Runtime,
    engine: Engine,
    view: View,
) -> Result<(WebDriver, Driver, Profile), Trouble> {
    let profile = Profile::new()?;
    if engine == Engine::Gecko
        && let Some(kept) = kept_start(runtime, view)
    {
        profile
            .keep_starting(kept)
            .map_err(Trouble::during(STARTING))?;
    }
    let (session, driver) = start_in(runtime, engine, &profile, view)?;
    Ok((session, driver, profile))
}

/// The same in this profile.
fn start_in(
    runtime: &Runtime,
    engine: Engine,
    profile: &Profile,
    view: View,
) -> Result<(WebDriver, Driver), Trouble> {
    let driver = Driver::start(engine)?;
    let capabilities = capabilities(&driver, profile, view).map_err(Trouble::during(STARTING))?;
    // The driver is on this machine, whatever proxy the others are behind.
    // It closes idle connections when it likes, so none is kept.
    let client = reqwest::Client::builder()
        .no_proxy()
        .pool_max_idle_per_host(0)
        .timeout(2 * PATIENCE)
        .build()
        .map_err(Trouble::during(STARTING))?;
    let session = runtime
        .block_on(
            WebDriver::builder(driver.address(), capabilities)
                .client(client)
                .connect(),
        )
        .map_err(Trouble::during(STARTING))?;
    Ok((session, driver))
}

/// The browser as the driver is to start it.
fn capabilities(driver: &Driver, profile: &Profile, view: View) -> WebDriverResult<Capabilities> {
    let binary = driver.browser().to_string_lossy().into_owned();
    match driver.engine() {
        Engine::Chromium => {
            let mut chrome = DesiredCapabilities::chrome();
            chrome.set_binary(&binary)?;
            for option in OPTIONS {
                chrome.add_arg(option)?;
            }
            chrome.add_arg(&format!("--user-data-dir={}", profile.path().display()))?;
            chrome.add_arg(&format!("--window-size={},{}", view.width, view.height))?;
            chrome.set_logging_prefs("browser", LoggingPrefsLogLevel::All)?;
            chrome.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
            Ok(chrome.into())
        }
        Engine::Gecko => {
            let profile = profile.path().to_string_lossy();
            let mut all = Capabilities::new();
            all.set("browserName", "firefox")?;
            all.set(
                "moz:firefoxOptions",
                json!({
                    "binary": binary,
                    "args": ["-headless", "-profile", profile],
                    "prefs": {
                        "ui.systemUsesDarkTheme": i32::from(view.dark),
                        "ui.prefersReducedMotion": i32::from(view.still),
                        // Nobody but the page asks for anything.
                        "network.captive-portal-service.enabled": false,
                        "network.connectivity-service.enabled": false,
                        "app.update.enabled": false,
                        "browser.safebrowsing.update.enabled": false,
                        // Nor is work done for pages that nobody opens.
                        "browser.newtab.preload": false,
                        "browser.newtabpage.enabled": false,
                        "browser.newtabpage.activity-stream.enabled": false,
                        "dom.ipc.processPrelaunch.enabled": false,
                    },
                }),
            )?;
            Ok(all)
        }
        Engine::WebKit => {
            let mut all = Capabilities::new();
            all.set("browserName", "MiniBrowser")?;
            all.set(
                "webkitgtk:browserOptions",
                json!({ "binary": binary, "args": ["--automation"] }),
            )?;
            Ok(all)
        }
    }
}

/// Writes the data of an answer to a file.
fn write(file: &Path, answer: &Value) -> Result<(), Trouble> {
    let what = format!("Cannot write {}", file.display());
    let data = BASE64_STANDARD
        .decode(answer["data"].as_str().unwrap_or_default())
        .map_err(Trouble::during(&what))?;
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(Trouble::during(&what))?;
    }
    fs::write(file, data).map_err(Trouble::during(&what))
}

/// A text without its quotes, and anything else as JSON.
fn words(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

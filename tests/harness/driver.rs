//! The programs between the tests and the browsers.

use std::fmt;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use std::{env, thread};

use super::{Trouble, root};

/// How long a driver may take until it listens.
const START: Duration = Duration::from_secs(20);

/// What a browser is made of. Chromium alone tells its console and its requests, and
/// pretends to be any window: see [`Page`](super::Page).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Of Chrome and Edge.
    Chromium,
    /// Of Firefox.
    Gecko,
    /// Of Safari, as GTK's browsers have it.
    WebKit,
}

impl fmt::Display for Engine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, formatter)
    }
}

/// A program that ends when dropped.
#[derive(Debug)]
struct Running(Child);

impl Running {
    fn start(command: &mut Command) -> Result<Self, Trouble> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(Trouble::during(format!("Cannot start {name}")))?;
        Ok(Self(child))
    }

    fn output(&mut self) -> Result<BufReader<ChildStdout>, Trouble> {
        let output = self.0.stdout.take();
        let output = output.ok_or_else(|| Trouble::new("a driver has no output"))?;
        Ok(BufReader::new(output))
    }

    fn is_over(&mut self) -> bool {
        !matches!(self.0.try_wait(), Ok(None))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A running driver, which ends with all its browsers when dropped.
#[derive(Debug)]
pub(crate) struct Driver {
    engine: Engine,
    process: Running,
    /// Kept open: a program that writes to a closed pipe ends.
    _output: Option<BufReader<ChildStdout>>,
    /// WebKit's browser has no windows of its own kind without a screen. Ends last.
    _screen: Option<Running>,
    port: u16,
    browser: PathBuf,
}

impl Driver {
    /// Starts the driver of an engine.
    pub(crate) fn start(engine: Engine) -> Result<Self, Trouble> {
        match engine {
            Engine::Chromium => Self::chromium(),
            Engine::Gecko => Self::gecko(),
            Engine::WebKit => Self::webkit(),
        }
    }

    /// Starts chromedriver on a port that it chooses itself. It chooses for IPv6 and then
    /// wants the same one for IPv4, which another program may hold by then: it gives up,
    /// and the next attempt gets another port.
    fn chromium() -> Result<Self, Trouble> {
        const ATTEMPTS: usize = 10;
        let mut last = Self::attempt();
        for _ in 1..ATTEMPTS {
            match last {
                Err(trouble) if trouble.to_string().contains("port not available") => {
                    last = Self::attempt();
                }
                other => return other,
            }
        }
        last
    }

    fn attempt() -> Result<Self, Trouble> {
        let browser = chromium()?;
        let mut process = Running::start(Command::new(find(&["chromedriver"])?).arg("--port=0"))?;
        let mut output = process.output()?;
        let mut said = String::new();
        let port = loop {
            let before = said.len();
            let read = output.read_line(&mut said);
            if !matches!(read, Ok(1..)) {
                return Err(Trouble::new(format!("chromedriver did not start: {said}")));
            }
            if let Some(port) = port(&said[before..]) {
                break port;
            }
        };
        Ok(Self {
            engine: Engine::Chromium,
            process,
            _output: Some(output),
            _screen: None,
            port,
            browser,
        })
    }

    fn gecko() -> Result<Self, Trouble> {
        let browser = find(&["firefox-esr", "firefox"])?;
        let port = free_port()?;
        let mut command = Command::new(find(&["geckodriver"])?);
        command
            .arg(format!("--port={port}"))
            // Several run at once, and each would have the same one.
            .arg("--websocket-port=0");
        let process = Running::start(command.arg("--log=fatal"))?;
        Self::listening(Engine::Gecko, process, None, port, browser)
    }

    fn webkit() -> Result<Self, Trouble> {
        let browser = mini_browser()?;
        let mut screen = Running::start(Command::new(find(&["Xvfb"])?).args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1920x1200x24",
            "-nolisten",
            "tcp",
        ]))?;
        let mut number = String::new();
        screen
            .output()?
            .read_line(&mut number)
            .map_err(Trouble::during("Cannot hear which screen Xvfb is"))?;
        let port = free_port()?;
        let process = Running::start(
            Command::new(find(&["WebKitWebDriver"])?)
                .args([format!("--port={port}"), "--host=127.0.0.1".to_owned()])
                .env("DISPLAY", format!(":{}", number.trim()))
                .env_remove("WAYLAND_DISPLAY"),
        )?;
        Self::listening(Engine::WebKit, process, Some(screen), port, browser)
    }

    /// A driver that was told its port, once it listens there.
    fn listening(
        engine: Engine,
        mut process: Running,
        screen: Option<Running>,
        port: u16,
        browser: PathBuf,
    ) -> Result<Self, Trouble> {
        let start = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if process.is_over() || start.elapsed() > START {
                return Err(Trouble::new(format!(
                    "The driver of {engine} did not start"
                )));
            }
            thread::sleep(Duration::from_millis(20));
        }
        let output = process.output().ok();
        Ok(Self {
            engine,
            process,
            _output: output,
            _screen: screen,
            port,
            browser,
        })
    }

    /// Where it takes orders.
    pub(crate) fn address(&self) -> String {
        format!("http://{}:{}", Ipv4Addr::LOCALHOST, self.port)
    }

    /// The browser it is to start.
    pub(crate) fn browser(&self) -> &Path {
        &self.browser
    }

    /// What that is made of.
    pub(crate) const fn engine(&self) -> Engine {
        self.engine
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Told to end, it ends its browsers first; killed, it leaves them. The other
        // drivers end a browser with its session.
        if self.engine != Engine::Chromium {
            return;
        }
        if let Ok(mut stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)) {
            let _ = stream.write_all(b"GET /shutdown HTTP/1.1\r\nHost: localhost\r\n\r\n");
            let start = Instant::now();
            while start.elapsed() < Duration::from_secs(5) && !self.process.is_over() {
                thread::sleep(Duration::from_millis(20));
            }
        }
    }
}

/// The port in "… was started successfully on port 12345."
fn port(line: &str) -> Option<u16> {
    let (_, rest) = line.split_once("successfully on port ")?;
    rest.trim_end().trim_end_matches('.').parse().ok()
}

/// A port that nobody has at this moment.
fn free_port() -> Result<u16, Trouble> {
    let during = "Cannot get a port";
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(Trouble::during(during))?;
    let address = listener.local_addr().map_err(Trouble::during(during))?;
    Ok(address.port())
}

/// Chromium, under whichever name it goes.
pub fn chromium() -> Result<PathBuf, Trouble> {
    find(&[
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ])
}

/// `WebKit`'s smallest browser, which Debian puts beside the library it is made for.
fn mini_browser() -> Result<PathBuf, Trouble> {
    let folders = std::fs::read_dir("/usr/lib")
        .into_iter()
        .flatten()
        .flatten();
    let versions = ["webkit2gtk-4.1", "webkit2gtk-4.0", "webkitgtk-6.0"];
    folders
        .flat_map(|folder| versions.map(|version| folder.path().join(version)))
        .map(|folder| folder.join("MiniBrowser"))
        .find(|file| file.is_file())
        .ok_or_else(|| Trouble::new("MiniBrowser is missing: run `.tools/setup test` first"))
}

/// Where the project's own tools are.
fn tools() -> &'static str {
    static TOOLS: OnceLock<String> = OnceLock::new();
    TOOLS.get_or_init(|| {
        let said = Command::new(root().join(".tools/setup"))
            .arg("path")
            .output();
        said.map_or_else(
            |_| String::new(),
            |said| String::from_utf8_lossy(&said.stdout).trim().to_owned(),
        )
    })
}

/// The first of some programs on PATH, among the project's tools, or where Debian puts
/// them.
fn find(names: &[&str]) -> Result<PathBuf, Trouble> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&path)
        .chain(env::split_paths(tools()))
        .chain(["/usr/bin".into()])
        .collect();
    let candidates = names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    candidates
        .into_iter()
        .find(|file| file.is_file())
        .ok_or_else(|| {
            Trouble::new(format!(
                "{} is missing: run `.tools/setup test` first",
                names.join(", or ")
            ))
        })
}

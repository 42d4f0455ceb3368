//! The program between the tests and Chromium.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, thread};

use super::Trouble;

/// A running chromedriver, which ends with all its browsers when dropped.
#[derive(Debug)]
pub(crate) struct Driver {
    process: Child,
    /// Kept open: a program that writes to a closed pipe ends.
    _output: BufReader<ChildStdout>,
    port: u16,
    browser: PathBuf,
}

impl Driver {
    /// Starts the driver on a port that it chooses itself. It chooses for IPv6 and then
    /// wants the same one for IPv4, which another program may hold by then: it gives up,
    /// and the next attempt gets another port.
    pub(crate) fn start() -> Result<Self, Trouble> {
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
        let browsers = [
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
        ];
        let browser = find(&browsers)?;
        let mut command = Command::new(find(&["chromedriver"])?);
        let mut process = command
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(Trouble::during("Cannot start chromedriver"))?;
        let mut output = BufReader::new(
            process
                .stdout
                .take()
                .ok_or_else(|| Trouble::new("chromedriver has no output"))?,
        );
        let mut said = String::new();
        let port = loop {
            let before = said.len();
            let read = output.read_line(&mut said);
            if !matches!(read, Ok(1..)) {
                let _ = process.kill();
                let _ = process.wait();
                return Err(Trouble::new(format!("chromedriver did not start: {said}")));
            }
            if let Some(port) = port(&said[before..]) {
                break port;
            }
        };
        Ok(Self {
            process,
            _output: output,
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
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Told to end, it ends its browsers first; killed, it leaves them.
        if let Ok(mut stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)) {
            let _ = stream.write_all(b"GET /shutdown HTTP/1.1\r\nHost: localhost\r\n\r\n");
            let start = Instant::now();
            while start.elapsed() < Duration::from_secs(5) {
                if !matches!(self.process.try_wait(), Ok(None)) {
                    return;
                }
                thread::sleep(Duration::from_millis(20));
            }
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The port in "… was started successfully on port 12345."
fn port(line: &str) -> Option<u16> {
    let (_, rest) = line.split_once("successfully on port ")?;
    rest.trim_end().trim_end_matches('.').parse().ok()
}

/// The first of some programs on PATH, or where Debian puts them.
fn find(names: &[&str]) -> Result<PathBuf, Trouble> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&path).chain(["/usr/bin".into()]).collect();
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

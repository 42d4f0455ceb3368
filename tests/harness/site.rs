//! A web server of a few lines, which remembers what it was asked.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use std::{fmt, fs};

use super::{Trouble, root};

/// How long a browser may take over one request.
const PATIENCE: Duration = Duration::from_secs(10);

/// A folder served on a free port of this machine, until dropped.
pub struct Site {
    shared: Arc<Shared>,
    address: SocketAddr,
    listener: Option<JoinHandle<()>>,
}

struct Shared {
    folder: Mutex<PathBuf>,
    prefix: String,
    asked: Mutex<Vec<Asked>>,
    faults: Mutex<Vec<(String, Fault)>>,
    ended: AtomicBool,
    silent: AtomicBool,
    isolated: AtomicBool,
    kept: AtomicBool,
}

/// What a host does wrong with a file.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// It has no such file.
    Missing,
    /// It sends it as this type.
    Type(&'static str),
    /// It sends half of it and says that this is all.
    Short,
    /// The line breaks when half of it has been sent.
    Cut,
    /// It takes the question and never answers.
    Mute,
}

/// One request: its path with the query, and whether there was an answer.
struct Asked {
    path: String,
    found: bool,
}

impl Site {
    /// Serves `dist/` at `prefix`.
    pub fn of_build(prefix: &str) -> Result<Self, Trouble> {
        let dist = root().join("dist");
        if !dist.join("index.html").is_file() {
            return Err(Trouble::new(
                "There is no dist/index.html to test: run `make build` first",
            ));
        }
        Self::serve(&dist, prefix)
    }

    /// Serves `folder` at `prefix`, which begins and ends with a slash.
    /// Nothing is served outside of it.
    pub fn serve(folder: &Path, prefix: &str) -> Result<Self, Trouble> {
        if !(prefix.starts_with('/') && prefix.ends_with('/')) {
            return Err(Trouble::new(format!(
                "The prefix {prefix:?} does not begin and end with a slash"
            )));
        }
        let during = "Cannot open a port to serve the page on";
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(Trouble::during(during))?;
        let address = listener.local_addr().map_err(Trouble::during(during))?;
        let shared = Arc::new(Shared {
            folder: Mutex::new(folder.to_path_buf()),
            prefix: prefix.to_owned(),
            asked: Mutex::default(),
            faults: Mutex::default(),
            ended: AtomicBool::new(false),
            silent: AtomicBool::new(false),
            isolated: AtomicBool::new(false),
            kept: AtomicBool::new(false),
        });
        let listener = thread::spawn({
            let shared = Arc::clone(&shared);
            move || {
                for stream in listener.incoming().flatten() {
                    if shared.ended.load(Ordering::Relaxed) {
                        return;
                    }
                    let shared = Arc::clone(&shared);
                    // A browser that hangs up in the middle loses its answer.
                    thread::spawn(move || drop(shared.answer(&stream)));
                }
            }
        });
        Ok(Self {
            shared,
            address,
            listener: Some(listener),
        })
    }

    /// From now on keeps its pages apart from others, for which browsers give them a
    /// clock of 5 µs instead of 100.
    pub fn isolate(&self) {
        self.shared.isolated.store(true, Ordering::Relaxed);
    }

    /// From now on lets browsers keep pages as they are left (the back/forward cache).
    pub fn may_be_kept(&self) {
        self.shared.kept.store(true, Ordering::Relaxed);
    }

    /// From now on serves another folder at the same address.
    pub fn turn_to(&self, folder: &Path) {
        *held(&self.shared.folder) = folder.to_path_buf();
    }

    /// From now on nobody gets an answer, as without a network.
    pub fn fall_silent(&self) {
        self.shared.silent.store(true, Ordering::Relaxed);
    }

    /// From now on everybody gets an answer again.
    pub fn speak_again(&self) {
        self.shared.silent.store(false, Ordering::Relaxed);
    }

    /// From now on does something wrong with files whose path ends so.
    pub fn spoil(&self, end: &str, fault: Fault) {
        held(&self.shared.faults).push((end.to_owned(), fault));
    }

    /// From now on sends every file as it is.
    pub fn mend(&self) {
        held(&self.shared.faults).clear();
    }

    /// Scheme, host and port, without a slash at the end.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The address of the folder, with a slash at the end.
    pub fn address(&self) -> String {
        format!("{}{}", self.origin(), self.shared.prefix)
    }

    /// Every path that was asked for, with its query, in order.
    pub fn requests(&self) -> Vec<String> {
        let asked = self.shared.asked();
        asked.iter().map(|one| one.path.clone()).collect()
    }

    /// Those of them that lead nowhere.
    pub fn missing(&self) -> Vec<String> {
        let asked = self.shared.asked();
        let lost = asked.iter().filter(|one| !one.found);
        lost.map(|one| one.path.clone()).collect()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::Relaxed);
        // The listener looks at the flag when somebody calls.
        let called = TcpStream::connect_timeout(&self.address, PATIENCE).is_ok();
        if let Some(listener) = self.listener.take().filter(|_| called) {
            let _ = listener.join();
        }
    }
}

impl fmt::Debug for Site {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("Site")
            .field(&self.address())
            .finish()
    }
}

/// What a mutex holds: it stays what it is, whatever happened to the thread that had it.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    fn asked(&self) -> MutexGuard<'_, Vec<Asked>> {
        held(&self.asked)
    }

    /// Answers one request and closes.
    fn answer(&self, mut stream: &TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let mut lines = BufReader::new(stream).lines();
        // Browsers open connections ahead of need and may say nothing on them.
        let Some(first) = lines.next().transpose()? else {
            return Ok(());
        };
        // An answer before the end of the question would reset the connection.
        for line in lines {
            if line?.is_empty() {
                break;
            }
        }
        let mut words = first.split(' ');
        let method = words.next().unwrap_or_default();
        let path = words.next().unwrap_or_default();

        if self.silent.load(Ordering::Relaxed) {
            return Ok(());
        }
        if self.is_mute(path) {
            // Until whoever asked gives up.
            stream.set_read_timeout(None)?;
            return stream.read(&mut [0]).map(drop);
        }
        let file = self.file(path);
        self.asked().push(Asked {
            path: path.to_owned(),
            found: file.is_some(),
        });
        let (status, kind, body, length) = if let Some((kind, body, length)) = file {
            ("200 OK", kind, body, length)
        } else {
            let body = b"No such file\n".to_vec();
            let length = body.len();
            ("404 Not Found", "text/plain; charset=utf-8", body, length)
        };
        let apart = if self.isolated.load(Ordering::Relaxed) {
            "Cross-Origin-Opener-Policy: same-origin\r\n\
             Cross-Origin-Embedder-Policy: require-corp\r\n"
        } else {
            ""
        };
        let kept = if self.kept.load(Ordering::Relaxed) {
            "no-cache"
        } else {
            "no-store"
        };
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{apart}\
             Access-Control-Allow-Origin: *\r\nCache-Control: {kept}\r\nConnection: close\r\n\r\n",
        )?;
        if method != "HEAD" {
            stream.write_all(&body)?;
        }
        stream.flush()
    }

    /// The type of what stands at `path`, what is sent of it, and how long that is said to be.
    fn file(&self, path: &str) -> Option<(&'static str, Vec<u8>, usize)> {
        let path = path.split(['?', '#']).next()?;
        let inside = unescape(path.strip_prefix(&self.prefix)?)?;
        let inside = Path::new(&inside);
        // Nothing above the folder, however it is spelled.
        let plain = |part| matches!(part, Component::Normal(_));
        if !inside.components().all(plain) {
            return None;
        }
        let mut file = held(&self.folder).join(inside);
        if file.is_dir() {
            file.push("index.html");
        }
        let mut contents = fs::read(&file).ok()?;
        let (mut kind, mut length) = (kind(&file), contents.len());
        match self.fault(path) {
            Some(Fault::Missing) => return None,
            Some(Fault::Type(other)) => kind = other,
            Some(Fault::Cut) => contents.truncate(length / 2),
            Some(Fault::Short) => {
                length /= 2;
                contents.truncate(length);
            }
            Some(Fault::Mute) | None => {}
        }
        Some((kind, contents, length))
    }

    /// What is wrong with the file at `path`, which holds no query.
    fn fault(&self, path: &str) -> Option<Fault> {
        let faults = held(&self.faults);
        let fault = faults.iter().find(|(end, _)| path.ends_with(&**end));
        fault.map(|(_, fault)| *fault)
    }

    fn is_mute(&self, path: &str) -> bool {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        matches!(self.fault(path), Some(Fault::Mute))
    }
}

/// Replaces each `%` and its two digits by the byte they stand for.
fn unescape(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            u8::from_str_radix(str::from_utf8(&digits).ok()?, 16).ok()?
        } else {
            byte
        });
    }
    String::from_utf8(bytes).ok()
}

/// The type of a file by its name, as an ordinary host has it.
fn kind(file: &Path) -> &'static str {
    let extension = file.extension().and_then(|name| name.to_str());
    match extension.unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        "csv" => "text/csv; charset=utf-8",
        "xml" => "application/xml",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    /// The answer to a request, as it comes over the wire.
    fn ask(site: &Site, path: &str) -> io::Result<String> {
        let mut stream = TcpStream::connect(site.address)?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: test\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }

    #[test]
    fn serves_its_folder_alone_and_remembers() -> Result<(), Box<dyn std::error::Error>> {
        let site = Site::serve(Path::new(env!("CARGO_MANIFEST_DIR")), "/a/")?;
        let answer = ask(&site, "/a/lib%2Ers?query")?;
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.ends_with(include_str!("../lib.rs")), "{answer}");
        for lost in [
            "/lib.rs",
            "/a/../Cargo.lock",
            "/a/%2e%2e/Cargo.lock",
            "/a//etc/hosts",
            "/a/%",
        ] {
            assert!(ask(&site, lost)?.starts_with("HTTP/1.1 404 "), "{lost}");
        }
        assert_eq!(site.requests().len(), 6);
        assert_eq!(site.missing().len(), 5);
        Ok(())
    }
}

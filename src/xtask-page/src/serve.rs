//! A static file server for `dist/`, on loopback only: for play on one's own machine and for tests.

use crate::http::{Head, Request};
use crate::media::{POLICY, media_type};
use std::fs::File;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

/// How many ports after the wanted one are tried.
const PORTS_TRIED: u16 = 50;

/// A running server; it stops when dropped.
pub struct Server {
    address: SocketAddr,
    stopping: Arc<AtomicBool>,
    listening: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves a folder on 127.0.0.1, at this port or the next free one; port 0 takes any.
    ///
    /// # Errors
    /// Where the folder does not exist or no port is free.
    pub fn start(folder: &Path, port: u16) -> io::Result<Self> {
        let folder: Arc<Path> = folder.canonicalize()?.into();
        let listener = bind(port)?;
        let address = listener.local_addr()?;
        let stopping = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&stopping);
        let listening = thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::Relaxed) {
                    break;
                }
                let Ok(stream) = stream else { continue };
                let folder = Arc::clone(&folder);
                // One thread for each connection: one that a browser opens and leaves idle holds nobody up.
                // A browser that closes its connection early is no failure of the server's.
                thread::spawn(move || answer(stream, &folder));
            }
        });
        Ok(Self { address, stopping, listening: Some(listening) })
    }

    /// The page's address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Serves until the process ends.
    pub fn run(mut self) {
        if let Some(listening) = self.listening.take() {
            // It ends only with the process.
            let _ = listening.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::Relaxed);
        // The listener waits for a connection: this is its last one.
        let _ = TcpStream::connect(self.address);
        if let Some(listening) = self.listening.take() {
            let _ = listening.join();
        }
    }
}

fn bind(port: u16) -> io::Result<TcpListener> {
    let last = if port == 0 { 0 } else { port.saturating_add(PORTS_TRIED) };
    let mut outcome = TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    for next in port + 1..=last {
        if outcome.is_ok() {
            break;
        }
        outcome = TcpListener::bind((Ipv4Addr::LOCALHOST, next));
    }
    outcome.map_err(|error| io::Error::other(format!("no port from {port} to {last} is free: {error}")))
}

fn answer(stream: TcpStream, folder: &Path) -> io::Result<()> {
    let Some(request) = Request::read(&stream)? else {
        return Head::new(400).send_text(&stream, true, "this is not a request that can be understood\n");
    };
    let with_body = request.method == "GET";
    if !with_body && request.method != "HEAD" {
        return Head::new(405).with("Allow", "GET, HEAD").send_text(&stream, true, "only GET and HEAD are answered\n");
    }
    let Some(file) = locate(folder, &request.target) else {
        return Head::new(404).send_text(&stream, with_body, "there is no such file here\n");
    };
    let (body, encoding) = open(&file, &request)?;
    let mut head = Head::new(200)
        .with("Content-Type", media_type(&file))
        .with("Content-Security-Policy", POLICY)
        .with("X-Content-Type-Options", "nosniff")
        .with("Vary", "Accept-Encoding");
    if let Some(encoding) = encoding {
        head = head.with("Content-Encoding", encoding);
    }
    head.send_file(&stream, with_body, body)
}

/// Opens a file, or a compressed one beside it where the browser takes that.
fn open(file: &Path, request: &Request) -> io::Result<(File, Option<&'static str>)> {
    for (encoding, suffix) in [("br", ".br"), ("gzip", ".gz")] {
        let mut side = file.as_os_str().to_owned();
        side.push(suffix);
        if request.accepts(encoding)
            && let Ok(opened) = File::open(&side)
        {
            return Ok((opened, Some(encoding)));
        }
    }
    File::open(file).map(|opened| (opened, None))
}

/// The file that a request names, if it lies in the folder.
fn locate(folder: &Path, url: &str) -> Option<PathBuf> {
    let path = decode(url.split(['?', '#']).next()?)?;
    let relative = Path::new(path.strip_prefix('/')?);
    if !relative.components().all(|component| matches!(component, Component::Normal(_))) {
        return None;
    }
    let mut file = folder.join(relative);
    if file.is_dir() {
        file.push("index.html");
    }
    // A link could lead out; the real path cannot.
    let file = file.canonicalize().ok()?;
    (file.starts_with(folder) && file.is_file()).then_some(file)
}

/// Undoes percent encoding.
fn decode(path: &str) -> Option<String> {
    let mut bytes = path.bytes();
    let mut decoded = Vec::with_capacity(path.len());
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => {
                let digits = [bytes.next()?, bytes.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            0 => return None,
            other => other,
        });
    }
    String::from_utf8(decoded).ok().filter(|path| !path.contains('\0'))
}

#[cfg(test)]
mod tests;

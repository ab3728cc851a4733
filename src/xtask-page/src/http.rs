//! As much of HTTP/1.1 as a static file server on loopback needs: one request a connection.
//!
//! The crates at hand either bring an async runtime, or keep connections alive on a pool of threads that a
//! browser's idle connections can exhaust. Closing after each answer is simple and never waits.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

const HEAD_BYTES_MAX: usize = 16 * 1024;
/// A browser opens connections ahead of need; an unused one is given up after this.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a browser asks.
pub struct Request {
    /// `GET`, `HEAD`, …
    pub method: String,
    /// The path, still encoded, with its query.
    pub target: String,
    accepted_encodings: String,
}

impl Request {
    /// Reads a request's head; nothing where it is none.
    pub fn read(mut stream: &TcpStream) -> io::Result<Option<Self>> {
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut head = Vec::new();
        let mut piece = [0; 2048];
        while !head.windows(4).any(|end| end == b"\r\n\r\n") {
            let length = stream.read(&mut piece)?;
            if length == 0 || head.len() + length > HEAD_BYTES_MAX {
                return Ok(None);
            }
            head.extend_from_slice(&piece[..length]);
        }
        Ok(String::from_utf8(head).ok().and_then(|head| Self::parse(&head)))
    }

    fn parse(head: &str) -> Option<Self> {
        let mut lines = head.split("\r\n");
        let mut words = lines.next()?.split(' ');
        let (method, target, version) = (words.next()?, words.next()?, words.next()?);
        if !version.starts_with("HTTP/1.") || words.next().is_some() {
            return None;
        }
        let encodings = lines
            .filter_map(|line| line.split_once(':'))
            .filter(|(name, _)| name.eq_ignore_ascii_case("accept-encoding"))
            .map(|(_, value)| value.trim());
        let accepted_encodings = encodings.collect::<Vec<_>>().join(",");
        Some(Self { method: method.to_owned(), target: target.to_owned(), accepted_encodings })
    }

    /// Whether `Accept-Encoding` names this encoding and does not refuse it by `q=0`.
    pub fn accepts(&self, encoding: &str) -> bool {
        self.accepted_encodings.split(',').any(|item| {
            let mut parts = item.split(';').map(str::trim);
            parts.next() == Some(encoding) && !parts.any(|part| matches!(part, "q=0" | "q=0.0"))
        })
    }
}

/// The head of an answer.
pub struct Head(String);

impl Head {
    /// A head with what every answer carries.
    pub fn new(status: u16) -> Self {
        let reason = match status {
            200 => "OK",
            400 => "Bad Request",
            404 => "Not Found",
            _ => "Method Not Allowed",
        };
        Self(format!("HTTP/1.1 {status} {reason}\r\nCache-Control: no-cache\r\nConnection: close\r\n"))
    }

    /// Adds a line.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.line(name, value);
        self
    }

    /// Sends a short text.
    pub fn send_text(self, stream: &TcpStream, with_body: bool, text: &str) -> io::Result<()> {
        let head = self.with("Content-Type", "text/plain; charset=utf-8");
        head.send(stream, with_body, text.len() as u64, &mut text.as_bytes())
    }

    /// Sends a file.
    pub fn send_file(self, stream: &TcpStream, with_body: bool, mut file: File) -> io::Result<()> {
        let length = file.metadata()?.len();
        self.send(stream, with_body, length, &mut file)
    }

    fn send(mut self, mut stream: &TcpStream, with_body: bool, length: u64, body: &mut dyn Read) -> io::Result<()> {
        self.line("Content-Length", &length.to_string());
        self.0.push_str("\r\n");
        stream.write_all(self.0.as_bytes())?;
        if with_body {
            io::copy(&mut body.take(length), &mut stream)?;
        }
        stream.flush()
    }

    fn line(&mut self, name: &str, value: &str) {
        // Writing to a text cannot fail.
        let _ = write!(self.0, "{name}: {value}\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_understood() {
        let head = "GET /a?b HTTP/1.1\r\nHost: x\r\naccept-encoding: gzip, br;q=0\r\n\r\n";
        let request = Request::parse(head).unwrap();
        assert_eq!((&*request.method, &*request.target), ("GET", "/a?b"));
        assert!(request.accepts("gzip") && !request.accepts("br") && !request.accepts("zstd"));
    }

    #[test]
    fn other_things_are_not() {
        for head in ["", "\r\n\r\n", "GET /\r\n\r\n", "GET / x HTTP/1.1\r\n\r\n", "GET / SMTP/1.1\r\n\r\n"] {
            assert!(Request::parse(head).is_none(), "{head:?}");
        }
    }
}

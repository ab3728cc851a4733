//! The server answers what is in its folder, and nothing else.

use super::*;
use std::io::{Read, Write};

/// A folder to serve. Each test has its own: they run side by side.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/serve-test").join(test);
    std::fs::create_dir_all(folder.join("inner")).unwrap();
    std::fs::write(folder.join("index.html"), "<p>here</p>").unwrap();
    std::fs::write(folder.join("a b.js"), "let long = 1;").unwrap();
    std::fs::write(folder.join("a b.js.gz"), "small").unwrap();
    folder
}

/// One request over a connection of its own; the whole answer.
fn ask(server: &Server, request: &str, headers: &str) -> String {
    let mut stream = TcpStream::connect(server.address).unwrap();
    write!(stream, "{request} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn files_come_with_type_length_and_policy() {
    let server = Server::start(&folder("files_come_with_type_length_and_policy"), 0).unwrap();
    let answer = ask(&server, "GET /?level=1", "");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("text/html") && answer.contains("Content-Length: 11"), "{answer}");
    assert!(answer.contains(POLICY) && answer.ends_with("<p>here</p>"), "{answer}");
    let answer = ask(&server, "HEAD /index.html", "");
    assert!(answer.contains("Content-Length: 11") && !answer.contains("<p>"), "{answer}");
}

#[test]
fn side_files_are_sent_to_those_who_accept_them() {
    let server = Server::start(&folder("side_files_are_sent_to_those_who_accept_them"), 0).unwrap();
    let answer = ask(&server, "GET /a%20b.js", "Accept-Encoding: br, gzip\r\n");
    assert!(answer.contains("Content-Encoding: gzip") && answer.ends_with("small"), "{answer}");
    assert!(answer.contains("text/javascript"), "{answer}");
    let answer = ask(&server, "GET /a%20b.js", "Accept-Encoding: gzip;q=0\r\n");
    assert!(answer.ends_with("let long = 1;"), "{answer}");
}

#[test]
fn nothing_outside_the_folder_is_served() {
    let server = Server::start(&folder("nothing_outside_the_folder_is_served"), 0).unwrap();
    let paths =
        ["/../Cargo.lock", "/%2e%2e/Cargo.lock", "/inner/../../x", "//etc/passwd", "/%00", "/%", "/none", "/inner"];
    for path in paths {
        let answer = ask(&server, &format!("GET {path}"), "");
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
    }
    assert!(ask(&server, "POST /", "").starts_with("HTTP/1.1 405"));
}

#[test]
fn a_taken_port_leads_to_the_next() {
    let first = Server::start(&folder("a_taken_port_leads_to_the_next"), 0).unwrap();
    let second = Server::start(&folder("a_taken_port_leads_to_the_next"), first.address.port()).unwrap();
    assert_ne!(first.address.port(), second.address.port());
}

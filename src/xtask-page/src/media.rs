//! Media types of the files in `dist/`, and the page's content security policy.

use std::path::Path;

/// What the page may do: run its own scripts and its own wasm, fetch its own files, nothing else.
///
/// `frame-ancestors` is left open, since other pages embed the game. `index.html` carries the same
/// policy for servers that send no headers of their own; a test compares the two.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
    worker-src 'self'; base-uri 'none'; form-action 'none'";

/// The media type of a file, by its extension.
#[must_use]
pub fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ogg" => "audio/ogg",
        "ttf" => "font/ttf",
        "woff2" => "font/woff2",
        "ron" | "ftl" | "txt" | "wgsl" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wasm_gets_the_type_that_streaming_compilation_wants() {
        assert_eq!(media_type(Path::new("dist/pipe-maze_bg.wasm")), "application/wasm");
    }

    #[test]
    fn the_page_carries_the_same_policy() {
        let page = include_str!("../../../web/index.html");
        assert!(page.contains(POLICY), "web/index.html and POLICY differ");
    }
}

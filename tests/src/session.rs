//! A server, a browser and a page, set up as a test wishes and taken down with it.

use crate::chromium::Chromium;
use crate::devtools::DevTools;
use crate::page::Page;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use xtask_page::serve::Server;

/// How the page is to be opened.
pub struct Options {
    /// The page's width in CSS pixels.
    pub width: u32,
    /// The page's height in CSS pixels.
    pub height: u32,
    /// Device pixels for each CSS pixel.
    pub scale: f64,
    /// Whether the screen can be touched.
    pub touch: bool,
    /// Whether the browser has WebGL.
    pub webgl: bool,
    /// The folder that is served.
    pub folder: PathBuf,
    /// What follows the page's address, such as `?lang=en`.
    pub query: String,
}

impl Default for Options {
    /// A small page, and a pixel for sixteen of its own, because each is drawn by the processor: that took most of a
    /// test's time. Where pixels or their roundings matter, a test says so by `scale`.
    fn default() -> Self {
        let folder = root().join("dist");
        Self { width: 640, height: 360, scale: 0.25, touch: false, webgl: true, folder, query: String::new() }
    }
}

/// A page in a browser of its own, and the server it comes from.
pub struct Session {
    /// The page.
    pub page: Page,
    /// The page's address.
    pub url: String,
    // Dropped in this order: browser before server.
    _browser: Chromium,
    _server: Server,
}

impl Session {
    /// Starts all of it and opens the page's address.
    ///
    /// # Panics
    /// Where the page has not been built or the browser cannot be used: no test can go on then.
    #[must_use]
    pub fn open(options: &Options) -> Self {
        let mut session = Self::prepare(options);
        let url = format!("{}{}", session.url, options.query);
        session.page.open(&url);
        session
    }

    /// The same, but shows an empty page yet.
    ///
    /// # Panics
    /// As [`Session::open`] does.
    #[must_use]
    pub fn prepare(options: &Options) -> Self {
        assert!(
            options.folder.join("index.html").is_file(),
            "{} holds no page: `cargo xtask build` makes it",
            options.folder.display()
        );
        let start = || -> Result<(Server, Chromium, Page), String> {
            let server = Server::start(&options.folder, 0).map_err(|error| error.to_string())?;
            let browser = Chromium::start(&root().join("target/browser"), options.webgl, options.scale)?;
            let mut devtools = DevTools::connect(browser.port, &browser.path)?;
            devtools.attach()?;
            let page = Page::new(devtools, options)?;
            Ok((server, browser, page))
        };
        let (server, browser, page) = start().unwrap_or_else(|message| panic!("no session: {message}"));
        let url = server.url();
        Self { page, url, _browser: browser, _server: server }
    }
}

/// A copy of `dist/` that lacks a file.
///
/// # Panics
/// Where the copy cannot be made.
#[must_use]
pub fn dist_without(file: &str) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let copy = root().join("target/browser").join(format!("dist-{number}-without-{file}"));
    let _ = fs::remove_dir_all(&copy);
    link(&root().join("dist"), &copy, file).unwrap_or_else(|error| panic!("{}: {error}", copy.display()));
    copy
}

/// Fills a folder with links to another's files: a link is enough, and saves a copy of many megabytes.
fn link(from: &Path, to: &Path, without: &str) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            link(&entry.path(), &target, without)?;
        } else if !entry.file_name().to_string_lossy().starts_with(without) {
            fs::hard_link(entry.path(), target)?;
        }
    }
    Ok(())
}

/// The repository's root.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).components().collect()
}

//! A Chromium without a window, with a profile of its own, ended with the test.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

const START_LIMIT: Duration = Duration::from_secs(60);

/// Nothing but the page may cause a request; WebGL runs in software, so no graphics card is needed.
const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--mute-audio",
    "--remote-debugging-port=0",
];
const WEBGL: &[&str] =
    &["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"];
const NO_WEBGL: &[&str] = &["--disable-gpu", "--disable-webgl", "--disable-3d-apis"];

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A running browser; it ends when dropped.
pub struct Chromium {
    child: Child,
    profile: PathBuf,
    /// Where its DevTools protocol listens.
    pub port: u16,
    /// The path of the browser's own end of the protocol.
    pub path: String,
}

impl Chromium {
    /// Starts a browser.
    ///
    /// # Errors
    /// Where there is none, or it does not come up in time.
    pub fn start(folder: &Path, webgl: bool, scale: f64) -> Result<Self, String> {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let profile = folder.join(format!("chromium-{}-{number}", std::process::id()));
        fs::create_dir_all(&profile).map_err(|error| format!("{}: {error}", profile.display()))?;
        let program = std::env::var_os("CHROMIUM").unwrap_or_else(|| OsString::from("chromium"));
        let mut folder_flag = OsString::from("--user-data-dir=");
        folder_flag.push(&profile);
        let child = Command::new(&program)
            .args(FLAGS)
            .args(if webgl { WEBGL } else { NO_WEBGL })
            .arg(folder_flag)
            .arg(format!("--force-device-scale-factor={scale}"))
            // Tests read English words, wherever they run.
            .arg("--accept-lang=en")
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{} cannot be started: {error}", program.to_string_lossy()))?;
        let mut browser = Self { child, profile, port: 0, path: String::new() };
        browser.await_port()?;
        Ok(browser)
    }

    /// Chromium writes the port it chose, and a path, into its profile.
    fn await_port(&mut self) -> Result<(), String> {
        let file = self.profile.join("DevToolsActivePort");
        let deadline = Instant::now() + START_LIMIT;
        while Instant::now() < deadline {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!("Chromium ended at its start: {status}"));
            }
            let text = fs::read_to_string(&file).unwrap_or_default();
            if let Some((port, path)) = text.split_once('\n')
                && let Ok(port) = port.parse()
                && !path.is_empty()
            {
                (self.port, self.path) = (port, path.trim().to_owned());
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err(format!("Chromium did not come up within {} s", START_LIMIT.as_secs()))
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // It may be gone already; and a profile left behind lies under target/.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.profile);
    }
}

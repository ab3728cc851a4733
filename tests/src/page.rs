//! One page: evaluate, wait, take pictures, and know what it requested and complained about.

use crate::devtools::DevTools;
use crate::session::{Options, root};
use base64::Engine;
use serde_json::{Value, json};
use std::fs;
use std::panic::Location;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How often a condition is looked at.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// Notes the game's events from the very beginning, for tests to read as `pipeMazeSeen`.
const RECORDER: &str = "
    window.pipeMazeSeen = [];
    for (const name of ['progress', 'first-frame', 'won', 'lost', 'stopped'])
        window.addEventListener('pipemaze:' + name, (event) =>
            window.pipeMazeSeen.push({ name, detail: event.detail ?? null, at_ms: performance.now() }));
";

/// A page under test.
pub struct Page {
    devtools: DevTools,
    requests: Vec<String>,
    errors: Vec<String>,
}

impl Page {
    /// Sets up the browser's page as asked.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub fn new(devtools: DevTools, options: &Options) -> Result<Self, String> {
        let mut page = Self { devtools, requests: Vec::new(), errors: Vec::new() };
        for domain in ["Page", "Runtime", "Network", "Log"] {
            page.devtools.call(&format!("{domain}.enable"), &json!({}))?;
        }
        page.devtools.call("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": RECORDER }))?;
        if options.touch {
            let touch = json!({ "enabled": true, "maxTouchPoints": 5 });
            page.devtools.call("Emulation.setTouchEmulationEnabled", &touch)?;
        }
        // As in a window that a person has before them: elements that get the focus say so.
        page.devtools.call("Emulation.setFocusEmulationEnabled", &json!({ "enabled": true }))?;
        page.devtools.call("Emulation.setDeviceMetricsOverride", &metrics(options.width, options.height))?;
        Ok(page)
    }

    /// Sends a command of the DevTools protocol.
    #[track_caller]
    pub fn call(&mut self, method: &str, parameters: &Value) -> Value {
        self.devtools.call(method, parameters).unwrap_or_else(|message| panic!("{message}"))
    }

    /// Goes to an address; does not wait for what the page does there.
    #[track_caller]
    pub fn open(&mut self, url: &str) {
        let answer = self.call("Page.navigate", &json!({ "url": url }));
        assert!(answer["errorText"].is_null(), "{url}: {answer}");
    }

    /// Gives the page another size.
    #[track_caller]
    pub fn resize(&mut self, width: u32, height: u32) {
        self.call("Emulation.setDeviceMetricsOverride", &metrics(width, height));
    }

    /// The value of a JavaScript expression; promises are awaited.
    #[track_caller]
    pub fn evaluate(&mut self, expression: &str) -> Value {
        self.try_evaluate(expression).unwrap_or_else(|message| panic!("{expression}\n{message}"))
    }

    /// The same; an error where the expression throws or the page goes away meanwhile.
    ///
    /// # Errors
    /// What was thrown.
    pub fn try_evaluate(&mut self, expression: &str) -> Result<Value, String> {
        let parameters = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let answer = self.devtools.call("Runtime.evaluate", &parameters)?;
        let failure = &answer["exceptionDetails"];
        if failure.is_null() { Ok(answer["result"]["value"].clone()) } else { Err(failure.to_string()) }
    }

    /// Waits until a JavaScript expression is true, which may throw until then; on failure leaves a picture and says what the page says.
    #[track_caller]
    pub fn wait_until(&mut self, condition: &str, limit: Duration) {
        let deadline = Instant::now() + limit;
        loop {
            let outcome = self.try_evaluate(condition);
            if outcome == Ok(Value::Bool(true)) {
                return;
            }
            if Instant::now() > deadline {
                let caller = Location::caller();
                let picture = self.screenshot(&format!("failed-line-{}", caller.line()));
                let seen =
                    self.evaluate("JSON.stringify(window.pipeMazeSeen?.filter((event) => event.name != 'progress'))");
                let words = self.evaluate("document.body.innerText");
                let errors = self.console_errors();
                panic!(
                    "not within {} s: {condition}\nlast: {outcome:?}\npicture: {}\nevents: {seen}\ntext: {words}\nerrors: {errors:#?}",
                    limit.as_secs(),
                    picture.display()
                );
            }
            self.devtools.listen(LOOK_AGAIN).unwrap_or_else(|message| panic!("{message}"));
        }
    }

    /// Saves a picture as `target/screenshots/<name>.png`.
    #[track_caller]
    pub fn screenshot(&mut self, name: &str) -> PathBuf {
        let answer = self.call("Page.captureScreenshot", &json!({ "format": "png" }));
        let folder = root().join("target/screenshots");
        let file = folder.join(format!("{name}.png"));
        let bytes = base64::engine::general_purpose::STANDARD
            .decode(answer["data"].as_str().unwrap_or_default())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        fs::create_dir_all(&folder)
            .and_then(|()| fs::write(&file, bytes))
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        file
    }

    /// Every address that was requested so far.
    pub fn requests(&mut self) -> &[String] {
        self.sort_events();
        &self.requests
    }

    /// Every error that the page or the browser logged so far.
    pub fn console_errors(&mut self) -> &[String] {
        self.sort_events();
        &self.errors
    }

    fn sort_events(&mut self) {
        for event in self.devtools.take_events() {
            let parameters = &event["params"];
            match event["method"].as_str().unwrap_or_default() {
                "Network.requestWillBeSent" => {
                    self.requests.push(parameters["request"]["url"].as_str().unwrap_or_default().to_owned());
                }
                "Runtime.exceptionThrown" => self.errors.push(parameters["exceptionDetails"].to_string()),
                "Runtime.consoleAPICalled" if parameters["type"] == "error" => {
                    self.errors.push(parameters["args"].to_string());
                }
                "Log.entryAdded" if parameters["entry"]["level"] == "error" => {
                    self.errors.push(parameters["entry"].to_string());
                }
                _ => {}
            }
        }
    }
}

/// The size alone: device pixels are the browser's own, since emulated ones do not reach `ResizeObserver`.
fn metrics(width: u32, height: u32) -> Value {
    json!({ "width": width, "height": height, "deviceScaleFactor": 0, "mobile": false })
}

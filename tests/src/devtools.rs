//! A client of Chromium's DevTools protocol: commands out, answers and events in, all of them JSON.

use serde_json::{Value, json};
use std::io::ErrorKind;
use std::net::TcpStream;
use std::time::{Duration, Instant};
use tungstenite::{Message, WebSocket};

/// A page that draws in software may keep its thread busy for long.
const ANSWER_LIMIT: Duration = Duration::from_secs(120);
/// How long one look for a message lasts.
const LOOK: Duration = Duration::from_millis(20);

/// A connection to a browser, talking to one page of it.
pub struct DevTools {
    socket: WebSocket<TcpStream>,
    session: Option<String>,
    last_id: u64,
    events: Vec<Value>,
}

impl DevTools {
    /// Connects to a browser on loopback.
    ///
    /// # Errors
    /// Where nothing listens there, or not a browser.
    pub fn connect(port: u16, path: &str) -> Result<Self, String> {
        let stream = TcpStream::connect(("127.0.0.1", port)).map_err(|error| format!("port {port}: {error}"))?;
        stream.set_read_timeout(Some(LOOK)).map_err(|error| error.to_string())?;
        stream.set_nodelay(true).map_err(|error| error.to_string())?;
        let url = format!("ws://127.0.0.1:{port}{path}");
        // The handshake is one short exchange; it may need more than one look.
        let mut attempt = tungstenite::client(url, stream);
        loop {
            match attempt {
                Ok((socket, _)) => {
                    return Ok(Self { socket, session: None, last_id: 0, events: Vec::new() });
                }
                Err(tungstenite::HandshakeError::Interrupted(middle)) => attempt = middle.handshake(),
                Err(tungstenite::HandshakeError::Failure(error)) => return Err(error.to_string()),
            }
        }
    }

    /// Talks to the browser's first page from now on.
    ///
    /// # Errors
    /// Where the browser shows no page or refuses.
    pub fn attach(&mut self) -> Result<(), String> {
        let deadline = Instant::now() + ANSWER_LIMIT;
        let target = loop {
            let answer = self.call("Target.getTargets", &json!({}))?;
            let targets = answer["targetInfos"].as_array().cloned().unwrap_or_default();
            if let Some(page) = targets.iter().find(|target| target["type"] == "page") {
                break page["targetId"].clone();
            }
            if Instant::now() > deadline {
                return Err("the browser shows no page".into());
            }
            self.listen(LOOK)?;
        };
        let answer = self.call("Target.attachToTarget", &json!({ "targetId": target, "flatten": true }))?;
        self.session = answer["sessionId"].as_str().map(str::to_owned);
        Ok(())
    }

    /// Sends a command and waits for its answer.
    ///
    /// # Errors
    /// Where the browser refuses, is gone, or does not answer in time.
    pub fn call(&mut self, method: &str, parameters: &Value) -> Result<Value, String> {
        self.last_id += 1;
        let id = self.last_id;
        let mut message = json!({ "id": id, "method": method, "params": parameters });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        self.socket.send(Message::text(message.to_string())).map_err(|error| format!("{method}: {error}"))?;
        let deadline = Instant::now() + ANSWER_LIMIT;
        while Instant::now() < deadline {
            let Some(answer) = self.receive().map_err(|error| format!("{method}: {error}"))? else {
                continue;
            };
            if answer["id"] != id {
                self.events.push(answer);
            } else if answer["error"].is_null() {
                return Ok(answer["result"].clone());
            } else {
                return Err(format!("{method}: {}", answer["error"]));
            }
        }
        Err(format!("{method}: no answer within {} s", ANSWER_LIMIT.as_secs()))
    }

    /// Listens for events for a while.
    ///
    /// # Errors
    /// Where the browser is gone.
    pub fn listen(&mut self, time: Duration) -> Result<(), String> {
        let deadline = Instant::now() + time;
        while Instant::now() < deadline {
            if let Some(event) = self.receive()? {
                self.events.push(event);
            }
        }
        Ok(())
    }

    /// The events since the last call of this.
    pub fn take_events(&mut self) -> Vec<Value> {
        std::mem::take(&mut self.events)
    }

    fn receive(&mut self) -> Result<Option<Value>, String> {
        match self.socket.read() {
            Ok(Message::Text(text)) => serde_json::from_str(&text).map(Some).map_err(|error| error.to_string()),
            Ok(_) => Ok(None),
            Err(tungstenite::Error::Io(error))
                if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) =>
            {
                Ok(None)
            }
            Err(error) => Err(format!("the browser is gone: {error}")),
        }
    }
}

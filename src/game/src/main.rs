//! The game's program: a window natively, a canvas in the page.

#[cfg(target_arch = "wasm32")]
fn main() -> bevy::app::AppExit {
    pipe_maze::app().run()
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    use clap::Parser;
    use std::process::ExitCode;

    let arguments = pipe_maze::opening::Arguments::parse();
    let mut app = pipe_maze::app();
    if let Err(problem) = pipe_maze::opening::open(&mut app, &arguments) {
        eprintln!("pipe-maze: {problem}");
        return ExitCode::from(2);
    }
    match app.run() {
        bevy::app::AppExit::Success => ExitCode::SUCCESS,
        bevy::app::AppExit::Error(code) => ExitCode::from(code.get()),
    }
}

//! The game's program: a window natively, a canvas in the page.

fn main() -> bevy::app::AppExit {
    pipe_maze::app().run()
}

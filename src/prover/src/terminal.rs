//! A job on the standard input; its news on the standard output, one a line.

use pipe_maze_prover::{JOB_BYTES_MAX, News, perform};
use std::io::{Read, Write};
use std::process::ExitCode;

/// Computes the job. Exit codes: 0 it is done; 1 it cannot be computed, which the last line explains.
pub fn filter() -> ExitCode {
    let mut text = String::new();
    if let Err(e) = std::io::stdin().take(JOB_BYTES_MAX as u64 + 1).read_to_string(&mut text) {
        eprintln!("the standard input cannot be read: {e}");
        return ExitCode::FAILURE;
    }
    let mut ending = ExitCode::FAILURE;
    perform(&text, &mut |news| {
        if news == News::Done {
            ending = ExitCode::SUCCESS;
        }
        // A reader that has gone away (`| head`) is no failure of ours.
        let _ = writeln!(std::io::stdout(), "{}", news.to_text());
    });
    ending
}

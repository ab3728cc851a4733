//! `import`: the configuration of a service mesh becomes a level to start from.

use crate::arguments::Import;
use crate::failure::{Failure, at};
use crate::files;
use pipe_maze_level::Severity;
use pipe_maze_mesh::import_mesh;
use std::fs::File;
use std::io::Write;

/// Reads the configuration and writes the level. Prints what was not understood or has no piece, and what the level still
/// lacks.
pub fn import(arguments: &Import) -> Result<String, Failure> {
    let (from, out) = (&arguments.mesh, &arguments.out);
    let text = files::text(from, pipe_maze_mesh::BYTES_MAX)?;
    let import = import_mesh(&text).map_err(|e| Failure::file(from, e))?;
    if import.found.services.is_empty() {
        let none = "names no service of a mesh: name the YAML of its virtual services and destination rules".to_owned();
        let notes = import.notes.iter().map(ToString::to_string);
        return Err(Failure::input(notes.chain([none]).map(|message| at(from, message)).collect()));
    }
    let written = File::create_new(out).and_then(|mut file| file.write_all(import.draft.text().as_bytes()));
    written.map_err(|e| Failure::file(out, format!("cannot be written: {e}")))?;
    let notes = import.notes.iter().map(|note| at(from, note));
    let errors = import.draft.problems().iter().filter(|problem| problem.severity == Severity::Error);
    let (found, board) = (&import.found, import.draft.board());
    let sum = format!(
        "{} services became {} pieces and {} pipes",
        found.services.len(),
        board.pieces().len(),
        board.pipes().len()
    );
    let lines = notes.chain(errors.map(|problem| at(out, problem))).chain([at(out, sum)]);
    Ok(lines.map(|line| line + "\n").collect())
}

//! Tables of plain text.

use comfy_table::{CellAlignment, Table, presets};

/// A table with these headings.
pub fn new(headings: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(headings.to_vec());
    table
}

/// The table as text, without blanks at the ends of lines; `numbers` are the columns that are aligned to the right.
pub fn render(mut table: Table, numbers: &[usize]) -> String {
    for &column in numbers {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.to_string().lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

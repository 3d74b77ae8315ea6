//! Tables for people: as wide as the terminal, and whole where there is none.

use comfy_table::{ContentArrangement, Table, presets};
use terminal_size::{Width, terminal_size_of};

use crate::shown;

/// The rows under their headings. Every cell is made harmless, whoever wrote it.
pub(crate) fn table<const N: usize>(headings: [&str; N], rows: Vec<[String; N]>) -> String {
    // What is asked is standard output: a table in a file is not cut to fit a window.
    let width = terminal_size_of(std::io::stdout()).map(|(Width(width), _)| width);
    fitted(headings, rows, width)
}

fn fitted<const N: usize>(
    headings: [&str; N],
    rows: Vec<[String; N]>,
    width: Option<u16>,
) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(headings);
    if let Some(width) = width {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    for row in rows {
        table.add_row(row.map(|cell| shown::text(&cell)));
    }
    table.trim_fmt()
}

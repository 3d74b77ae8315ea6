//! A second, blunt reading of a list of publishers, from its text alone: tags away, the rest
//! compared word by word. It knows nothing of providers, so it cannot make the same mistake.

use trustdesk_domain::{Publisher, PublisherId};

/// Rows as words, with the id at the end.
pub(super) fn rows(body: &str) -> Vec<Vec<String>> {
    let Some((_, list)) = body.split_once("table--publisher-list") else {
        return Vec::new();
    };
    let list = list.split("</table>").next().unwrap_or_default();
    let rows = list.split("<tr>").filter(|row| row.contains("#remove-publisher-"));
    rows.map(|row| row_words(row.split("</tr>").next().unwrap_or_default())).collect()
}

/// What was read, as words in the same order.
pub(super) fn shown<'a>(
    read: impl Iterator<Item = (&'a PublisherId, Option<&'a str>, &'a Publisher)>,
) -> Vec<Vec<String>> {
    read.map(|(id, project, publisher)| {
        let mut line = project.unwrap_or_default().to_owned();
        line.push_str(&format!(" {}", publisher.provider_name()));
        for detail in publisher.details() {
            let value = detail.value.as_deref().unwrap_or("(Any)");
            line.push_str(&format!(" {}: {value}", detail.label));
        }
        line.push_str(&format!(" {}", id.0));
        line.split_whitespace().map(str::to_owned).collect()
    })
    .collect()
}

fn row_words(row: &str) -> Vec<String> {
    let (row, id) = row.split_once("href=\"#remove-publisher-").expect("a link to remove it");
    let row = match row.split_once("<i>") {
        // The word in italics is translated.
        Some((before, rest)) => {
            format!("{before}(Any){}", rest.split_once("</i>").expect("its end").1)
        }
        None => row.to_owned(),
    };
    let mut text = String::new();
    for piece in row.split('<') {
        text.push(' ');
        text.push_str(piece.split_once('>').map_or("", |(_, words)| words));
    }
    text.push(' ');
    text.push_str(id.split('"').next().unwrap_or_default());
    text.split_whitespace().map(str::to_owned).collect()
}

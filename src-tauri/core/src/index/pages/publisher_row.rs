//! One row of the list of publishers. Its provider's name and its labels are English in every
//! language; *(Any)* is told by its `<i>`, not by the word (protocol 4.2).

use scraper::ElementRef;

use super::html::{all, first, text};
use crate::domain::{
    Activestate, Detail, Github, Gitlab, Google, ListedPublisher, Publisher, PublisherId,
};

/// A label, and what stands behind it: none is *(Any)*, empty is white space alone.
type Line = (String, Option<String>);

/// Reads a row; none if it is not a publisher's.
pub(super) fn listed_publisher(row: ElementRef<'_>) -> Option<ListedPublisher> {
    let remove = first(row, "a[href^=\"#remove-publisher-\"]")?;
    let id = remove.value().attr("href")?.strip_prefix("#remove-publisher-")?;
    let cells = all(row, "td");
    let details = first(row, "small")?;
    let details_cell = cells.iter().position(|cell| first(*cell, "small") == Some(details))?;
    let provider = text(*cells.get(details_cell.checked_sub(1)?)?)?;
    let lines = lines(details);
    Some(ListedPublisher {
        id: PublisherId(id.to_owned()),
        publisher: publisher(&provider, &lines).unwrap_or_else(|| other(provider, &lines)),
    })
}

fn lines(details: ElementRef<'_>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for child in details.children() {
        let Some(element) = ElementRef::wrap(child) else {
            if let (Some(words), Some((_, Some(value)))) =
                (child.value().as_text(), lines.last_mut())
            {
                value.push_str(words);
            }
            continue;
        };
        match (element.value().name(), lines.last_mut()) {
            ("b", _) => {
                let label = text(element).unwrap_or_default();
                lines.push((label.trim_end_matches(':').to_owned(), Some(String::new())));
            }
            ("i", Some((_, value))) => *value = None,
            ("a", Some((_, Some(value)))) => value.extend(element.text()),
            _ => {}
        }
    }
    for (_, value) in &mut lines {
        *value = value.take().map(|value| value.trim().to_owned());
    }
    lines
}

/// None if a label is missing: then the page has changed and nothing must be guessed.
fn publisher(provider: &str, lines: &[Line]) -> Option<Publisher> {
    let optional = |label: &str| {
        lines.iter().find(|(known, _)| known == label).map(|(_, value)| value.clone())
    };
    let required = |label: &str| optional(label).flatten().filter(|value| !value.is_empty());
    match provider {
        "GitHub" => {
            let (owner, repository) = split_last(&required("Repository")?)?;
            Some(Publisher::Github(Github {
                owner,
                repository,
                workflow_filename: required("Workflow")?,
                environment: optional("Environment name")?,
            }))
        }
        "GitLab" => {
            let (namespace, project) = split_last(&required("Project")?)?;
            Some(Publisher::Gitlab(Gitlab {
                namespace,
                project,
                workflow_filepath: required("Top-level pipeline")?,
                environment: optional("Environment name")?,
                issuer_url: required("Issuer")?,
            }))
        }
        "Google" => {
            Some(Publisher::Google(Google { email: required("Email")?, sub: optional("Subject")? }))
        }
        "ActiveState" => Some(Publisher::Activestate(Activestate {
            organization: required("Organization")?,
            project: required("ActiveState Project")?,
            actor: required("Actor")?,
        })),
        _ => None,
    }
}

fn other(name: String, lines: &[Line]) -> Publisher {
    let detail = |(label, value): &Line| Detail::new(label, value.as_deref());
    Publisher::Other { name, details: lines.iter().map(detail).collect() }
}

fn split_last(path: &str) -> Option<(String, String)> {
    let (parent, name) = path.rsplit_once('/')?;
    Some((parent.to_owned(), name.to_owned()))
}

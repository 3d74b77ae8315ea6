//! One row of a list of publishers. Its provider's name and its labels are English in every
//! language; *(Any)* is told by its `<i>`, not by the word (protocol 4.2).

use scraper::ElementRef;

use super::html::{all, first, text};
use crate::domain::{
    Activestate, Detail, Github, Gitlab, Google, ListedPublisher, Provider, Publisher, PublisherId,
};

/// A row, and the project that a pending publisher waits for.
pub(super) struct Row {
    pub(super) project_name: Option<String>,
    pub(super) listed: ListedPublisher,
}

/// A label, and what stands behind it: none is *(Any)*, empty is white space alone.
type Line = (String, Option<String>);

/// Reads a row; none if it is not a publisher's, or a known provider's labels are not the known
/// ones: then the page has changed and nothing must be guessed.
pub(super) fn row(row: ElementRef<'_>) -> Option<Row> {
    // What removes it stands in the last cell: elsewhere the columns have changed places.
    let remove = first(*all(row, "td").last()?, "a[href^=\"#remove-publisher-\"]")?;
    let id = remove.value().attr("href")?.strip_prefix("#remove-publisher-")?;
    let cells = all(row, "td");
    let (project_name, provider, details) = match cells.as_slice() {
        [provider, details, _] => (None, provider, details),
        [project, provider, details, _] => (Some(text(*project)?), provider, details),
        _ => return None,
    };
    let name = text(*provider)?;
    let lines = lines(first(*details, "small")?);
    let publisher = match Provider::ALL.into_iter().find(|known| known.name() == name) {
        Some(known) => publisher(known, &lines)?,
        None => other(name, &lines),
    };
    let id = PublisherId(id.to_owned());
    Some(Row { project_name, listed: ListedPublisher { id, publisher } })
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

fn publisher(provider: Provider, lines: &[Line]) -> Option<Publisher> {
    // A line more would be something that this publisher is limited to, and that nobody here knows.
    if lines.len() != labels(provider) {
        return None;
    }
    let optional = |label: &str| {
        lines.iter().find(|(known, _)| known == label).map(|(_, value)| value.clone())
    };
    let required = |label: &str| optional(label).flatten().filter(|value| !value.is_empty());
    Some(match provider {
        Provider::Github => {
            let (owner, repository) = split_last(&required("Repository")?)?;
            Publisher::Github(Github {
                owner,
                repository,
                workflow_filename: required("Workflow")?,
                environment: optional("Environment name")?,
            })
        }
        Provider::Gitlab => {
            let (namespace, project) = split_last(&required("Project")?)?;
            Publisher::Gitlab(Gitlab {
                namespace,
                project,
                workflow_filepath: required("Top-level pipeline")?,
                environment: optional("Environment name")?,
                issuer_url: required("Issuer")?,
            })
        }
        Provider::Google => {
            Publisher::Google(Google { email: required("Email")?, sub: optional("Subject")? })
        }
        Provider::Activestate => Publisher::Activestate(Activestate {
            organization: required("Organization")?,
            project: required("ActiveState Project")?,
            actor: required("Actor")?,
        }),
    })
}

/// How many lines a provider's row has.
const fn labels(provider: Provider) -> usize {
    match provider {
        Provider::Github | Provider::Activestate => 3,
        Provider::Gitlab => 4,
        Provider::Google => 2,
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

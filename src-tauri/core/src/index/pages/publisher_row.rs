//! One row of a list of publishers. Its provider's name and its labels are English in every
//! language; *(Any)* is told by its `<i>`, not by the word (protocol 4.2). What is not exactly a row
//! of a known provider is kept as the row says it: a label more may limit the publisher, and nobody
//! here knows how.

use scraper::ElementRef;

use super::html::{all, first, text};
use super::publisher_lines::{Line, lines};
use trustdesk_domain::{
    Activestate, Detail, Github, Gitlab, Google, ListedPublisher, Provider, Publisher, PublisherId,
};

/// A row, and the project that a pending publisher waits for.
pub(super) struct Row {
    pub(super) project_name: Option<String>,
    pub(super) listed: ListedPublisher,
}

/// Reads a row; none if it is not a publisher's.
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
    let known = Provider::ALL.into_iter().find(|known| known.name() == name);
    let publisher = known
        .and_then(|provider| publisher(provider, &lines))
        .unwrap_or_else(|| other(name, &lines));
    let id = PublisherId(id.to_owned());
    Some(Row { project_name, listed: ListedPublisher { id, publisher } })
}

/// The publisher of a known provider; none if a line is missing, new, or not certain.
fn publisher(provider: Provider, lines: &[Line]) -> Option<Publisher> {
    if lines.len() != labels(provider) || !lines.iter().all(|line| line.is_certain) {
        return None;
    }
    let optional = |label: &str| {
        let value = lines.iter().find(|line| line.label == label)?.value.clone();
        // The index writes *(Any)* for what is empty.
        (value.as_deref() != Some("")).then_some(value)
    };
    let required = |label: &str| optional(label).flatten();
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

/// What the row says, whatever that is.
fn other(name: String, lines: &[Line]) -> Publisher {
    let says_nothing = |line: &Line| line.label.is_empty() && line.value.as_deref() == Some("-");
    let said = lines.iter().filter(|line| !says_nothing(line));
    let details = said.map(|line| Detail::new(&line.label, line.value.as_deref())).collect();
    Publisher::Other { name, details }
}

fn split_last(path: &str) -> Option<(String, String)> {
    let (parent, name) = path.rsplit_once('/')?;
    Some((parent.to_owned(), name.to_owned()))
}

//! What a person does in a life that will be cut short: the same seed does the same, so that whoever
//! ends the life knows what it was about to do.

use trustdesk_domain::{DraftId, Github, Provider, Publisher, Typed};

use crate::desk::{PROJECT, fields};
use crate::dice::Dice;

/// The projects of a life. All but the first have one publisher on a fresh demo index.
pub(crate) const PROJECTS: [&str; 3] = [PROJECT, "lantern-cli", "quillmark"];
const DRAFTS: usize = 6;
/// Each save holds this much more of a text.
const SAVES: usize = 3;

/// One thing that is either kept or not.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// The form saves itself while somebody types.
    Save(DraftId, Typed),
    Discard(DraftId),
    /// The draft is confirmed.
    Add(DraftId, Typed),
    Remove(&'static str, Publisher),
    Sync(&'static str),
    Read(&'static str),
}

/// The steps of this life.
pub(crate) fn script(seed: u64, life: usize) -> Vec<Step> {
    let mut dice = Dice::of_round(seed, life);
    let mut steps: Vec<Step> = PROJECTS.into_iter().map(Step::Read).collect();
    for number in 0..DRAFTS {
        let project = dice.one_of(&PROJECTS);
        let draft = DraftId(format!("00000000-0000-4000-8000-{number:012}"));
        let workflow = format!("{}-{number}.yml", dice.word(8));
        let mut typed = type_out(&workflow, project);
        let last = typed.pop().expect("something is typed");
        steps.extend(typed.into_iter().map(|typed| Step::Save(draft.clone(), typed)));
        steps.push(Step::Save(draft.clone(), last.clone()));
        match number {
            // Whatever the dice say, something is added and something is removed.
            1 => {
                steps.push(Step::Remove("lantern-cli", listed("lantern-tools", "lantern-cli")));
                steps.push(Step::Add(draft, last));
            }
            _ => match dice.below(4) {
                0 => {}
                1 => steps.push(Step::Discard(draft)),
                _ => steps.push(Step::Add(draft, last)),
            },
        }
        if dice.below(2) == 0 {
            steps.push(Step::Sync(dice.one_of(&PROJECTS)));
        }
    }
    steps.extend(PROJECTS.into_iter().map(Step::Sync));
    steps
}

/// A text as it is saved while it grows.
fn type_out(workflow: &str, project: &str) -> Vec<Typed> {
    let lengths = (1..=SAVES).map(|save| workflow.len() * save / SAVES);
    let typed = lengths.map(|length| fields("octo-org", project, &workflow[..length], ""));
    typed.map(|fields| Typed::new(project, Provider::Github, &fields)).collect()
}

/// What a fresh demo index lists.
fn listed(owner: &str, repository: &str) -> Publisher {
    Publisher::Github(Github {
        owner: owner.to_owned(),
        repository: repository.to_owned(),
        workflow_filename: "publish.yml".to_owned(),
        environment: Some("pypi".to_owned()),
    })
}

/// The publisher that a whole text stands for.
pub(crate) fn publisher(typed: &Typed) -> Publisher {
    let field = |name: &str| typed.fields[name].clone();
    Publisher::Github(Github {
        owner: field("owner"),
        repository: field("repository"),
        workflow_filename: field("workflow_filename"),
        environment: None,
    })
}

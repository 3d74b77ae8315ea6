//! A plan: exactly the changes that would be sent, to which account of which index. In a file it
//! carries a hash, so that what is sent later is what was looked at, letter by letter.

use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use trustdesk_core::store::{self, Account};
use trustdesk_core::sync::{Engine, Error};
use trustdesk_domain::{
    Change, ChangeAction, ChangeId, ContentHash, Destination, Index, Publisher, PublisherId,
    Reviewed,
};
use trustdesk_files::{self as files, Refusal};

use crate::failure::{Failure, Kind};

/// More than a plan of every change that anybody has, in bytes.
const LARGEST: u64 = 16 << 20;
/// The form of a plan's file. Those of an earlier form did not carry what each change said.
const VERSION: u32 = 2;

/// What is sent, and to whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Plan {
    version: u32,
    /// The index's address.
    pub(crate) index: String,
    pub(crate) account: String,
    /// In the order in which they are sent.
    pub(crate) changes: Vec<Planned>,
    /// Of all the above: SHA-256, in hexadecimal digits.
    pub(crate) hash: String,
}

/// One change as it will be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Planned {
    pub(crate) id: ChangeId,
    /// Of its content for this account of this index: it is sent only while it has this hash.
    hash: ContentHash,
    pub(crate) project: String,
    pub(crate) action: ChangeAction,
    pub(crate) publisher: Publisher,
    /// The row to remove.
    publisher_id: Option<PublisherId>,
    /// The add that must be listed before this removal is sent.
    after: Option<ChangeId>,
}

impl Plan {
    pub(crate) fn of(index: &Index, account: &Account, changes: &[Change]) -> Result<Self, Error> {
        let destination = place(index, account);
        let changes: Result<_, Error> =
            changes.iter().map(|change| Planned::of(change, &destination)).collect();
        let Destination { index, account } = destination;
        let mut plan =
            Self { version: VERSION, index, account, changes: changes?, hash: String::new() };
        plan.hash = plan.own_hash().unwrap_or_default();
        Ok(plan)
    }

    /// Reads a file that was written by [`Self::write`].
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let refused = |why: String| {
            Failure::wrong_use(format!(
                "--plan {}: {why}; write one with `trustdesk-cli plan --out FILE`",
                path.display()
            ))
        };
        let text = files::read_named(path).and_then(|file| files::content(file, LARGEST));
        let text = text.map_err(|error| refused(why(&error)))?;
        let plan: Self =
            serde_json::from_slice(&text).map_err(|error| refused(format!("no plan: {error}")))?;
        if plan.version != VERSION {
            return Err(refused("another version of Trustdesk wrote it".to_owned()));
        }
        if plan.own_hash().as_ref() == Some(&plan.hash) {
            Ok(plan)
        } else {
            Err(refused("it was changed after it was written, so nothing of it is sent".to_owned()))
        }
    }

    /// Writes a new file, for its owner only; in the place of another one only if that was wanted.
    pub(crate) fn write(&self, path: &Path, replaces: bool) -> Result<(), Failure> {
        let failed = |error: io::Error| {
            let message = format!("--out {}: {}", path.display(), why(&error));
            Failure::new(Kind::Terminal, message)
        };
        let text = serde_json::to_vec_pretty(self).map_err(|error| failed(error.into()))?;
        let written = if replaces {
            files::replace(path, &text)
        } else {
            files::create_own(path).and_then(|mut file| file.write_all(&text))
        };
        match written {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Err(Failure::wrong_use(format!(
                    "--out {}: there is such a file already; --force writes in its place",
                    path.display()
                )))
            }
            written => written.map_err(failed),
        }
    }

    /// The changes as they were looked at.
    pub(crate) fn reviewed(&self) -> Vec<Reviewed> {
        let reviewed =
            |planned: &Planned| Reviewed { id: planned.id.clone(), hash: planned.hash.clone() };
        self.changes.iter().map(reviewed).collect()
    }

    /// Whether every change of it still waits as it was planned, for this account of this index.
    /// What waits besides was not looked at, and is no reason.
    pub(crate) async fn still_fits(&self, engine: &Engine) -> Result<(), Failure> {
        let (index, account) = destination(engine).await?;
        if (self.index.as_str(), &self.account) != (index.origin.as_str(), &account.username) {
            return Err(Failure::wrong_use(format!(
                "the plan is for {} on {}, not for {} on {}: name them with --account and --index",
                self.account, self.index, account.username, index.origin
            )));
        }
        let destination = place(&index, &account);
        let waiting = engine.review().await?.changes;
        let waiting: Result<Vec<Planned>, Error> =
            waiting.iter().map(|change| Planned::of(change, &destination)).collect();
        let waiting = waiting?;
        let gone: Vec<&str> = self
            .changes
            .iter()
            .filter(|planned| !waiting.contains(planned))
            .map(|planned| planned.id.0.as_str())
            .collect();
        if gone.is_empty() {
            return Ok(());
        }
        let message = format!(
            "the plan does not fit any more, and nothing was sent: {} of its {} changes do not wait \
             as they did ({}); look at `trustdesk-cli changes`, and plan anew",
            gone.len(),
            self.changes.len(),
            gone.join(", ")
        );
        Err(Failure::new(Kind::PlanOutdated, message))
    }

    /// None: what it says cannot be written down, so that no hash is its own.
    fn own_hash(&self) -> Option<String> {
        let text =
            serde_json::to_vec(&(self.version, &self.index, &self.account, &self.changes)).ok()?;
        Some(Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

impl Planned {
    fn of(change: &Change, destination: &Destination) -> Result<Self, Error> {
        let Reviewed { id, hash } =
            Reviewed::of(change, destination).map_err(store::Error::from)?;
        Ok(Self {
            id,
            hash,
            project: change.project.clone(),
            action: change.intent.action(),
            publisher: change.intent.publisher().clone(),
            publisher_id: change.intent.row().cloned(),
            after: change.intent.after().map(|new| new.id.clone()),
        })
    }
}

fn place(index: &Index, account: &Account) -> Destination {
    Destination { index: index.origin.to_string(), account: account.username.clone() }
}

/// Which account of which index this run sends for.
pub(crate) async fn destination(engine: &Engine) -> Result<(Index, Account), Error> {
    let index = engine.screen().await?.index.ok_or(Error::NoIndex)?;
    Ok((index, engine.account().await?))
}

fn why(error: &io::Error) -> String {
    Refusal::of(error).map_or_else(|| error.to_string(), |what| format!("this is {what}"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use trustdesk_core::store::AccountId;
    use trustdesk_domain::{ChangeState, Google, IndexKey, Intent, Reasons, Sends};

    fn plan() -> Plan {
        let index = Index::testpypi().expect("known");
        let account = Account {
            id: AccountId(1),
            index_key: IndexKey("testpypi".to_owned()),
            username: "alice".to_owned(),
            projects_read_at_ms: None,
            quota_closed_until: None,
            password_entered_at_ms: None,
        };
        let email = "a@sea.example".to_owned();
        let change = Change {
            id: ChangeId("1".to_owned()),
            project: "demo".to_owned(),
            intent: Intent::Add {
                publisher: Publisher::Google(Google { email, sub: None }),
                listed_as: None,
            },
            base: None,
            state: ChangeState::Waiting,
            reasons: Reasons::default(),
            confirmed_at_ms: 1,
            claimed_at_ms: None,
            sends: Sends::default(),
            settled_at_ms: None,
        };
        Plan::of(&index, &account, &[change]).expect("JSON")
    }

    #[test]
    fn plan_of_another_version_is_refused_however_right_its_hash_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.json");
        let mut plan = Plan { version: VERSION + 1, ..plan() };
        plan.hash = plan.own_hash().expect("text");
        plan.write(&path, false).expect("written");
        let failure = Plan::read(&path).expect_err("it may mean something else");
        assert!(failure.message.contains("another version of Trustdesk"), "{}", failure.message);
    }

    #[test]
    fn a_plan_is_read_as_it_was_written_and_not_when_a_letter_differs() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.json");
        plan().write(&path, false).expect("written");
        assert_eq!(Plan::read(&path), Ok(plan()));
        let text = fs::read_to_string(&path).expect("text");
        for (was, is) in
            [("a@sea", "b@sea"), ("\"add\"", "\"remove\""), ("alice", "bob"), ("v1-", "v1-0")]
        {
            assert!(text.contains(was), "{was} is in {text}");
            fs::write(&path, text.replace(was, is)).expect("written");
            let failure = Plan::read(&path).expect_err("it is another plan");
            assert_eq!(failure.kind, Kind::WrongUse, "{}", failure.message);
        }
    }

    #[test]
    fn what_is_no_plan_is_told_with_the_right_form() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.json");
        for text in ["", "{}", "[1]", "\u{0}", &"[".repeat(10_000)] {
            fs::write(&path, text).expect("written");
            let failure = Plan::read(&path).expect_err("no plan");
            assert!(failure.message.contains("plan --out FILE"), "{}", failure.message);
        }
        assert_eq!(Plan::read(folder.path()).expect_err("a folder").kind, Kind::WrongUse);
    }
}

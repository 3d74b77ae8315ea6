//! The simulated index behind the door that sync knows.

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use trustdesk_core::index::{
    Error, Flash, Outcome, PackageIndex, PasswordAnswer, Request, Session,
};
use trustdesk_domain::{IndexTime, Project, PublishingPage, Reasons};

use super::world::{Fate, Inner, Reading, World};

/// How long an answer takes, and how long a client waits for one that does not come.
const ANSWER_MS: i64 = 300;
const PATIENCE_MS: i64 = 30_000;

/// One session with the simulated index.
pub(super) struct Simulated(pub(super) Arc<World>);

impl Simulated {
    /// Whether somebody is signed in, and the server answers at all.
    fn gate(inner: &Inner) -> Result<(), Error> {
        if inner.down {
            return Err(Error::IndexDown(503));
        }
        if inner.signed_out { Err(Error::SignedOut) } else { Ok(()) }
    }

    fn password_gate(inner: &Inner) -> Result<(), Error> {
        Self::gate(inner)?;
        if inner.password_asked { Err(Error::ConfirmPassword) } else { Ok(()) }
    }
}

#[async_trait]
impl PackageIndex for Simulated {
    async fn who_am_i(&self) -> Result<Option<String>, Error> {
        let inner = self.0.now();
        Self::gate(&inner).map(|()| Some(super::USERNAME.to_owned()))
    }

    async fn projects(&self) -> Result<Vec<Project>, Error> {
        let inner = self.0.now();
        Self::gate(&inner)?;
        let project = |name: &String| Project {
            name: name.clone(),
            normalized_name: name.clone(),
            organization: None,
            sole_owner: true,
            date: None,
            summary: None,
            archived: false,
            can_manage: true,
            has_page: true,
        };
        Ok(inner.projects.keys().map(project).collect())
    }

    async fn publishing(&self, project: &str) -> Result<PublishingPage, Error> {
        let mut inner = self.0.now();
        Self::password_gate(&inner)?;
        let publishers = inner.projects.get(project).cloned().ok_or(Error::NotFound)?;
        if inner.closed.contains(project) {
            return Err(Error::Forbidden);
        }
        inner.announced = inner.read_only;
        let at_ms = self.0.now_ms();
        let (project, listed) = (project.to_owned(), publishers.clone());
        inner.readings.push(Reading { at_ms, project, listed });
        drop(inner);
        // The list is what it was when the index read it, not when the answer arrives.
        self.0.time.pass(ANSWER_MS);
        Ok(PublishingPage {
            publishers,
            providers: Inner::providers(),
            gitlab_instances: Vec::new(),
        })
    }

    fn is_read_only(&self) -> bool {
        self.0.now().announced
    }

    async fn take_messages(&self) -> Result<Vec<Flash>, Error> {
        Self::gate(&self.0.now()).map(|()| Vec::new())
    }

    async fn is_password_asked(&self) -> Result<bool, Error> {
        let inner = self.0.now();
        Self::gate(&inner).map(|()| inner.password_asked)
    }

    async fn submit(&self, project: &str, request: &Request) -> Outcome {
        let mut inner = self.0.now();
        if let Err(error) = Self::password_gate(&inner) {
            return match error {
                // A server error may come after the work is done.
                error @ Error::IndexDown(_) => Outcome::Unknown(error),
                error => Outcome::NotSent(error),
            };
        }
        if inner.closed.contains(project) {
            return Outcome::NotSent(Error::Forbidden);
        }
        let now_ms = self.0.now_ms();
        let taken = inner.take(now_ms, project, request);
        drop(inner);
        match taken {
            Err(until_ms) => {
                let seconds = u64::try_from((until_ms - now_ms) / 1000).unwrap_or_default();
                Outcome::NotSent(Error::TooMany(Some(seconds)))
            }
            Ok(Fate::Answered | Fate::ReadOnly) => {
                self.0.time.pass(ANSWER_MS);
                Outcome::Accepted
            }
            Ok(Fate::Refused) => {
                let said = vec!["Unknown GitHub user or organization.".to_owned()];
                let fields = [("owner".to_owned(), said)].into();
                Outcome::Refused(Reasons { fields, ..Reasons::default() })
            }
            Ok(Fate::PasswordAsked) => Outcome::NotSent(Error::ConfirmPassword),
            Ok(Fate::LostOnTheWay | Fate::AnswerLost | Fate::DoneLater(_)) => {
                self.0.time.pass(PATIENCE_MS);
                Outcome::Unknown(Error::IndexDown(502))
            }
        }
    }

    async fn confirm_password(&self, _password: &SecretString) -> Result<PasswordAnswer, Error> {
        let mut inner = self.0.now();
        Self::gate(&inner)?;
        let is_asked = std::mem::take(&mut inner.password_asked);
        Ok(if is_asked { PasswordAnswer::Taken } else { PasswordAnswer::NotAsked })
    }

    async fn parting_words(&self) -> Option<String> {
        None
    }

    async fn sign_out(&self) -> Result<(), Error> {
        Ok(())
    }

    fn time(&self) -> Option<IndexTime> {
        let tells_time = self.0.now().tells_time;
        tells_time.then(|| IndexTime(self.0.now_ms()))
    }

    fn time_at_latest(&self) -> Option<IndexTime> {
        self.time()
    }

    async fn session(&self) -> Session {
        Session::from_cookie(SecretString::from("simulated"))
    }
}

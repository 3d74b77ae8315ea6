//! The mails that Warehouse would have sent. They go nowhere; a page and the index's owner show them.

use serde::{Deserialize, Serialize};

use super::Database;

/// A mail that Warehouse would have sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// The account's name.
    pub to: String,
    /// Its subject, with the site's name in front.
    pub subject: String,
    /// What it says; empty where nobody acts on it.
    #[serde(default)]
    pub text: String,
    /// The link that it asks to open.
    #[serde(default)]
    pub link: Option<String>,
    /// When it was sent.
    pub at_ms: i64,
}

impl Database {
    pub(crate) fn mail(&mut self, mail: Mail) {
        self.mails.push(mail);
    }

    /// A mail that says all in its subject.
    pub(crate) fn mail_subject(&mut self, to: &str, subject: &str, at_ms: i64) {
        let (to, subject) = (to.to_owned(), subject.to_owned());
        self.mail(Mail { to, subject, text: String::new(), link: None, at_ms });
    }

    /// One mail to every direct collaborator of the project.
    pub(crate) fn mail_collaborators(&mut self, name: &str, subject: &str, at_ms: i64) {
        let Some(project) = self.project(name) else { return };
        let subject = format!("{subject} {}", project.name);
        let collaborators: Vec<_> = project.roles.keys().cloned().collect();
        for to in collaborators {
            self.mail_subject(&to, &subject, at_ms);
        }
    }

    /// Every mail, in the order in which they were sent.
    pub(crate) fn mails(&self) -> &[Mail] {
        &self.mails
    }

    /// When somebody was last sent a mail with this subject.
    pub(crate) fn last_sent_ms(&self, to: &str, subject: &str) -> Option<i64> {
        let same = |mail: &&Mail| mail.to == to && mail.subject == subject;
        self.mails.iter().rev().find(same).map(|mail| mail.at_ms)
    }
}

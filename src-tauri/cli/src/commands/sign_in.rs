//! `trustdesk-cli sign-in`. What the index wants besides the password comes from the flags or is asked
//! for; nothing is ever tried twice, because each wrong try counts against the account.

use clap::Args;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use trustdesk_core::secrets::SessionKept;
use trustdesk_core::sync::{Engine, Error, SecondFactors, SignInStep};
use trustdesk_domain::{Index, code_refusal, recovery_code_refusal};

use super::index::IndexView;
use crate::answer::Answer;
use crate::attended;
use crate::failure::{Failure, Kind};
use crate::here::Here;
use crate::output::remark;
use crate::secret::{PasswordFrom, asked, from_environment};
use crate::shown;

#[derive(Args)]
pub(crate) struct SignIn {
    /// The account's user name on the index.
    #[arg(value_name = "USER")]
    username: String,
    #[command(flatten)]
    password: PasswordFrom,
    /// The six digits that the authenticator shows now.
    #[arg(long, value_parser = six_digits, conflicts_with = "recovery_code_env")]
    code: Option<SecretString>,
    /// Takes a recovery code from this environment variable. It is used up.
    #[arg(long, value_name = "VAR")]
    recovery_code_env: Option<String>,
    /// Asks the index to remember this computer: for 30 days the password alone is enough here.
    #[arg(long, conflicts_with = "recovery_code_env")]
    remember: bool,
    /// Takes the link that the index has mailed from this environment variable.
    #[arg(long, value_name = "VAR")]
    link_env: Option<String>,
}

#[derive(Serialize)]
struct SignedIn {
    index: IndexView,
    username: String,
    /// What the index says once, in its words.
    messages: Vec<String>,
    session_kept: Option<SessionKept>,
}

fn six_digits(code: &str) -> Result<SecretString, &'static str> {
    code_refusal(code).map_or_else(|| Ok(SecretString::from(code)), Err)
}

pub(crate) async fn run(here: &Here, sign_in: SignIn) -> Result<Answer, Failure> {
    if let Some(named) = here.named_account()
        && !named.eq_ignore_ascii_case(sign_in.username.trim())
    {
        return Err(Failure::wrong_use(format!(
            "--account {named} is another account than {}: leave it out",
            sign_in.username
        )));
    }
    let engine = here.engine().await?;
    let index = engine.screen().await?.index.ok_or(Error::NoIndex)?;
    attended::required(&index, "signing in")?;
    if let Some(proxy) = engine.proxy_of(&index) {
        remark(&format!("Connections to {} go through the proxy {proxy}.", index.host()));
    }
    let password = sign_in.password.read(here, &sign_in.username, &index)?;
    let mut step = engine.sign_in(&sign_in.username, &password).await?;
    loop {
        step = match step {
            SignInStep::SignedIn(username, messages) => {
                return signed_in(engine, index, username, messages).await;
            }
            SignInStep::SecondFactor(offers) => sign_in.second_factor(engine, offers).await?,
            SignInStep::ConfirmDevice => {
                let link = sign_in.mailed_link()?;
                engine.confirm_device(link.expose_secret()).await?
            }
            SignInStep::UsernameRefused(words) => return refused(Kind::UsernameRefused, &words),
            SignInStep::PasswordRefused(words) => return refused(Kind::PasswordRefused, &words),
            SignInStep::CodeRefused(words) => return refused(Kind::CodeRefused, &words),
            SignInStep::RecoveryCodeRefused(words) => {
                return refused(Kind::RecoveryCodeRefused, &words);
            }
            SignInStep::NotALink => {
                let words = "this is no confirmation link of this index; it was not opened";
                return Err(Failure::new(Kind::LinkRefused, words));
            }
            SignInStep::StartAgain(words) => return refused(Kind::StartAgain, &words),
        };
    }
}

impl SignIn {
    async fn second_factor(
        &self,
        engine: &Engine,
        offers: SecondFactors,
    ) -> Result<SignInStep, Failure> {
        let step = if let Some(code) = &self.code {
            wanted(offers.code, "--code: this account has no authenticator")?;
            engine.sign_in_with_code(code, self.remember).await
        } else if let Some(variable) = &self.recovery_code_env {
            wanted(offers.recovery_code, "--recovery-code-env: this account has no such codes")?;
            let code = from_environment("--recovery-code-env", variable)?;
            engine.sign_in_with_recovery_code(&code).await
        } else {
            wanted(
                offers.code || offers.recovery_code,
                "the account's only second factor is a security key, which a browser has to ask: \
                 sign in in the app's window, whose session is used here too",
            )?;
            let code = ask_for_code(offers)?;
            let is_recovery_code = recovery_code_refusal(code.expose_secret()).is_none();
            if is_recovery_code && offers.recovery_code || !offers.code {
                engine.sign_in_with_recovery_code(&code).await
            } else {
                engine.sign_in_with_code(&code, self.remember).await
            }
        };
        Ok(step?)
    }

    fn mailed_link(&self) -> Result<SecretString, Failure> {
        match &self.link_env {
            Some(variable) => from_environment("--link-env", variable),
            None if attended::is_terminal() => {
                remark("The index does not know this network and has mailed you a link.");
                asked("Link (it is not shown): ")
            }
            None => Err(Failure::new(
                Kind::LinkNeeded,
                "the index does not know this network and has mailed a link: put it into an \
                 environment variable and sign in again with --link-env VAR",
            )),
        }
    }
}

fn ask_for_code(offers: SecondFactors) -> Result<SecretString, Failure> {
    if attended::is_terminal() {
        return asked(if offers.code {
            "Code of the authenticator, or a recovery code: "
        } else {
            "Recovery code: "
        });
    }
    let flags = match (offers.code, offers.recovery_code) {
        (true, true) => "--code CODE or --recovery-code-env VAR",
        (true, false) => "--code CODE",
        (false, _) => "--recovery-code-env VAR",
    };
    Err(Failure::new(
        Kind::SecondFactorNeeded,
        format!("the index wants a second factor, and there is no terminal to ask: write {flags}"),
    ))
}

fn wanted(is_offered: bool, otherwise: &str) -> Result<(), Failure> {
    if is_offered { Ok(()) } else { Err(Failure::new(Kind::SecondFactorNeeded, otherwise)) }
}

fn refused(kind: Kind, words: &[String]) -> Result<Answer, Failure> {
    let words = if words.is_empty() {
        "the index wants user name and password again".to_owned()
    } else {
        format!("the index says: {}", words.join(" "))
    };
    Err(Failure::new(kind, words))
}

async fn signed_in(
    engine: &Engine,
    index: Index,
    username: String,
    messages: Vec<String>,
) -> Result<Answer, Failure> {
    let session_kept = engine.screen().await?.session_kept;
    say_where_it_is_kept(engine, session_kept);
    let mut lines = vec![format!("Signed in as {} on {}.", shown::text(&username), index.name)];
    lines.extend(messages.iter().map(|words| shown::text(words)));
    let result = SignedIn { index: index.into(), username, messages, session_kept };
    Answer::new(&result, lines.join("\n"))
}

/// A session that ends with the process is of use in a batch only.
fn say_where_it_is_kept(engine: &Engine, kept: Option<SessionKept>) {
    let why = match kept {
        Some(SessionKept::Keyring) | None => return,
        Some(SessionKept::Memory) => "no keyring has taken it",
        Some(SessionKept::ThisRun) if engine.forgets_sessions().is_none() => {
            "the setting “Forget the session when I quit” cannot be read; choose it again in the app"
        }
        Some(SessionKept::ThisRun) => "the app's settings want sessions forgotten",
    };
    remark(&format!(
        "The session ends with this process ({why}). `trustdesk-cli batch` runs several commands \
         in one process."
    ));
}

//! Passwords, recovery codes and mailed links: from a prompt without echo, from standard input or
//! from a variable that is named. Never from an argument, which every process of the machine can read.

use std::io::{self, Read};

use clap::Args;
use secrecy::SecretString;
use trustdesk_domain::Index;

use crate::attended;
use crate::failure::Failure;
use crate::here::Here;
use crate::shown;

/// More than any password; what is longer is a wrong file.
const LONGEST: u64 = 4096;

/// Where a password comes from; without a flag a person is asked.
#[derive(Args)]
pub(crate) struct PasswordFrom {
    /// Takes the password from standard input.
    #[arg(long, conflicts_with = "password_env")]
    password_stdin: bool,
    /// Takes the password from this environment variable.
    #[arg(long, value_name = "VAR")]
    password_env: Option<String>,
}

impl PasswordFrom {
    /// Whoever is asked is told whose password it is and where it goes.
    pub(crate) fn read(
        &self,
        here: &Here,
        username: &str,
        index: &Index,
    ) -> Result<SecretString, Failure> {
        match &self.password_env {
            Some(variable) => from_environment("--password-env", variable),
            None if self.password_stdin && here.is_batch() => Err(Failure::wrong_use(
                "--password-stdin cannot be used in a batch, whose commands come through standard \
                 input: write --password-env VAR",
            )),
            None if self.password_stdin => from_input(io::stdin().lock()),
            None if attended::is_terminal() => {
                let (user, host) = (shown::text(username.trim()), index.host());
                asked(&format!("Password for {user} on {host}: "))
            }
            None => Err(Failure::wrong_use(
                "there is no terminal to ask for the password: write --password-stdin or \
                 --password-env VAR",
            )),
        }
    }
}

/// What is in a variable that this flag names.
pub(crate) fn from_environment(flag: &str, variable: &str) -> Result<SecretString, Failure> {
    match std::env::var(variable) {
        Ok(value) if !value.is_empty() => Ok(SecretString::from(value)),
        Ok(_) | Err(_) => Err(Failure::wrong_use(format!(
            "{flag} {variable}: there is no such environment variable, or nothing in it"
        ))),
    }
}

/// Asks at the terminal, without showing what is typed.
pub(crate) fn asked(prompt: &str) -> Result<SecretString, Failure> {
    Ok(SecretString::from(rpassword::prompt_password(prompt)?))
}

/// All of it but the end of its line, which is no part of a password.
fn from_input(input: impl Read) -> Result<SecretString, Failure> {
    let mut text = String::new();
    let read = input.take(LONGEST + 1).read_to_string(&mut text);
    let length = read.map_err(|_| refused("is no text"))?;
    if u64::try_from(length).is_ok_and(|length| length > LONGEST) {
        return Err(refused("is longer than any password"));
    }
    let password = text.strip_suffix('\n').unwrap_or(&text);
    let password = password.strip_suffix('\r').unwrap_or(password);
    if password.is_empty() {
        return Err(refused("has no password"));
    }
    Ok(SecretString::from(password))
}

fn refused(what: &str) -> Failure {
    Failure::wrong_use(format!("--password-stdin: standard input {what}"))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn the_end_of_the_line_is_no_part_of_a_password_and_a_space_is() {
        for (input, password) in
            [("a b", "a b"), (" a \n", " a "), ("a\r\n", "a"), ("a\n\n", "a\n")]
        {
            let read = from_input(input.as_bytes()).expect("a password");
            assert_eq!(read.expose_secret(), password, "{input:?}");
        }
    }

    #[test]
    fn what_is_no_password_is_refused_without_being_repeated() {
        let endless = io::repeat(b'x');
        for failure in [
            from_input(endless).expect_err("endless"),
            from_input(&b"\n"[..]).expect_err("empty"),
            from_input(&b"\xff\n"[..]).expect_err("no text"),
        ] {
            assert!(failure.message.contains("--password-stdin"), "{failure:?}");
            assert!(!failure.message.contains("xxx"));
        }
    }
}

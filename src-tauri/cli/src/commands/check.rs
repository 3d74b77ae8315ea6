//! `trustdesk-cli check`: the verdicts of the provider tabs for other programs. JSON lines in, JSON
//! lines out, in the same order; nothing is looked up and nothing is kept.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use trustdesk_domain::{Fields, GitlabInstances, Provider, Verdict, check, project_name_verdict};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::lines::next_line;
use crate::verdict_texts::texts;

/// More than all fields of a form, in bytes.
const LONGEST: u64 = 1 << 20;

/// A line as it comes in. The id is given back letter by letter, whatever it is.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    provider: Option<&'a RawValue>,
    #[serde(borrow)]
    fields: Option<&'a RawValue>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Answer<'a> {
    Judged {
        id: Option<&'a RawValue>,
        errors: BTreeMap<String, Vec<String>>,
        warnings: BTreeMap<String, Vec<String>>,
        normalized: Fields,
    },
    Problem {
        id: Option<&'a RawValue>,
        problem: String,
    },
}

/// What a line can be about.
#[derive(Clone, Copy)]
enum Form {
    Publisher(Provider),
    Pending,
}

impl Form {
    fn named(name: &str) -> Option<Self> {
        if name == "pending" {
            return Some(Self::Pending);
        }
        Provider::ALL.into_iter().find(|provider| provider.key() == name).map(Self::Publisher)
    }

    const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Publisher(provider) => provider.fields(),
            Self::Pending => &["project_name"],
        }
    }

    fn judge(self, fields: &Fields) -> Verdict {
        match self {
            // Which project it is for is not known, so neither are its GitLab instances.
            Self::Publisher(provider) => check(provider, fields, &GitlabInstances::AnyHttps).0,
            Self::Pending => project_name_verdict(fields),
        }
    }
}

pub(crate) fn run() -> Result<Exit, Failure> {
    let all_read = judge(io::stdin().lock(), io::BufWriter::new(io::stdout().lock()))?;
    Ok(if all_read { Exit::Done } else { Exit::SomeFailed })
}

/// Answers every line; whether all of them could be read.
fn judge(mut lines: impl BufRead, mut answers: impl Write) -> io::Result<bool> {
    let mut all_read = true;
    while let Some(line) = next_line(&mut lines, LONGEST)? {
        let answer = if line.is_whole { answer(&line.bytes) } else { too_long() };
        all_read &= matches!(answer, Answer::Judged { .. });
        serde_json::to_writer(&mut answers, &answer)?;
        answers.write_all(b"\n")?;
        // Whoever writes one line and waits for its answer gets it.
        answers.flush()?;
    }
    Ok(all_read)
}

fn too_long() -> Answer<'static> {
    let problem = format!("the line is longer than {} MB", LONGEST >> 20);
    Answer::Problem { id: None, problem }
}

fn answer(line: &[u8]) -> Answer<'_> {
    let problem = |id, problem: String| Answer::Problem { id, problem };
    let Line { id, provider, fields } = match serde_json::from_slice(line) {
        Ok(line) => line,
        Err(error) => return problem(None, format!("not a JSON object: {error}")),
    };
    match judged(provider, fields) {
        Ok(verdict) => Answer::Judged {
            id,
            errors: texts(verdict.errors),
            warnings: texts(verdict.warnings),
            normalized: verdict.normalized,
        },
        Err(words) => problem(id, words),
    }
}

fn judged(provider: Option<&RawValue>, fields: Option<&RawValue>) -> Result<Verdict, String> {
    let provider = provider.ok_or("“provider” is missing")?;
    let name: String = serde_json::from_str(provider.get())
        .map_err(|error| format!("“provider” is not a text: {error}"))?;
    let form = Form::named(&name).ok_or_else(|| format!("unknown provider “{name}”"))?;
    let fields = fields.ok_or("“fields” is missing")?;
    let fields: BTreeMap<String, Option<String>> = serde_json::from_str(fields.get())
        .map_err(|error| format!("“fields” is not an object of texts: {error}"))?;
    if let Some(unknown) = fields.keys().find(|name| !form.fields().contains(&name.as_str())) {
        let known = form.fields().join(", ");
        return Err(format!("unknown field “{unknown}” of {name}; its fields are {known}"));
    }
    // Absent and null are the same: not filled in.
    let filled = fields.into_iter().filter_map(|(name, value)| Some((name, value?)));
    Ok(form.judge(&filled.collect()))
}

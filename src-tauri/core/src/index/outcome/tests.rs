//! Every end that a request for a change can have, one row a case.

use super::outcome;
use crate::index::Answer;
use trustdesk_domain::Provider;

const PATH: &str = "/manage/project/demo/settings/publishing/";
const FORM: &str = "<form id=github-publisher-form>\
    <ul id=owner-errors class=form-errors><li>Nobody has this name.</li></ul></form>";
const ACCOUNT: &str =
    "<a class=vertical-tabs__tab--is-active href=/manage/account/publishing/></a>";

/// What came, where it pointed and what it said; what is made of it, and why.
struct Case(u16, Option<&'static str>, String, &'static str, &'static str);

fn page(content: &str) -> String {
    format!("{}<footer></footer></body></html>", cut_off(content))
}

/// Content beside a sidebar whose active entry is the page of this project.
fn tab(project: &str, content: &str) -> String {
    format!(
        "<a class=vertical-tabs__tab--is-active \
         href=/manage/project/{project}/settings/publishing/></a>{content}"
    )
}

fn own_tab(content: &str) -> String {
    tab("demo", content)
}

fn own(content: &str) -> String {
    page(&own_tab(content))
}

/// The page that asks for the password in the place of a project's.
fn password(project: &str) -> String {
    page(&format!(
        "<form action=\"/account/reauthenticate/\"><input name=next_route_matchdict \
         value='{{\"project_name\": \"{project}\"}}'></form>"
    ))
}

fn cut_off(content: &str) -> String {
    format!(
        "<!doctype html><html><head><meta name=defaultLanguage content=en></head>\
         <body><main id=content>{content}</main>"
    )
}

fn at(path: &str) -> String {
    let address = format!("<meta property=\"og:url\" content=\"https://index.example{path}\">");
    page("").replace("</head>", &format!("{address}</head>"))
}

fn no_frame() -> String {
    "<html><head><meta name=defaultLanguage content=en></head><body>No.</body></html>".to_owned()
}

/// Only a redirect back to the page is a yes; only the page itself is a no.
fn answers() -> Vec<Case> {
    let none = String::new;
    let refused = "Refused(Reasons { messages: [], fields: {} })";
    let said = r#"Refused(Reasons { messages: [], fields: {"owner": ["Nobody has this name."]} })"#;
    let json = "{\"code\": \"429 Too Many Requests\"}".to_owned();
    let gone = "NotSent(PageNotUnderstood(\"a form\"))";
    vec![
        Case(303, Some(PATH), none(), "Accepted", "a yes, which the list must prove"),
        Case(200, None, own(FORM), said, "the index's words stand under the field"),
        Case(200, None, own(""), refused, "duplicates and what is switched off: no words here"),
        Case(404, None, no_frame(), gone, "no form has these fields"),
        Case(429, None, none(), "NotSent(TooMany(Some(60)))", "the limit, with its time"),
        Case(429, None, json, "NotSent(TooMany(Some(60)))", "the time is in the head"),
        Case(403, None, no_frame(), "NotSent(Forbidden)", "not an owner, or quarantined"),
    ]
}

/// The index wants something else first, and what was sent is gone.
fn gates() -> Vec<Case> {
    let login = Some("/account/login/?next=%2Fmanage%2Fproject%2Fdemo%2F");
    let verify = Some("/manage/unverified-account/?next=%2Fmanage%2Fprojects%2F");
    let factor = Some("/manage/account/two-factor/?next=%2Fmanage%2Fprojects%2F");
    let none = String::new;
    let token = "<h1>400 Bad Request</h1> Bad CSRF token received. Access is denied.".to_owned();
    let origin = "400 Bad Request\n\nBad CSRF Origin. Access is denied.".to_owned();
    vec![
        Case(400, None, token, "NotSent(SignedOut)", "the token of a session that has ended"),
        Case(400, None, origin, "NotSent(SignedOut)", "the origin of another site"),
        Case(303, login, none(), "NotSent(SignedOut)", "the session ended before the token did"),
        Case(200, None, password("Demo"), "NotSent(ConfirmPassword)", "30 minutes are over"),
        Case(303, verify, none(), "NotSent(Account(VerifiedEmail))", "an address is not verified"),
        Case(303, factor, none(), "NotSent(Account(SecondFactor))", "no second factor"),
        Case(303, Some("/account/confirm-login/"), none(), "NotSent(SignedOut)", "a new network"),
    ]
}

/// Nobody can tell whether the index did it: the list must be read.
fn uncertain() -> Vec<Case> {
    let none = String::new;
    let portal = || "<html><body>Welcome to our hotel</body></html>".to_owned();
    let challenge = || "<html><body><noscript>Enable scripts</noscript></body></html>".to_owned();
    let foreign = "Unknown(NotTheIndex)";
    let redirect = "Unknown(OutcomeUnknown(\"it leads elsewhere\"))";
    let another = "Unknown(OutcomeUnknown(\"it is another page\"))";
    let status = "Unknown(OutcomeUnknown(\"its status is none of the index's\"))";
    let half = "Unknown(OutcomeUnknown(\"it ends before its end\"))";
    let elsewhere = Some("/manage/project/other/settings/publishing/");
    let nginx = "<h1>400 Bad Request</h1><hr>nginx".to_owned();
    vec![
        Case(500, None, none(), "Unknown(IndexDown(500))", "it may have failed after the work"),
        Case(503, None, portal(), "Unknown(IndexDown(503))", "said in front of the index"),
        Case(200, None, portal(), foreign, "a captive portal"),
        Case(200, None, challenge(), foreign, "a challenge with a friendly status"),
        Case(403, None, challenge(), foreign, "a challenge; the index's own 403 has its mark"),
        Case(404, None, portal(), foreign, "a stranger's 404"),
        Case(200, None, none(), foreign, "nothing at all"),
        Case(303, None, none(), foreign, "a redirect away from the index"),
        Case(303, Some("/manage/projects/"), none(), redirect, "never seen: not a yes"),
        Case(303, elsewhere, none(), redirect, "another project's page is no yes for this one"),
        Case(301, Some(PATH), none(), redirect, "moved, not done"),
        Case(307, Some("/account/login/"), none(), redirect, "not how the index asks to sign in"),
        Case(200, None, cut_off(&own_tab(FORM)), half, "half a page is no answer"),
        Case(200, None, page("<p>Something else</p>"), another, "no answer to a form"),
        Case(200, None, page(FORM), another, "a page with the form, which names no project"),
        Case(200, None, page(&tab("other", FORM)), another, "the page of another project"),
        Case(200, None, page(&format!("{}{}", own_tab(FORM), tab("other", ""))), another, "both"),
        Case(200, None, page(ACCOUNT), another, "the page of the account"),
        Case(200, None, password("other"), another, "the password for another project's page"),
        Case(200, None, page("<form id=login-form></form>"), another, "it would be a redirect"),
        Case(200, None, at("/manage/account/two-factor/?next=%2F"), another, "so would this"),
        Case(400, None, none(), status, "a 400 that is none of the index's"),
        Case(400, None, nginx, status, "a proxy's"),
        Case(413, None, none(), status, "too large for somebody on the way"),
        Case(408, None, none(), status, "too slow for somebody on the way"),
        Case(418, None, none(), status, "never seen"),
    ]
}

#[test]
fn every_answer_to_a_change_has_its_outcome() {
    for Case(status, location, body, expected, reason) in
        [answers(), gates(), uncertain()].into_iter().flatten()
    {
        let location = location.map(str::to_owned);
        let answer = Answer { status, location, retry_after_s: Some(60), told: None, body };
        let outcome = format!("{:?}", outcome(&answer, PATH, Some(Provider::Github)));
        assert_eq!(outcome, expected, "{status}: {reason}");
    }
}

#[test]
fn words_of_another_providers_form_do_not_stand_under_this_ones_fields() {
    let answer =
        Answer { status: 200, location: None, retry_after_s: None, told: None, body: own(FORM) };
    for provider in [Some(Provider::Gitlab), None] {
        let outcome = format!("{:?}", outcome(&answer, PATH, provider));
        assert_eq!(outcome, "Refused(Reasons { messages: [], fields: {} })", "{provider:?}");
    }
}

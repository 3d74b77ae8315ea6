//! A whole Trustdesk in a process of its own: it signs in, confirms one add and sends it. The tests on
//! SIGKILL end it in the middle; the tests over https give it the authority that it shall trust, which
//! a process reads from its environment.
//!
//! Its arguments: the data folder, the index's address, the time in milliseconds since 1970.

use trustdesk_core::secrets::MemorySecrets;
use trustdesk_tests::desk::{Desk, PROJECT, release_workflow};
use trustdesk_tests::sends::ReviewAndSend as _;
use trustdesk_tests::time::Time;
use url::Url;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, origin, now_ms] = arguments.as_slice() else {
        panic!("a folder, an address and a time are needed, not {arguments:?}");
    };
    let origin = Url::parse(origin).expect("an address");
    let time = Time::at(now_ms.parse().expect("a time"));
    time.passes_when_it_is_waited_for();
    let desk = Desk::open(folder.as_ref(), MemorySecrets::default().into(), &time).await;
    desk.choose(&origin).await;
    desk.sign_in().await;
    desk.engine.refresh_projects().await.expect("the projects are read");
    desk.queue_add(PROJECT, &release_workflow()).await;
    desk.engine.sync_project(PROJECT).await.expect("the add is sent");
}

//! Where the environment names a proxy: an index on this computer is asked without it.

use trustdesk_demo_index::{DemoIndex, USERNAME};
use trustdesk_tests::forward_proxy::{ForwardProxy, VARIABLES};

use crate::demo::Demo;
use crate::program::{Program, Said};

#[test]
fn index_on_this_computer_is_never_asked_through_a_proxy() {
    let demo = Demo::start();
    let proxy = ForwardProxy::leading_to(DemoIndex::address(&demo));
    let program = Program::on(&demo);
    for variable in VARIABLES {
        let code = demo.code();
        let words = ["sign-in", USERNAME, "--password-env", "PASSWORD", "--code", &code];
        let mut sign_in = program.command(words);
        sign_in.env(variable, format!("http://{}", proxy.address()));
        let said: Said = sign_in.output().expect("runs").into();
        assert_eq!(proxy.heard(), Vec::<String>::new(), "{variable} carries password and session");
        assert!(!said.err.contains("proxy"), "none is in use: {said:?}");
        // An authenticator's code is taken once: the second sign-in comes as far as that.
        assert!(!demo.requests().is_empty(), "the index was asked");
    }
}

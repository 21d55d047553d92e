//! scim2-server answers behind TLS, scim2-tester can be pointed at it, and nothing is left behind.

use servers::{Scim2Server, scim2_test};

#[test]
fn other_peoples_tester_is_content_with_other_peoples_server() {
    let server = Scim2Server::start("token-of-this-test").unwrap();
    let report = scim2_test(&server.url(), "token-of-this-test", server.ca_pem_path()).unwrap();
    assert!(report.checks.len() > 20, "{}", report.text);
    assert_eq!(report.failed().count(), 0, "{}", report.text);
    assert!(report.passed, "{}", report.text);

    let refused = scim2_test(&server.url(), "another-token", server.ca_pem_path()).unwrap();
    assert!(!refused.passed);
    let other = servers::CompanyCa::create(server.log_path().parent().unwrap()).unwrap();
    assert!(!scim2_test(&server.url(), "token-of-this-test", other.pem_path()).unwrap().passed);

    let (process, folder) =
        (format!("/proc/{}", server.id()), server.log_path().parent().unwrap().to_owned());
    drop(server);
    assert!(!folder.exists() && !std::path::Path::new(&process).exists());
}

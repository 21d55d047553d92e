//! 389-ds starts, answers over verified TLS, and leaves nothing behind.

use servers::{Ds389, Ds389Options, ldapsearch, ldif, names};

#[test]
fn it_serves_the_company_and_is_gone_afterwards() {
    let mut server = Ds389::start(&Ds389Options::default()).unwrap();
    let folder = server.log_path().ancestors().nth(6).unwrap().to_owned();
    let find = |server: &Ds389, who: (&str, &str), filter: &str| {
        let found = ldapsearch(
            (&server.ldaps_url(), server.ca_pem_path()),
            who,
            server.base_dn(),
            filter,
            &["mail"],
        );
        found.map(|text| text.lines().filter(|line| line.starts_with("dn:")).count())
    };
    let reader = (server.bind_dn(), server.bind_password());
    assert_eq!(find(&server, reader, "(uid=u*)").unwrap(), 200);
    assert_eq!(find(&server, reader, "(uid=odd*)").unwrap(), names::odd().len());
    assert_eq!(
        find(&server, reader, "(memberOf=cn=big,ou=groups,dc=example,dc=org)").unwrap(),
        200
    );
    let (name, password) = (ldif::person_dn(3), ldif::person_password(3));
    find(&server, (&name, &password), "(uid=ok)").unwrap();
    assert!(find(&server, (&name, "wrong"), "(uid=ok)").unwrap_err().to_string().contains("(49)"));
    server.stop().unwrap();
    server.restart().unwrap();
    assert_eq!(find(&server, reader, "(uid=u*)").unwrap(), 200);
    let process = format!("/proc/{}", server.id().unwrap());
    drop(server);
    assert!(folder.to_string_lossy().contains("insync-test-server-"), "{}", folder.display());
    assert!(!folder.exists() && !std::path::Path::new(&process).exists());
}

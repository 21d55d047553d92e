//! The way out through proxies that other people wrote: with the right password, a wrong one, and one that dies meanwhile.

use journeys::connector::Answer;
use journeys::process::wait_for;
use journeys::{Cloud, Connector, SampleCompany, journey};
use serde_json::{Value, json};
use servers::Proxy;
use std::time::Duration;

const SOON: Duration = Duration::from_mins(1);

/// A user as an address has it (RFC 3986, 2.1).
fn encoded(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'.';
    text.bytes()
        .map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

fn register(connector: &Connector, cloud: &Cloud, way: &str, key: &str, password: &str) -> Answer {
    let ca = cloud.ca.to_string_lossy();
    let args = ["--json", "register", "--cloud", &cloud.url, "--ca", &ca, "--key-stdin"];
    let more = ["--proxy", way, "--proxy-password-stdin"];
    connector.run(&[&args[..], &more[..]].concat(), &format!("{key}\n{password}\n"))
}

/// Registration, an import and a sign-in through a proxy, which dies and comes back in between.
fn the_whole_way(mut proxy: Proxy, scheme: &str) {
    let (cloud, sample, connector) =
        (Cloud::start(), SampleCompany::start("ldap", 20), Connector::new());
    let ((user, password), key) = (proxy.login(), cloud.registration_key());
    let way = format!("{scheme}://{}@127.0.0.1:{}", encoded(user), proxy.port());

    let refused = register(&connector, &cloud, &way, &key, "not it");
    assert_eq!(refused.error_code(), "proxy_credentials", "{refused:?}");
    assert_eq!(connector.json(&["settings", "show"]).ok().json()["proxy"], Value::Null);
    register(&connector, &cloud, &way, &key, password).ok();
    let proxies = &connector.json(&["settings", "show"]).ok().json()["proxy"];
    assert_eq!(proxies["user"], json!(user));

    connector.add_account(&sample.company).ok();
    connector.apply(&journey::mapping("People", &sample.company.base_dn, "")).ok();
    let running = connector.start(&cloud);
    assert!(cloud.sync("People")["acknowledged"].as_u64() > Some(0));

    proxy.kill9();
    let gone = || (!cloud.connected()).then_some(());
    wait_for("the end of the session with its proxy", SOON, gone);
    let checks = connector.json(&["check"]).json();
    let failed = checks.as_array().unwrap().iter().find(|c| c["status"] == "fail").unwrap();
    assert_eq!(failed["code"], json!("proxy_unreachable"), "{checks}");
    assert!(!failed["action"].as_str().unwrap().is_empty());

    proxy.restart().unwrap();
    wait_for("a session through the new proxy", SOON, || cloud.connected().then_some(()));
    let (user, password) = &sample.company.right;
    assert_eq!(cloud.sign_in(user, password), (200, "ok".to_owned()));
    connector.json(&["check"]).ok();
    running.stop(Duration::from_secs(15));
}

#[test]
fn everything_goes_through_tinyproxy() {
    the_whole_way(Proxy::tinyproxy().unwrap(), "HTTP");
}

#[test]
fn everything_goes_through_squid_with_an_odd_password() {
    the_whole_way(Proxy::squid().unwrap(), "http");
}

#[test]
fn everything_goes_through_dante() {
    the_whole_way(Proxy::dante().unwrap(), "socks5h");
}

#[test]
fn what_a_proxy_says_is_quoted() {
    let cloud = Cloud::start();
    let nobody = format!("https://{}", journeys::trouble::closed_port());
    for (proxy, says) in [
        (Proxy::squid().unwrap(), "The following error was encountered"),
        (Proxy::tinyproxy().unwrap(), "Unable to connect"),
    ] {
        let (user, password) = proxy.login();
        let way = format!("http://{}@127.0.0.1:{}", encoded(user), proxy.port());
        let ca = cloud.ca.to_string_lossy();
        let args = ["--json", "register", "--cloud", &nobody, "--ca", &ca, "--key-stdin"];
        let more = ["--proxy", &way, "--proxy-password-stdin"];
        let input = format!("KEY\n{password}\n");
        let refused = Connector::new().run(&[&args[..], &more[..]].concat(), &input);
        assert_eq!(refused.error_code(), "proxy_refused");
        let message = refused.json()["error"]["message"].as_str().unwrap().to_owned();
        assert!(message.contains(says) && !message.contains('<'), "{message}");
        assert!(message.chars().count() < 450, "{message}");
    }
}

/// A command with more in its environment.
fn with(connector: &Connector, set: &[(&str, &str)], args: &[&str], input: &str) -> Answer {
    let mut command = connector.command(&[&["--json"], args].concat());
    command.envs(set.iter().copied());
    Answer::of(command, input)
}

#[test]
fn the_proxy_of_the_environment_is_named_and_then_kept() {
    let (cloud, proxy, connector) = (Cloud::start(), Proxy::squid().unwrap(), Connector::new());
    let ((user, password), ca) = (proxy.login(), cloud.ca.to_string_lossy());
    let way = format!("http://{}:{}@127.0.0.1:{}", encoded(user), encoded(password), proxy.port());
    let args = ["register", "--cloud", &cloud.url, "--ca", &ca, "--key-stdin"];
    let key = cloud.registration_key();
    let broken = [("HTTPS_PROXY", "https://p:1")];
    let refused = with(&connector, &broken, &args, &key);
    assert_eq!(refused.error_code(), "invalid_input");
    assert!(refused.out.contains("HTTPS_PROXY"), "{refused:?}");

    let registered = with(&connector, &[("HTTPS_PROXY", &way)], &args, &key).ok();
    let place = format!("127.0.0.1:{}", proxy.port());
    for told in [place.as_str(), "HTTPS_PROXY", "--no-proxy"] {
        assert!(registered.err.contains(told), "{told}: {registered:?}");
    }
    assert!(!format!("{registered:?}").contains(password), "{registered:?}");
    // From now on it is a setting: whatever runs the engine need not have that environment.
    let settings = connector.json(&["settings", "show"]).ok().json();
    assert_eq!(settings["proxy"]["from"], json!("HTTPS_PROXY"));
    let status = connector.run(&["status"], "").out;
    assert!(status.contains(&place) && status.contains("HTTPS_PROXY"), "{status}");
    let checks = connector.json(&["check"]).ok().json();
    let connect = checks.as_array().unwrap().iter().find(|c| c["check"] == "cloud_connect");
    let found = &connect.unwrap()["found"];
    assert_eq!(found["values"], json!({ "proxy": place, "variable": "HTTPS_PROXY" }), "{checks}");
}

#[test]
fn a_setting_wins_over_the_environment() {
    let (cloud, connector) = (Cloud::start(), Connector::new());
    let nobody = format!("http://{}", journeys::trouble::closed_port());
    let ca = cloud.ca.to_string_lossy();
    let args = ["register", "--cloud", &cloud.url, "--ca", &ca, "--key-stdin"];
    let (key, set) = (cloud.registration_key(), [("https_proxy", nobody.as_str())]);
    assert_eq!(with(&connector, &set, &args, &key).error_code(), "proxy_unreachable");
    let but = [set[0], ("NO_PROXY", "10.0.0.0/8,127.0.0.0/8,localhost")];
    with(&connector, &but, &args, &key).ok();
    assert_eq!(connector.json(&["settings", "show"]).ok().json()["proxy"], Value::Null);
    // What is not used is told where somebody looks for the reason.
    let unused = |set: &[(&str, &str)]| {
        let checks = with(&connector, set, &["check"], "").ok().json();
        checks.as_array().unwrap().iter().any(|c| c["found"]["kind"] == "proxy_not_used")
    };
    assert_eq!((unused(&set), unused(&but), unused(&[])), (true, false, false));
    let second = Connector::new();
    let direct = [&args[..], &["--no-proxy"]].concat();
    with(&second, &set, &direct, &cloud.registration_key()).ok();
}

//! Each kind of proxy with right, wrong and no credentials.

use crate::peers::authority::dead_port;
use crate::peers::http_server::{HttpServer, json};
use crate::peers::proxy_server::{ProxyServer, Rule};
use connector_cloud::{ConnectorKeys, Endpoint, check, register};
use connector_model::settings::{ProxyKind, ProxySettings};
use connector_model::{CheckFinding, CheckStatus, Code, Secret};
use serde_json::json as value;

const KINDS: [ProxyKind; 3] = [ProxyKind::Http, ProxyKind::Socks4, ProxyKind::Socks5];

async fn cloud() -> HttpServer {
    HttpServer::start(|_, _| async {
        json(
            201,
            &value!({ "connector_id": "c", "tenant": "t", "scim_url": "/s", "scim_token": "t" }),
        )
    })
    .await
}

fn endpoint(
    cloud: &HttpServer,
    kind: ProxyKind,
    port: u16,
    user: Option<(&str, &str)>,
) -> Endpoint {
    let proxy = ProxySettings {
        kind,
        host: "127.0.0.1".into(),
        port,
        user: user.map(|(name, _)| name.to_owned()),
        from: None,
    };
    let password = user.map(|(_, password)| Secret::new(password));
    Endpoint::new(
        "https://cloud.example",
        Some(&cloud.authority.pem),
        &[443, 6061],
        Some((proxy, password)),
    )
    .unwrap()
}

async fn result(endpoint: &Endpoint) -> Option<Code> {
    let keys = ConnectorKeys::generate().unwrap();
    register(endpoint, &Secret::new("K"), &keys, "h", "v").await.err().map(|e| e.code)
}

#[tokio::test]
async fn tunnels_open_with_the_right_credentials() {
    let cloud = cloud().await;
    for kind in KINDS {
        for (rule, user) in [(Rule::Anybody, None), (Rule::Ann, Some(("ann", "secret")))] {
            let proxy = ProxyServer::start(kind, rule, cloud.address.port()).await;
            assert_eq!(result(&endpoint(&cloud, kind, proxy.port, user)).await, None, "{kind:?}");
        }
    }
}

#[tokio::test]
async fn wrong_or_missing_credentials_are_told_apart_from_a_refusal() {
    let cloud = cloud().await;
    for kind in KINDS {
        let proxy = ProxyServer::start(kind, Rule::Ann, cloud.address.port()).await;
        for user in [None, Some(("bob", "wrong"))] {
            let code = result(&endpoint(&cloud, kind, proxy.port, user)).await;
            assert_eq!(code, Some(Code::ProxyCredentials), "{kind:?} {user:?}");
        }
        let closed = ProxyServer::start(kind, Rule::Nobody, cloud.address.port()).await;
        let code = result(&endpoint(&cloud, kind, closed.port, None)).await;
        assert_eq!(code, Some(Code::ProxyRefused), "{kind:?}");
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_unreachable() {
    let cloud = cloud().await;
    for kind in KINDS {
        let code = result(&endpoint(&cloud, kind, dead_port().await, None)).await;
        assert_eq!(code, Some(Code::ProxyUnreachable), "{kind:?}");
    }
}

#[tokio::test]
async fn the_check_names_the_proxy() {
    let cloud = cloud().await;
    let proxy = ProxyServer::start(ProxyKind::Socks5, Rule::Anybody, cloud.address.port()).await;
    let checks = check(&endpoint(&cloud, ProxyKind::Socks5, proxy.port, None)).await;
    assert_eq!(checks[0].status, CheckStatus::Skip, "the proxy resolves");
    let Some(CheckFinding::ConnectedThroughProxy { proxy: named }) = &checks[1].found else {
        panic!("{checks:?}")
    };
    assert!(named.ends_with(&format!(":{}", proxy.port)), "{named}");
    assert_eq!(checks[2].status, CheckStatus::Pass);
}

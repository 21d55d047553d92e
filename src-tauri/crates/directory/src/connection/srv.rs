//! Domain controllers from DNS (MS-ADTS 6.3.6: `_ldap._tcp.dc._msdcs.DOMAIN`).

use connector_model::{Code, Error, HostPort, Result};
use futures_util::future::BoxFuture;
use hickory_resolver::proto::rr::RData;
use hickory_resolver::{ResolverBuilder, TokioResolver};
use std::cmp::Reverse;
use std::time::Duration;

/// More domain controllers than this are not needed to find one that answers.
const ENOUGH: usize = 32;

/// Domain controllers of a DNS domain, by priority and then weight (RFC 2782). Ports are left to the account's
/// security. DNS is not protected: only names inside the domain are taken, so that whoever forges an answer cannot lead
/// passwords to a server with a certificate for a name of their own (RFC 6125, 6.2.1).
pub fn discover_domain_controllers(
    domain: &str,
    deadline: Duration,
) -> BoxFuture<'_, Result<Vec<HostPort>>> {
    Box::pin(async move {
        let resolver = TokioResolver::builder_tokio()
            .and_then(ResolverBuilder::build)
            .map_err(|_| failed(domain, "the DNS settings of this computer cannot be read"))?;
        discover(&resolver, domain, deadline).await
    })
}

async fn discover(
    resolver: &TokioResolver,
    domain: &str,
    deadline: Duration,
) -> Result<Vec<HostPort>> {
    let domain = domain.trim_matches('.');
    let look_up = resolver.srv_lookup(format!("_ldap._tcp.dc._msdcs.{domain}."));
    let answer = tokio::time::timeout(deadline, look_up)
        .await
        .map_err(|_| failed(domain, "the DNS server did not answer in time"))?
        .map_err(|_| failed(domain, "DNS has no such record"))?;
    let mut found: Vec<_> = answer
        .answers()
        .iter()
        .filter_map(|record| match &record.data {
            RData::SRV(srv) => {
                let host = srv.target.to_utf8().trim_end_matches('.').to_ascii_lowercase();
                Some((srv.priority, Reverse(srv.weight), host))
            }
            _ => None,
        })
        .collect();
    found.sort();
    let inside = format!(".{}", domain.to_ascii_lowercase());
    let (ours, foreign): (Vec<_>, Vec<_>) =
        found.into_iter().map(|(.., host)| host).partition(|host| host.ends_with(&inside));
    let servers: Vec<HostPort> =
        ours.iter().take(ENOUGH).filter_map(|host| host.parse().ok()).collect();
    match foreign.first() {
        _ if !servers.is_empty() => Ok(servers),
        Some(host) => {
            let why = format!("DNS names only servers outside of the domain, such as {host}");
            Err(failed(domain, &why))
        }
        None => Err(failed(domain, "DNS names none")),
    }
}

fn failed(domain: &str, why: &str) -> Error {
    let text = format!("No domain controllers were found for {domain}: {why}.");
    Error::new(Code::ResolveFailed, text)
        .with_action("Check the domain name, or enter the servers yourself.")
        .at("domain")
}

#[cfg(test)]
mod tests {
    use super::*;
    use hickory_resolver::config::{
        ConnectionConfig, NameServerConfig, ProtocolConfig, ResolverConfig,
    };
    use hickory_resolver::net::runtime::TokioRuntimeProvider;
    use hickory_resolver::proto::op::{Message, OpCode};
    use hickory_resolver::proto::rr::rdata::SRV;
    use hickory_resolver::proto::rr::{Name, Record};
    use tokio::net::UdpSocket;

    /// A DNS server that answers every question with these records; with none, it stays silent.
    async fn dns(records: &'static [(u16, u16, &'static str)]) -> TokioResolver {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let mut connection = ConnectionConfig::new(ProtocolConfig::Udp);
        connection.port = socket.local_addr().unwrap().port();
        tokio::spawn(async move {
            let mut bytes = [0; 1500];
            while let Ok((length, from)) = socket.recv_from(&mut bytes).await {
                if records.is_empty() {
                    continue;
                }
                let asked = Message::from_vec(&bytes[..length]).unwrap();
                let question = asked.queries.first().unwrap().clone();
                assert_eq!(question.name().to_string(), "_ldap._tcp.dc._msdcs.corp.example.com.");
                let mut answer = Message::response(asked.metadata.id, OpCode::Query);
                for (priority, weight, host) in records {
                    let srv = SRV::new(*priority, *weight, 389, Name::from_utf8(host).unwrap());
                    let name = question.name().clone();
                    answer.add_answer(Record::from_rdata(name, 60, RData::SRV(srv)));
                }
                answer.add_query(question);
                socket.send_to(&answer.to_vec().unwrap(), from).await.unwrap();
            }
        });
        let server = NameServerConfig::new("127.0.0.1".parse().unwrap(), true, vec![connection]);
        let config = ResolverConfig::from_parts(None, vec![], vec![server]);
        TokioResolver::builder_with_config(config, TokioRuntimeProvider::default()).build().unwrap()
    }

    async fn ask(records: &'static [(u16, u16, &'static str)]) -> Result<Vec<String>> {
        let resolver = dns(records).await;
        let found = discover(&resolver, "Corp.example.com.", Duration::from_millis(800)).await?;
        Ok(found.iter().map(|server| server.host.clone()).collect())
    }

    #[tokio::test]
    async fn they_come_by_priority_and_weight_and_only_from_the_domain() {
        let records = &[
            (10, 100, "dc3.corp.example.com."),
            (0, 50, "dc2.corp.example.com."),
            (0, 100, "DC1.Corp.Example.com."),
            (0, 999, "dc1.corp.example.com.other.example."),
            (0, 998, "xcorp.example.com."),
        ];
        let found = ask(records).await.unwrap();
        assert_eq!(found, ["dc1.corp.example.com", "dc2.corp.example.com", "dc3.corp.example.com"]);
    }

    #[tokio::test]
    async fn foreign_names_and_silence_are_errors_with_the_reason() {
        let error = ask(&[(0, 0, "dc1.other.example.")]).await.unwrap_err();
        assert_eq!((error.code, error.field.as_deref()), (Code::ResolveFailed, Some("domain")));
        assert!(error.message.contains("outside of the domain, such as dc1.other.example"));
        let error = ask(&[]).await.unwrap_err();
        assert_eq!(error.code, Code::ResolveFailed);
        assert!(error.message.contains("did not answer in time"), "{}", error.message);
    }
}

//! Domain controllers from DNS (MS-ADTS 6.3.6: `_ldap._tcp.dc._msdcs.DOMAIN`).

use connector_model::{Code, Error, HostPort, Result};
use hickory_resolver::TokioResolver;
use hickory_resolver::proto::rr::RData;
use std::time::Duration;

/// Domain controllers of a DNS domain, by priority and then weight (RFC 2782). Ports are left to the account's security.
pub async fn discover_domain_controllers(
    domain: &str,
    deadline: Duration,
) -> Result<Vec<HostPort>> {
    let name = format!("_ldap._tcp.dc._msdcs.{}.", domain.trim_end_matches('.'));
    let failed = |why: &str| {
        Error::new(
            Code::ResolveFailed,
            format!("No domain controllers were found for {domain}: {why}."),
        )
        .with_action("Check the domain's name, or name the servers yourself.")
        .at("domain")
    };
    let resolver = TokioResolver::builder_tokio()
        .and_then(hickory_resolver::ResolverBuilder::build)
        .map_err(|_| failed("the DNS settings of this machine cannot be read"))?;
    let answer = tokio::time::timeout(deadline, resolver.srv_lookup(name))
        .await
        .map_err(|_| failed("the DNS server did not answer in time"))?
        .map_err(|_| failed("DNS has no such record"))?;
    let mut found: Vec<(u16, std::cmp::Reverse<u16>, String)> = answer
        .answers()
        .iter()
        .filter_map(|record| match &record.data {
            RData::SRV(srv) => {
                let host = srv.target.to_utf8().trim_end_matches('.').to_owned();
                Some((srv.priority, std::cmp::Reverse(srv.weight), host))
            }
            _ => None,
        })
        .collect();
    found.sort();
    found.truncate(32);
    let servers: Vec<HostPort> =
        found.into_iter().filter_map(|(.., host)| host.parse().ok()).collect();
    if servers.is_empty() { Err(failed("DNS names none")) } else { Ok(servers) }
}

//! Every step to a directory, one after the other: the first that fails explains the rest.

use crate::client::DirectoryClient;
use crate::context::DirectoryContext;
use crate::search::run::{self, Query, Scope};
use connector_model::{Check, Code, Dn, Error, Filter, HostPort, Result, Security};

/// Steps in their order; later ones are skipped once one failed.
const STEPS: [&str; 4] = ["resolve", "connect", "tls", "bind"];

impl DirectoryClient {
    /// Every step from resolving the host to reading one person below each base.
    pub async fn check(&self, bases: &[Dn]) -> Vec<Check> {
        all_steps(self, bases).await
    }

    /// The steps that need no name and password: resolve, connect, TLS, on every server.
    pub async fn check_unbound(&self) -> Vec<Check> {
        unbound(self).await
    }
}

async fn all_steps(client: &DirectoryClient, bases: &[Dn]) -> Vec<Check> {
    let mut checks = vec![];
    let servers = match servers(client).await {
        Ok(servers) => servers,
        Err(failed) => return vec![failed],
    };
    let mut reachable = false;
    for server in &servers {
        reachable |= reach(client, server, true, &mut checks).await;
    }
    let target = servers.first().map(ToString::to_string).unwrap_or_default();
    if !reachable {
        checks.extend(
            ["root_dse", "base_dn", "sample_read"]
                .map(|step| Check::skip(step, &*target, "Not reached.")),
        );
        return checks;
    }
    let context = match client.context().await {
        Ok(context) => context,
        Err(error) => {
            checks.push(Check::fail("root_dse", target, &error));
            return checks;
        }
    };
    let found = context.root.bases.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    let label = context.root.kind.label();
    checks.push(Check::pass("root_dse", &*target, format!("{label}; base DNs: {found}.")));
    let wanted = if bases.is_empty() { context.root.bases.clone() } else { bases.to_vec() };
    for base in &wanted {
        check_base(&context.view(), base, &mut checks).await;
    }
    checks
}

/// The steps before a bind, on every server.
async fn unbound(client: &DirectoryClient) -> Vec<Check> {
    let mut checks = vec![];
    match servers(client).await {
        Ok(servers) => {
            for server in &servers {
                reach(client, server, false, &mut checks).await;
            }
        }
        Err(failed) => checks.push(failed),
    }
    checks
}

async fn servers(client: &DirectoryClient) -> std::result::Result<Vec<HostPort>, Check> {
    client.connector().servers().await.map_err(|error| {
        let target = client.account().domain.clone().unwrap_or_default();
        Check::fail("resolve", target, &error)
    })
}

/// Resolve, connect, TLS and, where asked for, bind on one server.
async fn reach(
    client: &DirectoryClient,
    server: &HostPort,
    bind: bool,
    checks: &mut Vec<Check>,
) -> bool {
    let connector = client.connector();
    let target = format!("{}:{}", server.host, connector.port(server));
    let mut done = 0;
    let result: Result<()> = async {
        let addresses = connector.resolve(server).await?;
        let list = addresses.iter().map(|a| a.ip().to_string()).collect::<Vec<_>>().join(", ");
        checks.push(Check::pass("resolve", &*target, list));
        done = 1;
        let tcp = connector.open(server, &addresses).await?;
        checks.push(Check::pass("connect", &*target, "TCP connection opened."));
        done = 2;
        if client.account().security == Security::Plain {
            drop(tcp);
            checks.push(Check::skip(
                "tls",
                &*target,
                "Turned off for this account: passwords can be read on the network.",
            ));
        } else {
            connector.secure(server, tcp).await?;
            let issuer = connector.issuer().unwrap_or_default();
            checks.push(Check::pass(
                "tls",
                &*target,
                format!("Certificate verified, issued by {issuer}."),
            ));
        }
        done = 3;
        if !bind {
            return Ok(());
        }
        client.bind_once(server).await?;
        checks.push(Check::pass(
            "bind",
            &*target,
            format!("Bound as {}.", client.account().bind_name.0),
        ));
        Ok(())
    }
    .await;
    if let Err(error) = &result {
        checks.push(Check::fail(STEPS[done], &*target, error));
        let steps = if bind { &STEPS[..] } else { &STEPS[..3] };
        checks.extend(
            steps[done + 1..]
                .iter()
                .map(|step| Check::skip(step, &*target, format!("{} failed.", STEPS[done]))),
        );
    }
    result.is_ok()
}

async fn check_base(context: &DirectoryContext<'_>, base: &Dn, checks: &mut Vec<Check>) {
    let any = Filter::present("objectClass");
    let query = Query { base, scope: Scope::Base, filter: &any, attributes: &["1.1"] };
    let seen = run::collect(context.pool, &query, 1, context.limits.operation).await;
    let seen = match seen {
        Ok(found) if found.entries.is_empty() => Err(no_rights(base)),
        // A base that the server itself names exists: if it cannot be seen, rights are missing.
        Err(e)
            if e.code == Code::BaseNotFound
                && context.root.bases.iter().any(|b| b.key() == base.key()) =>
        {
            Err(no_rights(base))
        }
        other => other.map(|_| ()),
    };
    if let Err(error) = seen {
        checks.push(Check::fail("base_dn", base.as_str(), &error.at("base_dn")));
        checks.push(Check::skip("sample_read", base.as_str(), "base_dn failed."));
        return;
    }
    checks.push(Check::pass("base_dn", base.as_str(), "Exists."));
    let people = context.names.person_filter();
    let attributes = context.names.person_attributes();
    let query = Query { base, scope: Scope::Subtree, filter: &people, attributes: &attributes };
    let check = match run::collect(context.pool, &query, 1, context.limits.operation).await {
        Err(error) => Check::fail("sample_read", base.as_str(), &error),
        Ok(found) => {
            match found
                .entries
                .first()
                .map(|entry| crate::people::person_entry::person(entry, context.names))
            {
                None => Check::fail("sample_read", base.as_str(), &no_rights(base)),
                Some(Err(error)) => Check::fail("sample_read", base.as_str(), &error),
                Some(Ok(_)) => Check::pass("sample_read", base.as_str(), "People can be read."),
            }
        }
    };
    checks.push(check);
}

fn no_rights(base: &Dn) -> Error {
    Error::new(Code::NoReadRights, format!("The bind account cannot read anybody below {base}."))
}

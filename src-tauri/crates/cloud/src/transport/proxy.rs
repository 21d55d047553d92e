//! Through a proxy: HTTP CONNECT (RFC 9110, 9.3.6), SOCKS 4a, SOCKS 5 (RFC 1928, RFC 1929).

use crate::transport::endpoint::{AGENT, Proxy, STEP};
use crate::transport::{page, tcp};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use connector_model::settings::ProxyKind;
use connector_model::{Code, Error, Result, Secret};
use http_body_util::Empty;
use hyper::body::{Bytes, Incoming};
use hyper::header::{
    HOST, HeaderMap, HeaderValue, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, USER_AGENT,
    WWW_AUTHENTICATE,
};
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use std::pin::pin;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_socks::tcp::{Socks4Stream, Socks5Stream};
use zeroize::Zeroizing;

/// Most bytes of a proxy's answer head.
const MAX_HEAD: usize = 16 * 1024;

/// A connection to `host:port` through the proxy, which also resolves the name.
pub(crate) async fn connect(proxy: &Proxy, host: &str, port: u16) -> Result<TcpStream> {
    let at = tcp::target(&proxy.settings.host, proxy.settings.port);
    let unreachable = |why: &str| {
        Error::new(Code::ProxyUnreachable, format!("The proxy {at} cannot be reached: {why}"))
    };
    let addresses = tcp::resolve(&proxy.settings.host, proxy.settings.port)
        .await
        .map_err(|e| unreachable(&e.message))?;
    let stream = tcp::tcp(&addresses, &at).await.map_err(|e| unreachable(&e.message))?;
    let tunnel = async {
        match proxy.settings.kind {
            ProxyKind::Http => http(stream, proxy, host, port).await,
            ProxyKind::Socks4 => socks4(stream, proxy, host, port).await,
            ProxyKind::Socks5 => socks5(stream, proxy, host, port).await,
        }
    };
    timeout(STEP * 2, tunnel).await.map_err(|_| unreachable("it did not answer in time."))?
}

async fn http(stream: TcpStream, proxy: &Proxy, host: &str, port: u16) -> Result<TcpStream> {
    let broken = |_: hyper::Error| {
        Error::new(Code::ProxyUnreachable, "The proxy does not follow the HTTP protocol.")
    };
    let (mut sender, connection) = hyper::client::conn::http1::Builder::new()
        .max_buf_size(MAX_HEAD)
        .handshake::<_, Empty<Bytes>>(TokioIo::new(stream))
        .await
        .map_err(broken)?;
    let target = tcp::target(host, port);
    let mut request = Request::builder().method(Method::CONNECT).uri(&target);
    request = request.header(HOST, &target).header(USER_AGENT, AGENT);
    let mut secrets: Vec<Secret> = proxy.password.iter().cloned().collect();
    if let Some(user) = &proxy.settings.user {
        let credentials = credentials(user, proxy.password.as_ref());
        request = request.header(PROXY_AUTHORIZATION, basic(&credentials)?);
        secrets.push(credentials);
    }
    let request = request.body(Empty::new()).map_err(|_| {
        Error::new(Code::InvalidInput, "The cloud's address cannot be given to a proxy.")
            .at("cloud")
    })?;
    let exchange = async {
        let response = sender.send_request(request).await.map_err(broken)?;
        let response = accepted(response, &target, &secrets).await?;
        hyper::upgrade::on(response).await.map_err(broken)
    };
    // The connection hands its stream over to `exchange`, so both have to be driven.
    let (mut exchange, mut connection) = (pin!(exchange), pin!(connection.with_upgrades()));
    let upgraded = tokio::select! {
        upgraded = &mut exchange => upgraded?,
        _ = &mut connection => exchange.await?,
    };
    let parts = upgraded
        .downcast::<TokioIo<TcpStream>>()
        .map_err(|_| Error::new(Code::Internal, "The proxy connection has an unexpected type."))?;
    if parts.read_buf.is_empty() {
        Ok(parts.io.into_inner())
    } else {
        Err(Error::new(Code::ProtocolViolation, "The proxy sent data before the tunnel was used."))
    }
}

/// What a proxy says where it does not let us through, its own page with it: what to ask for, and whom, is often there.
async fn accepted(
    response: Response<Incoming>,
    target: &str,
    secrets: &[Secret],
) -> Result<Response<Incoming>> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let (head, body) = response.into_parts();
    let error = match status {
        // Tinyproxy says of itself what only a server says (RFC 9110, 15.5.2).
        StatusCode::PROXY_AUTHENTICATION_REQUIRED | StatusCode::UNAUTHORIZED => {
            unauthorized(&head.headers)
        }
        status => {
            let error = refused(target, &format!("status {}", status.as_u16()));
            match advice(status) {
                Some(advice) => error.with_action(advice),
                None => error,
            }
        }
    };
    Err(match page::words_of(body, secrets).await {
        Some(words) => {
            let told = format!("{} It says: \"{words}\"", error.message);
            Error::new(error.code, told).with_action(error.action)
        }
        None => error,
    })
}

/// What helps where the proxy forbids nothing.
fn advice(status: StatusCode) -> Option<&'static str> {
    // RFC 6585, section 6: whoever is behind the proxy has to sign in to the network first.
    if status.is_redirection() || status == StatusCode::NETWORK_AUTHENTICATION_REQUIRED {
        return Some(
            "The proxy wants somebody to sign in on a page of its own. Ask for this computer to be let through without it.",
        );
    }
    status.is_server_error().then_some(
        "The proxy itself cannot reach the cloud. Ask whoever runs it to look at its name resolution and its way out.",
    )
}

/// What a proxy asks for that lets nobody through without it (RFC 9110, 11.7.1).
fn unauthorized(headers: &HeaderMap) -> Error {
    let offered = schemes(headers);
    if offered.is_empty() || offered.iter().any(|scheme| scheme.eq_ignore_ascii_case("Basic")) {
        return Error::of(Code::ProxyCredentials);
    }
    let text = format!("The proxy signs in with {} only.", offered.join(" or "));
    Error::new(Code::ProxyMethod, text)
}

/// Names of the ways to sign in that an answer offers, each once. A challenge begins with a name; its parameters have an equals
/// sign, and a token stands alone behind a name.
fn schemes(headers: &HeaderMap) -> Vec<String> {
    let mut names: Vec<String> = vec![];
    let asked = [PROXY_AUTHENTICATE, WWW_AUTHENTICATE];
    let values = asked.iter().flat_map(|name| headers.get_all(name));
    let values = values.filter_map(|value| value.to_str().ok());
    for part in values.flat_map(|value| value.split(',')) {
        let first = part.split_whitespace().next().unwrap_or_default();
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '+');
        let known = names.iter().any(|name| name.eq_ignore_ascii_case(first));
        let is_scheme = !first.is_empty() && first.len() <= 32 && first.chars().all(is_name);
        if is_scheme && !known && names.len() < 8 {
            names.push(first.to_owned());
        }
    }
    names
}

/// What goes over the wire of a user and a password (RFC 7617, section 2).
fn credentials(user: &str, password: Option<&Secret>) -> Secret {
    let mut plain = Zeroizing::new(format!("{user}:").into_bytes());
    plain.extend_from_slice(password.map_or(&[], Secret::expose));
    Secret::from(STANDARD.encode(&*plain))
}

fn basic(credentials: &Secret) -> Result<HeaderValue> {
    let text = Zeroizing::new(format!("Basic {}", credentials.expose_str().unwrap_or_default()));
    let mut value = HeaderValue::from_str(&text).map_err(|_| {
        Error::new(Code::InvalidInput, "The proxy's user name or password cannot be sent.")
            .at("proxy")
    })?;
    value.set_sensitive(true);
    Ok(value)
}

async fn socks4(stream: TcpStream, proxy: &Proxy, host: &str, port: u16) -> Result<TcpStream> {
    let result = match proxy.settings.user.as_deref() {
        Some(user) => {
            Socks4Stream::connect_with_userid_and_socket(stream, (host, port), user).await
        }
        None => Socks4Stream::connect_with_socket(stream, (host, port)).await,
    };
    result
        .map(Socks4Stream::into_inner)
        .map_err(|e| socks_error(&e, proxy.settings.user.is_some(), host, port))
}

async fn socks5(stream: TcpStream, proxy: &Proxy, host: &str, port: u16) -> Result<TcpStream> {
    let password = proxy.password.as_ref().and_then(Secret::expose_str).unwrap_or_default();
    let result = match proxy.settings.user.as_deref() {
        Some(user) => {
            Socks5Stream::connect_with_password_and_socket(stream, (host, port), user, password)
                .await
        }
        None => Socks5Stream::connect_with_socket(stream, (host, port)).await,
    };
    result
        .map(Socks5Stream::into_inner)
        .map_err(|e| socks_error(&e, proxy.settings.user.is_some(), host, port))
}

fn socks_error(error: &tokio_socks::Error, has_user: bool, host: &str, port: u16) -> Error {
    use tokio_socks::Error as E;
    match error {
        E::NoAcceptableAuthMethods if has_user => Error::new(
            Code::ProxyMethod,
            "The proxy lets nobody through with a user name and a password, nor without.",
        ),
        E::PasswordAuthFailure(_)
        | E::AuthorizationRequired
        | E::NoAcceptableAuthMethods
        | E::InvalidAuthValues(_)
        | E::IdentdAuthFailure
        | E::InvalidUserIdAuthFailure => Error::of(Code::ProxyCredentials),
        E::Io(e) => Error::new(
            Code::ProxyUnreachable,
            format!("The proxy closed the connection: {}.", e.kind()),
        ),
        E::InvalidResponseVersion
        | E::InvalidReservedByte
        | E::UnknownAuthMethod
        | E::UnknownAddressType => {
            Error::new(Code::ProxyUnreachable, "The proxy does not follow the SOCKS protocol.")
                .with_action("Check the proxy's kind, address and port.")
        }
        other => refused(&tcp::target(host, port), &other.to_string()),
    }
}

fn refused(target: &str, why: &str) -> Error {
    Error::new(Code::ProxyRefused, format!("The proxy refused the connection to {target} ({why})."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(values: &[&'static str]) -> Error {
        let values = values.iter().map(|v| (PROXY_AUTHENTICATE, HeaderValue::from_static(v)));
        unauthorized(&values.collect())
    }

    #[test]
    fn what_forbids_nothing_is_not_to_be_allowed() {
        for (status, words) in [
            (302, "sign in on a page"),
            (511, "sign in on a page"),
            (502, "cannot reach the cloud"),
        ] {
            let advice = advice(StatusCode::from_u16(status).unwrap()).unwrap();
            assert!(advice.contains(words), "{status}: {advice}");
        }
        assert_eq!(advice(StatusCode::FORBIDDEN), None);
    }

    #[test]
    fn a_proxy_that_signs_in_in_other_ways_is_named_as_such() {
        for offered in
            [&["Digest realm=\"a, b\", qop=\"auth\", nonce=\"x\""][..], &["Kerberos", "NTLM"]]
        {
            let error = asked(offered);
            assert_eq!(error.code, Code::ProxyMethod, "{offered:?}");
            assert!(error.message.contains(offered[0].split(' ').next().unwrap()), "{error}");
        }
        assert_eq!(
            asked(&["Negotiate, NTLM"]).message,
            "The proxy signs in with Negotiate or NTLM only."
        );
        for offered in [&["NTLM", "basic realm=\"x\""][..], &["Negotiate, Basic realm=x"], &[]] {
            assert_eq!(asked(offered).code, Code::ProxyCredentials, "{offered:?}");
        }
    }
}

//! An HTTPS server that answers by a closure.

use crate::peers::authority::{Authority, Listener};
use connector_cloud::Endpoint;
use http_body_util::{BodyExt, Collected, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use std::future::Future;
use std::net::SocketAddr;
use tokio_util::task::AbortOnDropHandle;

pub type Answer = Response<Full<Bytes>>;

pub struct HttpServer {
    pub address: SocketAddr,
    pub authority: Authority,
    _task: AbortOnDropHandle<()>,
}

impl HttpServer {
    /// Serves `handler`, which gets the head and the whole body.
    pub async fn start<H, F>(handler: H) -> Self
    where
        H: Fn(Request<()>, Bytes) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Answer> + Send + 'static,
    {
        let authority = Authority::new();
        let listener = authority.listen().await;
        let address = listener.address();
        let task = AbortOnDropHandle::new(tokio::spawn(serve(listener, handler)));
        Self { address, authority, _task: task }
    }

    pub fn endpoint(&self) -> Endpoint {
        self.authority.endpoint(self.address)
    }

    pub fn url(&self, path: &str) -> String {
        format!("https://{}{path}", self.address)
    }
}

pub async fn serve<H, F>(listener: Listener, handler: H)
where
    H: Fn(Request<()>, Bytes) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Answer> + Send + 'static,
{
    let mut connections = tokio::task::JoinSet::new();
    loop {
        let stream = listener.accept().await;
        let handler = handler.clone();
        connections.spawn(async move {
            let service = service_fn(move |request: Request<Incoming>| {
                let handler = handler.clone();
                async move {
                    let (head, body) = request.into_parts();
                    let body = body.collect().await.map(Collected::to_bytes).unwrap_or_default();
                    let answer = handler(Request::from_parts(head, ()), body).await;
                    match answer.extensions().get::<HangUp>() {
                        Some(_) => Err(std::io::Error::other("hung up")),
                        None => Ok(answer),
                    }
                }
            });
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

#[derive(Clone)]
struct HangUp;

/// No answer: the connection is closed, after whatever was done.
pub fn hang_up() -> Answer {
    let mut answer = Answer::default();
    answer.extensions_mut().insert(HangUp);
    answer
}

pub fn json(status: u16, value: &serde_json::Value) -> Answer {
    text(status, &value.to_string())
}

pub fn text(status: u16, body: &str) -> Answer {
    Response::builder().status(status).body(Full::new(Bytes::from(body.to_owned()))).unwrap()
}

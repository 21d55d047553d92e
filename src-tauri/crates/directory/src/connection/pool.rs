//! Connections kept for re-use: one pool bound as the reading account, one for checking passwords.
//! A connection goes back only after a clean end; dropped half-way, it is closed.
//!
//! Firewalls forget flows without a word, and usually many at once: a connection that was quiet is asked whether it is
//! still there, and the first one that does not answer takes all others of its account with it.

use crate::connection::connect::Connector;
use crate::connection::limits::Limits;
use crate::connection::session::Session;
use crate::ldap_error;
use connector_model::{BindName, Code, Error, PasswordNotice, Result, Secret};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A connection on which nothing arrived for so long is asked before it is used.
const QUIET: Duration = Duration::from_millis(100);

pub(crate) struct Pool {
    connector: Arc<Connector>,
    /// Who binds at the start; `None` for connections that people bind on.
    reader: Option<(BindName, Secret)>,
    /// What the server said of the reader's password the last time.
    notice: Mutex<Option<PasswordNotice>>,
    idle: Mutex<Vec<Session>>,
    places: Arc<Semaphore>,
}

/// A connection on loan.
pub(crate) struct Lease<'a> {
    pool: &'a Pool,
    session: Option<Session>,
    /// Whether it was used before: then its loss says nothing about the server.
    pub reused: bool,
    _place: Option<OwnedSemaphorePermit>,
}

impl Pool {
    pub fn new(connector: Arc<Connector>, reader: Option<(BindName, Secret)>) -> Self {
        let places = Arc::new(Semaphore::new(connector.limits.pool_size));
        Self { connector, reader, notice: Mutex::default(), idle: Mutex::default(), places }
    }

    /// A connection, re-used when there is one. `fresh` asks for a new one.
    pub async fn lease(&self, fresh: bool) -> Result<Lease<'_>> {
        let wait = tokio::time::timeout(
            self.connector.limits.operation,
            self.places.clone().acquire_owned(),
        );
        let place = match wait.await {
            Ok(Ok(place)) => place,
            Ok(Err(_)) => return Err(Error::of(Code::Cancelled)),
            Err(_) => {
                return Err(Error::new(
                    Code::DirectoryBusy,
                    "All connections to the directory are busy.",
                ));
            }
        };
        if !fresh {
            while let Some(mut session) = self.idle.lock().ok().and_then(|mut idle| idle.pop()) {
                if self.is_usable(&mut session).await {
                    return Ok(Lease {
                        pool: self,
                        session: Some(session),
                        reused: true,
                        _place: Some(place),
                    });
                }
            }
        }
        let session = Some(self.open().await?);
        Ok(Lease { pool: self, session, reused: false, _place: Some(place) })
    }

    /// A new connection that takes no place from the others, for searches that last.
    pub async fn apart(&self) -> Result<Lease<'_>> {
        let session = Some(self.open().await?);
        Ok(Lease { pool: self, session, reused: false, _place: None })
    }

    /// Whether a connection from the pool is good: neither old nor doubtful, and there where it was quiet.
    async fn is_usable(&self, session: &mut Session) -> bool {
        if !session.is_fresh() || session.era != self.connector.era() {
            return false;
        }
        if session.quiet_for() < QUIET {
            return true;
        }
        let answers = Box::pin(session.answers()).await;
        if !answers {
            self.connector.doubt_all();
        }
        answers
    }

    async fn open(&self) -> Result<Session> {
        let mut session = self.connector.connect().await?;
        if let Some((name, password)) = &self.reader {
            let result = session.bind(&name.0, password, self.connector.limits.bind).await?;
            if matches!(result.rc, 51 | 52) {
                self.connector.prefer_another();
            }
            let notice = ldap_error::reader_bound(&result)?;
            *self.notice.lock().unwrap_or_else(PoisonError::into_inner) = notice;
        }
        Ok(session)
    }

    /// What the server said of the reader's password the last time.
    pub fn notice(&self) -> Option<PasswordNotice> {
        *self.notice.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lease<'_> {
    /// The connection; `internal` only after `give_back`.
    pub fn session(&mut self) -> Result<&mut Session> {
        self.session.as_mut().ok_or_else(|| Error::of(Code::Internal))
    }

    /// How much to accept from it.
    pub fn limits(&self) -> &Limits {
        &self.pool.connector.limits
    }

    /// Whether an operation that failed so may be tried again on a new connection: the one that was re-used had died. All
    /// that are kept may have died with it.
    pub fn died(&self, error: &Error) -> bool {
        let lost = matches!(error.code, Code::ConnectionLost | Code::Timeout);
        if lost {
            self.pool.connector.doubt_all();
        }
        self.reused && error.code == Code::ConnectionLost
    }

    /// Puts the connection back after an operation that ended cleanly.
    pub fn give_back(mut self) {
        if let Some(mut session) = self.session.take()
            && session.is_fresh()
            && session.era == self.pool.connector.era()
            && let Ok(mut idle) = self.pool.idle.lock()
        {
            session.impatient = false;
            idle.push(session);
        }
    }
}

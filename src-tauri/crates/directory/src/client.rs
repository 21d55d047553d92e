//! One account's directory: what the rest of the connector calls.

use crate::changes;
use crate::connection::connect::Connector;
use crate::connection::limits::Limits;
use crate::connection::pool::Pool;
use crate::context::{DirectoryContext, Learned};
use crate::ldap_error;
use crate::password_policy;
use crate::people::find;
use crate::people::judge;
use crate::people::lockout::policy::KnownPolicies;
use crate::people::lockout::stamp;
use crate::people::named;
use crate::people::occupant;
use crate::people::read;
use crate::people::tombstones;
use crate::scope::browse;
use crate::scope::chosen;
use crate::scope::compile::{self, Scope};
use crate::scope::filter_check;
use crate::scope::members::cache::MemberCache;
use crate::search::attribute_names::Names;
use crate::search::root_dse::{self, RootDse};
use connector_model::{
    Account, BindVerdict, BrowseQuery, Changes, Code, Dn, Error, Filter, Finding, FoundPerson,
    HostPort, Identity, Judgement, LockoutPolicy, Mapping, Namesake, Node, Occupant,
    PasswordNotice, PeopleSearch, Person, ReadSummary, Result, ScopeRef, Secret, ServerKind,
    SignInOutcome, UserName, Watermark,
};
use connector_tls::Presented;
use futures_util::future::BoxFuture;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::{OnceCell, mpsc};

/// How long a mapping's resolved scope is good for look-ups of single people.
const SCOPE_LIFE: Duration = Duration::from_mins(1);

/// One registered directory with its pooled connections. Cheap to clone; every method has a deadline
/// ([`Limits`]) and may be dropped half-way.
#[derive(Clone)]
pub struct DirectoryClient {
    inner: Arc<Inner>,
}

/// When a mapping was resolved, how it read then, and what it resolved to.
type KnownScope = (Instant, Mapping, Arc<Scope>);

struct Inner {
    account: Account,
    password: Secret,
    connector: Arc<Connector>,
    readers: Pool,
    people: Pool,
    facts: OnceCell<(RootDse, Names)>,
    learned: Learned,
    scopes: Mutex<HashMap<String, KnownScope>>,
    members: MemberCache,
    policies: KnownPolicies,
}

impl DirectoryClient {
    /// Prepares connections; nothing is sent yet. Fails on an unusable CA.
    pub fn new(account: Account, password: Secret, limits: Limits) -> Result<Self> {
        let connector = Arc::new(Connector::new(account.clone(), limits)?);
        let reader = Some((account.bind_name.clone(), password.clone()));
        Ok(Self {
            inner: Arc::new(Inner {
                readers: Pool::new(connector.clone(), reader),
                people: Pool::new(connector.clone(), None),
                facts: OnceCell::new(),
                learned: Learned::default(),
                scopes: Mutex::default(),
                members: MemberCache::default(),
                policies: KnownPolicies::default(),
                account,
                password,
                connector,
            }),
        })
    }

    /// Kind of server, from the rootDSE.
    pub fn kind(&self) -> BoxFuture<'_, Result<ServerKind>> {
        Box::pin(async move { Ok(self.context().await?.root.kind) })
    }

    /// What the server says of itself to somebody who did not sign in: its kind, and the base DNs it names.
    pub fn describe_unbound(&self) -> BoxFuture<'_, Result<(ServerKind, Vec<Dn>)>> {
        Box::pin(async move {
            let limit = self.inner.connector.limits.operation;
            let root = root_dse::read(&self.inner.people, limit).await?;
            Ok((root.kind, root.bases))
        })
    }

    /// Naming contexts that hold people.
    pub fn bases(&self) -> BoxFuture<'_, Result<Vec<Node>>> {
        Box::pin(async move { browse::bases(&self.context().await?).await })
    }

    /// Organizational units one level below a node, or found by name.
    pub fn units<'a>(&'a self, query: &'a BrowseQuery) -> BoxFuture<'a, Result<Vec<Node>>> {
        Box::pin(async move { browse::units(&self.context().await?, query).await })
    }

    /// Groups below a node, or found by name, with their number of direct members.
    pub fn groups<'a>(&'a self, query: &'a BrowseQuery) -> BoxFuture<'a, Result<Vec<Node>>> {
        Box::pin(async move { browse::groups(&self.context().await?, query).await })
    }

    /// An OU or group by identity, else by DN; `scope_missing` when it is gone.
    pub fn resolve<'a>(&'a self, scope: &'a ScopeRef) -> BoxFuture<'a, Result<Node>> {
        Box::pin(async move { browse::resolve(&self.context().await?, scope).await })
    }

    /// A group that was chosen for a mapping, by identity, else by DN. `scope_missing` when it is not there,
    /// `wrong_scope` when it is none, `group_not_listed` when the server does not tell its members.
    pub fn chosen_group<'a>(&'a self, scope: &'a ScopeRef) -> BoxFuture<'a, Result<Node>> {
        Box::pin(async move { chosen::group(&self.context().await?, scope).await })
    }

    /// A base DN or organizational unit that was chosen for a mapping, by identity, else by DN. `scope_missing` when it is
    /// not there, `wrong_scope` when it is a person, a group, or something else that nobody is below.
    pub fn chosen_container<'a>(&'a self, scope: &'a ScopeRef) -> BoxFuture<'a, Result<Node>> {
        Box::pin(async move { chosen::container(&self.context().await?, scope).await })
    }

    /// Somebody who is named in a mapping: by identity, else by DN, else by user name or e-mail address below `base`.
    /// `scope_missing` when nobody is found, `invalid_mapping` when it is more than one.
    pub fn chosen_person<'a>(
        &'a self,
        base: &'a Dn,
        person: &'a ScopeRef,
    ) -> BoxFuture<'a, Result<ScopeRef>> {
        Box::pin(async move {
            let person = named::look_up(&self.context().await?, base, person).await?;
            Ok(ScopeRef { identity: Some(person.identity), dn: Some(person.dn) })
        })
    }

    /// People by a part of their name, or by identity.
    pub fn search_people<'a>(
        &'a self,
        query: &'a PeopleSearch,
    ) -> BoxFuture<'a, Result<Vec<FoundPerson>>> {
        Box::pin(async move { named::found(&self.context().await?, query).await })
    }

    /// Streams the people of a mapping in pages of at most [`Limits::page_size`].
    pub fn read_people<'a>(
        &'a self,
        mapping: &'a Mapping,
        pages: mpsc::Sender<Vec<Person>>,
    ) -> BoxFuture<'a, Result<ReadSummary>> {
        Box::pin(async move { read::read(&self.context().await?, mapping, pages).await })
    }

    /// Where the history of the server that answers now stands, for what is around a mapping.
    pub fn mark<'a>(&'a self, mapping: &'a Mapping) -> BoxFuture<'a, Result<Watermark>> {
        Box::pin(async move { changes::mark_now(&self.context().await?, &mapping.base_dn).await })
    }

    /// Follows what happens around a mapping after a watermark, until the connection ends, `changes` is closed, or
    /// `changes_unknown`: then only a full read tells.
    pub fn follow<'a>(
        &'a self,
        mapping: &'a Mapping,
        since: Watermark,
        changes: mpsc::Sender<Changes>,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(
            async move { changes::follow(&self.context().await?, mapping, since, changes).await },
        )
    }

    /// People of that name inside the mapping, at most 50.
    pub fn find_in_mapping<'a>(
        &'a self,
        mapping: &'a Mapping,
        user: &'a UserName,
    ) -> BoxFuture<'a, Result<Vec<Namesake>>> {
        Box::pin(async move {
            let context = self.context().await?;
            let scope = self.scope(&context, mapping).await?;
            find::in_mapping(&context, &scope, user).await
        })
    }

    /// People of that name anywhere below `base`, at most 50.
    pub fn find_anywhere<'a>(
        &'a self,
        base: &'a Dn,
        user: &'a UserName,
    ) -> BoxFuture<'a, Result<Vec<Person>>> {
        Box::pin(async move { find::anywhere(&self.context().await?, base, user).await })
    }

    /// Those of these identities (at most 100) who can be seen, wherever they are, and whether they belong to the mapping.
    pub fn judge<'a>(
        &'a self,
        mapping: &'a Mapping,
        identities: &'a [Identity],
    ) -> BoxFuture<'a, Result<Vec<(Person, Judgement)>>> {
        Box::pin(async move { judge::judge(&self.context().await?, mapping, identities).await })
    }

    /// Who is at a DN now.
    pub fn who_is_at<'a>(&'a self, dn: &'a Dn) -> BoxFuture<'a, Result<Occupant>> {
        Box::pin(async move { occupant::of(&self.context().await?, dn).await })
    }

    /// Refuses a filter (`invalid_filter`) that the directory cannot decide for anybody below `base`.
    pub fn check_filter<'a>(
        &'a self,
        base: &'a Dn,
        filter: &'a Filter,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move { filter_check::check(&self.context().await?, base, filter).await })
    }

    /// Groups of the mapping that are odd.
    pub fn odd_groups<'a>(&'a self, mapping: &'a Mapping) -> BoxFuture<'a, Result<Vec<Finding>>> {
        Box::pin(async move {
            crate::scope::group_findings::groups(&self.context().await?, mapping).await
        })
    }

    /// Those of these identities (at most 100) who are inside the mapping now.
    pub fn find_in_scope<'a>(
        &'a self,
        mapping: &'a Mapping,
        identities: &'a [Identity],
    ) -> BoxFuture<'a, Result<Vec<Person>>> {
        Box::pin(async move {
            let context = self.context().await?;
            let scope = compile::compile(&context, mapping).await?;
            find::in_scope(&context, &scope, identities).await
        })
    }

    /// Those of these identities (at most 100) whom the server shows as deleted; AD only, and only to accounts that may
    /// read deleted objects.
    pub fn tombstones<'a>(
        &'a self,
        identities: &'a [Identity],
    ) -> BoxFuture<'a, Result<Vec<Identity>>> {
        Box::pin(async move { tombstones::find(&self.context().await?, identities).await })
    }

    /// Whether anybody can be read directly in that container.
    pub fn has_people<'a>(&'a self, container: &'a Dn) -> BoxFuture<'a, Result<bool>> {
        Box::pin(async move { occupant::any_person(&self.context().await?, container).await })
    }

    /// After how many wrong passwords the directory locks the person; `None` where it does not, or does not say.
    pub fn lockout_policy<'a>(
        &'a self,
        dn: &'a Dn,
    ) -> BoxFuture<'a, Result<Option<LockoutPolicy>>> {
        Box::pin(async move { Ok(self.inner.policies.of(&self.context().await?, dn).await) })
    }

    /// Binds as the person (RFC 4513, 5.1.3) on a connection of its own kind. An empty password is refused here:
    /// many servers would call it an unauthenticated bind and answer success.
    pub fn verify_password<'a>(
        &'a self,
        dn: &'a Dn,
        password: &'a Secret,
    ) -> BoxFuture<'a, Result<BindVerdict>> {
        Box::pin(async move {
            let verdict = self.bind_as(dn, password).await?;
            if !matches!(verdict.outcome, SignInOutcome::WrongPassword | SignInOutcome::Locked) {
                return Ok(verdict);
            }
            let context = self.context().await?;
            // What a server without password policies would answer is clear already.
            if context.names.is_ad
                || !context.root.controls.iter().any(|c| c == password_policy::OID)
            {
                return Ok(verdict);
            }
            // The refusal stands, whether its reason can be read or not.
            let stamp = stamp::of(&context, dn).await.unwrap_or_default();
            Ok(stamp.map_or(verdict, BindVerdict::from))
        })
    }

    /// What the server said of the bind account's password when it was used last.
    pub fn password_notice(&self) -> Option<PasswordNotice> {
        self.inner.readers.notice()
    }

    async fn bind_as(&self, dn: &Dn, password: &Secret) -> Result<BindVerdict> {
        if password.is_empty() {
            return Err(Error::of(Code::EmptyPassword));
        }
        if password.expose_str().is_none() {
            return Ok(SignInOutcome::WrongPassword.into());
        }
        let limit = self.inner.connector.limits.bind;
        let mut fresh = false;
        loop {
            let mut lease = self.inner.people.lease(fresh).await?;
            match lease.session()?.bind(dn.as_str(), password, limit).await {
                Ok(result) => {
                    if matches!(result.rc, 51 | 52) {
                        self.inner.connector.prefer_another();
                    }
                    let verdict = ldap_error::verdict(&result);
                    lease.give_back();
                    return verdict;
                }
                Err(error) if lease.died(&error) && !fresh => fresh = true,
                Err(error) => return Err(error),
            }
        }
    }

    /// What the first reachable server presents, with the reason if it is not accepted. Nothing is bound.
    pub fn certificates(&self) -> BoxFuture<'_, Result<(Presented, Option<Error>)>> {
        Box::pin(async move {
            let outcome = self.inner.connector.connect().await;
            let presented = self.inner.connector.presented();
            match outcome {
                Err(error) if presented.certificates.is_empty() => Err(error),
                Err(error) => {
                    let why = presented.obstacle.clone().unwrap_or(error);
                    Ok((presented, Some(why)))
                }
                Ok(_) => Ok((presented, None)),
            }
        })
    }

    pub(crate) fn account(&self) -> &Account {
        &self.inner.account
    }

    pub(crate) fn connector(&self) -> &Connector {
        &self.inner.connector
    }

    /// The same account on one of its servers alone, over connections of its own.
    pub(crate) fn only(&self, server: &HostPort) -> Result<Self> {
        let inner = &*self.inner;
        let account = Account { servers: vec![server.clone()], ..inner.account.clone() };
        Self::new(account, inner.password.clone(), inner.connector.limits.clone())
    }

    /// Binds as the reading account; the connection is kept for what is read next. Each bind may be one of the last that
    /// the server accepts.
    pub(crate) async fn bind_reader(&self) -> Result<Option<PasswordNotice>> {
        self.inner.readers.lease(false).await?.give_back();
        Ok(self.password_notice())
    }

    pub(crate) async fn context(&self) -> Result<DirectoryContext<'_>> {
        let inner = &*self.inner;
        let limits = &inner.connector.limits;
        let (root, names) = inner
            .facts
            .get_or_try_init(|| async {
                let root = root_dse::read(&inner.readers, limits.operation).await?;
                let names = Names::new(root.kind, &inner.account)?;
                Ok::<_, Error>((root, names))
            })
            .await?;
        let (pool, learned, members) = (&inner.readers, &inner.learned, &inner.members);
        Ok(DirectoryContext { pool, root, names, limits, members, learned })
    }

    async fn scope(&self, context: &DirectoryContext<'_>, mapping: &Mapping) -> Result<Arc<Scope>> {
        let known = self.inner.scopes.lock().ok().and_then(|scopes| {
            let (since, of, scope) = scopes.get(&mapping.name)?;
            (since.elapsed() < SCOPE_LIFE && of == mapping).then(|| scope.clone())
        });
        if let Some(scope) = known {
            return Ok(scope);
        }
        let scope = Arc::new(compile::compile(context, mapping).await?);
        if let Ok(mut scopes) = self.inner.scopes.lock() {
            scopes.insert(mapping.name.clone(), (Instant::now(), mapping.clone(), scope.clone()));
        }
        Ok(scope)
    }
}

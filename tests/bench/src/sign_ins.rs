//! Sign-ins through cloud, connector and directory, against a raw loop that searches and binds on pooled connections.

use crate::measure::median;
use crate::reads::Directory;
use crate::table::Table;
use journeys::{Cloud, Company};
use ldap3::{LdapConnAsync, LdapConnSettings, Scope};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use serde_json::json;
use servers::ldif;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// People who sign in, in turn.
const PEOPLE: usize = 2000;
/// How long each case runs in one round.
const SPELL: Duration = Duration::from_secs(2);

/// Rate and times of one round.
struct Round {
    per_second: f64,
    /// Milliseconds, sorted.
    times: Vec<f64>,
}

impl Round {
    fn new(mut times: Vec<f64>, took: Duration) -> Self {
        times.sort_by(f64::total_cmp);
        Self { per_second: times.len() as f64 / took.as_secs_f64(), times }
    }

    fn at(&self, share: f64) -> f64 {
        self.times[((self.times.len() - 1) as f64 * share) as usize]
    }
}

pub fn compare(runs: usize, table: &mut Table) {
    let directory = Directory::start(PEOPLE);
    let (cloud, connector) = (Cloud::start_with(&["--log", "error"]), directory.connector());
    connector.register(&cloud).ok();
    let running = connector.start(&cloud);
    for flight in [1, 8, 32] {
        let (mut raw, mut whole): (Vec<Round>, Vec<Round>) = (vec![], vec![]);
        for round in 0..=runs {
            let (a, b) = (raw_loop(&directory.company, flight), through_the_cloud(&cloud, flight));
            if round > 0 {
                raw.push(a);
                whole.push(b);
            }
        }
        let say = |rounds: &[Round]| {
            let of = |what: &dyn Fn(&Round) -> f64| median(rounds.iter().map(what));
            format!(
                "{:.0} / {:.2} ms / {:.2} ms",
                of(&|r| r.per_second),
                of(&|r| r.at(0.5)),
                of(&|r| r.at(0.99))
            )
        };
        table.figure(
            &format!("(c) raw loop, {flight} in flight: per second / p50 / p99"),
            say(&raw),
        );
        table.figure(
            &format!("(c) whole path, {flight} in flight: per second / p50 / p99"),
            say(&whole),
        );
        let pairs = || whole.iter().zip(&raw);
        if flight == 1 {
            let added = median(pairs().map(|(w, r)| w.at(0.5) - r.at(0.5)));
            table.target(
                "(c) added p50 at 1 in flight",
                format!("{added:.2} ms"),
                "≤ 1 ms",
                added <= 1.0,
            );
        }
        if flight == 32 {
            let ratio = median(pairs().map(|(w, r)| w.per_second / r.per_second));
            table.target(
                "(c) whole path : raw loop, at 32 in flight",
                format!("{ratio:.2}"),
                "≥ 0.25",
                ratio >= 0.25,
            );
        }
    }
    running.stop(Duration::from_secs(15));
}

fn through_the_cloud(cloud: &Cloud, flight: usize) -> Round {
    let began = Instant::now();
    let threads: Vec<Vec<f64>> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..flight)
            .map(|worker| scope.spawn(move || knock(cloud, worker, flight, began)))
            .collect();
        handles.into_iter().map(|h| h.join().expect("a worker")).collect()
    });
    Round::new(threads.concat(), began.elapsed())
}

fn knock(cloud: &Cloud, worker: usize, step: usize, began: Instant) -> Vec<f64> {
    let client = cloud.client();
    let (mut times, mut person) = (vec![], worker);
    while began.elapsed() < SPELL {
        let body =
            json!({ "user": ldif::person_uid(person), "password": ldif::person_password(person) });
        let one = Instant::now();
        let (status, answer) = cloud.post_with(&client, "/v1/sign-in", body);
        times.push(one.elapsed().as_secs_f64() * 1000.0);
        assert_eq!(status, 200, "{answer}");
        person = (person + step) % PEOPLE;
    }
    times
}

fn raw_loop(company: &Company, flight: usize) -> Round {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let began = Instant::now();
        let workers: Vec<_> = (0..flight)
            .map(|w| tokio::spawn(search_and_bind(company.clone(), w, flight)))
            .collect();
        let mut times = vec![];
        for worker in workers {
            times.extend(worker.await.expect("a worker"));
        }
        let connect = began.elapsed().saturating_sub(SPELL);
        Round::new(times, began.elapsed() - connect)
    })
}

async fn search_and_bind(company: Company, worker: usize, step: usize) -> Vec<f64> {
    let (mut reader, mut binder) = (connect(&company).await, connect(&company).await);
    reader
        .simple_bind(&company.bind_name, &company.bind_password)
        .await
        .and_then(|r| r.success())
        .expect("a bind");
    let began = Instant::now();
    let (mut times, mut person) = (vec![], worker);
    while began.elapsed() < SPELL {
        let one = Instant::now();
        let filter = format!("(uid={})", ldif::person_uid(person));
        let found = reader
            .search(&company.base_dn, Scope::Subtree, &filter, vec!["1.1"])
            .await
            .and_then(|r| r.success());
        let (entries, _) = found.expect("a search");
        let dn = ldap3::SearchEntry::construct(entries.into_iter().next().expect("one person")).dn;
        binder
            .simple_bind(&dn, &ldif::person_password(person))
            .await
            .and_then(|r| r.success())
            .expect("a sign-in");
        times.push(one.elapsed().as_secs_f64() * 1000.0);
        person = (person + step) % PEOPLE;
    }
    times
}

async fn connect(company: &Company) -> ldap3::Ldap {
    let mut roots = RootCertStore::empty();
    let pem = std::fs::read(&company.ca).expect("the CA");
    roots.add_parsable_certificates(CertificateDer::pem_slice_iter(&pem).flatten());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("TLS versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let settings = LdapConnSettings::new().set_config(Arc::new(config));
    let url = format!("ldaps://{}", company.server);
    let (connection, ldap) =
        LdapConnAsync::with_settings(settings, &url).await.expect("a connection");
    tokio::spawn(connection.drive());
    ldap
}

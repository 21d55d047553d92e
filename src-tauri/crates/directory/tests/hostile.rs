//! Servers that break the protocol: each ends in an error of that operation within its deadline, the
//! process lives, and the next operation on a good server works.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use connector_directory::{DirectoryClient, Limits};
use connector_model::{Code, Mapping, Secret};
use std::time::{Duration, Instant};
use support::{Script, account, bind_ok, evil, message, root_dse};
use tokio::sync::mpsc;

fn limits() -> Limits {
    let short = Duration::from_millis(700);
    Limits { connect: short, bind: short, operation: short, page: short, ..Limits::default() }
}

/// Reads people from a server that behaves until the people are asked for, then does `evil`.
async fn read_from(script: Script) -> Code {
    let began = Instant::now();
    let code = read_with(script, limits()).await;
    assert!(began.elapsed() < Duration::from_secs(6), "it took {:?}", began.elapsed());
    code
}

/// The same of a server that sends much: that takes its time.
async fn read_much(script: Script, max_read: u64) -> Code {
    support::forget_peak();
    let limits = Limits { max_read, ..Limits::default() };
    let code = read_with(script, limits).await;
    let peak = support::peak_mib();
    assert!(peak < MOST_MIB, "{peak} MiB");
    code
}

/// What the test's own server needs for its largest message is among it.
const MOST_MIB: u64 = 150;

async fn read_with(script: Script, limits: Limits) -> Code {
    let address = evil(script).await;
    let client = DirectoryClient::new(account(address), Secret::new("secret"), limits).unwrap();
    let mapping: Mapping =
        serde_json::from_str(r#"{"name":"m","account":"a","base_dn":"dc=x"}"#).unwrap();
    let (pages, mut people) = mpsc::channel(4);
    let drain = tokio::spawn(async move { while people.recv().await.is_some() {} });
    let code = match client.read_people(&mapping, pages).await {
        Err(error) => error.code,
        Ok(summary) => summary.incomplete.expect("a broken server cannot be read completely").code,
    };
    drain.await.unwrap();
    good_server_still_works().await;
    code
}

async fn good_server_still_works() {
    let address = evil(Script::behave()).await;
    let client = DirectoryClient::new(account(address), Secret::new("secret"), limits()).unwrap();
    assert_eq!(client.kind().await.unwrap(), connector_model::ServerKind::OpenLdap);
}

#[tokio::test]
async fn two_hundred_thousand_nested_sequences() {
    let mut nested = vec![];
    for depth in (0..200_000u32).rev() {
        nested.extend([0x30, 0x84]);
        nested.extend((depth * 6).to_be_bytes());
    }
    assert_eq!(read_from(Script::answer_people(nested.clone())).await, Code::ProtocolViolation);
    // The same inside of a message that is otherwise right.
    let header = |tag: u8, length: usize| {
        [&[tag, 0x84][..], &u32::try_from(length).unwrap().to_be_bytes()].concat()
    };
    let operation = [header(0x64, nested.len()), nested].concat();
    let whole = [header(0x30, operation.len() + 3), vec![0x02, 0x01, 0x03], operation].concat();
    assert_eq!(read_from(Script::answer_people(whole)).await, Code::MessageTooLarge);
}

#[tokio::test]
async fn a_message_of_four_gibibytes() {
    assert_eq!(
        read_from(Script::answer_people(vec![0x30, 0x84, 0xff, 0xff, 0xff, 0xff])).await,
        Code::MessageTooLarge
    );
}

#[tokio::test]
async fn a_length_that_ldap_does_not_have() {
    assert_eq!(
        read_from(Script::answer_people(vec![0x30, 0x80, 0x02, 0x01, 0x01])).await,
        Code::ProtocolViolation
    );
}

#[tokio::test]
async fn an_unknown_operation() {
    let unknown = message(3, &[0x7e, 0x00]);
    assert_eq!(read_from(Script::answer_people(unknown)).await, Code::ProtocolViolation);
}

#[tokio::test]
async fn an_answer_to_somebody_elses_question() {
    let stray = message(99, &[0x65, 0x07, 0x0a, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00]);
    assert_eq!(read_from(Script::answer_people(stray)).await, Code::Timeout);
}

#[tokio::test]
async fn a_web_server() {
    assert_eq!(
        read_from(Script::answer_people(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec())).await,
        Code::ProtocolViolation
    );
}

#[tokio::test]
async fn one_byte_a_second() {
    assert_eq!(read_from(Script::drip()).await, Code::Timeout);
}

#[tokio::test]
async fn silence_in_the_middle_of_a_page() {
    assert_eq!(read_from(Script::some_people_then_silence()).await, Code::Timeout);
}

#[tokio::test]
async fn the_end_in_the_middle_of_a_page() {
    assert_eq!(read_from(Script::some_people_then_close()).await, Code::ConnectionLost);
}

#[tokio::test]
async fn people_without_end_do_not_fill_the_memory() {
    assert_eq!(read_much(Script::people_without_end(), u64::MAX).await, Code::MessageTooLarge);
}

#[tokio::test]
async fn large_entries_end_the_page_before_they_fill_the_memory() {
    assert_eq!(read_much(Script::large(200, 11 << 20), u64::MAX).await, Code::MessageTooLarge);
    assert_eq!(read_much(Script::large(200, 15 << 20), u64::MAX).await, Code::MessageTooLarge);
    assert_eq!(read_much(Script::large(20_000, 60_000), u64::MAX).await, Code::MessageTooLarge);
}

#[tokio::test]
async fn a_message_of_empty_values_takes_no_more_than_it_may() {
    assert_eq!(read_much(Script::empty_values(6_000_000), u64::MAX).await, Code::MessageTooLarge);
    // As many as pass are one page's entry, and a person.
    support::forget_peak();
    let address = evil(Script::empty_values(299_000)).await;
    let client =
        DirectoryClient::new(account(address), Secret::new("secret"), Limits::default()).unwrap();
    let mapping = serde_json::from_str(r#"{"name":"m","account":"a","base_dn":"dc=x"}"#).unwrap();
    let (pages, mut people) = mpsc::channel(4);
    let summary = client.read_people(&mapping, pages).await.unwrap();
    assert_eq!((summary.read, people.recv().await.unwrap().len()), (1, 1));
    assert!(support::peak_mib() < MOST_MIB, "{} MiB", support::peak_mib());
}

#[tokio::test]
async fn pages_without_end_end() {
    assert_eq!(read_much(Script::pages_without_end(0, 0), u64::MAX).await, Code::ProtocolViolation);
    assert_eq!(read_much(Script::pages_without_end(1, 100), u64::MAX).await, Code::MessageTooLarge);
    let many = Script::pages_without_end(10, 0);
    assert_eq!(read_much(many, 100_000).await, Code::MessageTooLarge);
}

#[tokio::test]
async fn an_empty_bind_response() {
    let address = evil(Script::answer_bind(message(1, &[0x61, 0x00]))).await;
    let client = DirectoryClient::new(account(address), Secret::new("secret"), limits()).unwrap();
    assert_eq!(client.kind().await.unwrap_err().code, Code::ProtocolViolation);
    good_server_still_works().await;
}

#[tokio::test]
async fn nothing_at_all() {
    let address = evil(Script::answer_bind(vec![])).await;
    let client = DirectoryClient::new(account(address), Secret::new("secret"), limits()).unwrap();
    let began = Instant::now();
    assert_eq!(client.kind().await.unwrap_err().code, Code::Timeout);
    assert!(began.elapsed() < Duration::from_secs(3));
}

#[test]
fn the_messages_of_the_good_part_are_right() {
    assert_eq!(bind_ok(1).len(), 14);
    assert!(root_dse(2).len() > 50);
}

//! Whom the cloud refuses: named in the record, remembered with the reason, forgotten when it is over.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use connector_engine::records::{ImportRecord, Refusal};
use connector_engine::{Consent, Engine};
use connector_model::{Code, Identity};
use std::sync::atomic::Ordering;
use support::{World, settings};

async fn sync(engine: &Engine) -> ImportRecord {
    engine.sync(Some("All"), Consent::nothing(), None).await.unwrap().remove(0)
}

#[tokio::test]
async fn people_are_named_with_the_reason_until_the_cloud_takes_them() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    world.directory.add((0..40).map(|n| format!("p{n:02}")));
    let refused: Vec<String> = (5..35).map(|n| format!("p{n:02}")).collect();
    world.cloud.refused.lock().unwrap().clone_from(&refused);
    let began = world.clock.0.load(Ordering::Relaxed);
    let record = sync(&engine).await;
    assert_eq!((record.acknowledged, record.refused, record.refusals.len()), (10, 30, 1));
    let Refusal { code, people, examples, .. } = &record.refusals[0];
    assert_eq!((*code, *people, examples.len()), (Some(Code::CloudRefused), 30, Refusal::EXAMPLES));
    for example in examples {
        assert!(refused.contains(&example.identity.to_string()));
        assert_eq!(example.user_name, format!("{}@x.example", example.identity));
    }
    let ids = |name: &str| Identity::from_text(name);
    world.clock.0.fetch_add(60_000, Ordering::Relaxed);
    *world.cloud.refused.lock().unwrap() = vec!["p07".into(), "p08".into()];
    assert_eq!(sync(&engine).await.refused, 2);
    let now = engine.refused_people("All").unwrap();
    assert_eq!((now.people, now.since_ms), (2, Some(began)), "since the first time");
    let last = engine.last_refusal(&ids("p07")).unwrap().unwrap();
    assert_eq!((last.error.code, last.user_name.as_str()), (Code::CloudRefused, "p07@x.example"));
    assert_eq!(engine.last_refusal(&ids("p06")).unwrap(), None, "acknowledged since");
    // Somebody who is no longer to be sent is refused no longer either.
    world.clock.0.fetch_add(60_000, Ordering::Relaxed);
    world.directory.remove("p08");
    *world.cloud.refused.lock().unwrap() = vec!["p07".into()];
    assert_eq!(sync(&engine).await.refused, 1);
    assert_eq!(engine.last_refusal(&ids("p08")).unwrap(), None);
    assert_eq!(engine.refused_people("All").unwrap().people, 1);
}

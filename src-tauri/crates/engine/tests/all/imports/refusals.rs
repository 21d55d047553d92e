//! Whom the cloud refuses: named in the record, remembered with the reason, forgotten when it is over.

use crate::support::{World, settings};
use connector_engine::records::{AlertKind, ImportRecord, Refusal, Refused};
use connector_engine::{CloudState, Consent, Engine};
use connector_model::{Code, Error, Headline, Identity};
use std::sync::atomic::Ordering;

async fn sync(engine: &Engine) -> ImportRecord {
    engine.import(Some("All"), Consent::nothing(), None).await.unwrap().remove(0)
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

#[tokio::test]
async fn refusals_are_in_the_sentence_the_alerts_and_the_preview_until_they_are_over() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let rules = settings(&[("All", None)]);
    let engine = world.engine(folder.path(), rules.clone());
    engine.set_cloud_state(CloudState::DeliveryOnly);
    world.directory.add((0..12).map(|n| format!("p{n:02}")));
    *world.cloud.refused.lock().unwrap() = vec!["p03".into(), "p09".into()];
    let began = world.clock.0.load(Ordering::Relaxed);
    sync(&engine).await;
    world.clock.0.fetch_add(60_000, Ordering::Relaxed);
    drop(engine);
    // As true after a restart.
    let engine = world.engine(folder.path(), rules.clone());
    engine.set_cloud_state(CloudState::DeliveryOnly);
    let status = engine.status();
    let error = Error::of(Code::CloudRefused);
    let mapping = "All".to_owned();
    let told = Headline::Refused { mapping: mapping.clone(), people: 2, error: error.clone() };
    assert_eq!(status.headline, told);
    let refused = Refused { mapping, people: 2, since_ms: began, error: error.clone() };
    assert_eq!(status.refused, [refused]);
    let [alert] = &status.alerts[..] else { panic!("{:?}", status.alerts) };
    assert_eq!((alert.kind, alert.account.as_deref()), (AlertKind::PeopleRefused, Some("corp")));
    assert_eq!(alert.since_ms, began);
    let (pages, mut people) = tokio::sync::mpsc::channel(100);
    let mapping = rules.mapping("All").unwrap();
    engine.preview(mapping, std::sync::Arc::default(), Some(pages)).await.unwrap();
    let mut all = vec![];
    while let Ok(page) = people.try_recv() {
        all.extend(page);
    }
    let before: Vec<_> = all.iter().filter(|person| person.refused.is_some()).collect();
    let who: Vec<&str> = before.iter().map(|person| person.identity.as_str()).collect();
    assert_eq!((who, &before[0].refused), (vec!["p03", "p09"], &Some(error)));
    world.cloud.refused.lock().unwrap().clear();
    sync(&engine).await;
    let status = engine.status();
    assert_eq!((status.headline, status.refused), (Headline::Imported { people: 12 }, vec![]));
    assert_eq!(status.alerts, []);
}

//! The suite that every host of the page passes, run inside the real window against the real program.

use desktop::{Desk, Hands, Way};
use fantoccini::wd::TimeoutConfiguration;
use journeys::{Cloud, SampleCompany};
use serde_json::json;
use std::path::Path;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn the_program_keeps_the_contract_of_the_page() {
    let suite = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/dist-contract/contract.js");
    let suite =
        std::fs::read_to_string(suite).expect("npm run build:contract in ui makes the suite");
    let sample = SampleCompany::start("ad", 300);
    let (company, cloud, desk) = (&sample.company, Cloud::start(), Desk::new());
    let fixture = json!({
        "cloud": { "url": cloud.url, "ca_pem": text(&cloud.ca), "key": cloud.registration_key() },
        "directory": {
            "server": company.server, "ca_pem": text(&company.ca), "bind_name": company.bind_name,
            "password": company.bind_password, "base_dn": company.base_dn, "unit": "Berlin", "group": "level1",
        },
    });
    let hands = Hands::open(&desk, Way::Mouse).await;
    let patience = TimeoutConfiguration::new(Some(Duration::from_secs(120)), None, None);
    hands.client.update_timeouts(patience).await.unwrap();
    hands.ask(&suite, vec![]).await;
    let script =
        "const [fixture, done] = arguments; globalThis.insyncContract.run(fixture).then(done)";
    let results = hands.client.execute_async(script, vec![fixture]).await.unwrap();
    let results = results.as_array().unwrap();
    let failed: Vec<_> = results.iter().filter(|result| !result["error"].is_null()).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert!(results.len() >= 15, "{} cases", results.len());
    hands.close().await;
}

fn text(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap()
}

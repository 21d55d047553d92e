//! The main job against both faces of the sample company.

use journeys::{Cloud, Company, Connector, SampleCompany, journey};
use std::time::Duration;

fn whole_job(company: &Company) {
    let cloud = Cloud::start();
    let connector = Connector::new();
    journey::prepare(&connector, company);
    connector.register(&cloud).ok();
    let running = connector.start(&cloud);
    journey::from_the_console(&connector, &cloud, company);
    journey::import(&connector, &cloud);
    journey::sign_in(&connector, &cloud, company);
    journey::activate(&cloud, company);
    journey::groups(&connector, company);
    assert_eq!(running.stop(Duration::from_secs(15)), Some(0));
}

#[test]
fn active_directory_face() {
    whole_job(&SampleCompany::start("ad", 6000).company);
}

#[test]
fn open_ldap_face() {
    whole_job(&SampleCompany::start("ldap", 6000).company);
}

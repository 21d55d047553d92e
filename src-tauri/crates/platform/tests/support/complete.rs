//! Settings in which nothing is left at its default. Written out field by field: a new one does not compile until it is here,
//! and in a snapshot.

use connector_model::mapping::Operator;
use connector_model::settings::{
    CloudKind, CloudSettings, Former, ImportSettings, NextCloud, ProxyKind, ProxySettings,
    SignInSettings, VERSION,
};
use connector_model::{
    Account, AttributeNames, BindName, Condition, HostPort, Identity, Mapping, NameFrom, ScopeRef,
    Security, ServerKind, Settings, UpdateInstall, UpdateSettings,
};

const PEM: &str = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

pub fn complete() -> Settings {
    Settings {
        version: VERSION,
        log_level: "debug".into(),
        mappings_from_cloud: true,
        cloud_attributes: vec!["employeeNumber".into()],
        import: ImportSettings {
            interval_hours: 12,
            follow_changes: false,
            removal_limit_percent: 5,
            removal_limit_people: 7,
            batch_size: 100,
        },
        sign_in: SignInSettings { wrong_attempts: 3, window_minutes: 20, deadline_seconds: 8 },
        updates: UpdateSettings {
            check: false,
            install: UpdateInstall::Window,
            from: "23:30".into(),
            to: "01:15".into(),
            url: Some("https://updates.example.com/connector.json".into()),
        },
        cloud: Some(CloudSettings {
            kind: CloudKind::Scim,
            url: "https://cloud.example.com".into(),
            scim_url: "https://cloud.example.com/scim/v2".into(),
            connector_id: "6f1c9c1e-0b58-4b0e-9a55-0e3a3f2b7c11".into(),
            ca_pem: Some(PEM.into()),
            ports: vec![8443],
            proxy: Some(proxy(ProxyKind::Socks5, 1080)),
        }),
        next: Some(NextCloud {
            kind: CloudKind::Scim,
            url: Some("https://other.example.com".into()),
            ca_pem: Some(PEM.into()),
            proxy: Some(proxy(ProxyKind::Socks4, 1081)),
            replaces: Some(Former {
                connector_id: "8d7b1f0a-43f1-4c39-b6c7-5a1f3f8f4a02".into(),
                host: "SRV-CONNECT-1".into(),
            }),
        }),
        accounts: vec![active_directory(), ldap()],
        mappings: vec![mapping()],
    }
}

fn proxy(kind: ProxyKind, port: u16) -> ProxySettings {
    ProxySettings {
        kind,
        host: "proxy.example.com".into(),
        port,
        user: Some("svc-proxy".into()),
        from: Some("HTTPS_PROXY".into()),
    }
}

fn active_directory() -> Account {
    Account {
        name: "corp".into(),
        kind: ServerKind::ActiveDirectory,
        servers: vec![],
        domain: Some("corp.example.com".into()),
        security: Security::StartTls,
        ca_pem: Some(PEM.into()),
        bind_name: BindName("CORP\\svc-insync".into()),
        attributes: AttributeNames::default(),
    }
}

fn ldap() -> Account {
    let host = |host: &str, port| HostPort { host: host.into(), port };
    let name = |name: &str| Some(name.to_owned());
    Account {
        name: "Zweigstelle Köln".into(),
        kind: ServerKind::OpenLdap,
        servers: vec![host("ldap1.example.com", Some(1636)), host("2001:db8::1", None)],
        domain: None,
        security: Security::Plain,
        ca_pem: None,
        bind_name: BindName("cn=reader,dc=example,dc=com".into()),
        attributes: AttributeNames {
            email: name("mailPrimary"),
            user_name: name("login"),
            display_name: name("cn"),
            unique_id: name("employeeNumber"),
            enabled: name("(employeeType=active)"),
            person_class: vec!["nsPerson".into(), "person".into()],
        },
    }
}

fn mapping() -> Mapping {
    let dn = |text: &str| text.parse().expect("a DN");
    let by_dn = |text: &str| ScopeRef { identity: None, dn: Some(dn(text)) };
    Mapping {
        name: "Sales".into(),
        account: "corp".into(),
        base_dn: dn("DC=corp,DC=example,DC=com"),
        name_from: NameFrom::Cn,
        units: vec![ScopeRef {
            identity: Some(Identity::from_text("00112233-4455-6677-8899-aabbccddeeff")),
            dn: Some(dn("OU=Sales,DC=corp,DC=example,DC=com")),
        }],
        groups: vec![
            ScopeRef { identity: None, dn: Some(dn("CN=Pilots,DC=corp,DC=example,DC=com")) },
            ScopeRef { identity: Some(Identity::from_text("8d7b1f0a-43f1")), dn: None },
        ],
        nested_groups: true,
        department: vec!["Sales".into(), "R&D (Köln)*".into()],
        country: vec!["DE".into()],
        filter: Some("(&(objectClass=user)(!(employeeType=external)))".parse().expect("a filter")),
        conditions: Some(conditions()),
        exclude_units: vec![by_dn("OU=Guests,DC=corp,DC=example,DC=com")],
        exclude_groups: vec![by_dn("CN=Visitors,DC=corp,DC=example,DC=com")],
        include_people: vec![ScopeRef {
            identity: Some(Identity::from_text("8d7b1f0a-43f2")),
            dn: Some(dn("CN=Ada,DC=corp,DC=example,DC=com")),
        }],
        exclude_people: vec![ScopeRef {
            identity: Some(Identity::from_text("anna@corp.example.com")),
            dn: None,
        }],
        profile: Some("Default".into()),
        storage: Some("eu-central".into()),
        quota_gb: Some(50),
        auto_import: false,
        activation_email: true,
        mass_deployment: true,
        priority: Some(1),
    }
}

/// Every kind of node and every comparison.
fn conditions() -> Condition {
    use Operator::{
        Absent, AtLeast, AtMost, Contains, EndsWith, Equals, NotEquals, Present, StartsWith,
    };
    let test =
        |op, value: &str| Condition::Test { attribute: "title".into(), op, value: value.into() };
    Condition::List(vec![
        test(Equals, "a*)"),
        Condition::Any { any: vec![test(NotEquals, "b"), test(StartsWith, "c")] },
        Condition::All { all: vec![test(EndsWith, "d"), test(Contains, "e")] },
        Condition::Not { not: Box::new(test(Present, "")) },
        Condition::List(vec![test(AtLeast, "1"), test(AtMost, "2"), test(Absent, "")]),
    ])
}

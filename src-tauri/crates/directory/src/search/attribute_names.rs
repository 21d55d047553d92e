//! Which attribute holds what, by kind of server and the account's own choice.

use connector_model::filter::Attribute;
use connector_model::{Account, Filter, Identity, Result, ServerKind};

/// Attribute names in force for one account.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    pub is_ad: bool,
    pub unique_id: Attribute,
    /// Stands before identities of the account's own choice: another account may have the same values.
    pub realm: String,
    pub email: Attribute,
    pub login: Attribute,
    pub display_name: Attribute,
    /// The account's rule for who is enabled.
    pub enabled: Option<Filter>,
    /// Object classes of which one makes an entry a person; on AD they may be none.
    person_classes: Vec<String>,
}

impl Names {
    pub fn new(kind: ServerKind, account: &Account) -> Result<Self> {
        let own = &account.attributes;
        let is_ad = kind.is_ad();
        let pick = |own: &Option<String>, default: &str| {
            own.as_deref().unwrap_or(default).parse::<Attribute>()
        };
        let unique = match kind {
            ServerKind::ActiveDirectory | ServerKind::SambaAd => "objectGUID",
            ServerKind::Ds389 => "nsUniqueId",
            _ => "entryUUID",
        };
        Ok(Self {
            is_ad,
            unique_id: pick(&own.unique_id, unique)?,
            realm: match &own.unique_id {
                Some(name) if !name.eq_ignore_ascii_case(unique) => format!("{}:", account.name),
                _ => String::new(),
            },
            email: pick(&own.email, "mail")?,
            login: pick(&own.user_name, if is_ad { "sAMAccountName" } else { "uid" })?,
            display_name: pick(&own.display_name, "displayName")?,
            enabled: own.enabled.as_deref().map(str::parse).transpose()?,
            person_classes: if own.person_class.is_empty() {
                usual_classes(kind).iter().map(|class| (*class).to_owned()).collect()
            } else {
                own.person_class.clone()
            },
        })
    }

    /// An identity as the directory's value; `None` for one of another account's own attribute.
    pub fn identity_value(&self, identity: &Identity) -> Option<Vec<u8>> {
        let text = identity.as_str().strip_prefix(&self.realm)?;
        let is_guid = self.unique_id.as_str().eq_ignore_ascii_case("objectGUID");
        let guid = is_guid.then(|| identity.to_guid_bytes()).flatten();
        Some(guid.map_or_else(|| text.as_bytes().to_vec(), |bytes| bytes.to_vec()))
    }

    /// Everything that is read of a person, and nothing else.
    pub fn person_attributes(&self) -> Vec<&str> {
        let mut list = vec![
            self.unique_id.as_str(),
            self.email.as_str(),
            self.login.as_str(),
            self.display_name.as_str(),
        ];
        list.extend(["cn", "givenName", "sn", "department", "c", "co", "title"]);
        list.extend(if self.is_ad {
            &["userPrincipalName", "userAccountControl"][..]
        } else {
            &["departmentNumber", "nsAccountLock", "pwdAccountLockedTime", "uid", "gidNumber"][..]
        });
        let mut once: Vec<&str> = vec![];
        for name in list {
            if !once.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                once.push(name);
            }
        }
        once
    }

    /// Entries that are people: no computers, trusts or contacts without an account.
    pub fn person_filter(&self) -> Filter {
        let class = |class: &String| Filter::equal("objectClass", class.as_bytes());
        let any = Filter::or(self.person_classes.iter().map(class).collect());
        if !self.is_ad {
            return any;
        }
        if self.person_classes.is_empty() {
            // sAMAccountType 805306368 = SAM_USER_OBJECT (MS-ADTS 2.2.11) is indexed and leaves computers out;
            // trusts have 805306370.
            return Filter::And(vec![
                Filter::equal("objectCategory", "person"),
                Filter::equal("objectClass", "user"),
                Filter::equal("sAMAccountType", "805306368"),
            ]);
        }
        // On AD a computer is a user as well.
        Filter::And(vec![any, Filter::negate(Filter::equal("objectClass", "computer"))])
    }
}

/// The classes of people where the account names none. What the console of 389 Directory Server makes is an `nsPerson`,
/// which is no sub-class of `person`.
fn usual_classes(kind: ServerKind) -> &'static [&'static str] {
    match kind {
        ServerKind::ActiveDirectory | ServerKind::SambaAd => &[],
        ServerKind::Ds389 => &["person", "inetOrgPerson", "posixAccount", "nsPerson"],
        _ => &["person", "inetOrgPerson", "posixAccount"],
    }
}

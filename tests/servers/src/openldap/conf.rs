//! The text of `slapd.conf`.

use crate::ldif::{BASE_DN, BLIND_DN, SERVICE_DN};
use crate::net::ca::ServerCert;
use std::path::Path;

/// What differs between runs.
pub(crate) struct Conf<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) ca: &'a Path,
    pub(crate) cert: &'a ServerCert,
    pub(crate) size_limit: Option<u32>,
    pub(crate) password_policy: bool,
}

impl Conf<'_> {
    pub(crate) fn text(&self) -> String {
        let folder = self.folder.display();
        let limit =
            self.size_limit.map_or_else(|| "unlimited".to_owned(), |limit| limit.to_string());
        let (load, overlay) =
            if self.password_policy { (POLICY_MODULE, POLICY_OVERLAY) } else { ("", "") };
        format!(
            r#"include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
include /etc/ldap/schema/nis.schema
pidfile {folder}/slapd.pid
argsfile {folder}/slapd.args
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload syncprov
moduleload memberof
{load}
threads 16
loglevel none
TLSCACertificateFile {ca}
TLSCertificateFile {cert}
TLSCertificateKeyFile {key}
sizelimit size.soft=500 size.hard=1000
localSSF 71
database mdb
suffix "{BASE_DN}"
rootdn "{ADMIN_DN}"
rootpw {ADMIN_PASSWORD}
directory {folder}/db
maxsize 17179869184
dbnosync
checkpoint 0 0
index objectClass eq
index uid,mail eq
index cn,sn eq,sub
index member,memberOf eq
index departmentNumber eq
index entryUUID,entryCSN eq
index modifyTimestamp eq
limits dn.exact="{SERVICE_DN}" size.soft={limit} size.hard={limit} size.pr=unlimited size.prtotal={limit} time=unlimited
access to attrs=userPassword by anonymous auth by self write by * none
access to * by dn.exact="{BLIND_DN}" none by users read by * none
overlay syncprov
syncprov-checkpoint 100 10
syncprov-sessionlog 1000
overlay memberof
memberof-group-oc groupOfNames
memberof-refint TRUE
{overlay}
"#,
            ca = self.ca.display(),
            cert = self.cert.cert.display(),
            key = self.cert.key.display(),
        )
    }
}

/// The account that may do everything, for tests that change people.
pub(crate) const ADMIN_DN: &str = "cn=admin,dc=example,dc=org";
pub(crate) const ADMIN_PASSWORD: &str = "admin-secret";

const POLICY_MODULE: &str = "moduleload ppolicy";
const POLICY_OVERLAY: &str =
    "overlay ppolicy\nppolicy_default \"cn=policy,dc=example,dc=org\"\nppolicy_use_lockout";

/// Three wrong passwords lock an account until an administrator opens it.
pub(crate) const POLICY_LDIF: &str = "dn: cn=policy,dc=example,dc=org
objectClass: device
objectClass: pwdPolicy
cn: policy
pwdAttribute: userPassword
pwdLockout: TRUE
pwdMaxFailure: 3
pwdLockoutDuration: 0
pwdAllowUserChange: TRUE

";

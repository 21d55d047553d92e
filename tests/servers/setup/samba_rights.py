"""Adds entries in SDDL to the access list of an object: samba_rights.py SMB.CONF SAM.LDB DN SDDL

Unlike `samba-tool dsacl set` it reaches CN=Deleted Objects as well.
"""

import sys

import ldb
from samba.auth import system_session
from samba.dcerpc import security
from samba.ndr import ndr_pack, ndr_unpack
from samba.param import LoadParm
from samba.samdb import SamDB

ATTRIBUTE = "nTSecurityDescriptor"
CONTROLS = ["show_deleted:1", "sd_flags:1:4"]


def main(config, database, dn, sddl):
    parameters = LoadParm()
    parameters.load(config)
    domain = SamDB(url=database, session_info=system_session(), lp=parameters)
    found = domain.search(base=dn, scope=ldb.SCOPE_BASE, attrs=[ATTRIBUTE], controls=CONTROLS)
    rights = ndr_unpack(security.descriptor, found[0][ATTRIBUTE][0])
    sid = security.dom_sid(domain.get_domain_sid())
    for entry in security.descriptor.from_sddl("D:" + sddl, sid).dacl.aces:
        rights.dacl_add(entry, 0)
    change = ldb.Message(found[0].dn)
    change[ATTRIBUTE] = ldb.MessageElement(ndr_pack(rights), ldb.FLAG_MOD_REPLACE, ATTRIBUTE)
    domain.modify(change, controls=CONTROLS)


main(*sys.argv[1:])

"""samba_domain.py DIR NAMES.json NETBIOS DNS: provision a domain into DIR, and fill CORP with the sample company.

Everything is done offline on the database: neither root nor extended attributes nor a running server is needed.
"""

import json
import os
import sys
import time

import ldb
import samba.netcmd.domain
import samba.provision
from samba.auth import system_session
from samba.netcmd.main import cmd_sambatool
from samba.param import LoadParm
from samba.samdb import SamDB

PASSWORD = "Us3r-Passw0rd!"
PEOPLE, WITH_PASSWORD, DEPARTMENTS, BIG = 6000, 200, 20, 5000
UNTIL_UNLOCKED = "-9223372036854775808"
THOUSAND_DAYS = str(-1000 * 24 * 3600 * 10**7)
YEAR_2000 = "125911584000000000"


def provision(folder, netbios, dns):
    """`samba-tool domain provision` without its last step (rights of sysvol), which needs root and which nobody reads."""
    real = samba.provision.provision

    def without_sysvol(*args, **kwargs):
        kwargs["skip_sysvolacl"] = True
        return real(*args, **kwargs)

    samba.provision.setsysvolacl = lambda *args, **kwargs: None
    samba.provision.provision = samba.netcmd.domain.provision = without_sysvol
    os.makedirs(folder + "/etc", exist_ok=True)
    with open(folder + "/etc/empty.conf", "w") as empty:
        empty.write("[global]\n")
    arguments = [
        "samba-tool", "domain", "provision", "-s", folder + "/etc/empty.conf",
        "--realm=" + dns.upper(), "--domain=" + netbios, "--server-role=dc", "--dns-backend=NONE",
        "--adminpass=Adm1n-Passw0rd!", "--host-name=dc1", "--host-ip=127.0.0.1", "--use-rfc2307",
        "--targetdir=" + folder, "--option=interfaces=lo", "--option=bind interfaces only=yes",
    ]  # fmt: skip
    sys.argv = arguments
    failed = cmd_sambatool()._run(*arguments)
    if failed:
        sys.exit(failed)


class Company:
    def __init__(self, folder, names, dns):
        self.names, self.dns = names, dns
        lp = LoadParm()
        lp.load(folder + "/etc/smb.conf")
        lp.set("ldb:nosync", "true")
        # batch_mode keeps the indexes in memory until the commit: without it the time grows with the square.
        self.db = SamDB(url=folder + "/private/sam.ldb", session_info=system_session(), lp=lp, options=["batch_mode:1"])
        self.base = str(self.db.domain_dn())

    def dn(self, name, *path):
        """`CN=name,OU=last,...,OU=first,base`, with the name escaped as RFC 4514 asks."""
        dn = ldb.Dn(self.db, ",".join(["CN=x"] + ["OU=" + unit for unit in reversed(path)] + [self.base]))
        dn.set_component(0, "CN", name)
        return dn

    def unit(self, *path):
        dn = ",".join(["OU=" + unit for unit in reversed(path)] + [self.base])
        self.db.add({"dn": dn, "objectClass": "organizationalUnit"})

    def person(self, account, *path, name=None, password=None, mail=True, **more):
        entry = {
            "dn": self.dn(name or account, *path), "objectClass": "user", "sAMAccountName": account,
            "userPrincipalName": account + "@" + self.dns, "givenName": "Given", "sn": account,
            "displayName": name or "Given " + account, "userAccountControl": "512" if password else "544",
        }  # fmt: skip
        if mail:
            entry["mail"] = account + "@corp.example.com"
        if password:
            entry["unicodePwd"] = ('"%s"' % password).encode("utf-16-le")
        entry.update(more)
        self.db.add(entry)
        return entry["dn"]

    def group(self, name, members):
        dn = self.dn(name, "groups")
        entry = {"dn": dn, "objectClass": "group", "sAMAccountName": name, "groupType": "-2147483646"}
        if members:
            entry["member"] = [str(member) for member in members]
        self.db.add(entry)
        return dn

    def change(self, dn, how=ldb.FLAG_MOD_REPLACE, **values):
        message = ldb.Message(dn)
        for key, value in values.items():
            message[key] = ldb.MessageElement(value, how, key)
        self.db.modify(message)

    def rules(self):
        # Passwords of a cached domain must not run out: only `pwexpired`, who is aged below, is past a thousand days.
        self.change(
            ldb.Dn(self.db, self.base),
            lockoutThreshold="3", lockoutDuration=UNTIL_UNLOCKED, maxPwdAge=THOUSAND_DAYS, minPwdAge="0",
        )  # fmt: skip

    def people(self):
        given, family = self.names["given"], self.names["family"]
        for number in range(PEOPLE):
            first, last = given[number % len(given)], family[(number // 7) % len(family)]
            code, country = self.names["countries"][number % len(self.names["countries"])]
            department = number % DEPARTMENTS
            self.person(
                "u%07d" % number, "people", "dept%02d" % department,
                password=PASSWORD if number < WITH_PASSWORD else None,
                givenName=first, sn=last, displayName="%s %s" % (first, last), employeeNumber=str(100000 + number),
                department=self.names["departments"][department], c=code, co=country,
            )  # fmt: skip

    def quirks(self):
        def add(account, **more):
            more.setdefault("password", PASSWORD)
            return self.person(account, "quirks", **more)

        self.ok = add("ok")
        add("disabled", userAccountControl="514")
        add("expired", accountExpires=YEAR_2000)
        self.change(add("mustchange"), pwdLastSet="0")
        add("lockme")
        self.change(add("locked"), lockoutTime=str((int(time.time()) + 11644473600) * 10**7))
        add("hours", logonHours=b"\0" * 21)
        add("workst", userWorkstations="OTHERPC")
        self.aged = add("pwexpired")
        add("juergen", name="Jürgen Müller", password="Pässw0rd-€uro1")
        for account in ("nomail1", "nomail2"):
            add(account, mail=False)
        for account in ("dup1", "dup2"):
            self.change(add(account, mail=False), mail="shared@corp.example.com")
        for number, name in enumerate(self.names["odd"]):
            add("odd%02d" % number, name=name, sn=name, givenName=name)

    def groups(self):
        def person(number):
            return self.dn("u%07d" % number, "people", "dept%02d" % (number % DEPARTMENTS))

        self.group("big", [person(number) for number in range(BIG)])
        inner = self.group("lvl3", [self.ok])
        middle = self.group("lvl2", [inner, person(2)])
        outer = self.group("lvl1", [middle, person(1)])
        self.change(inner, how=ldb.FLAG_MOD_ADD, member=str(outer))
        primaries = [self.person(name, "quirks", password=PASSWORD) for name in ("primary1", "primary2")]
        group = self.group("primaries", primaries)
        token = self.db.search(group, ldb.SCOPE_BASE, attrs=["primaryGroupToken"])[0]["primaryGroupToken"][0]
        for person_dn in primaries:
            self.change(person_dn, primaryGroupID=token)

    def reader(self):
        self.unit("services")
        self.person("svc", "services", password="Svc-Passw0rd!", mail=False, userAccountControl="66048")

    def fill(self):
        for unit in ("people", "groups", "quirks"):
            self.unit(unit)
        for number in range(DEPARTMENTS):
            self.unit("people", "dept%02d" % number)
        self.people()
        self.quirks()
        self.groups()


def age(folder, dn):
    """The directory refuses a `pwdLastSet` in the past: it is written below it, into the partition's own file."""
    partition = ldb.Ldb(folder + "/private/sam.ldb.d/DC=CORP,DC=EXAMPLE,DC=COM.ldb")
    message = ldb.Message(ldb.Dn(partition, str(dn)))
    message["pwdLastSet"] = ldb.MessageElement(YEAR_2000, ldb.FLAG_MOD_REPLACE, "pwdLastSet")
    partition.modify(message)


def main():
    folder = sys.argv[1]
    with open(sys.argv[2], encoding="utf-8") as names:
        company_names = json.load(names)
    netbios, dns = sys.argv[3:5]
    provision(folder, netbios, dns)
    company = Company(folder, company_names, dns)
    company.db.transaction_start()
    company.rules()
    company.reader()
    if netbios == "CORP":
        company.fill()
    company.db.transaction_commit()
    if netbios == "CORP":
        age(folder, company.aged)


main()

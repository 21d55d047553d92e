BEGIN TRANSACTION;
CREATE TABLE people (
        identity TEXT PRIMARY KEY, account TEXT NOT NULL, mapping TEXT NOT NULL, cloud_id TEXT NOT NULL,
        active INTEGER NOT NULL, digest BLOB NOT NULL, dn TEXT NOT NULL, person TEXT NOT NULL,
        user_key INTEGER NOT NULL, email_key INTEGER NOT NULL, acknowledged_ms INTEGER NOT NULL
    ) WITHOUT ROWID;
INSERT INTO people VALUES('00112233-4455-6677-8899-aabbccddeeff','corp','Sales','cloud-1',1,X'f578e23828df01e525dc148b6e91fc7a','CN=Ada Adler,OU=Sales,DC=corp,DC=example,DC=com','{"user_name":"ada@corp.example.com","email":"ada@example.com","display_name":"Ada Adler","title":"Engineer"}',-5485189975894768359,-2235661904011461451,1780000003000);
INSERT INTO people VALUES('11112233-4455-6677-8899-aabbccddeeff','corp','Sales','cloud-2',0,X'73c984cb2f3e7ace576248bfaa21f003','CN=Ada Adler,OU=Sales,DC=corp,DC=example,DC=com','{"user_name":"bob@corp.example.com","email":"bob@example.com"}',-2630800166757195414,7807429834923112543,1780000003500);
CREATE TABLE unfinished (mapping TEXT PRIMARY KEY, started_ms INTEGER NOT NULL);
INSERT INTO unfinished VALUES('Sales',1780000005000);
CREATE TABLE journal (
        id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL
    , lived_ms INTEGER NOT NULL DEFAULT 0);
INSERT INTO journal VALUES(1,1780000000000,'settings','registered','{}',0);
INSERT INTO journal VALUES(2,1780000001000,'sign_in','','{"code":"unknown_user","mapping":null,"milliseconds":3.5,"outcome":"wrong_password"}',0);
INSERT INTO journal VALUES(3,1780000004000,'import','Sales','{"acknowledged":1,"complete":true,"counts":{"adopt":0,"create":1,"hold":0,"preserve":0,"reactivate":0,"skip":1,"unchanged":0,"update":0},"finished_ms":1780000004000,"kind":"full","mapping":"Sales","read":2,"refused":0,"started_ms":1780000000000}',0);
CREATE TABLE progress (
        mapping TEXT PRIMARY KEY, watermark TEXT, last_import TEXT, approved_ms INTEGER NOT NULL DEFAULT 0,
        rule TEXT
    , term INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
INSERT INTO progress VALUES('Sales','{"method":"usn_changed","server":"5d0a6f1e-8f0e-4a55-9b5e-0a4a3c1c2f11","position":"81275"}','{"mapping":"Sales","kind":"full","started_ms":1780000000000,"finished_ms":1780000004000,"complete":true,"read":2,"counts":{"create":1,"update":0,"preserve":0,"reactivate":0,"adopt":0,"skip":1,"hold":0,"unchanged":0},"acknowledged":1,"refused":0,"awaiting_approval":[{"mapping":"Sales","kind":"deactivate","people":31,"hash":"0a1b"}]}',1780000002000,'{"name":"Sales","account":"corp","base_dn":"DC=corp,DC=example,DC=com","name_from":"upn","nested_groups":false,"department":["Sales"],"auto_import":true,"activation_email":false,"mass_deployment":false}',3);
CREATE TABLE in_flight (batch INTEGER PRIMARY KEY, mapping TEXT NOT NULL, account TEXT NOT NULL, people TEXT NOT NULL);
INSERT INTO in_flight VALUES(1,'Sales','corp','[{"identity":"22222233-4455-6677-8899-aabbccddeeff","dn":"CN=cleo,OU=Sales,DC=corp,DC=example,DC=com","content":{"user_name":"cleo@corp.example.com","email":"cleo@example.com"}}]');
CREATE TABLE told (
        identity TEXT PRIMARY KEY, account TEXT NOT NULL, mapping TEXT NOT NULL, cloud_id TEXT NOT NULL,
        active INTEGER NOT NULL, digest BLOB NOT NULL, dn TEXT NOT NULL, person TEXT NOT NULL,
        user_key INTEGER NOT NULL, email_key INTEGER NOT NULL, acknowledged_ms INTEGER NOT NULL
    ) WITHOUT ROWID;
CREATE TABLE strangers (
        cloud_id TEXT PRIMARY KEY, user_name TEXT NOT NULL, user_key INTEGER NOT NULL, email_key INTEGER
    ) WITHOUT ROWID;
INSERT INTO strangers VALUES('cloud-9','guest',-4490692497412155260,3255499803940174161);
CREATE TABLE refused (
        identity TEXT PRIMARY KEY, mapping TEXT NOT NULL, user_name TEXT NOT NULL, error TEXT NOT NULL,
        since_ms INTEGER NOT NULL, at_ms INTEGER NOT NULL
    ) WITHOUT ROWID;
INSERT INTO refused VALUES('33332233-4455-6677-8899-aabbccddeeff','Sales','dora@corp.example.com','{"code":"cloud_refused","message":"No licence is left.","action":"Check the cloud''s message."}',1780000003000,1780000003000);
CREATE TABLE loss (id INTEGER PRIMARY KEY CHECK (id = 1), at_ms INTEGER NOT NULL, kept TEXT, read_back INTEGER NOT NULL);
CREATE TABLE attempts (id INTEGER PRIMARY KEY, identity TEXT NOT NULL, at_ms INTEGER NOT NULL);
INSERT INTO attempts VALUES(1,'00112233-4455-6677-8899-aabbccddeeff',1780000001000);
CREATE TABLE imports (
        id INTEGER PRIMARY KEY, mapping TEXT NOT NULL, kind TEXT NOT NULL, started_ms INTEGER NOT NULL, record TEXT,
        kept INTEGER NOT NULL, slim INTEGER NOT NULL DEFAULT 0, people INTEGER NOT NULL DEFAULT 0,
        bytes INTEGER NOT NULL DEFAULT 0, groups TEXT NOT NULL DEFAULT '[]'
    );
INSERT INTO imports VALUES(3,'Sales','full',1780000000000,'{"acknowledged":1,"complete":true,"counts":{"adopt":0,"create":1,"hold":0,"preserve":0,"reactivate":0,"skip":1,"unchanged":0,"update":0},"finished_ms":1780000004000,"kind":"full","mapping":"Sales","read":2,"refused":0,"started_ms":1780000000000}',1,0,2,320,'[{"change":"create","reason_kind":"new","people":1,"refused":0},{"change":"skip","reason_kind":"same_email","people":1,"refused":0}]');
CREATE TABLE imported (
        place INTEGER PRIMARY KEY, who INTEGER NOT NULL, identity TEXT NOT NULL, dn TEXT NOT NULL, user_name TEXT NOT NULL,
        email TEXT NOT NULL, change TEXT NOT NULL, reason TEXT NOT NULL, reason_values TEXT, list TEXT, refused TEXT,
        postponed TEXT, before TEXT, after TEXT
    );
INSERT INTO imported VALUES(12884901888,7,'44442233-4455-6677-8899-aabbccddeeff','CN=Twin,OU=Sales,DC=corp,DC=example,DC=com','twin@corp.example.com','ada@example.com','skip','same_email','{"other":"CN=Ada Adler,OU=Sales,DC=corp,DC=example,DC=com"}',NULL,NULL,NULL,NULL,NULL);
INSERT INTO imported VALUES(12884901889,8,'00112233-4455-6677-8899-aabbccddeeff','CN=Ada Adler,OU=Sales,DC=corp,DC=example,DC=com','ada@corp.example.com','ada@example.com','create','new',NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE import_hours (
        hour INTEGER NOT NULL, mapping TEXT NOT NULL, imports INTEGER NOT NULL, added INTEGER NOT NULL, updated INTEGER NOT NULL,
        deactivated INTEGER NOT NULL, skipped INTEGER NOT NULL, refused INTEGER NOT NULL, PRIMARY KEY (hour, mapping)
    ) WITHOUT ROWID;
INSERT INTO import_hours VALUES(494444,'Sales',1,1,0,0,1,0);
CREATE TABLE sign_in_hours (
        hour INTEGER NOT NULL, outcome TEXT NOT NULL, took INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (hour, outcome, took)
    ) WITHOUT ROWID;
INSERT INTO sign_in_hours VALUES(494444,'wrong_password',8,1);
CREATE TABLE older_state (mapping TEXT NOT NULL, identity TEXT NOT NULL, PRIMARY KEY (mapping, identity)) WITHOUT ROWID;
CREATE TABLE paused (id INTEGER PRIMARY KEY CHECK (id = 1), at_ms INTEGER NOT NULL);
CREATE TABLE former_people (
    scim_url TEXT NOT NULL, identity TEXT NOT NULL, account TEXT NOT NULL, mapping TEXT NOT NULL, cloud_id TEXT NOT NULL,
    active INTEGER NOT NULL, digest BLOB NOT NULL, dn TEXT NOT NULL, person TEXT NOT NULL, user_key INTEGER NOT NULL,
    email_key INTEGER NOT NULL, acknowledged_ms INTEGER NOT NULL, PRIMARY KEY (scim_url, identity)
) WITHOUT ROWID;
CREATE TABLE imported_who (who INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (who, place)) WITHOUT ROWID;
INSERT INTO imported_who VALUES(7,12884901888);
INSERT INTO imported_who VALUES(8,12884901889);
CREATE TRIGGER imported_gone AFTER DELETE ON imported BEGIN
        DELETE FROM imported_who WHERE who = old.who AND place = old.place;
    END;
CREATE INDEX people_mapping ON people (mapping, active);
CREATE INDEX people_email ON people (email_key);
CREATE INDEX people_user ON people (user_key);
CREATE INDEX journal_kind ON journal (kind, id);
CREATE INDEX strangers_user ON strangers (user_key);
CREATE INDEX strangers_email ON strangers (email_key);
CREATE INDEX refused_mapping ON refused (mapping, at_ms);
CREATE INDEX attempts_identity ON attempts (identity);
CREATE INDEX attempts_time ON attempts (at_ms);
CREATE INDEX imports_mapping ON imports (mapping, id);
PRAGMA user_version=15;
COMMIT;
